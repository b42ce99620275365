//! Attaching notes to a document again: those of a document that was renamed, moved, edited or exported anew, and those
//! of which nobody knows where their document is.
//!
//! Nothing is taken from anywhere: notes are copied, as a step that can be undone, or shared by two files of one text.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Effect, LibraryCommand, MessageText, Opened, Page, Place, Session, Ticket};
use crate::document::{Document, TextId};
use crate::notes::{Annotation, Edit, Found, NoteId};

/// Notes that are kept elsewhere, and how they fit the document in front.
#[derive(Clone, PartialEq, Debug)]
pub struct NotesOffer {
    /// The file that they are kept in.
    pub file: PathBuf,
    /// The document that they are kept with; `None` where that is not known.
    pub place: Option<Place>,
    /// Its title, or the name of its file.
    pub title: String,
    /// Whether that document is no longer there.
    pub gone: bool,
    /// Whether it has the very same text.
    pub same_text: bool,
    /// The notes.
    pub notes: Vec<Arc<Annotation>>,
    /// The text in which they were looked for.
    pub text: TextId,
    /// Where each of them is in it.
    pub found: Vec<(NoteId, Found)>,
}

impl NotesOffer {
    /// How many of the notes have a place in the document in front that is sure enough.
    pub fn fitting(&self) -> usize {
        self.found.iter().filter(|(_, found)| found.span().is_some()).count()
    }

    /// Whether two files of this text can use the same notes from now on.
    pub fn can_be_shared(&self) -> bool {
        self.same_text && !self.gone && self.place.is_some()
    }
}

/// What a reader does about notes that are kept elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AttachCommand {
    /// Bring this document to the front and show what fits it.
    Show(Place),
    /// End the search.
    Stop,
    /// Copy the notes of this file to the document in front.
    Copy(PathBuf),
    /// The document in front uses the notes of this file from now on, together with the other document.
    Share(PathBuf),
}

/// What is asked for it.
#[derive(Clone, Debug)]
pub enum AttachEffect {
    /// Look for notes that fit a document. Answered by [`AttachEvent::Progress`] from time to time and
    /// [`AttachEvent::Found`] in the end.
    Look {
        /// Comes back with the answers.
        ticket: Ticket,
        /// The document.
        place: Place,
        /// Its text.
        document: Arc<Document>,
        /// Whether all notes of the library are looked at; otherwise only those whose document is gone or may be the
        /// same in another format, and none where the reader wants it to have notes of its own.
        every: bool,
    },
    /// End a search. No answer is waited for.
    Stop(Ticket),
}

/// What is told of it.
#[derive(Clone, PartialEq, Debug)]
pub enum AttachEvent {
    /// So many documents were looked at.
    Progress {
        /// The request's.
        ticket: Ticket,
        /// From 0 to 1.
        done: f32,
    },
    /// What fits, the best first.
    Found {
        /// The request's.
        ticket: Ticket,
        /// The notes.
        offers: Vec<NotesOffer>,
    },
}

/// What is known of notes that fit a document.
#[derive(Debug, Default)]
pub struct Attaching {
    /// The document.
    place: Option<Place>,
    /// The search that goes on, and how far it is.
    running: Option<(Ticket, f32)>,
    /// What was found, the best first.
    offers: Vec<NotesOffer>,
    /// Documents that were opened without notes, for which is looked without being asked.
    quiet: Vec<(Ticket, Place)>,
}

impl Attaching {
    /// How far the search is, from 0 to 1; `None` where none goes on.
    pub fn progress(&self) -> Option<f32> {
        self.running.map(|(_, done)| done)
    }

    /// What was found, the best first.
    pub fn offers(&self) -> &[NotesOffer] {
        &self.offers
    }
}

impl Session {
    /// What is known of notes that fit the document in front.
    pub fn attaching(&self) -> &Attaching {
        &self.attaching
    }

    pub(super) fn obey_attach(&mut self, command: AttachCommand) -> Vec<Effect> {
        match command {
            AttachCommand::Show(place) => self.show_offers(&place),
            AttachCommand::Stop => self.stop_attaching(),
            AttachCommand::Copy(file) => self.copy_notes(&file),
            AttachCommand::Share(file) => self.share_offered(&file),
        }
    }

