//! Markdown.
#![no_main]

use duidu::document::Format;
use duidu_fuzz::{text, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("markdown"), |input: &[u8]| text(Format::Markdown, input));
