//! The program is killed at random moments.

use std::thread;
use std::time::Duration;

use super::figures::{Figure, shared};
use super::story::Dice;
use super::trial::{Answers, Trial};

/// So many steps are made on one document; then another story begins on a new one.
const LONGEST: usize = 400;

/// Kills at random while notes are being saved.
pub(crate) fn while_saving(count: usize) -> Figure {
    let mut figure = shared(count, saving);
    figure.besides = format!("{} steps were said to be saved", figure.seen);
    figure
}

/// Kills while what was not finished is being recovered, up to three times in a row.
pub(crate) fn while_recovering(count: usize) -> Figure {
    let mut figure = shared(count, recovering);
    figure.besides = format!("{} kills while recovering", figure.seen);
    figure
}

fn saving(share: usize, count: usize) -> Figure {
    let kill = |trial: &Trial, dice: &mut Dice| {
        let answers = killed(trial, dice.below(900_000));
        (answers.said(trial.saved), answers.saved)
    };
    again_and_again("kill at a random moment while saving", 100 + share, count, kill)
}

fn recovering(share: usize, count: usize) -> Figure {
    let kill = |trial: &Trial, dice: &mut Dice| {
        let said = killed(trial, 20_000 + dice.below(900_000)).said(trial.saved);
        let kills = 1 + dice.below(3);
        (0..kills).for_each(|_| opening_killed(trial, dice.below(40_000)));
        (said, kills)
    };
    again_and_again("kill while saving, then up to three while recovering", 200 + share, count, kill)
}

/// Kills so many times, which says how many steps are said to be saved, and what else is to be counted; each time
/// the document is opened afterwards.
fn again_and_again(
    name: &'static str,
    seed: usize,
    count: usize,
    kill: impl Fn(&Trial, &mut Dice) -> (usize, usize),
) -> Figure {
    let mut figure = Figure::of(name);
    let story = |number: usize| Trial::new((seed * 1_000_000 + number) as u64);
    let (mut dice, mut trial) = (Dice::new(seed as u64), story(0));
    for number in 1..=count {
        let (said, counted) = kill(&trial, &mut dice);
        figure.seen += counted;
        let outcome = trial.check(said);
        if outcome.is_err() || trial.saved > LONGEST {
            trial = story(number);
        }
        figure.count(outcome);
    }
    figure
}

/// Steps are made, until the program is killed so long after the document was open.
fn killed(trial: &Trial, microseconds: usize) -> Answers {
    Answers::until(trial.command(&[], 1_000).spawn().unwrap(), |child| {
        thread::sleep(Duration::from_micros(microseconds as u64));
        child.kill().unwrap();
    })
}

/// The document is only opened, and no step is made.
fn opening_killed(trial: &Trial, microseconds: usize) {
    let mut child = trial.command(&[], 0).spawn().unwrap();
    thread::sleep(Duration::from_micros(microseconds as u64));
    child.kill().unwrap();
    child.wait().unwrap();
}
