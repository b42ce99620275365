//! The words that an export of notes writes by itself.

use crate::notes::{Colour, FoundState};

/// The words that an export writes by itself, in the language of the interface.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// For the notes: what the export of several documents is called.
    pub notes: String,
    /// For the documents.
    pub documents: String,
    /// For the document of a note.
    pub document: String,
    /// For the title of a document.
    pub title: String,
    /// For the identity of a text.
    pub text_id: String,
    /// For the identity of a note.
    pub id: String,
    /// For where the document comes from.
    pub source: String,
    /// For how the document is to be cited.
    pub reference: String,
    /// For where the document lies.
    pub place: String,
    /// For the quotation.
    pub quotation: String,
    /// For the quotation as the document has it.
    pub as_written: String,
    /// For what stands at its place now, where that are other words.
    pub reads_now: String,
    /// For what stands before the quotation.
    pub before: String,
    /// For what stands after the quotation.
    pub after: String,
    /// For the headings that a note stands under.
    pub headings: String,
    /// For the tags.
    pub tags: String,
    /// For the colour.
    pub colour: String,
    /// For what the reader says.
    pub note: String,
    /// For the clause that a note stands in.
    pub clause: String,
    /// For the number of its paragraph.
    pub paragraph: String,
    /// For its page.
    pub page: String,
    /// For the position of the first character.
    pub start: String,
    /// For the position after the last character.
    pub end: String,
    /// For the moment a note was made.
    pub created: String,
    /// For the moment it was last changed.
    pub changed: String,
    /// For whether it was found again.
    pub state: String,
    /// What a bookmark is called.
    pub bookmark: String,
    /// For the other document that a note is about too.
    pub other_document: String,
    /// For its passage.
    pub other_quotation: String,
    /// The group of notes without a tag.
    pub without_tag: String,
    /// For the notes that have no place in the text.
    pub without_place: String,
    /// Whose comments they are where the reader gave no name.
    pub reader: String,
    /// Says that a text was cut because a cell holds no more.
    pub cut: String,
    /// The names of [`Colour::ALL`], in that order.
    pub colours: [String; 5],
    /// The names of [`FoundState::ALL`], in that order.
    pub states: [String; 4],
}

impl Words {
    /// The words of the command line.
    pub fn english() -> Self {
        let word = str::to_owned;
        Self {
            notes: word("Notes"),
            documents: word("Documents"),
            document: word("Document"),
            title: word("Title"),
            text_id: word("Identity of the text (BLAKE3)"),
            id: word("Id"),
            source: word("Source"),
            reference: word("Reference"),
            place: word("File"),
            quotation: word("Quotation"),
            as_written: word("As written"),
            reads_now: word("Reads now"),
            before: word("Before it"),
            after: word("After it"),
            headings: word("Headings"),
            tags: word("Tags"),
            colour: word("Colour"),
            note: word("Note"),
            clause: word("Clause"),
            paragraph: word("Paragraph"),
            page: word("Page"),
            start: word("From character"),
            end: word("To character"),
            created: word("Made"),
            changed: word("Changed"),
            state: word("State"),
            bookmark: word("Bookmark"),
            other_document: word("Other document"),
            other_quotation: word("Its passage"),
            without_tag: word("Without a tag"),
            without_place: word("Notes without a place in the text"),
            reader: word("Reader"),
            cut: word("… (cut: a cell holds no more; the whole is in the notes)"),
            colours: Colour::ALL.map(|colour| colour.name().to_owned()),
            states: ["exact", "moved", "unsure", "lost"].map(str::to_owned),
        }
    }

    /// What a colour is called.
    pub(super) fn colour(&self, colour: Colour) -> &str {
        let index = Colour::ALL.iter().position(|&each| each == colour);
        index.and_then(|index| self.colours.get(index)).map_or("", String::as_str)
    }

    /// What a state is called.
    pub(super) fn state(&self, state: FoundState) -> &str {
        let index = FoundState::ALL.iter().position(|&each| each == state);
        index.and_then(|index| self.states.get(index)).map_or("", String::as_str)
    }
}
