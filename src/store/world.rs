//! What the session asks of the world, carried out on threads of its own.

mod finishing;
mod opening;
mod starting;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, io, mem, thread};

pub use self::finishing::Finishing;
use self::opening::Asked;
pub use self::starting::Starting;
use super::Home;
use super::attaching::Attacher;
use super::codebook::{CodebookStore, read_shared, shared};
use super::codebook_keeper::CodebookKeeper;
use super::collecting::Collector;
use super::comparing::Comparer;
use super::comparisons::AskedComparison;
use super::crew::{Crew, guarded};
use super::dictionaries::Dictionaries;
use super::exporting::{Exporter, write_export};
use super::histories;
use super::importing::Importer;
use super::index::LibraryIndex;
use super::keeper::{Keeper, ReadingDesk};
use super::librarian::Librarian;
use super::library::LibraryStore;
use super::seeking::NoteSeeker;
use super::sidecar::NotesStore;
use super::state::StateStore;
use super::temporary::{sweep_all, sweep_folder};
use super::trace::Tracer;
use super::wanted::Wanted;
use super::watch::{Changed, PAUSE, Watch};
use crate::document::Document;
use crate::notes::Codebook;
use crate::session::{
    BoardJob, CiteJob, CodebookEffect, CodebookEvent, ComparisonExportJob, ComparisonRead, Effect, Event,
    ImportEffect, Kept, Place, Restored, SearchRequest, TabId, Ticket, Version,
};
use crate::text::{Converters, Doubt, Script, Span, Written, doubtful};

/// The world as the session sees it: it carries out effects and tells events. Nothing here ever makes its
/// caller wait, except [`World::finish`].
///
/// A fault in one of its threads becomes an event that says so. When it is dropped, what is not saved is
/// saved first.
#[derive(Debug)]
pub struct World {
    home: Home,
    announcer: Announcer,
    converters: Arc<Converters>,
    dictionaries: Dictionaries,
    restored: Restored,
    remarks: Vec<String>,
    reading: Crew,
    /// The documents that are being read.
    reads: Wanted,
    finding: Crew,
    seeker: NoteSeeker,
    preparing: Crew,
    working: Crew,
    comparing: Comparer,
    exporting: Exporter,
    collector: Collector,
    importer: Importer,
    attacher: Attacher,
    keeper: Keeper,
    codes: CodebookKeeper,
    librarian: Librarian,
    watch: Arc<Watch>,
    /// Ends the watching when it is dropped.
    _watching: Sender<()>,
    newest: Arc<Mutex<BTreeMap<TabId, Ticket>>>,
}

/// Hits are told in batches: the first at once, the others after so long.
const BATCH: Duration = Duration::from_millis(40);
/// A search looks so often whether a newer one was asked for, in bytes of the text.
const STRETCH: u32 = 1024 * 1024;

impl World {
    /// Starts the threads. `waker` is called on one of them whenever there is an event to fetch.
    ///
    /// Errors: the system gives no more threads.
    pub fn start(waker: impl Fn() + Send + Sync + 'static) -> io::Result<Self> {
        Self::start_within(Home::find(), waker)
    }

    /// The same with other folders than the reader's own.
    pub fn start_within(home: Home, waker: impl Fn() + Send + Sync + 'static) -> io::Result<Self> {
        let announcer = Announcer::new(waker);
        let state = StateStore::new(home.clone());
        let (mut restored, remarks) = state.load();
        restored.steps = histories::load_steps(&home);
        let dictionaries = Dictionaries::within(&home);
        let watch = Arc::new(Watch::default());
        let library = Arc::new(LibraryStore::new(home.clone()));
        let notes = || NotesStore::sharing(home.clone(), Arc::clone(&library));
        let tracer = Tracer { notes: notes(), library: Arc::clone(&library) };
        let watching = start_watching(Arc::clone(&watch), tracer, announcer.clone())?;
        let keeper = Keeper::start(home.clone(), notes(), state, Arc::clone(&watch), announcer.clone())?;
        let librarian = {
            let index = Arc::new(LibraryIndex::within(&home));
            Librarian::start(Arc::new(notes()), Arc::clone(&library), index, announcer.clone())?
        };
        // Nothing else waits where this stands still, because of a drive that does.
        tidy(&Crew::start("tidy", 1)?, &home, keeper.desk_for_reading(), announcer.clone());
        Ok(Self {
            home: home.clone(),
            converters: Arc::new(Converters::new(dictionaries.folder().to_owned())),
            dictionaries,
            restored,
            remarks,
            reading: Crew::start("read", 2)?,
            reads: Wanted::default(),
            finding: Crew::start("find", 1)?,
            seeker: NoteSeeker::start(announcer.clone())?,
            preparing: Crew::start("prepare", 1)?,
            working: Crew::start("work", 1)?,
            comparing: Comparer::start(home.clone(), announcer.clone())?,
            exporting: Exporter::start(home.clone(), announcer.clone())?,
            codes: CodebookKeeper::start(CodebookStore::new(home.clone()), announcer.clone())?,
            importer: Importer::start(keeper.desk_for_reading(), Arc::clone(&library), announcer.clone())?,
            attacher: {
                let desk = keeper.desk_for_reading();
                Attacher::start(home.clone(), desk, Arc::clone(&library), announcer.clone())?
            },
            collector: Collector::start(home, keeper.desk_for_reading(), library, announcer.clone())?,
            keeper,
            librarian,
            watch,
            _watching: watching,
            newest: Arc::default(),
            announcer,
        })
    }

