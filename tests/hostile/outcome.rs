//! What becomes of a hostile file.

use duidu::import::{ImportError, Imported, Warning};
use duidu::session::OpenError;

/// What the reader is told of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// It is shown, and nothing of it is missing.
    Read,
    /// It is damaged: some of it is shown, or nothing.
    Damaged,
    /// It asks for more than is allowed: some of it is shown, or nothing.
    TooMuch,
    /// It took too long.
    TooLong,
    /// It is encrypted.
    Locked,
    /// It is no document, or of another kind.
    OtherKind,
    /// The process that read it died, or this program made a mistake.
    Fault,
}

impl Outcome {
    /// Every outcome.
    pub(crate) const ALL: [Self; 7] =
        [Self::Read, Self::Damaged, Self::TooMuch, Self::TooLong, Self::Locked, Self::OtherKind, Self::Fault];

    /// What the reader is told.
    pub(crate) fn of(result: &Result<Imported, OpenError>) -> Self {
        match result {
            Ok(imported) => Self::of_warnings(&imported.warnings),
            Err(OpenError::Import(error)) => Self::of_error(error),
            Err(_) => Self::OtherKind,
        }
    }

    fn of_warnings(warnings: &[Warning]) -> Self {
        let any = |of: fn(&Warning) -> bool| warnings.iter().any(of);
        let too_much = |warning: &Warning| {
            matches!(warning, Warning::LeftOut(_) | Warning::MarkupTooHeavy(_) | Warning::PagesUnread { .. })
        };
        let damaged = |warning: &Warning| {
            matches!(
                warning,
                Warning::Damaged { .. }
                    | Warning::CutOff
                    | Warning::Empty
                    | Warning::NoBytes
                    | Warning::Scripted
                    | Warning::Undecodable { .. }
                    | Warning::PagesWithoutText { .. }
            )
        };
        match () {
            () if any(too_much) => Self::TooMuch,
            () if any(damaged) => Self::Damaged,
            () => Self::Read,
        }
    }

    fn of_error(error: &ImportError) -> Self {
        match error {
            ImportError::OtherKind(_) | ImportError::Binary => Self::OtherKind,
            ImportError::Damaged(..) | ImportError::CutOff(_) | ImportError::UnknownEncoding(_) => {
                Self::Damaged
            }
            ImportError::TooMuch(_) | ImportError::TooLarge(_) | ImportError::NeedsTooMuchMemory { .. } => {
                Self::TooMuch
            }
            ImportError::NeedsPassword | ImportError::WrongPassword | ImportError::CopyProtected => {
                Self::Locked
            }
            ImportError::TookTooLong { .. } => Self::TooLong,
            // Nobody has cancelled it.
            ImportError::ReaderDied(_) | ImportError::Inconsistent(_) | ImportError::Cancelled => Self::Fault,
        }
    }
}
