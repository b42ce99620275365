//! How long the library takes to read and index documents, and to find something in all of them:
//! `cargo bench --no-default-features --bench library`.
//!
//! Makes a shelf of documents, adds it as a folder, searches, and prints a table. `-- 1000 100` makes 1,000
//! documents of 100 MB together; without figures it is 200 documents of 20 MB. The documents and the index lie in
//! the folder for temporary files and are removed afterwards.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a benchmark prints, and stops at the first fault"
)]

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use duidu::session::{LibraryQuery, LibrarySearchRequest};
use duidu::store::{Cataloguer, Home, LibraryIndex, LibraryStore, NotesStore};
use duidu::text::SearchOptions;

#[expect(dead_code, reason = "the other benchmarks use the rest of it")]
mod shared;

/// What is looked for: nowhere, in one document, in a few, in most, in all.
const QUERIES: [(&str, &str); 9] = [
    ("nowhere", "蝴蝶標本"),
    ("a name in one document", "藏書第7號"),
    ("rare characters side by side", "堤树"),
    ("a phrase of many", "\"水渠邊修起了\""),
    ("two words", "閱覽室 縣城"),
    ("one without another", "閱覽室 -藏書第7號"),
    ("letters", "\"第12章\""),
    ("the commonest character", "的"),
    ("punctuation alone", "，"),
];

fn main() {
    let (documents, megabytes) = wanted();
    let folder = tempfile::tempdir().unwrap();
    let shelf = folder.path().join("shelf");
    make_shelf(&shelf, documents, megabytes);
    let home = Home::within(&folder.path().join("home"));
    let (library, index) = (Arc::new(LibraryStore::new(home.clone())), Arc::new(LibraryIndex::within(&home)));
    let cataloguer =
        Cataloguer::new(Arc::new(NotesStore::new(home)), Arc::clone(&library), Arc::clone(&index));
    println!("{documents} documents, {megabytes} MB");
    adding(&cataloguer, &shelf, &index);
    timed("save the list", || library.save().unwrap());
    timed("look at all of them again", || drop(cataloguer.look_again(&|_| true)));
    searching(&index);
}

/// How many documents, and how many MB they have together.
fn wanted() -> (usize, usize) {
    let mut figures = std::env::args().skip(1).filter_map(|word| word.parse().ok());
    (figures.next().unwrap_or(200), figures.next().unwrap_or(20))
}

/// Documents of many lengths that do not repeat one another: stretches of one long text, each with a name of its own.
fn make_shelf(shelf: &Path, documents: usize, megabytes: usize) {
    let bytes = megabytes * 1_000_000 / documents;
    for number in 0..documents {
        let folder = shelf.join(format!("{:03}", number / 100));
        fs::create_dir_all(&folder).unwrap();
        let own = bytes / 2 + bytes * (number * 7919 % documents) / documents;
        let text = format!("# 藏書第{number}號\n\n{}", shared::text_from(number as u64, own));
        fs::write(folder.join(format!("{number}.md")), text).unwrap();
    }
}

fn adding(cataloguer: &Cataloguer, shelf: &Path, index: &LibraryIndex) {
    let added = timed("read and index all of them", || cataloguer.add(&[shelf.to_owned()], &|_| true));
    println!("  {} added, {} skipped, index {:.0} MB", added.added, added.skipped, index.size() as f64 / 1e6);
}

fn searching(index: &LibraryIndex) {
    println!("{:<34}{:>11}{:>11}{:>11}{:>11}", "search", "first, ms", "again, ms", "all, ms", "documents");
    for (name, written) in QUERIES {
        let cold = search(index, written).0;
        let mut runs: Vec<_> = (0..5).map(|_| search(index, written)).collect();
        runs.sort();
        let (first, all, documents) = runs.get(2).copied().unwrap();
        let [cold, first, all] = [cold, first, all].map(|time: Duration| time.as_secs_f64() * 1e3);
        println!("{:<34}{cold:>11.1}{first:>11.1}{all:>11.1}{documents:>11}", format!("{name}: {written}"));
    }
}

/// How long until the first documents were told, until all were, and how many there are.
fn search(index: &LibraryIndex, written: &str) -> (Duration, Duration, usize) {
    let options = SearchOptions { ignore_punctuation: true, as_written: false };
    let request = LibrarySearchRequest {
        query: LibraryQuery::parse(written),
        options,
        asides: false,
        all_places: false,
    };
    let (start, documents, first) = (Instant::now(), Cell::new(0), Cell::new(None));
    index
        .find(&request, &|| false, &mut |more| {
            first.set(first.get().or(Some(start.elapsed())));
            documents.set(documents.get() + more.len());
        })
        .unwrap();
    let all = start.elapsed();
    (first.get().unwrap_or(all), all, documents.get())
}

fn timed<Out>(name: &str, work: impl FnOnce() -> Out) -> Out {
    let start = Instant::now();
    let out = work();
    println!("{name:<34}{:>9.1} s", start.elapsed().as_secs_f64());
    out
}
