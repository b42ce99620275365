//! Files of whatever kind: what tells them apart, and packed files whose own bytes are changed.
#![no_main]

use duidu_fuzz::any;

libfuzzer_sys::fuzz_target!(|input: &[u8]| any(input));
