//! The line at the bottom: the script, the encoding or the format, whether notes are saved, the position.

use egui::{Button, Layout, Panel, RichText, Ui};

use super::cautions::cautions_entry_ui;
use super::keys::keys_of;
use super::pages::format_name;
use super::save_mark::save_mark;
use super::scene::{Scene, called, form_name};
use super::words::Words;
use crate::document::{Document, Repair, RepairKind, TextId};
use crate::session::{Arriving, Command, LinkCommand, Page, Reader, SaveState, Seeking};
use crate::text::{Form, Script, Written};

/// What the line remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct StatusState {
    document: Option<TextId>,
    /// How many blocks are set aside.
    asides: usize,
    /// How many words of newspapers were left out, and paragraphs put together that columns had cut.
    repairs: usize,
}

impl StatusState {
    /// Counts once for each document, not in every frame.
    fn update(&mut self, document: &Document) {
        if self.document != Some(document.id()) {
            self.document = Some(document.id());
            let of_newspapers =
                |repair: &&Repair| matches!(repair.kind, RepairKind::Column | RepairKind::Continuation);
            self.repairs = document.repairs().iter().filter(of_newspapers).count();
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
            contents(ui, scene, reader, state)
        })
        .inner
    });
    line.inner
}

fn contents(ui: &mut Ui, scene: Scene, reader: &Reader, state: &StatusState) -> Vec<Command> {
    let words = scene.words;
    let mut asked = link_line(ui, scene);
    let repairs = Some(words.repairs_count(state.repairs)).filter(|_| state.repairs > 0);
    let lines = [script_line(words, reader), source_line(words, reader.document())];
    for text in lines.into_iter().chain(repairs) {
        let button = Button::new(RichText::new(text).small().weak()).frame(false);
        if ui.add(button).on_hover_text(words.information()).clicked() {
            asked.push(Command::ShowPage(Some(Page::Information)));
        }
        ui.separator();
    }
    asked.extend(cautions_entry_ui(ui, scene, reader));
    if state.asides > 0 {
        let text = RichText::new(words.asides_count(state.asides)).small();
        let button = if reader.asides() {
            Button::selectable(true, text)
        } else {
            Button::new(text.weak()).frame(false)
        };
        let response = ui.add(button).on_hover_text(scene.hint(Words::toggle_asides));
        asked.extend(response.clicked().then_some(Command::ToggleAsides));
        ui.separator();
    }
    save_line(ui, scene, reader.save_state());
    let layout = Layout::right_to_left(egui::Align::Center);
    ui.with_layout(layout, |ui| {
        let percent = (reader.progress().clamp(0.0, 1.0) * 100.0).round();
        let position = ui.label(RichText::new(words.position(percent)).small().weak());
        called(position, &words.position_label(percent));
        if let Some(page) = reader.document().page_at(reader.in_sight().read) {
            ui.label(RichText::new(words.page_here(&page.label)).small().weak());
        }
        if let Seeking::Running { done, .. } = reader.seeking() {
            let text = words.seeking_notes(reader.unsought_notes(), (done * 100.0).floor());
            ui.label(RichText::new(text).small());
        }
        asked.extend(arriving_ui(ui, scene, reader));
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

/// What it was read from: the encoding of a text; of other formats their name, and how many pages there are.
fn source_line(words: Words, document: &Document) -> String {
    let origin = document.origin();
    if origin.format.is_text() {
        return origin.encoding.name.to_owned();
    }
    let name = format_name(words, origin.format);
    match document.pages().len() {
        pages if pages > 0 && origin.complete => words.format_and_pages(name, pages),
        _ => name.to_owned(),
    }
}

/// How far the rest of the document is, and what can be done about it.
fn arriving_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Option<Command> {
    let (words, tab) = (scene.words, scene.session.active()?);
    let small = |text: &str| Button::new(RichText::new(text).small());
    match tab.arriving() {
        Some(arriving) if !reader.complete() || arriving.share().is_some() => {
            let cancel = called(ui.add(small(words.cancel())), words.stop_reading());
            ui.label(RichText::new(arriving_words(words, arriving)).small());
            cancel.clicked().then_some(Command::StopReading(tab.id))
        }
        None if !reader.complete() => {
            let rest = ui.add(small(words.read_rest())).clicked().then_some(Command::Reload);
            ui.label(RichText::new(words.only_beginning()).small().color(scene.tokens.warning));
            rest
        }
        _ => None,
    }
}

/// How far a document is that is being read, in words.
pub(super) fn arriving_words(words: Words, arriving: Arriving) -> String {
    match arriving.share() {
        _ if arriving.is_whole() => words.putting_together().to_owned(),
        Some(share) => words.arriving_share((share * 100.0).floor()),
        None => words.arriving().to_owned(),
    }
}

/// Whether notes can be changed, and whether all of them are saved, those of this document and of others.
fn save_line(ui: &mut Ui, scene: Scene, state: &SaveState) {
    if let SaveState::ReadOnly(reason) = state {
        let text = RichText::new(scene.words.read_only(reason)).small().color(scene.tokens.warning);
        ui.add(egui::Label::new(text).truncate());
        ui.separator();
    }
    save_mark(ui, scene);
}
