//! Exporting the notes of the document in front.

use std::path::PathBuf;
use std::sync::Arc;

use super::{
    ComparisonId, ComparisonRequest, Effect, ExportJob, ExportRequest, MessageText, Moment, Session,
};

/// What is exported as soon as it is known where to.
#[derive(Debug)]
pub(super) enum PendingExport {
    /// The notes of the document in front.
    Notes(Box<ExportRequest>),
    /// A comparison.
    Comparison(ComparisonId, Box<ComparisonRequest>),
    /// The codebook.
    Codebook,
}

impl Session {
    pub(super) fn ask_to_export(&mut self, request: ExportRequest) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return self.told(MessageText::NothingToExport) };
        if reader.notes_to_export(request.only_listed).is_empty() {
            return self.told(MessageText::NothingToExport);
        }
        let title = reader.document().metadata().title.as_ref().map(|field| field.value.clone());
        let title = title.or_else(|| self.active().map(|tab| tab.place.name())).unwrap_or_default();
        let name = format!("{}.{}", crate::export::file_name_from_title(&title), request.format.ending());
        self.pending_export = Some(PendingExport::Notes(Box::new(request)));
        vec![Effect::AskForExport { name }]
    }

    pub(super) fn export_to(&mut self, path: PathBuf, moment: Moment) -> Vec<Effect> {
        match self.pending_export.take() {
            Some(PendingExport::Notes(request)) => self.export_notes_to(*request, path),
            Some(PendingExport::Comparison(id, request)) => {
                self.export_comparison_to(id, *request, path, moment)
            }
            Some(PendingExport::Codebook) => self.share_codebook_to(path),
            None => Vec::new(),
        }
    }

    fn export_notes_to(&self, request: ExportRequest, path: PathBuf) -> Vec<Effect> {
        let zone = self.zone.clone();
        let (Some(tab), Some(reader)) = (self.active(), self.reader()) else { return Vec::new() };
        let job = ExportJob {
            document: Arc::clone(reader.document()),
            place: tab.place.clone(),
            notes: reader.notes_to_export(request.only_listed),
            request,
            corrections: reader.all_corrections().clone(),
            converters: Arc::clone(reader.converters()),
            zone,
        };
        vec![Effect::Export { job: Box::new(job), path }]
    }

    pub(super) fn exported(&mut self, path: PathBuf, result: Result<usize, String>) -> Vec<Effect> {
        self.told(match result {
            Ok(count) => MessageText::Exported { path, count },
            Err(reason) => MessageText::NotExported { path, reason },
        })
    }
}
