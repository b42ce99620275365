//! Writes the seeds and the words of a target, and runs nothing. A program of its own: what of the program a target has in it
//! is looked through after each execution, and writing seeds takes every reader.
#![no_main]

libfuzzer_sys::fuzz_target!(init: duidu_fuzz::write_seeds(), |_input: &[u8]| {});
