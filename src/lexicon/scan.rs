//! One look through a text for the words of every rule.
//!
//! A rule is a regular expression that costs time wherever it is tried. Most
//! places have none of the words that it [needs](super::required). So the
//! words of all rules are looked for together, once, and a [`Rule`] is run
//! only on a stretch that holds one of its own.

use super::patterns;
use super::required::{Required, required};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::{Captures, Match, Regex};
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

/// A set of rules, one bit each.
type Rules = u128;

/// A text with the places of the words that rules need.
#[derive(Debug)]
pub struct Scan<'t> {
    norm: &'t str,
    lower: &'t str,
    /// Sorted by end.
    hits: Vec<Hit>,
    /// Rules of which the text has a word.
    rules: Rules,
}

#[derive(Debug, Clone, Copy)]
struct Hit {
    start: u32,
    end: u32,
    word: u32,
}

/// All words and the rules that need them.
struct Words {
    automaton: AhoCorasick,
    /// Rules by word.
    rules: Vec<Rules>,
    /// What each rule needs, by bit.
    needs: Vec<(&'static str, Required)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let needs: Vec<(&str, Required)> = patterns::rules()
        .filter_map(|(name, pattern)| {
            let syntax = regex_syntax::parse(&pattern).ok()?;
            Some((name, required(&syntax)?))
        })
        .take(Rules::BITS as usize)
        .collect();
    let mut words: BTreeMap<&str, Rules> = BTreeMap::new();
    for (bit, (_, needs)) in needs.iter().enumerate() {
        for word in &needs.words {
            *words.entry(word).or_default() |= 1 << bit;
        }
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::DFA))
        .build(words.keys())
        .expect("the words of a table are few enough for an automaton");
    let rules = words.into_values().collect();
    Words { automaton, rules, needs }
});

impl<'t> Scan<'t> {
    /// Looks through a normalized text; `lower` is its lower case, with the
    /// same offsets.
    pub fn of(norm: &'t str, lower: &'t str) -> Self {
        let words = &*WORDS;
        let (mut hits, mut rules) = (Vec::with_capacity(lower.len() / 24), 0);
        for hit in words.automaton.find_overlapping_iter(lower) {
            let word = hit.pattern().as_u32();
            rules |= words.rules[word as usize];
            let (start, end) = (hit.start() as u32, hit.end() as u32);
            hits.push(Hit { start, end, word });
        }
        Self { norm, lower, hits, rules }
    }

    /// The normalized text.
    pub fn norm(&self) -> &'t str {
        self.norm
    }

    /// The same in lower case.
    pub fn lower(&self) -> &'t str {
        self.lower
    }

    /// Where a part of the text begins; `None` for a foreign text.
    fn offset(&self, part: &str) -> Option<usize> {
        let at = part.as_ptr() as usize;
        [self.lower, self.norm].into_iter().find_map(|text| {
            let offset = at.checked_sub(text.as_ptr() as usize)?;
            (offset + part.len() <= text.len()).then_some(offset)
        })
    }
}

/// A regular expression of `patterns.tsv` that is run only where one of its
/// words stands.
#[derive(Debug)]
pub struct Rule {
    name: &'static str,
    bit: Option<usize>,
    /// Farthest byte from the start of the words asked about at which a word
    /// that counts may begin, and the same from their end.
    near_start: Option<usize>,
    near_end: Option<usize>,
    regex: OnceLock<Regex>,
}

impl Rule {
    /// The rule of a name; for a `LazyLock` of the caller.
    pub fn new(name: &'static str) -> Self {
        let bit = WORDS.needs.iter().position(|(own, _)| *own == name);
        let (mut near_start, mut near_end) = (None, None);
        if let Some(bit) = bit {
            let needs = &WORDS.needs[bit].1;
            let (start, end) = patterns::anchors(name);
            near_start = needs.before.filter(|_| start);
            near_end = needs.behind.filter(|_| end);
        }
        Self { name, bit, near_start, near_end, regex: OnceLock::new() }
    }

    /// The expression itself, for words that are in no scanned text.
    pub fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| patterns::regex(self.name))
    }

    /// Whether words of the scanned text have what the rule needs.
    fn may_match(&self, words: &str, scan: &Scan) -> bool {
        let Some(bit) = self.bit else { return true };
        let own: Rules = 1 << bit;
        if scan.rules & own == 0 {
            return scan.offset(words).is_none();
        }
        let Some(start) = scan.offset(words) else { return true };
        let end = start + words.len();
        let latest = self.near_start.map_or(end, |n| start + n);
        let earliest = self.near_end.map_or(start, |n| end.saturating_sub(n));
        let rules = &WORDS.rules;
        let first = scan.hits.partition_point(|h| (h.end as usize) < earliest);
        scan.hits[first..]
            .iter()
            .take_while(|h| h.end as usize <= end)
            .any(|h| {
                let at = h.start as usize;
                rules[h.word as usize] & own != 0 && start <= at && at <= latest
            })
    }

    /// Whether the rule is found in words of the scanned text.
    pub fn is_match(&self, words: &str, scan: &Scan) -> bool {
        self.may_match(words, scan) && self.regex().is_match(words)
    }

    /// The first find in words of the scanned text.
    pub fn find<'w>(&self, words: &'w str, scan: &Scan) -> Option<Match<'w>> {
        self.may_match(words, scan).then(|| self.regex().find(words))?
    }

    /// The same with its groups.
    pub fn captures<'w>(
        &self,
        words: &'w str,
        scan: &Scan,
    ) -> Option<Captures<'w>> {
        self.may_match(words, scan).then(|| self.regex().captures(words))?
    }

    /// Every find in words of the scanned text.
    pub fn find_iter<'w>(
        &self,
        words: &'w str,
        scan: &Scan,
    ) -> impl Iterator<Item = Match<'w>> {
        let may = self.may_match(words, scan);
        may.then(|| self.regex().find_iter(words)).into_iter().flatten()
    }

    /// Every find with its groups.
    pub fn captures_iter<'w>(
        &self,
        words: &'w str,
        scan: &Scan,
    ) -> impl Iterator<Item = Captures<'w>> {
        let may = self.may_match(words, scan);
        may.then(|| self.regex().captures_iter(words)).into_iter().flatten()
    }
}
