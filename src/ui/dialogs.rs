//! The desktop's dialogs for files, without ever blocking the window; and the page that stands in where
//! the desktop has none.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Task, Poll, Wake, Waker};

use egui::{Context, Key, Modifiers, TextEdit};

use super::scene::{Scene, called};
use super::words::Words;
use crate::session::{Command, Place};

/// An answer that comes later: the files chosen; none when the dialog was left.
type Answer = Pin<Box<dyn Future<Output = Vec<PathBuf>>>>;

/// A dialog answered sooner than this, in seconds, and without a file, was never shown: no one is that
/// quick. The desktop's service does not say so itself.
const NEVER_SHOWN: f64 = 0.3;

/// What is asked of the reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// Documents to open.
    Open,
    /// Where to export to.
    Export,
}

/// The dialog being shown, or the page that stands in.
#[derive(Default)]
pub(super) struct Dialogs {
    waiting: Option<(Purpose, Answer, f64)>,
    typed: Option<(Purpose, String)>,
}

impl Dialogs {
    /// Asks for documents to open.
    pub(super) fn ask_for_documents(&mut self, context: &Context, words: Words) {
        let endings = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];
        let dialog = rfd::AsyncFileDialog::new()
            .set_title(words.open())
            .add_filter(words.readable_files(), &endings)
            .add_filter(words.all_files(), &["*"]);
        let chosen = dialog.pick_files();
        self.ask(context, Purpose::Open, String::new(), async move {
            chosen.await.unwrap_or_default().iter().map(|file| file.path().to_path_buf()).collect()
        });
    }

    /// Asks where to export to, proposing a name.
    pub(super) fn ask_for_export(&mut self, context: &Context, words: Words, name: &str) {
        let ending =
            Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_owned();
        let dialog = rfd::AsyncFileDialog::new().set_title(words.export()).set_file_name(name);
        let chosen = dialog.add_filter(ending.as_str(), &[ending.as_str()]).save_file();
        self.ask(context, Purpose::Export, name.to_owned(), async move {
            chosen.await.iter().map(|file| file.path().to_path_buf()).collect()
        });
    }

    /// A second dialog waits for no one: the one that is shown is finished first.
    fn ask(
        &mut self,
        context: &Context,
        purpose: Purpose,
        name: String,
        answer: impl Future<Output = Vec<PathBuf>> + 'static,
    ) {
        if self.waiting.is_some() {
            return;
        }
        if has_dialogs() {
            let now = context.input(|input| input.time);
            self.waiting = Some((purpose, Box::pin(answer), now));
            context.request_repaint();
        } else {
            self.typed = Some((purpose, name));
        }
    }

    /// Whether the page that stands in is shown.
    pub(super) fn is_typing(&self) -> bool {
        self.typed.is_some()
    }

    /// What was chosen since the last frame.
    pub(super) fn answers(&mut self, context: &Context) -> Vec<Command> {
        let Some((purpose, mut answer, since)) = self.waiting.take() else { return Vec::new() };
        let waker = Waker::from(Arc::new(Repaint(context.clone())));
        match answer.as_mut().poll(&mut Task::from_waker(&waker)) {
            Poll::Pending => self.waiting = Some((purpose, answer, since)),
            Poll::Ready(paths) if !paths.is_empty() => return chosen(&purpose, paths).into_iter().collect(),
            Poll::Ready(_) if context.input(|input| input.time) - since < NEVER_SHOWN => {
                self.typed = Some((purpose, String::new()));
            }
            Poll::Ready(_) => {}
        }
        Vec::new()
    }

    /// Draws the page that stands in, where the desktop has no dialogs.
    pub(super) fn ui(&mut self, context: &Context, scene: Scene) -> Vec<Command> {
        let Some((purpose, mut path)) = self.typed.take() else { return Vec::new() };
        let modal = egui::Modal::new(egui::Id::unique("path"))
            .show(context, |ui| path_ui(ui, scene.words, &purpose, &mut path));
        match (modal.inner, modal.should_close()) {
            (Some(true), _) => chosen(&purpose, vec![PathBuf::from(path.trim())]).into_iter().collect(),
            (Some(false), _) | (None, true) => Vec::new(),
            (None, false) => {
                self.typed = Some((purpose, path));
                Vec::new()
            }
        }
    }
}

impl std::fmt::Debug for Dialogs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Dialogs").field("typed", &self.typed).finish_non_exhaustive()
    }
}

/// The field for a path. Answers whether it was accepted or left.
fn path_ui(ui: &mut egui::Ui, words: Words, purpose: &Purpose, path: &mut String) -> Option<bool> {
    ui.set_width(460.0);
    ui.heading(if *purpose == Purpose::Open { words.path_page_open() } else { words.path_page_save() });
    ui.add(egui::Label::new(words.path_page_hint()).wrap());
    let response = called(ui.add(TextEdit::singleline(path).desired_width(f32::INFINITY)), words.path());
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let entered =
        response.lost_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let some = !path.trim().is_empty();
    ui.horizontal(|ui| {
        let accepted = ui.add_enabled(some, egui::Button::new(words.accept())).clicked() || (entered && some);
        let left = ui.button(words.cancel()).clicked();
        accepted.then_some(true).or(left.then_some(false))
    })
    .inner
}

fn chosen(purpose: &Purpose, paths: Vec<PathBuf>) -> Option<Command> {
    match purpose {
        Purpose::Open => Some(Command::Open(paths.into_iter().map(Place::File).collect())),
        Purpose::Export => paths.into_iter().next().map(Command::ExportTo),
    }
}

/// Wakes the window when the answer is there.
struct Repaint(Context);

impl Wake for Repaint {
    fn wake(self: Arc<Self>) {
        self.0.request_repaint();
    }
}

/// Whether the desktop may have dialogs. On Linux they come from a service on the session's bus, or from
/// the program zenity; without either, asking would be answered as if the reader had cancelled.
fn has_dialogs() -> bool {
    if !cfg!(any(target_os = "linux", target_os = "freebsd")) {
        return true;
    }
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let bus = set("DBUS_SESSION_BUS_ADDRESS").is_some()
        || set("XDG_RUNTIME_DIR").is_some_and(|folder| Path::new(&folder).join("bus").exists());
    let paths = set("PATH").unwrap_or_default();
    bus || std::env::split_paths(&paths).any(|folder| folder.join("zenity").is_file())
}
