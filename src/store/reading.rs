//! Reading a document and its notes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::apart::read_while_wanted;
use super::familiar::whole;
use super::sidecar::{Loaded, NotesStore, Touch};
use crate::document::Document;
use crate::import::{self, BEGINNING, ImportError, Imported, LONG, News, Password, ReadOptions};
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
    };
    let name = place.name();
    let bytes = match place {
        Place::Sample(sample) => Sample::named(sample).ok_or(OpenError::NoSuchSample)?.bytes.to_vec(),
        Place::File(path) => read_file(path, &mut |first| {
            // What could hurt is not touched here.
            let harmless = !import::is_hazardous(&name, first, &options);
            if let Some(Ok(first)) =
                harmless.then(|| import::read_beginning(&name, first, &options)).flatten()
            {
                (listener.tell)(News::Beginning(Box::new(first)));
            }
        })?,
    };
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

fn read_file(path: &Path, beginning: &mut dyn FnMut(&[u8])) -> Result<Vec<u8>, OpenError> {
    let unreadable = |error: std::io::Error| OpenError::Unreadable { reason: error.to_string() };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        // A pipe or a device might never end.
        let reason = if metadata.is_dir() { "it is a folder" } else { "it is not an ordinary file" };
        return Err(OpenError::Unreadable { reason: reason.to_owned() });
    }
    if metadata.len() > Span::MOST as u64 {
        return Err(OpenError::Import(ImportError::TooLarge(metadata.len())));
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let length = usize::try_from(metadata.len()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(length.saturating_add(1));
    if length > LONG {
        Read::by_ref(&mut file).take(BEGINNING as u64).read_to_end(&mut bytes).map_err(unreadable)?;
        beginning(&bytes);
    }
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}
