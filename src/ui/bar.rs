//! The bar at the top: the menu, opening, places, the script, panels; and the row of tabs under it.

use egui::{
    Button, Frame, Layout, Panel, PointerButton, Rangef, Response, RichText, ScrollArea, Stroke, TextStyle,
    Ui, vec2,
};

use super::keys;
use super::notes_panel::swatch;
use super::scene::{
    Scene, called, form_name, has_region, highlight_word, menu_line, sign_button, sign_switch,
};
use super::words::Words;
use crate::compare::Side;
use crate::notes::Colour;
use crate::session::{Command, Comparing, Front, Page, Place, Tab};
use crate::text::{Form, Script, disguises};

/// The widest a tab becomes, in points.
const TAB_WIDTH: f32 = 220.0;

/// The colours are only shown where so much room is left, in points.
const ROOM_FOR_COLOURS: f32 = 440.0;

/// In a narrower window, in points, comparing is in the menu only: so much is left behind the first buttons.
const ROOM_FOR_COMPARE: f32 = 520.0;

/// What the bar remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct BarState {
    /// The tab that was brought into sight last, and how wide the row was then.
    in_sight: Option<(Front, f32, Rangef)>,
}

/// What stands between the buttons of the bar, in points.
const ROOM_FOR_SEPARATORS: f32 = 60.0;

/// Draws the bar and the tabs.
pub(super) fn bar_ui(ui: &mut Ui, scene: Scene, state: &mut BarState) -> Vec<Command> {
    let bar = Panel::top("bar").show_separator_line(false);
    let mut asked = bar.show(ui, |ui| ui.horizontal_centered(|ui| controls(ui, scene)).inner).inner;
    if scene.session.front().is_some() {
        asked.extend(Panel::top("tabs").show(ui, |ui| tabs(ui, scene, state)).inner);
    }
    asked
}

fn controls(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    ui.set_min_height(30.0);
    let mut asked = menu(ui, scene);
    asked.extend(open(ui, scene));
    asked.extend(compare(ui, scene));
    ui.separator();
    asked.extend(sign_button(ui, scene, "←", Words::back));
    asked.extend(sign_button(ui, scene, "→", Words::forward));
    asked.extend(sign_button(ui, scene, "↶", Words::undo));
    asked.extend(sign_button(ui, scene, "↷", Words::redo));
    ui.separator();
    asked.extend(script_switcher(ui, scene));
    if scene.reader().is_some() && ui.available_width() > ROOM_FOR_COLOURS {
        ui.separator();
        asked.extend(colours(ui, scene));
    }
    let layout = Layout::right_to_left(egui::Align::Center);
    asked.extend(ui.with_layout(layout, |ui| panels(ui, scene)).inner);
    asked
}

fn menu(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let mut asked = Vec::new();
    let words = scene.words;
    let response = ui.menu_button("☰", |ui| {
        ui.set_min_width(260.0);
        for (name, lines) in menus() {
            ui.menu_button(name(words), |ui| {
                ui.set_min_width(260.0);
                asked.extend(lines.iter().filter_map(|line| menu_line(ui, scene, *line)));
            });
        }
        ui.separator();
        for line in [Words::palette, Words::settings, Words::shortcuts, Words::quit] {
            asked.extend(menu_line(ui, scene, line));
        }
    });
    called(response.response, words.menu()).on_hover_text(words.menu());
    asked
}

type Word = fn(Words) -> &'static str;

/// What is in the menu of comparisons.
static COMPARISON: &[Word] = &[
    Words::compare,
    Words::board,
    Words::next_link,
    Words::previous_link,
    Words::next_difference,
    Words::previous_difference,
    Words::next_only_here,
    Words::previous_only_here,
    Words::switch_pane,
    Words::swap_sides,
    Words::line_up,
    Words::lock,
    Words::slight_differences,
    Words::surroundings,
    Words::confirm_link,
    Words::refuse_link,
    Words::relabel_same,
    Words::relabel_revised,
    Words::relabel_theme,
    Words::add_link,
    Words::pin_passages,
    Words::highlight_link,
    Words::note_on_link,
    Words::compare_again,
    Words::cancel_comparing,
];

