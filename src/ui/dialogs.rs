//! The desktop's dialogs for files, without ever blocking the window; and the page that stands in where
//! the desktop has none.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Task, Poll, Wake, Waker};

use egui::{Button, Context, Id, Key, Label, Modal, Modifiers, TextEdit, Ui};

use super::find_panel::select_all;
use super::pages::page_frame;
use super::scene::{Scene, called, quiet};
use super::words::Words;
use crate::import::ENDINGS;
use crate::session::{CodebookCommand, Command, ImportCommand, LibraryCommand, Place, Ticket};

/// An answer that comes later: the files chosen; none when the dialog was left.
type Answer = Pin<Box<dyn Future<Output = Vec<PathBuf>>>>;

/// A dialog answered sooner than this, in seconds, and without a file, was never shown: no one is that
/// quick. The desktop's service does not say so itself.
const NEVER_SHOWN: f64 = 0.3;

/// What is asked of the reader.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Purpose {
    /// Documents to open.
    Open,
    /// Where to export to what was asked for with that ticket.
    Export(Ticket),
    /// A list of tags that somebody has shared.
    Codebook,
    /// A file of notes to import.
    Import,
    /// Files or a folder for the library.
    Library,
}

/// The dialog being shown, or the page that stands in.
#[derive(Default)]
pub(super) struct Dialogs {
    waiting: Option<Waiting>,
    typed: Option<Typed>,
    /// What was asked for while another dialog was shown.
    refused: Vec<Purpose>,
}

/// A dialog that is shown.
struct Waiting {
    purpose: Purpose,
    /// The path that was proposed.
    name: PathBuf,
    answer: Answer,
    /// Since when, in seconds of the window's time.
    since: f64,
}

/// The page that stands in for a dialog.
#[derive(Debug)]
struct Typed {
    purpose: Purpose,
    path: String,
    /// Whether the field is to have the keyboard.
    wants_focus: bool,
}

impl Typed {
    fn proposing(purpose: Purpose, path: &Path) -> Self {
        Self { purpose, path: path.to_string_lossy().into_owned(), wants_focus: true }
    }
}

impl Dialogs {
    /// Asks for documents to open.
    pub(super) fn ask_for_documents(&mut self, context: &Context, words: Words) {
        let endings: Vec<&str> = ENDINGS.into_iter().chain(["ron"]).collect();
        let dialog = rfd::AsyncFileDialog::new()
            .set_title(words.open())
            .add_filter(words.readable_files(), &endings)
            .add_filter(words.all_files(), &["*"]);
        let chosen = dialog.pick_files();
        self.ask(context, Purpose::Open, PathBuf::new(), async move {
            chosen.await.unwrap_or_default().iter().map(|file| file.path().to_path_buf()).collect()
        });
    }

    /// Asks where to export to, proposing a name beside the document.
    pub(super) fn ask_for_export(
        &mut self,
        context: &Context,
        words: Words,
        (ticket, name): (Ticket, &str),
        document: Option<&Place>,
    ) {
        let path = proposed_path(name, document);
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_owned();
        let mut dialog = rfd::AsyncFileDialog::new().set_title(words.export_page()).set_file_name(name);
        if let Some(folder) = path.parent().filter(|folder| folder.is_dir()) {
            dialog = dialog.set_directory(folder);
        }
        let chosen = dialog.add_filter(ending.as_str(), &[ending.as_str()]).save_file();
        self.ask(context, Purpose::Export(ticket), path, async move {
            chosen.await.iter().map(|file| file.path().to_path_buf()).collect()
        });
    }

    /// Asks for a list of tags that somebody has shared.
    pub(super) fn ask_for_codebook(&mut self, context: &Context, words: Words) {
        let dialog = rfd::AsyncFileDialog::new().set_title(words.fetch_tags());
        let chosen = dialog.add_filter("RON", &["ron"]).add_filter(words.all_files(), &["*"]).pick_file();
        self.ask(context, Purpose::Codebook, PathBuf::new(), async move {
            chosen.await.iter().map(|file| file.path().to_path_buf()).collect()
        });
    }

    /// Asks for files to add to the library.
    pub(super) fn ask_for_files(&mut self, context: &Context, words: Words) {
        let chosen = rfd::AsyncFileDialog::new().set_title(words.add_files()).pick_files();
        self.ask(context, Purpose::Library, PathBuf::new(), async move {
            chosen.await.unwrap_or_default().iter().map(|file| file.path().to_path_buf()).collect()
        });
    }

