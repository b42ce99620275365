//! The page of earlier versions of the notes: what differs from each, and going back to one in two clicks.

use egui::{Button, RichText, Ui};

use crate::notes::StateCounts;
use crate::session::{Command, Version, VersionCommand, VersionContents, Versions};
use crate::ui::scene::{Scene, called, quiet, teaching};

/// What the page remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct VersionsState {
    /// The version that one click has chosen; the next one goes back to it.
    chosen: Option<String>,
}

/// Draws the page: the versions of the notes of the document in front, the newest first.
pub(super) fn versions_ui(ui: &mut Ui, scene: Scene, state: &mut VersionsState) -> Vec<Command> {
    let words = scene.words;
    match scene.session.versions() {
        Versions::Unasked | Versions::Reading(_) => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(words.versions_reading());
            });
            Vec::new()
        }
        Versions::Read(versions) if versions.is_empty() => {
            teaching(ui, words.versions_none());
            Vec::new()
        }
        Versions::Read(versions) => {
            quiet(ui, words.versions_hint());
            let rows = versions.iter().map(|version| version_ui(ui, scene, version, state));
            rows.flatten().collect()
        }
    }
}

fn version_ui(ui: &mut Ui, scene: Scene, version: &Version, state: &mut VersionsState) -> Option<Command> {
    let words = scene.words;
    let moment = scene.session.written_moment(version.at);
    let mut asked = None;
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(&moment).strong());
        match &version.contents {
            Some(contents) => ui.label(words.versions_count(contents.notes)),
            None => ui.label(RichText::new(words.version_unreadable()).color(scene.tokens.warning)),
        };
        if version.lasting {
            quiet(ui, words.version_lasting());
        }
    });
    ui.horizontal(|ui| {
        if let Some(contents) = version.contents {
            ui.label(RichText::new(since(scene, contents)).weak());
            if contents.since != StateCounts::default() {
                asked = restore_ui(ui, scene, (version, &moment), state);
            }
        }
    });
    asked
}

/// What has changed since: what one gives up by going back.
fn since(scene: Scene, contents: VersionContents) -> String {
    let words = scene.words;
    let counts = contents.since;
    let parts = [
        (counts.added, words.since_added(counts.added)),
        (counts.changed, words.since_changed(counts.changed)),
        (counts.removed, words.since_removed(counts.removed)),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
    if parts.is_empty() { words.since_same().to_owned() } else { parts.join(words.list_comma()) }
}

/// The first click chooses the version, the second goes back to it.
fn restore_ui(
    ui: &mut Ui,
    scene: Scene,
    (version, moment): (&Version, &str),
    state: &mut VersionsState,
) -> Option<Command> {
    let words = scene.words;
    if state.chosen.as_ref() != Some(&version.name) {
        let restore = called(ui.button(words.restore()), &words.restore_version(moment));
        if restore.clicked() {
            state.chosen = Some(version.name.clone());
        }
        return None;
    }
    let ready = !scene.session.is_restoring();
    let sure = ui.add_enabled(ready, Button::new(words.restore_version_now()));
    if ui.button(words.cancel()).clicked() {
        state.chosen = None;
    }
    let clicked = sure.clicked();
    if clicked {
        state.chosen = None;
    }
    clicked.then(|| Command::Versions(VersionCommand::Restore(version.name.clone())))
}
