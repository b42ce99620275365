//! The files of comparisons: where they lie, how they are read and written.
//!
//! A comparison lies beside its left document, in a file named after both; or, where nothing can be written
//! there, in the reader's data folder. It is known by what it says of its documents, not by its name. Nothing
//! that could not be read is ever deleted or overwritten.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::Home;
use super::careful::{CarefulFiles, SaveError};
use super::comparison_merge::{Told, merge};
use super::comparison_record::{absolute, changed_since, follow, modified, section_fits, take_in};
use super::comparison_shape::{Filed, FiledSection, FiledSide, ParsedComparison, parse, print};
use super::generations::Generations;
use super::reading::read_document;
use super::real::real;
use super::replace::{FileError, folder_of, make_folder, read_if_there};
use super::shape::Checksum;
use super::sidecar::NotesStore;
use crate::compare::{Part, Side};
use crate::document::{Document, TextId};
use crate::session::{COMPARISON_ENDING, ComparisonFile, ComparisonRead, KeptComparison, Place, SectionEnds};

/// Reads and writes the files of comparisons.
#[derive(Debug)]
pub struct ComparisonStore {
    home: Home,
    files: CarefulFiles,
    /// What the session last said or was last told of each comparison, and the file of it.
    told: Mutex<BTreeMap<Key, (PathBuf, Told)>>,
    /// Files that the reader has opened by name, wherever they lie.
    opened: Mutex<Vec<PathBuf>>,
}

/// Which comparison: of each side the place, the blocks that are compared and the text that has these, the same
/// whichever is the left one. What was said about one text takes nothing back of what was said about another.
type Key = [(Place, usize, usize, TextId); 2];

/// A comparison that is asked for.
#[derive(Clone, Debug)]
pub struct AskedComparison {
    /// Where the left document is read from.
    pub left: Place,
    /// Where the right document is read from.
    pub right: Place,
    /// What of each is compared, the left one first.
    pub parts: (Part, Part),
}

impl AskedComparison {
    fn of(kept: &KeptComparison) -> Self {
        Self {
            left: kept.left.clone(),
            right: kept.right.clone(),
            parts: (kept.left_part.clone(), kept.right_part.clone()),
        }
    }

    /// Where the document of a side is read from.
    pub(super) fn place(&self, side: Side) -> &Place {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// What is compared of a side.
    pub(super) fn part(&self, side: Side) -> &Part {
        match side {
            Side::Left => &self.parts.0,
            Side::Right => &self.parts.1,
        }
    }

    /// Which it is, and whether its sides stand there the other way round.
    fn key(&self) -> (Key, bool) {
        let [left, right] = Side::BOTH.map(|side| {
            let range = self.part(side).range();
            (self.place(side).clone(), range.start, range.end, self.part(side).document().id())
        });
        if left <= right { ([left, right], false) } else { ([right, left], true) }
    }
}

/// One file as it was found.
enum Found {
    Absent(PathBuf),
    Good(PathBuf, Box<Filed>, Checksum),
    Newer(PathBuf, u32, Box<Filed>),
    Damaged(PathBuf, String, Vec<u8>),
}

impl ComparisonStore {
    /// Comparisons beside their left documents, or else within `home`.
    pub fn new(home: Home) -> Self {
        Self {
            files: CarefulFiles::within(home.clone()),
            home,
            told: Mutex::default(),
            opened: Mutex::default(),
        }
    }

