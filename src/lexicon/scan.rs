//! One look through a text for the words of every rule and every name.
//!
//! A rule is a regular expression that costs time wherever it is tried. Most
//! places have none of the words that it [needs](super::required). So the
//! words of all rules are looked for together, with the names of bodies,
//! provinces and kinds of documents, in one walk; a [`Rule`] is then run only
//! on a stretch that holds one of its own.
//!
//! The words count as whole words: a rule that needs `trước` is not run for
//! `việctrước`, whatever its expression would find there.

use super::phrases::{Index, sort};
use super::required::{Required, required};
use super::word_edges::is_edge;
use super::words::{Block, blocks};
use super::{bodies, document_types, patterns, places, word_lists};
use crate::text::block::BLOCK;
use regex::{Captures, Match, Regex};
use regex_syntax::hir::Look;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};
use thread_local::ThreadLocal;

/// A set of rules, one bit each.
type Rules = u128;

/// Names that are found on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Names {
    /// Bodies and what announces them.
    Bodies,
    /// Words for kinds of documents.
    DocumentTypes,
    /// Provinces and what only looks like one.
    Provinces,
}

/// A text with the places of the words that rules need.
#[derive(Debug)]
pub struct Scan<'t> {
    norm: &'t str,
    lower: &'t str,
    /// Sorted by start.
    hits: Vec<Hit>,
    /// Rules of which the text has a word.
    rules: Rules,
    /// By family: where each name stands, sorted by start, the longer first,
    /// overlaps included, and its number in the family.
    names: [Vec<(Range<usize>, u32)>; 3],
    /// Where runs of digits begin.
    digits: Vec<usize>,
}

/// Where a word of some rules stands.
#[derive(Debug, Clone, Copy)]
struct Hit {
    start: u32,
    end: u32,
    /// Number of the word, by which its rules are known.
    word: u32,
}

impl Hit {
    /// Whether it is a word of a rule, by the rules of all words.
    fn is_of(self, rule: Rules, rules: &[Rules]) -> bool {
        rules[self.word as usize] & rule != 0
    }
}

/// Where the numbers of the words of rules begin in the index; below are the
/// names, each with its family in the lowest bits.
const RULES: u32 = 1 << 31;

/// All words and names, and what each rule needs.
struct Words {
    index: Index,
    /// The rules that need a word, by its number.
    rules: Vec<Rules>,
    /// What each rule needs, by bit.
    needs: Vec<Needs>,
}

struct Needs {
    rule: &'static str,
    required: Required,
    /// Whether every match begins where the words asked about begin.
    at_start: bool,
    /// Whether every match ends where they end.
    at_end: bool,
}

impl Needs {
    /// Whether some of the words stand in any text, and often: to look for
    /// them costs more than to run the rule.
    fn is_common(&self) -> bool {
        let mut words = self.required.words.iter();
        words.any(|word| word_lists::has("scan.common", word))
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let needs: Vec<Needs> = patterns::rules()
        .filter_map(|(rule, pattern)| {
            let syntax = regex_syntax::parse(&pattern).ok()?;
            let looks = syntax.properties();
            Some(Needs {
                rule,
                required: whole_words(required(&syntax)?)?,
                at_start: looks.look_set_prefix().contains(Look::Start),
                at_end: looks.look_set_suffix().contains(Look::End),
            })
        })
        .filter(|needs| !needs.is_common())
        .take(Rules::BITS as usize)
        .collect();
    let mut words: BTreeMap<&str, Rules> = BTreeMap::new();
    for (bit, needs) in needs.iter().enumerate() {
        for word in &needs.required.words {
            *words.entry(word).or_default() |= 1 << bit;
        }
    }
    let mut phrases: Vec<(String, u32)> = Vec::new();
    let mut rules = Vec::new();
    for (word, needed_by) in words {
        phrases.push((word.to_owned(), RULES | rules.len() as u32));
        rules.push(needed_by);
    }
    for (names, own) in [
        (Names::Bodies, bodies::phrases()),
        (Names::DocumentTypes, document_types::phrases()),
        (Names::Provinces, places::phrases()),
    ] {
        for (phrase, i) in own {
            phrases.push((phrase.clone(), i << 2 | names as u32));
        }
    }
    Words { index: Index::new(phrases), rules, needs }
});

