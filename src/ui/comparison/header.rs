//! The header of a pane: what is read there, in which script and size, and which section of it.

use egui::{Button, RichText, Stroke, Ui};

use super::sections::{Sections, section_list};
use super::wording::side_name;
use crate::compare::Side;
use crate::session::{Command, CompareRequest, Compared, Wanted};
use crate::text::{Form, Script};
use crate::ui::bar::{clear_name, form_sign};
use crate::ui::scene::{Scene, called, document_text, form_name, has_region};

/// In a narrower header, in points, the sizes are in the menu only.
const ROOM_FOR_SIZES: f32 = 280.0;

/// Draws the header.
pub(super) fn header_ui(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    side: Side,
    sections: &mut Sections,
) -> Vec<Command> {
    let active = compared.comparing().active_side() == side;
    ground(ui, scene, active);
    let mut asked = Vec::new();
    ui.horizontal_centered(|ui| {
        ui.set_height(ui.max_rect().height());
        ui.spacing_mut().item_spacing.x = 2.0;
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(layout, |ui| {
            if ui.max_rect().width() > ROOM_FOR_SIZES {
                asked.extend(sizes(ui, scene, side));
            }
            asked.extend(script_menu(ui, scene, compared, side));
            asked.extend(section_menu(ui, scene, compared, side, sections));
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            asked.extend(ui.with_layout(layout, |ui| title(ui, scene, compared, side)).inner);
        });
    });
    asked
}

fn ground(ui: &Ui, scene: Scene, active: bool) {
    let room = ui.max_rect();
    let (fill, line) = if active {
        (scene.tokens.page, scene.tokens.accent)
    } else {
        (scene.tokens.panel, scene.tokens.line)
    };
    ui.painter().rect_filled(room, 0.0, fill);
    let thick = if active { 3.0 } else { 1.0 };
    ui.painter().hline(room.x_range(), room.top() + thick / 2.0, Stroke::new(thick, line));
}

/// The title of the document and of the section; the active pane's is strong and marked.
fn title(ui: &mut Ui, scene: Scene, compared: &Compared<'_>, side: Side) -> Option<Command> {
    let (view, comparing) = (compared.pane(side), compared.comparing());
    let title = title_of(scene, compared, side);
    let active = comparing.active_side() == side;
    let text = document_text(if active { format!("● {title}") } else { title.clone() }, view.glyphs());
    let text = if active { text.strong() } else { text };
    let button = Button::new(text).truncate().frame_when_inactive(false);
    let name = if active { scene.words.active_pane(&title) } else { title };
    let response = ui.add(button).on_hover_text(&name);
    called(response, &name).clicked().then_some(Command::ActivatePane(side))
}

fn title_of(scene: Scene, compared: &Compared<'_>, side: Side) -> String {
    let view = compared.pane(side);
    let chosen = compared.comparing().side(side);
    let field = view.document().metadata().title.as_ref();
    let title = field.map(|field| view.show_text(&field.value)).filter(|title| !title.trim().is_empty());
    let tab = chosen.tab.and_then(|tab| scene.session.tab(tab));
    let alike = tab.is_some_and(|tab| scene.titles.needs_file(tab));
    let title = match title {
        Some(title) if alike => clear_name(&format!("{} · {title}", chosen.place.name())),
        title => clear_name(&title.unwrap_or_else(|| chosen.place.name())),
    };
    let text = view.document().id();
    let section = chosen.section().filter(|section| section.text == text);
    let Some(section) = section else { return title };
    let heading = view.view(section.first).map(|view| view.text.trim().to_owned()).unwrap_or_default();
    let heading: String = heading.chars().take(40).collect();
    format!("{title} › {}", if heading.is_empty() { scene.words.compare_section() } else { &heading })
}

fn script_menu(ui: &mut Ui, scene: Scene, compared: &Compared<'_>, side: Side) -> Vec<Command> {
    let words = scene.words;
    let shown = compared.pane(side).script();
    let mut asked = Vec::new();
    let menu = ui.menu_button(RichText::new(format!("{} ▾", form_sign(words, shown.form))).small(), |ui| {
        for form in Form::ALL {
            if ui.add(Button::selectable(shown.form == form, form_name(words, form))).clicked() {
                asked.push(show(side, Script { form, regional_words: shown.regional_words }));
                ui.close();
            }
        }
        let mut regional = shown.regional_words;
        let switch = egui::Checkbox::new(&mut regional, words.regional_words());
        if ui.add_enabled(has_region(shown.form), switch).changed() {
            asked.push(show(side, Script { form: shown.form, regional_words: regional }));
        }
        ui.horizontal(|ui| asked.extend(sizes(ui, scene, side)));
    });
    let name = words.pane_script(side_name(words, side), form_name(words, shown.form));
    called(menu.response, &name).on_hover_text(&name);
    asked
}

fn sizes(ui: &mut Ui, scene: Scene, side: Side) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    let name = side_name(words, side);
    // Drawn from the right.
    for (sign, name, command) in
        [("A+", words.pane_larger(name), Command::Larger), ("A−", words.pane_smaller(name), Command::Smaller)]
    {
        let button = Button::new(RichText::new(sign).small()).frame_when_inactive(false);
        let response = called(ui.add(button), &name).on_hover_text(&name);
        asked.extend(response.clicked().then(|| in_pane(side, command)));
    }
    asked
}

/// Which part of the document is compared.
fn section_menu(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    side: Side,
    sections: &mut Sections,
) -> Vec<Command> {
    let words = scene.words;
    let mut asked = Vec::new();
    let menu = ui.menu_button(RichText::new("§").small(), |ui| {
        asked = sections_ui(ui, scene, compared, side, sections);
    });
    let name = words.pane_section(side_name(words, side));
    called(menu.response, &name).on_hover_text(&name);
    asked
}

fn sections_ui(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    side: Side,
    sections: &mut Sections,
) -> Vec<Command> {
    let comparing = compared.comparing();
    let (Some(left), Some(right)) = (comparing.side(Side::Left).tab, comparing.side(Side::Right).tab) else {
        return Vec::new();
    };
    let now = comparing.side(side).section();
    let mut asked = Vec::new();
    let mut surroundings = comparing.surroundings();
    let switch = egui::Checkbox::new(&mut surroundings, scene.words.surroundings());
    if ui.add_enabled(now.is_some(), switch).changed() {
        asked.push(Command::ToggleSurroundings);
    }
    ui.separator();
    let wanted = |of: Side| Wanted {
        tab: if of == Side::Left { left } else { right },
        section: comparing.side(of).section(),
    };
    if let Some(picked) = section_list(ui, scene, sections, wanted(side)) {
        let request = match side {
            Side::Left => CompareRequest { left: picked, right: wanted(Side::Right) },
            Side::Right => CompareRequest { left: wanted(Side::Left), right: picked },
        };
        asked.push(Command::Compare(Box::new(request)));
        ui.close();
    }
    asked
}

fn show(side: Side, script: Script) -> Command {
    in_pane(side, Command::Show(script))
}

fn in_pane(side: Side, command: Command) -> Command {
    Command::InPane(side, Box::new(command))
}
