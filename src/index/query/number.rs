//! Document numbers among the words of a query, in any spelling.
//!
//! It reads what the extractor's grammar of symbols writes, and what people
//! make of it from memory: blanks for separators, the number last, the kind
//! of document in words (`Chỉ thị 16`).

use super::{DocNumber, Word};
use crate::lexicon::document_types::{self, DocumentType};
use crate::lexicon::symbol_key::symbol_key;
use crate::lexicon::{symbol_orgs, word_lists};
use crate::text::{fold, key};
use std::ops::Range;
use std::sync::LazyLock;

/// Most codes behind a number.
const MOST_CODES: usize = 6;

/// A stretch of words: a number, or not.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Words(Vec<Word>),
    Number(DocNumber),
}

/// How two words stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Blank,
    /// A slash or dash.
    Joint,
    Other,
}

/// A number that was found: indices of its words, and what they say.
struct Found {
    words: Range<usize>,
    parts: Parts,
    coded: bool,
}

/// Number, year and codes of a symbol.
#[derive(Default)]
struct Parts {
    number: String,
    year: Option<String>,
    codes: Vec<String>,
}

/// Cuts words of a query into numbers and the rest.
pub(super) fn pieces(query: &str, words: Vec<Word>) -> Vec<Piece> {
    let reader = Reader { query, words: &words };
    let mut found: Vec<Found> = Vec::new();
    let (mut at, mut least) = (0, 0);
    while at < words.len() {
        match reader.number_at(at, least) {
            Some(number) => {
                (at, least) = (number.words.end, number.words.end);
                found.push(number);
            }
            None => at += 1,
        }
    }
    let mut out = Vec::new();
    let mut rest = words.into_iter();
    let mut done = 0;
    for number in found {
        let before: Vec<Word> =
            rest.by_ref().take(number.words.start - done).collect();
        if !before.is_empty() {
            out.push(Piece::Words(before));
        }
        let own = rest.by_ref().take(number.words.len()).collect();
        done = number.words.end;
        out.push(Piece::Number(number.parts.number(own, number.coded)));
    }
    let behind: Vec<Word> = rest.collect();
    if !behind.is_empty() {
        out.push(Piece::Words(behind));
    }
    out
}

/// The number that all of these words are, if its codes are there too.
pub(super) fn whole(query: &str, words: &[Word]) -> Option<DocNumber> {
    let found = Reader { query, words }.number_at(0, 0)?;
    let all = found.coded && found.words == (0..words.len());
    all.then(|| found.parts.number(words.to_vec(), true))
}

/// The value of the field for numbers: the first word with a figure is the
/// number, whatever the others are.
pub(super) fn value(mut words: Vec<Word>) -> Option<DocNumber> {
    words.retain(|word| !is_so(word));
    let at = words.iter().position(is_number)?;
    let year = words.get(at + 1).filter(|word| is_year(word));
    let codes = words.iter().enumerate().filter(|(i, word)| {
        *i != at && !(year.is_some() && *i == at + 1) && !word.key.is_empty()
    });
    let parts = Parts {
        number: words[at].folded.clone(),
        year: year.map(|word| word.folded.clone()),
        codes: codes.map(|(_, word)| word.typed.clone()).collect(),
    };
    let coded = !parts.codes.is_empty();
    Some(parts.number(words, coded))
}

impl Parts {
    fn number(self, words: Vec<Word>, coded: bool) -> DocNumber {
        let head = match &self.year {
            Some(year) => format!("{}/{year}", self.number),
            None => self.number.clone(),
        };
        let codes: Vec<String> =
            self.codes.iter().map(|code| official(code)).collect();
        let party = codes.len() == 2
            && self.year.is_none()
            && symbol_orgs::org(&codes[1]).is_some_and(|org| org.party);
        let shown = match &codes[..] {
            [] => head.clone(),
            [kind, org] if party => format!("{head}-{kind}/{org}"),
            codes => format!("{head}/{}", codes.join("-")),
        };
        let place = match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.place.start..last.place.end,
            _ => 0..0,
        };
        let key = symbol_key(&format!("{head}/{}", codes.join("/")));
        DocNumber { key, shown, coded, words, place }
    }
}

