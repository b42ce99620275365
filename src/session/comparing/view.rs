//! A comparison with the two documents that it is about, to be shown.

use std::sync::Arc;

use super::{Comparing, Difference, SectionRow};
use crate::compare::{Side, Verdict};
use crate::document::{BlockIndex, Document, FootnoteLink};
use crate::notes::NoteId;
use crate::session::{BlockView, Decoration, Reader, Selection};
use crate::text::{Glyphs, Script};

/// A comparison with the two open documents that it is about.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    pub(super) comparing: &'a Comparing,
    pub(super) left: &'a Reader,
    pub(super) right: &'a Reader,
}

impl<'a> Compared<'a> {
    /// What belongs to the pair.
    pub fn comparing(&self) -> &'a Comparing {
        self.comparing
    }

    /// The document of one side.
    pub fn reader(&self, side: Side) -> &'a Reader {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// One side, to be read.
    pub fn pane(&self, side: Side) -> SideView<'a> {
        SideView { side, comparing: self.comparing, reader: self.reader(side) }
    }

    /// What differs inside the chosen link, in order of the left text.
    pub fn differences(&self) -> Arc<[Difference]> {
        let chosen = self.comparing.chosen();
        chosen.map_or_else(|| Vec::new().into(), |index| self.comparing.differences_of(index))
    }
}

/// One side of a comparison, to be read like a document.
#[derive(Clone, Copy, Debug)]
pub struct SideView<'a> {
    pub(super) side: Side,
    pub(super) comparing: &'a Comparing,
    pub(super) reader: &'a Reader,
}

/// How a block is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BlockAnswer {
    /// Whether it is compared at all.
    pub compared: bool,
    /// How it is answered; `None` where nothing answers it (獨有), or where it is not compared.
    pub verdict: Option<Verdict>,
    /// Whether it belongs to the chosen link.
    pub chosen: bool,
    /// Whether it is the block without an answer that one stepped to.
    pub current: bool,
}

impl<'a> SideView<'a> {
    /// Which side.
    pub fn side(&self) -> Side {
        self.side
    }

    /// Its document.
    pub fn reader(&self) -> &'a Reader {
        self.reader
    }

    /// The document.
    pub fn document(&self) -> &'a Arc<Document> {
        self.reader.document()
    }

    /// A block as it is shown on this side.
    pub fn view(&self, index: BlockIndex) -> Option<Arc<BlockView>> {
        self.comparing.side(self.side).own.view(self.reader, index)
    }

    /// The size of its text, in points; `None` for that of the settings.
    pub fn text_size(&self) -> Option<f32> {
        self.comparing.side(self.side).text_size
    }

    /// The script that is shown on this side.
    pub fn script(&self) -> Script {
        self.comparing.side(self.side).own.script(self.reader)
    }

    /// Text of this document in the script that is shown.
    pub fn show_text(&self, text: &str) -> String {
        self.reader.show_text_in(text, self.script())
    }

    /// The shapes to draw the characters with.
    pub fn glyphs(&self) -> Glyphs {
        Glyphs::for_text(self.document().written(), self.script())
    }

    /// Whether a block is shown: with a section that is compared, only that, unless its surroundings are
    /// wanted.
    pub fn is_visible(&self, index: BlockIndex) -> bool {
        let wanted = self.comparing.surroundings()
            || self.comparing.side(self.side).holds(self.document().id(), index);
        wanted && self.reader.is_visible(index)
    }

    /// A number that changes whenever blocks may look different.
    pub fn layout_revision(&self) -> u64 {
        let own = self.comparing.side(self.side).own.layout;
        self.reader.layout_revision() + own + self.comparing.layout
    }

    /// Where to begin.
    pub fn position(&self) -> u32 {
        self.comparing.side(self.side).in_sight.first
    }

    /// The ends of the selection; both are the cursor where nothing is selected.
    pub fn selection_ends(&self) -> Selection {
        if self.comparing.within_one() && self.comparing.active_side() != self.side {
            return self.comparing.side(self.side).selection;
        }
        self.reader.selection_ends()
    }

    /// The note in focus.
    pub fn note_in_focus(&self) -> Option<NoteId> {
        self.reader.note_in_focus()
    }

    /// The mark of a footnote that the keyboard went to.
    pub fn footnote_shown(&self) -> Option<FootnoteLink> {
        self.reader.footnote_shown()
    }

    /// What the footnote that begins with a block says.
    pub fn footnote_words(&self, note: BlockIndex) -> String {
        self.reader.footnote_words(note)
    }

    /// What is drawn in a way of its own: the wording that both sides share and what differs in it, and over
    /// that the notes, hits and selection of the document.
    pub fn decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let mut all = self.shared_decorations(view);
        all.extend(self.difference_decorations(view));
        all.extend(self.reader.decorations_with(view, self.selection_ends()));
        all
    }

    /// How a block is answered.
    pub fn block(&self, index: BlockIndex) -> BlockAnswer {
        let Some(comparison) = self.comparing.result() else { return BlockAnswer::default() };
        let chosen = self.comparing.chosen();
        BlockAnswer {
            compared: comparison.is_compared(self.side, index),
            verdict: comparison.verdict(self.side, index),
            chosen: chosen.is_some_and(|chosen| comparison.links_at(self.side, index).contains(&chosen)),
            current: self.comparing.only_here() == Some((self.side, index)),
        }
    }
}

/// The sections of a document: its boxes, and its headings with everything under them.
pub(super) fn sections(reader: &Reader) -> Vec<SectionRow> {
    let document = reader.document();
    let blocks = (0..).map(BlockIndex::new).zip(document.blocks());
    let mut rows: Vec<SectionRow> = Vec::new();
    let mut level = 1;
    let mut boxed_before = false;
    for (index, block) in blocks {
        let heading = block.kind.heading_level();
        let begins_box = block.boxed && (!boxed_before || heading.is_some());
        boxed_before = block.boxed;
        level = heading.unwrap_or(level);
        if heading.is_none() && !begins_box {
            continue;
        }
        let range = crate::compare::Part::section(Arc::clone(document), index).range();
        let section = super::Section::of(document, &range);
        let title = reader.heading_text(index);
        rows.push(SectionRow { section, title, level, boxed: block.boxed });
    }
    rows
}
