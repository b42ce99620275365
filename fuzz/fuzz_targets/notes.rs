//! The file of notes beside a document.
#![no_main]

use duidu_fuzz::{notes, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("notes"), |input: &[u8]| notes(input));
