//! How surely notes are found again: `cargo bench --no-default-features --bench locate`.
//!
//! Notes are made on texts of our own (`tests/stock`): ordinary and repetitive prose, statutes whose clauses are
//! alike, tables. They quote 2 to 200 characters, short quotations as often as long ones; one in ten is a bookmark.
//! Then the text is changed, each note is sought by itself in what it became, and the answer is held against where
//! its characters are known to be.
//!
//! An answer is **right** where it has two thirds of what is left of the quotation at least, and of other old words at
//! most as many and one more; for a bookmark, within five characters. Where a
//! paragraph stands twice now, either place is right. Where nothing is left of the words, the new ones in their
//! place are right, and all else is wrong.
//!
//! For each change, of the notes of whose words at least half are left: how many are found as *exact* and as *moved*;
//! *unsure* with the right place offered *first*, *among* the others, or not (*else*); *lost*; and of the others,
//! which are *gone*, how many are so (lost or unsure). *False* counts the notes of both kinds that were put on wrong
//! words as exact or moved. What is aimed at: none in 100,000.
//!
//! | Arguments | |
//! |---|---|
//! | `-- trials 100000` | so many notes, instead of 24,000 |
//! | `-- --false 20` | also print so many of the notes that were put on wrong words |
//! | `-- --missed LEVEL` | also print notes that were not found, of a level by the beginning of its name |
//! | `-- --seed 7` | other texts |

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops at the first fault"
)]

use std::collections::BTreeMap;
use std::fmt::Write;

use duidu::notes::{Found, Target, locate};
use duidu::text::{Converters, write_dictionaries};

use stock::again::texts::TEXTS;
use stock::again::truth::Worth;
use stock::again::wear::{WEAR, Wear};
use stock::again::{Case, Trial};

#[path = "../tests/stock/mod.rs"]
mod stock;

/// How many notes are made on one text.
const ON_EACH_TEXT: usize = 100;

fn main() {
    let asked = Asked::read();
    let folder = tempfile::tempdir().unwrap();
    write_dictionaries(folder.path()).unwrap();
    let converters = Converters::new(folder.path().to_owned());
    let mut tables = Tables::default();
    for wear in &WEAR {
        run(wear, &asked, &converters, &mut tables);
    }
    tables.print();
}

/// What is asked for on the command line.
struct Asked {
    trials: usize,
    falsely: usize,
    missed: Option<String>,
    seed: u64,
}

impl Asked {
    fn read() -> Self {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let after = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1));
        let number = |name: &str| after(name).and_then(|word| word.parse().ok());
        Self {
            trials: number("trials").unwrap_or(24_000),
            falsely: number("--false").unwrap_or(0),
            missed: after("--missed").cloned(),
            seed: u64::try_from(number("--seed").unwrap_or(0)).unwrap(),
        }
    }
}

fn run(wear: &Wear, asked: &Asked, converters: &Converters, tables: &mut Tables) {
    let rounds = asked.trials.div_ceil(WEAR.len() * TEXTS.len() * ON_EACH_TEXT);
    for round in 0..rounds {
        for (kind, text) in TEXTS.iter().enumerate() {
            let seed = asked.seed * 1_000_003 + u64::try_from(round * TEXTS.len() + kind).unwrap();
            let trial = Trial::new(text, wear, seed, ON_EACH_TEXT, converters);
            let target = Target::new(&trial.now);
            for case in &trial.cases {
                let found = locate(&case.anchor, &target);
                let worth = case.sources.worth(&found, &trial.laid);
                let is_there = case.sources.is_there(&trial.laid);
                tables.count(wear.name, text.name, case, (worth, is_there));
                let is_false = worth == Worth::Wrong && tables.falsely() <= asked.falsely;
                let wanted = asked.missed.as_ref().is_some_and(|name| wear.name.starts_with(name.as_str()));
                if is_false || wanted && is_there && worth > Worth::Moved {
                    print_case(wear, text.name, &trial, case, (&found, worth));
                }
            }
        }
    }
}

