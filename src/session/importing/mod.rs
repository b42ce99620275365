//! Importing notes: what would come is shown before it comes, and comes as one step that can be undone.

mod job;
mod plan;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

pub use job::{ImportJob, ImportShelf, ShelfDocument};
pub use plan::{ImportPlan, ImportTarget, MatchedBy, PlannedDocument};

use super::{Effect, MessageText, Moment, Page, Place, Reader, Session, Severity, TabId, Ticket};
use crate::exchange::{ArrivalCounts, Received};
use crate::notes::{Codebook, Tag};

/// What a reader can ask of importing.
#[derive(Clone, PartialEq, Debug)]
pub enum ImportCommand {
    /// Ask which file to import.
    Ask,
    /// Read a file and show what would come.
    Read(PathBuf),
    /// The notes of a document of the file, counted from 0, belong to this document; `None`: they stay out.
    Choose(usize, Option<Place>),
    /// Whether a tag comes as ours, which is the same in another script, or as it is.
    AsOurs(Tag, bool),
    /// Let everything in that was shown.
    TakeIn,
    /// Leave it.
    Leave,
}

/// What the session asks of the world for importing.
#[derive(Clone, Debug)]
pub enum ImportEffect {
    /// Ask the reader for a file, without blocking the window. Answered by [`ImportCommand::Read`].
    AskForFile,
    /// Read a file and find out what would come of it. Answered by [`ImportEvent`].
    Plan {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to do.
        job: Box<ImportJob>,
    },
    /// Nobody waits for that any more. No answer is waited for.
    Stop(Ticket),
}

/// What would come of a file, or why nothing can.
#[derive(Debug)]
pub struct ImportEvent {
    /// The request's.
    pub ticket: Ticket,
    /// The plan, or a sentence.
    pub result: Result<Box<ImportPlan>, String>,
}

/// What is told to the reader about importing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ImportMessage {
    /// A file could not be read, and why.
    NotRead {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Notes came, and tags.
    TakenIn {
        /// The notes.
        counts: ArrivalCounts,
        /// Tags of which more is said than before.
        tags: usize,
    },
}

impl ImportMessage {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::NotRead { .. } => Severity::Error,
            Self::TakenIn { .. } => Severity::Note,
        }
    }
}

/// How far an import is.
#[derive(Debug, Default)]
pub enum Importing {
    /// Nothing is being imported.
    #[default]
    Idle,
    /// The file is being read for the first time.
    Reading(ImportRequest),
    /// What would come can be seen. After another choice it is worked out once more meanwhile.
    Planned {
        /// What was asked for.
        request: ImportRequest,
        /// What would come.
        plan: Box<ImportPlan>,
        /// Whether the plan is that of an earlier choice.
        stale: bool,
    },
}

/// Files that were given together with the one that is imported, and wait for their turn.
#[derive(Debug, Default)]
pub(super) struct WaitingImports(VecDeque<PathBuf>);

/// What is being imported, and how the reader wants it.
#[derive(Clone, Debug, Default)]
pub struct ImportRequest {
    /// The file.
    pub path: PathBuf,
    /// The documents that the reader chose, by the documents of the file, counted from 0.
    pub chosen: BTreeMap<usize, Option<Place>>,
    /// Tags that come as they are although ours are the same in another script.
    pub as_written: BTreeSet<Tag>,
    ticket: Ticket,
}

impl ImportRequest {
    fn want_as_ours(&mut self, tag: Tag, as_ours: bool) {
        self.as_written.retain(|each| *each != tag);
        self.as_written.extend(Some(tag).filter(|_| !as_ours));
    }
}

impl Session {
    /// How far an import is.
    pub fn importing(&self) -> &Importing {
        &self.importing
    }

    /// The table of what can be asked of importing.
    pub(super) fn obey_import(&mut self, command: ImportCommand, moment: Moment) -> Vec<Effect> {
        match command {
            ImportCommand::Ask => vec![Effect::Import(ImportEffect::AskForFile)],
            ImportCommand::Read(path) => self.read_import(path, moment),
            ImportCommand::Choose(document, place) => {
                self.plan_again(moment, |request| drop(request.chosen.insert(document, place)))
            }
            ImportCommand::AsOurs(tag, as_ours) => {
                self.plan_again(moment, |request| request.want_as_ours(tag, as_ours))
            }
            ImportCommand::TakeIn => self.take_in_import(moment),
            ImportCommand::Leave => {
                let mut effects = self.leave_import();
                effects.extend(self.read_next_import(moment));
                effects
            }
        }
    }

    /// Opens documents. Files that are nothing but notes for exchange are read to be imported, one after the other.
    pub(super) fn open_or_import(&mut self, places: Vec<Place>, moment: Moment) -> Vec<Effect> {
        let (notes, documents): (Vec<_>, Vec<_>) = places.into_iter().partition(is_of_notes);
        let mut effects = if documents.is_empty() { Vec::new() } else { self.open(documents) };
        if !notes.is_empty() {
            let paths = notes.into_iter().filter_map(|place| match place {
                Place::File(path) => Some(path),
                Place::Sample(_) => None,
            });
            self.imports.0 = paths.collect();
            effects.extend(self.leave_import());
            effects.extend(self.read_next_import(moment));
        }
        effects
    }

    /// What was opened holds no document but notes: it is imported, after what is being imported already.
    pub(super) fn import_instead(&mut self, opened: TabId, path: PathBuf, moment: Moment) -> Vec<Effect> {
        let mut effects = self.close(opened);
        // It was never open.
        self.closed.pop();
        self.imports.0.push_back(path);
        if matches!(self.importing, Importing::Idle) {
            effects.extend(self.read_next_import(moment));
        }
        effects
    }

