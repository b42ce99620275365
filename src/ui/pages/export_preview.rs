//! How a page of export is laid out: what is chosen, what is done with it, and how the file will begin.

use egui::{CentralPanel, Frame, Grid, Margin, Panel, RichText, ScrollArea, Ui, vec2};

use crate::session::{Command, ExportCommand, ExportPreview};
use crate::ui::scene::{Scene, quiet, teaching};
use crate::ui::words::Words;

/// From this width on the preview stands beside the choices, which are so wide then. In points.
const SIDE_BY_SIDE: f32 = 1000.0;
const CHOICES_WIDTH: f32 = 590.0;

/// How high the preview is where it stands below the choices, and what stands between them. In points.
const PREVIEW_HEIGHT: f32 = 220.0;
const GO_HEIGHT: f32 = 64.0;

/// How much of a cell is shown, in characters.
const CELL: usize = 12;

/// What is being previewed.
#[derive(Debug)]
pub(super) struct Previewed<Wanted>(Option<Wanted>);

impl<Wanted> Default for Previewed<Wanted> {
    fn default() -> Self {
        Self(None)
    }
}

impl<Wanted: PartialEq> Previewed<Wanted> {
    /// Asks for a preview whenever something else is wanted.
    pub(super) fn ask(
        &mut self,
        wanted: Wanted,
        command: impl FnOnce(&Wanted) -> ExportCommand,
    ) -> Option<Command> {
        let asked = (self.0.as_ref() != Some(&wanted)).then(|| Command::Export(command(&wanted)));
        self.0 = Some(wanted);
        asked
    }
}

/// Draws a page: the choices, which scroll; at their foot what is done with them, always in sight; and the preview in all
/// of the room that is left. Nothing moves when another format is chosen.
pub(super) fn export_page<Request: Clone>(
    ui: &mut Ui,
    choose: impl FnOnce(&mut Ui) -> Request,
    go: impl FnOnce(&mut Ui, &Request) -> Vec<Command>,
    preview: impl FnOnce(&mut Ui, Request) -> Option<Command>,
) -> Vec<Command> {
    if ui.available_width() < SIDE_BY_SIDE {
        let (request, asked) = above_go(ui, |ui| {
            let request = choose(ui);
            ui.separator();
            let size = vec2(ui.available_width(), PREVIEW_HEIGHT);
            let asked = ui.allocate_ui(size, |ui| preview(ui, request.clone())).inner;
            (request, asked)
        });
        return asked.into_iter().chain(go(ui, &request)).collect();
    }
    let choices = Panel::left("export choices").frame(Frame::NONE).resizable(false).exact_size(CHOICES_WIDTH);
    let choices = choices.show(ui, |ui| {
        let request = above_go(ui, choose);
        (go(ui, &request), request)
    });
    let (mut asked, request) = choices.inner;
    let room = CentralPanel::no_frame().frame(Frame::NONE.inner_margin(Margin { left: 12, ..Margin::ZERO }));
    asked.extend(room.show(ui, |ui| preview(ui, request)).inner);
    asked
}

/// What scrolls above what is always in sight.
fn above_go<Out>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> Out) -> Out {
    let area = ScrollArea::vertical().id_salt("export").auto_shrink(false);
    area.max_height(ui.available_height() - GO_HEIGHT).show(ui, contents).inner
}

/// How the file will begin; `nothing` is said where there is nothing to show.
pub(super) fn preview_ui(ui: &mut Ui, scene: Scene, nothing: &str) {
    ui.strong(scene.words.export_preview());
    match &scene.session.exporting().preview {
        None => teaching(ui, nothing),
        Some(Err(reason)) => {
            ui.colored_label(ui.visuals().error_fg_color, scene.words.export_fault(reason));
        }
        Some(Ok(preview)) => preview_text(ui, scene.words, preview),
    }
}

fn preview_text(ui: &mut Ui, words: Words, preview: &ExportPreview) {
    // That there are more columns is seen before the pointer is there.
    ui.spacing_mut().scroll.dormant_handle_opacity = 0.6;
    ScrollArea::both().id_salt("preview").auto_shrink(false).show(ui, |ui| {
        if preview.rows.is_empty() {
            ui.label(RichText::new(&preview.text).monospace().small());
        } else {
            preview_rows(ui, &preview.rows);
        }
        if preview.cut {
            quiet(ui, words.export_preview_cut());
        }
    });
}

/// A table: the names of the columns, and below each what stands there.
fn preview_rows(ui: &mut Ui, rows: &[Vec<String>]) {
    Grid::new("preview of a table").striped(true).spacing([14.0, 3.0]).show(ui, |ui| {
        for (index, row) in rows.iter().enumerate() {
            for cell in row {
                let shown: String = cell.chars().take(CELL).collect();
                let cut = if shown.len() < cell.len() { "…" } else { "" };
                let text = RichText::new(shown + cut).small();
                let label = ui.label(if index == 0 { text.strong() } else { text });
                if !cut.is_empty() {
                    label.on_hover_text(cell);
                }
            }
            ui.end_row();
        }
    });
}
