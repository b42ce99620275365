//! Which of the notes listed are chosen, and which line is in focus.

use super::{AllNotes, ListLine};
use crate::notes::{Collection, NoteKey};

impl AllNotes {
    pub(super) fn focus_on(&mut self, line: usize) {
        self.focus = (line < self.listing.lines().len()).then_some(line);
        self.anchor = self.focus;
    }

    pub(super) fn move_focus(&mut self, by: isize, extend: bool, collection: &Collection) {
        let Some(last) = self.listing.lines().len().checked_sub(1) else { return };
        let from = self.focus.or(if by < 0 { Some(last) } else { None });
        let to = match from {
            Some(from) => from.saturating_add_signed(by),
            // Without a line in focus, the way down begins above the first.
            None => 0_usize.saturating_add_signed(by.saturating_sub(1)),
        };
        let to = to.min(last);
        if extend {
            self.anchor = self.anchor.or(from);
            self.choose_through(to, collection);
        } else {
            self.focus_on(to);
        }
    }

    /// Chooses what a line holds; where all of that is chosen, no longer.
    pub(super) fn choose(&mut self, line: usize, collection: &Collection) {
        let keys = self.keys_of(line, collection);
        let all = keys.iter().all(|key| self.chosen.contains(key));
        for key in keys {
            if all {
                self.chosen.remove(&key)
            } else {
                self.chosen.insert(key)
            };
        }
        self.focus_on(line);
    }

    /// Chooses the notes of all lines from the one where choosing began.
    pub(super) fn choose_through(&mut self, line: usize, collection: &Collection) {
        let Some(last) = self.listing.lines().len().checked_sub(1) else { return };
        let (line, from) = (line.min(last), self.anchor.unwrap_or(line).min(last));
        for each in from.min(line)..=from.max(line) {
            // The head of a group on the way stands for no more than itself.
            if let Some(ListLine::Note(at)) = self.listing.lines().get(each) {
                self.chosen.extend(collection.key(*at));
            }
        }
        (self.focus, self.anchor) = (Some(line), Some(from));
    }

    pub(super) fn choose_all(&mut self, collection: &Collection) {
        let notes = self.listing.groups().iter().flat_map(|group| self.listing.notes(group));
        self.chosen = notes.filter_map(|at| collection.key(*at)).collect();
    }

    fn keys_of(&self, line: usize, collection: &Collection) -> Vec<NoteKey> {
        self.listing.notes_of_line(line).iter().filter_map(|at| collection.key(*at)).collect()
    }

    /// The note in focus, to be found again when the list was made anew.
    pub(super) fn key_in_focus(&self, collection: &Collection) -> Option<(usize, Option<NoteKey>)> {
        let line = self.focus?;
        Some((line, self.keys_of(line, collection).first().copied()))
    }

    /// The line of the same note, the nearest where it has several; else the line at the same place.
    pub(super) fn focus_again(&mut self, before: Option<(usize, Option<NoteKey>)>, collection: &Collection) {
        let last = self.listing.lines().len().checked_sub(1);
        let (Some((line, key)), Some(last)) = (before, last) else {
            (self.focus, self.anchor) = (None, None);
            return;
        };
        let same = |index: &usize| match self.listing.lines().get(*index) {
            Some(ListLine::Note(at)) => collection.key(*at) == key,
            _ => false,
        };
        let again = (0..=last).filter(same).min_by_key(|index| index.abs_diff(line));
        (self.focus, self.anchor) = (again.or(Some(line.min(last))), None);
    }
}
