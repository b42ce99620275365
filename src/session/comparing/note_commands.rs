//! Notes that span both sides of a link.

use crate::notes::Colour;
use crate::session::{Effect, MessageText, Moment, Session};

impl Session {
    /// Highlights both sides of the chosen link.
    pub(in crate::session) fn highlight_link(&mut self, _colour: Colour, _moment: Moment) -> Vec<Effect> {
        self.told(MessageText::NoLinkChosen)
    }

    /// Highlights both sides of the chosen link, and opens the list of notes, where it can be written.
    pub(in crate::session) fn note_on_link(&mut self, moment: Moment) -> Vec<Effect> {
        self.settings.notes_open = true;
        self.highlight_link(Colour::default(), moment)
    }
}
