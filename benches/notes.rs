//! How long the notes of all documents take: `cargo bench --no-default-features --bench notes`.
//!
//! 1,000 documents with 100 notes each are written to a folder, with the files that the program itself writes, and
//! gathered: for the first time, by a program that was started anew, and again by the same one. Then they are
//! filtered and grouped, and 10,000 notes of one document are filtered as its own list does. Last, letters are typed
//! into a note of a document with few notes and with many: what the session does for one, without the drawing.
//! Gathering is measured by the clock on the wall, since several threads share it, the rest by the processor.
//! `-- 100` makes 100 documents.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops at the first fault"
)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use duidu::import::{self, ReadOptions};
use duidu::notes::{
    Annotation, ChosenNotes, Collection, Colour, DocumentNotes, Found, NoteId, NoteQuery, SearchableNotes,
    Tag, TagWish,
};
use duidu::session::{
    Arrangement, Command, Effect, Event, Input, Kept, Listing, Moment, NoteGrouping, NoteSorting, NotesFile,
    Opened, Place, Restored, Session, Ticket,
};
use duidu::store::{Home, World};
use duidu::text::Converters;
use jiff::tz::TimeZone;
use shared::{in_words, median, notes_on, read, text_of};

#[expect(dead_code, reason = "the other benchmarks use the rest of it")]
mod shared;

const NOTES: usize = 100;

fn main() {
    let count = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(1_000);
    let folder = tempfile::tempdir().unwrap();
    let places = write_documents(folder.path(), count);
    println!("{count} documents with {NOTES} notes each, ms");
    let home = folder.path().join("home");
    let mut collection = Collection::default();
    for name in ["gather, nothing in the cache", "gather, program started anew"] {
        let world = World::start_within(Home::within(&home), || {}).unwrap();
        let (first, all, gathered) = gather(&world, &places);
        println!("{name:<46}{:>12}  (first notes {})", in_words(all), in_words(first));
        if name.ends_with("anew") {
            let (_, again, _) = gather(&world, &places);
            println!("{:<46}{:>12}", "gather again", in_words(again));
        }
        // What was read is put into the cache after it was told: the end waits for it.
        drop(world);
        collection = gathered;
    }
    // A place between two paragraphs takes no note: a few fewer than asked for.
    assert_eq!(collection.documents().len(), count);
    filter(&collection);
    one_document();
    [100, 1_000, 10_000, 100_000].into_iter().for_each(type_letters);
}

/// The texts are the same few, the notes of each document its own.
fn write_documents(folder: &Path, count: usize) -> Vec<Place> {
    let text = text_of(40_000);
    let document = read(&text);
    let notes = notes_on(&document, NOTES);
    let world = World::start_within(Home::within(&folder.join("writing")), || {}).unwrap();
    let first = folder.join("first.txt");
    fs::write(&first, &text).unwrap();
    let kept = Kept {
        text: Some(document.id()),
        title: "河邊的事".to_owned(),
        annotations: notes.iter().cloned().map(Arc::new).collect(),
        ..Kept::default()
    };
    world.carry_out(Effect::SaveNotes {
        ticket: Ticket::default(),
        place: Place::File(first.clone()),
        base: Arc::default(),
        kept: Arc::new(kept),
        history: Arc::default(),
    });
    world.finish().unwrap();
    let written = fs::read_to_string(folder.join("first.txt.duidu.ron")).unwrap();
    let (first_line, body) = written.split_once('\n').unwrap();
    let (opening, _) = first_line.rsplit_once(' ').unwrap();
    let write = |number: usize| {
        let path = folder.join(format!("{number}.txt"));
        fs::write(&path, &text).unwrap();
        let own = notes.iter().fold(body.to_owned(), |body, note| {
            let id = NoteId(uuid::Uuid::from_u128((number as u128) << 64 | note.id.0.as_u128()));
            body.replace(&note.id.to_string(), &id.to_string())
        });
        let checksum = blake3::hash(own.as_bytes()).to_hex();
        fs::write(folder.join(format!("{number}.txt.duidu.ron")), format!("{opening} {checksum}\n{own}"))
            .unwrap();
        Place::File(path)
    };
    (1..=count).map(write).collect()
}

