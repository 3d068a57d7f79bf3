//! A small sketch of a set, in which two sets agree about as often as they
//! are similar, and the bands that it is cut into.
//!
//! The sketch is that of Dahlgaard, Knudsen and Thorup (Fast Similarity
//! Sketching, 2017): every element falls into one of the bins, each bin keeps
//! its least; while bins are empty, the elements are thrown again. It costs
//! one pass for a long text and has no bias for a short one.

use super::mix;

/// Bins of a sketch.
const BINS: usize = BANDS * ROWS;
/// Bands that a sketch is cut into.
pub(super) const BANDS: usize = 16;
/// Bins of a band.
const ROWS: usize = 6;

/// One key for each band: two sets of similarity `s` share that of a band
/// with probability `s` to the power of [`ROWS`].
pub(super) fn bands(shingles: &[u32]) -> [u64; BANDS] {
    let bins = sketch(shingles);
    let mut keys = [0; BANDS];
    for (band, key) in keys.iter_mut().enumerate() {
        let rows = &bins[band * ROWS..][..ROWS];
        *key = rows.iter().fold(band as u64, |key, row| {
            mix(key.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ *row)
        });
    }
    keys
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
    fn a_pair_at_the_threshold_shares_a_band() {
        for size in [30, 300] {
            let found = (0..1_000).filter(|seed| {
                let (a, b) = pair(size, 0.81, *seed);
                bands(&a).iter().zip(bands(&b)).any(|(a, b)| *a == b)
            });
            assert!(found.count() >= 980, "{size}");
        }
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
