//! The notes of all documents, as a reader uses them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::*;
use crate::import::{self, ReadOptions};
use crate::notes::sample::note;
use crate::notes::{
    Anchor, Annotation, DocumentNotes, Edit, FoundState, History, NoteAt, NoteChange, NoteId, Notebook,
    SearchableNotes, TagWish,
};
use crate::session::tests::CONVERTERS;
use crate::session::{
    Command, Event, ExportScope, Input, Kept, MessageText, NotesFile, Opened, PaneId, Place, Restored, Ticket,
};
use crate::text::Span;

/// A session with a world that keeps the notes of documents that are not open.
struct Desk {
    session: Session,
    world: BTreeMap<Place, Notebook>,
    histories: BTreeMap<Place, Arc<History>>,
    /// Whose notes those of a document are.
    shares: BTreeMap<Place, Place>,
    steps: StepsEverywhere,
    revealed: Vec<u32>,
    seconds: i64,
}

impl Desk {
    /// Documents that are not open, each with notes of a quotation, tags and a text: `河水 a,b 記下`.
    fn with(documents: &[(&str, &[&str])]) -> Self {
        let session = Session::new(Restored::default(), Arc::clone(&CONVERTERS), TimeZone::UTC);
        let mut desk = Self {
            session,
            world: BTreeMap::new(),
            histories: BTreeMap::new(),
            shares: BTreeMap::new(),
            steps: StepsEverywhere::default(),
            revealed: Vec::new(),
            seconds: 0,
        };
        let mut number = 100;
        for (name, notes) in documents {
            let notes = notes.iter().map(|written| {
                number += 1;
                Arc::new(written_note(number, written))
            });
            desk.world.insert(place(name), Notebook::new(notes.collect::<Vec<_>>(), []));
        }
        desk.ask(Command::ShowPage(Some(Page::AllNotes)));
        desk
    }

    fn moment(&mut self) -> Moment {
        self.seconds += 1;
        let fresh = Uuid::from_u128(u128::try_from(self.seconds).unwrap());
        Moment { now: Timestamp::from_second(1_000_000 + self.seconds).unwrap(), fresh }
    }

    fn ask(&mut self, command: Command) {
        let effects = self.ask_quietly(command);
        self.carry_out(effects);
    }

    /// Answers what is asked of the world, which does nothing yet.
    fn ask_quietly(&mut self, command: Command) -> Vec<Effect> {
        let moment = self.moment();
        self.session.handle(Input::Command(command), moment)
    }

    fn all(&mut self, command: AllNotesCommand) {
        self.ask(Command::AllNotes(command));
    }

