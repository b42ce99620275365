//! How true and how fast a comparison is: `cargo bench --no-default-features --bench compare`.
//!
//! **Truth.** Pairs of documents are made from texts of our own (`tests/stock`), so that it is known what answers
//! what. For each level, summed over several pairs:
//! - *links*: precision, recall and F1 of pairs of blocks (each left block of a link with each right one);
//! - *verdicts*: of the true links that were found how many have a right verdict; then of all blocks of both
//!   sides, with *only here* as a class of its own, how many have the right one (accuracy), and the mean F1 of the
//!   classes that there are;
//! - *characters*: precision, recall and F1 of the shared characters of both sides, those that lie in passages.
//!
//! A row without anything true (documents with nothing in common) has no F1: what counts there is how many links were
//! found, in the last column; texts on one theme have no shared characters that must be found. What is counted how stands in `tests/stock/truth.rs`.
//!
//! **Cost.** Processor time (median of several runs) and the most memory taken besides the documents themselves, over
//! growing texts. The growth is that of a row over the one before, next to that of the text. Memory is measured by
//! a process of its own for each row, as Linux counts it.
//!
//! | Arguments | |
//! |---|---|
//! | `-- truth` | only the first part |
//! | `-- cost` | only the second part; `-- cost 100000` stops at 100,000 characters a side |
//! | `-- --mistakes LEVEL` | the worst ten mistakes of each kind of a level, by the beginning of its name |
//! | `-- --show LEVEL` | the two texts of the first pair of a level |
//! | `-- --pairs 20` | so many pairs for each level, instead of 6 |

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops at the first fault"
)]

use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use duidu::compare::{Comparison, Guidance, Part, Unwatched, compare};
use duidu::document::Document;
use duidu::text::{Converters, write_dictionaries};

use shared::{in_words, median};
use stock::changes::edit;
use stock::judge::{CLASSES, Class, Judgement, Score};
use stock::levels::{LEVELS, Level};
use stock::manuscript::Manuscript;
use stock::writer::{Style, Writer};

#[expect(dead_code, reason = "only the measuring is used here, not the texts of the other benchmarks")]
mod shared;
#[path = "../tests/stock/mod.rs"]
mod stock;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let after = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1));
    let pairs = after("--pairs").and_then(|count| count.parse().ok()).unwrap_or(6);
    let has = |name: &str| words.iter().any(|word| word == name);
    if let Some(name) = after("--memory") {
        print_memory(name);
    } else if let Some(level) = after("--mistakes") {
        print_mistakes(level, pairs);
    } else if let Some(level) = after("--show") {
        print_texts(level);
    } else {
        if !has("cost") {
            print_truth(pairs);
        }
        if !has("truth") {
            print_cost(after("cost").and_then(|most| most.parse().ok()).unwrap_or(usize::MAX));
        }
    }
}

fn found(left: &Part, right: &Part) -> Comparison {
    compare(left, right, &Guidance::default(), &Unwatched).unwrap()
}

/// The outcome of so many pairs of a level.
fn judged(level: &Level, pairs: u64, converters: &Converters) -> (Judgement, usize) {
    let mut sum = Judgement::default();
    let mut links = 0;
    for seed in 0..pairs {
        let trial = level.trial(seed, converters);
        let (left, right) = trial.parts();
        let comparison = found(&left, &right);
        links += comparison.links().len();
        sum.add(Judgement::of(&trial, &comparison));
    }
    (sum, links)
}

fn with_converters<T>(work: impl FnOnce(&Converters) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    write_dictionaries(folder.path()).unwrap();
    work(&Converters::new(folder.path().to_owned()))
}

fn print_truth(pairs: u64) {
    println!("{pairs} pairs of documents for each level");
    println!("{:<30}|{:^22}|{:^22}|{:^22}|{:>6}", "", "links", "verdicts", "shared characters", "links");
    println!(
        "{:<30}|{:>7}{:>7}{:>8}|{:>7}{:>7}{:>8}|{:>7}{:>7}{:>8}|{:>6}",
        "level", "prec.", "recall", "F1", "links", "blocks", "F1", "prec.", "recall", "F1", "found"
    );
    let mut all = Judgement::default();
    with_converters(|converters| {
        for level in &LEVELS {
            let (judgement, links) = judged(level, pairs, converters);
            print_row(level.name, &judgement, links);
            all.add(judgement);
        }
    });
    print_row("all", &all, 0);
    println!();
    print_confusion(&all);
}