/// A code in its official case.
fn official(code: &str) -> String {
    if let Some(kind) = document_types::canonical(code) {
        return kind.code.to_owned();
    }
    symbol_orgs::canonical_org(code)
        .map_or_else(|| code.to_uppercase(), |code| code.into_owned())
}

struct Reader<'q> {
    query: &'q str,
    words: &'q [Word],
}

impl Reader<'_> {
    /// The number that has its figures, or its first code, at a word; it
    /// takes no words before `least`.
    fn number_at(&self, at: usize, least: usize) -> Option<Found> {
        let word = &self.words[at];
        if is_number(word) && self.is_apart(at) {
            let (start, cued) = self.cue(at, least);
            return self
                .number_first(at, start, cued)
                .or_else(|| self.in_words(at, start, cued, least));
        }
        self.number_last(at)
    }

    /// What stands between a word and the one before it.
    fn gap(&self, at: usize) -> Gap {
        let Some(before) = at.checked_sub(1) else { return Gap::Other };
        let Some(word) = self.words.get(at) else { return Gap::Other };
        let between =
            &self.query[self.words[before].place.end..word.place.start];
        match between.trim() {
            "" if !between.is_empty() => Gap::Blank,
            "/" | "-" | "–" | "—" | "‑" | "−" => Gap::Joint,
            _ => Gap::Other,
        }
    }

    /// Whether no sign ties a word to the one before it.
    fn is_apart(&self, at: usize) -> bool {
        let start = self.words[at].place.start;
        let head = &self.query[..start];
        at == 0 || head.ends_with(char::is_whitespace)
    }

    /// Where `số` before a number begins.
    fn cue(&self, at: usize, least: usize) -> (usize, bool) {
        let cued = at > least
            && is_so(&self.words[at - 1])
            && self.gap(at) != Gap::Joint;
        (at - usize::from(cued), cued)
    }

    /// `240/KH-UBND`, `240 KH UBND`, `15/2021/QĐ-UBND`, `1246/UBND-VX`.
    fn number_first(
        &self,
        at: usize,
        start: usize,
        cued: bool,
    ) -> Option<Found> {
        let mut next = at + 1;
        let mut joined = self.gap(next) == Gap::Joint;
        let mut year = None;
        if self.gap(next) != Gap::Other
            && is_year(&self.words[next])
            && matches!(self.gap(next + 1), Gap::Joint | Gap::Blank)
        {
            year = Some(self.words[next].folded.clone());
            next += 1;
            joined &= self.gap(next) == Gap::Joint;
        }
        let codes = self.codes(next);
        let first = self.words.get(next)?;
        let known = is_type(first) || is_org(first);
        let enough = match codes.len() {
            0 => false,
            1 => joined || cued && is_type(first),
            _ => joined || is_type(first),
        };
        (known && enough).then(|| Found {
            words: start..next + codes.len(),
            parts: Parts { number: self.words[at].folded.clone(), year, codes },
            coded: true,
        })
    }

    /// The codes from a word on: of any kind where signs tie them together,
    /// one kind and one body where only blanks do.
    fn codes(&self, from: usize) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for at in from..self.words.len().min(from + MOST_CODES) {
            let word = &self.words[at];
            let known = is_org(word) || out.is_empty() && is_type(word);
            let letters = word.key.chars().any(char::is_alphabetic);
            let fits = match self.gap(at) {
                Gap::Joint => letters,
                Gap::Blank => known && out.len() < 2,
                Gap::Other => false,
            };
            if !fits {
                break;
            }
            out.push(word.typed.clone());
        }
        out
    }

    /// `kh ubnd 240`, `KH-UBND số 240`; `NQ 128`, in capitals.
    fn number_last(&self, at: usize) -> Option<Found> {
        if !is_type(&self.words[at]) || !self.is_apart(at) {
            return None;
        }
        let mut codes = vec![self.words[at].typed.clone()];
        let mut next = at + 1;
        while next < self.words.len() && codes.len() < MOST_CODES {
            let fits = match self.gap(next) {
                Gap::Joint => !is_number(&self.words[next]),
                Gap::Blank => codes.len() < 2 && is_org(&self.words[next]),
                Gap::Other => false,
            };
            if !fits {
                break;
            }
            codes.push(self.words[next].typed.clone());
            next += 1;
        }
        let with_body = codes.len() > 1;
        let capitals = self.words[at].typed.chars().all(char::is_uppercase)
            && codes[0].chars().count() > 1;
        let cued = self.words.get(next).is_some_and(is_so);
        let number = next + usize::from(cued);
        let figures = self.words.get(number)?;
        let fits = is_number(figures)
            && self.gap(number) == Gap::Blank
            && self.gap(number + 1) != Gap::Joint;
        let meant = with_body || capitals && !is_year(figures);
        (fits && meant).then(|| Found {
            words: at..number + 1,
            parts: Parts { number: figures.folded.clone(), year: None, codes },
            coded: with_body,
        })
    }

    /// `số 240`, `Chỉ thị 16`, `kế hoạch số 240`.
    fn in_words(
        &self,
        at: usize,
        start: usize,
        cued: bool,
        least: usize,
    ) -> Option<Found> {
        let kind = self.kind_before(start, least);
        let counted = !cued && (is_year(&self.words[at]) || self.is_count(at));
        if counted || kind.is_none() && !cued {
            return None;
        }
        let (length, code) = kind.map_or((0, None), |(n, k)| (n, Some(k.code)));
        let codes = code.filter(|code| !code.is_empty());
        Some(Found {
            words: start - length..at + 1,
            parts: Parts {
                number: self.words[at].folded.clone(),
                year: None,
                codes: codes.into_iter().map(str::to_owned).collect(),
            },
            coded: false,
        })
    }

    /// Whether a number counts things: `kế hoạch 5 năm`. `128 năm 2021` does
    /// not.
    fn is_count(&self, at: usize) -> bool {
        let Some(next) = self.words.get(at + 1) else { return false };
        let year =
            next.folded == "nam" && self.words.get(at + 2).is_some_and(is_year);
        self.gap(at + 1) != Gap::Blank && self.gap(at + 1) != Gap::Other
            || !year
                && word_lists::words("dates.counted_things")
                    .iter()
                    .any(|thing| means(next, &key(thing), &fold(thing)))
    }

    /// The kind of document that the words before a place name, and how many
    /// words that takes.
    fn kind_before(
        &self,
        end: usize,
        least: usize,
    ) -> Option<(usize, &'static DocumentType)> {
        KINDS.iter().find_map(|(syllables, kind)| {
            let start = end.checked_sub(syllables.len())?;
            let own = &self.words[start.max(least)..end];
            let fits = start >= least
                && (start + 1..end).all(|i| self.gap(i) == Gap::Blank)
                && (end >= self.words.len() || self.gap(end) == Gap::Blank)
                && own
                    .iter()
                    .zip(syllables)
                    .all(|(word, (key, folded))| means(word, key, folded));
            fits.then_some((syllables.len(), *kind))
        })
    }
}

