//! The program; everything happens in [`vanban::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    vanban::cli::run()
}
