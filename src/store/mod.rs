//! Disk, the shapes of the RON files, safe writing, worker threads.
//!
//! The only room (with `cli`) that touches files, clocks and threads. It knows no window.

mod absent;
mod apart;
mod attaching;
mod beside;
mod careful;
mod cataloguer;
mod claim;
mod codebook;
mod codebook_keeper;
mod codebook_shape;
mod collected;
mod collecting;
mod comparing;
mod comparison_merge;
mod comparison_record;
mod comparison_shape;
mod comparisons;
mod copies;
mod crew;
mod departed;
mod desk;
mod dictionaries;
mod elsewhere;
mod exporting;
mod familiar;
mod folder;
mod generations;
mod histories;
mod home;
mod importing;
mod index;
mod inspect;
mod joined;
mod journal;
mod keeper;
mod librarian;
mod library;
mod library_shape;
mod lock;
mod merge;
mod moment;
mod patience;
mod raw;
mod reading;
mod real;
mod recovery;
mod replace;
mod result;
mod salvage;
mod seeking;
mod shape;
mod sidecar;
mod state;
mod state_merge;
#[cfg(feature = "window")]
mod system_fonts;
mod templates;
mod temporary;
mod themes;
mod trace;
mod versions;
mod wanted;
mod watch;
mod world;
mod written;

pub use apart::{
    Bounds, READ_APART, answer, answer_in, read_apart, read_apart_from_now_on, read_bytes, said_of,
};
#[cfg(debug_assertions)]
pub use apart::{Trial, try_apart, try_apart_while};
pub use careful::SaveError;
pub use cataloguer::{Cataloguer, Watching};
pub use codebook::CodebookStore;
pub use comparisons::{AskedComparison, ComparisonStore};
pub use dictionaries::{Dictionaries, DictionariesError};
pub use folder::documents_in;
pub use home::Home;
pub use importing::{read_parcel, read_parcel_from};
pub use index::{
    FileStamp, IndexError, IndexWriting, IndexedDocument, LibraryIndex, MOST_HITS, UnreadDocument,
};
pub use inspect::{InspectedFile, Inspection, Integrity, MergedFiles, merge_notes_files};
pub use library::{LibraryChange, LibraryStore};
pub use reading::read_document;
pub use replace::{FileError, replace};
pub use result::{check_result, is_stream, write_result};
pub use sidecar::{Loaded, NotesStore, Saved, Touch, is_notes_file, kept_in, kept_in_file};
pub use state::StateStore;
#[cfg(feature = "window")]
pub use system_fonts::*;
pub use templates::{own_templates, template_folder, template_from};
pub use themes::{lexicon, lexicon_from};
pub use world::{Finishing, Starting, World, find};

/// 32 hexadecimal digits that stand for `bytes`: for names of files.
fn short_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().chars().take(32).collect()
}
