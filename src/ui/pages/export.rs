//! The page of export: the format, the script, the order, and which notes.

use egui::{Grid, Ui};

use super::settings::choice;
use crate::export::{Order, Words as ExportWords};
use crate::notes::{Colour, FoundState};
use crate::session::{Command, ExportFormat, ExportRequest, Language, Reader};
use crate::text::{Form, Script};
use crate::ui::scene::{Scene, colour_name, form_name, has_region, quiet};
use crate::ui::words::Words;

/// How many choices stand side by side. A grid does not see how often a line wraps by itself.
const CHOICES_IN_A_LINE: usize = 3;

/// What was chosen on the page.
#[derive(Default, Debug)]
pub(super) struct ExportState {
    format: ExportFormat,
    /// The script shown, until another one is chosen.
    script: Option<Script>,
    order: Order,
    only_listed: bool,
}

/// Draws the page.
pub(super) fn export_ui(ui: &mut Ui, scene: Scene, reader: &Reader, state: &mut ExportState) -> Vec<Command> {
    let words = scene.words;
    let mut script = state.script.unwrap_or(reader.wanted_script());
    Grid::new("export").num_columns(2).spacing([24.0, 10.0]).show(ui, |ui| {
        let formats = ExportFormat::ALL.map(|format| (format, format_name(words, format)));
        row(ui, words.export_format(), &formats, &mut state.format);
        let forms = Form::ALL.map(|form| (form, form_name(words, form)));
        row(ui, words.script(), &forms, &mut script.form);
        let orders = [(Order::Document, words.by_document()), (Order::Tag, words.by_tag())];
        row(ui, words.export_order(), &orders, &mut state.order);
        let which = [(false, words.export_all()), (true, words.export_filtered())];
        row(ui, words.export_which(), &which, &mut state.only_listed);
    });
    ui.add_enabled_ui(has_region(script.form), |ui| {
        ui.checkbox(&mut script.regional_words, words.regional_words());
    });
    state.script = Some(script);
    let count = if state.only_listed { reader.listed_notes().len() } else { reader.notebook().len() };
    quiet(ui, words.export_count(count));
    let go = ui.add_enabled(count > 0, egui::Button::new(words.export_go()));
    if go.clicked() {
        vec![Command::AskToExport(Box::new(request(words, script, state)))]
    } else {
        Vec::new()
    }
}

pub(super) fn row<T: Copy + PartialEq>(ui: &mut Ui, name: &str, offered: &[(T, &str)], chosen: &mut T) {
    ui.label(name);
    ui.vertical(|ui| {
        for line in offered.chunks(CHOICES_IN_A_LINE) {
            ui.horizontal(|ui| *chosen = choice(ui, line, *chosen).unwrap_or(*chosen));
        }
    });
    ui.end_row();
}

fn format_name(words: Words, format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Markdown => "Markdown",
        ExportFormat::Html => "HTML",
        ExportFormat::Csv => words.export_table(),
    }
}

fn request(words: Words, script: Script, state: &ExportState) -> ExportRequest {
    ExportRequest {
        format: state.format,
        script,
        order: state.order,
        only_listed: state.only_listed,
        words: export_words(words),
        interface_language: language_tag(words.language()).to_owned(),
    }
}

/// The BCP 47 tag of the interface's language.
pub(super) fn language_tag(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Simplified => "zh-Hans",
        Language::Traditional => "zh-Hant-TW",
    }
}

/// The words that an export writes by itself.
fn export_words(words: Words) -> ExportWords {
    ExportWords {
        id: words.exported_id().to_owned(),
        source: words.source().to_owned(),
        quotation: words.exported_quotation().to_owned(),
        as_written: words.as_written().to_owned(),
        headings: words.exported_headings().to_owned(),
        tags: words.tags().to_owned(),
        colour: words.colour().to_owned(),
        note: words.note_text().to_owned(),
        paragraph: words.exported_paragraph().to_owned(),
        start: words.exported_start().to_owned(),
        end: words.exported_end().to_owned(),
        created: words.exported_created().to_owned(),
        changed: words.exported_changed().to_owned(),
        state: words.exported_state().to_owned(),
        bookmark: words.bookmark().to_owned(),
        other_document: words.exported_other_document().to_owned(),
        other_quotation: words.exported_other_quotation().to_owned(),
        without_tag: words.exported_without_tag().to_owned(),
        colours: Colour::ALL.map(|colour| colour_name(words, colour).to_owned()),
        states: FoundState::ALL.map(|state| state_name(words, state).to_owned()),
    }
}

fn state_name(words: Words, state: FoundState) -> &'static str {
    match state {
        FoundState::Exact => words.exact(),
        FoundState::Moved => words.moved(),
        FoundState::Unsure => words.unsure(),
        FoundState::Lost => words.lost(),
    }
}
