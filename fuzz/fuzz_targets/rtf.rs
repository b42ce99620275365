//! RTF.
#![no_main]

use duidu::document::Format;
use duidu_fuzz::{text, write_seeds};

libfuzzer_sys::fuzz_target!(init: write_seeds("rtf"), |input: &[u8]| text(Format::Rtf, input));