    fn tell(&mut self, event: Event) {
        let moment = self.moment();
        let effects = self.session.handle(Input::Event(event), moment);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::CollectNotes { ticket, .. } => self.collect(ticket),
                Effect::EditNotes { ticket, edits } => {
                    let done = edits.into_iter().map(|edit| self.edit(edit)).collect();
                    self.tell(Event::NotesEdited { ticket, done });
                }
                Effect::Read { ticket, place, .. } => self.read(ticket, &place),
                Effect::SaveNotes { place, kept, history, .. } => {
                    self.histories.insert(place.clone(), history);
                    self.world.insert(place, Notebook::new(kept.annotations.clone(), kept.trash.clone()));
                }
                Effect::KeepSteps(steps) => self.steps = StepsEverywhere::clone(&steps),
                Effect::Reveal { pane: PaneId::Document(_), position } => self.revealed.push(position),
                _ => {}
            }
        }
    }

    fn collect(&mut self, ticket: Ticket) {
        let document = |(place, notebook): (&Place, &Notebook)| {
            let notes: Vec<_> = notebook.iter_shared().cloned().collect();
            let states = notes.iter().map(|note| (note.id, FoundState::Exact)).collect();
            SearchableNotes::new(DocumentNotes {
                place: place.to_words(),
                title: place.name(),
                notes,
                states,
                deleted: notebook.trash().len(),
                ..DocumentNotes::default()
            })
        };
        let documents: Vec<_> = self.world.iter().map(document).collect();
        let all = documents.len();
        let notes = Box::new(GatheredNotes { documents, done: all, all, ..GatheredNotes::default() });
        self.tell(Event::NotesCollected { ticket, notes, complete: true });
    }

    fn edit(&mut self, edit: PlacedChanges) -> (Place, Result<Vec<NoteChange>, String>) {
        let made = match self.world.get_mut(&edit.place) {
            Some(notebook) => Ok(notebook.change(&edit.changes).unwrap()),
            None => Err("it is gone".to_owned()),
        };
        (edit.place, made)
    }

    /// Every document reads 河水清，岸有樹。石橋三座。
    fn read(&mut self, ticket: Ticket, place: &Place) {
        let imported = import::read("t.txt", TEXT.into(), &ReadOptions::default()).unwrap();
        let notebook = self.world.entry(self.shares.get(place).unwrap_or(place).clone()).or_default();
        let found = crate::notes::locate_all(notebook.iter(), &imported.document);
        let kept = Kept { annotations: notebook.list(), ..Kept::default() };
        let history = self.histories.get(place).map(|history| History::clone(history));
        let notes = NotesFile { shared_with: self.shares.get(place).cloned(), ..NotesFile::default() };
        let opened = Opened { real: None, imported, kept, found, notes, history };
        self.tell(Event::Opened { ticket, opened: Box::new(opened) });
    }

    fn open(&mut self, name: &str) {
        self.ask(Command::Open(vec![place(name)]));
        self.ask(Command::ShowPage(Some(Page::AllNotes)));
    }

    /// The lines of the list: groups with the number of their notes, notes with their tags; `*` before what is
    /// chosen, `>` before the line in focus.
    fn screen(&self) -> Vec<String> {
        let listing = self.session.all_notes_listing();
        let line = |(number, line): (usize, &ListLine)| {
            let focus = if self.session.all_notes_focus() == Some(number) { ">" } else { "" };
            match line {
                ListLine::Group(group) => {
                    let group = &listing.groups()[*group];
                    format!("{focus}{} ({})", self.name(&group.of), listing.notes(group).len())
                }
                ListLine::Note(at) => format!("{focus}{}", self.note_line(*at)),
            }
        };
        listing.lines().iter().enumerate().map(line).collect()
    }

    fn name(&self, of: &GroupOf) -> String {
        match of {
            GroupOf::Document(number) => self.session.collection().document(*number).unwrap().title.clone(),
            GroupOf::Tag(tag) => tag.as_ref().map_or("no tag".to_owned(), ToString::to_string),
            GroupOf::Colour(colour) => colour.map_or("none", Colour::name).to_owned(),
            GroupOf::Day(day) => day.to_string(),
        }
    }

    fn note_line(&self, at: NoteAt) -> String {
        let collection = self.session.collection();
        let note = collection.note(at).unwrap();
        let chosen = self.session.all_notes_chosen().contains(&collection.key(at).unwrap());
        let tags: String = note.tags.iter().map(tag_sign).collect();
        format!("{}{}{tags}", if chosen { "*" } else { "" }, note.anchor.quote)
    }

    /// What the world keeps of a document: quotations and tags.
    fn kept(&self, name: &str) -> Vec<String> {
        self.world[&place(name)].iter().map(line_of).collect()
    }
}

fn line_of(note: &Annotation) -> String {
    let tags: String = note.tags.iter().map(tag_sign).collect();
    format!("{}{tags}", note.anchor.quote)
}

fn tag_sign(tag: &Tag) -> String {
    format!(" #{tag}")
}

const TEXT: &str = "河水清，岸有樹。石橋三座。";

fn place(name: &str) -> Place {
    Place::File(PathBuf::from(name))
}

fn tag(written: &str) -> Tag {
    Tag::new(written).unwrap()
}

fn written_note(number: u128, written: &str) -> Annotation {
    let mut parts = written.split(' ');
    let quote = parts.next().unwrap();
    let start = TEXT.find(quote).unwrap();
    let anchor = Anchor {
        span: Span::from_range(&(start..start + quote.len())),
        quote: quote.to_owned(),
        ..Anchor::default()
    };
    let tags = parts.next().unwrap_or_default();
    let tags = tags.split(',').filter(|name| !name.is_empty()).map(tag).collect();
    let created = Timestamp::from_second(i64::try_from(number).unwrap() * 86_400).unwrap();
    let text = parts.next().unwrap_or_default().to_owned();
    Annotation { tags, text, created, changed: created, ..note(number, anchor) }
}

