//! Exports of notes, made on a thread of their own.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::crew::Crew;
use super::wanted::{Wanted, Watching};
use super::world::Announcer;
use super::{Dictionaries, Home, NotesStore, check_result, read_document, templates, write_result};
use crate::compare::{Unwatched, Watcher};
use crate::notes::locate_all;
use crate::session::{
    Event, ExportEffect, ExportEvent, ExportJob, ExportPreview, ExportSource, NotExported, Place, Ticket,
};

/// Makes exports, one after another; each can be ended while it waits or runs.
#[derive(Debug)]
pub(super) struct Exporter {
    crew: Crew,
    /// Previews do not wait for a long export.
    previewing: Crew,
    announcer: Announcer,
    home: Home,
    wanted: Wanted,
    /// The preview that was asked for last: an older one need not be made.
    newest: Arc<AtomicU64>,
}

impl Exporter {
    /// Starts the threads. An error means that the system gives none.
    pub(super) fn start(home: Home, announcer: Announcer) -> io::Result<Self> {
        Ok(Self {
            crew: Crew::start("export", 1)?,
            previewing: Crew::start("preview", 1)?,
            announcer,
            home,
            wanted: Wanted::default(),
            newest: Arc::default(),
        })
    }

    /// Carries out an effect, as soon as what was asked for before is done.
    pub(super) fn carry_out(&self, effect: ExportEffect) {
        match effect {
            ExportEffect::Write { ticket, job, path } => self.write(ticket, job, path),
            ExportEffect::Make { ticket, job } => self.make(ticket, job),
            ExportEffect::Preview { ticket, job } => {
                let home = self.home.clone();
                self.preview(ticket, move || previewed(*job, &home).map_err(|reason| reason.to_string()));
            }
            ExportEffect::PreviewComparison { ticket, job } => self.preview(ticket, move || job.preview()),
            ExportEffect::ReadTemplates => self.read_templates(),
            ExportEffect::Stop(ticket) => self.wanted.stop(ticket),
        }
    }

    fn write(&self, ticket: Ticket, mut job: Box<ExportJob>, path: PathBuf) {
        let home = self.home.clone();
        let to = path.clone();
        let work = move |watcher: &dyn Watcher| {
            let bytes = made(&mut job, &home, watcher)?;
            let places: Vec<&Place> = job.sources.iter().map(|source| &source.place).collect();
            write_export(&to, &bytes, &places, &home)?;
            Ok(job.note_count())
        };
        self.answer(ticket, work, move |result| ExportEvent::Written { ticket, path, result });
    }

    fn make(&self, ticket: Ticket, mut job: Box<ExportJob>) {
        let home = self.home.clone();
        let work = move |watcher: &dyn Watcher| {
            let bytes = made(&mut job, &home, watcher)?;
            let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
            Ok((text, job.note_count()))
        };
        self.answer(ticket, work, move |result| ExportEvent::Made { ticket, result });
    }

    /// Has work done that can be ended, and tells its result; a fault in it is a result too.
    fn answer<Out: Send + 'static>(
        &self,
        ticket: Ticket,
        work: impl FnOnce(&dyn Watcher) -> Result<Out, NotExported> + Send + 'static,
        event: impl FnOnce(Result<Out, NotExported>) -> ExportEvent + Clone + Send + 'static,
    ) {
        let (wanted, all) = (self.wanted.begin(ticket), self.wanted.clone());
        let (announcer, failing, all_failing) =
            (self.announcer.clone(), self.announcer.clone(), self.wanted.clone());
        let failed = event.clone();
        let work = move || {
            let tell = |done| announcer.announce(Event::Export(ExportEvent::Progress { ticket, done }));
            let watching = Watching::new(&wanted, tell);
            let result = if watching.is_wanted() { work(&watching) } else { Err(NotExported::Cancelled) };
            all.end(ticket);
            announcer.announce(Event::Export(event(result)));
        };
        self.crew.give(work, move |reason| {
            all_failing.end(ticket);
            failing.announce(Event::Export(failed(Err(NotExported::Failed(reason)))));
        });
    }

    fn preview(
        &self,
        ticket: Ticket,
        preview: impl FnOnce() -> Result<ExportPreview, String> + Send + 'static,
    ) {
        self.newest.store(ticket.0, Ordering::Relaxed);
        let newest = Arc::clone(&self.newest);
        let (announcer, failing) = (self.announcer.clone(), self.announcer.clone());
        let event = move |result| Event::Export(ExportEvent::Previewed { ticket, result });
        let work = move || {
            if newest.load(Ordering::Relaxed) == ticket.0 {
                announcer.announce(event(preview()));
            }
        };
        self.previewing.give(work, move |reason| failing.announce(event(Err(reason))));
    }

    fn read_templates(&self) {
        let (home, announcer) = (self.home.clone(), self.announcer.clone());
        let work = move || {
            let (templates, faults) = templates::own_templates(&home);
            announcer.announce(Event::Export(ExportEvent::TemplatesRead { templates, faults }));
        };
        // Whatever happens, those that come with the program are there.
        self.previewing.give(work, drop);
    }
}

