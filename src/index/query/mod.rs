//! What a query says.
//!
//! [`Query::parse`] reads it, or says what is wrong, where, and what to do
//! about it ([`QueryError`]). Whoever executes it looks at [`Query::root`];
//! [`retyped`] tells what was meant by keystrokes that no keyboard turned
//! into letters.

mod ast;
mod error;
mod field;
mod lex;
mod number;
mod parse;
mod period;
mod typing;
mod value;

pub use ast::{
    DocNumber, Field, Filter, Node, Period, Query, Value, Word, Years,
};
pub use error::QueryError;
pub use typing::{Retyped, retyped};

/// Longest query, in bytes.
pub const MAX_BYTES: usize = 8192;

/// Most words of a query.
pub const MAX_WORDS: usize = 128;

/// How deep parentheses may lie in each other.
pub const MAX_DEPTH: usize = 16;
