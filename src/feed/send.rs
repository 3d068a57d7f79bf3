//! Sending: batches, answers document by document, waits and retries.
//!
//! A server that is busy or away is asked again, each time after twice the
//! wait; what it refuses for good is reported with its reason and the rest
//! goes on. A request that is refused as a whole is halved until the
//! document that is to blame stands alone.

use super::batch::{Batch, Item};
use super::dialect::Dialect;
use super::ledger::{Checkpoint, Mark};
use crate::Result;
use crate::error::Error;
use crate::wire::Entry;
use serde::Serialize;
use std::time::Duration;

/// What a server says of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It has it.
    Taken,
    /// Not now; why.
    Later(String),
    /// Never; why.
    Refused(String),
}

/// Why a request failed as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server is busy, away, or cut the connection.
    Later {
        /// What happened.
        reason: String,
        /// How long the server asked to wait.
        wait: Option<Duration>,
    },
    /// It is too large, or one of its documents is to blame for it.
    Halve(String),
    /// Nothing can be sent; the reason and the remedy.
    Never(String),
}

/// A server that takes documents.
pub trait Taker: Send {
    /// Makes the index, collection or tables, if they are not there.
    fn prepare(&mut self) -> std::result::Result<(), Failure>;

    /// Sends documents; one verdict each, in their order.
    fn send(
        &mut self,
        items: &[Item],
    ) -> std::result::Result<Vec<Verdict>, Failure>;
}

/// How patient a run is.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// How often the same documents are sent again before the run gives up.
    pub retries: u32,
    /// Wait before the first retry; doubled each time.
    pub first_wait: Duration,
    /// Longest wait between two retries.
    pub longest_wait: Duration,
    /// Longest wait that a server may ask for.
    pub longest_asked: Duration,
    /// Bytes of a request.
    pub batch_bytes: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            retries: 8,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            longest_asked: Duration::from_secs(300),
            batch_bytes: 8 << 20,
        }
    }
}

impl Policy {
    /// The wait before retry `number` (from 0), unless the server asked for
    /// a longer one.
    fn wait(&self, number: u32, asked: Option<Duration>) -> Duration {
        let own = 2_u32
            .checked_pow(number)
            .and_then(|times| self.first_wait.checked_mul(times))
            .unwrap_or(self.longest_wait)
            .min(self.longest_wait);
        own.max(asked.unwrap_or_default().min(self.longest_asked))
    }
}

/// A document that was refused for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// Its id.
    pub id: String,
    /// What the server said.
    pub reason: String,
}

impl Rejection {
    pub(super) fn too_large(item: &Item, limit: usize) -> Self {
        Self {
            id: item.id.clone(),
            reason: format!(
                "{} bytes do not fit in a request of {limit}; --batch-size raises the limit",
                item.bytes.len()
            ),
        }
    }
}

/// Hears what happens on the way.
pub trait Sink: Send {
    /// A document was refused for good.
    fn rejected(&mut self, rejection: &Rejection) -> Result<()>;

    /// Makes the rejections so far outlast a crash; how many bytes they take.
    fn secure(&mut self) -> Result<u64>;

    /// The server is asked again after a wait.
    fn waits(&mut self, reason: &str, wait: Duration);
}

/// What was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents that the server has, those of the interrupted run included.
    pub taken: u64,
    /// Documents refused for good.
    pub rejected: u64,
    /// Documents that an interrupted run had settled.
    pub resumed: u64,
    /// Requests with documents.
    pub requests: u64,
    /// Requests that were sent again.
    pub retries: u64,
}

/// A run that sends.
pub struct Sender<'a> {
    dialect: Box<dyn Dialect>,
    taker: Box<dyn Taker>,
    policy: Policy,
    checkpoint: Checkpoint,
    sink: &'a mut dyn Sink,
    batch: Batch,
    seen: u64,
    summary: Summary,
    /// Retries of the documents under way, and since the last success.
    tries: u32,
}

impl<'a> Sender<'a> {
    /// Begins: makes what the server lacks.
    pub fn begin(
        dialect: Box<dyn Dialect>,
        taker: Box<dyn Taker>,
        policy: Policy,
        checkpoint: Checkpoint,
        sink: &'a mut dyn Sink,
    ) -> Result<Self> {
        let batch = Batch::new(dialect.frame(), policy.batch_bytes);
        let begun = checkpoint.begun();
        let summary = Summary {
            taken: begun.acknowledged - begun.rejected.min(begun.acknowledged),
            rejected: begun.rejected,
            resumed: begun.acknowledged,
            ..Summary::default()
        };
        let mut sender = Self {
            dialect,
            taker,
            policy,
            checkpoint,
            sink,
            batch,
            seen: 0,
            summary,
            tries: 0,
        };
        sender.prepare()?;
        Ok(sender)
    }

    /// Adds an entry, and sends when a request is full.
    pub fn push(&mut self, entry: &Entry) -> Result<()> {
        let before = self.checkpoint.mark();
        let item = self.dialect.item(entry);
        let known = self.checkpoint.passes(&item.bytes)?;
        self.seen += 1;
        if known {
            return Ok(());
        }
        if !self.batch.fits(&item) {
            // In its turn, so that the ledger counts from the first on.
            self.flush(self.seen - 1, before.as_ref())?;
            let limit = self.policy.batch_bytes;
            return self.reject(Rejection::too_large(&item, limit));
        }
        if let Some(full) = self.batch.push(item) {
            self.deliver(full)?;
            self.settle(self.seen - 1, before.as_ref())?;
        }
        Ok(())
    }

