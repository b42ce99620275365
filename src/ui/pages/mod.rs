//! The pages that lie over the reading, one file each.

mod all_notes;
mod attach;
mod bibliography;
mod board;
mod codebook;
mod comments;
mod compare;
mod corrections;
mod doubts;
mod export;
mod export_comparison;
mod import_notes;
mod information;
mod library;
mod palette;
mod search_all;
mod settings;
mod shortcuts;
mod trash;
mod versions;

use egui::style::ScrollAnimation;
use egui::{Button, Context, Frame, Id, Key, Modal, Modifiers, ScrollArea, Ui, vec2};

pub(super) use all_notes::all_notes_pressed;
pub(super) use compare::CompareState;
pub(super) use import_notes::counts_words;
pub(super) use information::{format_name, warning_words};

use super::fonts::Fonts;
use super::scene::{Scene, called};
use super::theme::distance;
use super::words::Words;
use crate::session::{Command, Page, Reader};

/// What the pages remember from one frame to the next; forgotten when another page is opened.
#[derive(Default, Debug)]
pub(super) struct PagesState {
    page: Option<Page>,
    /// What the page of comparing begins with, when it is opened.
    pub(super) begins_with: Option<CompareState>,
    compare: CompareState,
    all_notes: all_notes::AllNotesState,
    board: board::BoardState,
    codebook: codebook::CodebookState,
    import_notes: import_notes::ImportState,
    information: information::InformationState,
    corrections: corrections::CorrectionsState,
    export: export::ExportState,
    export_comparison: export_comparison::ExportComparisonState,
    /// Whether the notes are exported while a comparison is in front.
    exports_notes: bool,
    trash: trash::TrashState,
    versions: versions::VersionsState,
    palette: palette::PaletteState,
    search_all: search_all::SearchAllState,
}

/// Draws the page that is open.
pub(super) fn pages_ui(
    context: &Context,
    scene: Scene,
    state: &mut PagesState,
    fonts: &Fonts,
) -> Vec<Command> {
    let page = scene.session.page();
    if state.page != page {
        let compare = state.begins_with.take().unwrap_or_default();
        *state = PagesState { page, compare, ..PagesState::default() };
    }
    let Some(page) = page else { return Vec::new() };
    if page == Page::Palette {
        return palette::palette_ui(context, scene, &mut state.palette);
    }
    frame_ui(context, scene.words, page, |ui| contents(ui, scene, page, state, fonts))
}

fn contents(ui: &mut Ui, scene: Scene, page: Page, state: &mut PagesState, fonts: &Fonts) -> Vec<Command> {
    let of_document =
        |draw: &mut dyn FnMut(&Reader) -> Vec<Command>| scene.reader().map(draw).unwrap_or_default();
    match page {
        Page::Information => {
            of_document(&mut |reader| information::information_ui(ui, scene, reader, &mut state.information))
        }
        Page::Doubts => of_document(&mut |reader| doubts::doubts_ui(ui, scene, reader)),
        Page::Corrections => corrections::corrections_ui(ui, scene, &mut state.corrections),
        Page::Settings => settings::settings_ui(ui, scene, fonts),
        Page::Shortcuts => shortcuts::shortcuts_ui(ui, scene),
        Page::Export => exports_ui(ui, scene, state),
        Page::Compare => compare::compare_ui(ui, scene, &mut state.compare),
        Page::Board => board::board_ui(ui, scene, &mut state.board),
        Page::ImportNotes => import_notes::import_notes_ui(ui, scene, &mut state.import_notes),
        Page::Codebook => codebook::codebook_ui(ui, scene, &mut state.codebook),
        Page::Bibliography => of_document(&mut |reader| bibliography::bibliography_ui(ui, scene, reader)),
        Page::Comments => of_document(&mut |reader| comments::comments_ui(ui, scene, reader)),
        Page::Trash => of_document(&mut |reader| trash::trash_ui(ui, scene, reader, &mut state.trash)),
        Page::Versions => versions::versions_ui(ui, scene, &mut state.versions),
        Page::AllNotes => all_notes::all_notes_ui(ui, scene, &mut state.all_notes),
        Page::Attach => attach::attach_ui(ui, scene),
        Page::Library => library::library_ui(ui, scene),
        Page::SearchAll => search_all::search_all_ui(ui, scene, &mut state.search_all),
        Page::Palette => Vec::new(),
    }
}

/// With a comparison in front it is exported, or the notes.
fn exports_ui(ui: &mut Ui, scene: Scene, state: &mut PagesState) -> Vec<Command> {
    let Some(compared) = scene.session.compared_in_front() else {
        return export::export_ui(ui, scene, &mut state.export);
    };
    ui.horizontal(|ui| {
        ui.selectable_value(&mut state.exports_notes, false, scene.words.export_comparison());
        ui.selectable_value(&mut state.exports_notes, true, scene.words.export());
    });
    ui.separator();
    if state.exports_notes {
        export::export_ui(ui, scene, &mut state.export)
    } else {
        let area = ScrollArea::vertical().auto_shrink(false);
        area.show(ui, |ui| {
            export_comparison::export_comparison_ui(ui, scene, &compared, &mut state.export_comparison)
        })
        .inner
    }
}

