//! The board: a column for each document, a row for each theme. Only the rows in sight are made.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Color32, Rect, Response, RichText, ScrollArea, Sense, Shape, Stroke, StrokeKind, TextStyle, Ui, pos2,
    vec2,
};

use crate::compare::{Board, Placed, Row, RowKind};
use crate::session::{Boarding, Command, Reader, TabId};
use crate::text::Glyphs;
use crate::ui::bar::clear_name;
use crate::ui::comparison::verdict_lines;
use crate::ui::comparison::wording::verdict_name;
use crate::ui::scene::{Scene, called, document_format, quiet, teaching};

/// What the page remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct BoardState {
    /// Whether rows are shown of what stands in one document only.
    without_only_here: bool,
    /// The rows that are shown, of which board, with or without those.
    shown: Option<(Arc<Board>, bool, Vec<usize>)>,
}

/// The least width of a column, in points; the first one names the themes.
const LEAST_COLUMN: f32 = 190.0;
const NAMES: f32 = 130.0;

/// How many lines of text a cell has.
const LINES: u8 = 4;

/// Between the edge of a cell and what is in it, in points.
const MARGIN: f32 = 6.0;

/// Draws the page.
pub(super) fn board_ui(ui: &mut Ui, scene: Scene, state: &mut BoardState) -> Vec<Command> {
    let words = scene.words;
    let Some(boarding) = scene.session.boarding() else {
        teaching(ui, words.board_needs_two());
        return Vec::new();
    };
    let mut asked = ui.horizontal_wrapped(|ui| choices_ui(ui, scene, boarding, state)).inner;
    quiet(ui, words.board_hint());
    let Some(board) = boarding.board() else {
        let percent = (scene.session.board_progress().clamp(0.0, 1.0) * 100.0).round();
        teaching(ui, words.board_working(percent));
        return asked;
    };
    let rows = shown_rows(board, state);
    if rows.is_empty() {
        teaching(ui, words.board_none());
        return asked;
    }
    asked.extend(table_ui(ui, scene, boarding, (board, rows)));
    asked
}

/// Which documents have a column, and whether what stands in one only is shown.
fn choices_ui(ui: &mut Ui, scene: Scene, boarding: &Boarding, state: &mut BoardState) -> Vec<Command> {
    let mut asked = Vec::new();
    let now = boarding.columns();
    ui.menu_button(scene.words.board_documents(now.len()), |ui| {
        for tab in scene.session.tabs() {
            let mut on = now.contains(&tab.id);
            if ui.checkbox(&mut on, clear_name(&tab.title())).changed() {
                let others = now.iter().copied().filter(|id| *id != tab.id);
                asked.push(Command::ShowBoard(others.chain(on.then_some(tab.id)).collect()));
            }
        }
    });
    let mut with = !state.without_only_here;
    ui.checkbox(&mut with, scene.words.board_only_here());
    state.without_only_here = !with;
    asked
}

/// The rows to be shown; chosen once for a board, not in every frame.
fn shown_rows<'a>(board: &Arc<Board>, state: &'a mut BoardState) -> &'a [usize] {
    let without = state.without_only_here;
    let same =
        |(before, was, _): &(Arc<Board>, bool, Vec<usize>)| Arc::ptr_eq(before, board) && *was == without;
    if !state.shown.as_ref().is_some_and(same) {
        let rows = board.rows().iter().enumerate();
        let rows =
            rows.filter(|(_, row)| !(without && row.kind == RowKind::OnlyHere)).map(|(index, _)| index);
        state.shown = Some((Arc::clone(board), without, rows.collect()));
    }
    state.shown.as_ref().map_or(&[], |(_, _, rows)| rows.as_slice())
}

fn table_ui(
    ui: &mut Ui,
    scene: Scene,
    boarding: &Boarding,
    (board, rows): (&Board, &[usize]),
) -> Vec<Command> {
    #[expect(clippy::cast_precision_loss, reason = "columns are counted in tens")]
    let columns = boarding.columns().len().max(1) as f32;
    let column = ((ui.available_width() - NAMES - 20.0) / columns).max(LEAST_COLUMN);
    let height = f32::from(LINES) * (ui.text_style_height(&TextStyle::Body) + 1.0) + 2.0 * MARGIN;
    let mut asked = Vec::new();
    ScrollArea::horizontal().id_salt("board").auto_shrink(false).show(ui, |ui| {
        ui.set_min_width(NAMES + columns * column);
        titles_ui(ui, scene, boarding, column);
        let area = ScrollArea::vertical().id_salt("rows").auto_shrink(false);
        area.show_rows(ui, height, rows.len(), |ui, seen| {
            for row in rows.get(seen).unwrap_or_default() {
                let Some(row) = board.rows().get(*row) else { continue };
                asked.extend(row_ui(ui, scene, boarding, row, vec2(column, height)));
            }
        });
    });
    asked
}

