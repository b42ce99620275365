//! The page of earlier versions of the notes: what differs from each, and going back to one in two clicks.

use std::sync::Arc;

use egui::{Button, CollapsingHeader, Label, RichText, Ui};

use crate::notes::{Annotation, StateCounts, StateDifference};
use crate::session::{Command, Version, VersionCommand, VersionContents, Versions};
use crate::ui::scene::{Scene, called, colour_name, quiet, teaching};

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
    let Some(contents) = &version.contents else { return None };
    let since = RichText::new(since(scene, contents)).weak();
    if contents.since == StateCounts::default() {
        ui.label(since);
        return None;
    }
    ui.horizontal_top(|ui| {
        let list = CollapsingHeader::new(since).id_salt(("since", &version.name));
        ui.vertical(|ui| list.show(ui, |ui| changes_ui(ui, scene, contents)));
    });
    ui.horizontal(|ui| asked = restore_ui(ui, scene, (version, &moment), state));
    asked
}

/// What changed since, note by note.
fn changes_ui(ui: &mut Ui, scene: Scene, contents: &VersionContents) {
    let words = scene.words;
    for StateDifference { before, after } in &contents.changes {
        let Some(note) = after.as_ref().or(before.as_ref()) else { continue };
        let what = match (before, after) {
            (None, _) => words.note_added(),
            (_, None) => words.note_removed(),
            _ => words.note_changed(),
        };
        let quote = in_short(&note.anchor.quote);
        ui.add(Label::new(RichText::new(format!("{what} {quote}")).strong()).wrap());
        let said = |note: &Option<Arc<Annotation>>| note.as_ref().map(|note| said_by(scene, note));
        match (said(before), said(after)) {
            (Some(then), Some(now)) => {
                ui.add(Label::new(words.said_then(then)).wrap());
                ui.add(Label::new(words.said_now(now)).wrap());
            }
            (then, now) => drop(ui.add(Label::new(then.or(now).unwrap_or_default()).wrap())),
        }
    }
    let all = contents.since.added + contents.since.changed + contents.since.removed;
    if all > contents.changes.len() {
        quiet(ui, words.export_preview_cut());
    }
}

/// The colour, the tags and the words of a note.
fn said_by(scene: Scene, note: &Annotation) -> String {
    let colour = note.colour.map(|colour| colour_name(scene.words, colour).to_owned());
    let tags = note.tags.iter().map(|tag| format!("#{tag}"));
    let text = Some(in_short(&note.text)).filter(|text| !text.is_empty());
    colour.into_iter().chain(tags).chain(text).collect::<Vec<_>>().join(" ")
}

fn in_short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(SHORT).collect();
    if short.len() < line.len() { short + "…" } else { short }
}

/// How many characters of a note are shown of what changed.
const SHORT: usize = 120;

/// What has changed since: what one gives up by going back.
fn since(scene: Scene, contents: &VersionContents) -> String {
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
