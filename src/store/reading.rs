//! Reading a document and its notes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::apart::{Bounds, read_while_wanted};
use super::beside::beside;
use super::familiar::whole;
use super::sidecar::{Loaded, NotesStore, Touch};
use crate::document::Document;
use crate::exchange::Format;
use crate::import::{self, BEGINNING, Beside, ImportError, Imported, LONG, News, Password, ReadOptions};
use crate::notes::{Annotation, Found, NoteId, locate_all, locate_in_place, verify_all};
use crate::session::{OpenError, Opened, Place, ReadingChoices, Sample};
use crate::text::Span;

/// Whoever waits for a document.
pub(super) struct Listener<'a> {
    /// Is told how far it is, and its first pages.
    pub(super) tell: &'a mut dyn FnMut(News),
    /// Whether the document is still wanted.
    pub(super) wanted: &'a AtomicBool,
}

/// What could hurt may have so many bytes: its reader needs them and as much again.
const MOST_APART: u64 = 1024 * 1024 * 1024;

/// Reads a document, without its notes. `tell` hears meanwhile how far it is, and gets the first pages of a long one.
pub fn read_document(
    place: &Place,
    choices: &ReadingChoices,
    tell: &mut dyn FnMut(News),
) -> Result<Imported, OpenError> {
    read_for(place, choices, &mut Listener { tell, wanted: &AtomicBool::new(true) })
}

fn read_for(
    place: &Place,
    choices: &ReadingChoices,
    listener: &mut Listener<'_>,
) -> Result<Imported, OpenError> {
    let options = ReadOptions {
        encoding: choices.encoding.clone(),
        repairs: choices.repairs.clone(),
        format: None,
        password: choices.password.clone(),
        beside: if let Place::File(path) = place { beside(path) } else { Beside::default() },
    };
    let name = place.name();
    let bytes = match place {
        Place::Sample(sample) => Sample::named(sample).ok_or(OpenError::NoSuchSample)?.bytes.to_vec(),
        Place::File(path) => read_file(path, &mut |first| {
            // What could hurt is not touched here, and not even taken in where it is too large for its reader.
            if import::is_hazardous(&name, first, &options) {
                return MOST_APART;
            }
            if let Some(Ok(first)) = import::read_beginning(&name, first, &options.as_plain_text()) {
                (listener.tell)(News::Beginning(Box::new(first)));
            }
            Span::MOST as u64
        })?,
    };
    if matches!(place, Place::File(_))
        && let Some(format) = Format::surely(&bytes)
    {
        return Err(OpenError::HoldsNotes(format));
    }
    Ok(read_while_wanted(&name, bytes, &options, listener.tell, listener.wanted)?)
}

/// So many notes are looked for before a document is opened; where more have left their places, none is.
const FEW: usize = 64;

/// The same in a text of so many bytes at most.
const SHORT: usize = 256 * 1024;

/// Reads a document with the notes that are kept for it. Those that stand in their places are found, and all others
/// where that takes no time that a reader would notice; else the session has them looked for.
///
/// `choices` are the reader's of this moment; `None` takes those that are kept with the notes. The password is used
/// here and kept nowhere.
pub(super) fn open(
    store: &NotesStore,
    place: &Place,
    (choices, password): (Option<&ReadingChoices>, Option<&Password>),
    listener: &mut Listener<'_>,
    unsaved: impl FnOnce(&mut Loaded),
) -> Result<Opened, OpenError> {
    let chosen = choices.cloned().unwrap_or_else(|| store.choices(place));
    let imported = read_for(place, &ReadingChoices { password: password.cloned(), ..chosen }, listener)?;
    let mut loaded = store.load(place, imported.document.id(), Touch::SetAside);
    unsaved(&mut loaded);
    let found = if imported.may_be_damaged() {
        verify_all(loaded.kept.notes(), &imported.document)
    } else {
        found_at_once(loaded.kept.notes(), &imported.document)
    };
    let real = Some(whole(place)).filter(|real| real != place);
    Ok(Opened { real, imported, kept: loaded.kept, found, notes: loaded.file, history: loaded.history })
}

fn found_at_once<'n>(
    notes: impl Iterator<Item = &'n Annotation> + Clone,
    document: &Document,
) -> Vec<(NoteId, Found)> {
    let mut found = locate_in_place(notes.clone(), document);
    let known: BTreeSet<NoteId> = found.iter().map(|(id, _)| *id).collect();
    let others: Vec<&Annotation> = notes.filter(|note| !known.contains(&note.id)).collect();
    if others.len() <= FEW && document.text().len() <= SHORT {
        found.extend(locate_all(others, document));
    }
    found
}

/// Reads a file. `beginning` gets the beginning of a longer one, and says how many bytes it may have.
fn read_file(path: &Path, beginning: &mut dyn FnMut(&[u8]) -> u64) -> Result<Vec<u8>, OpenError> {
    let unreadable = |error: std::io::Error| OpenError::of_system(&error);
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        // A pipe or a device might never end.
        let (kind, reason) = if metadata.is_dir() {
            (ErrorKind::IsADirectory, "it is a folder")
        } else {
            (ErrorKind::InvalidInput, "it is not an ordinary file")
        };
        return Err(OpenError::Unreadable { kind, reason: reason.to_owned() });
    }
    let mut most = Span::MOST as u64;
    let too_large = |bytes: u64| Err(OpenError::Import(ImportError::TooLarge(bytes)));
    if metadata.len() > most {
        return too_large(metadata.len());
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let length = usize::try_from(metadata.len()).unwrap_or(0);
    let mut bytes = Vec::new();
    if length > LONG {
        Read::by_ref(&mut file).take(BEGINNING as u64).read_to_end(&mut bytes).map_err(unreadable)?;
        most = beginning(&bytes);
        if metadata.len() > most {
            let mebibytes = Bounds::default().mebibytes;
            return Err(OpenError::Import(ImportError::NeedsTooMuchMemory { mebibytes }));
        }
    }
    bytes.reserve_exact(length.saturating_sub(bytes.len()).saturating_add(1));
    // It may have grown meanwhile.
    let left = most.saturating_sub(bytes.len() as u64);
    file.take(left.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most { too_large(bytes.len() as u64) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_page_is_read_with_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let page = "<html><head><title>約定</title></head><body><iframe src=\"./頁_files/a.html\"></iframe></body></html>";
        fs::write(folder.path().join("頁.html"), page).unwrap();
        fs::create_dir(folder.path().join("頁_files")).unwrap();
        fs::write(folder.path().join("頁_files/a.html"), "<p>人人守時，愛惜書本。</p>").unwrap();
        let place = Place::File(folder.path().join("頁.html"));
        let read = read_document(&place, &ReadingChoices::default(), &mut |_| {}).unwrap();
        assert_eq!(read.document.text().as_ref(), "人人守時，愛惜書本。");
        assert_eq!(read.warnings, []);
    }

    #[test]
    fn what_is_too_large_for_its_reader_is_not_taken_in() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        fs::write(&path, "%PDF-1.7\n").unwrap();
        File::options().write(true).open(&path).unwrap().set_len(MOST_APART + 1).unwrap();
        let read = read_document(&Place::File(path), &ReadingChoices::default(), &mut |_| {});
        let refused = matches!(read, Err(OpenError::Import(ImportError::NeedsTooMuchMemory { .. })));
        assert!(refused, "{read:?}");
    }
}
