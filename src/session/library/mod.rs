//! The library: every document that the reader has opened or added, and finding in all of them.

mod entry;
mod progress;
mod query;
mod search;

pub use entry::*;
pub use progress::*;
pub use query::*;
pub use search::*;