/// The words for a kind of document: key and folded form of each syllable.
type KindWords = (Vec<(String, String)>, &'static DocumentType);

/// The words for kinds of documents that have a code, the longest first.
static KINDS: LazyLock<Vec<KindWords>> = LazyLock::new(|| {
    let mut kinds: Vec<KindWords> = document_types::all()
        .iter()
        .filter(|kind| kind.in_symbol)
        .flat_map(|kind| {
            kind.words.iter().map(move |words| {
                let syllables = words.split(' ');
                (syllables.map(|s| (key(s), fold(s))).collect(), kind)
            })
        })
        .collect();
    kinds.sort_by_key(|(syllables, _): &KindWords| {
        std::cmp::Reverse(syllables.len())
    });
    kinds
});

/// Whether a typed word can be this one: its marks count if it has some.
pub(super) fn means(word: &Word, key: &str, folded: &str) -> bool {
    if word.marked { word.key == key } else { word.folded == folded }
}

/// `số`, also without its marks.
fn is_so(word: &Word) -> bool {
    means(word, "số", "so")
}

/// One to five figures, perhaps with a letter behind them.
fn is_number(word: &Word) -> bool {
    let text = word.folded.trim_end_matches(['a', 'b', 'c']);
    (1..=5).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit())
        && word.folded.len() <= text.len() + 1
}

