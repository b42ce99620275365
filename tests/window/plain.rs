//! A document to try the reading pane on, with nothing behind it.

use std::cell::Cell;
use std::sync::Arc;

use duidu::document::{Block, BlockIndex, BlockKind, Document, Parts};
use duidu::notes::NoteId;
use duidu::session::{BlockView, Decoration, Mark, Selection};
use duidu::text::{Glyphs, Pairing, Span, saturate};
use duidu::ui::reading::Readable;

/// A document as written, with marks that a test chooses.
pub(crate) struct Plain {
    pub(crate) document: Arc<Document>,
    /// In positions of the document's text.
    pub(crate) marks: Vec<(Span, Mark)>,
    pub(crate) glyphs: Glyphs,
    pub(crate) asides: bool,
    pub(crate) revision: u64,
    pub(crate) selection: Selection,
    pub(crate) in_focus: Option<NoteId>,
    /// How often the pane asked for a block.
    pub(crate) asked: Cell<usize>,
}

impl Plain {
    /// A document of these blocks.
    pub(crate) fn new<'a>(blocks: impl IntoIterator<Item = (BlockKind, &'a str)>) -> Self {
        let mut text = String::new();
        let mut made = Vec::new();
        for (kind, block) in blocks {
            let start = saturate(text.len());
            text.push_str(block);
            made.push(Block { span: Span::new(start, saturate(text.len())), kind, boxed: false });
            text.push('\n');
        }
        let document = Document::new(Parts { text: text.into(), blocks: made, ..Parts::default() }).unwrap();
        Self {
            document: Arc::new(document),
            marks: Vec::new(),
            glyphs: Glyphs::Taiwan,
            asides: false,
            revision: 0,
            selection: Selection::default(),
            in_focus: None,
            asked: Cell::default(),
        }
    }

    /// Where `words` first stand.
    pub(crate) fn find(&self, words: &str) -> Span {
        let start = self.document.text().find(words).unwrap();
        Span::from_range(&(start..start + words.len()))
    }
}

impl Readable for Plain {
    fn document(&self) -> &Arc<Document> {
        &self.document
    }

    fn view(&self, index: BlockIndex) -> Option<Arc<BlockView>> {
        self.asked.set(self.asked.get() + 1);
        let block = self.document.block(index)?;
        let text = block.span.of(self.document.text())?.to_owned();
        let pairing = Pairing::identity(&text);
        let (kind, boxed, row, source) = (block.kind, block.boxed, self.document.row(index), block.span);
        Some(Arc::new(BlockView { index, kind, boxed, row, source, text, pairing }))
    }

    fn decorations(&self, view: &BlockView) -> Vec<Decoration> {
        let marks = self.marks.iter().filter(|(span, _)| view.source.contains(*span));
        let selection = Some((self.selection.span(), Mark::Selection)).filter(|(span, _)| !span.is_empty());
        marks
            .copied()
            .chain(selection)
            .filter_map(|(span, mark)| Some(Decoration { shown: view.shown_from_source(span)?, mark }))
            .collect()
    }

    fn is_visible(&self, index: BlockIndex) -> bool {
        let aside = self.document.block(index).and_then(|block| block.kind.aside());
        self.asides || aside.is_none()
    }

    fn layout_revision(&self) -> u64 {
        self.revision
    }

    fn glyphs(&self) -> Glyphs {
        self.glyphs
    }

    fn position(&self) -> u32 {
        0
    }

    fn selection_ends(&self) -> Selection {
        self.selection
    }

    fn note_in_focus(&self) -> Option<NoteId> {
        self.in_focus
    }
}
