//! Words of one or more syllables, under one key for all their variants.
//!
//! Vietnamese writes syllables, not words, between blanks. The tables beside
//! this file say which syllables belong together (`words.tsv`), which words
//! plans of the genre use for one another beyond those of the lexicon
//! (`synonyms.tsv`) and which say little (`weak_words.tsv`).

use crate::lexicon::synonyms;
use crate::text::normalize;
use crate::text::table::rows;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Key of the slot that stands for the announcement's own province.
pub(super) const PROVINCE: &str = "{province}";

/// Weight of a word that is as rare as can be told.
const RARE_RATE: f64 = 3.0;
/// From this rate on a word says nothing.
const COMMON_RATE: f64 = 3000.0;
/// Part of a word's weight left to a number: years and counts recur by chance.
const NUMBER_FACTOR: f64 = 0.3;

static WORDS: &str = include_str!("words.tsv");
static SYNONYMS: &str = include_str!("synonyms.tsv");
static WEAK: &str = include_str!("weak_words.tsv");

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Word,
    Number,
    Mark,
}

/// A word, number or mark of a normalized text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    pub class: Class,
    /// What it is compared by: lower case, synonyms as one, province masked.
    pub key: String,
}

/// A word of the tables.
struct Entry {
    key: String,
    /// Whether a comma may stand between its syllables.
    comma: bool,
}

/// The tables, joined.
struct Lexicon {
    /// Syllables joined by blanks to the word.
    entries: HashMap<String, Entry>,
    /// Key to the words that have it.
    members: HashMap<String, Vec<String>>,
    /// First syllable to the most syllables of a word that begins with it.
    longest: HashMap<String, usize>,
    /// Key to base weight, 0 to 1.
    weights: HashMap<String, f64>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    fn load() -> Self {
        let mut lexicon = Self {
            entries: HashMap::new(),
            members: HashMap::new(),
            longest: HashMap::new(),
            weights: HashMap::new(),
        };
        for row in rows(WORDS) {
            let rate: f64 = row[1].parse().expect("words.tsv: rate");
            let key = lexicon.add(row[0]);
            lexicon.weights.insert(key, weight_of_rate(rate));
        }
        for row in synonyms::all() {
            // “đại dịch covid-19” is two words, and “đại dịch” is known.
            let longer = |variant: &&&str| {
                let mut shorter = row.variants.iter().chain([&row.canonical]);
                shorter.any(|part| says_more(variant, part))
            };
            for variant in row.variants.iter().filter(|v| !longer(v)) {
                lexicon.join(row.canonical, variant);
            }
        }
        for row in rows(SYNONYMS) {
            lexicon.join(row[0], row[1]);
        }
        for row in rows(WEAK) {
            let factor: f64 = row[1].parse().expect("weak_words.tsv: factor");
            let key = lexicon.add(row[0]);
            let key = lexicon.entries[&key].key.clone();
            let weight = lexicon.weights.entry(key).or_insert(1.0);
            *weight = weight.min(factor);
        }
        lexicon
    }

    /// Puts all words that have the key of `variant` under that of `word`.
    fn join(&mut self, word: &str, variant: &str) {
        let (word, variant) = (self.add(word), self.add(variant));
        let key = self.entries[&word].key.clone();
        let old = self.entries[&variant].key.clone();
        if key == old {
            return;
        }
        let moved = self.members.remove(&old).unwrap_or_default();
        for word in &moved {
            if let Some(entry) = self.entries.get_mut(word) {
                entry.key.clone_from(&key);
            }
        }
        self.members.entry(key).or_default().extend(moved);
    }

    /// Adds a word under its own key, unless it has one; returns the
    /// syllables, joined.
    fn add(&mut self, word: &str) -> String {
        let word = normalize(word);
        let atoms = atoms(&word);
        let comma = atoms.iter().any(|a| &word[a.bytes.clone()] == ",");
        let syllables: Vec<String> = atoms
            .into_iter()
            .filter(|a| a.class != Class::Mark)
            .map(|a| a.key)
            .collect();
        let joined = syllables.join(" ");
        let longest = self.longest.entry(syllables[0].clone()).or_insert(0);
        *longest = (*longest).max(syllables.len());
        let entry = self.entries.entry(joined.clone()).or_insert_with(|| {
            self.members.insert(joined.clone(), vec![joined.clone()]);
            Entry { key: joined.clone(), comma: false }
        });
        entry.comma |= comma;
        joined
    }
}

/// Whether a phrase is another with a word of two syllables or more added.
fn says_more(phrase: &str, part: &str) -> bool {
    let syllables = |text: &str| {
        let cut = |c: char| !c.is_alphanumeric();
        let parts = text.split(cut).filter(|s| !s.is_empty());
        parts.map(str::to_owned).collect::<Vec<_>>()
    };
    let (phrase, part) = (syllables(phrase), syllables(part));
    phrase.len() >= part.len() + 2
        && phrase.windows(part.len()).any(|w| w == part)
}