fn is_year(word: &Word) -> bool {
    let text = &word.folded;
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_type(word: &Word) -> bool {
    document_types::canonical(&word.typed)
        .is_some_and(|kind| kind.in_symbol || kind.code == "CV")
}

fn is_org(word: &Word) -> bool {
    let letters = word.key.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1 && symbol_orgs::canonical_org(&word.typed).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::query::lex;

    /// Keys of the numbers, and the other words.
    fn read(query: &str) -> (Vec<String>, String) {
        let words = lex::words(query, 0..query.len());
        let (mut keys, mut rest) = (Vec::new(), Vec::new());
        for piece in pieces(query, words) {
            match piece {
                Piece::Number(number) => keys.push(number.key),
                Piece::Words(words) => {
                    rest.extend(words.into_iter().map(|w| w.typed));
                }
            }
        }
        (keys, rest.join(" "))
    }

    #[test]
    fn one_number_is_found_in_any_spelling() {
        for query in [
            "240/KH-UBND",
            "240 KH UBND",
            "240/kh-ubnd",
            "kh ubnd 240",
            "KH-UBND số 240",
            "số 240/KH-UBND",
            "so 240 kh ubnd",
            "240 / KH - UBND",
            "240/KH-UBNĐ",
            "0240/KH–UBND",
        ] {
            let expected = (vec!["240 kh ubnd".to_owned()], String::new());
            assert_eq!(read(query), expected, "{query}");
        }
    }

    #[test]
    fn numbers_of_every_order_are_found() {
        for (query, key, shown) in [
            ("57-NQ/TW", "57 nq tw", "57-NQ/TW"),
            ("57 nq tw", "57 nq tw", "57-NQ/TW"),
            ("15/2021/QĐ-UBND", "15 2021 qd ubnd", "15/2021/QĐ-UBND"),
            ("30 2020 ND CP", "30 2020 nd cp", "30/2020/NĐ-CP"),
            ("59/2020/QH14", "59 2020 qh14", "59/2020/QH14"),
            ("1246/UBND-VX", "1246 ubnd vx", "1246/UBND-VX"),
            ("240/KH", "240 kh", "240/KH"),
        ] {
            let words = lex::words(query, 0..query.len());
            let number = whole(query, &words).expect(query);
            assert_eq!((&*number.key, &*number.shown), (key, shown));
        }
    }

    #[test]
    fn a_number_in_words_may_mean_just_its_words() {
        for (query, key, rest) in [
            ("số 240", "240", ""),
            ("Chỉ thị 16", "16 ct", ""),
            ("chi thi so 16 cach ly", "16 ct", "cach ly"),
            ("phong tỏa theo chỉ thị 16", "16 ct", "phong tỏa theo"),
            ("NQ 128", "128 nq", ""),
            ("nghị quyết 128 năm 2021", "128 nq", "năm 2021"),
        ] {
            let expected = (vec![key.to_owned()], rest.to_owned());
            assert_eq!(read(query), expected, "{query}");
            let words = lex::words(query, 0..query.len());
            assert_eq!(whole(query, &words), None, "{query}");
        }
    }

    #[test]
    fn other_figures_are_words() {
        for query in [
            "covid-19",
            "kế hoạch 2021",
            "kế hoạch 5 năm",
            "16/9/2021",
            "19/21 phiếu",
            "240",
            "5K",
            "24/7",
            "lô 12/XYZ",
            "ubnd tỉnh",
            "kh ubnd",
            "ngày 20 tháng 11",
        ] {
            assert_eq!(read(query).0, Vec::<String>::new(), "{query}");
        }
    }
}
