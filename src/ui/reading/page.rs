//! What is laid out of a document, and which part of it is in sight.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Context, FontFamily, FontId, Galley};
use lru::LruCache;

use super::Readable;
use super::lines::{LaidOut, Line, Part};
use super::pieces::Pieces;
use super::shape::{Dress, Measure, Shape};
use super::sight::height_in;
use crate::document::{Block, BlockKind, Document};
use crate::session::InSight;
use crate::text::{Glyphs, Span};
use crate::ui::fonts::{fonts_revision, listing_family, reading_family};
use crate::ui::heights::Heights;

/// How many pieces are kept laid out: some screens full.
const KEPT: NonZeroUsize = NonZeroUsize::new(512).expect("not zero");

/// How many heights are estimated in one frame: a millisecond's work.
const ESTIMATED_AT_ONCE: usize = 100_000;

/// Free room below the end of a document, as a share of the window's height.
const ROOM_BELOW: f32 = 0.3;

/// Where one probably reads, as a share of the window's height: a little below where a place comes to
/// that is brought into sight from afar.
const READ: f32 = 0.4;

/// The layout of a document: exact for what was in sight, estimated for the rest.
pub(super) struct Page {
    document: Option<Arc<Document>>,
    key: Option<Key>,
    pub(super) pieces: Pieces,
    pub(super) heights: Heights,
    /// Estimates that are being made anew, from the first piece on.
    estimates: Option<Heights>,
    measure: Measure,
    laid: LruCache<usize, Arc<LaidOut>>,
    advances: Advances,
    /// The upper edge of the window: a piece, and how far below its upper edge.
    top: Top,
    /// What the reader sees first. Layouts change; this changes only when the reader moves.
    anchor: Anchor,
}

/// What a layout depends on besides the document's text.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Key {
    measure: Measure,
    glyphs: Glyphs,
    shown: u64,
    fonts: u64,
}

#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Top {
    piece: usize,
    down: f32,
}

/// A place in the text that stays where it is in the window when everything around it changes.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Anchor {
    /// A position of the document's text: the first character of the first line in sight.
    pub(super) position: u32,
    /// How far the line's upper edge lies above the window's, in points; negative where below.
    pub(super) above: f32,
}

/// A piece in sight.
#[derive(Clone)]
pub(super) struct Placed {
    pub(super) piece: usize,
    /// From the window's upper edge.
    pub(super) top: f32,
    /// `None` while its text is not there yet.
    pub(super) laid: Option<Arc<LaidOut>>,
    pub(super) height: f32,
}

impl Page {
    pub(super) fn new() -> Self {
        Self {
            document: None,
            key: None,
            pieces: Pieces::default(),
            heights: Heights::default(),
            estimates: None,
            measure: Measure { column: 1.0, size: 1.0, spacing: 1.0, indent: false },
            laid: LruCache::new(KEPT),
            advances: Advances::default(),
            top: Top::default(),
            anchor: Anchor::default(),
        }
    }

    pub(super) fn anchor(&self) -> Anchor {
        self.anchor
    }

    pub(super) fn measure(&self) -> &Measure {
        &self.measure
    }

    /// Takes up what changed since the last frame. What the reader sees first stays where it is.
    pub(super) fn follow(&mut self, reader: &dyn Readable, context: &Context, measure: Measure) {
        let key = Key {
            measure,
            glyphs: reader.glyphs(),
            shown: reader.layout_revision(),
            fonts: fonts_revision(context),
        };
        let same = |document: &Arc<Document>| Arc::ptr_eq(document, reader.document());
        if !self.document.as_ref().is_some_and(same) {
            self.take_document(reader, key);
        } else if self.key != Some(key) {
            self.take_key(key);
        } else {
            self.estimate_some(reader, context);
            return;
        }
        self.laid.clear();
        self.return_to_anchor(reader, context);
        self.estimate_some(reader, context);
    }

