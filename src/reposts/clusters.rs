//! Which cluster each document belongs to, one document after the other.

use super::cards::{Card, Cards};
use super::index::Index;
use super::print::Print;
use super::search::{Candidate, Found};
use super::store::{Head, Member, Store};
use crate::error::{Error, Result};
use crate::record::Repost;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A document as similar as this to a member adds nothing that would be
/// searched for: it is not kept.
pub(super) const CLOSE: f64 = 0.95;

/// How much memory is used, and where the rest lies.
#[derive(Debug, Clone)]
pub struct Options {
    /// Bytes of memory, about; at least 64 KiB are used.
    pub memory: usize,
    /// Folder for what is more than that; without one, that of the system
    /// for temporary files. The files have no name and are gone with the
    /// process.
    pub folder: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { memory: 160 << 20, folder: None }
    }
}

/// How far a run has come, for [`Reposts::resume`].
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize,
)]
pub struct Mark {
    /// Documents taken.
    pub documents: u64,
    /// Of these, reposts.
    pub reposts: u64,
    /// Bytes of the file of members.
    pub bytes: u64,
}

/// The clusters of all documents taken so far.
pub struct Reposts {
    pub(super) index: Index,
    pub(super) cards: Cards,
    pub(super) store: Store,
    documents: u64,
    reposts: u64,
    /// What an error names: the folder, or the file that stays.
    place: PathBuf,
    /// Room for the member at hand.
    pub(super) member: Member,
    /// Room for those that share a band with the document at hand.
    pub(super) candidates: Vec<Candidate>,
}

impl Reposts {
    /// Begins with no document.
    pub fn new(options: Options) -> Self {
        let folder = options.folder.unwrap_or_else(tempfile::env::temp_dir);
        let (index, cards, tail) = shares(options.memory);
        Self {
            index: Index::new(folder.clone(), index),
            cards: Cards::new(folder.clone(), cards),
            store: Store::new(folder.clone(), tail),
            documents: 0,
            reposts: 0,
            place: folder,
            member: Member::default(),
            candidates: Vec::new(),
        }
    }

    /// Begins with no document and keeps the members in a file of its own,
    /// for a later [`resume`](Self::resume).
    pub fn create(file: &Path, options: Options) -> Result<Self> {
        Self::in_file(file, options, true)
    }

    /// Goes on where a run stopped whose [`sync`](Self::sync) gave `mark`:
    /// the answers for the documents that follow are those of a run that was
    /// never interrupted.
    pub fn resume(file: &Path, mark: Mark, options: Options) -> Result<Self> {
        let mut reposts = Self::in_file(file, options, false)?;
        reposts.replay(mark)?;
        (reposts.documents, reposts.reposts) = (mark.documents, mark.reposts);
        Ok(reposts)
    }

    fn in_file(path: &Path, options: Options, fresh: bool) -> Result<Self> {
        let mut reposts = Self::new(options.clone());
        let file = File::options()
            .read(true)
            .write(true)
            .create(fresh)
            .truncate(fresh)
            .open(path);
        let (_, _, tail) = shares(options.memory);
        reposts.place = path.to_owned();
        reposts.store = file
            .and_then(|file| Store::in_file(file, tail))
            .map_err(|cause| reposts.error(cause))?;
        Ok(reposts)
    }

    /// Takes in every member again. A member that was kept found its place by
    /// those before it alone, and documents that were not kept changed
    /// nothing, so the state is the same as it was.
    fn replay(&mut self, mark: Mark) -> Result<()> {
        let damaged = |place: &Path| {
            Error::Usage(format!(
                "`{}` does not hold the reposts of the run that is to be continued; begin the run anew",
                place.display()
            ))
        };
        if self.store.end() < mark.bytes {
            return Err(damaged(&self.place));
        }
        self.store.cut(mark.bytes).map_err(|cause| self.error(cause))?;
        let mut block = 0;
        while Store::place(block) < mark.bytes {
            let member = self.store.member(block);
            let member = member.map_err(|cause| self.error(cause))?;
            let Some((print, next)) = member else {
                return Err(damaged(&self.place));
            };
            self.find(&print)
                .and_then(|found| self.settle(&print, &found, Some(block)))
                .map_err(|cause| self.error(cause))?;
            block = next;
        }
        Ok(())
    }

    /// Takes the next document and says which cluster it belongs to.
    pub fn take(&mut self, print: &Print) -> Result<Repost> {
        let answer = self
            .find(print)
            .and_then(|found| self.settle(print, &found, None))
            .map_err(|cause| self.error(cause))?;
        self.documents += 1;
        self.reposts += u64::from(answer.similarity.is_some());
        Ok(answer)
    }

