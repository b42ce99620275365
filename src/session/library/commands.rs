//! What becomes of what is asked of the library.

use std::path::PathBuf;

use super::{
    FoundDocument, LibraryAdded, LibraryCommand, LibraryEffect, LibraryEntry, LibraryEvent, LibraryList,
    LibraryProgress, LibraryQuery, LibrarySearch, LibrarySearchRequest,
};
use crate::document::TextId;
use crate::session::{Effect, InSight, MessageText, Page, PaneId, Place, Reader, Session, Ticket};
use crate::text::SearchOptions;

/// The library as the session knows it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Library {
    /// The list of documents.
    pub list: LibraryList,
    /// What is being looked for in all of them, and what was found.
    pub search: LibrarySearch,
    /// What is being added or looked at, and how far that is.
    pub work: Option<(Ticket, LibraryProgress)>,
    /// What was taken out last.
    removed: Vec<LibraryEntry>,
}

/// Where to go in a document that is being opened, and what to look for in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::session) struct Sought {
    /// What to look for.
    words: String,
    /// Whether only the script as it is written is looked for.
    as_written: bool,
    /// Where to go, if the document still has this text.
    position: u32,
    text: TextId,
}

impl Session {
    /// The library.
    pub fn library(&self) -> &Library {
        &self.library
    }

    pub(in crate::session) fn obey_library(&mut self, command: LibraryCommand) -> Vec<Effect> {
        match command {
            LibraryCommand::AskForFiles => ask(LibraryEffect::AskForFiles),
            LibraryCommand::AskForFolder => ask(LibraryEffect::AskForFolder),
            LibraryCommand::Add(paths) => self.add_to_library(paths),
            LibraryCommand::Stop => self.stop_library(),
            LibraryCommand::LookAgain => self.look_again(false),
            LibraryCommand::MakeIndexAnew => self.look_again(true),
            LibraryCommand::Remove(places) => self.remove_from_library(places),
            LibraryCommand::PutBack => self.put_back(),
            LibraryCommand::RemoveFolder(folder) => ask(LibraryEffect::RemoveFolder(folder)),
            LibraryCommand::Filter(filter) => self.with_library(|library| library.list.set_filter(filter)),
            LibraryCommand::Sort(sort) => self.with_library(|library| library.list.sort_by(sort)),
            LibraryCommand::Search(text) => self.search_library(text),
            LibraryCommand::SearchAsWritten(as_written) => {
                self.library.search.as_written = as_written;
                self.search_library(self.library.search.text.clone())
            }
            LibraryCommand::GoToFound { document, hit } => self.go_to_found(document, hit),
            LibraryCommand::ShareNotes { place, with } => {
                self.untell_offers(&place);
                ask(LibraryEffect::ShareNotes { place, with })
            }
            LibraryCommand::KeepApart { place, text } => {
                self.untell_offers(&place);
                ask(LibraryEffect::KeepApart { place, text })
            }
        }
    }

    pub(in crate::session) fn learn_of_library(&mut self, event: LibraryEvent) -> Vec<Effect> {
        match event {
            LibraryEvent::Listed { entries, folders } => {
                self.with_library(|library| library.list.take(entries, folders))
            }
            LibraryEvent::Progress { ticket, progress } => {
                self.with_library(|library| library.work = Some((ticket, progress)))
            }
            LibraryEvent::Added { ticket, added } => self.library_work_done(ticket, added),
            LibraryEvent::Found { ticket, documents, complete, fault } => {
                self.found_in_library(ticket, documents, complete, fault)
            }
            LibraryEvent::SameText { place, text, with, notes } => {
                self.told(MessageText::SameText { place, text, with, notes })
            }
            LibraryEvent::NotesCame { place, from, notes } => {
                self.untell_moved(&place);
                self.told(MessageText::NotesCame { name: place.name(), from: from.to_words(), notes })
            }
            LibraryEvent::NotesShared { place, result } => self.notes_shared(&place, result),
            LibraryEvent::Remark(remark) => self.told(MessageText::Remark(remark)),
        }
    }

    /// To be called when a page of the library is opened.
    pub(in crate::session) fn list_library() -> Vec<Effect> {
        ask(LibraryEffect::List)
    }

    fn with_library(&mut self, change: impl FnOnce(&mut Library)) -> Vec<Effect> {
        change(&mut self.library);
        Vec::new()
    }

    fn begin_library_work(&mut self) -> Ticket {
        let ticket = self.ticket();
        self.library.work = Some((ticket, LibraryProgress::default()));
        ticket
    }

    fn add_to_library(&mut self, paths: Vec<PathBuf>) -> Vec<Effect> {
        if paths.is_empty() {
            return Vec::new();
        }
        let ticket = self.begin_library_work();
        ask(LibraryEffect::Add { ticket, paths })
    }

    fn look_again(&mut self, anew: bool) -> Vec<Effect> {
        let ticket = self.begin_library_work();
        ask(LibraryEffect::LookAgain { ticket, anew })
    }

    fn stop_library(&mut self) -> Vec<Effect> {
        let running = self.library.work.as_ref().map(|(ticket, _)| LibraryEffect::Stop(*ticket));
        running.map_or_else(Vec::new, ask)
    }

