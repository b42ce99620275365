//! Notes that arrive after their document: what the reader does meanwhile, ends and begins again.

use super::super::tests::{CLAUSES, Desk, noted};
use super::super::{Command, Event, Kept, Place, RefindingCommand, TrashCommand};
use super::*;
use crate::import;
use crate::notes::{Annotation, Colour, FoundState, Trashed, locate_all};
use crate::text::Span;

/// A desk with `CLAUSES` after a new beginning, whose notes (on these words) were not looked for yet.
fn waiting(quotes: &[&str]) -> Desk {
    let mut desk = Desk::with("");
    open(&mut desk, noted(CLAUSES, quotes));
    desk
}

/// The text in which everything stands further down.
fn now() -> String {
    format!("新写的开头一段。\n\n{CLAUSES}")
}

fn open(desk: &mut Desk, kept: Kept) {
    let place = Place::File("now.txt".into());
    desk.ask(Command::Open(vec![place]));
    arrive(desk, kept);
}

/// The answer to what was last asked to be read, with no note looked for.
fn arrive(desk: &mut Desk, kept: Kept) {
    let ticket = desk.last_read();
    desk.arrive_with(ticket, &now(), kept, |_, _| Vec::new());
}

fn asked(desk: &Desk) -> (Ticket, Vec<Arc<Annotation>>) {
    let asked = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::SeekNotes { ticket, notes, .. } => Some((*ticket, notes.clone())),
        _ => None,
    });
    asked.unwrap()
}

/// The world answers what was last asked of it.
fn answer(desk: &mut Desk) {
    let (ticket, notes) = asked(desk);
    let found = locate_all(notes.iter().map(|note| &**note), desk.reader().document());
    desk.tell(Event::NotesSought { ticket, result: Ok(found) });
}

fn states(desk: &Desk) -> Vec<Option<FoundState>> {
    let notes = desk.reader().notebook().iter();
    notes.map(|note| desk.reader().found(note.id).map(Found::state)).collect()
}

#[test]
fn the_document_is_read_before_its_notes_are_found() {
    let mut desk = waiting(&["任何单位", "河堤上的柳树"]);
    assert_eq!((states(&desk), desk.reader().unsought_notes()), (vec![None, None], 2));
    assert!(!desk.screen().contains('⟦') && desk.session.messages().is_empty());
    let (ticket, _) = asked(&desk);
    desk.tell(Event::SeekingProgress { ticket, done: 0.5 });
    assert_eq!(desk.reader().seeking(), Seeking::Running { ticket, done: 0.5 });
    answer(&mut desk);
    assert!(desk.screen().contains("⟦任何单位⟧") && desk.screen().contains("⟦河堤上的柳树⟧"));
    assert_eq!((desk.reader().seeking(), desk.reader().unsought_notes()), (Seeking::Done, 0));
    let told = &desk.session.messages()[0].text;
    assert!(matches!(told, MessageText::NotesFound { exact: 2, moved: 0, .. }), "{told:?}");
}

#[test]
fn what_is_noted_meanwhile_is_kept_with_the_others() {
    let mut desk = waiting(&["任何单位"]);
    desk.select("图书室");
    desk.ask(Command::Highlight(Colour::Blue));
    let quotes = |kept: &Kept| kept.notes().map(|note| note.anchor.quote.clone()).collect::<Vec<_>>();
    assert_eq!(quotes(desk.last_save()), ["任何单位", "图书室"]);
    answer(&mut desk);
    assert!(desk.screen().contains("⟦任何单位⟧") && desk.screen().contains("⟦图书室⟧"));
}

#[test]
fn a_note_that_is_changed_meanwhile_keeps_its_anchor_and_is_found() {
    let mut desk = waiting(&["任何单位"]);
    let (_, asked) = asked(&desk);
    desk.ask(Command::WriteNote(asked[0].id, "谁？".to_owned()));
    let kept = desk.last_save().notes().next().unwrap().clone();
    assert_eq!((&kept.anchor, &*kept.text), (&asked[0].anchor, "谁？"));
    answer(&mut desk);
    assert_eq!(states(&desk), [Some(FoundState::Exact)]);
}

#[test]
fn a_note_that_is_put_elsewhere_meanwhile_stays_there_until_undo() {
    let mut desk = waiting(&["任何单位"]);
    let id = asked(&desk).1[0].id;
    let start = u32::try_from(now().find("图书室").unwrap()).unwrap();
    desk.ask(Command::PlaceNote(id, Span::from_length(start, 9)));
    answer(&mut desk);
    assert!(desk.screen().contains("⟦图书室⟧") && !desk.screen().contains("⟦任何单位⟧"));
    desk.ask(Command::Undo);
    assert!(desk.screen().contains("⟦任何单位⟧") && !desk.screen().contains("⟦图书室⟧"), "{}", desk.screen());
}

#[test]
fn undo_before_the_answer_makes_it_wait_again() {
    let mut desk = waiting(&["任何单位"]);
    let id = asked(&desk).1[0].id;
    desk.ask(Command::PlaceNote(id, Span::new(0, 9)));
    assert_eq!(desk.reader().unsought_notes(), 0);
    desk.ask(Command::Undo);
    assert_eq!((desk.reader().unsought_notes(), states(&desk)), (1, vec![None]));
}

