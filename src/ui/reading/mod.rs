//! The pane that a document is read in.
//!
//! Only what is in sight is laid out; the height of everything else is estimated. The pane is anchored on
//! the first character in sight: when heights above become known, when the window changes its width, when
//! the script or the size of the text changes, that character stays where it is.
//!
//! egui shapes and draws single lines. Where lines break is decided by [`crate::text::break_lines`], and
//! what is drawn beneath the text (highlights, selection, hits) is drawn here.

mod footnotes;
mod hyperlinks;
mod keys;
mod lines;
mod offers;
mod outlines;
mod page;
mod paint;
mod pieces;
mod pointer;
mod scroll_bar;
mod shape;
mod sight;

use std::sync::Arc;

use egui::{Context, Rangef, Rect, Sense, Ui, vec2};

use self::page::{Page, Placed};
use self::shape::Measure;
pub use self::sight::Edges;
use self::sight::Sight;
use super::theme::Tokens;
use super::words::Words;
use crate::document::{BlockIndex, Document, FootnoteLink};
use crate::notes::NoteId;
use crate::session::{BlockView, Command, Decoration, InSight, Reader, Selection, Settings};
use crate::text::{Glyphs, Span};

/// What the pane asks of a document that is being read. [`Reader`] answers.
pub trait Readable {
    /// The document.
    fn document(&self) -> &Arc<Document>;
    /// A block as it is shown; `None` while its text is not there.
    fn view(&self, index: BlockIndex) -> Option<Arc<BlockView>>;
    /// What is drawn in a way of its own.
    fn decorations(&self, view: &BlockView) -> Vec<Decoration>;
    /// Whether a block is shown at all.
    fn is_visible(&self, index: BlockIndex) -> bool;
    /// A number that changes whenever blocks may look different.
    fn layout_revision(&self) -> u64;
    /// The shapes to draw the characters with.
    fn glyphs(&self) -> Glyphs;
    /// Where to begin.
    fn position(&self) -> u32;
    /// The ends of the selection; both are the cursor where nothing is selected.
    fn selection_ends(&self) -> Selection;
    /// The note in focus.
    fn note_in_focus(&self) -> Option<NoteId>;
    /// The mark of a footnote that the keyboard went to.
    fn footnote_shown(&self) -> Option<FootnoteLink> {
        None
    }
    /// What the footnote that begins with a block says.
    fn footnote_words(&self, note: BlockIndex) -> String {
        self.view(note).map(|view| view.text.clone()).unwrap_or_default()
    }
}

impl Readable for Reader {
    fn document(&self) -> &Arc<Document> {
        self.document()
    }

    fn view(&self, index: BlockIndex) -> Option<Arc<BlockView>> {
        self.view(index)
    }

    fn decorations(&self, view: &BlockView) -> Vec<Decoration> {
        self.decorations(view)
    }

    fn is_visible(&self, index: BlockIndex) -> bool {
        self.is_visible(index)
    }

    fn layout_revision(&self) -> u64 {
        self.layout_revision()
    }

    fn glyphs(&self) -> Glyphs {
        self.glyphs()
    }

    fn position(&self) -> u32 {
        self.position()
    }

    fn selection_ends(&self) -> Selection {
        self.selection_ends()
    }

    fn note_in_focus(&self) -> Option<NoteId> {
        self.note_in_focus()
    }

    fn footnote_shown(&self) -> Option<FootnoteLink> {
        self.footnote_shown()
    }

    fn footnote_words(&self, note: BlockIndex) -> String {
        self.footnote_words(note)
    }
}

/// Where the text is to be scrolled at the next frame, in positions of the document's text.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Goal {
    /// Anywhere in sight.
    Reveal(u32),
    /// With room to read on below it.
    Bring(u32),
    /// First in sight.
    Return(u32),
    /// So far below the window's upper edge, in points.
    Stand(u32, f32),
}

/// Where the text moves to by itself until it is there or the reader moves it: a position of the document's
/// text, and how far below the window's upper edge it is to stand, in points.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Glide {
    position: u32,
    down: f32,
}

