//! One place for the tone mark.
//!
//! Two styles are in use for three rhymes, oa, oe and uy at the end of a
//! syllable: hòa, khỏe, thủy (old, that of press and administration) and hoà,
//! khoẻ, thuỷ (new, that of schools). The old one is taken. Everywhere else
//! there is one right place, so a mark elsewhere (họat, tòan, qúy) is a slip
//! and moved too.
//!
//! A word is moved in only if it is one syllable with one tone mark whose
//! onset and rhyme are known; the rhymes and the place of the mark in each
//! are `rhymes.tsv`.

use super::block::{bits, within};
use super::letters::Vowel;
use super::normalize::{Edit, Repair};
use super::table;
use std::cell::RefCell;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

/// Letters of the longest syllable, nghiêng.
const LONGEST: usize = 7;

/// Each rhyme, packed, with the place of its mark from 0; sorted.
static RHYMES: LazyLock<Vec<(u64, usize)>> = LazyLock::new(|| {
    let mut rhymes: Vec<(u64, usize)> = table::rows(include_str!("rhymes.tsv"))
        .map(|cells| match cells[..] {
            [rhyme, place, _, _] => {
                let letters: Vec<char> = rhyme.chars().collect();
                let place: usize =
                    place.parse().expect("a place in rhymes.tsv");
                (pack(&letters), place - 1)
            }
            _ => panic!("bad row: {cells:?}"),
        })
        .collect();
    rhymes.sort_unstable();
    rhymes
});

/// The rhymes without any mark; sorted.
static BARE_RHYMES: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let bare = |c: char| Vowel::of(c).map_or(c, Vowel::ascii);
    let mut rhymes: Vec<u64> = table::rows(include_str!("rhymes.tsv"))
        .map(|cells| pack(&cells[0].chars().map(bare).collect::<Vec<char>>()))
        .collect();
    rhymes.sort_unstable();
    rhymes.dedup();
    rhymes
});

/// Letters of the longest rhyme.
const LONGEST_RHYME: usize = 4;

/// Whether letters without tone are a rhyme.
pub(super) fn is_rhyme(letters: &[char]) -> bool {
    letters.len() <= LONGEST_RHYME
        && RHYMES
            .binary_search_by_key(&pack(letters), |&(packed, _)| packed)
            .is_ok()
}

/// Whether ASCII letters are a rhyme that has lost its marks.
pub(super) fn is_bare_rhyme(letters: &[char]) -> bool {
    letters.len() <= LONGEST_RHYME
        && BARE_RHYMES.binary_search(&pack(letters)).is_ok()
}

/// Up to four letters in one number.
fn pack(letters: &[char]) -> u64 {
    letters.iter().fold(0, |packed, &c| packed << 16 | u64::from(c as u16))
}

/// A word of up to [`LONGEST`] letters taken apart.
struct Word {
    /// First byte.
    start: usize,
    count: usize,
    letters: [char; LONGEST],
    /// Lower case without tones.
    plain: [char; LONGEST],
    /// Index of the letter with the only tone mark.
    marked: usize,
    tone: u8,
}

/// What a character is to a word.
enum Kind {
    /// A letter of a Vietnamese word.
    Letter,
    /// A letter of another language, or a mark on one.
    Foreign,
    /// Not in a word.
    End,
}

fn kind(c: char) -> Kind {
    match c {
        'a'..='z' | 'A'..='Z' | 'đ' | 'Đ' => Kind::Letter,
        '\0'..='\x7F' => Kind::End,
        c if Vowel::of(c).is_some() => Kind::Letter,
        c if c.is_alphabetic() || is_combining_mark(c) => Kind::Foreign,
        _ => Kind::End,
    }
}

impl Word {
    /// The word around the letter at `at`, if it is short enough, of
    /// Vietnamese letters, and has exactly one tone mark.
    fn around(text: &str, at: usize) -> Option<Self> {
        let (mut start, mut reach) = (at, 0);
        for c in text[..at].chars().rev() {
            match kind(c) {
                Kind::Letter if reach < LONGEST => {}
                Kind::Letter | Kind::Foreign => return None,
                Kind::End => break,
            }
            start -= c.len_utf8();
            reach += 1;
        }
        let mut word = Self {
            start,
            count: 0,
            letters: ['\0'; LONGEST],
            plain: ['\0'; LONGEST],
            marked: 0,
            tone: 0,
        };
        for c in text[start..].chars() {
            match kind(c) {
                Kind::Letter => word.push(c)?,
                Kind::Foreign => return None,
                Kind::End => break,
            }
        }
        (word.tone != 0).then_some(word)
    }

