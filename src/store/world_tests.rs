//! The world, asked and answering.
use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::*;
use crate::compare::{Decision, Guidance, Part, Ruling};
use crate::document::TextId;
use crate::export::Words;
use crate::notes::{Anchor, Annotation, DocumentNotes, Found, NoteId};
use crate::session::{
    CompareOptions, ComparisonId, ExportChoices, ExportEffect, ExportEvent, ExportFormat, ExportJob,
    ExportRequest, ExportScope, ExportSource, Kept, KeptComparison, LinkFilter, NotExported, ReadingChoices,
};
use crate::store::lock::Lock;
use crate::text::{Form, SearchOptions};

struct Trial {
    folder: tempfile::TempDir,
    world: World,
    /// What the world last said or was told of the notes.
    told: std::cell::RefCell<Arc<Kept>>,
}

impl Trial {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World::start_within(Home::within(&folder.path().join("home")), || {}).unwrap();
        Self { folder, world, told: std::cell::RefCell::default() }
    }

    fn document(&self, name: &str, text: impl AsRef<[u8]>) -> Place {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        Place::File(path)
    }

    /// The first event that `wanted` takes, waiting for it.
    fn wait<Out>(&self, wanted: impl Fn(&Event) -> Option<Out>) -> Out {
        let end = Instant::now() + Duration::from_secs(30);
        while Instant::now() < end {
            if let Some(out) = self.world.events().iter().find_map(&wanted) {
                return out;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("nothing of the kind was told");
    }

    /// Waits until something was told with each of these tickets.
    fn wait_for_each(&self, tickets: [u64; 2], wanted: impl Fn(&Event) -> Option<Ticket>) {
        let missing = std::cell::RefCell::new(tickets.map(Ticket).to_vec());
        self.wait(|event| {
            let told = wanted(event);
            missing.borrow_mut().retain(|ticket| Some(*ticket) != told);
            missing.borrow().is_empty().then_some(())
        });
    }

    fn open(&self, ticket: u64, place: &Place) -> (Arc<str>, Kept, Vec<(NoteId, Found)>) {
        let effect =
            Effect::Read { ticket: Ticket(ticket), place: place.clone(), choices: None, password: None };
        self.world.carry_out(effect);
        let opened = self.wait(|event| match event {
            Event::Opened { ticket: other, opened } if *other == Ticket(ticket) => {
                Some((Arc::clone(opened.imported.document.text()), opened.kept.clone(), opened.found.clone()))
            }
            Event::NotOpened { reason, .. } => panic!("{reason}"),
            _ => None,
        });
        *self.told.borrow_mut() = Arc::new(opened.1.clone());
        opened
    }

    fn save(&self, place: &Place, kept: Kept) {
        let kept = Arc::new(kept);
        let base = self.told.replace(Arc::clone(&kept));
        self.world.carry_out(save_notes(place, base, kept));
    }

    fn kept(&self) {
        self.wait(|event| matches!(event, Event::NotesKept { .. }).then_some(()));
    }

    fn saved(&self) -> Result<PathBuf, String> {
        self.wait(|event| match event {
            Event::NotesSaved { result, .. } => Some(result.clone().map(|file| file.path)),
            _ => None,
        })
    }
}

fn save_notes(place: &Place, base: Arc<Kept>, kept: Arc<Kept>) -> Effect {
    Effect::SaveNotes { ticket: Ticket(1), place: place.clone(), base, kept, history: Arc::default() }
}

fn note(id: u128, quote: &str) -> Annotation {
    Annotation {
        id: NoteId(Uuid::from_u128(id)),
        anchor: Anchor { quote: quote.to_owned(), span: Span::whole(quote), ..Anchor::default() },
        ..Annotation::empty()
    }
}

fn with_notes(notes: impl IntoIterator<Item = Annotation>) -> Kept {
    let text = Some(TextId::of("春眠不覺曉\n"));
    Kept { text, annotations: notes.into_iter().map(Arc::new).collect(), ..Kept::default() }
}

/// Notes on a place whose document is not open, to be exported in that format.
fn export_job(trial: &Trial, place: &Place, notes: Vec<Annotation>, format: ExportFormat) -> Box<ExportJob> {
    let notes = DocumentNotes {
        place: place.to_words(),
        notes: notes.into_iter().map(Arc::new).collect(),
        ..DocumentNotes::default()
    };
    Box::new(ExportJob {
        sources: vec![ExportSource::from(&notes)],
        request: ExportRequest {
            choices: ExportChoices { scope: ExportScope::Chosen, format, ..ExportChoices::default() },
            shown: Script::AS_WRITTEN,
            words: Words::english(),
            interface_language: "en".to_owned(),
        },
        templates: Vec::new(),
        converters: Arc::clone(&trial.world.converters),
        zone: TimeZone::UTC,
        made: Timestamp::UNIX_EPOCH,
        codebook: Arc::default(),
    })
}

#[test]
fn an_export_never_replaces_its_document() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n");
    let export_to = |name: &str| {
        let path = trial.folder.path().join(name);
        let job = export_job(&trial, &place, Vec::new(), ExportFormat::Markdown);
        trial.world.carry_out(Effect::Export(ExportEffect::Write {
            ticket: Ticket(1),
            job,
            path: path.clone(),
        }));
        let told = trial.wait(|event| match event {
            Event::Export(ExportEvent::Written { result, .. }) => Some(result.clone()),
            _ => None,
        });
        (told, fs::read_to_string(path).unwrap())
    };
    let (told, text) = export_to("詩.txt");
    assert!(told.unwrap_err().to_string().contains("would replace the document"));
    assert_eq!(text, "春眠不覺曉\n");
    let (told, text) = export_to("notes.md");
    assert!(told == Ok(0) && text.contains("詩.txt"), "{text}");
}

