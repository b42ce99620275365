//! The library: every document that the reader has opened or added, and finding in all of them.

mod entry;
mod query;
mod search;

pub use entry::*;
pub use query::*;
pub use search::*;
