//! The notes as a table: what CSV and XLSX have in common.

use super::arrange::Entry;
use super::{ExportedAnswer, Place, Words, heading_path};

/// What a column of the table holds. The order of [`Field::ALL`] never changes: new ones come last, so that a
/// table can be read back by the place of its columns, whatever language their names are in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// The quotation in the script of choice.
    Quotation,
    /// The quotation as the document has it.
    AsWritten,
    /// The headings that it stands under, in the script of choice.
    Headings,
    /// The tags, each on a line of its own.
    Tags,
    /// The colour; empty for a bookmark.
    Colour,
    /// What the reader says.
    Note,
    /// Its paragraphs, counted from 1 through the body.
    Paragraph,
    /// The first character, from 0.
    Start,
    /// The first character after it.
    End,
    /// Whether the note was found again.
    State,
    /// When it was made.
    Created,
    /// When it was last changed.
    Changed,
    /// Its identity.
    Id,
    /// Where its other passages stand, an empty line between two.
    OtherDocument,
    /// Its other passages, an empty line between two.
    OtherQuotation,
    /// The title of its document.
    Document,
    /// The identity of its document's text.
    TextId,
    /// What stood before the quotation, as written.
    Before,
    /// What stood after it, as written.
    After,
    /// The headings as written, each on a line of its own.
    HeadingsAsWritten,
    /// Where the document lies; empty unless that was asked for.
    File,
    /// The clauses that it stands in, in the script of choice.
    Clause,
    /// The pages that it stands on, as the document calls them.
    Page,
    /// What stands at its place now, in the script of choice, where these are other words than the quotation.
    ReadsNow,
}

/// How many columns there are.
pub(super) const COLUMNS: usize = Field::ALL.len();

impl Field {
    /// Every column, in order.
    pub const ALL: [Field; 24] = [
        Self::Quotation,
        Self::AsWritten,
        Self::Headings,
        Self::Tags,
        Self::Colour,
        Self::Note,
        Self::Paragraph,
        Self::Start,
        Self::End,
        Self::State,
        Self::Created,
        Self::Changed,
        Self::Id,
        Self::OtherDocument,
        Self::OtherQuotation,
        Self::Document,
        Self::TextId,
        Self::Before,
        Self::After,
        Self::HeadingsAsWritten,
        Self::File,
        Self::Clause,
        Self::Page,
        Self::ReadsNow,
    ];

    /// What the column is called.
    pub(super) fn name(self, words: &Words) -> String {
        match self {
            Self::Quotation => words.quotation.clone(),
            Self::AsWritten => words.as_written.clone(),
            Self::Headings => words.headings.clone(),
            Self::Tags => words.tags.clone(),
            Self::Colour => words.colour.clone(),
            Self::Note => words.note.clone(),
            Self::Paragraph => words.paragraph.clone(),
            Self::Start => words.start.clone(),
            Self::End => words.end.clone(),
            Self::State => words.state.clone(),
            Self::Created => words.created.clone(),
            Self::Changed => words.changed.clone(),
            Self::Id => words.id.clone(),
            Self::OtherDocument => words.other_document.clone(),
            Self::OtherQuotation => words.other_quotation.clone(),
            Self::Document => words.document.clone(),
            Self::TextId => words.text_id.clone(),
            Self::Before => words.before.clone(),
            Self::After => words.after.clone(),
            Self::HeadingsAsWritten => format!("{} ({})", words.headings, words.as_written),
            Self::File => words.place.clone(),
            Self::Clause => words.clause.clone(),
            Self::Page => words.page.clone(),
            Self::ReadsNow => words.reads_now.clone(),
        }
    }

    /// The cell of a note. Colours and states are called as `words` say.
    pub(super) fn of(self, entry: Entry<'_>, words: &Words) -> String {
        let (document, exported) = (entry.document, entry.note);
        let note = &exported.note;
        let place = |number: fn(Place) -> usize| {
            exported.place.map(|place| number(place).to_string()).unwrap_or_default()
        };
        let answers = |what: fn(&ExportedAnswer) -> String| {
            exported.answers.iter().map(what).collect::<Vec<_>>().join("\n\n")
        };
        match self {
            Self::Quotation => exported.quote.clone(),
            Self::AsWritten => note.anchor.quote.clone(),
            Self::Headings => heading_path(&exported.headings),
            Self::Tags => exported.tags().join("\n"),
            Self::Colour => note.colour.map(|colour| words.colour(colour).to_owned()).unwrap_or_default(),
            Self::Note => note.text.clone(),
            Self::Paragraph => exported.locus.paragraphs.clone(),
            Self::Start => place(|place| place.start),
            Self::End => place(|place| place.end),
            Self::State => exported.state.map(|state| words.state(state).to_owned()).unwrap_or_default(),
            Self::Created => note.created.to_string(),
            Self::Changed => note.changed.to_string(),
            Self::Id => note.id.to_string(),
            Self::OtherDocument => answers(ExportedAnswer::source),
            Self::OtherQuotation => answers(|answer| answer.quote.clone()),
            Self::Document => document.title.clone(),
            Self::TextId => document.id.map(|id| id.to_string()).unwrap_or_default(),
            Self::Before => note.anchor.before.clone(),
            Self::After => note.anchor.after.clone(),
            Self::HeadingsAsWritten => note.anchor.headings.join("\n"),
            Self::File => document.place.clone().unwrap_or_default(),
            Self::Clause => exported.locus.clause.clone(),
            Self::Page => exported.locus.page.clone(),
            Self::ReadsNow => exported.reads_now.clone(),
        }
    }

    /// Whether the cell is a number.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Paragraph | Self::Start | Self::End | Self::Page)
    }
}
