//! What a reader does to the notes of a document, step by step: the same seed always tells the same story.

use std::collections::BTreeMap;

#[path = "../stock/dice.rs"]
mod dice;

pub(crate) use dice::Dice;

/// The text that each note says, by the number of the note.
pub(crate) type Notes = BTreeMap<u128, String>;

/// One step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    /// A new note, or another text of one that is there.
    Say(u128, String),
    /// A note is deleted.
    Delete(u128),
}

/// The notes after so many steps.
pub(crate) fn notes_after(seed: u64, steps: usize) -> Notes {
    let mut notes = Notes::new();
    for number in 0..steps {
        match step(seed, number, &notes) {
            Step::Say(note, text) => drop(notes.insert(note, text)),
            Step::Delete(note) => drop(notes.remove(&note)),
        }
    }
    notes
}

/// The step with that number, after which there are other notes than `notes`.
pub(crate) fn step(seed: u64, number: usize, notes: &Notes) -> Step {
    let mut dice = Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
    let there: Vec<u128> = notes.keys().copied().collect();
    let text = format!("第{number}步：{}", "讀書人把話寫在紙上。".repeat(dice.below(20)));
    match dice.below(10) {
        7 | 8 if !there.is_empty() => Step::Say(dice.pick(&there), text),
        9 if !there.is_empty() => Step::Delete(dice.pick(&there)),
        _ => Step::Say(1 + number as u128, text),
    }
}
