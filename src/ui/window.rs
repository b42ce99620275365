//! The window as a whole: its parts, and the way between them, the session and the world.

use std::collections::HashMap;
use std::mem;
use std::path::PathBuf;
use std::time::Duration;

use egui::{
    CentralPanel, Context, Event, FontId, Key, Modifiers, MouseWheelUnit, OpenUrl, Panel, Rect, TextStyle,
    Ui, ViewportCommand,
};
use jiff::Timestamp;
use uuid::Builder;

use super::address_question::{QuestionState, address_question_ui};
use super::bar::{BarState, bar_ui, clear_name};
use super::cautions::{CautionsState, cautions_ui};
use super::comparison::{ComparisonState, LinksState, comparison_ui, links_ui, not_compared_ui};
use super::dialogs::Dialogs;
use super::find_panel::{FindState, find_ui};
use super::fonts::Fonts;
use super::keys::{self, Does};
use super::not_open::{NotOpenState, not_open_ui};
use super::notes_panel::{NotesState, notes_ui};
use super::outline::{OutlineState, outline_ui};
use super::pages::{CompareState, PagesState, all_notes_pressed, page_frame, pages_ui};
use super::reading::{PaneState, reading_ui};
use super::refused_letters::RefusedLetters;
use super::scene::{Scene, toggle_full_screen};
use super::sides::Sides;
use super::status::{StatusState, status_ui};
use super::theme::{self, Tokens};
use super::titles::Titles;
use super::toasts::{ToastsState, toasts_ui};
use super::welcome::{empty_ui, welcome_ui};
use super::words::{Words, language_of_the_system};
use crate::document::BlockIndex;
use crate::session::{
    CodebookEffect, Command, Effect, Front, ImportEffect, Input, Language, LibraryCommand, LibraryEffect,
    LinkCommand, Moment, Page, PaneId, Place, Reader, Session, Stage, Tab, WindowSize,
};
use crate::store::{Finishing, World};

/// The window, apart from the desktop: it can be driven by a test as well as by a person.
#[derive(Debug)]
pub struct Window {
    session: Session,
    world: World,
    /// The language of the system, for a reader who has not chosen one.
    system: Language,
    fonts: Option<Fonts>,
    parts: Parts,
    title: String,
    /// How far leaving is.
    leaving: Leaving,
}

/// What the parts of the window remember from one frame to the next.
#[derive(Default, Debug)]
struct Parts {
    panes: HashMap<PaneId, PaneState>,
    comparison: ComparisonState,
    links: LinksState,
    outline: OutlineState,
    find: FindState,
    notes: NotesState,
    pages: PagesState,
    toasts: ToastsState,
    dialogs: Dialogs,
    /// The panels that were drawn last.
    sides: Sides,
    /// Whether the list of notes was asked for where there are none.
    no_notes_asked_for: bool,
    /// Where the text stands in the window.
    text_area: Option<Rect>,
    bar: BarState,
    status: StatusState,
    cautions: CautionsState,
    not_open: NotOpenState,
    question: QuestionState,
    /// How far the wheel was turned for the text size beyond whole notches.
    turned: f32,
    refused: RefusedLetters,
}

/// The size of small text, in points: Han characters need more than Latin ones.
const SMALL_TEXT: f32 = 11.5;

/// How far a touchpad scrolls where a wheel turns by one notch, in points.
const POINTS_OF_A_NOTCH: f32 = 40.0;

/// How many steps of the text size are made in one frame at most.
const MOST_STEPS: usize = 8;

/// How long a window that is to close stands still while everything is saved; what takes longer is shown.
const AT_ONCE: Duration = Duration::from_millis(150);

/// How often is looked then whether all is saved.
const LOOK: Duration = Duration::from_millis(50);

/// How far leaving is: with notes that cannot be saved, it is asked about.
#[derive(Debug)]
enum Leaving {
    No,
    Saving(Finishing),
    /// What could not be saved, and why.
    Asked(Vec<String>),
    Yes,
}

impl Window {
    /// A window on a session; effects are carried out by `world`.
    pub fn new(session: Session, world: World) -> Self {
        let mut parts = Parts::default();
        parts.toasts.remarks = world.remarks().to_vec();
        Self {
            session,
            world,
            system: language_of_the_system(),
            fonts: None,
            parts,
            title: String::new(),
            leaving: Leaving::No,
        }
    }

