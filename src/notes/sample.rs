//! Small documents and notes for the tests of this room and the next.

use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use super::{Anchor, Annotation, Code, Codebook, Colour, NoteId, Tag};
use crate::document::{Block, BlockKind, Document, Parts};
use crate::text::Span;

/// A document of one block per line; a line that begins with `#` is a heading of that level.
pub(crate) fn document_of(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::from_range(&(start..start + line.trim_end_matches('\n').len()));
        start += line.len();
        let level = line.chars().take_while(|&character| character == '#').count();
        let level = u8::try_from(level).unwrap();
        let kind = if level == 0 { BlockKind::Paragraph } else { BlockKind::Heading { level } };
        if !span.is_empty() {
            blocks.push(Block { span, kind, boxed: false });
        }
    }
    Document::new(Parts { text: Arc::from(text), blocks, ..Parts::default() }).unwrap()
}

/// The text without its `⟦` and `⟧`, and the span that they mark.
pub(crate) fn marked(source: &str) -> (String, Span) {
    let (before, rest) = source.split_once('⟦').unwrap_or((source, "⟧"));
    let (inside, after) = rest.split_once('⟧').unwrap();
    let span = Span::from_range(&(before.len()..before.len() + inside.len()));
    (format!("{before}{inside}{after}"), span)
}

/// A note with that number for its identity.
pub(crate) fn note(number: u128, anchor: Anchor) -> Annotation {
    Annotation {
        id: NoteId(Uuid::from_u128(number)),
        anchor,
        colour: Some(Colour::Yellow),
        ..Annotation::empty()
    }
}

pub(crate) fn tag(written: &str) -> Tag {
    Tag::new(written).unwrap()
}

/// A code as `tag key description`, `-` for no key.
pub(crate) fn code(written: &str) -> Code {
    let mut words = written.splitn(3, ' ');
    let mut next = || words.next().unwrap_or_default().to_owned();
    let tag = tag(&next());
    let key = next().chars().next().filter(|key| *key != '-');
    Code { key, description: next(), ..Code::new(tag) }
}

pub(crate) fn codebook(codes: &[&str]) -> Codebook {
    codes.iter().map(|written| code(written)).collect()
}

pub(crate) fn any_tag() -> impl Strategy<Value = Tag> {
    "[ab水](/[ab水]){0,2}".prop_map(|written| tag(&written))
}

fn any_code() -> impl Strategy<Value = Code> {
    let colour = prop::sample::select(vec![None, Some(Colour::Green), Some(Colour::Pink)]);
    let key = prop::option::of(prop::sample::select(vec!['a', 'b', 'c', '7']));
    (any_tag(), "[xy ]{0,3}", colour, key).prop_map(|(tag, description, colour, key)| Code {
        tag,
        description: description.trim().to_owned(),
        colour,
        key,
        more: Vec::new(),
    })
}

pub(crate) fn any_codebook() -> impl Strategy<Value = Codebook> {
    prop::collection::vec(any_code(), 0..8).prop_map(|codes| codes.into_iter().collect())
}
