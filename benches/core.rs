//! How long the core takes, and how that grows: `cargo bench --no-default-features --bench core`.
//!
//! Prints a table of medians over several runs on texts of 1, 10 and 100 MB that are made here. Figures of
//! one machine compare only with others of the same machine; what to look at is how they grow with the size.
//! `-- 10` stops at 10 MB.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at the first fault")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use duidu::document::{BlockIndex, Document};
use duidu::import::{self, ReadOptions};
use duidu::notes::{Anchor, Annotation, Colour, NoteId, locate_all};
use duidu::text::{
    Converters, Corrections, Form, Query, Script, SearchOptions, Span, Written, write_dictionaries,
};

fn main() {
    let most = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(100);
    let folder = tempfile::tempdir().unwrap();
    write_dictionaries(folder.path()).unwrap();
    let converters = Arc::new(Converters::new(folder.path().to_owned()));
    println!("{:<44}{:>12}{:>12}{:>12}", "median time", "1 MB", "10 MB", "100 MB");
    let sizes: Vec<usize> = [1, 10, 100].into_iter().filter(|size| *size <= most).collect();
    let texts: Vec<String> = sizes.iter().map(|size| text_of(size * 1_000_000)).collect();
    let documents: Vec<Document> = texts.iter().map(|text| read(text)).collect();

    row("first pages of the file", &texts, |text| {
        let beginning = text.as_bytes().get(..(256 << 10).min(text.len())).unwrap();
        black_box(import::read_beginning("t.txt", beginning, &ReadOptions::default()).unwrap());
    });
    row("read the whole file", &texts, |text| drop(black_box(read(text))));
    row("the same from GB18030", &texts, |text| {
        let (bytes, _, _) = encoding_rs::GB18030.encode(text);
        let start = Instant::now();
        black_box(import::read("t.txt", bytes.into_owned(), &ReadOptions::default()).unwrap());
        start.elapsed();
    });
    row("find words that are nowhere", &documents, |document| find(document, "蝴蝶標本"));
    row("find words that are in every tenth paragraph", &documents, |document| find(document, "水渠邊的書屋"));
    row("find a common word, ignoring punctuation", &documents, |document| find(document, "村民"));
    let (written, taiwan) = (Written::Simplified, Script::words(Form::Taiwan));
    for script in [Script::characters(Form::Traditional), taiwan] {
        converters.prepare(written, script).unwrap();
        let name = if script.regional_words { "screen" } else { "screen, characters only" };
        row(&format!("show a {name} (40 blocks) in another script"), &documents, |document| {
            for index in 0..40 {
                let middle = document.blocks().len() / 2 + index;
                let Some(reading) = document.reading(BlockIndex::new(middle)) else { continue };
                black_box(converters.show(written, script, &Corrections::default(), &reading.text).unwrap());
            }
        });
    }
    row("find 1,000 notes again, same text", &documents, |document| {
        let notes = notes_on(document, 1_000);
        black_box(locate_all(&notes, document, true));
    });
    memory(&documents);
}

fn read(text: &str) -> Document {
    import::read("t.txt", text.as_bytes().to_vec(), &ReadOptions::default()).unwrap().document
}

fn find(document: &Document, words: &str) {
    let options = SearchOptions { ignore_punctuation: true, ..SearchOptions::default() };
    let query = Query::new(words, options).unwrap();
    black_box(query.matches(document.text()).count());
}

fn notes_on(document: &Document, count: usize) -> Vec<Annotation> {
    let step = (document.blocks().len() / count).max(1);
    let blocks = document.blocks().iter().step_by(step).take(count);
    let places = blocks.map(|block| Span::from_length(block.span.start(), 30.min(block.span.len() / 3 * 3)));
    places
        .filter(|span| span.of(document.text()).is_some())
        .enumerate()
        .map(|(number, span)| Annotation {
            id: NoteId(uuid::Uuid::from_u128(number as u128)),
            anchor: Anchor::of(document, span),
            colour: Some(Colour::Yellow),
            tags: Vec::new(),
            text: String::new(),
            created: jiff::Timestamp::UNIX_EPOCH,
            changed: jiff::Timestamp::UNIX_EPOCH,
        })
        .collect()
}

/// One line of the table.
fn row<Input>(name: &str, inputs: &[Input], mut work: impl FnMut(&Input)) {
    print!("{name:<44}");
    for input in inputs {
        print!("{:>12}", in_words(median(|| work(input))));
    }
    println!();
}

/// The median of at least three and at most eleven runs, for about two seconds.
fn median(mut work: impl FnMut()) -> Duration {
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.len() < 3 || (times.len() < 11 && begun.elapsed() < Duration::from_secs(2)) {
        let start = Instant::now();
        work();
        times.push(start.elapsed());
    }
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn in_words(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1000.0;
    format!("{milliseconds:.2} ms")
}

/// What the documents take, counted by the system.
fn memory(documents: &[Document]) {
    let text: usize = documents.iter().map(|document| document.text().len()).sum();
    let Some(pages) = std::fs::read_to_string("/proc/self/status").ok().and_then(|status| resident(&status)) else {
        return;
    };
    println!("memory with all of them open: {} MB, their text: {} MB", pages / 1024, text / 1_000_000);
}

fn resident(status: &str) -> Option<usize> {
    let line = status.lines().find(|line| line.starts_with("RssAnon"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// A text of headings and paragraphs of many lengths, without end repeating itself.
fn text_of(bytes: usize) -> String {
    const PARTS: [&str; 8] = [
        "村民们在水渠边修起了一间小小的书屋，",
        "孩子们放学以后先去读书，再回家帮忙，",
        "河堤上的柳树又绿了，",
        "大家商量着把旧仓库改成阅览室，",
        "每个月初八有人从县城送来新书，",
        "雨水多的年份，堤坝要加固三次，",
        "老人把从前的故事讲给年轻人听，",
        "地图上的名字和口头的叫法并不一样，",
    ];
    let mut text = String::with_capacity(bytes + 4096);
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        if number % 40 == 1 {
            text.push_str(&format!("第{number}章 河边的事\n\n"));
        }
        text.push_str("　　");
        for _ in 0..2 + seed % 9 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            let part = usize::try_from(seed % 8).unwrap();
            text.push_str(PARTS.get(part).unwrap());
        }
        text.push_str(&format!("这是第{number}件。\n\n"));
    }
    text
}
