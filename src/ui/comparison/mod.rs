//! Two documents read against each other: two panes with ribbons between them, an overview beside each, and what
//! can be done with the links.
//!
//! Each pane is the reading view that is used everywhere; what it returns is sent to its side. Nothing here takes
//! time in proportion to a document in a frame: only what is in sight is asked for.

mod gutter;
mod header;
mod links_panel;
mod overview;
mod ribbon;
mod scrolling;
mod sections;
mod strip;
mod tools;
pub(super) mod wording;

use std::collections::HashMap;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Rangef, Rect, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

pub(super) use links_panel::{LinksState, links_ui};
pub(super) use ribbon::verdict_lines;
pub(super) use sections::{Sections, section_list};

use self::header::header_ui;
use self::overview::{OverviewBar, overview_ui};
use self::scrolling::{Panes, Scrolling};
use self::wording::{share_of, side_name, verdict_name};
use super::bar::clear_name;
use super::not_open::{NotOpenState, password_of_side_ui};
use super::reading::{PaneState, Readable, reading_beside_ui};
use super::scene::{Scene, room_above, sign_button};
use super::words::Words;
use crate::compare::Side;
use crate::document::{BlockIndex, Document, FootnoteLink};
use crate::notes::NoteId;
use crate::session::{
    BlockView, Command, Compared, ComparedSide, ComparisonId, Decoration, PaneId, Place, Selection, Settings,
    SideView, Stage,
};
use crate::text::Glyphs;

/// What the view remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct ComparisonState {
    of: Option<ComparisonId>,
    active: Option<Side>,
    scrolling: Scrolling,
    sections: Sections,
    /// Where both panes stand in the window.
    pub(super) room: Option<Rect>,
}

impl ComparisonState {
    /// One side is to be scrolled so that `position` stands at the height of `to` on the other.
    pub(super) fn line_up(&mut self, comparison: ComparisonId, side: Side, position: u32, to: u32) {
        self.take(comparison);
        self.scrolling.line_up(side, position, to);
    }

    /// Another comparison begins anew.
    fn take(&mut self, id: ComparisonId) {
        if self.of != Some(id) {
            *self = Self { of: Some(id), ..Self::default() };
        }
    }
}

/// The height of the headers, in points.
const HEADER: f32 = 32.0;

/// The width of the line that tells at the inner edge of a pane how its blocks are answered, in points.
const MARGIN: f32 = 6.0;

/// Draws the comparison in front in all of the room there is.
pub(super) fn comparison_ui(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    state: &mut ComparisonState,
    panes: &mut HashMap<PaneId, PaneState>,
) -> Vec<Command> {
    let id = compared.comparing().id();
    state.take(id);
    let mut asked = tools::tools_ui(ui, scene, compared);
    asked.extend(strip::strip_ui(ui, scene, compared));
    let [mut left, mut right] =
        Side::BOTH.map(|side| panes.remove(&PaneId::Side(id, side)).unwrap_or_default());
    let mut both = Panes { left: &mut left, right: &mut right };
    asked.extend(middle_ui(ui, scene, compared, state, &mut both));
    panes.insert(PaneId::Side(id, Side::Left), left);
    panes.insert(PaneId::Side(id, Side::Right), right);
    asked
}

/// What stands in place of a comparison while one of its documents is not there: which, and how to open it.
pub(super) fn not_compared_ui(
    ui: &mut Ui,
    scene: Scene,
    id: ComparisonId,
    state: &mut NotOpenState,
) -> Vec<Command> {
    let words = scene.words;
    let Some(comparing) = scene.session.comparison(id) else { return Vec::new() };
    let mut asked = Vec::new();
    ui.vertical_centered(|ui| {
        room_above(ui);
        ui.heading(scene.session.title_of(id));
        if let Some(answered) = password_of_side_ui(ui, scene, comparing, state) {
            asked.extend(answered);
            return;
        }
        for side in Side::BOTH {
            let side = comparing.side(side);
            if side.tab.is_none() {
                ui.label(words.compared_missing(clear_name(&side.place.name())));
            }
        }
        let failed = Side::BOTH.map(|side| failure(scene, comparing.side(side)));
        for (name, reason) in failed.iter().flatten() {
            ui.label(RichText::new(format!("{name}: {reason}")).color(scene.tokens.error));
        }
        let any_failed = failed.iter().any(Option::is_some);
        if Side::BOTH.into_iter().any(|side| comparing.side(side).tab.is_none()) {
            asked.extend(ui.button(words.open_both()).clicked().then_some(Command::OpenCompared(id)));
        } else if any_failed {
            asked.extend(ui.button(words.reload()).clicked().then_some(Command::OpenCompared(id)));
            asked.extend(ui.button(words.compare_open_another()).clicked().then_some(Command::AskToOpen));
        } else {
            ui.label(words.comparing_waiting());
        }
    });
    asked
}

