//! The page of settings.

use std::ops::RangeInclusive;

use egui::{ComboBox, DragValue, Grid, Slider, Ui};

use crate::session::{Command, FontChoices, Language, Settings, Theme, VersionCommand, VersionPolicy};
use crate::text::Glyphs;
use crate::ui::choices::{Choice, choice_list_ui};
use crate::ui::fonts::Fonts;
use crate::ui::scene::{Scene, field_height, name_ui};
use crate::ui::words::Words;

/// Draws the settings; each change counts at once.
pub(super) fn settings_ui(ui: &mut Ui, scene: Scene, fonts: &Fonts) -> Vec<Command> {
    let settings = scene.session.settings();
    let words = scene.words;
    let mut asked = Vec::new();
    ui.spacing_mut().interact_size.y = field_height(ui);
    Grid::new("settings").num_columns(2).spacing([24.0, 10.0]).show(ui, |ui| {
        asked.extend(row(ui, words.theme(), |ui| theme(ui, words, settings.theme)));
        asked.extend(row(ui, words.interface_language(), |ui| language(ui, words, settings.language)));
        asked.extend(row(ui, words.text_size(), |ui| {
            number(ui, settings.text_size, Settings::TEXT_SIZES, 1.0).map(Command::SetTextSize)
        }));
        asked.extend(row(ui, words.column_width(), |ui| {
            number(ui, settings.column_width, Settings::COLUMN_WIDTHS, 1.0).map(Command::SetColumnWidth)
        }));
        asked.extend(row(ui, words.line_height(), |ui| {
            number(ui, settings.line_height, Settings::LINE_HEIGHTS, 0.05).map(Command::SetLineHeight)
        }));
        for (name, glyphs) in [
            (words.font_simplified(), Glyphs::Simplified),
            (words.font_taiwan(), Glyphs::Taiwan),
            (words.font_hong_kong(), Glyphs::HongKong),
        ] {
            asked.extend(row(ui, name, |ui| font(ui, words, (fonts, &settings.fonts), (name, glyphs))));
        }
        asked.extend(versions(ui, words, settings.versions));
    });
    let mut indent = settings.first_line_indent;
    if ui.checkbox(&mut indent, words.first_line_indent()).changed() {
        asked.push(Command::SetFirstLineIndent(indent));
    }
    asked
}

/// How many earlier versions of notes are kept, and how long.
fn versions(ui: &mut Ui, words: Words, policy: VersionPolicy) -> Option<Command> {
    let mut changed = policy;
    let newest = DragValue::new(&mut changed.newest).range(1..=1_000);
    row(ui, words.versions_newest(), |ui| ui.add(newest));
    let days = DragValue::new(&mut changed.daily_for_days).range(0..=3_650);
    row(ui, words.versions_days(), |ui| ui.add(days));
    let megabytes = DragValue::new(&mut changed.megabytes).range(1..=100_000);
    row(ui, words.versions_megabytes(), |ui| ui.add(megabytes));
    (changed != policy).then_some(Command::Versions(VersionCommand::SetPolicy(changed)))
}

/// A name and what it names on one line, tied together for screen readers.
fn row<R>(ui: &mut Ui, name: &str, control: impl FnOnce(&mut Ui) -> R) -> R {
    let label = name_ui(ui, name);
    let result = ui.label_inputs_by(label.id, |ui| ui.horizontal(control).inner);
    ui.end_row();
    result
}

fn theme(ui: &mut Ui, words: Words, chosen: Theme) -> Option<Command> {
    let themes = [
        (Theme::System, words.theme_system()),
        (Theme::Light, words.theme_light()),
        (Theme::Dark, words.theme_dark()),
        (Theme::Paper, words.theme_paper()),
    ];
    choice(ui, &themes, chosen).map(Command::SetTheme)
}

/// Each language is called by its own name, so that everyone finds theirs.
fn language(ui: &mut Ui, words: Words, chosen: Option<Language>) -> Option<Command> {
    let languages = [
        (None, words.language_system()),
        (Some(Language::English), "English"),
        (Some(Language::Simplified), "简体中文"),
        (Some(Language::Traditional), "繁體中文"),
    ];
    choice(ui, &languages, chosen).map(Command::SetLanguage)
}

/// Buttons of which one is on. Answers with another one that was clicked.
pub(super) fn choice<T: Copy + PartialEq>(ui: &mut Ui, offered: &[(T, &str)], chosen: T) -> Option<T> {
    let mut clicked = None;
    for (value, name) in offered {
        if ui.radio(*value == chosen, *name).clicked() && *value != chosen {
            clicked = Some(*value);
        }
    }
    clicked
}

fn number(ui: &mut Ui, value: f32, range: RangeInclusive<f32>, step: f64) -> Option<f32> {
    let mut changed = value;
    let slider = Slider::new(&mut changed, range).step_by(step).max_decimals(2);
    ui.add(slider).changed().then_some(changed)
}

fn font(
    ui: &mut Ui,
    words: Words,
    (fonts, choices): (&Fonts, &FontChoices),
    (name, glyphs): (&str, Glyphs),
) -> Option<Command> {
    let chosen = choices.family(glyphs).map(str::to_owned);
    // Asked for before the list is opened, and the list is another once they are known: an open one keeps
    // the height that it had with nothing in it.
    let families = fonts.available_families(glyphs);
    let list = ComboBox::from_id_salt(("font", glyphs, families.is_some())).width(240.0).height(320.0);
    let list = list.selected_text(chosen.as_deref().unwrap_or(words.font_automatic()));
    let named = families.unwrap_or_default().into_iter();
    let named = named.map(|family| Choice::new(Some(family.clone()), family));
    let offered = std::iter::once(Choice::new(None, words.font_automatic())).chain(named);
    let (_, other) = choice_list_ui(ui, (list, name), &chosen, offered);
    other.map(|family| Command::SetFonts(with_family(choices, glyphs, family)))
}

fn with_family(choices: &FontChoices, glyphs: Glyphs, family: Option<String>) -> FontChoices {
    let mut choices = choices.clone();
    match glyphs {
        Glyphs::Simplified => choices.simplified = family,
        Glyphs::Taiwan => choices.taiwan = family,
        Glyphs::HongKong => choices.hong_kong = family,
    }
    choices
}