    /// What the last session left, for the new one.
    pub fn restored(&self) -> &Restored {
        &self.restored
    }

    /// What is to be told about restoring it, one sentence each.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// What converts between the scripts, for the session.
    pub fn converters(&self) -> &Arc<Converters> {
        &self.converters
    }

    /// What happened since it was last asked. To be asked by one thread, the one that gives the effects.
    pub fn events(&self) -> Vec<Event> {
        self.announcer.take()
    }

    /// Carries out an effect, or has it carried out. What only a window can do is given back.
    pub fn carry_out(&self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Read { ticket, place, choices, password } => {
                self.read(ticket, Asked { place, choices, password });
            }
            Effect::StopReading(ticket) => self.reads.stop(ticket),
            Effect::SaveNotes { ticket, place, base, kept, history } => {
                self.librarian.notes_saved(&place, kept.annotations.len());
                self.keeper.save_notes(ticket, place, base, kept, history);
            }
            Effect::SeekNotes { ticket, document, notes } => self.seeker.seek(ticket, document, notes),
            Effect::StopSeeking(ticket) => self.seeker.stop(ticket),
            Effect::SeekFarEnds { document, anchors } => self.seeker.seek_far_ends(document, anchors),
            Effect::SettleNotes => self.keeper.settle(),
            Effect::ListVersions { ticket, place, now } => self.list_versions(ticket, place, now),
            Effect::ReadVersion { ticket, place, name } => self.read_version(ticket, place, name),
            Effect::JoinCopies(place) => self.join_copies(place),
            Effect::CollectNotes { ticket, known } => self.collector.collect(ticket, known),
            Effect::KeepSteps(steps) => self.keeper.save_steps(steps),
            Effect::StopCollecting(ticket) => self.collector.stop(ticket),
            Effect::EditNotes { ticket, edits } => self.collector.edit(ticket, edits),
            Effect::KeepFound(notes) => self.collector.keep_found(notes),
            Effect::SaveState(restored) => self.save_state(restored),
            Effect::PrepareScript { written, script } => self.prepare(written, script),
            Effect::Find { ticket, request } => self.find(ticket, request),
            Effect::Check { ticket, document } => self.check(ticket, document),
            Effect::Export(effect) => self.exporting.carry_out(effect),
            Effect::Cite { ticket, job } => self.cite(ticket, job),
            Effect::ExportComparison { job, path } => self.export_comparison(job, path),
            Effect::Compare { ticket, job } => self.comparing.compare(ticket, job),
            Effect::MakeBoard { ticket, job } => self.make_board(ticket, job),
            Effect::StopComparing(ticket) => self.comparing.stop(ticket),
            Effect::ReadComparison { ticket, left, right, parts } => {
                self.read_comparison(ticket, AskedComparison { left, right, parts: *parts });
            }
            Effect::ReadComparisonFile(path) => self.read_comparison_file(path),
            Effect::SaveComparison { comparison, kept } => self.keeper.save_comparison(comparison, kept),
            Effect::Library(effect) => return self.librarian.carry_out(effect).map(Effect::Library),
            Effect::Codebook(effect) => return self.carry_out_codes(effect).map(Effect::Codebook),
            Effect::Attach(effect) => self.attacher.carry_out(effect),
            Effect::Import(ImportEffect::Plan { ticket, job }) => self.importer.plan(ticket, job),
            Effect::Import(ImportEffect::Stop(ticket)) => self.importer.stop(ticket),
            of_window => return Some(of_window),
        }
        None
    }

    fn carry_out_codes(&self, effect: CodebookEffect) -> Option<CodebookEffect> {
        match effect {
            CodebookEffect::Save { before, now } => self.codes.save(before, now),
            CodebookEffect::Share { codebook, path } => self.share_codes(codebook, path),
            CodebookEffect::Fetch(path) => {
                let from = path.clone();
                let read = move || read_shared(&from).map(Box::new);
                let event = |result| Event::Codebook(CodebookEvent::Fetched { path, result });
                self.answer(&self.working, read, event);
            }
            of_window @ CodebookEffect::AskForFile => return Some(of_window),
        }
        None
    }

    fn share_codes(&self, codebook: Arc<Codebook>, path: PathBuf) {
        let to = path.clone();
        let home = self.home.clone();
        let write = move || write_export(&to, &shared(&codebook), &[], &home).map(|()| codebook.len());
        let event = |result| Event::Codebook(CodebookEvent::Shared { path, result });
        self.answer(&self.working, write, event);
    }

    fn read_comparison(&self, ticket: Ticket, asked: AskedComparison) {
        let desk = self.keeper.desk_for_reading();
        let read = move || {
            desk.settle_comparisons();
            Ok(desk.comparisons().read(&asked).unwrap_or_default())
        };
        // Whatever happened: the session goes on without what was kept, and must not write over it.
        let event = move |read: Result<ComparisonRead, String>| {
            let unread = |reason| ComparisonRead { read_only: Some(reason), ..ComparisonRead::default() };
            Event::ComparisonRead { ticket, read: Box::new(read.unwrap_or_else(unread)) }
        };
        self.answer(&self.reading, read, event);
    }

    fn read_comparison_file(&self, path: PathBuf) {
        let desk = self.keeper.desk_for_reading();
        let opened = path.clone();
        let read = move || desk.comparisons().open(&opened, desk.notes()).map(Box::new);
        self.answer(&self.reading, read, |result| Event::ComparisonFileRead { path, result });
    }

    fn list_versions(&self, ticket: Ticket, place: Place, now: Arc<Kept>) {
        let desk = self.keeper.desk_for_reading();
        let versions = move || Ok(desk.notes().versions(&place, &now));
        let event = move |versions: Result<Vec<Version>, String>| Event::VersionsListed {
            ticket,
            versions: versions.unwrap_or_default(),
        };
        self.answer(&self.reading, versions, event);
    }

    fn read_version(&self, ticket: Ticket, place: Place, name: String) {
        let (desk, of) = (self.keeper.desk_for_reading(), place.clone());
        let version = move || desk.notes().version(&of, &name).map(Box::new);
        self.answer(&self.reading, version, move |result| Event::VersionRead { ticket, place, result });
    }

    fn join_copies(&self, place: Place) {
        let (desk, of) = (self.keeper.desk_for_reading(), place.clone());
        let joined = move || {
            desk.settle(&of);
            desk.notes().join_copies(&of).map_err(|error| error.to_string())
        };
        self.answer(&self.reading, joined, move |result| Event::CopiesJoined { place, result });
    }

    fn save_state(&self, restored: Box<Restored>) {
        let open: Vec<Place> = restored.tabs.iter().map(|tab| tab.place.clone()).collect();
        self.home.keep_versions(restored.settings.versions);
        self.keeper.save_state(restored);
        let watch = Arc::clone(&self.watch);
        // Not on the caller's thread: the watch may be waiting for a disk.
        self.preparing.give(move || watch.only(|place| open.contains(place)), drop);
    }

    fn prepare(&self, written: Written, script: Script) {
        let (converters, dictionaries) = (Arc::clone(&self.converters), self.dictionaries.clone());
        let result = move || {
            dictionaries.ensure().map_err(|error| error.to_string())?;
            converters.prepare(written, script).map_err(|error| error.to_string())
        };
        let event = move |result| Event::ScriptReady { written, script, result };
        self.answer(&self.preparing, result, event);
    }

    fn check(&self, ticket: Ticket, document: Arc<Document>) {
        let (converters, dictionaries) = (Arc::clone(&self.converters), self.dictionaries.clone());
        let result = move || -> Result<Vec<Doubt>, String> {
            dictionaries.ensure().map_err(|error| error.to_string())?;
            doubtful(document.text(), document.written(), &converters).map_err(|error| error.to_string())
        };
        self.answer(&self.working, result, move |result| Event::Checked { ticket, result });
    }

    fn cite(&self, ticket: Ticket, job: Box<CiteJob>) {
        self.answer(&self.working, move || Ok(job.run()), move |result| Event::Cited { ticket, result });
    }

    fn make_board(&self, ticket: Ticket, job: Box<BoardJob>) {
        let made = move || Ok(Arc::new(job.run()));
        self.answer(&self.working, made, move |result| Event::BoardMade { ticket, result });
    }

    fn export_comparison(&self, job: Box<ComparisonExportJob>, path: PathBuf) {
        let (dictionaries, home) = (self.dictionaries.clone(), self.home.clone());
        let to = path.clone();
        let result = move || {
            dictionaries.ensure().map_err(|error| error.to_string())?;
            let places = job.sides.each_ref().map(|(place, _)| Place::from_words(place));
            write_export(&to, &job.run()?, &places.each_ref(), &home)?;
            Ok(job.links.len())
        };
        self.answer(&self.working, result, move |result| Event::ComparisonExported { path, result });
    }

    /// Has work done and tells its result; a fault in it is a result too.
    fn answer<Out>(
        &self,
        crew: &Crew,
        work: impl FnOnce() -> Result<Out, String> + Send + 'static,
        event: impl FnOnce(Result<Out, String>) -> Event + Clone + Send + 'static,
    ) {
        let (announcer, failing) = (self.announcer.clone(), self.announcer.clone());
        let failed = event.clone();
        crew.give(
            move || announcer.announce(event(work())),
            move |reason| failing.announce(failed(Err(reason))),
        );
    }

    fn find(&self, ticket: Ticket, request: SearchRequest) {
        let newest = Arc::clone(&self.newest);
        newest.lock().unwrap_or_else(PoisonError::into_inner).insert(request.tab, ticket);
        let tab = request.tab;
        let old = move || newest.lock().unwrap_or_else(PoisonError::into_inner).get(&tab) != Some(&ticket);
        let (announcer, failing) = (self.announcer.clone(), self.announcer.clone());
        let work = move || {
            find(&request, &old, &mut |hits, complete| {
                announcer.announce(Event::Hits { ticket, hits, complete });
            });
        };
        let failed = move |_| failing.announce(Event::Hits { ticket, hits: Vec::new(), complete: true });
        self.finding.give(work, failed);
    }
}

