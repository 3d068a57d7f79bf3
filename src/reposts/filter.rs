//! A filter that knows of most keys that a sorted run has them not.

use super::mix;

/// Bits that are set for a key.
const BITS: u32 = 6;

/// Blocks that are allocated at once: less than a page of the table takes, so
/// that they find room where one was given back.
const PAGE: usize = 256;

/// A Bloom filter in blocks of one cache line each (Putze, Sanders and
/// Singler, 2007).
pub(super) struct Filter {
    pages: Vec<Vec<Block>>,
    blocks: usize,
}

#[derive(Clone, Copy)]
#[repr(align(64))]
struct Block([u64; 8]);

impl Filter {
    /// An empty filter of at most so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        let blocks = (bytes / size_of::<Block>()).max(1);
        let pages = (0..blocks)
            .step_by(PAGE)
            .map(|from| vec![Block([0; 8]); PAGE.min(blocks - from)]);
        Self { pages: pages.collect(), blocks }
    }

    /// What it takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.blocks * size_of::<Block>()
    }

    pub(super) fn insert(&mut self, key: u32) {
        let block = self.block(key);
        for (word, bit) in bits(key) {
            self.pages[block / PAGE][block % PAGE].0[word] |= bit;
        }
    }

    /// Whether a key may have been inserted; if not, it surely was not.
    pub(super) fn may_hold(&self, key: u32) -> bool {
        let block = self.block(key);
        let block = &self.pages[block / PAGE][block % PAGE];
        bits(key).all(|(word, bit)| block.0[word] & bit != 0)
    }

    fn block(&self, key: u32) -> usize {
        ((u64::from(key) * self.blocks as u64) >> u32::BITS) as usize
    }
}

/// Nine bits of a hash of the key for each bit of the block: the upper bits
/// of the key have chosen the block.
fn bits(key: u32) -> impl Iterator<Item = (usize, u64)> {
    let hash = mix(u64::from(key));
    (0..BITS).map(move |i| {
        let nine = hash >> (63 - 9 * (i + 1)) & 511;
        ((nine >> 6) as usize, 1 << (nine & 63))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_inserted_may_be_there_and_most_else_is_not() {
        let mut filter = Filter::new(1 << 16);
        let keys = (1 << 16) * 8 / 10;
        let key = |n| mix(n) as u32;
        for n in 0..keys {
            filter.insert(key(n));
        }
        assert!((0..keys).all(|n| filter.may_hold(key(n))));
        let wrong = (keys..2 * keys).filter(|n| filter.may_hold(key(*n)));
        assert!(wrong.count() < keys as usize / 40);
    }
}
