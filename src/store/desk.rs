//! What waits to be kept, and when each thing is due.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::merge::save_over;
use super::shape::Sidecar;
use super::sidecar::Unseen;
use crate::notes::History;
use crate::session::{ComparisonId, Kept, KeptComparison, Place, Restored, StepsEverywhere, Ticket};

/// A change is in the journal so long after the last keystroke...
const QUIET: Duration = Duration::from_millis(200);
/// ... and at the latest so long after the first one that is not.
const LATEST: Duration = Duration::from_millis(500);
/// The notes file is written when nothing has changed for so long...
const FILE_QUIET: Duration = Duration::from_secs(3);
/// ... and at the latest so long after the first change.
const FILE_LATEST: Duration = Duration::from_secs(30);
/// Comparisons have no journal: they are saved so long after the last change, and at the latest so long
/// after the first.
const COMPARISON_QUIET: Duration = Duration::from_millis(300);
const COMPARISON_LATEST: Duration = Duration::from_millis(800);
/// The state changes with every turn of the wheel, and is saved no more often than this.
const STATE: Duration = Duration::from_secs(2);
/// How long to wait after the first failure; twice as long after each further one, up to the most.
const RETRY: Duration = Duration::from_secs(1);
const MOST_RETRY: Duration = Duration::from_secs(30);
/// Writing that takes longer is told: a network drive may have stalled.
const SLOW: Duration = Duration::from_secs(5);

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Desk {
    /// In the order in which it was asked for; for one place there may be several.
    pub(super) notes: Vec<Pending<Change>>,
    pub(super) state: Option<Pending<LeftForNext>>,
    /// In the order in which it was asked for; at most one of each comparison and its two texts. What was decided about
    /// a text that was changed since is written too, and first.
    pub(super) comparisons: Vec<Pending<(ComparisonId, Arc<KeptComparison>)>>,
    /// What the files say that the session need not know.
    pub(super) unseen: BTreeMap<Place, Unseen>,
    /// What the session knows not to be saved.
    pub(super) failing: BTreeSet<Place>,
    pub(super) state_failing: Option<String>,
    /// Whose notes file is being written, for which request, since when, and whether it was told that this
    /// takes long.
    pub(super) busy: Option<Busy>,
    pub(super) busy_with_state: bool,
    pub(super) busy_with_comparison: bool,
    /// Whose change is being brought to the journal.
    pub(super) journaling: Option<Place>,
    pub(super) ending: bool,
}

/// What the session leaves for the next run of the program, besides notes; `None` where nothing has changed.
#[derive(Clone, Debug, Default)]
pub(super) struct LeftForNext {
    pub(super) restored: Option<Box<Restored>>,
    pub(super) steps: Option<Arc<StepsEverywhere>>,
}

impl LeftForNext {
    /// What is newer takes the place of what was there.
    fn take(&mut self, newer: Self) {
        let Self { restored, steps } = mem::take(self);
        *self = Self { restored: newer.restored.or(restored), steps: newer.steps.or(steps) };
    }
}

/// The writing of a notes file that goes on.
#[derive(Clone, Debug)]
pub(super) struct Busy {
    pub(super) place: Place,
    pub(super) ticket: Ticket,
    pub(super) since: Instant,
    pub(super) told: bool,
}

/// What the session changed of the notes of a place: from what it was to what it is.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) ticket: Ticket,
    pub(super) place: Place,
    pub(super) base: Arc<Kept>,
    pub(super) ours: Arc<Kept>,
    /// What can be undone then.
    pub(super) history: Arc<History>,
    /// How far it is in the journal.
    pub(super) in_journal: Arc<Kept>,
    /// When the rest is to be brought there; `None` where there is no rest.
    pub(super) journal: Option<Due>,
}

/// Something that is due: when it came, and when its time is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    first: Instant,
    pub(super) at: Instant,
}

impl Due {
    fn after(wait: Duration) -> Self {
        let first = Instant::now();
        Self { first, at: first + wait }
    }

    /// Something more has come to it.
    fn later(self, quiet: Duration, latest: Duration) -> Self {
        Self { at: (Instant::now() + quiet).min(self.first + latest), ..self }
    }
}

