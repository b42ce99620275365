//! Notes and codes of other programs: W3C, Hypothesis, REFI-QDA, CSV, our own RON.
#![no_main]

use duidu_fuzz::parcel;

libfuzzer_sys::fuzz_target!(|input: &[u8]| parcel(input));
