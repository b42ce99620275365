//! Where in a page the walk over its elements is.

use super::looks::BlockLooks;
use super::nodes::is_inline;
use super::tables::Within;
use crate::document::{AsideReason, BlockKind};
use crate::import::looks::Look;

/// What is known of the place where the walk is.
#[derive(Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says in what the walk is, and any of them go together"
)]
pub(super) struct Place {
    pub(super) aside: Option<AsideReason>,
    pub(super) kind: BlockKind,
    pub(super) boxed: bool,
    pub(super) in_main: bool,
    pub(super) within: Within,
    pub(super) in_pre: bool,
    pub(super) in_ruby: bool,
    /// Whether this is a heading that says the page's title.
    pub(super) says_title: bool,
    /// Whether this is what a picture or table is called.
    pub(super) caption: bool,
    /// Whether this is struck out.
    pub(super) struck: bool,
    /// Whether this is in a footnote.
    pub(super) in_note: bool,
    pub(super) depth: u8,
    /// How text looks here, and whether it is set in the middle.
    pub(super) look: Look,
    pub(super) centred: bool,
}

impl Place {
    /// The place of a page or of a file of a book, set aside or not.
    pub(super) fn outermost(aside: Option<AsideReason>, in_main: bool) -> Self {
        Self {
            aside,
            kind: BlockKind::Paragraph,
            boxed: false,
            in_main,
            within: Within::Page,
            in_pre: false,
            in_ruby: false,
            says_title: false,
            caption: false,
            struck: false,
            in_note: false,
            depth: 0,
            look: BlockLooks::usual(),
            centred: false,
        }
    }
}

/// Whether an element in a block is no part of it: it begins to be hidden, or is none of the text.
pub(super) fn is_cut_out(own: &str, outer: Place, place: Place) -> bool {
    let in_row = outer.within.is_row() && place.aside == Some(AsideReason::Hidden);
    outer.aside.is_none() && place.aside.is_some() && (is_inline(own) || in_row)
}
