//! Drawing what is in sight: frames and rules, what lies beneath the text, the text, the cursor.

use std::ops::Range;

use egui::{Color32, Pos2, Rect, Shape as Drawn, Stroke, StrokeKind, Ui, pos2, vec2};

use super::Frame;
use super::lines::{LaidOut, Line};
use super::outlines::outline;
use super::page::{Page, Placed, galley};
use super::shape::{Dress, Ink, ROW_ROOM};
use crate::document::AsideReason;
use crate::session::{Decoration, DifferenceKind, Mark};
use crate::text::Span;
use crate::ui::positions::x_of_byte;
use crate::ui::theme::SHARED_GROUND;

/// How high the ground of a mark is, in text sizes: a little more than the characters.
const GROUND: f32 = 1.36;

/// How much of its colour the line under a link has.
const LINK_INK: f32 = 0.7;

/// Draws what is in sight.
pub(super) fn paint(ui: &Ui, frame: &Frame<'_>, page: &Page, placed: &[Placed]) {
    let painter = ui.painter().with_clip_rect(frame.area.intersect(ui.clip_rect()));

    for (index, one) in placed.iter().enumerate() {
        let Some(laid) = &one.laid else { continue };
        let corner = pos2(frame.left, frame.area.top() + one.top);
        let drawing = Drawing { painter: &painter, frame, page, laid, corner };
        drawing.dress(boxed(placed.get(index.wrapping_sub(1))), boxed(placed.get(index + 1)));
        drawing.text();
    }
}

fn boxed(placed: Option<&Placed>) -> bool {
    placed.and_then(|placed| placed.laid.as_ref()).is_some_and(|laid| laid.view.boxed)
}

/// The lines of a piece that can be seen in a window of this height, when the piece begins at `top`.
pub(super) fn lines_in_sight(laid: &LaidOut, top: f32, window: f32) -> Range<usize> {
    let last = |line: &&Line| line.top + top < window;
    let first = laid.first_line_below(-top).unwrap_or(laid.lines.len());
    let count = laid.lines.iter().skip(first).take_while(last).count();
    first..first + count
}

struct Drawing<'a> {
    painter: &'a egui::Painter,
    frame: &'a Frame<'a>,
    page: &'a Page,
    laid: &'a LaidOut,
    /// The upper end of the column's left edge, at this piece.
    corner: Pos2,
}