#[test]
fn an_export_reads_documents_that_are_not_open() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n處處聞啼鳥\n");
    let job = |notes| export_job(&trial, &place, notes, ExportFormat::DocxComments);
    trial.world.carry_out(Effect::Export(ExportEffect::Preview {
        ticket: Ticket(7),
        job: job(vec![note(1, "聞啼鳥")]),
    }));
    let preview = trial.wait(|event| match event {
        Event::Export(ExportEvent::Previewed { ticket: Ticket(7), result }) => Some(result.clone()),
        _ => None,
    });
    let preview = preview.unwrap();
    assert!(preview.text.contains("春眠不覺曉") && !preview.cut, "{preview:?}");
}

#[test]
fn an_export_can_be_ended() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n");
    let many = (0..30_000).map(|number| note(number, "春眠"));
    let job = export_job(&trial, &place, many.collect(), ExportFormat::Html);
    trial.world.carry_out(Effect::Export(ExportEffect::Make { ticket: Ticket(3), job }));
    trial.world.carry_out(Effect::Export(ExportEffect::Stop(Ticket(3))));
    let told = trial.wait(|event| match event {
        Event::Export(ExportEvent::Made { result, .. }) => Some(result.clone()),
        _ => None,
    });
    assert_eq!(told, Err(NotExported::Cancelled));
}

#[test]
fn notes_are_saved_soon_and_found_again() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n");
    let (text, kept, _) = trial.open(1, &place);
    assert_eq!((&*text, kept), ("春眠不覺曉\n", Kept::default()));
    let start = Instant::now();
    let mut made = note(1, "春眠");
    made.anchor.after = "不覺曉\n".to_owned();
    trial.save(&place, with_notes([made.clone()]));
    trial.kept();
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    let path = trial.saved().unwrap();
    assert!(path.ends_with("詩.txt.duidu.ron"));
    let (_, kept, found) = trial.open(2, &place);
    assert_eq!(found, [(made.id, Found::Exact(Span::new(0, 6)))]);
    assert_eq!(*kept.annotations, [Arc::new(made)]);
}

