//! PDF.
#![no_main]

use duidu_fuzz::pdf;

libfuzzer_sys::fuzz_target!(|input: &[u8]| pdf(input));
