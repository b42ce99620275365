//! Beginning, ending and repeating comparisons.

use std::path::PathBuf;
use std::sync::Arc;

use super::changes::Touched;
use super::decided::{Decided, Decisions, Texts, texts_of};
use super::section::SectionPlace;
use super::{
    CompareJob, CompareRequest, CompareStage, ComparedSide, Comparing, ComparisonFile, ComparisonId,
    ComparisonRead, Findings, KeptComparison, NotCompared, PlacedRulings, RestoredComparison, SectionEnds,
    Wanted,
};
use crate::compare::{Comparison, Link, LinkIndex, Part, Side};
use crate::document::{BlockIndex, Document};
use crate::session::{Effect, MessageText, Place, Reader, SaveState, Session, Stage, Tab, TabId, Ticket};

impl Session {
    /// Compares two documents or sections, or brings that comparison to the front where it is open.
    pub(in crate::session) fn compare(&mut self, request: CompareRequest) -> Vec<Effect> {
        let sides =
            self.wanted_side(request.left).and_then(|left| Ok((left, self.wanted_side(request.right)?)));
        match sides {
            Ok((left, right)) => self.compare_sides(left, right),
            Err(message) => self.told(message),
        }
    }

    /// Errors: the document is not open, or has another text than that in which the section was chosen.
    fn wanted_side(&self, wanted: Wanted) -> Result<ComparedSide, MessageText> {
        let tab = self.tab(wanted.tab).ok_or(MessageText::NothingToCompare)?;
        let side = ComparedSide::new(tab.place.clone(), Some(tab.id));
        let Some(section) = wanted.section else { return Ok(side) };
        let part = tab.reader().and_then(|reader| section.part(reader.document()));
        let part = part.ok_or_else(|| MessageText::SectionNotFound(tab.place.name()))?;
        Ok(side.with_section(SectionEnds::of(&part), SectionPlace::Here(section)))
    }

    fn compare_sides(&mut self, left: ComparedSide, right: ComparedSide) -> Vec<Effect> {
        if let Some(open) = self.comparing_the_same(&left, &right) {
            self.show_hidden(open);
            self.bring_comparison(open);
            return self.save_state();
        }
        let id = ComparisonId(self.number());
        self.comparisons.insert(self.comparisons().len(), Comparing::new(id, left, right));
        self.join_tabs();
        let mut effects = self.begin_comparing(id);
        self.show_beginnings(id);
        self.bring_comparison(id);
        effects.extend(self.save_state());
        effects
    }

    /// What the file of a comparison names is opened, and compared as soon as it is there.
    pub(in crate::session) fn comparison_file_read(
        &mut self,
        path: PathBuf,
        result: Result<Box<ComparisonFile>, String>,
    ) -> Vec<Effect> {
        let file = match result {
            Ok(file) => file,
            Err(reason) => return self.told(MessageText::ComparisonNotOpened { path, reason }),
        };
        for remark in file.remarks {
            self.tell(MessageText::Remark(remark));
        }
        let mut effects = self.open(vec![file.left.0.clone(), file.right.0.clone()]);
        let [left, right] = [file.left, file.right]
            .map(|(place, ends)| ComparedSide::new(place, None).with_section(ends, SectionPlace::Unknown));
        effects.extend(self.compare_sides(left, right));
        effects
    }

    /// Whichever is its left side: what was decided about a pair is kept once, and two comparisons of it would each
    /// take back what the other one decided.
    fn comparing_the_same(&self, left: &ComparedSide, right: &ComparedSide) -> Option<ComparisonId> {
        let same = |Comparing { left: here, right: there, .. }: &&Comparing| {
            (here.is_same(left) && there.is_same(right)) || (here.is_same(right) && there.is_same(left))
        };
        self.comparisons.iter().find(same).map(|comparing| comparing.id)
    }

    /// Each side is first shown where its document was being read, or from the beginning of its section on.
    fn show_beginnings(&mut self, id: ComparisonId) {
        for side in Side::BOTH {
            let comparing = self.comparison(id);
            let start = comparing.and_then(|one| Some(start_of(one, side, self.reader_of(one, side)?)));
            if let Some(comparing) = self.comparing_mut(id) {
                comparing.side_mut(side).in_sight = crate::session::InSight::from(start.unwrap_or_default());
            }
        }
    }

