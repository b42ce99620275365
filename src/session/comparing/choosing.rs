//! Choosing links, and stepping through links, differences and what stands only here.

use super::answering::within;
use super::{Comparing, ComparisonId, Listed, PaneId};
use crate::compare::{LinkIndex, Side};
use crate::document::BlockIndex;
use crate::session::{Effect, MessageText, Session};
use crate::text::Span;

/// In so many links a further difference is looked for before the window answers: those that are looked at may
/// all differ, so that it is mostly the first that does.
const SEARCHED: usize = 1_000;

impl Session {
    /// Chooses a link and goes there on both sides.
    pub(in crate::session) fn choose_link(&mut self, link: Option<LinkIndex>) -> Vec<Effect> {
        let Some(comparing) = self.comparing_in_front_mut() else { return Vec::new() };
        comparing.choose(link);
        let side = comparing.active;
        let place = link.and_then(|link| comparing.place_of(link, side));
        let id = comparing.id;
        place.map_or_else(Vec::new, |place| self.show_on_both(id, side, place))
    }

    /// Chooses the link at a place of the active side, the next one there where one was chosen; none where
    /// there is none.
    pub(in crate::session) fn choose_link_at(&mut self, position: u32) -> Vec<Effect> {
        let Some(comparing) = self.comparing_in_front_mut() else { return Vec::new() };
        let links = comparing.links_at(comparing.active, position);
        let here = comparing.chosen.and_then(|chosen| links.iter().position(|link| *link == chosen));
        let next = here.map_or(0, |here| (here + 1) % links.len().max(1));
        comparing.choose(links.get(next).copied());
        let (id, side) = (comparing.id, comparing.active);
        if comparing.chosen.is_none() || !comparing.locked() {
            return Vec::new();
        }
        self.align_other(id, side, position)
    }

    pub(in crate::session) fn step_to_link(&mut self, forward: bool) -> Vec<Effect> {
        let Some(comparing) = self.comparison_in_front() else { return Vec::new() };
        match comparing.link_beside(forward) {
            Some(link) => self.choose_link(Some(link)),
            None => self.told(MessageText::NoFurtherLink),
        }
    }

    /// Steps to the next difference inside the chosen link, and after its last one to the first of the next
    /// link that has some.
    pub(in crate::session) fn step_to_difference(&mut self, forward: bool) -> Vec<Effect> {
        let Some(comparing) = self.comparing_in_front_mut() else { return Vec::new() };
        let Some((link, difference)) = comparing.difference_beside(forward) else {
            return self.told(MessageText::NoFurtherDifference);
        };
        if comparing.chosen != Some(link) {
            comparing.choose(Some(link));
        }
        comparing.difference = Some(difference);
        let (id, side) = (comparing.id, comparing.active);
        let found = comparing.differences_of(link).get(difference).copied();
        let Some(found) = found else { return Vec::new() };
        let (here, there) = (found.span(side).start(), found.span(side.other()).start());
        vec![reveal(id, side, here), align(id, side, here, there)]
    }

    pub(in crate::session) fn step_to_only_here(&mut self, forward: bool) -> Vec<Effect> {
        let Some(comparing) = self.comparing_in_front_mut() else { return Vec::new() };
        let Some(block) = comparing.only_beside(forward) else {
            return self.told(MessageText::NoFurtherOnlyHere);
        };
        let side = comparing.active;
        self.go_to_only(side, block)
    }

    fn go_to_only(&mut self, side: Side, block: BlockIndex) -> Vec<Effect> {
        let Some(comparing) = self.comparing_in_front_mut() else { return Vec::new() };
        comparing.choose(None);
        comparing.only_here = Some((side, block));
        let id = comparing.id;
        let span = comparing.block_span(side, block);
        span.map_or_else(Vec::new, |span| self.show_on_both(id, side, span.start()))
    }

    pub(in crate::session) fn go_to_listed(&mut self, listed: Listed) -> Vec<Effect> {
        match listed {
            Listed::Link(link) => self.choose_link(Some(link)),
            Listed::Only(side, block) => {
                let mut effects = self.activate(side);
                effects.extend(self.go_to_only(side, block));
                effects
            }
        }
    }

    /// Brings what answers the place being read to the same height.
    pub(in crate::session) fn line_up(&mut self) -> Vec<Effect> {
        let Some(comparing) = self.comparison_in_front() else { return Vec::new() };
        let side = comparing.active;
        self.align_other(comparing.id, side, comparing.side(side).in_sight.read)
    }

