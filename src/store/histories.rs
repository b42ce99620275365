//! What can be undone, kept until the document is opened again.
//!
//! A history is worth something only for the very notes that it was made with: it says which file it belongs to by
//! that file's checksum, and is left out when the file says something else by then.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::replace::{FileError, folder_of, make_folder, read_if_there, replace};
use super::shape::{Checksum, checksum_of, first_line};
use super::{Home, short_hash};
use crate::notes::History;
use crate::session::StepsEverywhere;

/// So much of a history is kept, in bytes: of a longer one the newest steps.
const MOST: usize = 4 * 1024 * 1024;

const FIRST_LINE: &str = "// Duidu history; BLAKE3 of what follows this line: ";

#[derive(Serialize, Deserialize)]
struct Kept {
    /// The first line of the notes file, with its checksum.
    notes: String,
    history: History,
}

/// Keeps the history of the notes in the file at `notes`, as that is now. A step that changes more than there is room
/// for can be undone until the program ends.
pub(super) fn keep(notes: &Path, history: &History, home: &Home) -> Result<(), FileError> {
    let path = path_of(notes, home);
    if !history.can_undo() && !history.can_redo() {
        return forget(notes, home);
    }
    let Some(first) = first_line_of(notes) else { return forget(notes, home) };
    let print = |steps| print(&Kept { notes: first.clone(), history: history.newest(steps) });
    write(&path, history.most(), print)
}

/// Keeps what can be undone of what was done to the notes of all documents, within the same room.
pub(super) fn keep_steps(steps: &StepsEverywhere, home: &Home) -> Result<(), FileError> {
    write(&path_of_steps(home), steps.most(), |most| print(&steps.newest(most)))
}

/// What was kept of them; nothing where nothing was or it is damaged. A step that no longer fits the notes is made
/// as far as it fits.
pub(super) fn load_steps(home: &Home) -> StepsEverywhere {
    read(&path_of_steps(home)).unwrap_or_default()
}

fn path_of_steps(home: &Home) -> PathBuf {
    home.data().join("histories").join("all documents.ron")
}

/// Forgets the history of the notes in the file at `notes`.
pub(super) fn forget(notes: &Path, home: &Home) -> Result<(), FileError> {
    let path = path_of(notes, home);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(FileError::while_doing("remove the history", &path)(error))
        }
        _ => Ok(()),
    }
}

/// The history of the notes in the file at `notes`; `None` where none was kept, it was damaged, or the notes are not
/// as they were.
pub(super) fn load(notes: &Path, home: &Home) -> Option<History> {
    let kept: Kept = read(&path_of(notes, home))?;
    (first_line_of(notes)? == kept.notes).then_some(kept.history)
}

fn path_of(notes: &Path, home: &Home) -> PathBuf {
    let name = short_hash(notes.as_os_str().as_encoded_bytes());
    home.data().join("histories").join(format!("{name}.ron"))
}

fn first_line_of(notes: &Path) -> Option<String> {
    let mut line = String::new();
    BufReader::new(fs::File::open(notes).ok()?).read_line(&mut line).ok()?;
    Some(line.trim_end().to_owned())
}

/// Writes so many of the newest steps, or as many of them as there is room for.
fn write(path: &Path, mut steps: usize, print: impl Fn(usize) -> String) -> Result<(), FileError> {
    make_folder(folder_of(path))?;
    let mut text = print(steps);
    while text.len() > MOST && steps > 0 {
        steps /= 2;
        text = print(steps);
    }
    replace(path, text.as_bytes())
}

fn print(what: &impl Serialize) -> String {
    // Everything in it can be written as RON; were it not so, nothing is what would be read.
    first_line(FIRST_LINE, ron::to_string(what).unwrap_or_default())
}

/// What such a file says; `None` where there is none or it is damaged.
fn read<What: DeserializeOwned>(path: &Path) -> Option<What> {
    let text = String::from_utf8(read_if_there(path).ok()??).ok()?;
    let whole = checksum_of(&text, FIRST_LINE) == Checksum::Matches;
    ron::from_str(&text).ok().filter(|_| whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::sample::note;
    use crate::notes::{Anchor, Edit, Notebook};

    #[test]
    fn a_history_comes_back_for_the_notes_that_it_was_made_with() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(&folder.path().join("home"));
        let notes = folder.path().join("a.ron");
        let (mut history, mut notebook) = (History::default(), Notebook::default());
        for number in 1..4 {
            history.perform(&mut notebook, Edit::Add(note(number, Anchor::default()).into())).unwrap();
        }
        history.undo(&mut notebook).unwrap();
        fs::write(&notes, "// one\n()").unwrap();
        keep(&notes, &history, &home).unwrap();
        let mut back = load(&notes, &home).unwrap();
        let now = notebook.clone();
        while back.undo(&mut notebook).unwrap().is_some() {}
        assert!(notebook.is_empty());
        while back.redo(&mut notebook).unwrap().is_some() {}
        assert_eq!(notebook.len(), 3);
        drop(now);
        fs::write(&notes, "// another\n()").unwrap();
        assert_eq!(load(&notes, &home), None);
        keep(&notes, &History::default(), &home).unwrap();
        assert!(!path_of(&notes, &home).exists());
    }

    #[test]
    fn a_step_that_takes_too_much_room_is_left_out_and_the_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(folder.path());
        let notes = folder.path().join("a.ron");
        fs::write(&notes, "// one\n()").unwrap();
        let (mut history, mut notebook) = (History::default(), Notebook::default());
        let long = crate::notes::Annotation { text: "水".repeat(MOST / 2), ..note(1, Anchor::default()) };
        let id = long.id;
        let mut kept_after = |edit| {
            history.perform(&mut notebook, edit).unwrap();
            keep(&notes, &history, &home).unwrap();
            load(&notes, &home).unwrap().most()
        };
        // To take back that a note was made takes no room, to take back that it was removed takes its text.
        assert_eq!(kept_after(Edit::Add(long.into())), 1);
        assert_eq!(kept_after(Edit::Remove(id)), 0);
        assert_eq!(kept_after(Edit::Add(note(2, Anchor::default()).into())), 1);
    }

    #[test]
    fn a_damaged_history_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(folder.path());
        let notes = folder.path().join("a.ron");
        fs::write(&notes, "// one\n()").unwrap();
        let (mut history, mut notebook) = (History::default(), Notebook::default());
        history.perform(&mut notebook, Edit::Add(note(1, Anchor::default()).into())).unwrap();
        keep(&notes, &history, &home).unwrap();
        let path = path_of(&notes, &home);
        let whole = fs::read(&path).unwrap();
        for byte in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[byte] ^= 1;
            fs::write(&path, flipped).unwrap();
            assert_eq!(load(&notes, &home), None, "{byte}");
        }
    }
}