/// Something that waits.
#[derive(Clone, Debug)]
pub(super) struct Pending<What> {
    pub(super) what: What,
    pub(super) due: Due,
    pub(super) failure: Option<String>,
    pub(super) attempts: u32,
}

impl<What> Pending<What> {
    fn new(what: What, wait: Duration) -> Self {
        Self { what, due: Due::after(wait), failure: None, attempts: 0 }
    }

    pub(super) fn failed(mut self, reason: String) -> Self {
        let wait = RETRY.saturating_mul(1 << self.attempts.min(8)).min(MOST_RETRY);
        self.attempts += 1;
        self.due.at = Instant::now() + wait;
        self.failure = Some(reason);
        self
    }

    /// To be done at once, whatever came before.
    pub(super) fn make_due(&mut self) {
        (self.due.at, self.failure) = (Instant::now(), None);
    }

    /// Something newer takes the place of what waits. After a failure the next attempt stays when it is.
    fn take(&mut self, change: impl FnOnce(&mut What), quiet: Duration, latest: Duration) {
        change(&mut self.what);
        if self.failure.is_none() {
            self.due = self.due.later(quiet, latest);
        }
    }
}

impl Change {
    /// Makes it on what was read.
    pub(super) fn add_to(&self, kept: &mut Kept) {
        let theirs = Sidecar { kept: mem::take(kept), ..Sidecar::default() };
        *kept = save_over(&self.base, &self.ours, &theirs, Timestamp::now()).kept;
    }
}

impl Desk {
    /// What is to be saved for a place, in its order.
    pub(super) fn changes_of(&self, place: &Place) -> Vec<Change> {
        let of_place = self.notes.iter().filter(|pending| pending.what.place == *place);
        of_place.map(|pending| pending.what.clone()).collect()
    }

    /// Whether the notes file of a place is being written.
    pub(super) fn is_writing(&self, place: &Place) -> bool {
        self.busy.as_ref().is_some_and(|busy| busy.place == *place)
    }

    /// A change that begins where the last one ended becomes part of it.
    pub(super) fn save_notes(
        &mut self,
        ticket: Ticket,
        place: Place,
        base: Arc<Kept>,
        ours: Arc<Kept>,
        history: Arc<History>,
    ) {
        let last = self.notes.iter_mut().rev().find(|pending| pending.what.place == place);
        let Some(pending) = last.filter(|pending| Arc::ptr_eq(&pending.what.ours, &base)) else {
            let (in_journal, journal) = (Arc::clone(&base), Some(Due::after(QUIET)));
            let change = Change { ticket, place, base, ours, history, in_journal, journal };
            return self.notes.push(Pending::new(change, FILE_QUIET));
        };
        let change = |change: &mut Change| {
            (change.ticket, change.ours, change.history) = (ticket, ours, history);
            let later = change.journal.map(|due| due.later(QUIET, LATEST));
            change.journal = Some(later.unwrap_or_else(|| Due::after(QUIET)));
        };
        pending.take(change, FILE_QUIET, FILE_LATEST);
    }

    pub(super) fn save_comparison(&mut self, comparison: ComparisonId, kept: Arc<KeptComparison>) {
        let of_texts = |(other, before): &(ComparisonId, Arc<KeptComparison>)| {
            *other == comparison && before.is_of_texts_of(&kept)
        };
        match self.comparisons.iter_mut().find(|pending| of_texts(&pending.what)) {
            Some(pending) => pending.take(|what| what.1 = kept, COMPARISON_QUIET, COMPARISON_LATEST),
            None => self.comparisons.push(Pending::new((comparison, kept), COMPARISON_QUIET)),
        }
    }

    pub(super) fn save_state(&mut self, left: LeftForNext) {
        match &mut self.state {
            Some(pending) => pending.what.take(left),
            none => *none = Some(Pending::new(left, STATE)),
        }
    }

    /// What could not be saved is tried again, as far as nothing newer waits.
    pub(super) fn put_back_state(&mut self, failed: Pending<LeftForNext>, reason: String) {
        let newer = self.state.take();
        let mut failed = failed.failed(reason);
        failed.what.take(newer.map(|pending| pending.what).unwrap_or_default());
        self.state = Some(failed);
    }

    // --- the journal --------------------------------------------------------------------------------

