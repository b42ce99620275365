//! The strip below the panes: the chosen link, why it was made, and what the reader says of it. Without a chosen link
//! it tells how much of each side is answered.

use egui::{Button, Panel, RichText, Sense, Ui, vec2};

use super::ribbon::{SIGN, verdict_lines};
use super::wording::{
    link_facts, reason_text, relabel_word, share_of, side_name, verdict_hint, verdict_name,
};
use crate::compare::{Side, Verdict};
use crate::notes::Colour;
use crate::session::{Command, Compared, LinkRow};
use crate::ui::notes_panel::swatch;
use crate::ui::scene::{Scene, called, colour_name, cut_line, menu_line, quiet, sign_button};
use crate::ui::words::Words;

/// In a lower room, in points, the texts come before what can be read in the list too.
const ROOM_FOR_COVERAGE: f32 = 380.0;

/// In a narrower room, in points, the reason for a link has a line of its own.
const ROOM_FOR_REASON: f32 = 1100.0;

/// Draws the strip.
pub(super) fn strip_ui(ui: &mut Ui, scene: Scene, compared: &Compared<'_>) -> Vec<Command> {
    let chosen = compared.comparing().chosen().and_then(|index| compared.link_row(index));
    if chosen.is_none() && ui.available_height() < ROOM_FOR_COVERAGE {
        return Vec::new();
    }
    let panel = Panel::bottom("chosen link").show(ui, |ui| {
        ui.set_min_height(30.0);
        ui.spacing_mut().item_spacing.x = 4.0;
        match &chosen {
            Some(row) if ui.available_width() < ROOM_FOR_REASON => {
                let asked = ui.horizontal(|ui| chosen_ui(ui, scene, row)).inner;
                reason_ui(ui, scene, row);
                asked
            }
            Some(row) => {
                let line = |ui: &mut Ui| {
                    let asked = chosen_ui(ui, scene, row);
                    ui.separator();
                    reason_ui(ui, scene, row);
                    asked
                };
                ui.horizontal_centered(line).inner
            }
            None => {
                // In a narrow window in two lines: nothing of it is cut, and what belongs together stays so.
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
                ui.horizontal_wrapped(|ui| coverage_ui(ui, scene, compared));
                Vec::new()
            }
        }
    });
    panel.inner
}

/// What can be done stands first, so that it is always in sight.
fn chosen_ui(ui: &mut Ui, scene: Scene, row: &LinkRow) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    for verdict in Verdict::ALL {
        sign_ui(ui, scene, verdict);
        let name = RichText::new(verdict_name(words, verdict)).small();
        let button = Button::selectable(row.verdict == verdict, name);
        let hint = format!("{}\n{}", scene.hint(relabel_word(verdict)), verdict_hint(words, verdict));
        let response = called(ui.add(button), relabel_word(verdict)(words)).on_hover_text(hint);
        let other = row.verdict != verdict;
        asked.extend((response.clicked() && other).then_some(Command::Relabel(verdict)));
    }
    ui.separator();
    asked.extend(sign_button(ui, scene, "✔", Words::confirm_link));
    asked.extend(sign_button(ui, scene, "✖", Words::refuse_link));
    asked.extend(colours_menu(ui, scene));
    asked.extend(sign_button(ui, scene, "✎", Words::note_on_link));
    asked.extend(sign_button(ui, scene, "×", Words::no_chosen_link));
    asked
}

fn reason_ui(ui: &mut Ui, scene: Scene, row: &LinkRow) {
    let reason = reason_text(scene.words, row);
    let told = RichText::new(summary(scene, row, &reason)).small();
    cut_line(ui, told, &reason);
}

fn summary(scene: Scene, row: &LinkRow, reason: &str) -> String {
    [link_facts(scene.words, row), vec![reason.to_owned()]].concat().join(" · ")
}

fn colours_menu(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let mut asked = Vec::new();
    let words = scene.words;
    let menu = ui.menu_button(RichText::new("■ ▾").color(scene.tokens.highlight(Colour::Yellow)), |ui| {
        ui.horizontal(|ui| {
            for colour in Colour::ALL {
                let name = format!("{}: {}", words.highlight_link(), colour_name(words, colour));
                let response = swatch(ui, scene.tokens.highlight(colour), false);
                if called(response, &name).on_hover_text(&name).clicked() {
                    asked.push(Command::HighlightLink(colour));
                    ui.close();
                }
            }
        });
        asked.extend(menu_line(ui, scene, Words::note_on_link));
    });
    called(menu.response, words.highlight_link()).on_hover_text(words.highlight_link());
    asked
}

/// The sign of a verdict in its colour.
pub(super) fn sign_ui(ui: &mut Ui, scene: Scene, verdict: Verdict) {
    let (rect, _) = ui.allocate_exact_size(vec2(SIGN, SIGN), Sense::hover());
    ui.painter().extend(verdict_lines(verdict, rect.center(), scene.tokens.verdict(verdict)));
}

/// How much of each side is answered; what the signs stand for.
fn coverage_ui(ui: &mut Ui, scene: Scene, compared: &Compared<'_>) {
    if compared.comparing().result().is_none() {
        quiet(ui, scene.words.links_later());
        return;
    }
    for verdict in Verdict::ALL {
        sign_ui(ui, scene, verdict);
        quiet(ui, verdict_name(scene.words, verdict)).on_hover_text(verdict_hint(scene.words, verdict));
    }
    for side in Side::BOTH {
        ui.separator();
        quiet(ui, coverage_line(scene, compared, side));
    }
}

/// How much of a side is answered, in words.
fn coverage_line(scene: Scene, compared: &Compared<'_>, side: Side) -> String {
    let coverage = compared.comparing().coverage(side);
    let answered = share_of(coverage.answered, coverage.characters);
    let shared = share_of(coverage.shared, coverage.characters);
    scene.words.coverage_line(side_name(scene.words, side), answered, shared)
}
