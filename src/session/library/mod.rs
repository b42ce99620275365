//! The library: every document that the reader has opened or added, and finding in all of them.

mod entry;

pub use entry::*;
