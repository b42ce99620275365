//! PDF.
#![no_main]

use duidu_fuzz::{pdf, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("pdf"), |input: &[u8]| pdf(input));
