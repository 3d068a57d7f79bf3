//! Telex and VNI keystrokes that no keyboard turned into letters:
//! `vinhx phucs`, `vinh4 phuc1`.

use super::{Node, Query, Value, Word};
use crate::index::Slip;
use crate::text::{is_bare_syllable, is_syllable, key, normalize};

/// Longest word that can be keystrokes of one syllable, `nghieengs`.
const LONGEST: usize = 10;

/// A query with its keystrokes turned into letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retyped {
    /// The whole query.
    pub query: String,
    /// How it was typed.
    pub slip: Slip,
    /// How many words were changed.
    pub changed: usize,
}

/// What a query says if some of its words are keystrokes: at most one
/// reading for each way of typing, the one that changes most words first.
///
/// A word is changed only if it is no syllable as it stands (`tin` and
/// `phuong` may be just that) and becomes a Vietnamese syllable with marks.
/// Whether that was meant, whoever has an index can tell: try the readings,
/// and offer the first that finds more.
pub fn retyped(query: &Query) -> Vec<Retyped> {
    let mut words = Vec::new();
    collect(&query.root, &mut words);
    words.sort_by_key(|word| word.place.start);
    words.dedup_by_key(|word| word.place.start);
    let ways = [(Slip::Telex, &vi::TELEX), (Slip::Vni, &vi::VNI)];
    let mut out: Vec<Retyped> = ways
        .into_iter()
        .filter_map(|(slip, way)| {
            let mut text = String::with_capacity(query.text.len() + 16);
            let (mut done, mut changed) = (0, 0);
            for word in &words {
                let Some(letters) = letters(&word.typed, way) else { continue };
                text.push_str(&query.text[done..word.place.start]);
                text.push_str(&letters);
                done = word.place.end;
                changed += 1;
            }
            text.push_str(&query.text[done..]);
            let read = Retyped { query: text, slip, changed };
            (changed > 0).then_some(read)
        })
        .collect();
    out.sort_by_key(|read| std::cmp::Reverse(read.changed));
    out
}

/// The syllable that keystrokes mean.
fn letters(typed: &str, way: &vi::Definition) -> Option<String> {
    let keys = typed.bytes().all(|b| b.is_ascii_alphanumeric())
        && typed.starts_with(|c: char| c.is_ascii_alphabetic())
        && (2..=LONGEST).contains(&typed.len());
    let lower = typed.to_ascii_lowercase();
    // One tone at most: `u23` and `h5n1` are names.
    let tones = lower.bytes().filter(|b| matches!(b, b'1'..=b'5')).count();
    if !keys || tones > 1 || is_bare_syllable(&lower) {
        return None;
    }
    let mut letters = String::new();
    vi::transform_buffer(way, lower.chars(), &mut letters);
    let letters = normalize(&letters);
    let meant = letters != lower
        && !letters.is_ascii()
        && is_syllable(&letters)
        && key(&letters) != lower;
    meant.then(|| like(typed, &letters))
}

/// Letters in the case of what was typed.
fn like(typed: &str, letters: &str) -> String {
    let upper = |c: char| !c.is_ascii_lowercase();
    if typed.chars().all(upper) && typed.len() > 1 {
        return letters.to_uppercase();
    }
    let mut chars = letters.chars();
    match chars.next() {
        Some(first) if typed.starts_with(|c: char| c.is_ascii_uppercase()) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => letters.to_owned(),
    }
}

/// The words of a query that stand for themselves. The depth of a query is
/// bounded.
fn collect<'q>(node: &'q Node, out: &mut Vec<&'q Word>) {
    match node {
        Node::All => {}
        Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|node| collect(node, out));
        }
        Node::Not(node) => collect(node, out),
        Node::Words(words) | Node::Phrase(words) => out.extend(words),
        Node::Number(number) => out.extend(&number.words),
        Node::Filter(filter) => {
            if let Value::Phrase(words) = &filter.value {
                out.extend(words);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Vec<(String, Slip)> {
        let query = Query::parse(query).unwrap();
        retyped(&query).into_iter().map(|r| (r.query, r.slip)).collect()
    }

    #[test]
    fn keystrokes_become_letters() {
        for (typed, meant, slip) in [
            ("vinhx phucs", "vĩnh phúc", Slip::Telex),
            ("Vinhx Phucs", "Vĩnh Phúc", Slip::Telex),
            ("dduowngf", "đường", Slip::Telex),
            ("vinh4 phuc1", "vĩnh phúc", Slip::Vni),
            ("d9uo7ng2", "đường", Slip::Vni),
            ("tinhr Quangr Nam", "tỉnh Quảng Nam", Slip::Telex),
            ("issuer:\"ubnd tinhr\"", "issuer:\"ubnd tỉnh\"", Slip::Telex),
        ] {
            assert_eq!(read(typed), [(meant.to_owned(), slip)], "{typed}");
        }
    }

    #[test]
    fn plausible_words_stay() {
        for typed in [
            "vinh phuc",
            "ubnd",
            "covid-19",
            "u23",
            "h5n1",
            "tin tuc",
            "vĩnh phúc",
            "240/KH-UBND",
            "xanh",
        ] {
            assert_eq!(read(typed), [], "{typed}");
        }
    }
}