    fn push(&mut self, c: char) -> Option<()> {
        let i = self.count;
        *self.letters.get_mut(i)? = c;
        self.plain[i] = match Vowel::of(c) {
            Some(vowel) => {
                if vowel.tone != 0 {
                    if self.tone != 0 {
                        return None;
                    }
                    (self.tone, self.marked) = (vowel.tone, i);
                }
                vowel.plain()
            }
            None if c == 'Đ' => 'đ',
            None => c.to_ascii_lowercase(),
        };
        self.count += 1;
        Some(())
    }

    /// The index of the letter that should carry the mark, and the onset's
    /// length.
    fn right_place(&self) -> Option<(usize, usize)> {
        let plain = &self.plain[..self.count];
        onsets(plain).find_map(|onset| {
            let rhyme = plain.get(onset..).filter(|r| r.len() <= 4)?;
            let i = RHYMES
                .binary_search_by_key(&pack(rhyme), |&(packed, _)| packed)
                .ok()?;
            let closed =
                matches!(rhyme, [.., 'c' | 'p' | 't'] | [.., 'c', 'h']);
            // Such rhymes have only sắc and nặng: another tone, another
            // language.
            if closed && !matches!(self.tone, 2 | 5) {
                return None;
            }
            Some((onset + RHYMES[i].1, onset))
        })
    }

    fn byte_of(&self, index: usize) -> usize {
        let before = self.letters[..index].iter();
        self.start + before.map(|c| c.len_utf8()).sum::<usize>()
    }
}

/// The lengths of the onsets that the word may have, the likelier first.
pub(super) fn onsets(plain: &[char]) -> impl Iterator<Item = usize> + use<> {
    let (long, short) = match plain {
        ['n', 'g', 'h', ..] => (3, 3),
        ['g', 'i', ..] => (2, 1),
        ['q', 'u', ..]
        | ['n', 'g' | 'h', ..]
        | ['g' | 'c' | 'k' | 'p' | 't', 'h', ..]
        | ['t', 'r', ..] => (2, 2),
        [
            'b' | 'c' | 'd' | 'đ' | 'g' | 'h' | 'k' | 'l' | 'm' | 'n' | 'p'
            | 'r' | 's' | 't' | 'v' | 'x',
            ..,
        ] => (1, 1),
        _ => (0, 0),
    };
    [long, short].into_iter().take(if long == short { 1 } else { 2 })
}

/// Words whose mark stands right, or is not known to stand wrong; few words
/// are the most of every text.
struct Memo([u128; 1024]);

thread_local! {
    static MEMO: RefCell<Memo> = const { RefCell::new(Memo([0; 1024])) };
}

impl Memo {
    /// A number for a marked letter and all that may count for it: the
    /// letters around it, and whatever else is not ASCII. 0 for long words.
    fn key(text: &[u8], at: usize) -> u128 {
        const FAR: usize = 16;
        let edge;
        let around = match at.checked_sub(FAR) {
            Some(from) => text[from..].first_chunk(),
            None => None,
        };
        let around: &[u8; 2 * FAR] = match around {
            Some(around) => around,
            None => {
                edge = at_edge(text, at);
                &edge
            }
        };
        // Without a branch on each letter, which no processor foresees.
        let mut counts = [0; 2 * FAR];
        for (counts, b) in counts.iter_mut().zip(around) {
            let letter = within(b | 0x20, b'a', b'z');
            *counts = u8::from(letter | (*b >= 0x80));
        }
        let counts = bits(&counts);
        let before = (counts as u16).leading_ones() as usize;
        let behind = ((counts >> FAR) as u16).trailing_ones() as usize;
        let length = before + behind;
        let (words, _) = around[FAR - before..].as_chunks();
        match words.first() {
            Some(word) if (1..FAR).contains(&length) => {
                let rest = 8 * (FAR - length);
                let word = u128::from_le_bytes(*word) << rest >> rest;
                word | (before as u128) << 120
            }
            _ => 0,
        }
    }

    fn place(key: u128) -> usize {
        let mixed = (key as u64 ^ (key >> 59) as u64)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 54) as usize
    }

    fn knows(&self, key: u128) -> bool {
        key != 0 && self.0[Self::place(key)] == key
    }

    fn keep(&mut self, key: u128) {
        self.0[Self::place(key)] = key;
    }
}

/// The bytes around a place near an end of the text, with blanks for those
/// that are not there.
fn at_edge(text: &[u8], at: usize) -> [u8; 32] {
    let mut around = [b' '; 32];
    let from = at.saturating_sub(16);
    let to = text.len().min(at + 16);
    around[from + 16 - at..to + 16 - at].copy_from_slice(&text[from..to]);
    around
}

