//! What leaves the program: lines, arrays, tables, and their schema.
//!
//! Rendering ([`Format::render`]) is pure and may run on any thread; the
//! frame around the rendered parts ([`Format::head`], [`Format::between`],
//! [`Format::tail`]) is added by whoever writes them in order.

mod atomic;
mod columns;
mod compact;
mod entry;
mod error_record;
mod format;
mod json;
pub mod parquet;
mod schema;
mod table;

pub use atomic::AtomicFile;
pub use entry::Entry;
pub use error_record::{ERROR_SCHEMA, ErrorRecord};
pub use format::Format;
pub use json::{line, pretty};
pub(crate) use schema::schema_of;
pub use schema::{compare_schema, error_schema, record_schema};
pub use table::{BOM, COLUMNS, Cell, JOIN, safe_cell, values};
