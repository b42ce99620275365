//! What holds the process that reads from outside, where the system knows such a thing: on Windows a job.
//!
//! A job is a set of processes with limits that they cannot leave. This one has so much memory, holds no second process,
//! and what is in it ends when whoever started it closes the job or ends, however that comes about.

use std::io;
use std::process::{Child, Command};

use super::Bounds;

/// What holds a process. To be kept as long as that may live.
#[derive(Debug)]
pub(super) struct Held {
    #[cfg(windows)]
    _job: win_custody::Job,
}

impl Held {
    /// Holds a process that has not been told anything yet.
    #[cfg(windows)]
    pub(super) fn around(process: &Child, bounds: Bounds) -> io::Result<Self> {
        let bytes = usize::try_from(bounds.mebibytes.saturating_mul(1024 * 1024)).unwrap_or(usize::MAX);
        let limits =
            win_custody::JobLimits::new().kill_on_close(true).active_processes(1).process_memory(bytes);
        let job = win_custody::Job::create(&limits)?;
        job.assign(process)?;
        Ok(Self { _job: job })
    }

    /// There the process builds all its walls itself.
    #[cfg(not(windows))]
    #[expect(clippy::unnecessary_wraps, reason = "other systems can fail")]
    pub(super) fn around(_process: &Child, _bounds: Bounds) -> io::Result<Self> {
        Ok(Self {})
    }
}

/// The process gets nothing of the surroundings of this one, and shows nothing.
#[cfg(windows)]
pub(super) fn bare(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    /// `CREATE_NO_WINDOW`: else a console would open for a moment beside the window.
    const WITHOUT_CONSOLE: u32 = 0x0800_0000;
    command.env_clear().creation_flags(WITHOUT_CONSOLE);
    // Libraries of the system are looked for there.
    if let Some(folder) = std::env::var_os("SystemRoot") {
        command.env("SystemRoot", folder);
    }
}

/// The process gets nothing of the surroundings of this one.
#[cfg(not(windows))]
pub(super) fn bare(command: &mut Command) {
    command.env_clear();
}