    fn take_document(&mut self, reader: &dyn Readable, key: Key) {
        self.pieces = Pieces::of(reader.document());
        if self.document.is_none() {
            self.anchor = Anchor { position: reader.position(), above: 0.0 };
        }
        self.document = Some(Arc::clone(reader.document()));
        self.take_key(key);
        let mut heights = Heights::with_capacity(self.pieces.len());
        self.estimate(reader, &mut heights, self.pieces.len());
        self.heights = heights;
        self.estimates = None;
    }

    fn take_key(&mut self, key: Key) {
        let before = self.key.replace(key);
        self.measure = key.measure;
        if before.map(|before| (before.glyphs, before.fonts)) != Some((key.glyphs, key.fonts)) {
            self.advances = Advances::default();
        }
        if before.map(|before| (before.measure, before.shown)) != Some((key.measure, key.shown)) {
            self.estimates = Some(Heights::with_capacity(self.pieces.len()));
        }
    }

    /// Goes on estimating the heights anew, a part in each frame: a million blocks take longer than a
    /// frame may, and nothing in sight depends on them.
    fn estimate_some(&mut self, reader: &dyn Readable, context: &Context) {
        let Some(mut estimates) = self.estimates.take() else { return };
        self.estimate(reader, &mut estimates, ESTIMATED_AT_ONCE);
        if estimates.len() < self.pieces.len() {
            self.estimates = Some(estimates);
            context.request_repaint();
            return;
        }
        self.heights = estimates;
        for (index, laid) in &self.laid {
            self.heights.set(*index, laid.height);
        }
    }

    /// Adds up to `most` further estimates.
    fn estimate(&self, reader: &dyn Readable, estimates: &mut Heights, most: usize) {
        let mut shapes: Vec<((BlockKind, bool), Shape)> = Vec::new();
        let document = reader.document();
        for piece in self.pieces.iter().skip(estimates.len()).take(most) {
            let Some(&Block { kind, boxed, .. }) = document.block(piece.block) else { return };
            if kind.aside().is_some() && !reader.is_visible(piece.block) {
                estimates.push(0.0);
                continue;
            }
            // Documents have a handful of kinds of blocks: the first ones seen are found at once.
            let known = shapes.iter().find(|(key, _)| *key == (kind, boxed)).map(|(_, shape)| *shape);
            let shape = known.unwrap_or_else(|| {
                let shape = Shape::of(kind, boxed, &self.measure);
                shapes.push(((kind, boxed), shape));
                shape
            });
            estimates.push(shape.estimate(&self.measure, piece.source.len()));
        }
    }

    // --- laying out ---------------------------------------------------------------------------------

    /// A piece in lines; `None` where it is hidden or its text is not there yet.
    pub(super) fn lay(
        &mut self,
        reader: &dyn Readable,
        context: &Context,
        index: usize,
    ) -> Option<Arc<LaidOut>> {
        if let Some(laid) = self.laid.get(&index) {
            return Some(Arc::clone(laid));
        }
        let piece = self.pieces.get(index).filter(|piece| reader.is_visible(piece.block))?;
        let view = reader.view(piece.block)?;
        let (first, last) = self.pieces.ends(index);
        let start = if first { 0 } else { view.caret_shown(piece.source.start()) };
        let end = if last { Span::whole(&view.text).end() } else { view.caret_shown(piece.source.end()) };
        let part = Part { shown: Span::new(start, end.max(start)), first, last };
        let dress = Shape::of(view.kind, view.boxed, &self.measure).dress;
        let family = family(dress, reader.glyphs());
        let (measure, advances) = (self.measure, &mut self.advances);
        let laid = context.fonts_mut(|fonts| {
            let mut of_family = advances.of(&family, fonts);
            LaidOut::new(view, part, &measure, |character| of_family.advance(character))
        });
        let laid = Arc::new(laid);
        self.heights.set(index, laid.height);
        self.laid.put(index, Arc::clone(&laid));
        Some(laid)
    }

    /// The height of a piece: exact where it can be laid out, 0 where it is hidden.
    fn height(&mut self, reader: &dyn Readable, context: &Context, index: usize) -> f32 {
        let Some(piece) = self.pieces.get(index) else { return 0.0 };
        if !reader.is_visible(piece.block) {
            self.heights.set(index, 0.0);
            return 0.0;
        }
        self.lay(reader, context, index).map_or(self.heights.get(index), |laid| laid.height)
    }

