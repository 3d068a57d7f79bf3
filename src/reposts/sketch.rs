//! A small sketch of a set, in which two sets agree about as often as they
//! are similar, the keys of the bands that it is cut into, and two bits of
//! each of its bins.
//!
//! The sketch is that of Dahlgaard, Knudsen and Thorup (Fast Similarity
//! Sketching, 2017): every element falls into one of the bins, each bin keeps
//! its least; while bins are empty, the elements are thrown again. It costs
//! one pass for a long text and has no bias for a short one.

use super::mix;

/// Bins of a sketch.
const BINS: usize = 128;
/// Bands that are cut from it.
pub(super) const BANDS: usize = 10;
/// Bins of a band.
const ROWS: usize = 4;
/// Further bins that a key takes in when too many share that of a band.
const DEEPER: usize = 2;
/// Words of 64 bits that a bit of each bin takes.
const WORDS: usize = BINS / 64;
/// Bytes of [`Bits`].
pub(super) const BYTES: usize = 2 * WORDS * 8;

/// Least bins in which the bits of two sets agree that are worth to be
/// compared. At the threshold, 108.8 do in the mean, with a deviation of 4: one
/// pair of two thousand is lost there, and none a little above.
const LEAST: u32 = 95;

/// What a set is found by.
#[derive(Debug, Clone)]
pub(super) struct Sketch {
    /// One key for each band: two sets of similarity `s` share that of a band
    /// with probability `s` to the power of [`ROWS`].
    pub(super) keys: [u32; BANDS],
    /// The same with [`DEEPER`] further bins.
    pub(super) deeper: [u32; BANDS],
    /// How it looks.
    pub(super) bits: Bits,
}

/// The two lowest bits of each bin (b-bit minwise hashing; Li and König,
/// 2010): in these, two sets of similarity `s` agree with probability
/// `(1 + 3s) / 4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bits([[u64; WORDS]; 2]);

impl Sketch {
    /// The sketch of a set.
    pub(super) fn of(shingles: &[u32]) -> Self {
        let bins = sketch(shingles);
        let (rows, _) = bins.as_chunks::<ROWS>();
        let (further, _) = bins[BANDS * ROWS..].as_chunks::<DEEPER>();
        let taken = |key: u64, row: &u64| {
            mix(key.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ *row)
        };
        let keys: [u64; BANDS] = std::array::from_fn(|band| {
            rows[band].iter().fold(band as u64, taken)
        });
        let deeper = std::array::from_fn(|band| {
            (further[band].iter().fold(keys[band], taken) >> 32) as u32
        });
        let keys = keys.map(|key| (key >> 32) as u32);
        Self { keys, deeper, bits: Bits::of(&bins) }
    }
}

impl Bits {
    fn of(bins: &[u64; BINS]) -> Self {
        Self([0, 1].map(|bit| {
            std::array::from_fn(|word| {
                let bins = bins[word * 64..][..64].iter().enumerate();
                bins.fold(0, |all, (i, bin)| all | (bin >> bit & 1) << i)
            })
        }))
    }

    /// In how many bins two sets agree, if these are enough that they may be
    /// as similar as the threshold.
    pub(super) fn likely(&self, other: &Self) -> Option<u32> {
        let ([a, b], [c, d]) = (&self.0, &other.0);
        let differ = (0..WORDS).map(|word| {
            ((a[word] ^ c[word]) | (b[word] ^ d[word])).count_ones()
        });
        let agree = BINS as u32 - differ.sum::<u32>();
        (agree >= LEAST).then_some(agree)
    }

    pub(super) fn to_bytes(self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        let words = self.0.into_iter().flatten();
        for (eight, word) in bytes.chunks_exact_mut(8).zip(words) {
            eight.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; BYTES]) -> Self {
        let (words, _) = bytes.as_chunks::<8>();
        let word = |i: usize| u64::from_le_bytes(words[i]);
        Self([0, WORDS].map(|from| std::array::from_fn(|i| word(from + i))))
    }
}

