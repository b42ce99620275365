//! Copies of cloud drives: known by their names, joined, never lost.
use super::super::Home;
use super::super::sidecar::Unseen;
use super::*;
use crate::document::TextId;
use crate::notes::Anchor;
use crate::notes::sample::note;

struct Desk {
    folder: tempfile::TempDir,
    store: NotesStore,
    place: Place,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("詩.txt");
        fs::write(&document, "春眠不覺曉").unwrap();
        let store = NotesStore::new(Home::within(&folder.path().join("home")));
        Self { folder, store, place: Place::File(document) }
    }

    fn save(&self, base: &Kept, ours: &Kept) {
        self.store.save(&self.place, base, ours, &Unseen::default()).unwrap();
    }

    fn copy(&self, name: &str, kept: &Kept) -> PathBuf {
        let path = self.folder.path().join(name);
        let sidecar = Sidecar { kept: kept.clone(), ..Sidecar::default() };
        fs::write(&path, print(&sidecar)).unwrap();
        path
    }

    fn told(&self) -> Vec<(u128, String, usize)> {
        let (_, sidecar) = read(&self.store.path(&self.place)).unwrap();
        let others = |id| sidecar.kept.conflicts.get(&id).map_or(0, Vec::len);
        let notes = sidecar.kept.annotations.iter();
        notes.map(|note| (note.id.0.as_u128(), note.text.clone(), others(note.id))).collect()
    }
}

/// Notes written `number text changed`, separated by `;`.
fn kept(notes: &str) -> Kept {
    let notes = notes.split(';').map(|written| {
        let words: Vec<&str> = written.split_whitespace().collect();
        let changed = Timestamp::from_second(words[2].parse().unwrap()).unwrap();
        let note = note(words[0].parse().unwrap(), Anchor::default());
        Arc::new(Annotation { text: words[1].to_owned(), changed, ..note })
    });
    Kept { annotations: notes.collect(), ..Kept::default() }
}

#[test]
fn the_names_of_every_cloud_drive_are_known_and_no_others() {
    let desk = Desk::new();
    let copies = [
        "詩.txt.duidu.sync-conflict-20261121-081530-ABCDEFG.ron",
        "詩.txt.duidu (Lin's conflicted copy 2026-11-21).ron",
        "詩.txt.duidu (林的衝突複本 2026-11-21).ron",
        "詩.txt.duidu (conflicted copy 2026-11-21 081530).ron",
        "詩.txt.duidu-LAPTOP-7.ron",
        "詩.txt.duidu (1).ron",
        "詩.txt (conflicted copy 2026-11-21 081530).duidu.ron",
        "詩.txt.duidu(冲突_LAPTOP_2026-11-21 08-15-30).ron",
        "詩.txt(冲突_LAPTOP_2026-11-21 08-15-30).duidu.ron",
        "詩.txt.duidu-NSConflict-lin_2.ron",
        "詩.txt.duidu 2.ron",
    ];
    for name in copies {
        desk.copy(name, &kept("1 a 1"));
    }
    let others = [
        "詩.txt.duidu.damaged-20261121-081530.ron",
        "別的.txt.duidu (1).ron",
        "詩.txt.duidu.ron",
        "詩.txt 2.duidu.ron",
        "詩.txt.duidu 1.ron",
        "詩.txt.duidu(注).ron",
    ];
    for name in others {
        desk.copy(name, &kept("1 a 1"));
    }
    fs::write(desk.folder.path().join("詩.txt.duidu (2).ron"), "not notes").unwrap();
    let found = copies_of(&desk.store.path(&desk.place));
    let mut names: Vec<_> = found.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    names.sort_unstable();
    let mut expected = copies;
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[test]
fn a_copy_is_joined_kept_among_the_versions_and_removed() {
    let check = |here: &[&str], there: &str, expected: &[(u128, &str, usize)]| {
        let desk = Desk::new();
        let mut base = Kept::default();
        for state in here {
            desk.save(&base, &kept(state));
            base = kept(state);
            desk.age_versions();
        }
        let copy = desk.copy("詩.txt.duidu (1).ron", &kept(there));
        assert_eq!(desk.store.join_copies(&desk.place).unwrap(), 1);
        let expected: Vec<_> =
            expected.iter().map(|&(id, text, others)| (id, text.to_owned(), others)).collect();
        assert_eq!(desk.told(), expected);
        let lasting = Generations::of(&desk.store.path(&desk.place), &desk.store.home).all();
        assert!(!copy.exists() && lasting.iter().any(|version| version.lasting));
    };
    check(&["1 a 1"], "1 a 1; 2 b 2", &[(1, "a", 0), (2, "b", 0)]);
    // Changed there only, here only, in both.
    check(&["1 a 1"], "1 b 2", &[(1, "b", 0)]);
    check(&["1 a 1", "1 b 3"], "1 a 1", &[(1, "b", 0)]);
    check(&["1 a 1", "1 b 3"], "1 c 2", &[(1, "b", 1)]);
}

impl Desk {
    /// So that the next save begins another version.
    fn age_versions(&self) {
        let generations = Generations::of(&self.store.path(&self.place), &self.store.home);
        // The oldest first: none takes the name of another.
        for (index, version) in generations.all().into_iter().enumerate().rev() {
            let name = format!("2026010{}T000000.000000Z.ron", 9 - index);
            fs::rename(&version.path, version.path.with_file_name(name)).unwrap();
        }
    }
}

#[test]
fn notes_of_another_document_are_no_copy() {
    let check = |name: &str, text: Option<&str>, notes: &str, document: Option<&str>, is_copy: bool| {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: Option<&str>, notes: &str| {
            let kept = Kept { text: text.map(TextId::of), ..kept(notes) };
            fs::write(folder.path().join(name), print(&Sidecar { kept, ..Sidecar::default() })).unwrap();
        };
        write("第一章.duidu.ron", Some("春眠"), "1 a 1");
        write(name, text, notes);
        if let Some(document) = document {
            fs::write(folder.path().join(document), "處處").unwrap();
        }
        let found = copies_of(&folder.path().join("第一章.duidu.ron"));
        assert_eq!(found.len(), usize::from(is_copy), "{name} {text:?} {notes} {document:?}");
    };
    check("第一章-修訂.duidu.ron", Some("春眠"), "1 a 1", None, false);
    check("第一章 (1).duidu.ron", Some("春眠"), "1 a 1", Some("第一章 (1)"), false);
    check("第一章 (1).duidu.ron", Some("處處"), "2 b 1", None, false);
    check("第一章 (1).duidu.ron", Some("處處"), "1 b 1", None, true);
    check("第一章 (1).duidu.ron", Some("春眠"), "2 b 1", None, true);
    check("第一章 (1).duidu.ron", None, "2 b 1", None, true);
    check("第一章.duidu-LAPTOP.ron", Some("春眠"), "2 b 1", Some("第一章.duidu-LAPTOP"), true);
}
