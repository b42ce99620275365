//! The window, driven through its accessible labels.

mod painter;
mod plain;
mod reading_pane;
