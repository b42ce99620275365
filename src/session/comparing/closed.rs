//! Comparisons that were closed before what was decided in them was saved: until it is, the reader is told.

use std::collections::BTreeMap;

use super::ComparisonId;
use crate::session::{MessageText, Session};

/// Comparisons that were closed and are not saved yet.
#[derive(Debug, Default)]
pub(in crate::session) struct ClosedComparisons(BTreeMap<ComparisonId, ClosedComparison>);

#[derive(Debug)]
struct ClosedComparison {
    title: String,
    /// Why it is not saved, where that is known.
    reason: Option<String>,
}

impl ClosedComparisons {
    /// What each was called, and why it is not saved where that is known.
    pub(in crate::session) fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.values().map(|closed| (&*closed.title, closed.reason.as_deref()))
    }
}

impl Session {
    /// To be called before a comparison is closed.
    pub(super) fn remember_unsaved_comparison(&mut self, id: ComparisonId) {
        let title = self.title_of(id);
        let Some(state) =
            self.comparison(id).map(super::Comparing::save_state).filter(|state| state.is_unsaved())
        else {
            return;
        };
        let closed = ClosedComparison { title, reason: state.failure() };
        self.closed_unsaved.0.insert(id, closed);
    }

    /// What there is to tell when a comparison that was closed is saved, or not.
    pub(super) fn closed_comparison_saved(
        &mut self,
        id: ComparisonId,
        result: Result<(), String>,
    ) -> Option<MessageText> {
        let closed = self.closed_unsaved.0.remove(&id)?;
        let name = closed.title.clone();
        match result {
            Ok(()) => closed.reason.is_some().then_some(MessageText::SavedAfterAll(name)),
            Err(reason) => {
                let failed_before = closed.reason.is_some();
                self.closed_unsaved.0.insert(id, ClosedComparison { reason: Some(reason.clone()), ..closed });
                (!failed_before).then_some(MessageText::NotSaved { name, reason })
            }
        }
    }
}