/// The name of a side's document that could not be read, and why.
fn failure(scene: Scene, side: &ComparedSide) -> Option<(String, String)> {
    let tab = scene.session.tab(side.tab?)?;
    let Stage::Failed(reason) = &tab.stage else { return None };
    let place = match &tab.place {
        Place::File(path) => path.to_string_lossy().into_owned(),
        Place::Sample(name) => name.clone(),
    };
    Some((clear_name(&place), scene.words.why_not_opened(reason)))
}

/// The panes, what stands beside them and what connects them.
fn middle_ui(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    state: &mut ComparisonState,
    panes: &mut Panes<'_>,
) -> Vec<Command> {
    let active = compared.comparing().active_side();
    if state.active.replace(active).is_some_and(|before| before != active) {
        panes.of(active).take_keyboard();
    }
    let rooms = Rooms::within(ui.available_rect_before_wrap());
    state.room = Some(rooms.all);
    let mut asked = Vec::new();
    for side in Side::BOTH {
        let room = rooms.of(side);
        asked.extend(side_ui(ui, scene, compared, (side, room), panes.of(side), &mut state.sections));
    }
    asked.extend(in_room(ui, (Side::Left, "swap"), rooms.swap(), |ui| swap_ui(ui, scene)));
    asked.extend(gutter::gutter_ui(ui, scene, compared, panes, rooms.gutter));
    state.scrolling.follow(ui, compared.comparing(), panes);
    ui.advance_cursor_after_rect(rooms.all);
    asked
}

/// How the room is shared out.
struct Rooms {
    all: Rect,
    gutter: Rect,
}

/// The room of a side.
#[derive(Clone, Copy)]
struct Room {
    header: Rect,
    text: Rect,
    overview: Rect,
    /// The line at the inner edge.
    margin: Rect,
}

impl Rooms {
    fn within(all: Rect) -> Self {
        let width = (all.width() * 0.06).clamp(gutter::WIDTHS.min, gutter::WIDTHS.max);
        let gutter = Rect::from_center_size(all.center(), vec2(width, all.height()));
        Self { all, gutter: gutter.with_min_y(all.top() + HEADER) }
    }

    /// Between the headers.
    fn swap(&self) -> Rect {
        let header = self.all.with_max_y(self.gutter.top());
        header.with_min_x(self.gutter.left()).with_max_x(self.gutter.right())
    }

    fn of(&self, side: Side) -> Room {
        let whole = match side {
            Side::Left => self.all.with_max_x(self.gutter.left()),
            Side::Right => self.all.with_min_x(self.gutter.right()),
        };
        let header = whole.with_max_y(whole.top() + HEADER);
        let below = whole.with_min_y(header.bottom());
        let (outer, inner) = (overview::WIDTH, MARGIN);
        let (overview, margin, text) = match side {
            Side::Left => (
                below.with_max_x(below.left() + outer),
                below.with_min_x(below.right() - inner),
                below.with_min_x(below.left() + outer).with_max_x(below.right() - inner),
            ),
            Side::Right => (
                below.with_min_x(below.right() - outer),
                below.with_max_x(below.left() + inner),
                below.with_min_x(below.left() + inner).with_max_x(below.right() - outer),
            ),
        };
        Room { header, text, overview, margin }
    }
}

/// One side: its header, its text, its overview.
fn side_ui(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    (side, room): (Side, Room),
    pane: &mut PaneState,
    sections: &mut Sections,
) -> Vec<Command> {
    let header = |ui: &mut Ui| header_ui(ui, scene, compared, side, sections);
    let mut asked = in_room(ui, (side, "header"), room.header, header);
    asked.extend(in_room(ui, (side, "text"), room.text, |ui| text_ui(ui, scene, compared, side, pane)));
    let gone_to =
        in_room(ui, (side, "overview"), room.overview, |ui| bar_ui(ui, scene, compared, side, pane));
    if let (Some(position), Some(area)) = (gone_to, pane.area()) {
        pane.lead(position, area.height() / 2.0);
        ui.ctx().request_repaint();
    }
    in_room(ui, (side, "margin"), room.margin, |ui| margin_ui(ui, scene, compared, side, pane));
    if compared.comparing().active_side() == side {
        let whole = room.text.union(room.margin);
        let stroke = Stroke::new(2.0, scene.tokens.accent);
        ui.painter().rect_stroke(whole, 0.0, stroke, StrokeKind::Inside);
    }
    asked
}

