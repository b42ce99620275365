//! The library as the session shows it: what is asked of the world, what becomes of the answers.

use std::path::PathBuf;

use jiff::Timestamp;

use super::*;
use crate::document::TextId;
use crate::import::{self, ImportError, ReadOptions};
use crate::notes::Colour;
use crate::session::tests::Desk;
use crate::session::{
    Command, Effect, Event, Kept, Message, MessageText, NotesFile, Opened, Page, Place, Severity, Ticket,
};
use crate::text::{Correction, Shows, Span};

fn place(name: &str) -> Place {
    Place::File(PathBuf::from(name))
}

fn ask(desk: &mut Desk, command: LibraryCommand) {
    desk.ask(Command::Library(command));
}

fn tell(desk: &mut Desk, event: LibraryEvent) {
    desk.tell(Event::Library(event));
}

/// What the library last asked of the world.
fn asked(desk: &Desk) -> LibraryEffect {
    let last = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Library(effect) => Some(effect.clone()),
        _ => None,
    });
    last.unwrap()
}

fn ticket_of_search(desk: &Desk) -> Ticket {
    let LibraryEffect::Search { ticket, .. } = asked(desk) else { panic!("{:?}", asked(desk)) };
    ticket
}

/// A document in which the words were found, each where it first stands.
fn found(name: &str, text: &str, words: &[&str]) -> FoundDocument {
    let hit = |(word, words): (usize, &&str)| {
        let start = text.find(words).unwrap();
        LibraryHit {
            span: Span::from_range(&(start..start + words.len())),
            line: 1,
            word,
            before: String::new(),
            hit: (*words).to_owned(),
            after: String::new(),
        }
    };
    FoundDocument {
        place: place(name),
        title: name.to_owned(),
        text: TextId::of(text),
        hits: words.iter().enumerate().map(hit).collect(),
        more: false,
    }
}

fn answer(desk: &mut Desk, documents: Vec<FoundDocument>) {
    let ticket = ticket_of_search(desk);
    tell(desk, LibraryEvent::Found { ticket, documents, complete: true, fault: None });
}

/// The document that was last asked for arrives.
fn arrive(desk: &mut Desk, text: &str) {
    let read = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Read { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let imported = import::read("sample.txt", text.into(), &ReadOptions::default()).unwrap();
    let opened = Opened {
        real: None,
        imported,
        kept: Kept::default(),
        found: Vec::new(),
        notes: NotesFile::default(),
        history: None,
    };
    desk.tell(Event::Opened { ticket: read.unwrap(), opened: Box::new(opened) });
}

const TEXT: &str = "村民修好了水渠。\n\n水庫還沒有修。\n\n又一條水渠。";

#[test]
fn only_the_answers_to_the_last_search_count() {
    let mut desk = Desk::with("甲");
    ask(&mut desk, LibraryCommand::Search("水".to_owned()));
    let old = ticket_of_search(&desk);
    ask(&mut desk, LibraryCommand::Search("水庫".to_owned()));
    let event = |ticket| LibraryEvent::Found {
        ticket,
        documents: vec![found("乙.txt", TEXT, &["水庫"])],
        complete: false,
        fault: None,
    };
    tell(&mut desk, event(old));
    assert_eq!(desk.session.library().search.documents().len(), 0);
    let new = ticket_of_search(&desk);
    tell(&mut desk, event(new));
    tell(&mut desk, event(new));
    assert_eq!(desk.session.library().search.documents().len(), 2);
    ask(&mut desk, LibraryCommand::Search(String::new()));
    let search = &desk.session.library().search;
    assert!(search.complete && search.documents().is_empty());
}

#[test]
fn a_hit_leads_into_the_open_document_with_the_field_filled() {
    let mut desk = Desk::with(TEXT);
    desk.open("乙.txt", "別的文字。", Kept::default());
    desk.ask(Command::ShowPage(Some(Page::SearchAll)));
    ask(&mut desk, LibraryCommand::Search("水庫 又一條水渠".to_owned()));
    answer(&mut desk, vec![found("sample.txt", TEXT, &["水庫", "又一條水渠"])]);
    ask(&mut desk, LibraryCommand::GoToFound { document: 0, hit: 1 });
    let reader = desk.reader();
    assert_eq!(desk.session.page(), None);
    assert_eq!((reader.find().text.as_str(), reader.find().open), ("又一條水渠", true));
    assert_eq!(reader.position() as usize, TEXT.find("又一條").unwrap());
    assert_eq!(desk.session.tabs().len(), 2);
}

#[test]
fn a_hit_opens_the_document_and_goes_to_the_very_place() {
    let mut desk = Desk::with("別的文字。");
    ask(&mut desk, LibraryCommand::Search("水渠".to_owned()));
    let mut document = found("丙.txt", TEXT, &["水渠"]);
    let second = TEXT.rfind("水渠").unwrap();
    document.hits[0].span = Span::from_range(&(second..second + "水渠".len()));
    answer(&mut desk, vec![document]);
    ask(&mut desk, LibraryCommand::GoToFound { document: 0, hit: 0 });
    arrive(&mut desk, TEXT);
    let find = desk.reader().find();
    assert_eq!((find.hits.len(), find.current), (2, Some(1)));
    assert!(
        desk.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Reveal { position, .. } if *position as usize == second))
    );
}