impl Drawing<'_> {
    // --- around the text ----------------------------------------------------------------------------

    fn dress(&self, box_above: bool, box_below: bool) {
        if self.laid.view.boxed {
            self.frame_of_box(box_above, box_below);
        }
        match self.laid.shape.dress {
            Dress::Rule => self.rule(),
            Dress::Row => self.line_below(),
            Dress::Reason(reason) => self.reason(reason),
            Dress::Listing => self.ground_of_listing(),
            Dress::Item | Dress::Plain => {}
        }
        if let Some((x, y)) = self.laid.bullet {
            self.painter.circle_filled(
                self.corner + vec2(x, y),
                self.laid.shape.size * 0.13,
                self.ink(false),
            );
        }
    }

    /// Boxes that follow each other share a frame.
    fn frame_of_box(&self, above: bool, below: bool) {
        let column = self.page.measure().column;
        let free = self.laid.shape.below * 0.4;
        let bottom = if below { self.laid.height } else { self.laid.height - free };
        let rect = Rect::from_min_max(self.corner, self.corner + vec2(column, bottom));
        self.painter.rect_filled(rect, 0.0, self.frame.tokens.boxed);
        let stroke = Stroke::new(1.0, self.frame.tokens.line);
        self.painter.vline(rect.left(), rect.y_range(), stroke);
        self.painter.vline(rect.right(), rect.y_range(), stroke);
        if !above {
            self.painter.hline(rect.x_range(), rect.top(), stroke);
        }
        if !below {
            self.painter.hline(rect.x_range(), rect.bottom(), stroke);
        }
    }

    fn rule(&self) {
        let x = self.corner.x + self.laid.shape.left - self.laid.shape.size * 0.8;
        let bottom = self.corner.y + self.laid.height - self.laid.shape.below;
        self.painter.vline(x, self.corner.y..=bottom, Stroke::new(3.0, self.frame.tokens.line));
    }

    fn line_below(&self) {
        let (left, right) = (self.corner.x, self.corner.x + self.page.measure().column);
        let room_after_table = (self.laid.shape.below - self.page.measure().size * ROW_ROOM).max(0.0);
        let y = self.corner.y + self.laid.height - room_after_table;
        self.painter.hline(left..=right, y, Stroke::new(1.0, self.frame.tokens.line));
    }

    fn ground_of_listing(&self) {
        let size = vec2(self.page.measure().column, self.laid.height - self.laid.shape.below * 0.6);
        self.painter.rect_filled(Rect::from_min_size(self.corner, size), 3.0, self.frame.tokens.boxed);
    }

    fn reason(&self, reason: AsideReason) {
        let Some(first) = self.laid.lines.first() else { return };
        let font = egui::FontId::proportional(self.laid.shape.size * 0.85);
        let at = self.corner + vec2(first.x, first.top - self.laid.shape.line / 2.0);
        let text = format!("▸ {}", self.frame.words.why_set_aside(reason));
        self.painter.text(at, egui::Align2::LEFT_CENTER, text, font, self.frame.tokens.accent);
    }

    // --- the text -----------------------------------------------------------------------------------

    fn text(&self) {
        let decorations = self.frame.reader.decorations(&self.laid.view);
        let top = self.corner.y - self.frame.area.top();
        let mut in_focus = Outlined::new(&decorations);
        let loud = decorations.iter().any(|one| matches!(one.mark, Mark::Selection | Mark::CurrentHit));
        for index in lines_in_sight(self.laid, top, self.frame.area.height()) {
            let Some(line) = self.laid.lines.get(index) else { continue };
            let galley = galley(&self.frame.context, self.laid, line, self.frame.reader.glyphs());
            let at = self.corner + vec2(line.x, line.top + (line.height - galley.size().y) / 2.0);
            let on_line = OnLine { drawing: self, line, galley: &galley };
            on_line.beneath(&decorations);
            let ink = self.ink(loud);
            self.painter.galley(at, galley.clone(), ink);
            if self.laid.shape.ink == Ink::Strong {
                // The built-in font has no bold weight: drawn twice, strokes become thicker.
                self.painter.galley(at + vec2(self.laid.shape.size * 0.03, 0.0), galley.clone(), ink);
            }
            on_line.above(&decorations);
            in_focus.take_line(&on_line);
        }
        in_focus.paint(self);
    }

    /// Text that steps back comes forward where it is selected or just found.
    fn ink(&self, loud: bool) -> Color32 {
        match self.laid.shape.ink {
            Ink::Quiet if !loud => self.frame.tokens.quiet,
            _ => self.frame.tokens.text,
        }
    }
}

/// The note in focus, with what lies beneath it on each line.
struct Outlined(Vec<(Span, Vec<Rect>)>);

impl Outlined {
    fn new(decorations: &[Decoration]) -> Self {
        let focused = |one: &&Decoration| matches!(one.mark, Mark::Highlight { focused: true, .. });
        Self(decorations.iter().filter(focused).map(|one| (one.shown, Vec::new())).collect())
    }

    fn take_line(&mut self, line: &OnLine<'_>) {
        for (shown, rects) in &mut self.0 {
            rects.extend(line.ground(*shown).map(|rect| rect.expand(1.0)));
        }
    }

    fn paint(&self, drawing: &Drawing<'_>) {
        let stroke = Stroke::new(2.0, drawing.frame.tokens.accent);
        for line in self.0.iter().flat_map(|(_, rects)| outline(rects)) {
            drawing.painter.line_segment(line, stroke);
        }
    }
}

/// One line, with its place.
struct OnLine<'a> {
    drawing: &'a Drawing<'a>,
    line: &'a Line,
    galley: &'a egui::Galley,
}