    fn library_work_done(&mut self, ticket: Ticket, added: LibraryAdded) -> Vec<Effect> {
        self.library.work.take_if(|(running, _)| *running == ticket);
        // What nobody asked for is told only where something is to be known.
        let asked = ticket != Ticket::default();
        self.library.list.take_missing(&added);
        let mut effects = self.search_again();
        if asked || added.failed_anew > 0 {
            effects.extend(self.told(MessageText::LibraryAdded(Box::new(added))));
        }
        effects
    }

    fn remove_from_library(&mut self, places: Vec<Place>) -> Vec<Effect> {
        let entries = self.library.list.entries().iter();
        let removed: Vec<LibraryEntry> =
            entries.filter(|entry| places.contains(&entry.place)).cloned().collect();
        if removed.is_empty() {
            return Vec::new();
        }
        self.tell(MessageText::TakenOut(removed.len()));
        self.library.removed = removed;
        ask(LibraryEffect::Remove(places))
    }

    fn put_back(&mut self) -> Vec<Effect> {
        let removed = std::mem::take(&mut self.library.removed);
        self.untell(&MessageText::TakenOut(removed.len()));
        if removed.is_empty() { Vec::new() } else { ask(LibraryEffect::PutBack(removed)) }
    }

    // --- finding ------------------------------------------------------------------------------------

    fn search_library(&mut self, text: String) -> Vec<Effect> {
        let ticket = self.ticket();
        let query = LibraryQuery::parse(&text);
        let search = &mut self.library.search;
        search.text = text;
        search.begin(ticket, query.clone());
        let options = SearchOptions {
            ignore_punctuation: self.settings.find_ignores_punctuation,
            as_written: search.as_written,
        };
        // An empty one goes out too: it ends the one before.
        let asides = self.settings.show_asides;
        let request = LibrarySearchRequest { query, options, asides, all_places: false };
        ask(LibraryEffect::Search { ticket, request })
    }

    /// After documents came in, where something was looked for.
    fn search_again(&mut self) -> Vec<Effect> {
        let searching = self.page == Some(Page::SearchAll) && !self.library.search.query.is_empty();
        if searching { self.search_library(self.library.search.text.clone()) } else { Vec::new() }
    }

    fn found_in_library(
        &mut self,
        ticket: Ticket,
        documents: Vec<FoundDocument>,
        complete: bool,
        fault: Option<String>,
    ) -> Vec<Effect> {
        if self.library.search.ticket == ticket {
            self.library.search.take(documents, complete, fault);
        }
        Vec::new()
    }

    fn go_to_found(&mut self, document: usize, hit: usize) -> Vec<Effect> {
        let search = &self.library.search;
        let Some(found) = search.documents().get(document) else { return Vec::new() };
        let Some(hit) = found.hits.get(hit) else { return Vec::new() };
        let sought = Sought {
            words: search.query.wanted.get(hit.word).cloned().unwrap_or_default(),
            as_written: search.as_written,
            position: hit.span.start(),
            text: found.text,
        };
        let place = found.place.clone();
        self.page = None;
        let mut effects = self.open(vec![place.clone()]);
        let Some(index) = self.tabs.iter().position(|tab| tab.is_of(&place)) else { return effects };
        let Some(tab) = self.tabs.get_mut(index) else { return effects };
        match tab.reader_mut() {
            Some(reader) if reader.complete() => {
                let position = sought.begin_in(reader);
                effects.extend(self.find_in(index));
                effects.extend(position.map_or_else(Vec::new, |position| self.reveal(position)));
            }
            _ => tab.sought = Some(sought),
        }
        effects
    }

    /// A document that was opened from what was found has arrived: to be called before it is searched.
    pub(in crate::session) fn go_to_sought(&mut self, index: usize) -> Vec<Effect> {
        let Some(tab) = self.tabs.get_mut(index) else { return Vec::new() };
        let pane = PaneId::Document(tab.id);
        let Some(sought) = tab.sought.take() else { return Vec::new() };
        let position = tab.reader_mut().and_then(|reader| sought.begin_in(reader));
        position.map(|position| Effect::Reveal { pane, position }).into_iter().collect()
    }

    // --- notes of the same text -----------------------------------------------------------------------

    fn untell_offers(&mut self, of: &Place) {
        self.messages.retain(|message| match &message.text {
            MessageText::SameText { place, .. } | MessageText::NotesFit { place, .. } => place != of,
            _ => true,
        });
    }

    /// The document is read again, with the notes that are its own now.
    fn notes_shared(&mut self, place: &Place, result: Result<(), String>) -> Vec<Effect> {
        if let Err(reason) = result {
            return self.told(MessageText::NotesNotShared { name: place.name(), reason });
        }
        self.tell(MessageText::NotesShared(place.name()));
        let index = self.tabs.iter().position(|tab| tab.is_of(place));
        index.map_or_else(Vec::new, |index| self.read_again(index))
    }
}

impl Sought {
    /// Fills the field for finding; answers where to go, where the text is still the one that was searched.
    fn begin_in(self, reader: &mut Reader) -> Option<u32> {
        reader.find.open = true;
        reader.find.leads = true;
        reader.find.text = self.words;
        reader.find.options.as_written = self.as_written;
        if reader.document().id() != self.text {
            return None;
        }
        let here = reader.position();
        reader.trail.leave(here);
        // The hit at or after this position becomes the current one.
        reader.set_in_sight(InSight::from(self.position));
        Some(self.position)
    }
}

fn ask(effect: LibraryEffect) -> Vec<Effect> {
    vec![Effect::Library(effect)]
}
