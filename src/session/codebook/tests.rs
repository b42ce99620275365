//! The codebook in a session: tags of open and closed documents, and one step of undo.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::*;
use crate::import::{self, ReadOptions};
use crate::notes::sample::{code, codebook, note, tag};
use crate::notes::{Anchor, Annotation, DocumentNotes, SearchableNotes};
use crate::session::tests::CONVERTERS;
use crate::session::{
    Command, Event, GatheredNotes, Input, Kept, NotesFile, Opened, Place, Reader, Restored, SaveState, Ticket,
};

/// A session whose world has the notes of documents that are not open.
struct Trial {
    session: Session,
    closed: Vec<DocumentNotes>,
    /// The codebook as it was last to be saved.
    saved: Codebook,
    asked_to_share: Option<Ticket>,
    shared: Option<Codebook>,
    seconds: i64,
}

/// Notes as `tag tag`, numbered from `first`.
fn tagged(first: u128, notes: &[&str]) -> Vec<Arc<Annotation>> {
    let tags = |tags: &str| tags.split_whitespace().map(tag).collect();
    let one = |(number, written): (u128, &&str)| Annotation {
        tags: tags(written),
        ..note(number, Anchor::default())
    };
    (first..).zip(notes).map(one).map(Arc::new).collect()
}

impl Trial {
    /// With an open document and a closed one, and every tag counted.
    fn new(open: &[&str], closed: &[&str]) -> Self {
        let session = Session::new(Restored::default(), Arc::clone(&CONVERTERS), TimeZone::UTC);
        let closed = DocumentNotes {
            place: "closed.txt".to_owned(),
            notes: tagged(100, closed),
            ..DocumentNotes::default()
        };
        let mut trial = Self {
            session,
            closed: vec![closed],
            saved: Codebook::default(),
            asked_to_share: None,
            shared: None,
            seconds: 0,
        };
        trial.ask(Command::Open(vec![Place::File(PathBuf::from("open.txt"))]));
        trial.arrive(Kept { annotations: tagged(1, open).into(), ..Kept::default() });
        trial.ask_codes(CodebookCommand::CountTags);
        trial
    }

    fn arrive(&mut self, kept: Kept) {
        let imported =
            import::read("open.txt", "水從山上來。\n人在河邊住。\n".into(), &ReadOptions::default());
        let opened = Opened {
            real: None,
            imported: imported.unwrap(),
            kept,
            found: Vec::new(),
            notes: NotesFile::default(),
            history: None,
        };
        self.tell(Event::Opened { ticket: Ticket(2), opened: Box::new(opened) });
        assert!(self.session.reader().is_some(), "the ticket is the one of the request");
    }

    fn moment(&mut self) -> Moment {
        self.seconds += 1;
        let fresh = Uuid::from_u128(1_000 + u128::try_from(self.seconds).unwrap());
        Moment { now: Timestamp::from_second(self.seconds).unwrap(), fresh }
    }

    fn ask(&mut self, command: Command) {
        let moment = self.moment();
        let effects = self.session.handle(Input::Command(command), moment);
        self.carry_out(effects);
    }

    fn ask_codes(&mut self, command: CodebookCommand) {
        self.ask(Command::Codebook(command));
    }

    fn change(&mut self, change: TagChange) {
        self.ask_codes(CodebookCommand::Change(change));
    }

    fn tell(&mut self, event: Event) {
        let moment = self.moment();
        let effects = self.session.handle(Input::Event(event), moment);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::CollectNotes { ticket, .. } => {
                    let documents = self.closed.iter().cloned().map(SearchableNotes::new).collect();
                    let notes = Box::new(GatheredNotes { documents, ..GatheredNotes::default() });
                    self.tell(Event::NotesCollected { ticket, notes, complete: true });
                }
                Effect::EditNotes { ticket, edits } => {
                    let done = edits.into_iter().map(|edit| (edit.place, Ok(edit.changes))).collect();
                    self.tell(Event::NotesEdited { ticket, done });
                }
                Effect::Codebook(CodebookEffect::Save { before, now }) => {
                    assert_eq!(*before, self.saved);
                    self.saved = Codebook::clone(&now);
                    self.tell(Event::Codebook(CodebookEvent::Saved(Ok(()))));
                }
                Effect::Codebook(CodebookEffect::Share { codebook, .. }) => {
                    self.shared = Some(Codebook::clone(&codebook));
                }
                Effect::AskForExport { ticket, .. } => self.asked_to_share = Some(ticket),
                _ => {}
            }
        }
    }

    fn reader(&self) -> &Reader {
        self.session.reader().unwrap()
    }

    /// The tags of every note: those of the open document, then those of the closed one.
    fn notes(&self) -> Vec<String> {
        let closed = self.session.collection().documents().iter().map(SearchableNotes::document);
        let closed = closed.filter(|document| document.place == "closed.txt");
        let closed = closed.flat_map(|document| document.notes.iter().map(|note| &**note));
        let words = |note: &Annotation| note.tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" ");
        self.reader().notebook().iter().chain(closed).map(words).collect()
    }

    /// Every tag as `tag here/within/documents`.
    fn rows(&self) -> Vec<String> {
        let row = |TagRow { tag, used, .. }: TagRow| {
            format!("{tag} {}/{}/{}", used.here, used.within, used.documents)
        };
        self.session.tag_rows().into_iter().map(row).collect()
    }

    fn messages(&self) -> Vec<&MessageText> {
        self.session.messages().iter().map(|message| &message.text).collect()
    }
}