impl OnLine<'_> {
    /// Shared wording, highlights, hits and the selection.
    fn beneath(&self, decorations: &[Decoration]) {
        self.highlights(decorations);
        self.shared(decorations);
        let tokens = self.drawing.frame.tokens;
        for Decoration { shown, mark } in decorations {
            let Some(rect) = self.ground(*shown) else { continue };
            match mark {
                Mark::Hit => self.fill(rect, tokens.hit),
                Mark::CurrentHit => {
                    self.fill(rect, tokens.current_hit);
                    let stroke = Stroke::new(1.5, tokens.text);
                    self.drawing.painter.rect_stroke(rect, 2.0, stroke, StrokeKind::Outside);
                }
                _ => {}
            }
        }
        for decoration in decorations.iter().filter(|one| one.mark == Mark::Selection) {
            if let Some(rect) = self.ground(decoration.shown) {
                self.fill(rect, tokens.selection);
            }
        }
    }

    /// Wording that the other side of a comparison shares: of the chosen link on a ground of its own, of others
    /// with a faint line.
    fn shared(&self, decorations: &[Decoration]) {
        for Decoration { shown, mark } in decorations {
            let Mark::Shared { verdict, chosen, .. } = mark else { continue };
            let Some(rect) = self.ground(*shown) else { continue };
            let colour = self.drawing.frame.tokens.verdict(*verdict);
            if *chosen {
                self.fill(rect, colour.gamma_multiply(SHARED_GROUND));
            } else {
                let stroke = Stroke::new(1.0, colour.gamma_multiply(0.55));
                self.drawing.painter.hline(rect.x_range(), rect.bottom(), stroke);
            }
        }
    }

    /// Where highlights overlap, the shortest is the ground and each further one a band below it. Where the chosen
    /// link stands they are bands above the words, so that what is compared is seen.
    fn highlights(&self, decorations: &[Decoration]) {
        let tokens = self.drawing.frame.tokens;
        let mut highlights: Vec<_> = decorations
            .iter()
            .filter_map(|one| match one.mark {
                Mark::Highlight { colour, sure: true, .. } => Some((one.shown, colour)),
                _ => None,
            })
            .collect();
        // What lies inside another one is seen whole.
        highlights.sort_by_key(|(shown, _)| shown.len());
        let on_line =
            highlights.into_iter().filter_map(|(shown, colour)| Some((self.on_line(shown)?, colour)));
        let compared = decorations
            .iter()
            .any(|one| matches!(one.mark, Mark::Shared { chosen: true, .. } | Mark::Different { .. }));
        for (span, colours) in layers(&on_line.collect::<Vec<_>>()) {
            let Some(ground) = self.ground(span) else { continue };
            for (level, colour) in colours.into_iter().enumerate() {
                self.fill(stripe(ground, level, compared), tokens.highlight(colour));
            }
        }
    }

    /// Frames, underlines, bookmarks, the cursor.
    fn above(&self, decorations: &[Decoration]) {
        self.hyperlinks();
        let tokens = self.drawing.frame.tokens;
        for Decoration { shown, mark } in decorations {
            match mark {
                Mark::Highlight { linked, sure, .. } => {
                    let Some(rect) = self.ground(*shown) else { continue };
                    if !sure {
                        self.dashes(rect);
                    }
                    if *linked {
                        self.chain(*shown, rect);
                    }
                }
                Mark::Candidate => {
                    if let Some(rect) = self.ground(*shown) {
                        let stroke = Stroke::new(1.5, tokens.warning);
                        self.drawing.painter.rect_stroke(rect, 2.0, stroke, StrokeKind::Outside);
                    }
                }
                Mark::Struck => self.strike(*shown),
                Mark::Doubt => self.underline(*shown),
                Mark::FootnoteMark => {
                    if let Some(rect) = self.ground(*shown) {
                        let stroke = Stroke::new(1.0, tokens.accent);
                        self.drawing.painter.hline(rect.x_range(), rect.bottom() - 1.0, stroke);
                    }
                }
                Mark::FootnoteStart if self.holds(shown.start()) => self.way_back(),
                Mark::Different { kind, slight, current } => self.different(*shown, *kind, *slight, *current),
                Mark::Bookmark { .. } if self.holds(shown.start()) => self.bookmark(),
                _ => {}
            }
        }
        self.cursor();
    }

    /// Under the words of links: a line so thin that it says nothing of notes, and lies beneath what does.
    fn hyperlinks(&self) {
        let view = &self.drawing.laid.view;
        let stroke = Stroke::new(1.0, self.drawing.frame.tokens.accent.gamma_multiply(LINK_INK));
        for link in self.drawing.frame.reader.document().hyperlinks_in(view.source_from_shown(self.line.span))
        {
            let shown = view.shown_from_source(link.words);
            if let Some(rect) = shown.and_then(|shown| self.ground(shown)) {
                self.drawing.painter.hline(rect.x_range(), rect.bottom() - 2.0, stroke);
            }
        }
    }

    /// Under words that a note may be about: they have not its colour.
    fn dashes(&self, rect: Rect) {
        let stroke = Stroke::new(2.0, self.drawing.frame.tokens.warning);
        let line = [rect.left_bottom(), rect.right_bottom()];
        self.drawing.painter.extend(Drawn::dashed_line(&line, stroke, 6.0, 4.0));
    }

    /// Under an end of a link: a line between two rings, on however many lines it stands.
    fn chain(&self, shown: Span, rect: Rect) {
        let colour = self.drawing.frame.tokens.accent;
        let (painter, y) = (self.drawing.painter, rect.bottom() - 1.0);
        painter.hline(rect.x_range(), y, Stroke::new(1.2, colour));
        let begins = self.line.span.start() <= shown.start();
        let ends = shown.end() <= self.line.span.end();
        let rings = [begins.then_some(rect.left()), ends.then_some(rect.right())];
        for x in rings.into_iter().flatten() {
            painter.circle(pos2(x, y), 2.4, self.drawing.frame.tokens.page, Stroke::new(1.2, colour));
        }
    }

    /// A line through words, as the document has it.
    fn strike(&self, shown: Span) {
        let Some(rect) = self.ground(shown) else { return };
        let stroke = Stroke::new(1.2, self.drawing.frame.tokens.text);
        self.drawing.painter.hline(rect.x_range(), rect.center().y, stroke);
    }

    fn underline(&self, shown: Span) {
        let Some(rect) = self.ground(shown) else { return };
        let stroke = Stroke::new(1.5, self.drawing.frame.tokens.doubt);
        let ends = [rect.left_bottom() - vec2(0.0, 1.0), rect.right_bottom() - vec2(0.0, 1.0)];
        self.drawing.painter.extend(Drawn::dashed_line(&ends, stroke, 3.0, 2.0));
    }

    /// What differs from the other side: a thick line under what stands only here, a bent one where other words
    /// stand there, two lines where it stands elsewhere; a wedge where the other side has more. Slight differences
    /// have a thin dotted line.
    fn different(&self, shown: Span, kind: DifferenceKind, slight: bool, current: bool) {
        let tokens = self.drawing.frame.tokens;
        let colour = match kind {
            _ if slight => tokens.quiet,
            DifferenceKind::Moved => tokens.moved,
            _ => tokens.different,
        };
        if shown.is_empty() {
            if self.holds(shown.start()) {
                self.wedge(shown.start(), colour, current);
            }
            return;
        }
        let Some(rect) = self.ground(shown) else { return };
        let y = rect.bottom() - 1.0;
        let line = |down: f32, width: f32| {
            self.drawing.painter.hline(rect.x_range(), y + down, Stroke::new(width, colour));
        };
        match kind {
            _ if slight => {
                let ends = [pos2(rect.left(), y), pos2(rect.right(), y)];
                self.drawing.painter.extend(Drawn::dotted_line(&ends, colour, 3.0, 0.8));
            }
            DifferenceKind::Left | DifferenceKind::Right => line(0.0, 3.0),
            DifferenceKind::Moved => {
                line(-1.5, 1.2);
                line(1.5, 1.2);
            }
            DifferenceKind::Replaced => {
                self.drawing.painter.add(Drawn::line(zigzag(rect.x_range(), y), Stroke::new(1.6, colour)));
            }
        }
        if current {
            let stroke = Stroke::new(2.0, tokens.accent);
            self.drawing.painter.rect_stroke(rect, 2.0, stroke, StrokeKind::Outside);
        }
    }

    /// A sign between two characters: here the other side has more.
    fn wedge(&self, shown: u32, colour: Color32, current: bool) {
        let size = self.drawing.laid.shape.size * 0.22;
        let foot = pos2(self.x(shown), self.band().1 + 1.0);
        let corners = vec![foot + vec2(0.0, -size * 1.6), foot + vec2(size, 0.0), foot + vec2(-size, 0.0)];
        self.drawing.painter.add(Drawn::convex_polygon(corners, colour, Stroke::NONE));
        if current {
            let stroke = Stroke::new(2.0, self.drawing.frame.tokens.accent);
            self.drawing.painter.circle_stroke(foot - vec2(0.0, size * 0.6), size * 1.7, stroke);
        }
    }

    /// The sign beside a footnote that leads back to its mark.
    fn way_back(&self) {
        let size = self.drawing.laid.shape.size;
        let rect = bookmark_rect(self.drawing.corner, self.line, size);
        let font = egui::FontId::proportional(size * 0.8);
        let accent = self.drawing.frame.tokens.accent;
        self.drawing.painter.text(rect.center(), egui::Align2::CENTER_CENTER, "↑", font, accent);
    }

    fn bookmark(&self) {
        let rect = bookmark_rect(self.drawing.corner, self.line, self.drawing.laid.shape.size);
        let notch = pos2(rect.center().x, rect.bottom() - rect.width() * 0.4);
        let left = [rect.left_top(), rect.center_top(), notch, rect.left_bottom()];
        let right = [rect.center_top(), rect.right_top(), rect.right_bottom(), notch];
        for half in [left, right] {
            let shape = Drawn::convex_polygon(half.to_vec(), self.drawing.frame.tokens.accent, Stroke::NONE);
            self.drawing.painter.add(shape);
        }
    }

    fn cursor(&self) {
        let frame = self.drawing.frame;
        let ends = frame.reader.selection_ends();
        let view = &self.drawing.laid.view;
        let here = view.source.start() <= ends.focus && ends.focus <= view.source.end();
        if !frame.has_focus || !here || !ends.span().is_empty() {
            return;
        }
        let shown = view.caret_shown(ends.focus);
        if self.holds(shown) {
            let x = self.x(shown);
            let y = self.band();
            self.drawing.painter.vline(x, y.0..=y.1, Stroke::new(2.0, frame.tokens.accent));
        }
    }

    /// Whether a place between two characters is drawn on this line: at the end of the block, on its last.
    fn holds(&self, shown: u32) -> bool {
        let laid = self.drawing.laid;
        laid.line_of(shown).and_then(|index| laid.lines.get(index)).is_some_and(|line| line == self.line)
    }

    /// The part of a stretch that stands on this line.
    fn on_line(&self, shown: Span) -> Option<Span> {
        self.line.span.intersection(shown).filter(|part| !part.is_empty())
    }

    /// What lies beneath a stretch, as far as it stands on this line.
    fn ground(&self, shown: Span) -> Option<Rect> {
        let part = self.on_line(shown)?;
        let (top, bottom) = self.band();
        Some(Rect::from_min_max(pos2(self.x(part.start()), top), pos2(self.x(part.end()), bottom)))
    }

    fn band(&self) -> (f32, f32) {
        let middle = self.drawing.corner.y + self.line.top + self.line.height / 2.0;
        let half = (self.drawing.laid.shape.size * GROUND).min(self.line.height) / 2.0;
        (middle - half, middle + half)
    }

    fn x(&self, shown: u32) -> f32 {
        let text = &self.drawing.laid.view.text;
        self.drawing.corner.x + self.line.x + x_of_byte(text, self.line.span, self.galley, shown)
    }

    fn fill(&self, rect: Rect, colour: Color32) {
        self.drawing.painter.rect_filled(rect, 1.0, colour);
    }
}