/// The menus: their names and what is in them, by the words of the table of keys.
fn menus() -> [(Word, &'static [Word]); 6] {
    [
        (
            Words::file,
            &[
                Words::open,
                Words::library,
                Words::open_samples,
                Words::reload,
                Words::stop_reading,
                Words::reopen_closed,
                Words::close_tab,
                Words::information,
                Words::export,
                Words::import_notes,
                Words::attach_notes,
            ],
        ),
        (
            Words::edit,
            &[
                Words::undo,
                Words::redo,
                Words::copy,
                Words::copy_as_written,
                Words::copy_with_place,
                Words::copy_with_reference,
                Words::select_all,
                Words::find,
                Words::search_all,
                Words::next_hit,
                Words::previous_hit,
            ],
        ),
        (
            Words::view,
            &[
                Words::toggle_outline,
                Words::toggle_notes,
                Words::toggle_asides,
                Words::next_footnote,
                Words::previous_footnote,
                Words::next_hyperlink,
                Words::previous_hyperlink,
                Words::follow_footnote,
                Words::larger,
                Words::smaller,
                Words::default_size,
                Words::full_screen,
                Words::next_tab,
                Words::previous_tab,
            ],
        ),
        (
            Words::script,
            &[
                Words::toggle_script,
                Words::next_script,
                Words::show_as_written,
                Words::show_simplified,
                Words::show_traditional,
                Words::show_taiwan,
                Words::show_hong_kong,
                Words::regional_words,
                Words::doubts,
                Words::corrections,
            ],
        ),
        (
            Words::notes,
            &[
                Words::highlight_yellow,
                Words::highlight_green,
                Words::highlight_blue,
                Words::highlight_pink,
                Words::highlight_purple,
                Words::note_on_selection,
                Words::add_bookmark,
                Words::all_notes,
                Words::codebook,
                Words::next_note,
                Words::previous_note,
                Words::next_bookmark,
                Words::only_bookmarks,
                Words::begin_link,
                Words::end_link,
                Words::other_end,
                Words::comments,
                Words::bibliography,
                Words::delete_note,
                Words::trash,
            ],
        ),
        (Words::compare_short, COMPARISON),
    ]
}

fn open(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let mut asked = Vec::new();
    if ui.button(scene.words.open()).on_hover_text(scene.hint(Words::open)).clicked() {
        asked.push(Command::AskToOpen);
    }
    let recent = ui.menu_button("▾", |ui| asked.extend(recent_list(ui, scene)));
    called(recent.response, scene.words.open_recent()).on_hover_text(scene.words.open_recent());
    asked
}

/// The way to read two documents against each other.
fn compare(ui: &mut Ui, scene: Scene) -> Option<Command> {
    if scene.session.tabs().is_empty() || ui.available_width() < ROOM_FOR_COMPARE {
        return None;
    }
    let button = ui.button(scene.words.compare_short());
    let hint = format!("{}\n{}", scene.hint(Words::compare), scene.words.compare_hint());
    button.on_hover_text(hint).clicked().then_some(Command::ShowPage(Some(Page::Compare)))
}

fn recent_list(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let mut asked = Vec::new();
    ui.set_min_width(280.0);
    for place in scene.session.recent() {
        asked.extend(place_line(ui, place));
    }
    ui.separator();
    asked.extend(menu_line(ui, scene, Words::open_samples));
    let any = !scene.session.recent().is_empty();
    if ui.add_enabled(any, Button::new(scene.words.forget_recent())).clicked() {
        asked.push(Command::ForgetRecent);
        ui.close();
    }
    asked
}

/// A button that opens a document, with the whole path under the pointer.
pub(super) fn place_line(ui: &mut Ui, place: &Place) -> Option<Command> {
    let response = ui.button(clear_name(&place.name()));
    let response = match place {
        Place::File(path) => response.on_hover_text(clear_name(&path.to_string_lossy())),
        Place::Sample(_) => response,
    };
    if response.clicked() {
        ui.close();
    }
    response.clicked().then(|| Command::Open(vec![place.clone()]))
}

/// A name or address with the characters made visible that could make it look like another: marks of direction,
/// fillers, tags and other invisible characters show as U+FFFD. Selectors of variants of Han characters stay.
pub(super) fn clear_name(name: &str) -> String {
    name.chars().map(|character| if disguises(character) { '\u{fffd}' } else { character }).collect()
}

/// A button for each script; where there is no room for them, one that opens the list.
fn script_switcher(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let words = scene.words;
    let Some(reader) = scene.reader() else { return Vec::new() };
    let wanted = reader.wanted_script();
    ui.spacing_mut().item_spacing.x = 2.0;
    let forms = Form::ALL.map(|form| form_sign(words, form));
    let panels = [words.notes(), words.outline(), words.find()];
    let needed = forms.into_iter().chain([words.regional_words()]).chain(panels);
    let needed: f32 = needed.map(|text| button_width(ui, text)).sum();
    if needed + ROOM_FOR_SEPARATORS < ui.available_width() {
        return scripts(ui, scene, wanted);
    }
    let mut asked = Vec::new();
    let folded = ui.menu_button(format!("{} ▾", form_sign(words, wanted.form)), |ui| {
        asked = scripts(ui, scene, wanted);
    });
    called(folded.response, words.script()).on_hover_text(words.script());
    asked
}

/// How wide a button with this text is, and what stands beside it.
fn button_width(ui: &Ui, text: &str) -> f32 {
    let font = TextStyle::Button.resolve(ui.style());
    let text = ui.painter().layout_no_wrap(text.to_owned(), font, ui.visuals().text_color());
    text.size().x + 2.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x
}

fn scripts(ui: &mut Ui, scene: Scene, wanted: Script) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    for form in Form::ALL {
        let response = ui.add(Button::selectable(wanted.form == form, form_sign(words, form)));
        let hint = format!("{} ({})", form_name(words, form), keys::keys_of(show_word(form), scene.mac));
        let response = called(response, form_name(words, form)).on_hover_text(hint);
        if response.clicked() {
            asked.push(Command::Show(Script { form, regional_words: wanted.regional_words }));
        }
    }
    let region = has_region(wanted.form);
    let on = wanted.regional_words && region;
    let switch = Button::selectable(on, words.regional_words());
    let hint = format!("{}\n{}", scene.hint(Words::regional_words), words.regional_words_hint());
    if ui.add_enabled(region, switch).on_hover_text(hint).clicked() {
        asked.push(Command::ToggleRegionalWords);
    }
    asked
}

