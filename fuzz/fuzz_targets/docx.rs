//! DOCX.
#![no_main]

use duidu::document::Format;
use duidu_fuzz::packed;

libfuzzer_sys::fuzz_target!(|input: &[u8]| packed(Format::Docx, input));
