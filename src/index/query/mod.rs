//! What a query says.
//!
//! Whoever executes it looks at [`Query::root`].

mod ast;

pub use ast::{
    DocNumber, Field, Filter, Node, Period, Query, Value, Word, Years,
};

/// How deep parentheses may lie in each other.
pub const MAX_DEPTH: usize = 16;
