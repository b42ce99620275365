//! The line at the bottom: the script, the encoding, whether notes are saved, the position.

use egui::{Button, Layout, Panel, RichText, Ui};

use super::keys::keys_of;
use super::scene::{Scene, called, form_name};
use super::words::Words;
use crate::document::{Document, TextId};
use crate::session::{Command, LinkCommand, Page, Reader, SaveState, Seeking};
use crate::text::{Form, Script, Written};

/// What the line remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct StatusState {
    document: Option<TextId>,
    /// How many blocks are set aside.
    asides: usize,
}

impl StatusState {
    /// Counts once for each document, not in every frame.
    fn update(&mut self, document: &Document) {
        if self.document != Some(document.id()) {
            self.document = Some(document.id());
            self.asides = document.blocks().iter().filter(|block| block.kind.aside().is_some()).count();
        }
    }
}

/// So many characters of the words that a link begins at are shown.
const QUOTED: usize = 12;

/// Draws the line.
pub(super) fn status_ui(ui: &mut Ui, scene: Scene, state: &mut StatusState) -> Vec<Command> {
    let Some(reader) = scene.reader() else { return Vec::new() };
    state.update(reader.document());
    let line = Panel::bottom("status").show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.set_min_height(22.0);
            contents(ui, scene, reader, state.asides)
        })
        .inner
    });
    line.inner
}

fn contents(ui: &mut Ui, scene: Scene, reader: &Reader, asides: usize) -> Vec<Command> {
    let words = scene.words;
    let mut asked = link_line(ui, scene);
    let origin = reader.document().origin();
    for text in [script_line(words, reader), origin.encoding.name.to_owned()] {
        let button = Button::new(RichText::new(text).small().weak()).frame(false);
        if ui.add(button).on_hover_text(words.information()).clicked() {
            asked.push(Command::ShowPage(Some(Page::Information)));
        }
        ui.separator();
    }
    if asides > 0 {
        let text = RichText::new(words.asides_count(asides)).small();
        let button = if reader.asides() {
            Button::selectable(true, text)
        } else {
            Button::new(text.weak()).frame(false)
        };
        let response = ui.add(button).on_hover_text(scene.hint(Words::toggle_asides));
        asked.extend(response.clicked().then_some(Command::ToggleAsides));
        ui.separator();
    }
    save_line(ui, words, reader.save_state());
    let layout = Layout::right_to_left(egui::Align::Center);
    ui.with_layout(layout, |ui| {
        let percent = (reader.progress().clamp(0.0, 1.0) * 100.0).round();
        let position = ui.label(RichText::new(words.position(percent)).small().weak());
        called(position, &words.position_label(percent));
        if let Seeking::Running { done, .. } = reader.seeking() {
            let text = words.seeking_notes(reader.unsought_notes(), (done * 100.0).floor());
            ui.label(RichText::new(text).small());
        }
        if !reader.complete() {
            ui.label(RichText::new(words.arriving()).small());
        }
        if reader.script() != reader.wanted_script() {
            ui.label(RichText::new(words.preparing_script()).small());
        }
    });
    asked
}

/// While a link waits for its other end: what to do.
fn link_line(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let words = scene.words;
    let Some(begun) = scene.session.link_begun() else { return Vec::new() };
    let quote: String = begun.quote.chars().take(QUOTED).collect();
    let keys = keys_of(Words::end_link, scene.mac);
    let text = RichText::new(words.link_waits(quote, keys)).small().strong().color(scene.tokens.accent);
    ui.label(text);
    let end = ui.add(Button::new(RichText::new(words.end_link()).small()));
    let end = end.clicked().then_some(LinkCommand::End);
    let cancel = ui.add(Button::new(RichText::new(words.cancel_link()).small()));
    let cancel = cancel.clicked().then_some(LinkCommand::Cancel);
    ui.separator();
    end.or(cancel).map(Command::Link).into_iter().collect()
}

/// The script the document is written in, and the one it is shown in where that is another.
pub(super) fn script_line(words: Words, reader: &Reader) -> String {
    let written = written_name(words, reader.document().written());
    let shown = reader.script();
    if shown.form == Form::AsWritten {
        return written.to_owned();
    }
    format!("{written} · {}", words.shown_as(script_name(words, shown)))
}

/// What a script is called.
fn script_name(words: Words, script: Script) -> String {
    let form = form_name(words, script.form);
    let regional = script.regional_words && super::scene::has_region(script.form);
    if regional { words.with_regional_words(form) } else { form.to_owned() }
}

/// What the script of a document is called.
pub(super) fn written_name(words: Words, written: Written) -> &'static str {
    match written {
        Written::Simplified => words.written_simplified(),
        Written::Traditional => words.written_traditional(),
        Written::Mixed => words.written_mixed(),
        Written::Undecided => words.written_undecided(),
    }
}

fn save_line(ui: &mut Ui, words: Words, state: &SaveState) {
    match state {
        SaveState::Saved => ui.label(RichText::new(words.saved()).small().weak()),
        SaveState::Saving => ui.label(RichText::new(words.saving()).small().weak()),
        SaveState::NotSaved(reason) => warn(ui, words.not_saved(reason), true),
        SaveState::ReadOnly(reason) => warn(ui, words.read_only(reason), false),
    };
}

fn warn(ui: &mut Ui, text: String, error: bool) -> egui::Response {
    let visuals = ui.visuals();
    let colour = if error { visuals.error_fg_color } else { visuals.warn_fg_color };
    ui.add(egui::Label::new(RichText::new(text).small().color(colour)).truncate())
}
