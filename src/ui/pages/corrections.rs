//! The page of the reader's corrections of conversions.

use egui::{Grid, Key, RichText, TextEdit, Ui};

use crate::session::Command;
use crate::text::{Correction, Corrections, Shows};
use crate::ui::notes_panel::small_sign;
use crate::ui::pages::undo_ui;
use crate::ui::scene::{Scene, called, name_ui, quiet, teaching};
use crate::ui::words::Words;

/// The correction being written.
#[derive(Default, Debug)]
pub(super) struct CorrectionsState {
    begun: bool,
    /// The field that is to have the keyboard, counted from 0.
    wants_focus: Option<usize>,
    source: String,
    shown: String,
    everywhere: bool,
}

/// Draws the page: a new correction, then those there are.
pub(super) fn corrections_ui(ui: &mut Ui, scene: Scene, state: &mut CorrectionsState) -> Vec<Command> {
    let words = scene.words;
    if !std::mem::replace(&mut state.begun, true) {
        state.source = selected(scene);
        state.wants_focus = Some(usize::from(!state.source.is_empty()));
    }
    let mut asked: Vec<Command> = undo_ui(ui).into_iter().collect();
    asked.extend(new_ui(ui, scene, state));
    let own = scene.reader().map(|reader| reader.corrections().clone()).unwrap_or_default();
    let everywhere = scene.session.corrections();
    if own.is_empty() && everywhere.is_empty() {
        teaching(ui, words.corrections_none());
    }
    asked.extend(list_ui(ui, words, &own, false));
    asked.extend(list_ui(ui, words, everywhere, true));
    asked
}

/// What is selected, as written: most corrections begin with it.
fn selected(scene: Scene) -> String {
    let selection = scene.reader().and_then(|reader| {
        let span = reader.selection()?;
        span.of(reader.document().text()).map(ToOwned::to_owned)
    });
    selection.filter(|text| text.chars().count() <= 20).unwrap_or_default()
}

fn new_ui(ui: &mut Ui, scene: Scene, state: &mut CorrectionsState) -> Vec<Command> {
    let words = scene.words;
    let wants_focus = state.wants_focus.take();
    let mut entered = false;
    Grid::new("new correction").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| {
        let fields = [(words.correct_source(), &mut state.source), (words.correct_shown(), &mut state.shown)];
        for (index, (name, text)) in fields.into_iter().enumerate() {
            name_ui(ui, name);
            let field = called(ui.add(TextEdit::singleline(text).desired_width(220.0)), name);
            entered |= field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if wants_focus == Some(index) {
                field.request_focus();
            }
            ui.end_row();
        }
    });
    let document = scene.reader().is_some();
    let mut asked = Vec::new();
    ui.horizontal(|ui| {
        ui.add_enabled_ui(document, |ui| {
            ui.radio_value(&mut state.everywhere, false, words.for_this_document())
        });
        ui.radio_value(&mut state.everywhere, true, words.for_all_documents());
        let possible = !state.source.trim().is_empty() && (document || state.everywhere);
        let clicked = ui.add_enabled(possible, egui::Button::new(words.add())).clicked();
        if clicked || (entered && possible) {
            asked.push(Command::Correct { correction: correction(state), everywhere: state.everywhere });
            state.source.clear();
            state.shown.clear();
            state.wants_focus = Some(0);
        }
    });
    ui.separator();
    asked
}

fn correction(state: &CorrectionsState) -> Correction {
    let shown = state.shown.trim();
    let shown = if shown.is_empty() { Shows::Never } else { Shows::As(shown.to_owned()) };
    Correction { source: state.source.trim().to_owned(), shown, scripts: Vec::new() }
}

fn list_ui(ui: &mut Ui, words: Words, corrections: &Corrections, everywhere: bool) -> Vec<Command> {
    let mut asked = Vec::new();
    if corrections.is_empty() {
        return asked;
    }
    let name = if everywhere { words.for_all_documents() } else { words.for_this_document() };
    ui.label(RichText::new(name).strong());
    for correction in corrections.list() {
        ui.horizontal(|ui| {
            if small_sign(ui, "×", &words.remove_correction(&correction.source)) {
                asked.push(Command::Uncorrect { source: correction.source.clone(), everywhere });
            }
            ui.label(&correction.source);
            match &correction.shown {
                Shows::Never => quiet(ui, words.kept_as_written()),
                Shows::As(shown) => ui.label(format!("→ {shown}")),
            };
        });
    }
    asked
}
