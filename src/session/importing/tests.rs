use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::document::TextId;
use crate::exchange::{self, Format};
use crate::notes::Colour;
use crate::session::tests::Desk;
use crate::session::{Command, Event, Kept, OpenError};

const RIVER: &str = "修河倡议\n\n我们提议先在上游种树，再清理河道里的淤泥。每户认领二十棵树苗。\n";
const BOOKS: &str = "乡村图书室\n\n图书室周一休息，借书以一个月为限，逾期的书由管理员催还。\n";

/// A library of one document that is not open.
struct Library;

impl ImportShelf for Library {
    fn with_text(&self, _text: TextId) -> Vec<Place> {
        Vec::new()
    }

    fn titles(&self) -> Vec<(Place, String)> {
        vec![(books(), "鄉村圖書室".to_owned())]
    }

    fn open(&self, place: &Place) -> Option<ShelfDocument> {
        let mut desk = Desk::with(BOOKS);
        desk.open("books.txt", BOOKS, Kept::default());
        let document = Arc::clone(desk.reader().document());
        Some(ShelfDocument {
            place: place.clone(),
            title: "乡村图书室".to_owned(),
            document,
            notes: Vec::new(),
            trash: Vec::new(),
        })
    }
}

fn books() -> Place {
    Place::File(PathBuf::from("books.txt"))
}

fn annotation(id: u32, source: &str, label: &str, quote: &str, tag: &str) -> String {
    format!(
        r#"{{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:{id}", "type": "Annotation",
            "created": "2024-03-05T08:15:30Z",
            "body": [{{"type": "TextualBody", "value": "看{id}"}}, {{"type": "TextualBody", "value": "{tag}", "purpose": "tagging"}}],
            "target": {{"source": {{"id": "{source}", "label": "{label}"}},
                "selector": {{"type": "TextQuoteSelector", "exact": "{quote}"}}}}}}"#
    )
}

fn file() -> String {
    let notes = [
        annotation(1, "urn:a", "修河倡議", "先在上游种树，再清理河道", "数据安全"),
        annotation(2, "urn:a", "修河倡議", "这里没有的一句很长的话", "水"),
        annotation(3, "urn:a", "修河倡議", "每户认领二十棵树苗", "水"),
        annotation(4, "urn:b", "乡村图书室", "借书以一个月为限，逾期", "水"),
        annotation(5, "urn:c", "别的文章", "什么", "水"),
    ];
    format!("[{}]", notes.join(","))
}

/// What becomes of a file of these annotations: for each document why it was taken, and where it is.
fn guesses(notes: &[String], chosen: Option<(usize, Option<Place>)>) -> Vec<Option<(MatchedBy, Place)>> {
    let mut desk = Desk::with(RIVER);
    desk.open("else.txt", "别的文章\n\n渡口的船夫每天天亮以前就起来收网。\n", Kept::default());
    desk.ask(Command::Import(ImportCommand::Read(PathBuf::from("notes.json"))));
    let effects = std::mem::take(&mut desk.effects).into_iter();
    let mut job = effects
        .filter_map(|effect| match effect {
            Effect::Import(ImportEffect::Plan { job, .. }) => Some(*job),
            _ => None,
        })
        .last()
        .unwrap();
    job.chosen.extend(chosen);
    // Nothing is known of what stands in front.
    job.front = None;
    let file = format!("[{}]", notes.join(","));
    let received = Arc::new(exchange::read(file.as_bytes(), None).unwrap());
    let plan = job.plan(received, &Library, &|| true).unwrap();
    let targets = plan.documents.into_iter().map(|document| document.target);
    targets.map(|target| target.map(|target| (target.by, target.place))).collect()
}

#[test]
fn a_document_is_guessed_by_the_words_of_its_notes() {
    let river = Desk::with(RIVER).session.active().unwrap().place.clone();
    let note = |id, source: &str, quote: &str| annotation(id, source, "无人知道的标题", quote, "水");
    let of_river = || note(1, "urn:a", "先在上游种树，再清理河道");
    let of_books = || note(2, "urn:b", "借书以一个月为限，逾期");
    let guess = |place: &Place| Some((MatchedBy::Notes, place.clone()));
    assert_eq!(guesses(&[of_river()], None), [guess(&river)]);
    assert_eq!(guesses(&[of_books()], None), [guess(&books())], "in the library");
    assert_eq!(guesses(&[note(3, "urn:c", "树")], None), [None], "a word that any document may have");
    assert_eq!(guesses(&[of_river(), of_books()], None), [guess(&river), None], "of several only open ones");
    assert_eq!(guesses(&[of_river()], Some((0, None))), [None], "the reader has chosen");
}

