//! Groups of nodes that are alike on the average, found from the most alike
//! pair downwards.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};

/// Two nodes that are alike.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub a: usize,
    pub b: usize,
    pub weight: f64,
}

/// How groups may grow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// Least mean weight between two groups that join; nodes without an edge
    /// count as 0.
    pub least: f64,
    /// Whether nodes of one owner stay apart.
    pub exclusive: bool,
}

struct Candidate {
    affinity: f64,
    a: usize,
    b: usize,
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |c: &Self| Reverse((c.a, c.b));
        self.affinity
            .total_cmp(&other.affinity)
            .then_with(|| key(self).cmp(&key(other)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

struct Groups {
    /// Members of each group; empty once it has joined another.
    members: Vec<Vec<usize>>,
    /// How many equal nodes the members stand for.
    sizes: Vec<usize>,
    /// How many of them each owner has in each group.
    owners: Vec<BTreeMap<usize, usize>>,
    /// Sum of the weights between its nodes and those of other groups.
    near: Vec<BTreeMap<usize, f64>>,
}

impl Groups {
    /// Pairs of nodes of two groups that have different owners, and those
    /// that have the same.
    fn pairs(&self, a: usize, b: usize) -> (usize, usize) {
        let all = self.sizes[a] * self.sizes[b];
        let (few, many) = if self.owners[a].len() < self.owners[b].len() {
            (a, b)
        } else {
            (b, a)
        };
        let own = self.owners[few]
            .iter()
            .map(|(o, n)| n * self.owners[many].get(o).copied().unwrap_or(0))
            .sum();
        (all - own, own)
    }

    fn affinity(&self, a: usize, b: usize, rule: &Rule) -> f64 {
        let (others, own) = self.pairs(a, b);
        if (rule.exclusive && own > 0) || others == 0 {
            return 0.0;
        }
        self.near[a].get(&b).copied().unwrap_or(0.0) / others as f64
    }

    /// Moves all of `b` to `a`.
    fn join(&mut self, a: usize, b: usize) {
        let members = std::mem::take(&mut self.members[b]);
        self.members[a].extend(members);
        self.sizes[a] += self.sizes[b];
        for (owner, n) in std::mem::take(&mut self.owners[b]) {
            *self.owners[a].entry(owner).or_default() += n;
        }
        for (other, weight) in std::mem::take(&mut self.near[b]) {
            self.near[other].remove(&b);
            if other != a {
                *self.near[a].entry(other).or_default() += weight;
                *self.near[other].entry(a).or_default() += weight;
            }
        }
        self.near[a].remove(&b);
    }
}

fn counted(owners: &[usize]) -> BTreeMap<usize, usize> {
    let mut out = BTreeMap::new();
    for &owner in owners {
        *out.entry(owner).or_insert(0) += 1;
    }
    out
}

/// The groups, each sorted, ordered by their first member. `owners` names the
/// owners of each node: a node that stands for several equal ones has one for
/// each.
pub(super) fn group(
    owners: &[Vec<usize>],
    edges: &[Edge],
    rule: &Rule,
) -> Vec<Vec<usize>> {
    let n = owners.len();
    let mut groups = Groups {
        members: (0..n).map(|i| vec![i]).collect(),
        sizes: owners.iter().map(Vec::len).collect(),
        owners: owners.iter().map(|list| counted(list)).collect(),
        near: vec![BTreeMap::new(); n],
    };
    let mut heap = BinaryHeap::with_capacity(edges.len());
    for edge in edges {
        let (a, b) = (edge.a.min(edge.b), edge.a.max(edge.b));
        let weight = edge.weight * groups.pairs(a, b).0 as f64;
        groups.near[a].insert(b, weight);
        groups.near[b].insert(a, weight);
        heap.push(Candidate { affinity: edge.weight, a, b });
    }
    while let Some(Candidate { affinity, a, b }) = heap.pop() {
        if groups.members[a].is_empty() || groups.members[b].is_empty() {
            continue;
        }
        let now = groups.affinity(a, b, rule);
        if now < rule.least {
            continue;
        }
        if now < affinity {
            heap.push(Candidate { affinity: now, a, b });
            continue;
        }
        let (a, b) = if groups.near[a].len() < groups.near[b].len() {
            (b, a)
        } else {
            (a, b)
        };
        groups.join(a, b);
        let near: Vec<usize> = groups.near[a].keys().copied().collect();
        for other in near {
            let affinity = groups.affinity(a, other, rule);
            if affinity >= rule.least {
                let (a, b) = (a.min(other), a.max(other));
                heap.push(Candidate { affinity, a, b });
            }
        }
    }
    let mut out = groups.members;
    out.retain(|members| !members.is_empty());
    for members in &mut out {
        members.sort_unstable();
    }
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(list: &[(usize, usize, f64)]) -> Vec<Edge> {
        list.iter().map(|&(a, b, weight)| Edge { a, b, weight }).collect()
    }

    fn one_each(owners: &[usize]) -> Vec<Vec<usize>> {
        owners.iter().map(|&o| vec![o]).collect()
    }

    #[test]
    fn a_weak_bridge_does_not_join_two_groups() {
        let list = edges(&[(0, 1, 0.9), (2, 3, 0.8), (1, 2, 0.5), (0, 4, 0.7)]);
        let rule = Rule { least: 0.3, exclusive: false };
        assert_eq!(
            group(&one_each(&[0, 1, 2, 3, 4]), &list, &rule),
            [vec![0, 1, 4], vec![2, 3]]
        );
    }

    #[test]
    fn one_owner_has_one_place_if_exclusive() {
        let list = edges(&[(0, 1, 0.9), (0, 2, 0.8)]);
        let apart = Rule { least: 0.3, exclusive: true };
        assert_eq!(
            group(&one_each(&[0, 1, 1]), &list, &apart),
            [vec![0, 1], vec![2]]
        );
        let joined = Rule { least: 0.3, exclusive: false };
        assert_eq!(
            group(&one_each(&[0, 1, 1]), &list, &joined),
            [vec![0, 1, 2]]
        );
    }

    #[test]
    fn a_node_counts_for_all_that_it_stands_for() {
        // Node 1 stands for three documents that are not like node 2.
        let list = edges(&[(0, 1, 0.9), (0, 2, 0.8)]);
        let rule = Rule { least: 0.3, exclusive: true };
        let owners = [vec![0], vec![1, 2, 3], vec![4]];
        assert_eq!(group(&owners, &list, &rule), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn the_order_of_edges_does_not_matter() {
        let mut list = edges(&[
            (0, 1, 0.5),
            (1, 2, 0.5),
            (2, 3, 0.5),
            (0, 3, 0.5),
            (3, 4, 0.4),
        ]);
        let rule = Rule { least: 0.2, exclusive: false };
        let first = group(&one_each(&[0, 1, 2, 3, 4]), &list, &rule);
        list.reverse();
        assert_eq!(group(&one_each(&[0, 1, 2, 3, 4]), &list, &rule), first);
    }
}
