//! One binary for all integration tests.

mod architecture;
mod archives;
mod cases;
mod cli;
mod compare;
mod compare_program;
mod copies;
mod eval;
mod eval_search;
mod feed;
mod index_program;
mod planted;
mod program;
mod promises;
mod read_errors;
mod readme;
mod rebuild;
mod reposts;
mod reposts_program;
mod runs;
mod schema;
mod search;
