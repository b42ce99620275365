//! Small exports for the tests of this room.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::{
    Export, ExportOptions, ExportedAnswer, ExportedDocument, ExportedLocus, ExportedNote, Grouping, Order,
    Place, Words,
};
use crate::document::TextId;
use crate::notes::{Anchor, Annotation, Colour, FoundState, NoteId};
use crate::text::Span;

/// A note that quotes `quote` and says nothing. Its identity comes from the quotation.
pub(super) fn quoting(quote: &str) -> ExportedNote {
    let number = |sum: u128, character| sum.wrapping_mul(31).wrapping_add(u128::from(character));
    let note = Annotation {
        id: NoteId(Uuid::from_u128(quote.chars().fold(1, number))),
        anchor: Anchor { quote: quote.to_owned(), ..Anchor::default() },
        colour: Some(Colour::Green),
        ..Annotation::empty()
    };
    ExportedNote {
        note: Arc::new(note),
        conflicts: Vec::new(),
        quote: quote.to_owned(),
        struck: Vec::new(),
        reads_now: String::new(),
        headings: Vec::new(),
        place: Some(Place { block: 4, start: 120, end: 125, span: Span::new(360, 375) }),
        locus: ExportedLocus {
            paragraph: Some(5),
            paragraphs: "5".to_owned(),
            clause: "第二条".to_owned(),
            page: "12".to_owned(),
        },
        state: Some(FoundState::Exact),
        answers: Vec::new(),
    }
}

impl ExportedNote {
    /// The same, changed.
    pub(super) fn with(mut self, change: impl FnOnce(&mut Annotation)) -> Self {
        change(Arc::make_mut(&mut self.note));
        self
    }

    /// The same, under these headings.
    pub(super) fn under(self, headings: &[&str]) -> Self {
        Self { headings: headings.iter().map(ToString::to_string).collect(), ..self }
    }

    /// The same, with these bytes of the quotation struck out.
    pub(super) fn struck(self, struck: &[(u32, u32)]) -> Self {
        Self { struck: struck.iter().map(|&(start, end)| Span::new(start, end)).collect(), ..self }
    }

    /// The same, with this text of the reader's.
    pub(super) fn saying(self, text: &str) -> Self {
        self.with(|note| note.text = text.to_owned())
    }

    /// The same, its quotation written so in the document.
    pub(super) fn written(self, quote: &str) -> Self {
        self.with(|note| note.anchor.quote = quote.to_owned())
    }

    /// The same, about these passages too.
    pub(super) fn answered(self, answers: impl IntoIterator<Item = ExportedAnswer>) -> Self {
        Self { answers: answers.into_iter().collect(), ..self }
    }
}

/// A passage of another document.
pub(super) fn answering(quote: &str) -> ExportedAnswer {
    ExportedAnswer {
        title: "修渠章程".to_owned(),
        language: "zh-Hant".to_owned(),
        headings: ["修渠章程", "二、清淤"].map(str::to_owned).to_vec(),
        quote: quote.to_owned(),
        quote_as_written: quote.to_owned(),
    }
}

/// An export of one document with English words.
pub(super) fn export_of(notes: impl IntoIterator<Item = ExportedNote>) -> Export {
    let document = document("修河倡议", notes.into_iter().collect());
    Export { options: options(&document.title), documents: vec![document] }
}

/// An export of several documents of these titles.
pub(super) fn export_of_documents<const COUNT: usize>(
    documents: [(&str, Vec<ExportedNote>); COUNT],
) -> Export {
    let documents = documents.into_iter().map(|(title, notes)| document(title, notes)).collect();
    Export { options: options("Notes"), documents }
}

fn document(title: &str, notes: Vec<ExportedNote>) -> ExportedDocument {
    ExportedDocument {
        id: Some(TextId::of(title)),
        title: title.to_owned(),
        source: "河边小报".to_owned(),
        language: "zh-Hans".to_owned(),
        written_language: "zh-Hans".to_owned(),
        notes,
        ..ExportedDocument::default()
    }
}

fn options(title: &str) -> ExportOptions {
    ExportOptions {
        title: title.to_owned(),
        order: Order::Place,
        grouping: Grouping::Headings,
        both_scripts: false,
        places: false,
        author: String::new(),
        language: "zh-Hans".to_owned(),
        interface_language: "en".to_owned(),
        words: Words { without_tag: "without tag".to_owned(), ..Words::english() },
        zone: TimeZone::UTC,
        made: Timestamp::UNIX_EPOCH,
    }
}

/// The parts of an office document, each of which must be well-formed XML.
pub(super) fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {name}"));
        parts.push((name, text));
    }
    parts
}

/// One of them.
pub(super) fn part<'a>(parts: &'a [(String, String)], name: &str) -> roxmltree::Document<'a> {
    let (_, text) = parts.iter().find(|(each, _)| each == name).unwrap();
    roxmltree::Document::parse(text).unwrap()
}

/// The cells of a sheet that are not empty, row by row, as a spreadsheet shows them; a formula would be `ƒ`.
pub(super) fn sheet_rows(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let parts = parts(bytes);
    let strings = part(&parts, "xl/sharedStrings.xml");
    let strings: Vec<String> = named(strings.root(), "si").map(text).collect();
    let sheet = part(&parts, &format!("xl/worksheets/{sheet}.xml"));
    let value = |cell: roxmltree::Node<'_, '_>| {
        let value = named(cell, "v").map(text).next().unwrap_or_default();
        let shared = cell.attribute("t") == Some("s");
        let formula = named(cell, "f").next().is_some();
        let shown = if shared { strings[value.parse::<usize>().unwrap()].clone() } else { value };
        if formula { format!("ƒ{shown}") } else { shown }
    };
    named(sheet.root(), "row").map(|row| named(row, "c").map(value).collect()).collect()
}

/// The elements of that name.
pub(super) fn named<'a, 'input>(
    node: roxmltree::Node<'a, 'input>,
    name: &'a str,
) -> impl Iterator<Item = roxmltree::Node<'a, 'input>> {
    node.descendants().filter(move |each| each.tag_name().name() == name)
}

/// The text in an element.
pub(super) fn text(node: roxmltree::Node<'_, '_>) -> String {
    node.descendants().filter(roxmltree::Node::is_text).filter_map(|text| text.text()).collect()
}
