//! Two documents (or sections of them) read against each other: what answers what, how it relates, what
//! both say in the same words, and what stands only in one.
//!
//! This room knows no files, no notes, no window and no clock. Everything it finds is a stretch of the text as
//! written; script, width, variants and punctuation never matter.
//!
//! # How a comparison goes
//!
//! 1. `units`: each block is folded, without its marks, and cut into sentences and leading clauses; `words` and
//!    `lexicon` find stock phrases and the words of themes in it.
//! 2. `grams`: what a block is about, as weighted runs of up to four characters (or words of an alphabet), titles
//!    in 《》 and themes. What stands in few blocks of either side tells more, after the inverse document frequency of
//!    K. Spärck Jones ("A statistical interpretation of term specificity", 1972).
//! 3. `candidates`: for each block the few of the other side that share most of that.
//! 4. `judge`: each such pair is read closely. `evidence` sums up what both say; `passages` finds the wording that
//!    they share (seed, extend and chain, after S. F. Altschul and others, "Basic local alignment search tool", 1990).
//! 5. `settle`: the findings are weighed against each other. In two versions of one text (known by the longest row of
//!    common passages in one order: patience sorting) what stands at one place needs to share less, measured by the
//!    coefficient of L. R. Dice ("Measures of the amount of ecologic association between species", 1945).
//! 6. `rulings`: what the reader decided goes before all that.
//! 7. `links`: findings become links, with the reasons that a reader can check; `differences` then says of a passage
//!    what was changed, and `board` lays several comparisons side by side.
//!
//! # What is the same text
//!
//! Of what kind a block is, is no part of what it says: words that one file has as a heading and another as a paragraph
//! are the same text. Beyond that headings link to headings only, since a heading is short enough to be like much. The
//! signs of notes (`[1]`, ①) are no words. Bylines and what was set aside are not compared, and what the other side has
//! only there neither links nor stands only here.
//!
//! # What a score means
//!
//! Each run, title or theme that two blocks share tells the product of what it tells of either: most where it is
//! rare, long and in the leading clause; little in a stock phrase, a number, a piece of a title or the heading above.
//! The sum favours one telling thing over many that tell little, and counts less where a few words stand alone. This
//! sum (`telling`) is raised where the pair stands out from what else could answer either side, where the headings
//! above answer each other, and by long passages of the same wording. It becomes a number between 0 and 1 by
//! `likelihood`: one half where the sum is `EVEN`, rising steeply around it. Shared wording sets a floor below: from
//! 0.9 where both are the same throughout, from one half upwards, by the share that is common, where a sentence or
//! nearly half of a block was taken over. A pair that both sides answer better elsewhere is dropped.
//!
//! `EVEN` and the weights were set by hand on texts with a known truth, the same for every pair of documents. The
//! numbers are no probabilities: see [`Link::score`].
//!
//! # What it does not see
//!
//! * The same matter in words that neither share a character run nor stand in one theme of the lexicon.
//! * What is said of the matter: 支持 and 反對 of one thing are the same theme, and a 不 more or less is a small edit,
//!   which [`differences()`] shows but no score weighs.
//! * That rare words can be the frame of a sentence (在…的基礎上逐步…) and not its matter, where no stock phrase says
//!   so; two blocks may be linked by a frame, and the reason then shows it.
//! * Words of one matter in another language than Chinese, unless the lexicon has both.

mod apart;
mod board;
mod candidates;
mod changes;
mod comparison;
mod differences;
mod engine;
mod evidence;
mod grams;
mod guidance;
mod identical;
mod judge;
mod lexicon;
mod link;
mod links;
mod measure;
mod part;
mod passages;
mod regional;
mod restore;
mod rising;
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

/// A link is made from this score on, whatever the pair of documents: where the evidence is [as likely as
/// not](self#what-a-score-means) to mean that one block answers the other.
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
#[error("the work was cancelled")]
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
