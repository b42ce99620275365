//! Notes files in every state they can be found in.
use std::sync::Arc;

use uuid::Uuid;

use super::*;
use crate::notes::{Anchor, Annotation, Edit, NoteId, Notebook, Placing};
use crate::text::Span;

const TEXT: &str = "春眠不覺曉";

struct Desk {
    folder: tempfile::TempDir,
    store: NotesStore,
    place: Place,
}

fn desk_with(name: &str) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("書").join(name);
    fs::create_dir(folder.path().join("書")).unwrap();
    fs::write(&document, TEXT).unwrap();
    Desk {
        store: NotesStore::new(Home::within(&folder.path().join("home"))),
        place: Place::File(document),
        folder,
    }
}

fn desk() -> Desk {
    desk_with("詩.txt")
}

fn kept(notes: &[(u128, &str)]) -> Kept {
    let annotations = notes.iter().map(|&(id, text)| Annotation {
        id: NoteId(Uuid::from_u128(id)),
        anchor: Anchor { span: Span::new(0, 6), quote: "春眠".to_owned(), ..Anchor::default() },
        colour: None,
        tags: Vec::new(),
        text: text.to_owned(),
        answers: Vec::new(),
        placing: Placing::default(),
        created: Timestamp::UNIX_EPOCH,
        changed: Timestamp::from_second(i64::try_from(text.len()).unwrap()).unwrap(),
    });
    Kept {
        text: Some(TextId::of(TEXT)),
        title: "春曉".to_owned(),
        annotations: annotations.map(Arc::new).collect(),
        ..Kept::default()
    }
}

impl Desk {
    fn save(&self, base: &Kept, ours: &Kept) -> Result<Saved, SaveError> {
        self.store.save(&self.place, base, ours, &Unseen::default())
    }

    fn load(&self) -> Loaded {
        self.store.load(&self.place, TextId::of(TEXT), Touch::SetAside)
    }

