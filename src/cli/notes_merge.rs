//! `duidu notes merge`.

use std::path::PathBuf;

use clap::Args;

use super::output::{Failure, Out, Target};
use super::{Outcome, complain};
use crate::store::merge_notes_files;

#[derive(Args, Debug)]
pub(super) struct MergeArguments {
    /// A file of notes.
    #[arg(value_name = "LEFT")]
    left: PathBuf,
    /// Another one of the same document.
    #[arg(value_name = "RIGHT")]
    right: PathBuf,
    /// What both were before they became two: what only one of them changed since is then no conflict.
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// Write to this file instead of standard output.
    #[arg(long, alias = "output", short, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &MergeArguments, out: &mut Out) -> Result<Outcome, Failure> {
    let target = Target::new(arguments.out.as_deref(), &[])?;
    let merged = merge_notes_files(&arguments.left, &arguments.right, arguments.base.as_deref());
    let merged = merged.map_err(Failure::Told)?;
    target.deliver(&merged.bytes, out)?;
    if merged.conflicts > 0 {
        complain(&format!("{} of {} notes have two texts to choose from", merged.conflicts, merged.notes));
    }
    Ok(Outcome::Done)
}