    fn show_offers(&mut self, place: &Place) -> Vec<Effect> {
        let Some(index) = self.tabs.iter().position(|tab| tab.place == *place) else { return Vec::new() };
        self.bring_document(index);
        self.page = Some(Page::Attach);
        self.look_for_notes()
    }

    /// To be called when the page is opened.
    pub(super) fn look_for_notes(&mut self) -> Vec<Effect> {
        let mut effects = self.stop_attaching();
        let ticket = self.ticket();
        let asked = self.active().and_then(|tab| Some((tab.place.clone(), tab.reader()?.document())));
        let Some((place, document)) = asked.map(|(place, document)| (place, Arc::clone(document))) else {
            return effects;
        };
        self.attaching.offers.clear();
        self.attaching.place = Some(place.clone());
        self.attaching.running = Some((ticket, 0.0));
        effects.push(Effect::Attach(AttachEffect::Look { ticket, place, document, every: true }));
        effects
    }

    /// A document was opened that has no notes: perhaps they lie where it was before.
    pub(super) fn look_quietly(&mut self, place: &Place, opened: &Opened) -> Option<(Ticket, Place)> {
        let without = opened.kept.annotations.is_empty() && opened.kept.trash.is_empty();
        let possible = without && matches!(place, Place::File(_)) && !opened.imported.may_be_damaged();
        possible.then(|| (self.ticket(), place.clone()))
    }

    /// Looks for the notes of a document that is open by now.
    pub(super) fn begin_quietly(&mut self, index: usize, asked: Option<(Ticket, Place)>) -> Option<Effect> {
        let (ticket, place) = asked?;
        let document = Arc::clone(self.tabs.get(index)?.reader()?.document());
        self.attaching.quiet.push((ticket, place.clone()));
        Some(Effect::Attach(AttachEffect::Look { ticket, place, document, every: false }))
    }

    fn stop_attaching(&mut self) -> Vec<Effect> {
        let running = self.attaching.running.take();
        running.map(|(ticket, _)| Effect::Attach(AttachEffect::Stop(ticket))).into_iter().collect()
    }

    pub(super) fn learn_attach(&mut self, event: AttachEvent) -> Vec<Effect> {
        match event {
            AttachEvent::Progress { ticket, done } => {
                let running = self.attaching.running.as_mut().filter(|(running, _)| *running == ticket);
                if let Some((_, so_far)) = running {
                    *so_far = done;
                }
                Vec::new()
            }
            AttachEvent::Found { ticket, offers } => self.offers_found(ticket, offers),
        }
    }

    fn offers_found(&mut self, ticket: Ticket, offers: Vec<NotesOffer>) -> Vec<Effect> {
        if self.attaching.running.take_if(|(running, _)| *running == ticket).is_some() {
            self.attaching.offers = offers;
            return Vec::new();
        }
        let quiet = self.attaching.quiet.iter().position(|(asked, _)| *asked == ticket);
        let Some((_, place)) = quiet.map(|index| self.attaching.quiet.remove(index)) else {
            return Vec::new();
        };
        let open = self.tabs.iter().find(|tab| tab.place == place).and_then(|tab| tab.reader());
        let without = open.filter(|reader| reader.notebook().is_empty());
        let Some(text) = without.map(|reader| reader.document().id()) else { return Vec::new() };
        let best = offers.into_iter().next().filter(|best| 2 * best.fitting() >= best.notes.len());
        best.map_or_else(Vec::new, |best| {
            let (found, all) = (best.fitting(), best.notes.len());
            self.told(MessageText::NotesFit { place, text, gone: best.gone, from: best.title, found, all })
        })
    }

    fn offer(&self, file: &Path) -> Option<&NotesOffer> {
        let front = self.active().is_some_and(|tab| Some(&tab.place) == self.attaching.place.as_ref());
        self.attaching.offers.iter().filter(|_| front).find(|offer| offer.file == file)
    }