/// A bent line at a height.
fn zigzag(across: egui::Rangef, y: f32) -> Vec<Pos2> {
    const STEP: f32 = 3.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a line of a window")]
    let count = (across.span() / STEP).ceil().max(1.0) as u16;
    let corner = |index: u16| {
        let x = (across.min + f32::from(index) * STEP).min(across.max);
        pos2(x, if index.is_multiple_of(2) { y + 1.3 } else { y - 1.3 })
    };
    (0..=count).map(corner).collect()
}

/// Where the flag of a bookmark is drawn: left of its line.
pub(super) fn bookmark_rect(corner: Pos2, line: &Line, size: f32) -> Rect {
    let middle = pos2(corner.x - size * 0.7, corner.y + line.top + line.height / 2.0);
    Rect::from_center_size(middle, vec2(size * 0.5, size * 0.9))
}

/// Cuts stretches that may overlap into stretches that do not, each with everything that lies over it, in
/// the order given.
fn layers<T: Copy>(stretches: &[(Span, T)]) -> Vec<(Span, Vec<T>)> {
    let mut ends: Vec<u32> = stretches.iter().flat_map(|(span, _)| [span.start(), span.end()]).collect();
    ends.sort_unstable();
    ends.dedup();
    let parts = ends.windows(2).filter_map(|pair| match pair {
        [start, end] => Some(Span::new(*start, *end)),
        _ => None,
    });
    let over = |part: Span| {
        let over = stretches.iter().filter(|(span, _)| span.contains(part));
        over.map(|(_, what)| *what).collect::<Vec<T>>()
    };
    parts.map(|part| (part, over(part))).filter(|(_, over)| !over.is_empty()).collect()
}

