//! Several copies of the program write the notes of the same document at once.

use std::time::Instant;

use super::figures::Figure;
use super::program::{Program, Work, write_document};
use super::trial::{Answers, command};

const COPIES: usize = 4;

/// Four copies add `count` notes each.
pub(crate) fn at_once(count: usize) -> Figure {
    let mut figure = Figure::of("four copies of the program add notes to one document at once");
    let folder = tempfile::tempdir().unwrap();
    write_document(folder.path());
    let first = |copy: usize| 1 + (copy * 1_000_000) as u128;
    let started: Vec<_> = (0..COPIES)
        .map(|copy| command(&[], &Work::Add { first: first(copy), count }, folder.path()).spawn().unwrap())
        .collect();
    let answers: Vec<Answers> = started.into_iter().map(Answers::of).collect();
    let saved: usize = answers.iter().map(|answers| answers.saved).sum();
    let begun = Instant::now();
    let notes = Program::open(folder.path()).unwrap().notes();
    let opened = begun.elapsed().as_secs_f32();
    let waits: usize = answers.iter().map(|answers| answers.waits).sum();
    for (copy, answers) in answers.iter().enumerate() {
        for number in (first(copy)..).take(answers.saved) {
            let there = notes.contains_key(&number);
            figure.count(if there { Ok(()) } else { Err(format!("note {number} of copy {copy} is lost")) });
        }
    }
    figure.besides = format!(
        "{saved} notes were said to be saved, {} are there, opened in {opened:.1} s; {waits} times it was said that \
         the notes file waits for others, and it was written later",
        notes.len()
    );
    figure
}
