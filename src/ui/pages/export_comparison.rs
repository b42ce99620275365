//! The page of export while a comparison is in front: the format, the script of each column, which links.

use egui::{Button, Grid, Ui};

use super::export::{language_tag, row};
use super::export_preview::{Previewed, export_page, preview_ui};
use crate::compare::{Side, Verdict};
use crate::export::comparison::{ComparisonFormat, ComparisonWords};
use crate::session::{Command, Compared, ComparisonRequest, ExportCommand};
use crate::text::{Form, Script};
use crate::ui::comparison::wording::{side_name, verdict_name};
use crate::ui::scene::{Scene, form_name, has_region, quiet};
use crate::ui::words::Words;

/// What was chosen on the page.
#[derive(Default, Debug)]
pub(super) struct ExportComparisonState {
    format: ComparisonFormat,
    /// The script of each column, the left one first; the one shown, until another one is chosen.
    scripts: [Option<Script>; 2],
    only_listed: bool,
    without_only_here: bool,
    without_slight: bool,
}

/// Of which request, and of how many links and listed ones.
pub(super) type PreviewedComparison = Previewed<(ComparisonRequest, [usize; 2])>;

/// Draws the page.
pub(super) fn export_comparison_ui(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    (state, previewed): (&mut ExportComparisonState, &mut PreviewedComparison),
) -> Vec<Command> {
    let comparing = compared.comparing();
    let all = comparing.result().map_or(0, |result| result.links().len());
    let listed = comparing.listed().len();
    let preview = |ui: &mut Ui, request: ComparisonRequest| {
        let command =
            |wanted: &(ComparisonRequest, _)| ExportCommand::PreviewComparison(Box::new(wanted.0.clone()));
        let asked = previewed.ask((request, [all, listed]), command);
        preview_ui(ui, scene, "");
        asked
    };
    let go = |ui: &mut Ui, request: &ComparisonRequest| {
        quiet(ui, scene.words.export_links_count(if request.only_listed { listed } else { all }));
        let go = ui.add_enabled(comparing.result().is_some(), Button::new(scene.words.export_go()));
        let asked = go.clicked().then(|| Command::AskToExportComparison(Box::new(request.clone())));
        asked.into_iter().collect()
    };
    export_page(ui, |ui| choices_ui(ui, scene, compared, state), go, preview)
}

fn choices_ui(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    state: &mut ExportComparisonState,
) -> ComparisonRequest {
    let words = scene.words;
    let mut scripts = [0, 1].map(|column| {
        let side = Side::BOTH.get(column).copied().unwrap_or(Side::Left);
        state.scripts.get(column).copied().flatten().unwrap_or(compared.pane(side).script())
    });
    Grid::new("export comparison").num_columns(2).spacing([24.0, 10.0]).show(ui, |ui| {
        let formats = ComparisonFormat::ALL.map(|format| (format, format_name(words, format)));
        row(ui, words.export_format(), &formats, &mut state.format);
        let forms = Form::ALL.map(|form| (form, form_name(words, form)));
        let columns = [words.export_script_left(), words.export_script_right()];
        for (name, script) in columns.into_iter().zip(&mut scripts) {
            row(ui, name, &forms, &mut script.form);
        }
        let which = [(false, words.export_links_all()), (true, words.export_links_listed())];
        row(ui, words.export_links_which(), &which, &mut state.only_listed);
    });
    for (side, script) in Side::BOTH.into_iter().zip(&mut scripts) {
        ui.add_enabled_ui(has_region(script.form), |ui| {
            let name = format!("{} ({})", words.regional_words(), side_name(words, side));
            ui.checkbox(&mut script.regional_words, name);
        });
    }
    state.scripts = scripts.map(Some);
    switch(ui, words.export_only_here(), &mut state.without_only_here);
    switch(ui, words.export_slight(), &mut state.without_slight);
    request(words, scripts, state)
}

/// A box that is ticked at first.
fn switch(ui: &mut Ui, name: &str, without: &mut bool) {
    let mut with = !*without;
    ui.checkbox(&mut with, name);
    *without = !with;
}

fn format_name(words: Words, format: ComparisonFormat) -> &'static str {
    match format {
        ComparisonFormat::Html => words.export_printable(),
        ComparisonFormat::Docx => words.export_docx(),
        ComparisonFormat::Xlsx => words.export_xlsx(),
        ComparisonFormat::Csv => words.export_table(),
        ComparisonFormat::Markdown => "Markdown",
        ComparisonFormat::Json => words.export_json(),
    }
}

fn request(
    words: Words,
    [left_script, right_script]: [Script; 2],
    state: &ExportComparisonState,
) -> ComparisonRequest {
    ComparisonRequest {
        format: state.format,
        left_script,
        right_script,
        only_listed: state.only_listed,
        only_here: !state.without_only_here,
        slight: !state.without_slight,
        words: table_words(words),
        interface_language: language_tag(words.language()).to_owned(),
    }
}

/// The words that the export writes by itself.
fn table_words(words: Words) -> ComparisonWords {
    let own = str::to_owned;
    ComparisonWords {
        comparison: own(words.table_comparison()),
        left: own(words.left_side()),
        right: own(words.right_side()),
        side: own(words.table_side()),
        title: own(words.table_title()),
        number: own(words.table_number()),
        verdict: own(words.table_verdict()),
        score: own(words.table_score()),
        reason: own(words.table_reason()),
        paragraphs: own(words.table_paragraphs()),
        text: own(words.table_text()),
        notes: own(words.notes()),
        tags: own(words.tags()),
        lost_notes: own(words.table_lost_notes()),
        documents: own(words.table_documents()),
        path: own(words.table_path()),
        section: own(words.compare_section()),
        characters: own(words.table_characters()),
        id: own(words.table_id()),
        links: own(words.links()),
        answered: own(words.table_answered()),
        shared: own(words.table_shared()),
        only_here: own(words.verdict_only()),
        nothing_answers: own(words.table_nothing_answers()),
        nothing_in_common: own(words.table_nothing_in_common()),
        shared_wording: own(words.table_shared_wording()),
        differing: own(words.table_differing()),
        moved: own(words.table_moved()),
        slightly_differing: own(words.table_slight()),
        cut: own(words.table_cut()),
        verdicts: Verdict::ALL.map(|verdict| own(verdict_name(words, verdict))),
        because_wording: own(words.because_wording()),
        because_words: own(words.because_words()),
        because_leading_clause: own(words.because_leading_clause()),
        because_named: own(words.because_named()),
        because_theme_alike: own(words.because_theme_alike()),
        because_theme: own(words.because_theme()),
        because_headings: own(words.because_headings()),
        because_order: own(words.because_order()),
        because_reader: own(words.because_reader()),
        between_reasons: own(words.reason_break()),
        between_words: own(words.list_dot()),
    }
}
