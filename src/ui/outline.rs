//! The outline: the headings of the document, the one being read in sight, and the bookmarks.

use egui::{Button, Panel, RichText, ScrollArea, TextStyle, Ui};

use super::scene::{Scene, called, document_text, teaching};
use crate::document::{BlockIndex, OutlineEntry, TextId};
use crate::session::{BookmarkRow, Command, Page, Reader};

/// What the panel remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct OutlineState {
    /// The heading that was scrolled to last.
    here: Option<usize>,
    /// The heading whose section is to be compared with something.
    pub(super) compare: Option<BlockIndex>,
    /// The bookmarks, and of which text, notes and script they were made.
    bookmarks: Option<((TextId, u64, u64), Vec<BookmarkRow>)>,
}

impl OutlineState {
    /// The bookmarks. They are made anew where something has changed, and not in every frame.
    fn bookmarks(&mut self, reader: &Reader) -> &[BookmarkRow] {
        let now = (reader.document().id(), reader.notes_version(), reader.layout_revision());
        let known = self.bookmarks.take().filter(|(of, _)| *of == now);
        &self.bookmarks.insert(known.unwrap_or_else(|| (now, reader.bookmarks()))).1
    }
}

/// How far a level is indented, in points.
const INDENT: f32 = 14.0;

/// Draws the headings; whoever calls it has drawn a title.
pub(super) fn outline_ui(
    ui: &mut Ui,
    scene: Scene,
    reader: &Reader,
    state: &mut OutlineState,
) -> Vec<Command> {
    let mut asked = bookmarks_ui(ui, scene, reader, state.bookmarks(reader));
    let entries = reader.outline();
    if entries.is_empty() {
        teaching(ui, scene.words.outline_empty());
        return asked;
    }
    let here = reader.outline_here();
    let height = ui.text_style_height(&TextStyle::Body) + 8.0;
    let mut area = ScrollArea::vertical().id_salt("outline").auto_shrink(false);
    if let Some(offset) = offset_to_follow(ui, state, here, height) {
        area = area.vertical_scroll_offset(offset);
    }
    area.show_rows(ui, height, entries.len(), |ui, rows| {
        for index in rows {
            let Some(entry) = entries.get(index) else { continue };
            let response = heading_ui(ui, reader, *entry, (here == Some(index), height));
            asked.extend(response.clicked().then_some(Command::GoToBlock(entry.block)));
            response.context_menu(|ui| {
                if ui.button(scene.words.compare_section_with()).clicked() {
                    state.compare = Some(entry.block);
                    asked.push(Command::ShowPage(Some(Page::Compare)));
                    ui.close();
                }
            });
        }
    });
    asked
}

/// The bookmarks below the headings: a click goes there. Nothing where there are none.
fn bookmarks_ui(ui: &mut Ui, scene: Scene, reader: &Reader, bookmarks: &[BookmarkRow]) -> Vec<Command> {
    let mut asked = Vec::new();
    if bookmarks.is_empty() {
        return asked;
    }
    Panel::bottom("bookmarks").resizable(true).size_range(60.0..=ui.available_height() / 2.0).show(
        ui,
        |ui| {
            ui.label(RichText::new(scene.words.bookmarks(bookmarks.len())).strong());
            ScrollArea::vertical().id_salt("bookmarks").auto_shrink(false).show(ui, |ui| {
                for bookmark in bookmarks {
                    let chosen = reader.note_in_focus() == Some(bookmark.id);
                    let text = document_text(format!("⚑ {}", bookmark.name), reader.glyphs());
                    let response = ui.add(Button::selectable(chosen, text).truncate());
                    let name = scene.words.bookmark_named(&bookmark.name);
                    let clicked =
                        called(response, &name).on_hover_text(scene.words.bookmark_hint()).clicked();
                    asked.extend(clicked.then_some(Command::FocusNote(bookmark.id)));
                }
            });
        },
    );
    asked
}

/// Where to scroll to when another heading is being read: it comes to the middle.
fn offset_to_follow(ui: &Ui, state: &mut OutlineState, here: Option<usize>, height: f32) -> Option<f32> {
    if state.here == here {
        return None;
    }
    state.here = here;
    #[expect(clippy::cast_precision_loss, reason = "headings are counted in thousands at most")]
    let top = here? as f32 * (height + ui.spacing().item_spacing.y);
    Some((top - ui.available_height() / 2.0).max(0.0))
}

fn heading_ui(
    ui: &mut Ui,
    reader: &Reader,
    entry: OutlineEntry,
    (here, height): (bool, f32),
) -> egui::Response {
    let text = reader.heading_text(entry.block);
    let response = ui
        .horizontal(|ui| {
            ui.add_space(INDENT * f32::from(entry.level.saturating_sub(1).min(8)));
            let label = document_text(&text, reader.glyphs());
            let label = if here { label.strong() } else { label };
            let button = Button::selectable(here, label).truncate().min_size(egui::vec2(0.0, height));
            ui.add(button)
        })
        .inner;
    called(response, &text)
}
