//! What the process that reads says to the program.
#![no_main]

use duidu_fuzz::{answer, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("answer"), |input: &[u8]| answer(input));