    /// Reads what is kept of a comparison. Never fails: what could not be read is said in the remarks.
    ///
    /// `None` where nothing is kept and there is nothing to tell.
    pub fn read(&self, asked: &AskedComparison) -> Option<ComparisonRead> {
        let mut read = ComparisonRead::default();
        let found = match self.find(asked) {
            Ok(found) => found,
            Err(error) => {
                read.read_only = Some(error.to_string());
                return Some(read);
            }
        };
        let (path, filed) = match found {
            Found::Absent(path) => {
                let filed = self.recover_absent(&path, asked, &mut read);
                (path, filed)
            }
            Found::Good(path, filed, checksum) => {
                read.remarks.extend(changed_by_hand(checksum, &path));
                (path, Some(*filed))
            }
            Found::Newer(path, format, filed) => {
                read.read_only = Some(SaveError::Newer { format, path: path.clone() }.to_string());
                (path, Some(*filed))
            }
            Found::Damaged(path, reason, bytes) => {
                let filed = self.recover_damaged(&path, &reason, &bytes, &mut read);
                (path, filed)
            }
        };
        let nothing = filed.is_none() && read.remarks.is_empty() && read.read_only.is_none();
        if nothing {
            return None;
        }
        read.path.clone_from(&path);
        if let Some(filed) = filed {
            let told = take_in(&filed, asked, modified(&path), &mut read);
            self.remember(asked, path, told);
        }
        Some(read)
    }

    /// Keeps what the session says of a comparison, and answers where.
    ///
    /// The file is read again before; what another program decided meanwhile is kept, and so is every ruling
    /// that has no place in the documents as they are now. After an error the old file is whole.
    pub fn save(&self, kept: &KeptComparison) -> Result<PathBuf, SaveError> {
        let asked = AskedComparison::of(kept);
        let mut refused = None;
        for folder in self.folders(&asked) {
            match self.save_in(&folder, refused.is_some(), &asked, kept) {
                Err(SaveError::File(error)) if error.is_refusal() => refused = Some(error),
                result => return result,
            }
        }
        let nowhere = || FileError::while_doing("save", Path::new(""))(std::io::ErrorKind::NotFound.into());
        Err(SaveError::File(refused.unwrap_or_else(nowhere)))
    }

    /// Where a file that is there may not be written (`refused`), another one takes over in `folder`.
    fn save_in(
        &self,
        folder: &Path,
        refused: bool,
        asked: &AskedComparison,
        kept: &KeptComparison,
    ) -> Result<PathBuf, SaveError> {
        if *folder == self.elsewhere() {
            make_folder(folder)?;
        }
        // The lock is of the first name that such a file would have, so that two windows that keep the same
        // pair come to the same file.
        let first = folder.join(file_name(asked, 1));
        let _first = self.files.begin(&first)?;
        let (found, theirs) = match self.find(asked)? {
            Found::Absent(_) => (None, Filed::default()),
            Found::Good(path, filed, _) => (Some(path), *filed),
            Found::Newer(path, format, _) => return Err(SaveError::Newer { format, path }),
            Found::Damaged(path, _, bytes) => {
                self.files.set_aside(&path, &bytes)?;
                (Some(path), Filed::default())
            }
        };
        let here = found.filter(|path| !refused || folder_of(path) == folder);
        let path = here.unwrap_or_else(|| free_name(folder, asked));
        let _own = if path == first { None } else { self.files.begin(&path)? };
        self.write(&path, asked, kept, theirs)?;
        Ok(path)
    }

    fn write(
        &self,
        path: &Path,
        asked: &AskedComparison,
        kept: &KeptComparison,
        theirs: Filed,
    ) -> Result<(), SaveError> {
        let before = self.last_told(asked).map(|(_, told)| told).unwrap_or_default();
        let told = merge(before, kept, asked, folder_of(path), theirs, Timestamp::now());
        let bytes = print(&told.filed).into_bytes();
        if read_if_there(path)?.as_ref() != Some(&bytes) {
            self.files.write(path, &bytes)?;
        }
        self.remember(asked, path.to_owned(), told);
        Ok(())
    }

    fn told(&self) -> std::sync::MutexGuard<'_, BTreeMap<Key, (PathBuf, Told)>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the session last said or was last told of a comparison, and the file of it.
    fn last_told(&self, asked: &AskedComparison) -> Option<(PathBuf, Told)> {
        let (key, turned) = asked.key();
        let (path, told) = self.told().get(&key).cloned()?;
        Some((path, if turned { told.turned() } else { told }))
    }