    // --- scrolling ----------------------------------------------------------------------------------

    /// How far the window's upper edge lies below the document's.
    pub(super) fn offset(&self) -> f64 {
        self.heights.above(self.top.piece) + f64::from(self.top.down)
    }

    /// How far down the upper edge can go in a window of this height.
    pub(super) fn furthest(&self, window: f32) -> f64 {
        let total = self.heights.total();
        if total <= f64::from(window) { 0.0 } else { total - f64::from(window * (1.0 - ROOM_BELOW)) }
    }

    /// Moves down by so many points (up, where negative).
    pub(super) fn scroll(&mut self, reader: &dyn Readable, context: &Context, down: f32) {
        self.top.down += down;
        self.settle(reader, context);
        self.anchor_here(reader);
    }

    /// Goes to an offset, exact only as far as the heights above are known.
    pub(super) fn go_to_offset(&mut self, reader: &dyn Readable, context: &Context, offset: f64) {
        let Some((piece, within)) = self.heights.find(offset) else { return };
        let estimated = f64::from(self.heights.get(piece)).max(1.0);
        let exact = f64::from(self.height(reader, context, piece));
        #[expect(clippy::cast_possible_truncation, reason = "within one piece")]
        let down = (within / estimated * exact) as f32;
        self.top = Top { piece, down };
        self.settle(reader, context);
        self.anchor_here(reader);
    }

    /// Goes as far down as it goes in a window of this height. What is in sight there is laid out before: only then it
    /// is known how far that is.
    pub(super) fn go_to_end(&mut self, reader: &dyn Readable, context: &Context, window: f32) {
        let mut room = window;
        for piece in (0..self.pieces.len()).rev() {
            if room <= 0.0 {
                break;
            }
            room -= self.height(reader, context, piece);
        }
        self.go_to_offset(reader, context, self.furthest(window));
    }

    /// Brings a position into sight, moving no more than needed; from afar, a third down the window.
    pub(super) fn reveal(&mut self, reader: &dyn Readable, context: &Context, position: u32, window: f32) {
        let piece = self.pieces.at(position);
        let (top, height) = self.line_box(reader, context, piece, position);
        #[expect(clippy::cast_possible_truncation, reason = "compared with the window's height")]
        let here = (self.heights.above(piece) + f64::from(top) - self.offset()) as f32;
        let margin = height.min(window / 4.0);
        if here >= margin && here + height <= window - margin {
            return;
        }
        self.top = Top { piece, down: top };
        let away = if here < margin && here > -window / 2.0 {
            margin
        } else if here > 0.0 && here < window * 1.5 {
            window - height - margin
        } else {
            window / 3.0
        };
        self.scroll(reader, context, -away);
    }

    /// Brings a position into the upper half of the window, unless it stands there.
    pub(super) fn bring(&mut self, reader: &dyn Readable, context: &Context, position: u32, window: f32) {
        let piece = self.pieces.at(position);
        let (top, height) = self.line_box(reader, context, piece, position);
        let here = self.heights.above(piece) + f64::from(top) - self.offset();
        if here < f64::from(height * 0.5) || here > f64::from(window / 2.0) {
            self.stand(reader, context, position, window / 4.0);
        }
    }

    /// Makes the line of a position the first in sight; what begins the document keeps its free room above.
    pub(super) fn return_to(&mut self, reader: &dyn Readable, context: &Context, position: u32) {
        let piece = self.pieces.at(position);
        let (top, _) = self.line_box(reader, context, piece, position);
        let begins = self.heights.above(piece) <= 0.0
            && self.laid.get(&piece).is_some_and(|laid| laid.first_line_below(top) == Some(0));
        self.top = Top { piece, down: if begins { 0.0 } else { top } };
        self.settle(reader, context);
        self.anchor_here(reader);
    }

    /// Puts a position so far below the window's upper edge.
    pub(super) fn stand(&mut self, reader: &dyn Readable, context: &Context, position: u32, down: f32) {
        let piece = self.pieces.at(position);
        let within = self.lay(reader, context, piece).and_then(|laid| height_in(&laid, position));
        self.top = Top { piece, down: within.unwrap_or(0.0) };
        self.scroll(reader, context, -down);
    }

