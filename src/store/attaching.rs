//! Notes that are kept elsewhere and may belong to a document: looked for on a thread of their own.
//!
//! Candidates are the notes of other documents of the library, those in the document's folder whose own document is
//! gone, and those in the data folder of which nobody knows where their document is. Where nobody asked, of the documents
//! that are there only those count that may be this one in another format.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::Home;
use super::cataloguer::{characters_of, title_of};
use super::crew::Crew;
use super::familiar::{is_there, orphans, whole};
use super::keeper::ReadingDesk;
use super::library::LibraryStore;
use super::replace::folder_of;
use super::sidecar::{Loaded, NotesFiles, Touch};
use super::wanted::{Wanted, Watching};
use super::world::Announcer;
use crate::compare::Watcher;
use crate::document::{Document, TextId};
use crate::notes::{Annotation, Found, NoteId, Target, fit, is_telling, locate_note};
use crate::session::{AttachEffect, AttachEvent, Event, LibraryEntry, NotesOffer, Place, Ticket};
use crate::text::fold_char;

/// So many offers are made at most.
const OFFERED: usize = 40;

/// Of notes by the hundred so many are looked for first: where none of them is found, the others are not looked for.
const SAMPLE: usize = 24;

/// Looks for notes that fit documents; each search can be ended while it waits or runs.
#[derive(Debug)]
pub(super) struct Attacher {
    crew: Crew,
    announcer: Announcer,
    shelf: Shelf,
    wanted: Wanted,
}

/// Where notes may lie.
#[derive(Clone, Debug)]
struct Shelf {
    home: Home,
    desk: ReadingDesk,
    library: Arc<LibraryStore>,
}

/// Notes that are kept elsewhere.
enum Candidate {
    /// With this document.
    Of(Place),
    /// In this file.
    In(PathBuf),
}

impl Attacher {
    /// Starts the thread. An error means that the system gives none.
    pub(super) fn start(
        home: Home,
        desk: ReadingDesk,
        library: Arc<LibraryStore>,
        announcer: Announcer,
    ) -> io::Result<Self> {
        let shelf = Shelf { home, desk, library };
        Ok(Self { crew: Crew::start("attach", 1)?, announcer, shelf, wanted: Wanted::default() })
    }

    /// Carries out what the session asks.
    pub(super) fn carry_out(&self, effect: AttachEffect) {
        match effect {
            AttachEffect::Look { ticket, place, document, every } => {
                self.look(ticket, place, document, every);
            }
            AttachEffect::Stop(ticket) => self.wanted.stop(ticket),
        }
    }

    fn look(&self, ticket: Ticket, place: Place, document: Arc<Document>, every: bool) {
        let wanted = self.wanted.begin(ticket);
        let (announcer, all, source) = (self.announcer.clone(), self.wanted.clone(), self.shelf.clone());
        let (failing, all_failing) = (self.announcer.clone(), self.wanted.clone());
        let work = move || {
            let tell = |done| announcer.announce(Event::Attach(AttachEvent::Progress { ticket, done }));
            let offers = source.offers(&place, &document, every, &Watching::new(&wanted, tell));
            all.end(ticket);
            announcer.announce(Event::Attach(AttachEvent::Found { ticket, offers }));
        };
        self.crew.give(work, move |reason| {
            all_failing.end(ticket);
            failing.announce(Event::Remark(reason));
            failing.announce(Event::Attach(AttachEvent::Found { ticket, offers: Vec::new() }));
        });
    }
}

/// What is still running when the program ends is not waited for.
impl Drop for Attacher {
    fn drop(&mut self) {
        self.wanted.stop_all();
    }
}

