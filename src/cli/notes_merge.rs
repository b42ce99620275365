//! `duidu notes merge`.

use std::path::PathBuf;

use clap::Args;

use super::output::{Destination, Failure, Out};
use super::{Outcome, Stores, complain};
use crate::store::{is_notes_file, merge_notes_files};

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
    #[command(flatten)]
    destination: Destination,
}

pub(super) fn run(arguments: &MergeArguments, stores: &Stores, out: &mut Out) -> Result<Outcome, Failure> {
    let MergeArguments { left, right, base, destination } = arguments;
    let merge = || merge_notes_files(left, right, base.as_deref());
    let merged = match &destination.out {
        Some(file) if is_notes_file(file) => {
            destination.check_free(file)?;
            stores.notes.write_merged(file, merge).map_err(Failure::Told)?
        }
        _ => {
            let target = destination.target(&[], &stores.home)?;
            let merged = merge().map_err(Failure::Told)?;
            target.deliver(&merged.bytes, out)?;
            merged
        }
    };
    if merged.conflicts > 0 {
        complain(&format!("{} of {} notes have two texts to choose from", merged.conflicts, merged.notes));
    }
    Ok(Outcome::Done)
}
