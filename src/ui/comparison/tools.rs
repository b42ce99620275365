//! The tools of a comparison, above the panes: steps, scrolling together, what is shown; and how far the comparison
//! is while it is being made.

use egui::{Button, Panel, ProgressBar, RichText, Ui};

use crate::session::{Command, CompareStage, Compared};
use crate::ui::keys;
use crate::ui::scene::{Scene, called, quiet, sign_button};
use crate::ui::words::Words;

/// Draws the tools and, while there is something to say of it, how far the comparison is.
pub(super) fn tools_ui(ui: &mut Ui, scene: Scene, compared: &Compared<'_>) -> Vec<Command> {
    let panel = Panel::top("comparison tools");
    let shown = panel.show(ui, |ui| {
        let mut asked = ui.horizontal_wrapped(|ui| row_ui(ui, scene, compared)).inner;
        asked.extend(stage_ui(ui, scene, compared));
        asked
    });
    shown.inner
}

fn row_ui(ui: &mut Ui, scene: Scene, compared: &Compared<'_>) -> Vec<Command> {
    ui.spacing_mut().item_spacing.x = 3.0;
    let (comparing, words) = (compared.comparing(), scene.words);
    let mut asked = Vec::new();
    for (name, previous, next) in steps() {
        asked.extend(sign_button(ui, scene, "↑", previous));
        ui.label(RichText::new(name(words)).small());
        asked.extend(sign_button(ui, scene, "↓", next));
        ui.separator();
    }
    asked.extend(switch(ui, scene, comparing.locked(), Words::lock));
    asked.extend(button(ui, scene, Words::line_up));
    asked.extend(switch(ui, scene, comparing.slight(), Words::slight_differences));
    ui.separator();
    asked.extend(button(ui, scene, Words::add_link));
    asked.extend(button(ui, scene, Words::pin_passages));
    ui.separator();
    asked.extend(button(ui, scene, Words::swap_sides));
    asked.extend(button(ui, scene, Words::compare_again));
    asked.extend(button(ui, scene, Words::export_comparison));
    asked
}

type Word = fn(Words) -> &'static str;

/// What one can step through: its name, back, forth.
fn steps() -> [(Word, Word, Word); 3] {
    [
        (Words::links, Words::previous_link, Words::next_link),
        (Words::differences, Words::previous_difference, Words::next_difference),
        (Words::verdict_only, Words::previous_only_here, Words::next_only_here),
    ]
}

/// A button for an entry of the table of keys. Small words, so that all of them have room in a row.
fn button(ui: &mut Ui, scene: Scene, word: Word) -> Option<Command> {
    let command = keys::entry(word).and_then(|entry| scene.command(entry));
    let button = Button::new(RichText::new(word(scene.words)).small());
    let response = ui.add_enabled(command.is_some(), button).on_hover_text(scene.hint(word));
    command.filter(|_| response.clicked())
}

/// The same for something that is on or off.
fn switch(ui: &mut Ui, scene: Scene, on: bool, word: Word) -> Option<Command> {
    let command = keys::entry(word).and_then(|entry| scene.command(entry));
    let button = Button::selectable(on, RichText::new(word(scene.words)).small());
    let response = ui.add_enabled(command.is_some(), button).on_hover_text(scene.hint(word));
    command.filter(|_| response.clicked())
}

/// How far the comparison is, unless it is there.
fn stage_ui(ui: &mut Ui, scene: Scene, compared: &Compared<'_>) -> Option<Command> {
    let words = scene.words;
    match compared.comparing().stage() {
        CompareStage::Ready => None,
        CompareStage::Waiting => {
            quiet(ui, words.comparing_waiting());
            None
        }
        CompareStage::Running(done) => ui.horizontal(|ui| running_ui(ui, scene, *done)).inner,
        CompareStage::Cancelled => told(ui, scene, words.comparing_cancelled()),
        CompareStage::Failed(reason) => told(ui, scene, &words.comparing_failed(reason)),
    }
}

fn running_ui(ui: &mut Ui, scene: Scene, done: f32) -> Option<Command> {
    let words = scene.words;
    let stop = ui.button(words.cancel_comparing()).clicked().then_some(Command::CancelComparing);
    let text = words.comparing_running((done.clamp(0.0, 1.0) * 100.0).round());
    let bar = ui.add(ProgressBar::new(done).text(text.as_str()).desired_height(18.0));
    called(bar, &text);
    stop
}

/// What went otherwise than wanted, and the way to try it again.
fn told(ui: &mut Ui, scene: Scene, text: &str) -> Option<Command> {
    let row = ui.horizontal_wrapped(|ui| {
        ui.colored_label(scene.tokens.warning, text);
        button(ui, scene, Words::compare_again)
    });
    row.inner
}
