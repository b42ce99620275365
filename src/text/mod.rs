//! Text as plain values: positions, scripts, conversion, folding, search, line breaking.
//!
//! This room knows no documents, no notes, no window. It reads no file, with one stated exception:
//! OpenCC opens its dictionaries itself, from a folder that it is given.

mod boundaries;
mod convert;
mod corrections;
mod disguise;
mod doubtful;
mod fold;
mod linebreak;
mod numerals;
mod pairing;
mod script;
mod search;
mod span;
mod words;
mod written;

pub use boundaries::*;
pub use convert::*;
pub use corrections::*;
pub use disguise::*;
pub use doubtful::*;
pub use fold::*;
pub use linebreak::*;
pub(crate) use numerals::{digit, number_at_start};
pub use pairing::*;
pub use script::*;
pub use search::*;
pub use span::*;
pub use words::prepare_words;
pub use written::*;