    /// Gives egui the fonts and settles what it does by itself. To be called before the first frame.
    pub fn install(&mut self, context: &Context) {
        context.options_mut(|options| options.zoom_with_keyboard = false);
        context.all_styles_mut(|style| {
            style.text_styles.insert(TextStyle::Small, FontId::proportional(SMALL_TEXT));
        });
        self.fonts = Some(Fonts::install(context));
        self.dress(context);
    }

    /// What is shown, for tests that look at it as data.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Opens again what was open, then these files.
    pub fn begin(&mut self, context: &Context, files: Vec<Place>) {
        let effects = self.session.begin(files);
        self.carry_out_all(context, effects);
    }

    /// Takes in what the world tells. Also called while the window is hidden.
    pub fn listen(&mut self, context: &Context) {
        for event in self.world.events() {
            let effects = self.session.handle(Input::Event(event), moment());
            self.carry_out_all(context, effects);
            context.request_repaint();
        }
    }

    /// Draws a frame and does what was asked for in it.
    pub fn ui(&mut self, ui: &mut Ui) {
        let context = ui.ctx().clone();
        if self.fonts.is_none() {
            self.install(&context);
        }
        self.listen(&context);
        self.dress(&context);
        // A theme chosen in the last frame counts in this one.
        ui.reset_style();
        let asked = self.draw(ui);
        self.obey(&context, asked);
        self.mind_focus(&context);
        self.mind_leaving(&context);
    }

    /// Takes in the size that the desktop gives the window, to be restored at the next start.
    pub fn resized(&mut self, context: &Context, size: WindowSize) {
        let before = self.session.settings().window.unwrap_or_default();
        let size = if size.maximized { WindowSize { maximized: true, ..before } } else { size };
        if size != before {
            self.obey(context, vec![Command::Resized(size)]);
        }
    }

    /// Saves what is to be restored, and waits for what is still being saved, ten seconds at most; a window that has
    /// closed has done so before.
    ///
    /// Errors: what is not saved and why, one sentence each.
    pub fn finish(&mut self) -> Result<(), Vec<String>> {
        if matches!(self.leaving, Leaving::Yes) {
            return Ok(());
        }
        self.hand_over();
        self.world.finish()
    }

    /// Gives the world what is to be saved at the end.
    fn hand_over(&mut self) {
        for effect in self.session.leave() {
            self.carry_out_in_world(effect);
        }
        self.carry_out_in_world(Effect::SaveState(Box::new(self.session.restored())));
    }

