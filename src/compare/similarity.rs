//! How alike two items or clauses are: the weight of the words they share.

use super::prepare::Bag;

/// How much the smaller of two texts counts against the larger: 1 would let
/// a fragment equal the whole, 0.5 would punish every addition.
const SMALLER: f64 = 0.72;
/// Weight that two texts must share before a small overlap counts fully.
const PRIOR: f64 = 1.2;

/// A weight as it counts in [`alike`] for the smaller and for the larger of
/// two bags.
pub(super) fn sizes(weight: f64) -> (f64, f64) {
    (weight.powf(SMALLER), weight.powf(1.0 - SMALLER))
}

/// Alikeness from 0 to 1, given the shared weight.
pub(super) fn alike(shared: f64, a: &Bag, b: &Bag) -> f64 {
    let (small, large) = if a.weight <= b.weight { (a, b) } else { (b, a) };
    let size = small.sizes.0 * large.sizes.1;
    if size <= 0.0 {
        return 0.0;
    }
    (shared / (size + PRIOR)).min(1.0)
}

/// Likeness for people, from 0 to 1: as [`alike`], but 1 only for the same
/// words in the same rows.
pub(super) fn closeness(shared: f64, a: &Bag, b: &Bag) -> f64 {
    let (a, b) = (a.weight + a.row_weight(), b.weight + b.row_weight());
    let (small, large) = (a.min(b), a.max(b));
    if small <= 0.0 {
        return 0.0;
    }
    (shared / (sizes(small).0 * sizes(large).1)).min(1.0)
}
