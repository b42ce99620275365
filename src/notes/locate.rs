//! Where notes are now.

use crate::text::Span;

/// Where an anchor is in a document now.
#[derive(Clone, PartialEq, Debug)]
pub enum Found {
    /// The same words in the same surroundings.
    Exact(Span),
    /// The same words elsewhere, or similar ones.
    Moved {
        /// Where.
        span: Span,
        /// How much alike the words are, from 0 to 1; 1 where only the place is another.
        likeness: f32,
    },
    /// Several places could be meant, or one only perhaps. The reader chooses.
    Unsure {
        /// The places with their likeness, the likeliest first.
        candidates: Vec<(Span, f32)>,
    },
    /// Nothing in the document is like it. The note is kept.
    Lost,
}

/// What kind of answer a [`Found`] is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum FoundState {
    /// [`Found::Exact`].
    #[default]
    Exact,
    /// [`Found::Moved`].
    Moved,
    /// [`Found::Unsure`].
    Unsure,
    /// [`Found::Lost`].
    Lost,
}

impl FoundState {
    /// Every state, the surest first.
    pub const ALL: [FoundState; 4] = [Self::Exact, Self::Moved, Self::Unsure, Self::Lost];
}
