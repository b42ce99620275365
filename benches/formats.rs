//! How long the reader waits for the first page of a document in any format, and for all of it:
//! `cargo bench --no-default-features --bench formats -- FILE…`. `benches/formats.py` makes long documents, and compares
//! with other programs.
//!
//! Each file is read as the window reads it, in a process of its own; the figures are medians of seven runs.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops at the first fault"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use duidu::session::{Place, ReadingChoices};
use duidu::store::{READ_APART, answer, read_apart_from_now_on, read_document};

const RUNS: usize = 7;

fn main() -> ExitCode {
    // The process that reads is this one, started again.
    if std::env::args().nth(1).is_some_and(|first| first == READ_APART) {
        return answer();
    }
    read_apart_from_now_on();
    let files = std::env::args().skip(1).filter(|word| !word.starts_with("--")).map(PathBuf::from);
    println!("| file | characters | first page, ms | all of it, ms |\n|---|---|---|---|");
    for file in files {
        report(&file);
    }
    ExitCode::SUCCESS
}

fn report(file: &Path) {
    let runs: Vec<Run> = (0..RUNS).map(|_| Run::of(file)).collect();
    let (first, all): (Vec<Duration>, Vec<Duration>) = runs.iter().map(|run| (run.first, run.all)).unzip();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let [first, all] = [first, all].map(|times| median(times).as_millis());
    println!("| {name} | {} | {first} | {all} |", runs.first().unwrap().characters);
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    *times.get(times.len() / 2).unwrap()
}

/// One reading of a file.
struct Run {
    /// Until its first pages could be shown.
    first: Duration,
    /// Until all of it was there.
    all: Duration,
    characters: usize,
}

impl Run {
    fn of(file: &Path) -> Self {
        let start = Instant::now();
        let mut first = None;
        let mut beginning = |_| {
            first.get_or_insert_with(|| start.elapsed());
        };
        let place = Place::File(file.to_owned());
        let imported = read_document(&place, &ReadingChoices::default(), &mut beginning).unwrap();
        let all = start.elapsed();
        Self { first: first.unwrap_or(all), all, characters: imported.document.text().chars().count() }
    }
}
