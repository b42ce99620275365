//! Notes: what a reader leaves on a document, and how each is found again.
//!
//! This room knows documents and text. It knows no files, no clock and no window: moments and identities
//! are given to it.

mod anchor;
mod annotation;
mod candidate;
mod clusters;
mod far_end;
mod history;
mod likeness;
mod locate;
mod measure;
mod notebook;
mod placing;
#[cfg(test)]
pub(crate) mod sample;
mod sought;
mod tag;
mod target;

pub use anchor::*;
pub use annotation::*;
pub use far_end::*;
pub use history::*;
pub use locate::*;
pub use notebook::*;
pub use placing::*;
pub use tag::*;
pub use target::*;
