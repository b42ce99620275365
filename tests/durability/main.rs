//! Nothing is ever lost: faults of every kind are put into the program's own way of saving, and what is there
//! afterwards is compared with what it had said to be saved.
//!
//! Every run of the tests does a little of each. The whole of it prints the table of figures, and takes hours:
//!
//! ```text
//! cargo test --locked --no-default-features --test durability -- full
//! ```
//!
//! Words after `full` name the faults to try, and a number says how many of each. The program that is tried is this
//! very file started again (see [`program`]): it opens a document, takes notes by a [`story`] that can be told
//! again, and says of each step when the store has said that it is saved. Afterwards the document is opened as a
//! reader would, and what comes must be the story up to the last step that was said to be saved, or one further.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault of its own")]
#![expect(clippy::print_stdout, reason = "the figures and the answers of the program are printed")]

mod calls;
mod crash_states;
mod figures;
mod flips;
mod kills;
mod power;
mod program;
mod story;
mod trace;
mod trial;
mod writers;

use std::process::ExitCode;

use figures::Figure;

/// The word that chooses a fault, how many in a quick run, how many in a full one, and what is done.
type Fault = (&'static str, usize, usize, fn(usize) -> Figure);

/// The faults.
const FAULTS: [Fault; 8] = [
    ("kills", 12, 10_000, kills::while_saving),
    ("recovery", 4, 2_000, kills::while_recovering),
    ("calls", 6, usize::MAX, calls::each_fails),
    ("call-kills", 4, usize::MAX, calls::each_kills),
    ("states", 40, usize::MAX, crash_states::all),
    ("power", 0, 1_000, power::cuts),
    ("flips", 60, 20_000, flips::bits_and_ends),
    ("writers", 12, 10_000, writers::at_once),
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some(code) = program::run_if_asked(&words) {
        return code;
    }
    let full = words.iter().any(|word| word == "full");
    let number = words.iter().find_map(|word| word.parse::<usize>().ok());
    let named = |name: &str| words.iter().any(|word| word == name);
    let chosen =
        FAULTS.iter().filter(|(name, ..)| named(name) || !FAULTS.iter().any(|(name, ..)| named(name)));
    let mut sound = true;
    println!("{}", figures::HEAD);
    for (_, quick, whole, fault) in chosen {
        let count = number.unwrap_or(if full { *whole } else { *quick });
        if count > 0 {
            let figure = fault(count);
            println!("{figure}");
            sound &= figure.is_sound();
        }
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