    /// Asks for a folder to add to the library.
    pub(super) fn ask_for_folder(&mut self, context: &Context, words: Words) {
        let chosen = rfd::AsyncFileDialog::new().set_title(words.add_folder()).pick_folder();
        self.ask(context, Purpose::Library, PathBuf::new(), async move {
            chosen.await.iter().map(|folder| folder.path().to_path_buf()).collect()
        });
    }

    /// Asks for a file of notes of another program.
    pub(super) fn ask_for_notes(&mut self, context: &Context, words: Words) {
        let endings = ["json", "jsonld", "qdpx", "qdc", "csv", "tsv", "ron"];
        let dialog = rfd::AsyncFileDialog::new().set_title(words.import_page());
        let dialog = dialog.add_filter(words.import_files(), &endings).add_filter(words.all_files(), &["*"]);
        let chosen = dialog.pick_file();
        self.ask(context, Purpose::Import, PathBuf::new(), async move {
            chosen.await.iter().map(|file| file.path().to_path_buf()).collect()
        });
    }

    /// A second dialog waits for no one: the one that is shown is finished first.
    fn ask(
        &mut self,
        context: &Context,
        purpose: Purpose,
        name: PathBuf,
        answer: impl Future<Output = Vec<PathBuf>> + 'static,
    ) {
        if self.waiting.is_some() || self.typed.is_some() {
            self.refused.push(purpose);
            return;
        }
        if has_dialogs() {
            let since = context.input(|input| input.time);
            self.waiting = Some(Waiting { purpose, name, answer: Box::pin(answer), since });
            context.request_repaint();
        } else {
            self.typed = Some(Typed::proposing(purpose, &name));
        }
    }

    /// Whether the page that stands in is shown.
    pub(super) fn is_typing(&self) -> bool {
        self.typed.is_some()
    }

    /// What was chosen since the last frame.
    pub(super) fn answers(&mut self, context: &Context) -> Vec<Command> {
        let mut answers: Vec<Command> = self.refused.drain(..).filter_map(unanswered).collect();
        let Some(mut waiting) = self.waiting.take() else { return answers };
        let waker = Waker::from(Arc::new(Repaint(context.clone())));
        let soon = context.input(|input| input.time) - waiting.since < NEVER_SHOWN;
        match waiting.answer.as_mut().poll(&mut Task::from_waker(&waker)) {
            Poll::Pending => self.waiting = Some(waiting),
            Poll::Ready(paths) if !paths.is_empty() => {
                answers.extend(chosen(waiting.purpose, paths));
            }
            Poll::Ready(_) if soon => self.typed = Some(Typed::proposing(waiting.purpose, &waiting.name)),
            Poll::Ready(_) => answers.extend(unanswered(waiting.purpose)),
        }
        answers
    }

