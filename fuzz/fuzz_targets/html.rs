//! HTML.
#![no_main]

use duidu::document::Format;
use duidu_fuzz::{text, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("html"), |input: &[u8]| text(Format::Html, input));
