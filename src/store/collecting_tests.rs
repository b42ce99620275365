//! Reading the notes of all documents, and changing those of documents that are not open.

use std::fs;
use std::path::Path;

use uuid::Uuid;

use super::*;
use crate::document::TextId;
use crate::notes::sample::note;
use crate::notes::{Anchor, Annotation, Edit, FoundState, NoteChange, NoteId, Standing, Tag};
use crate::session::{Effect, Kept};
use crate::store::{NotesStore, World};

struct Trial {
    folder: tempfile::TempDir,
    world: World,
    tickets: std::cell::Cell<u64>,
}

/// What was gathered: of each document its name, with its notes and their states; and what was wrong.
type Gathered = (Vec<String>, Vec<String>);

impl Trial {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World::start_within(Home::within(&folder.path().join("home")), || {}).unwrap();
        Self { folder, world, tickets: 1.into() }
    }

    /// A document that says `text` and has notes on these words of it.
    fn document(&self, name: &str, text: &str, quotes: &[&str]) -> Place {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        let place = Place::File(path);
        let notes = (0_u128..).zip(quotes).map(|(number, quote)| on(text, number, quote));
        let kept = Kept {
            text: Some(TextId::of(text)),
            title: name.to_owned(),
            annotations: notes.map(Arc::new).collect(),
            ..Kept::default()
        };
        self.world.carry_out(Effect::SaveNotes {
            ticket: Ticket::default(),
            place: place.clone(),
            base: Arc::default(),
            kept: Arc::new(kept),
            history: Arc::default(),
        });
        self.world.finish().unwrap();
        place
    }

    fn ticket(&self) -> Ticket {
        self.tickets.set(self.tickets.get() + 1);
        Ticket(self.tickets.get())
    }

    fn wait<Out>(&self, mut take: impl FnMut(Event) -> Option<Out>) -> Out {
        let end = Instant::now() + Duration::from_secs(30);
        while Instant::now() < end {
            if let Some(out) = self.world.events().into_iter().find_map(&mut take) {
                return out;
            }
            thread::sleep(Duration::from_millis(2));
        }
        panic!("nothing of the kind was told");
    }

    fn gather(&self, places: &[&Place]) -> Gathered {
        let known = places.iter().map(|place| (*place).clone()).collect();
        let asked = self.ticket();
        self.world.carry_out(Effect::CollectNotes { ticket: asked, known });
        let (mut documents, mut faults) = (Vec::new(), Vec::new());
        self.wait(|event| match event {
            Event::NotesCollected { ticket, notes, complete } if ticket == asked => {
                documents.extend(notes.documents.iter().map(said));
                faults.extend(notes.faults.into_iter().map(|fault| fault.name));
                complete.then_some(())
            }
            _ => None,
        });
        documents.sort();
        (documents, faults)
    }

    fn edit(&self, place: &Place, changes: Vec<NoteChange>) -> Result<Vec<NoteChange>, String> {
        let asked = self.ticket();
        let edits = vec![PlacedChanges { place: place.clone(), changes }];
        self.world.carry_out(Effect::EditNotes { ticket: asked, edits });
        self.wait(|event| match event {
            Event::NotesEdited { ticket, mut done } if ticket == asked => done.pop(),
            _ => None,
        })
        .1
    }

    fn open(&self, place: &Place) {
        let asked = self.ticket();
        self.world.carry_out(Effect::Read {
            ticket: asked,
            place: place.clone(),
            choices: None,
            password: None,
        });
        self.wait(|event| matches!(event, Event::Opened { ticket, .. } if ticket == asked).then_some(()));
    }

    fn keep_found(&self, place: &Place, notes: &[Annotation], states: &[FoundState]) {
        let states = notes.iter().map(|note| note.id).zip(states.iter().copied()).collect();
        let notes = notes.iter().cloned().map(Arc::new).collect();
        let found = DocumentNotes { place: place.to_words(), notes, states, ..DocumentNotes::default() };
        self.world.carry_out(Effect::KeepFound(Arc::new(found)));
    }
}

fn on(text: &str, number: u128, quote: &str) -> Annotation {
    let start = text.find(quote).unwrap();
    let span = crate::text::Span::from_range(&(start..start + quote.len()));
    note(number, Anchor { span, quote: quote.to_owned(), ..Anchor::default() })
}

fn said(document: &SearchableNotes) -> String {
    let document = document.document();
    let notes = document.notes.iter().map(|note| {
        let tags: String = note.tags.iter().flat_map(|tag| ["#", tag.as_str()]).collect();
        let state = document.states.get(&note.id).map_or(String::new(), |state| format!("[{state:?}]"));
        format!(" {}{tags}{state}", note.anchor.quote)
    });
    format!("{}:{}", document.title, notes.collect::<String>())
}

