//! Queries that the reader keeps by name.

use serde::{Deserialize, Serialize};

use super::Arrangement;
use crate::notes::NoteQuery;
use crate::session::{Effect, Session};

/// A query that is kept by name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedQuery {
    /// What the reader calls it: not empty, and its own.
    pub name: String,
    /// Which notes are shown.
    pub query: NoteQuery,
    /// How.
    pub arrangement: Arrangement,
}

/// What the reader has chosen for the notes of all documents.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AllNotesSettings {
    /// How they are grouped and sorted.
    pub arrangement: Arrangement,
    /// The queries that are kept, in the order of their names.
    pub saved: Vec<SavedQuery>,
}

impl Session {
    /// The queries that are kept, in the order of their names.
    pub fn saved_queries(&self) -> &[SavedQuery] {
        &self.settings.all_notes.saved
    }

    /// The saved query that is shown now.
    pub fn saved_query_shown(&self) -> Option<&SavedQuery> {
        let all = &self.all_notes;
        self.saved_queries()
            .iter()
            .find(|saved| saved.query == all.query && saved.arrangement == all.arrangement)
    }

    /// Nothing is kept under an empty name.
    pub(super) fn save_query(&mut self, name: &str) -> Vec<Effect> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Vec::new();
        }
        let (query, arrangement) = (self.all_notes.query.clone(), self.all_notes.arrangement);
        self.set(|settings| {
            let saved = &mut settings.all_notes.saved;
            saved.retain(|saved| saved.name != name);
            saved.push(SavedQuery { name, query, arrangement });
            saved.sort_by(|left, right| left.name.cmp(&right.name));
        })
    }

    pub(super) fn use_query(&mut self, name: &str) -> Vec<Effect> {
        let saved = self.saved_queries().iter().find(|saved| saved.name == name).cloned();
        let Some(SavedQuery { query, arrangement, .. }) = saved else { return Vec::new() };
        self.list_anew(|all| all.query = query);
        self.arrange(arrangement)
    }

    pub(super) fn forget_query(&mut self, name: &str) -> Vec<Effect> {
        self.set(|settings| settings.all_notes.saved.retain(|saved| saved.name != name))
    }
}