/// Whether a mark stands right by the letters beside it alone, as most do: on
/// the last vowel before a consonant, or on the first of two vowels behind a
/// consonant that may be no part of a vowel (`gi`, `qu`).
fn surely_right(text: &[u8], at: usize) -> bool {
    let byte = |at: usize| text.get(at).copied().unwrap_or(b' ');
    let small = |b: u8| b | 0x20;
    let letter = |b: u8| within(small(b), b'a', b'z');
    let vowel = |b: u8| {
        matches!(small(b), b'a' | b'e' | b'i' | b'o' | b'u' | b'y') && b < 0x80
    };
    let behind = at + if byte(at) == 0xE1 { 3 } else { 2 };
    let (before, next) = (byte(at.wrapping_sub(1)), byte(behind));
    if !vowel(next) {
        return letter(next);
    }
    let last = byte(behind + 1);
    last < 0x80
        && !letter(last)
        && before < 0x80
        && !vowel(before)
        && !matches!(small(before), b'g' | b'q')
}

/// The word around a marked letter, the index of the letter that should carry
/// the mark, and the length of the onset; nothing if it stands right.
fn misplaced(text: &str, at: usize) -> Option<(Word, usize, usize)> {
    let marked = text[at..].chars().next()?;
    if !beside_vowel(text, at, marked) {
        return None;
    }
    let word = Word::around(text, at)?;
    let (place, onset) = word.right_place()?;
    (place != word.marked && !word.is_giat_gia())
        .then_some((word, place, onset))
}

/// What must be exchanged so that the tone marks at `toned` stand right. The
/// two letters of a move are two edits; a slip is also a repair.
pub(super) fn place(
    text: &str,
    toned: &[usize],
    edits: &mut Vec<Edit>,
    repairs: &mut Vec<Repair>,
) {
    MEMO.with_borrow_mut(|memo| {
        for &at in toned {
            if surely_right(text.as_bytes(), at) {
                continue;
            }
            let key = Memo::key(text.as_bytes(), at);
            if memo.knows(key) {
                continue;
            }
            match misplaced(text, at) {
                Some(found) => mend(found, edits, repairs),
                None => memo.keep(key),
            }
        }
    });
}

/// Exchanges the letters of a word whose tone mark stands wrong.
fn mend(
    (word, place, onset): (Word, usize, usize),
    edits: &mut Vec<Edit>,
    repairs: &mut Vec<Repair>,
) {
    let exchange = |index: usize, tone: u8| {
        Vowel::of(word.letters[index]).map(|vowel| Edit {
            at: word.byte_of(index),
            to: vowel.with_tone(tone).letter(),
        })
    };
    let Some(bare) = exchange(word.marked, 0) else { return };
    let Some(toned) = exchange(place, word.tone) else { return };
    edits.extend(if place < word.marked {
        [toned, bare]
    } else {
        [bare, toned]
    });
    let new_style =
        place == onset && word.marked == onset + 1 && word.count == onset + 2;
    if !new_style || !is_styled(&word.plain[onset..word.count]) {
        repairs.push(Repair {
            at: word.start,
            what: "a tone mark stood on the wrong letter",
        });
    }
}

impl Word {
    /// “giặt gịa”, the one syllable in which gi is followed by a rhyme that
    /// its mark does not stand on.
    fn is_giat_gia(&self) -> bool {
        self.plain[..self.count] == ['g', 'i', 'a']
            && self.tone == 5
            && self.marked == 1
    }
}

fn is_styled(rhyme: &[char]) -> bool {
    matches!(rhyme, ['o', 'a' | 'e'] | ['u', 'y'])
}

