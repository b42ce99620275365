//! The pane that a document is read in.
//!
//! Only what is in sight is laid out; the height of everything else is estimated. The pane is anchored on
//! the first character in sight: when heights above become known, when the window changes its width, when
//! the script or the size of the text changes, that character stays where it is.
//!
//! egui shapes and draws single lines. Where lines break is decided by [`crate::text::break_lines`], and
//! what is drawn beneath the text (highlights, selection, hits) is drawn here.

mod keys;
mod lines;
mod offers;
mod page;
mod paint;
mod pieces;
mod pointer;
mod scroll_bar;
mod shape;

use std::sync::Arc;

use egui::{Context, Rect, Sense, Ui, vec2};

use self::page::{Page, Placed};
use self::shape::Measure;
use super::theme::Tokens;
use super::words::Words;
use crate::document::{BlockIndex, Document};
use crate::notes::NoteId;
use crate::session::{BlockView, Command, Decoration, InSight, Reader, Selection, Settings};
use crate::text::Glyphs;

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
}

/// Where the text is to be scrolled at the next frame, in positions of the document's text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Goal {
    /// Anywhere in sight.
    Reveal(u32),
    /// First in sight.
    Return(u32),
}

/// What a pane keeps from frame to frame: one for each open document.
pub struct PaneState {
    page: Page,
    goal: Option<Goal>,
    /// What was told to be in sight, and the anchor at that time.
    reached: Option<(page::Anchor, InSight)>,
    press: Option<pointer::Press>,
    pressed: Option<pointer::Pressed>,
    /// Where the cursor wants to be while it goes up and down: from the column's left edge, and the
    /// position it was sent to.
    column: Option<(f32, u32)>,
    offers: offers::Offers,
}

impl Default for PaneState {
    fn default() -> Self {
        Self {
            page: Page::new(),
            goal: None,
            reached: None,
            press: None,
            pressed: None,
            column: None,
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
    let all = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("reading");
    let area = all.with_max_x((all.right() - scroll_bar::WIDTH).max(all.left()));
    let response = ui.interact(area, id, Sense::click_and_drag());
    ui.advance_cursor_after_rect(all);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Document, true, words.text_of_document())
    });

    take_keyboard(ui, &response);

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
    let mut commands = keys::keys(ui, &frame, &response, state);
    scroll(ui, &frame, &response, state);
    match state.goal.take() {
        Some(Goal::Reveal(position)) => state.page.reveal(reader, &frame.context, position, area.height()),
        Some(Goal::Return(position)) => state.page.return_to(reader, &frame.context, position),
        None => {}
    }

    ui.painter().rect_filled(all, 0.0, frame.tokens.page);
    scroll_bar::scroll_bar_ui(ui, &frame, all, &mut state.page);
    let placed = state.page.in_sight(reader, &frame.context, area.height());
    paint::paint(ui, &frame, &state.page, &placed);
    announce(ui, &frame, &state.page, &placed, id);
    let pointed = pointer::pointer(ui, &frame, &response, state, &placed);
    let offered = offers::offers_ui(ui, &frame, &response, state, (&placed, &pointed));
    commands.extend(pointed.into_iter().chain(offered));
    commands.extend(reached(state, &placed, area.height()));
    commands
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
fn take_keyboard(ui: &Ui, response: &egui::Response) {
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
