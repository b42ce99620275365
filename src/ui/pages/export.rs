//! The page of export: which notes, the format, the script, the order, and how the file will begin.

use egui::{Button, ComboBox, Grid, ProgressBar, TextEdit, Ui};

use super::export_preview::{Previewed, export_page, preview_ui};
use super::settings::choice;
use crate::export::{Grouping, Order, Template, Words as ExportWords};
use crate::notes::{Colour, FoundState};
use crate::session::{
    Command, ExportChoices, ExportCommand, ExportFormat, ExportRequest, ExportScope, Exporting, Language,
    Reader,
};
use crate::text::{Form, Script};
use crate::ui::choices::{Choice, choice_list_ui};
use crate::ui::scene::{Scene, called, colour_name, form_name, has_region, quiet};
use crate::ui::words::Words;

/// How many choices stand side by side. A grid does not see how often a line wraps by itself.
const CHOICES_IN_A_LINE: usize = 3;

/// What was chosen on the page.
#[derive(Default, Debug)]
pub(super) struct ExportState {
    /// Those of the last time, until something is chosen.
    choices: Option<ExportChoices>,
    /// With how many templates.
    pub(super) previewed: Previewed<(ExportRequest, usize)>,
}

/// Draws the page.
pub(super) fn export_ui(ui: &mut Ui, scene: Scene, state: &mut ExportState) -> Vec<Command> {
    let ExportState { choices, previewed } = state;
    let choose = |ui: &mut Ui| choices_ui(ui, scene, choices);
    let preview = |ui: &mut Ui, request: ExportRequest| {
        let wanted = (request, scene.session.exporting().templates.len());
        let asked = previewed.ask(wanted, |(request, _)| ExportCommand::Preview(Box::new(request.clone())));
        preview_ui(ui, scene, scene.words.export_nothing_yet());
        asked
    };
    export_page(ui, choose, |ui, request| go_ui(ui, scene, request), preview)
}

fn choices_ui(ui: &mut Ui, scene: Scene, chosen: &mut Option<ExportChoices>) -> ExportRequest {
    let (words, session) = (scene.words, scene.session);
    let mut choices = chosen.take().unwrap_or_else(|| first_choices(scene));
    let shown = scene.reader().map_or(Script::AS_WRITTEN, Reader::wanted_script);
    Grid::new("export").num_columns(2).spacing([24.0, 10.0]).show(ui, |ui| {
        scope_ui(ui, scene, &mut choices.scope);
        let formats = ExportFormat::ALL.map(|format| (format, format_name(words, format)));
        row(ui, words.export_format(), &formats, &mut choices.format);
        if choices.format == ExportFormat::Template {
            template_ui(ui, words, session.exporting(), &mut choices.template);
        }
        arrangement_ui(ui, words, shown, &mut choices);
    });
    switches_ui(ui, words, &mut choices, shown);
    *chosen = Some(choices.clone());
    request(words, choices, shown)
}

/// As the last time; but what was chosen among all notes, where something was.
fn first_choices(scene: Scene) -> ExportChoices {
    let mut choices = scene.session.settings().export.clone();
    if !scene.session.exporting().chosen.is_empty() {
        choices.scope = ExportScope::Chosen;
    } else if choices.scope == ExportScope::Chosen {
        choices.scope = ExportScope::default();
    }
    choices
}

fn scope_ui(ui: &mut Ui, scene: Scene, scope: &mut ExportScope) {
    let (words, session) = (scene.words, scene.session);
    let count = session.count_to_export(ExportScope::Chosen);
    let chosen = words.export_chosen(count);
    let mut offered = vec![
        (ExportScope::Document, words.export_all()),
        (ExportScope::Listed, words.export_filtered()),
        (ExportScope::OpenDocuments, words.export_open_documents()),
    ];
    if count > 0 {
        offered.push((ExportScope::Chosen, chosen.as_str()));
    }
    row(ui, words.export_which(), &offered, scope);
}

/// Which template, and where one's own are put.
fn template_ui(ui: &mut Ui, words: Words, exporting: &Exporting, file: &mut String) {
    let label = ui.label(words.export_template());
    let chosen = exporting.template(file).map(Template::file).unwrap_or_default();
    ui.vertical(|ui| {
        let list = ComboBox::from_id_salt("template").width(260.0).selected_text(chosen.as_str());
        let offered = exporting.templates.iter();
        let offered = offered.map(|template| Choice::new(template.file(), template_name(words, template)));
        let (button, other) = choice_list_ui(ui, (list, words.export_template()), &chosen, offered);
        button.labelled_by(label.id);
        if let Some(other) = other {
            *file = other;
        }
        quiet(ui, words.export_template_hint());
        for fault in &exporting.faults {
            ui.colored_label(ui.visuals().warn_fg_color, fault);
        }
    });
    ui.end_row();
}

fn template_name(words: Words, template: &Template) -> String {
    let what = match (template.own, template.name.as_str()) {
        (true, _) => words.template_own(),
        (false, "vault") => words.template_vault(),
        (false, "table") => words.template_table(),
        (false, _) => words.template_reading_notes(),
    };
    format!("{}: {what}", template.file())
}