    /// The document in front against another.
    pub(in crate::session) fn compare_with(&mut self, other: TabId) -> Vec<Effect> {
        let Some(here) = self.active().map(|tab| tab.id) else {
            return self.told(MessageText::NothingToCompare);
        };
        let whole = |tab| Wanted { tab, section: None };
        self.compare(CompareRequest { left: whole(here), right: whole(other) })
    }

    pub(in crate::session) fn close_comparison(&mut self, id: ComparisonId) -> Vec<Effect> {
        let Some(index) = self.comparisons.iter().position(|one| one.id == id) else { return Vec::new() };
        let mut effects = self.stop(id);
        self.remember_unsaved_comparison(id);
        self.change_front(|session| {
            let closed = session.comparisons.remove(index);
            session.compared = session.compared.filter(|front| *front != id);
            if !closed.hidden {
                session.closed_pairs.push((session.closed.len(), closed.to_restore()));
            }
        });
        self.changes.forget(Touched::Rulings(id));
        effects.extend(self.save_state());
        effects
    }

    /// Opens the comparison that was closed last, unless a document was closed after it.
    pub(in crate::session) fn reopen_comparison(&mut self) -> Option<Vec<Effect>> {
        let (_, closed) = self.closed_pairs.pop_if(|(before, _)| *before >= self.closed.len())?;
        let [left, right] = [&closed.left, &closed.right].map(|side| ComparedSide::restored(side.clone()));
        let open = self.comparing_the_same(&left, &right);
        if open.is_none() {
            self.reopen_comparisons(vec![closed], Some(0));
        }
        let id = open.or(self.comparisons().last().map(Comparing::id))?;
        self.show_hidden(id);
        self.bring_comparison(id);
        let mut effects = if open.is_none() { self.begin_comparing(id) } else { Vec::new() };
        effects.extend(self.save_state());
        Some(effects)
    }

    pub(in crate::session) fn select_comparison(&mut self, id: ComparisonId) -> Vec<Effect> {
        if self.comparison(id).is_none() {
            return Vec::new();
        }
        self.bring_comparison(id);
        self.save_state()
    }

    /// Opens the documents that a comparison waits for; it stays in front.
    pub(in crate::session) fn open_compared(&mut self, id: ComparisonId) -> Vec<Effect> {
        let Some(comparing) = self.comparison(id) else { return Vec::new() };
        let closed = Side::BOTH.into_iter().map(|side| comparing.side(side));
        let places: Vec<Place> = closed
            .filter(|side| {
                let tab = side.tab.and_then(|tab| self.tab(tab));
                tab.is_none_or(|tab| matches!(tab.stage, Stage::Failed(_)))
            })
            .map(|side| side.place.clone())
            .collect();
        let mut effects = self.open(places);
        self.join_tabs();
        self.bring_comparison(id);
        effects.extend(self.save_state());
        effects
    }

    /// Goes on with the comparisons of the last session; their documents are being opened.
    pub(in crate::session) fn reopen_comparisons(
        &mut self,
        restored: Vec<RestoredComparison>,
        front: Option<usize>,
    ) {
        let opened: Vec<ComparisonId> = restored.into_iter().map(|one| self.reopen_one(one)).collect();
        self.join_tabs();
        if let Some(&front) = front.and_then(|index| opened.get(index)) {
            self.bring_comparison(front);
        }
    }

    fn reopen_one(&mut self, restored: RestoredComparison) -> ComparisonId {
        let [left, right] = [restored.left, restored.right].map(ComparedSide::restored);
        if let Some(open) = self.comparing_the_same(&left, &right) {
            return open;
        }
        let id = ComparisonId(self.number());
        let mut comparing = Comparing::new(id, left, right);
        comparing.restore_options(restored.options);
        self.comparisons.insert(self.comparisons().len(), comparing);
        id
    }

    /// Sides whose document is open again have its tab.
    pub(in crate::session) fn join_tabs(&mut self) {
        for comparing in &mut self.comparisons {
            for side in [&mut comparing.left, &mut comparing.right] {
                let open = |id: TabId| self.tabs.iter().any(|tab| tab.id == id);
                if side.tab.is_none_or(|tab| !open(tab)) {
                    side.tab = self.tabs.iter().find(|tab| tab.is_of(&side.place)).map(|tab| tab.id);
                }
            }
        }
    }

