//! The page of the comments that a document carries itself: what each says, and taking them as notes.

use egui::{Button, Label, RichText, Ui};

use crate::session::{Command, CommentCommand, CommentRow, Reader};
use crate::ui::bar::clear_name;
use crate::ui::scene::{Scene, called, document_text, quiet, teaching};

/// So many comments are listed; the others are taken with them.
const MOST_LISTED: usize = 300;

/// Draws the page.
pub(super) fn comments_ui(ui: &mut Ui, scene: Scene, reader: &Reader) -> Vec<Command> {
    let words = scene.words;
    let rows = reader.comment_rows(MOST_LISTED);
    let (all, left) = reader.comment_counts();
    let Some(place) = scene.session.active().map(|tab| tab.place.clone()).filter(|_| !rows.is_empty()) else {
        teaching(ui, words.comments_none());
        return Vec::new();
    };
    quiet(ui, words.comments_hint());
    let mut asked = Vec::new();
    ui.horizontal_wrapped(|ui| {
        if ui.add_enabled(left > 0, Button::new(words.comments_take_all(left))).clicked() {
            asked.push(Command::Comments(CommentCommand::TakeAll(place.clone())));
        }
        if left > 0 && ui.button(words.comments_not_now()).clicked() {
            asked.push(Command::Comments(CommentCommand::Refuse(place.clone())));
            asked.push(Command::ShowPage(None));
        }
    });
    asked.extend(rows.iter().flat_map(|row| comment_ui(ui, scene, reader, row)));
    if all > rows.len() {
        quiet(ui, words.comments_more(all - rows.len()));
    }
    asked
}

fn comment_ui(ui: &mut Ui, scene: Scene, reader: &Reader, row: &CommentRow) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    ui.separator();
    if !row.quote.is_empty() {
        let quote = document_text(row.quote.replace('\n', " "), reader.glyphs());
        ui.add(Label::new(quote.color(scene.tokens.quiet)).truncate());
    }
    if !row.text.is_empty() {
        ui.add(Label::new(document_text(clear_name_of_lines(&row.text), reader.glyphs())).wrap());
    }
    ui.horizontal_wrapped(|ui| {
        if ui.button(words.go_there()).clicked() {
            asked.extend([Command::ShowPage(None), Command::GoTo(row.position)]);
        }
        if row.taken {
            ui.label(RichText::new(words.comment_taken()).weak());
        } else if called(ui.button(words.comment_take()), words.comment_take()).clicked() {
            asked.push(Command::Comments(CommentCommand::Take(row.id)));
        }
        quiet(ui, clear_name(&row.by));
    });
    asked
}

/// What somebody else wrote, line by line, with what hides made visible.
fn clear_name_of_lines(text: &str) -> String {
    text.lines().map(clear_name).collect::<Vec<_>>().join("\n")
}
