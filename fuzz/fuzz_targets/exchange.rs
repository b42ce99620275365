//! Notes and codes of other programs: W3C, Hypothesis, REFI-QDA, CSV, our own RON.
#![no_main]

use duidu_fuzz::{parcel, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("exchange"), |input: &[u8]| parcel(input));
