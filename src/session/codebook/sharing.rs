//! A codebook as a file of its own: given to somebody, and taken in from somebody.

use std::path::PathBuf;
use std::sync::Arc;

use super::{CodebookEffect, CodebookMessage};
use crate::notes::{Code, Codebook, Incoming, Tag};
use crate::session::export_commands::PendingExport;
use crate::session::{Effect, Page, Session};

/// The end of the name of a codebook that is shared.
pub const CODEBOOK_ENDING: &str = ".duidu-codes.ron";

/// A codebook that somebody has shared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncomingCodebook {
    /// The file it came from.
    pub path: PathBuf,
    /// What it says.
    pub codebook: Codebook,
}

/// What one tag of a shared codebook would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncomingRow {
    /// The tag, and what is said of it.
    pub code: Code,
    /// What it would do to ours.
    pub incoming: Incoming,
    /// The tag as it is known in another script, where it is.
    pub known_as: Option<Tag>,
}

impl Session {
    /// What would come with the codebook that was fetched, with the tags of another script as they are known
    /// here or as they are; `None` where none was.
    pub fn incoming_codes(&self, as_known: bool) -> Option<Vec<IncomingRow>> {
        let incoming = self.codes.incoming.as_ref()?;
        let known = self.known_tags();
        let rows = incoming.codebook.iter().map(|code| {
            let known_as = known.otherwise(&code.tag);
            let code = renamed(code, known_as.as_ref().filter(|_| as_known));
            IncomingRow { incoming: self.codebook().incoming_code(&code), code, known_as }
        });
        Some(rows.collect())
    }

    /// The codebook that was fetched.
    pub fn incoming_codebook(&self) -> Option<&IncomingCodebook> {
        self.codes.incoming.as_ref()
    }

    pub(super) fn ask_to_share_codebook(&mut self) -> Vec<Effect> {
        vec![self.ask_where(PendingExport::Codebook, format!("tags{CODEBOOK_ENDING}"))]
    }

    /// What is shared has also the tags of which nothing is said.
    pub(in crate::session) fn share_codebook_to(&self, path: PathBuf) -> Vec<Effect> {
        let mut codebook = Codebook::clone(self.codebook());
        let undescribed: Vec<Tag> =
            self.known_tags().iter().filter(|tag| codebook.get(tag).is_none()).cloned().collect();
        for tag in undescribed {
            codebook.put(Code::new(tag));
        }
        vec![Effect::Codebook(CodebookEffect::Share { codebook: Arc::new(codebook), path })]
    }

    pub(super) fn codebook_shared(&mut self, path: PathBuf, result: Result<usize, String>) -> Vec<Effect> {
        self.tell_codebook(match result {
            Ok(count) => CodebookMessage::Shared { path, count },
            Err(reason) => CodebookMessage::NotShared { path, reason },
        });
        Vec::new()
    }

    /// What would come is shown on the page of the codebook.
    pub(super) fn codebook_fetched(
        &mut self,
        path: PathBuf,
        result: Result<Box<Codebook>, String>,
    ) -> Vec<Effect> {
        match result {
            Ok(codebook) => {
                self.codes.incoming = Some(IncomingCodebook { path, codebook: *codebook });
                self.show_page(Some(Page::Codebook))
            }
            Err(reason) => {
                self.tell_codebook(CodebookMessage::NotFetched { path, reason });
                Vec::new()
            }
        }
    }

    pub(super) fn take_in_codebook(&mut self, as_known: bool) -> Vec<Effect> {
        let Some(rows) = self.incoming_codes(as_known) else { return Vec::new() };
        self.codes.incoming = None;
        let count = |wanted: &[Incoming]| rows.iter().filter(|row| wanted.contains(&row.incoming)).count();
        let (new, completed) = (count(&[Incoming::New]), count(&[Incoming::Completes, Incoming::BothKept]));
        let mut codebook = Codebook::clone(self.codebook());
        codebook.take_in(&joined(rows));
        let effects = self.change_codes(codebook, Vec::new());
        self.tell_codebook(CodebookMessage::TakenIn { new, completed });
        effects
    }

    pub(super) fn leave_incoming(&mut self) -> Vec<Effect> {
        self.codes.incoming = None;
        Vec::new()
    }
}

fn renamed(code: &Code, known_as: Option<&Tag>) -> Code {
    Code { tag: known_as.unwrap_or(&code.tag).clone(), ..code.clone() }
}

/// Two that are one tag here become one.
fn joined(rows: Vec<IncomingRow>) -> Codebook {
    let mut codebook = Codebook::default();
    for IncomingRow { code, .. } in rows {
        let joined = codebook.get(&code.tag).map(|there| there.joined(&code));
        codebook.put(joined.unwrap_or(code));
    }
    codebook
}