    /// A document has arrived, or has been read again: its comparisons begin, or are made anew.
    pub(in crate::session) fn compare_anew(&mut self, tab: TabId) -> Vec<Effect> {
        self.join_tabs();
        self.forget_outdated_board();
        let using = self.comparisons.iter().filter(|one| one.uses(tab)).map(|one| one.id);
        using.collect::<Vec<_>>().into_iter().flat_map(|id| self.begin_comparing(id)).collect()
    }

    /// A document was closed: its comparisons wait for it.
    pub(in crate::session) fn suspend_comparisons(&mut self, tab: &Tab) -> Vec<Effect> {
        let using = self.comparisons.iter().filter(|one| one.uses(tab.id)).map(|one| one.id);
        let using: Vec<ComparisonId> = using.collect();
        let mut effects = self.leave_board(tab.id);
        for id in using {
            effects.extend(self.stop(id));
            let Some(comparing) = self.comparing_mut(id) else { continue };
            comparing.stage = CompareStage::Waiting;
            for side in [&mut comparing.left, &mut comparing.right] {
                side.tab = side.tab.filter(|open| *open != tab.id);
            }
            self.tell(MessageText::ComparisonWaits(tab.title()));
        }
        effects
    }

    /// Compares as soon as both documents are there as a whole; what was kept of the pair is read first, and anew
    /// where a text is another one than it was.
    pub(super) fn begin_comparing(&mut self, id: ComparisonId) -> Vec<Effect> {
        let mut effects = self.stop(id);
        self.forget_outdated(id);
        effects.extend(self.place_sections(id));
        let parts = self.parts(id);
        let ticket = self.ticket();
        let Some(comparing) = self.comparing_mut(id) else { return effects };
        let Some(parts) = parts else {
            comparing.stage = comparing.stage_without_parts();
            return effects;
        };
        comparing.ticket = ticket;
        comparing.stage = CompareStage::Running(0.0);
        if let Some(decisions) = comparing.decided.about_mut(texts_of(&parts)) {
            let (guidance, known) = (Arc::clone(decisions.guidance()), decisions.found.take());
            let job = CompareJob { left: parts.0, right: parts.1, guidance, known };
            effects.push(Effect::Compare { ticket, job: Box::new(job) });
        } else {
            effects.push(comparing.read_kept(ticket, parts));
            self.changes.forget(Touched::Rulings(id));
        }
        effects
    }

    /// What was found in a text that is another one now is no longer shown.
    fn forget_outdated(&mut self, id: ComparisonId) {
        let Some(comparing) = self.comparison(id) else { return };
        let outdated = |side| {
            let now = self.reader_of(comparing, side).map(|reader| reader.document().id());
            let then = comparing.result().map(|comparison| comparison.part(side).document().id());
            now.zip(then).is_some_and(|(now, then)| now != then)
        };
        let outdated = Side::BOTH.into_iter().any(outdated);
        if let Some(comparing) = self.comparing_mut(id).filter(|_| outdated) {
            comparing.forget_found();
        }
    }

    /// What is compared; `None` while a document has not arrived as a whole, or a section is not found.
    pub(super) fn parts(&self, id: ComparisonId) -> Option<(Part, Part)> {
        let comparing = self.comparison(id)?;
        let part = |side| {
            let reader = self.reader_of(comparing, side).filter(|reader| reader.complete())?;
            comparing.side(side).part(reader.document())
        };
        part(Side::Left).zip(part(Side::Right))
    }

    /// Ends what is running for a comparison.
    pub(super) fn stop(&mut self, id: ComparisonId) -> Vec<Effect> {
        let Some(comparing) = self.comparing_mut(id) else { return Vec::new() };
        let running = matches!(comparing.stage, CompareStage::Running(_));
        let ticket = std::mem::take(&mut comparing.ticket);
        running.then_some(Effect::StopComparing(ticket)).into_iter().collect()
    }

    pub(in crate::session) fn cancel_comparing(&mut self) -> Vec<Effect> {
        let Some(id) = self.comparison_in_front().map(Comparing::id) else { return Vec::new() };
        let effects = self.stop(id);
        if let Some(comparing) = self.comparing_mut(id).filter(|_| !effects.is_empty()) {
            comparing.stage = CompareStage::Cancelled;
        }
        effects
    }

