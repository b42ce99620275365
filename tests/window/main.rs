//! The window, driven through its accessible labels.

#![expect(clippy::unwrap_used, reason = "tests")]

mod painter;
mod plain;
mod reading_notes;
mod reading_pane;
mod trial;
mod whole_window;
