//! What is in front, and what is lent to it.

use super::view::sections;
use super::{Compared, Comparing, ComparisonId, Front, PaneId, SectionRow};
use crate::compare::Side;
use crate::session::{Effect, Reader, Session, Tab, TabId};

impl Session {
    /// What is in front; `None` where nothing is open.
    pub fn front(&self) -> Option<Front> {
        match self.comparison_in_front() {
            Some(comparing) => Some(Front::Comparison(comparing.id())),
            None => self.tabs.get(self.active).map(|tab| Front::Document(tab.id)),
        }
    }

    /// The open comparisons, in the order of their tabs.
    pub fn comparisons(&self) -> &[Comparing] {
        let shown = self.comparisons.partition_point(|comparing| !comparing.hidden);
        self.comparisons.get(..shown).unwrap_or_default()
    }

    /// The comparison of that name.
    pub fn comparison(&self, id: ComparisonId) -> Option<&Comparing> {
        self.comparisons.iter().find(|comparing| comparing.id == id)
    }

    /// The comparison in front.
    pub fn comparison_in_front(&self) -> Option<&Comparing> {
        self.comparison(self.compared?)
    }

    /// The tab of that name.
    pub fn tab(&self, id: TabId) -> Option<&Tab> {
        self.tabs.iter().find(|tab| tab.id == id)
    }

