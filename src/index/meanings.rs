//! Abbreviations and what they stand for, from the tables of the project:
//! `UBND` and `Ủy ban nhân dân`, `TP.HCM` and `Hồ Chí Minh`.
//!
//! Both wordings get one more term, that of their meaning, where they begin.
//! A query that has either looks that term up, which costs no more than one
//! word, while a phrase of four frequent words would cost a hundred times as
//! much. Wordings count as they are spelled, or wholly without marks.

use super::analyzer::words;
use crate::lexicon::synonyms::{self, Closeness};
use crate::lexicon::{bodies, places};
use crate::text;
use rustc_hash::FxHashMap as HashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use xxhash_rust::xxh3::xxh3_64;

/// Before the name of a meaning, so that no word is one.
const MARK: char = '\u{2}';

/// Least letters of a wording that is one word.
const SHORTEST: usize = 2;

static MEANINGS: LazyLock<Meanings> = LazyLock::new(|| {
    let mut rows = Rows::default();
    for synonym in synonyms::all() {
        if synonym.kind <= Closeness::Abbreviation {
            let variants = synonym.variants.iter().copied();
            rows.add(synonym.canonical, variants);
        }
    }
    for (body, forms) in bodies::wordings() {
        rows.add(&body.name, forms.into_iter());
    }
    for province in places::all_provinces() {
        rows.add(province.name, province.aliases.iter().copied());
    }
    for (short, long) in text::abbreviations() {
        rows.add(long, [short].into_iter());
    }
    Meanings::new(rows)
});

/// All of them.
pub(super) fn all() -> &'static Meanings {
    &MEANINGS
}

/// Wordings by what they mean; each a list of words.
#[derive(Default)]
struct Rows(BTreeMap<String, BTreeSet<Vec<String>>>);

impl Rows {
    fn add<'a>(&mut self, name: &'a str, forms: impl Iterator<Item = &'a str>) {
        let forms: Vec<_> = std::iter::once(name)
            .chain(forms)
            .map(spelled)
            .filter(|form| match form.as_slice() {
                [] => false,
                [one] => one.chars().count() >= SHORTEST,
                _ => true,
            })
            .collect();
        let key = text::key(name);
        self.0.entry(key).or_default().extend(forms);
    }
}

fn spelled(form: &str) -> Vec<String> {
    let key = text::key(form);
    words(&key).map(|word| key[word].to_owned()).collect()
}

/// A wording that ends at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    meaning: u32,
    /// Whether the index has a term for it: not if a shorter wording of the
    /// same meaning lies inside, whose term is there anyway.
    indexed: bool,
}

/// The table: a tree of words.
pub(super) struct Meanings {
    terms: Vec<String>,
    /// Words that each meaning's wordings may have.
    lengths: Vec<Vec<u32>>,
    wordings: Vec<Vec<Vec<String>>>,
    symbols: HashMap<String, u32>,
    next: HashMap<(u32, u32), u32>,
    /// By node, the meanings that are indexed where it ends.
    indexed: Vec<Vec<u32>>,
    /// By node, all that end there.
    ends: Vec<Vec<u32>>,
    stamp: u64,
}

impl Meanings {
    fn new(rows: Rows) -> Self {
        let mut out = Self {
            terms: Vec::new(),
            lengths: Vec::new(),
            wordings: Vec::new(),
            symbols: HashMap::default(),
            next: HashMap::default(),
            indexed: vec![Vec::new()],
            ends: vec![Vec::new()],
            stamp: 0,
        };
        let mut all = String::new();
        for (name, forms) in rows.0 {
            let folded: BTreeSet<Vec<String>> = forms
                .iter()
                .map(|form| form.iter().map(|w| text::fold(w)).collect())
                .collect();
            if folded.len() < 2 {
                continue;
            }
            let meaning = out.terms.len() as u32;
            let lengths: BTreeSet<u32> =
                forms.iter().map(|form| form.len() as u32).collect();
            all.push_str(&name);
            out.terms.push(format!("{MARK}{name}"));
            out.lengths.push(lengths.into_iter().collect());
            out.wordings.push(forms.iter().cloned().collect());
            let spellings: BTreeSet<_> = forms
                .iter()
                .cloned()
                .chain(folded.into_iter().filter(|form| plain_counts(form)))
                .collect();
            for form in &spellings {
                let inside =
                    spellings.iter().any(|f| f != form && contains(form, f));
                all.push_str(&form.join(" "));
                out.insert(form, End { meaning, indexed: !inside });
            }
        }
        out.stamp = xxh3_64(all.as_bytes());
        out
    }