fn print_row(name: &str, judgement: &Judgement, links: usize) {
    let Judgement { links: pairs, characters, .. } = judgement;
    let of = |score: Score, rate: f64| match score.hits + score.missed {
        0 => "—".to_owned(),
        _ => format!("{rate:.3}"),
    };
    println!(
        "{name:<30}|{:>7}{:>7}{:>8}|{:>7}{:>7.3}{:>8.3}|{:>7}{:>7}{:>8}|{links:>6}",
        of(*pairs, pairs.precision()),
        of(*pairs, pairs.recall()),
        of(*pairs, pairs.f1()),
        of(*pairs, judgement.verdicts_right()),
        judgement.accuracy(),
        judgement.macro_f1(),
        of(*characters, characters.precision()),
        of(*characters, characters.recall()),
        of(*characters, characters.f1()),
    );
}

fn name_of(class: Class) -> &'static str {
    match class {
        Class::Answered(verdict) => verdict.name(),
        Class::Only => "only here",
    }
}

fn print_confusion(judgement: &Judgement) {
    print!("{:<30}", "blocks: what they are ↓ found →");
    for class in CLASSES {
        print!("{:>11}", name_of(class));
    }
    println!();
    for (class, row) in CLASSES.into_iter().zip(judgement.confusion) {
        print!("{:<30}", name_of(class));
        for cell in row {
            print!("{cell:>11}");
        }
        println!();
    }
    println!();
}

fn print_mistakes(name: &str, pairs: u64) {
    let Some(level) = level_of(name) else { return };
    let (judgement, links) = with_converters(|converters| judged(level, pairs, converters));
    print_row(level.name, &judgement, links);
    print_confusion(&judgement);
    for kind in ["false link", "missed link", "verdict", "false characters", "missed characters"] {
        let of_kind = || judgement.mistakes.iter().filter(|mistake| mistake.kind == kind);
        println!("{kind}: {}", of_kind().count());
        for mistake in of_kind().take(10) {
            println!("  {:.2} {}", mistake.weight, mistake.about);
        }
    }
}

fn print_texts(name: &str) {
    let Some(level) = level_of(name) else { return };
    let trial = with_converters(|converters| level.trial(0, converters));
    for document in [&trial.left, &trial.right] {
        println!("{}\n────────", document.text());
    }
}

fn level_of(name: &str) -> Option<&'static Level> {
    let level = LEVELS.iter().find(|level| level.name.starts_with(name));
    if level.is_none() {
        let names: Vec<&str> = LEVELS.iter().map(|level| level.name).collect();
        println!("no level is called {name}; there are: {}", names.join("; "));
    }
    level
}

/// Two documents to measure with.
struct Load {
    name: &'static str,
    /// Characters of the longer side.
    size: usize,
    make: fn(usize) -> (Manuscript, Manuscript),
}

const LOADS: [Load; 16] = [
    Load { name: "versions, edits of 10 %", size: 10_000, make: versions },
    Load { name: "versions, edits of 10 %", size: 100_000, make: versions },
    Load { name: "versions, edits of 10 %", size: 1_000_000, make: versions },
    Load { name: "versions, edits of 10 %", size: 5_000_000, make: versions },
    Load { name: "nothing in common", size: 10_000, make: strangers },
    Load { name: "nothing in common", size: 100_000, make: strangers },
    Load { name: "nothing in common", size: 1_000_000, make: strangers },
    Load { name: "nothing in common", size: 5_000_000, make: strangers },
    Load { name: "on the same themes", size: 10_000, make: on_the_same_themes },
    Load { name: "on the same themes", size: 100_000, make: on_the_same_themes },
    Load { name: "on the same themes", size: 1_000_000, make: on_the_same_themes },
    Load { name: "identical", size: 1_000_000, make: identical },
    Load { name: "one side a thousand times longer", size: 1_000_000, make: unequal },
    Load { name: "one paragraph each, edited", size: 100_000, make: one_paragraph },
    Load { name: "a pair like two initiatives", size: 13_000, make: on_the_same_themes },
    Load { name: "two versions of 1,800 paragraphs", size: 260_000, make: paragraphs },
];

/// A manuscript of about so many characters.
fn written(writer: &mut Writer, size: usize, themes: std::ops::Range<usize>) -> Manuscript {
    const CHARACTERS_OF_A_BLOCK: usize = 102;
    let mut matters = writer.matters(size / CHARACTERS_OF_A_BLOCK + 1);
    for matter in &mut matters {
        *matter = themes.start + *matter % themes.len();
    }
    writer.document(&matters, Style::PLAIN)
}

fn versions(size: usize) -> (Manuscript, Manuscript) {
    let mut writer = Writer::new(1);
    let left = written(&mut writer, size, 0..42);
    let mut right = left.clone();
    edit(&mut writer, 10, &mut right);
    (left, right)
}

/// Paragraphs alone, of about 145 characters.
fn paragraphs(size: usize) -> (Manuscript, Manuscript) {
    let mut writer = Writer::new(5);
    let mut left = Manuscript::default();
    for matter in writer.matters(size / 145) {
        let sentences = 2 + writer.dice.below(2);
        left.pieces.push(writer.sentences(matter, Style::PLAIN, sentences));
    }
    let mut right = left.clone();
    edit(&mut writer, 10, &mut right);
    (left, right)
}

