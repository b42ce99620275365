//! What the reader says of a document for citing it, in steps that can be taken back.

use super::comparing::Touched;
use super::steps::Steps;
use super::{CiteCommand, Command, Effect, MessageText, Session, Tab};
use crate::document::{Bibliography, Detail};

/// What the reader has said of a document since it was opened, step by step.
#[derive(Debug, Default)]
pub(super) struct SaidSteps {
    steps: Steps<Bibliography>,
    /// What the latest step is typing, while it may grow.
    typing: Option<Detail>,
}

impl SaidSteps {
    /// Whether there is something to take back, and something to say again.
    pub(super) fn undoable(&self) -> (bool, bool) {
        self.steps.undoable()
    }

    /// What is typed from now on is another step.
    fn end_step(&mut self) {
        self.typing = None;
    }

    /// Answers whether it became a step of its own, and not part of the one before.
    fn remember(&mut self, before: Bibliography, after: Bibliography, typing: Option<Detail>) -> bool {
        let grows = typing.is_some() && typing == self.typing;
        self.typing = typing;
        if grows {
            self.steps.go_on(after);
        } else {
            self.steps.made(before, after);
        }
        !grows
    }

    /// From what to what it is to be changed by the next step back, or forward.
    fn step(&mut self, back: bool) -> Option<(Bibliography, Bibliography)> {
        self.end_step();
        self.steps.step(back)
    }
}

impl Session {
    /// Changes what the reader says of the document in front, as a step that can be taken back. What is `typing` on and
    /// on is one step.
    pub(super) fn say(
        &mut self,
        typing: Option<Detail>,
        change: impl FnOnce(&mut Bibliography),
    ) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        if let Some(reason) = reader.refuses_notes() {
            return self.told(reason);
        }
        let before = reader.bibliography.clone().unwrap_or_default();
        let mut after = before.clone();
        change(&mut after);
        reader.bibliography = Some(after.clone()).filter(|own| !own.is_empty());
        if before != after
            && reader.said.remember(before, after, typing)
            && let Some(tab) = self.active().map(|tab| tab.id)
        {
            self.changes.made(Touched::Said(tab));
        }
        self.said()
    }

    /// Takes back what was last said of the document in front, or says it again.
    pub(super) fn step_said(&mut self, back: bool) -> Vec<Effect> {
        let name = self.active().map(|tab| tab.place.name()).unwrap_or_default();
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let Some((from, to)) = reader.said.step(back) else { return Vec::new() };
        // What another program has said meanwhile of other things stays.
        let mut own = reader.bibliography.take().unwrap_or_default();
        own.change(&from, &to);
        reader.bibliography = Some(own).filter(|own| !own.is_empty());
        self.tell(MessageText::SaidStepped { back, name });
        self.said()
    }

    /// Keeps and shows what is said now.
    fn said(&mut self) -> Vec<Effect> {
        let mut effects = self.save_notes();
        effects.extend(self.preview_citation());
        effects
    }

    /// What is typed after another command is another step.
    pub(super) fn end_saying_unless(&mut self, command: &Command) {
        if !is_saying(command) {
            self.tabs.iter_mut().filter_map(Tab::reader_mut).for_each(|reader| reader.said.end_step());
        }
    }
}

fn is_saying(command: &Command) -> bool {
    match command {
        Command::Cite(CiteCommand::Say(..)) => true,
        Command::InPane(_, command) => is_saying(command),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{CLAUSES, Desk};
    use super::super::{Kept, Page};
    use super::*;
    use crate::notes::Colour;

    fn say(desk: &mut Desk, detail: Detail, value: &str) {
        desk.ask(Command::Cite(CiteCommand::Say(detail, Some(value.to_owned()))));
    }

    fn said(desk: &Desk) -> [&str; 2] {
        let own = desk.reader().own_bibliography();
        [Detail::Authors, Detail::Date].map(|detail| own.map_or("", |own| own.get(detail)))
    }

    #[test]
    fn what_was_typed_of_a_document_is_taken_back_and_not_a_note() {
        let mut desk = Desk::with(CLAUSES);
        desk.select("第一条");
        desk.ask(Command::Highlight(Colour::Yellow));
        desk.ask(Command::ShowPage(Some(Page::Bibliography)));
        for typed in ["禾", "禾溪", "禾溪村"] {
            say(&mut desk, Detail::Authors, typed);
        }
        say(&mut desk, Detail::Date, "1983");
        desk.ask(Command::ShowPage(None));
        desk.ask(Command::Undo);
        assert_eq!(said(&desk), ["禾溪村", ""]);
        desk.ask(Command::Undo);
        let notes = |desk: &Desk| desk.reader().notebook().iter().count();
        assert_eq!((said(&desk), notes(&desk)), (["", ""], 1));
        assert_eq!(desk.last_save().bibliography, None);
        let told = MessageText::SaidStepped { back: true, name: "sample.txt".to_owned() };
        assert_eq!(desk.session.messages().last().map(|message| &message.text), Some(&told));
        desk.ask(Command::Redo);
        assert_eq!((said(&desk), notes(&desk)), (["禾溪村", ""], 1));
        desk.ask(Command::Undo);
        desk.ask(Command::Undo);
        assert_eq!(notes(&desk), 0);
    }

    #[test]
    fn the_same_field_typed_in_again_is_another_step() {
        let mut desk = Desk::with(CLAUSES);
        say(&mut desk, Detail::Authors, "禾溪村");
        desk.ask(Command::ShowPage(None));
        say(&mut desk, Detail::Authors, "禾溪");
        desk.ask(Command::Undo);
        assert_eq!((said(&desk), desk.session.undoable()), (["禾溪村", ""], (true, true)));
        desk.ask(Command::Undo);
        assert_eq!((said(&desk), desk.session.undoable()), (["", ""], (false, true)));
    }

    #[test]
    fn what_was_said_of_another_document_is_left_alone() {
        let mut desk = Desk::with(CLAUSES);
        say(&mut desk, Detail::Authors, "禾溪村");
        desk.open("other.txt", CLAUSES, Kept::default());
        desk.ask(Command::Undo);
        desk.ask(Command::SelectPrevious);
        assert_eq!(said(&desk), ["禾溪村", ""]);
    }
}
