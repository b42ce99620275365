//! For a note whose place is in doubt: what happened, where it may be, what changed in its words, and putting it there.

use egui::text::LayoutJob;
use egui::{Button, Label, RichText, Stroke, TextFormat, Ui};

use super::keys;
use super::notes_panel::state_words;
use super::scene::{Scene, called, cut_line, document_format, document_text, quiet};
use super::words::Words;
use crate::notes::Found;
use crate::session::{Command, NoteRow, PossiblePlace, QuotedPiece, Reader, RefindingCommand};

/// Draws it; nothing for a note in its place.
pub(super) fn place_ui(ui: &mut Ui, scene: Scene, reader: &Reader, row: &NoteRow) -> Vec<Command> {
    let words = scene.words;
    let Some((state, meaning)) = state_words(words, row.found.as_ref()) else { return Vec::new() };
    let mut asked = Vec::new();
    ui.label(RichText::new(state).color(scene.tokens.warning)).on_hover_text(meaning);
    quiet(ui, meaning);
    pieces_ui(ui, scene, reader, &reader.quoted_pieces(row.id));
    if matches!(row.found, Some(Found::Unsure { .. } | Found::Lost)) && !row.quote.is_empty() {
        quiet(ui, words.words_marked());
        ui.add(Label::new(document_text(row.quote.replace('\n', " "), reader.glyphs())).wrap());
    }
    for (index, place) in reader.possible_places(row.id).iter().enumerate() {
        asked.extend(possible_place_ui(ui, scene, reader, index, place));
    }
    ui.horizontal_wrapped(|ui| asked.extend(buttons_ui(ui, scene, reader, row)));
    asked
}

/// The quoted words, with what is gone struck through and what is new underlined.
fn pieces_ui(ui: &mut Ui, scene: Scene, reader: &Reader, pieces: &[QuotedPiece]) {
    if pieces.is_empty() {
        return;
    }
    let plain = document_format(ui, reader.glyphs());
    let line = |colour| Stroke::new(1.0, colour);
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    for piece in pieces {
        let mut format = plain.clone();
        match piece {
            QuotedPiece::Kept(_) => {}
            QuotedPiece::Struck(_) => {
                format = TextFormat {
                    color: scene.tokens.error,
                    strikethrough: line(scene.tokens.error),
                    ..format
                };
            }
            QuotedPiece::Inserted(_) => {
                format =
                    TextFormat { color: scene.tokens.accent, underline: line(scene.tokens.accent), ..format };
            }
        }
        job.append(&piece.text().replace('\n', " "), 0.0, format);
    }
    let said: String = pieces.iter().map(|piece| said(scene.words, piece)).collect();
    called(ui.add(Label::new(job).wrap()), &said);
}

/// What a screen reader says of a piece.
fn said(words: Words, piece: &QuotedPiece) -> String {
    match piece {
        QuotedPiece::Kept(text) => text.clone(),
        QuotedPiece::Struck(text) => words.words_struck(text),
        QuotedPiece::Inserted(text) => words.words_inserted(text),
    }
}

/// A place where the note could be: a click goes there, the button puts the note there.
fn possible_place_ui(
    ui: &mut Ui,
    scene: Scene,
    reader: &Reader,
    index: usize,
    place: &PossiblePlace,
) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    ui.horizontal(|ui| {
        let choose = ui.button(words.candidate(index + 1));
        let choose = called(choose, &words.put_on_place(index + 1));
        if choose.on_hover_text(words.put_on_place(index + 1)).clicked() {
            asked.push(Command::Refinding(RefindingCommand::Choose(index)));
        }
        quiet(ui, format!("{:.0} %", place.likeness * 100.0));
        let heading = document_text(&place.heading, reader.glyphs()).small().color(scene.tokens.quiet);
        cut_line(ui, heading, &place.heading);
    });
    let PossiblePlace { before, words: here, after, .. } = place;
    let plain = document_format(ui, reader.glyphs());
    let weak = TextFormat { color: scene.tokens.quiet, ..plain.clone() };
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    for (text, format) in [(before, weak.clone()), (here, plain), (after, weak)] {
        job.append(text, 0.0, format);
    }
    let shown = ui.add(Button::new(job).wrap().frame_when_inactive(false));
    if called(shown, &format!("{before}{here}{after}")).on_hover_text(words.go_there()).clicked() {
        asked.push(Command::GoTo(place.span.start()));
    }
    asked
}

fn buttons_ui(ui: &mut Ui, scene: Scene, reader: &Reader, row: &NoteRow) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    let selection = reader.selection();
    if ui.add_enabled(selection.is_some(), Button::new(words.place_note())).clicked() {
        asked.extend(selection.map(|span| Command::PlaceNote(row.id, span)));
    }
    let keep = matches!(row.found, Some(Found::Unsure { .. } | Found::Moved { .. }));
    if keep && ui.button(words.keep_as_lost()).on_hover_text(words.keep_as_lost_hint()).clicked() {
        asked.push(Command::Refinding(RefindingCommand::KeepAsLost));
    }
    let next = row.found.is_some().then(|| ui.button(words.next_doubtful()));
    if next.is_some_and(|next| next.on_hover_text(keys::keys_of(Words::next_doubtful, scene.mac)).clicked()) {
        asked.push(Command::Refinding(RefindingCommand::Next));
    }
    asked
}
