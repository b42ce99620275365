//! Choosing a section of a document: all of it, a heading with what stands under it, or a box.

use egui::{Button, ScrollArea, Ui};

use crate::document::TextId;
use crate::session::{Reader, SectionRow, Tab, TabId, Wanted};
use crate::ui::scene::{Scene, called, document_text};

/// The sections of the document that was last asked for; gathered once, not in every frame.
#[derive(Default, Debug)]
pub(in crate::ui) struct Sections {
    of: Option<(TabId, TextId, u64)>,
    rows: Vec<SectionRow>,
}

impl Sections {
    /// The sections of an open document.
    pub(in crate::ui) fn rows(&mut self, scene: Scene, tab: TabId) -> &[SectionRow] {
        let reader = reader_of(scene, tab);
        let now = reader.map(|reader| (tab, reader.document().id(), reader.layout_revision()));
        if now != self.of {
            self.of = now;
            self.rows = scene.session.sections(tab);
        }
        &self.rows
    }
}

fn reader_of(scene: Scene<'_>, tab: TabId) -> Option<&Reader> {
    scene.session.tab(tab).and_then(Tab::reader)
}

/// Draws all of a document and its sections, to choose from. Answers with what was clicked.
pub(in crate::ui) fn section_list(
    ui: &mut Ui,
    scene: Scene,
    sections: &mut Sections,
    now: Wanted,
) -> Option<Wanted> {
    let mut clicked = None;
    if ui.add(Button::selectable(now.section.is_none(), scene.words.compare_whole())).clicked() {
        clicked = Some(Wanted { section: None, ..now });
    }
    let glyphs = reader_of(scene, now.tab).map(Reader::glyphs).unwrap_or_default();
    let rows = sections.rows(scene, now.tab);
    let height = ui.spacing().interact_size.y;
    let area = ScrollArea::vertical().id_salt("sections").max_height(300.0);
    area.show_rows(ui, height, rows.len(), |ui, seen| {
        for row in rows.get(seen).unwrap_or_default() {
            let indent = "　".repeat(usize::from(row.level.saturating_sub(1).min(6)));
            let title = if row.boxed { scene.words.compare_box(&row.title) } else { row.title.clone() };
            let text = document_text(format!("{indent}{title}"), glyphs);
            let button = Button::selectable(now.section == Some(row.section), text).truncate();
            if called(ui.add(button), &title).clicked() {
                clicked = Some(Wanted { section: Some(row.section), ..now });
            }
        }
    });
    clicked
}
