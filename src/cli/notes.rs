//! `duidu notes`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::output::{Failure, Out};
use super::{
    Choices, Outcome, ScriptName, Stores, complain, notes_check, notes_export, notes_list, notes_merge,
    read_or_fail,
};
use crate::document::{Document, TextId};
use crate::notes::{Annotation, Found, FoundState, NoteQuery, Tag, TagWish, locate_all};
use crate::session::{NotesFile, Place};
use crate::store::{Loaded, Touch, documents_in};

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

pub(super) fn run(work: &NotesWork, stores: &Stores, out: &mut Out) -> Result<Outcome, Failure> {
    match work {
        NotesWork::List(arguments) => notes_list::run(arguments, stores, out),
        NotesWork::Import(arguments) => super::notes_import::import(arguments, stores, out),
        NotesWork::Export(arguments) => notes_export::run(arguments, stores, out),
        NotesWork::Locate(arguments) => super::notes_locate::run(arguments, out),
        NotesWork::Check(arguments) => notes_check::run(arguments, stores, out),
        NotesWork::Merge(arguments) => notes_merge::run(arguments, stores, out),
    }
}

/// Reads a document as was chosen, or else as is kept with its notes; and these.
pub(super) fn read_file(file: &Path, choices: &Choices, stores: &Stores) -> Result<Annotated, Failure> {
    let place = Place::File(file.to_owned());
    let document = read_or_fail(file, &stores.choices(choices, &place))?.document;
    let loaded = stores.notes.load(&place, document.id(), Touch::Nothing);
    let found = locate_all(loaded.kept.notes(), &document);
    let found = found.into_iter().map(|(_, found)| found).collect();
    Ok(Annotated { document, loaded, found })
}

/// Notes of which documents.
#[derive(Args, Debug)]
pub(super) struct NotesOf {
    /// The documents. Of a folder all documents that have notes, also in the folders in it.
    #[arg(value_name = "FILE|FOLDER", required = true)]
    pub(super) places: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) choices: Choices,
}

impl NotesOf {
    /// The documents that are named, and those in folders that have notes: each once.
    pub(super) fn files(&self, stores: &Stores) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for place in &self.places {
            if place.is_dir() {
                let (documents, remarks) = documents_in(place);
                for remark in &remarks {
                    complain(remark);
                }
                files.extend(documents.into_iter().filter(|file| has_notes(file, stores)));
            } else {
                files.push(place.clone());
            }
        }
        each_once(files)
    }
}

fn has_notes(file: &Path, stores: &Stores) -> bool {
    let loaded = load_unread(file, stores);
    let wrong = loaded.file.read_only.is_some() || !loaded.file.remarks.is_empty();
    wrong || !loaded.kept.annotations.is_empty()
}

/// The notes on a document that was not read.
pub(super) fn load_unread(file: &Path, stores: &Stores) -> Loaded {
    stores.notes.load(&Place::File(file.to_owned()), TextId::of(""), Touch::Nothing)
}

/// A file that is named twice, in whatever way, is one file.
pub(super) fn each_once(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert(std::fs::canonicalize(file).unwrap_or_else(|_| file.clone())));
    files
}

/// The script in which words of documents are said.
#[derive(Args, Debug)]
pub(super) struct InScript {
    /// The script of headings and quotations.
    #[arg(
        long,
        value_name = "SCRIPT",
        ignore_case = true,
        default_value = "as-written",
        visible_alias = "script"
    )]
    pub(super) to: ScriptName,
}

/// Which notes are wanted.
#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// Only notes with this tag, in either script, or with one that is nested in it; given several times, with all of
    /// them.
    #[arg(long = "tag", value_name = "TAG", value_parser = Tag::new)]
    tags: Vec<Tag>,
    /// Only notes that quote or say all of these words, in either script; a "phrase" as a whole.
    #[arg(long, value_name = "WORDS", default_value = "")]
    text: String,
}

impl Wanted {
    pub(super) fn query(&self) -> NoteQuery {
        let mut query =
            NoteQuery { text: self.text.clone(), tags_in_any_script: true, ..NoteQuery::default() };
        self.tags.iter().for_each(|tag| query.set_wish(tag, Some(TagWish::Needed)));
        query
    }
}

impl Annotated {
    pub(super) fn notes(&self) -> impl Iterator<Item = (&Annotation, &Found)> {
        self.loaded.kept.notes().zip(&self.found)
    }
}

pub(super) fn complain_of(file: &NotesFile) {
    for remark in file.read_only.iter().chain(&file.remarks) {
        complain(remark);
    }
}

/// How many are in which state.
pub(super) fn counted(count: impl Fn(FoundState) -> usize) -> String {
    FoundState::ALL.map(|state| format!("{} {}", count(state), state_name(state))).join(", ")
}

pub(super) fn state_name(state: FoundState) -> &'static str {
    match state {
        FoundState::Exact => "exact",
        FoundState::Moved => "moved",
        FoundState::Unsure => "unsure",
        FoundState::Lost => "lost",
    }
}