/// Where the colour of a highlight goes on the ground of its words: the first fills it, each further one is a band
/// below; of words that are compared all are bands above.
fn stripe(ground: Rect, level: usize, compared: bool) -> Rect {
    let band = (ground.height() * 0.13).max(3.0);
    #[expect(clippy::cast_precision_loss, reason = "a few highlights over each other")]
    let level = level as f32;
    if compared {
        let top = ground.top() + band * level;
        return ground.with_min_y(top).with_max_y(top + band);
    }
    if level < 1.0 {
        return ground;
    }
    let top = ground.bottom() - 1.0 + band * (level - 1.0);
    ground.with_min_y(top).with_max_y(top + band)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws which of the stretches lie over each part of a line.
    fn check(stretches: &[(u32, u32, char)], expected: &[(u32, u32, &str)]) {
        let stretches: Vec<_> =
            stretches.iter().map(|(start, end, name)| (Span::new(*start, *end), *name)).collect();
        let layers: Vec<_> = layers(&stretches)
            .into_iter()
            .map(|(span, over)| (span.start(), span.end(), over.into_iter().collect::<String>()))
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|(start, end, over)| (*start, *end, (*over).to_owned())).collect();
        assert_eq!(layers, expected);
    }

    #[test]
    fn highlights_leave_room_for_what_is_compared() {
        let ground = Rect::from_min_max(pos2(0.0, 10.0), pos2(50.0, 40.0));
        let check = |level, compared, expected: (f32, f32)| {
            let stripe = stripe(ground, level, compared);
            let (top, bottom) = expected;
            assert!(
                (stripe.top() - top).abs() < 0.01 && (stripe.bottom() - bottom).abs() < 0.01,
                "{stripe:?}"
            );
        };
        check(0, false, (10.0, 40.0));
        check(1, false, (39.0, 42.9));
        check(0, true, (10.0, 13.9));
        check(1, true, (13.9, 17.8));
    }

    #[test]
    fn apart() {
        check(&[(0, 3, 'a'), (6, 9, 'b')], &[(0, 3, "a"), (6, 9, "b")]);
    }

    #[test]
    fn overlapping() {
        check(&[(0, 6, 'a'), (3, 9, 'b')], &[(0, 3, "a"), (3, 6, "ab"), (6, 9, "b")]);
    }

    #[test]
    fn one_inside_another_and_twice_the_same() {
        check(&[(0, 9, 'a'), (3, 6, 'b'), (3, 6, 'c')], &[(0, 3, "a"), (3, 6, "abc"), (6, 9, "a")]);
        check(&[], &[]);
    }
}
