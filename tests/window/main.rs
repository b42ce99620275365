//! The window, driven through its accessible labels with the built-in samples, as a person would drive it.
#![expect(clippy::unwrap_used, reason = "tests")]

mod reading_notes;
mod trial;
mod whole_window;