/// The script; order and groups, where the format has any.
fn arrangement_ui(ui: &mut Ui, words: Words, shown: Script, choices: &mut ExportChoices) {
    if choices.format.is_for_exchange() {
        return;
    }
    let mut script = choices.script.unwrap_or(shown);
    let forms = Form::ALL.map(|form| (form, form_name(words, form)));
    row(ui, words.script(), &forms, &mut script.form);
    if script != choices.script.unwrap_or(shown) {
        choices.script = Some(script);
    }
    if choices.format == ExportFormat::DocxComments {
        let label = ui.label(words.export_author());
        ui.add(TextEdit::singleline(&mut choices.author).desired_width(260.0)).labelled_by(label.id);
        ui.end_row();
        return;
    }
    let orders = Order::ALL.map(|order| (order, order_name(words, order)));
    row(ui, words.export_order(), &orders, &mut choices.order);
    let groupings = Grouping::ALL.map(|grouping| (grouping, grouping_name(words, grouping)));
    row(ui, words.export_grouping(), &groupings, &mut choices.grouping);
}

fn switches_ui(ui: &mut Ui, words: Words, choices: &mut ExportChoices, shown: Script) {
    let mut script = choices.script.unwrap_or(shown);
    ui.horizontal_wrapped(|ui| {
        if !choices.format.is_for_exchange() {
            let regional = ui.add_enabled_ui(has_region(script.form), |ui| {
                ui.checkbox(&mut script.regional_words, words.regional_words())
            });
            if regional.inner.changed() {
                choices.script = Some(script);
            }
            ui.checkbox(&mut choices.both_scripts, words.export_both_scripts());
        }
        ui.checkbox(&mut choices.places, words.export_places()).on_hover_text(words.export_places_hint());
    });
}

/// How many notes there are, and what can be done with them; while that is done, how far it is.
fn go_ui(ui: &mut Ui, scene: Scene, request: &ExportRequest) -> Vec<Command> {
    let (words, session) = (scene.words, scene.session);
    let count = session.count_to_export(request.choices.scope);
    quiet(ui, words.export_count(count));
    let mut asked = Vec::new();
    if let Some(done) = session.exporting().progress() {
        ui.horizontal(|ui| {
            let bar = ui.add(ProgressBar::new(done).desired_width(260.0).show_percentage());
            called(bar, words.export_progress());
            if ui.button(words.cancel()).clicked() {
                asked.push(Command::Export(ExportCommand::Stop));
            }
        });
        return asked;
    }
    ui.horizontal(|ui| {
        let boxed = || Box::new(request.clone());
        let go = ui.add_enabled(count > 0, Button::new(words.export_go()));
        if go.on_disabled_hover_text(words.export_nothing_yet()).clicked() {
            asked.push(Command::Export(ExportCommand::Ask(boxed())));
        }
        let can_copy = count > 0 && request.choices.format.is_text();
        let why_not = if count == 0 { words.export_nothing_yet() } else { words.export_copy_is_no_text() };
        let copy = ui.add_enabled(can_copy, Button::new(words.export_copy())).on_disabled_hover_text(why_not);
        if copy.clicked() {
            asked.push(Command::Export(ExportCommand::Copy(boxed())));
        }
    });
    asked
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
        ExportFormat::Docx => words.export_docx_quotations(),
        ExportFormat::DocxComments => words.export_docx_comments(),
        ExportFormat::Xlsx => words.export_xlsx(),
        ExportFormat::Csv => words.export_table(),
        ExportFormat::Text => words.export_text(),
        ExportFormat::Ron => words.export_ron(),
        ExportFormat::JsonLd => words.export_jsonld(),
        ExportFormat::Qdpx => words.export_qdpx(),
        ExportFormat::Qdc => words.export_qdc(),
        ExportFormat::Template => words.export_template(),
    }
}

fn order_name(words: Words, order: Order) -> &'static str {
    match order {
        Order::Place => words.by_document(),
        Order::Made => words.order_made(),
        Order::Tag => words.order_tag(),
        Order::Colour => words.order_colour(),
    }
}

fn grouping_name(words: Words, grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Headings => words.group_by_headings(),
        Grouping::Tag => words.by_tag(),
        Grouping::Colour => words.group_by_colour(),
        Grouping::Day => words.group_by_day(),
        Grouping::Document => words.group_by_document(),
        Grouping::Nothing => words.group_by_nothing(),
    }
}

fn request(words: Words, choices: ExportChoices, shown: Script) -> ExportRequest {
    let interface_language = language_tag(words.language()).to_owned();
    ExportRequest { choices, shown, words: export_words(words), interface_language }
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
    let own = str::to_owned;
    ExportWords {
        notes: own(words.notes()),
        documents: own(words.table_documents()),
        document: own(words.exported_document()),
        title: own(words.table_title()),
        text_id: own(words.table_id()),
        id: own(words.exported_id()),
        source: own(words.source()),
        reference: own(words.exported_reference()),
        place: own(words.table_path()),
        quotation: own(words.exported_quotation()),
        as_written: own(words.as_written()),
        before: own(words.exported_before()),
        after: own(words.exported_after()),
        headings: own(words.exported_headings()),
        tags: own(words.tags()),
        colour: own(words.colour()),
        note: own(words.note_text()),
        clause: own(words.exported_clause()),
        paragraph: own(words.exported_paragraph()),
        page: own(words.exported_page()),
        start: own(words.exported_start()),
        end: own(words.exported_end()),
        created: own(words.exported_created()),
        changed: own(words.exported_changed()),
        reads_now: own(words.exported_reads_now()),
        state: own(words.exported_state()),
        bookmark: own(words.bookmark()),
        other_document: own(words.exported_other_document()),
        other_quotation: own(words.exported_other_quotation()),
        without_tag: own(words.exported_without_tag()),
        without_place: own(words.exported_without_place()),
        reader: own(words.exported_reader()),
        cut: own(words.table_cut()),
        colours: Colour::ALL.map(|colour| own(colour_name(words, colour))),
        states: FoundState::ALL.map(|state| own(state_name(words, state))),
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