/// The journals of a program that was killed are as they are now; only their locks are free.
#[test]
fn what_a_killed_program_had_told_to_be_saved_is_there_at_the_next_start() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n");
    trial.open(1, &place);
    trial.save(&place, with_notes([note(1, "春眠"), note(2, "曉")]));
    trial.kept();
    trial.save(&place, with_notes([note(2, "曉")]));
    trial.kept();
    let other = trial.folder.path().join("other");
    let journals = other.join("data/journals");
    fs::create_dir_all(&journals).unwrap();
    for journal in fs::read_dir(trial.folder.path().join("home/data/journals")).unwrap().flatten() {
        fs::copy(journal.path(), journals.join(journal.file_name())).unwrap();
    }
    assert!(!trial.folder.path().join("詩.txt.duidu.ron").exists());
    let mut next = Trial::new();
    next.world = World::start_within(Home::within(&other), || {}).unwrap();
    assert_eq!(*next.open(1, &place).1.annotations, [Arc::new(note(2, "曉"))]);
    assert_eq!(fs::read_dir(&journals).unwrap().count(), 0);
}

#[test]
fn reading_again_and_the_end_wait_for_what_is_not_saved() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n");
    trial.open(1, &place);
    trial.save(&place, with_notes([note(1, "春眠"), note(2, "春")]));
    assert_eq!(trial.open(2, &place).1.annotations.len(), 2);
    trial.save(&place, with_notes([note(2, "春")]));
    trial.world.carry_out(Effect::SaveState(Box::default()));
    trial.world.finish().unwrap();
    let file = trial.folder.path().join("詩.txt.duidu.ron");
    assert!(fs::read_to_string(file).unwrap().matches("quote:").count() == 1);
    assert!(trial.folder.path().join("home/config/state.ron").exists());
}

#[test]
fn the_end_waits_for_what_takes_long_no_longer_than_it_is_asked_to() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n");
    trial.open(1, &place);
    let file = trial.folder.path().join("詩.txt.duidu.ron");
    let held = Lock::on(&file, &trial.world.home).unwrap();
    trial.world.carry_out(save_notes(&place, Arc::default(), Arc::new(with_notes([note(1, "春眠")]))));
    let mut finishing = trial.world.begin_to_finish();
    assert!(!trial.world.finishes_within(Duration::from_millis(100), &mut finishing));
    drop(held);
    assert!(trial.world.finishes_within(Duration::from_mins(1), &mut finishing));
    trial.world.finished(finishing).unwrap();
    assert!(fs::read_to_string(&file).unwrap().contains("春眠"));
}

#[test]
fn another_programs_notes_stay_and_are_told() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n");
    let other = World::start_within(Home::within(&trial.folder.path().join("other")), || {}).unwrap();
    trial.open(1, &place);
    other.carry_out(save_notes(&place, Arc::default(), Arc::new(with_notes([note(9, "曉")]))));
    other.finish().unwrap();
    trial.save(&place, with_notes([note(1, "春眠")]));
    trial.wait(|event| matches!(event, Event::NotesChangedOnDisk(_)).then_some(()));
    trial.save(&place, with_notes([]));
    trial.world.finish().unwrap();
    let (_, kept, _) = trial.open(2, &place);
    assert_eq!(*kept.annotations, [Arc::new(note(9, "曉"))]);
    // Now the session knows it, and can delete it.
    trial.save(&place, with_notes([]));
    trial.world.finish().unwrap();
    assert!(trial.open(3, &place).1.annotations.is_empty());
}

#[test]
fn a_failure_is_told_once_and_tried_again() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n");
    trial.open(1, &place);
    let file = trial.folder.path().join("詩.txt.duidu.ron");
    fs::write(&file, "(format: 9)").unwrap();
    trial.save(&place, with_notes([note(1, "春眠")]));
    assert!(trial.saved().unwrap_err().contains("newer"));
    let left = trial.world.finish().unwrap_err();
    assert!(left[0].contains("詩.txt"), "{left:?}");
    // What is not saved is not lost: it is in what is read.
    assert_eq!(trial.open(2, &place).1.annotations.len(), 1);
    fs::remove_file(&file).unwrap();
    assert_eq!(trial.saved().unwrap(), file);
}

