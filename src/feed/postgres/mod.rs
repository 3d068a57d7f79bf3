//! PostgreSQL: tables, text search with and without tone marks, upserts.

mod connection;
mod copy;
mod schema;

pub(super) use connection::Connection;

use super::batch::{Frame, Item};
use super::dialect::{Dialect, SetupFile};
use crate::wire::Entry;

/// PostgreSQL.
pub(super) struct Postgres {
    pub(super) index: String,
}

impl Dialect for Postgres {
    fn item(&self, entry: &Entry) -> Item {
        Item { id: entry.id.clone(), bytes: copy::row(entry) }
    }

    /// A file of data is one transaction, for `psql`.
    fn frame(&self) -> Frame {
        Frame {
            head: format!(
                "\\set ON_ERROR_STOP on\nBEGIN;\n{}{};\n",
                schema::incoming(),
                schema::copy()
            ),
            between: "",
            tail: format!("\\.\n{};\nCOMMIT;\n", schema::upsert(&self.index)),
        }
    }

    fn setup(&self) -> Vec<SetupFile> {
        let bytes = schema::schema(&self.index).into_bytes();
        vec![SetupFile { name: "schema.sql".into(), bytes }]
    }

    fn data_name(&self, number: usize) -> String {
        format!("data-{number:05}.sql")
    }

    fn commands(&self) -> String {
        "psql -q -v ON_ERROR_STOP=1 -f schema.sql \"$URL\"
for f in data-*.sql; do psql -q -f \"$f\" \"$URL\"; done"
            .to_owned()
    }
}
