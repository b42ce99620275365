//! Exporting notes: of the document in front, of all that are open, or of those that were chosen.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::{
    CiteJob, Comparing, ComparisonId, ComparisonRequest, Effect, ExportCommand, ExportEffect, ExportEvent,
    ExportFormat, ExportJob, ExportRequest, ExportScope, ExportSource, Exporting, MessageText, Moment,
    NotExported, Page, Reader, Session, SourceNote, Tab, Ticket,
};
use crate::export::citation::CitationStyle;
use crate::export::{Template, file_name_from_title};
use crate::notes::{DocumentNotes, NoteId};

/// What is exported as soon as it is known where to.
#[derive(Debug)]
pub(super) enum PendingExport {
    /// Notes, as they were when it was asked for.
    Notes(Box<ExportJob>),
    /// A comparison.
    Comparison(ComparisonId, Box<ComparisonRequest>),
    /// The codebook.
    Codebook,
}

impl Session {
    /// What is known of exports: for the page of export.
    pub fn exporting(&self) -> &Exporting {
        &self.exporting
    }

    /// How many notes would be exported.
    pub fn count_to_export(&self, scope: ExportScope) -> usize {
        let of = |tab: &Tab| tab.reader().map_or(0, |reader| reader.notebook().len());
        match scope {
            ExportScope::Document => self.active().map_or(0, of),
            ExportScope::Listed => self.reader().map_or(0, |reader| reader.listed_notes().len()),
            ExportScope::OpenDocuments => self.tabs.iter().map(of).sum(),
            ExportScope::Chosen => self.exporting.chosen.iter().map(|document| document.notes.len()).sum(),
        }
    }

    pub(super) fn obey_export(&mut self, command: ExportCommand, moment: Moment) -> Vec<Effect> {
        match command {
            ExportCommand::Ask(request) => self.ask_to_export(*request, moment),
            ExportCommand::Copy(request) => self.copy_export(*request, moment),
            ExportCommand::Preview(request) => self.preview_export(*request, moment),
            ExportCommand::PreviewComparison(request) => self.preview_comparison(*request, moment),
            ExportCommand::Choose(notes) => self.choose_to_export(notes),
            ExportCommand::Stop => self.stop_export(),
        }
    }

    pub(super) fn learn_export(&mut self, event: ExportEvent) -> Vec<Effect> {
        match event {
            ExportEvent::Progress { ticket, done } => self.export_progress(ticket, done),
            ExportEvent::Written { ticket, path, result } => self.exported(ticket, path, result),
            ExportEvent::Made { ticket, result } => self.export_made(ticket, result),
            ExportEvent::Previewed { ticket, result } => {
                if self.exporting.previewing == Some(ticket) {
                    self.exporting.preview = Some(result);
                }
                Vec::new()
            }
            ExportEvent::TemplatesRead { templates, faults } => {
                self.exporting.templates = Template::included().into_iter().chain(templates).collect();
                self.exporting.faults = faults;
                Vec::new()
            }
        }
    }

    fn ask_to_export(&mut self, request: ExportRequest, moment: Moment) -> Vec<Effect> {
        let job = self.job(request, moment);
        if job.sources.is_empty() {
            return self.told(MessageText::NothingToExport);
        }
        let name = format!("{}.{}", name_of(&job.sources, &job.request), self.ending(&job.request));
        let mut effects = self.remember_choices(&job.request);
        effects.push(self.ask_where(PendingExport::Notes(Box::new(job)), name));
        effects
    }

    /// Other documents may come to the front before the answer, and other exports may be asked for.
    pub(super) fn ask_where(&mut self, pending: PendingExport, name: String) -> Effect {
        let ticket = self.ticket();
        self.pending_exports.insert(ticket, pending);
        Effect::AskForExport { ticket, name }
    }

    pub(super) fn leave_export(&mut self, ticket: Ticket) -> Vec<Effect> {
        self.pending_exports.remove(&ticket);
        Vec::new()
    }

    fn ending(&self, request: &ExportRequest) -> String {
        let template = self.exporting.template(&request.choices.template);
        match template.filter(|_| request.choices.format == ExportFormat::Template) {
            Some(template) => template.ending.clone(),
            None => request.choices.format.ending().to_owned(),
        }
    }

    fn remember_choices(&mut self, request: &ExportRequest) -> Vec<Effect> {
        let choices = request.choices.clone();
        if self.settings.export == choices {
            Vec::new()
        } else {
            self.set(|settings| settings.export = choices)
        }
    }

    pub(super) fn export_to(&mut self, ticket: Ticket, path: PathBuf, moment: Moment) -> Vec<Effect> {
        match self.pending_exports.remove(&ticket) {
            Some(PendingExport::Notes(job)) => {
                let ticket = self.begin_export();
                vec![Effect::Export(ExportEffect::Write { ticket, job, path })]
            }
            Some(PendingExport::Comparison(id, request)) => {
                self.export_comparison_to(id, *request, path, moment)
            }
            Some(PendingExport::Codebook) => self.share_codebook_to(path),
            None => Vec::new(),
        }
    }