fn two_documents() -> Desk {
    Desk::with(&[("甲.txt", &["河水 水", "樹 木,村/岸"]), ("乙.txt", &["石橋", "清 水"])])
}

#[test]
fn notes_are_grouped_by_what_they_have_in_common() {
    let mut desk = two_documents();
    assert_eq!(desk.screen(), ["乙.txt (2)", "清 #水", "石橋", "甲.txt (2)", "河水 #水", "樹 #木 #村/岸"]);
    let by = |grouping| AllNotesCommand::Arrange(Arrangement { grouping, sorting: NoteSorting::Newest });
    desk.all(by(NoteGrouping::Tag));
    let expected = [
        "木 (1)",
        "樹 #木 #村/岸",
        "村/岸 (1)",
        "樹 #木 #村/岸",
        "水 (2)",
        "清 #水",
        "河水 #水",
        "no tag (1)",
        "石橋",
    ];
    assert_eq!(desk.screen(), expected);
    assert_eq!(desk.session.all_notes_listing().count(), 4);
    desk.all(by(NoteGrouping::Day));
    assert_eq!(desk.screen().first().map(String::as_str), Some("1970-04-15 (1)"));
    desk.all(by(NoteGrouping::Colour));
    assert_eq!(desk.screen(), ["yellow (4)", "清 #水", "石橋", "樹 #木 #村/岸", "河水 #水"]);
    desk.all(AllNotesCommand::Fold(GroupOf::Colour(Some(Colour::Yellow))));
    assert_eq!(desk.screen(), ["yellow (4)"]);
}

#[test]
fn a_query_is_kept_by_name() {
    let mut desk = two_documents();
    let mut query = NoteQuery { text: "树".to_owned(), ..NoteQuery::default() };
    desk.all(AllNotesCommand::Filter(Box::new(query.clone())));
    assert_eq!(desk.screen(), ["甲.txt (1)", "樹 #木 #村/岸"]);
    query.text.clear();
    query.set_wish(&tag("水"), Some(TagWish::Needed));
    desk.all(AllNotesCommand::Filter(Box::new(query)));
    desk.all(AllNotesCommand::SaveQuery(" 水 ".to_owned()));
    desk.all(AllNotesCommand::SaveQuery("  ".to_owned()));
    desk.all(AllNotesCommand::Filter(Box::default()));
    assert_eq!((desk.screen().len(), desk.session.saved_query_shown()), (6, None));
    desk.all(AllNotesCommand::UseQuery("水".to_owned()));
    assert_eq!(desk.screen(), ["乙.txt (1)", "清 #水", "甲.txt (1)", "河水 #水"]);
    assert_eq!(desk.session.saved_query_shown().map(|saved| saved.name.as_str()), Some("水"));
    let restored = desk.session.restored();
    let again = Session::new(restored, Arc::clone(&CONVERTERS), TimeZone::UTC);
    assert_eq!(again.saved_queries(), desk.session.saved_queries());
    desk.all(AllNotesCommand::ForgetQuery("水".to_owned()));
    assert_eq!(desk.session.saved_queries(), []);
}

