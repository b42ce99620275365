//! The library: every document that the reader has opened or added, and finding in all of them.

mod asking;
mod commands;
mod entry;
mod listing;
mod progress;
mod query;
mod results;
mod search;

pub use asking::*;
pub use commands::Library;
pub(super) use commands::Sought;
pub use entry::*;
pub use listing::*;
pub use progress::*;
pub use query::*;
pub use results::*;
pub use search::*;

#[cfg(test)]
mod tests;