    /// Sends the rest.
    pub fn finish(mut self) -> Result<Summary> {
        let mark = self.checkpoint.mark();
        self.flush(self.seen, mark.as_ref())?;
        self.sink.secure()?;
        self.checkpoint.finish()?;
        Ok(self.summary)
    }

    fn flush(&mut self, seen: u64, mark: Option<&Mark>) -> Result<()> {
        if let Some(items) = self.batch.take() {
            self.deliver(items)?;
            self.settle(seen, mark)?;
        }
        Ok(())
    }

    /// Remembers that the first `seen` documents are done.
    fn settle(&mut self, seen: u64, mark: Option<&Mark>) -> Result<()> {
        let Some(mark) = mark else { return Ok(()) };
        let errors = self.sink.secure()?;
        self.checkpoint.write(seen, self.summary.rejected, errors, mark)
    }

    fn prepare(&mut self) -> Result<()> {
        self.tries = 0;
        loop {
            match self.taker.prepare() {
                Ok(()) => return Ok(()),
                Err(Failure::Later { reason, wait }) => {
                    self.wait(&reason, wait)?;
                }
                Err(Failure::Halve(reason) | Failure::Never(reason)) => {
                    return Err(Error::Usage(reason));
                }
            }
        }
    }

    /// Sends documents until each is taken or refused for good.
    fn deliver(&mut self, items: Vec<Item>) -> Result<()> {
        let mut parts = vec![items];
        while let Some(mut part) = parts.pop() {
            self.tries = 0;
            while !part.is_empty() {
                self.summary.requests += 1;
                match self.taker.send(&part) {
                    Ok(verdicts) => part = self.settled(part, verdicts)?,
                    Err(Failure::Later { reason, wait }) => {
                        self.wait(&reason, wait)?;
                    }
                    Err(Failure::Never(reason)) => {
                        return Err(Error::Usage(reason));
                    }
                    Err(Failure::Halve(reason)) if part.len() == 1 => {
                        for Item { id, .. } in part.drain(..) {
                            let reason = reason.clone();
                            self.reject(Rejection { id, reason })?;
                        }
                    }
                    Err(Failure::Halve(_)) => {
                        // The first half is sent first: a document that
                        // comes twice must end as its last.
                        parts.push(part.split_off(part.len() / 2));
                        parts.push(std::mem::take(&mut part));
                    }
                }
            }
        }
        Ok(())
    }

    /// Takes the verdicts; what has to be sent again is left.
    fn settled(
        &mut self,
        part: Vec<Item>,
        verdicts: Vec<Verdict>,
    ) -> Result<Vec<Item>> {
        let (sent, answered) = (part.len(), verdicts.len());
        if sent != answered {
            return Err(Error::Usage(format!(
                "the server answered for {answered} documents where {sent} were sent; is it what it is said to be?"
            )));
        }
        let mut again = Vec::new();
        let mut why = None;
        for (item, verdict) in part.into_iter().zip(verdicts) {
            match verdict {
                Verdict::Taken => self.summary.taken += 1,
                Verdict::Refused(reason) => {
                    self.reject(Rejection { id: item.id, reason })?;
                }
                Verdict::Later(reason) => {
                    why.get_or_insert(reason);
                    again.push(item);
                }
            }
        }
        if let Some(reason) = why {
            if again.len() < sent {
                self.tries = 0;
            }
            let (left, all) = (again.len(), sent);
            let reason = format!("{left} of {all} documents put off: {reason}");
            self.wait(&reason, None)?;
        }
        Ok(again)
    }

    fn reject(&mut self, rejection: Rejection) -> Result<()> {
        self.summary.rejected += 1;
        self.sink.rejected(&rejection)
    }

    /// Waits before a retry, or gives up.
    fn wait(&mut self, reason: &str, asked: Option<Duration>) -> Result<()> {
        if self.tries >= self.policy.retries {
            return Err(Error::Usage(format!(
                "gave up after {} retries: {reason}; what was acknowledged stays, --checkpoint FILE lets a run go on there",
                self.tries
            )));
        }
        let wait = self.policy.wait(self.tries, asked);
        self.sink.waits(reason, wait);
        std::thread::sleep(wait);
        self.tries += 1;
        self.summary.retries += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit_and_heed_the_server() {
        let policy = Policy::default();
        let seconds = |n: f64| Duration::from_secs_f64(n);
        assert_eq!(policy.wait(0, None), seconds(0.5));
        assert_eq!(policy.wait(3, None), seconds(4.0));
        assert_eq!(policy.wait(7, None), seconds(30.0));
        assert_eq!(policy.wait(60, None), seconds(30.0));
        assert_eq!(policy.wait(0, Some(seconds(7.0))), seconds(7.0));
        assert_eq!(policy.wait(0, Some(seconds(1e6))), seconds(300.0));
    }
}
