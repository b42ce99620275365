//! A screen without glass, and the program on it.

use std::cell::Cell;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::picture::Picture;

/// The longest that anything may take: a machine may be slow and have other work.
const PATIENCE: Duration = Duration::from_secs(90);

/// How long a person would rest between two movements of the hand.
const REST: Duration = Duration::from_millis(40);

/// Looks again and again until there is an answer.
///
/// Panics when there is none after [`PATIENCE`].
pub(crate) fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = look() {
            return answer;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain: {what}");
        sleep(Duration::from_millis(100));
    }
}

/// A screen of its own, which no other program uses. It ends with the value.
pub(crate) struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    /// A screen under the first number that is free.
    pub(crate) fn open() -> Self {
        // Without `-noreset` the screen begins anew whenever the last program on it ends.
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-noreset", "-nolisten", "tcp"]);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn().unwrap_or_else(|error| missing("Xvfb", &error));
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        assert!(!number.trim().is_empty(), "Xvfb found no free screen");
        Self { server, display: format!(":{}", number.trim()) }
    }

    /// Runs a tool on this screen and waits for its end.
    fn run(&self, tool: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(tool);
        command.args(arguments).env("DISPLAY", &self.display);
        command.output().unwrap_or_else(|error| missing(tool, &error))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end(&mut self.server);
    }
}

/// Ends a process that may have ended by itself.
fn end(process: &mut Child) {
    if process.kill().is_ok() {
        process.wait().unwrap();
    }
}

fn missing(tool: &str, error: &std::io::Error) -> ! {
    assert!(error.kind() != ErrorKind::NotFound, "{tool} is missing: `sh .ci/system tests` installs it");
    panic!("cannot start {tool}: {error}");
}

/// The program, started. It ends with the value.
pub(crate) struct Program<'screen> {
    screen: &'screen Screen,
    process: Child,
    window: Cell<Option<u64>>,
}

impl<'screen> Program<'screen> {
    /// Starts the program with these files, and waits for its window.
    pub(crate) fn start(screen: &'screen Screen, home: &Path, files: &[&Path]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duidu"));
        command.args(files).env("DISPLAY", &screen.display).env("DUIDU_HOME", home);
        command.env("LIBGL_ALWAYS_SOFTWARE", "1").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
        let mut program = Self { screen, process: command.spawn().unwrap(), window: Cell::new(None) };
        let window = until("the window opens", || {
            assert_eq!(
                program.process.try_wait().unwrap(),
                None,
                "the program ended before its window opened"
            );
            program.find_window()
        });
        program.window.set(Some(window));
        program
    }

    fn find_window(&self) -> Option<u64> {
        let process = self.process.id().to_string();
        let found = self.screen.run("xdotool", &["search", "--onlyvisible", "--pid", &process]);
        String::from_utf8_lossy(&found.stdout).lines().next()?.parse().ok()
    }

    fn window(&self) -> String {
        self.window.get().map(|window| window.to_string()).unwrap_or_default()
    }

    /// What stands above the window.
    pub(crate) fn title(&self) -> String {
        let name = self.screen.run("xdotool", &["getwindowname", &self.window()]);
        String::from_utf8_lossy(&name.stdout).trim().to_owned()
    }

    /// How the window looks now.
    pub(crate) fn picture(&self) -> Picture {
        let taken = self.screen.run("import", &["-window", &self.window(), "-depth", "8", "ppm:-"]);
        Picture::read(&taken.stdout).unwrap_or_else(|| {
            panic!("no picture of the window: {}", String::from_utf8_lossy(&taken.stderr));
        })
    }

    /// Presses keys together, named as xdotool names them.
    pub(crate) fn press(&self, keys: &str) {
        self.hand(&["windowfocus", &self.window()]);
        self.hand(&["key", keys]);
    }

    /// Presses the button at one point of the window, moves to another, and lets it go.
    pub(crate) fn drag(&self, from: (u32, u32), to: (u32, u32)) {
        self.hand(&["windowfocus", &self.window()]);
        let middle = (u32::midpoint(from.0, to.0), u32::midpoint(from.1, to.1));
        self.move_to(from);
        self.hand(&["mousedown", "1"]);
        for point in [middle, to] {
            self.move_to(point);
        }
        self.hand(&["mouseup", "1"]);
    }

    /// Turns the wheel so many notches, over the middle of the window.
    pub(crate) fn wheel_down(&self, notches: u32) {
        self.move_to((500, 400));
        for _ in 0..notches {
            self.hand(&["click", "5"]);
        }
    }

    fn move_to(&self, (x, y): (u32, u32)) {
        self.hand(&["mousemove", "--window", &self.window(), &x.to_string(), &y.to_string()]);
    }

    fn hand(&self, arguments: &[&str]) {
        let done = self.screen.run("xdotool", arguments);
        assert!(done.status.success(), "xdotool: {}", String::from_utf8_lossy(&done.stderr));
        sleep(REST);
    }

    /// How much the processor works for the program in some time, in hundredths of a second.
    pub(crate) fn ticks_in(&self, time: Duration) -> u64 {
        let before = self.ticks();
        sleep(time);
        self.ticks() - before
    }

    /// The fourteenth and the fifteenth field of `/proc/PID/stat`; the second, in brackets, may hold spaces.
    fn ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap();
        let (_, fields) = stat.rsplit_once(')').unwrap();
        fields.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().unwrap()).sum()
    }

    /// Ends the program as a failing machine does: it learns nothing of it.
    pub(crate) fn kill(&mut self) {
        end(&mut self.process);
    }

    /// Leaves by the keys for it.
    pub(crate) fn leave(&mut self) -> ExitStatus {
        self.press("ctrl+q");
        until("the program ends", || self.process.try_wait().unwrap())
    }
}

impl Drop for Program<'_> {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}
