//! Earlier versions of the notes of a document: listing them, and going back to one.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Effect, Kept, MessageText, Moment, Place, Reader, Session, Ticket};
use crate::notes::{Annotation, Edit, NoteStates, StateCounts, StateDifference};

/// How many earlier versions of each file of notes are kept, and how long.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct VersionPolicy {
    /// So many of the newest.
    pub newest: usize,
    /// The last of each hour, for so many hours.
    pub hourly_for_hours: u32,
    /// The last of each day, for so many days.
    pub daily_for_days: u32,
    /// The last of each month, for ever.
    pub monthly: bool,
    /// In all no more than so many megabytes for one file; the three newest are kept however large they are.
    pub megabytes: u64,
}

impl Default for VersionPolicy {
    fn default() -> Self {
        Self { newest: 10, hourly_for_hours: 24, daily_for_days: 30, monthly: true, megabytes: 200 }
    }
}

/// An earlier version of the notes of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// What the store calls it.
    pub name: String,
    /// When what it holds was saved.
    pub at: Timestamp,
    /// What it holds; `None` where it cannot be read.
    pub contents: Option<VersionContents>,
    /// Kept for a reason of its own: before another program changed the file, or before copies were joined.
    pub lasting: bool,
}

/// What a version holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VersionContents {
    /// How many notes.
    pub notes: usize,
    /// How much has changed from it to the notes as they are.
    pub since: StateCounts,
    /// What has changed, the first notes of it.
    pub changes: Vec<StateDifference>,
}

/// What a reader does with earlier versions of the notes of the document in front.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum VersionCommand {
    /// List them.
    List,
    /// Go back to the one of that name. It is a step that can be undone.
    Restore(String),
    /// Keep others from now on.
    SetPolicy(VersionPolicy),
}

/// The versions of the notes of the document in front.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Versions {
    /// Nobody has asked for them.
    #[default]
    Unasked,
    /// They are being read.
    Reading(Ticket),
    /// The newest first.
    Read(Vec<Version>),
}

/// What the session knows of versions.
#[derive(Debug, Default)]
pub(super) struct VersionDesk {
    listed: Versions,
    /// The version that is being read to go back to it, and when that was asked for.
    restoring: Option<(Ticket, Moment)>,
}

impl Session {
    /// The versions of the notes of the document in front.
    pub fn versions(&self) -> &Versions {
        &self.version_desk.listed
    }

    /// Whether a version is being read to go back to it.
    pub fn is_restoring(&self) -> bool {
        self.version_desk.restoring.is_some()
    }

    pub(super) fn command_versions(&mut self, command: VersionCommand, moment: Moment) -> Vec<Effect> {
        match command {
            VersionCommand::List => self.list_versions(),
            VersionCommand::Restore(name) => self.read_version(name, moment),
            VersionCommand::SetPolicy(policy) => self.set(|settings| settings.versions = policy),
        }
    }

    pub(super) fn list_versions(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some((place, reader)) = self.place_in_front() else { return Vec::new() };
        let now = Arc::new(reader.kept());
        self.version_desk.listed = Versions::Reading(ticket);
        vec![Effect::ListVersions { ticket, place, now }]
    }

    fn read_version(&mut self, name: String, moment: Moment) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some((place, reader)) = self.place_in_front() else { return Vec::new() };
        if let Some(reason) = reader.refuses_notes() {
            return self.told(reason);
        }
        self.version_desk.restoring = Some((ticket, moment));
        vec![Effect::ReadVersion { ticket, place, name }]
    }

    fn place_in_front(&self) -> Option<(Place, &Reader)> {
        self.active().and_then(|tab| Some((tab.place.clone(), tab.reader()?)))
    }

    pub(super) fn versions_listed(&mut self, ticket: Ticket, versions: Vec<Version>) -> Vec<Effect> {
        if self.version_desk.listed == Versions::Reading(ticket) {
            self.version_desk.listed = Versions::Read(versions);
        }
        Vec::new()
    }

    /// The notes become as they were, in one step. What they were until now is a version of its own.
    pub(super) fn version_read(
        &mut self,
        ticket: Ticket,
        place: &Place,
        result: Result<Box<Kept>, String>,
    ) -> Vec<Effect> {
        let restoring = self.version_desk.restoring.take_if(|(asked, _)| *asked == ticket);
        let front = self.active().is_some_and(|tab| tab.place == *place);
        let Some((_, moment)) = restoring.filter(|_| front) else { return Vec::new() };
        let version = match result {
            Ok(version) => version,
            Err(reason) => return self.told(MessageText::VersionNotRead(reason)),
        };
        let edits = self.reader().map_or_else(Vec::new, |reader| edits_back(reader, &version, moment));
        let notes = version.annotations.len();
        let mut effects = Vec::new();
        if !edits.is_empty() {
            effects.extend(self.edit(Edit::Group(edits), false));
        }
        effects.extend(self.list_versions());
        self.tell(MessageText::VersionRestored { notes });
        effects
    }
}

/// What makes the notes as they were. Going back is a change of today: another copy of the notes must not take it for
/// an old one.
fn edits_back(reader: &Reader, version: &Kept, moment: Moment) -> Vec<Edit> {
    let notebook = reader.notebook();
    let notes: Vec<Arc<Annotation>> = notebook.iter_shared().cloned().collect();
    let then = NoteStates::new(&version.annotations, &[]);
    let different = NoteStates::new(&notes, &[]).different(&then);
    let edits = then.edits_for(&different, notebook);
    edits.into_iter().map(|edit| today(edit, moment)).collect()
}

/// Notes that did not exist then go to the trash, not away.
fn today(edit: Edit, moment: Moment) -> Edit {
    let changed =
        |note: Arc<Annotation>| Arc::new(Annotation { changed: moment.now, ..Arc::unwrap_or_clone(note) });
    match edit {
        Edit::Add(note) => Edit::Add(changed(note)),
        Edit::Replace(note) => Edit::Replace(changed(note)),
        Edit::Remove(id) => Edit::Discard { id, at: moment.now },
        other => other,
    }
}

#[cfg(test)]
#[path = "versions_tests.rs"]
mod tests;