    /// Goes a share of the way to where a position stands so far below the window's upper edge, or as near as the
    /// ends of the document allow; from afar, at once up to a window's height from there. Answers whether it is
    /// there.
    pub(super) fn near(
        &mut self,
        reader: &dyn Readable,
        context: &Context,
        (position, down): (u32, f32),
        share: f32,
        window: f32,
    ) -> bool {
        let piece = self.pieces.at(position);
        let within = self.lay(reader, context, piece).and_then(|laid| height_in(&laid, position));
        let wanted = self.heights.above(piece) + f64::from(within.unwrap_or(0.0)) - f64::from(down);
        let far = wanted.clamp(0.0, self.furthest(window)) - self.offset();
        if far.abs() > f64::from(window * 1.5) {
            let left = if far > 0.0 { window } else { -window };
            self.stand(reader, context, position, down + left);
            return false;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a window's height at most")]
        let far = far as f32;
        let there = far.abs() * (1.0 - share) < 0.5;
        if far.abs() > 0.01 {
            self.scroll(reader, context, if there { far } else { far * share });
        }
        there
    }

    /// What is in sight of the lines that are placed in a window of this height.
    pub(super) fn positions_in_sight(&self, placed: &[Placed], window: f32) -> InSight {
        let mut in_sight: Option<InSight> = None;
        for (placed, laid) in placed.iter().filter_map(|one| Some((one, one.laid.as_deref()?))) {
            for line in &laid.lines {
                let (top, bottom) = (placed.top + line.top, placed.top + line.top + line.height);
                // Half a point is what rounding may cost.
                if top < -0.5 || bottom > window + 0.5 {
                    continue;
                }
                let begin = laid.view.caret_source(line.span.start());
                let seen = in_sight.get_or_insert(InSight::from(begin));
                seen.read = if top < window * READ { begin } else { seen.read };
                seen.last = laid.view.caret_source(line.span.end()).max(seen.last);
            }
        }
        in_sight.unwrap_or(InSight::from(self.anchor.position))
    }

    /// Where a position's line stands in its piece: upper edge and height.
    fn line_box(
        &mut self,
        reader: &dyn Readable,
        context: &Context,
        piece: usize,
        position: u32,
    ) -> (f32, f32) {
        let line = self.lay(reader, context, piece).and_then(|laid| {
            let line = laid.line_of(laid.view.caret_shown(position))?;
            laid.lines.get(line).map(|line| (line.top, line.height))
        });
        line.unwrap_or((0.0, self.measure.size * self.measure.spacing))
    }

    /// Takes the upper edge to the piece that it lies in.
    fn settle(&mut self, reader: &dyn Readable, context: &Context) {
        while self.top.down < 0.0 && self.top.piece > 0 {
            self.top.piece -= 1;
            self.top.down += self.height(reader, context, self.top.piece);
        }
        self.top.down = self.top.down.max(0.0);
        while self.top.piece + 1 < self.pieces.len() {
            let height = self.height(reader, context, self.top.piece);
            if self.top.down < height {
                return;
            }
            self.top.down -= height;
            self.top.piece += 1;
        }
    }

    /// Keeps what is first in sight as the place that stays.
    fn anchor_here(&mut self, reader: &dyn Readable) {
        let Top { piece, down } = self.top;
        let line = self.laid.get(&piece).and_then(|laid| {
            let line = laid.lines.get(laid.first_line_below(down)?)?;
            Some(Anchor { position: laid.view.caret_source(line.span.start()), above: down - line.top })
        });
        let next = (piece..self.pieces.len())
            .skip(usize::from(self.laid.contains(&piece)))
            .filter_map(|index| self.pieces.get(index))
            .find(|piece| reader.is_visible(piece.block));
        let start = next.or_else(|| self.pieces.get(piece)).map_or(0, |piece| piece.source.start());
        self.anchor = line.unwrap_or(Anchor { position: start, above: 0.0 });
    }

    fn return_to_anchor(&mut self, reader: &dyn Readable, context: &Context) {
        let Anchor { position, above } = self.anchor;
        let piece = self.pieces.at(position);
        let (top, height) = self.line_box(reader, context, piece, position);
        let at_start = position == 0 && above <= 0.0;
        let down = if at_start { 0.0 } else { top + above.min(height * 0.95) };
        self.top = Top { piece, down };
        self.settle(reader, context);
    }

    /// What is in sight in a window of this height, from top to bottom. Moves up where the document would
    /// end too far above the window's lower edge.
    pub(super) fn in_sight(&mut self, reader: &dyn Readable, context: &Context, window: f32) -> Vec<Placed> {
        let placed = self.place(reader, context, window);
        #[expect(clippy::cast_possible_truncation, reason = "moved by windows, not by documents")]
        let too_far = (self.offset() - self.furthest(window)) as f32;
        if too_far <= 0.5 {
            return placed;
        }
        self.top.down -= too_far;
        self.settle(reader, context);
        self.anchor_here(reader);
        self.place(reader, context, window)
    }

    /// The pieces from the upper edge on, down to the window's lower edge or the end of the document.
    fn place(&mut self, reader: &dyn Readable, context: &Context, window: f32) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut top = -self.top.down;
        for piece in self.top.piece..self.pieces.len() {
            if top >= window {
                break;
            }
            let height = self.height(reader, context, piece);
            if height > 0.0 {
                let laid = self.laid.get(&piece).map(Arc::clone);
                placed.push(Placed { piece, top, laid, height });
            }
            top += height;
        }
        placed
    }
}

