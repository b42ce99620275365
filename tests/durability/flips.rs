//! Bits turn over and ends are cut off, in the files that the program has written.

use std::fs;
use std::path::{Path, PathBuf};

use super::figures::{Figure, shared};
use super::program::Program;
use super::story::{Dice, notes_after};
use super::trial::Trial;

const STEPS: usize = 12;

/// Turns single bits of the notes file over, and cuts it off at every length (at most `count` of each).
pub(crate) fn bits_and_ends(count: usize) -> Figure {
    let mut figure = shared(count, damages);
    figure.besides = format!(
        "all noticed; {} came back by themselves, of the others (still readable, as if edited by hand) the version before was kept",
        figure.seen
    );
    figure
}

fn damages(share: usize, count: usize) -> Figure {
    let mut figure = Figure::of("a bit of the notes file turned over; its end cut off");
    let trial = Trial::after(60 + share as u64, STEPS);
    let good = fs::read(trial.notes_file()).unwrap();
    let mut dice = Dice::new(7 + share as u64);
    let flips: Vec<_> = (0..count).map(|_| (dice.below(good.len()), Some(1_u8 << dice.below(8)))).collect();
    let cuts = (0..good.len()).step_by((good.len() / count.max(1)).max(1)).map(|length| (length, None));
    for (place, bit) in flips.into_iter().chain(cuts) {
        let mut bytes = good.clone();
        match bit {
            Some(bit) => bytes[place] ^= bit,
            None => bytes.truncate(place),
        }
        let outcome = one(&trial, &good, &bytes);
        figure.seen += usize::from(outcome.as_ref().is_ok_and(|recovered| *recovered));
        figure.count(outcome.map(drop).map_err(|violation| format!("byte {place}, {bit:?}: {violation}")));
    }
    figure
}

/// Answers whether the notes came back by themselves.
fn one(trial: &Trial, good: &[u8], bytes: &[u8]) -> Result<bool, String> {
    let (path, home) = (trial.notes_file(), trial.path().join("home"));
    fs::write(&path, bytes).unwrap();
    let program = Program::open(trial.path())?;
    let (notes, file) = (program.notes(), program.file.clone());
    drop(program);
    let all: Vec<PathBuf> = files_in(trial.path());
    let kept = |wanted: &[u8]| all.iter().any(|path| fs::read(path).is_ok_and(|bytes| bytes == wanted));
    let whole = notes == notes_after(trial.seed, STEPS);
    let noticed = !file.remarks.is_empty() || file.set_aside.is_some() || file.read_only.is_some();
    let checked = if !noticed && bytes != good {
        Err("nobody was told".to_owned())
    } else if !whole && !kept(good) {
        Err("the version before is gone".to_owned())
    } else if !kept(bytes) {
        Err("the damaged file itself is gone".to_owned())
    } else {
        Ok(whole)
    };
    restore(&path, &home, good);
    checked
}

/// As it was before: what was set aside would only slow the next trial down.
fn restore(path: &Path, home: &Path, good: &[u8]) {
    fs::write(path, good).unwrap();
    let folder = path.parent().unwrap();
    let strange = |path: &Path| {
        path.to_string_lossy().contains("damaged") || path.to_string_lossy().contains("before-change")
    };
    for file in files_in(folder).into_iter().chain(files_in(home)).filter(|file| strange(file)) {
        fs::remove_file(file).unwrap_or_default();
    }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}