/// How long until the first notes were there, how long until all were, and they.
fn gather(world: &World, places: &[Place]) -> (Duration, Duration, Collection) {
    let ticket = Ticket(1);
    let begun = Instant::now();
    world.carry_out(Effect::CollectNotes { ticket, known: places.to_vec() });
    let (mut first, mut collection) = (None, Collection::default());
    loop {
        for event in world.events() {
            let Event::NotesCollected { notes, complete, .. } = event else { continue };
            first.get_or_insert_with(|| begun.elapsed());
            notes.documents.into_iter().for_each(|document| collection.put(document));
            if complete {
                return (first.unwrap_or_default(), begun.elapsed(), collection);
            }
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn filter(collection: &Collection) {
    println!("filter {} notes, processor time", collection.len());
    let text = |text: &str| NoteQuery { text: text.to_owned(), ..NoteQuery::default() };
    row("by words that are nowhere", || choose(collection, &text("蝴蝶標本")));
    row("by words of many", || choose(collection, &text("水渠 書屋")));
    let mut query = NoteQuery { colours: vec![Colour::Blue, Colour::Green], ..text("水渠") };
    query.set_wish(&Tag::new("題目1").unwrap(), Some(TagWish::Either));
    query.set_wish(&Tag::new("題目2/小題12").unwrap(), Some(TagWish::Either));
    query.set_wish(&Tag::new("題目3").unwrap(), Some(TagWish::Unwanted));
    row("by words, colours and tags", || choose(collection, &query));
    for grouping in NoteGrouping::ALL {
        let arrangement = Arrangement { grouping, sorting: NoteSorting::Place };
        row(&format!("list all, grouping {grouping:?}"), || {
            let all = ChosenNotes::default().of(collection, &NoteQuery::default(), &TimeZone::UTC);
            black_box(Listing::of(collection, all, arrangement, &TimeZone::UTC));
        });
    }
    row("every tag with its uses", || drop(black_box(collection.tag_uses())));
}

fn choose(collection: &Collection, query: &NoteQuery) {
    black_box(ChosenNotes::default().of(collection, query, &TimeZone::UTC));
}

fn one_document() {
    let document = read(&text_of(4_000_000));
    let notes: Vec<Arc<Annotation>> = notes_on(&document, 10_000).into_iter().map(Arc::new).collect();
    let of_notes = || DocumentNotes { notes: notes.clone(), ..DocumentNotes::default() };
    println!("one document with {} notes, processor time", notes.len());
    row("read its words for the first time", || drop(black_box(SearchableNotes::new(of_notes()))));
    let known = SearchableNotes::new(of_notes());
    let query = NoteQuery { text: "水渠".to_owned(), ..NoteQuery::default() };
    row("filter it as the list beside the text does", || {
        let now = known.updated(of_notes());
        black_box(now.choose(&query.ready(&TimeZone::UTC)).count());
    });
}

/// What a letter costs that is typed into a note of a document with so many.
fn type_letters(count: usize) {
    let text = text_of(4_000_000);
    let mut typist = Typist::at(&text, notes_on(&read(&text), count));
    let id =
        typist.session.reader().and_then(|reader| reader.listed_notes().get(count / 2).copied()).unwrap();
    let mut written = String::new();
    row(&format!("a letter typed in one of {count} notes"), || {
        written.push('水');
        // Whoever saves them drops them, elsewhere.
        let effects = typist.ask(Command::WriteNote(id, written.clone()));
        typist.saves.extend(effects);
    });
}

/// A session with a document, and what it has given to be saved.
struct Typist {
    session: Session,
    saves: Vec<Effect>,
}

impl Typist {
    fn at(text: &str, notes: Vec<Annotation>) -> Self {
        let converters = Converters::new(std::env::temp_dir());
        let session = Session::new(Restored::default(), Arc::new(converters), TimeZone::UTC);
        let mut typist = Self { session, saves: Vec::new() };
        let place = Place::File("t.txt".into());
        let read = typist.ask(Command::Open(vec![place]));
        let asked = read.iter().find_map(|effect| match effect {
            Effect::Read { ticket, .. } => Some(*ticket),
            _ => None,
        });
        let imported = import::read("t.txt", text.into(), &ReadOptions::default()).unwrap();
        let found = notes.iter().map(|note| (note.id, Found::Exact(note.anchor.span))).collect();
        let annotations = notes.into_iter().map(Arc::new).collect();
        let kept = Kept { text: Some(imported.document.id()), annotations, ..Kept::default() };
        let opened = Opened { real: None, imported, kept, found, notes: NotesFile::default(), history: None };
        let event = Event::Opened { ticket: asked.unwrap(), opened: Box::new(opened) };
        typist.session.handle(Input::Event(event), moment());
        typist
    }

    fn ask(&mut self, command: Command) -> Vec<Effect> {
        self.session.handle(Input::Command(command), moment())
    }
}

fn moment() -> Moment {
    Moment { now: jiff::Timestamp::now(), fresh: uuid::Uuid::nil() }
}

fn row(name: &str, work: impl FnMut()) {
    println!("{name:<46}{:>12}", in_words(median(work)));
}
