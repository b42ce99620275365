//! HTML: the main text of a page, with what stands around it set aside.
//!
//! Nothing runs and nothing is fetched. What would take the parser long is refused ([`parser`]);
//! every walk here is iterative, so that no depth overflows the stack. Where the main text is, says
//! [`main_text`]. The rest is kept, set aside.
//!
//! Readings of ruby would break quotations, so they follow their block as notes; the texts of pictures are
//! hidden from the page's readers and follow likewise. Scripts, styles and tags are no text.

mod around;
mod beginning;
pub(super) mod css;
mod css_hidden;
pub(super) mod frames;
mod links;
mod lists;
pub(super) mod looks;
mod main_text;
mod math;
mod nodes;
mod notes;
#[cfg(test)]
mod notes_tests;
mod page;
mod parser;
mod place;
mod says;
mod tables;
pub(super) mod tags;
#[cfg(test)]
mod tests;
mod title;
mod walk;

use super::writer::Writer;
use super::{Read, TooHeavy};
use crate::document::{AsideReason, BlockKind, Format};
use beginning::{begins_with, begins_with_picture};
use links::Links;
use looks::BlockLooks;
pub(super) use notes::KnownNotes;
use notes::Notes;
use page::{FindSheet, Page};
use parser::parse;
use tags::unfolded;
use walk::Walk;

/// Reads HTML, which was saved in a file of that format, and from that address where the file says so. `sheet` gives the
/// style sheets beside it.
pub(super) fn read(
    text: &str,
    format: Format,
    location: Option<&str>,
    sheet: &FindSheet<'_>,
) -> Result<Read, TooHeavy> {
    let is_xml = text.trim_start().starts_with("<?xml");
    let dom = if is_xml { parse(&unfolded(text))? } else { parse(text)? };
    let mut page = Page::of(&dom.document, sheet);
    let mut known = KnownNotes::default();
    let notes = Notes::of(&dom.document, "", &mut known);
    let links = Links::of_page(text, &page, location);
    let mut looks = BlockLooks::default();
    looks.begin_file(std::mem::take(&mut page.sheets));
    let frames = std::mem::take(&mut page.frames);
    let mut walk = Walk::new((&page, &notes, &links), Writer::default(), looks);
    walk.run(&dom.document, None);
    walk.outstanding.tell(&mut walk.writer);
    Ok(Read { frames, ..walk.writer.finish(format, page.metadata) })
}

/// One file of a book.
pub(super) struct Chapter<'a> {
    /// What is in it.
    pub(super) text: &'a str,
    /// By which others refer to it.
    pub(super) name: &'a str,
    /// Why all of it is set aside.
    pub(super) aside: Option<AsideReason>,
    /// Whether it is a drawing (SVG), of which each line of words is text.
    pub(super) drawn: bool,
    /// The style sheets of the book, by the references to them in this file.
    pub(super) sheet: &'a FindSheet<'a>,
    /// Its title and level, as the table of contents gives them: written where the file draws it in a picture.
    pub(super) title: Option<(&'a str, u8)>,
}

/// Writes a file of a book. All of it is text; the notes that it refers to are added to `known`, and how it looks to
/// `looks`.
pub(super) fn write(
    chapter: &Chapter<'_>,
    known: &mut KnownNotes,
    looks: &mut BlockLooks,
    writer: &mut Writer,
) -> Result<(), TooHeavy> {
    let dom = parse(&unfolded(chapter.text))?;
    let mut page = Page::of(&dom.document, chapter.sheet);
    page.layout.take_as_text();
    let links = Links::of_chapter(chapter.name);
    writer.name_place(links.place(""));
    let drawn = |title: &str| begins_with_picture(&dom.document) && !begins_with(&dom.document, title);
    if let Some((title, level)) = chapter.title.filter(|(title, _)| drawn(title)) {
        writer.open(BlockKind::Heading { level }, false);
        writer.push(title);
        writer.close();
    }
    let notes = Notes::of(&dom.document, chapter.name, known);
    looks.begin_file(std::mem::take(&mut page.sheets));
    let mut walk = Walk::new((&page, &notes, &links), std::mem::take(writer), std::mem::take(looks));
    walk.drawn = chapter.drawn;
    walk.run(&dom.document, chapter.aside);
    (*writer, *looks) = (walk.writer, walk.looks);
    Ok(())
}
