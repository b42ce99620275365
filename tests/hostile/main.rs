//! Hostile and broken files do no harm: several hundred, made here by script, are read as the window reads them.
//!
//! Every run of the tests tries one of each kind. The whole prints the table of figures:
//!
//! ```text
//! cargo test --release --locked --no-default-features --test hostile -- full
//! ```
//!
//! Words after `full` choose formats and kinds by parts of their names. The program that is tried is this very file
//! started again: it opens one file with the store's own function, which starts the process that reads. Demanded of each
//! file: an answer or a message within the time, of the kind that is right for it; no death of the program; the file as it
//! was, nothing else written; nothing of what a file refers to reached. Part of it is watched by `strace`, where there is one.

#![cfg_attr(
    not(any(target_os = "linux", windows)),
    expect(dead_code, reason = "figures are taken where the process has walls")
)]
#![expect(clippy::unwrap_used, reason = "a test stops at the first fault of its own")]
#![expect(clippy::format_collect, reason = "the script that writes hostile files may take its time")]
#![expect(clippy::print_stdout, reason = "the figures and the answers of the program are printed")]

mod corpus;
#[expect(dead_code, reason = "shared with other tests, which throw more dice")]
#[path = "../stock/dice.rs"]
mod dice;
mod documents;
mod figures;
mod outcome;
mod reading;
mod watched;
mod yard;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use corpus::Hostile;
use figures::Figures;
use yard::Yard;

/// So many files are read at once.
const AT_ONCE: usize = 2;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some(code) = reading::run_if_asked(&words) {
        return code;
    }
    if cfg!(not(any(target_os = "linux", windows))) {
        println!("not tried: the process that reads has walls on Linux and Windows alone");
        return ExitCode::SUCCESS;
    }
    let (yard, corpus, start) = (Yard::laid(), corpus::all(), Instant::now());
    let full = words.iter().any(|word| word == "full");
    let parts: Vec<&String> = words.iter().filter(|word| *word != "full" && !word.starts_with('-')).collect();
    let is_chosen = |hostile: &&Hostile| {
        let name = format!("{}: {}", hostile.format, hostile.family);
        parts.is_empty() || parts.iter().any(|part| name.contains(part.as_str()))
    };
    let chosen: Vec<&Hostile> = corpus.iter().filter(is_chosen).collect();
    let first = first_of_each(&chosen, |hostile| (hostile.format, hostile.family));
    let of_formats = first_of_each(&chosen, |hostile| (hostile.format, ""));
    let figures = tried(if full { &chosen } else { &first }, &yard, full);
    println!("{figures}");
    let watched = watched::watched(if full { &first } else { &of_formats }, &yard);
    let build = if cfg!(debug_assertions) { "without optimisation" } else { "as a release" };
    println!("{watched}\nbuilt {build}; all of it took {} s", start.elapsed().as_secs());
    let violations: Vec<String> =
        figures.violations().chain(watched.violations).chain(yard.violations()).collect();
    for violation in &violations {
        println!("    {violation}");
    }
    if violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The first file of each kind.
fn first_of_each<'a, Kind: Ord>(corpus: &[&'a Hostile], kind: impl Fn(&Hostile) -> Kind) -> Vec<&'a Hostile> {
    let mut seen = BTreeSet::new();
    corpus.iter().filter(|hostile| seen.insert(kind(hostile))).copied().collect()
}

/// Reads these files, several at once.
fn tried(corpus: &[&Hostile], yard: &Yard, at_length: bool) -> Figures {
    let figures = Mutex::new(Figures::told_at_length(at_length));
    let next = AtomicUsize::new(0);
    let work = || {
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(hostile) = corpus.get(number)
        {
            let bytes = (hostile.bytes)();
            let path = yard.lay(number, hostile, &bytes);
            let answer = reading::answer(&path);
            let wrong = Yard::clear(&path, &bytes);
            figures.lock().unwrap().add(hostile, &answer, wrong);
        }
    };
    thread::scope(|scope| (0..AT_ONCE).for_each(|_| _ = scope.spawn(work)));
    figures.into_inner().unwrap()
}
