//! sketch

#[cfg(feature = "window")]
mod system_fonts;

#[cfg(feature = "window")]
pub use system_fonts::*;
