//! # Duidu 對讀: the tour
//!
//! Duidu reads Chinese documents against each other (對讀): in either script, side by side, with notes
//! that stay on their words. This page is the architecture document; each room's own first lines say
//! what it holds and what it does not know.
//!
//! ## The idea
//! A [`text::Pairing`] lays two texts side by side, stretch by stretch, and answers for any span of the
//! one what the other has. One mechanism serves three needs: a text and the text as shown in another
//! script; a text and its folded form for searching; a passage and the passage that answers it in another
//! document. Everything a reader does (select, highlight, note) is stored in **positions of the original
//! text**, never of what is shown, so a script toggle cannot disturb a note and no feature rewrites the
//! source.
//!
//! ## The rooms, in reading order
//! A room uses only the rooms above it. Two walls: only `ui` knows egui; only [`store`] (with `main` and
//! `cli`) touches files, clocks and threads. `tests/tidy.rs` holds both rules.
//!
//! | Room | Holds |
//! |---|---|
//! | [`text`] | spans, pairings, script conversion, folding, search, line breaking |
//! | [`document`] | an immutable text and its blocks, outline, metadata, repairs, notes, links and the addresses that they may open |
//! | [`import`] | bytes to a document: one file per format, one that sniffs, one that cleans, one that repairs |
//! | [`compare`] | two documents read against each other: links, verdicts, shared wording, differences, the board |
//! | [`notes`] | anchors, annotations, the notebook and its one door, history, the codebook, notes of many documents, finding a note again |
//! | [`export`] | notes and comparisons as files for people: Markdown, HTML, DOCX, XLSX, CSV, text, templates; citations |
//! | [`exchange`] | notes and codes to and from other programs: W3C annotations, REFI-QDA, Hypothesis, our own files |
//! | [`session`] | what the reader is doing: commands and events in, effects out, plain view data to show |
//! | [`store`] | disk, the shapes of the RON files, safe writing, worker threads, the process that reads what could hurt |
//! | `ui` | the window (feature `window`): thin, draws the session's view data and returns commands |
//! | [`cli`] | the same work without a window |

// The blank lines keep the reading order: rustfmt would sort neighbours.
pub mod text;

pub mod document;

pub mod import;

pub mod compare;

pub mod notes;

pub mod export;

pub mod exchange;

pub mod session;

pub mod store;

#[cfg(feature = "window")]
pub mod ui;

pub mod cli;