/// What a pane keeps from frame to frame: one for each open document.
pub struct PaneState {
    page: Page,
    goal: Option<Goal>,
    glide: Option<Glide>,
    /// What was drawn last.
    sight: Option<Sight>,
    /// Whether the reader moved the text in the last frame: by the wheel, the scroll bar, keys, or by selecting
    /// beyond the edge.
    moved: bool,
    /// The character that was clicked in the last frame.
    clicked: Option<u32>,
    /// The beginning of the link under the pointer.
    link: Option<u32>,
    /// Whether it takes the keyboard from another pane.
    wants_keyboard: bool,
    /// Whether the reader sends it somewhere by what stands beside it.
    led: bool,
    /// What was told to be in sight, and the anchor at that time.
    reached: Option<(page::Anchor, InSight)>,
    press: Option<pointer::Press>,
    pressed: Option<pointer::Pressed>,
    /// Where the cursor wants to be while it goes up and down: from the column's left edge, and the
    /// position it was sent to.
    column: Option<(f32, u32)>,
    /// The end of a line that the cursor was sent to, where the next line begins too.
    line_end: Option<u32>,
    offers: offers::Offers,
}

impl Default for PaneState {
    fn default() -> Self {
        Self {
            page: Page::new(),
            goal: None,
            glide: None,
            sight: None,
            moved: false,
            clicked: None,
            link: None,
            wants_keyboard: false,
            led: false,
            reached: None,
            press: None,
            pressed: None,
            column: None,
            line_end: None,
            offers: offers::Offers::default(),
        }
    }
}

impl PaneState {
    /// Brings a position of the document's text into sight at the next frame.
    pub fn reveal(&mut self, position: u32) {
        self.goal = Some(Goal::Reveal(position));
    }

    /// Scrolls at the next frame so that the line of a position is the first in sight.
    pub fn return_to(&mut self, position: u32) {
        self.goal = Some(Goal::Return(position));
    }

    /// Where the text was sent to a place to be brought into sight, that place is to have room below it to be read
    /// on from.
    pub fn with_room_below(&mut self) {
        if let Some(Goal::Reveal(position)) = self.goal {
            self.goal = Some(Goal::Bring(position));
        }
    }

    /// Scrolls at the next frame so that a position stands so far below the upper edge of the text, in points.
    pub fn stand(&mut self, position: u32, down: f32) {
        self.goal = Some(Goal::Stand(position, down));
    }

    /// As [`PaneState::stand`], for where the reader goes by what stands beside the pane: it counts as moved by
    /// the reader.
    pub fn lead(&mut self, position: u32, down: f32) {
        self.stand(position, down);
        self.led = true;
    }

    /// As [`PaneState::stand`], but gets there in a few frames. Ends early where the reader moves the text.
    pub fn glide(&mut self, position: u32, down: f32) {
        self.glide = Some(Glide { position, down });
    }

    /// Stops gliding.
    pub fn rest(&mut self) {
        self.glide = None;
    }

    /// Takes the keyboard at the next frame.
    pub fn take_keyboard(&mut self) {
        self.wants_keyboard = true;
    }

    /// Whether the text is on its way to where it was sent.
    pub fn is_gliding(&self) -> bool {
        self.glide.is_some()
    }

    /// Whether the reader moved the text in the last frame; what was sent somewhere does not count.
    pub fn was_moved(&self) -> bool {
        self.moved
    }

    /// The room of the text in the last frame, in the window's points.
    pub fn area(&self) -> Option<Rect> {
        self.sight.as_ref().map(|sight| sight.area)
    }

    /// The blocks in sight with their upper and lower edges in the window's points; they may reach beyond what
    /// is seen of them.
    pub fn blocks_in_sight(&self) -> Vec<(BlockIndex, Rangef)> {
        self.sight.as_ref().map(Sight::blocks).unwrap_or_default()
    }

    /// What of the document's text is in sight, wholly or in part.
    pub fn span_in_sight(&self) -> Option<Span> {
        self.sight.as_ref()?.span()
    }

    /// Where a stretch of the document's text stands in the window; `None` before anything was drawn.
    pub fn edges_of(&self, span: Span) -> Option<Edges> {
        Some(self.sight.as_ref()?.edges_of(span))
    }

    /// The character that was clicked in the last frame, if it was a plain click on text.
    pub fn was_clicked(&self) -> Option<u32> {
        self.clicked
    }

    /// The position of the document's text that stands at a height of the window, or the nearest one in sight.
    pub fn position_at(&self, y: f32) -> Option<u32> {
        self.sight.as_ref()?.position_at(y)
    }

    /// How high a position of the document's text stands in the window; `None` where it is out of sight.
    pub fn height_of(&self, position: u32) -> Option<f32> {
        self.sight.as_ref()?.height_of(position)
    }
}

