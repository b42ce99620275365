use std::fs;

use super::*;
use crate::session::{LibraryQuery, LibrarySearchRequest};
use crate::store::Home;
use crate::text::Written;

struct Bench {
    folder: tempfile::TempDir,
    cataloguer: Cataloguer,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(&folder.path().join("home"));
        fs::create_dir(folder.path().join("書")).unwrap();
        let cataloguer = Cataloguer::new(
            Arc::new(NotesStore::new(home.clone())),
            Arc::new(LibraryStore::new(home.clone())),
            Arc::new(LibraryIndex::within(&home)),
        );
        Self { folder, cataloguer }
    }

    fn shelf(&self) -> PathBuf {
        crate::store::real::real(&self.folder.path().join("書"))
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.shelf().join(name), bytes).unwrap();
    }

    fn titles(&self) -> Vec<String> {
        self.cataloguer.library.entries().into_iter().map(|entry| entry.title).collect()
    }

    fn found(&self, words: &str) -> Vec<String> {
        let request =
            LibrarySearchRequest { query: LibraryQuery::parse(words), ..LibrarySearchRequest::default() };
        let mut found = Vec::new();
        self.cataloguer.index.find(&request, &|| false, &mut |more| found.extend(more)).unwrap();
        let mut names: Vec<String> = found.iter().map(|document| document.place.name()).collect();
        names.sort();
        names
    }
}

fn added(added: usize, known: usize, skipped: usize) -> LibraryAdded {
    LibraryAdded { added, known, skipped, ..LibraryAdded::default() }
}

/// Without the names of what was left out.
fn counted(added: LibraryAdded) -> LibraryAdded {
    LibraryAdded { skipped_files: Vec::new(), ..added }
}

fn looked_at_all(new: usize, known: usize, skipped: usize) -> LibraryAdded {
    LibraryAdded { whole: true, ..added(new, known, skipped) }
}

#[test]
fn a_folder_is_added_whole_and_kept_up_to_date() {
    let bench = Bench::new();
    bench.write("甲.md", "# 修渠\n\n村民修好了水渠，書屋裡說的是這件事。");
    bench.write("乙.txt", "水庫\n\n这里说的是水库。");
    bench.write("圖.png", "no picture");
    bench.write("亂", [0_u8, 1, 2, 3, 0, 0, 255, 0].repeat(20));
    let shelf = bench.shelf();
    let first = bench.cataloguer.add(std::slice::from_ref(&shelf), &|_| true);
    let skipped = ["圖.png", "亂"].map(|name| shelf.join(name).display().to_string());
    assert_eq!(first.skipped_files, skipped);
    assert_eq!(counted(first), added(2, 0, 2));
    assert_eq!(bench.found("水渠"), ["甲.md"]);
    assert_eq!(counted(bench.cataloguer.look_again(&|_| true)), looked_at_all(0, 2, 2));
    bench.write("丙.txt", "又一條水渠。");
    bench.write("甲.md", "# 修路\n\n村民修好了路。");
    fs::remove_file(shelf.join("乙.txt")).unwrap();
    let again = bench.cataloguer.look_again(&|_| true);
    assert_eq!(
        counted(again),
        LibraryAdded { missing: vec![Place::File(shelf.join("乙.txt"))], ..looked_at_all(1, 1, 2) }
    );
    assert_eq!(bench.found("水渠"), ["丙.txt"]);
    assert!(bench.titles().contains(&"修路".to_owned()));
}

#[test]
fn what_was_taken_out_stays_out_of_its_folder() {
    let bench = Bench::new();
    bench.write("甲.txt", "水渠");
    bench.write("乙.txt", "水渠");
    bench.cataloguer.add(&[bench.shelf()], &|_| true);
    let place = Place::File(bench.shelf().join("甲.txt"));
    bench.cataloguer.library.remove(std::slice::from_ref(&place));
    bench.cataloguer.forget(&[place]).unwrap();
    assert_eq!(bench.found("水渠"), ["乙.txt"]);
    bench.cataloguer.look_again(&|_| true);
    assert_eq!((bench.found("水渠"), bench.titles().len()), (vec!["乙.txt".to_owned()], 1));
    bench.cataloguer.add(&[bench.shelf().join("甲.txt")], &|_| true);
    assert_eq!(bench.found("水渠").len(), 2);
}

#[test]
fn what_is_not_in_the_list_leaves_the_index() {
    let bench = Bench::new();
    bench.write("甲.txt", "水渠");
    bench.write("乙.txt", "水渠");
    bench.cataloguer.add(&[bench.shelf()], &|_| true);
    // Another program is writing the index just then.
    let other = bench.cataloguer.index.begin_writing().unwrap();
    let place = Place::File(bench.shelf().join("甲.txt"));
    bench.cataloguer.library.remove(std::slice::from_ref(&place));
    bench.cataloguer.forget(&[place]).unwrap();
    drop(other);
    assert_eq!(bench.found("水渠"), ["乙.txt", "甲.txt"]);
    bench.cataloguer.look_again(&|_| true);
    assert_eq!(bench.found("水渠"), ["乙.txt"]);
}

