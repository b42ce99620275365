//! `duidu find --library`: in all documents of the library.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{FindArguments, Lines, nothing_to_look_for};
use crate::cli::output::{Failure, Out};
use crate::cli::{Outcome, Stores, complain};
use crate::import::ImportError;
use crate::session::{FoundDocument, LibraryAdded, LibraryHit, LibraryQuery, LibrarySearchRequest, Place};
use crate::store::{Cataloguer, IndexError, LibraryIndex};

/// What is new in the library is read before; the index then says which documents to look into.
pub(super) fn run(arguments: &FindArguments, stores: &Stores, out: &mut Out) -> Result<Outcome, Failure> {
    let request = LibrarySearchRequest {
        query: LibraryQuery::parse(&arguments.query),
        options: arguments.options(),
        asides: arguments.asides,
        all_places: true,
    };
    if arguments.choices.chosen().is_some() {
        return Err(Failure::told(
            "documents of the library are read as was chosen for them: --encoding, --password and --no-repairs are \
             for files",
        ));
    }
    if request.query.is_empty() {
        return Err(nothing_to_look_for());
    }
    let index = Arc::new(LibraryIndex::within(&stores.home));
    bring_up_to_date(stores, &index)?;
    let mut search = Search { request, stores, looked_into: BTreeSet::new(), found: false };
    if search.run(&index, out)?.is_err() {
        // What is damaged is made anew.
        index.distrust();
        bring_up_to_date(stores, &index)?;
        search.run(&index, out)?.map_err(|error| Failure::told(&error.to_string()))?;
    }
    Ok(Outcome::of(search.found, false))
}

fn bring_up_to_date(stores: &Stores, index: &Arc<LibraryIndex>) -> Result<(), Failure> {
    let library = &stores.library;
    library.take_remarks().iter().for_each(|remark| complain(remark));
    if library.entries().is_empty() && library.folders().is_empty() {
        return Err(Failure::told(
            "the library is empty: open documents in the window, or add a folder there",
        ));
    }
    let cataloguer = Cataloguer::new(Arc::clone(&stores.notes), Arc::clone(library), Arc::clone(index));
    let mut looked = cataloguer.look_again(&|_| true);
    if index.is_distrusted() {
        // That it is damaged was seen only then.
        looked = cataloguer.look_again(&|_| true);
    }
    if !index.is_usable() {
        let reason = looked.not_indexed.unwrap_or_else(|| "its index is damaged".to_owned());
        return Err(Failure::Told(format!("the library cannot be searched now: {reason}")));
    }
    say_what_is_missing(&looked);
    library.save().map_err(|error| Failure::told(&error.to_string()))
}

fn say_what_is_missing(looked: &LibraryAdded) {
    if let Some(reason) = &looked.not_indexed {
        complain(&format!("the newest documents may be missing: {reason}"));
    }
    for (path, reason) in &looked.unreadable {
        complain(&format!("not searched: {reason}: {path}"));
    }
    for path in &looked.locked_files {
        complain(&format!("not searched: {}: {path}", ImportError::NeedsPassword));
    }
    let more = looked.locked.saturating_sub(looked.locked_files.len());
    if more > 0 {
        complain(&format!("not searched: {more} more that ask for a password"));
    }
    let more = looked.failed.saturating_sub(looked.unreadable.len());
    if more > 0 {
        complain(&format!("not searched: {more} more that cannot be read"));
    }
}

/// A search, with what came of it so far.
struct Search<'a> {
    request: LibrarySearchRequest,
    stores: &'a Stores,
    looked_into: BTreeSet<Place>,
    found: bool,
}

impl Search<'_> {
    /// Prints what is found as soon as it is.
    ///
    /// Errors: nobody listens any more; and within, that the index cannot be searched.
    fn run(&mut self, index: &LibraryIndex, out: &mut Out) -> Result<Result<(), IndexError>, Failure> {
        let request = self.request.clone();
        let ended = std::cell::RefCell::new(Ok(()));
        let is_over = || ended.borrow().is_err();
        let found = index.find(&request, &is_over, &mut |documents| {
            let printed = documents.iter().try_for_each(|document| self.look_into(document, out));
            if printed.is_err() {
                *ended.borrow_mut() = printed;
            }
        });
        ended.into_inner().map(|()| found)
    }

    /// Prints what the index holds of a document, which was read for it as it is now. What was taken out of the
    /// library while nobody could write the index is not found.
    fn look_into(&mut self, found: &FoundDocument, out: &mut Out) -> Result<(), Failure> {
        let in_library = self.stores.library.entry(&found.place).is_some();
        if !in_library || !self.looked_into.insert(found.place.clone()) {
            return Ok(());
        }
        let name = found.place.to_words();
        let mut lines = Lines::of(&name);
        for LibraryHit { line, before, hit, after, .. } in &found.hits {
            lines.print(*line as usize, &format!("{before}{hit}{after}"), out)?;
            self.found = true;
        }
        out.flush()
    }
}
