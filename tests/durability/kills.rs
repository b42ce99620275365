//! The program is killed at random moments.

use std::thread;
use std::time::Duration;

use super::figures::Figure;
use super::story::Dice;
use super::trial::{Answers, Trial};

/// So many steps are made on one document; then another story begins on a new one.
const LONGEST: usize = 400;

/// Kills at random while notes are being saved.
pub(crate) fn while_saving(count: usize) -> Figure {
    let mut figure = Figure::of("kill at a random moment while saving");
    let mut dice = Dice::new(1);
    let mut trial = Trial::new(1);
    let mut saved = 0;
    for number in 0..count {
        if trial.saved > LONGEST {
            trial = Trial::new(number as u64);
        }
        let answers = killed(&trial, dice.below(900_000));
        saved += answers.saved;
        let said = answers.said(trial.saved);
        let outcome = trial.check(said);
        if outcome.is_err() {
            trial = Trial::new(number as u64);
        }
        figure.count(outcome);
    }
    figure.besides = format!("{saved} steps were said to be saved");
    figure
}

/// Kills while what was not finished is being recovered, up to three times in a row.
pub(crate) fn while_recovering(count: usize) -> Figure {
    let mut figure = Figure::of("kill while saving, then up to three while recovering");
    let mut dice = Dice::new(2);
    let mut kills = 0;
    let mut trial = Trial::new(3);
    for number in 0..count {
        if trial.saved > LONGEST {
            trial = Trial::new(number as u64);
        }
        let said = killed(&trial, 20_000 + dice.below(900_000)).said(trial.saved);
        for _ in 0..=dice.below(3) {
            recovering(&trial, dice.below(40_000));
            kills += 1;
            trial.left_behind += 1;
        }
        let outcome = trial.check(said);
        if outcome.is_err() {
            trial = Trial::new(number as u64);
        }
        figure.count(outcome);
    }
    figure.besides = format!("{kills} kills while recovering");
    figure
}

fn killed(trial: &Trial, microseconds: usize) -> Answers {
    after(trial.command(&[], 1_000).spawn().unwrap(), microseconds)
}

/// The document is only opened, and no step is made.
fn recovering(trial: &Trial, microseconds: usize) {
    after(trial.command(&[], 0).spawn().unwrap(), microseconds);
}

fn after(mut child: std::process::Child, microseconds: usize) -> Answers {
    thread::sleep(Duration::from_micros(microseconds as u64));
    child.kill().unwrap();
    Answers::of(child)
}
