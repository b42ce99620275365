//! The page that finds something in all documents: the field, and what was found, by document and in context.

use egui::text::LayoutJob;
use egui::{Id, Key, Modifiers, RichText, ScrollArea, Sense, TextEdit, TextStyle, Ui, vec2};

use super::library::work_ui;
use crate::session::{Command, FoundDocument, LibraryCommand, LibraryHit, LibrarySearch, Place, SearchLine};
use crate::text::{Glyphs, Script};
use crate::ui::bar::clear_name;
use crate::ui::scene::{Scene, called, document_format, document_text, quiet, teaching};
use crate::ui::words::Words;

/// What the page remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct SearchAllState {
    /// Whether the field has had the keyboard since the page was opened.
    begun: bool,
}

/// Draws the page.
pub(super) fn search_all_ui(ui: &mut Ui, scene: Scene, state: &mut SearchAllState) -> Vec<Command> {
    let search = &scene.session.library().search;
    let mut asked = field_ui(ui, scene.words, search, state);
    asked.extend(options_ui(ui, scene, search));
    asked.extend(work_ui(ui, scene));
    quiet(ui, count(scene.words, search));
    if let Some(fault) = &search.fault {
        ui.colored_label(scene.tokens.error, scene.words.search_fault(fault));
    }
    ui.separator();
    if search.query.is_empty() {
        teaching(ui, scene.words.search_all_teaches());
    } else {
        asked.extend(lines_ui(ui, scene, search));
    }
    asked
}

/// The field. Enter goes to the first place.
fn field_ui(ui: &mut Ui, words: Words, search: &LibrarySearch, state: &mut SearchAllState) -> Vec<Command> {
    let id = Id::unique("search all");
    let focused = ui.memory(|memory| memory.has_focus(id));
    let entered = focused && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let mut text = search.text.clone();
    let edit = TextEdit::singleline(&mut text).id(id).hint_text(words.search_all_hint());
    let response = called(ui.add(edit.desired_width(f32::INFINITY)), words.search_all());
    if !std::mem::replace(&mut state.begun, true) {
        response.request_focus();
        crate::ui::find_panel::select_all(ui, id, &text);
    }
    let changed = response.changed().then(|| library(LibraryCommand::Search(text)));
    let first = entered.then(|| library(LibraryCommand::GoToFound { document: 0, hit: 0 }));
    changed.into_iter().chain(first).collect()
}

fn library(command: LibraryCommand) -> Command {
    Command::Library(command)
}

fn options_ui(ui: &mut Ui, scene: Scene, search: &LibrarySearch) -> Option<Command> {
    let mut exact = search.as_written;
    let changed = ui.checkbox(&mut exact, scene.words.only_as_written()).changed();
    changed.then(|| library(LibraryCommand::SearchAsWritten(exact)))
}

/// How many places were found in how many documents; of one with very many, only the first are told.
fn count(words: Words, search: &LibrarySearch) -> String {
    let (documents, hits) = (search.documents().len(), search.hits());
    let hits = if search.more() { words.more_than(hits) } else { hits.to_string() };
    match (search.query.is_empty(), search.complete, documents) {
        (true, ..) => String::new(),
        (_, false, 0) => words.finding().to_owned(),
        (_, true, 0) => words.nothing_found().to_owned(),
        (_, false, _) => words.found_so_far(hits, documents),
        (_, true, _) => words.found_in_all(hits, documents),
    }
}

fn lines_ui(ui: &mut Ui, scene: Scene, search: &LibrarySearch) -> Vec<Command> {
    let mut asked = Vec::new();
    let height = ui.text_style_height(&TextStyle::Body) + 8.0;
    let area = ScrollArea::vertical().id_salt("found in all").auto_shrink(false);
    area.show_rows(ui, height, search.lines(), |ui, rows| {
        for line in rows {
            asked.extend(search.line(line).and_then(|line| line_ui(ui, scene, line, height)));
        }
    });
    asked
}

fn line_ui(ui: &mut Ui, scene: Scene, line: SearchLine<'_>, height: f32) -> Option<Command> {
    match line {
        SearchLine::Document(document, found) => {
            let go = document_ui(ui, scene, found, height);
            go.then(|| library(LibraryCommand::GoToFound { document, hit: 0 }))
        }
        SearchLine::Hit(document, hit, found) => {
            let place = search_place(scene, document);
            let go = hit_ui(ui, scene, (found, glyphs_of(scene, place)), height);
            go.then(|| library(LibraryCommand::GoToFound { document, hit }))
        }
        SearchLine::More(document, found) => {
            let last = found.hits.len().saturating_sub(1);
            let row = ui.horizontal(|ui| {
                ui.set_height(height);
                ui.add_space(18.0);
                ui.small_button(scene.words.more_in_document(found.hits.len())).clicked()
            });
            row.inner.then(|| library(LibraryCommand::GoToFound { document, hit: last }))
        }
    }
}

fn search_place(scene: Scene<'_>, document: usize) -> Option<&Place> {
    scene.session.library().search.documents().get(document).map(|found| &found.place)
}

/// The shapes of the script that a document is written in.
fn glyphs_of(scene: Scene, place: Option<&Place>) -> Glyphs {
    let entry = place.and_then(|place| scene.session.library().list.entry(place));
    Glyphs::for_text(entry.map(|entry| entry.written).unwrap_or_default(), Script::AS_WRITTEN)
}

/// The title of a document, which goes to the first place in it.
fn document_ui(ui: &mut Ui, scene: Scene, found: &FoundDocument, height: f32) -> bool {
    let glyphs = glyphs_of(scene, Some(&found.place));
    let row = ui.horizontal(|ui| {
        ui.set_height(height);
        let title = document_text(clear_name(&found.title), glyphs).strong();
        let button = egui::Button::new(title).frame_when_inactive(false);
        let clicked = ui.add(button).on_hover_text(scene.words.go_there()).clicked();
        if let Place::File(path) = &found.place {
            let path = RichText::new(clear_name(&path.to_string_lossy())).weak().small();
            ui.add(egui::Label::new(path).truncate());
        }
        clicked
    });
    row.inner
}

/// One line; what was found stands on its colour.
fn hit_ui(ui: &mut Ui, scene: Scene, (found, glyphs): (&LibraryHit, Glyphs), height: f32) -> bool {
    let LibraryHit { before, hit, after, .. } = found;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    if ui.is_rect_visible(rect) {
        if response.hovered() || response.has_focus() {
            let visuals = ui.style().interact_selectable(&response, false);
            ui.painter().rect_filled(rect, 4.0, visuals.weak_bg_fill);
        }
        let plain = document_format(ui, glyphs);
        let mut marked = plain.clone();
        marked.background = scene.tokens.hit;
        let mut job = LayoutJob::default();
        for (text, format) in [(before, &plain), (hit, &marked), (after, &plain)] {
            job.append(text, 0.0, format.clone());
        }
        job.wrap.max_width = rect.width() - 24.0;
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        let galley = ui.painter().layout_job(job);
        let clipped = ui.painter().with_clip_rect(rect);
        clipped.galley(rect.min + vec2(18.0, 4.0), galley, ui.visuals().text_color());
    }
    called(response, &format!("{before}{hit}{after}")).clicked()
}
