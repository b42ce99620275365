//! Going somewhere, and back; moving the cursor; copying what is selected.

use super::{Effect, InSight, MessageText, Motion, PaneId, Session};
use crate::document::BlockIndex;

impl Session {
    /// Only the first position is kept for the next start.
    pub(super) fn reached(&mut self, in_sight: InSight) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let before = reader.position();
        reader.set_in_sight(in_sight);
        if before == in_sight.first { Vec::new() } else { self.save_state() }
    }

    pub(super) fn jump(&mut self, position: u32) -> Vec<Effect> {
        self.keep_place_on_trail();
        self.reveal(position)
    }

    /// The block comes to the top, also where it was in sight.
    pub(super) fn jump_to_block(&mut self, block: BlockIndex) -> Vec<Effect> {
        let block = self.reader().and_then(|reader| reader.document().block(block).copied());
        let Some(block) = block else { return Vec::new() };
        self.keep_place_on_trail();
        self.return_to(block.span.start())
    }

    fn keep_place_on_trail(&mut self) {
        if let Some(reader) = self.reader_mut() {
            let here = reader.position();
            reader.trail.leave(here);
        }
    }

    pub(super) fn go_back(&mut self) -> Vec<Effect> {
        let place = self.reader_mut().and_then(|reader| reader.trail.back(reader.position()));
        place.map_or_else(Vec::new, |place| self.return_to(place))
    }

    pub(super) fn go_forward(&mut self) -> Vec<Effect> {
        let place = self.reader_mut().and_then(|reader| reader.trail.forward(reader.position()));
        place.map_or_else(Vec::new, |place| self.return_to(place))
    }

    pub(super) fn return_to(&self, position: u32) -> Vec<Effect> {
        self.pane_in_front().map(|pane| Effect::Return { pane, position }).into_iter().collect()
    }

    pub(super) fn reveal(&self, position: u32) -> Vec<Effect> {
        self.pane_in_front().map(|pane| Effect::Reveal { pane, position }).into_iter().collect()
    }

    /// The same in a document that need not be in front.
    pub(super) fn reveal_in(&self, index: usize, position: u32) -> Vec<Effect> {
        if self.active_index() == Some(index) {
            return self.reveal(position);
        }
        let pane = self.tabs.get(index).map(|tab| PaneId::Document(tab.id));
        pane.map(|pane| Effect::Reveal { pane, position }).into_iter().collect()
    }

    pub(super) fn toggle_asides(&mut self) -> Vec<Effect> {
        self.settings.show_asides = !self.settings.show_asides;
        let shown = self.settings.show_asides;
        self.readers_mut().for_each(|reader| reader.show_asides(shown));
        let mut effects: Vec<Effect> = (0..self.tabs.len()).flat_map(|index| self.find_in(index)).collect();
        effects.extend(self.save_state());
        effects
    }

    pub(super) fn move_cursor(&mut self, motion: Motion, extend: bool) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.move_cursor(motion, extend);
        let cursor = reader.cursor();
        self.reveal(cursor)
    }

    pub(super) fn copy(&mut self, as_written: bool) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        let Some(span) = reader.selection() else { return self.told(MessageText::NothingSelected) };
        let written = span.of(reader.document().text()).unwrap_or_default();
        vec![Effect::Copy(if as_written { written.to_owned() } else { reader.shown_text(span) })]
    }
}