/// Where runs of digits begin.
fn runs_of_digits(blocks: &[Block], bytes: usize) -> Vec<usize> {
    let mut runs = Vec::with_capacity(bytes / 48);
    let mut before = 0;
    for (i, block) in blocks.iter().enumerate() {
        // Digits that no digit stands before.
        let mut starts = block.digits & !(block.digits << 1 | before);
        before = block.digits >> (BLOCK - 1);
        while starts != 0 {
            runs.push(BLOCK * i + starts.trailing_zeros() as usize);
            starts &= starts - 1;
        }
    }
    runs
}

/// The same without the blanks and marks around the words; `None` if some
/// word is nothing else.
fn whole_words(mut needs: Required) -> Option<Required> {
    let (mut before, mut behind) = (0, 0);
    for word in &mut needs.words {
        let head = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let both = head.trim_end_matches(|c: char| !c.is_alphanumeric());
        before = before.max(word.len() - head.len());
        behind = behind.max(head.len() - both.len());
        *word = both.to_owned();
    }
    needs.before = needs.before.map(|n| n + before);
    needs.behind = needs.behind.map(|n| n + behind);
    if needs.words.iter().any(String::is_empty) {
        return None;
    }
    Some(shortest(needs))
}

/// The same without words that hold another one: where they stand, that one
/// stands.
fn shortest(mut needs: Required) -> Required {
    needs.words.sort_by_key(String::len);
    let (mut before, mut behind) = (0, 0);
    let mut kept: Vec<String> = Vec::new();
    for word in needs.words {
        let held = kept.iter().find_map(|held| {
            let mut places =
                word.match_indices(held.as_str()).map(|(at, _)| at);
            let at = places.find(|&at| {
                is_edge(&word, at) && is_edge(&word, at + held.len())
            })?;
            Some((at, word.len() - at - held.len()))
        });
        match held {
            Some((head, tail)) => {
                before = before.max(head);
                behind = behind.max(tail);
            }
            None => kept.push(word),
        }
    }
    Required {
        words: kept,
        before: needs.before.map(|n| n + before),
        behind: needs.behind.map(|n| n + behind),
    }
}

impl<'t> Scan<'t> {
    /// Looks through a normalized text; `lower` is its lower case, with the
    /// same offsets.
    pub fn of(norm: &'t str, lower: &'t str) -> Self {
        let words = &*WORDS;
        let blocks = blocks(lower);
        let mut scan = Self {
            norm,
            lower,
            // About as many as a text of the genre has.
            hits: Vec::with_capacity(lower.len() / 16),
            rules: 0,
            names: [128, 128, 1024]
                .map(|bytes| Vec::with_capacity(lower.len() / bytes)),
            digits: runs_of_digits(&blocks, lower.len()),
        };
        words.index.walk(lower, &blocks, |range, value| {
            if value & RULES != 0 {
                let (start, end) = (range.start as u32, range.end as u32);
                let word = value & !RULES;
                scan.hits.push(Hit { start, end, word });
            } else if is_edge(lower, range.end) {
                scan.names[value as usize & 3].push((range, value >> 2));
            }
        });
        let own = |hit: &Hit| words.rules[hit.word as usize];
        scan.rules = scan.hits.iter().fold(0, |all, hit| all | own(hit));
        scan.names.iter_mut().for_each(|names| sort(names));
        scan
    }

    /// The normalized text.
    pub fn norm(&self) -> &'t str {
        self.norm
    }

    /// The same in lower case.
    pub fn lower(&self) -> &'t str {
        self.lower
    }

    /// The names of a family, sorted by start, the longer first, overlaps
    /// included.
    pub(super) fn names(&self, names: Names) -> &[(Range<usize>, u32)] {
        &self.names[names as usize]
    }

    /// Where runs of digits begin, in bytes.
    pub fn digits(&self) -> &[usize] {
        &self.digits
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
    /// The same for each thread: an expression lends its memory to the first
    /// thread that asks, and the others wait for what they share.
    own: ThreadLocal<Regex>,
}

