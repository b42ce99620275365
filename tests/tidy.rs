//! Holds the order of the rooms and the two walls: a room uses only the rooms above it; only `ui` knows
//! egui; only `store`, `cli` and `main` touch files, clocks and threads.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, in reading order.
const ROOMS: [&str; 11] =
    ["text", "document", "import", "compare", "notes", "export", "exchange", "session", "store", "ui", "cli"];

/// Rooms that may touch files, clocks and threads: the store, the command line, and the window for the fonts
/// of the system and its own frames.
const AT_THE_EDGE: [&str; 3] = ["store", "cli", "ui"];

/// The one file of the core that touches files: OpenCC opens its dictionaries itself, from a folder that it is
/// given, so that our own configurations have to lie beside them.
const STATED_EXCEPTION: &str = "text/convert/configuration.rs";

/// What touches the world.
const WORLD: [&str; 8] = [
    "std::fs",
    "std::thread",
    "std::net",
    "std::process",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
];

/// The room's lines of code with their file and number, without comments and without its tests.
fn lines_of(room: &str) -> Vec<(PathBuf, usize, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![source.join(format!("{room}.rs"))];
    collect(&source.join(room), &mut files);
    files.retain(|file| file.is_file());
    assert!(!files.is_empty(), "there is no room called {room}");
    files.into_iter().flat_map(|file| code_of(&file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

fn code_of(file: &Path) -> Vec<(PathBuf, usize, String)> {
    if file.file_name().is_some_and(|name| name == "tests.rs" || name == "testing.rs") {
        return Vec::new();
    }
    let text = fs::read_to_string(file).unwrap();
    let code = text.lines().enumerate().take_while(|(_, line)| line.trim() != "#[cfg(test)]");
    code.filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (file.to_owned(), number + 1, line.to_owned()))
        .collect()
}

/// The lines in which a room breaks a rule.
fn offences(room: &str, broken: impl Fn(&str) -> bool) -> Vec<String> {
    let lines = lines_of(room).into_iter().filter(|(_, _, line)| broken(line));
    lines.map(|(file, number, line)| format!("{}:{number}: {}", file.display(), line.trim())).collect()
}

#[test]
fn a_room_uses_only_the_rooms_above_it() {
    for (place, room) in ROOMS.iter().enumerate() {
        let below = &ROOMS[place + 1..];
        let broken = |line: &str| below.iter().any(|room| line.contains(&format!("crate::{room}::")));
        assert_eq!(offences(room, broken), Vec::<String>::new());
    }
}

#[test]
fn only_the_window_knows_egui() {
    let of_the_window = |line: &str| ["egui", "eframe", "rfd::"].iter().any(|word| line.contains(word));
    for room in ROOMS.iter().filter(|room| **room != "ui") {
        let broken = |line: &str| of_the_window(line) && !line.contains("feature =");
        assert_eq!(offences(room, broken), Vec::<String>::new());
    }
}

#[test]
fn only_the_edge_touches_the_world() {
    for room in ROOMS.iter().filter(|room| !AT_THE_EDGE.contains(room)) {
        let mut found = offences(room, |line| WORLD.iter().any(|word| line.contains(word)));
        found.retain(|offence| !offence.contains(STATED_EXCEPTION));
        assert_eq!(found, Vec::<String>::new());
    }
}

/// Whoever makes a second one reads the list of the library a second time, which may be long: for each of a thousand
/// documents, once.
#[test]
fn a_work_without_a_window_has_the_notes_from_one_store() {
    for made in ["NotesStore::", "LibraryStore::"] {
        let places = offences("cli", |line| line.contains(made));
        assert_eq!(places.len(), 1, "{places:?}");
    }
}

#[test]
fn lib_declares_the_rooms_in_reading_order() {
    let source = include_str!("../src/lib.rs");
    let declared: Vec<&str> =
        source.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(declared, ROOMS);
}

#[test]
fn the_repository_speaks_of_itself_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests", "benches", "crates"] {
        collect(&root.join(folder), &mut files);
    }
    let foreign = [concat!("/wo", "rk/"), concat!("/tmp/", "wt"), concat!("/tmp/", "brief")];
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let found: Vec<&&str> = foreign.iter().filter(|path| text.contains(**path)).collect();
        assert!(found.is_empty(), "{} names {found:?}", file.display());
    }
}
