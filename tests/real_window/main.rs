//! The program as it is started by a person: a real window on a screen of its own, real keys and a real
//! pointer. What came of it is read from the files that it writes and from pictures of the window.
//!
//! The screen is Xvfb's, the keys are xdotool's, the pictures are taken by `import`; the command that runs every
//! test installs them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails says where")]

mod picture;
mod screen;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use picture::{Area, Picture};
use screen::{Program, Screen, until};
use tempfile::TempDir;

/// Twenty characters fill a line, without indent, so that a place in the text is a place in the window.
const SETTINGS: &str = "(settings: (theme: Light, language: Some(English), text_size: 20.0, column_width: 20.0, \
                        first_line_indent: false, outline_open: false, notes_open: false))";

/// How many characters stand in a line.
const IN_LINE: u16 = 20;

/// Where the paragraph with the highlight begins among the lines of the window: after the title and three
/// others.
const FIRST_LINE: usize = 4;

/// Written in Simplified; the characters of the last paragraph look different in Traditional.
const DOCUMENT: &str = "\
书车来的日子

每逢周三，书车开进村里。

孩子们早早等在树下。

车门一开，书香扑面而来。

管书的张老师记得每个人借过的书，谁喜欢看历史，谁爱读种树养蜂的册子，她都写在一个旧本子里，还书时也不用翻找。

书还了，车开走了，树下还有人在读。
";

/// How many paragraphs follow, so that there is something to scroll to.
const MORE: usize = 30;

/// What stands from the sixteenth character of that paragraph to the twenty-fifth, the end of its first line
/// among them.
const QUOTATION: &str = "谁喜欢看历史，谁爱";

/// The yellow of a highlight in the light theme.
const YELLOW: [u8; 3] = [0xff, 0xe2, 0x7a];
/// Selected text on the page of the light theme.
const SELECTED: [u8; 3] = [175, 206, 247];

/// A folder with documents in it, and one for what the program keeps.
struct Desk {
    folder: TempDir,
    screen: Screen,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), screen: Screen::open() };
        fs::create_dir_all(desk.home().join("config")).unwrap();
        fs::write(desk.state(), SETTINGS).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn home(&self) -> PathBuf {
        self.path("home")
    }

    fn state(&self) -> PathBuf {
        self.home().join("config/state.ron")
    }

    fn document(&self) -> PathBuf {
        let path = self.path("书车.txt");
        fs::write(&path, text()).unwrap();
        path
    }

    fn start(&self, files: &[&Path]) -> Program<'_> {
        Program::start(&self.screen, &self.home(), files)
    }

    /// Waits until what is to be restored says `expected`.
    fn wait_for_state(&self, expected: impl Fn(&str) -> bool) {
        until("the state is kept", || read(&self.state()).filter(|state| expected(state)));
    }
}

fn text() -> String {
    let more = (1..=MORE).map(|day| format!("\n第{day}个星期三，借出的书又多了几本。\n"));
    DOCUMENT.to_owned() + &more.collect::<String>()
}

