//! What stands in the middle for a document that is not open: how far it is, why it could not be opened, or the field
//! for the password that it asks for.

use std::io::ErrorKind;

use egui::text_edit::TextEditState;
use egui::{Button, Id, Key, Label, Modifiers, ProgressBar, RichText, TextEdit, Ui};

use super::bar::clear_name;
use super::scene::{Scene, called, quiet, room_above};
use super::status::arriving_words;
use crate::compare::Side;
use crate::import::Password;
use crate::session::{Command, Comparing, OpenError, Stage, Tab, TabId};

/// What is remembered from one frame to the next.
#[derive(Default)]
pub(super) struct NotOpenState {
    /// The document whose password is being typed.
    of: Option<TabId>,
    typed: String,
    /// Whether what is typed is shown.
    shown: bool,
}

/// What is typed is shown in no log.
impl std::fmt::Debug for NotOpenState {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("NotOpenState").field("of", &self.of).finish_non_exhaustive()
    }
}

/// How wide what is drawn becomes, in points.
const WIDTH: f32 = 420.0;

/// Draws what there is of a document that is not open.
pub(super) fn not_open_ui(ui: &mut Ui, scene: Scene, tab: &Tab, state: &mut NotOpenState) -> Vec<Command> {
    let drawn = ui.vertical_centered(|ui| {
        ui.set_max_width(WIDTH.min(ui.available_width()));
        room_above(ui);
        match (&tab.stage, tab.asks_for_password()) {
            (_, Some(wrong)) => password_ui(ui, scene, (tab, wrong), Command::Close(tab.id), state),
            (Stage::Failed(reason), None) => failed_ui(ui, scene, tab, reason),
            (Stage::Opening | Stage::Open(_), None) => {
                state.forget(ui);
                opening_ui(ui, scene, tab)
            }
        }
    });
    drawn.inner
}

fn opening_ui(ui: &mut Ui, scene: Scene, tab: &Tab) -> Vec<Command> {
    let words = scene.words;
    ui.label(words.opening(clear_name(&tab.place.name())));
    let arriving = tab.arriving().unwrap_or_default();
    if arriving.stalled {
        ui.add(Label::new(words.drive_stalls()).wrap());
    }
    if let Some(share) = arriving.share() {
        let text = arriving_words(words, arriving);
        called(ui.add(ProgressBar::new(share).desired_width(WIDTH * 0.7)), &text);
        quiet(ui, text);
        quiet(ui, words.arriving_parts(arriving.done, arriving.of));
    }
    ui.add_space(12.0);
    let cancel = called(ui.button(words.cancel()), words.stop_reading()).on_hover_text(words.stop_reading());
    let stops = cancel.clicked() || escaped(ui, scene);
    stops.then_some(Command::StopReading(tab.id)).into_iter().collect()
}

fn failed_ui(ui: &mut Ui, scene: Scene, tab: &Tab, reason: &OpenError) -> Vec<Command> {
    let words = scene.words;
    ui.label(RichText::new(words.not_opened()).heading());
    ui.label(clear_name(&tab.place.name()));
    let gone = matches!(reason, OpenError::Unreadable { kind: ErrorKind::NotFound, .. });
    let reason = RichText::new(words.why_not_opened(reason)).color(scene.tokens.error);
    ui.add(Label::new(reason).wrap());
    ui.add_space(12.0);
    let open = (gone && ui.button(words.open()).clicked()).then_some(Command::AskToOpen);
    let reload = ui.button(words.reload()).clicked().then_some(Command::Reload);
    let close = ui.button(words.close_tab()).clicked().then_some(Command::Close(tab.id));
    open.into_iter().chain(reload).chain(close).collect()
}

/// Asks for the password of a document that a comparison waits for; nothing where none asks for one.
pub(super) fn password_of_side_ui(
    ui: &mut Ui,
    scene: Scene,
    comparing: &Comparing,
    state: &mut NotOpenState,
) -> Option<Vec<Command>> {
    let locked = Side::BOTH.into_iter().find_map(|side| {
        let tab = scene.session.tab(comparing.side(side).tab?)?;
        Some((tab, tab.asks_for_password()?))
    });
    let Some(locked) = locked else {
        state.forget(ui);
        return None;
    };
    ui.set_max_width(WIDTH.min(ui.available_width()));
    Some(password_ui(ui, scene, locked, Command::CloseComparison(comparing.id()), state))
}

/// Escape empties the field; once more, it closes what asks for the password.
fn password_ui(
    ui: &mut Ui,
    scene: Scene,
    (tab, wrong): (&Tab, bool),
    closing: Command,
    state: &mut NotOpenState,
) -> Vec<Command> {
    let words = scene.words;
    let given_up = escaped(ui, scene) && std::mem::take(&mut state.typed).is_empty();
    ui.label(RichText::new(clear_name(&tab.place.name())).heading());
    if wrong {
        ui.label(RichText::new(words.wrong_password()).color(scene.tokens.error));
    }
    ui.add(Label::new(words.password_asks()).wrap());
    ui.add_space(8.0);
    let entered = field_ui(ui, scene, tab.id, state);
    ui.checkbox(&mut state.shown, words.show_password());
    ui.add_space(8.0);
    let open = ui.add_enabled(!state.typed.is_empty(), Button::new(words.open_with_password()));
    let close = ui.button(words.close_tab()).clicked();
    if (open.clicked() || entered) && !state.typed.is_empty() {
        let password = Password::new(std::mem::take(&mut state.typed));
        state.forget(ui);
        return vec![Command::GivePassword(tab.id, password)];
    }
    (close || given_up).then_some(closing).into_iter().collect()
}

/// The field, which has the keyboard when it comes. Answers whether Enter was pressed in it.
fn field_ui(ui: &mut Ui, scene: Scene, of: TabId, state: &mut NotOpenState) -> bool {
    if state.of != Some(of) {
        state.forget(ui);
    }
    let edit = TextEdit::singleline(&mut state.typed).id(field_id()).password(!state.shown);
    // On the ground of a page a field has no edges of its own.
    let edit = edit.desired_width(WIDTH * 0.6).background_color(scene.tokens.panel);
    let field = called(ui.add(edit), scene.words.password());
    if state.of.replace(of).is_none() {
        field.request_focus();
    }
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

fn field_id() -> Id {
    Id::unique("password")
}

/// Whether Escape was pressed, with nothing else before the document.
fn escaped(ui: &Ui, scene: Scene) -> bool {
    let free = scene.session.page().is_none() && !egui::Popup::is_any_open(ui.ctx());
    free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

impl NotOpenState {
    /// Forgets what was typed, and what the field remembers of it for undoing.
    fn forget(&mut self, ui: &Ui) {
        *self = Self::default();
        TextEditState::default().store(ui.ctx(), field_id());
    }
}