    fn copy_export(&mut self, request: ExportRequest, moment: Moment) -> Vec<Effect> {
        if self.sources(&request).is_empty() {
            return self.told(MessageText::NothingToExport);
        }
        let mut effects = self.remember_choices(&request);
        let job = Box::new(self.job(request, moment));
        let ticket = self.begin_export();
        effects.push(Effect::Export(ExportEffect::Make { ticket, job }));
        effects
    }

    fn preview_export(&mut self, request: ExportRequest, moment: Moment) -> Vec<Effect> {
        let job = Some(self.job(request, moment)).filter(|job| !job.sources.is_empty());
        self.preview(job, |ticket, job| ExportEffect::Preview { ticket, job })
    }

    fn preview_comparison(&mut self, request: ComparisonRequest, moment: Moment) -> Vec<Effect> {
        let id = self.comparison_in_front().map(Comparing::id);
        let job = id.and_then(|id| self.comparison_export(id, request, moment));
        self.preview(job, |ticket, job| ExportEffect::PreviewComparison { ticket, job })
    }

    /// Asks for the preview of what is there to be exported; what was asked for before is no longer waited for.
    fn preview<Job>(
        &mut self,
        job: Option<Job>,
        ask: impl FnOnce(Ticket, Box<Job>) -> ExportEffect,
    ) -> Vec<Effect> {
        let ticket = self.ticket();
        self.exporting.previewing = Some(ticket);
        if job.is_none() {
            self.exporting.preview = None;
        }
        job.map(|job| Effect::Export(ask(ticket, Box::new(job)))).into_iter().collect()
    }

    /// Opens the page of export for these notes, of whatever documents.
    pub(super) fn choose_to_export(&mut self, notes: Vec<DocumentNotes>) -> Vec<Effect> {
        self.exporting.chosen = notes;
        self.show_page(Some(Page::Export))
    }

    fn begin_export(&mut self) -> Ticket {
        let ticket = self.ticket();
        self.exporting.running = Some((ticket, 0.0));
        ticket
    }

    fn stop_export(&mut self) -> Vec<Effect> {
        let running = self.exporting.running.take();
        running.map(|(ticket, _)| Effect::Export(ExportEffect::Stop(ticket))).into_iter().collect()
    }

    fn export_progress(&mut self, ticket: Ticket, done: f32) -> Vec<Effect> {
        let running = self.exporting.running.as_mut().filter(|(running, _)| *running == ticket);
        if let Some((_, share)) = running {
            *share = done;
        }
        Vec::new()
    }

    fn end_export(&mut self, ticket: Ticket) {
        self.exporting.running = self.exporting.running.filter(|(running, _)| *running != ticket);
    }

    fn exported(&mut self, ticket: Ticket, path: PathBuf, result: Result<usize, NotExported>) -> Vec<Effect> {
        self.end_export(ticket);
        self.told(match result {
            Ok(count) => MessageText::Exported { path, count },
            Err(NotExported::Cancelled) => MessageText::ExportStopped,
            Err(NotExported::Failed(reason)) => MessageText::NotExported { path, reason },
        })
    }

    fn export_made(&mut self, ticket: Ticket, result: Result<(String, usize), NotExported>) -> Vec<Effect> {
        self.end_export(ticket);
        let (message, copied) = match result {
            Ok((text, count)) => (MessageText::ExportCopied(count), Some(Effect::Copy(text))),
            Err(NotExported::Cancelled) => (MessageText::ExportStopped, None),
            Err(NotExported::Failed(reason)) => (MessageText::ExportNotCopied(reason), None),
        };
        self.tell(message);
        copied.into_iter().collect()
    }

    fn job(&self, request: ExportRequest, moment: Moment) -> ExportJob {
        let chosen = self.exporting.template(&request.choices.template);
        let all = self.exporting.templates.iter();
        let others = all.filter(|template| Some(*template) != chosen);
        ExportJob {
            sources: self.sources(&request),
            templates: chosen.into_iter().chain(others).cloned().collect(),
            request,
            converters: Arc::clone(&self.converters),
            zone: self.zone.clone(),
            made: moment.now,
            codebook: Arc::clone(self.codebook()),
        }
    }

    /// The documents that have notes to be exported.
    fn sources(&self, request: &ExportRequest) -> Vec<ExportSource> {
        let style = self.settings.citation_style;
        let open = |tab: &Tab| source(tab, style, |_| true);
        let sources: Vec<ExportSource> = match request.choices.scope {
            ExportScope::Document => self.active().and_then(open).into_iter().collect(),
            ExportScope::Listed => self.active().and_then(|tab| listed(tab, style)).into_iter().collect(),
            ExportScope::OpenDocuments => self.tabs.iter().filter_map(open).collect(),
            ExportScope::Chosen => {
                self.exporting.chosen.iter().filter_map(|notes| self.chosen_source(notes)).collect()
            }
        };
        sources.into_iter().filter(|source| !source.notes.is_empty()).collect()
    }

