//! Notes in folders and files, offered to the document that they belong to.

use std::fs;
use std::time::{Duration, Instant};

use super::*;
use crate::import::{ReadOptions, read};
use crate::session::{Effect, Kept};
use crate::store::{LibraryChange, NotesStore, World};

const TEXT: &str = "第一条　任何单位不得向河道倾倒垃圾，违者由村民小组劝阻。\n\n\
    第二条　图书室每周开放三次，由管理员登记借书的人和日期。\n";

fn document(text: &str) -> Document {
    read("a.txt", text.into(), &ReadOptions::default()).unwrap().document
}

/// A file of notes on some words of [`TEXT`], as a reader of `name` has left it.
fn leave_notes(store: &NotesStore, place: &Place, quotes: &[&str]) {
    let document = document(TEXT);
    let notes = (1..).zip(quotes).map(|(number, quote)| {
        let start = document.text().find(quote).unwrap();
        let span = crate::text::Span::from_range(&(start..start + quote.len()));
        let anchor = crate::notes::Anchor::of(&document, span);
        Arc::new(Annotation { id: NoteId(uuid::Uuid::from_u128(number)), anchor, ..Annotation::empty() })
    });
    let kept = Kept {
        text: Some(document.id()),
        title: "村规".to_owned(),
        annotations: notes.collect(),
        ..Kept::default()
    };
    store.save(place, &Kept::default(), &kept, &super::super::sidecar::Unseen::default()).unwrap();
}