    fn path(&self) -> PathBuf {
        self.store.path(&self.place)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path().join("書")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn what_is_said_for_citing_is_kept_without_a_single_note() {
    let desk = desk();
    let mut own = crate::document::Bibliography::default();
    own.details.insert(crate::document::Detail::Authors, "林水".to_owned());
    let ours = Kept { bibliography: Some(own.clone()), ..kept(&[]) };
    desk.save(&kept(&[]), &ours).unwrap();
    assert_eq!(desk.load().kept.bibliography, Some(own));
}

#[test]
fn of_two_texts_that_were_written_at_once_for_citing_neither_goes_unsaid() {
    let desk = desk();
    let saying = |authors: &str| {
        let details = [(crate::document::Detail::Authors, authors.to_owned())].into();
        let bibliography = crate::document::Bibliography { details, ..Default::default() };
        Kept { bibliography: Some(bibliography), ..kept(&[]) }
    };
    desk.save(&kept(&[]), &saying("林水")).unwrap();
    let saved = desk.save(&kept(&[]), &saying("林木")).unwrap();
    let remarks = saved.file.remarks.join("\n");
    assert!(saved.merged && remarks.contains("林木") && remarks.contains("林水"), "{remarks}");
}

#[test]
fn saving_over_a_file_with_a_flipped_bit_says_so_and_keeps_the_version_before() {
    let desk = desk();
    let first = kept(&[(1, "甲")]);
    desk.save(&kept(&[]), &first).unwrap();
    let flipped = fs::read_to_string(desk.path()).unwrap().replace('甲', "由");
    fs::write(desk.path(), flipped).unwrap();
    let saved = desk.save(&first, &kept(&[(1, "甲"), (2, "乙")])).unwrap();
    let remarks = saved.file.remarks.join("\n");
    assert!(remarks.contains("as they were before"), "{remarks}");
}

#[test]
fn what_was_saved_is_loaded() {
    let desk = desk();
    assert_eq!(desk.load().kept, Kept::default());
    let notes = kept(&[(1, "甲"), (2, "")]);
    let saved = desk.save(&Kept::default(), &notes).unwrap();
    assert_eq!((saved.merged, saved.file.elsewhere), (false, false));
    let loaded = desk.load();
    assert_eq!(loaded.kept, notes);
    assert_eq!(loaded.file, NotesFile { path: desk.path(), ..NotesFile::default() });
    assert_eq!(desk.names(), ["詩.txt", "詩.txt.duidu.ron"]);
}

#[test]
fn nothing_is_written_where_there_is_nothing_to_say() {
    let desk = desk();
    desk.save(&Kept::default(), &kept(&[])).unwrap();
    assert_eq!(desk.names(), ["詩.txt"]);
}

#[test]
fn every_damage_is_noticed_and_recovered_and_deletes_nothing() {
    let desk = desk();
    let notes = kept(&[(1, "甲"), (2, "乙")]);
    desk.save(&Kept::default(), &notes).unwrap();
    let whole = fs::read(desk.path()).unwrap();
    let count = |loaded: &Loaded| loaded.kept.annotations.len() + loaded.unseen.unknown.unreadable.len();
    let generation = Generations::of(&desk.path(), &desk.store.home).newest().unwrap().0;
    let check = |number: usize, bytes: &[u8], what: &str| {
        fs::write(desk.path(), bytes).unwrap();
        // To set aside takes three calls of the disk: tried for some.
        let touch = if number.is_multiple_of(20) { Touch::SetAside } else { Touch::Nothing };
        let loaded = desk.store.load(&desk.place, TextId::of(TEXT), touch);
        assert!(!loaded.file.remarks.is_empty() || loaded.file.read_only.is_some(), "{what}");
        assert_eq!(fs::read(desk.path()).unwrap(), bytes, "{what}: overwritten");
        match &loaded.file.set_aside {
            Some(aside) => {
                assert_eq!(fs::read(aside).unwrap(), bytes, "{what}");
                assert_eq!(loaded.kept, notes, "{what}: not recovered");
                fs::remove_file(aside).unwrap();
            }
            None => assert!(loaded.file.read_only.is_some() || count(&loaded) >= 2, "{what}: lost"),
        }
        assert_eq!(fs::read(&generation).unwrap(), whole, "{what}: the copy is gone");
    };
    for length in 0..whole.len() {
        check(length, &whole[..length], &format!("cut off at {length}"));
    }
    // A fixed walk over 2,000 bits, from anywhere in the file.
    for step in 0..2_000 {
        let bit = step * 7_919 % (whole.len() * 8);
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        check(step, &bytes, &format!("bit {bit}"));
    }
}

#[test]
fn a_damaged_file_is_set_aside_before_it_is_overwritten() {
    let desk = desk();
    fs::write(desk.path(), "(format: 1, notes: [").unwrap();
    let loaded = desk.load();
    let aside = loaded.file.set_aside.unwrap();
    assert!(aside.file_name().unwrap().to_str().unwrap().starts_with("詩.txt.duidu.damaged-"));
    desk.save(&loaded.kept, &kept(&[(1, "甲")])).unwrap();
    assert_eq!(fs::read_to_string(aside).unwrap(), "(format: 1, notes: [");
    assert_eq!(desk.load().kept.annotations.len(), 1);
    assert_eq!(desk.names().len(), 3);
}

#[test]
fn a_newer_file_is_read_and_never_overwritten() {
    let desk = desk();
    let newer = "(format: 9, notes: [(quote: \"春\")], shelves: [1])";
    fs::write(desk.path(), newer).unwrap();
    let loaded = desk.load();
    assert_eq!(loaded.kept.annotations.len(), 1);
    assert!(loaded.file.read_only.unwrap().contains("newer version"));
    let error = desk.save(&Kept::default(), &kept(&[(1, "甲")])).unwrap_err();
    assert!(error.to_string().contains("format 9"), "{error}");
    assert_eq!(fs::read_to_string(desk.path()).unwrap(), newer);
}

#[test]
fn two_programs_keep_each_others_notes() {
    let desk = desk();
    let first = kept(&[(1, "甲"), (2, "乙")]);
    desk.save(&Kept::default(), &first).unwrap();
    let theirs = kept(&[(1, "甲"), (2, "乙乙"), (3, "丙")]);
    desk.save(&first, &theirs).unwrap();
    let saved = desk.save(&first, &kept(&[(2, "乙"), (4, "丁")])).unwrap();
    assert!(saved.merged);
    assert_eq!(desk.load().kept, kept(&[(2, "乙乙"), (3, "丙"), (4, "丁")]));
}

#[test]
fn a_file_that_is_gone_comes_back() {
    let desk = desk();
    let notes = kept(&[(1, "甲")]);
    desk.save(&Kept::default(), &notes).unwrap();
    fs::remove_file(desk.path()).unwrap();
    let loaded = desk.load();
    assert_eq!((&loaded.kept, loaded.file.remarks.len()), (&notes, 1));
    // Another text under the same name has nothing to do with it.
    let other = desk.store.load(&desk.place, TextId::of("別的"), Touch::SetAside);
    assert_eq!((other.kept, other.file.remarks.len()), (Kept::default(), 1));
    // Whoever does not know the text lists them, while there is such a document.
    let listed = |expected: &Kept| {
        assert_eq!(desk.store.load(&desk.place, TextId::of(""), Touch::Nothing).kept, *expected);
    };
    listed(&loaded.kept);
    let Place::File(document) = &desk.place else { unreachable!() };
    fs::remove_file(document).unwrap();
    listed(&Kept::default());
}

#[test]
fn notes_go_elsewhere_where_they_cannot_lie_beside() {
    // A name so long that no ending fits after it: refused by every file system, also for an administrator.
    let name = "a".repeat(250);
    let desk = desk_with(&name);
    let notes = kept(&[(1, "甲"), (2, "乙")]);
    let saved = desk.save(&Kept::default(), &notes).unwrap();
    assert!(saved.file.elsewhere && saved.file.path.starts_with(desk.store.home.data()));
    let loaded = desk.load();
    assert!(loaded.file.elsewhere);
    assert_eq!((loaded.kept, loaded.file.remarks), (notes.clone(), Vec::new()));
    let fewer = kept(&[(2, "乙")]);
    desk.save(&notes, &fewer).unwrap();
    assert_eq!(desk.load().kept, fewer);
    assert_eq!(desk.names(), [name]);
}

#[test]
fn a_file_of_an_older_format_is_migrated_and_its_original_kept() {
    let desk = desk();
    let old =
        "(format: 0, notes: [(id: \"00000000-0000-0000-0000-000000000007\", quote: \"春眠\")], mood: 3)";
    fs::write(desk.path(), old).unwrap();
    let loaded = desk.load();
    let mut ours = loaded.kept.clone();
    ours.annotations.extend(kept(&[(1, "甲")]).annotations);
    desk.save(&loaded.kept, &ours).unwrap();
    let written = fs::read_to_string(desk.path()).unwrap();
    assert!(written.contains("format: 1") && written.contains("mood: 3"), "{written}");
    assert_eq!(desk.load().kept.annotations.len(), 2);
    let versions = Generations::of(&desk.path(), &desk.store.home).all();
    let original = versions.iter().find(|version| version.lasting).unwrap();
    assert_eq!(fs::read_to_string(&original.path).unwrap(), old);
}

#[test]
fn a_damaged_file_gives_what_it_still_holds() {
    let desk = desk();
    let (one, two) = (kept(&[(1, "甲")]), kept(&[(1, "甲"), (2, "乙乙")]));
    desk.save(&Kept::default(), &two).unwrap();
    let whole = fs::read(desk.path()).unwrap();
    fs::remove_dir_all(desk.folder.path().join("home/data/generations")).unwrap();
    desk.save(&two, &one).unwrap_or_else(|error| panic!("{error}"));
    fs::write(desk.path(), &whole[..whole.len() - 5]).unwrap();
    let loaded = desk.load();
    assert!(loaded.file.set_aside.is_some());
    assert_eq!(loaded.kept.annotations, one.annotations, "what was deleted since stays deleted");
    fs::remove_dir_all(desk.folder.path().join("home/data/generations")).unwrap();
    assert_eq!(desk.load().kept.annotations.len(), 2, "without a copy everything that is whole is taken");
}

#[test]
fn a_folder_that_is_gone_costs_nothing() {
    let desk = desk();
    fs::remove_dir_all(desk.folder.path().join("書")).unwrap();
    let saved = desk.save(&Kept::default(), &kept(&[(1, "甲")])).unwrap();
    assert!(saved.file.elsewhere);
    assert_eq!(desk.load().kept.annotations.len(), 1);
}

#[test]
fn a_file_that_cannot_be_read_is_not_taken_for_empty() {
    let desk = desk();
    fs::create_dir(desk.path()).unwrap();
    let loaded = desk.load();
    assert!(loaded.file.read_only.unwrap().starts_with("cannot read the file"));
    assert!(desk.save(&Kept::default(), &kept(&[(1, "甲")])).is_err());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_document_has_the_notes_of_the_document() {
    let desk = desk();
    desk.save(&Kept::default(), &kept(&[(1, "甲")])).unwrap();
    let Place::File(document) = &desk.place else { unreachable!() };
    let link = desk.folder.path().join("link.txt");
    std::os::unix::fs::symlink(document, &link).unwrap();
    let loaded = desk.store.load(&Place::File(link), TextId::of(TEXT), Touch::Nothing);
    assert_eq!(loaded.kept.annotations.len(), 1);
}

#[test]
fn what_is_not_known_survives_the_loss_of_the_file() {
    let desk = desk();
    fs::write(desk.path(), "(format: 1, shelf: (a: 1), notes: [(text: \"x\", mood: Glad), (id: 3)])")
        .unwrap();
    let loaded = desk.load();
    fs::remove_file(desk.path()).unwrap();
    desk.store.save(&desk.place, &loaded.kept, &loaded.kept, &loaded.unseen).unwrap();
    let written = fs::read_to_string(desk.path()).unwrap();
    for words in ["shelf: (a: 1)", "mood: Glad", "(id: 3)"] {
        assert!(written.contains(words), "{written}");
    }
}

#[test]
fn without_a_data_folder_notes_lie_beside_their_document_all_the_same() {
    let mut desk = desk();
    let file = desk.folder.path().join("file");
    fs::write(&file, "no folder").unwrap();
    desk.store = NotesStore::new(Home::within(&file));
    let notes = kept(&[(1, "甲")]);
    let saved = desk.save(&Kept::default(), &notes).unwrap();
    assert_eq!((saved.file.elsewhere, saved.file.remarks.len()), (false, 1));
    assert_eq!(desk.load().kept, notes);
}

#[test]
fn four_writers_at_once_lose_nothing() {
    let desk = desk();
    let (store, place) = (&desk.store, &desk.place);
    std::thread::scope(|scope| {
        for writer in 0..4_u128 {
            scope.spawn(move || {
                let mut base = Kept::default();
                for number in 0..10 {
                    let mut ours = base.clone();
                    ours.annotations.extend(kept(&[(writer * 100 + number, "甲")]).annotations);
                    store.save(place, &base, &ours, &Unseen::default()).unwrap();
                    base = ours;
                }
            });
        }
    });
    assert_eq!(desk.load().kept.annotations.len(), 40);
}

/// The journal of a program that was killed is as it is now; only its lock is free.
#[test]
fn what_was_done_before_the_program_died_can_be_undone() {
    let desk = desk();
    let (one, two) = (kept(&[(1, "甲")]), kept(&[(1, "甲乙"), (2, "")]));
    let mut notebook = Notebook::new(one.annotations.iter().cloned(), []);
    let mut history = History::default();
    let text = Arc::new(Annotation { text: String::new(), ..Annotation::clone(&one.annotations[0]) });
    history.perform(&mut notebook, Edit::Replace(text)).unwrap();
    history.undo(&mut notebook).unwrap();
    history.perform(&mut notebook, Edit::Replace(Arc::clone(&one.annotations[0]))).unwrap();
    let saved = desk.save(&Kept::default(), &one).unwrap();
    desk.store.keep_history(&saved, &history);
    let mut journal = crate::store::journal::Journal::of(desk.place.clone(), &desk.store.home);
    journal.append(&one, &two, Timestamp::from_second(100).unwrap()).unwrap();
    drop(journal);
    let loaded = desk.load();
    assert_eq!(loaded.kept, two);
    let mut notebook = Notebook::new(loaded.kept.annotations.iter().cloned(), []);
    let mut history = loaded.history.unwrap();
    history.undo(&mut notebook).unwrap().unwrap();
    assert_eq!(notebook.list(), one.annotations);
    history.undo(&mut notebook).unwrap().expect("the step before it is there too");
    history.redo(&mut notebook).unwrap();
    history.redo(&mut notebook).unwrap();
    assert_eq!(notebook.list(), two.annotations);
}

/// The file as a person leaves it who takes notes out, by hand or with another program.
fn written_by_hand(desk: &Desk, notes: &[u128]) {
    let note = |id: &u128| {
        let id = Uuid::from_u128(*id);
        format!("(id: \"{id}\", quote: \"春眠\", position: (0, 6), colour: \"yellow\"),")
    };
    let notes: String = notes.iter().map(note).collect();
    fs::write(desk.path(), format!("(format: 1, notes: [{notes}])")).unwrap();
}

#[test]
fn notes_that_are_missing_in_a_file_are_kept_and_asked_about_where_they_are_many() {
    let desk = desk();
    let six: Vec<(u128, &str)> = (1..=6).map(|id| (id, "甲")).collect();
    desk.save(&Kept::default(), &kept(&six)).unwrap();
    for left in [&[][..], &[6]] {
        written_by_hand(&desk, left);
        let loaded = desk.load();
        assert_eq!((loaded.kept.annotations.len(), loaded.file.absent.len()), (6, 6 - left.len()));
    }
    // What the reader does next brings them into the file again.
    let loaded = desk.load();
    desk.save(&loaded.kept, &loaded.kept).unwrap();
    let loaded = desk.load();
    assert_eq!((loaded.kept.annotations.len(), loaded.file.absent.len()), (6, 0));
}

#[test]
fn a_note_that_a_person_took_out_of_the_file_lies_in_the_trash() {
    let desk = desk();
    let six: Vec<(u128, &str)> = (1..=6).map(|id| (id, "甲")).collect();
    desk.save(&Kept::default(), &kept(&six)).unwrap();
    written_by_hand(&desk, &[1, 2, 3, 4, 6]);
    let loaded = desk.load();
    assert_eq!((loaded.kept.annotations.len(), loaded.kept.trash.len()), (5, 1));
    assert_eq!(desk.load().kept, loaded.kept, "the same whenever it is read");
    assert!(loaded.file.absent.is_empty());
    desk.save(&loaded.kept, &loaded.kept).unwrap();
    assert_eq!(desk.load().kept.trash, loaded.kept.trash);
    // Emptying the trash is remembered: then it is not missing.
    let emptied = Kept { trash: Vec::new(), ..loaded.kept.clone() };
    desk.save(&loaded.kept, &emptied).unwrap();
    assert_eq!(desk.load().kept.trash, []);
}
