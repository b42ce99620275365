//! What the reader decides by hand, and how it is taken back.

use super::changes::Touched;
use super::decided::{Decisions, texts_of};
use super::{Comparing, ComparisonId};
use crate::compare::{Decision, LinkIndex, Ruling, Side};
use crate::document::{BlockIndex, Document};
use crate::session::{Effect, MessageText, Reader, SaveState, Session};
use crate::text::Span;

impl Session {
    /// Decides about the chosen link.
    pub(in crate::session) fn rule_on_link(&mut self, decision: Decision) -> Vec<Effect> {
        let Some(comparing) = self.comparison_in_front() else { return Vec::new() };
        let Some(ruling) = comparing.chosen.and_then(|link| comparing.ruling_on(link, decision)) else {
            return self.told(MessageText::NoLinkChosen);
        };
        let next = || comparing.link_beside(true).or(comparing.link_beside(false));
        let wished = match decision {
            Decision::Refuse => next().and_then(|next| comparing.beginnings_of(next)),
            _ => None,
        };
        self.rule(ruling, wished)
    }

    /// Decides about what is selected on both sides.
    pub(in crate::session) fn rule_on_selections(&mut self, decision: Decision) -> Vec<Effect> {
        let Some(comparing) = self.comparison_in_front() else { return Vec::new() };
        let [left, right] = Side::BOTH.map(|side| self.selected_on(comparing, side));
        let Some((left, right)) = left.zip(right) else {
            return self.told(MessageText::NothingSelectedOnBothSides);
        };
        let too_much = |side: Side, selected| {
            let reader = self.reader_of(comparing, side);
            reader.is_some_and(|reader| blocks_in(reader.document(), selected) > Ruling::MOST_BLOCKS)
        };
        if too_much(Side::Left, left) || too_much(Side::Right, right) {
            return self.told(MessageText::TooMuchSelected { most: Ruling::MOST_BLOCKS });
        }
        let ruling = Ruling { left: vec![left], right: vec![right], decision };
        self.rule(ruling, Some((left.start(), right.start())))
    }

    fn selected_on(&self, comparing: &Comparing, side: Side) -> Option<Span> {
        let reader = self.reader_of(comparing, side)?;
        let lent = comparing.within_one() && comparing.active != side;
        let ends = if lent { comparing.side(side).selection } else { reader.selection_ends() };
        Some(crate::session::trimmed(reader.document().text(), ends.span())).filter(|span| !span.is_empty())
    }

    /// A ruling on the same passages takes the place of an earlier one; what the reader has related or
    /// pinned need not be confirmed. The link at the places `wished` is chosen when it is there; what changes
    /// more than the looks of a link is told.
    fn rule(&mut self, ruling: Ruling, wished: Option<(u32, u32)>) -> Vec<Effect> {
        let settled = |other: &Ruling| {
            matches!(other.decision, Decision::Relate(_) | Decision::Pin) || other.decision == ruling.decision
        };
        let earlier = self
            .comparison_in_front()
            .and_then(|comparing| comparing.rulings().iter().rfind(|other| other.is_on_same(&ruling)));
        if earlier.is_some_and(settled) && matches!(ruling.decision, Decision::Confirm) {
            return Vec::new();
        }
        let decision = ruling.decision;
        let changed = self.change_rulings(|rulings| {
            rulings.retain(|other| !other.is_on_same(&ruling));
            rulings.push(ruling);
        });
        let effects = match changed {
            Ok(effects) => effects,
            Err(refused) => return self.told(refused),
        };
        if wished.is_some() || decision == Decision::Refuse {
            self.untell_decision();
            self.tell(MessageText::Decided(decision));
        }
        if let Some(comparing) = self.comparing_in_front_mut() {
            comparing.wished = wished;
        }
        effects
    }

    /// What was told of the last decision no longer holds.
    fn untell_decision(&mut self) {
        self.messages.retain(|message| !matches!(message.text, MessageText::Decided(_)));
    }

    pub(in crate::session) fn remove_ruling(&mut self, index: usize) -> Vec<Effect> {
        let there = self.comparison_in_front().is_some_and(|one| index < one.rulings().len());
        if !there {
            return Vec::new();
        }
        let changed = self.change_rulings(|rulings| {
            rulings.remove(index);
        });
        changed.unwrap_or_else(|refused| self.told(refused))
    }

    /// The one way in which rulings change: as a step that can be undone, and with a new run.
    ///
    /// Errors: they cannot be changed, in words for the reader: what was decided about these texts is not known yet, or
    /// is not to be written over.
    fn change_rulings(&mut self, change: impl FnOnce(&mut Vec<Ruling>)) -> Result<Vec<Effect>, MessageText> {
        let id = self.compared.ok_or(MessageText::NothingToCompare)?;
        let texts = self.parts(id).as_ref().map(texts_of).ok_or(MessageText::DecisionsNotRead)?;
        let comparing = self.comparing_mut(id).ok_or(MessageText::NothingToCompare)?;
        if let SaveState::ReadOnly(reason) = &comparing.save_state {
            return Err(MessageText::NotesReadOnly(reason.clone()));
        }
        let decisions = comparing.decided.about_mut(texts).ok_or(MessageText::DecisionsNotRead)?;
        decisions.change(change);
        self.changes.made(Touched::Rulings(id));
        Ok(self.rulings_changed(id))
    }

    fn rulings_changed(&mut self, id: ComparisonId) -> Vec<Effect> {
        let mut effects = self.save_comparison(id);
        effects.extend(self.begin_comparing(id));
        effects
    }