impl std::fmt::Debug for PaneState {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PaneState").field("anchor", &self.page.anchor()).finish_non_exhaustive()
    }
}

/// What the parts of the pane share during a frame.
struct Frame<'a> {
    reader: &'a dyn Readable,
    context: Context,
    tokens: &'static Tokens,
    words: Words,
    /// The pane without its scroll bar, in the window's points.
    area: Rect,
    /// The left edge of the column.
    left: f32,
    has_focus: bool,
}

/// How fast a glide is: what is left of its way becomes a third of it in this part of a second.
const GLIDE: f32 = 12.0;

/// The widest free margin that is kept at each side of the column, in points.
const MARGIN: f32 = 28.0;

/// Draws a document in all of the room there is, and tells what the reader asks for.
pub fn reading_ui(
    ui: &mut Ui,
    reader: &dyn Readable,
    settings: &Settings,
    words: Words,
    state: &mut PaneState,
) -> Vec<Command> {
    pane_ui(ui, reader, (settings, words), state, Company::Alone)
}

/// As [`reading_ui`], for one of two panes beside each other: something else stands beside the text that goes
/// anywhere in it, and only the active one takes the keyboard by itself.
pub fn reading_beside_ui(
    ui: &mut Ui,
    reader: &dyn Readable,
    settings: &Settings,
    words: Words,
    state: &mut PaneState,
    active: bool,
) -> Vec<Command> {
    pane_ui(ui, reader, (settings, words), state, Company::Beside { active })
}

/// What stands beside a pane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Company {
    /// Its scroll bar.
    Alone,
    /// Another pane.
    Beside {
        /// Whether this one is the one that keys act on.
        active: bool,
    },
}

fn pane_ui(
    ui: &mut Ui,
    reader: &dyn Readable,
    (settings, words): (&Settings, Words),
    state: &mut PaneState,
    company: Company,
) -> Vec<Command> {
    let all = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("reading");
    let bar = if company == Company::Alone { scroll_bar::WIDTH } else { 0.0 };
    let area = all.with_max_x((all.right() - bar).max(all.left()));
    let response = ui.interact(area, id, Sense::click_and_drag());
    ui.advance_cursor_after_rect(all);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Document, true, words.text_of_document())
    });

    take_keyboard(ui, &response, state, company);

    let measure = measure(settings, area.width());
    let frame = Frame {
        reader,
        context: ui.ctx().clone(),
        tokens: Tokens::in_window(settings.theme, ui.ctx()),
        words,
        area,
        left: (area.center().x - measure.column / 2.0).round(),
        has_focus: response.has_focus(),
    };
    state.page.follow(reader, &frame.context, measure);
    let before = state.page.anchor();
    let mut commands = keys::keys(ui, &frame, &response, state);
    scroll(ui, &frame, &response, state);
    ui.painter().rect_filled(all, 0.0, frame.tokens.page);
    if company == Company::Alone {
        scroll_bar::scroll_bar_ui(ui, &frame, all, &mut state.page);
    }
    state.moved = state.page.anchor() != before;
    go(ui, &frame, state);
    let placed = state.page.in_sight(reader, &frame.context, area.height());
    paint::paint(ui, &frame, &state.page, &placed);
    announce(ui, &frame, &state.page, &placed, id);
    let (followed, link) = hyperlinks::hyperlinks_ui(ui, &frame, id, &placed);
    commands.extend(followed);
    state.link = link;
    commands.extend(footnotes::footnotes_ui(ui, &frame, id, &placed));
    state.sight = Some(sight(area, &state.page, &placed));
    let drawn = state.page.anchor();
    let pointed = pointer::pointer(ui, &frame, &response, state, &placed);
    state.moved |= state.page.anchor() != drawn || std::mem::take(&mut state.led);
    let offered = offers::offers_ui(ui, &frame, &response, state, (&placed, &pointed));
    commands.extend(pointed.into_iter().chain(offered));
    commands.extend(reached(state, &placed, area.height()));
    commands
}