impl Rule {
    /// The rule of a name; for a `LazyLock` of the caller.
    pub fn new(name: &'static str) -> Self {
        let bit = WORDS.needs.iter().position(|needs| needs.rule == name);
        let (mut near_start, mut near_end) = (None, None);
        if let Some(bit) = bit {
            let needs = &WORDS.needs[bit];
            near_start = needs.required.before.filter(|_| needs.at_start);
            near_end = needs.required.behind.filter(|_| needs.at_end);
        }
        let (regex, own) = (OnceLock::new(), ThreadLocal::new());
        Self { name, bit, near_start, near_end, regex, own }
    }

    /// The expression itself, for words that are in no scanned text.
    pub fn regex(&self) -> &Regex {
        let compiled = || patterns::regex(self.name);
        self.own.get_or(|| self.regex.get_or_init(compiled).clone())
    }

    /// Whether words of the scanned text have what the rule needs.
    pub fn may_match(&self, words: &str, scan: &Scan) -> bool {
        let Some(bit) = self.bit else { return true };
        let own: Rules = 1 << bit;
        if scan.rules & own == 0 {
            return scan.offset(words).is_none();
        }
        let Some(start) = scan.offset(words) else { return true };
        let end = start + words.len();
        let latest = self.near_start.map_or(end, |n| end.min(start + n));
        let earliest = self.near_end.map_or(0, |n| end.saturating_sub(n));
        let rules = &*WORDS.rules;
        let first = scan.hits.partition_point(|h| (h.start as usize) < start);
        scan.hits[first..]
            .iter()
            .take_while(|h| h.start as usize <= latest)
            .any(|h| {
                let at = h.end as usize;
                h.is_of(own, rules) && earliest <= at && at <= end
            })
    }

    /// Where the words that the rule needs stand in the scanned text, in
    /// bytes; nowhere if it needs none.
    pub fn words(&self, scan: &Scan) -> impl Iterator<Item = Range<usize>> {
        let own = self.bit.map_or(0, |bit| 1 << bit);
        let hits = match scan.rules & own {
            0 => &[],
            _ => &*scan.hits,
        };
        let hits = hits.iter().filter(move |h| h.is_of(own, &WORDS.rules));
        hits.map(|h| h.start as usize..h.end as usize)
    }

    /// How many words of the rule the scanned text has: no fewer than there
    /// are finds.
    pub fn most_finds(&self, scan: &Scan) -> usize {
        self.bit.map_or(usize::MAX, |_| self.words(scan).count())
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

    /// The stretches of a text at most `reach` bytes away from a word of the
    /// rule, in order, without overlaps.
    fn stretches(&self, words: &str, scan: &Scan, reach: usize) -> Stretches {
        let (Some(bit), Some(base)) = (self.bit, scan.offset(words)) else {
            let whole = 0..words.len();
            return Stretches::from([whole]);
        };
        let mut out = Stretches::new();
        let end = base + words.len();
        let needs = &WORDS.needs[bit].required;
        let before = needs.before.unwrap_or(reach).min(reach);
        let behind = needs.behind.unwrap_or(reach).min(reach);
        let own = self.words(scan).filter(|w| base <= w.start && w.end <= end);
        for word in own {
            let from = (word.start - base).saturating_sub(before);
            let to = (word.end - base + behind).min(words.len());
            let from = words.floor_char_boundary(from);
            let to = words.ceil_char_boundary(to);
            match out.last_mut() {
                Some(last) if from <= last.end => last.end = to.max(last.end),
                _ => out.push(from..to),
            }
        }
        out
    }

    /// Every find in words of the scanned text that reaches no farther than
    /// `reach` bytes from the words that the rule needs.
    pub fn find_near(
        &self,
        words: &str,
        scan: &Scan,
        reach: usize,
    ) -> impl Iterator<Item = Range<usize>> {
        self.stretches(words, scan, reach).into_iter().flat_map(move |at| {
            let found = self.regex().find_iter(&words[at.clone()]);
            found.map(move |m| at.start + m.start()..at.start + m.end())
        })
    }

    /// The same with its groups, and the byte from which these count.
    pub fn captures_near<'w>(
        &self,
        words: &'w str,
        scan: &Scan,
        reach: usize,
    ) -> impl Iterator<Item = (usize, Captures<'w>)> {
        self.stretches(words, scan, reach).into_iter().flat_map(move |at| {
            let found = self.regex().captures_iter(&words[at.clone()]);
            found.map(move |caps| (at.start, caps))
        })
    }
}

/// Stretches of a text.
type Stretches = Vec<Range<usize>>;
