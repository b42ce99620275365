//! The program around the window: the desktop's window, its icon, its beginning and its end.

use std::mem;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use eframe::{App, NativeOptions};
use egui::{IconData, Label, Ui, Vec2, ViewportBuilder, ViewportCommand, vec2};
use jiff::tz::TimeZone;

use super::fonts::Fonts;
use super::scene::room_above;
use super::words::{Words, language_of_the_system};
use super::{Window, bar::clear_name};
use crate::session::{Place, Session, WindowSize};
use crate::store::{Home, Starting, World};

/// Opens the window with what was open last, and these files.
///
/// Errors: the desktop gives no window, as it says it.
pub fn run(files: Vec<PathBuf>) -> Result<(), String> {
    let viewport = ViewportBuilder::default()
        .with_title("Duidu 對讀")
        .with_app_id("duidu")
        .with_icon(Arc::new(icon()))
        .with_inner_size([1240.0, 800.0])
        .with_min_inner_size(SMALLEST)
        .with_drag_and_drop(true);
    let options = NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..NativeOptions::default() };
    let begin = move |creation: &eframe::CreationContext<'_>| {
        let program: Box<dyn App> = Box::new(Program::begin(&creation.egui_ctx, files)?);
        Ok(program)
    };
    let ran = eframe::run_native("duidu", options, Box::new(begin)).map_err(|error| error.to_string());
    #[cfg(windows)]
    if let Err(reason) = &ran {
        show_alone(&Words::of(language_of_the_system()).cannot_begin(reason));
    }
    ran
}

/// Says something where there is no window. On Windows nobody reads what a program says that was started by a double
/// click.
#[cfg(windows)]
fn show_alone(sentence: &str) {
    let dialog = rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_title("Duidu 對讀");
    dialog.set_description(sentence).show();
}

/// The smallest window, in points: a small screen holds it also where everything is drawn twice as large.
const SMALLEST: [f32; 2] = [480.0, 300.0];

/// Settings are waited for so long before the window opens without them and says why. Mostly they are there in a
/// hundredth of that.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far the program is.
enum Program {
    /// What was open last is not read yet; these files are to be opened besides.
    Starting(Starting, Vec<PathBuf>),
    /// It could not begin, and why.
    Failed(String),
    /// It is open, and is yet to get back the size that it had.
    Open(Box<Window>, Option<WindowSize>),
}

impl Program {
    fn begin(context: &egui::Context, files: Vec<PathBuf>) -> std::io::Result<Self> {
        let repaint = context.clone();
        let starting = Starting::begin(Home::find(), move || repaint.request_repaint())?;
        if let Some(world) = starting.wait(PATIENCE) {
            return Ok(Self::opened(context, world?, files));
        }
        let _drawn_by_the_context = Fonts::install(context);
        Ok(Self::Starting(starting, files))
    }

    fn opened(context: &egui::Context, world: World, files: Vec<PathBuf>) -> Self {
        let converters = Arc::clone(world.converters());
        let session = Session::new(world.restored().clone(), converters, TimeZone::system());
        let size = session.settings().window;
        let mut window = Window::new(session, world);
        window.install(context);
        window.begin(context, files.into_iter().map(Place::File).collect());
        Self::Open(Box::new(window), size)
    }

    /// Opens the window as soon as what it restores is there.
    fn go_on(&mut self, context: &egui::Context) {
        let Self::Starting(starting, files) = self else { return };
        match starting.wait(Duration::ZERO) {
            Some(Ok(world)) => *self = Self::opened(context, world, mem::take(files)),
            Some(Err(error)) => *self = Self::Failed(error.to_string()),
            None => {}
        }
    }

    /// What there is to say as long as the window is not open.
    fn news(&self, words: Words) -> Option<String> {
        match self {
            Self::Starting(starting, _) => {
                Some(words.settings_stall(clear_name(&starting.folder().to_string_lossy())))
            }
            Self::Failed(reason) => Some(words.cannot_begin(reason)),
            Self::Open(..) => None,
        }
    }

    /// Draws a frame.
    fn frame_ui(&mut self, ui: &mut Ui) {
        self.go_on(&ui.ctx().clone());
        if let Some(news) = self.news(Words::of(language_of_the_system())) {
            ui.vertical_centered(|ui| {
                room_above(ui);
                ui.add(Label::new(news).wrap());
            });
        }
        if let Self::Open(window, _) = self {
            window.ui(ui);
        }
    }
}

impl App for Program {
    fn logic(&mut self, context: &egui::Context, _frame: &mut eframe::Frame) {
        self.go_on(context);
        if let Self::Open(window, _) = self {
            window.listen(context);
        }
    }