    /// Takes back the last change of all in what is in front, whether of notes or of rulings, or does it
    /// again.
    pub(in crate::session) fn step_changes(&mut self, back: bool) -> Vec<Effect> {
        let Some(comparing) = self.comparison_in_front() else {
            let own = self.active().map(|tab| tab.id);
            let here = self.is_step_everywhere_here(back);
            let counts = |what| match what {
                Touched::Notes(tab) | Touched::Said(tab) | Touched::Corrected(tab) => own == Some(tab),
                Touched::Everywhere => here,
                Touched::CorrectedEverywhere => true,
                Touched::Rulings(_) => false,
            };
            let last = if back { self.changes.undo(counts) } else { self.changes.redo(counts) };
            return match last {
                Some(Touched::Everywhere) => self.step_everywhere(back),
                Some(Touched::Said(_)) => self.step_said(back),
                Some(Touched::Corrected(_)) => self.step_corrected(false, back),
                Some(Touched::CorrectedEverywhere) => self.step_corrected(true, back),
                // What was made before the program was started, or the document opened, by the clock.
                None if here && self.is_step_everywhere_next(back) => self.step_everywhere(back),
                _ => self.step_notes(back),
            };
        };
        let sides = Side::BOTH.map(|side| comparing.side(side).tab);
        let pair = comparing.id;
        let here = self.is_step_everywhere_here(back);
        let counts = |what| match what {
            Touched::Notes(tab) | Touched::Said(tab) | Touched::Corrected(tab) => sides.contains(&Some(tab)),
            Touched::Rulings(id) => id == pair,
            Touched::Everywhere => here,
            Touched::CorrectedEverywhere => true,
        };
        let last = if back { self.changes.undo(counts) } else { self.changes.redo(counts) };
        match last {
            Some(Touched::Rulings(id)) => self.step_rulings(id, back),
            Some(Touched::Notes(tab)) => self.step_of_side(tab, |session| session.step_notes(back)),
            Some(Touched::Said(tab)) => self.step_of_side(tab, |session| session.step_said(back)),
            Some(Touched::Corrected(tab)) => {
                self.step_of_side(tab, |session| session.step_corrected(false, back))
            }
            Some(Touched::CorrectedEverywhere) => self.step_corrected(true, back),
            Some(Touched::Everywhere) => self.step_everywhere(back),
            None => self.step_by_clock(back),
        }
    }

    /// What was made before the program was started, or a document opened, by the clock: to undo, the step of both
    /// documents that was made last comes first, to do again the one made earliest.
    fn step_by_clock(&mut self, back: bool) -> Vec<Effect> {
        let Some(comparing) = self.comparison_in_front() else { return Vec::new() };
        let of_side = |side| {
            let tab = comparing.side(side).tab?;
            let history = &self.tab(tab)?.reader()?.history;
            let at = if back { history.latest_undo() } else { history.latest_redo() };
            Some((at?, Some(tab)))
        };
        let everywhere = self.next_step_everywhere(back).filter(|_| self.is_step_everywhere_here(back));
        let steps = Side::BOTH.into_iter().filter_map(of_side).chain(everywhere.map(|at| (at, None)));
        let next = if back { steps.max_by_key(|(at, _)| *at) } else { steps.min_by_key(|(at, _)| *at) };
        match next {
            Some((_, Some(tab))) => self.step_of_side(tab, |session| session.step_notes(back)),
            Some((_, None)) => self.step_everywhere(back),
            None => Vec::new(),
        }
    }

    fn step_rulings(&mut self, id: ComparisonId, back: bool) -> Vec<Effect> {
        self.untell_decision();
        let decisions = self.comparing_mut(id).and_then(|comparing| comparing.decided.known_mut());
        if decisions.is_some_and(|decisions: &mut Decisions| decisions.step(back)) {
            self.rulings_changed(id)
        } else {
            Vec::new()
        }
    }

    /// Takes a step of one of the sides, which becomes the active one.
    fn step_of_side(
        &mut self,
        tab: crate::session::TabId,
        step: impl FnOnce(&mut Self) -> Vec<Effect>,
    ) -> Vec<Effect> {
        let side = self.comparison_in_front().and_then(|comparing| {
            let sides = [comparing.active, comparing.active.other()];
            sides.into_iter().find(|&side| comparing.side(side).tab == Some(tab))
        });
        let Some(side) = side else { return Vec::new() };
        let mut effects = self.activate(side);
        effects.extend(step(self));
        effects
    }

    /// Tells whether a step of notes was made since `before`, so that undo finds it.
    pub(in crate::session) fn note_steps(&mut self, before: u64) {
        let made = self.reader().map(Reader::steps_made);
        if made.is_some_and(|made| made > before)
            && let Some(tab) = self.active().map(|tab| tab.id)
        {
            self.changes.made(Touched::Notes(tab));
        }
    }
}

/// How many blocks a stretch of the text touches.
fn blocks_in(document: &Document, span: Span) -> usize {
    let at = |position| document.block_at(position).map_or(0, BlockIndex::as_usize);
    at(span.end().saturating_sub(1)) + 1 - at(span.start())
}

impl Comparing {
    fn ruling_on(&self, link: LinkIndex, decision: Decision) -> Option<Ruling> {
        let comparison = self.result()?;
        let link = comparison.link(link)?;
        let spans = |side: Side| {
            let document = comparison.part(side).document();
            let blocks = link.blocks(side).iter();
            blocks.filter_map(|&block| document.block(block).map(|block| block.span)).collect()
        };
        Some(Ruling { left: spans(Side::Left), right: spans(Side::Right), decision })
    }
}
