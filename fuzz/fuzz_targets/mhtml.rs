//! Web pages saved in one file.
#![no_main]

use duidu::document::Format;
use duidu_fuzz::text;

libfuzzer_sys::fuzz_target!(|input: &[u8]| text(Format::Mhtml, input));