/// What the table of keys calls showing a form.
fn show_word(form: Form) -> fn(Words) -> &'static str {
    match form {
        Form::AsWritten => Words::show_as_written,
        Form::Simplified => Words::show_simplified,
        Form::Traditional => Words::show_traditional,
        Form::Taiwan => Words::show_taiwan,
        Form::HongKong => Words::show_hong_kong,
    }
}

/// The sign of a form on its button.
pub(super) fn form_sign(words: Words, form: Form) -> &'static str {
    match form {
        Form::AsWritten => words.as_written(),
        Form::Simplified => words.simplified(),
        Form::Traditional => words.traditional(),
        Form::Taiwan => words.taiwan(),
        Form::HongKong => words.hong_kong(),
    }
}

/// Highlighting, noting and bookmarking by the mouse.
fn colours(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let Some(reader) = scene.reader() else { return Vec::new() };
    let possible = reader.selection().is_some() || reader.note_in_focus().is_some();
    let mut asked = Vec::new();
    for colour in Colour::ALL {
        let word = highlight_word(colour);
        let draw = |ui: &mut Ui| swatch(ui, scene.tokens.highlight(colour), false);
        let response = ui.add_enabled_ui(possible, draw).inner;
        let response = called(response, word(scene.words)).on_hover_text(scene.hint(word));
        asked.extend(response.clicked().then_some(Command::Highlight(colour)));
    }
    asked.extend(sign_button(ui, scene, "✎", Words::note_on_selection));
    asked.extend(sign_button(ui, scene, "⚑", Words::add_bookmark));
    asked
}

