//! DOCX.
#![no_main]

use duidu::document::Format;
use duidu_fuzz::{packed, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("docx"), |input: &[u8]| packed(Format::Docx, input));