/// Tells hits in batches, the last one as complete, unless the search became old meanwhile.
pub fn find(request: &SearchRequest, old: &dyn Fn() -> bool, tell: &mut dyn FnMut(Vec<Span>, bool)) {
    let Some(query) = request.ready() else { return tell(Vec::new(), true) };
    let text = request.document.text();
    let end = Span::whole(text).end();
    let mut matches = query.matches(text);
    let mut hits = Vec::new();
    let mut last = None;
    let mut limit = 0;
    while limit < end {
        limit = end.min(limit.saturating_add(STRETCH));
        while let Some(hit) = matches.next_before(limit) {
            if request.counts(hit) {
                hits.push(hit);
            } else {
                matches.pass_over();
            }
        }
        if old() {
            return;
        }
        let due = last.is_none_or(|last: Instant| last.elapsed() >= BATCH);
        if due && !hits.is_empty() && limit < end {
            tell(mem::take(&mut hits), false);
            last = Some(Instant::now());
        }
    }
    tell(hits, true);
}

/// Makes on the notes what programs that died left in their journals, and removes what they left half written.
fn tidy(crew: &Crew, home: &Home, desk: ReadingDesk, announcer: Announcer) {
    let home = home.clone();
    let work = move || {
        sweep_all(home.data());
        sweep_folder(home.config());
        for remark in desk.notes().recover(None) {
            announcer.announce(Event::Remark(remark));
        }
    };
    // What a fault leaves undone is done when the document is opened.
    crew.give(work, drop);
}