#[test]
fn a_long_document_begins_before_it_is_read() {
    let trial = Trial::new();
    let line = "一條河慢慢地流過村子。\n";
    let place = trial.document("long.txt", line.repeat(60_000));
    let effect = Effect::Read { ticket: Ticket(1), place, choices: None, password: None };
    trial.world.carry_out(effect);
    let mut beginning = None;
    let opened = 'told: loop {
        for event in trial.world.events() {
            match event {
                Event::Beginning { imported, .. } => beginning = Some(imported.document),
                Event::Opened { opened, .. } => break 'told opened,
                Event::Codebook(_) => {}
                other => panic!("{other:?}"),
            }
        }
        thread::sleep(Duration::from_millis(5));
    };
    let beginning = beginning.unwrap();
    assert!(opened.imported.document.text().starts_with(&**beginning.text()));
    assert!(beginning.text().len() > 200_000 && !beginning.origin().complete);
}

/// As many documents as there are threads that read lie on a drive that does not answer.
#[test]
fn documents_on_a_stalled_drive_are_waited_for_and_hold_up_nothing_else() {
    let trial = Trial::new();
    let stalled = ["a.txt", "b.txt"].map(|name| trial.document(name, "河水清清"));
    let other = trial.document("c.txt", "山高水長");
    for place in &stalled {
        trial.open(0, place);
        trial.save(place, with_notes([note(1, "河水")]));
        trial.saved().unwrap();
    }
    let desk = trial.world.keeper.desk_for_reading();
    let answers = stalled.each_ref().map(|place| desk.notes().stall(place));
    for (ticket, place) in (1..).map(Ticket).zip(&stalled) {
        trial.world.carry_out(Effect::Read { ticket, place: place.clone(), choices: None, password: None });
    }
    trial.wait_for_each([1, 2], |event| match event {
        Event::DriveStalls { ticket } => Some(*ticket),
        _ => None,
    });
    trial.open(3, &other);
    trial.save(&other, with_notes([note(2, "山高")]));
    trial.kept();
    drop(answers);
    trial.wait_for_each([1, 2], |event| match event {
        Event::Opened { ticket, opened } if opened.kept.annotations.len() == 1 => Some(*ticket),
        _ => None,
    });
}

#[test]
fn what_cannot_be_read_is_said() {
    let trial = Trial::new();
    let place = Place::File(trial.folder.path().to_owned());
    // Every system has this number for a file that is not there, and its own words.
    let missing = std::io::Error::from_raw_os_error(2).to_string();
    for (place, reason) in [
        (place, "folder"),
        (Place::File(trial.folder.path().join("none")), missing.as_str()),
        (Place::Sample("none".to_owned()), "no sample"),
    ] {
        trial.world.carry_out(Effect::Read { ticket: Ticket(1), place, choices: None, password: None });
        let told = trial.wait(|event| match event {
            Event::NotOpened { reason, .. } => Some(reason.to_string()),
            _ => None,
        });
        assert!(told.contains(reason), "{told}");
    }
}

fn hits_of(trial: &Trial, ticket: u64) -> Vec<Span> {
    let mut all = Vec::new();
    loop {
        let batch = trial.wait(|event| match event {
            Event::Hits { ticket: other, hits, complete } if *other == Ticket(ticket) => {
                Some((hits.clone(), *complete))
            }
            _ => None,
        });
        all.extend(batch.0);
        if batch.1 {
            return all;
        }
    }
}

