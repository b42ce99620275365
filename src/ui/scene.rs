//! What every part of the window draws from, and the few controls that all of them share.

use egui::{
    Align, Button, FontId, Label, Layout, Response, RichText, TextFormat, TextStyle, Ui, WidgetText, vec2,
};

use super::keys::{self, Does, Entry};
use super::sides::Sides;
use super::theme::Tokens;
use super::titles::Titles;
use super::words::Words;
use crate::notes::Colour;
use crate::session::{Command, Reader, Session};
use crate::text::{Form, Glyphs};

/// What is drawn: the session, in the words of a language.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// What there is to show.
    pub(super) session: &'a Session,
    /// What the open documents are called.
    pub(super) titles: &'a Titles,
    /// The words of the interface.
    pub(super) words: Words,
    /// Whether keys are written as on a Mac.
    pub(super) mac: bool,
    /// The colours.
    pub(super) tokens: &'static Tokens,
    /// The panels beside the text.
    pub(super) sides: Sides,
    /// Whether a menu or a list of choices was open when the frame began: a click elsewhere only closes it.
    pub(super) behind_popup: bool,
}

impl<'a> Scene<'a> {
    /// The document in front.
    pub(super) fn reader(self) -> Option<&'a Reader> {
        self.session.reader()
    }

    /// What an entry of the table of keys asks for now.
    pub(super) fn command(self, entry: &Entry) -> Option<Command> {
        match entry.does {
            Does::Ask(command) => command(self.session),
            Does::FullScreen => None,
        }
    }

    /// A word with its keys, for the text that appears under the pointer.
    pub(super) fn hint(self, word: fn(Words) -> &'static str) -> String {
        let keys = keys::keys_of(word, self.mac);
        if keys.is_empty() { word(self.words).to_owned() } else { format!("{} ({keys})", word(self.words)) }
    }
}

/// A button that shows a sign and is called by a word of the table of keys. Answers with what it asks for.
pub(super) fn sign_button(
    ui: &mut Ui,
    scene: Scene,
    sign: &str,
    word: fn(Words) -> &'static str,
) -> Option<Command> {
    let command = keys::entry(word).and_then(|entry| scene.command(entry));
    let button = Button::new(sign).frame_when_inactive(false);
    let response = ui.add_enabled(command.is_some(), button);
    let response = called(response, word(scene.words)).on_hover_text(scene.hint(word));
    command.filter(|_| response.clicked())
}

/// As [`sign_button`], for something that is on or off.
pub(super) fn sign_switch(
    ui: &mut Ui,
    scene: Scene,
    (sign, on): (&str, bool),
    word: fn(Words) -> &'static str,
) -> Option<Command> {
    let command = keys::entry(word).and_then(|entry| scene.command(entry));
    let response = ui.add_enabled(command.is_some(), Button::selectable(on, sign));
    let response = called(response, word(scene.words)).on_hover_text(scene.hint(word));
    command.filter(|_| response.clicked())
}

/// A line of a menu for an entry of the table of keys, with its keys at the right.
pub(super) fn menu_line(ui: &mut Ui, scene: Scene, word: fn(Words) -> &'static str) -> Option<Command> {
    let entry = keys::entry(word)?;
    let possible = matches!(entry.does, Does::FullScreen) || scene.command(entry).is_some();
    let button = Button::new(word(scene.words)).shortcut_text(keys::first_keys(entry, scene.mac));
    let clicked = ui.add_enabled(possible, button).clicked();
    if clicked {
        ui.close();
    }
    if clicked { carry_out(ui.ctx(), scene, entry) } else { None }
}

/// What an entry asks for; what is the window's own affair is done at once.
pub(super) fn carry_out(context: &egui::Context, scene: Scene, entry: &Entry) -> Option<Command> {
    if matches!(entry.does, Does::FullScreen) {
        toggle_full_screen(context);
    }
    scene.command(entry)
}

