//! How the blocks of a book look, by its style sheets, and in which block each mark for references stands.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use markup5ever_rcdom::Handle;

use super::css::{Letters, Sheet, USUAL};
use super::nodes::{attribute, is_inline, name};
use crate::import::looks::Look;
use crate::import::tally::Tally;
use crate::import::writer::Writer;

/// How many styles of blocks are told apart.
const MOST_FACES: usize = 5_000;

/// What is known of the looks of a book or a page.
#[derive(Debug, Default)]
pub(in crate::import) struct BlockLooks {
    /// The sheets of the file that is being read, in its order.
    own: Vec<Rc<Sheet>>,
    faces: HashMap<String, u16>,
    blocks: BTreeMap<usize, Tally<Look>>,
    /// The marks whose block has not begun, and those of the file that have one.
    ahead: Vec<String>,
    anchors: HashMap<String, usize>,
}

impl BlockLooks {
    /// How text looks of which nothing is said.
    pub(in crate::import) fn usual() -> Look {
        Look { size: USUAL, bold: false, face: 0 }
    }

    /// Begins a file with these sheets.
    pub(in crate::import) fn begin_file(&mut self, sheets: Vec<Rc<Sheet>>) {
        self.ahead.clear();
        self.anchors.clear();
        self.own = sheets;
    }

    /// How the text in an element looks, within text that looks like `outer`.
    pub(super) fn within(&mut self, node: &Handle, outer: Look) -> Look {
        let tag = name(node);
        let classes = attribute(node, "class").unwrap_or_default();
        let id = attribute(node, "id");
        self.ahead.extend(id.clone().or_else(|| attribute(node, "name")));
        let said = self.own.iter().map(|sheet| sheet.letters(tag, &classes, id.as_deref()));
        let said = said.fold(Letters::usual(tag), Letters::then);
        let style = attribute(node, "style").map(|style| Letters::of(&style)).unwrap_or_default();
        let (size, bold) = said.then(style).within(outer.size, outer.bold);
        let face = if is_inline(tag) { outer.face } else { self.face(format!("{tag} {classes}")) };
        Look { size, bold, face }
    }

    fn face(&mut self, style: String) -> u16 {
        let next = self.faces.len() + 1;
        match self.faces.get(&style) {
            Some(face) => *face,
            None if next > MOST_FACES => 0,
            None => {
                let face = u16::try_from(next).unwrap_or(0);
                self.faces.insert(style, face);
                face
            }
        }
    }

    /// Text of that look is written in the block of that index.
    pub(super) fn add(&mut self, block: usize, look: Look, text: &str) {
        self.blocks.entry(block).or_default().add(look, text.trim().len());
        self.anchors.extend(self.ahead.drain(..).map(|anchor| (anchor, block)));
    }

    /// How most of a block looks.
    pub(in crate::import) fn look(&self, block: usize) -> Option<Look> {
        self.blocks.get(&block)?.most()
    }

    /// The block of the file just read in which a mark for references stands.
    pub(in crate::import) fn block_of(&self, anchor: &str) -> Option<usize> {
        self.anchors.get(anchor).copied()
    }
}

/// Which blocks stand out: all that they say is set in the middle and bold.
#[derive(Debug, Default)]
pub(super) struct Outstanding {
    blocks: BTreeMap<usize, bool>,
}

impl Outstanding {
    /// Some text of a block is set so, or is not.
    pub(super) fn note(&mut self, block: usize, stands_out: bool) {
        *self.blocks.entry(block).or_insert(true) &= stands_out;
    }

    /// Tells which do.
    pub(super) fn tell(&self, writer: &mut Writer) {
        self.blocks
            .iter()
            .filter(|(_, stands_out)| **stands_out)
            .for_each(|(block, _)| writer.stands_out(*block));
    }
}
