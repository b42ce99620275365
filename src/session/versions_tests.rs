//! Going back to an earlier version.
use super::super::tests::Desk;
use super::super::{Command, Event};
use super::*;
use crate::notes::{Colour, NoteId};
use crate::text::Span;

fn made(desk: &mut Desk, words: &str) -> NoteId {
    desk.select(words);
    desk.ask(Command::Highlight(Colour::Blue));
    desk.reader().note_in_focus().unwrap()
}

fn restore(desk: &mut Desk, version: &Kept) {
    desk.ask(Command::Versions(VersionCommand::Restore("a".to_owned())));
    let asked = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::ReadVersion { ticket, place, .. } => Some((*ticket, place.clone())),
        _ => None,
    });
    let (ticket, place) = asked.unwrap();
    desk.tell(Event::VersionRead { ticket, place, result: Ok(Box::new(version.clone())) });
}

#[test]
fn going_back_is_one_step_that_can_be_undone() {
    let mut desk = Desk::with("春眠不覺曉，處處聞啼鳥。\n");
    let (first, second) = (made(&mut desk, "春眠"), made(&mut desk, "啼鳥"));
    let version = desk.reader().kept();
    desk.ask(Command::WriteNote(first, "changed".to_owned()));
    desk.ask(Command::DeleteNote(second));
    let third = made(&mut desk, "處處");
    restore(&mut desk, &version);
    let ids = |desk: &Desk| desk.reader().notebook().iter().map(|note| note.id).collect::<Vec<_>>();
    let text = |desk: &Desk| desk.reader().notebook().get(first).unwrap().text.clone();
    assert_eq!((ids(&desk), text(&desk)), (vec![first, second], String::new()));
    // What was made since is not lost.
    assert!(desk.reader().notebook().trashed(third).is_some());
    desk.ask(Command::Undo);
    assert_eq!((ids(&desk), text(&desk)), (vec![first, third], "changed".to_owned()));
}

/// What was put elsewhere by hand since is drawn where it was then, each note of the step.
#[test]
fn notes_go_back_to_their_places_and_undo_takes_all_of_them_forth() {
    let text = "春眠不覺曉，處處聞啼鳥。夜來風雨聲，花落知多少。\n";
    let mut desk = Desk::with(text);
    let notes = [made(&mut desk, "春眠"), made(&mut desk, "處處")];
    let version = desk.reader().kept();
    for (id, words) in notes.into_iter().zip(["夜來", "花落"]) {
        let start = text.find(words).unwrap();
        desk.ask(Command::PlaceNote(id, Span::from_range(&(start..start + words.len()))));
    }
    let (then, since) = ("⟦春眠⟧不覺曉，⟦處處⟧聞啼鳥。夜來", "⟦夜來⟧風雨聲，⟦花落⟧知多少。");
    assert!(desk.screen().ends_with(since), "{}", desk.screen());
    restore(&mut desk, &version);
    assert!(desk.screen().starts_with(then), "{}", desk.screen());
    desk.ask(Command::Undo);
    assert!(desk.screen().ends_with(since), "{}", desk.screen());
    desk.ask(Command::Redo);
    assert!(desk.screen().starts_with(then), "{}", desk.screen());
}

#[test]
fn an_answer_that_nobody_waits_for_changes_nothing() {
    let mut desk = Desk::with("春眠不覺曉。\n");
    made(&mut desk, "春眠");
    let place = desk.session.active().unwrap().place.clone();
    desk.tell(Event::VersionRead { ticket: Ticket(99), place, result: Ok(Box::default()) });
    assert_eq!(desk.reader().notebook().len(), 1);
}
