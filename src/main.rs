//! The program; everything happens in [`vanban::cli`].

use std::process::ExitCode;

/// A document is some hundreds of small pieces of memory, which this library
/// hands out faster than that of the system, on more than one thread too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vanban::cli::run()
}
