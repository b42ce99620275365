//! Remarks of readers on pages: what they marked and wrote in another program.

use std::collections::{BTreeMap, HashMap};

use hayro_font::kurbo::Affine;
use hayro_syntax::object::{Dict, Name, String as PdfString};

use super::areas::{ByHeight, areas};
use super::glyph::Glyph;
use super::strings;
use crate::import::ties::Said;

/// How many glyphs are looked at for the remarks of a file, and how many remarks may lie over one.
const MOST_LOOKED_AT: usize = 50_000_000;
const MOST_OVER_ONE: usize = 8;

/// The remarks of a file.
#[derive(Debug)]
pub(super) struct Remarks {
    /// All of them, by their numbers.
    all: Vec<Remark>,
    /// Remarks that lie over the same glyph, by the numbers of such sets.
    sets: Vec<Vec<u32>>,
    /// The set that another one becomes with one more.
    larger: HashMap<(Option<u32>, u32), u32>,
    /// Those that stand on no text, by their page.
    adrift: BTreeMap<usize, Vec<u32>>,
    /// How many remarks there were after as many as are offered.
    pub(super) beyond: usize,
    /// How many are offered.
    most: usize,
    /// How many glyphs may still be looked at.
    left: usize,
}

/// One remark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Remark {
    /// What it says; nothing if it only marks words.
    pub(super) said: Said,
    /// Whether it stands beside a place, and marks no words.
    pub(super) beside: bool,
}

impl Remarks {
    /// None yet, and at most so many.
    pub(super) fn new(most: usize) -> Self {
        let (all, sets) = (Vec::new(), Vec::new());
        let (larger, adrift) = (HashMap::new(), BTreeMap::new());
        Self { all, sets, larger, adrift, beyond: 0, most, left: MOST_LOOKED_AT }
    }

    /// Marks the glyphs of the page `page` that its remarks lie over.
    pub(super) fn mark(
        &mut self,
        page: usize,
        (notes, upright): (&[Dict<'_>], Affine),
        heights: &ByHeight,
        glyphs: &mut [Glyph],
    ) {
        for (note, marks) in notes.iter().filter_map(|note| Some((note, marks_words(note)?))) {
            let said = said(note);
            if !marks && said.text.trim().is_empty() {
                continue;
            }
            if self.all.len() >= self.most {
                self.beyond += 1;
                continue;
            }
            let areas = areas(note, upright);
            let mut over: Vec<usize> = Vec::new();
            for area in areas.iter().filter(|_| marks) {
                over.extend(heights.within(*area, glyphs, &mut self.left));
            }
            let beside = over.is_empty();
            if beside {
                over.extend(areas.first().and_then(|area| heights.nearest(area.middle(), glyphs)));
            }
            let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
            self.all.push(Remark { said, beside });
            if !self.lay(number, &over, glyphs) {
                self.adrift.entry(page).or_default().push(number);
            }
        }
    }

    /// Lays a remark over glyphs, and says whether it lies over any now.
    fn lay(&mut self, number: u32, over: &[usize], glyphs: &mut [Glyph]) -> bool {
        let mut lies = false;
        for index in over {
            if let Some(glyph) = glyphs.get_mut(*index) {
                let set = self.with(glyph.look.remarks, number);
                lies |= set != glyph.look.remarks;
                glyph.look.remarks = set;
            }
        }
        lies
    }

    /// The set of remarks `set` with one more.
    fn with(&mut self, set: Option<u32>, remark: u32) -> Option<u32> {
        if let Some(known) = self.larger.get(&(set, remark)) {
            return Some(*known);
        }
        let mut all = set.map(|set| self.of_set(set).to_vec()).unwrap_or_default();
        if all.len() >= MOST_OVER_ONE || all.contains(&remark) {
            return set;
        }
        all.push(remark);
        let number = u32::try_from(self.sets.len()).ok()?;
        self.sets.push(all);
        self.larger.insert((set, remark), number);
        Some(number)
    }

    /// The numbers of the remarks of a set.
    pub(super) fn of_set(&self, set: u32) -> &[u32] {
        usize::try_from(set).ok().and_then(|set| self.sets.get(set)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The remark of that number.
    pub(super) fn get(&self, number: u32) -> Option<&Remark> {
        self.all.get(usize::try_from(number).ok()?)
    }

    /// The remarks of a page that stand on no text of it, by their numbers.
    pub(super) fn adrift(&self, page: usize) -> &[u32] {
        self.adrift.get(&page).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Whether a note of a page marks words or stands beside them; `None` where it is no remark of a reader.
fn marks_words(note: &Dict<'_>) -> Option<bool> {
    match note.get::<Name<'_>>("Subtype")?.as_str() {
        "Highlight" | "Underline" | "Squiggly" | "StrikeOut" => Some(true),
        // A state that a reader gives to a remark of another says nothing of the text.
        "Text" if note.get::<PdfString<'_>>("StateModel").is_some() => None,
        "Text" | "FreeText" | "Caret" => Some(false),
        _ => None,
    }
}

fn said(note: &Dict<'_>) -> Said {
    let text = |key: &str| {
        let text = note.get::<PdfString<'_>>(key).map(|text| strings::text(text.as_bytes()));
        text.map(|text| text.replace("\r\n", "\n").replace('\r', "\n")).filter(|text| !text.trim().is_empty())
    };
    let date = text("M").or_else(|| text("CreationDate"));
    let date = date.map(|date| strings::date(&date).unwrap_or(date));
    Said { text: text("Contents").unwrap_or_default(), author: text("T"), date }
}
