//! How the blocks of a book look, by its style sheets, and in which block each mark for references stands.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use markup5ever_rcdom::Handle;

use super::archive::{folder_of, normalised, without_percents};
use super::css::{Letters, Sheet, USUAL};
use super::html_nodes::{attribute, elements, is_inline, name, text_of};
use super::looks::Look;
use super::tally::Tally;
use super::writer::Writer;

/// How many styles of blocks are told apart.
const MOST_FACES: usize = 5_000;

/// What is known of the looks of a book; nothing is taken down where it has no sheets, not even an empty one.
#[derive(Debug, Default)]
pub(super) struct BlockLooks {
    sheets: Option<BTreeMap<String, Rc<Sheet>>>,
    /// The sheets of the file that is being read, in its order.
    own: Vec<Rc<Sheet>>,
    faces: HashMap<String, u16>,
    blocks: BTreeMap<usize, Tally<Look>>,
    /// The marks whose block has not begun, and those of the file that have one.
    ahead: Vec<String>,
    anchors: HashMap<String, usize>,
}

impl BlockLooks {
    /// The looks of a book with these sheets, by their names.
    pub(super) fn of(sheets: BTreeMap<String, Rc<Sheet>>) -> Self {
        Self { sheets: Some(sheets), ..Self::default() }
    }

    /// The looks of a page alone.
    pub(super) fn of_page(document: &Handle) -> Self {
        let mut looks = Self::of(BTreeMap::new());
        looks.begin_file(document, "");
        looks
    }

    /// How text looks of which nothing is said.
    pub(super) fn usual() -> Look {
        Look { size: USUAL, bold: false, face: 0 }
    }

    /// Begins a file of the book.
    pub(super) fn begin_file(&mut self, document: &Handle, own_name: &str) {
        let Some(sheets) = &self.sheets else { return };
        self.ahead.clear();
        self.anchors.clear();
        let own = elements(document).into_iter().filter_map(|element| match name(&element) {
            "link" => {
                let target = without_percents(&attribute(&element, "href")?);
                sheets.get(&normalised(folder_of(own_name), &target)?).cloned()
            }
            "style" => Some(Rc::new(Sheet::of(&text_of(&element)))),
            _ => None,
        });
        self.own = own.collect();
    }

    /// How the text in an element looks, within text that looks like `outer`.
    pub(super) fn within(&mut self, node: &Handle, outer: Look) -> Look {
        if self.sheets.is_none() {
            return outer;
        }
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
        if self.sheets.is_some() {
            self.blocks.entry(block).or_default().add(look, text.trim().len());
            self.anchors.extend(self.ahead.drain(..).map(|anchor| (anchor, block)));
        }
    }

    /// How most of a block looks.
    pub(super) fn look(&self, block: usize) -> Option<Look> {
        self.blocks.get(&block)?.most()
    }

    /// The block of the file just read in which a mark for references stands.
    pub(super) fn block_of(&self, anchor: &str) -> Option<usize> {
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