    /// When the journal wants something next.
    pub(super) fn next_journal(&self) -> Option<Instant> {
        let slow = self.busy.as_ref().filter(|busy| !busy.told).map(|busy| busy.since + SLOW);
        let due = self.notes.iter().filter_map(|pending| pending.what.journal).map(|due| due.at);
        due.chain(slow).min()
    }

    /// A change that is to be brought to the journal now.
    pub(super) fn take_for_journal(&mut self) -> Option<Change> {
        let now = Instant::now();
        let due = |pending: &&mut Pending<Change>| pending.what.journal.is_some_and(|due| due.at <= now);
        let pending = self.notes.iter_mut().find(due)?;
        pending.what.journal = None;
        self.journaling = Some(pending.what.place.clone());
        Some(pending.what.clone())
    }

    /// A change has come to the journal, or has not: then its file is written at once.
    pub(super) fn journaled(&mut self, change: &Change, done: bool) {
        self.journaling = None;
        let of_place = self.notes.iter_mut().filter(|pending| pending.what.place == change.place);
        for pending in of_place.filter(|pending| Arc::ptr_eq(&pending.what.base, &change.base)) {
            if done {
                pending.what.in_journal = Arc::clone(&change.ours);
            } else if pending.failure.is_none() {
                pending.due.at = Instant::now();
            }
        }
    }

    /// Whether writing takes longer than a reader should wait for.
    pub(super) fn is_stalled(&self) -> bool {
        self.busy.as_ref().is_some_and(|busy| busy.since.elapsed() >= SLOW)
    }

    /// Writing that takes longer than a reader should wait for, told once.
    pub(super) fn take_slow(&mut self) -> Option<Busy> {
        let busy = self.busy.as_mut().filter(|busy| !busy.told && busy.since.elapsed() >= SLOW)?;
        busy.told = true;
        self.failing.insert(busy.place.clone());
        Some(busy.clone())
    }

    // --- the files ----------------------------------------------------------------------------------

    /// When there is a file to be written next.
    pub(super) fn next_due(&self) -> Option<Instant> {
        let notes = self.notes.iter().filter(|pending| self.is_free(pending)).map(|pending| pending.due.at);
        let comparisons = self.comparisons.iter().map(|pending| pending.due.at);
        notes.chain(comparisons).chain(self.state.as_ref().map(|state| state.due.at)).min()
    }

    /// Whether the journal has all of it: the journal comes before the file.
    fn is_free(&self, pending: &Pending<Change>) -> bool {
        pending.what.journal.is_none() && self.journaling.as_ref() != Some(&pending.what.place)
    }

    /// The first change of each place that is due, not a later one before it.
    pub(super) fn take_due_notes(&mut self) -> Option<Pending<Change>> {
        let now = Instant::now();
        let mut seen = BTreeSet::new();
        let index = self.notes.iter().position(|pending| {
            seen.insert(pending.what.place.clone()) && pending.due.at <= now && self.is_free(pending)
        })?;
        let pending = self.notes.remove(index);
        let Change { place, ticket, .. } = &pending.what;
        self.busy = Some(Busy { place: place.clone(), ticket: *ticket, since: now, told: false });
        Some(pending)
    }

    pub(super) fn take_due_comparison(&mut self) -> Option<Pending<(ComparisonId, Arc<KeptComparison>)>> {
        let now = Instant::now();
        let mut earlier = BTreeSet::new();
        let index = self.comparisons.iter().position(|pending| {
            let is_first = earlier.insert(pending.what.0);
            is_first && pending.due.at <= now
        })?;
        self.busy_with_comparison = true;
        Some(self.comparisons.remove(index))
    }

    pub(super) fn take_due_state(&mut self) -> Option<Pending<LeftForNext>> {
        let taken = self.state.take_if(|state| state.due.at <= Instant::now());
        self.busy_with_state = taken.is_some();
        taken
    }

    /// Puts back what could not be saved, before what came later.
    pub(super) fn put_back(&mut self, pending: Pending<Change>) {
        let of_place = |other: &Pending<Change>| other.what.place == pending.what.place;
        let index = self.notes.iter().position(of_place).unwrap_or(self.notes.len());
        self.notes.insert(index, pending);
    }

    /// Whether something of that place waits.
    pub(super) fn has_notes_of(&self, place: &Place) -> bool {
        self.notes.iter().any(|pending| pending.what.place == *place)
    }

