//! What the reader is doing: commands and events in, effects out, plain view data to show.
//!
//! No window, no files, no clock: the same commands and events at the same moments always give the same
//! session.

mod command;
mod effect;
mod settings;

pub use command::*;
pub use effect::*;
pub use settings::*;