#[test]
fn what_is_no_longer_a_document_is_no_longer_found() {
    let bench = Bench::new();
    bench.write("甲.txt", "水渠");
    bench.write("乙.pdf", "水渠");
    bench.cataloguer.add(&[bench.shelf()], &|_| true);
    assert_eq!(bench.found("水渠"), ["乙.pdf", "甲.txt"]);
    bench.write("甲.txt", [0_u8, 1, 2, 3, 0, 0, 255, 0].repeat(20));
    bench.write("乙.pdf", "%PDF-1.7\nnothing more");
    bench.cataloguer.look_again(&|_| true);
    assert_eq!(bench.found("水渠"), Vec::<String>::new());
}

#[test]
fn what_cannot_be_read_is_news_once_and_tried_again_when_it_has_changed() {
    let bench = Bench::new();
    bench.write("甲.pdf", "%PDF-1.7\nnothing more");
    let path = bench.shelf().join("甲.pdf");
    let look = || {
        let looked = bench.cataloguer.add(&[bench.shelf()], &|_| true);
        let named = looked.unreadable.into_iter().map(|(path, _)| path).collect::<Vec<_>>();
        (looked.added, looked.failed, looked.failed_anew, named)
    };
    let named = || vec![path.display().to_string()];
    let (unread, still_unread) = ((0, 1, 1, named()), (0, 1, 0, named()));
    assert_eq!(look(), unread);
    assert_eq!(bench.cataloguer.index.unread().unwrap().len(), 1);
    assert!(bench.cataloguer.index.documents().unwrap().is_empty());
    // It is not read again: no one sees that there is another text of the same length and time.
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    bench.write("甲.pdf", "x".repeat(fs::metadata(&path).unwrap().len().try_into().unwrap()));
    fs::File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
    assert_eq!(look(), still_unread);
    bench.write("甲.pdf", "再寫的水渠");
    assert_eq!(look(), (1, 0, 0, Vec::new()));
    assert_eq!(bench.found("水渠"), ["甲.pdf"]);
    assert!(bench.cataloguer.index.unread().unwrap().is_empty());
    bench.write("甲.pdf", "%PDF-1.7\nnothing more");
    assert_eq!(look(), unread);
    fs::remove_file(&path).unwrap();
    look();
    assert!(bench.cataloguer.index.unread().unwrap().is_empty());
}

#[test]
fn a_document_may_be_older_than_1970() {
    let bench = Bench::new();
    bench.write("甲.txt", "水渠");
    let file = fs::File::options().write(true).open(bench.shelf().join("甲.txt")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH - Duration::from_hours(30_000)).unwrap();
    assert_eq!(bench.cataloguer.add(&[bench.shelf()], &|_| true), added(1, 0, 0));
    assert_eq!(bench.found("水渠"), ["甲.txt"]);
    assert_eq!(bench.cataloguer.look_again(&|_| true), looked_at_all(0, 1, 0));
}

#[test]
fn what_the_list_says_is_what_was_read() {
    let bench = Bench::new();
    bench.write("甲.txt", "修渠 記\n\n这里说的话，写给读书的人。");
    bench.cataloguer.add(&[bench.shelf().join("甲.txt")], &|_| true);
    let entry = bench.cataloguer.library.entries().pop().unwrap();
    assert_eq!((entry.written, entry.characters, entry.notes), (Written::Simplified, 16, 0));
    assert_eq!(entry.bytes, fs::metadata(bench.shelf().join("甲.txt")).unwrap().len());
    assert_eq!(entry.last_read, None);
}

#[test]
fn it_can_be_ended_and_taken_up_again() {
    let bench = Bench::new();
    for number in 0..5 {
        bench.write(&format!("{number}.txt"), format!("第{number}條水渠"));
    }
    let stopped = bench.cataloguer.add(&[bench.shelf()], &|progress| progress.done < 2);
    assert_eq!(stopped, LibraryAdded { stopped: true, ..added(2, 0, 0) });
    assert_eq!(bench.found("水渠").len(), 2);
    assert_eq!(bench.cataloguer.look_again(&|_| true), looked_at_all(3, 2, 0));
    assert_eq!(bench.found("水渠").len(), 5);
}

#[cfg_attr(windows, ignore = "Windows lets nobody remove or change what is open")]
#[test]
fn a_deleted_index_is_made_again_without_loss() {
    let bench = Bench::new();
    bench.write("甲.txt", "水渠");
    bench.cataloguer.add(&[bench.shelf()], &|_| true);
    fs::remove_dir_all(bench.cataloguer.index.folder()).unwrap();
    assert_eq!(bench.found("水渠"), Vec::<String>::new());
    bench.cataloguer.look_again(&|_| true);
    assert_eq!(bench.found("水渠"), ["甲.txt"]);
}

#[test]
fn while_another_program_writes_the_index_documents_are_listed() {
    let bench = Bench::new();
    bench.write("甲.txt", "水渠");
    let other = bench.cataloguer.index.begin_writing().unwrap();
    let listed = bench.cataloguer.add(&[bench.shelf()], &|_| true);
    assert!(listed.not_indexed.is_some());
    assert_eq!((bench.titles().len(), bench.found("水渠").len()), (1, 0));
    drop(other);
    bench.cataloguer.look_again(&|_| true);
    assert_eq!(bench.found("水渠"), ["甲.txt"]);
}
