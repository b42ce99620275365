//! Two open documents (or sections of them) read against each other.
//!
//! Both sides are read in the very readers of their tabs, so that notes, undo and scripts are the same as
//! everywhere. What stands here is what belongs to the pair: what was found, what the reader decided about
//! it, what is chosen, and how it is shown.

mod answering;
mod beginning;
mod boarding;
mod changes;
mod choosing;
mod closed;
mod commands;
mod decided;
mod decorations;
mod differences;
mod export;
mod findings;
mod front;
mod kept;
mod list;
mod note_commands;
mod overview;
mod restoring;
mod ribbons;
mod rows;
mod rulings;
mod section;
mod side;
mod view;

use std::cell::RefCell;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use answering::Alignment;
pub use boarding::{BoardJob, Boarding};
pub(super) use changes::{Changes, Touched};
pub(super) use closed::ClosedComparisons;
pub use differences::{Difference, DifferenceKind};
pub use export::{ComparisonExportJob, ComparisonRequest, SpanningNote};
pub use findings::Findings;
pub use kept::*;
pub use list::{Counts, LinkFilter, LinkSort, Listed};
pub use overview::{Overview, Stripe};
pub use restoring::{RestoredComparison, RestoredSide};
pub use ribbons::Ribbon;
pub use rows::{LinkRow, ListRow, ReasonPart, RulingRow};
pub use section::{Section, SectionEnds};
pub use side::ComparedSide;
pub use view::{BlockAnswer, Compared, SideView};

use self::decided::{Decided, Decisions};
use super::{Place, SaveState, TabId, Ticket};
use crate::compare::{Comparison, Coverage, Guidance, LinkIndex, Part, Ruling, Side};
use crate::document::BlockIndex;

/// Names a comparison for as long as it is open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct ComparisonId(pub u64);

/// What is in front: a document, or two beside each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Front {
    /// A document.
    Document(TabId),
    /// A comparison.
    Comparison(ComparisonId),
}

/// A pane in which text is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PaneId {
    /// The one of a document.
    Document(TabId),
    /// One side of a comparison.
    Side(ComparisonId, Side),
}

/// A section that can be chosen for comparing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SectionRow {
    /// Its blocks.
    pub section: Section,
    /// Its heading as shown, or the beginning of a box without one.
    pub title: String,
    /// From 1, the highest.
    pub level: u8,
    /// Whether it is a box (專欄).
    pub boxed: bool,
}

/// What is to be compared: one side of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// The open document.
    pub tab: TabId,
    /// The section of it; `None` for all of it.
    pub section: Option<Section>,
}

/// What is to be compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CompareRequest {
    /// One side.
    pub left: Wanted,
    /// The other side.
    pub right: Wanted,
}

impl CompareRequest {
    /// One side.
    pub fn side(&self, side: Side) -> Wanted {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

/// What is compared, with all that it takes: to be run away from the window.
#[derive(Clone, Debug)]
pub struct CompareJob {
    /// One side.
    pub left: Part,
    /// The other side.
    pub right: Part,
    /// What the reader decided.
    pub guidance: Arc<Guidance>,
    /// What was found before and still holds: then only what is shown of it is worked out.
    pub known: Option<Arc<Comparison>>,
}

/// Why nothing was compared.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotCompared {
    /// The reader ended it.
    #[error("the comparison was cancelled")]
    Cancelled,
    /// A fault of the program, in its words.
    #[error("{0}")]
    Failed(String),
}

/// How far a comparison is.
#[derive(Clone, PartialEq, Debug)]
pub enum CompareStage {
    /// A document is not open, or has not arrived as a whole.
    Waiting,
    /// It is being made: the part that is done, from 0 to 1. What was found before can still be read.
    Running(f32),
    /// It is there.
    Ready,
    /// The reader ended it. What was found before can still be read.
    Cancelled,
    /// The section of one side is not surely found in its text as it is now.
    SectionLost(Side),
    /// It could not be made, and why.
    Failed(String),
}

/// How a comparison is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct CompareOptions {
    /// Whether one side scrolls with the other.
    pub locked: bool,
    /// Whether differences of script, width, punctuation and white space alone are marked.
    pub slight: bool,
    /// Whether what stands around a section is shown.
    pub surroundings: bool,
    /// The order of the list of links.
    pub sort: LinkSort,
}

impl Default for CompareOptions {
    fn default() -> Self {
        Self { locked: true, slight: true, surroundings: false, sort: LinkSort::default() }
    }
}

