//! The program around the window: the desktop's window, its icon, its beginning and its end.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::{App, NativeOptions};
use egui::{IconData, Ui, ViewportBuilder, ViewportCommand};
use jiff::tz::TimeZone;

use super::Window;
use crate::session::{Place, Session, WindowSize};
use crate::store::World;

/// Opens the window with what was open last, and these files.
///
/// Errors: the desktop gives no window, as it says it.
pub fn run(files: Vec<PathBuf>) -> Result<(), String> {
    let viewport = ViewportBuilder::default()
        .with_title("Duidu 對讀")
        .with_app_id("duidu")
        .with_icon(Arc::new(icon()))
        .with_inner_size([1240.0, 800.0])
        .with_min_inner_size([600.0, 400.0])
        .with_drag_and_drop(true);
    let options = NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..NativeOptions::default() };
    let begin = move |creation: &eframe::CreationContext<'_>| {
        let program: Box<dyn App> = Box::new(Program::begin(&creation.egui_ctx, files)?);
        Ok(program)
    };
    eframe::run_native("duidu", options, Box::new(begin)).map_err(|error| error.to_string())
}

struct Program {
    window: Window,
}

impl Program {
    fn begin(context: &egui::Context, files: Vec<PathBuf>) -> std::io::Result<Self> {
        let repaint = context.clone();
        let world = World::start(move || repaint.request_repaint())?;
        let converters = Arc::clone(world.converters());
        let session = Session::new(world.restored().clone(), converters, TimeZone::system());
        if let Some(size) = session.settings().window {
            restore_size(context, size);
        }
        let mut window = Window::new(session, world);
        window.install(context);
        window.begin(context, files.into_iter().map(Place::File).collect());
        Ok(Self { window })
    }
}

impl App for Program {
    fn logic(&mut self, context: &egui::Context, _frame: &mut eframe::Frame) {
        self.window.listen(context);
    }

    /// The window is never bare of the theme, not even before its first frame.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.window.ui(ui);
        if let Some(size) = size_now(ui.ctx()) {
            self.window.resized(ui.ctx(), size);
        }
    }

    /// A window that was closed has saved before; one that the system ended has not.
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        drop(self.window.finish());
    }
}

/// Gives the window the size that it had, as far as a size can be believed.
fn restore_size(context: &egui::Context, size: WindowSize) {
    let believed = |length: f32| length.is_finite() && (200.0..20_000.0).contains(&length);
    if believed(size.width) && believed(size.height) {
        context.send_viewport_cmd(ViewportCommand::InnerSize([size.width, size.height].into()));
    }
    context.send_viewport_cmd(ViewportCommand::Maximized(size.maximized));
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