    /// Chosen notes of a document that is open are exported as they are now.
    fn chosen_source(&self, notes: &DocumentNotes) -> Option<ExportSource> {
        let chosen: BTreeSet<NoteId> = notes.notes.iter().map(|note| note.id).collect();
        let open = self.tabs.iter().find(|tab| tab.place.to_words() == notes.place && tab.reader().is_some());
        match open {
            Some(tab) => source(tab, self.settings.citation_style, |id| chosen.contains(&id)),
            None => Some(ExportSource::from(notes)),
        }
    }
}

fn name_of(sources: &[ExportSource], request: &ExportRequest) -> String {
    let title = match sources {
        [only] => {
            let document = only.document.as_ref();
            let field = document.and_then(|document| document.metadata().title.as_ref());
            field.map(|field| field.value.clone()).filter(|title| !title.trim().is_empty())
        }
        _ => Some(request.words.notes.clone()),
    };
    let own = || sources.first().map_or_else(String::new, |source| source.place.name());
    file_name_from_title(&title.unwrap_or_else(own))
}

fn listed(tab: &Tab, style: CitationStyle) -> Option<ExportSource> {
    let listed: BTreeSet<NoteId> = tab.reader()?.listed_notes().iter().copied().collect();
    source(tab, style, |id| listed.contains(&id))
}

/// The document of a tab, with those of its notes that are wanted.
fn source(tab: &Tab, style: CitationStyle, wanted: impl Fn(NoteId) -> bool) -> Option<ExportSource> {
    let reader = tab.reader()?;
    let cited = Some(reader.bibliography())
        .filter(|known| reader.own_bibliography().is_some() || known.says_source());
    Some(ExportSource {
        place: tab.place.clone(),
        document: Some(Arc::clone(reader.document())),
        title: String::new(),
        text: None,
        citation: cited.map(|bibliography| CiteJob { bibliography, style, place: String::new() }),
        corrections: reader.all_corrections().clone(),
        notes: notes_of(reader, wanted),
        conflicts: reader.notebook().conflicts().clone(),
    })
}

fn notes_of(reader: &Reader, wanted: impl Fn(NoteId) -> bool) -> Vec<SourceNote> {
    let notes = reader.notebook().iter_shared().filter(|note| wanted(note.id));
    let placed = notes.map(|note| match reader.found(note.id) {
        Some(found) => SourceNote::found(Arc::clone(note), found),
        None => SourceNote::unplaced(Arc::clone(note)),
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::super::codebook::CodebookCommand;
    use super::super::tests::{Desk, noted};
    use super::super::{Command, ExportChoices, Place};
    use super::*;
    use crate::export::Words;
    use crate::text::Script;

    fn ask(desk: &mut Desk) -> Ticket {
        let request = ExportRequest {
            choices: ExportChoices::default(),
            shown: Script::AS_WRITTEN,
            words: Words::english(),
            interface_language: "en".to_owned(),
        };
        desk.ask(Command::Export(ExportCommand::Ask(Box::new(request))));
        let Some(Effect::AskForExport { ticket, .. }) = desk.effects.last() else {
            panic!("nothing is asked")
        };
        *ticket
    }

    /// The document and the number of notes of each job that is written since the beginning.
    fn written(desk: &Desk) -> Vec<(Place, usize)> {
        let jobs = desk.effects.iter().filter_map(|effect| match effect {
            Effect::Export(ExportEffect::Write { job, .. }) => job.sources.first(),
            _ => None,
        });
        jobs.map(|source| (source.place.clone(), source.notes.len())).collect()
    }

    fn desk() -> Desk {
        let mut desk = Desk::with("");
        desk.open("a.txt", "山高水清", noted("山高水清", &["山", "水"]));
        desk
    }

    fn answer(desk: &mut Desk, ticket: Ticket) {
        desk.ask(Command::ExportTo { ticket, path: PathBuf::from("a.md") });
    }

    #[test]
    fn what_is_exported_is_what_was_in_front_when_it_was_asked_for() {
        let mut desk = desk();
        let ticket = ask(&mut desk);
        desk.open("b.txt", "山高水清", noted("山高水清", &["山"]));
        answer(&mut desk, ticket);
        assert_eq!(written(&desk), [(Place::File("a.txt".into()), 2)]);
    }

    #[test]
    fn another_export_that_is_asked_for_meanwhile_takes_no_answer_of_the_first() {
        let mut desk = desk();
        let first = ask(&mut desk);
        desk.ask(Command::Codebook(CodebookCommand::AskToShare));
        let Some(Effect::AskForExport { ticket: second, .. }) = desk.effects.last().cloned() else {
            panic!("nothing is asked")
        };
        desk.ask(Command::LeaveExport(second));
        answer(&mut desk, first);
        answer(&mut desk, second);
        assert_eq!(written(&desk).len(), 1);
        let shared = |effect: &Effect| matches!(effect, Effect::Codebook(_));
        assert!(!desk.effects.iter().any(shared), "it was left");
    }
}
