//! `duidu find --library`.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod shell;

use std::fs;
use std::path::PathBuf;

use shell::{Desk, Said, TEXT};

/// A library of the folder `papers`, with these documents in it.
fn library(documents: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    fs::create_dir_all(desk.at("papers")).unwrap();
    fs::create_dir_all(desk.at("home/data")).unwrap();
    for (name, text) in documents {
        desk.put(&format!("papers/{name}"), text);
    }
    let folder = desk.place("papers");
    desk.put("home/data/library.ron", format!("(format: 1, documents: [], folders: [{folder}])"));
    desk
}

fn find(desk: &Desk, words: &str) -> Said {
    desk.run(&["find", "--library", words])
}

fn index_files(desk: &Desk, ending: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(desk.at("home/cache/index")).unwrap().flatten().map(|file| file.path());
    files.filter(|path| path.extension().is_some_and(|other| other == ending)).collect()
}

#[test]
fn a_library_of_a_folder_alone_is_searched() {
    let desk = library(&[("书.txt", TEXT), ("渠.txt", "先修渠。\n")]);
    let said = find(&desk, "网络");
    assert_eq!((said.code, &*said.error, said.out.lines().count()), (0, "", 1), "{said:?}");
    // A line with two of the words is one line.
    let two = find(&desk, "网络 很快");
    assert_eq!(two.out.lines().count(), 1, "{two:?}");
}

/// More than are shown of a document in the window, each with its line, as in the document itself.
#[test]
fn all_places_are_told_as_finding_in_the_document_tells_them() {
    let lines: Vec<String> = (1..=300).map(|number| format!("　　第{number}條，网络通了。\n\n")).collect();
    let text = lines.concat();
    let desk = library(&[("书.txt", &text)]);
    let said = find(&desk, "网络");
    assert_eq!((said.code, said.out.lines().count()), (0, 300), "{said:?}");
    let places = |out: &str| -> Vec<String> {
        out.lines().map(|line| line.split_once("书.txt").unwrap().1.to_owned()).collect()
    };
    assert_eq!(places(&said.out), places(&desk.run(&["find", "网络", "papers/书.txt"]).out));
    let refused = desk.run(&["find", "--library", "网络", "--encoding", "GBK"]);
    assert_eq!((refused.code, &*refused.out), (2, ""), "{refused:?}");
}

#[test]
fn without_an_index_nothing_is_said_not_to_be_there() {
    let desk = library(&[("书.txt", TEXT)]);
    fs::create_dir_all(desk.at("home")).unwrap();
    // Where the cache should be is a file: nothing can be written.
    desk.put("home/cache", "in the way");
    let said = find(&desk, "网络");
    assert_eq!((said.code, said.error.contains("cannot be searched now")), (2, true), "{said:?}");
}

#[test]
fn a_damaged_index_is_made_anew() {
    let desk = library(&[("书.txt", TEXT)]);
    assert_eq!(find(&desk, "网络").code, 0);
    for ending in ["fast", "store", "term"] {
        for path in index_files(&desk, ending) {
            let mut bytes = fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle..middle + 6].iter_mut().for_each(|byte| *byte ^= 0x55);
            fs::write(&path, bytes).unwrap();
        }
        let said = find(&desk, "网络");
        assert_eq!((said.code, said.out.lines().count()), (0, 1), "{ending}: {said:?}");
    }
}

#[test]
fn what_cannot_be_read_is_said_and_what_is_gone_is_not_found() {
    let desk = library(&[("书.txt", TEXT), ("坏.pdf", "%PDF-1.7\nnothing more")]);
    let said = find(&desk, "网络");
    assert_eq!((said.code, said.out.lines().count()), (0, 1), "{said:?}");
    assert!(said.error.contains("not searched") && said.error.contains("坏.pdf"), "{said:?}");
    // A document that became a picture.
    desk.put("papers/书.txt", [0_u8, 1, 2, 3, 0, 0, 255, 0].repeat(20));
    let said = find(&desk, "网络");
    assert_eq!((said.code, &*said.out), (1, ""), "{said:?}");
}

#[test]
fn what_was_taken_out_of_the_list_is_not_found() {
    let desk = library(&[("书.txt", TEXT), ("渠.txt", TEXT)]);
    assert_eq!(find(&desk, "网络").out.lines().count(), 2);
    let place = desk.place("papers/渠.txt");
    desk.put("home/data/library.ron", format!("(format: 1, documents: [(place: {place})])"));
    let said = find(&desk, "网络");
    assert_eq!((said.code, said.out.lines().count(), said.out.contains("渠.txt")), (0, 1, true), "{said:?}");
}
