//! The file of notes beside a document.
#![no_main]

use duidu_fuzz::notes;

libfuzzer_sys::fuzz_target!(|input: &[u8]| notes(input));
