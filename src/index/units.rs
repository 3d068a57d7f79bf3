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

/// A phrase in all its wordings: as typed, and with abbreviations for what
/// they stand for, or the other way round.
pub(super) fn wordings(typed: &[Word]) -> Vec<Vec<Syllable>> {
    let syllables = syllables(typed);
    let keys: Vec<&str> = syllables.iter().map(|(key, _)| &**key).collect();
    let table = meanings::all();
    let mut out: Vec<Vec<Syllable>> = vec![Vec::new()];
    let mut at = 0;
    while at < keys.len() {
        let (length, found) = match table.longest(&keys[at..]) {
            Some(found) => found,
            None => (1, &[][..]),
        };
        let typed: Vec<Syllable> =
            keys[at..at + length].iter().map(|k| Syllable::new(k)).collect();
        let mut choices = vec![typed];
        for words in found.iter().flat_map(|m| table.wordings(*m)) {
            let words: Vec<_> =
                words.iter().map(|w| Syllable::new(w)).collect();
            if !choices.contains(&words) {
                choices.push(words);
            }
        }
        let longer = |begun: &Vec<Syllable>, choice: &Vec<Syllable>| {
            begun.iter().chain(choice).cloned().collect::<Vec<_>>()
        };
        out = choices
            .iter()
            .flat_map(|choice| out.iter().map(|b| longer(b, choice)))
            .take(MOST_WORDINGS)
            .collect();
        at += length;
    }
    out.retain(|words| !words.is_empty());
    out
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