/// Goes where the text was sent. What the reader does ends a glide.
fn go(ui: &Ui, frame: &Frame<'_>, state: &mut PaneState) {
    let (reader, context, window) = (frame.reader, &frame.context, frame.area.height());
    if state.moved || state.goal.is_some() {
        state.glide = None;
    }
    match state.goal.take() {
        Some(Goal::Reveal(position)) => state.page.reveal(reader, context, position, window),
        Some(Goal::Bring(position)) => state.page.bring(reader, context, position, window),
        Some(Goal::Return(position)) => state.page.return_to(reader, context, position),
        Some(Goal::Stand(position, down)) => state.page.stand(reader, context, position, down),
        None => {}
    }
    if let Some(Glide { position, down }) = state.glide {
        let seconds = ui.input(|input| input.stable_dt).min(0.1);
        let at_once = ui.style().animation_time <= 0.0;
        let share = if at_once { 1.0 } else { 1.0 - (-seconds * GLIDE).exp() };
        let there = state.page.near(reader, context, (position, down), share, window);
        state.glide = state.glide.filter(|_| !there);
        if !there {
            context.request_repaint();
        }
    }
}

/// What is kept of a frame for whoever stands beside the pane.
fn sight(area: Rect, page: &Page, placed: &[Placed]) -> Sight {
    let with_piece = placed.iter().filter_map(|one| Some((page.pieces.get(one.piece)?, one.clone())));
    Sight { area, placed: with_piece.collect() }
}

/// The column: as wide as the reader wants, never wider than the window.
fn measure(settings: &Settings, width: f32) -> Measure {
    let size = settings.text_size;
    let margin = MARGIN.min(width * 0.06);
    let widest = (width - 2.0 * margin).max(size * 2.0);
    // Whole characters fill lines without justification having to stretch them.
    let characters = settings.column_width.min((widest / size).floor()).max(2.0);
    Measure {
        column: characters * size,
        size,
        spacing: settings.line_height,
        indent: settings.first_line_indent,
    }
}

fn scroll(ui: &Ui, frame: &Frame<'_>, response: &egui::Response, state: &mut PaneState) {
    if !response.contains_pointer() {
        return;
    }
    let wheel = ui.input(|input| input.smooth_scroll_delta().y);
    if wheel != 0.0 {
        state.page.scroll(frame.reader, &frame.context, -wheel);
    }
}

/// Tells when something else is in sight. The first position stays as it is until the reader moves.
fn reached(state: &mut PaneState, placed: &[Placed], window: f32) -> Option<Command> {
    let mut in_sight = state.page.positions_in_sight(placed, window);
    let anchor = state.page.anchor();
    if let Some((_, before)) = state.reached.filter(|(before, _)| *before == anchor) {
        in_sight.first = before.first;
    }
    let before = state.reached.replace((anchor, in_sight));
    (before.map(|(_, before)| before) != Some(in_sight)).then_some(Command::Reached(in_sight))
}

/// The text has the keyboard when nothing else wants it.
fn take_keyboard(ui: &Ui, response: &egui::Response, state: &mut PaneState, company: Company) {
    let wanted = std::mem::take(&mut state.wants_keyboard);
    if company == (Company::Beside { active: false }) {
        return;
    }
    if wanted {
        response.request_focus();
    }
    let free = ui.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
    if free && !egui::Popup::is_any_open(ui.ctx()) {
        response.request_focus();
    }
}

/// Lets screen readers (and tests) find each block in sight by its text.
fn announce(ui: &Ui, frame: &Frame<'_>, page: &Page, placed: &[Placed], whole: egui::Id) {
    for one in placed {
        let Some(laid) = &one.laid else { continue };
        let size = vec2(page.measure().column, one.height);
        let corner = egui::pos2(frame.left, frame.area.top() + one.top);
        let id = whole.with(one.piece);
        let rect = Rect::from_min_size(corner, size).intersect(frame.area);
        ui.interact(rect, id, Sense::hover());
        let level = laid.view.kind.heading_level();
        frame.context.accesskit_node_builder(id, |node| {
            node.set_role(if level.is_some() {
                egui::accesskit::Role::Heading
            } else {
                egui::accesskit::Role::Paragraph
            });
            node.set_bounds(bounds(rect));
            node.set_label(laid.shown.of(&laid.view.text).unwrap_or_default());
            if let Some(level) = level {
                node.set_level(usize::from(level));
            }
        });
    }
}

fn bounds(rect: Rect) -> egui::accesskit::Rect {
    egui::accesskit::Rect {
        x0: rect.min.x.into(),
        y0: rect.min.y.into(),
        x1: rect.max.x.into(),
        y1: rect.max.y.into(),
    }
}