/// What is offered to a document of that text and name.
fn offered(world: &World, place: &Place, text: &str, every: bool) -> Vec<NotesOffer> {
    let effect = AttachEffect::Look {
        ticket: Ticket(1),
        place: place.clone(),
        document: Arc::new(document(text)),
        every,
    };
    world.carry_out(Effect::Attach(effect));
    let end = Instant::now() + Duration::from_secs(30);
    while Instant::now() < end {
        for event in world.events() {
            if let Event::Attach(AttachEvent::Found { ticket: Ticket(1), offers }) = event {
                return offers;
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("nothing was told");
}

fn summary(offers: &[NotesOffer]) -> Vec<(usize, usize, bool, bool)> {
    offers.iter().map(|offer| (offer.fitting(), offer.notes.len(), offer.gone, offer.same_text)).collect()
}

#[test]
fn notes_of_a_document_that_is_gone_are_offered_to_what_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = crate::store::real::real(folder.path());
    let home = Home::within(&root.join("home"));
    let store = NotesStore::new(home.clone());
    let place = |name: &str| Place::File(root.join("書").join(name));
    fs::create_dir(root.join("書")).unwrap();
    let now = TEXT.replace("任何单位", "任何單位").replace("登记借书的人和日期", "登记一切");
    fs::write(root.join("書/新.txt"), &now).unwrap();
    leave_notes(&store, &place("舊.txt"), &["任何单位", "登记借书的人和日期"]);
    let world = World::start_within(home, || {}).unwrap();
    for every in [false, true] {
        let offers = offered(&world, &place("新.txt"), &now, every);
        assert_eq!(summary(&offers), [(1, 2, true, false)], "{every}");
        assert_eq!((&*offers[0].title, &offers[0].place), ("村规", &Some(place("舊.txt"))));
    }
    assert_eq!(summary(&offered(&world, &place("新.txt"), "这是一篇完全不同的文章。", true)), []);
    // As long as its document is there, only who asks is offered its notes; they lie in the library then.
    fs::write(root.join("書/舊.txt"), TEXT).unwrap();
    assert_eq!(summary(&offered(&world, &place("新.txt"), TEXT, false)), []);
}

/// What is offered without being asked to [`TEXT`] as another format has it, where the library has its notes in a
/// document of that title, length and text.
fn offered_beside(title: &str, characters: u64, text: TextId, apart: bool) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let root = crate::store::real::real(folder.path());
    let home = Home::within(&root.join("home"));
    let place = |name: &str| Place::File(root.join(name));
    fs::write(root.join("舊.txt"), TEXT).unwrap();
    leave_notes(&NotesStore::new(home.clone()), &place("舊.txt"), &["任何单位", "登记借书的人和日期"]);
    let now = TEXT.replace("\n\n", "\n");
    fs::write(root.join("村規.md"), &now).unwrap();
    let library = LibraryStore::new(home.clone());
    let entry = LibraryEntry {
        title: title.to_owned(),
        text: Some(text),
        characters,
        notes: 2,
        ..LibraryEntry::new(place("舊.txt"), jiff::Timestamp::UNIX_EPOCH)
    };
    library.opened(entry);
    if apart {
        library.change(vec![LibraryChange::KeepApart(document(&now).id(), place("村規.md"))]);
    }
    library.save().unwrap();
    let world = World::start_within(home, || {}).unwrap();
    let offers = offered(&world, &place("村規.md"), &now, false);
    assert!(offers.iter().all(|offer| !offer.gone && offer.fitting() == 2), "{offers:?}");
    offers.len()
}

#[test]
fn notes_of_a_document_in_another_format_are_offered_unless_that_was_declined() {
    let (long, other) = (characters_of(&document(TEXT)), TextId::of("另一篇"));
    let same = document(&TEXT.replace("\n\n", "\n")).id();
    assert_eq!(offered_beside("村规.MD", 0, other, false), 1, "by its title, in either script");
    assert_eq!(offered_beside("别的", long, other, false), 1, "by its length");
    assert_eq!(offered_beside("别的", 2 * long, other, false), 0);
    assert_eq!(offered_beside("村规.MD", long, other, true), 0, "declined");
    assert_eq!(
        offered_beside("村规.MD", long, same, false),
        0,
        "the very same text is asked about elsewhere"
    );
}

#[test]
fn notes_of_which_nobody_knows_the_document_are_offered_by_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let root = crate::store::real::real(folder.path());
    let home = Home::within(&root.join("home"));
    let store = NotesStore::new(home.clone());
    leave_notes(&store, &Place::File(root.join("舊.txt")), &["任何单位"]);
    let elsewhere = home.data().join("notes");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::rename(root.join("舊.txt.duidu.ron"), elsewhere.join("舊.txt-0123-4567.duidu.ron")).unwrap();
    let world = World::start_within(home, || {}).unwrap();
    let offers = offered(&world, &Place::File(root.join("新.txt")), TEXT, false);
    assert_eq!(summary(&offers), [(1, 1, true, true)]);
    assert!(offers[0].place.is_none() && !offers[0].can_be_shared());
}

#[test]
fn a_few_short_words_that_stand_in_both_are_no_evidence() {
    let document = document(TEXT);
    let check = |quotes: &[(&str, bool)], expected: bool| {
        let (mut notes, mut found) = (Vec::new(), Vec::new());
        for (number, (quote, there)) in (1..).zip(quotes) {
            let start = document.text().find(quote).unwrap();
            let span = crate::text::Span::from_range(&(start..start + quote.len()));
            let id = NoteId(uuid::Uuid::from_u128(number));
            let anchor = crate::notes::Anchor::of(&document, span);
            notes.push(Arc::new(Annotation { id, anchor, ..Annotation::empty() }));
            found.push((id, if *there { Found::Exact(span) } else { Found::Lost }));
        }
        assert_eq!(is_evidence(&notes, &found), expected, "{quotes:?}");
    };
    let (short, shorter, long) = ("每周", "垃圾", "登记借书的人和日期");
    check(&[(short, true), (shorter, false), (long, false)], false);
    check(&[(short, false), (shorter, false), (long, true)], true);
    check(&[(short, true), (shorter, true), (long, false)], true);
    check(&[(short, false), (long, false)], false);
}