    /// The theme, the fonts and the title, as they are now.
    fn dress(&mut self, context: &Context) {
        let settings = self.session.settings();
        theme::apply(context, Tokens::in_window(settings.theme, context));
        let language = settings.language.unwrap_or(self.system);
        if let Some(fonts) = &mut self.fonts {
            fonts.update(context, &settings.fonts, language);
        }
        let comparing = self.session.comparison_in_front().map(|front| self.session.title_of(front.id()));
        let title = comparing.or(self.session.active().map(Tab::title));
        let title = title.map(|title| format!("{} - Duidu", clear_name(&title)));
        let title = title.unwrap_or_else(|| "Duidu 對讀".to_owned());
        if self.title != title {
            context.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn draw(&mut self, ui: &mut Ui) -> Vec<Command> {
        let Self { session, fonts, parts, system, leaving, .. } = self;
        let settings = session.settings();
        let scene = Scene {
            session,
            titles: &Titles::of(session),
            words: Words::of(settings.language.unwrap_or(*system)),
            mac: ui.ctx().os().is_mac(),
            tokens: Tokens::in_window(settings.theme, ui.ctx()),
            sides: Sides::within(ui.available_width(), session, parts.no_notes_asked_for),
            behind_popup: egui::Popup::is_any_open(ui.ctx()),
        };
        parts.sides = scene.sides;
        let mut asked = asked_by_keys(ui, scene, parts);
        asked.extend(dropped(ui, scene));
        asked.extend(bar_ui(ui, scene, &mut parts.bar));
        asked.extend(status_ui(ui, scene, &mut parts.status));
        asked.extend(middle_ui(ui, scene, parts));
        if let Some(fonts) = fonts {
            asked.extend(pages_ui(ui.ctx(), scene, &mut parts.pages, fonts));
        }
        asked.extend(address_question_ui(ui.ctx(), scene, &mut parts.question));
        asked.extend(parts.dialogs.answers(ui.ctx()));
        asked.extend(parts.dialogs.ui(ui.ctx(), scene));
        let text_area = parts.text_area.unwrap_or(ui.ctx().content_rect());
        let typing = parts.dialogs.is_typing();
        // Nothing lies over the question whether what is not saved is given up.
        if matches!(leaving, Leaving::No) {
            asked.extend(toasts_ui(ui.ctx(), scene, &mut parts.toasts, (text_area, typing)));
        }
        leaving_ui(ui, scene, leaving);
        asked
    }

    fn obey(&mut self, context: &Context, mut asked: Vec<Command>) {
        // What is in sight belongs to the tab that was drawn, not to one that is selected now.
        asked.sort_by_key(|command| !is_reached(command));
        let sides = self.parts.sides;
        self.parts.no_notes_asked_for |= sides.without_notes && asked.contains(&Command::ToggleNotes);
        let asked = asked.into_iter().flat_map(|command| sides.in_their_room(command, &self.session));
        for command in asked.collect::<Vec<_>>() {
            self.parts.expect(&command);
            let begins_note = begins_note(&command);
            let effects = self.session.handle(Input::Command(command), moment());
            if begins_note {
                self.mind_refused_note(context);
            }
            self.carry_out_all(context, effects);
            context.request_repaint();
        }
        self.parts.forget_closed(&self.session);
    }

    /// Where a note was refused, what is typed for it is not taken for commands.
    fn mind_refused_note(&mut self, context: &Context) {
        if self.session.reader().is_some_and(|reader| reader.note_in_focus().is_none()) {
            self.parts.notes.editor.text.wants_focus = false;
            context.input(|input| self.parts.refused.begin(input));
        }
    }

    fn carry_out_all(&mut self, context: &Context, effects: Vec<Effect>) {
        for effect in effects {
            self.carry_out(context, effect);
        }
    }

    /// What concerns the desktop is done here; everything else is the world's.
    fn carry_out(&mut self, context: &Context, effect: Effect) {
        let words = Words::of(self.session.settings().language.unwrap_or(self.system));
        match effect {
            Effect::AskForDocuments => self.parts.dialogs.ask_for_documents(context, words),
            Effect::AskForExport { ticket, name } => {
                let document = self.session.active().map(|tab| &tab.place);
                self.parts.dialogs.ask_for_export(context, words, (ticket, &name), document);
            }
            Effect::Library(LibraryEffect::AskForFiles) => self.parts.dialogs.ask_for_files(context, words),
            Effect::Library(LibraryEffect::AskForFolder) => {
                self.parts.dialogs.ask_for_folder(context, words);
            }
            Effect::Codebook(CodebookEffect::AskForFile) => {
                self.parts.dialogs.ask_for_codebook(context, words);
            }
            Effect::Import(ImportEffect::AskForFile) => self.parts.dialogs.ask_for_notes(context, words),
            Effect::Copy(text) => context.copy_text(text),
            Effect::OpenAddress(address) => context.open_url(OpenUrl::new_tab(address)),
            Effect::Reveal { pane, position } => self.parts.panes.entry(pane).or_default().reveal(position),
            Effect::Return { pane, position } => {
                self.parts.panes.entry(pane).or_default().return_to(position);
            }
            Effect::Align { comparison, side, position, to } => {
                self.parts.panes.entry(PaneId::Side(comparison, side.other())).or_default().with_room_below();
                self.parts.comparison.line_up(comparison, side, position, to);
            }
            Effect::Quit => context.send_viewport_cmd(ViewportCommand::Close),
            other => self.carry_out_in_world(other),
        }
    }

    fn carry_out_in_world(&self, effect: Effect) {
        let of_window = self.world.carry_out(effect);
        debug_assert!(of_window.is_none(), "what only a window can do was done before");
    }

    /// Whoever turns to another window may look at the files there.
    fn mind_focus(&mut self, context: &Context) {
        let left = |input: &egui::InputState| input.events.contains(&egui::Event::WindowFocused(false));
        if context.input(left) {
            self.obey(context, vec![Command::SaveNow]);
        }
    }

    /// Saves before the window closes; keeps it open where that takes long, and asks where something could not be
    /// saved.
    fn mind_leaving(&mut self, context: &Context) {
        let closing = context.input(|input| input.viewport().close_requested());
        if matches!(self.leaving, Leaving::Yes) {
            return;
        }
        if closing && !matches!(self.leaving, Leaving::Saving(_)) {
            self.hand_over();
            self.leaving = Leaving::Saving(self.world.begin_to_finish());
        }
        let leaving = match mem::replace(&mut self.leaving, Leaving::No) {
            Leaving::Saving(finishing) => {
                self.leave(finishing, if closing { AT_ONCE } else { Duration::ZERO })
            }
            other => other,
        };
        self.leaving = leaving;
        match self.leaving {
            Leaving::Yes if !closing => context.send_viewport_cmd(ViewportCommand::Close),
            Leaving::Saving(_) | Leaving::Asked(_) if closing => {
                context.send_viewport_cmd(ViewportCommand::CancelClose);
            }
            _ => {}
        }
        if matches!(self.leaving, Leaving::Saving(_)) {
            context.request_repaint_after(LOOK);
        }
    }

    fn leave(&self, mut finishing: Finishing, longest: Duration) -> Leaving {
        if !self.world.finishes_within(longest, &mut finishing) {
            return Leaving::Saving(finishing);
        }
        self.world.finished(finishing).map_or_else(Leaving::Asked, |()| Leaving::Yes)
    }
}

impl Parts {
    /// Forgets the panes of what was closed.
    fn forget_closed(&mut self, session: &Session) {
        self.panes.retain(|id, _| match id {
            PaneId::Document(id) => session.tab(*id).is_some(),
            PaneId::Side(id, _) => session.comparison(*id).is_some(),
        });
    }

    /// Puts the keyboard where it will be wanted after a command.
    fn expect(&mut self, command: &Command) {
        match command {
            Command::OpenFind => self.find.wants_focus = true,
            command if begins_note(command) => self.notes.editor.text.wants_focus = true,
            _ => {}
        }
    }
}

/// Whether a note is to be written now.
fn begins_note(command: &Command) -> bool {
    matches!(command, Command::NoteOnSelection | Command::NoteOnLink)
}

fn is_reached(command: &Command) -> bool {
    match command {
        Command::Reached(_) => true,
        Command::InPane(_, command) => is_reached(command),
        _ => false,
    }
}

/// This moment, and an identity that no other note has.
fn moment() -> Moment {
    let now = Timestamp::now();
    let mut random = [0; 16];
    if getrandom::fill(&mut random).is_err() {
        // A system without random numbers: the time in nanoseconds tells notes apart that a person makes.
        random = now.as_nanosecond().to_be_bytes();
    }
    Moment { now, fresh: Builder::from_random_bytes(random).into_uuid() }
}

/// What keys and the wheel ask for.
fn asked_by_keys(ui: &Ui, scene: Scene, parts: &mut Parts) -> Vec<Command> {
    let asks = scene.session.asked_address().is_some();
    let covered = scene.session.page().is_some() || parts.dialogs.is_typing() || asks;
    let writing = covered || ui.ctx().text_edit_focused();
    if !writing {
        ui.input_mut(|input| parts.refused.take(input));
    }
    let mut commands: Vec<Command> = all_notes_pressed(ui, scene.session);
    let asked = ui.input_mut(|input| keys::pressed(input, scene.session, writing));
    for does in asked {
        match does {
            Does::Ask(command) => commands.extend(command(scene.session)),
            Does::FullScreen => toggle_full_screen(ui.ctx()),
        }
    }
    commands.extend(ui.input_mut(|input| keys::pressed_tags(input, scene.session, writing)));
    if !covered && !egui::Popup::is_any_open(ui.ctx()) {
        commands.extend(asked_by_escape(ui, scene, writing || parts.notes.editor.is_asking()));
    }
    commands.extend(asked_by_wheel(ui, &mut parts.turned));
    commands
}

/// The wheel turned with Ctrl held, or two fingers: a step of the text size for each notch. `turned` keeps
/// what is left of a notch.
fn asked_by_wheel(ui: &Ui, turned: &mut f32) -> Vec<Command> {
    *turned += ui.input(|input| input.events.iter().map(notches).sum::<f32>());
    let whole = turned.trunc();
    *turned -= whole;
    let step = if whole > 0.0 { Command::Larger } else { Command::Smaller };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few notches in a frame")]
    let count = whole.abs() as usize;
    vec![step; count.min(MOST_STEPS)]
}

/// By how many notches an event asks for larger text; fewer than none asks for smaller text.
fn notches(event: &Event) -> f32 {
    match event {
        Event::MouseWheel { unit, delta, modifiers, .. } if modifiers.command => match unit {
            MouseWheelUnit::Line | MouseWheelUnit::Page => delta.y,
            MouseWheelUnit::Point => delta.y / POINTS_OF_A_NOTCH,
        },
        Event::Zoom(factor) => factor.ln() / 1.1_f32.ln(),
        _ => 0.0,
    }
}

/// Escape closes what was opened last: the search, the selection, a link that was begun, the note in focus, the
/// chosen link.
fn asked_by_escape(ui: &Ui, scene: Scene, writing: bool) -> Option<Command> {
    let reader = scene.reader()?;
    let find = reader.find().open;
    let selected = reader.selection().is_some();
    let noted = reader.note_in_focus().is_some();
    let footnote = reader.footnote_shown().is_some();
    let joining = scene.session.link_begun().is_some();
    let linked = scene.session.comparison_in_front().is_some_and(|comparing| comparing.chosen().is_some());
    let wanted = find || (!writing && (selected || footnote || noted || linked || joining));
    if !wanted || !ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        return None;
    }
    Some(match (find, selected, noted) {
        (true, ..) => Command::CloseFind,
        (_, true, _) => Command::Unselect,
        _ if footnote => Command::Unselect,
        _ if joining => Command::Link(LinkCommand::Cancel),
        (.., true) => Command::ChooseNote(None),
        _ => Command::ChooseLink(None),
    })
}

/// Files dropped on the window are opened, folders and what is dropped on the library's page come into the
/// library; while they are held over it, it says what dropping does.
fn dropped(ui: &Ui, scene: Scene) -> Vec<Command> {
    let (held, paths) = ui.input(|input| {
        let files = &input.raw.dropped_files;
        let paths: Vec<PathBuf> = files.iter().map(|file| file.path().to_path_buf()).collect();
        (!input.raw.hovered_files.is_empty(), paths)
    });
    if held {
        let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop"));
        let painter = ui.ctx().layer_painter(layer);
        let area = ui.ctx().content_rect();
        painter.rect_filled(area, 0.0, scene.tokens.page.gamma_multiply(0.85));
        let font = egui::FontId::proportional(24.0);
        painter.text(
            area.center(),
            egui::Align2::CENTER_CENTER,
            scene.words.drop_to_open(),
            font,
            scene.tokens.text,
        );
    }
    let in_library = scene.session.page() == Some(Page::Library);
    let (added, opened): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.into_iter().partition(|path| in_library || path.is_dir());
    let open = || Command::Open(opened.iter().cloned().map(Place::File).collect());
    let mut asked: Vec<Command> = (!opened.is_empty()).then(open).into_iter().collect();
    if !added.is_empty() {
        asked.extend([Command::Library(LibraryCommand::Add(added)), Command::ShowPage(Some(Page::Library))]);
    }
    asked
}

/// The panels at the sides and what is between them.
fn middle_ui(ui: &mut Ui, scene: Scene, parts: &mut Parts) -> Vec<Command> {
    let mut asked = Vec::new();
    let text_size = scene.session.settings().text_size;
    if let Some(reader) = scene.reader() {
        asked.extend(left_ui(ui, scene, reader, parts));
        if scene.sides.notes {
            let (least, most) = scene.sides.right_widths(ui.available_width(), text_size);
            // Beside two documents it has a width of its own.
            let two = scene.session.comparison_in_front().is_some();
            let panel = Panel::right(if two { "notes beside two" } else { "notes" });
            let panel = panel.default_size(300.0).size_range(least..=most);
            asked.extend(panel.show(ui, |ui| notes_ui(ui, scene, reader, &mut parts.notes)).inner);
        }
    }
    let page = egui::Frame::NONE.fill(scene.tokens.page);
    let middle = CentralPanel::no_frame().frame(page).show(ui, |ui| front_ui(ui, scene, parts));
    let panes = scene.session.comparison_in_front().and(parts.comparison.room);
    parts.text_area = Some(panes.unwrap_or(middle.response.rect));
    asked.extend(middle.inner);
    asked
}

/// Finding stands where the outline stands otherwise; each keeps its own width.
fn left_ui(ui: &mut Ui, scene: Scene, reader: &Reader, parts: &mut Parts) -> Vec<Command> {
    let Sides { find, outline, .. } = scene.sides;
    if !find && !outline {
        return Vec::new();
    }
    let (least, most) = scene.sides.left_widths(ui.available_width(), scene.session.settings().text_size);
    let compared = scene.session.compared_in_front();
    let panel = Panel::left(match (find, compared.is_some()) {
        (true, _) => "find",
        (false, true) => "links",
        (false, false) => "outline",
    });
    let drawn = panel.default_size(250.0).size_range(least..=most).show(ui, |ui| match &compared {
        _ if find => find_ui(ui, scene, reader, &mut parts.find),
        Some(compared) => links_ui(ui, scene, compared, &mut parts.links, &mut parts.outline),
        None => {
            ui.strong(scene.words.outline());
            outline_ui(ui, scene, reader, &mut parts.outline)
        }
    });
    if let Some(block) = parts.outline.compare.take() {
        parts.pages.begins_with = section_to_compare(scene, block);
    }
    drawn.inner
}

/// The section that a heading of the document in front begins, on the left side.
fn section_to_compare(scene: Scene, block: BlockIndex) -> Option<CompareState> {
    let tab = scene.session.active()?.id;
    let rows = scene.session.sections(tab);
    let row = rows.into_iter().find(|row| row.section.first == block)?;
    Some(CompareState::from_section(tab, row.section))
}

/// What is in front: the welcome, a document, or two of them.
fn front_ui(ui: &mut Ui, scene: Scene, parts: &mut Parts) -> Vec<Command> {
    let session = scene.session;
    match session.front() {
        Some(Front::Comparison(id)) => match session.compared(id) {
            Some(compared) => comparison_ui(ui, scene, &compared, &mut parts.comparison, &mut parts.panes),
            None => not_compared_ui(ui, scene, id, &mut parts.not_open),
        },
        Some(Front::Document(_)) => {
            session.active().map_or_else(Vec::new, |tab| document_ui(ui, scene, tab, parts))
        }
        None => welcome_ui(ui, scene),
    }
}

fn document_ui(ui: &mut Ui, scene: Scene, tab: &Tab, parts: &mut Parts) -> Vec<Command> {
    match &tab.stage {
        Stage::Open(reader) if reader.complete() && reader.document().text().trim().is_empty() => {
            empty_ui(ui, scene, reader)
        }
        Stage::Open(reader) => {
            let mut asked: Vec<Command> =
                cautions_ui(ui, scene, reader, &mut parts.cautions).into_iter().collect();
            let pane = parts.panes.entry(PaneId::Document(tab.id)).or_default();
            let settings = scene.session.settings();
            let read = ui.push_id(tab.id, |ui| reading_ui(ui, &**reader, settings, scene.words, pane));
            asked.extend(read.inner);
            asked
        }
        Stage::Opening | Stage::Failed(_) => not_open_ui(ui, scene, tab, &mut parts.not_open),
    }
}

/// What is shown before leaving while it is being saved, and the question where something could not be saved.
fn leaving_ui(ui: &Ui, scene: Scene, leaving: &mut Leaving) {
    let words = scene.words;
    let (title, reasons) = match leaving {
        Leaving::Saving(_) => (words.saving(), Vec::new()),
        Leaving::Asked(reasons) => (words.quit_unsaved_title(), reasons.clone()),
        Leaving::No | Leaving::Yes => return,
    };
    let modal =
        egui::Modal::new(egui::Id::unique("leaving")).frame(page_frame(ui.ctx())).show(ui.ctx(), |ui| {
            ui.set_width(380.0);
            ui.heading(title);
            ui.label(words.quit_unsaved());
            for reason in reasons {
                ui.add(egui::Label::new(egui::RichText::new(reason).color(scene.tokens.error)).wrap());
            }
            ui.horizontal(|ui| (ui.button(words.stay()).clicked(), ui.button(words.quit_anyway()).clicked()))
                .inner
        });
    let (stay, quit) = modal.inner;
    if quit {
        *leaving = Leaving::Yes;
        ui.ctx().send_viewport_cmd(ViewportCommand::Close);
    } else if stay || modal.should_close() {
        *leaving = Leaving::No;
    }
}
