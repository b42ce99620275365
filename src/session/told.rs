//! Of which changed texts the reader was told where their notes are now.
//!
//! The notes file says for which text it was kept last. Until notes are saved again, it says so of an earlier one at
//! every start, and nothing is written into it only to remember that this was told.

use serde::{Deserialize, Serialize};

use super::{Effect, MessageText, Place, Session};
use crate::document::TextId;

/// Of each document that has changed, the text of which it was told where the notes are; the latest last.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ToldTexts(Vec<(Place, TextId)>);

impl ToldTexts {
    /// Of so many documents it is remembered.
    const MOST: usize = 500;

    /// Takes this text of a document as told of. Answers whether it was not so before.
    fn is_new(&mut self, place: &Place, text: TextId) -> bool {
        let told = (place.clone(), text);
        if self.0.contains(&told) {
            return false;
        }
        self.0.retain(|(other, _)| other != place);
        self.0.push(told);
        if self.0.len() > Self::MOST {
            self.0.remove(0);
        }
        true
    }
}

impl Session {
    /// Tells where the notes on a document that has changed are: of each text once.
    pub(super) fn tell_where_notes_are(&mut self, index: usize, message: MessageText) -> Vec<Effect> {
        let Some(tab) = self.tabs.get(index) else { return Vec::new() };
        let Some(text) = tab.reader().map(|reader| reader.document().id()) else { return Vec::new() };
        if !self.told_texts.is_new(&tab.place, text) {
            return Vec::new();
        }
        self.tell(message);
        self.save_state()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{CLAUSES, Desk, noted};
    use super::super::{Kept, Restored};
    use super::*;

    fn tells_of_notes(desk: &Desk) -> bool {
        desk.session.messages().iter().any(|message| matches!(message.text, MessageText::NotesFound { .. }))
    }

    /// Whether it is told where the notes are when the document is opened as `now` after such an end.
    fn open(restored: Restored, now: &str) -> (bool, Restored) {
        let mut desk = Desk::restored(restored);
        desk.open("now.txt", now, noted(CLAUSES, &["第一条"]));
        (tells_of_notes(&desk), desk.session.restored())
    }

    #[test]
    fn where_notes_are_in_a_changed_text_is_told_once() {
        let once = format!("新的开头。\n{CLAUSES}");
        let (first, restored) = open(Restored::default(), &once);
        let (again, restored) = open(restored, &once);
        let (changed, _) = open(restored, &format!("又一个开头。\n{CLAUSES}"));
        assert_eq!([first, again, changed], [true, false, true]);
    }

    #[test]
    fn only_of_a_text_that_is_known_it_is_said_that_it_has_changed() {
        let changed = |known: bool| {
            let mut desk = Desk::restored(Restored::default());
            let kept = noted(CLAUSES, &["第一条"]);
            let text = kept.text.filter(|_| known);
            desk.open("now.txt", "这是一篇别的文章。", Kept { text, ..kept });
            let told = desk.session.messages().iter().find_map(|message| match message.text {
                MessageText::NotesFound { changed, lost: 1, .. } => Some(changed),
                _ => None,
            });
            told.unwrap()
        };
        assert_eq!([true, false].map(changed), [true, false]);
    }

    #[test]
    fn of_each_document_the_latest_text_is_remembered() {
        let mut told = ToldTexts::default();
        let place = |name: &str| Place::Sample(name.to_owned());
        let (one, other) = (TextId::of("一"), TextId::of("二"));
        let news: Vec<bool> = [("a", one), ("a", one), ("b", one), ("a", other), ("a", one)]
            .into_iter()
            .map(|(name, text)| told.is_new(&place(name), text))
            .collect();
        assert_eq!((news, told.0.len()), (vec![true, false, true, true, true], 2));
        for number in 0..=ToldTexts::MOST {
            assert!(told.is_new(&place(&number.to_string()), one));
        }
        assert_eq!(told.0.len(), ToldTexts::MOST);
    }
}
