//! How long exports of notes take, and how much memory: `cargo bench --no-default-features --bench exports`.
//!
//! 1,000 documents with 100 notes each are exported in each format, each by a process of its own, so that the most
//! memory it has used is its own. Times are of the processor, and beside that of plain RON, which says how much work
//! a format is on any machine. `-- 100` makes 100 documents.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops at the first fault"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use duidu::compare::Unwatched;
use duidu::export::{Grouping, Order, Template, Words};
use duidu::notes::{Codebook, FoundState};
use duidu::session::{
    ExportChoices, ExportFormat, ExportJob, ExportRequest, ExportScope, ExportSource, Place, SourceNote,
};
use duidu::text::{Converters, Corrections, Script};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use shared::{notes_on, processor_time, read, text_of};
use uuid::Uuid;

#[expect(dead_code, reason = "the other benchmarks use the rest of it")]
mod shared;

/// The word that asks for one format alone.
const ALONE: &str = "alone";

const NOTES: usize = 100;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let count = words.iter().find_map(|word| word.parse().ok()).unwrap_or(1_000);
    if words.iter().any(|word| word == ALONE) {
        let named = |format: &ExportFormat| words.iter().any(|word| word == format.name());
        return export_alone(ExportFormat::ALL.into_iter().find(named).unwrap(), count);
    }
    println!("{count} documents with {NOTES} notes each");
    println!("{:<14}{:>10}{:>10}{:>12}{:>12}", "format", "s", "of RON", "file, MB", "memory, MB");
    let plain = measured(ExportFormat::Ron, count);
    for format in ExportFormat::ALL {
        let Measured { seconds, file, memory } = measured(format, count);
        let share = seconds / plain.seconds;
        println!("{:<14}{seconds:>10.2}{share:>10.2}{file:>12.1}{memory:>12.0}", format.name());
    }
}

/// What an export took.
struct Measured {
    seconds: f64,
    /// Megabytes.
    file: f64,
    /// More than before, in megabytes, at its most.
    memory: f64,
}

fn measured(format: ExportFormat, count: usize) -> Measured {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command.args([ALONE, format.name(), &count.to_string()]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let numbers: Vec<f64> = said.split_whitespace().map(|word| word.parse().unwrap()).collect();
    let [seconds, file, memory] = numbers.try_into().unwrap();
    Measured { seconds, file, memory }
}

#[expect(clippy::cast_precision_loss, reason = "figures to be shown")]
fn export_alone(format: ExportFormat, count: usize) {
    let job = job(format, count);
    let (before, begun) = (most_memory(), processor_time());
    let bytes = black_box(job.run(&Unwatched).unwrap());
    let seconds = processor_time().saturating_sub(begun).as_secs_f64();
    let memory = most_memory().saturating_sub(before);
    println!("{seconds} {} {}", bytes.len() as f64 / 1e6, memory as f64 / 1e6);
}

/// The documents have the same text, and each its own notes.
fn job(format: ExportFormat, count: usize) -> ExportJob {
    let document = Arc::new(read(&text_of(40_000)));
    let notes = notes_on(&document, NOTES);
    let source = |number: usize| ExportSource {
        place: Place::File(PathBuf::from(format!("{number}.txt"))),
        document: Some(Arc::clone(&document)),
        title: String::new(),
        text: None,
        conflicts: BTreeMap::new(),
        citation: None,
        corrections: Corrections::default(),
        notes: (0..)
            .zip(&notes)
            .map(|(index, note)| {
                let mut note = note.clone();
                note.id.0 = Uuid::from_u128((number * NOTES + index) as u128);
                let span = Some(note.anchor.span);
                SourceNote {
                    note: Arc::new(note),
                    span,
                    state: Some(FoundState::Exact),
                    has_other_words: false,
                }
            })
            .collect(),
    };
    ExportJob {
        sources: (0..count).map(source).collect(),
        request: request(format),
        templates: Template::included(),
        converters: Arc::new(Converters::new(PathBuf::new())),
        zone: TimeZone::UTC,
        made: Timestamp::UNIX_EPOCH,
        codebook: Arc::new(Codebook::default()),
    }
}

fn request(format: ExportFormat) -> ExportRequest {
    ExportRequest {
        choices: ExportChoices {
            scope: ExportScope::Document,
            format,
            template: String::new(),
            script: Some(Script::AS_WRITTEN),
            both_scripts: false,
            order: Order::default(),
            grouping: Grouping::default(),
            places: false,
            author: String::new(),
        },
        shown: Script::AS_WRITTEN,
        words: Words::english(),
        interface_language: "en".to_owned(),
    }
}

/// The most memory that this process has used so far, in bytes, as the system counts it; 0 where it does not say.
fn most_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() * 1024
}
