//! Linking to another note while writing: `[[` and some of its words.

use egui::{Key, Modifiers, Ui};

use super::bar::clear_name;
use super::scene::{Scene, called, quiet};
use crate::notes::NoteId;
use crate::session::NoteChoice;

/// What is remembered from one frame to the next while a link is being written.
#[derive(Default, Debug)]
pub(super) struct CompletionState {
    /// The words for which notes were last looked for: not in every frame, since that reads every note.
    asked: Option<String>,
    offered: Vec<NoteChoice>,
    chosen: usize,
}

/// A link that is being written: from which character on, and what was written since.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Begun {
    start: usize,
    words: String,
}

impl CompletionState {
    /// Takes the keys that choose among what was offered in the last frame, before the text field sees them.
    pub(super) fn take_keys(&mut self, ui: &Ui) -> Option<NoteChoice> {
        if self.offered.is_empty() {
            return None;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowDown) {
            self.chosen = (self.chosen + 1) % self.offered.len();
        }
        if pressed(Key::ArrowUp) {
            self.chosen = (self.chosen + self.offered.len() - 1) % self.offered.len();
        }
        let accepted = pressed(Key::Enter) || pressed(Key::Tab);
        accepted.then(|| self.offered.get(self.chosen).cloned()).flatten()
    }

    /// Offers notes for what is being written; answers with the one that was clicked.
    pub(super) fn offer_ui(
        &mut self,
        ui: &mut Ui,
        scene: Scene,
        begun: Option<&Begun>,
        except: NoteId,
    ) -> Option<NoteChoice> {
        let Some(begun) = begun else {
            *self = Self::default();
            return None;
        };
        if self.asked.as_ref() != Some(&begun.words) {
            self.asked = Some(begun.words.clone());
            (self.offered, self.chosen) = (scene.session.notes_to_link(&begun.words, except), 0);
        }
        if self.offered.is_empty() {
            quiet(ui, scene.words.no_note_to_link());
            return None;
        }
        let mut clicked = None;
        for (index, note) in self.offered.iter().enumerate() {
            let said = if note.quote.is_empty() { &note.text } else { &note.quote };
            let line = format!("「{}」 {}", said.replace('\n', " "), clear_name(&note.title));
            let button = egui::Button::selectable(index == self.chosen, &line).truncate();
            if called(ui.add(button), &scene.words.link_to(&line)).clicked() {
                clicked = Some(note.clone());
            }
        }
        clicked
    }
}

/// The link that is being written where the cursor stands, so many characters from the beginning.
pub(super) fn begun(text: &str, cursor: usize) -> Option<Begun> {
    let before: Vec<char> = text.chars().take(cursor).collect();
    let marks = |pair: &[char]| matches!(pair, ['[' | '［' | '【', '[' | '［' | '【']);
    let start = before.windows(2).rposition(marks)?;
    let words: String = before.iter().skip(start + 2).collect();
    let closed = words.contains([']', '\n', '］', '】']);
    (!closed).then_some(Begun { start, words })
}

/// The text with `link` in the place of what was written of it, and the cursor behind it.
pub(super) fn completed(text: &str, begun: &Begun, link: &str) -> (String, usize) {
    let end = begun.start + 2 + begun.words.chars().count();
    let before: String = text.chars().take(begun.start).collect();
    let after: String = text.chars().skip(end).collect();
    let cursor = begun.start + link.chars().count();
    (format!("{before}{link}{after}"), cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is being written where `|` stands in the text.
    fn check(text: &str, expected: Option<&str>) {
        let cursor = text.chars().position(|found| found == '|').unwrap();
        let written = begun(&text.replace('|', ""), cursor);
        assert_eq!(written.map(|begun| begun.words).as_deref(), expected, "{text}");
    }

    #[test]
    fn a_link_begins_with_two_brackets_of_either_width() {
        check("參看[[河|工", Some("河"));
        check("參看［［河|", Some("河"));
        check("參看[[|", Some(""));
        check("參看[河|", None);
        check("參看[[河]]，又|", None);
        check("[[河\n又|", None);
    }

    #[test]
    fn what_was_written_becomes_the_link() {
        let written = begun("參看[[河後", 5).unwrap();
        assert_eq!(
            completed("參看[[河後", &written, "[「河」](note:7)"),
            ("參看[「河」](note:7)後".to_owned(), 15)
        );
    }
}