fn moving(from: &str, to: &str) -> TagChange {
    TagChange::Move { from: tag(from), to: tag(to) }
}

#[test]
fn tags_are_counted_in_all_documents() {
    let mut trial = Trial::new(&["水/河 水", "土"], &["水/河", "火"]);
    trial.ask_codes(CodebookCommand::Create(tag("木")));
    assert_eq!(trial.rows(), ["土 1/1/1", "木 0/0/0", "水 1/2/2", "水/河 1/2/2", "火 0/1/1"]);
    let reach = trial.session.reach(&moving("水", "土/水"));
    assert_eq!(reach, TagReach { notes: 2, documents: 2, merges: false });
    assert!(trial.session.reach(&moving("水", "土")).merges);
    let documents = trial.session.documents_of_tag(&tag("火")).into_iter();
    let documents: Vec<_> = documents.map(|document| (document.place, document.notes)).collect();
    assert_eq!(documents, [("closed.txt".to_owned(), 1)]);
    assert_eq!(trial.session.documents_of_tag(&tag("水/河")).len(), 2);
}

#[test]
fn a_tag_moves_in_all_documents_as_one_step() {
    let (before, after) = (["水/河 火", "土", "水"], ["川/河 火", "土", "川"]);
    let mut trial = Trial::new(&["水/河 火", "土"], &["水"]);
    trial.ask_codes(CodebookCommand::Describe(tag("水"), "流動的".to_owned()));
    trial.change(moving("水", "川"));
    assert_eq!(
        (trial.notes(), &trial.saved),
        (after.map(str::to_owned).to_vec(), &codebook(&["川 - 流動的"]))
    );
    assert!(trial.messages().contains(&&MessageText::NotesChanged { notes: 2, documents: 2 }));
    trial.ask(Command::Undo);
    assert_eq!(
        (trial.notes(), &trial.saved),
        (before.map(str::to_owned).to_vec(), &codebook(&["水 - 流動的"]))
    );
    trial.ask(Command::Redo);
    assert_eq!(
        (trial.notes(), &trial.saved),
        (after.map(str::to_owned).to_vec(), &codebook(&["川 - 流動的"]))
    );
    assert_eq!(*trial.session.codebook_save_state(), SaveState::Saved);
}

#[test]
fn what_is_typed_of_a_tag_is_one_step() {
    let mut trial = Trial::new(&["水"], &[]);
    for said in ["流", "流動", "流動的"] {
        trial.ask_codes(CodebookCommand::Describe(tag("水"), said.to_owned()));
    }
    trial.ask_codes(CodebookCommand::Key(tag("水"), Some('w')));
    trial.ask(Command::Undo);
    assert_eq!(trial.saved, codebook(&["水 - 流動的"]));
    trial.ask(Command::Undo);
    assert_eq!(trial.saved, Codebook::default());
    trial.ask(Command::Redo);
    assert_eq!(trial.saved, codebook(&["水 - 流動的"]));
}

#[test]
fn the_same_tag_in_two_scripts_becomes_one_only_when_asked() {
    let mut trial = Trial::new(&["数据安全", "數據安全"], &["數據安全/法"]);
    assert_eq!(trial.session.same_tags(), [[tag("數據安全"), tag("数据安全")]]);
    assert_eq!(trial.notes(), ["数据安全", "數據安全", "數據安全/法"]);
    trial.change(moving("数据安全", "數據安全"));
    assert_eq!(trial.notes(), ["數據安全", "數據安全", "數據安全/法"]);
    assert!(trial.session.same_tags().is_empty());
}

#[test]
fn a_deleted_tag_comes_back_with_its_notes() {
    let mut trial = Trial::new(&["水 火", "水/河"], &["水/河"]);
    trial.change(TagChange::DeleteAlone(tag("水")));
    assert_eq!(trial.notes(), ["火", "水/河", "水/河"]);
    trial.change(TagChange::Delete(tag("水")));
    assert_eq!(trial.notes(), ["火", "", ""]);
    trial.ask(Command::Undo);
    trial.ask(Command::Undo);
    assert_eq!(trial.notes(), ["水 火", "水/河", "水/河"]);
}