    /// The window is never bare of the theme, not even before its first frame.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame_ui(ui);
        let Self::Open(window, restoring) = self else { return };
        if let Some(size) = restoring.take() {
            restore_size(ui.ctx(), size);
        } else if let Some(size) = size_now(ui.ctx()) {
            window.resized(ui.ctx(), size);
        }
    }

    /// A window that was closed has saved before; one that the system ended has not.
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Self::Open(window, _) = self {
            drop(window.finish());
        }
    }
}

/// Gives the window the size that it had, as far as a size can be believed and the screen has room for it.
fn restore_size(context: &egui::Context, size: WindowSize) {
    let believed = |length: f32| length.is_finite() && (200.0..20_000.0).contains(&length);
    if believed(size.width) && believed(size.height) {
        let screen = context.input(|input| input.viewport().monitor_size);
        let size = within_screen(vec2(size.width, size.height), screen);
        context.send_viewport_cmd(ViewportCommand::InnerSize(size));
    }
    context.send_viewport_cmd(ViewportCommand::Maximized(size.maximized));
}

/// A size of a window as far as the screen has room for it, in points: it may have been another screen, or one on which
/// everything was drawn smaller.
fn within_screen(size: Vec2, screen: Option<Vec2>) -> Vec2 {
    let screen = screen.filter(|screen| screen.min_elem() >= 1.0);
    screen.map_or(size, |screen| size.min(screen))
}

/// The size of the window as the desktop says it; `None` where it does not.
fn size_now(context: &egui::Context) -> Option<WindowSize> {
    context.input(|input| {
        let viewport = input.viewport();
        let inside = viewport.inner_rect.filter(|_| viewport.fullscreen != Some(true))?;
        let maximized = viewport.maximized == Some(true);
        Some(WindowSize { width: inside.width().round(), height: inside.height().round(), maximized })
    })
}

/// Two columns of writing, one answering the other.
fn icon() -> IconData {
    const SIDE: u32 = 64;
    let (paper, ink, answer) = ([0xf6, 0xee, 0xdc, 0xff], [0x33, 0x28, 0x1a, 0xff], [0xa8, 0x3a, 0x12, 0xff]);
    let point = |x: u32, y: u32| match (x, y) {
        (0..4 | 60.., _) | (_, 0..4 | 60..) => [0; 4],
        (12..28, _) if y % 12 >= 7 && (10..54).contains(&y) => ink,
        (36..52, _) if y % 12 >= 7 && (10..54).contains(&y) => answer,
        _ => paper,
    };
    let rgba = (0..SIDE).flat_map(|y| (0..SIDE).flat_map(move |x| point(x, y))).collect();
    IconData { rgba, width: SIDE, height: SIDE }
}

#[cfg(all(test, unix, feature = "window-tests"))]
mod tests {
    use std::fs;

    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::*;

    #[test]
    fn a_window_gets_back_what_the_screen_has_room_for() {
        let size = vec2(1240.0, 800.0);
        let check = |screen: Option<Vec2>, expected: Vec2| assert_eq!(within_screen(size, screen), expected);
        check(None, size);
        check(Some(vec2(1920.0, 1080.0)), size);
        check(Some(vec2(683.0, 384.0)), vec2(683.0, 384.0));
        check(Some(vec2(1366.0, 768.0)), vec2(1240.0, 768.0));
        check(Some(Vec2::ZERO), size);
        let twice_as_large = Some(vec2(683.0, 384.0));
        assert_eq!(within_screen(SMALLEST.into(), twice_as_large), SMALLEST.into());
    }

    #[test]
    fn a_window_whose_settings_do_not_come_says_so_and_opens_when_they_do() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(folder.path());
        fs::create_dir_all(home.config()).unwrap();
        let state = home.config().join("state.ron");
        // It answers when something is written into it.
        assert!(std::process::Command::new("mkfifo").arg(&state).status().unwrap().success());
        let program = Program::Starting(Starting::begin(home, || {}).unwrap(), Vec::new());
        let says = program.news(Words::of(language_of_the_system())).unwrap();
        // Fonts count from the next frame on.
        let mut fonts = None;
        let draw = move |ui: &mut Ui, program: &mut Program| match fonts {
            None => fonts = Some(Fonts::install(ui.ctx())),
            Some(_) => program.frame_ui(ui),
        };
        let mut harness = Harness::new_ui_state(draw, program);
        harness.step();
        assert!(harness.query_by_label(&says).is_some());
        fs::write(&state, "(format: 1)").unwrap();
        fs::remove_file(state).unwrap();
        for _ in 0..2_000 {
            harness.step();
            if matches!(harness.state(), Program::Open(..)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(harness.query_by_label(&says).is_none());
        assert!(matches!(harness.state(), Program::Open(..)));
    }
}
