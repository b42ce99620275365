//! Messages in the corner: what went wrong or well, until it was seen.

use std::collections::HashMap;
use std::time::Duration;

use egui::{Align2, Area, Color32, Context, Frame, Id, RichText, vec2};

use super::notes_panel::small_sign;
use super::scene::Scene;
use super::words::Words;
use crate::session::{Command, Message, MessageText, Severity};

/// How long a message stays that goes away by itself, in seconds.
const STAYS: f64 = 6.0;

/// How many messages are shown at once; the others wait.
const SHOWN: usize = 4;

/// When each message was first shown, in seconds of the window's time.
#[derive(Default, Debug)]
pub(super) struct ToastsState {
    since: HashMap<u64, f64>,
    /// What the world had to say at the start, one sentence each.
    pub(super) remarks: Vec<String>,
}

/// Draws the messages, the newest below.
pub(super) fn toasts_ui(context: &Context, scene: Scene, state: &mut ToastsState) -> Vec<Command> {
    let messages = scene.session.messages();
    state.since.retain(|number, _| messages.iter().any(|message| message.number == *number));
    if messages.is_empty() && state.remarks.is_empty() {
        return Vec::new();
    }
    let corner = Area::new(Id::unique("messages")).anchor(Align2::RIGHT_BOTTOM, vec2(-14.0, -36.0));
    let shown = corner.show(context, |ui| {
        state.remarks.retain(|remark| !frame_ui(ui, scene, remark, scene.tokens.warning));
        let shown = messages.iter().take(SHOWN);
        shown.filter_map(|message| toast_ui(ui, scene, message, state)).collect()
    });
    shown.inner
}

fn toast_ui(ui: &mut egui::Ui, scene: Scene, message: &Message, state: &mut ToastsState) -> Option<Command> {
    let severity = message.text.severity();
    let colour = match severity {
        Severity::Note => ui.visuals().text_color(),
        Severity::Warning => scene.tokens.warning,
        Severity::Error => scene.tokens.error,
    };
    let dismissed = frame_ui(ui, scene, &message_words(scene.words, &message.text), colour);
    let over = severity == Severity::Note && is_over(ui, message.number, state);
    (dismissed || over).then_some(Command::Dismiss(message.number))
}

/// A message in its frame. Answers whether it was dismissed.
fn frame_ui(ui: &mut egui::Ui, scene: Scene, text: &str, colour: Color32) -> bool {
    let framed = Frame::popup(ui.style()).show(ui, |ui| {
        ui.set_width(360.0);
        let row = ui.horizontal_top(|ui| {
            let dismissed = small_sign(ui, "×", scene.words.dismiss());
            ui.add(egui::Label::new(RichText::new(text).color(colour)).wrap());
            dismissed
        });
        row.inner
    });
    framed.inner
}

/// Whether a message has been shown long enough; otherwise the window wakes up when it has.
fn is_over(ui: &egui::Ui, number: u64, state: &mut ToastsState) -> bool {
    let now = ui.input(|input| input.time);
    let since = *state.since.entry(number).or_insert(now);
    let left = since + STAYS - now;
    if left > 0.0 {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
    }
    left <= 0.0
}

/// What a message says.
fn message_words(words: Words, text: &MessageText) -> String {
    match text {
        MessageText::NotesFound { name, moved, unsure, lost, .. } => {
            words.notes_found(name, moved, unsure, lost)
        }
        MessageText::NotesElsewhere(path) => words.notes_elsewhere(path.display()),
        MessageText::NotesReadOnly(reason) => words.read_only(reason),
        MessageText::NotesSetAside(path) => words.set_aside_file(path.display()),
        MessageText::Remark(remark) => remark.clone(),
        MessageText::NotSaved { name, reason } => words.notes_of_not_saved(name, reason),
        MessageText::SavedAfterAll(name) => words.saved_after_all(name),
        MessageText::StateNotSaved(reason) => words.state_not_saved(reason),
        MessageText::NoScript(reason) => words.no_script(reason),
        MessageText::Exported { path, count } => words.exported(count, path.display()),
        MessageText::NotExported { path, reason } => words.not_exported(path.display(), reason),
        MessageText::ChangedOnDisk(name) => words.changed_on_disk(name),
        MessageText::NoDialog(reason) => words.no_dialog(reason),
        MessageText::NothingSelected => words.nothing_selected().to_owned(),
        MessageText::StillArriving => words.still_arriving().to_owned(),
        MessageText::NothingToExport => words.nothing_to_export().to_owned(),
    }
}