/// Makes the window fill the screen, or not any more.
pub(super) fn toggle_full_screen(context: &egui::Context) {
    let full = context.input(|input| input.viewport().fullscreen).unwrap_or(false);
    context.send_viewport_cmd(egui::ViewportCommand::Fullscreen(!full));
}

/// The response, with the name that a screen reader says.
pub(super) fn called(response: Response, name: &str) -> Response {
    response.accessible_name(name)
}

/// How much higher a field is than its text, in points.
const FIELD_PADDING: f32 = 8.0;

/// How high a field is, in points.
pub(super) fn field_height(ui: &Ui) -> f32 {
    ui.text_style_height(&TextStyle::Body) + FIELD_PADDING
}

/// What a field is called, at the height of the field.
pub(super) fn name_ui(ui: &mut Ui, name: &str) -> Response {
    let size = vec2(0.0, field_height(ui));
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| ui.label(name)).inner
}

/// A line that is cut short where there is no room for it, with the whole of it under the pointer.
pub(super) fn cut_line(ui: &mut Ui, shown: RichText, whole: &str) -> Response {
    // By itself it would bring what is shown over what is whole.
    let label = Label::new(shown).truncate().show_tooltip_when_elided(false);
    ui.add(label).on_hover_text(whole)
}

/// A line of small, quiet text.
pub(super) fn quiet(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.label(RichText::new(text).weak().small())
}

/// The room that what stands in the middle needs, in points.
const MIDDLE: f32 = 280.0;

/// Room above what stands in the middle: little in a low window, so that all of it is in sight.
pub(super) fn room_above(ui: &mut Ui) {
    ui.add_space((ui.available_height() - MIDDLE).max(0.0) * 0.4);
}

/// A state without contents that says what to do: a sentence in the middle, quiet.
pub(super) fn teaching(ui: &mut Ui, text: impl Into<WidgetText>) {
    ui.add_space(12.0);
    ui.vertical_centered(|ui| ui.add(egui::Label::new(text.into().weak()).wrap()));
}

/// What a colour is called.
pub(super) fn colour_name(words: Words, colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => words.yellow(),
        Colour::Green => words.green(),
        Colour::Blue => words.blue(),
        Colour::Pink => words.pink(),
        Colour::Purple => words.purple(),
    }
}

/// What highlighting in a colour is called in the table of keys.
pub(super) fn highlight_word(colour: Colour) -> fn(Words) -> &'static str {
    match colour {
        Colour::Yellow => Words::highlight_yellow,
        Colour::Green => Words::highlight_green,
        Colour::Blue => Words::highlight_blue,
        Colour::Pink => Words::highlight_pink,
        Colour::Purple => Words::highlight_purple,
    }
}

/// What a form is called in full.
pub(super) fn form_name(words: Words, form: Form) -> &'static str {
    match form {
        Form::AsWritten => words.as_written(),
        Form::Simplified => words.simplified_name(),
        Form::Traditional => words.traditional_name(),
        Form::Taiwan => words.taiwan_name(),
        Form::HongKong => words.hong_kong_name(),
    }
}

/// Whether a form has words of a region.
pub(super) fn has_region(form: Form) -> bool {
    matches!(form, Form::Simplified | Form::Taiwan | Form::HongKong)
}

/// How text of a document is written in lists: in the size of the window's own words, with the shapes of
/// its script.
pub(super) fn document_format(ui: &Ui, glyphs: Glyphs) -> TextFormat {
    let size = TextStyle::Body.resolve(ui.style()).size;
    let font = FontId::new(size, super::fonts::reading_family(glyphs));
    TextFormat { font_id: font, color: ui.visuals().text_color(), ..TextFormat::default() }
}

/// Text of a document, to be put on a label or button.
pub(super) fn document_text(text: impl Into<String>, glyphs: Glyphs) -> RichText {
    RichText::new(text).family(super::fonts::reading_family(glyphs))
}