fn weight_of_rate(rate: f64) -> f64 {
    let span = (COMMON_RATE / RARE_RATE).ln();
    ((COMMON_RATE / (rate + RARE_RATE)).ln() / span).clamp(0.02, 1.0)
}

/// How much a shared word says, from 0 (nothing) to 1, before the set of
/// documents is looked at.
pub(super) fn base_weight(key: &str, class: Class) -> f64 {
    match class {
        Class::Mark => 0.0,
        Class::Number => NUMBER_FACTOR,
        Class::Word if key == PROVINCE => 0.02,
        Class::Word => LEXICON.weights.get(key).copied().unwrap_or(0.9),
    }
}

/// Syllables, numbers and marks, each under its own key.
fn atoms(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        let class = if c.is_alphabetic() {
            Class::Word
        } else if c.is_numeric() {
            Class::Number
        } else {
            Class::Mark
        };
        match out.last_mut() {
            Some(last)
                if last.bytes.end == at
                    && class != Class::Mark
                    && last.class != Class::Mark =>
            {
                // `5K`, `F0`: letters and digits without a blank are one.
                last.class = Class::Word;
                if class == Class::Number && is_number(&last.key) {
                    last.class = Class::Number;
                }
                last.bytes.end = end;
                last.key.extend(c.to_lowercase());
            }
            _ => {
                let key = c.to_lowercase().collect();
                out.push(Token { bytes: at..end, class, key });
            }
        }
    }
    join_decimals(text, &mut out);
    for token in &mut out {
        if token.class == Class::Word {
            fold_y(&mut token.key);
        }
    }
    out
}

fn is_number(key: &str) -> bool {
    key.chars().all(|c| c.is_numeric() || c == '.' || c == ',')
}

/// `5.200` and `12,5` are one number.
fn join_decimals(text: &str, tokens: &mut Vec<Token>) {
    let mut i = 0;
    while i + 2 < tokens.len() {
        let joined = tokens[i].class == Class::Number
            && tokens[i + 2].class == Class::Number
            && matches!(tokens[i + 1].key.as_str(), "." | "," | "/")
            && tokens[i].bytes.end == tokens[i + 1].bytes.start
            && tokens[i + 1].bytes.end == tokens[i + 2].bytes.start;
        if joined {
            let end = tokens[i + 2].bytes.end;
            tokens[i].bytes.end = end;
            tokens[i].key = text[tokens[i].bytes.clone()].to_owned();
            tokens.drain(i + 1..i + 3);
        } else {
            i += 1;
        }
    }
}

/// `mỹ` and `mĩ`, `kỹ` and `kĩ` are compared as one.
fn fold_y(key: &mut String) {
    let mut chars = key.chars();
    let (Some(first), Some(second)) = (chars.next(), chars.next()) else {
        return;
    };
    let last = match (first, second, chars.next(), chars.next()) {
        ('h' | 'k' | 'l' | 'm' | 's' | 't', last, None, _) => last,
        ('q', 'u', Some(last), None) => last,
        _ => return,
    };
    let folded = match last {
        'y' => 'i',
        'ỳ' => 'ì',
        'ý' => 'í',
        'ỷ' => 'ỉ',
        'ỹ' => 'ĩ',
        'ỵ' => 'ị',
        _ => return,
    };
    key.pop();
    key.push(folded);
}

/// The words of a normalized text. `place` is the name of the announcement's
/// own province, masked so that local names neither join nor part.
pub(super) fn words(text: &str, place: Option<&str>) -> Vec<Token> {
    let atoms = atoms(text);
    let place: Option<Vec<String>> = place.map(|name| {
        self::atoms(&normalize(name))
            .into_iter()
            .filter(|a| a.class != Class::Mark)
            .map(|a| a.key)
            .collect()
    });
    let cut = segment(text, &atoms, place.as_deref());
    let mut out = Vec::with_capacity(atoms.len());
    let mut i = 0;
    while i < atoms.len() {
        let (len, key) = &cut[i];
        let bytes = atoms[i].bytes.start..atoms[i + len - 1].bytes.end;
        let key = key.clone().unwrap_or_else(|| atoms[i].key.clone());
        out.push(Token { bytes, class: atoms[i].class, key });
        i += len;
    }
    out
}

/// For each atom, the length and key of the word that begins there in the
/// segmentation with the longest words (the sum of squared lengths).
fn segment(
    text: &str,
    atoms: &[Token],
    place: Option<&[String]>,
) -> Vec<(usize, Option<String>)> {
    let n = atoms.len();
    let mut best = vec![0usize; n + 1];
    let mut cut = vec![(1, None); n];
    for i in (0..n).rev() {
        best[i] = best[i + 1] + 1;
        let own = LEXICON.entries.get(&atoms[i].key);
        cut[i].1 = own.map(|entry| entry.key.clone());
        if atoms[i].class == Class::Mark {
            continue;
        }
        for (end, syllables, key) in candidates(text, atoms, i, place) {
            let gain = best[end] + syllables * syllables;
            if gain > best[i] || (gain == best[i] && key == PROVINCE) {
                best[i] = gain;
                cut[i] = (end - i, Some(key));
            }
        }
    }
    cut
}

