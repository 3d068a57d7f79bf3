//! The province that a document comes from: its web address, its newspaper.

use super::provinces::{Form, List, Province, all, find_provinces};
use crate::lexicon::word_edges::{ends_with_word, is_edge, word_edges};
use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

/// Labels of web addresses by the unit of 63 that they belong to, the
/// longest first.
static HOSTS: LazyLock<Vec<(&'static str, &'static Province)>> =
    LazyLock::new(|| {
        let mut seen = HashMap::default();
        for p in all().iter().filter(|p| p.list == List::Until2025) {
            for host in &p.hosts {
                seen.entry(*host).or_insert(p);
            }
        }
        let mut hosts: Vec<_> = seen.into_iter().collect();
        hosts.sort_by_key(|(host, _)| (std::cmp::Reverse(host.len()), *host));
        hosts
    });

/// Labels shorter than this count only alone, not at the end of another:
/// `hue`, `brvt`.
const LONG_LABEL: usize = 5;

/// The province that a host or an address belongs to: `vinhphuc.gov.vn`,
/// `tienphuoc.quangnam.gov.vn`, `https://baohatinh.vn/tin`. The unit of 63.
pub fn province_of_host(address: &str) -> Option<&'static Province> {
    let lower = address.to_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, r)| r);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    if !host.contains('.') {
        return None;
    }
    let labels: Vec<&str> = host.split('.').rev().collect();
    labels.iter().find_map(|label| {
        HOSTS.iter().find(|(own, _)| belongs(label, own)).map(|(_, p)| *p)
    })
}

fn belongs(label: &str, own: &str) -> bool {
    let bare = label.replace('-', "");
    label == own
        || bare == own
        || bare.strip_prefix("bao").is_some_and(|rest| rest == own)
        || (own.len() >= LONG_LABEL && bare.ends_with(own))
}

/// The province whose newspaper, broadcaster or portal a line of normalized
/// text names: `Báo Quảng Nam`, `Theo Cổng TTĐT tỉnh Lai Châu`, `(GLO)`,
/// `baohatinh.vn`. The unit of 63. `lower` is its lower case, with the same
/// offsets.
pub fn province_of_newspaper(
    norm: &str,
    lower: &str,
) -> Option<&'static Province> {
    let old = || all().iter().filter(|p| p.list == List::Until2025);
    let tagged = old().find(|p| p.tags.iter().any(|tag| has_tag(norm, tag)));
    let named = || {
        if !MEDIA.iter().any(|word| lower.contains(word)) {
            return None;
        }
        find_provinces(norm, lower).into_iter().find_map(|m| {
            let before = &lower[..m.full.start];
            let media = m.form != Form::CityInside
                && MEDIA.iter().any(|word| ends_with_word(before, word));
            media.then_some(m.province)
        })
    };
    let own = || {
        let names = behind_papers(lower);
        let is_named = |paper: &&str| {
            let paper = paper.to_lowercase();
            names
                .iter()
                .any(|n| n.starts_with(&paper) && is_edge(n, paper.len()))
        };
        let any = !names.is_empty();
        old().find(|p| any && p.papers.iter().any(is_named))
    };
    let address = || {
        lower.split_whitespace().filter(|word| word.contains(".vn")).find_map(
            |word| province_of_host(word.trim_matches(['(', ')', ',', ';'])),
        )
    };
    // `(Baohanam) - …`
    let marked = || {
        lower.split("(bao").skip(1).find_map(|rest| {
            let (label, _) = rest.split_once(')')?;
            HOSTS.iter().find(|(own, _)| label == *own).map(|(_, p)| *p)
        })
    };
    tagged.or_else(named).or_else(own).or_else(address).or_else(marked)
}

/// Words before the name of a province that make it a medium. Source: usage
/// of the local press.
const MEDIA: &[&str] = &[
    "báo",
    "báo điện tử",
    "đài phát thanh và truyền hình",
    "đài phát thanh - truyền hình",
    "đài pt-th",
    "đài pt&th",
    "đài ptth",
    "báo và phát thanh, truyền hình",
    "báo và đài phát thanh, truyền hình",
    "truyền hình",
    "cổng thông tin điện tử",
    "cổng ttđt",
    "trang thông tin điện tử",
];

/// Whether a line opens with a dateline, or holds it in parentheses.
fn has_tag(norm: &str, tag: &str) -> bool {
    norm.match_indices(tag).any(|(at, _)| {
        let end = at + tag.len();
        let open = norm[..at].ends_with('(') && norm[end..].starts_with(')');
        let first = norm[..at].trim().is_empty()
            && norm[end..].trim_start().starts_with('-');
        open || first
    })
}

/// What stands behind `báo` and `theo`, where newspapers are named.
fn behind_papers(lower: &str) -> Vec<&str> {
    let words = ["báo", "theo"].into_iter();
    let behind = words.flat_map(|word| {
        let found = lower.match_indices(word);
        let found = found.map(move |(at, _)| at..at + word.len());
        found.filter(|at| word_edges(lower, at))
    });
    behind.map(|at| lower[at.end..].trim_start_matches([' ', '\n'])).collect()
}