#[test]
fn a_search_that_was_ended_is_not_answered_and_can_begin_again() {
    let mut desk = waiting(&["任何单位"]);
    let (ticket, _) = asked(&desk);
    desk.ask(Command::Refinding(RefindingCommand::StopSeeking));
    assert!(matches!(desk.effects.last(), Some(Effect::StopSeeking(stopped)) if *stopped == ticket));
    answer(&mut desk);
    assert_eq!((desk.reader().seeking(), states(&desk)), (Seeking::Stopped, vec![None]));
    desk.ask(Command::Refinding(RefindingCommand::Seek));
    answer(&mut desk);
    assert_eq!(states(&desk), [Some(FoundState::Exact)]);
}

#[test]
fn the_same_text_read_again_is_not_searched_again() {
    let mut desk = waiting(&["任何单位", "河堤上的柳树"]);
    answer(&mut desk);
    let (before, kept) = (asked(&desk).0, desk.reader().kept());
    desk.ask(Command::Reload);
    arrive(&mut desk, kept.clone());
    // Found elsewhere by their words: known by their anchors.
    assert_eq!(states(&desk), [Some(FoundState::Exact); 2]);
    assert_eq!(asked(&desk).0, before);
    let mut desk = waiting(&["任何单位"]);
    desk.ask(Command::Refinding(RefindingCommand::StopSeeking));
    let kept = desk.reader().kept();
    let before = asked(&desk).0;
    desk.ask(Command::Reload);
    arrive(&mut desk, kept);
    assert_eq!((asked(&desk).0, desk.reader().seeking()), (before, Seeking::Stopped));
}

/// Notes on these words of `CLAUSES`, the first of them in the trash.
fn first_trashed(quotes: &[&str]) -> (Kept, NoteId) {
    let mut kept = noted(CLAUSES, quotes);
    let note = kept.annotations.remove(0);
    let id = note.id;
    kept.trash.push(Trashed { at: note.changed, note });
    (kept, id)
}

fn restore(desk: &mut Desk, id: NoteId) {
    desk.ask(Command::Trash(TrashCommand::Restore(id)));
}

#[test]
fn a_note_that_comes_back_is_looked_for_in_the_text_of_now() {
    let (kept, id) = first_trashed(&["任何单位"]);
    let mut desk = Desk::with("");
    open(&mut desk, kept);
    desk.session.messages.clear();
    restore(&mut desk, id);
    assert_eq!((states(&desk), desk.screen().contains('⟦')), (vec![None], false));
    answer(&mut desk);
    assert!(desk.screen().contains("⟦任何单位⟧"), "{}", desk.screen());
    assert!(desk.session.messages().is_empty(), "it is seen, and need not be told");
    let before = asked(&desk).0;
    desk.ask(Command::Undo);
    desk.ask(Command::Redo);
    assert_eq!(
        (states(&desk), asked(&desk).0),
        (vec![Some(FoundState::Exact)], before),
        "it is known by now"
    );
}

#[test]
fn a_note_that_comes_while_others_are_looked_for_is_looked_for_after_them() {
    let (kept, id) = first_trashed(&["任何单位", "河堤上的柳树"]);
    let mut desk = Desk::with("");
    open(&mut desk, kept);
    let first = asked(&desk).0;
    restore(&mut desk, id);
    assert_eq!((asked(&desk).0, desk.reader().unsought_notes()), (first, 2));
    answer(&mut desk);
    let (second, notes) = asked(&desk);
    assert!(second != first && notes.len() == 1, "{notes:?}");
    answer(&mut desk);
    assert_eq!((states(&desk), desk.reader().seeking()), (vec![Some(FoundState::Exact); 2], Seeking::Done));
}

#[test]
fn what_a_search_does_not_answer_is_not_asked_for_without_end() {
    let mut desk = waiting(&["任何单位"]);
    let ticket = asked(&desk).0;
    desk.tell(Event::NotesSought { ticket, result: Ok(Vec::new()) });
    assert_eq!(
        (asked(&desk).0, desk.reader().seeking(), states(&desk)),
        (ticket, Seeking::Stopped, vec![None])
    );
}

/// What is missing may be in the part that could not be read.
#[test]
fn nothing_is_looked_for_in_a_damaged_document() {
    let (kept, id) = first_trashed(&["任何单位"]);
    let mut desk = Desk::with("");
    desk.ask(Command::Open(vec![Place::File("now.txt".into())]));
    let ticket = desk.last_read();
    let imported = import::read("now.txt", now().into(), &import::ReadOptions::default()).unwrap();
    let imported = import::Imported {
        warnings: vec![import::Warning::MarkupTooHeavy(import::TooHeavy::Nested)],
        ..imported
    };
    desk.arrive_imported(ticket, imported, kept);
    restore(&mut desk, id);
    assert_eq!(states(&desk), [Some(FoundState::Lost)]);
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::SeekNotes { .. })));
}
