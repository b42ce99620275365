//! What a text is found to be that was written block by block: its title and bylines, how deep its headings lie, and
//! headings where its markup has none.

use super::plain::{Sketch, is_body};
use super::writer::Writer;
use super::{Read, byline, clean, looks, structure};
use crate::document::{AsideReason, Block, BlockKind, Field, Format, Metadata};

impl Writer {
    /// Takes the text as finished: finds title and bylines, and headings where the markup has none.
    /// `outside` is what the file says outside of its text; what the text says comes first.
    pub(super) fn finish(self, format: Format, outside: Metadata) -> Read {
        let (text, mut sketches, ties) = self.into_parts();
        let mut metadata = Metadata::default();
        settle_levels(&text, &mut sketches, &mut metadata);
        recover_title(&text, &mut sketches, outside.title.as_ref());
        recover_bylines(&text, &mut sketches);
        clean::tell_records(&text, &mut sketches, &mut metadata);
        let mut own: Vec<Sketch> =
            sketches.iter().filter(|sketch| sketch.kind.aside().is_none()).copied().collect();
        let unmarked = !own.iter().any(|sketch| matches!(sketch.kind, BlockKind::Heading { .. }));
        clean::clean(&text, &mut own, &mut metadata, signs_of_a_page(format));
        if unmarked {
            find_headings(format, &text, &mut own);
        } else if format == Format::Pdf {
            // Their look tells the higher headings of a printed text only.
            structure::find_below_marked(&text, &mut own);
        }
        let mut own = own.into_iter();
        for sketch in sketches.iter_mut().filter(|sketch| sketch.kind.aside().is_none()) {
            *sketch = own.next().unwrap_or(*sketch);
        }
        let block = |sketch: &Sketch| Block { span: sketch.span, kind: sketch.kind, boxed: sketch.boxed };
        let blocks = sketches.iter().map(block).collect();
        let metadata = completed(metadata, outside);
        let mut read = Read { format, text, blocks, metadata, ..Read::default() };
        ties.settle(&mut read);
        read
    }
}

/// Finds headings in a text that marks none. In office documents a heading may be an item of a list whose
/// numbers count by themselves.
fn find_headings(format: Format, text: &str, own: &mut [Sketch]) {
    let counts = matches!(format, Format::Docx | Format::Odt | Format::Rtf);
    let is_item = |sketch: &Sketch| matches!(sketch.kind, BlockKind::ListItem { .. });
    let numbered = |sketch: &Sketch| is_item(sketch) && sketch.number.is_some();
    let before: Vec<(BlockKind, bool)> = own.iter().map(|sketch| (sketch.kind, sketch.boxed)).collect();
    for sketch in own.iter_mut().filter(|sketch| counts && numbered(sketch)) {
        sketch.kind = BlockKind::Paragraph;
    }
    structure::find(text, own);
    for (sketch, (kind, boxed)) in own.iter_mut().zip(before) {
        sketch.kind = if sketch.is_open() { kind } else { sketch.kind };
        // Where a box ends is a guess in a text, and known where the file draws it.
        sketch.boxed = if counts { boxed } else { sketch.boxed };
    }
}

/// How many signs of a saved page a format is by itself; `None` where nothing is furniture of a page.
fn signs_of_a_page(format: Format) -> Option<usize> {
    match format {
        Format::Html | Format::Mhtml => Some(1),
        Format::PlainText | Format::Markdown => Some(0),
        Format::Epub | Format::Docx | Format::Odt | Format::Rtf | Format::Pdf => None,
    }
}

/// Several people in the order in which they are named, each once, told apart by one mark however the file does.
pub(super) fn people<'a>(said: impl IntoIterator<Item = &'a str>) -> String {
    let mut people: Vec<&str> = Vec::new();
    for person in said.into_iter().flat_map(|said| said.split([';', '；'])).map(str::trim) {
        if !person.is_empty() && !people.contains(&person) {
            people.push(person);
        }
    }
    people.join("；")
}

/// What the file says outside of its text of who wrote it.
fn authors(outside: &Field) -> Field {
    Field { value: people([outside.value.as_str()]), span: outside.span }
}