    // --- everything now -----------------------------------------------------------------------------

    /// Makes everything that is chosen due now.
    pub(super) fn make_due(&mut self, chosen: impl Fn(&Place) -> bool, besides: Besides) {
        for pending in self.notes.iter_mut().filter(|pending| chosen(&pending.what.place)) {
            pending.make_due();
            pending.what.journal = pending.what.journal.map(|due| Due { at: Instant::now(), ..due });
        }
        for pending in self.comparisons.iter_mut().filter(|_| besides != Besides::Nothing) {
            pending.make_due();
        }
        for state in self.state.iter_mut().filter(|_| besides == Besides::Everything) {
            state.make_due();
        }
    }

    /// Whether something that is chosen waits or is being kept.
    pub(super) fn has_untried(&self, chosen: impl Fn(&Place) -> bool, besides: Besides) -> bool {
        let notes = self.notes.iter().any(|pending| chosen(&pending.what.place) && pending.failure.is_none());
        let state = self.busy_with_state || self.state.as_ref().is_some_and(|state| state.failure.is_none());
        let comparisons =
            self.busy_with_comparison || self.comparisons.iter().any(|pending| pending.failure.is_none());
        notes
            || self.busy.as_ref().is_some_and(|busy| chosen(&busy.place))
            || besides != Besides::Nothing && comparisons
            || besides == Besides::Everything && state
    }

    /// What waits of the chosen, one sentence each.
    pub(super) fn unsaved(&self, chosen: impl Fn(&Place) -> bool, besides: Besides) -> Vec<String> {
        let why =
            |failure: &Option<String>| failure.clone().unwrap_or_else(|| "it takes too long".to_owned());
        let notes = self.notes.iter().filter(|pending| chosen(&pending.what.place)).map(|pending| {
            format!("the notes on {} are not saved: {}", pending.what.place.name(), why(&pending.failure))
        });
        let busy = self.busy.iter().filter(|busy| chosen(&busy.place));
        let busy = busy.map(|busy| format!("the notes on {} are still being saved", busy.place.name()));
        let state = self.state.iter().filter(|_| besides == Besides::Everything);
        let state = state.map(|state| format!("the settings are not saved: {}", why(&state.failure)));
        let comparisons = self.comparisons.iter().filter(|_| besides != Besides::Nothing).map(|pending| {
            let (left, right) = (pending.what.1.left.name(), pending.what.1.right.name());
            format!("the comparison of {left} and {right} is not saved: {}", why(&pending.failure))
        });
        notes.chain(busy).chain(comparisons).chain(state).collect()
    }
}

/// What is meant besides the notes of some places.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Besides {
    Nothing,
    Comparisons,
    Everything,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Part;
    use crate::import::{self, ReadOptions};
    use crate::session::{CompareOptions, LinkFilter};

    fn kept(text: &str, locked: bool) -> Arc<KeptComparison> {
        let part = |text: &str| {
            let read = import::read("text.txt", text.into(), &ReadOptions::default()).unwrap();
            Part::whole(Arc::new(read.document))
        };
        let place = |name: &str| Place::Sample(name.to_owned());
        Arc::new(KeptComparison {
            left: place("left"),
            right: place("right"),
            left_part: part(text),
            right_part: part("右边"),
            guidance: Arc::default(),
            comparison: None,
            options: CompareOptions { locked, ..CompareOptions::default() },
            filter: LinkFilter::default(),
        })
    }

    #[test]
    fn what_was_decided_about_a_text_that_was_changed_since_is_written_first() {
        let mut desk = Desk::default();
        let id = ComparisonId(7);
        for (text, locked) in [("从前", true), ("后来", true), ("后来", false)] {
            desk.save_comparison(id, kept(text, locked));
        }
        desk.make_due(|_| false, Besides::Comparisons);
        let mut take = || {
            let (_, kept) = desk.take_due_comparison()?.what;
            Some((kept.left_part.document().text().trim().to_owned(), kept.options.locked))
        };
        assert_eq!(take(), Some(("从前".to_owned(), true)));
        assert_eq!(take(), Some(("后来".to_owned(), false)), "about the same texts the last word counts");
        assert_eq!(take(), None);
    }
}
