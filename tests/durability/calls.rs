//! Every system call of a save fails, or kills, in turn: by `strace`, where the machine has it.

use super::figures::{AT_ONCE, Figure, shared};
use super::story::Dice;
use super::trace::{self, Call};
use super::trial::Trial;

/// The errors that each call is made to give, once and for ever.
const ERRORS: [&str; 5] = ["ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT"];

/// So many steps are made while calls fail.
const STEPS: usize = 3;

/// Each call that touches the trial's files gives each error.
pub(crate) fn each_fails(count: usize) -> Figure {
    let faults = |call: &Call| {
        let number = call.number;
        // A file is closed even where closing it gives an error, which strace cannot do: it would stay locked.
        if call.name == "close" {
            return Vec::new();
        }
        let both = |error| [format!("error={error}:when={number}"), format!("error={error}:when={number}+")];
        ERRORS.into_iter().flat_map(both).collect()
    };
    each("each system call of a save gives an error, once and for ever", count, faults, false)
}

/// The program is killed at each call that touches the trial's files.
pub(crate) fn each_kills(count: usize) -> Figure {
    let faults = |call: &Call| vec![format!("signal=SIGKILL:when={}", call.number)];
    each("kill at each system call of a save", count, faults, true)
}

fn each(name: &'static str, count: usize, faults: impl Fn(&Call) -> Vec<String>, kills: bool) -> Figure {
    if !trace::is_there() {
        return Figure::untried(name, "there is no strace");
    }
    let calls = trace::calls_of_a_save(STEPS);
    let mut all: Vec<String> = calls
        .iter()
        .flat_map(|call| faults(call).into_iter().map(|fault| format!("inject={}:{fault}", call.name)))
        .collect();
    if count < all.len() {
        Dice::new(4).shuffle(&mut all);
        all.truncate(count);
    }
    let mut figure = shared(all.len(), |share, _| {
        let mut figure = Figure::of(name);
        for fault in all.iter().skip(share).step_by(AT_ONCE) {
            let outcome = one(fault, kills);
            figure.seen += usize::from(outcome.as_ref().is_ok_and(|told| *told));
            figure.count(outcome.map(drop).map_err(|violation| format!("{fault}: {violation}")));
        }
        figure
    });
    figure.besides = format!("{} calls; {} runs stopped with a message", calls.len(), figure.seen);
    figure
}

/// Answers whether the program said that something could not be saved.
fn one(fault: &str, kills: bool) -> Result<bool, String> {
    let mut trial = Trial::after(5, 4);
    let call = fault.split([':', '=']).nth(1).unwrap_or_default();
    let traced = format!("trace={call}");
    let answers = trial.run(&trace::words(&["-e", &traced, "-e", fault, "-o", "/dev/null"]), STEPS);
    let said = answers.said(trial.saved);
    let all_saved = said == trial.saved + STEPS;
    // Where not even its libraries can be read the program does not begin.
    let silent = answers.ready && answers.refused.is_none() && !answers.mute;
    if !all_saved && !kills && silent {
        return Err(format!("it ended after {said} steps without a word"));
    }
    trial.check(said)?;
    Ok(answers.refused.is_some())
}