    /// Shows a place of one side, and beside it what answers it.
    fn show_on_both(&self, id: ComparisonId, side: Side, position: u32) -> Vec<Effect> {
        let mut effects = vec![reveal(id, side, position)];
        effects.extend(self.align_other(id, side, position));
        effects
    }

    fn align_other(&self, id: ComparisonId, side: Side, position: u32) -> Vec<Effect> {
        let Some(comparing) = self.comparison(id) else { return Vec::new() };
        let within_chosen = comparing.within_chosen(side, position).map(|there| (position, there));
        let answered = || {
            let alignment = comparing.alignment(side, position)?;
            Some((alignment.of(side), alignment.of(side.other())))
        };
        let places = within_chosen.or_else(answered);
        places.map(|(here, there)| align(id, side, here, there)).into_iter().collect()
    }

    pub(in crate::session) fn comparing_in_front_mut(&mut self) -> Option<&mut Comparing> {
        self.compared.and_then(|id| self.comparing_mut(id))
    }
}

fn reveal(id: ComparisonId, side: Side, position: u32) -> Effect {
    Effect::Reveal { pane: PaneId::Side(id, side), position }
}

/// Brings `there`, on the other side, to the height of `here`.
fn align(id: ComparisonId, side: Side, here: u32, there: u32) -> Effect {
    Effect::Align { comparison: id, side: side.other(), position: there, to: here }
}

impl Comparing {
    fn choose(&mut self, link: Option<LinkIndex>) {
        self.chosen = link.filter(|link| self.result().is_some_and(|found| found.link(*link).is_some()));
        (self.difference, self.only_here, self.wished) = (None, None, None);
    }

    /// Where the first blocks of a link begin.
    pub(super) fn beginnings_of(&self, link: LinkIndex) -> Option<(u32, u32)> {
        let found = self.result()?.link(link)?;
        let start = |side: Side| {
            let block = *found.blocks(side).first()?;
            self.block_span(side, block).map(Span::start)
        };
        start(Side::Left).zip(start(Side::Right))
    }

    /// The link that was wished for before the last result.
    pub(super) fn take_wished(&mut self) -> Option<LinkIndex> {
        let (left, right) = self.wished.take()?;
        let comparison = self.result()?;
        let block = |side: Side, position| comparison.part(side).document().block_at(position);
        let (left, right) = block(Side::Left, left).zip(block(Side::Right, right))?;
        let joins = |index: &LinkIndex| {
            comparison.link(*index).is_some_and(|link| link.blocks(Side::Right).contains(&right))
        };
        comparison.links_at(Side::Left, left).iter().copied().find(joins)
    }

    fn block_span(&self, side: Side, block: BlockIndex) -> Option<Span> {
        let document = self.result()?.part(side).document();
        document.block(block).map(|block| block.span)
    }

    /// Where a link begins on a side: its first passage, or its first block.
    fn place_of(&self, link: LinkIndex, side: Side) -> Option<u32> {
        let found = self.result()?.link(link)?;
        let first = found.blocks(side).first().and_then(|&block| self.block_span(side, block))?;
        let passages = found.passages.iter().map(|passage| passage.span(side));
        let inside = passages.filter(|span| first.contains(*span)).map(Span::start).min();
        Some(inside.unwrap_or(first.start()))
    }

    /// What answers a place by the chosen link alone; `None` where it is not one of its places.
    fn within_chosen(&self, side: Side, position: u32) -> Option<u32> {
        let comparison = self.result()?;
        let block = comparison.part(side).document().block_at(position)?;
        let chosen = self.chosen.filter(|chosen| comparison.links_at(side, block).contains(chosen))?;
        let near = self.side(side.other()).in_sight.read;
        within(comparison, comparison.link(chosen)?, side, position, near)
    }

    /// The links at a place: those with a passage there, the shortest first, and then the others of the
    /// block, the surest first.
    fn links_at(&self, side: Side, position: u32) -> Vec<LinkIndex> {
        let Some(comparison) = self.result() else { return Vec::new() };
        let Some(block) = comparison.part(side).document().block_at(position) else { return Vec::new() };
        let mut links: Vec<(u32, f32, LinkIndex)> = comparison
            .links_at(side, block)
            .iter()
            .filter_map(|&index| {
                let link = comparison.link(index)?;
                let passages = link.passages.iter().map(|passage| passage.span(side));
                let here = passages.filter(|span| span.contains_position(position)).map(Span::len).min();
                Some((here.unwrap_or(u32::MAX), link.score, index))
            })
            .collect();
        links.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        links.into_iter().map(|(_, _, index)| index).collect()
    }