fn notes_file(place: &Place) -> std::path::PathBuf {
    let Place::File(path) = place else { panic!() };
    Path::new(&format!("{}.duidu.ron", path.display())).to_owned()
}

#[test]
fn notes_of_all_documents_are_gathered_also_from_the_cache() {
    let trial = Trial::new();
    let first = trial.document("河.txt", "河水清，岸有樹。", &["河水", "樹"]);
    let second = trial.document("橋.txt", "石橋三座。", &["石橋"]);
    let third = trial.document("空.txt", "沒有筆記。", &[]);
    let expected = vec!["橋.txt: 石橋".to_owned(), "河.txt: 河水 樹".to_owned()];
    for _ in 0..2 {
        assert_eq!(trial.gather(&[&first, &second, &third]), (expected.clone(), Vec::new()));
    }
    // Another program: only the cache on disk knows.
    let again = Trial {
        world: World::start_within(Home::within(&trial.folder.path().join("home")), || {}).unwrap(),
        ..trial
    };
    assert_eq!(again.gather(&[&first, &second]).0, expected);
    // What another program leaves out is not deleted by that.
    let other = "(format: 1, notes: [(quote: \"三座\", position: (6, 12), colour: \"blue\")])";
    fs::write(notes_file(&second), other).unwrap();
    assert_eq!(again.gather(&[&first, &second]).0, ["橋.txt: 石橋 三座", "河.txt: 河水 樹"]);
}

#[test]
fn a_damaged_cache_says_nothing() {
    let trial = Trial::new();
    let place = trial.document("河.txt", "河水清。", &["河水"]);
    trial.gather(&[&place]);
    let cache = trial.folder.path().join("home/cache/notes");
    // It is written after the answer.
    while fs::read_dir(&cache).map_or(0, Iterator::count) == 0 {
        thread::sleep(Duration::from_millis(2));
    }
    for entry in fs::read_dir(&cache).unwrap().flatten() {
        let whole = fs::read(entry.path()).unwrap();
        let changed = String::from_utf8(whole).unwrap().replace("河水", "湖水");
        fs::write(entry.path(), changed).unwrap();
    }
    let again = Trial {
        world: World::start_within(Home::within(&trial.folder.path().join("home")), || {}).unwrap(),
        ..trial
    };
    assert_eq!(again.gather(&[&place]).0, ["河.txt: 河水"]);
}

#[test]
fn a_damaged_file_is_named_and_its_copy_is_shown() {
    let trial = Trial::new();
    let place = trial.document("河.txt", "河水清。", &["河水"]);
    fs::write(notes_file(&place), "(format: 1, notes: [(id:").unwrap();
    let (documents, faults) = trial.gather(&[&place]);
    assert!(faults.contains(&"河.txt".to_owned()), "{faults:?}");
    assert_eq!(documents, ["河.txt: 河水"]);
    assert_eq!(
        fs::read_to_string(notes_file(&place)).unwrap(),
        "(format: 1, notes: [(id:",
        "it was not touched"
    );
}

#[test]
fn notes_of_an_unknown_document_are_shown_too() {
    let trial = Trial::new();
    let folder = trial.folder.path().join("home/data/notes");
    fs::create_dir_all(&folder).unwrap();
    let place = trial.document("河.txt", "河水清。", &["河水"]);
    fs::rename(notes_file(&place), folder.join("河.txt-0123456789abcdef-0123456789abcdef.duidu.ron"))
        .unwrap();
    assert_eq!(trial.gather(&[]).0, ["河.txt: 河水"]);
}

#[test]
fn notes_that_came_along_with_a_renamed_document_are_gathered_once() {
    let trial = Trial::new();
    let old = trial.document("河.txt", "河水清，岸有樹。", &["河水", "樹"]);
    let (Place::File(from), to) = (&old, trial.folder.path().join("水.txt")) else { panic!() };
    fs::rename(from, &to).unwrap();
    let new = Place::File(to);
    assert_eq!(trial.gather(&[&old, &new]).0, ["河.txt: 河水 樹"], "nobody has opened it yet");
    trial.open(&new);
    assert_eq!(trial.gather(&[&old, &new]).0, ["河.txt: 河水 樹"]);
    // Deleted where it is now, a note does not come back from where it was.
    let note = on("河水清，岸有樹。", 1, "樹");
    let known = Standing::There(Arc::new(note.clone()));
    let deleted = NoteChange::all_of(&Edit::Discard { id: note.id, at: note.changed }, |_| known.clone());
    trial.edit(&new, deleted).unwrap();
    assert_eq!(trial.gather(&[&old, &new]).0, ["河.txt: 河水"]);
}

