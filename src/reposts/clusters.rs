//! Which cluster each document belongs to, one document after the other.

use super::THRESHOLD;
use super::index::Index;
use super::print::{Print, jaccard};
use super::shingles::common;
use super::sketch::BANDS;
use super::store::{Head, Member, Store};
use crate::error::{Error, Result};
use crate::record::Repost;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A document as similar as this to a member adds nothing that would be
/// searched for: it is not kept.
const CLOSE: f64 = 0.95;

/// Members that may share the key of a band. Forms and bulletins that share
/// more are still found by their other bands.
const CROWD: usize = 64;

/// Candidates that are compared shingle by shingle, those that share most
/// bands first.
const MOST: usize = 64;

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
        Self { memory: 64 << 20, folder: None }
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
    index: Index,
    store: Store,
    documents: u64,
    reposts: u64,
    /// What an error names: the folder, or the file that stays.
    place: PathBuf,
    /// Room for the member at hand.
    member: Member,
}

/// What was found for one document.
#[derive(Default)]
struct Found {
    /// First members of the clusters that it may belong to, and its similarity
    /// to the most similar member of each; the most similar first.
    clusters: Vec<(u32, f64)>,
    /// Bands that lead to a member of these clusters already.
    known: u16,
    /// Bands whose key has members enough.
    crowded: u16,
}

