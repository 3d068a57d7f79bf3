//! PostgreSQL: text search over words without marks, titles weighted.

use super::{TABLE, fill};
use crate::Result;
use crate::error::Error;
use crate::eval::search::Engine;
use crate::feed::{System, Target};
use crate::wire::Entry;
use postgres::{Client, Config, NoTls};

/// How PostgreSQL is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// `websearch_to_tsquery` over the column without marks (`unaccent`),
    /// ranked by `ts_rank_cd`: what its manual teaches.
    Plainly,
    /// By the search function that `vanban feed postgres` installs: synonyms,
    /// numbers of documents, and words with their marks ranked higher.
    ByFunction,
}

/// A table in a PostgreSQL database. It is dropped when this is.
pub struct Postgres {
    client: Client,
    asked: Asked,
}

impl Postgres {
    /// Fills the table anew. The connection is not encrypted: this is for a
    /// server on this machine.
    pub fn new(
        target: &Target,
        entries: &[Entry],
        asked: Asked,
    ) -> Result<Self> {
        let failed = |error: postgres::Error| {
            Error::Usage(format!("postgres at {}: {error}", target.url))
        };
        let mut config: Config = target.url.parse().map_err(failed)?;
        if let Some(user) = &target.credentials.user
            && config.get_user().is_none()
        {
            config.user(user);
        }
        if let Some(password) = &target.credentials.password {
            config.password(password);
        }
        let mut client = config.connect(NoTls).map_err(failed)?;
        client.batch_execute(&drop_all()).map_err(failed)?;
        fill(System::Postgres, target, entries)?;
        let analyze = format!("ANALYZE public.{TABLE}");
        client.batch_execute(&analyze).map_err(failed)?;
        Ok(Self { client, asked })
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Nothing more can be done where it fails; the next run drops it.
        let _ = self.client.batch_execute(&drop_all());
    }
}

fn drop_all() -> String {
    format!(
        "SET client_min_messages = warning;
DROP FUNCTION IF EXISTS public.{TABLE}_search;
DROP TABLE IF EXISTS public.{TABLE}, public.{TABLE}_synonyms CASCADE;"
    )
}

impl Engine for Postgres {
    fn name(&self) -> &str {
        match self.asked {
            Asked::Plainly => "postgres",
            Asked::ByFunction => "postgres, fed",
        }
    }

    fn search(
        &mut self,
        query: &str,
        limit: usize,
    ) -> std::result::Result<Vec<String>, String> {
        let most = i32::try_from(limit).map_err(|error| error.to_string())?;
        let query = query.replace('\0', " ");
        let rows = match self.asked {
            Asked::Plainly => {
                let sql = format!(
                    "SELECT id FROM public.{TABLE},
  websearch_to_tsquery('public.vanban_folded', public.vanban_fold($1)) AS asked
WHERE folded @@ asked
ORDER BY ts_rank_cd(folded, asked, 1) DESC, id LIMIT $2::integer"
                );
                self.client.query(&sql, &[&spaced(&query), &most])
            }
            Asked::ByFunction => {
                let sql =
                    format!("SELECT id FROM public.{TABLE}_search($1, $2)");
                self.client.query(&sql, &[&query, &most])
            }
        };
        let rows = rows.map_err(|error| error.to_string())?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }
}

/// A query in which marks inside of words part them, as they do in the
/// columns; quotes, and a minus before a word, keep their meaning, and words
/// for operators are written as `websearch_to_tsquery` has them.
fn spaced(query: &str) -> String {
    let query = query.replace(" AND ", " ").replace("NOT ", "-");
    let mut out = String::with_capacity(query.len());
    let mut inside = false;
    let mut rest = query.chars().peekable();
    while let Some(c) = rest.next() {
        let starts = |c: &char| *c == '"' || c.is_alphanumeric();
        let parts = match c {
            '"' => false,
            '-' => inside || !rest.peek().is_some_and(starts),
            c => !c.is_alphanumeric() && !is_mark(c),
        };
        out.push(if parts { ' ' } else { c });
        inside = c.is_alphanumeric() || is_mark(c);
    }
    out
}

/// Whether a letter before it is not complete without it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_inside_words_part_them() {
        assert_eq!(spaced("số: 240/KH-UBND"), "số  240 KH UBND");
        assert_eq!(spaced("2715 / KH - UBND"), "2715   KH   UBND");
        assert_eq!(spaced("du lịch NOT \"Kon Tum\""), "du lịch -\"Kon Tum\"");
        assert_eq!(spaced("ma túy -\"Cao Bằng\""), "ma túy -\"Cao Bằng\"");
        assert_eq!(spaced("e\u{302}\u{301}"), "e\u{302}\u{301}");
    }
}
