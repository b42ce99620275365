//! RTF: text, and the structure that its paragraphs and styles give (Rich Text Format Specification 1.9.1).
//!
//! Chinese stands in it in three ways that are all read: as numbers of Unicode (`\u27827`), as bytes in the code page of
//! the font, and in that of the document. Numbers of lists stand beside their items. Pictures, objects and what
//! programs keep for themselves are stepped over. Nothing is opened, asked for or run.

mod blocks;
mod body;
mod form;
mod header;
mod kept;
mod letters;
mod lists;
mod notes;
mod state;
mod tokens;
mod words;

use encoding_rs::Encoding;

use self::body::Body;
use self::tokens::Tokens;
use super::job::Job;
use super::limits::MOST_DEPTH;
use super::{ImportError, Limit, Read, Unread, Warning};
use crate::document::{self, Evidence, Format};
use crate::text::saturate;

/// Reads an RTF.
pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) -> Result<Read, ImportError> {
    let chosen = job.options.encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    let mut body = Body::new(chosen);
    let ended = body.run(Tokens::of(bytes));
    body.end_text();
    if body.is_too_deep {
        return Err(ImportError::TooMuch(Limit::Depth(MOST_DEPTH as u64)));
    }
    let damage = match (ended, body.has_text_after) {
        (false, _) => Some("it ends before its end"),
        (true, true) => Some("there is text after its end"),
        (true, false) => None,
    };
    if let Some(damage) = damage {
        let error = job.damaged(damage);
        job.leave_out(&error);
    }
    Ok(finish(body, job))
}

/// What was written. What the reader should know of it is told.
fn finish(body: Body<'_>, job: &mut Job<'_>) -> Read {
    if body.changes > 0 {
        job.warn(Warning::TrackedChanges { changes: saturate(body.changes) });
    }
    job.note_encoding(&document::Encoding {
        name: body.header.encoding.name(),
        evidence: Evidence::Declared,
        undecodable: saturate(body.undecodable),
    });
    job.not_read(Unread::Objects, body.objects);
    job.not_read(Unread::Characters, body.unknown_signs);
    let metadata = body.header.metadata();
    let mut writer = body.writer;
    writer.set_furniture_aside(body.furniture);
    writer.finish(Format::Rtf, metadata)
}

#[cfg(test)]
mod tests;