#[test]
fn in_a_text_that_has_changed_the_words_are_sought_anew() {
    let mut desk = Desk::with("別的文字。");
    ask(&mut desk, LibraryCommand::Search("水庫".to_owned()));
    answer(&mut desk, vec![found("丙.txt", TEXT, &["水庫"])]);
    ask(&mut desk, LibraryCommand::GoToFound { document: 0, hit: 0 });
    arrive(&mut desk, "水庫修好了。");
    let find = desk.reader().find();
    assert_eq!((find.hits.len(), find.current, desk.reader().position()), (1, Some(0), 0));
}

#[test]
fn what_was_taken_out_can_be_put_back() {
    let mut desk = Desk::with("甲");
    let entries = ["甲", "乙"].map(|name| LibraryEntry::new(place(name), Timestamp::UNIX_EPOCH));
    tell(&mut desk, LibraryEvent::Listed { entries: entries.to_vec(), folders: Vec::new() });
    ask(&mut desk, LibraryCommand::Remove(vec![place("丙")]));
    assert!(desk.session.messages().is_empty());
    ask(&mut desk, LibraryCommand::Remove(vec![place("乙")]));
    assert_eq!(asked(&desk), LibraryEffect::Remove(vec![place("乙")]));
    assert_eq!(desk.session.messages().last().unwrap().text, MessageText::TakenOut(1));
    ask(&mut desk, LibraryCommand::PutBack);
    assert_eq!(asked(&desk), LibraryEffect::PutBack(vec![entries[1].clone()]));
    assert!(desk.session.messages().is_empty());
}

#[test]
fn work_is_shown_until_it_is_done_and_can_be_ended() {
    let mut desk = Desk::with("甲");
    ask(&mut desk, LibraryCommand::Add(vec![PathBuf::from("/書")]));
    let LibraryEffect::Add { ticket, .. } = asked(&desk) else { panic!("nothing is added") };
    let progress = LibraryProgress { done: 3, all: 10, name: "乙".to_owned() };
    tell(&mut desk, LibraryEvent::Progress { ticket, progress: progress.clone() });
    assert_eq!(desk.session.library().work, Some((ticket, progress)));
    ask(&mut desk, LibraryCommand::Stop);
    assert_eq!(asked(&desk), LibraryEffect::Stop(ticket));
    let added = LibraryAdded { added: 3, stopped: true, ..LibraryAdded::default() };
    tell(&mut desk, LibraryEvent::Added { ticket, added: added.clone() });
    assert_eq!(desk.session.library().work, None);
    assert_eq!(desk.session.messages().last().unwrap().text, MessageText::LibraryAdded(Box::new(added)));
}

