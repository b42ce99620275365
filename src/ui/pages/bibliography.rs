//! The page of references: what the document is cited by, and how it looks in the style of choice.

use std::path::Path;

use egui::{ComboBox, Grid, Label, RichText, ScrollArea, TextEdit, Ui};

use crate::document::{Bibliography, Detail, WorkKind};
use crate::export::citation::{CitationStyle, understands};
use crate::session::{CiteCommand, Command, Reader};
use crate::ui::bar::clear_name;
use crate::ui::choices::{Choice, choice_list_ui};
use crate::ui::notes_panel::small_sign;
use crate::ui::scene::{Scene, called, name_ui, quiet};
use crate::ui::words::Words;

/// How much room the title of the page, the hint and the reference take, in points.
const PREVIEW_HEIGHT: f32 = 260.0;

/// In a lower window, in points, fields and reference scroll together.
const ROOM_FOR_BOTH: f32 = 600.0;

/// Draws the page.
pub(super) fn bibliography_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Vec<Command> {
    quiet(ui, scene.words.bibliography_hint());
    let height = ui.ctx().content_rect().height();
    let draw = |ui: &mut Ui| {
        let mut asked = fields_ui(ui, scene, reader);
        if height < ROOM_FOR_BOTH {
            ui.separator();
            asked.extend(preview_ui(ui, scene));
        }
        asked
    };
    // The reference stands below the fields and stays in sight where there is room for both.
    let room = if height < ROOM_FOR_BOTH { height * 0.6 } else { height * 0.8 - PREVIEW_HEIGHT };
    let area = ScrollArea::vertical().max_height(room).min_scrolled_height(room).auto_shrink([false, true]);
    let mut asked = area.show(ui, draw).inner;
    if height >= ROOM_FOR_BOTH {
        ui.separator();
        asked.extend(preview_ui(ui, scene));
    }
    asked.into_iter().map(Command::Cite).collect()
}

fn fields_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Vec<CiteCommand> {
    let own = reader.own_bibliography().cloned().unwrap_or_default();
    let all = reader.bibliography();
    let mut asked = Vec::new();
    Grid::new("bibliography").num_columns(2).spacing([16.0, 6.0]).show(ui, |ui| {
        asked.extend(kind_ui(ui, scene.words, own.kind));
        for detail in Detail::ALL {
            asked.extend(detail_ui(ui, scene, (&own, &all), detail));
        }
    });
    asked
}

fn kind_ui(ui: &mut Ui, words: Words, own: Option<WorkKind>) -> Option<CiteCommand> {
    name_ui(ui, words.work_kind());
    let name = |kind: Option<WorkKind>| match kind {
        None => words.work_kind_guessed(),
        Some(kind) => kind_name(words, kind),
    };
    let list = ComboBox::from_id_salt("kind of work").selected_text(name(own)).width(220.0);
    let offered = std::iter::once(None).chain(WorkKind::ALL.map(Some));
    let offered = offered.map(|kind| Choice::new(kind, name(kind)));
    let (_, chosen) = choice_list_ui(ui, (list, words.work_kind()), &own, offered);
    ui.end_row();
    chosen.map(CiteCommand::SayKind)
}

/// A field: what the reader says, or else as a hint what the document says of itself. The sign leaves it to the
/// document again.
fn detail_ui(
    ui: &mut Ui,
    scene: Scene,
    (own, all): (&Bibliography, &Bibliography),
    detail: Detail,
) -> Option<CiteCommand> {
    let words = scene.words;
    let name = detail_name(words, detail);
    name_ui(ui, name);
    let said = own.details.contains_key(&detail);
    let mut value = own.get(detail).to_owned();
    let guess =
        if said || all.get(detail).is_empty() { String::new() } else { words.guessed(all.get(detail)) };
    let mut asked = None;
    ui.horizontal(|ui| {
        let edit = TextEdit::singleline(&mut value).hint_text(guess).desired_width(330.0);
        if called(ui.add(edit), name).on_hover_text(detail_hint(words, detail)).changed() {
            asked = Some(CiteCommand::Say(detail, Some(value).filter(|value| !value.is_empty())));
        }
        if said && small_sign(ui, "×", &words.leave_to_document(name)) {
            asked = Some(CiteCommand::Say(detail, None));
        }
        let guessed = !said && !all.get(detail).is_empty();
        if guessed && small_sign(ui, "∅", &words.say_none(name)) {
            asked = Some(CiteCommand::Say(detail, Some(String::new())));
        }
        if said && own.get(detail).is_empty() {
            quiet(ui, words.said_none());
        }
    });
    ui.end_row();
    if !understands(detail, all.get(detail)) {
        ui.label("");
        let fault = RichText::new(fault_name(words, detail)).small().color(scene.tokens.error);
        ui.add(Label::new(fault).wrap());
        ui.end_row();
    }
    asked
}