/// Whether another vowel stands beside the marked one; else its place is
/// right.
fn beside_vowel(text: &str, at: usize, marked: char) -> bool {
    let is_vowel = |c: Option<char>| c.and_then(Vowel::of).is_some();
    is_vowel(text[..at].chars().next_back())
        || is_vowel(text[at + marked.len_utf8()..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize;

    /// Word as read, word normalized.
    const MOVED: &[(&str, &str)] = &[
        // New style to old, every tone, both cases.
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("hoả", "hỏa"),
        ("doạ", "dọa"),
        ("loã", "lõa"),
        ("khoẻ", "khỏe"),
        ("loè", "lòe"),
        ("thuỷ", "thủy"),
        ("luỹ", "lũy"),
        ("tuỳ", "tùy"),
        ("uỷ", "ủy"),
        ("oà", "òa"),
        ("nguỵ", "ngụy"),
        ("HOÀ", "HÒA"),
        ("Uỷ", "Ủy"),
        ("THUỶ", "THỦY"),
        ("ĐOẠ", "ĐỌA"),
        // Slips.
        ("họat", "hoạt"),
        ("tòan", "toàn"),
        ("đọan", "đoạn"),
        ("khỏang", "khoảng"),
        ("TÒAN", "TOÀN"),
        ("hùynh", "huỳnh"),
        ("qúy", "quý"),
        ("qủa", "quả"),
        ("qùa", "quà"),
        ("QÚY", "QUÝ"),
        ("gía", "giá"),
        ("gỉai", "giải"),
        ("gíup", "giúp"),
        ("tụê", "tuệ"),
        ("thúôc", "thuốc"),
        ("trừơng", "trường"),
        ("ngừơi", "người"),
        ("tíêng", "tiếng"),
        ("nghiã", "nghĩa"),
        ("cuả", "của"),
        ("đưá", "đứa"),
        ("khuyú", "khuýu"),
        ("nguyễn", "nguyễn"),
    ];

    /// Words that are right, not Vietnamese, or in doubt.
    const STAY: &[&str] = &[
        "hòa",
        "khỏe",
        "thủy",
        "thoại",
        "hoàn",
        "khoét",
        "quỳnh",
        "quý",
        "quỹ",
        "quả",
        "già",
        "giá",
        "giặt",
        "gịa",
        "gì",
        "gìn",
        "giếng",
        "ngoài",
        "xoáy",
        "khuỷu",
        "thuở",
        "huơ",
        "khuya",
        "bìa",
        "mùa",
        "cửa",
        "cứu",
        "áo",
        "sáu",
        "múi",
        "người",
        "rượu",
        "tuyến",
        "buýt",
        "tuýp",
        "quýt",
        "Google",
        "Moay",
        "Oslo",
        "Đắk",
        "Lắk",
        "Krông",
        "café",
        "José",
        "Garcìa",
        "Citroën",
        "naïve",
        "oát",
        "úy",
        // A closed rhyme has only sắc and nặng.
        "hòat",
        // Two marks: which is right is not known.
        "hòà",
        // Glued words.
        "thuỷtheo",
    ];

    #[test]
    fn marks_move() {
        for (word, right) in MOVED {
            assert_eq!(normalize(word), *right, "{word}");
        }
    }

    #[test]
    fn marks_stay() {
        for word in STAY {
            assert_eq!(normalize(word), *word);
            let upper = word.to_uppercase();
            assert_eq!(normalize(&upper), upper);
        }
    }

    #[test]
    fn the_short_look_knows_the_usual_places() {
        let right = |word: &str| {
            let at = word.find(|c: char| !c.is_ascii()).unwrap();
            surely_right(word.as_bytes(), at)
        };
        for word in ["hoạt", "toàn", "báo", "của", "PHẢI", "áo", "hòa,", "ủy"]
        {
            assert!(right(word), "{word}");
        }
        // The first ones stand wrong, of the others more has to be known.
        for word in
            ["hoà", "họat", "gía", "qúy", "nghiã", "quả", "giá", "đào", "hòai"]
        {
            assert!(!right(word), "{word}");
        }
    }

    #[test]
    fn words_end_at_anything_but_letters() {
        assert_eq!(normalize("(hoà)2-hoá/Ủy"), "(hòa)2-hóa/Ủy");
        assert_eq!(normalize("ho\u{AD}à"), "hòa");
        // A letter with a further mark is another letter.
        assert_eq!(normalize("hoà\u{323}\u{302}"), "hoạ\u{300}\u{302}");
    }

    #[test]
    fn slips_are_repairs_and_styles_are_not() {
        let text = crate::text::Text::new("Uỷ ban họat động");
        let [repair] = text.repairs() else { panic!("{:?}", text.repairs()) };
        assert!(text.norm()[repair.at..].starts_with("hoạt"));
    }

    #[test]
    fn rhymes_are_sorted_sourced_and_shown_by_an_example() {
        let mut last = "";
        for cells in table::rows(include_str!("rhymes.tsv")) {
            let [rhyme, place, example, source] = cells[..] else {
                panic!("{cells:?}")
            };
            assert!(last < rhyme, "{rhyme}");
            last = rhyme;
            assert!(!source.is_empty());
            let place: usize = place.parse().unwrap();
            assert!((1..=rhyme.chars().count()).contains(&place), "{rhyme}");
            let vowels: Vec<_> = example.chars().map(Vowel::of).collect();
            let plain: String = example
                .chars()
                .zip(&vowels)
                .map(|(c, vowel)| vowel.map_or(c, Vowel::plain))
                .collect();
            assert!(plain.ends_with(rhyme), "{rhyme} {example}");
            let onset = plain.chars().count() - rhyme.chars().count();
            let marked =
                vowels.iter().position(|v| v.is_some_and(|v| v.tone != 0));
            if let Some(marked) = marked {
                assert_eq!(marked, onset + place - 1, "{rhyme} {example}");
            }
        }
    }
}
