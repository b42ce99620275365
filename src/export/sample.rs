//! Small exports for the tests of this room.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::{Export, ExportOptions, ExportedAnswer, ExportedNote, Order, Place, Words};
use crate::notes::{Colour, FoundState, NoteId};

/// A note that quotes `quote` and says nothing. Its identity comes from the quotation.
pub(super) fn quoting(quote: &str) -> ExportedNote {
    ExportedNote {
        id: NoteId(Uuid::from_u128(
            quote.chars().fold(1, |sum, character| sum.wrapping_mul(31).wrapping_add(u128::from(character))),
        )),
        quote: quote.to_owned(),
        quote_as_written: quote.to_owned(),
        headings: Vec::new(),
        tags: Vec::new(),
        colour: Some(Colour::Green),
        text: String::new(),
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::UNIX_EPOCH,
        place: Some(Place { block: 4, start: 120, end: 125 }),
        state: FoundState::Exact,
        answers: Vec::new(),
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

/// An export with English words.
pub(super) fn export_of(notes: impl IntoIterator<Item = ExportedNote>) -> Export {
    let options = ExportOptions {
        title: "修河倡议".to_owned(),
        source: "河边小报".to_owned(),
        order: Order::Document,
        language: "zh-Hans".to_owned(),
        interface_language: "en".to_owned(),
        words: words(),
        zone: TimeZone::UTC,
    };
    Export { options, notes: notes.into_iter().collect() }
}

fn words() -> Words {
    let word = ToString::to_string;
    Words {
        id: word("Id"),
        source: word("Source"),
        quotation: word("Quotation"),
        as_written: word("As written"),
        headings: word("Headings"),
        tags: word("Tags"),
        colour: word("Colour"),
        note: word("Note"),
        paragraph: word("Paragraph"),
        start: word("Start"),
        end: word("End"),
        created: word("Created"),
        changed: word("Changed"),
        state: word("State"),
        bookmark: word("Bookmark"),
        other_document: word("Other document"),
        other_quotation: word("Its passage"),
        without_tag: word("without tag"),
        colours: ["yellow", "green", "blue", "pink", "purple"].map(str::to_owned),
        states: ["exact", "moved", "unsure", "lost"].map(str::to_owned),
    }
}