    /// Every note that the document in front does not have yet, with where it was found.
    fn copy_notes(&mut self, file: &Path) -> Vec<Effect> {
        let Some(NotesOffer { notes, text, found, .. }) = self.offer(file).cloned() else {
            return Vec::new();
        };
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        if let Some(reason) = reader.refuses_notes() {
            return self.told(reason);
        }
        let known = |id| reader.notebook.get(id).is_some() || reader.notebook.trashed(id).is_some();
        let new: Vec<_> = notes.into_iter().filter(|note| !known(note.id)).collect();
        // In another text than the one in which they were looked for, they are looked for again.
        let found: HashMap<NoteId, Found> =
            found.into_iter().filter(|_| text == reader.document().id()).collect();
        for (note, found) in new.iter().filter_map(|note| Some((note, found.get(&note.id)?))) {
            reader.places.know(&note.anchor, found.clone());
        }
        let count = new.len();
        self.page = None;
        self.tell(MessageText::NotesAttached(count));
        if count == 0 {
            Vec::new()
        } else {
            self.edit(Edit::Group(new.into_iter().map(Edit::Add).collect()), false)
        }
    }

    fn share_offered(&mut self, file: &Path) -> Vec<Effect> {
        let with =
            self.offer(file).filter(|offer| offer.can_be_shared()).and_then(|offer| offer.place.clone());
        let place = self.active().map(|tab| tab.place.clone());
        let Some((place, with)) = place.zip(with) else { return Vec::new() };
        self.page = None;
        self.obey_library(LibraryCommand::ShareNotes { place, with })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, Event, Kept, LibraryEffect};
    use super::*;
    use crate::notes::{Colour, locate_all};

    const TEXT: &str = "第一条　任何单位不得向河道倾倒垃圾，违者由村民小组劝阻。\n\n\
        第二条　图书室每周开放三次，由管理员登记借书的人和日期。";

    /// Notes on [`TEXT`], and a desk with that text after a new beginning and without notes.
    fn renamed() -> (Kept, Desk) {
        let mut desk = Desk::with(TEXT);
        for quote in ["任何单位", "图书室每周"] {
            desk.select(quote);
            desk.ask(Command::Highlight(Colour::Yellow));
        }
        let kept = desk.last_save().clone();
        (kept, Desk::with(&format!("新写的开头一段。\n\n{TEXT}")))
    }

    fn offer(kept: &Kept, desk: &Desk, same_text: bool) -> NotesOffer {
        NotesOffer {
            file: "old.txt.duidu.ron".into(),
            place: Some(Place::File("old.txt".into())),
            title: "村规".to_owned(),
            gone: !same_text,
            same_text,
            notes: kept.annotations.to_vec(),
            text: desk.reader().document().id(),
            found: locate_all(kept.notes(), desk.reader().document()),
        }
    }

