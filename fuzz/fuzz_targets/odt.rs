//! ODT.
#![no_main]

use duidu::document::Format;
use duidu_fuzz::{packed, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("odt"), |input: &[u8]| packed(Format::Odt, input));