/// Drawn from the right.
fn panels(ui: &mut Ui, scene: Scene) -> Vec<Command> {
    let (words, sides) = (scene.words, scene.sides);
    let mut asked = Vec::new();
    asked.extend(sign_switch(ui, scene, (words.notes(), sides.notes), Words::toggle_notes));
    let comparing = scene.session.comparison_in_front().is_some();
    asked.extend(if comparing {
        sign_switch(ui, scene, (words.links(), sides.outline), Words::toggle_links)
    } else {
        sign_switch(ui, scene, (words.outline(), sides.outline), Words::toggle_outline)
    });
    ui.separator();
    if sides.find {
        let response = ui.add(Button::selectable(true, words.find())).on_hover_text(words.close_find());
        asked.extend(response.clicked().then_some(Command::CloseFind));
    } else {
        asked.extend(sign_switch(ui, scene, (words.find(), false), Words::find));
    }
    asked
}

fn tabs(ui: &mut Ui, scene: Scene, state: &mut BarState) -> Vec<Command> {
    let mut asked = Vec::new();
    let front = scene.session.front();
    let width = ui.available_width();
    // A wheel that only goes up and down moves the row too.
    ui.style_mut().always_scroll_the_only_direction = true;
    ScrollArea::horizontal().id_salt("tabs").show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let left = ui.cursor().left();
            let documents = scene.session.tabs().iter().map(|tab| Strip::of_document(scene, tab));
            let comparisons = scene.session.comparisons().iter();
            let comparisons = comparisons.map(|comparing| Strip::of_comparison(scene, comparing));
            for strip in documents.chain(comparisons) {
                let active = front == Some(strip.id);
                let (response, commands) = tab_ui(ui, scene, &strip, active);
                // Titles grow when documents arrive, which moves the tabs behind them.
                let place = response.rect.translate(vec2(-left, 0.0)).x_range();
                let in_sight = active.then_some((strip.id, width, place));
                if active && in_sight != std::mem::replace(&mut state.in_sight, in_sight) {
                    response.scroll_to_me(None);
                }
                asked.extend(commands);
            }
        });
    });
    asked
}

/// What a tab shows and does.
struct Strip {
    id: Front,
    /// What is shown.
    title: String,
    /// The whole name.
    name: String,
    hint: String,
    select: Command,
    close: Command,
}

impl Strip {
    fn of_document(scene: Scene, tab: &Tab) -> Self {
        let title = scene.titles.told_apart(tab);
        Self {
            id: Front::Document(tab.id),
            name: title.clone(),
            title,
            hint: scene.titles.hint(tab),
            select: Command::Select(tab.id),
            close: Command::Close(tab.id),
        }
    }

    fn of_comparison(scene: Scene, comparing: &Comparing) -> Self {
        let (id, titles) = (comparing.id(), scene.titles);
        let tab = |side| comparing.side(side).tab.and_then(|tab| scene.session.tab(tab));
        let names = Side::BOTH.map(|side| {
            let own = tab(side).filter(|tab| !titles.needs_file(tab)).map(|tab| titles.title(tab));
            shortened(&own.unwrap_or_else(|| clear_name(&comparing.side(side).place.name())))
        });
        let hints = Side::BOTH.map(|side| tab(side).map(|tab| titles.hint(tab)).unwrap_or_default());
        Self {
            id: Front::Comparison(id),
            title: names.join(" ⇄ "),
            name: clear_name(&scene.session.title_of(id)),
            hint: hints.join("\n⇄\n"),
            select: Command::SelectComparison(id),
            close: Command::CloseComparison(id),
        }
    }
}

