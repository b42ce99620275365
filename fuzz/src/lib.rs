//! What the fuzz targets share: how bytes become a file of a format, what must hold of whatever comes of it, and
//! the seeds and the words to begin with.
//!
//! The bytes of a packed format or of a PDF would nearly always fail at a check sum or a place before anything is
//! read. So the engine changes their parts: its input is a list of parts ([`Parts`]), which is packed before it is
//! read. Any bytes are such a list. The first byte of every input says how the file is made of them and read: its bits
//! ([`LAID`], [`MENDED`]) let a short input reach far into a format.

#![forbid(unsafe_code)]

#[path = "../../tests/hostile/documents/mod.rs"]
mod documents;
mod laws;
mod mended;
mod parts;
mod seeds;
mod sound;
mod words;

use duidu::document::Format;
use duidu::exchange;
use duidu::import::{OFFERED_ENCODINGS, Password, ReadOptions};
use duidu::store::{answer_in, kept_in};

use documents::paged::Objects;
use laws::holds;
use parts::Parts;
pub use seeds::write_seeds;

/// A file of text in that format.
pub fn text(format: Format, input: &[u8]) {
    let Some((&how, bytes)) = input.split_first() else { return };
    let encoding = OFFERED_ENCODINGS.get(usize::from(how)).map(ToString::to_string);
    holds("a", bytes.to_vec(), &ReadOptions { encoding, format: Some(format), ..ReadOptions::default() });
}

/// The bit of the first byte that packs the parts of a file deflated, or gives a password with a PDF.
const OTHERWISE: u8 = 1;
/// The bit of the first byte that lays the parts over those of a sound file.
const LAID: u8 = 2;
/// The bit of the first byte that makes the markup in the parts well-formed.
const MENDED: u8 = 4;

/// A packed file of that format.
pub fn packed(format: Format, input: &[u8]) {
    let Some((&how, bytes)) = input.split_first() else { return };
    let file = parts(how, bytes, sound::parts(format)).zip(how & OTHERWISE != 0);
    holds("a", file, &ReadOptions { format: Some(format), ..ReadOptions::default() });
}

/// The parts in these bytes.
fn parts<'a>(how: u8, bytes: &'a [u8], sound: &'a [(&'static str, String)]) -> Parts<'a> {
    let parts = Parts::of(bytes);
    let parts = if how & MENDED != 0 { parts.mended() } else { parts };
    if how & LAID != 0 { parts.within(sound) } else { parts }
}

/// A PDF.
pub fn pdf(input: &[u8]) {
    let Some((&how, bytes)) = input.split_first() else { return };
    let password = (how & OTHERWISE != 0).then(|| Password::new("x"));
    let none = Objects::new();
    let sound = if how & LAID != 0 { sound::page() } else { &none };
    let options = ReadOptions { password, format: Some(Format::Pdf), ..ReadOptions::default() };
    holds("a", Parts::of(bytes).pdf(sound), &options);
}

/// A file of whatever kind, with whatever name.
pub fn any(input: &[u8]) {
    const NAMES: [&str; 8] = ["a", "a.txt", "a.md", "a.html", "a.mht", "a.epub", "a.docx", "a.pdf"];
    let Some((&how, bytes)) = input.split_first() else { return };
    let name = NAMES.get(usize::from(how)).unwrap_or(&"a");
    let password = Some(Password::new(documents::locked::PASSWORD));
    let options = ReadOptions { password, ..ReadOptions::default() };
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

/// What the process that reads has said, if a document took it over: as it is, and with the right length before it.
pub fn answer(input: &[u8]) {
    let Some((&how, said)) = input.split_first() else { return };
    let length = if how & OTHERWISE != 0 { (said.len() as u64).to_le_bytes().to_vec() } else { Vec::new() };
    if let Ok(imported) = answer_in(&[&length, said].concat()) {
        laws::of(&imported);
    }
}
