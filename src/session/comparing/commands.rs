//! Commands about what is in front, when that is a comparison.

use super::{CompareOptions, Comparing, LinkFilter, LinkSort, PaneId};
use crate::compare::Side;
use crate::session::{Command, Effect, InSight, Moment, Reader, Session};
use crate::text::Script;

impl Session {
    /// A command from one of the panes makes its side the active one; scrolling alone does not.
    pub(in crate::session) fn in_pane(
        &mut self,
        side: Side,
        command: Command,
        moment: Moment,
    ) -> Vec<Effect> {
        if let Command::Reached(in_sight) = command {
            return self.reached_in_pane(side, in_sight);
        }
        let side = self.side_meant(side, &command);
        let mut effects = self.activate(side);
        effects.extend(self.obey(command, moment));
        effects
    }

    fn reached_in_pane(&mut self, side: Side, in_sight: InSight) -> Vec<Effect> {
        let Some(comparing) = self.comparing_in_front_mut() else { return Vec::new() };
        let before = std::mem::replace(&mut comparing.side_mut(side).in_sight, in_sight);
        let counts = comparing.active == side || !comparing.within_one();
        let tab = comparing.side(side).tab.filter(|_| counts);
        let tab = self.tabs.iter_mut().find(|each| Some(each.id) == tab);
        if let Some(reader) = tab.and_then(crate::session::Tab::reader_mut) {
            reader.set_in_sight(in_sight);
        }
        if before.first == in_sight.first { Vec::new() } else { self.save_state() }
    }

    pub(in crate::session) fn with_comparing(&mut self, change: impl FnOnce(&mut Comparing)) -> Vec<Effect> {
        let Some(comparing) = self.comparing_in_front_mut() else { return Vec::new() };
        change(comparing);
        comparing.options_known = true;
        let id = comparing.id;
        let mut effects = self.save_comparison(id);
        effects.extend(self.save_state());
        effects
    }

    pub(in crate::session) fn change_options(
        &mut self,
        change: impl FnOnce(&mut CompareOptions),
    ) -> Vec<Effect> {
        self.with_comparing(|comparing| change(&mut comparing.options))
    }

    pub(in crate::session) fn switch_pane(&mut self) -> Vec<Effect> {
        let other = self.comparison_in_front().map(|comparing| comparing.active.other());
        other.map_or_else(Vec::new, |other| self.activate(other))
    }

    pub(in crate::session) fn sort_links(&mut self, sort: LinkSort) -> Vec<Effect> {
        self.with_comparing(|comparing| {
            comparing.options.sort = sort;
            comparing.list();
        })
    }

    pub(in crate::session) fn filter_links(&mut self, filter: LinkFilter) -> Vec<Effect> {
        let Some(comparing) = self.comparing_in_front_mut() else { return Vec::new() };
        comparing.filter = filter;
        comparing.filter_known = true;
        comparing.list();
        let id = comparing.id;
        self.save_comparison(id)
    }

    pub(in crate::session) fn toggle_surroundings(&mut self) -> Vec<Effect> {
        self.with_comparing(|comparing| {
            comparing.options.surroundings = !comparing.options.surroundings;
            comparing.layout += 1;
        })
    }

    /// The left side becomes the right one, with everything that was decided.
    pub(in crate::session) fn swap_sides(&mut self) -> Vec<Effect> {
        let Some(id) = self.compared else { return Vec::new() };
        self.change_front(|session| {
            if let Some(comparing) = session.comparing_mut(id) {
                comparing.swap();
            }
        });
        let mut effects = self.begin_comparing(id);
        if let Some(comparing) = self.comparison(id) {
            let place = |side| comparing.side(side).in_sight.first;
            let pane = |side| PaneId::Side(id, side);
            effects.extend(Side::BOTH.map(|side| Effect::Return { pane: pane(side), position: place(side) }));
        }
        effects.extend(self.save_state());
        effects
    }

    /// The size of the text of the active side, where a comparison is in front; `None` where none is.
    pub(in crate::session) fn set_pane_size(
        &mut self,
        change: impl FnOnce(f32) -> f32,
    ) -> Option<Vec<Effect>> {
        let default = self.settings.text_size;
        let comparing = self.comparing_in_front_mut()?;
        let active = comparing.active;
        let pane = comparing.side_mut(active);
        let points = change(pane.text_size.unwrap_or(default));
        pane.text_size = Some(crate::session::within(points, &crate::session::Settings::TEXT_SIZES));
        Some(self.save_state())
    }

    /// The active side is shown in the size of the settings again; `None` where no comparison is in front.
    pub(in crate::session) fn set_default_pane_size(&mut self) -> Option<Vec<Effect>> {
        let comparing = self.comparing_in_front_mut()?;
        let active = comparing.active;
        comparing.side_mut(active).text_size = None;
        Some(self.save_state())
    }

    /// Changes the script of the active side of a comparison within one document; `None` where that is not
    /// what is in front, so that the script is that of the reader.
    pub(in crate::session) fn show_on_side(
        &mut self,
        choose: impl FnOnce(&Reader, Script) -> Script,
    ) -> Option<Vec<Effect>> {
        let comparing = self.comparison_in_front().filter(|comparing| comparing.within_one())?;
        let (id, side) = (comparing.id, comparing.active);
        let reader = self.reader()?;
        let wanted = choose(reader, comparing.side(side).own.wanted.unwrap_or(reader.wanted_script()));
        let written = reader.document().written();
        self.comparing_mut(id)?.side_mut(side).own.wanted = Some(wanted);
        let ready = self.show_wanted_on_sides();
        let ask = (!ready).then_some(Effect::PrepareScript { written, script: wanted });
        let mut effects: Vec<Effect> = ask.into_iter().collect();
        effects.extend(self.save_state());
        Some(effects)
    }

    /// Shows what is wanted on the sides, where it is ready. Answers whether all is.
    pub(in crate::session) fn show_wanted_on_sides(&mut self) -> bool {
        let mut ready = true;
        let tabs = &self.tabs;
        for comparing in &mut self.comparisons {
            for side in [&mut comparing.left, &mut comparing.right] {
                let tab = tabs.iter().find(|tab| Some(tab.id) == side.tab);
                let Some(reader) = tab.and_then(crate::session::Tab::reader) else { continue };
                ready &= side.own.show_wanted(reader);
            }
        }
        ready
    }
}

impl Comparing {
    fn swap(&mut self) {
        std::mem::swap(&mut self.left, &mut self.right);
        self.active = self.active.other();
        let chosen = self.chosen.and_then(|link| self.beginnings_of(link));
        self.forget_found();
        self.decided.swap();
        // The chosen link is chosen again when it is found the other way round.
        self.wished = chosen.map(|(left, right)| (right, left));
        self.layout += 1;
    }
}
