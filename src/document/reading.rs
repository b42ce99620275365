//! A block's text as it is to be read: with the repairs.

use std::borrow::Cow;

use super::{BlockIndex, Document};
use crate::text::{Pairing, Span};

/// A block's text as it is to be read, and how it lies beside the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading<'a> {
    /// The stretch of the document's text that it was made from.
    pub source: Span,
    /// The text to read: the source without what the repairs leave out.
    pub text: Cow<'a, str>,
    /// Left: the source, from the block's start. Right: `text`.
    pub pairing: Pairing,
}
