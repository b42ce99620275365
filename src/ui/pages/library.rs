//! The page of the library: the list of documents, what can be added to it and taken out.

use egui::{Align, Button, Label, Layout, ProgressBar, RichText, TextEdit, TextStyle, Ui, vec2};

use super::information::size as written_size;
use crate::session::{
    Command, LibraryCommand, LibraryEntry, LibraryList, LibraryProgress, LibrarySort, Page, Place,
};
use crate::text::{Glyphs, Script};
use crate::ui::bar::clear_name;
use crate::ui::keys;
use crate::ui::notes_panel::small_sign;
use crate::ui::scene::{Scene, called, document_text, quiet, teaching};
use crate::ui::status::written_name;
use crate::ui::words::Words;

/// How wide the columns after the title are, in points: script, characters, notes, last read.
const COLUMNS: [f32; 4] = [135.0, 90.0, 60.0, 110.0];

/// Draws the page.
pub(super) fn library_ui(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let library = scene.session.library();
    let mut asked = adding_ui(ui, scene);
    asked.extend(work_ui(ui, scene));
    let list = &library.list;
    if list.entries().is_empty() {
        if list.is_known() {
            teaching(ui, scene.words.library_teaches());
        }
        return asked;
    }
    asked.extend(folders_ui(ui, scene, list));
    asked.extend(filter_ui(ui, scene, list));
    asked.extend(heads_ui(ui, scene.words, list));
    ui.separator();
    asked.extend(rows_ui(ui, scene, list));
    asked
}

fn library(command: LibraryCommand) -> Command {
    Command::Library(command)
}

fn adding_ui(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    ui.horizontal_wrapped(|ui| {
        let buttons = [
            (words.add_files(), library(LibraryCommand::AskForFiles)),
            (words.add_folder(), library(LibraryCommand::AskForFolder)),
            (words.look_again(), library(LibraryCommand::LookAgain)),
        ];
        for (name, command) in buttons {
            asked.extend(ui.button(name).clicked().then_some(command));
        }
        let keys = keys::keys_of(Words::search_all, scene.mac);
        let search = ui.add(Button::new(words.search_all()).shortcut_text(keys));
        asked.extend(search.clicked().then_some(Command::ShowPage(Some(Page::SearchAll))));
        let anew = ui.button(words.make_index_anew()).on_hover_text(words.make_index_anew_hint());
        asked.extend(anew.clicked().then_some(library(LibraryCommand::MakeIndexAnew)));
    });
    asked
}

/// How far adding or looking again is, and a way to end it.
pub(super) fn work_ui(ui: &mut Ui, scene: Scene) -> Option<Command> {
    let (_, progress) = scene.session.library().work.as_ref()?;
    let LibraryProgress { done, all, name } = progress;
    let row = ui.horizontal(|ui| {
        let stop = ui.button(scene.words.stop_adding()).clicked();
        #[expect(clippy::cast_precision_loss, reason = "a share to be shown")]
        let share = if *all == 0 { 0.0 } else { *done as f32 / *all as f32 };
        let text = scene.words.library_progress(done, all, clear_name(name));
        ui.add(ProgressBar::new(share).text(text).desired_width(ui.available_width()));
        stop
    });
    row.inner.then_some(library(LibraryCommand::Stop))
}

fn folders_ui(ui: &mut Ui, scene: Scene, list: &LibraryList) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    for folder in list.folders() {
        ui.horizontal(|ui| {
            let name = clear_name(&folder.to_string_lossy());
            if small_sign(ui, "×", &words.remove_folder(&name)) {
                asked.push(library(LibraryCommand::RemoveFolder(folder.clone())));
            }
            ui.add(Label::new(RichText::new(words.library_folder(name)).weak()).truncate());
        });
    }
    asked
}

fn filter_ui(ui: &mut Ui, scene: Scene, list: &LibraryList) -> Option<Command> {
    let words = scene.words;
    let mut filter = list.filter().to_owned();
    let row = ui.horizontal(|ui| {
        let edit = TextEdit::singleline(&mut filter).hint_text(words.filter_library()).desired_width(260.0);
        let changed = called(ui.add(edit), words.filter_library()).changed();
        let (shown, all) = (list.lines(), list.entries().len());
        let count = if shown == all { words.documents_count(all) } else { words.documents_shown(shown, all) };
        quiet(ui, count);
        changed
    });
    row.inner.then(|| library(LibraryCommand::Filter(filter)))
}

/// The names of the columns, each of which puts the list in its order.
fn heads_ui(ui: &mut Ui, words: Words, list: &LibraryList) -> Vec<Command> {
    let mut asked = Vec::new();
    let (sort, reversed) = list.sort();
    let mut head = |ui: &mut Ui, name: &str, by: LibrarySort| {
        let sign = match (sort == by, reversed) {
            (false, _) => "",
            (true, false) => " ↓",
            (true, true) => " ↑",
        };
        let button = Button::new(RichText::new(format!("{name}{sign}")).small()).frame(false);
        let response = called(ui.add(button), &words.sort_by(name));
        asked.extend(response.clicked().then_some(library(LibraryCommand::Sort(by))));
    };
    let width = ui.available_width();
    columns_ui(ui, (width, 20.0), |ui, column| match column {
        0 => drop(quiet(ui, words.script())),
        1 => head(ui, words.characters(), LibrarySort::Size),
        2 => head(ui, words.notes(), LibrarySort::Notes),
        3 => head(ui, words.last_read(), LibrarySort::LastRead),
        _ => {
            ui.add_space(ui.spacing().button_padding.x);
            head(ui, words.title(), LibrarySort::Title);
        }
    });
    asked
}