#[test]
fn lines_are_chosen_one_by_one_as_ranges_and_all() {
    let mut desk = two_documents();
    desk.all(AllNotesCommand::Choose(1));
    desk.all(AllNotesCommand::ChooseThrough(4));
    assert_eq!(
        desk.screen(),
        ["乙.txt (2)", "*清 #水", "*石橋", "甲.txt (2)", ">*河水 #水", "樹 #木 #村/岸"],
    );
    desk.all(AllNotesCommand::Choose(0));
    assert_eq!(desk.session.all_notes_chosen().len(), 1, "a group that is chosen is chosen no longer");
    desk.all(AllNotesCommand::Choose(0));
    assert_eq!(desk.session.all_notes_chosen().len(), 3);
    desk.all(AllNotesCommand::ChooseAll);
    assert_eq!(desk.session.all_notes_chosen().len(), 4);
    desk.all(AllNotesCommand::Filter(Box::new(NoteQuery { text: "清".to_owned(), ..NoteQuery::default() })));
    desk.all(AllNotesCommand::Filter(Box::default()));
    assert_eq!(desk.session.all_notes_chosen().len(), 1, "what is out of sight is not chosen");
    desk.all(AllNotesCommand::ChooseNone);
    desk.all(AllNotesCommand::MoveFocus { by: -100, extend: false });
    desk.all(AllNotesCommand::MoveFocus { by: 1, extend: false });
    desk.all(AllNotesCommand::MoveFocus { by: 1, extend: true });
    assert_eq!(desk.screen()[..3], ["乙.txt (2)", "*清 #水", ">*石橋"]);
}

#[test]
fn the_first_and_the_last_line_are_reached_from_nowhere() {
    for (by, line) in [(isize::MIN, 0), (isize::MAX, 5), (1, 0), (-1, 4)] {
        let mut desk = two_documents();
        desk.all(AllNotesCommand::MoveFocus { by, extend: false });
        assert_eq!(desk.session.all_notes_focus(), Some(line), "{by}");
    }
}

#[test]
fn what_is_done_to_all_that_are_chosen_is_one_step_in_open_and_closed_documents() {
    let mut desk = two_documents();
    desk.open("甲.txt");
    let before = [desk.kept("甲.txt"), desk.kept("乙.txt")];
    desk.all(AllNotesCommand::ChooseAll);
    desk.all(AllNotesCommand::Tag(tag("水")));
    assert_eq!(desk.kept("甲.txt"), ["河水 #水", "樹 #木 #村/岸 #水"]);
    assert_eq!(desk.kept("乙.txt"), ["清 #水", "石橋 #水"]);
    assert!(desk.screen().contains(&"*石橋 #水".to_owned()), "{:?}", desk.screen());
    let said = desk.session.messages().last().map(|message| message.text.clone());
    assert_eq!(said, Some(MessageText::NotesChanged { notes: 2, documents: 2 }));
    desk.ask(Command::Undo);
    assert_eq!([desk.kept("甲.txt"), desk.kept("乙.txt")], before);
    desk.ask(Command::Redo);
    assert_eq!(desk.kept("乙.txt"), ["清 #水", "石橋 #水"]);
    desk.all(AllNotesCommand::Untag(tag("水")));
    assert_eq!([desk.kept("甲.txt"), desk.kept("乙.txt")].concat(), ["河水", "樹 #木 #村/岸", "清", "石橋"]);
    for _ in 0..2 {
        desk.ask(Command::Undo);
    }
    assert_eq!([desk.kept("甲.txt"), desk.kept("乙.txt")], before);
    assert_eq!(desk.session.undoable(), (false, true));
}

#[test]
fn deleted_notes_lie_in_the_trash_of_their_documents() {
    let mut desk = two_documents();
    desk.open("甲.txt");
    desk.all(AllNotesCommand::ChooseAll);
    desk.all(AllNotesCommand::Delete);
    assert_eq!(desk.screen(), Vec::<String>::new());
    let trash = |desk: &Desk, name| desk.world[&place(name)].trash().len();
    assert_eq!((trash(&desk, "甲.txt"), trash(&desk, "乙.txt")), (2, 2));
    desk.ask(Command::Undo);
    assert_eq!((trash(&desk, "甲.txt"), trash(&desk, "乙.txt"), desk.screen().len()), (0, 0, 6));
}

/// The program ends and is started again, with what was left for it.
fn started_again(desk: Desk, steps: StepsEverywhere) -> Desk {
    let restored = Restored { steps, ..Restored::default() };
    let session = Session::new(restored, Arc::clone(&CONVERTERS), TimeZone::UTC);
    let mut again = Desk { session, ..desk };
    again.ask(Command::ShowPage(Some(Page::AllNotes)));
    again
}

