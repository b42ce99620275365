//! What the reader decided about a pair of texts, and whether it is known what was decided before.

use std::sync::Arc;

use crate::compare::{Comparison, Guidance, Part, Ruling};
use crate::document::TextId;
use crate::session::steps::Steps;

/// The two texts that are compared, the left one first.
pub(super) type Texts = [TextId; 2];

/// The texts of two parts.
pub(super) fn texts_of((left, right): &(Part, Part)) -> Texts {
    [left, right].map(|part| part.document().id())
}

/// What is decided about a pair. Nothing is decided, taken back or kept before it is known what was decided earlier;
/// and what is known holds for two texts: its places are places of these and of no others.
#[derive(Debug, Default)]
pub(super) enum Decided {
    /// Nobody has asked yet what was decided earlier.
    #[default]
    Unread,
    /// It is being read, and put in its places in these texts.
    Reading(Texts),
    /// It is known.
    Known(Box<Decisions>),
}

/// What is decided about two texts.
#[derive(Debug)]
pub(super) struct Decisions {
    texts: Texts,
    guidance: Arc<Guidance>,
    steps: Steps<Arc<Guidance>>,
    /// What was kept of what was found, until it is shown.
    pub(super) found: Option<Arc<Comparison>>,
}

impl Decided {
    /// What was decided about texts, whichever they are; `None` as long as it is not known.
    pub(super) fn known(&self) -> Option<&Decisions> {
        match self {
            Self::Known(decisions) => Some(decisions),
            Self::Unread | Self::Reading(_) => None,
        }
    }

    pub(super) fn known_mut(&mut self) -> Option<&mut Decisions> {
        match self {
            Self::Known(decisions) => Some(decisions),
            Self::Unread | Self::Reading(_) => None,
        }
    }

    /// What was decided about these texts; `None` as long as it is not known.
    pub(super) fn about(&self, texts: Texts) -> Option<&Decisions> {
        self.known().filter(|decisions| decisions.texts == texts)
    }

    pub(super) fn about_mut(&mut self, texts: Texts) -> Option<&mut Decisions> {
        self.known_mut().filter(|decisions| decisions.texts == texts)
    }

    /// The left side is the right one from now on. What is being read must be asked for once more.
    pub(super) fn swap(&mut self) {
        match self {
            Self::Known(decisions) => decisions.swap(),
            Self::Unread | Self::Reading(_) => *self = Self::Unread,
        }
    }
}

impl Decisions {
    /// What was decided earlier, in its places in these texts, and what was found then.
    pub(super) fn read(texts: Texts, guidance: Guidance, found: Option<Arc<Comparison>>) -> Self {
        Self { texts, guidance: Arc::new(guidance), steps: Steps::default(), found }
    }

    /// What was decided, as it guides a comparison.
    pub(super) fn guidance(&self) -> &Arc<Guidance> {
        &self.guidance
    }

    /// The one way in which decisions change: as a step that can be undone.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Vec<Ruling>)) {
        let mut guidance = Guidance::clone(&self.guidance);
        change(&mut guidance.rulings);
        let after = Arc::new(guidance);
        let before = std::mem::replace(&mut self.guidance, Arc::clone(&after));
        self.steps.made(before, after);
    }

    /// Takes the last step back, or does it again. Answers whether there was one.
    pub(super) fn step(&mut self, back: bool) -> bool {
        let Some((_, guidance)) = self.steps.step(back) else { return false };
        self.guidance = guidance;
        true
    }

    /// Whether there is a step to undo, and one to do again.
    pub(super) fn undoable(&self) -> (bool, bool) {
        self.steps.undoable()
    }

    fn swap(&mut self) {
        self.texts.reverse();
        // It was found the other way round.
        self.found = None;
        for guidance in self.steps.values_mut().chain([&mut self.guidance]) {
            *guidance = swapped(guidance);
        }
    }
}

fn swapped(guidance: &Guidance) -> Arc<Guidance> {
    let swap = |ruling: &Ruling| Ruling { left: ruling.right.clone(), right: ruling.left.clone(), ..*ruling };
    Arc::new(Guidance { rulings: guidance.rulings.iter().map(swap).collect(), ..guidance.clone() })
}