    fn asked(desk: &Desk, wanted: bool) -> Ticket {
        let asked = desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::Attach(AttachEffect::Look { ticket, every, .. }) if *every == wanted => Some(*ticket),
            _ => None,
        });
        asked.unwrap()
    }

    fn found(desk: &mut Desk, ticket: Ticket, offers: Vec<NotesOffer>) {
        desk.tell(Event::Attach(AttachEvent::Found { ticket, offers }));
    }

    #[test]
    fn a_document_without_notes_is_told_which_fit_it() {
        let (kept, mut desk) = renamed();
        let (ticket, offers) = (asked(&desk, false), vec![offer(&kept, &desk, false)]);
        found(&mut desk, ticket, offers);
        let told = &desk.session.messages().last().unwrap().text;
        let MessageText::NotesFit { place, from, found: 2, all: 2, .. } = told else { panic!("{told:?}") };
        assert_eq!(from, "村规");
        desk.ask(Command::Attach(AttachCommand::Show(place.clone())));
        assert_eq!(desk.session.page(), Some(Page::Attach));
        assert!(desk.session.attaching().progress().is_some());
    }

    #[test]
    fn an_offer_that_is_declined_is_taken_back_and_remembered() {
        let (kept, mut desk) = renamed();
        let (ticket, offers) = (asked(&desk, false), vec![offer(&kept, &desk, true)]);
        found(&mut desk, ticket, offers);
        let told = desk.session.messages().last().unwrap().text.clone();
        let MessageText::NotesFit { place, text, gone: false, .. } = told else { panic!("{told:?}") };
        desk.ask(Command::Library(LibraryCommand::KeepApart { place, text }));
        assert!(desk.session.messages().is_empty());
        let keeps = |effect: &Effect| matches!(effect, Effect::Library(LibraryEffect::KeepApart { .. }));
        assert!(desk.effects.iter().any(keeps), "the world remembers it");
    }

    #[test]
    fn notes_that_hardly_fit_are_not_offered_without_being_asked() {
        let (kept, mut desk) = renamed();
        let mut poor = offer(&kept, &desk, false);
        poor.found.iter_mut().for_each(|(_, found)| *found = Found::Lost);
        let ticket = asked(&desk, false);
        found(&mut desk, ticket, vec![poor]);
        assert!(desk.session.messages().is_empty());
    }

    #[test]
    fn attached_notes_stand_on_their_words_and_undo_takes_them_off() {
        let (kept, mut desk) = renamed();
        desk.ask(Command::ShowPage(Some(Page::Attach)));
        let (ticket, offers) = (asked(&desk, true), vec![offer(&kept, &desk, false)]);
        found(&mut desk, ticket, offers);
        let file = desk.session.attaching().offers()[0].file.clone();
        desk.ask(Command::Attach(AttachCommand::Copy(file.clone())));
        assert!(desk.screen().contains("⟦任何单位⟧") && desk.screen().contains("⟦图书室每周⟧"));
        assert_eq!((desk.last_save().annotations.clone(), desk.session.page()), (kept.annotations, None));
        desk.ask(Command::Attach(AttachCommand::Copy(file)));
        assert_eq!(desk.reader().notebook().len(), 2, "none of them twice");
        desk.ask(Command::Undo);
        assert!(desk.reader().notebook().is_empty());
        desk.ask(Command::Redo);
        assert!(desk.screen().contains("⟦任何单位⟧") && desk.screen().contains("⟦图书室每周⟧"));
    }

    /// The document was read again meanwhile, and its words stand elsewhere.
    #[test]
    fn where_notes_were_in_another_text_is_no_place_for_them() {
        let (kept, mut desk) = renamed();
        desk.ask(Command::ShowPage(Some(Page::Attach)));
        let (ticket, offers) = (asked(&desk, true), vec![offer(&kept, &desk, false)]);
        found(&mut desk, ticket, offers);
        desk.ask(Command::Reload);
        let ticket = desk.last_read();
        desk.arrive(ticket, &format!("又有一段。\n\n新写的开头一段。\n\n{TEXT}"), Kept::default());
        desk.ask(Command::Attach(AttachCommand::Copy("old.txt.duidu.ron".into())));
        assert_eq!((desk.screen().contains('⟦'), desk.reader().unsought_notes()), (false, 2));
    }

    #[test]
    fn only_files_of_one_text_share_their_notes() {
        let (kept, mut desk) = renamed();
        for same_text in [false, true] {
            desk.ask(Command::ShowPage(Some(Page::Attach)));
            let (ticket, offers) = (asked(&desk, true), vec![offer(&kept, &desk, same_text)]);
            found(&mut desk, ticket, offers);
            desk.effects.clear();
            desk.ask(Command::Attach(AttachCommand::Share("old.txt.duidu.ron".into())));
            let shares = desk.effects.iter().any(|effect| matches!(effect, Effect::Library(_)));
            assert_eq!(shares, same_text);
        }
    }

    #[test]
    fn an_old_answer_is_ignored() {
        let (kept, mut desk) = renamed();
        desk.ask(Command::ShowPage(Some(Page::Attach)));
        let (ticket, offers) = (asked(&desk, true), vec![offer(&kept, &desk, false)]);
        desk.ask(Command::Attach(AttachCommand::Stop));
        found(&mut desk, ticket, offers);
        assert!(desk.session.attaching().offers().is_empty());
    }
}
