//! Two documents (or sections of them) read against each other: what answers what, how it relates, what
//! both say in the same words, and what stands only in one.
//!
//! This room knows no files, no notes, no window and no clock. Everything it finds is a stretch of the text as
//! written; script, width, variants and punctuation never matter.

mod board;
mod candidates;
mod comparison;
mod differences;
mod engine;
mod evidence;
mod grams;
mod guidance;
mod judge;
mod lexicon;
mod link;
mod links;
mod measure;
mod part;
mod passages;
mod regional;
mod restore;
mod rulings;
mod settle;
#[cfg(test)]
mod testing;
mod units;
mod words;

pub use board::*;
pub use comparison::*;
pub use differences::*;
pub use guidance::*;
pub use lexicon::Lexicon;
pub use link::*;
pub use part::*;
pub use restore::*;

/// A link is made from this score on, whatever the pair of documents.
pub const THRESHOLD: f32 = 0.5;

/// Asked from time to time by long work: told how much is done, it says whether to go on.
pub trait Watcher {
    /// `done` is the part of the work that is done, from 0 to 1. Answering `false` ends the work.
    fn goes_on(&self, done: f32) -> bool;
}

/// Watches nothing and lets the work go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Unwatched;

impl Watcher for Unwatched {
    fn goes_on(&self, _: f32) -> bool {
        true
    }
}

/// The work was ended by its [`Watcher`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the comparison was cancelled")]
pub struct Cancelled;

/// Compares two documents or sections of them.
///
/// What the reader decided (in `guidance`) wins over what is found. Time and memory grow about in proportion to
/// the two texts.
///
/// Errors: [`Cancelled`] when `watcher` says so.
pub fn compare(
    left: &Part,
    right: &Part,
    guidance: &Guidance,
    watcher: &dyn Watcher,
) -> Result<Comparison, Cancelled> {
    engine::compare(left, right, guidance, watcher)
}
