//! The page of doubtful characters.

use egui::{TextStyle, Ui};

use super::scrolling;
use crate::session::{Command, Doubts, Reader};
use crate::text::{Correction, Doubt, Shows, surroundings};
use crate::ui::scene::{Scene, document_text, teaching};

/// How many characters stand around a doubtful one.
const AROUND: usize = 12;

/// Draws the list.
pub(super) fn doubts_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Vec<Command> {
    let words = scene.words;
    match reader.doubts() {
        Doubts::Unasked => ui.button(words.check()).clicked().then_some(Command::Check).into_iter().collect(),
        Doubts::Looking(_) => {
            teaching(ui, words.doubts_checking());
            Vec::new()
        }
        Doubts::Failed(reason) => {
            ui.colored_label(scene.tokens.error, reason);
            Vec::new()
        }
        Doubts::Found(doubts) if doubts.is_empty() => {
            teaching(ui, words.doubts_none());
            Vec::new()
        }
        Doubts::Found(doubts) => list(ui, scene, reader, doubts),
    }
}

fn list(ui: &mut Ui, scene: Scene, reader: &Reader, doubts: &[Doubt]) -> Vec<Command> {
    let mut asked = Vec::new();
    let height = ui.text_style_height(&TextStyle::Body).max(ui.spacing().interact_size.y) + 4.0;
    scrolling(ui).id_salt("doubts").show_rows(ui, height, doubts.len(), |ui, rows| {
        for doubt in doubts.get(rows).unwrap_or_default() {
            ui.horizontal(|ui| asked.extend(doubt_ui(ui, scene, reader, doubt)));
        }
    });
    asked
}

fn doubt_ui(ui: &mut Ui, scene: Scene, reader: &Reader, doubt: &Doubt) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    let name = words.doubt_suggests(&doubt.found, &doubt.suggestion);
    if ui.button(document_text(&name, reader.glyphs())).on_hover_text(words.go_there()).clicked() {
        asked.push(Command::GoTo(doubt.span.start()));
        asked.push(Command::ShowPage(None));
    }
    ui.menu_button(words.correct(), |ui| {
        for (name, everywhere) in [(words.for_this_document(), false), (words.for_all_documents(), true)] {
            if ui.button(name).clicked() {
                asked.push(Command::Correct { correction: correction_of(doubt), everywhere });
                ui.close();
            }
        }
    });
    ui.add(egui::Label::new(document_text(context(reader, doubt), reader.glyphs()).weak()).truncate());
    asked
}

fn correction_of(doubt: &Doubt) -> Correction {
    Correction {
        source: doubt.found.clone(),
        shown: Shows::As(doubt.suggestion.clone()),
        scripts: Vec::new(),
    }
}

/// The words around, as written: it is the document's own characters that are in doubt.
fn context(reader: &Reader, doubt: &Doubt) -> String {
    let text = reader.document().text();
    let around = surroundings(text, doubt.span, AROUND);
    [around.before, around.hit, around.after].iter().filter_map(|span| span.of(text)).collect()
}
