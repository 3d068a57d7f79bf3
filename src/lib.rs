//! Structured, evidence-backed records from Vietnamese government
//! announcements and the news about them.

pub mod archive;
pub mod cli;
pub mod compare;
pub mod error;
pub mod eval;
pub mod extract;
pub mod lexicon;
pub mod pipeline;
pub mod record;
pub mod text;
pub mod wire;

pub use error::{Error, Result};