fn identical(size: usize) -> (Manuscript, Manuscript) {
    let left = written(&mut Writer::new(1), size, 0..42);
    (left.clone(), left)
}

fn strangers(size: usize) -> (Manuscript, Manuscript) {
    let mut writer = Writer::new(2);
    (written(&mut writer, size, 0..21), written(&mut writer, size, 21..42))
}

fn on_the_same_themes(size: usize) -> (Manuscript, Manuscript) {
    let mut writer = Writer::new(3);
    (written(&mut writer, size, 0..42), written(&mut writer, size, 0..42))
}

fn unequal(size: usize) -> (Manuscript, Manuscript) {
    let mut writer = Writer::new(4);
    let left = written(&mut writer, size, 0..42);
    let middle = left.pieces.len() / 2;
    let mut right = Manuscript { pieces: left.pieces[middle..middle + 9].to_vec() };
    edit(&mut writer, 10, &mut right);
    (left, right)
}

fn one_paragraph(size: usize) -> (Manuscript, Manuscript) {
    let join = |manuscript: Manuscript| {
        let mut one = manuscript.pieces.iter().find(|piece| piece.is_body()).unwrap().clone();
        one.glyphs = manuscript.pieces.into_iter().flat_map(|piece| piece.glyphs).collect();
        Manuscript { pieces: vec![one] }
    };
    let (left, right) = versions(size);
    (join(left), join(right))
}

impl Load {
    fn key(&self) -> String {
        format!("{} {}", self.name, self.size)
    }

    fn documents(&self) -> (Arc<Document>, Arc<Document>) {
        let (left, right) = (self.make)(self.size);
        (left.document(), right.document())
    }
}

fn print_cost(most: usize) {
    println!(
        "{:<34}{:>11}{:>11}{:>8}{:>12}{:>9}{:>11}{:>9}",
        "", "characters", "characters", "links", "time", "growth", "memory", "growth"
    );
    println!(
        "{:<34}{:>11}{:>11}{:>8}{:>12}{:>9}{:>11}{:>9}",
        "cost", "left", "right", "found", "ms", "", "MB", ""
    );
    let mut last: Option<(&str, Cost)> = None;
    for load in LOADS.iter().filter(|load| load.size <= most) {
        let cost = Cost::of(load);
        let before = last.filter(|(name, _)| *name == load.name).map(|(_, cost)| cost);
        cost.print(load.name, before);
        last = Some((load.name, cost));
    }
}

/// What a comparison took.
#[derive(Clone, Copy)]
struct Cost {
    characters: (usize, usize),
    links: usize,
    time: Duration,
    memory: usize,
}

impl Cost {
    fn of(load: &Load) -> Self {
        let (left, right) = load.documents();
        let count = |document: &Document| document.text().chars().count();
        let characters = (count(&left), count(&right));
        let (left, right) = (Part::whole(left), Part::whole(right));
        let links = found(&left, &right).links().len();
        let time = median(|| drop(black_box(found(&left, &right))));
        Self { characters, links, time, memory: memory_of(load) }
    }

    #[expect(clippy::cast_precision_loss, reason = "ratios to be read")]
    fn print(self, name: &str, before: Option<Self>) {
        let growth = |now: f64, before: Option<f64>| {
            before.map_or(String::new(), |before| format!("×{:.1}", now / before.max(f64::MIN_POSITIVE)))
        };
        println!(
            "{name:<34}{:>11}{:>11}{:>8}{:>12}{:>9}{:>11.1}{:>9}",
            self.characters.0,
            self.characters.1,
            self.links,
            in_words(self.time),
            growth(self.time.as_secs_f64(), before.map(|before| before.time.as_secs_f64())),
            self.memory as f64 / 1e6,
            growth(self.memory as f64, before.map(|before| before.memory as f64)),
        );
    }
}

/// Asks a process of its own.
fn memory_of(load: &Load) -> usize {
    let program = std::env::current_exe().unwrap();
    let answer = Command::new(program).args(["--memory", &load.key()]).output().unwrap();
    String::from_utf8_lossy(&answer.stdout).trim().parse().unwrap_or_default()
}

/// Prints the most memory that one comparison took besides what was there before, in bytes.
fn print_memory(key: &str) {
    let load = LOADS.iter().find(|load| load.key() == key).unwrap();
    let (left, right) = load.documents();
    let (left, right) = (Part::whole(left), Part::whole(right));
    // Linux forgets the largest size so far when told 5.
    let is_forgotten = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = kilobytes_of(if is_forgotten { "VmRSS" } else { "VmHWM" });
    drop(black_box(found(&left, &right)));
    println!("{}", kilobytes_of("VmHWM").saturating_sub(before) * 1024);
}

fn kilobytes_of(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or_default()
}