/// Answers the plans that were asked for, and gives everything that was.
fn answer(desk: &mut Desk) -> Vec<Effect> {
    let asked = std::mem::take(&mut desk.effects);
    for effect in asked.clone() {
        if let Effect::Import(ImportEffect::Plan { ticket, job }) = effect {
            let received = job.received.clone();
            let received =
                received.unwrap_or_else(|| Arc::new(exchange::read(file().as_bytes(), None).unwrap()));
            let plan = job.plan(received, &Library, &|| true).unwrap();
            desk.tell(Event::Import(ImportEvent { ticket, result: Ok(Box::new(plan)) }));
        }
    }
    asked
}

fn ask(desk: &mut Desk, command: ImportCommand) -> Vec<Effect> {
    desk.ask(Command::Import(command));
    answer(desk)
}

fn planned(desk: &Desk) -> &ImportPlan {
    match desk.session.importing() {
        Importing::Planned { plan, stale: false, .. } => plan,
        other => panic!("no plan: {other:?}"),
    }
}

fn desk() -> Desk {
    let mut desk = Desk::with(RIVER);
    desk.select("淤泥");
    desk.ask(Command::Highlight(Colour::Green));
    let id = desk.reader().notebook().iter().next().unwrap().id;
    desk.ask(Command::AddTag(id, Tag::new("數據安全").unwrap()));
    ask(&mut desk, ImportCommand::Read(PathBuf::from("notes.json")));
    desk
}

fn texts(desk: &Desk) -> Vec<String> {
    desk.reader().notebook().iter().map(|note| note.text.clone()).filter(|text| !text.is_empty()).collect()
}

#[test]
fn what_would_come_is_shown_before_it_comes() {
    let desk = desk();
    let plan = planned(&desk);
    let shown: Vec<_> = plan
        .documents
        .iter()
        .map(|document| (document.target.as_ref().map(|target| target.by), document.counts()))
        .collect();
    let counts = |new, lost| ArrivalCounts { new, lost, ..ArrivalCounts::default() };
    assert_eq!(
        shown,
        [
            (Some(MatchedBy::Title), counts(3, 1)),
            (Some(MatchedBy::Title), counts(1, 0)),
            (None, counts(0, 0))
        ]
    );
    assert_eq!((plan.staying_out(), texts(&desk).len()), (1, 0));
    assert_eq!(desk.session.page(), Some(Page::ImportNotes));
}

#[test]
fn what_was_opened_and_holds_notes_is_imported_instead() {
    let mut desk = Desk::with(RIVER);
    desk.ask(Command::Open(vec![Place::File(PathBuf::from("notes.json"))]));
    let (ticket, tabs) = (desk.last_read(), desk.session.tabs().len());
    let reason = OpenError::HoldsNotes(Format::Hypothesis);
    desk.tell(Event::NotOpened { ticket, reason });
    assert_eq!((desk.session.tabs().len(), desk.session.page()), (tabs - 1, Some(Page::ImportNotes)));
    let Importing::Reading(request) = desk.session.importing() else { panic!() };
    assert_eq!(request.path, PathBuf::from("notes.json"));
}

#[test]
fn it_comes_as_one_step_into_open_and_closed_documents() {
    let mut desk = desk();
    let asked = ask(&mut desk, ImportCommand::TakeIn);
    assert_eq!(texts(&desk).len(), 3);
    let elsewhere: Vec<_> = asked.iter().filter_map(edited).collect();
    assert_eq!(elsewhere, [(books(), 1)]);
    assert_eq!(desk.session.page(), None);
    desk.ask(Command::Undo);
    assert_eq!(texts(&desk), Vec::<String>::new());
    assert_eq!(desk.reader().notebook().len(), 1);
    desk.ask(Command::Redo);
    assert_eq!(texts(&desk).len(), 3);
}