    /// A comparison with its two documents; `None` while one of them is not open.
    pub fn compared(&self, id: ComparisonId) -> Option<Compared<'_>> {
        let comparing = self.comparison(id)?;
        let [left, right] = Side::BOTH.map(|side| self.reader_of(comparing, side));
        Some(Compared { comparing, left: left?, right: right? })
    }

    /// The comparison in front with its two documents; `None` while one of them is not open.
    pub fn compared_in_front(&self) -> Option<Compared<'_>> {
        self.compared(self.compared?)
    }

    /// What to call a comparison: the titles of both documents.
    pub fn title_of(&self, id: ComparisonId) -> String {
        let Some(comparing) = self.comparison(id) else { return String::new() };
        let [left, right] = Side::BOTH.map(|side| {
            let tab = comparing.side(side).tab.and_then(|tab| self.tab(tab));
            tab.map_or_else(|| comparing.side(side).place.name(), Tab::title)
        });
        format!("{left} ⇄ {right}")
    }

    /// The sections of an open document that can be compared.
    pub fn sections(&self, tab: TabId) -> Vec<SectionRow> {
        self.tab(tab).and_then(Tab::reader).map(sections).unwrap_or_default()
    }

    /// Whether there is something to undo, and something to do again, in what is in front.
    pub fn undoable(&self) -> (bool, bool) {
        let of_notes = |reader: Option<&Reader>| reader.map(Reader::undoable).unwrap_or_default();
        let in_front = match self.comparison_in_front() {
            None => vec![of_notes(self.reader())],
            Some(comparing) => {
                let sides = Side::BOTH.map(|side| of_notes(self.reader_of(comparing, side)));
                sides.into_iter().chain([comparing.undoable()]).collect()
            }
        };
        let (undo, redo) = self.everywhere.undoable();
        let everywhere =
            (undo && self.is_step_everywhere_here(true), redo && self.is_step_everywhere_here(false));
        let all = in_front.into_iter().chain([everywhere, self.corrected.undoable()]);
        all.fold((false, false), |all, one| (all.0 || one.0, all.1 || one.1))
    }

    pub(in crate::session) fn reader_of(&self, comparing: &Comparing, side: Side) -> Option<&Reader> {
        comparing.side(side).tab.and_then(|tab| self.tab(tab)).and_then(Tab::reader)
    }

    pub(in crate::session) fn comparing_mut(&mut self, id: ComparisonId) -> Option<&mut Comparing> {
        self.comparisons.iter_mut().find(|comparing| comparing.id == id)
    }

    /// The tab that commands act on: the one in front, or that of the active side of a comparison; `None`
    /// where there is none or its document is closed.
    pub(in crate::session) fn active_index(&self) -> Option<usize> {
        match self.comparison_in_front() {
            Some(comparing) => {
                let tab = comparing.side(comparing.active).tab?;
                self.tabs.iter().position(|each| each.id == tab)
            }
            None => (self.active < self.tabs.len()).then_some(self.active),
        }
    }

    /// The pane that commands act on.
    pub(in crate::session) fn pane_in_front(&self) -> Option<PaneId> {
        match self.comparison_in_front() {
            Some(comparing) => Some(PaneId::Side(comparing.id, comparing.active)),
            None => self.active().map(|tab| PaneId::Document(tab.id)),
        }
    }

    /// Brings a document to the front.
    pub(in crate::session) fn bring_document(&mut self, index: usize) {
        let leaving = self.tabs.get(self.active).map(|tab| tab.id);
        if self.active != index {
            self.before = leaving.or(self.before);
        }
        self.change_front(|session| {
            session.compared = None;
            session.active = index;
        });
    }

    /// The document most likely to be read against another: of those that can be read the one that was in front
    /// last, or else the nearest before it, or after it.
    pub fn counterpart(&self, tab: TabId) -> Option<TabId> {
        let last = [self.tabs.get(self.active).map(|tab| tab.id), self.before].into_iter().flatten();
        let here = self.tabs.iter().position(|each| each.id == tab)?;
        let (before, after) = self.tabs.split_at_checked(here)?;
        let neighbours = before.iter().rev().chain(after).map(|tab| tab.id);
        let readable = |id: &TabId| *id != tab && self.tab(*id).is_some_and(Tab::can_be_read);
        last.into_iter().chain(neighbours).find(readable)
    }

    /// Brings a comparison to the front.
    pub(in crate::session) fn bring_comparison(&mut self, id: ComparisonId) {
        self.change_front(|session| session.compared = Some(id));
    }

    /// Makes the other side the one that commands act on.
    pub(in crate::session) fn activate(&mut self, side: Side) -> Vec<Effect> {
        if self.comparison_in_front().is_some_and(|comparing| comparing.active != side) {
            self.change_front(|session| {
                if let Some(comparing) = session.compared.and_then(|id| session.comparing_mut(id)) {
                    comparing.active = side;
                }
            });
        }
        Vec::new()
    }

    /// A reader has one place and one selection. While a comparison is in front, it has those of a side; what
    /// it had of its own comes back to it afterwards.
    pub(in crate::session) fn change_front(&mut self, change: impl FnOnce(&mut Self)) {
        self.give_back();
        change(self);
        self.lend();
    }

    fn give_back(&mut self) {
        let selection = self.reader().map(Reader::selection_ends);
        if let Some(comparing) = self.compared.and_then(|id| self.comparing_mut(id))
            && let Some(selection) = selection
        {
            let active = comparing.active;
            comparing.side_mut(active).selection = selection;
        }
        for tab in &mut self.tabs {
            if let Some(own) = tab.own_sight.take()
                && let Some(reader) = tab.reader_mut()
            {
                reader.set_in_sight(own);
            }
        }
    }

    /// The active side comes last: it counts where both are one document.
    fn lend(&mut self) {
        let Some(comparing) = self.compared.and_then(|id| self.comparisons.iter().find(|one| one.id == id))
        else {
            return;
        };
        let within_one = comparing.within_one();
        for side in [comparing.active.other(), comparing.active] {
            let lent = comparing.side(side);
            let tab = self.tabs.iter_mut().find(|tab| Some(tab.id) == lent.tab);
            let Some(tab) = tab else { continue };
            let Some(own) = tab.reader().map(Reader::in_sight) else { continue };
            tab.own_sight.get_or_insert(own);
            let Some(reader) = tab.reader_mut() else { continue };
            reader.set_in_sight(lent.in_sight);
            if within_one {
                reader.select(lent.selection.anchor, lent.selection.focus);
            }
        }
    }
}
