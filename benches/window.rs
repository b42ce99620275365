//! How long the window takes for a frame, and how that grows with the text and the notes:
//! `cargo bench --features window-tests --bench window`. `-- 10` stops at 10 MB. With names of files, `-- FILE…`, it
//! measures instead how long each takes to open beside a text that is being scrolled, and those frames.
//!
//! Drives the whole window without a desktop, triangles included; what the graphics card does is not
//! measured. Times of frames are of the processor, of the window's thread alone; other times are what a
//! reader waits.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops at the first fault"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use duidu::document::Document;
use duidu::session::{Effect, Kept, Place, Session, Stage, Ticket};
use duidu::store::{Home, READ_APART, World, answer, read_apart_from_now_on};
use duidu::ui::Window;
use egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, pos2, vec2,
};
use jiff::tz::TimeZone;

use shared::{Dice, in_words, notes_on, own_memory, processor_time, read, sizes, text_of};

#[expect(dead_code, reason = "each benchmark uses a part of it")]
mod shared;

/// How large the window is, in points: as the program opens it.
const SIZE: egui::Vec2 = vec2(1240.0, 800.0);

/// How often the things measured happen.
const FRAMES: usize = 600;
const TOGGLES: usize = 20;
const LETTERS: usize = 40;

fn main() -> ExitCode {
    // The process that reads files which may do harm is this one, started again.
    if std::env::args().nth(1).is_some_and(|first| first == READ_APART) {
        return answer();
    }
    read_apart_from_now_on();
    let files: Vec<PathBuf> =
        std::env::args().skip(1).map(PathBuf::from).filter(|file| file.is_file()).collect();
    if files.is_empty() {
        measure_texts();
    } else {
        measure_files(&files);
    }
    ExitCode::SUCCESS
}

/// Times of texts of several sizes, with few notes and many.
fn measure_texts() {
    println!("{:<10}{:<54}{:>10}{:>10}{:>10}", "text", "", "median", "p99", "most");
    for size in sizes() {
        let text = text_of(size * 1_000_000);
        let document = read(&text);
        for notes in [0, 1_000, 10_000] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("t.txt");
            std::fs::write(&path, &text).unwrap();
            keep(&folder.path().join("home"), &path, &document, notes);
            let table = Table { text: format!("{size} MB"), notes };
            measure(&table, &folder.path().join("home"), path, text.len());
        }
    }
}

