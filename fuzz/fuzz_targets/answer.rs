//! What the process that reads says to the program.
#![no_main]

use duidu_fuzz::answer;

libfuzzer_sys::fuzz_target!(|input: &[u8]| answer(input));