/// What `own` says, and where it says nothing what `outside` says.
pub(super) fn completed(own: Metadata, outside: Metadata) -> Metadata {
    Metadata {
        title: own.title.or(outside.title),
        author: own.author.or(outside.author.as_ref().map(authors)),
        source: own.source.or(outside.source),
        date: own.date.or(outside.date),
        number: own.number.or(outside.number),
        language: own.language.or(outside.language),
        address: own.address.or(outside.address),
    }
}

/// Makes the last line before the text that says the file's title the title, where no heading is.
fn recover_title(text: &str, sketches: &mut [Sketch], title: Option<&Field>) {
    let Some(title) = title.filter(|_| !sketches.iter().any(|sketch| sketch.kind == BlockKind::Title)) else {
        return;
    };
    let body = sketches.iter().position(|sketch| is_body(text, sketch)).unwrap_or(sketches.len());
    let navigation = BlockKind::Aside(AsideReason::Navigation);
    let may_be = |sketch: &Sketch| {
        sketch.is_open() || sketch.kind == navigation || matches!(sketch.kind, BlockKind::Heading { .. })
    };
    let head = sketches.get_mut(..body).unwrap_or_default();
    let says_it =
        |sketch: &&mut Sketch| may_be(sketch) && clean::same_letters(sketch.of_text(text), &title.value);
    if let Some(sketch) = head.iter_mut().rfind(says_it) {
        sketch.kind = BlockKind::Title;
    }
}

/// Makes the only heading of the highest level the title where it comes first, and counts the levels of
/// the others from 1. Bylines may stand before the title.
fn settle_levels(text: &str, sketches: &mut [Sketch], metadata: &mut Metadata) {
    let level = |sketch: &Sketch| match sketch.kind {
        BlockKind::Heading { level } => Some(level),
        _ => None,
    };
    let levels: Vec<(usize, u8)> =
        sketches.iter().enumerate().filter_map(|(index, sketch)| Some((index, level(sketch)?))).collect();
    let Some(&(first, highest)) = levels.first() else { return };
    let is_title = levels.iter().filter(|(_, level)| *level <= highest).count() == 1
        && (highest == 1 || levels.len() > 1);
    let body_before =
        sketches.iter().take(first).any(|sketch| sketch.is_open() && !clean::is_byline(sketch.of_text(text)));
    let titled = sketches.iter().any(|sketch| sketch.kind == BlockKind::Title);
    let names_contents =
        sketches.get(first).is_some_and(|sketch| looks::names_contents(sketch.of_text(text)));
    let has_title = is_title && !body_before && !titled && !names_contents;
    let lowest_number =
        levels.iter().skip(usize::from(has_title)).map(|(_, level)| *level).min().unwrap_or(1);
    for (index, level) in levels {
        let kind = if has_title && index == first {
            BlockKind::Title
        } else {
            BlockKind::Heading { level: level - lowest_number + 1 }
        };
        if let Some(sketch) = sketches.get_mut(index) {
            sketch.kind = kind;
        }
    }
    if let Some(sketch) = sketches.get(first).filter(|_| has_title) {
        metadata.title = Some(Field { value: sketch.of_text(text).to_owned(), span: Some(sketch.span) });
    }
}

/// Bylines between the title and the text belong to them, though they stand outside of the main text; and
/// an editor's line is known for what it is.
fn recover_bylines(text: &str, sketches: &mut [Sketch]) {
    let title =
        sketches.iter().position(|sketch| sketch.kind == BlockKind::Title).map_or(0, |title| title + 1);
    let head = sketches.iter_mut().skip(title).take_while(|sketch| sketch.kind.aside().is_some());
    for sketch in head.filter(|sketch| sketch.kind == BlockKind::Aside(AsideReason::Navigation)) {
        let line = sketch.of_text(text);
        if clean::is_byline(line) {
            sketch.kind = BlockKind::Paragraph;
        }
    }
    for sketch in
        sketches.iter_mut().filter(|sketch| sketch.kind == BlockKind::Aside(AsideReason::Navigation))
    {
        if byline::is_editor_line(sketch.of_text(text)) {
            sketch.kind = BlockKind::Aside(AsideReason::EditorLine);
        }
    }
}