    /// Documents taken.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// Documents taken that are reposts of an earlier one.
    pub fn reposts(&self) -> u64 {
        self.reposts
    }

    /// Brings the file of members to the disk, and says how far it goes.
    pub fn sync(&mut self) -> Result<Mark> {
        self.store.sync().map_err(|cause| self.error(cause))?;
        Ok(self.mark())
    }

    /// How far it is; only [`sync`](Self::sync) brings it to the disk.
    pub fn mark(&self) -> Mark {
        Mark {
            documents: self.documents,
            reposts: self.reposts,
            bytes: self.store.end(),
        }
    }

    fn error(&self, cause: io::Error) -> Error {
        Error::Write { path: self.place.clone(), cause }
    }

    /// The head of a member.
    pub(super) fn head(&mut self, number: u32) -> io::Result<Head> {
        let block = self.cards.get(number)?.place;
        self.store.head(block)
    }

    /// Changes what the cluster of a member says.
    fn set(&mut self, number: u32, head: &Head) -> io::Result<()> {
        let block = self.cards.get(number)?.place;
        self.store.set(block, head)
    }

    /// The head of a member, the id and the place of its document.
    fn named(&mut self, number: u32) -> io::Result<(Head, String, String)> {
        let block = self.cards.get(number)?.place;
        let head = self.store.glance(block, &mut self.member)?;
        self.store.rest(block, &head, &mut self.member)?;
        let (id, place) = self.member.names(&head);
        Ok((head, id, place))
    }

    /// Puts a document into the cluster that was found, or begins one.
    /// `block` is where its member is, if it is in the store already.
    fn settle(
        &mut self,
        print: &Print,
        found: &Found,
        block: Option<u32>,
    ) -> io::Result<Repost> {
        let Some(&(_, best)) = found.clusters.first() else {
            if !print.shingles.is_empty() {
                let number = self.cards.next()?;
                self.keep(print, block, number)?;
                self.insert(found, found.crowded, number)?;
            }
            return Ok(Repost {
                cluster: print.id.clone(),
                first: print.place.clone(),
                similarity: None,
                joins: Vec::new(),
            });
        };
        let (root, others) = self.one_of(found, print)?;
        let (mut first, cluster, place) = self.named(root)?;
        let mut changed = first.cluster.adopt(&print.facts);
        let mut joins = Vec::new();
        for other in others {
            let (head, id, _) = self.named(other)?;
            joins.push(id);
            first.cluster.adopt(&head.cluster);
            self.cards.set_parent(other, root)?;
            changed = true;
        }
        if changed {
            self.set(root, &first)?;
        }
        if changed || best < CLOSE {
            let number = self.keep(print, block, root)?;
            if best < CLOSE {
                self.insert(found, found.known | found.crowded, number)?;
            }
        }
        // Cut, not rounded: only the same words are 1.
        let similarity = Some((best * 1e4).floor() / 1e4);
        Ok(Repost { cluster, first: place, similarity, joins })
    }

    /// Makes a document a member and gives its number.
    fn keep(
        &mut self,
        print: &Print,
        block: Option<u32>,
        parent: u32,
    ) -> io::Result<u32> {
        let number = self.cards.next()?;
        let place = match block {
            Some(block) => block,
            None => self.store.append(print)?,
        };
        self.cards.push(Card { bits: print.sketch.bits, place, parent })?;
        Ok(number)
    }

    /// The cluster of the most similar member with all that do not contradict
    /// it become one: its first member, and those of the others.
    fn one_of(
        &mut self,
        found: &Found,
        print: &Print,
    ) -> io::Result<(u32, Vec<u32>)> {
        let mut facts = print.facts;
        let mut roots = Vec::new();
        for (root, _) in &found.clusters {
            let theirs = self.head(*root)?.cluster;
            if roots.is_empty() || !facts.contradict(&theirs) {
                facts.adopt(&theirs);
                roots.push(*root);
            }
        }
        roots.sort_unstable();
        let first = roots.remove(0);
        Ok((first, roots))
    }

    /// Makes a member known by its bands, but for those left out.
    fn insert(
        &mut self,
        found: &Found,
        without: u16,
        number: u32,
    ) -> io::Result<()> {
        for (band, key) in found.keys.iter().enumerate() {
            if without & 1 << band == 0 {
                self.index.insert(*key, number)?;
            }
        }
        Ok(())
    }
}

/// What of the memory the index gets, the cards, and the end of the store.
/// For an article of which all bands are kept, keys and card are in this
/// proportion.
fn shares(memory: usize) -> (usize, usize, usize) {
    let memory = memory.max(64 << 10);
    let tail = (memory / 16).min(1 << 20);
    let cards = (memory - tail) / 4;
    (memory - tail - cards, cards, tail)
}
