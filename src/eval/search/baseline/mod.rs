//! What search is compared with: servers that many run already, filled with
//! the same fields by [`feed`](crate::feed) and asked as a careful engineer
//! would ask them. Docs: `docs/relevance.md`.

mod groonga;
mod postgres;

pub use groonga::Groonga;
pub use postgres::{Asked, Postgres};

use crate::Result;
use crate::error::Error;
use crate::feed::{Failure, System, Target, Verdict};
use crate::wire::Entry;

/// Name of the table, and the beginning of all other names.
const TABLE: &str = "vanban_eval";

/// Documents in a request.
const BATCH: usize = 200;

/// Makes the tables of a system and puts the documents into them.
fn fill(system: System, target: &Target, entries: &[Entry]) -> Result<()> {
    let failed = |reason: String| {
        Error::Usage(format!("{} at {}: {reason}", system.name(), target.url))
    };
    let because = |failure: Failure| match failure {
        Failure::Later { reason, .. }
        | Failure::Halve(reason)
        | Failure::Never(reason) => failed(reason),
    };
    let dialect = system.dialect(TABLE)?;
    let mut taker = system.taker(TABLE, target)?;
    taker.prepare().map_err(because)?;
    for some in entries.chunks(BATCH) {
        let items: Vec<_> = some.iter().map(|e| dialect.item(e)).collect();
        for verdict in taker.send(&items).map_err(because)? {
            if let Verdict::Later(reason) | Verdict::Refused(reason) = verdict {
                return Err(failed(reason));
            }
        }
    }
    Ok(())
}
