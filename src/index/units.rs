//! The words of a query as they are looked up: syllables, or meanings where
//! an abbreviation or what it stands for was typed.

use super::analyzer::words;
use super::meanings;
use super::query::{DocNumber, Node, Word};
use crate::text;

/// Most other wordings of a phrase that are looked up.
const MOST_WORDINGS: usize = 8;

/// One syllable, or one meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Terms of which a document has one, where marks count.
    pub(super) exact: Vec<String>,
    /// Terms of which it has one, where they do not.
    pub(super) folded: Vec<String>,
    /// How many words of the query it is.
    pub(super) typed: usize,
    /// How many words it may take.
    pub(super) lengths: Vec<u32>,
    /// Its wordings, to find them in a text: words without marks, and with
    /// marks where those count.
    pub(super) wordings: Vec<Vec<Syllable>>,
    /// The word of the query, if it is just one.
    pub(super) word: Option<Word>,
}

/// A word of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Syllable {
    pub(super) folded: String,
    pub(super) exact: Option<String>,
}

impl Syllable {
    fn new(key: &str) -> Self {
        let folded = text::fold(key);
        let exact = (folded != key).then(|| key.to_owned());
        Self { folded, exact }
    }

    /// The term, with its marks or without.
    pub(super) fn term(&self, strict: bool) -> &str {
        match &self.exact {
            Some(exact) if strict => exact,
            _ => &self.folded,
        }
    }
}

impl Unit {
    fn syllable(key: &str, word: &Word) -> Self {
        let syllable = Syllable::new(key);
        Self {
            exact: vec![syllable.term(true).to_owned()],
            folded: vec![syllable.folded.clone()],
            typed: 1,
            lengths: vec![1],
            wordings: vec![vec![syllable]],
            word: Some(word.clone()),
        }
    }

    fn meaning(found: &[u32], typed: usize) -> Self {
        let table = meanings::all();
        let terms: Vec<String> =
            found.iter().map(|m| table.term(*m).to_owned()).collect();
        let mut lengths: Vec<u32> =
            found.iter().flat_map(|m| table.lengths(*m)).copied().collect();
        lengths.sort_unstable();
        lengths.dedup();
        let wordings = found.iter().flat_map(|m| table.wordings(*m));
        Self {
            exact: terms.clone(),
            folded: terms,
            typed,
            lengths,
            wordings: wordings
                .map(|words| words.iter().map(|w| Syllable::new(w)).collect())
                .collect(),
            word: None,
        }
    }

    /// The terms, where marks count or where not.
    pub(super) fn terms(&self, strict: bool) -> &[String] {
        if strict { &self.exact } else { &self.folded }
    }

    /// Whether marks make a difference.
    pub(super) fn is_marked(&self) -> bool {
        self.exact != self.folded
    }
}

/// The syllables of typed words, each with the word it is of.
fn syllables(typed: &[Word]) -> Vec<(String, &Word)> {
    typed
        .iter()
        .flat_map(|word| {
            words(&word.key).map(move |at| (word.key[at].to_owned(), word))
        })
        .collect()
}

/// The units of words that were typed side by side.
pub(super) fn units(typed: &[Word]) -> Vec<Unit> {
    let syllables = syllables(typed);
    let keys: Vec<&str> = syllables.iter().map(|(key, _)| &**key).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < keys.len() {
        match meanings::all().longest(&keys[at..]) {
            Some((length, found)) => {
                out.push(Unit::meaning(found, length));
                at += length;
            }
            None => {
                out.push(Unit::syllable(keys[at], syllables[at].1));
                at += 1;
            }
        }
    }
    out
}

/// A term of a phrase, so many words behind its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) offset: usize,
    pub(super) exact: String,
    pub(super) folded: String,
}

impl Placed {
    fn syllable(offset: usize, key: &str) -> Self {
        let Syllable { folded, exact } = Syllable::new(key);
        Self { offset, exact: exact.unwrap_or_else(|| folded.clone()), folded }
    }
}

/// A wording of a phrase under way.
#[derive(Debug, Clone, Default)]
struct Begun {
    terms: Vec<Placed>,
    length: usize,
}

impl Begun {
    /// With more words behind it. Of a long wording its meaning and its last
    /// word are enough, and much faster to look up than all its words.
    fn then(&self, words: &[&str], meaning: Option<u32>) -> Self {
        let mut terms = self.terms.clone();
        match (meaning, words) {
            (Some(meaning), [_, _, .., last])
                if meanings::all().is_indexed(words, meaning) =>
            {
                let term = meanings::all().term(meaning).to_owned();
                let offset = self.length;
                let (exact, folded) = (term.clone(), term);
                terms.push(Placed { offset, exact, folded });
                terms.push(Placed::syllable(offset + words.len() - 1, last));
            }
            _ => terms.extend(
                words
                    .iter()
                    .enumerate()
                    .map(|(i, word)| Placed::syllable(self.length + i, word)),
            ),
        }
        Self { terms, length: self.length + words.len() }
    }
}

/// A phrase in all its wordings: as typed, and with abbreviations for what
/// they stand for, or the other way round.
pub(super) fn wordings(typed: &[Word]) -> Vec<Vec<Placed>> {
    let syllables = syllables(typed);
    let keys: Vec<&str> = syllables.iter().map(|(key, _)| &**key).collect();
    let table = meanings::all();
    let mut out = vec![Begun::default()];
    let mut at = 0;
    while at < keys.len() {
        let (length, found) = match table.longest(&keys[at..]) {
            Some(found) => found,
            None => (1, &[][..]),
        };
        let typed = &keys[at..at + length];
        at += length;
        let mut choices = vec![(typed.to_vec(), found.first().copied())];
        for meaning in found {
            for words in table.wordings(*meaning) {
                let words: Vec<&str> =
                    words.iter().map(String::as_str).collect();
                let same = |(known, _): &(Vec<&str>, _)| {
                    text::fold(&known.join(" ")) == text::fold(&words.join(" "))
                };
                if !choices.iter().any(same) {
                    choices.push((words, Some(*meaning)));
                }
            }
        }
        out = choices
            .iter()
            .flat_map(|(words, meaning)| {
                out.iter().map(|begun| begun.then(words, *meaning))
            })
            .take(MOST_WORDINGS)
            .collect();
    }
    let wordings = out.into_iter().map(|begun| begun.terms);
    wordings.filter(|terms| !terms.is_empty()).collect()
}

/// What the parts of a query that must hold look for.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Units that were typed side by side.
    pub(super) runs: Vec<Vec<Unit>>,
    pub(super) numbers: Vec<DocNumber>,
}

impl Wanted {
    pub(super) fn of(node: &Node) -> Self {
        let mut wanted = Self::default();
        wanted.gather(node);
        wanted
    }

    fn gather(&mut self, node: &Node) {
        match node {
            Node::And(parts) | Node::Or(parts) => {
                parts.iter().for_each(|part| self.gather(part));
            }
            Node::Words(words) | Node::Phrase(words) => {
                self.runs.push(units(words));
            }
            Node::Number(number) => {
                self.runs.push(units(&number.words));
                self.numbers.push(number.clone());
            }
            Node::All | Node::Not(_) | Node::Filter(_) => {}
        }
    }

    pub(super) fn units(&self) -> impl Iterator<Item = &Unit> {
        self.runs.iter().flatten()
    }

    /// Whether marks make a difference.
    pub(super) fn is_marked(&self) -> bool {
        self.units().any(Unit::is_marked)
    }

    /// Whether anything is looked for that documents differ in.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.numbers.is_empty()
    }
}
