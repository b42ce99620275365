//! The program: arguments, then the window or the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    duidu::cli::main()
}