    /// The files that were used for both documents before, whatever their texts were then.
    fn last_paths(&self, asked: &AskedComparison) -> Vec<PathBuf> {
        let is_of = |[one, other]: &Key| {
            let (one, other) = (&one.0, &other.0);
            (one == &asked.left && other == &asked.right) || (one == &asked.right && other == &asked.left)
        };
        self.told().iter().filter(|(key, _)| is_of(key)).map(|(_, (path, _))| path.clone()).collect()
    }

    fn remember(&self, asked: &AskedComparison, path: PathBuf, told: Told) {
        let (key, turned) = asked.key();
        let told = if turned { told.turned() } else { told };
        self.told().insert(key, (path, told));
    }

    fn elsewhere(&self) -> PathBuf {
        self.home.data().join("comparisons")
    }

    /// Where a new file may be made, the best place first.
    fn folders(&self, asked: &AskedComparison) -> Vec<PathBuf> {
        folder_beside(&asked.left).into_iter().chain([self.elsewhere()]).collect()
    }

    /// Where the file may lie. Where the sides were changed over since, it lies beside the other document.
    fn all_folders(&self, asked: &AskedComparison) -> Vec<PathBuf> {
        let mut folders = self.folders(asked);
        folders.extend(folder_beside(&asked.right).filter(|folder| !folders.contains(folder)));
        folders
    }

    /// The file that is kept of a comparison; of several the one that fits best, and of these the newest.
    ///
    /// Errors: a file that may be the one cannot be read. Those of other comparisons do not matter.
    fn find(&self, asked: &AskedComparison) -> Result<Found, FileError> {
        let folders = self.all_folders(asked);
        let first = file_name(asked, 1);
        let last = self.last_paths(asked);
        let mut best: Option<((u32, Option<Timestamp>), Found)> = None;
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for path in opened.into_iter().chain(folders.iter().flat_map(|folder| files_in(folder, &first))) {
            let looked = match look(&path, asked, &first) {
                Err(_) if !last.contains(&path) && !is_named_after(&path, asked) => continue,
                looked => looked?,
            };
            let Some((fit, found)) = looked else { continue };
            let rank = (fit, modified(&path));
            if fit > 0 && best.as_ref().is_none_or(|(best, _)| rank > *best) {
                best = Some((rank, found));
            }
        }
        let absent =
            || Found::Absent(folders.first().map_or_else(PathBuf::new, |folder| folder.join(&first)));
        Ok(best.map_or_else(absent, |(_, found)| found))
    }

    /// Reads a comparison's file by its name, to open both documents and the comparison.
    ///
    /// Errors: the file cannot be read or is none of a comparison, in words for the reader.
    pub fn open(&self, path: &Path, notes: &NotesStore) -> Result<ComparisonFile, String> {
        let bytes = read_if_there(path).map_err(|error| error.to_string())?;
        let bytes = bytes.ok_or_else(|| format!("there is no such file: {}", path.display()))?;
        let mut remarks = Vec::new();
        let filed = match parse(&bytes) {
            ParsedComparison::Good(filed, _) | ParsedComparison::Newer(_, filed) => *filed,
            ParsedComparison::Damaged(reason) => {
                let damaged =
                    format!("the file with the comparison is damaged ({reason}): {}", path.display());
                let (from, filed) = self.newest_generation(path).ok_or_else(|| damaged.clone())?;
                remarks.extend([damaged, format!("it was recovered from the copy at {}", from.display())]);
                filed
            }
        };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let [left, right] = Side::BOTH.map(|side| open_side(filed.side(side), &path, notes, &mut remarks));
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if !opened.contains(&path) {
            opened.push(path);
        }
        Ok(ComparisonFile { left, right, remarks })
    }