    /// Draws the page that stands in, where the desktop has no dialogs.
    pub(super) fn ui(&mut self, context: &Context, scene: Scene) -> Vec<Command> {
        let Some(mut typed) = self.typed.take() else { return Vec::new() };
        let modal = Modal::new(Id::unique(("path", typed.purpose)))
            .frame(page_frame(context))
            .show(context, |ui| path_ui(ui, scene.words, &mut typed));
        // A click beside the page does not throw away what was typed.
        let left = context.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        match (modal.inner, left) {
            (Some(true), _) => {
                chosen(typed.purpose, vec![PathBuf::from(typed.path.trim())]).into_iter().collect()
            }
            (Some(false), _) | (None, true) => unanswered(typed.purpose).into_iter().collect(),
            (None, false) => {
                self.typed = Some(typed);
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
fn path_ui(ui: &mut Ui, words: Words, typed: &mut Typed) -> Option<bool> {
    ui.set_width(460.0);
    let opens = !matches!(typed.purpose, Purpose::Export(_));
    ui.heading(if opens { words.path_page_open() } else { words.path_page_save() });
    ui.add(Label::new(if opens { words.path_page_hint() } else { words.path_page_save_hint() }).wrap());
    let entered = field(ui, words, typed);
    let some = !typed.path.trim().is_empty();
    let replaces = !opens && some && Path::new(typed.path.trim()).exists();
    if replaces {
        quiet(ui, words.replaces());
    }
    ui.horizontal(|ui| {
        let accept = Button::new(if replaces { words.replace() } else { words.accept() });
        let accepted = ui.add_enabled(some, accept).clicked() || (entered && some && !replaces);
        let left = ui.button(words.cancel()).clicked();
        accepted.then_some(true).or(left.then_some(false))
    })
    .inner
}

/// The field itself. Answers whether Enter was pressed in it; the field then keeps the keyboard.
fn field(ui: &mut Ui, words: Words, typed: &mut Typed) -> bool {
    let id = Id::unique("path field");
    let entered = ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let edit = TextEdit::singleline(&mut typed.path).id(id).desired_width(f32::INFINITY);
    let response = called(ui.add(edit), words.path());
    if std::mem::take(&mut typed.wants_focus) {
        response.request_focus();
        select_all(ui, id, &typed.path);
    }
    entered
}

/// The whole path of a proposed name: beside the document, or in the reader's folder of documents for one
/// that stands in no folder.
fn proposed_path(name: &str, document: Option<&Place>) -> PathBuf {
    match document {
        Some(Place::File(path)) => path.with_file_name(name),
        Some(Place::Sample(_)) | None => {
            let folders = directories::UserDirs::new();
            let folder = folders.as_ref().map(|folders| folders.document_dir().unwrap_or(folders.home_dir()));
            folder.map_or(PathBuf::from(name), |folder| folder.join(name))
        }
    }
}

/// What is told of a dialog that was left without an answer.
fn unanswered(purpose: Purpose) -> Option<Command> {
    match purpose {
        Purpose::Export(ticket) => Some(Command::LeaveExport(ticket)),
        Purpose::Open | Purpose::Codebook | Purpose::Import | Purpose::Library => None,
    }
}

fn chosen(purpose: Purpose, paths: Vec<PathBuf>) -> Option<Command> {
    match purpose {
        Purpose::Open => Some(Command::Open(paths.into_iter().map(Place::File).collect())),
        Purpose::Export(ticket) => paths.into_iter().next().map(|path| Command::ExportTo { ticket, path }),
        Purpose::Library => Some(Command::Library(LibraryCommand::Add(paths))),
        Purpose::Import => paths.into_iter().next().map(ImportCommand::Read).map(Command::Import),
        Purpose::Codebook => paths.into_iter().next().map(CodebookCommand::Fetch).map(Command::Codebook),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Language;

    /// Draws the page frame by frame, with the keys pressed in each. Answers what it answered last.
    fn answer(typed: &mut Typed, frames: &[Option<Key>]) -> Option<bool> {
        let context = Context::default();
        drop(crate::ui::fonts::Fonts::install(&context));
        let mut answer = None;
        for key in frames {
            let pressed = key.map(|key| egui::Event::Key {
                key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::NONE,
            });
            let input = egui::RawInput { events: pressed.into_iter().collect(), ..Default::default() };
            let mut output = context.run_ui(input, |ui| {
                answer = path_ui(ui, Words::of(Language::English), typed);
            });
            output.textures_delta.clear();
        }
        answer
    }

    #[test]
    fn enter_accepts_a_path_that_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("筆記.md");
        std::fs::write(&there, "舊").unwrap();
        let check = |purpose, path: &Path, expected| {
            let mut typed = Typed::proposing(purpose, path);
            assert_eq!(answer(&mut typed, &[None, None, Some(Key::Enter)]), expected, "{}", path.display());
        };
        check(Purpose::Open, &there, Some(true));
        check(Purpose::Open, Path::new(" "), None);
        check(Purpose::Export(Ticket(1)), &folder.path().join("新.md"), Some(true));
        check(Purpose::Export(Ticket(1)), &there, None);
    }

    #[test]
    fn an_export_is_proposed_beside_the_document() {
        let document = Place::File(PathBuf::from("書房").join("倡議.txt"));
        assert_eq!(proposed_path("倡議.md", Some(&document)), Path::new("書房").join("倡議.md"));
    }

    /// The one that is shown is finished first; whoever asked for the other hears of it.
    #[test]
    fn an_export_that_is_asked_for_while_another_dialog_is_shown_is_left() {
        let context = Context::default();
        let shown = Some(Typed::proposing(Purpose::Open, Path::new("")));
        let mut dialogs = Dialogs { typed: shown, ..Dialogs::default() };
        dialogs.ask(&context, Purpose::Export(Ticket(3)), PathBuf::new(), async { Vec::new() });
        assert!(matches!(dialogs.answers(&context)[..], [Command::LeaveExport(Ticket(3))]));
        assert!(dialogs.answers(&context).is_empty() && dialogs.is_typing());
    }
}
