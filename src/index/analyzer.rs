//! Text to terms, the same for documents and for queries.
//!
//! At each position stands the syllable without marks and, where it has
//! marks, the syllable as it is spelled ([`text::key`]): `tinh` and `tỉnh`.
//! So words typed without marks find everything, words typed with marks find
//! themselves, and both may be mixed in a phrase. Where an abbreviation, or
//! what it stands for, begins, a term for the meaning stands too (see
//! [`meanings`]).

use super::meanings::{self, Meanings};
use crate::text;
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Words that one tokenizer remembers; then it begins anew.
const REMEMBERED: usize = 1 << 16;

/// Longest word that is a term, in bytes.
const LONGEST: usize = 100;

/// The words of a text, with their bytes: runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let word = next_word(text, at)?;
        at = word.end;
        Some(word)
    })
}

fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut start = None;
    while at < bytes.len() {
        let byte = bytes[at];
        let (inside, length) = if byte < 0x80 {
            (byte.is_ascii_alphanumeric(), 1)
        } else {
            // Letters of Vietnamese are no blanks and no punctuation.
            let c = text[at..].chars().next()?;
            (is_of_word(c), c.len_utf8())
        };
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(start)) => return Some(start..at),
            _ => {}
        }
        at += length;
    }
    start.map(|start| start..at)
}

/// Whether a character is a letter or digit; those of Vietnamese are told
/// without the tables of Unicode, which take longer than the rest of the walk.
#[inline]
fn is_of_word(c: char) -> bool {
    match c {
        '\u{c0}'..='\u{24f}' => c != '×' && c != '÷',
        '\u{1e00}'..='\u{1eff}' => true,
        c => c.is_alphanumeric(),
    }
}

/// A word as it is indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelled {
    /// Without marks.
    pub(super) folded: Box<str>,
    /// With its marks, if it has any.
    pub(super) exact: Option<Box<str>>,
    /// What it is to the table of meanings; 0 for nothing.
    symbol: u32,
}

impl Spelled {
    /// The terms of a word of a normalized text.
    pub(super) fn new(word: &str) -> Self {
        let key = text::key(word);
        let folded = text::fold(&key);
        let symbol = meanings::all().symbol(&key);
        Self {
            exact: (key != folded).then(|| key.into()),
            folded: folded.into(),
            symbol,
        }
    }
}

/// The tokenizer of the index.
#[derive(Clone)]
pub(super) struct Analyzer {
    meanings: &'static Meanings,
    known: HashMap<Box<str>, u32>,
    spelled: Vec<Spelled>,
    /// Whether pairs of syllables are terms too.
    pairs: bool,
}

impl Analyzer {
    pub(super) fn new(pairs: bool) -> Self {
        Self {
            meanings: meanings::all(),
            known: HashMap::default(),
            spelled: Vec::new(),
            pairs,
        }
    }

    fn index_of(&mut self, word: &str) -> u32 {
        if let Some(at) = self.known.get(word) {
            return *at;
        }
        let at = self.spelled.len() as u32;
        self.spelled.push(Spelled::new(word));
        self.known.insert(word.into(), at);
        at
    }
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        if self.spelled.len() > REMEMBERED {
            self.known.clear();
            self.spelled.clear();
        }
        Stream {
            text,
            at: 0,
            step: Step::Next,
            current: 0,
            before: None,
            open: Vec::new(),
            found: Vec::new(),
            position: usize::MAX,
            token: Token::default(),
            analyzer: self,
        }
    }
}

/// What comes next at a position.
#[derive(Debug, Clone, Copy)]
enum Step {
    Next,
    Exact,
    Pair,
    Meanings,
}

/// The terms of a text, in order.
pub(super) struct Stream<'a> {
    text: &'a str,
    at: usize,
    step: Step,
    current: u32,
    before: Option<u32>,
    /// Meanings under way: node, position of the first word.
    open: Vec<(u32, usize)>,
    /// Meanings that end here: number, position of the first word.
    found: Vec<(u32, usize)>,
    /// Words before this one.
    position: usize,
    token: Token,
    analyzer: &'a mut Analyzer,
}

impl Stream<'_> {
    /// The next word; `false` at the end.
    fn next_word(&mut self) -> bool {
        let range = loop {
            let Some(range) = next_word(self.text, self.at) else {
                return false;
            };
            self.at = range.end;
            if range.len() <= LONGEST {
                break range;
            }
        };
        self.before = self.position.checked_add(1).map(|_| self.current);
        self.position = self.position.wrapping_add(1);
        self.token.position = self.position;
        let word = self.analyzer.index_of(&self.text[range.clone()]);
        self.current = word;
        self.token.offset_from = range.start;
        self.token.offset_to = range.end;
        self.step = Step::Exact;
        let spelled = &self.analyzer.spelled[word as usize];
        self.token.text.clear();
        self.token.text.push_str(&spelled.folded);
        let symbol = spelled.symbol;
        self.follow(symbol);
        true
    }

    /// Follows the meanings that this word may belong to.
    fn follow(&mut self, symbol: u32) {
        if symbol == 0 {
            self.open.clear();
            return;
        }
        let meanings = self.analyzer.meanings;
        self.open.push((0, self.position));
        let found = &mut self.found;
        self.open.retain_mut(|(node, start)| {
            let Some(next) = meanings.next(*node, symbol) else {
                return false;
            };
            *node = next;
            found.extend(meanings.indexed(next).iter().map(|m| (*m, *start)));
            true
        });
    }

    fn exact(&mut self) -> bool {
        let spelled = &self.analyzer.spelled[self.current as usize];
        let Some(exact) = &spelled.exact else { return false };
        self.token.text.clear();
        self.token.text.push_str(exact);
        true
    }

    fn pair(&mut self) -> bool {
        let (true, Some(before)) = (self.analyzer.pairs, self.before) else {
            return false;
        };
        let spelled = &self.analyzer.spelled;
        self.token.position = self.position - 1;
        self.token.text.clear();
        self.token.text.push_str(&spelled[before as usize].folded);
        self.token.text.push(' ');
        self.token.text.push_str(&spelled[self.current as usize].folded);
        true
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            match self.step {
                Step::Next => return self.next_word(),
                Step::Exact => {
                    self.step = Step::Pair;
                    if self.exact() {
                        return true;
                    }
                }
                Step::Pair => {
                    self.step = Step::Meanings;
                    if self.pair() {
                        return true;
                    }
                }
                Step::Meanings => {
                    let Some((meaning, start)) = self.found.pop() else {
                        self.step = Step::Next;
                        continue;
                    };
                    let term = self.analyzer.meanings.term(meaning);
                    self.token.position = start;
                    self.token.text.clear();
                    self.token.text.push_str(term);
                    return true;
                }
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\0'..='\u{ffff}' {
            assert_eq!(is_of_word(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