/// The frame of a page: its title, a way to close it, and room that scrolls. Each page has an identity of its
/// own, since egui takes the height for granted that a frame had before.
fn frame_ui(
    context: &Context,
    words: Words,
    page: Page,
    contents: impl FnOnce(&mut Ui) -> Vec<Command>,
) -> Vec<Command> {
    let space = context.content_rect().size();
    let modal = Modal::new(Id::unique(("page", page))).frame(page_frame(context)).show(context, |ui| {
        ui.set_width(width_of(page).min(space.x - 40.0));
        if fills_window(page) {
            ui.set_height(space.y - 80.0);
        }
        let closed = ui.horizontal(|ui| title_ui(ui, words, page)).inner;
        ui.separator();
        let asked = if scrolls_by_itself(page) {
            contents(ui)
        } else {
            let scrolled = |ui: &mut Ui| {
                scroll_by_keys(ui);
                contents(ui)
            };
            scrolling(ui).id_salt(page).show(ui, scrolled).inner
        };
        (asked, closed)
    });
    let closed = modal.should_close();
    let (mut asked, button) = modal.inner;
    if closed || button {
        asked.push(Command::ShowPage(None));
    }
    asked
}

/// What pages stand in, with room around what is in them.
pub(super) fn page_frame(context: &Context) -> Frame {
    Frame::popup(&context.global_style()).inner_margin(distance::LARGE)
}

/// A long list that only draws what is in sight scrolls by itself.
fn scrolls_by_itself(page: Page) -> bool {
    matches!(page, Page::Doubts | Page::Bibliography) || fills_window(page)
}

/// A page with more to show than any window has room for.
fn fills_window(page: Page) -> bool {
    matches!(
        page,
        Page::Board | Page::AllNotes | Page::Codebook | Page::Export | Page::Library | Page::SearchAll
    )
}

/// How wide a page becomes at most, in points.
fn width_of(page: Page) -> f32 {
    match page {
        Page::Board | Page::AllNotes => f32::INFINITY,
        Page::Codebook | Page::Library | Page::SearchAll => 900.0,
        Page::Export => 1200.0,
        _ => 560.0,
    }
}

/// Room as high as what is in it, up to most of the window.
pub(super) fn scrolling(ui: &Ui) -> ScrollArea {
    let height = ui.ctx().content_rect().height() * 0.7;
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true])
}

/// Farther than any page scrolls, in points.
const WHOLE: f32 = 1.0e6;

/// How far an arrow scrolls, in points.
const STEP: f32 = 48.0;

/// Keys scroll a page on which no control has the keyboard.
fn scroll_by_keys(ui: &Ui) {
    if ui.memory(|memory| memory.focused().is_some()) || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let screen = (ui.clip_rect().height() - STEP).max(STEP);
    let ways = [
        (Key::ArrowDown, -STEP),
        (Key::ArrowUp, STEP),
        (Key::Space, -screen),
        (Key::PageDown, -screen),
        (Key::PageUp, screen),
        (Key::End, -WHOLE),
        (Key::Home, WHOLE),
    ];
    for (key, way) in ways {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            ui.scroll_with_delta_animation(vec2(0.0, way), ScrollAnimation::none());
        }
    }
}

fn title_ui(ui: &mut Ui, words: Words, page: Page) -> bool {
    ui.heading(page_name(words, page));
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let close = ui.with_layout(layout, |ui| ui.add(Button::new("×").frame_when_inactive(false))).inner;
    called(close, words.close()).on_hover_text(words.close()).clicked()
}

fn page_name(words: Words, page: Page) -> &'static str {
    match page {
        Page::Information => words.information(),
        Page::Doubts => words.doubts(),
        Page::Corrections => words.corrections(),
        Page::Settings => words.settings(),
        Page::Shortcuts => words.shortcuts(),
        Page::Export => words.export_page(),
        Page::Compare => words.compare_short(),
        Page::Board => words.board(),
        Page::ImportNotes => words.import_page(),
        Page::Codebook => words.codebook(),
        Page::Bibliography => words.bibliography(),
        Page::Trash => words.trash(),
        Page::Versions => words.versions(),
        Page::AllNotes => words.all_notes(),
        Page::Attach => words.attach_page(),
        Page::Comments => words.comments_page(),
        Page::Library => words.library(),
        Page::SearchAll => words.search_all(),
        Page::Palette => words.palette(),
    }
}