fn titles_ui(ui: &mut Ui, scene: Scene, boarding: &Boarding, column: f32) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(NAMES);
        for tab in boarding.columns() {
            let title = RichText::new(title_of(scene, *tab)).strong();
            ui.add_sized(vec2(column, 24.0), egui::Label::new(title).truncate());
        }
    });
}

fn title_of(scene: Scene, id: TabId) -> String {
    let tab = scene.session.tabs().iter().find(|tab| tab.id == id);
    tab.map(|tab| clear_name(&tab.title())).unwrap_or_default()
}

fn reader_of(scene: Scene<'_>, id: Option<TabId>) -> Option<&Reader> {
    scene.session.tabs().iter().find(|tab| Some(tab.id) == id)?.reader()
}

fn row_ui(ui: &mut Ui, scene: Scene, boarding: &Boarding, row: &Row, size: egui::Vec2) -> Vec<Command> {
    let mut asked = Vec::new();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (names, _) = ui.allocate_exact_size(vec2(NAMES, size.y), Sense::hover());
        let named = reader_of(scene, boarding.columns().get(row.name.column).copied());
        if let Some(reader) = named {
            let written = row.name.span.of(reader.document().text()).unwrap_or_default();
            paint_text(ui, names, &reader.show_text(written), reader.glyphs(), scene.tokens.quiet);
        }
        for (column, cell) in row.cells.iter().enumerate() {
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            asked.extend(cell_ui(ui, scene, boarding, (column, row), cell, (rect.shrink(2.0), response)));
        }
    });
    asked
}

/// A cell: what a document says of a theme, or that it says nothing.
fn cell_ui(
    ui: &Ui,
    scene: Scene,
    boarding: &Boarding,
    (column, row): (usize, &Row),
    cell: &[Placed],
    (rect, response): (Rect, Response),
) -> Option<Command> {
    let tab = boarding.columns().get(column).copied();
    let title = tab.map(|tab| title_of(scene, tab)).unwrap_or_default();
    let Some(first) = cell.first() else {
        empty_cell_ui(ui, scene, rect);
        called(response, &format!("{title}: {}", scene.words.board_empty_cell()));
        return None;
    };
    let hovered = response.hovered() || response.has_focus();
    let edge = Stroke::new(
        if hovered { 1.5 } else { 1.0 },
        if hovered { scene.tokens.accent } else { scene.tokens.line },
    );
    ui.painter().rect(rect, 4.0, scene.tokens.page, edge, StrokeKind::Inside);
    let text = cell_text(scene, column, cell);
    let glyphs = reader_of(scene, tab).map_or(Glyphs::Simplified, Reader::glyphs);
    let inside = rect.with_min_x(rect.left() + 16.0);
    let ink = if first.visiting { scene.tokens.quiet } else { scene.tokens.text };
    paint_text(ui, inside, &text, glyphs, ink);
    let verdict = first.link.map(|(verdict, _)| verdict);
    if let Some(verdict) = verdict {
        let at = rect.left_top() + vec2(10.0, MARGIN + 8.0);
        ui.painter().extend(verdict_lines(verdict, at, scene.tokens.verdict(verdict)));
    }
    let verdict = verdict.map(|verdict| format!(", {}", verdict_name(scene.words, verdict)));
    let response = called(response, &format!("{title}{}: {text}", verdict.unwrap_or_default()));
    let mut asked = response.clicked().then_some(Command::GoToCell { column, block: first.block });
    response.context_menu(|ui| {
        let others =
            row.cells.iter().enumerate().filter(|(other, cell)| *other != column && !cell.is_empty());
        for (other, _) in others {
            let other_title = boarding.columns().get(other).map(|tab| title_of(scene, *tab));
            if ui.button(scene.words.compare_with(other_title.unwrap_or_default())).clicked() {
                asked = Some(Command::CompareCell { column, other, block: first.block });
                ui.close();
            }
        }
    });
    asked
}

/// What stands in a cell, on one line; how many further blocks there are.
fn cell_text(scene: Scene, column: usize, cell: &[Placed]) -> String {
    let first = cell.first().map(|placed| scene.session.board_text(column, placed.block)).unwrap_or_default();
    let first: String = first.chars().take(120).collect();
    if cell.len() > 1 { format!("{first} (+{})", cell.len() - 1) } else { first }
}

/// A cell that says nothing is seen as one.
fn empty_cell_ui(ui: &Ui, scene: Scene, rect: Rect) {
    let corners =
        [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    let stroke = Stroke::new(1.0, scene.tokens.line);
    ui.painter().extend(Shape::dashed_line(&corners, stroke, 4.0, 4.0));
    let font = TextStyle::Small.resolve(ui.style());
    let text = scene.words.board_empty_cell();
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, text, font, scene.tokens.quiet);
}

fn paint_text(ui: &Ui, rect: Rect, text: &str, glyphs: Glyphs, ink: Color32) {
    let format = TextFormat { color: ink, ..document_format(ui, glyphs) };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = rect.width() - 2.0 * MARGIN;
    job.wrap.max_rows = LINES.into();
    job.wrap.break_anywhere = true;
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(rect.left() + MARGIN, rect.top() + MARGIN), galley, ink);
}