#[test]
fn what_nobody_asked_for_is_told_only_where_it_is_news() {
    let told = |fill: fn(&mut LibraryAdded)| {
        let mut desk = Desk::with("甲");
        let mut added = LibraryAdded { known: 3, ..LibraryAdded::default() };
        fill(&mut added);
        tell(&mut desk, LibraryEvent::Added { ticket: Ticket::default(), added });
        desk.session.messages().iter().map(|message| message.text.severity()).collect::<Vec<_>>()
    };
    assert_eq!(told(|_| {}), []);
    assert_eq!(
        told(|added| added.could_not_read(String::new(), ImportError::Binary.into())),
        [Severity::Warning]
    );
    assert_eq!(told(|added| added.still_cannot_read(String::new(), ImportError::Binary.into())), []);
    assert_eq!(told(|added| added.could_not_read(String::new(), ImportError::NeedsPassword.into())), []);
}

#[test]
fn a_file_that_asks_for_a_password_is_no_failure() {
    let mut added = LibraryAdded::default();
    for number in 0..7 {
        added.could_not_read(number.to_string(), ImportError::NeedsPassword.into());
    }
    added.could_not_read("甲".to_owned(), ImportError::WrongPassword.into());
    assert_eq!((added.locked, added.failed, added.failed_anew), (7, 1, 1));
    assert_eq!((added.locked_files.join(" "), added.unreadable.len()), ("0 1 2 3 4".to_owned(), 1));
}

#[test]
fn shared_notes_are_read_and_the_question_goes() {
    let mut desk = Desk::with("甲");
    let (own, other) = (place("sample.txt"), place("乙.txt"));
    let event =
        LibraryEvent::SameText { place: own.clone(), text: TextId::of("甲"), with: other.clone(), notes: 2 };
    tell(&mut desk, event);
    assert_eq!(desk.session.messages().len(), 1);
    ask(&mut desk, LibraryCommand::ShareNotes { place: own.clone(), with: other });
    assert!(desk.session.messages().is_empty());
    tell(&mut desk, LibraryEvent::NotesShared { place: own.clone(), result: Ok(()) });
    let read = |effect: &Effect| matches!(effect, Effect::Read { place, .. } if *place == own);
    assert!(desk.effects.last().is_some_and(read));
}

/// The document was opened by a link; the library knows it by its own name.
#[test]
fn shared_notes_come_whole_to_a_document_with_corrections_of_its_own() {
    let text = "甲乙丙丁";
    let correct = |desk: &mut Desk, source: &str| {
        let correction =
            Correction { source: source.to_owned(), shown: Shows::As("戊".to_owned()), scripts: Vec::new() };
        desk.ask(Command::Correct { correction, everywhere: false });
    };
    let mut other = Desk::with(text);
    for source in ["甲", "乙"] {
        correct(&mut other, source);
    }
    other.select("丙");
    other.ask(Command::Highlight(Colour::Green));
    let shared = other.last_save().clone();

    let mut desk = Desk::with("別的文字。");
    desk.ask(Command::Open(vec![place("鏈.txt")]));
    let (first, real) = (desk.last_read(), place("真.txt"));
    desk.arrive_as(first, Some(real.clone()), text, Kept::default());
    correct(&mut desk, "甲");
    tell(&mut desk, LibraryEvent::NotesShared { place: real, result: Ok(()) });
    let ticket = desk.last_read();
    assert_ne!(ticket, first, "it is read again");
    let notes = NotesFile { shared_with: Some(place("乙.txt")), ..NotesFile::default() };
    desk.arrive_from(ticket, text, shared.clone(), notes);
    assert_eq!(desk.reader().corrections(), &shared.corrections);
    let told = |message: &Message| matches!(message.text, MessageText::NotesMerged { .. });
    assert!(!desk.session.messages().iter().any(told), "no other program has changed anything");
}