/// Words of the tables that begin at atom `i`: the atom behind each, how many
/// syllables it has, and its key.
fn candidates(
    text: &str,
    atoms: &[Token],
    i: usize,
    place: Option<&[String]>,
) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    let listed = LEXICON.longest.get(&atoms[i].key).copied().unwrap_or(1);
    let masked = place.map_or(0, <[String]>::len);
    let (mut joined, mut syllables) = (atoms[i].key.clone(), vec![i]);
    let (mut comma, mut j) = (false, i + 1);
    if masked == 1 && place.is_some_and(|p| p[0] == joined) {
        out.push((i + 1, 1, PROVINCE.to_owned()));
    }
    while j < atoms.len() && syllables.len() < listed.max(masked) {
        let atom = &atoms[j];
        j += 1;
        if atom.class == Class::Mark {
            match atom.key.as_str() {
                "," => comma = true,
                "-" => {}
                _ => break,
            }
            continue;
        }
        joined.push(' ');
        joined.push_str(&atom.key);
        syllables.push(j - 1);
        if let Some(entry) = LEXICON.entries.get(&joined)
            && (!comma || entry.comma)
        {
            out.push((j, syllables.len(), entry.key.clone()));
        }
        if place.is_some_and(|p| is_place(text, atoms, &syllables, p)) {
            out.push((j, syllables.len(), PROVINCE.to_owned()));
        }
    }
    out
}

/// Whether the syllables spell the place, its first letter a capital.
fn is_place(
    text: &str,
    atoms: &[Token],
    syllables: &[usize],
    place: &[String],
) -> bool {
    let capital = text[atoms[syllables[0]].bytes.clone()]
        .chars()
        .next()
        .is_some_and(char::is_uppercase);
    capital
        && syllables.len() == place.len()
        && syllables.iter().zip(place).all(|(&i, p)| atoms[i].key == *p)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, place: Option<&str>) -> String {
        let words = words(text, place);
        let parts: Vec<&str> =
            words.iter().map(|w| &text[w.bytes.clone()]).collect();
        parts.join("|")
    }

    fn keys(text: &str) -> Vec<String> {
        words(text, None).into_iter().map(|w| w.key).collect()
    }

    #[test]
    fn syllables_that_belong_together_are_one_word() {
        assert_eq!(
            shown("Thi đua giữ vững ổn định chính trị, quốc phòng", None),
            "Thi đua|giữ vững|ổn định|chính trị|,|quốc phòng"
        );
        assert_eq!(shown("biện pháp 5K, 5T", None), "biện pháp|5K|,|5T");
        assert_eq!(shown("5.200 căn, 12,5%", None), "5.200|căn|,|12,5|%");
    }

    #[test]
    fn variants_share_a_key() {
        assert_eq!(keys("đảm bảo"), keys("Bảo đảm"));
        assert_eq!(keys("chăm sóc"), keys("chăm lo"));
        assert_eq!(keys("phòng, chống dịch"), keys("phòng chống đại dịch"));
        assert_eq!(keys("UBND"), keys("Ủy ban nhân dân"));
        assert_eq!(keys("Covid-19"), keys("COVID -19"));
        assert_eq!(keys("kĩ thuật"), keys("kỹ thuật"));
        assert_ne!(keys("an ninh"), keys("an toàn"));
    }

    #[test]
    fn own_province_is_masked_and_no_other() {
        let words = words("tỉnh Vĩnh Phúc và Phú Thọ", Some("Vĩnh Phúc"));
        let keys: Vec<&str> = words.iter().map(|w| w.key.as_str()).collect();
        assert_eq!(keys, ["tỉnh", PROVINCE, "và", "phú", "thọ"]);
        assert_eq!(
            shown("Vĩnh Phúc xanh", Some("Vĩnh Phúc")),
            "Vĩnh Phúc|xanh"
        );
    }

    #[test]
    fn boilerplate_weighs_less_than_matter() {
        let weigh = |w: &str| base_weight(&keys(w)[0], Class::Word);
        assert!(weigh("đẩy mạnh") < 0.2);
        assert!(weigh("của") < 0.1);
        assert!(weigh("vùng xanh") > 0.8);
        assert!(weigh("chăm sóc") > weigh("thực hiện"));
    }

    #[test]
    fn tables_are_clean() {
        for table in [WORDS, SYNONYMS, WEAK] {
            let mut seen = std::collections::HashSet::new();
            for row in rows(table) {
                assert!(row.iter().all(|cell| !cell.trim().is_empty()));
                for cell in &row {
                    assert_eq!(*cell, normalize(cell), "normalized");
                }
                let id = if row.len() == 3 && row[1].parse::<f64>().is_err() {
                    row[1]
                } else {
                    row[0]
                };
                assert!(seen.insert(id.to_owned()), "twice: {id}");
            }
            assert!(seen.len() > 50);
        }
    }
}
