//! What is different where the program is started on Windows.

use std::ffi::OsString;
#[cfg(all(windows, feature = "window"))]
use std::path::PathBuf;

/// The arguments. Shells there leave names with * and ? to the program.
#[cfg(windows)]
pub(super) fn arguments() -> impl Iterator<Item = OsString> {
    wild::args_os()
}

/// The arguments.
#[cfg(not(windows))]
pub(super) fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}

/// Starts the program once more away from the console, so that the window neither holds the console nor closes with
/// it, and a console that was opened for it goes. Answers whether that was done; not where there is no console.
#[cfg(all(windows, feature = "window"))]
pub(super) fn leave(files: &[PathBuf]) -> bool {
    use std::io::IsTerminal;
    use std::os::windows::process::CommandExt;
    use std::process::{Command, Stdio};
    /// `DETACHED_PROCESS`: neither has a console nor gets one.
    const DETACHED: u32 = 8;
    if !std::io::stdout().is_terminal() {
        return false;
    }
    let Ok(program) = std::env::current_exe() else { return false };
    let mut command = Command::new(program);
    command.arg("--").args(files).creation_flags(DETACHED);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