    fn insert(&mut self, form: &[String], end: End) {
        let mut node = 0;
        for word in form {
            let fresh = self.symbols.len() as u32 + 1;
            let symbol = *self.symbols.entry(word.clone()).or_insert(fresh);
            let fresh = self.ends.len() as u32;
            node = *self.next.entry((node, symbol)).or_insert(fresh);
            if node == fresh {
                self.ends.push(Vec::new());
                self.indexed.push(Vec::new());
            }
        }
        self.ends[node as usize].push(end.meaning);
        if end.indexed {
            self.indexed[node as usize].push(end.meaning);
        }
    }

    /// What a word, lower case and with its marks, is to the table.
    pub(super) fn symbol(&self, word: &str) -> u32 {
        self.symbols.get(word).copied().unwrap_or(0)
    }

    pub(super) fn next(&self, node: u32, symbol: u32) -> Option<u32> {
        self.next.get(&(node, symbol)).copied()
    }

    /// The meanings whose terms are indexed where a wording ends.
    pub(super) fn indexed(&self, node: u32) -> &[u32] {
        &self.indexed[node as usize]
    }

    pub(super) fn term(&self, meaning: u32) -> &str {
        &self.terms[meaning as usize]
    }

    /// The longest wording at the beginning of some words, with what it may
    /// mean.
    pub(super) fn longest(&self, words: &[&str]) -> Option<(usize, &[u32])> {
        let mut node = 0;
        let mut best = None;
        for (i, word) in words.iter().enumerate() {
            let Some(next) = self.next(node, self.symbol(word)) else { break };
            node = next;
            let ends = &self.ends[node as usize];
            if !ends.is_empty() {
                best = Some((i + 1, ends.as_slice()));
            }
        }
        best
    }

    /// How many words the wordings of a meaning have.
    pub(super) fn lengths(&self, meaning: u32) -> &[u32] {
        &self.lengths[meaning as usize]
    }

    /// The wordings of a meaning, with their marks.
    pub(super) fn wordings(&self, meaning: u32) -> &[Vec<String>] {
        &self.wordings[meaning as usize]
    }

    /// Changes when the tables change.
    pub(super) fn stamp(&self) -> u64 {
        self.stamp
    }
}

/// Whether a wording without its marks still can only mean this.
fn plain_counts(form: &[String]) -> bool {
    let letters: usize = form.iter().map(|word| word.chars().count()).sum();
    form.len() > 2 || (form.len() == 1 && letters > SHORTEST)
}

fn contains(form: &[String], part: &[String]) -> bool {
    form.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(words: &str) -> Option<Vec<&'static str>> {
        let key = text::key(words);
        let split: Vec<&str> = key.split(' ').collect();
        let (length, meanings) = all().longest(&split)?;
        assert_eq!(length, split.len(), "{words}");
        Some(meanings.iter().map(|m| all().term(*m)).collect())
    }

    #[test]
    fn an_abbreviation_means_what_it_stands_for() {
        let council = meaning("UBND");
        assert!(council.is_some());
        for words in ["Ủy ban nhân dân", "Uỷ ban nhân dân", "uy ban nhan dan"]
        {
            assert_eq!(meaning(words), council, "{words}");
        }
        let city = meaning("TP HCM").expect("a meaning");
        let name = meaning("Hồ Chí Minh").expect("a meaning");
        assert!(name.iter().all(|meaning| city.contains(meaning)));
        assert_eq!(meaning("BHYT"), meaning("bảo hiểm y tế"));
        assert_eq!(meaning("ủy bản"), None);
    }

    #[test]
    fn every_meaning_has_two_wordings_at_least() {
        let table = all();
        let mut wordings: BTreeSet<u32> = BTreeSet::new();
        for (node, ends) in table.ends.iter().enumerate() {
            assert!(ends.len() >= table.indexed[node].len());
            wordings.extend(ends);
        }
        assert_eq!(wordings.len(), table.terms.len());
    }
}