/// What is still running when the program ends is not waited for.
impl Drop for Exporter {
    fn drop(&mut self) {
        self.wanted.stop_all();
    }
}

fn previewed(job: ExportJob, home: &Home) -> Result<ExportPreview, NotExported> {
    let whole = job.note_count();
    let mut job = job.beginning();
    prepare(&mut job, home, &Unwatched)?;
    let more = job.note_count() < whole;
    job.preview(more, &Unwatched)
}

fn made(job: &mut ExportJob, home: &Home, watcher: &dyn Watcher) -> Result<Vec<u8>, NotExported> {
    prepare(job, home, watcher)?;
    job.run(watcher)
}

/// Writes the dictionaries, and reads the documents that are not open.
fn prepare(job: &mut ExportJob, home: &Home, watcher: &dyn Watcher) -> Result<(), NotExported> {
    Dictionaries::within(home).ensure().map_err(|error| error.to_string())?;
    let store = NotesStore::new(home.clone());
    for source in job.sources.iter_mut().filter(|source| source.document.is_none()) {
        if !watcher.goes_on(0.0) {
            return Err(NotExported::Cancelled);
        }
        read_source(source, &store);
    }
    Ok(())
}

/// What cannot be read is exported without its text: the notes are all there.
fn read_source(source: &mut ExportSource, store: &NotesStore) {
    let read = read_document(&source.place, &store.choices(&source.place), &mut |_| {});
    if let Some(text) = read.as_ref().ok().map(|read| read.document.id()).or(source.text) {
        source.conflicts = store.load(&source.place, text, super::Touch::Nothing).kept.conflicts;
    }
    let Ok(imported) = read else { return };
    let document = Arc::new(imported.document);
    let found = locate_all(source.notes.iter().map(|note| &*note.note), &document);
    source.place_notes(document, &found);
}

/// Writes an export, never over a document that it is made of, nor over notes.
pub(super) fn write_export(path: &Path, bytes: &[u8], made_of: &[&Place], home: &Home) -> Result<(), String> {
    let documents = made_of.iter().filter_map(|place| match place {
        Place::File(path) => Some(path.as_path()),
        Place::Sample(_) => None,
    });
    let documents: Vec<&Path> = documents.collect();
    let written = check_result(path, &documents, home).and_then(|()| write_result(path, bytes));
    written.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn no_export_of_the_window_replaces_notes() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(&folder.path().join("home"));
        let [document, notes, out] =
            ["a.txt", "a.txt.duidu.ron", "out.md"].map(|name| folder.path().join(name));
        fs::write(&notes, "(format: 1, notes: [])").unwrap();
        let write = |path: &Path| write_export(path, b"# a", &[&Place::File(document.clone())], &home);
        assert!(write(&notes).is_err());
        assert_eq!(fs::read_to_string(&notes).unwrap(), "(format: 1, notes: [])");
        write(&out).unwrap();
        assert_eq!(fs::read_to_string(&out).unwrap(), "# a");
    }
}