impl Shelf {
    /// What fits the document, the best first.
    fn offers(
        &self,
        place: &Place,
        document: &Document,
        every: bool,
        watching: &dyn Watcher,
    ) -> Vec<NotesOffer> {
        if !every && self.library.is_apart(document.id(), &whole(place)) {
            return Vec::new();
        }
        let target = Target::new(document);
        let candidates = self.candidates(&whole(place), document, every);
        let mut offers = Vec::new();
        for (number, candidate) in candidates.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a share to be shown")]
            let done = number as f32 / candidates.len() as f32;
            if !watching.goes_on(done) {
                break;
            }
            offers.extend(self.offer(candidate, document, &target, &|| watching.goes_on(done)));
        }
        let rank = |offer: &NotesOffer| {
            let (fitting, all) = (offer.fitting(), offer.notes.len().max(1));
            std::cmp::Reverse((offer.same_text, fitting * 1_000 / all, fitting))
        };
        offers.sort_by(|one, other| (rank(one), &one.file).cmp(&(rank(other), &other.file)));
        offers.truncate(OFFERED);
        offers
    }

    fn candidates(&self, place: &Place, document: &Document, every: bool) -> Vec<Candidate> {
        let entries = self.library.entries();
        let own = self.library.keeper_of_notes(place);
        let look = Look::of(place, document);
        let noted = entries.iter().filter(|entry| entry.notes > 0);
        let keepers = noted.map(|entry| (entry, self.library.keeper_of_notes(&entry.place)));
        let wanted = keepers.filter(|(entry, keeper)| every || look.is_like(entry) || !is_there(keeper));
        let mut places: BTreeSet<Place> = wanted.map(|(_, keeper)| keeper).collect();
        if let Place::File(path) = place {
            places.extend(orphans(folder_of(path), None));
        }
        places.retain(|other| *other != own && other != place);
        let mut known: Vec<Place> = entries.into_iter().map(|entry| entry.place).collect();
        known.push(place.clone());
        let unknown = NotesFiles::within(&self.home).of_no_place(&known);
        places.into_iter().map(Candidate::Of).chain(unknown.into_iter().map(Candidate::In)).collect()
    }

    fn offer(
        &self,
        candidate: &Candidate,
        document: &Document,
        target: &Target<'_>,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<NotesOffer> {
        let (loaded, place) = match candidate {
            Candidate::Of(place) => (self.desk.load_closed(place, Touch::Nothing), Some(place.clone())),
            Candidate::In(path) => (self.desk.notes().load_path(path), None),
        };
        let Loaded { kept, file, .. } = loaded;
        let text = document.id();
        let same_text = kept.text == Some(text);
        let found = found_in(&kept.annotations, target, goes_on)?;
        let name = || match &place {
            Some(place) => place.name(),
            None => file.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        };
        let title = Some(kept.title).filter(|title| !title.trim().is_empty()).unwrap_or_else(name);
        let gone = place.as_ref().is_none_or(|place| !is_there(place));
        Some(NotesOffer {
            file: file.path,
            place,
            title,
            gone,
            same_text,
            notes: kept.annotations.into(),
            text,
            found,
        })
    }
}

/// What a document looks like: much the same in each of its formats.
struct Look {
    text: TextId,
    title: String,
    characters: u64,
}

/// The texts of a document in two formats differ in length by less than one in so many characters.
const ALIKE: u64 = 50;

impl Look {
    fn of(place: &Place, document: &Document) -> Self {
        let title = folded(&title_of(place, document));
        Self { text: document.id(), title, characters: characters_of(document) }
    }

    /// Whether a document of the library may be the same in another format: by its title, or its length. One of the
    /// very same text is asked about when it is opened.
    fn is_like(&self, entry: &LibraryEntry) -> bool {
        let as_long = entry.characters.abs_diff(self.characters) * ALIKE < self.characters;
        entry.text != Some(self.text) && (folded(&entry.title) == self.title || as_long)
    }
}

/// The letters and characters of a title, in either script.
fn folded(title: &str) -> String {
    title.chars().filter(|character| character.is_alphanumeric()).map(fold_char).collect()
}

/// Where each of these notes is; nothing where none of them seems to be there, or the search was ended.
fn found_in(
    notes: &[Arc<Annotation>],
    target: &Target<'_>,
    goes_on: &dyn Fn() -> bool,
) -> Option<Vec<(NoteId, Found)>> {
    let some = notes.iter().step_by((notes.len() / SAMPLE).max(1)).map(|note| &**note);
    if fit(some, target) <= 0.0 {
        return None;
    }
    let locate = |note: &Arc<Annotation>| goes_on().then(|| (note.id, locate_note(note, target)));
    let found: Vec<(NoteId, Found)> = notes.iter().map(locate).collect::<Option<_>>()?;
    is_evidence(notes, &found).then_some(found)
}

/// Whether what was found shows that the notes may belong here: that half of them are there, or one with words that
/// hardly stand in another document.
fn is_evidence(notes: &[Arc<Annotation>], found: &[(NoteId, Found)]) -> bool {
    let there = || notes.iter().zip(found).filter(|(_, (_, found))| found.span().is_some());
    there().count() * 2 >= notes.len() || there().any(|(note, _)| is_telling(note))
}

#[cfg(test)]
#[path = "attaching_tests.rs"]
mod tests;
