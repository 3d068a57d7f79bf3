//! One binary for all integration tests.

mod architecture;
mod cli;
mod eval;
mod program;
mod schema;
