//! One binary for all integration tests.

mod architecture;
mod cli;
mod compare;
mod compare_program;
mod eval;
mod program;
mod rebuild;
mod schema;
