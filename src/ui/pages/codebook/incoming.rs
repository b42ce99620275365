//! A codebook that somebody has shared: what would come, before it comes.

use egui::{Label, RichText, Ui};

use crate::notes::Incoming;
use crate::session::{CodebookCommand, Command, IncomingRow};
use crate::ui::pages::scrolling;
use crate::ui::scene::{Scene, quiet};
use crate::ui::words::Words;

/// Draws what was fetched; `None` where nothing was. `as_written` keeps tags apart that are known in another
/// script.
pub(super) fn incoming_ui(ui: &mut Ui, scene: Scene, as_written: &mut bool) -> Option<Vec<Command>> {
    let rows = scene.session.incoming_codes(!*as_written)?;
    let words = scene.words;
    let name = scene.session.incoming_codebook().and_then(|incoming| incoming.path.file_name());
    ui.strong(words.incoming_tags(name.unwrap_or_default().to_string_lossy()));
    if rows.iter().any(|row| row.known_as.is_some()) {
        ui.checkbox(as_written, words.incoming_as_written());
    }
    scrolling(ui).id_salt("incoming codes").show(ui, |ui| {
        for row in &rows {
            row_ui(ui, words, row);
        }
    });
    let mut asked = Vec::new();
    ui.horizontal(|ui| {
        for (word, command) in [
            (words.take_in(), CodebookCommand::TakeIn { as_known: !*as_written }),
            (words.cancel(), CodebookCommand::Leave),
        ] {
            if ui.button(word).clicked() {
                asked.push(Command::Codebook(command));
            }
        }
    });
    Some(asked)
}

fn row_ui(ui: &mut Ui, words: Words, row: &IncomingRow) {
    ui.horizontal_wrapped(|ui| {
        ui.label(format!("#{}", row.code.tag));
        quiet(ui, news(words, row.incoming));
        if let Some(known) = row.known_as.as_ref().filter(|known| **known != row.code.tag) {
            quiet(ui, words.tag_known_as(known));
        }
    });
    if !row.code.description.is_empty() && row.incoming != Incoming::Known {
        ui.add(Label::new(RichText::new(&row.code.description).weak()).truncate());
    }
}

fn news(words: Words, incoming: Incoming) -> &'static str {
    match incoming {
        Incoming::New => words.incoming_new(),
        Incoming::Completes => words.incoming_completes(),
        Incoming::BothKept => words.incoming_both(),
        Incoming::Known => words.incoming_known(),
    }
}