    pub(in crate::session) fn compare_again(&mut self) -> Vec<Effect> {
        let id = self.comparison_in_front().map(Comparing::id);
        id.map_or_else(Vec::new, |id| self.begin_comparing(id))
    }

    // --- what the world tells -----------------------------------------------------------------------

    fn asked(&mut self, ticket: Ticket) -> Option<&mut Comparing> {
        self.comparisons.iter_mut().find(|comparing| comparing.ticket == ticket)
    }

    pub(in crate::session) fn comparison_read(
        &mut self,
        ticket: Ticket,
        read: ComparisonRead,
    ) -> Vec<Effect> {
        let Some(comparing) = self.asked(ticket) else { return Vec::new() };
        let id = comparing.id;
        let Decided::Reading(texts) = comparing.decided else { return Vec::new() };
        let remarks = comparing.take_kept(texts, read);
        for remark in remarks {
            self.tell(remark);
        }
        self.begin_comparing(id)
    }

    pub(in crate::session) fn compare_progress(&mut self, ticket: Ticket, done: f32) -> Vec<Effect> {
        if let Some(comparing) = self.asked(ticket)
            && matches!(comparing.stage, CompareStage::Running(_))
        {
            comparing.stage = CompareStage::Running(done.clamp(0.0, 1.0));
        }
        Vec::new()
    }

    pub(in crate::session) fn comparison_made(
        &mut self,
        ticket: Ticket,
        result: Result<Arc<Findings>, NotCompared>,
    ) -> Vec<Effect> {
        let Some(comparing) = self.asked(ticket) else { return Vec::new() };
        let id = comparing.id;
        comparing.ticket = Ticket::default();
        match result {
            Ok(findings) => {
                comparing.take(findings);
                comparing.renew_sections();
                let wished = comparing.take_wished();
                let mut effects = self.save_comparison(id);
                if self.compared == Some(id) && wished.is_some() {
                    effects.extend(self.choose_link(wished));
                }
                if self.is_on_board(id) {
                    effects.extend(self.make_board());
                }
                effects
            }
            Err(NotCompared::Cancelled) => {
                comparing.stage = CompareStage::Cancelled;
                Vec::new()
            }
            Err(NotCompared::Failed(reason)) => {
                comparing.stage = CompareStage::Failed(reason.clone());
                self.told(MessageText::ComparisonFailed(reason))
            }
        }
    }

    /// Keeps what was found and decided.
    pub(in crate::session) fn save_comparison(&mut self, id: ComparisonId) -> Vec<Effect> {
        let Some(parts) = self.parts(id) else { return Vec::new() };
        let Some(comparing) = self.comparing_mut(id) else { return Vec::new() };
        // What is kept must be known before it is written over.
        let Some(decisions) = comparing.decided.about(texts_of(&parts)) else { return Vec::new() };
        let guidance = Arc::clone(decisions.guidance());
        // Pairs of the board leave no files behind, unless something was decided about them.
        let nothing = comparing.hidden && guidance.rulings.is_empty();
        if nothing || matches!(comparing.save_state, SaveState::ReadOnly(_)) {
            return Vec::new();
        }
        if comparing.save_state == SaveState::Saved {
            comparing.save_state = SaveState::Saving;
        }
        let kept = KeptComparison {
            left: comparing.left.place.clone(),
            right: comparing.right.place.clone(),
            left_part: parts.0,
            right_part: parts.1,
            guidance,
            comparison: comparing.result().cloned(),
            options: comparing.options.clone(),
            filter: comparing.filter.clone(),
        };
        vec![Effect::SaveComparison { comparison: id, kept: Arc::new(kept) }]
    }

    pub(in crate::session) fn comparison_saved(
        &mut self,
        id: ComparisonId,
        result: Result<(), String>,
    ) -> Vec<Effect> {
        let name = self.title_of(id);
        let Some(comparing) = self.comparing_mut(id) else {
            let told = self.closed_comparison_saved(id, result);
            return told.map_or_else(Vec::new, |text| self.told(text));
        };
        let failed_before = matches!(comparing.save_state, SaveState::NotSaved(_));
        let told = match result {
            Ok(()) => {
                comparing.save_state = SaveState::Saved;
                failed_before.then_some(MessageText::SavedAfterAll(name))
            }
            Err(reason) => {
                comparing.save_state = SaveState::NotSaved(reason.clone());
                (!failed_before).then_some(MessageText::NotSaved { name, reason })
            }
        };
        told.map_or_else(Vec::new, |text| self.told(text))
    }
}

