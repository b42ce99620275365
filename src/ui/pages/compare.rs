//! The page on which two sides are chosen to be read against each other.

use egui::{Button, ComboBox, RichText, Ui};

use crate::compare::Side;
use crate::session::{Command, CompareRequest, Section, Tab, TabId, Wanted};
use crate::ui::choices::{Choice, choice_list_ui};
use crate::ui::comparison::{Sections, section_list};
use crate::ui::keys;
use crate::ui::scene::{Scene, called, quiet};
use crate::ui::words::Words;

/// What was chosen on the page.
#[derive(Default, Debug)]
pub(in crate::ui) struct CompareState {
    left: Option<Wanted>,
    right: Option<Wanted>,
    sections: [Sections; 2],
}

impl CompareState {
    /// Begins with a section of a document on the left.
    pub(in crate::ui) fn from_section(tab: TabId, section: Section) -> Self {
        Self { left: Some(Wanted { tab, section: Some(section) }), ..Self::default() }
    }

    fn side(&mut self, side: Side) -> &mut Option<Wanted> {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        }
    }

    /// What was chosen is forgotten where its document was closed or, for a section, has another text. Of what can
    /// be read, the document in front is the first choice for the left, the one that was in front before for the right.
    fn follow(&mut self, scene: Scene) {
        for side in Side::BOTH {
            let wanted = self.side(side);
            *wanted = wanted.filter(|wanted| is_there(scene, *wanted));
        }
        let whole = |tab: TabId| Wanted { tab, section: None };
        let first = scene.session.active().into_iter().chain(readable(scene)).find(|tab| tab.can_be_read());
        self.left = self.left.or(first.map(|tab| whole(tab.id)));
        let left = self.left.map(|left| left.tab);
        let other = left.and_then(|left| scene.session.counterpart(left)).or(left);
        // As long as there was one document only, both sides were that.
        self.right = self.right.filter(|right| Some(*right) != self.left).or(other.map(whole));
    }

    /// Chooses a side. Where the other one is just that, the two change places.
    fn choose(&mut self, side: Side, wanted: Wanted) {
        let before = self.side(side).replace(wanted);
        if *self.side(side.other()) == Some(wanted) {
            *self.side(side.other()) = before;
        }
    }

    /// Both sides, unless they are one text.
    fn request(&self) -> Option<CompareRequest> {
        let (left, right) = (self.left?, self.right?);
        (left != right).then_some(CompareRequest { left, right })
    }
}

/// The documents that can be read against each other.
fn readable(scene: Scene<'_>) -> impl Iterator<Item = &Tab> {
    scene.session.tabs().iter().filter(|tab| tab.can_be_read())
}

/// Whether the document can be read, and has the text in which the section was chosen.
fn is_there(scene: Scene, wanted: Wanted) -> bool {
    let tab = scene.session.tab(wanted.tab).filter(|tab| tab.can_be_read());
    let text = tab.map(|tab| tab.reader().map(|reader| reader.document().id()));
    text.is_some_and(|text| wanted.section.is_none_or(|section| text == Some(section.text)))
}

/// Draws the page.
pub(super) fn compare_ui(ui: &mut Ui, scene: Scene, state: &mut CompareState) -> Vec<Command> {
    let words = scene.words;
    state.follow(scene);
    quiet(ui, words.compare_hint());
    let mut asked = Vec::new();
    if readable(scene).next().is_none() {
        ui.label(words.compare_needs_two());
    }
    for side in Side::BOTH {
        ui.add_space(6.0);
        side_ui(ui, scene, side, state);
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if ui.button(words.compare_open_another()).clicked() {
            asked.push(Command::AskToOpen);
        }
        let several = keys::entry(Words::board).and_then(|entry| scene.command(entry));
        let board = ui.add_enabled(several.is_some(), Button::new(words.board()));
        asked.extend(several.filter(|_| board.on_hover_text(words.board_hint()).clicked()));
    });
    let request = state.request();
    let count = readable(scene).count();
    if request.is_none() && count > 0 {
        let alone = count < 2;
        ui.label(if alone { words.compare_needs_two() } else { words.compare_same_text() });
    }
    let go = Button::new(RichText::new(words.compare_start()).strong());
    let clicked = ui.add_enabled(request.is_some(), go).clicked();
    if clicked || (request.is_some() && entered(ui)) {
        asked.push(Command::ShowPage(None));
        asked.extend(request.map(|request| Command::Compare(Box::new(request))));
    }
    asked
}

/// Whether Enter was pressed while no control has the keyboard: then it is the main button that is meant.
fn entered(ui: &Ui) -> bool {
    let free = ui.memory(|memory| memory.focused().is_none()) && !egui::Popup::is_any_open(ui.ctx());
    free && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter))
}

fn side_ui(ui: &mut Ui, scene: Scene, side: Side, state: &mut CompareState) {
    let Some(wanted) = *state.side(side) else { return };
    let (title, document, section) = names(scene.words, side);
    ui.label(RichText::new(title).strong());
    ui.columns_const(|[left_half, right_half]| {
        let chosen = document_ui(left_half, scene, (side, document), wanted.tab);
        if let Some(tab) = chosen {
            state.choose(side, Wanted { tab, section: None });
        }
        let [left, right] = &mut state.sections;
        let sections = if side == Side::Left { left } else { right };
        if let Some(picked) = section_ui(right_half, scene, (side, section), wanted, sections) {
            *state.side(side) = Some(picked);
        }
    });
}

fn names(words: Words, side: Side) -> (&'static str, &'static str, &'static str) {
    match side {
        Side::Left => (words.left_side(), words.left_document(), words.left_section()),
        Side::Right => (words.right_side(), words.right_document(), words.right_section()),
    }
}

/// The open documents. Answers with another one that was chosen.
fn document_ui(ui: &mut Ui, scene: Scene, (side, name): (Side, &str), now: TabId) -> Option<TabId> {
    let title = |id: TabId| scene.session.tab(id).map(|tab| scene.titles.told_apart(tab)).unwrap_or_default();
    let list = ComboBox::from_id_salt((side, "document")).width(ui.available_width()).truncate();
    let list = list.selected_text(title(now));
    let offered =
        readable(scene).map(|tab| Choice::new(tab.id, title(tab.id)).hinted(scene.titles.hint(tab)));
    let (button, chosen) = choice_list_ui(ui, (list, name), &now, offered);
    let hint = scene.session.tab(now).map(|tab| scene.titles.hint(tab)).unwrap_or_default();
    button.on_hover_text(hint);
    chosen
}

/// All of a document, or a section of it. Answers with what was clicked.
fn section_ui(
    ui: &mut Ui,
    scene: Scene,
    (side, name): (Side, &str),
    wanted: Wanted,
    sections: &mut Sections,
) -> Option<Wanted> {
    let row = sections.rows(scene, wanted.tab).iter().find(|row| Some(row.section) == wanted.section);
    let title = row.map_or(scene.words.compare_whole().to_owned(), |row| row.title.clone());
    let mut clicked = None;
    let combo =
        ComboBox::from_id_salt((side, "section")).width(ui.available_width()).height(340.0).truncate();
    let shown = combo.selected_text(title).show_ui(ui, |ui| {
        clicked = section_list(ui, scene, sections, wanted);
    });
    called(shown.response, name);
    clicked
}