/// The button between the headers that makes left right.
fn swap_ui(ui: &mut Ui, scene: Scene) -> Option<Command> {
    ui.painter().rect_filled(ui.max_rect(), 0.0, scene.tokens.panel);
    ui.centered_and_justified(|ui| sign_button(ui, scene, "⇄", Words::swap_sides)).inner
}

fn in_room<R>(ui: &mut Ui, name: (Side, &str), room: Rect, draw: impl FnOnce(&mut Ui) -> R) -> R {
    let mut child = ui.new_child(UiBuilder::new().id_salt(name).max_rect(room));
    child.set_clip_rect(room.intersect(ui.clip_rect()));
    draw(&mut child)
}

/// The text. Everything that its pane asks for is for its side.
fn text_ui(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    side: Side,
    pane: &mut PaneState,
) -> Vec<Command> {
    let view = compared.pane(side);
    let settings = settings_of(scene, &view);
    let active = compared.comparing().active_side() == side;
    let asked = reading_beside_ui(ui, &view, &settings, scene.words, pane, active);
    let clicked = pane.was_clicked().map(Command::ChooseLinkAt);
    asked.into_iter().chain(clicked).map(|command| Command::InPane(side, Box::new(command))).collect()
}

/// The settings, with the size of text that this side has of its own.
fn settings_of(scene: Scene, view: &SideView<'_>) -> Settings {
    let mut settings = scene.session.settings().clone();
    settings.text_size = view.text_size().unwrap_or(settings.text_size);
    settings
}

/// The overview. Answers with the position that was clicked.
fn bar_ui(ui: &mut Ui, scene: Scene, compared: &Compared<'_>, side: Side, pane: &PaneState) -> Option<u32> {
    let (comparing, words) = (compared.comparing(), scene.words);
    let coverage = comparing.coverage(side);
    let overview = comparing.overview(side);
    let in_sight = pane.span_in_sight().unwrap_or_default();
    let seen = Rangef::new(overview.place(in_sight.start()), overview.place(in_sight.end()));
    let answered = share_of(coverage.answered, coverage.characters);
    let bar = OverviewBar {
        stripes: overview.stripes(),
        seen,
        name: &words.overview_name(side_name(words, side)),
        value: &words.overview_value((seen.min * 100.0).round(), answered),
    };
    let place = overview_ui(ui, scene.tokens, ui.max_rect(), &bar)?;
    Some(overview.position_at(place))
}

/// The line at the inner edge of a pane: for each block in sight how it is answered.
fn margin_ui(ui: &Ui, scene: Scene, compared: &Compared<'_>, side: Side, pane: &PaneState) {
    let room = ui.max_rect();
    ui.painter().rect_filled(room, 0.0, scene.tokens.page);
    let view = compared.pane(side);
    for (block, edges) in pane.blocks_in_sight() {
        let answer = view.block(block);
        if !answer.compared {
            continue;
        }
        let rect = Rect::from_min_max(pos2(room.left(), edges.min), pos2(room.right(), edges.max));
        let rect = rect.shrink2(vec2(1.0, 2.0)).intersect(room);
        let painter = ui.painter();
        match answer.verdict {
            Some(verdict) => painter.rect_filled(rect, 1.0, scene.tokens.verdict(verdict)),
            None => painter.rect_stroke(rect, 1.0, Stroke::new(1.0, scene.tokens.quiet), StrokeKind::Inside),
        };
        if answer.current || answer.chosen {
            painter.rect_stroke(rect, 1.0, Stroke::new(2.0, scene.tokens.text), StrokeKind::Outside);
        }
        let name =
            answer.verdict.map_or(scene.words.verdict_only(), |verdict| verdict_name(scene.words, verdict));
        let response = ui.interact(rect, ui.scope_id().with(block), Sense::hover());
        let told = scene.words.block_answered(name);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
        response.on_hover_text(told);
    }
}

impl Readable for SideView<'_> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_line_up_also_where_another_comparison_was_drawn_before() {
        let mut state = ComparisonState::default();
        state.take(ComparisonId(1));
        state.line_up(ComparisonId(2), Side::Left, 3, 4);
        state.take(ComparisonId(2));
        assert_eq!(
            state.scrolling.line_up.map(|goal| (goal.side, goal.position, goal.to)),
            Some((Side::Left, 3, 4))
        );
    }
}
