//! The window, driven through its accessible labels.
#![allow(clippy::unwrap_used, reason = "a test that fails says where")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "pictures and samples are small"
)]
#![expect(clippy::unwrap_used, reason = "tests")]

mod all_notes;
mod attaching;
mod codebook;
mod comparison;
mod desk;
mod exports;
mod formats;
#[cfg(target_os = "linux")]
mod frames;
mod hyperlinks;
mod importing;
mod leaving;
mod library;
mod painter;
mod panels;
mod plain;
mod reading_notes;
mod reading_pane;
mod safe;
mod trial;
mod whole_window;