#[test]
fn the_newest_search_is_answered() {
    let trial = Trial::new();
    let place = trial.document("long.txt", "一條河慢慢地流過村子。\n".repeat(3_000));
    trial.world.carry_out(Effect::Read { ticket: Ticket(1), place, choices: None, password: None });
    let document = loop {
        let opened = trial.world.events().into_iter().find_map(|event| match event {
            Event::Opened { opened, .. } => Some(Arc::new(opened.imported.document)),
            _ => None,
        });
        if let Some(document) = opened {
            break document;
        }
    };
    for (ticket, query) in [(5, "河"), (6, "条河")] {
        let request = SearchRequest {
            tab: TabId(1),
            document: Arc::clone(&document),
            query: query.to_owned(),
            options: SearchOptions::default(),
            asides: false,
        };
        trial.world.carry_out(Effect::Find { ticket: Ticket(ticket), request });
    }
    let hits = hits_of(&trial, 6);
    assert_eq!(hits.len(), 3_000);
    assert_eq!(hits[0].of(document.text()), Some("條河"));
}

#[test]
fn scripts_are_made_ready() {
    let trial = Trial::new();
    let script = Script::characters(Form::Taiwan);
    trial.world.carry_out(Effect::PrepareScript { written: Written::Simplified, script });
    let result = trial.wait(|event| match event {
        Event::ScriptReady { result, .. } => Some(result.clone()),
        _ => None,
    });
    assert_eq!(result, Ok(()));
    assert!(trial.world.converters().is_ready(Written::Simplified, script));
}

#[test]
fn a_change_from_outside_is_noticed() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n");
    trial.open(1, &place);
    trial.save(&place, with_notes([note(1, "春眠")]));
    trial.saved().unwrap();
    trial.document("詩.txt", "春眠不覺曉，處處聞啼鳥\n");
    let changed = trial.wait(|event| match event {
        Event::ChangedOnDisk(place) => Some(place.clone()),
        _ => None,
    });
    assert_eq!(changed, place);
}

#[test]
fn a_document_that_was_renamed_while_it_is_open_is_found_again_with_its_notes() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "春眠不覺曉\n");
    trial.open(1, &place);
    trial.save(&place, with_notes([note(1, "春眠")]));
    trial.saved().unwrap();
    // It is known what it holds as soon as it was looked at once.
    thread::sleep(2 * PAUSE);
    let to = Place::File(trial.folder.path().join("春曉.txt"));
    fs::rename(trial.folder.path().join("詩.txt"), trial.folder.path().join("春曉.txt")).unwrap();
    let found = trial.wait(|event| match event {
        Event::DocumentAway { place, to } => Some((place.clone(), to.clone())),
        _ => None,
    });
    assert_eq!(found, (place, Some(to.clone())));
    assert_eq!(trial.open(2, &to).1.annotations.len(), 1);
}

/// What is not open, or holds what it held, has not changed.
#[test]
fn a_false_alarm_is_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let (file, notes) = (folder.path().join("詩.txt"), folder.path().join("詩.txt.duidu.ron"));
    fs::write(&file, "春眠不覺曉\n").unwrap();
    let (place, parent) = (Place::File(file.clone()), Place::File(folder.path().to_owned()));
    let watch = Watch::default();
    assert!(!watch.begin(&place, notes.clone()));
    assert!(!watch.begin(&parent, folder.path().join(".duidu.ron")));
    assert_eq!(watch.look(), []);
    let touched = fs::File::options().write(true).open(&file).unwrap();
    touched.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    fs::write(folder.path().join("別的.txt"), "雨").unwrap();
    assert_eq!(watch.look(), []);
    fs::write(&file, "夜來風雨聲\n").unwrap();
    assert_eq!(watch.look(), [(place.clone(), Changed::Document)]);
    fs::write(&file, "花落知多少\n").unwrap();
    watch.while_writing(&place, || fs::write(&notes, "()").unwrap());
    assert_eq!(watch.look(), [(place.clone(), Changed::Document)]);
    fs::write(&notes, "(notes: [])").unwrap();
    assert_eq!(watch.look(), [(place.clone(), Changed::Notes)]);
    watch.end(&place);
    fs::write(&file, "\n").unwrap();
    assert_eq!(watch.look(), []);
}

