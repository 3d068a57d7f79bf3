//! Feeding what newsrooms and labs already run: Elasticsearch, OpenSearch,
//! Quickwit, Meilisearch, Typesense, PostgreSQL and Groonga.
//!
//! One table of fields ([`fields`]) says what each system is given; each
//! system has a file that renders its documents, settings and requests
//! ([`Dialect`]), and one that reads its answers ([`Taker`]). [`Files`] writes
//! the same bytes into a folder that [`Sender`] sends.
//!
//! Nothing here reads the environment or prints. Memory is bounded by the
//! size of a batch.

mod batch;
mod dialect;
mod document;
mod elastic;
pub mod fields;
mod files;
mod groonga;
mod http;
mod ledger;
mod meilisearch;
mod postgres;
mod quickwit;
mod send;
mod synonyms;
mod typesense;

pub use batch::{Frame, Item};
pub use dialect::{Dialect, SetupFile};
pub use files::{Files, SCRIPT, Written};
pub use http::{Credentials, Trust};
pub use ledger::{Checkpoint, Ledger};
pub use send::{
    Failure, Policy, Rejection, Sender, Sink, Summary, Taker, Verdict,
};

use crate::Result;
use crate::error::Error;
use std::time::Duration;

/// A system that can be fed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Elasticsearch 7 and later.
    Elasticsearch,
    /// OpenSearch.
    Opensearch,
    /// Quickwit.
    Quickwit,
    /// Meilisearch.
    Meilisearch,
    /// Typesense.
    Typesense,
    /// PostgreSQL 13 and later.
    Postgres,
    /// Groonga.
    Groonga,
}

impl System {
    /// Its name in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Elasticsearch => "elasticsearch",
            Self::Opensearch => "opensearch",
            Self::Quickwit => "quickwit",
            Self::Meilisearch => "meilisearch",
            Self::Typesense => "typesense",
            Self::Postgres => "postgres",
            Self::Groonga => "groonga",
        }
    }

    /// Bytes of a request that suit it. In a database a request is a
    /// transaction, which should be short.
    pub fn batch_bytes(self) -> usize {
        match self {
            Self::Postgres => 1 << 20,
            _ => 8 << 20,
        }
    }

    /// How it wants its data, in the index, collection or table `index`.
    pub fn dialect(self, index: &str) -> Result<Box<dyn Dialect>> {
        self.check(index)?;
        let index = index.to_owned();
        Ok(match self {
            Self::Elasticsearch | Self::Opensearch => {
                Box::new(elastic::Elastic { index, system: self })
            }
            Self::Quickwit => Box::new(quickwit::Quickwit { index }),
            Self::Meilisearch => Box::new(meilisearch::Meilisearch { index }),
            Self::Typesense => Box::new(typesense::Typesense { index }),
            Self::Postgres => Box::new(postgres::Postgres { index }),
            Self::Groonga => Box::new(groonga::Groonga { index }),
        })
    }

    /// A connection to the system at `target.url`; nothing is sent yet.
    pub fn taker(self, index: &str, target: &Target) -> Result<Box<dyn Taker>> {
        self.check(index)?;
        if self == Self::Postgres {
            let taker = postgres::Connection::new(index, target)?;
            return Ok(Box::new(taker));
        }
        let http = http::Http::new(self, target)?;
        let index = index.to_owned();
        Ok(match self {
            Self::Quickwit => {
                let engine = quickwit::Quickwit { index };
                Box::new(http::Server { http, engine })
            }
            Self::Meilisearch => {
                let engine = meilisearch::Meilisearch { index };
                Box::new(http::Server { http, engine })
            }
            Self::Typesense => {
                let engine = typesense::Typesense { index };
                Box::new(http::Server { http, engine })
            }
            Self::Groonga => {
                let engine = groonga::Groonga { index };
                Box::new(http::Server { http, engine })
            }
            _ => {
                let engine = elastic::Elastic { index, system: self };
                Box::new(http::Server { http, engine })
            }
        })
    }

    /// A name that every system takes: it stands in addresses, in SQL and in
    /// the names of files.
    fn check(self, index: &str) -> Result<()> {
        let letter = |c: char| c.is_ascii_lowercase();
        let part = |c: char| letter(c) || c.is_ascii_digit() || c == '_';
        let good = index.starts_with(letter)
            && index.chars().all(part)
            && index.len() <= LONGEST_NAME;
        match good {
            true => Ok(()),
            false => Err(Error::Usage(format!(
                "the name `{index}` does not fit everywhere; begin with a letter and use small letters, digits and _, at most {LONGEST_NAME}"
            ))),
        }
    }
}

/// PostgreSQL cuts names at 63 bytes, and indexes carry the table's name.
const LONGEST_NAME: usize = 40;

/// Where to send, and how.
#[derive(Debug, Clone)]
pub struct Target {
    /// Address of the server, without user and password.
    pub url: String,
    /// What the server asks for.
    pub credentials: Credentials,
    /// Whose certificates are believed.
    pub trust: Trust,
    /// Longest wait for one answer.
    pub timeout: Duration,
    /// Longest wait for the work that an answer only promises (Meilisearch).
    pub patience: Duration,
    /// Proxy for HTTP, if any.
    pub proxy: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_mean_more_are_refused() {
        let taken = |name: &str| System::Postgres.dialect(name).is_ok();
        assert!(taken("announcements"));
        assert!(taken("tin_2021"));
        for name in [
            "",
            "_bulk",
            "Tin",
            "tin tức",
            "a/../b",
            "a\"; DROP TABLE b; --",
            "a?refresh",
            &"a".repeat(41),
        ] {
            assert!(!taken(name), "{name}");
        }
    }
}