#[test]
fn a_step_everywhere_is_undone_and_done_again_after_a_restart() {
    let mut desk = two_documents();
    let before = desk.screen();
    desk.all(AllNotesCommand::ChooseAll);
    desk.all(AllNotesCommand::Delete);
    let steps = desk.steps.clone();
    let mut desk = started_again(desk, steps);
    assert_eq!((desk.screen().len(), desk.session.undoable()), (0, (true, false)));
    desk.ask(Command::Undo);
    assert_eq!(desk.screen(), before);
    let steps = desk.steps.clone();
    let mut desk = started_again(desk, steps);
    desk.ask(Command::Redo);
    assert_eq!((desk.screen().len(), desk.session.undoable()), (0, (true, false)));
}

#[test]
fn after_a_restart_what_was_done_last_is_undone_first() {
    for everywhere_last in [true, false] {
        let mut desk = two_documents();
        desk.open("甲.txt");
        let add = |desk: &mut Desk| {
            desk.ask(Command::ShowPage(None));
            desk.ask(Command::SelectText { anchor: 0, focus: 3 });
            desk.ask(Command::Highlight(Colour::Pink));
        };
        let tag_all = |desk: &mut Desk| {
            desk.ask(Command::ShowPage(Some(Page::AllNotes)));
            desk.all(AllNotesCommand::ChooseAll);
            desk.all(AllNotesCommand::Tag(tag("都")));
        };
        if everywhere_last {
            add(&mut desk);
            tag_all(&mut desk);
        } else {
            tag_all(&mut desk);
            add(&mut desk);
        }
        let count = |desk: &Desk| {
            let notes = desk.world[&place("甲.txt")].iter();
            let tagged = notes.filter(|note| note.tags.contains(&tag("都"))).count();
            (desk.world[&place("甲.txt")].len(), tagged)
        };
        let (steps, done) = (desk.steps.clone(), count(&desk));
        let mut desk = started_again(desk, steps);
        desk.open("甲.txt");
        desk.ask(Command::Undo);
        let first = if everywhere_last { (done.0, 0) } else { (done.0 - 1, done.1) };
        assert_eq!(count(&desk), first);
        desk.ask(Command::Undo);
        assert_eq!(count(&desk), (done.0 - 1, 0));
        desk.ask(Command::Redo);
        desk.ask(Command::Redo);
        assert_eq!(count(&desk), done);
    }
}

#[test]
fn who_reads_a_document_does_not_take_back_what_was_done_to_others() {
    let mut desk = two_documents();
    let before = desk.kept("乙.txt");
    desk.open("甲.txt");
    desk.ask(Command::ShowPage(Some(Page::AllNotes)));
    desk.all(AllNotesCommand::Choose(0));
    desk.all(AllNotesCommand::Tag(tag("新")));
    let after = desk.kept("乙.txt");
    assert_ne!(after, before);
    desk.ask(Command::ShowPage(None));
    assert_eq!(desk.session.undoable(), (false, false));
    desk.ask(Command::Undo);
    assert_eq!(desk.kept("乙.txt"), after);
    desk.ask(Command::ShowPage(Some(Page::AllNotes)));
    desk.ask(Command::Undo);
    assert_eq!(desk.kept("乙.txt"), before);
    let said = desk.session.messages().last().map(|message| message.text.clone());
    let documents = vec!["乙.txt".to_owned()];
    assert_eq!(said, Some(MessageText::Stepped { back: true, notes: 2, documents }));
}

#[test]
fn the_trash_of_documents_that_are_not_open_is_counted() {
    let mut desk = two_documents();
    desk.all(AllNotesCommand::ChooseAll);
    desk.all(AllNotesCommand::Delete);
    desk.ask(Command::ShowPage(Some(Page::Trash)));
    let documents = desk.session.collection().documents().iter();
    let deleted: Vec<usize> = documents.map(|each| each.document().deleted).collect();
    assert_eq!(deleted, [2, 2]);
}

