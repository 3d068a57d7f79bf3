//! Which clusters a document may belong to: who shares a band with it, who of
//! these looks like it, who is like it.

use super::THRESHOLD;
use super::cards::Card;
use super::clusters::{CLOSE, Reposts};
use super::print::{Print, jaccard};
use super::shingles::common;
use super::sketch::BANDS;
use std::cmp::Reverse;
use std::io;

/// Members that may share the key of a band. Of forms and bulletins that
/// share more, the further ones are found by a key of more bins, and by their
/// other bands.
const CROWD: usize = 64;

/// Candidates that are compared shingle by shingle, those that look most
/// alike first.
const MOST: usize = 64;

/// Of these, how many may look alike and not be so: those that follow look
/// less alike.
const MISSES: usize = 16;

/// A member that shares a band with a document.
pub(super) struct Candidate {
    number: u32,
    /// The bands.
    bands: u16,
    /// Bins in which both look alike; 0 for one that need not be compared.
    alike: u32,
    card: Card,
}

/// What was found for one document.
#[derive(Default)]
pub(super) struct Found {
    /// First members of the clusters that it may belong to, and its similarity
    /// to the most similar member of each; the most similar first.
    pub(super) clusters: Vec<(u32, f64)>,
    /// Bands that lead to a member of these clusters already.
    pub(super) known: u16,
    /// Bands whose keys have members enough.
    pub(super) crowded: u16,
    /// The key by which each band leads to the document, if it is kept.
    pub(super) keys: [u32; BANDS],
}

impl Reposts {
    /// The clusters of a document.
    pub(super) fn find(&mut self, print: &Print) -> io::Result<Found> {
        let mut found = Found { keys: print.sketch.keys, ..Found::default() };
        if print.shingles.is_empty() {
            return Ok(found);
        }
        let mut candidates = std::mem::take(&mut self.candidates);
        self.collect(print, &mut found, &mut candidates)?;
        candidates.sort_unstable_by_key(|c| (Reverse(c.alike), c.number));
        let likely = candidates.partition_point(|c| c.alike > 0).min(MOST);
        let mut misses = 0;
        for candidate in &candidates[..likely] {
            let Some(similarity) = self.similarity(print, candidate)? else {
                misses += 1;
                if misses == MISSES {
                    break;
                }
                continue;
            };
            let root = self.root(candidate)?;
            if self.head(root)?.cluster.contradict(&print.facts) {
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
        if found.clusters.first().is_some_and(|(_, best)| *best < CLOSE) {
            for candidate in &candidates {
                let root = self.root(candidate)?;
                if found.clusters.iter().any(|(seen, _)| *seen == root) {
                    found.known |= candidate.bands;
                }
            }
        }
        self.candidates = candidates;
        Ok(found)
    }

    /// Collects the members that share a band with a document, and how alike
    /// they look.
    fn collect(
        &mut self,
        print: &Print,
        found: &mut Found,
        candidates: &mut Vec<Candidate>,
    ) -> io::Result<()> {
        const { assert!(BANDS <= u16::BITS as usize) }
        let mut hits: Vec<(u32, u16)> = Vec::new();
        let mut members = [0; BANDS];
        self.index.find(&print.sketch.keys, |band, member| {
            members[band] += 1;
            hits.push((member, 1 << band));
        })?;
        for band in (0..BANDS).filter(|band| members[*band] >= CROWD) {
            let deeper = print.sketch.deeper[band];
            let mut members = 0;
            self.index.find(&[deeper], |_, member| {
                members += 1;
                hits.push((member, 1 << band));
            })?;
            found.keys[band] = deeper;
            found.crowded |= u16::from(members >= CROWD) << band;
        }
        hits.sort_unstable();
        hits.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 |= if same { next.1 } else { 0 };
            same
        });
        candidates.clear();
        for (number, bands) in hits {
            let card = self.cards.get(number)?;
            let alike = card.bits.likely(&print.sketch.bits).unwrap_or(0);
            candidates.push(Candidate { number, bands, alike, card });
        }
        Ok(())
    }

    /// The exact similarity of a document to a member, if it reaches the
    /// threshold.
    fn similarity(
        &mut self,
        print: &Print,
        candidate: &Candidate,
    ) -> io::Result<Option<f64>> {
        let block = candidate.card.place;
        let head = self.store.glance(block, &mut self.member)?;
        let (a, b) = (print.shingles.len(), head.shingles as usize);
        let least = THRESHOLD / (1.0 + THRESHOLD) * (a + b) as f64;
        let least = (least - 1e-9).ceil() as usize;
        if least > a.min(b) {
            return Ok(None);
        }
        self.store.rest(block, &head, &mut self.member)?;
        let theirs = self.member.shingles(&head);
        let common = common(&print.shingles, theirs, least);
        Ok(common.map(|common| jaccard(common, a, b)))
    }

    /// The first member of a candidate's cluster.
    fn root(&mut self, candidate: &Candidate) -> io::Result<u32> {
        let parent = candidate.card.parent;
        if parent == candidate.number {
            return Ok(parent);
        }
        let mut root = parent;
        loop {
            let next = self.cards.get(root)?.parent;
            if next == root {
                break;
            }
            root = next;
        }
        if root != parent {
            // The way is shorter next time.
            self.cards.set_parent(candidate.number, root)?;
        }
        Ok(root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reposts::{Facts, Options, mix};

    /// A form of 240 words with 60 of its own, and copies of such with 24
    /// changed.
    fn filled_in(number: u64, of: u64) -> Print {
        let mut words: Vec<u64> = (0..240).collect();
        words.extend((0..60).map(|i| of << 20 | i | 1 << 50));
        let changes = if number == of { 0 } else { 24 };
        for i in 0..changes {
            let word = number << 20 | i | 1 << 51;
            words[mix(word) as usize % 300] = word;
        }
        let mut shingles: Vec<u32> =
            words.into_iter().map(|word| mix(word) as u32).collect();
        shingles.sort_unstable();
        shingles.dedup();
        let name = number.to_string();
        Print::new(name.clone(), name, shingles, Facts::default())
    }

    #[test]
    fn a_copy_is_found_among_very_many_of_one_form() {
        let mut reposts = Reposts::new(Options::default());
        let (mut copies, mut found) = (0, 0);
        for number in 0..1_500 {
            let copy = number % 10 == 9;
            let of = if copy { number / 20 * 10 } else { number };
            let print = filled_in(number, of);
            let repost = reposts.take(&print).expect("room");
            if copy {
                copies += 1;
                found += u64::from(repost.cluster == of.to_string());
            } else {
                assert_eq!(repost.similarity, None);
            }
        }
        assert!(found * 100 >= copies * 97, "{found} of {copies}");
    }
}
