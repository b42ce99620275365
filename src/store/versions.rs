//! Earlier versions of the notes of a document, for a reader who wants to go back.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::generations::{Generation, Generations, TOGETHER};
use super::shape::{Parsed, Sidecar, parse};
use super::sidecar::{NotesStore, no_text};
use crate::notes::NoteStates;
use crate::session::{Kept, Place, Version, VersionContents};

impl NotesStore {
    /// The earlier versions of the notes of a document, the newest first, each with what has changed until `now`.
    pub fn versions(&self, place: &Place, now: &Kept) -> Vec<Version> {
        let now_states = NoteStates::new(&now.annotations, &now.trash);
        let mut all: Vec<Generation> =
            self.generations_of(place, now).iter().flat_map(Generations::all).collect();
        all.sort_by_key(|generation| std::cmp::Reverse(generation.at));
        all.into_iter().map(|generation| version(&generation, &now_states)).collect()
    }

    /// What the version of that name holds. Errors: why it cannot be read.
    pub fn version(&self, place: &Place, name: &str) -> Result<Kept, String> {
        let files = self.generations_of(place, &Kept::default());
        let path = files.iter().find_map(|generations| generations.named(name));
        let path = path.ok_or_else(|| format!("there is no version of that name any more: {name}"))?;
        let sidecar = read(&path).map_err(|reason| format!("{reason}: {}", path.display()))?;
        Ok(sidecar.kept)
    }

    /// The versions of a document that has come from there are its versions too.
    pub(super) fn bring_versions(&self, from: &Place, to: &Place, now: &Kept) {
        let own = Generations::of(&self.path(to), &self.home);
        for generations in self.generations_of(from, now) {
            // Without them only the way back is shorter, and they stay where they were.
            drop(own.take_over(&generations));
        }
    }

    /// Of the file beside the document and of that in the data folder.
    fn generations_of(&self, place: &Place, now: &Kept) -> Vec<Generations> {
        let elsewhere = self.elsewhere(place, Some(now.text.unwrap_or_else(no_text)));
        let paths = [self.path(place)].into_iter().chain(elsewhere);
        paths.map(|path| Generations::of(&path, &self.home)).collect()
    }
}

fn version(generation: &Generation, now: &NoteStates) -> Version {
    let kept = read(&generation.path).ok().map(|sidecar| sidecar.kept);
    let contents = kept.as_ref().map(|kept| {
        let then = NoteStates::new(&kept.annotations, &kept.trash);
        let mut changes = then.differences_until(now);
        changes.truncate(CHANGES);
        VersionContents { notes: kept.annotations.len(), since: then.count_until(now), changes }
    });
    let at = kept.map_or(generation.at, |kept| moment_of(generation, &kept));
    let name = generation.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Version { name, at, contents, lasting: generation.lasting }
}

/// So many changed notes are told for each version.
const CHANGES: usize = 50;

/// When the last of what a version holds was done: it was begun earlier where saves followed one another closely.
fn moment_of(generation: &Generation, kept: &Kept) -> Timestamp {
    let changed = kept.annotations.iter().map(|note| note.changed);
    let deleted = kept.trash.iter().map(|trashed| trashed.at);
    let last = changed.chain(deleted).max().unwrap_or(generation.at);
    // Notes from elsewhere say whatever their clocks said.
    let end = generation.at.checked_add(TOGETHER).unwrap_or(generation.at);
    if generation.lasting { generation.at } else { last.clamp(generation.at, end) }
}

fn read(path: &Path) -> Result<Sidecar, String> {
    let bytes = fs::read(PathBuf::from(path)).map_err(|error| error.to_string())?;
    match parse(&bytes) {
        Parsed::Good { sidecar, .. } | Parsed::Newer { sidecar, .. } => Ok(*sidecar),
        Parsed::Damaged(reason) => Err(reason),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::SignedDuration;

    use super::*;
    use crate::notes::sample::note;
    use crate::notes::{Anchor, Annotation, StateCounts};
    use crate::session::VersionPolicy;

    const BEGUN: &str = "2026-11-22T09:12:00Z";

    fn generation(lasting: bool) -> Generation {
        Generation { at: BEGUN.parse().unwrap(), path: PathBuf::new(), bytes: 0, lasting }
    }

    /// Notes of which the last was changed so many seconds after the version was begun.
    fn kept(after: i64, text: &str) -> Kept {
        let begun: Timestamp = BEGUN.parse().unwrap();
        let changed = begun + SignedDuration::from_secs(after);
        let note = Annotation { changed, text: text.to_owned(), ..note(1, Anchor::default()) };
        Kept { annotations: vec![Arc::new(note)].into(), ..Kept::default() }
    }

    #[test]
    fn a_version_is_called_by_the_time_of_what_it_holds() {
        let check = |after: i64, lasting, expected: &str| {
            assert_eq!(moment_of(&generation(lasting), &kept(after, "")).to_string(), expected, "{after}");
        };
        check(75, false, "2026-11-22T09:13:15Z");
        check(-3600, false, BEGUN);
        check(86_400, false, "2026-11-22T09:14:00Z");
        check(75, true, BEGUN);
    }

    #[test]
    fn what_changed_since_is_told_note_by_note() {
        let folder = tempfile::tempdir().unwrap();
        let store = NotesStore::new(crate::store::Home::within(folder.path()));
        let place = Place::File(folder.path().join("a.txt"));
        let then = kept(0, "then");
        let generations = Generations::of(&store.path(&place), &store.home);
        let bytes = super::super::shape::print(&Sidecar { kept: then, ..Sidecar::default() });
        generations.add(bytes.as_bytes(), &VersionPolicy::default()).unwrap();
        let versions = store.versions(&place, &kept(9, "now"));
        let contents = versions[0].contents.as_ref().unwrap();
        assert_eq!(contents.since, StateCounts { changed: 1, ..StateCounts::default() });
        let texts: Vec<_> = contents
            .changes
            .iter()
            .map(|change| [&change.before, &change.after].map(|note| note.as_ref().unwrap().text.clone()))
            .collect();
        assert_eq!(texts, [["then", "now"]]);
    }
}