impl Comparing {
    /// What was found and decided of other texts is forgotten: what is kept says where it is in these.
    fn read_kept(&mut self, ticket: Ticket, parts: (Part, Part)) -> Effect {
        self.forget_found();
        self.decided = Decided::Reading(texts_of(&parts));
        let (left, right) = (self.left.place.clone(), self.right.place.clone());
        Effect::ReadComparison { ticket, left, right, parts: Box::new(parts) }
    }

    /// Takes what was kept, and answers what there is to tell. What was found then holds only where nothing
    /// of it has to be placed anew.
    fn take_kept(&mut self, texts: Texts, read: ComparisonRead) -> Vec<MessageText> {
        let decisions = Decisions::read(texts, read.guidance, read.comparison);
        self.decided = Decided::Known(Box::new(decisions));
        self.save_state = match (read.read_only, std::mem::take(&mut self.save_state)) {
            (Some(reason), _) => SaveState::ReadOnly(reason),
            (None, SaveState::ReadOnly(_)) => SaveState::Saved,
            (None, now) => now,
        };
        if !std::mem::replace(&mut self.options_known, true) {
            self.options = read.options.unwrap_or_else(|| self.options.clone());
        }
        // Only the comparison's file says what was listed.
        if !std::mem::replace(&mut self.filter_known, true) {
            self.filter = read.filter.unwrap_or_else(|| self.filter.clone());
        }
        let PlacedRulings { moved, unsure, lost, .. } = read.placed;
        let placed =
            (moved + unsure + lost > 0).then_some(MessageText::RulingsPlaced { moved, unsure, lost });
        read.remarks.into_iter().map(MessageText::Remark).chain(placed).collect()
    }

    /// Takes what was found. What was chosen stays chosen where it is still there.
    fn take(&mut self, findings: Arc<Findings>) {
        let before = self.chosen.and_then(|index| self.result()?.link(index)).cloned();
        self.findings = findings;
        self.stage = CompareStage::Ready;
        self.differences.replace(None);
        self.chosen = before.zip(self.result()).and_then(|(link, now)| most_alike(&link, now));
        self.difference = self.difference.filter(|_| self.chosen.is_some());
        let still_only = |&(side, block): &(Side, BlockIndex)| {
            self.result().is_some_and(|now| !now.is_answered(side, block))
        };
        self.only_here = self.only_here.filter(still_only);
        self.list();
    }

    /// What was found belongs to another text.
    pub(super) fn forget_found(&mut self) {
        self.findings = Arc::default();
        (self.chosen, self.difference, self.only_here, self.wished) = (None, None, None, None);
        self.differences.replace(None);
        self.list();
    }
}

/// The link that has most blocks of both sides in common with another; `None` where none has of both.
fn most_alike(link: &Link, comparison: &Comparison) -> Option<LinkIndex> {
    let common = |other: &Link, side: Side| {
        other.blocks(side).iter().filter(|block| link.blocks(side).contains(block)).count()
    };
    let first = link.left.first()?;
    let beside = link.left.iter().flat_map(|&block| comparison.links_at(Side::Left, block));
    debug_assert!(link.left.contains(first), "a link has blocks");
    let likeness = |index: &LinkIndex| {
        let other = comparison.link(*index)?;
        let [left, right] = Side::BOTH.map(|side| common(other, side));
        (left > 0 && right > 0).then_some(left + right)
    };
    beside.copied().filter(|index| likeness(index).is_some()).max_by_key(|index| likeness(index))
}

/// Where a side is first shown: where its document was being read, or the beginning of its section.
fn start_of(comparing: &Comparing, side: Side, reader: &Reader) -> u32 {
    let document: &Arc<Document> = reader.document();
    let section = comparing.side(side).section().and_then(|section| section.part(document));
    let section = section.map(|part| part.span());
    let here = reader.position();
    match section {
        Some(section) if !section.contains_position(here) => section.start(),
        _ => here,
    }
}
