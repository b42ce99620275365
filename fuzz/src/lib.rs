//! What the fuzz targets share: how bytes become a file of a format, what must hold of whatever comes of it, and
//! the seeds to begin with.
//!
//! The bytes of a packed format or of a PDF would nearly always fail at a check sum or a place before anything is
//! read. So the engine changes their parts: its input is a list of parts ([`Parts`]), which is packed before it is
//! read. Any bytes are such a list. The first byte of every input says how the file is read.

#![forbid(unsafe_code)]

#[expect(dead_code, reason = "shared with the hostile corpus, which makes more of it")]
#[path = "../../tests/hostile/documents/mod.rs"]
mod documents;
mod laws;
mod parts;
mod seeds;

use duidu::document::Format;
use duidu::exchange;
use duidu::import::{OFFERED_ENCODINGS, Password, ReadOptions};
use duidu::store::{answer_in, kept_in};

use laws::holds;
use parts::Parts;
pub use seeds::write_seeds;

/// A file of text in that format.
pub fn text(format: Format, input: &[u8]) {
    let Some((&how, bytes)) = input.split_first() else { return };
    let encoding = OFFERED_ENCODINGS.get(usize::from(how)).map(ToString::to_string);
    holds("a", bytes.to_vec(), &ReadOptions { encoding, format: Some(format), ..ReadOptions::default() });
}

/// A packed file of that format.
pub fn packed(format: Format, input: &[u8]) {
    let Some((&how, bytes)) = input.split_first() else { return };
    let file = Parts::of(bytes).zip(how & 1 == 1);
    holds("a", file, &ReadOptions { format: Some(format), ..ReadOptions::default() });
}

/// A PDF.
pub fn pdf(input: &[u8]) {
    let Some((&how, bytes)) = input.split_first() else { return };
    let password = (how & 1 == 1).then(|| Password::new("x"));
    holds(
        "a",
        Parts::of(bytes).pdf(),
        &ReadOptions { password, format: Some(Format::Pdf), ..ReadOptions::default() },
    );
}

/// A file of whatever kind, with whatever name.
pub fn any(input: &[u8]) {
    const NAMES: [&str; 8] = ["a", "a.txt", "a.md", "a.html", "a.mht", "a.epub", "a.docx", "a.pdf"];
    let Some((&how, bytes)) = input.split_first() else { return };
    let name = NAMES.get(usize::from(how)).unwrap_or(&"a");
    let options = ReadOptions::default();
    // Neither may fail, and what shows at once is what shows in the end.
    let hazardous = duidu::import::is_hazardous(name, bytes, &options);
    if let Some(refusal) = duidu::import::refusal(bytes) {
        assert!(!hazardous || duidu::import::read(name, bytes.to_vec(), &options).is_err(), "{refusal}");
    }
    holds(name, bytes.to_vec(), &options);
}

/// Notes and codes that another program wrote.
pub fn parcel(input: &[u8]) {
    let Some((&how, bytes)) = input.split_first() else { return };
    let format = exchange::Format::ALL.get(usize::from(how)).copied();
    let packed = format == Some(exchange::Format::Project);
    let bytes = if packed { Parts::of(bytes).zip(false) } else { bytes.to_vec() };
    // What it says of what was left out must not fail either.
    if let Ok(received) = exchange::read(&bytes, format) {
        let said: usize = received.remarks.iter().map(|remark| format!("{remark:?}").len()).sum();
        assert!(said < bytes.len().saturating_mul(64) + 65_536);
    }
}

/// The file of notes beside a document.
pub fn notes(input: &[u8]) {
    if let Ok(kept) = kept_in(input) {
        let again = kept_in(input).expect("the same bytes are read again");
        assert!(kept.annotations == again.annotations);
    }
}

/// What the process that reads has said, if a document took it over.
pub fn answer(input: &[u8]) {
    if let Ok(imported) = answer_in(input) {
        laws::of(&imported);
    }
}
