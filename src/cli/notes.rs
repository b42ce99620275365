//! `duidu notes`.

use std::path::Path;

use clap::Subcommand;

use super::output::{Failure, Out};
use super::{Outcome, notes_check, notes_export, notes_list, notes_merge, read_or_fail};
use crate::document::Document;
use crate::notes::{Annotation, Found, FoundState, locate_all};
use crate::session::{NotesFile, Place, ReadingChoices};
use crate::store::{Home, Loaded, NotesStore, Touch};

#[derive(Subcommand, Debug)]
pub(super) enum NotesWork {
    /// Print the notes on documents, one after the other.
    List(notes_list::ListArguments),
    /// Import notes or codes of another program, or of ours, into the notes on a document.
    Import(super::notes_import::ImportArguments),
    /// Print the notes on documents in a format of choice, or write them to a file.
    Export(notes_export::ExportArguments),
    /// Find the notes of a file in any document, and say where each is. Ends with 1 where some are unsure or lost.
    Locate(super::notes_locate::LocateArguments),
    /// Say where the notes on a document are kept, whether the file is whole, and which notes are still in
    /// their places. Ends with 1 where something is wrong.
    Check(notes_check::CheckArguments),
    /// Join two files of notes of one document: every note of both, and of two texts of a note both.
    Merge(notes_merge::MergeArguments),
}

/// A document with its notes, read without writing anything.
pub(super) struct Annotated {
    pub(super) document: Document,
    pub(super) loaded: Loaded,
    pub(super) found: Vec<Found>,
}

pub(super) fn run(work: &NotesWork, out: &mut Out) -> Result<Outcome, Failure> {
    match work {
        NotesWork::List(arguments) => notes_list::run(arguments, out),
        NotesWork::Import(arguments) => super::notes_import::import(arguments, out),
        NotesWork::Export(arguments) => notes_export::run(arguments, out),
        NotesWork::Locate(arguments) => super::notes_locate::run(arguments, out),
        NotesWork::Check(arguments) => notes_check::run(arguments, out),
        NotesWork::Merge(arguments) => notes_merge::run(arguments, out),
    }
}

/// `choices` are those of the command line; `None` for those that are kept with the notes.
pub(super) fn read_file(
    file: &Path,
    choices: Option<ReadingChoices>,
    home: &Home,
) -> Result<Annotated, Failure> {
    let store = NotesStore::new(home.clone());
    let place = Place::File(file.to_owned());
    let choices = choices.unwrap_or_else(|| store.choices(&place));
    let document = read_or_fail(file, &choices)?.document;
    let loaded = store.load(&place, document.id(), Touch::Nothing);
    let found = locate_all(loaded.kept.notes(), &document);
    let found = found.into_iter().map(|(_, found)| found).collect();
    Ok(Annotated { document, loaded, found })
}

impl Annotated {
    pub(super) fn notes(&self) -> impl Iterator<Item = (&Annotation, &Found)> {
        self.loaded.kept.notes().zip(&self.found)
    }
}

pub(super) fn complain_of(file: &NotesFile) {
    for remark in file.read_only.iter().chain(&file.remarks) {
        super::complain(remark);
    }
}

pub(super) fn state_name(state: FoundState) -> &'static str {
    match state {
        FoundState::Exact => "exact",
        FoundState::Moved => "moved",
        FoundState::Unsure => "unsure",
        FoundState::Lost => "lost",
    }
}
