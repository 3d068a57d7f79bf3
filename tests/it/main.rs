//! One binary for all integration tests.

mod architecture;
mod cases;
mod cli;
mod copies;
mod eval;
mod program;
mod readme;
mod schema;