/// Looks at the open documents again and again, until the sender that it returns is dropped.
fn start_watching(watch: Arc<Watch>, tracer: Tracer, announcer: Announcer) -> io::Result<Sender<()>> {
    let (sender, ended) = channel::<()>();
    let look = move || {
        while ended.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
            let changed = guarded(|| watch.look()).unwrap_or_default();
            for (place, what) in changed {
                announcer.announce(match what {
                    Changed::Document => Event::ChangedOnDisk(place),
                    Changed::Notes => Event::NotesChangedOnDisk(place),
                    Changed::Gone => Event::NotesFileGone(place),
                    Changed::Away => {
                        let trace = || watch.held(&place).and_then(|held| tracer.trace(&place, &held));
                        let to = guarded(trace).ok().flatten();
                        Event::DocumentAway { place, to }
                    }
                    Changed::Back => Event::DocumentBack(place),
                });
            }
        }
    };
    thread::Builder::new().name("duidu-watch".to_owned()).spawn(look)?;
    Ok(sender)
}

/// Gathers events for whoever fetches them.
#[derive(Clone)]
pub(super) struct Announcer {
    news: Arc<Mutex<Vec<Event>>>,
    waker: Arc<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Announcer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Announcer").finish_non_exhaustive()
    }
}

impl Announcer {
    fn new(waker: impl Fn() + Send + Sync + 'static) -> Self {
        Self { news: Arc::default(), waker: Arc::new(waker) }
    }

    /// Tells an event.
    pub(super) fn announce(&self, event: Event) {
        self.news.lock().unwrap_or_else(PoisonError::into_inner).push(event);
        (self.waker)();
    }

    fn take(&self) -> Vec<Event> {
        mem::take(&mut *self.news.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
#[path = "world_tests.rs"]
mod tests;
