//! Documents that are opened: read on threads of their own, with word of how far that is.

use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use super::{Announcer, World};
use crate::import::{News, Password};
use crate::session::{Event, OpenError, Opened, Place, ReadingChoices, Ticket};
use crate::store::Loaded;
use crate::store::collecting::NotesReader;
use crate::store::crew::Crew;
use crate::store::keeper::ReadingDesk;
use crate::store::librarian::LibraryDesk;
use crate::store::reading::{Listener, open};
use crate::store::replace::folder_of;
use crate::store::temporary::sweep_folder;
use crate::store::wanted::{Pace, Wanted};
use crate::store::watch::Watch;
use crate::text::prepare_words;

/// What is to be opened, and how.
pub(super) struct Asked {
    pub(super) place: Place,
    /// `None` for those that are kept with the notes.
    pub(super) choices: Option<ReadingChoices>,
    pub(super) password: Option<Password>,
}

/// What it takes to open a document.
struct Opener {
    ticket: Ticket,
    wanted: Arc<AtomicBool>,
    reads: Wanted,
    crew: Crew,
    announcer: Announcer,
    watch: Arc<Watch>,
    desk: ReadingDesk,
    notes: Arc<NotesReader>,
    library: LibraryDesk,
}

impl World {
    /// Opens a document. What is stopped meanwhile is not waited for.
    pub(super) fn read(&self, ticket: Ticket, asked: Asked) {
        let opener = Opener {
            ticket,
            wanted: self.reads.begin(ticket),
            reads: self.reads.clone(),
            crew: self.reading.clone(),
            announcer: self.announcer.clone(),
            watch: Arc::clone(&self.watch),
            desk: self.keeper.desk_for_reading(),
            notes: self.collector.reader(),
            library: self.librarian.desk_for_reading(),
        };
        opener.begin(asked);
        // Whoever reads will soon click on a word.
        self.working.give(prepare_words, drop);
    }
}

impl Opener {
    fn begin(self, asked: Asked) {
        let (crew, failing) = (self.crew.clone(), self.failing());
        crew.give(move || self.open_or_wait(asked), failing);
    }

    /// Where the drive does not answer, this is said, and the document is opened as soon as it does: those on other
    /// drives do not wait for it meanwhile.
    fn open_or_wait(self, asked: Asked) {
        if self.desk.notes().answers(&asked.place) {
            self.open(&asked);
            self.reads.end(self.ticket);
            return;
        }
        self.announcer.announce(Event::DriveStalls { ticket: self.ticket });
        let failing = self.failing();
        let wait = move || {
            self.desk.notes().await_answer(&asked.place);
            self.begin(asked);
        };
        if let Err(error) = thread::Builder::new().name("duidu-wait".to_owned()).spawn(wait) {
            failing(error.to_string());
        }
    }

    /// Says that the document cannot be opened.
    fn failing(&self) -> impl FnOnce(String) + Send + 'static {
        let (reads, announcer, ticket) = (self.reads.clone(), self.announcer.clone(), self.ticket);
        move |reason| {
            reads.end(ticket);
            announcer.announce(Event::NotOpened {
                ticket,
                reason: OpenError::Unreadable { kind: ErrorKind::Other, reason },
            });
        }
    }

    fn open(&self, asked: &Asked) {
        let place = &asked.place;
        self.desk.settle(place);
        self.notes.reading(place);
        let was_watched = self.watch.begin(place, self.desk.notes().path(place));
        match self.read(asked) {
            Ok(first) => self.opened(asked, first),
            Err(reason) => {
                if !was_watched {
                    self.watch.end(place);
                }
                self.announcer.announce(Event::NotOpened { ticket: self.ticket, reason });
            }
        }
    }

    fn read(&self, Asked { place, choices, password }: &Asked) -> Result<Opened, OpenError> {
        let unsaved = |loaded: &mut Loaded| self.desk.add_unsaved(place, loaded);
        let mut tell = teller(self.announcer.clone(), self.ticket);
        let listener = &mut Listener { tell: &mut tell, wanted: &self.wanted };
        open(self.desk.notes(), place, (choices.as_ref(), password.as_ref()), listener, unsaved)
    }

    /// Its notes may have lain elsewhere: where they came along, it is read with them.
    fn opened(&self, asked: &Asked, first: Opened) {
        let place = &asked.place;
        let (came, news) = self.library.look(place, first.imported.document.id());
        let opened = if came { self.read(asked).unwrap_or(first) } else { first };
        self.library.opened(place, &opened);
        self.announcer.announce(Event::Opened { ticket: self.ticket, opened: Box::new(opened) });
        for event in news {
            self.announcer.announce(Event::Library(event));
        }
        sweep_beside(place);
    }
}

/// Tells the session how far a document is: now and then, and its first pages at once. Who reads may have been taken
/// over by the document: whatever it says without a pause, the window hears it with pauses.
fn teller(announcer: Announcer, ticket: Ticket) -> impl FnMut(News) {
    let (mut pace, mut pages, mut ended) = (Pace::begin(), None::<Pace>, false);
    move |news| match news {
        News::Beginning(imported) if pages.as_mut().is_none_or(Pace::is_due) => {
            pages.get_or_insert_with(Pace::begin);
            announcer.announce(Event::Beginning { ticket, imported });
        }
        News::Progress { done, of } if pace.is_due() || (done == of && !ended) => {
            ended |= done == of;
            announcer.announce(Event::ReadingProgress { ticket, done, of });
        }
        News::Beginning(_) | News::Progress { .. } => {}
    }
}

/// Removes what a program that died has left half written beside a document.
fn sweep_beside(place: &Place) {
    if let Place::File(path) = place {
        sweep_folder(folder_of(path));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::import::{ReadOptions, read};
    use crate::store::wanted::PAUSE;

    #[test]
    fn whoever_reads_and_talks_without_a_pause_is_heard_with_pauses() {
        let announcer = Announcer::new(|| {});
        let mut tell = teller(announcer.clone(), Ticket::default());
        let start = Instant::now();
        for _ in 0..1_000 {
            tell(News::Progress { done: 1, of: 1 });
            tell(News::Beginning(Box::new(read("a.txt", "河".into(), &ReadOptions::default()).unwrap())));
        }
        let most = 2 + 2 * start.elapsed().as_millis() / PAUSE.as_millis();
        let told = announcer.take();
        assert!(told.len() as u128 <= most, "{} of {most}", told.len());
        let is_first_page = |event: &Event| matches!(event, Event::Beginning { .. });
        assert!(told.iter().any(is_first_page) && !told.iter().all(is_first_page));
    }
}
