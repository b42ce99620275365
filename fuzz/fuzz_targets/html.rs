//! HTML.
#![no_main]

use duidu::document::Format;
use duidu_fuzz::text;

libfuzzer_sys::fuzz_target!(|input: &[u8]| text(Format::Html, input));