    /// A file that is gone is no reason to forget what was decided: an earlier version for the same texts counts.
    fn recover_absent(
        &self,
        path: &Path,
        asked: &AskedComparison,
        read: &mut ComparisonRead,
    ) -> Option<Filed> {
        let (from, filed) = self.newest_generation(path)?;
        let same = Side::BOTH.iter().all(|&side| {
            let id = Some(asked.part(side).document().id());
            filed.side(side).document == id && section_fits(filed.side(side), asked.part(side))
        });
        if !same {
            return None;
        }
        read.remarks.push(format!(
            "the file with the comparison is gone; it was taken from the copy at {}",
            from.display()
        ));
        Some(filed)
    }

    fn recover_damaged(
        &self,
        path: &Path,
        reason: &str,
        bytes: &[u8],
        read: &mut ComparisonRead,
    ) -> Option<Filed> {
        read.remarks.push(format!("the file with the comparison is damaged ({reason}): {}", path.display()));
        match self.files.set_aside(path, bytes) {
            Ok(aside) => read.remarks.push(format!("what it holds was copied to {}", aside.display())),
            // Without a copy it is not to be overwritten.
            Err(error) => read.read_only = Some(error.to_string()),
        }
        let (from, filed) = self.newest_generation(path)?;
        read.remarks.push(format!("the comparison was recovered from the copy at {}", from.display()));
        Some(filed)
    }

    fn newest_generation(&self, path: &Path) -> Option<(PathBuf, Filed)> {
        Generations::of(path, &self.home).newest_that(|bytes| match parse(bytes) {
            ParsedComparison::Good(filed, Checksum::Matches) => Some(*filed),
            _ => None,
        })
    }
}

/// The file at `path`, and how well it fits; `None` where it is gone. A damaged file says nothing of itself
/// but its name.
fn look(path: &Path, asked: &AskedComparison, first: &str) -> Result<Option<(u32, Found)>, FileError> {
    let Some(bytes) = read_if_there(path)? else { return Ok(None) };
    let own = path.to_owned();
    Ok(Some(match parse(&bytes) {
        ParsedComparison::Good(filed, checksum) => {
            let (fit, filed) = turned_to_fit(filed, asked, path);
            (fit, Found::Good(own, filed, checksum))
        }
        ParsedComparison::Newer(format, filed) => {
            let (fit, filed) = turned_to_fit(filed, asked, path);
            (fit, Found::Newer(own, format, filed))
        }
        ParsedComparison::Damaged(reason) => {
            let named = path.file_name().is_some_and(|name| *name == *first);
            (u32::from(named), Found::Damaged(own, reason, bytes))
        }
    }))
}

/// The file with its sides as they are asked for, and how well it fits.
fn turned_to_fit(filed: Box<Filed>, asked: &AskedComparison, path: &Path) -> (u32, Box<Filed>) {
    match fit(&filed, asked, path) {
        0 => {
            let turned = Box::new(filed.turned());
            (fit(&turned, asked, path), turned)
        }
        fit => (fit, filed),
    }
}

fn folder_beside(place: &Place) -> Option<PathBuf> {
    match place {
        Place::File(document) => Some(folder_of(&real(document)).to_owned()),
        Place::Sample(_) => None,
    }
}

/// Where a document of the file at `path` is now, and how the section of it that is compared is found.
fn open_side(
    filed: &FiledSide,
    path: &Path,
    notes: &NotesStore,
    remarks: &mut Vec<String>,
) -> (Place, Option<SectionEnds>) {
    let read = |place: Place| {
        let imported = read_document(&place, &notes.choices(&place), &mut |_| {}).ok()?;
        Some((place, imported.document))
    };
    let ends = filed.section.as_ref().map(FiledSection::ends);
    let mut there: Vec<(Place, Document)> = places_of(filed, folder_of(path)).filter_map(read).collect();
    let same = there.iter().position(|(_, document)| Some(document.id()) == filed.document);
    if there.is_empty() {
        let place = Place::from_words(&filed.place);
        remarks.push(format!("a document of the comparison is missing: {} ({})", place.name(), filed.place));
        return (place, ends);
    }
    let (place, _) = there.swap_remove(same.unwrap_or(0));
    if same.is_none() {
        remarks.push(changed_since(&place, modified(path)));
    }
    (place, ends)
}

/// How well a file fits what is asked for, from 1; 0 where it is about something else.
///
/// A document is the same at the same place, whatever its text; at another place only if its text is the same
/// and nothing is at the old place any more.
fn fit(filed: &Filed, asked: &AskedComparison, path: &Path) -> u32 {
    let of_side = |side: Side| {
        let (filed, part) = (filed.side(side), asked.part(side));
        let same_text = filed.document == Some(part.document().id());
        let fit = match same_place(filed, asked.place(side), folder_of(path)) {
            true => 3,
            false if same_text && !still_there(filed, folder_of(path)) => 1,
            false => return 0,
        };
        if section_fits(filed, part) { fit + u32::from(same_text) } else { 0 }
    };
    let (left, right) = (of_side(Side::Left), of_side(Side::Right));
    if left == 0 || right == 0 { 0 } else { left + right }
}

fn same_place(side: &FiledSide, place: &Place, folder: &Path) -> bool {
    let near = || match place {
        Place::File(path) => !side.near.is_empty() && follow(folder, &side.near) == real(path),
        Place::Sample(_) => false,
    };
    side.place == absolute(place).to_words() || near()
}

fn still_there(side: &FiledSide, folder: &Path) -> bool {
    places_of(side, folder).next().is_some()
}

/// The places where the document of a side is now, the likeliest first.
fn places_of(side: &FiledSide, folder: &Path) -> impl Iterator<Item = Place> {
    let near = (!side.near.is_empty()).then(|| Place::File(follow(folder, &side.near)));
    let place = Some(Place::from_words(&side.place)).filter(|place| near.as_ref() != Some(place));
    near.into_iter().chain(place).filter(|place| match place {
        Place::File(path) => path.is_file(),
        Place::Sample(name) => crate::session::Sample::named(name).is_some(),
    })
}

/// The comparison files in a folder, those whose names begin as `first` does before the others.
fn files_in(folder: &Path, first: &str) -> Vec<PathBuf> {
    let stem = first.strip_suffix(COMPARISON_ENDING).unwrap_or(first);
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(COMPARISON_ENDING)).collect();
    names.sort_by_key(|name| (!name.starts_with(stem), name.len(), name.clone()));
    names.into_iter().map(|name| folder.join(name)).collect()
}