fn print_case(wear: &Wear, text: &str, trial: &Trial, case: &Case, (found, worth): (&Found, Worth)) {
    let quoted = |span: duidu::text::Span| span.of(trial.now.text()).unwrap_or_default().to_owned();
    println!("{}, {text}: {worth:?}", wear.name);
    println!("  {}⟦{}⟧{}", case.anchor.before, case.anchor.quote, case.anchor.after);
    let print = |span: duidu::text::Span, likeness: f32| {
        let around = duidu::text::surroundings(trial.now.text(), span, 32);
        println!("  {likeness:.2} {}⟦{}⟧{}", quoted(around.before), quoted(span), quoted(around.after));
    };
    match found {
        Found::Exact(span) => print(*span, 1.0),
        Found::Moved { span, likeness } => print(*span, *likeness),
        Found::Unsure { candidates } => {
            for (span, likeness) in candidates.iter().take(3) {
                print(*span, *likeness);
            }
        }
        Found::Lost => {}
    }
}

/// What the answers of one row are worth.
#[derive(Clone, Debug, Default)]
struct Row {
    /// Of notes whose words are there.
    there: BTreeMap<Worth, usize>,
    /// Of the others.
    gone: BTreeMap<Worth, usize>,
}

impl Row {
    fn count(&mut self, (worth, is_there): (Worth, bool)) {
        let worths = if is_there { &mut self.there } else { &mut self.gone };
        *worths.entry(worth).or_default() += 1;
    }

    fn falsely(&self) -> usize {
        [&self.there, &self.gone].iter().filter_map(|worths| worths.get(&Worth::Wrong)).sum()
    }

    fn print(&self, name: &str) {
        let (there, gone) = (self.there.values().sum::<usize>(), self.gone.values().sum::<usize>());
        let count = |worth: Worth| self.there.get(&worth).copied().unwrap_or(0);
        let mut line = format!("{name:<36}{there:>7}");
        let columns = [Worth::Exact, Worth::Moved, Worth::First, Worth::Among, Worth::Elsewhere, Worth::Lost];
        let found = count(Worth::Exact) + count(Worth::Moved);
        for part in [found].into_iter().chain(columns.map(count)) {
            write!(line, "{:>8}", share(part, there)).unwrap();
        }
        let placed = |worth: &Worth| matches!(worth, Worth::Exact | Worth::Moved | Worth::Wrong);
        let so = self.gone.iter().filter(|(worth, _)| !placed(worth)).map(|(_, count)| count).sum();
        println!("{line}{gone:>8}{:>8}{:>7}", share(so, gone), self.falsely());
    }
}

/// In per cent.
fn share(part: usize, whole: usize) -> String {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
    if whole == 0 { "—".to_owned() } else { format!("{:.2}", number(part) * 100.0 / number(whole)) }
}

/// The rows by what they are about, in the order in which they came.
#[derive(Default)]
struct Tables {
    of_wear: Vec<(&'static str, Row)>,
    of_text: Vec<(&'static str, Row)>,
    of_length: BTreeMap<usize, Row>,
    all: Row,
}

impl Tables {
    fn count(&mut self, wear: &'static str, text: &'static str, case: &Case, answer: (Worth, bool)) {
        row_of(&mut self.of_wear, wear).count(answer);
        self.all.count(answer);
        if wear == "characters edited: 10 %" {
            row_of(&mut self.of_text, text).count(answer);
            let length = case.sources.len();
            let least = if length == 0 { 0 } else { 1 << length.ilog2() };
            self.of_length.entry(least).or_default().count(answer);
        }
    }

    fn falsely(&self) -> usize {
        self.all.falsely()
    }

    fn print(&self) {
        let head = |title: &str| {
            println!(
                "\n{title:<36}{:>7}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>7}",
                "there",
                "found %",
                "exact",
                "moved",
                "first",
                "among",
                "else",
                "lost",
                "gone",
                "so %",
                "FALSE"
            );
        };
        head("what happened to the text");
        self.of_wear.iter().for_each(|(name, row)| row.print(name));
        self.all.print("all");
        head("10 % of characters edited, in");
        self.of_text.iter().for_each(|(name, row)| row.print(name));
        head("and by length of the quotation");
        for (least, row) in &self.of_length {
            row.print(&if *least == 0 {
                "bookmarks".to_owned()
            } else {
                format!("{least}–{}", 2 * least - 1)
            });
        }
    }
}

fn row_of<'a>(rows: &'a mut Vec<(&'static str, Row)>, name: &'static str) -> &'a mut Row {
    let place = rows.iter().position(|(each, _)| *each == name);
    let place = place.unwrap_or_else(|| {
        rows.push((name, Row::default()));
        rows.len() - 1
    });
    &mut rows[place].1
}
