//! Reading a document and its notes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::apart::read_bytes;
use super::familiar::whole;
use super::sidecar::{Loaded, NotesStore, Touch};
use crate::document::Document;
use crate::import::{self, ImportError, Imported, News, ReadOptions};
use crate::notes::{Annotation, Found, NoteId, locate_all, locate_in_place, verify_all};
use crate::session::{OpenError, Opened, Place, ReadingChoices, Sample};
use crate::text::Span;

/// A longer file is shown from its beginning before all of it is read.
const LONG: usize = 512 * 1024;

/// So much of it is read first, in bytes.
const BEGINNING: usize = 256 * 1024;

/// Reads a document, without its notes.
///
/// `beginning` gets the first pages of a long one while the rest is read.
pub fn read_document(
    place: &Place,
    choices: &ReadingChoices,
    beginning: &mut dyn FnMut(Imported),
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
                beginning(first);
            }
        })?,
    };
    let mut tell = |news| {
        if let News::Beginning(imported) = news {
            beginning(*imported);
        }
    };
    Ok(read_bytes(&name, bytes, &options, &mut tell)?)
}

/// So many notes are looked for before a document is opened; where more have left their places, none is.
const FEW: usize = 64;

/// The same in a text of so many bytes at most.
const SHORT: usize = 256 * 1024;

/// Reads a document with the notes that are kept for it. Those that stand in their places are found, and all others
/// where that takes no time that a reader would notice; else the session has them looked for.
///
/// `choices` are the reader's of this moment; `None` takes those that are kept with the notes.
pub(super) fn open(
    store: &NotesStore,
    place: &Place,
    choices: Option<&ReadingChoices>,
    beginning: &mut dyn FnMut(Imported),
    unsaved: impl FnOnce(&mut Loaded),
) -> Result<Opened, OpenError> {
    let kept = if choices.is_none() { store.choices(place) } else { ReadingChoices::default() };
    let imported = read_document(place, choices.unwrap_or(&kept), beginning)?;
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
