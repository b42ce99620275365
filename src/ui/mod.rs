//! The window: thin. It draws the session's data and gives back commands; what a command does is decided
//! elsewhere.
//!
//! Every function whose name ends in `_ui` draws one part from plain data and answers with what the reader
//! asked for. [`Window`] puts the parts together, carries the commands to the session and the session's
//! effects to the world.

pub mod theme;

pub mod fonts;

pub mod words;

mod keys;

mod scene;

pub mod heights;

pub mod positions;

pub mod reading;

mod address_question;
mod bar;
mod cautions;
mod choices;
mod comparison;
mod far_notes;
mod find_panel;
mod markdown;
mod not_open;
mod note_card;
mod note_completion;
mod note_editor;
mod note_place;
mod note_text;
mod notes_panel;
mod outline;
mod refused_letters;
mod save_mark;
mod sides;
mod status;
mod tag_field;
mod titles;
mod toasts;
mod welcome;

mod dialogs;
mod pages;

mod program;
mod window;

pub use program::run;
pub use window::Window;