#[test]
fn gathering_that_is_stopped_takes_no_more_and_can_be_begun_again() {
    let mut desk = two_documents();
    let moment = desk.moment();
    let asked = desk.session.handle(Input::Command(Command::AllNotes(AllNotesCommand::Gather)), moment);
    let stopping = Input::Command(Command::AllNotes(AllNotesCommand::StopGathering));
    let moment = desk.moment();
    let stopped = desk.session.handle(stopping, moment);
    assert!(matches!(stopped.as_slice(), [Effect::StopCollecting(_)]), "{stopped:?}");
    assert_eq!(desk.session.gathering(), Gathering::Stopped { done: 0, all: 0 });
    desk.world.clear();
    desk.carry_out(asked);
    assert_eq!(desk.screen().len(), 6, "an answer that nobody waits for changes nothing");
    desk.all(AllNotesCommand::Gather);
    assert_eq!((desk.session.gathering(), desk.screen().len()), (Gathering::Complete, 0));
}

#[test]
fn what_was_written_since_stays_when_a_step_everywhere_is_undone() {
    let mut desk = two_documents();
    desk.open("甲.txt");
    desk.all(AllNotesCommand::ChooseAll);
    desk.all(AllNotesCommand::Recolour(Colour::Blue));
    let id = desk.session.reader().unwrap().notebook().iter().next().unwrap().id;
    desk.ask(Command::WriteNote(id, "後來寫的".to_owned()));
    desk.open("乙.txt");
    desk.ask(Command::Undo);
    let first = desk.world[&place("甲.txt")].get(id).unwrap();
    assert_eq!((first.colour, first.text.as_str()), (Some(Colour::Yellow), "後來寫的"));
    desk.open("甲.txt");
    desk.ask(Command::Undo);
    let first = desk.world[&place("甲.txt")].get(id).unwrap();
    assert_eq!((first.colour, first.text.as_str()), (Some(Colour::Yellow), ""));
}

#[test]
fn what_is_chosen_of_all_documents_is_exported_together() {
    let mut desk = two_documents();
    let text = NoteQuery { text: "水".to_owned(), ..NoteQuery::default() };
    desk.all(AllNotesCommand::Filter(Box::new(text)));
    desk.all(AllNotesCommand::ChooseAll);
    desk.all(AllNotesCommand::Export);
    assert_eq!(desk.session.page(), Some(Page::Export));
    assert_eq!(desk.session.count_to_export(ExportScope::Chosen), 2);
}

#[test]
fn going_to_a_note_opens_its_document_there() {
    let mut desk = two_documents();
    let at = desk.session.all_notes_listing().notes_of_line(2)[0];
    let key = desk.session.collection().key(at).unwrap();
    desk.all(AllNotesCommand::GoTo(key));
    assert_eq!(desk.session.active().map(|tab| tab.place.clone()), Some(place("乙.txt")));
    assert_eq!((desk.session.page(), desk.session.reader().unwrap().note_in_focus()), (None, Some(key.note)));
    let start = u32::try_from(TEXT.find("石橋").unwrap()).unwrap();
    assert_eq!(desk.revealed.last(), Some(&start));
}

#[test]
fn notes_of_open_documents_are_live() {
    let mut desk = two_documents();
    desk.open("甲.txt");
    let id = desk.session.reader().unwrap().notebook().iter().next().unwrap().id;
    desk.ask(Command::AddTag(id, tag("新")));
    assert!(desk.screen().contains(&"河水 #水 #新".to_owned()), "{:?}", desk.screen());
    let tab = desk.session.active().unwrap().id;
    desk.ask(Command::Close(tab));
    assert!(desk.screen().contains(&"河水 #水 #新".to_owned()), "{:?}", desk.screen());
}

#[test]
fn what_could_not_be_changed_is_told_and_shown_as_it_is() {
    let mut desk = two_documents();
    desk.world.remove(&place("乙.txt"));
    desk.all(AllNotesCommand::ChooseAll);
    desk.all(AllNotesCommand::Tag(tag("新")));
    let told = MessageText::NotesNotChanged { name: "乙.txt".to_owned(), reason: "it is gone".to_owned() };
    assert!(desk.session.messages().iter().any(|message| message.text == told));
    assert_eq!(desk.screen(), ["甲.txt (2)", "*河水 #水 #新", "*樹 #木 #村/岸 #新"]);
}

#[test]
fn an_edit_of_a_note_that_is_not_known_does_nothing() {
    let mut desk = two_documents();
    let edit = Edit::Remove(NoteId(Uuid::from_u128(77)));
    assert!(desk.session.edit_everywhere(vec![(place("甲.txt"), edit)]).is_empty());
    assert_eq!(desk.session.undoable(), (false, false));
}