impl Reposts {
    /// Begins with no document.
    pub fn new(options: Options) -> Self {
        let folder = options.folder.unwrap_or_else(tempfile::env::temp_dir);
        let (index, tail) = shares(options.memory);
        Self {
            index: Index::new(folder.clone(), index),
            store: Store::new(folder.clone(), tail),
            documents: 0,
            reposts: 0,
            place: folder,
            member: Member::default(),
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
        let (_, tail) = shares(options.memory);
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
        let mut number = 0;
        while Store::place(number) < mark.bytes {
            let member = self.store.member(number);
            let member = member.map_err(|cause| self.error(cause))?;
            let Some((print, next)) = member else {
                return Err(damaged(&self.place));
            };
            self.find(&print)
                .and_then(|found| self.settle(&print, &found, Some(number)))
                .map_err(|cause| self.error(cause))?;
            number = next;
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

    /// The clusters of a document.
    fn find(&mut self, print: &Print) -> io::Result<Found> {
        let mut found = Found::default();
        if print.shingles.is_empty() {
            return Ok(found);
        }
        let candidates = self.candidates(print, &mut found)?;
        let mut roots = Vec::with_capacity(candidates.len());
        for (number, bands) in candidates {
            let head = self.store.glance(number, &mut self.member)?;
            let root = self.root(number, &head)?;
            roots.push((root, bands));
            let Some(similarity) = self.similarity(print, number, &head)?
            else {
                continue;
            };
            if self.store.head(root)?.cluster.contradict(&print.facts) {
                continue;
            }
            match found.clusters.iter_mut().find(|(seen, _)| *seen == root) {
                Some((_, most)) => *most = most.max(similarity),
                None => found.clusters.push((root, similarity)),
            }
            if similarity == 1.0 {
                // All that the others could tell was told by that member.
                break;
            }
        }
        found.clusters.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (root, bands) in roots {
            if found.clusters.iter().any(|(seen, _)| *seen == root) {
                found.known |= bands;
            }
        }
        Ok(found)
    }

    /// Members that share a band with a document, and the bands.
    fn candidates(
        &mut self,
        print: &Print,
        found: &mut Found,
    ) -> io::Result<Vec<(u32, u16)>> {
        const { assert!(BANDS <= u16::BITS as usize) }
        let mut hits: Vec<(u32, u16)> = Vec::new();
        let mut members = Vec::new();
        for (band, key) in print.bands.iter().enumerate() {
            members.clear();
            self.index.find(*key, &mut members)?;
            found.crowded |= u16::from(members.len() >= CROWD) << band;
            hits.extend(members.iter().map(|member| (*member, 1 << band)));
        }
        hits.sort_unstable();
        hits.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 |= if same { next.1 } else { 0 };
            same
        });
        hits.sort_by_key(|(member, bands)| {
            (Reverse(bands.count_ones()), *member)
        });
        hits.truncate(MOST);
        Ok(hits)
    }

    /// The exact similarity of a document to the member at hand, if it
    /// reaches the threshold.
    fn similarity(
        &mut self,
        print: &Print,
        number: u32,
        head: &Head,
    ) -> io::Result<Option<f64>> {
        let (a, b) = (print.shingles.len(), head.shingles as usize);
        let least = THRESHOLD / (1.0 + THRESHOLD) * (a + b) as f64;
        let least = (least - 1e-9).ceil() as usize;
        if least > a.min(b) {
            return Ok(None);
        }
        self.store.rest(number, head, &mut self.member)?;
        let theirs = self.member.shingles(head);
        let common = common(&print.shingles, theirs, least);
        Ok(common.map(|common| jaccard(common, a, b)))
    }

    /// The first member of a member's cluster.
    fn root(&mut self, number: u32, head: &Head) -> io::Result<u32> {
        let mut root = head.parent;
        if root == number {
            return Ok(root);
        }
        loop {
            let next = self.store.head(root)?.parent;
            if next == root {
                break;
            }
            root = next;
        }
        if root != head.parent {
            // The way is shorter next time.
            let mut shorter = head.clone();
            shorter.parent = root;
            self.store.set(number, &shorter)?;
        }
        Ok(root)
    }

    /// Puts a document into the cluster that was found, or begins one.
    /// `number` is that of its member, if it is in the store already.
    fn settle(
        &mut self,
        print: &Print,
        found: &Found,
        number: Option<u32>,
    ) -> io::Result<Repost> {
        let append = |store: &mut Store| match number {
            Some(number) => Ok(number),
            None => store.append(print),
        };
        let Some(&(_, best)) = found.clusters.first() else {
            if !print.shingles.is_empty() {
                let number = append(&mut self.store)?;
                self.insert(print, found.crowded, number)?;
            }
            return Ok(Repost {
                cluster: print.id.clone(),
                first: print.place.clone(),
                similarity: None,
                joins: Vec::new(),
            });
        };
        let (root, others) = self.one_of(found, print)?;
        let mut first = self.store.glance(root, &mut self.member)?;
        self.store.rest(root, &first, &mut self.member)?;
        let (cluster, place) = self.member.names(&first);
        let mut changed = first.cluster.adopt(&print.facts);
        let mut joins = Vec::new();
        for other in others {
            let mut head = self.store.glance(other, &mut self.member)?;
            self.store.rest(other, &head, &mut self.member)?;
            joins.push(self.member.names(&head).0);
            first.cluster.adopt(&head.cluster);
            head.parent = root;
            self.store.set(other, &head)?;
            changed = true;
        }
        if changed {
            self.store.set(root, &first)?;
        }
        if changed || best < CLOSE {
            let number = append(&mut self.store)?;
            let mut head = self.store.head(number)?;
            head.parent = root;
            self.store.set(number, &head)?;
            if best < CLOSE {
                self.insert(print, found.known | found.crowded, number)?;
            }
        }
        // Cut, not rounded: only the same words are 1.
        let similarity = Some((best * 1e4).floor() / 1e4);
        Ok(Repost { cluster, first: place, similarity, joins })
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
            let theirs = self.store.head(*root)?.cluster;
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
        print: &Print,
        without: u16,
        number: u32,
    ) -> io::Result<()> {
        for (band, key) in print.bands.iter().enumerate() {
            if without & 1 << band == 0 {
                self.index.insert(*key, number)?;
            }
        }
        Ok(())
    }
}

/// What of the memory the index gets, and the end of the store.
fn shares(memory: usize) -> (usize, usize) {
    let memory = memory.max(64 << 10);
    let tail = (memory / 16).min(1 << 20);
    (memory - tail, tail)
}
