//! The reader's corrections of conversions, in steps that can be taken back.

use super::comparing::Touched;
use super::{Effect, MessageText, Reader, Session};
use crate::text::{Correction, Corrections};

impl Session {
    /// A correction of the same words is changed in its place.
    pub(super) fn correct(&mut self, correction: Correction, everywhere: bool) -> Vec<Effect> {
        self.change_corrections(everywhere, |list| {
            let place = list.iter().position(|each| each.source == correction.source).unwrap_or(0);
            list.retain(|each| each.source != correction.source);
            list.insert(place.min(list.len()), correction);
        })
    }

    pub(super) fn uncorrect(&mut self, source: &str, everywhere: bool) -> Vec<Effect> {
        let there = self.corrections_of(everywhere).unwrap_or_default();
        let removed = there.into_iter().find(|each| each.source == source);
        let effects = self.change_corrections(everywhere, |list| list.retain(|each| each.source != source));
        let place = self.active().filter(|_| !everywhere).map(|tab| tab.place.clone());
        if let Some(correction) = removed.filter(|_| !effects.is_empty()) {
            self.tell(MessageText::CorrectionRemoved { place, correction });
        }
        effects
    }

    /// The one way in which the reader changes corrections: as a step that can be taken back.
    fn change_corrections(
        &mut self,
        everywhere: bool,
        change: impl FnOnce(&mut Vec<Correction>),
    ) -> Vec<Effect> {
        let refused = self.reader().filter(|_| !everywhere).and_then(Reader::refuses_notes);
        if let Some(reason) = refused {
            return self.told(reason);
        }
        let Some(before) = self.corrections_of(everywhere) else { return Vec::new() };
        let mut after = before.clone();
        change(&mut after);
        if before == after {
            return Vec::new();
        }
        self.remember_corrected(everywhere, before, after.clone());
        self.take_corrections(everywhere, after)
    }

    /// Those for all documents, or for the one in front.
    fn corrections_of(&self, everywhere: bool) -> Option<Vec<Correction>> {
        let all = Some(&self.corrections).filter(|_| everywhere);
        all.or(self.reader().map(Reader::corrections)).map(|corrections| corrections.list().to_vec())
    }

    fn remember_corrected(&mut self, everywhere: bool, before: Vec<Correction>, after: Vec<Correction>) {
        if everywhere {
            self.corrected.made(before, after);
            self.changes.made(Touched::CorrectedEverywhere);
        } else if let Some(tab) = self.active().map(|tab| tab.id)
            && let Some(reader) = self.reader_mut()
        {
            reader.corrected.made(before, after);
            self.changes.made(Touched::Corrected(tab));
        }
    }

    /// What was told of a correction that was removed no longer holds after any change.
    fn take_corrections(&mut self, everywhere: bool, list: Vec<Correction>) -> Vec<Effect> {
        self.messages.retain(|message| !matches!(message.text, MessageText::CorrectionRemoved { .. }));
        let changed = Corrections::new(list);
        if everywhere {
            self.corrections = changed.clone();
            for reader in self.readers_mut() {
                reader.set_corrections(reader.corrections().clone(), &changed);
            }
            return self.save_state();
        }
        let everywhere = self.corrections.clone();
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.set_corrections(changed, &everywhere);
        self.save_notes()
    }

    /// Takes the last change of the corrections back, or makes it again: of those for all documents, or for the one in
    /// front.
    pub(super) fn step_corrected(&mut self, everywhere: bool, back: bool) -> Vec<Effect> {
        let step = if everywhere {
            self.corrected.step(back)
        } else {
            self.reader_mut().and_then(|reader| reader.corrected.step(back))
        };
        let Some((from, to)) = step else { return Vec::new() };
        let now = self.corrections_of(everywhere).unwrap_or_default();
        let effects = self.take_corrections(everywhere, carried(&now, &from, &to));
        let name = self.active().filter(|_| !everywhere).map(|tab| tab.place.name());
        self.tell(MessageText::CorrectionsStepped { back, name });
        effects
    }
}