fn sketch(shingles: &[u32]) -> [u64; BINS] {
    let mut bins = [u64::MAX; BINS];
    let mut empty = if shingles.is_empty() { 0 } else { BINS };
    let mut round = 0;
    // The second half of the rounds has one bin each, so none stays empty.
    while empty > 0 && round < 2 * BINS {
        for shingle in shingles {
            let thrown = (round as u64) << 32 | u64::from(*shingle);
            let hash = mix(thrown ^ 0x5bd1_e995_9d2c_5680);
            let bin = if round < BINS {
                (((hash & 0xffff_ffff) * BINS as u64) >> 32) as usize
            } else {
                round - BINS
            };
            // Earlier rounds come first.
            let value = (round as u64) << 32 | hash >> 32;
            empty -= usize::from(bins[bin] == u64::MAX);
            bins[bin] = bins[bin].min(value);
        }
        round += 1;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Two sets of about `size` with the given similarity.
    fn pair(size: u32, similarity: f64, seed: u32) -> (Vec<u32>, Vec<u32>) {
        let of =
            |n: u32| (mix(u64::from(seed) << 32 | u64::from(n)) >> 32) as u32;
        let common = (f64::from(size) * similarity) as u32;
        let own = (size - common) / 2;
        let a = (0..common + own).map(of).collect();
        let b = (0..common).chain(size..size + own).map(of).collect();
        (a, b)
    }

    #[test]
    fn sketches_agree_as_often_as_the_sets_are_similar() {
        for size in [5, 60, 900] {
            for similarity in [0.2, 0.5, 0.8] {
                let rounds = 150;
                let (mut agree, mut truth) = (0, 0.0);
                for seed in 0..rounds {
                    let (a, b) = pair(size, similarity, seed);
                    let known: HashSet<_> = b.iter().collect();
                    let shared = a.iter().filter(|s| known.contains(s)).count();
                    truth +=
                        shared as f64 / (a.len() + b.len() - shared) as f64;
                    let (a, b) = (sketch(&a), sketch(&b));
                    agree += a.iter().zip(&b).filter(|(a, b)| a == b).count();
                }
                let rate = agree as f64 / f64::from(rounds) / BINS as f64;
                let truth = truth / f64::from(rounds);
                assert!((rate - truth).abs() < 0.02, "{size}: {rate}, {truth}");
            }
        }
    }

    #[test]
    fn a_pair_at_the_threshold_shares_a_band_and_looks_alike() {
        for size in [30, 300, 1_000] {
            let (mut shared, mut alike) = (0, 0);
            for seed in 0..1_000 {
                let (a, b) = pair(size, 0.81, seed);
                let (a, b) = (Sketch::of(&a), Sketch::of(&b));
                shared +=
                    u32::from(a.keys.iter().zip(b.keys).any(|(a, b)| *a == b));
                alike += u32::from(a.bits.likely(&b.bits).is_some());
            }
            assert!(shared >= 980 && alike >= 996, "{shared} {alike} {size}");
        }
    }

    #[test]
    fn those_that_are_half_alike_are_refused() {
        let alike = (0..1_000).filter(|seed| {
            let (a, b) = pair(300, 0.5, *seed);
            let (a, b) = (Sketch::of(&a), Sketch::of(&b));
            a.bits.likely(&b.bits).is_some()
        });
        assert!(alike.count() <= 20);
    }

    #[test]
    fn a_deeper_key_is_shared_by_fewer() {
        let (mut keys, mut deeper) = (0, 0);
        for seed in 0..300 {
            let (a, b) = pair(300, 0.7, seed);
            let (a, b) = (Sketch::of(&a), Sketch::of(&b));
            for band in 0..BANDS {
                let same = a.keys[band] == b.keys[band];
                let deep = a.deeper[band] == b.deeper[band];
                assert!(same || !deep);
                keys += u32::from(same);
                deeper += u32::from(deep);
            }
        }
        // 0.7 to the fourth and to the sixth, of 3,000.
        assert!((600..850).contains(&keys), "{keys}");
        assert!((270..440).contains(&deeper), "{deeper}");
    }

    #[test]
    fn bits_to_bytes_and_back() {
        let bits = Sketch::of(&[1, 2, 3]).bits;
        assert_eq!(Bits::from_bytes(&bits.to_bytes()), bits);
        assert_eq!(bits.likely(&bits), Some(BINS as u32));
    }

    #[test]
    fn every_bin_is_filled_whatever_the_size() {
        for size in [1, 2, 95, 10_000] {
            let set: Vec<u32> = (0..size).map(|n| n * 77).collect();
            assert!(!sketch(&set).contains(&u64::MAX), "{size}");
        }
        assert!(sketch(&[]).iter().all(|bin| *bin == u64::MAX));
    }
}
