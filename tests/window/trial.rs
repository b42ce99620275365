//! A window on trial: the real one, on a world of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use duidu::session::{Language, Place, Reader, Restored, Session, Settings};
use duidu::store::{Home, World};
use duidu::ui::Window;
use duidu::ui::fonts::Fonts;
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::tz::TimeZone;
use tempfile::TempDir;

/// A window with its folders, which go when it goes.
pub(crate) struct Trial {
    harness: Harness<'static, Window>,
    folder: TempDir,
}

impl Trial {
    /// A window in English, as at the very first start.
    pub(crate) fn new() -> Self {
        Self::in_language(Language::English)
    }

    /// The same in another language.
    pub(crate) fn in_language(language: Language) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { language: Some(language), ..Settings::default() };
        let window = window_within(folder.path(), settings);
        let harness = Harness::builder()
            .with_size([1366.0, 768.0])
            // A file read in a wrong encoding on purpose holds anything.
            .allow_missing_glyphs()
            .with_context_setup(|context| drop(Fonts::install(context)))
            .build_ui_state(|ui, window: &mut Window| window.ui(ui), window);
        Self { harness, folder }
    }

    /// The folder that it keeps everything in.
    pub(crate) fn home(&self) -> &Path {
        self.folder.path()
    }

    /// A window with all samples open and read to their ends.
    pub(crate) fn with_samples() -> Self {
        let mut trial = Self::new();
        trial.click("Open the samples");
        trial.until("every sample is open", |session| {
            session.tabs().len() > 1
                && session.tabs().iter().all(|tab| tab.reader().is_some_and(Reader::complete))
        });
        trial
    }

    /// What is shown, as data.
    pub(crate) fn session(&self) -> &Session {
        self.harness.state().session()
    }

    /// The document in front.
    pub(crate) fn reader(&self) -> &Reader {
        self.session().reader().unwrap()
    }

    /// The window itself, for what the shorthands do not cover.
    pub(crate) fn harness(&mut self) -> &mut Harness<'static, Window> {
        &mut self.harness
    }

    /// A few frames.
    pub(crate) fn settle(&mut self) {
        self.harness.run_steps(4);
    }

    /// Frames until something holds; panics after half a minute. What goes away by itself does not go while the world
    /// is waited for, however slow that is.
    pub(crate) fn until(&mut self, what: &str, holds: impl Fn(&Session) -> bool) {
        let end = Instant::now() + Duration::from_secs(30);
        while !holds(self.session()) {
            assert!(Instant::now() < end, "waited in vain until {what}");
            self.frame_at_once();
            std::thread::sleep(Duration::from_millis(5));
        }
        self.settle();
    }

    /// A frame at the moment of the one before: otherwise the window's clock goes on by a fixed time with every frame.
    fn frame_at_once(&mut self) {
        let now = self.harness.ctx.input(|input| input.time);
        self.harness.input_mut().time = Some(now);
        self.harness.step();
        self.harness.input_mut().time = None;
    }

    /// Clicks the control of that name.
    pub(crate) fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.settle();
    }

    /// Clicks the button of that name where other things have the name too.
    pub(crate) fn click_button(&mut self, label: &str) {
        self.click_role(Role::Button, label);
    }

    /// Clicks the control of that role and name.
    pub(crate) fn click_role(&mut self, role: Role, label: &str) {
        self.harness.get_by_role_and_label(role, label).click();
        self.settle();
    }

    /// Writes into the field of that name.
    pub(crate) fn write(&mut self, label: &str, text: &str) {
        let field = self.harness.get_by_role_and_label(Role::TextInput, label);
        field.focus();
        self.settle();
        self.harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
        self.settle();
    }

    /// Writes into the field of several lines of that name.
    pub(crate) fn write_lines(&mut self, label: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::MultilineTextInput, label).focus();
        self.settle();
        self.harness.get_by_role_and_label(Role::MultilineTextInput, label).type_text(text);
        self.settle();
    }

    /// Opens a page through the palette, as a person would who does not know where it is.
    pub(crate) fn open_page(&mut self, name: &str) {
        self.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
        self.write("All commands", name);
        self.press(Key::Enter);
        self.settle();
    }

    /// Brings a sample to the front, whatever its tab is called.
    pub(crate) fn select_sample(&mut self, name: &str) {
        let wanted = Place::Sample(name.to_owned());
        for _ in 0..self.session().tabs().len() {
            if self.session().active().unwrap().place != wanted {
                self.press_with(Modifiers::CTRL, Key::Tab);
            }
        }
        assert_eq!(self.session().active().unwrap().place, wanted);
    }

    /// Drops files on the window.
    pub(crate) fn drop_files(&mut self, paths: &[&Path]) {
        let files = paths.iter().map(|path| Arc::new(Dropped(path.to_path_buf())) as egui::DroppedFileHandle);
        self.harness.input_mut().dropped_files.extend(files);
        self.settle();
    }

    /// Presses a key.
    pub(crate) fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    /// Presses a key with others held down.
    pub(crate) fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Whether something of that name is in sight.
    pub(crate) fn shows(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    /// Whether something whose name holds these words is in sight.
    pub(crate) fn shows_words(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// The names of the buttons that begin left of `x`, in points.
    pub(crate) fn buttons_left_of(&self, x: f32) -> Vec<String> {
        let all = self.harness.query_all_by_role(Role::Button).filter(|node| node.rect().left() < x);
        all.filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// What is written in the fields in sight.
    pub(crate) fn values(&self) -> Vec<String> {
        let all = self.harness.query_all_by(|_| true);
        all.filter_map(|node| node.accesskit_node().value()).collect()
    }

    /// The names of everything in sight, for messages of failing tests.
    pub(crate) fn names(&self) -> Vec<String> {
        let all = self.harness.query_all_by(|_| true);
        all.filter_map(|node| node.accesskit_node().label()).collect()
    }
}

/// A window that keeps everything in this folder.
pub(crate) fn window_within(folder: &Path, settings: Settings) -> Window {
    let world = World::start_within(Home::within(folder), || {}).unwrap();
    let restored = Restored { settings, ..Restored::default() };
    let session = Session::new(restored, Arc::clone(world.converters()), TimeZone::UTC);
    Window::new(session, world)
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
