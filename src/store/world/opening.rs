//! Documents that are opened: read on threads of their own, with word of how far that is.

use std::sync::Arc;

use super::{Announcer, World};
use crate::import::{News, Password};
use crate::session::{Event, OpenError, Place, ReadingChoices, Ticket};
use crate::store::Loaded;
use crate::store::reading::{Listener, open};
use crate::store::replace::folder_of;
use crate::store::temporary::sweep_folder;
use crate::store::wanted::Pace;
use crate::text::prepare_words;

/// What is to be opened, and how.
pub(super) struct Asked {
    pub(super) place: Place,
    /// `None` for those that are kept with the notes.
    pub(super) choices: Option<ReadingChoices>,
    pub(super) password: Option<Password>,
}

impl World {
    /// Opens a document. What is stopped meanwhile is not answered.
    pub(super) fn read(&self, ticket: Ticket, asked: Asked) {
        let (announcer, watch, desk) =
            (self.announcer.clone(), Arc::clone(&self.watch), self.keeper.desk_for_reading());
        let (failing, reader) = (self.announcer.clone(), self.collector.reader());
        let library = self.librarian.desk_for_reading();
        let wanted = self.reads.begin(ticket);
        let (reads, failed_reads) = (self.reads.clone(), self.reads.clone());
        let work = move || {
            let Asked { place, choices, password } = asked;
            desk.settle(&place);
            reader.reading(&place);
            let was_watched = watch.begin(&place, desk.notes().path(&place));
            let mut tell = teller(announcer.clone(), ticket);
            let mut read = || {
                let unsaved = |loaded: &mut Loaded| desk.add_unsaved(&place, loaded);
                let listener = &mut Listener { tell: &mut tell, wanted: &wanted };
                open(desk.notes(), &place, (choices.as_ref(), password.as_ref()), listener, unsaved)
            };
            let result = read();
            reads.end(ticket);
            match result {
                Ok(first) => {
                    let (came, news) = library.look(&place, first.imported.document.id());
                    let opened = if came { read().unwrap_or(first) } else { first };
                    library.opened(&place, &opened);
                    announcer.announce(Event::Opened { ticket, opened: Box::new(opened) });
                    for event in news {
                        announcer.announce(Event::Library(event));
                    }
                    sweep_beside(&place);
                }
                Err(reason) => {
                    if !was_watched {
                        watch.end(&place);
                    }
                    announcer.announce(Event::NotOpened { ticket, reason });
                }
            }
        };
        self.reading.give(work, move |reason| {
            failed_reads.end(ticket);
            failing.announce(Event::NotOpened { ticket, reason: OpenError::Unreadable { reason } });
        });
        // Whoever reads will soon click on a word.
        self.working.give(prepare_words, drop);
    }
}

/// Tells the session how far a document is: now and then, and its first pages at once.
fn teller(announcer: Announcer, ticket: Ticket) -> impl FnMut(News) {
    let mut pace = Pace::begin();
    move |news| match news {
        News::Beginning(imported) => announcer.announce(Event::Beginning { ticket, imported }),
        News::Progress { done, of } if pace.is_due() || done == of => {
            announcer.announce(Event::ReadingProgress { ticket, done, of });
        }
        News::Progress { .. } => {}
    }
}

/// Removes what a program that died has left half written beside a document.
fn sweep_beside(place: &Place) {
    if let Place::File(path) = place {
        sweep_folder(folder_of(path));
    }
}