/// Corrections with what makes `to` of `from`: what another program has corrected of other words meanwhile stays.
fn carried(now: &[Correction], from: &[Correction], to: &[Correction]) -> Vec<Correction> {
    let touched = |source: &str| {
        let of = |list: &[Correction]| -> Vec<Correction> {
            list.iter().filter(|each| each.source == source).cloned().collect()
        };
        of(from) != of(to)
    };
    let mut carried: Vec<Correction> = now.iter().filter(|each| !touched(&each.source)).cloned().collect();
    for (place, correction) in to.iter().enumerate().filter(|(_, each)| touched(&each.source)) {
        carried.insert(place.min(carried.len()), correction.clone());
    }
    carried
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, Kept, Message, Place};
    use super::*;
    use crate::notes::Colour;
    use crate::text::Shows;

    const TEXT: &str = "村民写的软件。";

    fn correction(source: &str, shown: &str) -> Correction {
        Correction { source: source.to_owned(), shown: Shows::As(shown.to_owned()), scripts: Vec::new() }
    }

    fn correct(desk: &mut Desk, source: &str, shown: &str, everywhere: bool) {
        desk.ask(Command::Correct { correction: correction(source, shown), everywhere });
    }

    fn uncorrect(desk: &mut Desk, source: &str, everywhere: bool) {
        desk.ask(Command::Uncorrect { source: source.to_owned(), everywhere });
    }

    fn words(corrections: &Corrections) -> Vec<String> {
        let shown = |correction: &Correction| match &correction.shown {
            Shows::As(shown) => format!("{}→{shown}", correction.source),
            Shows::Never => correction.source.clone(),
        };
        corrections.list().iter().map(shown).collect()
    }

    /// Those of the document in front, and those for all.
    fn both(desk: &Desk) -> (Vec<String>, Vec<String>) {
        (words(desk.reader().corrections()), words(desk.session.corrections()))
    }

    fn told(desk: &Desk) -> Option<&MessageText> {
        desk.session.messages().last().map(|message: &Message| &message.text)
    }

    #[test]
    fn what_was_corrected_changed_and_removed_is_taken_back_step_by_step() {
        let mut desk = Desk::with(TEXT);
        correct(&mut desk, "软件", "軟體", false);
        correct(&mut desk, "村民", "鄉親", true);
        correct(&mut desk, "软件", "程式", false);
        uncorrect(&mut desk, "软件", false);
        let check = |desk: &mut Desk, command: Command, own: &[&str], all: &[&str]| {
            desk.ask(command);
            let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
            assert_eq!(both(desk), (owned(own), owned(all)));
        };
        check(&mut desk, Command::Undo, &["软件→程式"], &["村民→鄉親"]);
        let stepped = MessageText::CorrectionsStepped { back: true, name: Some("sample.txt".to_owned()) };
        assert_eq!(told(&desk), Some(&stepped));
        assert_eq!(words(&desk.last_save().corrections), ["软件→程式"]);
        check(&mut desk, Command::Undo, &["软件→軟體"], &["村民→鄉親"]);
        check(&mut desk, Command::Undo, &["软件→軟體"], &[]);
        assert_eq!(told(&desk), Some(&MessageText::CorrectionsStepped { back: true, name: None }));
        check(&mut desk, Command::Undo, &[], &[]);
        assert_eq!(desk.session.undoable(), (false, true));
        check(&mut desk, Command::Redo, &["软件→軟體"], &[]);
        check(&mut desk, Command::Redo, &["软件→軟體"], &["村民→鄉親"]);
        check(&mut desk, Command::Redo, &["软件→程式"], &["村民→鄉親"]);
        check(&mut desk, Command::Redo, &[], &["村民→鄉親"]);
        assert_eq!(desk.session.undoable(), (true, false));
    }

    #[test]
    fn what_was_removed_is_told_and_can_be_put_back_until_something_else_is_corrected() {
        let mut desk = Desk::with(TEXT);
        correct(&mut desk, "软件", "軟體", false);
        uncorrect(&mut desk, "软件", false);
        let place = desk.session.active().map(|tab| tab.place.clone());
        let removed = MessageText::CorrectionRemoved { place, correction: correction("软件", "軟體") };
        assert_eq!(told(&desk), Some(&removed));
        uncorrect(&mut desk, "软件", false);
        assert_eq!(desk.session.messages().len(), 1, "there was nothing to remove");
        correct(&mut desk, "软件", "軟體", false);
        assert_eq!((told(&desk), both(&desk).0), (None, vec!["软件→軟體".to_owned()]));
    }

    #[test]
    fn notes_and_corrections_are_taken_back_in_the_order_in_which_they_were_made() {
        let mut desk = Desk::with(TEXT);
        correct(&mut desk, "软件", "軟體", false);
        desk.select("村民");
        desk.ask(Command::Highlight(Colour::Yellow));
        correct(&mut desk, "软件", "軟體", false);
        desk.ask(Command::Undo);
        let state = |desk: &Desk| (desk.reader().notebook().len(), both(desk).0.len());
        assert_eq!(state(&desk), (0, 1), "to correct as it is corrected is no step");
        desk.open("other.txt", "水", Kept::default());
        desk.ask(Command::Undo);
        desk.ask(Command::SelectPrevious);
        assert_eq!(state(&desk), (0, 1), "of another document");
        desk.ask(Command::Undo);
        assert_eq!(state(&desk), (0, 0));
    }

    #[test]
    fn what_another_program_has_corrected_stays_when_a_step_is_taken_back() {
        let [soft, folk, water] =
            [correction("软件", "軟體"), correction("村民", "鄉親"), correction("水", "水兒")];
        let now = [water.clone(), soft.clone(), folk.clone()];
        let check = |from: &[Correction], to: &[Correction], expected: &[Correction]| {
            assert_eq!(carried(&now, from, to), expected);
        };
        check(&[soft.clone(), folk.clone()], std::slice::from_ref(&folk), &[water.clone(), folk.clone()]);
        let other = correction("软件", "程式");
        check(&[soft, folk.clone()], &[other.clone(), folk.clone()], &[other, water, folk]);
    }

    #[test]
    fn corrections_of_a_document_whose_notes_cannot_be_kept_are_refused_aloud() {
        let mut desk = Desk::with("山");
        desk.ask(Command::Open(vec![Place::File("other.txt".into())]));
        let notes = super::super::NotesFile { read_only: Some("locked".to_owned()), ..Default::default() };
        desk.arrive_from(desk.last_read(), TEXT, Kept::default(), notes);
        correct(&mut desk, "软件", "軟體", false);
        assert_eq!(told(&desk), Some(&MessageText::NotesReadOnly("locked".to_owned())));
        assert_eq!(both(&desk).0, Vec::<String>::new());
    }
}