    /// Reads the next of the files that were given together.
    fn read_next_import(&mut self, moment: Moment) -> Vec<Effect> {
        let next = self.imports.0.pop_front();
        next.map_or_else(Vec::new, |path| self.read_import(path, moment))
    }

    fn read_import(&mut self, path: PathBuf, moment: Moment) -> Vec<Effect> {
        let mut effects = self.leave_import();
        effects.extend(self.show_page(Some(Page::ImportNotes)));
        effects.extend(self.plan_import(ImportRequest { path, ..ImportRequest::default() }, None, moment));
        effects
    }

    fn plan_again(&mut self, moment: Moment, change: impl FnOnce(&mut ImportRequest)) -> Vec<Effect> {
        let Importing::Planned { request, plan, .. } = &self.importing else { return Vec::new() };
        let (mut request, received) = (request.clone(), Arc::clone(&plan.received));
        let mut effects = vec![Effect::Import(ImportEffect::Stop(request.ticket))];
        change(&mut request);
        effects.extend(self.plan_import(request, Some(received), moment));
        effects
    }

    fn plan_import(
        &mut self,
        mut request: ImportRequest,
        received: Option<Arc<Received>>,
        moment: Moment,
    ) -> Vec<Effect> {
        request.ticket = self.ticket();
        let job = ImportJob {
            path: request.path.clone(),
            received,
            open: self.shelf_of_open(),
            front: self.active().map(|tab| tab.place.clone()),
            chosen: request.chosen.clone(),
            as_written: request.as_written.clone(),
            all_as_written: false,
            known_tags: self.known_tags(),
            codebook: Arc::clone(self.codebook()),
            now: moment.now,
        };
        let effect = ImportEffect::Plan { ticket: request.ticket, job: Box::new(job) };
        self.importing = match std::mem::take(&mut self.importing) {
            Importing::Planned { plan, .. } => Importing::Planned { request, plan, stale: true },
            Importing::Idle | Importing::Reading(_) => Importing::Reading(request),
        };
        vec![Effect::Import(effect)]
    }

    /// The open documents that notes can come into.
    fn shelf_of_open(&self) -> Vec<ShelfDocument> {
        let open = self.tabs.iter().filter_map(|tab| Some((tab, tab.reader()?)));
        open.filter(|(_, reader)| reader.takes_notes())
            .map(|(tab, reader)| ShelfDocument {
                place: tab.place.clone(),
                title: tab.title(),
                document: Arc::clone(reader.document()),
                notes: reader.notebook().iter_shared().cloned().collect(),
                trash: reader.notebook().trash().into_iter().cloned().collect(),
            })
            .collect()
    }

    /// What would come of a file is known. An answer that nobody waits for is passed over.
    pub(super) fn import_planned(&mut self, event: ImportEvent, moment: Moment) -> Vec<Effect> {
        let ImportEvent { ticket, result } = event;
        let request = match &self.importing {
            Importing::Reading(request) | Importing::Planned { request, .. } if request.ticket == ticket => {
                request.clone()
            }
            _ => return Vec::new(),
        };
        match result {
            Ok(plan) => self.importing = Importing::Planned { request, plan, stale: false },
            Err(reason) => {
                self.importing = Importing::Idle;
                self.page = self.page.filter(|page| *page != Page::ImportNotes);
                self.tell(MessageText::Import(ImportMessage::NotRead { path: request.path, reason }));
                return self.read_next_import(moment);
            }
        }
        Vec::new()
    }

    /// Lets in what was shown: one step, with the codebook.
    fn take_in_import(&mut self, moment: Moment) -> Vec<Effect> {
        let plan = match std::mem::take(&mut self.importing) {
            Importing::Planned { plan, stale: false, .. } => plan,
            other => {
                self.importing = other;
                return Vec::new();
            }
        };
        let codebook = self.with_codes_of(&plan);
        let counts = plan.counts();
        let mut effects = self.show_page(None);
        effects.extend(self.change_codes_and_notes(codebook, plan.changes()));
        self.tell(MessageText::Import(ImportMessage::TakenIn { counts, tags: plan.codes }));
        effects.extend(self.read_next_import(moment));
        effects
    }

    fn with_codes_of(&self, plan: &ImportPlan) -> Codebook {
        let mut codebook = Codebook::clone(self.codebook());
        codebook.take_in(&plan.chosen_codes());
        codebook
    }

    /// Ends what is being read, and forgets what was shown.
    pub(super) fn leave_import(&mut self) -> Vec<Effect> {
        match std::mem::take(&mut self.importing) {
            Importing::Idle => Vec::new(),
            Importing::Reading(request) | Importing::Planned { request, .. } => {
                self.page = self.page.filter(|page| *page != Page::ImportNotes);
                vec![Effect::Import(ImportEffect::Stop(request.ticket))]
            }
        }
    }
}

/// Whether the name says that a file holds notes or codes for exchange, and no document.
fn is_of_notes(place: &Place) -> bool {
    let Place::File(path) = place else { return false };
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// What the names of such files end in.
const ENDINGS: [&str; 3] = ["jsonld", "qdpx", "qdc"];

impl Reader {
    /// Whether notes can come into it: all of it has arrived, and they may be changed.
    fn takes_notes(&self) -> bool {
        self.complete() && !matches!(self.save_state(), super::SaveState::ReadOnly(_))
    }
}

#[cfg(test)]
mod tests;