/// How much room a line has after its columns, for the sign that takes the document out, in points.
const SIGN: f32 = 40.0;

/// Draws the columns of a line from the right: those of fixed width, then (as the fifth) the title in what is left.
fn columns_ui(ui: &mut Ui, (width, height): (f32, f32), mut draw: impl FnMut(&mut Ui, usize)) {
    let right = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(vec2(width - SIGN, height), right, |ui| {
        for (column, width) in COLUMNS.iter().enumerate().rev() {
            let left = Layout::left_to_right(Align::Center);
            ui.allocate_ui_with_layout(vec2(*width, height), left, |ui| {
                ui.set_width(*width);
                draw(ui, column);
            });
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| draw(ui, COLUMNS.len()));
    });
}

fn rows_ui(ui: &mut Ui, scene: Scene, list: &LibraryList) -> Vec<Command> {
    let mut asked = Vec::new();
    if list.lines() == 0 {
        teaching(ui, scene.words.nothing_found());
        return asked;
    }
    let height = ui.text_style_height(&TextStyle::Body).max(ui.spacing().interact_size.y) + 4.0;
    let area = egui::ScrollArea::vertical().id_salt("library").auto_shrink(false);
    area.show_rows(ui, height, list.lines(), |ui, rows| {
        let size = (ui.available_width(), height);
        for line in rows {
            if let Some(entry) = list.line(line) {
                asked.extend(row_ui(ui, scene, entry, size));
            }
        }
    });
    asked
}

fn row_ui(ui: &mut Ui, scene: Scene, entry: &LibraryEntry, size: (f32, f32)) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    let row = ui.horizontal(|ui| {
        columns_ui(ui, size, |ui, column| match column {
            0 if scene.session.library().list.is_missing(&entry.place) => {
                ui.label(RichText::new(words.file_missing_short()).small().color(scene.tokens.warning));
            }
            0 => drop(quiet(ui, written_name(words, entry.written))),
            1 => {
                drop(quiet(ui, entry.characters.to_string()).on_hover_text(written_size(words, entry.bytes)));
            }
            2 => drop(quiet(ui, if entry.notes > 0 { entry.notes.to_string() } else { String::new() })),
            3 => drop(quiet(ui, day_of(entry))),
            _ => asked.extend(title_ui(ui, scene, entry)),
        });
        small_sign(ui, "×", &words.take_out_of_library(clear_name(&entry.title)))
    });
    if row.inner {
        asked.push(library(LibraryCommand::Remove(vec![entry.place.clone()])));
    }
    asked
}

/// The title, which opens the document.
fn title_ui(ui: &mut Ui, scene: Scene, entry: &LibraryEntry) -> Vec<Command> {
    let glyphs = Glyphs::for_text(entry.written, Script::AS_WRITTEN);
    let missing = scene.session.library().list.is_missing(&entry.place);
    let title = document_text(clear_name(&entry.title), glyphs);
    let title = if missing { title.color(scene.tokens.warning) } else { title };
    let shared = Some(file_of(&entry.place)).filter(|_| scene.session.library().list.shares_title(entry));
    // With room left for the name of the file.
    let width = ui.available_width() * if shared.is_some() { 0.6 } else { 1.0 };
    let titled = ui.scope(|ui| {
        ui.set_max_width(width);
        ui.add(Button::new(title).frame_when_inactive(false).truncate())
    });
    let response = titled.inner;
    if let Some(file) = shared {
        ui.add(Label::new(RichText::new(file).small().color(scene.tokens.quiet)).truncate());
    }
    let response = if missing { response.on_hover_text(scene.words.file_missing()) } else { response };
    let response = match &entry.place {
        Place::File(path) => response.on_hover_text(clear_name(&path.to_string_lossy())),
        Place::Sample(_) => response,
    };
    if !response.clicked() {
        return Vec::new();
    }
    vec![Command::Open(vec![entry.place.clone()]), Command::ShowPage(None)]
}

/// The name of its file and the folder that it lies in: what tells apart what has one title.
fn file_of(place: &Place) -> String {
    let Place::File(path) = place else { return clear_name(&place.name()) };
    let parts: Vec<_> = path.iter().collect();
    let last = parts.get(parts.len().saturating_sub(2)..).unwrap_or_default();
    let last: Vec<String> = last.iter().map(|part| clear_name(&part.to_string_lossy())).collect();
    last.join(std::path::MAIN_SEPARATOR_STR)
}

/// The day on which it was last read, where the reader is.
fn day_of(entry: &LibraryEntry) -> String {
    let day = |moment: jiff::Timestamp| {
        moment.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d").to_string()
    };
    entry.last_read.map(day).unwrap_or_default()
}
