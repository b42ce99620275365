//! Files of whatever kind: what tells them apart, and packed files whose own bytes are changed.
#![no_main]

use duidu_fuzz::{any, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("any"), |input: &[u8]| any(input));