    /// The listed links in the order in which one steps through them: that of the list, or with the order of
    /// documents that of the active side.
    fn stepped(&self) -> Vec<LinkIndex> {
        let mut links: Vec<LinkIndex> = self.listed.iter().filter_map(|listed| listed.link()).collect();
        if let Some(comparison) = self.result()
            && self.options.sort == super::LinkSort::Order
            && self.active == Side::Right
        {
            links.sort_by_key(|&index| comparison.link(index).map(|link| (&link.right, &link.left)));
        }
        links
    }

    /// The link after the chosen one, or before it; without one, after what is being read.
    pub(super) fn link_beside(&self, forward: bool) -> Option<LinkIndex> {
        let links = self.stepped();
        let here = self.chosen.and_then(|chosen| links.iter().position(|link| *link == chosen));
        let next = match here {
            Some(here) => beside(here, forward)?,
            None if self.options.sort == super::LinkSort::Order => {
                let reading = self.side(self.active).in_sight.first;
                let place = |link: &LinkIndex| self.place_of(*link, self.active).unwrap_or_default();
                let after = links.iter().position(|link| place(link) >= reading).unwrap_or(links.len());
                if forward { after } else { after.checked_sub(1)? }
            }
            None if forward => 0,
            None => links.len().checked_sub(1)?,
        };
        links.get(next).copied()
    }

    /// The difference after the one that one stepped to, or before it, with its link.
    fn difference_beside(&self, forward: bool) -> Option<(LinkIndex, usize)> {
        if let Some(chosen) = self.chosen {
            let counting = self.counting_differences(chosen);
            let here = self.difference.and_then(|here| counting.iter().position(|each| *each == here));
            let next = match here {
                Some(here) => beside(here, forward),
                None if forward => Some(0),
                None => counting.len().checked_sub(1),
            };
            if let Some(&difference) = next.and_then(|next| counting.get(next)) {
                return Some((chosen, difference));
            }
        }
        let links = self.stepped();
        let first = match self.chosen.and_then(|chosen| links.iter().position(|link| *link == chosen)) {
            Some(here) => beside(here, forward),
            None => self.link_beside(forward).and_then(|link| links.iter().position(|each| *each == link)),
        }?;
        let further: Vec<LinkIndex> = if forward {
            links.get(first..).unwrap_or_default().to_vec()
        } else {
            links.get(..=first).unwrap_or_default().iter().rev().copied().collect()
        };
        let differing = further.into_iter().filter(|link| self.may_differ(*link)).take(SEARCHED);
        differing.into_iter().find_map(|link| {
            let counting = self.counting_differences(link);
            let difference = if forward { counting.first() } else { counting.last() };
            difference.map(|&difference| (link, difference))
        })
    }

    /// The differences of a link at which one stops: slight ones are only shown, since between two scripts nearly
    /// every word has some.
    fn counting_differences(&self, link: LinkIndex) -> Vec<usize> {
        let differences = self.differences_of(link);
        let real = differences.iter().enumerate().filter(|(_, one)| !one.slight);
        real.map(|(index, _)| index).collect()
    }

    /// The block without an answer after the one that one stepped to, or before it.
    fn only_beside(&self, forward: bool) -> Option<BlockIndex> {
        let comparison = self.result()?;
        let side = self.active;
        let mut only = comparison.only(side);
        let here = self.only_here.filter(|(of, _)| *of == side).map(|(_, block)| block);
        let read = self.side(side).in_sight.first;
        let reading = comparison.part(side).document().block_at(read).unwrap_or_default();
        match (here, forward) {
            (Some(here), true) => only.find(|block| *block > here),
            (None, true) => only.find(|block| *block >= reading),
            (here, false) => only.take_while(|block| *block < here.unwrap_or(reading)).last(),
        }
    }
}

impl Listed {
    pub(super) fn link(self) -> Option<LinkIndex> {
        match self {
            Self::Link(link) => Some(link),
            Self::Only(..) => None,
        }
    }
}

fn beside(here: usize, forward: bool) -> Option<usize> {
    if forward { Some(here + 1) } else { here.checked_sub(1) }
}
