//! Plain text in whatever encoding.
#![no_main]

use duidu::document::Format;
use duidu_fuzz::{text, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("text"), |input: &[u8]| text(Format::PlainText, input));
