//! Notes: what a reader leaves on a document, and how each is found again.
//!
//! This room knows documents and text. It knows no files, no clock and no window: moments and identities
//! are given to it.

mod anchor;
mod annotation;
mod candidate;
mod change;
mod changes;
mod clause;
mod clusters;
mod codebook;
mod collection;
mod conflict;
mod definitions;
mod far_end;
mod formatted;
mod history;
mod known_tags;
mod likeness;
mod locate;
mod measure;
mod note_link;
mod note_list;
mod notebook;
mod place_now;
mod placing;
mod query;
#[cfg(test)]
pub(crate) mod sample;
mod sought;
mod tag;
mod tag_change;
mod target;
mod together;
mod trash;
mod twin;
mod witness;

pub use anchor::*;
pub use annotation::*;
pub use change::*;
pub use changes::*;
pub use codebook::*;
pub use collection::*;
pub use conflict::*;
pub(crate) use definitions::definitions_as_words;
pub use far_end::*;
pub(crate) use formatted::beside_link;
pub use formatted::*;
pub use history::*;
pub use known_tags::*;
pub use locate::*;
pub use note_link::*;
pub use note_list::NoteList;
pub(crate) use note_list::NotesByPlace;
pub use notebook::*;
pub use place_now::*;
pub use placing::*;
pub use query::*;
pub use tag::*;
pub use tag_change::*;
pub use target::*;
pub use together::*;
pub use trash::*;
