//! The one mark that says whether everything is saved, wherever notes are changed; under the pointer it says what is
//! not, and why, and which documents are no longer where their notes are kept.

use egui::{Label, RichText, Ui};

use super::bar::clear_name;
use super::scene::{Scene, called};
use super::words::Words;
use crate::session::Unsaved;

/// Draws the mark.
pub(super) fn save_mark(ui: &mut Ui, scene: Scene) {
    let (words, unsaved) = (scene.words, scene.session.unsaved());
    let failed: Vec<&str> = unsaved.iter().filter_map(Unsaved::reason).collect();
    let (gone, away) = (scene.session.without_notes_file(), scene.session.away());
    let text = match (unsaved.len(), failed.as_slice()) {
        (0, _) if !away.is_empty() => words.document_away_mark().to_owned(),
        (0, _) if !gone.is_empty() => words.notes_file_gone().to_owned(),
        (0, _) => words.saved().to_owned(),
        (_, []) => words.saving().to_owned(),
        (1, [reason]) => words.not_saved(reason),
        (_, several) => words.not_saved_several(several.len()),
    };
    let face = RichText::new(&text).small();
    let face = if failed.is_empty() { face.weak() } else { face.color(scene.tokens.error) };
    let mark = called(ui.add(Label::new(face).truncate()), &text);
    let unsaved = unsaved.iter().map(|each| line(words, each));
    let gone = gone.iter().map(|name| words.notes_file_gone_of(clear_name(name)));
    let away = away.iter().map(|place| words.document_away(clear_name(&place.to_words())));
    let lines: Vec<String> = unsaved.chain(gone).chain(away).collect();
    if !lines.is_empty() {
        mark.on_hover_text(lines.join("\n"));
    }
}

fn line(words: Words, unsaved: &Unsaved) -> String {
    match unsaved {
        Unsaved::Notes { name, reason: Some(reason) } => words.notes_of_not_saved(clear_name(name), reason),
        Unsaved::Notes { name, reason: None } => words.saving_notes_of(clear_name(name)),
        Unsaved::Comparison { title, reason: Some(reason) } => {
            words.comparison_not_saved(clear_name(title), reason)
        }
        Unsaved::Comparison { title, reason: None } => words.saving_comparison(clear_name(title)),
        Unsaved::Codebook { reason: Some(reason) } => words.codebook_not_saved(reason),
        Unsaved::Codebook { reason: None } => words.saving_codebook().to_owned(),
    }
}
