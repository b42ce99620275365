//! `duidu find --library`: in all documents of the library.

use std::sync::Arc;

use super::{FindArguments, nothing_to_look_for, print};
use crate::cli::output::{Failure, Out};
use crate::cli::{Outcome, complain};
use crate::session::{FoundDocument, LibraryQuery, LibrarySearchRequest};
use crate::store::{Cataloguer, Home, LibraryIndex, LibraryStore, NotesStore, read_document};
use crate::text::Span;

/// What is new in the library is read before; the index then says which documents to look into.
pub(super) fn run(arguments: &FindArguments, out: &mut Out) -> Result<Outcome, Failure> {
    let request = LibrarySearchRequest {
        query: LibraryQuery::parse(&arguments.query),
        options: arguments.options(),
        asides: arguments.asides,
    };
    if request.query.is_empty() {
        return Err(nothing_to_look_for());
    }
    let home = Home::find();
    let notes = Arc::new(NotesStore::new(home.clone()));
    let index = Arc::new(LibraryIndex::within(&home));
    bring_up_to_date(&home, &notes, &index)?;
    let mut documents = Vec::new();
    let found = index.find(&request, &|| false, &mut |more| documents.extend(more));
    found.map_err(|error| Failure::told(&error.to_string()))?;
    for document in &documents {
        print_document(arguments, (document, &request.query), &notes, out)?;
    }
    Ok(if documents.is_empty() { Outcome::Lacking } else { Outcome::Done })
}

fn bring_up_to_date(home: &Home, notes: &Arc<NotesStore>, index: &Arc<LibraryIndex>) -> Result<(), Failure> {
    let library = Arc::new(LibraryStore::new(home.clone()));
    library.take_remarks().iter().for_each(|remark| complain(remark));
    if library.entries().is_empty() {
        return Err(Failure::told(
            "the library is empty: open documents in the window, or add a folder there",
        ));
    }
    let cataloguer = Cataloguer::new(Arc::clone(notes), Arc::clone(&library), Arc::clone(index));
    let looked = cataloguer.look_again(&|_| true);
    if let Some(reason) = looked.not_indexed {
        complain(&format!("the newest documents may be missing: {reason}"));
    }
    library.save().map_err(|error| Failure::told(&error.to_string()))
}

fn print_document(
    arguments: &FindArguments,
    (found, query): (&FoundDocument, &LibraryQuery),
    notes: &NotesStore,
    out: &mut Out,
) -> Result<(), Failure> {
    let name = found.place.to_words();
    let choices = arguments.choices.chosen().unwrap_or_else(|| notes.choices(&found.place));
    let document = match read_document(&found.place, &choices, &mut |_| {}) {
        Ok(imported) => Arc::new(imported.document),
        Err(error) => {
            complain(&format!("{error}: {name}"));
            return Ok(());
        }
    };
    let mut hits: Vec<Span> =
        query.wanted.iter().filter_map(|words| arguments.hits(words, &document)).flatten().collect();
    hits.sort_unstable();
    hits.dedup();
    print(&name, document.text(), &hits, out)
}
