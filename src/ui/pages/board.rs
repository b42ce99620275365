//! The board: a column for each document, a row for each theme. Only the rows in sight are made.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Color32, Rect, Response, RichText, ScrollArea, Sense, Shape, Stroke, StrokeKind, TextStyle, Ui,
    UiBuilder, Vec2, pos2, vec2,
};

use crate::compare::{Board, Placed, Row, RowKind};
use crate::session::{Boarding, Command, Reader, Tab, TabId};
use crate::text::Glyphs;
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

/// The height of the titles of the columns, in points.
const TITLES: f32 = 24.0;

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
    left_out_ui(ui, scene, boarding);
    if boarding.columns().len() < 2 {
        teaching(ui, words.board_needs_two());
        return asked;
    }
    let Some(board) = boarding.board() else {
        if let Some(reason) = scene.session.board_failure() {
            teaching(ui, words.comparing_failed(reason));
            return asked;
        }
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
    let now = boarding.wanted();
    ui.menu_button(scene.words.board_documents(boarding.columns().len()), |ui| {
        for tab in scene.session.tabs() {
            let mut on = now.contains(&tab.id);
            let named = ui.checkbox(&mut on, scene.titles.told_apart(tab));
            if named.on_hover_text(scene.titles.hint(tab)).changed() {
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

/// Which documents take no part.
fn left_out_ui(ui: &mut Ui, scene: Scene, boarding: &Boarding) {
    let titles =
        boarding.left_out().filter_map(|id| scene.session.tab(id)).map(|tab| scene.titles.told_apart(tab));
    let titles = titles.collect::<Vec<_>>().join(scene.words.list_dot());
    if !titles.is_empty() {
        ui.label(scene.words.board_left_out(titles));
    }
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

/// What the cells of the board are drawn from.
struct Table<'a> {
    scene: Scene<'a>,
    columns: Vec<Column<'a>>,
    /// The size of a cell, in points.
    cell: Vec2,
}

/// A document of the board.
struct Column<'a> {
    title: String,
    reader: Option<&'a Reader>,
}

impl Column<'_> {
    fn glyphs(&self) -> Glyphs {
        self.reader.map_or(Glyphs::Simplified, Reader::glyphs)
    }
}

fn table_ui(
    ui: &mut Ui,
    scene: Scene,
    boarding: &Boarding,
    (board, rows): (&Board, &[usize]),
) -> Vec<Command> {
    let columns: Vec<_> = boarding.columns().iter().map(|tab| column_of(scene, *tab)).collect();
    #[expect(clippy::cast_precision_loss, reason = "columns are counted in tens")]
    let count = columns.len().max(1) as f32;
    let width = ((ui.available_width() - NAMES - 20.0) / count).max(LEAST_COLUMN);
    let height = f32::from(LINES) * (ui.text_style_height(&TextStyle::Body) + 1.0) + 2.0 * MARGIN;
    let table = Table { scene, columns, cell: vec2(width, height) };
    let mut asked = Vec::new();
    // The titles stand above what scrolls, and go along with it to the side.
    let (titles, _) = ui.allocate_exact_size(vec2(ui.available_width(), TITLES), Sense::hover());
    let area = ScrollArea::both().id_salt("board").auto_shrink(false);
    let scrolled = area.show_rows(ui, height, rows.len(), |ui, seen| {
        ui.set_min_width(NAMES + count * width);
        for row in rows.get(seen).unwrap_or_default() {
            let Some(row) = board.rows().get(*row) else { continue };
            asked.extend(table.row_ui(ui, row));
        }
    });
    table.titles_ui(ui, titles, scrolled.state.clamped_offset().x);
    asked
}

fn column_of(scene: Scene<'_>, id: TabId) -> Column<'_> {
    let tab = scene.session.tab(id);
    let title = tab.map(|tab| scene.titles.told_apart(tab)).unwrap_or_default();
    Column { title, reader: tab.and_then(Tab::reader) }
}

impl Table<'_> {
    /// The titles of the columns, `offset` points of which are out of sight on the left.
    fn titles_ui(&self, ui: &mut Ui, rect: Rect, offset: f32) {
        let mut ui = ui.new_child(UiBuilder::new().max_rect(rect));
        ui.shrink_clip_rect(rect);
        let mut left = rect.left() + NAMES - offset;
        for column in &self.columns {
            let place = Rect::from_min_size(pos2(left, rect.top()), vec2(self.cell.x, rect.height()));
            ui.put(place, egui::Label::new(RichText::new(&column.title).strong()).truncate());
            left += self.cell.x;
        }
    }

    fn row_ui(&self, ui: &mut Ui, row: &Row) -> Vec<Command> {
        let mut asked = Vec::new();
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let (names, _) = ui.allocate_exact_size(vec2(NAMES, self.cell.y), Sense::hover());
            self.paint_name(ui, row, names);
            for column in 0..row.cells.len() {
                let (rect, response) = ui.allocate_exact_size(self.cell, Sense::click());
                asked.extend(self.cell_ui(ui, row, column, (rect.shrink(2.0), response)));
            }
        });
        asked
    }

    fn paint_name(&self, ui: &Ui, row: &Row, rect: Rect) {
        let Some(reader) = self.columns.get(row.name.column).and_then(|column| column.reader) else { return };
        let written = row.name.span.of(reader.document().text()).unwrap_or_default();
        paint_text(ui, rect, &reader.show_text(written), reader.glyphs(), self.scene.tokens.quiet);
    }

    /// A cell: what a document says of a theme, or that it says nothing. A click goes there; the menu reads it
    /// against another document.
    fn cell_ui(
        &self,
        ui: &Ui,
        row: &Row,
        index: usize,
        (rect, response): (Rect, Response),
    ) -> Option<Command> {
        let (cell, column) = (row.cells.get(index)?, self.columns.get(index)?);
        let Some(first) = cell.iter().find(|placed| !placed.heading) else {
            empty_cell_ui(ui, self.scene, rect);
            called(response, &format!("{}: {}", column.title, self.scene.words.board_empty_cell()));
            return None;
        };
        let text = self.cell_text(index, cell);
        self.paint_cell(ui, (first, column), &text, (rect, &response));
        let verdict = first.link.map(|(verdict, _)| format!(", {}", verdict_name(self.scene.words, verdict)));
        let said = text.replace('\n', ": ");
        let name = format!("{}{}: {said}", column.title, verdict.unwrap_or_default());
        let response = called(response, &name);
        let clicked = response.clicked().then_some(Command::GoToCell { column: index, block: first.block });
        clicked.or(self.menu_ui(&response, row, index, first))
    }

    fn paint_cell(
        &self,
        ui: &Ui,
        (first, column): (&Placed, &Column<'_>),
        text: &str,
        (rect, response): (Rect, &Response),
    ) {
        let tokens = self.scene.tokens;
        let active = response.hovered() || response.has_focus();
        let edge = if active { Stroke::new(1.5, tokens.accent) } else { Stroke::new(1.0, tokens.line) };
        ui.painter().rect(rect, 4.0, tokens.page, edge, StrokeKind::Inside);
        let inside = rect.with_min_x(rect.left() + 16.0);
        let ink = if first.visiting { tokens.quiet } else { tokens.text };
        paint_text(ui, inside, text, column.glyphs(), ink);
        if let Some((verdict, _)) = first.link {
            let at = rect.left_top() + vec2(10.0, MARGIN + 8.0);
            ui.painter().extend(verdict_lines(verdict, at, tokens.verdict(verdict)));
        }
    }

    /// The menu of a cell: reading it against what another document says of the theme.
    fn menu_ui(&self, response: &Response, row: &Row, column: usize, first: &Placed) -> Option<Command> {
        let mut asked = None;
        response.context_menu(|ui| {
            for (other, cell) in row.cells.iter().enumerate() {
                let Some(title) = self.columns.get(other).map(|column| &column.title) else { continue };
                if other == column || cell.is_empty() {
                    continue;
                }
                if ui.button(self.scene.words.compare_with(title)).clicked() {
                    asked = Some(Command::CompareCell { column, other, block: first.block });
                    ui.close();
                }
            }
        });
        asked
    }

    /// What stands in a cell: the heading nearest over its first passage, and that passage, a line each; how many
    /// further passages there are.
    fn cell_text(&self, column: usize, cell: &[Placed]) -> String {
        let session = self.scene.session;
        let headings = cell.iter().take_while(|placed| placed.heading);
        let shown = headings.last().into_iter().chain(cell.iter().find(|placed| !placed.heading));
        let shown = shown.map(|placed| session.board_text(column, placed.block).chars().take(120).collect());
        let text = shown.collect::<Vec<String>>().join("\n");
        let passages = cell.iter().filter(|placed| !placed.heading).count();
        if passages > 1 { format!("{text} (+{})", passages - 1) } else { text }
    }
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