/// What the reader waits for when a file is opened beside a text of 1 MB, and how long frames take meanwhile, on the
/// clock: a hostile file must not hold up the window.
fn measure_files(files: &[PathBuf]) {
    println!(
        "| file | | first page, ms | until the end, ms | frames | 99 of 100 within, ms | longest, ms |\n|---|---|---|---|---|---|---|"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.txt");
    std::fs::write(&path, text_of(1_000_000)).unwrap();
    for file in files {
        let mut desk = Desk::new(&folder.path().join("home"), path.clone());
        desk.until(|session| session.reader().is_some_and(duidu::session::Reader::complete));
        desk.rest();
        let opened = desk.open_beside(file);
        let mut frames = opened.frames;
        frames.sort();
        let at = |share: usize| {
            in_words(frames.get(frames.len() * share / 100).or(frames.last()).copied().unwrap_or_default())
        };
        let first = opened.first.map_or_else(String::new, in_words);
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let (all, count) = (in_words(opened.all), frames.len());
        println!("| {name} | {} | {first} | {all} | {count} | {} | {} |", opened.end, at(99), at(100));
    }
}

/// Keeps notes beside the text, as the program does.
fn keep(home: &std::path::Path, path: &std::path::Path, document: &Document, count: usize) {
    let world = World::start_within(Home::within(home), || {}).unwrap();
    let kept = Kept {
        text: Some(document.id()),
        annotations: notes_on(document, count).into_iter().map(Arc::new).collect(),
        ..Kept::default()
    };
    if count > 0 {
        let place = Place::File(path.to_owned());
        assert!(
            world
                .carry_out(Effect::SaveNotes {
                    ticket: Ticket(1),
                    place,
                    base: Arc::default(),
                    kept: Arc::new(kept),
                    history: Arc::default(),
                })
                .is_none()
        );
    }
    world.finish().unwrap();
}

fn measure(table: &Table, home: &Path, path: PathBuf, length: usize) {
    let before = own_memory();
    let begun = Instant::now();
    let mut desk = Desk::new(home, path);
    desk.until(|session| session.reader().is_some());
    table.row("first page readable", &[begun.elapsed()]);
    desk.until(|session| session.reader().is_some_and(duidu::session::Reader::complete));
    table.row("all of it there", &[begun.elapsed()]);
    table.row("a frame while it arrives", &desk.times);
    desk.rest();
    let own = own_memory().saturating_sub(before) / 1_000_000;
    println!("{:<10}{:<54}{own:>10} MB", table.text, format!("memory, text of {} MB", length / 1_000_000));
    let painted = desk.painted_while_idle();
    println!("{:<10}{:<54}{painted:>10}", table.text, "frames painted in 3 s while idle");

    table.row("a frame while the scroll bar is dragged", &desk.drag());
    table.row("a frame while the wheel turns", &desk.turn());
    let (toggling, next) = desk.toggle();
    table.row("the frame that changes the script", &toggling);
    table.row("the frame after it", &next);
    table.row("a frame while the wheel turns, other script", &desk.turn());
    table.row("a letter typed in a note", &desk.type_note());
    table.row("find, until all places are known", &desk.find());
}

struct Table {
    text: String,
    notes: usize,
}

impl Table {
    /// One line of the table.
    fn row(&self, name: &str, times: &[Duration]) {
        let mut times = times.to_vec();
        times.sort();
        let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
        let name = format!("{name}, {} notes", self.notes);
        print!("{:<10}{name:<54}", self.text);
        for time in [at(50), at(99), times.last()] {
            print!("{:>10}", in_words(time.copied().unwrap_or_default()));
        }
        println!(" ms");
    }
}

/// How a file was opened.
struct Opened {
    /// Until its first page could be read; `None` where it never could.
    first: Option<Duration>,
    /// Until all of it was there, or it was known why not.
    all: Duration,
    /// `read` or `refused`.
    end: &'static str,
    /// The frames that were drawn meanwhile, on the clock.
    frames: Vec<Duration>,
}

/// A window with a reader before it.
struct Desk {
    context: Context,
    window: Window,
    /// Whether a frame is asked for now.
    woken: Arc<AtomicBool>,
    /// Whether one is asked for later, as a blinking cursor does.
    later: Arc<AtomicBool>,
    /// The window's clock, in seconds.
    time: f64,
    /// How long each frame took since the beginning.
    times: Vec<Duration>,
    dice: Dice,
}

impl Desk {
    fn new(home: &Path, path: PathBuf) -> Self {
        let woken = Arc::new(AtomicBool::new(true));
        let later = Arc::new(AtomicBool::new(false));
        let (of_world, now, then) = (Arc::clone(&woken), Arc::clone(&woken), Arc::clone(&later));
        let waker = move || of_world.store(true, Ordering::SeqCst);
        let world = World::start_within(Home::within(home), waker).unwrap();
        let session = Session::new(world.restored().clone(), Arc::clone(world.converters()), TimeZone::UTC);
        let context = Context::default();
        context.set_request_repaint_callback(move |asked| {
            let soon = asked.delay < Duration::from_millis(100);
            if soon { &now } else { &then }.store(true, Ordering::SeqCst);
        });
        let mut window = Window::new(session, world);
        window.install(&context);
        window.begin(&context, vec![Place::File(path)]);
        Self { context, window, woken, later, time: 0.0, times: Vec::new(), dice: Dice::default() }
    }

    /// Draws a frame, and says how long the processor took for it.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        let start = processor_time();
        let mut output = self.draw(events);
        let shapes = std::mem::take(&mut output.shapes);
        let triangles = self.context.tessellate(shapes, output.pixels_per_point);
        let taken = processor_time().saturating_sub(start);
        std::hint::black_box(triangles);
        output.drop_without_applying_deltas();
        self.times.push(taken);
        taken
    }

    fn draw(&mut self, events: Vec<Event>) -> egui::FullOutput {
        self.woken.store(false, Ordering::SeqCst);
        self.time += 1.0 / 60.0;
        let input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            max_texture_side: Some(8192),
            time: Some(self.time),
            focused: true,
            events,
            ..egui::RawInput::default()
        };
        let Self { context, window, .. } = self;
        window.listen(context);
        context.run_ui(input, |ui| window.ui(ui))
    }

    /// Draws frames, when something asks for one, until what the session says is drawn.
    fn until(&mut self, done: impl Fn(&Session) -> bool) {
        let begun = Instant::now();
        loop {
            let ready = done(self.window.session());
            self.frame(Vec::new());
            if ready {
                return;
            }
            assert!(begun.elapsed() < Duration::from_mins(2), "the window waits for ever");
            while !done(self.window.session()) && !self.woken.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_micros(200));
            }
        }
    }

    /// Opens a file, and turns the wheel without pause until it is known what comes of it.
    fn open_beside(&mut self, file: &Path) -> Opened {
        let place = Place::File(file.to_owned());
        self.window.begin(&self.context, vec![place.clone()]);
        let (begun, mut first, mut frames) = (Instant::now(), None, Vec::new());
        loop {
            let drawing = Instant::now();
            self.frame(vec![Event::PointerMoved(Self::page()), wheel()]);
            frames.push(drawing.elapsed());
            assert!(begun.elapsed() < Duration::from_mins(2), "the window waits for ever");
            let tab = self.window.session().tabs().iter().find(|tab| tab.place == place).unwrap();
            let end = match &tab.stage {
                Stage::Failed(_) => Some("refused"),
                _ if tab.reader().is_some_and(duidu::session::Reader::complete) => Some("read"),
                _ => None,
            };
            if tab.reader().is_some() {
                first.get_or_insert_with(|| begun.elapsed());
            }
            if let Some(end) = end {
                return Opened { first, all: begun.elapsed(), end, frames };
            }
            // As a screen of 60 pictures a second would ask.
            thread::sleep(Duration::from_millis(16).saturating_sub(drawing.elapsed()));
        }
    }

    /// Draws frames until nothing asks for one any more.
    fn rest(&mut self) {
        let mut quiet = Instant::now();
        while quiet.elapsed() < Duration::from_secs(1) {
            if self.woken.load(Ordering::SeqCst) {
                self.frame(Vec::new());
                quiet = Instant::now();
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn painted_while_idle(&mut self) -> usize {
        self.later.store(false, Ordering::SeqCst);
        let (begun, before) = (Instant::now(), self.times.len());
        while begun.elapsed() < Duration::from_secs(3) {
            if self.woken.load(Ordering::SeqCst) {
                self.frame(Vec::new());
            }
            thread::sleep(Duration::from_millis(5));
        }
        self.times.len() - before + usize::from(self.later.load(Ordering::SeqCst))
    }

    // --- what a reader does -------------------------------------------------------------------------

    /// A place in the middle of the page.
    fn page() -> Pos2 {
        pos2(SIZE.x / 2.0, SIZE.y / 2.0)
    }

    /// Where the scroll bar is: the one slider that a screen reader is told of.
    fn bar(&mut self) -> Rect {
        self.context.enable_accesskit();
        let output = self.draw(Vec::new());
        self.context.disable_accesskit();
        let nodes = output.platform_output.accesskit_update.as_ref().map(|update| &update.nodes);
        let slider = nodes.unwrap().iter().find(|(_, node)| node.role() == egui::accesskit::Role::Slider);
        let bounds = slider.unwrap().1.bounds().unwrap();
        output.drop_without_applying_deltas();
        #[expect(clippy::cast_possible_truncation, reason = "places in a window")]
        let place = |x: f64, y: f64| pos2(x as f32, y as f32);
        Rect::from_min_max(place(bounds.x0, bounds.y0), place(bounds.x1, bounds.y1))
    }

    fn drag(&mut self) -> Vec<Duration> {
        let bar = self.bar();
        let start = bar.center_top() + vec2(0.0, 20.0);
        self.frame(vec![Event::PointerMoved(start)]);
        self.frame(vec![Event::PointerMoved(start), button(start, true)]);
        let places: Vec<_> = (0..FRAMES).map(|_| self.dice.below(10_000)).collect();
        let before = self.place();
        #[expect(clippy::cast_precision_loss, reason = "below 10,000")]
        let at = |place: usize| pos2(bar.center().x, bar.top() + bar.height() * place as f32 / 10_000.0);
        let times =
            places.into_iter().map(|place| self.frame(vec![Event::PointerMoved(at(place))])).collect();
        assert_ne!(before, self.place(), "the scroll bar was missed");
        let end = at(3_000);
        self.frame(vec![Event::PointerMoved(end)]);
        self.frame(vec![button(end, false)]);
        times
    }

    fn turn(&mut self) -> Vec<Duration> {
        let page = Self::page();
        self.frame(vec![Event::PointerMoved(page)]);
        self.frame(Vec::new());
        let before = self.place();
        let times = (0..FRAMES).map(|_| self.frame(vec![wheel()])).collect();
        assert_ne!(before, self.place(), "the wheel turned in vain");
        self.rest();
        times
    }

    /// The frames that change the script, and the frames after them.
    fn toggle(&mut self) -> (Vec<Duration>, Vec<Duration>) {
        let times = (0..TOGGLES)
            .map(|_| {
                let before = self.window.session().reader().unwrap().script();
                let this = self.frame(vec![key(Key::T, Modifiers::NONE)]);
                let next = self.frame(Vec::new());
                assert_ne!(before, self.window.session().reader().unwrap().script(), "nothing changed");
                self.rest();
                (this, next)
            })
            .collect::<Vec<_>>();
        self.frame(vec![key(Key::T, Modifiers::NONE)]);
        times.into_iter().unzip()
    }

    /// Selects a word, makes a note on it and writes.
    fn type_note(&mut self) -> Vec<Duration> {
        let page = Self::page();
        for pressed in [true, false, true, false] {
            self.frame(vec![button(page, pressed)]);
        }
        self.frame(vec![key(Key::N, Modifiers::NONE)]);
        self.rest();
        let text = |session: &Session| {
            let reader = session.reader().unwrap();
            reader.note_in_focus().and_then(|id| reader.notebook().get(id)).map(|note| note.text.clone())
        };
        let times = (0..LETTERS).map(|_| self.frame(vec![Event::Text("河".to_owned())])).collect::<Vec<_>>();
        let written = text(self.window.session()).unwrap_or_default();
        assert_eq!(written.chars().count(), LETTERS, "the note was not written");
        self.frame(vec![key(Key::Escape, Modifiers::NONE)]);
        self.rest();
        times
    }

    /// Looks for words that every tenth paragraph or so has, letter by letter pasted at once.
    fn find(&mut self) -> Vec<Duration> {
        let command = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
        (0..5)
            .map(|_| {
                self.frame(vec![key(Key::F, command)]);
                self.frame(Vec::new());
                self.frame(vec![key(Key::A, command), key(Key::Delete, Modifiers::NONE)]);
                self.rest();
                let begun = Instant::now();
                self.frame(vec![Event::Text("修起了一間小小".to_owned())]);
                self.until(|session| {
                    let find = session.reader().unwrap().find();
                    find.complete && !find.hits.is_empty()
                });
                begun.elapsed()
            })
            .collect()
    }

    fn place(&self) -> u32 {
        self.window.session().reader().unwrap().position()
    }
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// One notch of a wheel, downwards.
fn wheel() -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, -1.0),
        phase: egui::TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    }
}
