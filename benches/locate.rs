//! How surely notes are found again: `cargo bench --no-default-features --bench locate`.
//!
//! Notes are made on texts of our own (`tests/stock`): ordinary and repetitive prose, statutes whose clauses are
//! alike, tables. They quote 2 to 200 characters, short quotations as often as long ones; one in ten is a bookmark.
//! Then the text is changed, the notes are sought in what it became, and the answers are held against where their
//! characters are known to be. A reader may have made one note on the text or many, and notes that were found tell
//! where others are: so they are sought alone, 5, 20 and 100 together, on texts of some thousand characters. The
//! tables are those of 20 together; the last two set all four side by side.
//!
//! *So many per cent of characters edited* means: exchanged, left out, or with another one added before; where a word
//! of two is, both count.
//!
//! An answer is **right** where it has two thirds of what is left of the quotation at least, and of other old
//! words at most as many and one more, or where it reaches from the first of its words to the last; for a
//! bookmark, within five characters. Where a paragraph stands twice now, either place is right; of paragraphs
//! that said the same word for word, the one between the note's neighbours; and where a sentence reads as it
//! did though its end was replaced by the same, that sentence. Where nothing is left of the words, the new ones
//! in their place are right. An answer that has some of the right words, or stands straight beside them, but
//! misses that, is *askew*: it is not counted as found, nor as false. All else is **wrong**.
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
//! | `-- speed` | instead, how long it takes to find 10,000 notes in texts of 1 and 10 MB |

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops at the first fault"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::hint::black_box;

use duidu::document::Document;
use duidu::notes::{Anchor, Annotation, Found, NoteId, locate_all};
use duidu::text::{Converters, Corrections, Form, Script, Span, Written, write_dictionaries};

use stock::again::texts::TEXTS;
use stock::again::truth::Worth;
use stock::again::wear::{WEAR, Wear};
use stock::again::{Case, Trial};

use shared::{in_words, median, notes_on, read, text_of};

#[expect(dead_code, reason = "the other benchmarks use the rest of it")]
mod shared;
#[path = "../tests/stock/mod.rs"]
mod stock;

/// How many notes are made on one text.
const ON_EACH_TEXT: usize = 100;
/// How many of them are sought together: a reader may have made one on the text, or many.
const BESIDE: [usize; 4] = [1, 5, 20, ON_EACH_TEXT];
/// With so many the tables are printed.
const SHOWN: usize = 20;

fn main() {
    let asked = Asked::read();
    let folder = tempfile::tempdir().unwrap();
    write_dictionaries(folder.path()).unwrap();
    let converters = Converters::new(folder.path().to_owned());
    if asked.speed {
        return speed(&converters);
    }
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
    speed: bool,
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
            speed: words.iter().any(|word| word == "speed"),
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
            for beside in BESIDE {
                let found = trial.cases.chunks(beside).flat_map(|cases| found(cases, &trial.now));
                for (case, found) in trial.cases.iter().zip(found) {
                    let worth = case.sources.worth(&found, &trial.laid);
                    let is_there = case.sources.is_there(&trial.laid);
                    tables.count((wear.name, text.name, beside), case, (worth, is_there));
                    let is_false = worth == Worth::Wrong && tables.falsely() <= asked.falsely;
                    let wanted =
                        asked.missed.as_ref().is_some_and(|name| wear.name.starts_with(name.as_str()));
                    if is_false || wanted && beside == ON_EACH_TEXT && is_there && worth > Worth::Moved {
                        print_case(wear, text.name, &trial, case, (&found, worth));
                    }
                }
            }
        }
    }
}

/// Where these notes are, sought together.
fn found(cases: &[Case], now: &Document) -> Vec<Found> {
    let note = |(number, case): (u128, &Case)| {
        let id = NoteId(uuid::Uuid::from_u128(number));
        Annotation { id, anchor: case.anchor.clone(), ..Annotation::empty() }
    };
    let notes: Vec<_> = (0..).zip(cases).map(note).collect();
    locate_all(&notes, now).into_iter().map(|(_, found)| found).collect()
}

