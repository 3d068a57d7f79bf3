//! The order that most copies agree on.

/// For each group, where each document has it: `(document, position)` with
/// positions counted from 0 in that document.
pub(super) type Positions = Vec<(usize, usize)>;

/// Group indices in common order: a group comes before another if most of
/// the documents that have both say so; among equals by the median place
/// within the documents, then by index. `lengths` is the number of positions
/// of each document.
pub(super) fn common_order(
    groups: &[Positions],
    lengths: &[usize],
) -> Vec<usize> {
    let k = groups.len();
    let mut sequences: Vec<Vec<(usize, usize)>> =
        vec![Vec::new(); lengths.len()];
    for (g, positions) in groups.iter().enumerate() {
        for &(document, position) in positions {
            sequences[document].push((position, g));
        }
    }
    let mut ahead = vec![0i32; k * k];
    for sequence in &mut sequences {
        sequence.sort_unstable();
        for (i, &(_, before)) in sequence.iter().enumerate() {
            for &(_, after) in &sequence[i + 1..] {
                if before != after {
                    ahead[before * k + after] += 1;
                    ahead[after * k + before] -= 1;
                }
            }
        }
    }
    let mut keyed: Vec<(f64, f64, usize)> = (0..k)
        .map(|g| {
            let row = &ahead[g * k..(g + 1) * k];
            let met = row.iter().filter(|v| **v != 0).count().max(1);
            let won: i32 = row.iter().map(|v| v.signum()).sum();
            let place = median(&groups[g], lengths);
            // Share of the groups met that it precedes, steadied by its place.
            let share = f64::from(won) / met as f64;
            (0.5 - 0.5 * share + place, place, g)
        })
        .collect();
    keyed.sort_by(|x, y| {
        x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1)).then(x.2.cmp(&y.2))
    });
    let mut order: Vec<usize> = keyed.into_iter().map(|(_, _, g)| g).collect();
    settle(&mut order, &ahead, k);
    order
}

/// Swaps neighbours that most documents have the other way round. Each swap
/// pleases more documents than it displeases, so this ends.
fn settle(order: &mut [usize], ahead: &[i32], k: usize) {
    for _ in 0..k {
        let mut changed = false;
        for i in 1..order.len() {
            if ahead[order[i] * k + order[i - 1]] > 0 {
                order.swap(i - 1, i);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
}

/// Median of the relative places of a group, 0 to 1.
fn median(positions: &[(usize, usize)], lengths: &[usize]) -> f64 {
    let mut places: Vec<f64> = positions
        .iter()
        .map(|&(document, position)| {
            (position as f64 + 0.5) / lengths[document].max(1) as f64
        })
        .collect();
    places.sort_by(f64::total_cmp);
    match places.len() {
        0 => 1.0,
        n if n % 2 == 1 => places[n / 2],
        n => f64::midpoint(places[n / 2 - 1], places[n / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_majority_orders() {
        // Two of three documents: A B C; one: C A B. B is missing in one.
        let groups = [
            vec![(0, 0), (1, 0), (2, 1)],
            vec![(0, 1), (2, 2)],
            vec![(0, 2), (1, 1), (2, 0)],
        ];
        assert_eq!(common_order(&groups, &[3, 2, 3]), [0, 1, 2]);
    }

    #[test]
    fn an_empty_set_has_no_order() {
        assert!(common_order(&[], &[3]).is_empty());
    }
}