fn tagging(note: &Annotation, tag: &str) -> NoteChange {
    let mut tagged = note.clone();
    tagged.tags.push(Tag::new(tag).unwrap());
    let known = Standing::There(Arc::new(note.clone()));
    NoteChange::all_of(&Edit::Replace(Arc::new(tagged)), |_| known.clone()).remove(0)
}

#[test]
fn notes_of_a_closed_document_are_changed_and_saved() {
    let trial = Trial::new();
    let place = trial.document("河.txt", "河水清，岸有樹。", &["河水", "樹"]);
    let known = on("河水清，岸有樹。", 0, "河水");
    let made = trial.edit(&place, vec![tagging(&known, "水")]).unwrap();
    assert_eq!(made.len(), 1);
    // Before it is saved, and after.
    assert_eq!(trial.gather(&[&place]).0, ["河.txt: 河水#水 樹"]);
    trial.world.finish().unwrap();
    let store = NotesStore::new(Home::within(&trial.folder.path().join("home")));
    let kept = store.load(&place, TextId::of("河水清，岸有樹。"), Touch::Nothing).kept;
    assert_eq!(kept.annotations[0].tags, [Tag::new("水").unwrap()]);
    assert_eq!((kept.text, kept.title.as_str()), (Some(TextId::of("河水清，岸有樹。")), "河.txt"));
    trial.edit(&place, made.iter().map(NoteChange::reversed).collect()).unwrap();
    assert_eq!(trial.gather(&[&place]).0, ["河.txt: 河水 樹"]);
}

#[test]
fn what_another_program_has_written_meanwhile_is_kept() {
    let trial = Trial::new();
    let place = trial.document("河.txt", "河水清，岸有樹。", &["河水", "樹"]);
    let known = on("河水清，岸有樹。", 0, "河水");
    let written = fs::read_to_string(notes_file(&place)).unwrap();
    let gone = NoteId(Uuid::from_u128(1)).to_string();
    fs::write(
        notes_file(&place),
        written.replace("河水", "湖水").replace(&gone, &NoteId(Uuid::from_u128(9)).to_string()),
    )
    .unwrap();
    let changes = vec![tagging(&known, "水"), tagging(&on("河水清，岸有樹。", 1, "樹"), "木")];
    assert_eq!(trial.edit(&place, changes).unwrap().len(), 1, "the other note is not there any more");
    assert_eq!(trial.gather(&[&place]).0, ["河.txt: 湖水#水 樹"]);
}

#[test]
fn where_notes_are_is_known_as_last_found_and_never_guessed() {
    let trial = Trial::new();
    let text = "河水清，岸有樹。";
    let place = trial.document("河.txt", text, &["河水", "樹"]);
    let notes = [on(text, 0, "河水"), on(text, 1, "樹")];
    assert_eq!(trial.gather(&[&place]).0, ["河.txt: 河水 樹"]);
    trial.open(&place);
    trial.keep_found(&place, &notes, &[FoundState::Exact, FoundState::Lost]);
    assert_eq!(trial.gather(&[&place]).0, ["河.txt: 河水[Exact] 樹[Lost]"]);
    // A note that was put elsewhere was not looked for there.
    let moved = on(text, 1, "岸有");
    let known = Standing::There(Arc::new(notes[1].clone()));
    let changes = NoteChange::all_of(&Edit::Replace(Arc::new(moved)), |_| known.clone());
    trial.edit(&place, changes).unwrap();
    assert_eq!(trial.gather(&[&place]).0, ["河.txt: 河水[Exact] 岸有"]);
    let Place::File(path) = &place else { panic!() };
    fs::write(path, "岸有樹，河水清，橋三座。").unwrap();
    assert_eq!(trial.gather(&[&place]).0, ["河.txt: 河水 岸有"]);
}

#[cfg(unix)]
#[test]
fn a_document_and_a_link_to_it_are_one() {
    let trial = Trial::new();
    let place = trial.document("河.txt", "河水清。", &["河水"]);
    let link = trial.folder.path().join("鏈.txt");
    std::os::unix::fs::symlink(trial.folder.path().join("河.txt"), &link).unwrap();
    assert_eq!(trial.gather(&[&place, &Place::File(link)]).0, ["河.txt: 河水"]);
}
