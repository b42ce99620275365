//! Disk, the shapes of the RON files, safe writing, worker threads.
//!
//! The only room (with `cli`) that touches files, clocks and threads. It knows no window.

mod dictionaries;
mod generations;
mod home;
mod lock;
mod merge;
mod raw;
mod replace;
mod shape;
mod sidecar;
mod state;

#[cfg(feature = "window")]
mod system_fonts;

pub use dictionaries::{Dictionaries, DictionariesError};
pub use home::Home;
pub use replace::{FileError, replace, sweep};
pub use sidecar::{Loaded, NotesStore, SaveError, Saved, Touch};
pub use state::StateStore;

#[cfg(feature = "window")]
pub use system_fonts::{FaceData, SystemFonts, in_background};

/// 32 hexadecimal digits that stand for `bytes`: for names of files.
fn short_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().chars().take(32).collect()
}
