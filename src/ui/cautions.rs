//! What a reader has to know of the document in front before trusting its text, such as that half of it is missing: a strip
//! at its head, until it was closed, and an entry of the line at the bottom, which stays.

use std::collections::HashSet;

use egui::{Align, Button, Frame, Label, Layout, Margin, Panel, RichText, Ui};

use super::notes_panel::small_sign;
use super::pages::warning_words;
use super::scene::{Scene, called};
use crate::document::TextId;
use crate::import::Warning;
use crate::session::{Command, Page, Reader};

/// The documents whose strips were closed.
#[derive(Default, Debug)]
pub(super) struct CautionsState {
    closed: HashSet<TextId>,
}

/// What is to be known of a document.
fn cautions(reader: &Reader) -> impl Iterator<Item = &Warning> {
    reader.warnings().iter().filter(|warning| warning.concerns_text())
}

/// Draws the strip where there is something to be said.
pub(super) fn cautions_ui(
    ui: &mut Ui,
    scene: Scene,
    reader: &Reader,
    state: &mut CautionsState,
) -> Option<Command> {
    let document = reader.document().id();
    let mut all = cautions(reader);
    let first = all.next().filter(|_| !state.closed.contains(&document))?;
    let more = all.count();
    let frame = Frame::NONE.fill(scene.tokens.panel).inner_margin(Margin::symmetric(12, 4));
    let strip = Panel::top("cautions").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            let buttons_first = Layout::right_to_left(Align::Center);
            ui.with_layout(buttons_first, |ui| {
                let closed = small_sign(ui, "×", scene.words.close_cautions());
                let details = details_ui(ui, scene, more);
                let text = RichText::new(warning_words(scene.words, first)).color(scene.tokens.warning);
                let rest = Layout::left_to_right(Align::Center);
                ui.with_layout(rest, |ui| ui.add(Label::new(text).wrap()));
                (closed, details)
            })
            .inner
        })
        .inner
    });
    let (closed, details) = strip.inner;
    if closed {
        state.closed.insert(document);
    }
    details
}

/// The way to all of it, with how much there is besides.
fn details_ui(ui: &mut Ui, scene: Scene, more: usize) -> Option<Command> {
    let words = scene.words;
    let name = if more > 0 { words.cautions_more(more) } else { words.cautions_details().to_owned() };
    ui.button(name).on_hover_text(words.information()).clicked().then(to_information)
}

/// Draws the entry of the line at the bottom where there is something to be said.
pub(super) fn cautions_entry_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Option<Command> {
    let count = cautions(reader).count();
    if count == 0 {
        return None;
    }
    let text = RichText::new(scene.words.cautions_count(count)).small().color(scene.tokens.warning);
    let entry = ui.add(Button::new(text).frame(false));
    let entry = called(entry, scene.words.cautions()).on_hover_text(scene.words.information());
    ui.separator();
    entry.clicked().then(to_information)
}

fn to_information() -> Command {
    Command::ShowPage(Some(Page::Information))
}