/// Two open documents (or sections) read against each other.
#[derive(Debug)]
pub struct Comparing {
    id: ComparisonId,
    stage: CompareStage,
    left: ComparedSide,
    right: ComparedSide,
    active: Side,
    /// The request that is being answered.
    ticket: Ticket,
    /// Whether it has no tab of its own: it was made for the board.
    hidden: bool,
    decided: Decided,
    findings: Arc<Findings>,
    chosen: Option<LinkIndex>,
    difference: Option<usize>,
    only_here: Option<(Side, BlockIndex)>,
    /// A place of the left document and one of the right: the link between them is chosen when the result of
    /// the last decision is there.
    wished: Option<(u32, u32)>,
    options: CompareOptions,
    /// Whether the options were restored, read or chosen: then those that are kept do not count.
    options_known: bool,
    filter: LinkFilter,
    /// The same of the filter.
    filter_known: bool,
    listed: Vec<Listed>,
    /// Those of the link for which they were last asked.
    differences: RefCell<Option<(LinkIndex, Arc<[Difference]>)>>,
    save_state: SaveState,
    /// Changes whenever blocks of a side may look different for reasons of the comparison's own.
    layout: u64,
}

impl Comparing {
    pub(in crate::session) fn new(id: ComparisonId, left: ComparedSide, right: ComparedSide) -> Self {
        Self {
            id,
            stage: CompareStage::Waiting,
            left,
            right,
            active: Side::Left,
            ticket: Ticket::default(),
            hidden: false,
            decided: Decided::default(),
            findings: Arc::default(),
            chosen: None,
            difference: None,
            only_here: None,
            wished: None,
            options: CompareOptions::default(),
            options_known: false,
            filter: LinkFilter::default(),
            filter_known: false,
            listed: Vec::new(),
            differences: RefCell::default(),
            save_state: SaveState::Saved,
            layout: 0,
        }
    }

    /// Its name for as long as it is open.
    pub fn id(&self) -> ComparisonId {
        self.id
    }

    /// How far it is.
    pub fn stage(&self) -> &CompareStage {
        &self.stage
    }

    /// One of its sides.
    pub fn side(&self, side: Side) -> &ComparedSide {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    pub(in crate::session) fn side_mut(&mut self, side: Side) -> &mut ComparedSide {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        }
    }

    /// The document of a tab is read at another place from now on. Answers whether it is one of the sides.
    pub(in crate::session) fn follow(&mut self, tab: TabId, to: &Place) -> bool {
        for side in
            Side::BOTH.map(|side| (self.side(side).tab == Some(tab)).then_some(side)).into_iter().flatten()
        {
            self.side_mut(side).place.clone_from(to);
        }
        self.uses(tab)
    }

    /// Whether the document of a tab is one of its sides.
    pub(super) fn uses(&self, tab: TabId) -> bool {
        Side::BOTH.iter().any(|&side| self.side(side).tab == Some(tab))
    }

    /// The side that commands act on.
    pub fn active_side(&self) -> Side {
        self.active
    }

    /// Whether both sides are read in one document.
    pub fn within_one(&self) -> bool {
        self.left.place == self.right.place
    }

    /// What was found; what was found before, while it is made anew; `None` before the first time.
    pub fn result(&self) -> Option<&Arc<Comparison>> {
        self.findings.comparison.as_ref()
    }

    /// What the reader decided; nothing as long as it is not known.
    pub fn rulings(&self) -> &[Ruling] {
        self.decided.known().map_or(&[], |decisions| &decisions.guidance().rulings)
    }

    /// How it is shown.
    pub fn options(&self) -> &CompareOptions {
        &self.options
    }

    /// Whether one side scrolls with the other.
    pub fn locked(&self) -> bool {
        self.options.locked
    }

    /// Whether slight differences are marked.
    pub fn slight(&self) -> bool {
        self.options.slight
    }

    /// Whether what stands around a section is shown.
    pub fn surroundings(&self) -> bool {
        self.options.surroundings
    }

    /// The link that was chosen.
    pub fn chosen(&self) -> Option<LinkIndex> {
        self.chosen
    }

    /// The difference inside the chosen link that one stepped to.
    pub fn difference(&self) -> Option<usize> {
        self.difference
    }

    /// The block without an answer that one stepped to.
    pub fn only_here(&self) -> Option<(Side, BlockIndex)> {
        self.only_here
    }

    /// The order of the list.
    pub fn sort(&self) -> LinkSort {
        self.options.sort
    }

    /// What is listed.
    pub fn filter(&self) -> &LinkFilter {
        &self.filter
    }

    /// What the filter lets through, in the order that was chosen.
    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    /// How many links there are of each kind.
    pub fn counts(&self) -> Counts {
        self.findings.counts
    }

    /// How much of a side is answered.
    pub fn coverage(&self, side: Side) -> Coverage {
        self.findings.coverage(side)
    }

    /// A side at a glance; without stripes before the first result.
    pub fn overview(&self, side: Side) -> &Overview {
        self.findings.overview(side)
    }

    /// Whether what the reader decided is saved.
    pub fn save_state(&self) -> &SaveState {
        &self.save_state
    }

    /// Whether there is a ruling to undo, and one to do again.
    pub(in crate::session) fn undoable(&self) -> (bool, bool) {
        self.decided.known().map(Decisions::undoable).unwrap_or_default()
    }
}

#[cfg(test)]
mod decided_tests;
#[cfg(test)]
mod section_tests;
#[cfg(test)]
mod tests;