#[test]
fn what_another_program_changed_stays_and_can_be_undone_around() {
    let mut trial = Trial::new(&[], &[]);
    trial.ask_codes(CodebookCommand::Create(tag("水")));
    let (before, now) = (codebook(&["水"]), codebook(&["水", "火 f 熱"]));
    trial.saved = now.clone();
    let (before, now) = (Arc::new(before), Arc::new(now));
    trial.tell(Event::Codebook(CodebookEvent::Changed { before, now, remarks: Vec::new() }));
    assert_eq!(**trial.session.codebook(), codebook(&["水", "火 f 熱"]));
    trial.ask(Command::Undo);
    assert_eq!(trial.saved, codebook(&["火 f 熱"]));
}

#[test]
fn the_key_of_a_tag_tags_the_selection_and_the_note_in_focus() {
    let mut trial = Trial::new(&[], &[]);
    trial.ask_codes(CodebookCommand::Colour(tag("水"), Some(Colour::Blue)));
    trial.ask_codes(CodebookCommand::Key(tag("水/河"), Some('r')));
    trial.ask_codes(CodebookCommand::Key(tag("土"), Some('t')));
    trial.ask(Command::SelectText { anchor: 0, focus: 3 });
    trial.ask_codes(CodebookCommand::Press('r'));
    let made = trial.reader().notebook().iter().next().cloned().unwrap();
    assert_eq!(
        (made.anchor.quote.as_str(), made.colour, made.tags),
        ("水", Some(Colour::Blue), vec![tag("水/河")])
    );
    trial.ask_codes(CodebookCommand::Press('t'));
    assert_eq!(trial.notes()[..1], ["水/河 土"]);
    trial.ask_codes(CodebookCommand::Press('r'));
    assert_eq!(trial.notes()[..1], ["土"]);
    trial.ask_codes(CodebookCommand::Press('x'));
    assert_eq!(trial.notes()[..1], ["土"]);
}

#[test]
fn a_shared_codebook_says_what_comes_before_it_comes() {
    use crate::notes::Incoming::{BothKept, New};
    let mut trial = Trial::new(&["數據安全"], &[]);
    trial.ask_codes(CodebookCommand::Describe(tag("數據安全"), "甲".to_owned()));
    let theirs = Box::new(codebook(&["数据安全 - 乙", "水 w 流動的"]));
    trial.tell(Event::Codebook(CodebookEvent::Fetched { path: "給你.ron".into(), result: Ok(theirs) }));
    assert_eq!(trial.session.page(), Some(crate::session::Page::Codebook));
    let news = |trial: &Trial, as_known| -> Vec<(String, crate::notes::Incoming)> {
        let rows = trial.session.incoming_codes(as_known).unwrap();
        rows.into_iter().map(|row| (row.code.tag.to_string(), row.incoming)).collect()
    };
    assert_eq!(news(&trial, false), [("数据安全".to_owned(), New), ("水".to_owned(), New)]);
    assert_eq!(news(&trial, true), [("數據安全".to_owned(), BothKept), ("水".to_owned(), New)]);
    trial.ask_codes(CodebookCommand::TakeIn { as_known: true });
    assert_eq!(trial.saved, codebook(&["數據安全 - 甲\n\n乙", "水 w 流動的"]));
    assert!(trial.session.incoming_codes(true).is_none());
    trial.ask(Command::Undo);
    assert_eq!(trial.saved, codebook(&["數據安全 - 甲"]));
}

#[test]
fn what_is_shared_has_the_tags_in_use_too() {
    let mut trial = Trial::new(&["水/河"], &["火"]);
    trial.ask_codes(CodebookCommand::Key(tag("火"), Some('f')));
    trial.ask_codes(CodebookCommand::AskToShare);
    let asked = trial.asked_to_share.unwrap();
    trial.ask(Command::ExportTo { ticket: asked, path: Path::new("tags.ron").to_owned() });
    assert_eq!(trial.shared, Some(codebook(&["水", "水/河", "火 f"])));
}

#[test]
fn a_codebook_that_cannot_be_written_is_not_changed() {
    let mut trial = Trial::new(&["水"], &[]);
    let read = CodebookRead {
        read_only: Some("newer".to_owned()),
        codebook: codebook(&["火 f"]),
        ..Default::default()
    };
    trial.tell(Event::Codebook(CodebookEvent::Read(Box::new(read))));
    trial.change(moving("水", "川"));
    for said in ["一", "一二"] {
        trial.ask_codes(CodebookCommand::Describe(tag("火"), said.to_owned()));
        trial.tell(Event::Codebook(CodebookEvent::Saved(Err("newer".to_owned()))));
    }
    assert_eq!(trial.session.undoable(), (false, false));
    assert_eq!((trial.notes(), &trial.saved), (vec!["水".to_owned()], &Codebook::default()));
    assert_eq!(trial.session.codebook().at_key('f'), Some(&code("火 f")));
    assert!(
        trial.messages().contains(&&MessageText::Codebook(CodebookMessage::ReadOnly("newer".to_owned())))
    );
}
