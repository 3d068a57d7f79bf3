//! One binary for all integration tests.

mod architecture;
mod archives;
mod cases;
mod cli;
mod compare;
mod compare_program;
mod copies;
mod eval;
mod program;
mod promises;
mod readme;
mod rebuild;
mod runs;
mod schema;
