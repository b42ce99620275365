//! Notes: what a reader leaves on a document, and how each is found again.
//!
//! This room knows documents and text. It knows no files, no clock and no window: moments and identities
//! are given to it.

mod anchor;
mod annotation;
mod candidate;
mod changes;
mod conflict;
mod far_end;
mod history;
mod likeness;
mod locate;
mod notebook;
#[cfg(test)]
pub(crate) mod sample;
mod tag;
mod target;
mod trash;

pub use anchor::*;
pub use annotation::*;
pub use changes::*;
pub use conflict::*;
pub use far_end::*;
pub use history::*;
pub use locate::*;
pub use notebook::*;
pub use tag::*;
pub use target::*;
pub use trash::*;