/// So much of each document's name stands in the name of the file, in bytes.
const MOST_NAME: usize = 90;

/// The name of the file of a comparison, or the one with a number after it.
fn file_name(asked: &AskedComparison, number: u32) -> String {
    let number = if number > 1 { format!(" {number}") } else { String::new() };
    format!("{}{number}{COMPARISON_ENDING}", both_names(&asked.left, &asked.right))
}

fn both_names(left: &Place, right: &Place) -> String {
    let short = |place: &Place| {
        let name = place.name();
        let end = name.floor_char_boundary(MOST_NAME);
        name.get(..end).unwrap_or_default().to_owned()
    };
    format!("{} ⇄ {}", short(left), short(right))
}

/// Whether the name of a file begins with those of both documents, in whichever order.
fn is_named_after(path: &Path, asked: &AskedComparison) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let names = [both_names(&asked.left, &asked.right), both_names(&asked.right, &asked.left)];
    names.iter().any(|both| name.starts_with(both.as_str()))
}

/// The first name that nothing has: a pair may be compared in several sections.
fn free_name(folder: &Path, asked: &AskedComparison) -> PathBuf {
    let names = (1..=u32::MAX).map(|number| folder.join(file_name(asked, number)));
    names.into_iter().find(|path| !path.exists()).unwrap_or_else(|| folder.join(file_name(asked, 1)))
}

fn changed_by_hand(checksum: Checksum, path: &Path) -> Option<String> {
    (checksum == Checksum::Differs).then(|| {
        format!(
            "the comparison was changed by another program or by hand since Duidu wrote it: {}",
            path.display()
        )
    })
}

#[cfg(test)]
#[path = "comparisons_tests.rs"]
mod tests;
