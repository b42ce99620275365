//! Showing a document in a script, checking it, correcting conversions.

use std::sync::Arc;

use super::{Doubts, Effect, MessageText, Reader, Session, Ticket};
use crate::text::{Doubt, Form, Script};

impl Session {
    pub(super) fn show(&mut self, script: Script) -> Vec<Effect> {
        self.settings.script = script;
        self.show_other(|_, _| script)
    }

    /// Shows what `choose` answers for a document and the script that was wanted until now.
    pub(super) fn show_other(&mut self, choose: impl Fn(&Reader, Script) -> Script) -> Vec<Effect> {
        if let Some(effects) = self.show_on_side(&choose) {
            return effects;
        }
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.wanted = choose(reader, reader.wanted);
        let mut effects = prepare_wanted(reader);
        effects.extend(self.save_state());
        effects
    }

    pub(super) fn script_ready(&mut self, result: Result<(), String>) -> Vec<Effect> {
        if let Err(reason) = result {
            self.tell(MessageText::NoScript(reason));
            self.readers_mut().for_each(|reader| reader.wanted = reader.script());
        }
        for reader in self.readers_mut() {
            reader.show_wanted();
        }
        self.show_wanted_on_sides();
        Vec::new()
    }

    pub(super) fn check(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.doubts = Doubts::Looking(ticket);
        vec![Effect::Check { ticket, document: Arc::clone(reader.document()) }]
    }

    pub(super) fn checked(&mut self, ticket: Ticket, result: Result<Vec<Doubt>, String>) -> Vec<Effect> {
        let asked = |reader: &&mut Reader| *reader.doubts() == Doubts::Looking(ticket);
        if let Some(reader) = self.readers_mut().find(asked) {
            reader.doubts = result.map_or_else(Doubts::Failed, Doubts::Found);
        }
        Vec::new()
    }
}

/// Shows the wanted script at once where it is ready, and asks for it where it is not.
pub(super) fn prepare_wanted(reader: &mut Reader) -> Vec<Effect> {
    if reader.show_wanted() {
        return Vec::new();
    }
    vec![Effect::PrepareScript { written: reader.document().written(), script: reader.wanted_script() }]
}

pub(super) fn next_script(script: Script) -> Script {
    let index = Form::ALL.iter().position(|&form| form == script.form).unwrap_or(0);
    let form = Form::ALL.get((index + 1) % Form::ALL.len()).copied().unwrap_or_default();
    Script { form, regional_words: script.regional_words }
}

pub(super) fn other_words(script: Script) -> Script {
    Script { regional_words: !script.regional_words, ..script }
}