fn read(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// Waits until the document is on the page, and gives its picture.
fn wait_for_text(program: &Program<'_>) -> Picture {
    until("the document is on the page", || {
        Some(program.picture()).filter(|picture| picture.lines().len() >= FIRST_LINE + 4)
    })
}

/// Waits until a colour is on the page and nothing moves any more, and gives its places and the picture.
fn wait_for_colour(program: &Program<'_>, colour: [u8; 3]) -> (Vec<Area>, Picture) {
    let mut before = Vec::new();
    until("the colour is on the page, and stays where it is", || {
        let picture = program.picture();
        let places = picture.bands(|pixel| picture::near(pixel, colour));
        let still = !places.is_empty() && places == before;
        before.clone_from(&places);
        still.then_some((places, picture))
    })
}

/// Drags over the quotation until it is seen to be selected.
fn select_quotation(program: &Program<'_>) {
    let lines = wait_for_text(program).lines();
    let (first, second) = (lines[FIRST_LINE], lines[FIRST_LINE + 1]);
    let width = f64::from(first.width()) / f64::from(IN_LINE);
    let at = |line: Area, characters: u16| (first.across(f64::from(characters) * width), line.middle());
    until("the quotation is selected", || {
        program.drag(at(first, 16), at(second, 5));
        let picture = program.picture();
        (picture.bands(|pixel| picture::near(pixel, SELECTED)).len() == 2).then_some(())
    });
}

#[test]
fn a_highlight_made_in_traditional_is_kept_as_written_and_outlives_a_kill() {
    let desk = Desk::new();
    let document = desk.document();
    let notes = desk.path("书车.txt.duidu.ron");

    let mut program = desk.start(&[&document]);
    let as_written = wait_for_text(&program);
    program.press("alt+2");
    desk.wait_for_state(|state| state.contains("form: Traditional"));
    until("the text is in Traditional", || {
        let picture = program.picture();
        (picture.lines().len() == as_written.lines().len() && picture != as_written).then_some(())
    });

    select_quotation(&program);
    program.press("1");
    let kept = until("the note is kept", || read(&notes));
    assert!(kept.contains(QUOTATION), "the quotation is not as it is written: {kept}");
    assert_eq!(read(&document), Some(text()), "the document is never written to");

    program.press("Escape");
    program.press("Escape");
    program.wheel_down(3);
    desk.wait_for_state(|state| !state.contains("position: 0,"));
    let (places, picture) = wait_for_colour(&program, YELLOW);
    assert_eq!(places.len(), 2, "a highlight over the end of a line is in two lines");
    program.kill();

    let mut program = desk.start(&[]);
    let (again, picture_again) = wait_for_colour(&program, YELLOW);
    assert_eq!(read(&notes), Some(kept), "starting again changes no note");
    for (before, after) in places.iter().zip(&again) {
        // The cursor may stand at its end and hide a point of it; a character is some twenty points wide.
        let moved = before.left.abs_diff(after.left).max(before.right.abs_diff(after.right));
        assert!(moved <= 2, "on the same characters: {before:?}, then {after:?}");
        let line_height = 40;
        assert!(before.top.abs_diff(after.top) < line_height, "the place: {before:?}, then {after:?}");
        let (before, after) = (picture.ink(*before), picture_again.ink(*after));
        assert!(before.abs_diff(after) * 50 <= before, "the script: {before} and {after} pixels of ink");
    }
    assert!(program.leave().success());
    desk.wait_for_state(|state| state.contains("form: Traditional") && !state.contains("position: 0,"));
}

#[test]
fn a_window_that_nobody_touches_rests() {
    let desk = Desk::new();
    let document = desk.document();
    let mut program = desk.start(&[&document]);
    wait_for_text(&program);
    // The library is looked through some seconds after the start, once: the rest that counts is what follows.
    until("five seconds pass at rest", || (program.ticks_in(Duration::from_secs(5)) <= 10).then_some(()));
    assert!(program.leave().success());
}

#[test]
fn what_cannot_be_read_leaves_the_window_open() {
    let desk = Desk::new();
    let (absent, document) = (desk.path("没有.txt"), desk.document());
    let folder = desk.path("文件夹.txt");
    fs::create_dir(&folder).unwrap();
    let mut program = desk.start(&[&absent, &folder, &document]);
    let mut seen = Vec::new();
    until("each of the three has been in front", || {
        let title = program.title();
        if !seen.contains(&title) && title.contains(" - Duidu") {
            seen.push(title);
        }
        program.press("ctrl+Tab");
        (seen.len() == 3).then_some(())
    });
    until("the document is in front", || {
        // What was pressed is obeyed a moment later.
        thread::sleep(Duration::from_millis(500));
        let is_in_front = program.title().starts_with("书车来的日子");
        if !is_in_front {
            program.press("ctrl+Tab");
        }
        is_in_front.then_some(())
    });
    wait_for_text(&program);
    assert!(program.leave().success());
}
