//! How long the core takes, and how that grows: `cargo bench --no-default-features --bench core`.
//!
//! Prints a table of medians over several runs on texts of 1, 10 and 100 MB that are made here. Times are of
//! the processor, so that a machine that does other work spoils them little. Figures of one machine compare only with
//! others of the same machine; what to look at is how they grow with the size.
//! `-- 10` stops at 10 MB.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops at the first fault"
)]

use std::hint::black_box;
use std::sync::Arc;

use duidu::document::{BlockIndex, Document};
use duidu::import::{self, ReadOptions};
use duidu::notes::{Annotation, locate_all};
use duidu::text::{Converters, Corrections, Form, Query, Script, SearchOptions, Written, write_dictionaries};

use shared::{in_words, median, notes_on, own_memory, read, sizes, text_of};

mod shared;

fn main() {
    println!("{:<46}{:>12}{:>12}{:>12}", "processor time in ms, median", "1 MB", "10 MB", "100 MB");
    let texts: Vec<String> = sizes().into_iter().map(|size| text_of(size * 1_000_000)).collect();
    memory(&texts);
    reading(&texts);
    let documents: Vec<Document> = texts.iter().map(|text| read(text)).collect();
    finding(&documents);
    showing(&documents);
    notes(&documents);
}

fn reading(texts: &[String]) {
    row("first pages of the file", texts, |text| {
        let beginning = text.as_bytes().get(..(256 << 10).min(text.len())).unwrap();
        black_box(import::read_beginning("t.txt", beginning, &ReadOptions::default()).unwrap().unwrap());
    });
    let bytes: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    row("read the whole file", &bytes, |bytes| read_bytes(bytes));
    drop(bytes);
    let encoded = |text: &String| encoding_rs::GB18030.encode(text).0.into_owned();
    let bytes: Vec<Vec<u8>> = texts.iter().map(encoded).collect();
    row("read the whole file from GB18030", &bytes, |bytes| read_bytes(bytes));
}

fn read_bytes(bytes: &[u8]) {
    black_box(import::read("t.txt", bytes.to_vec(), &ReadOptions::default()).unwrap());
}

fn finding(documents: &[Document]) {
    row("find words that are nowhere", documents, |document| find(document, "蝴蝶標本"));
    row("find words of every third paragraph", documents, |document| find(document, "水渠邊修起了"));
    row("find the commonest word", documents, |document| find(document, "的"));
}

fn find(document: &Document, words: &str) {
    let options = SearchOptions { ignore_punctuation: true, ..SearchOptions::default() };
    let query = Query::new(words, options).unwrap();
    black_box(query.matches(document.text()).count());
}

fn showing(documents: &[Document]) {
    let folder = tempfile::tempdir().unwrap();
    write_dictionaries(folder.path()).unwrap();
    let converters = Arc::new(Converters::new(folder.path().to_owned()));
    let written = Written::Simplified;
    for script in [Script::characters(Form::Traditional), Script::words(Form::Taiwan)] {
        converters.prepare(written, script).unwrap();
        let words = if script.regional_words { "with words" } else { "by character" };
        row(&format!("show a page (40 blocks) in 繁體, {words}"), documents, |document| {
            for index in 0..40 {
                let middle = document.blocks().len() / 2 + index;
                let Some(reading) = document.reading(BlockIndex::new(middle)) else { continue };
                black_box(converters.show(written, script, &Corrections::default(), &reading.text).unwrap());
            }
        });
    }
}

fn notes(documents: &[Document]) {
    for count in [1_000, 10_000] {
        let noted: Vec<_> = documents.iter().map(|document| (document, notes_on(document, count))).collect();
        row(&format!("find {count} notes again, same text"), &noted, |(document, notes)| {
            black_box(locate_all(notes, document));
        });
        let changed: Vec<_> = noted.iter().map(|(document, notes)| (changed(document), notes)).collect();
        row(&format!("find {count} notes again, changed text"), &changed, find_again);
    }
}

fn find_again((document, notes): &(Document, &Vec<Annotation>)) {
    black_box(locate_all(*notes, document));
}

/// The same text with another first paragraph, and a word in every hundredth sentence exchanged.
fn changed(document: &Document) -> Document {
    let mut text = String::from("　　这一版前面多了一段话，后面的都往下移了。\n\n");
    for (number, part) in document.text().split_inclusive('，').enumerate() {
        if number % 100 == 0 { text.push_str(&part.replace('，', "吧，")) } else { text.push_str(part) }
    }
    read(&text)
}

/// One line of the table.
fn row<Input>(name: &str, inputs: &[Input], mut work: impl FnMut(&Input)) {
    print!("{name:<46}");
    for input in inputs {
        print!("{:>12}", in_words(median(|| work(input))));
    }
    println!();
}

/// What a document takes while it is open, and while it is being read, counted by the system.
fn memory(texts: &[String]) {
    print!("{:<46}", "memory of a document, in sizes of its text");
    for text in texts {
        let before = own_memory();
        let document = read(text);
        #[expect(clippy::cast_precision_loss, reason = "a share to be read")]
        let share = own_memory().saturating_sub(before) as f64 / text.len() as f64;
        print!("{share:>12.1}");
        drop(document);
    }
    println!();
}
