//! A filter that knows of most keys that a sorted run has them not.

use super::mix;

/// Bits that are set for a key.
const BITS: u32 = 6;

/// A Bloom filter in blocks of one cache line each (Putze, Sanders and
/// Singler, 2007).
pub(super) struct Filter {
    blocks: Vec<[u64; 8]>,
}

impl Filter {
    /// An empty filter of at most so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self { blocks: vec![[0; 8]; (bytes / 64).max(1)] }
    }

    /// What it takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.blocks)
    }

    pub(super) fn insert(&mut self, key: u32) {
        let block = self.block(key);
        for (word, bit) in bits(key) {
            self.blocks[block][word] |= bit;
        }
    }

    /// Whether a key may have been inserted; if not, it surely was not.
    pub(super) fn may_hold(&self, key: u32) -> bool {
        let block = &self.blocks[self.block(key)];
        bits(key).all(|(word, bit)| block[word] & bit != 0)
    }

    fn block(&self, key: u32) -> usize {
        ((u64::from(key) * self.blocks.len() as u64) >> u32::BITS) as usize
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