fn print_case(wear: &Wear, text: &str, trial: &Trial, case: &Case, (found, worth): (&Found, Worth)) {
    println!("{}, {text}: {worth:?}", wear.name);
    let show = |said: &str, Anchor { before, quote, after, .. }: &Anchor| {
        println!("  {said} {}", format!("{before}⟦{quote}⟧{after}").replace("\n\n", "¶"));
    };
    show("made ", &case.anchor);
    let print = |span: Span, said: &str| show(said, &Anchor::of(&trial.now, span));
    match found {
        Found::Exact(span) => print(*span, "exact"),
        Found::Moved { span, likeness } => print(*span, &format!("{likeness:.2}")),
        Found::Unsure { candidates } => {
            for (span, likeness) in candidates.iter().take(3) {
                print(*span, &format!("{likeness:.2}"));
            }
        }
        Found::Lost => {}
    }
    case.sources.places(&trial.laid).into_iter().for_each(|span| print(span, "right"));
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
        let columns = [
            Worth::Exact,
            Worth::Moved,
            Worth::First,
            Worth::Among,
            Worth::Elsewhere,
            Worth::Lost,
            Worth::Askew,
        ];
        let found = count(Worth::Exact) + count(Worth::Moved);
        for part in [found].into_iter().chain(columns.map(count)) {
            write!(line, "{:>8}", share(part, there)).unwrap();
        }
        let placed =
            |worth: &Worth| matches!(worth, Worth::Exact | Worth::Moved | Worth::Askew | Worth::Wrong);
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
    wears: Vec<(&'static str, Row)>,
    texts: Vec<(&'static str, Row)>,
    lengths: BTreeMap<usize, Row>,
    /// By how many notes were sought together: 10 % of characters edited, and all.
    beside: BTreeMap<usize, [Row; 2]>,
}

impl Tables {
    fn count(
        &mut self,
        (wear, text, beside): (&'static str, &'static str, usize),
        case: &Case,
        answer: (Worth, bool),
    ) {
        let is_tenth = wear == "characters edited: 10 %";
        let [tenth, all] = self.beside.entry(beside).or_default();
        all.count(answer);
        if is_tenth {
            tenth.count(answer);
        }
        if beside != SHOWN {
            return;
        }
        row_of(&mut self.wears, wear).count(answer);
        if is_tenth {
            row_of(&mut self.texts, text).count(answer);
            let length = case.sources.len();
            let least = if length == 0 { 0 } else { 1 << length.ilog2() };
            self.lengths.entry(least).or_default().count(answer);
        }
    }

    fn falsely(&self) -> usize {
        self.beside.values().map(|[_, all]| all.falsely()).sum()
    }

    fn print(&self) {
        let head = |title: &str| {
            println!(
                "\n{title:<36}{:>7}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>7}",
                "there",
                "found %",
                "exact",
                "moved",
                "first",
                "among",
                "else",
                "lost",
                "askew",
                "gone",
                "so %",
                "FALSE"
            );
        };
        head("what happened to the text");
        self.wears.iter().for_each(|(name, row)| row.print(name));
        head("10 % of characters edited, in");
        self.texts.iter().for_each(|(name, row)| row.print(name));
        head("and by length of the quotation");
        for (least, row) in &self.lengths {
            row.print(&if *least == 0 {
                "bookmarks".to_owned()
            } else {
                format!("{least}–{}", 2 * least - 1)
            });
        }
        for (which, title) in ["10 % of characters edited, sought", "all changes, sought"].iter().enumerate()
        {
            head(title);
            for (beside, rows) in &self.beside {
                rows[which].print(&if *beside == 1 {
                    "alone".to_owned()
                } else {
                    format!("{beside} together")
                });
            }
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

/// What happens to a text.
type Change<'a> = &'a dyn Fn(&str) -> String;

/// Prints how long it takes to find 10,000 notes, by what happened to the text.
fn speed(converters: &Converters) {
    const SIZES: [usize; 2] = [1, 10];
    println!("{:<46}{:>12}{:>12}", "processor time in ms, 10,000 notes, median", "1 MB", "10 MB");
    let documents = SIZES.map(|size| read(&text_of(size * 1_000_000)));
    let notes = documents.each_ref().map(|document| notes_on(document, 10_000));
    let traditional = Script::characters(Form::Traditional);
    converters.prepare(Written::Simplified, traditional).unwrap();
    let shown = |text: &str| {
        converters.show(Written::Simplified, traditional, &Corrections::default(), text).unwrap().text
    };
    let changes: [(&str, Change<'_>); 5] = [
        ("same bytes", &str::to_owned),
        ("a line more at the beginning", &|text| format!("前面多了一行。\n\n{text}")),
        ("1 % of characters edited", &|text| edited(text, 1)),
        ("5 % of characters edited", &|text| edited(text, 5)),
        ("traditional characters", &shown),
    ];
    for (name, change) in changes {
        print!("{name:<46}");
        for (document, notes) in documents.iter().zip(&notes) {
            let now = read(&change(document.text()));
            print!("{:>12}", in_words(median(|| drop(black_box(locate_all(notes, &now))))));
        }
        println!();
    }
}

/// The text with so many hundredths of its characters exchanged, left out or doubled.
fn edited(text: &str, hundredths: usize) -> String {
    let mut dice = shared::Dice::default();
    let mut now = String::with_capacity(text.len());
    for character in text.chars() {
        match dice.below(300) {
            hit if hit < hundredths => now.push('改'),
            hit if hit < 2 * hundredths => {}
            hit if hit < 3 * hundredths => now.extend([character, character]),
            _ => now.push(character),
        }
    }
    now
}
