//! The notes of all documents in one place: gathered, filtered, grouped, chosen, and changed together.

mod bulk;
mod choosing;
mod everywhere;
mod gathering;
mod going;
mod listing;
mod saved;
mod shown;

use std::collections::BTreeSet;

pub(super) use everywhere::Everywhere;
pub use everywhere::PlacedChanges;
pub use everywhere::StepsEverywhere;
pub(super) use gathering::Gathered;
pub use gathering::{GatheredNotes, Gathering, GatheringFault};
pub use listing::{Arrangement, GroupOf, ListLine, Listing, NoteGroup, NoteGrouping, NoteSorting};
pub use saved::{AllNotesSettings, SavedQuery};
pub use shown::ShownNote;

use super::{Effect, Moment, Page, Session};
use crate::notes::{ChosenNotes, Colour, NoteKey, NoteQuery, Tag};

/// What a reader can ask for of the notes of all documents.
#[derive(Clone, PartialEq, Debug)]
pub enum AllNotesCommand {
    /// Look again at all documents.
    Gather,
    /// Look at no more documents for now.
    StopGathering,
    /// Show only some notes.
    Filter(Box<NoteQuery>),
    /// Group and sort them otherwise.
    Arrange(Arrangement),
    /// Fold a group, or unfold it.
    Fold(GroupOf),
    /// Fold all groups, or unfold them.
    FoldAll(bool),
    /// Keep what is shown under a name; one of that name is replaced.
    SaveQuery(String),
    /// Show what was kept under a name.
    UseQuery(String),
    /// Forget what was kept under a name.
    ForgetQuery(String),
    /// Bring a line of the list into focus.
    Focus(usize),
    /// Bring a line further down into focus, or further up; the lines between are chosen too when `extend`.
    MoveFocus {
        /// So many lines down.
        by: isize,
        /// Whether what lies between is chosen.
        extend: bool,
    },
    /// Choose the note of a line, or choose it no longer; of a group all its notes.
    Choose(usize),
    /// Choose all from the line that was chosen last to this one.
    ChooseThrough(usize),
    /// Choose all that are listed.
    ChooseAll,
    /// Choose none.
    ChooseNone,
    /// Open the document of a note and go there.
    GoTo(NoteKey),
    /// Give all that are chosen a tag.
    Tag(Tag),
    /// Take a tag off all that are chosen.
    Untag(Tag),
    /// Give all that are chosen another colour.
    Recolour(Colour),
    /// Export all that are chosen.
    Export,
    /// Delete all that are chosen.
    Delete,
}

/// The page of the notes of all documents.
#[derive(Debug, Default)]
pub(super) struct AllNotes {
    query: NoteQuery,
    /// The notes that it wants, as far as they were looked at.
    wanted: ChosenNotes,
    arrangement: Arrangement,
    folded: BTreeSet<GroupOf>,
    listing: Listing,
    /// The version of the collection that is listed.
    listed: Option<u64>,
    chosen: BTreeSet<NoteKey>,
    /// The line in focus.
    focus: Option<usize>,
    /// From where a range is chosen.
    anchor: Option<usize>,
    shown: shown::ShownNotes,
}

impl Session {
    /// Which notes are shown.
    pub fn all_notes_query(&self) -> &NoteQuery {
        &self.all_notes.query
    }

    /// How they are grouped and sorted.
    pub fn all_notes_arrangement(&self) -> Arrangement {
        self.all_notes.arrangement
    }

    /// What is listed of the notes of all documents.
    pub fn all_notes_listing(&self) -> &Listing {
        &self.all_notes.listing
    }

    /// The notes that are chosen.
    pub fn all_notes_chosen(&self) -> &BTreeSet<NoteKey> {
        &self.all_notes.chosen
    }

    /// The line of the list that is in focus.
    pub fn all_notes_focus(&self) -> Option<usize> {
        self.all_notes.focus
    }

    /// Whether a group is folded.
    pub fn is_folded(&self, group: &GroupOf) -> bool {
        self.all_notes.folded.contains(group)
    }

    /// The table of what can be asked for of the notes of all documents.
    pub(super) fn obey_all_notes(&mut self, command: AllNotesCommand, moment: Moment) -> Vec<Effect> {
        match command {
            AllNotesCommand::Gather => self.gather_notes(),
            AllNotesCommand::StopGathering => self.stop_gathering(),
            AllNotesCommand::Filter(query) => self.list_anew(|all| all.query = *query),
            AllNotesCommand::Arrange(arrangement) => self.arrange(arrangement),
            AllNotesCommand::Fold(group) => self.list_anew(|all| all.fold(group)),
            AllNotesCommand::FoldAll(fold) => self.list_anew(|all| all.fold_all(fold)),
            AllNotesCommand::SaveQuery(name) => self.save_query(&name),
            AllNotesCommand::UseQuery(name) => self.use_query(&name),
            AllNotesCommand::ForgetQuery(name) => self.forget_query(&name),
            AllNotesCommand::Focus(line) => self.with_all_notes(|all, _| all.focus_on(line)),
            AllNotesCommand::MoveFocus { by, extend } => {
                self.with_all_notes(|all, collection| all.move_focus(by, extend, collection))
            }
            AllNotesCommand::Choose(line) => self.with_all_notes(|all, notes| all.choose(line, notes)),
            AllNotesCommand::ChooseThrough(line) => {
                self.with_all_notes(|all, notes| all.choose_through(line, notes))
            }
            AllNotesCommand::ChooseAll => self.with_all_notes(AllNotes::choose_all),
            AllNotesCommand::ChooseNone => self.with_all_notes(|all, _| all.chosen.clear()),
            AllNotesCommand::GoTo(key) => self.go_to_kept_note(key),
            AllNotesCommand::Tag(tag) => self.tag_chosen(&tag, moment),
            AllNotesCommand::Untag(tag) => self.untag_chosen(&tag, moment),
            AllNotesCommand::Recolour(colour) => self.recolour_chosen(colour, moment),
            AllNotesCommand::Export => self.export_chosen(),
            AllNotesCommand::Delete => self.delete_chosen(moment),
        }
    }

    fn with_all_notes(
        &mut self,
        change: impl FnOnce(&mut AllNotes, &crate::notes::Collection),
    ) -> Vec<Effect> {
        change(&mut self.all_notes, self.gathered.collection());
        Vec::new()
    }

    /// Opens the page: what is known is shown at once, and looked at again.
    pub(super) fn show_all_notes(&mut self) -> Vec<Effect> {
        self.page = Some(Page::AllNotes);
        self.all_notes.arrangement = self.settings.all_notes.arrangement;
        self.gather_notes()
    }

    fn list_anew(&mut self, change: impl FnOnce(&mut AllNotes)) -> Vec<Effect> {
        change(&mut self.all_notes);
        self.all_notes.listed = None;
        Vec::new()
    }

    fn arrange(&mut self, arrangement: Arrangement) -> Vec<Effect> {
        self.list_anew(|all| all.arrangement = arrangement);
        self.set(|settings| settings.all_notes.arrangement = arrangement)
    }

    /// To be called after everything that happens: while the page is open, it shows what is there now.
    pub(super) fn keep_all_notes_up_to_date(&mut self) {
        if self.page.is_none() {
            return;
        }
        self.show_live_notes();
        self.all_notes.forget_shown();
        let version = self.gathered.version();
        if self.page == Some(Page::AllNotes) && self.all_notes.listed != Some(version) {
            self.all_notes.list(self.gathered.collection(), &self.zone);
            self.all_notes.listed = Some(version);
        }
    }
}

#[cfg(test)]
mod tests;
