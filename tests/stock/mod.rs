//! Pairs of documents with known truth, made from texts of our own, and a judge that holds what a comparison
//! found against that truth. The test of the comparison and its benchmark share it.
//!
//! - [`themes`], [`prose`]: what the texts are about, and clauses of official prose to say it with.
//! - [`manuscript`]: a text in which each character knows where it comes from, so that whatever is done to it
//!   (script, edits, splitting, shuffling) the truth need not be told but follows.
//! - [`writer`]: whole documents with headings, lists, boxes, a byline and a line that is set aside.
//! - [`changes`]: what happens between two versions.
//! - [`truth`]: what a perfect comparison would find.
//! - [`levels`]: the pairs, from identical to unrelated.
//! - [`judge`]: precision, recall and F1 of links, verdicts and shared characters.
//! - [`again`]: notes on such texts, and where each must be found after a change.

#![allow(dead_code, reason = "the test and the benchmark each use their part")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "texts of our own are as they have to be")]

pub(crate) mod again;
pub(crate) mod changes;
pub(crate) mod dice;
pub(crate) mod judge;
pub(crate) mod levels;
pub(crate) mod manuscript;
pub(crate) mod prose;
pub(crate) mod themes;
pub(crate) mod truth;
pub(crate) mod writer;
