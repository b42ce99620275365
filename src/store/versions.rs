//! Earlier versions of the notes of a document, for a reader who wants to go back.

use std::fs;
use std::path::{Path, PathBuf};

use super::generations::{Generation, Generations};
use super::shape::{Parsed, Sidecar, parse};
use super::sidecar::{NotesStore, no_text};
use crate::notes::NoteStates;
use crate::session::{Kept, Place, Version, VersionContents, VersionPolicy};

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

    /// Keeps other earlier versions from now on.
    pub fn keep_versions(&self, policy: VersionPolicy) {
        self.files.keep_versions(policy);
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
    let contents = read(&generation.path).ok().map(|Sidecar { kept, .. }| VersionContents {
        notes: kept.annotations.len(),
        since: NoteStates::new(&kept.annotations, &kept.trash).count_until(now),
    });
    let name = generation.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Version { name, at: generation.at, contents, lasting: generation.lasting }
}

fn read(path: &Path) -> Result<Sidecar, String> {
    let bytes = fs::read(PathBuf::from(path)).map_err(|error| error.to_string())?;
    match parse(&bytes) {
        Parsed::Good { sidecar, .. } | Parsed::Newer { sidecar, .. } => Ok(*sidecar),
        Parsed::Damaged(reason) => Err(reason),
    }
}