/// So wide a title is on the tab of a comparison, in halves of a Han character: both have the same room.
const SHORT: usize = 14;

/// The beginning of a title.
fn shortened(title: &str) -> String {
    let mut width = 0;
    let fits = |character: &char| {
        width += if character.is_ascii() { 1 } else { 2 };
        width <= SHORT
    };
    let beginning: String = title.chars().take_while(fits).collect();
    if beginning.len() == title.len() { beginning } else { format!("{}…", beginning.trim_end()) }
}

/// A tab in its edges; the active one looks like the page under it.
fn tab_ui(ui: &mut Ui, scene: Scene, tab: &Strip, active: bool) -> (Response, Vec<Command>) {
    let fill = if active { scene.tokens.page } else { scene.tokens.panel };
    let edge = if active { scene.tokens.accent } else { scene.tokens.line };
    let frame = Frame::NONE.fill(fill).stroke(Stroke::new(1.0, edge)).corner_radius(4).inner_margin(1);
    let mut asked = Vec::new();
    let framed = ui.push_id(("tab", tab.id), |ui| {
        frame.show(ui, |ui| ui.horizontal(|ui| asked = title_and_close(ui, scene, tab, active))).response
    });
    (framed.inner, asked)
}

fn title_and_close(ui: &mut Ui, scene: Scene, tab: &Strip, active: bool) -> Vec<Command> {
    let mut asked = Vec::new();
    ui.spacing_mut().item_spacing.x = 0.0;
    ui.set_max_width(TAB_WIDTH);
    let label = if active { RichText::new(&tab.title).strong() } else { RichText::new(&tab.title) };
    let response = ui.add(Button::new(label).truncate().frame_when_inactive(false).selected(false));
    let response = response.on_hover_text(&tab.hint);
    let close = Button::new(RichText::new("×").size(16.0)).frame_when_inactive(false);
    let close = called(ui.add(close), &scene.words.close_named(&tab.name));
    let close = close.on_hover_text(scene.hint(Words::close_tab));
    if response.clicked() {
        asked.push(tab.select.clone());
    }
    if response.clicked_by(PointerButton::Middle) || close.clicked() {
        asked.push(tab.close.clone());
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Language;

    #[test]
    fn every_line_of_the_menus_is_in_the_table_of_keys() {
        for (name, lines) in menus() {
            for line in lines {
                let words = Words::of(Language::English);
                assert!(keys::entry(*line).is_some(), "{}: {}", name(words), line(words));
            }
        }
    }

    #[test]
    fn both_titles_of_a_comparison_are_shortened_evenly() {
        let check = |title: &str, expected: &str| assert_eq!(shortened(title), expected);
        check("修渡口的倡议", "修渡口的倡议");
        check("修渡口和磨坊的倡议书", "修渡口和磨坊的…");
        check("Plan of the river library", "Plan of the ri…");
        check("", "");
    }

    #[test]
    fn names_cannot_hide_their_ending() {
        assert_eq!(clear_name("帳單\u{202e}txt.exe"), "帳單\u{fffd}txt.exe");
        assert_eq!(clear_name("白皮书.txt"), "白皮书.txt");
        for hidden in ['\u{61c}', '\u{ad}', '\u{2067}', '\u{3164}', '\u{e0061}', '\u{2028}'] {
            assert_eq!(clear_name(&format!("https://a{hidden}.example")), "https://a\u{fffd}.example");
        }
        assert_eq!(clear_name("葛\u{e0100}城.txt"), "葛\u{e0100}城.txt");
    }
}