/// Why what is said does not come into the reference.
fn fault_name(words: Words, detail: Detail) -> String {
    match detail {
        Detail::Address => words.no_address().to_owned(),
        Detail::Language => words.no_language(words.language_hint()),
        _ => words.no_date(words.date_hint()),
    }
}

/// The style, and the reference in it.
fn preview_ui(ui: &mut Ui, scene: Scene) -> Option<CiteCommand> {
    let words = scene.words;
    let style = scene.session.settings().citation_style;
    let row = ui.horizontal(|ui| {
        ui.label(words.citation_style());
        let list = ComboBox::from_id_salt("citation style");
        let list = list.selected_text(style_name(words, style)).width(260.0);
        let offered = CitationStyle::ALL.map(|style| Choice::new(style, style_name(words, style)));
        choice_list_ui(ui, (list, words.citation_style()), &style, offered).1
    });
    let mut asked = row.inner.map(CiteCommand::ChooseStyle);
    match scene.session.citation() {
        None => drop(quiet(ui, words.citing())),
        Some(citation) => {
            ui.add_space(4.0);
            ui.add(Label::new(RichText::new(&citation.reference)).wrap().selectable(true));
            quiet(ui, words.in_text_citation(&citation.in_text));
            asked = asked.or(missing_title_ui(ui, scene));
            if scene.session.reader().is_some_and(|reader| reader.bibliography().has_unknown_date()) {
                quiet(ui, words.date_not_understood());
            }
            if ui.button(words.copy_reference()).clicked() {
                asked = Some(CiteCommand::CopyReference);
            }
        }
    }
    asked
}

/// Says that the reference names no title, and offers the name of the file.
fn missing_title_ui(ui: &mut Ui, scene: Scene) -> Option<CiteCommand> {
    let tab = scene.session.active()?;
    if !tab.reader()?.bibliography().get(Detail::Title).trim().is_empty() {
        return None;
    }
    let name = tab.place.name();
    let name = Path::new(&name).file_stem().map(|stem| stem.to_string_lossy().into_owned())?;
    ui.label(RichText::new(scene.words.title_missing()).color(scene.tokens.warning));
    let take = ui.button(scene.words.name_as_title(clear_name(&name))).clicked();
    take.then_some(CiteCommand::Say(Detail::Title, Some(name)))
}

fn kind_name(words: Words, kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::WebPage => words.work_web_page(),
        WorkKind::Law => words.work_law(),
        WorkKind::Report => words.work_report(),
        WorkKind::Book => words.work_book(),
        WorkKind::Chapter => words.work_chapter(),
        WorkKind::Journal => words.work_journal(),
        WorkKind::Newspaper => words.work_newspaper(),
        WorkKind::Thesis => words.work_thesis(),
        WorkKind::Conference => words.work_conference(),
        WorkKind::Manuscript => words.work_manuscript(),
    }
}

fn detail_name(words: Words, detail: Detail) -> &'static str {
    match detail {
        Detail::Title => words.title(),
        Detail::Authors => words.authors(),
        Detail::Container => words.container(),
        Detail::Publisher => words.publisher(),
        Detail::Place => words.publisher_place(),
        Detail::Date => words.date(),
        Detail::Number => words.document_number(),
        Detail::Volume => words.volume(),
        Detail::Pages => words.pages(),
        Detail::Address => words.address(),
        Detail::Accessed => words.accessed(),
        Detail::Language => words.language_of_document(),
    }
}

/// How a field is to be filled in, where that is not plain.
fn detail_hint(words: Words, detail: Detail) -> &'static str {
    match detail {
        Detail::Authors => words.authors_hint(),
        Detail::Container => words.container_hint(),
        Detail::Date | Detail::Accessed => words.date_hint(),
        Detail::Number => words.document_number_hint(),
        Detail::Language => words.language_hint(),
        _ => "",
    }
}

fn style_name(words: Words, style: CitationStyle) -> &'static str {
    match style {
        CitationStyle::GbNumeric => words.style_gb_numeric(),
        CitationStyle::GbAuthorDate => words.style_gb_author_date(),
        CitationStyle::GbNote => words.style_gb_note(),
        CitationStyle::ChicagoNotes => words.style_chicago_notes(),
        CitationStyle::ChicagoAuthorDate => words.style_chicago_author_date(),
        CitationStyle::Apa => "APA",
        CitationStyle::Mla => "MLA",
        CitationStyle::Mhra => words.style_mhra(),
        CitationStyle::Harvard => "Harvard (Cite Them Right)",
    }
}