/// The document that is not open, and how many of its notes change.
fn edited(effect: &Effect) -> Option<(Place, usize)> {
    let Effect::EditNotes { edits, .. } = effect else { return None };
    edits.first().map(|edit| (edit.place.clone(), edit.changes.len()))
}

#[test]
fn a_second_time_nothing_comes() {
    let mut desk = desk();
    ask(&mut desk, ImportCommand::TakeIn);
    ask(&mut desk, ImportCommand::Read(PathBuf::from("notes.json")));
    let counts = planned(&desk).documents[0].counts();
    assert_eq!(counts, ArrivalCounts { known: 3, ..ArrivalCounts::default() });
}

#[test]
fn the_reader_chooses_documents_and_tags() {
    let mut desk = desk();
    let theirs = Tag::new("数据安全").unwrap();
    assert_eq!(planned(&desk).choices.get(&theirs).map(Tag::as_str), Some("數據安全"));
    ask(&mut desk, ImportCommand::AsOurs(theirs.clone(), false));
    assert!(planned(&desk).choices.is_empty() && planned(&desk).same_tags.contains_key(&theirs));
    ask(&mut desk, ImportCommand::Choose(1, None));
    ask(&mut desk, ImportCommand::Choose(2, Some(Place::File(PathBuf::from("sample.txt")))));
    let plan = planned(&desk);
    assert_eq!(plan.documents[1].target, None);
    let chosen = plan.documents[2].target.as_ref().map(|target| target.by);
    assert_eq!((chosen, plan.counts().new, plan.staying_out()), (Some(MatchedBy::Choice), 4, 1));
}

#[test]
fn an_answer_that_nobody_waits_for_is_passed_over() {
    let mut desk = desk();
    desk.ask(Command::Import(ImportCommand::Read(PathBuf::from("other.json"))));
    let late = std::mem::take(&mut desk.effects);
    desk.ask(Command::Import(ImportCommand::Leave));
    desk.effects = late;
    answer(&mut desk);
    assert!(matches!(desk.session.importing(), Importing::Idle));
    assert_eq!(desk.session.page(), None);
}

#[test]
fn a_file_that_cannot_be_read_is_said() {
    let mut desk = Desk::with(RIVER);
    desk.ask(Command::Import(ImportCommand::Read(PathBuf::from("x.json"))));
    let ticket = desk.effects.iter().find_map(|effect| match effect {
        Effect::Import(ImportEffect::Plan { ticket, .. }) => Some(*ticket),
        _ => None,
    });
    desk.tell(Event::Import(ImportEvent { ticket: ticket.unwrap(), result: Err("坏了".to_owned()) }));
    let told = desk.session.messages().last().map(|message| &message.text);
    assert!(
        matches!(told, Some(MessageText::Import(ImportMessage::NotRead { reason, .. })) if reason == "坏了")
    );
    assert_eq!((desk.session.page(), matches!(desk.session.importing(), Importing::Idle)), (None, true));
}

#[test]
fn several_files_are_read_one_after_the_other() {
    let mut desk = Desk::with(RIVER);
    let path = |desk: &Desk| match desk.session.importing() {
        Importing::Reading(request) | Importing::Planned { request, .. } => {
            request.path.display().to_string()
        }
        Importing::Idle => String::new(),
    };
    let files = ["a.qdpx", "b.jsonld", "c.qdc", "d.QDC"].map(|name| Place::File(PathBuf::from(name)));
    desk.ask(Command::Open(files.to_vec()));
    assert_eq!(path(&desk), "a.qdpx");
    answer(&mut desk);
    ask(&mut desk, ImportCommand::TakeIn);
    assert_eq!((texts(&desk).len(), path(&desk)), (3, "b.jsonld".to_owned()));
    desk.ask(Command::Import(ImportCommand::Leave));
    assert_eq!(path(&desk), "c.qdc");
    let Importing::Reading(request) = desk.session.importing() else { panic!() };
    let unreadable = ImportEvent { ticket: request.ticket, result: Err("it is no codebook".to_owned()) };
    desk.tell(Event::Import(unreadable));
    assert_eq!((path(&desk), desk.session.page()), ("d.QDC".to_owned(), Some(Page::ImportNotes)));
    desk.ask(Command::Import(ImportCommand::Leave));
    assert_eq!((path(&desk), desk.session.page()), (String::new(), None));
}