#[test]
fn a_document_that_was_not_opened_is_not_watched() {
    let trial = Trial::new();
    let place = trial.document("詩.txt", "PK\u{3}\u{4}");
    trial.world.carry_out(Effect::Read { ticket: Ticket(1), place, choices: None, password: None });
    trial.wait(|event| matches!(event, Event::NotOpened { .. }).then_some(()));
    trial.document("詩.txt", "春眠不覺曉\n");
    assert_eq!(trial.world.watch.look(), []);
}

#[test]
fn a_fault_in_a_thread_is_told_and_the_thread_goes_on() {
    let crew = Crew::start("trial", 1).unwrap();
    let (sender, received) = channel();
    let other = sender.clone();
    crew.give(|| panic!("on purpose"), move |reason| sender.send(reason).unwrap());
    crew.give(move || other.send("still here".to_owned()).unwrap(), drop);
    assert!(received.recv().unwrap().contains("on purpose"));
    assert_eq!(received.recv().unwrap(), "still here");
}

/// Kept after a ruling, read by the next session, opened by its name.
#[test]
fn a_comparison_is_kept_read_and_opened() {
    let trial = Trial::new();
    let (left, right) =
        (trial.document("甲.txt", "春眠不覺曉，處處聞啼鳥。\n"), trial.document("乙.txt", "處處聞啼鳥。\n"));
    let part = |place: &Place| {
        let read = super::super::read_document(place, &ReadingChoices::default(), &mut drop).unwrap();
        Part::whole(Arc::new(read.document))
    };
    let ruling =
        Ruling { left: vec![Span::new(18, 36)], right: vec![Span::new(0, 18)], decision: Decision::Pin };
    let kept = KeptComparison {
        left: left.clone(),
        right: right.clone(),
        left_part: part(&left),
        right_part: part(&right),
        guidance: Arc::new(Guidance { rulings: vec![ruling.clone()], ..Guidance::default() }),
        comparison: None,
        options: CompareOptions::default(),
        filter: LinkFilter::default(),
    };
    let comparison = ComparisonId(3);
    trial.world.carry_out(Effect::SaveComparison { comparison, kept: Arc::new(kept) });
    let parts = Box::new((part(&left), part(&right)));
    let read = Effect::ReadComparison { ticket: Ticket(1), left: left.clone(), right: right.clone(), parts };
    trial.world.carry_out(read);
    let (saved, read) = trial.wait_for_both();
    assert_eq!((saved, read.guidance.rulings), (Ok(()), vec![ruling]));
    trial.world.carry_out(Effect::ReadComparisonFile(read.path));
    let opened = trial.wait(|event| match event {
        Event::ComparisonFileRead { result, .. } => Some(result.clone()),
        _ => None,
    });
    assert_eq!(opened.unwrap().left, (left, None));
    trial.world.carry_out(Effect::ReadComparisonFile(trial.folder.path().join("none")));
    let missing = trial.wait(|event| match event {
        Event::ComparisonFileRead { result, .. } => result.clone().err(),
        _ => None,
    });
    assert!(missing.contains("no such file"), "{missing}");
}

impl Trial {
    /// What reading waits for is told before what was read, in one turn or in two.
    fn wait_for_both(&self) -> (Result<(), String>, ComparisonRead) {
        let (mut saved, mut read) = (None, None);
        while saved.is_none() || read.is_none() {
            for event in self.world.events() {
                match event {
                    Event::ComparisonSaved { result, .. } => saved = Some(result),
                    Event::ComparisonRead { read: told, .. } => read = Some(*told),
                    Event::Codebook(_) => {}
                    other => panic!("{other:?}"),
                }
            }
            thread::sleep(Duration::from_millis(5));
        }
        (saved.unwrap(), read.unwrap())
    }
}
