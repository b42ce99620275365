//! The tools of a comparison, above the panes: steps, scrolling together, what is shown; and how far the comparison
//! is while it is being made.

use egui::{Button, Panel, ProgressBar, RichText, Ui};

use super::wording::verdict_name;
use crate::compare::Verdict;
use crate::session::{Command, CompareStage, Compared};
use crate::ui::keys;
use crate::ui::scene::{Scene, called, menu_line, quiet, sign_button};
use crate::ui::words::Words;

/// In a narrower room, in points, what scrolls and shows is in the menu only, so that all tools have a row.
const ROOM_FOR_ALL: f32 = 600.0;

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
    if ui.max_rect().width() > ROOM_FOR_ALL {
        let lock = (words.lock_short(), comparing.locked());
        asked.extend(switch(ui, scene, lock, Words::lock));
        asked.extend(button(ui, scene, words.line_up_short(), Words::line_up));
        let slight = (words.slight_short(), comparing.slight());
        let row = ui.scope(|ui| switch(ui, scene, slight, Words::slight_differences));
        row.response.on_hover_text(words.slight_hint());
        asked.extend(row.inner);
        ui.separator();
    }
    asked.extend(more_menu(ui, scene));
    asked
}

/// What is wanted less often.
fn more_menu(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    let menu = ui.menu_button(RichText::new(words.more()).small(), |ui| {
        ui.set_min_width(280.0);
        for verdict in Verdict::ALL {
            let name = words.add_link_as(verdict_name(words, verdict));
            let response = ui.button(name).on_hover_text(words.add_link_hint());
            if response.clicked() {
                asked.push(Command::AddLink(verdict));
                ui.close();
            }
        }
        for line in [
            Words::pin_passages,
            Words::lock,
            Words::line_up,
            Words::slight_differences,
            Words::swap_sides,
            Words::surroundings,
            Words::compare_again,
            Words::toggle_links,
            Words::export_comparison,
        ] {
            asked.extend(menu_line(ui, scene, line));
        }
    });
    called(menu.response, words.more()).on_hover_text(words.more());
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

/// A button for an entry of the table of keys. Few and small words, so that all have room in a row.
fn button(ui: &mut Ui, scene: Scene, text: &str, word: Word) -> Option<Command> {
    let command = keys::entry(word).and_then(|entry| scene.command(entry));
    let button = Button::new(RichText::new(text).small());
    let response = ui.add_enabled(command.is_some(), button);
    let response = called(response, word(scene.words)).on_hover_text(scene.hint(word));
    command.filter(|_| response.clicked())
}

/// The same for something that is on or off.
fn switch(ui: &mut Ui, scene: Scene, (text, on): (&str, bool), word: Word) -> Option<Command> {
    let command = keys::entry(word).and_then(|entry| scene.command(entry));
    let button = Button::new(RichText::new(text).small()).selected(on);
    let response = ui.add_enabled(command.is_some(), button);
    let response = called(response, word(scene.words)).on_hover_text(scene.hint(word));
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
        CompareStage::SectionLost(side) => {
            quiet(ui, words.section_not_found(compared.comparing().side(*side).place.name()));
            None
        }
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
        button(ui, scene, scene.words.compare_again(), Words::compare_again)
    });
    row.inner
}
