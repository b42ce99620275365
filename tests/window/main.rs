//! The window, driven through its accessible labels.
#![allow(clippy::unwrap_used, reason = "a test that fails says where")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "pictures and samples are small"
)]

mod painter;
mod plain;
mod reading_pane;
