//! Web pages saved in one file.
#![no_main]

use duidu::document::Format;
use duidu_fuzz::{text, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("mhtml"), |input: &[u8]| text(Format::Mhtml, input));
