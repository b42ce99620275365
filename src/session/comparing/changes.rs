//! In which order notes, corrections and rulings were changed, so that undo takes back the last change of all.

use super::ComparisonId;
use crate::session::TabId;

/// What a step has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::session) enum Touched {
    /// The notes of a document.
    Notes(TabId),
    /// What the reader says of a document.
    Said(TabId),
    /// The corrections of a document.
    Corrected(TabId),
    /// The corrections for all documents.
    CorrectedEverywhere,
    /// What the reader decided about a pair.
    Rulings(ComparisonId),
    /// Notes of any documents, open or not.
    Everywhere,
}

/// The steps that were made, each in a history of its own, in the order in which they were.
#[derive(Debug, Default)]
pub(in crate::session) struct Changes {
    done: Vec<Touched>,
    undone: Vec<Touched>,
}

impl Changes {
    /// More than all histories keep.
    const MOST: usize = 4_000;

    /// A step was made: what was undone of its history can no longer be redone.
    pub(in crate::session) fn made(&mut self, what: Touched) {
        self.undone.retain(|each| *each != what);
        self.done.push(what);
        if self.done.len() > Self::MOST {
            self.done.remove(0);
        }
    }

    /// The last step of those that `counts`, taken as undone.
    pub(in crate::session) fn undo(&mut self, counts: impl Fn(Touched) -> bool) -> Option<Touched> {
        step(&mut self.done, &mut self.undone, counts)
    }

    /// The step of those that `counts` that was undone last, taken as done again.
    pub(in crate::session) fn redo(&mut self, counts: impl Fn(Touched) -> bool) -> Option<Touched> {
        step(&mut self.undone, &mut self.done, counts)
    }

    /// A history is gone.
    pub(in crate::session) fn forget(&mut self, what: Touched) {
        self.done.retain(|each| *each != what);
        self.undone.retain(|each| *each != what);
    }
}

fn step(from: &mut Vec<Touched>, to: &mut Vec<Touched>, counts: impl Fn(Touched) -> bool) -> Option<Touched> {
    let last = from.iter().rposition(|each| counts(*each))?;
    let what = from.remove(last);
    to.push(what);
    Some(what)
}