#[test]
fn only_what_was_changed_is_told_as_changed() {
    let mut desk = two_documents();
    let before = desk.session.collection().len();
    desk.all(AllNotesCommand::ChooseAll);
    // Another machine has deleted the notes of one document meanwhile.
    let name = desk.world.keys().next().unwrap().clone();
    let gone = desk.world.insert(name, Notebook::default()).unwrap().len();
    desk.all(AllNotesCommand::Delete);
    let said = desk.session.messages().last().map(|message| message.text.clone());
    assert_eq!(said, Some(MessageText::NotesChanged { notes: before - gone, documents: 1 }));
    assert_eq!(desk.session.collection().len(), 0);
}

#[test]
fn notes_of_a_document_that_was_opened_by_a_link_stand_there_once() {
    let mut desk = two_documents();
    let before = desk.session.collection().len();
    // What is kept in the world has the real name of the document.
    desk.world.insert(place("鏈.txt"), desk.world[&place("甲.txt")].clone());
    desk.open("鏈.txt");
    desk.world.remove(&place("鏈.txt"));
    let tab = desk.session.tabs.iter_mut().find(|tab| tab.place == place("鏈.txt")).unwrap();
    tab.add_name(place("甲.txt"));
    desk.ask(Command::ShowPage(None));
    desk.ask(Command::ShowPage(Some(Page::AllNotes)));
    assert_eq!(desk.session.collection().len(), before);
    assert!(desk.session.reader_at(&place("甲.txt")).is_some(), "changed where it is open");
}

#[test]
fn notes_that_two_documents_share_stand_there_once() {
    let mut desk = two_documents();
    let before = desk.session.collection().len();
    // The world tells them under the name of the document whose notes they are.
    desk.shares.insert(place("抄.txt"), place("甲.txt"));
    let listed = |desk: &mut Desk| {
        desk.ask(Command::ShowPage(None));
        desk.ask(Command::ShowPage(Some(Page::AllNotes)));
        let collection = desk.session.collection();
        let number = |name: &str| collection.number_of(&place(name).to_words());
        let document = |name: &str| number(name).and_then(|number| collection.document(number));
        let there = |name: &str| document(name).is_some_and(|document| !document.notes.is_empty());
        (collection.len(), there("甲.txt"), there("抄.txt"))
    };
    desk.open("抄.txt");
    assert_eq!(listed(&mut desk), (before, false, true));
    desk.open("甲.txt");
    assert_eq!(listed(&mut desk), (before, true, false));
    let keeper = desk.session.tabs.iter().find(|tab| tab.place == place("甲.txt")).unwrap().id;
    desk.ask(Command::Close(keeper));
    assert_eq!(listed(&mut desk), (before, false, true));
}

/// The reader opens a document while its notes are being changed, and perhaps takes that back at once.
#[test]
fn a_document_that_is_opened_while_its_notes_are_changed_has_them_changed() {
    for taken_back in [false, true] {
        let mut desk = two_documents();
        let before = desk.kept("甲.txt");
        desk.all(AllNotesCommand::ChooseAll);
        let change = Command::AllNotes(AllNotesCommand::Tag(tag("新")));
        let mut effects = desk.ask_quietly(change);
        desk.open("甲.txt");
        if taken_back {
            effects.extend(desk.ask_quietly(Command::Undo));
        }
        desk.carry_out(effects);
        let tagged = vec!["河水 #水 #新".to_owned(), "樹 #木 #村/岸 #新".to_owned()];
        let expected = if taken_back { before } else { tagged };
        assert_eq!(desk.kept("甲.txt"), expected);
        let notes = desk.session.reader().unwrap().notebook().iter();
        assert_eq!(notes.map(line_of).collect::<Vec<_>>(), expected);
        if !taken_back {
            desk.ask(Command::Undo);
            assert_eq!(desk.kept("乙.txt"), ["清 #水", "石橋"]);
            assert!(desk.kept("甲.txt").iter().all(|note| !note.contains("新")));
        }
    }
}