/// The family of fonts that a block is drawn with.
pub(super) fn family(dress: Dress, glyphs: Glyphs) -> FontFamily {
    if dress == Dress::Listing { listing_family(glyphs) } else { reading_family(glyphs) }
}

/// A line as egui draws it, in a colour that is chosen when it is painted. egui keeps it while it is in
/// sight.
pub(super) fn galley(context: &Context, laid: &LaidOut, line: &Line, glyphs: Glyphs) -> Arc<Galley> {
    let font = FontId::new(laid.shape.size, family(laid.shape.dress, glyphs));
    let format =
        TextFormat { extra_letter_spacing: line.gap, ..TextFormat::simple(font, Color32::PLACEHOLDER) };
    let mut job = LayoutJob::single_section(laid.text_of(line).to_owned(), format);
    job.wrap = TextWrapping { max_width: f32::INFINITY, ..TextWrapping::default() };
    job.break_on_newline = false;
    job.keep_trailing_whitespace = true;
    context.fonts_mut(|fonts| fonts.layout_job(job))
}

/// How wide characters are, at a size of one point; asked of the fonts once for each.
#[derive(Default)]
struct Advances(HashMap<FontFamily, HashMap<char, f32>>);

impl Advances {
    fn of<'a, 'f>(
        &'a mut self,
        family: &FontFamily,
        fonts: &'a mut egui::epaint::FontsView<'f>,
    ) -> FamilyAdvances<'a, 'f> {
        let known = self.0.entry(family.clone()).or_default();
        FamilyAdvances { known, font: FontId::new(1.0, family.clone()), fonts }
    }
}

struct FamilyAdvances<'a, 'f> {
    known: &'a mut HashMap<char, f32>,
    font: FontId,
    fonts: &'a mut egui::epaint::FontsView<'f>,
}

impl FamilyAdvances<'_, '_> {
    /// All common ideographs of a font are equally wide, so that one stands for them all.
    fn advance(&mut self, character: char) -> f32 {
        let asked = if ('\u{4e00}'..='\u{9fa5}').contains(&character) { '一' } else { character };
        if let Some(&advance) = self.known.get(&asked) {
            return advance;
        }
        let advance = match self.fonts.glyph_width(&self.font, asked) {
            // What no font has is drawn as a box as wide as a Han character.
            0.0 if !asked.is_control() && !self.fonts.has_glyph(&self.font, asked) => 1.0,
            advance => advance,
        };
        self.known.insert(asked, advance);
        advance
    }
}
