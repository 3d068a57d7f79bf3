//! Vietnamese vowel letters taken apart and put together: twelve vowels, six
//! tones, two cases.
//!
//! The tables are worked out by the compiler. [`compose`] is the short way to
//! NFC for Vietnamese; whatever it does not know goes to
//! `unicode-normalization`, with which a test compares it exhaustively.

/// The vowels without and with each tone: ngang, huyền, sắc, hỏi, ngã, nặng.
const LOWER: [[char; 6]; 12] = [
    ['a', 'à', 'á', 'ả', 'ã', 'ạ'],
    ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
    ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
    ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'],
    ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'],
    ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'],
    ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'],
    ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
    ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
    ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'],
    ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'],
    ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
];

const UPPER: [[char; 6]; 12] = [
    ['A', 'À', 'Á', 'Ả', 'Ã', 'Ạ'],
    ['Ă', 'Ằ', 'Ắ', 'Ẳ', 'Ẵ', 'Ặ'],
    ['Â', 'Ầ', 'Ấ', 'Ẩ', 'Ẫ', 'Ậ'],
    ['E', 'È', 'É', 'Ẻ', 'Ẽ', 'Ẹ'],
    ['Ê', 'Ề', 'Ế', 'Ể', 'Ễ', 'Ệ'],
    ['I', 'Ì', 'Í', 'Ỉ', 'Ĩ', 'Ị'],
    ['O', 'Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ'],
    ['Ô', 'Ồ', 'Ố', 'Ổ', 'Ỗ', 'Ộ'],
    ['Ơ', 'Ờ', 'Ớ', 'Ở', 'Ỡ', 'Ợ'],
    ['U', 'Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ'],
    ['Ư', 'Ừ', 'Ứ', 'Ử', 'Ữ', 'Ự'],
    ['Y', 'Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ'],
];

/// The nặng tone, the only one written below the letter.
const NANG: u8 = 5;

/// A vowel letter taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Vowel {
    /// Row of the table: a ă â e ê i o ô ơ u ư y.
    row: u8,
    /// 0 for none, then huyền, sắc, hỏi, ngã, nặng.
    pub(super) tone: u8,
    upper: bool,
}

impl Vowel {
    /// The vowel of a letter; `None` for anything else.
    #[inline]
    pub(super) fn of(c: char) -> Option<Self> {
        let code = match c as usize {
            code @ 0..0x250 => LOW_CODES[code],
            code @ 0x1EA0..0x1F00 => HIGH_CODES[code - 0x1EA0],
            _ => 0,
        };
        let code = code.checked_sub(1)?;
        Some(Self { row: code / 12, tone: code % 6, upper: code % 12 >= 6 })
    }

    /// The letter.
    pub(super) fn letter(self) -> char {
        let table = if self.upper { &UPPER } else { &LOWER };
        table[usize::from(self.row)][usize::from(self.tone)]
    }

    /// The same letter under another tone.
    pub(super) fn with_tone(self, tone: u8) -> Self {
        Self { tone, ..self }
    }

    /// The lower-case letter.
    pub(super) fn lower(self) -> char {
        LOWER[usize::from(self.row)][usize::from(self.tone)]
    }

    /// The lower-case letter without its tone.
    pub(super) fn plain(self) -> char {
        LOWER[usize::from(self.row)][0]
    }

    /// The lower-case ASCII letter underneath.
    pub(super) fn ascii(self) -> char {
        match self.plain() {
            'ă' | 'â' => 'a',
            'ê' => 'e',
            'ô' | 'ơ' => 'o',
            'ư' => 'u',
            c => c,
        }
    }

    /// Whether the letter carries a breve, circumflex or horn.
    pub(super) fn is_shaped(self) -> bool {
        !self.plain().is_ascii()
    }
}

/// Each letter's table place: `row * 12 + upper * 6 + tone + 1`, 0 for none.
static LOW_CODES: [u8; 0x250] = codes::<0x250>(0);
static HIGH_CODES: [u8; 0x60] = codes::<0x60>(0x1EA0);

const fn codes<const N: usize>(from: usize) -> [u8; N] {
    let mut codes = [0; N];
    let mut i = 0;
    while i < 12 * 12 {
        let (row, upper, tone) = (i / 12, i % 12 / 6, i % 6);
        let c = if upper == 1 { UPPER[row][tone] } else { LOWER[row][tone] };
        let c = c as usize;
        if c >= from && c < from + N {
            codes[c - from] = i as u8 + 1;
        }
        i += 1;
    }
    codes
}

/// The NFC of a Vietnamese letter followed by one combining mark, if that is
/// a Vietnamese letter.
#[inline]
pub(super) fn compose(base: char, mark: char) -> Option<char> {
    let vowel = Vowel::of(base)?;
    let tone = match mark {
        '\u{300}' => 1,
        '\u{301}' => 2,
        '\u{309}' => 3,
        '\u{303}' => 4,
        '\u{323}' => NANG,
        '\u{302}' | '\u{306}' | '\u{31b}' => return reshape(vowel, mark),
        _ => return None,
    };
    (vowel.tone == 0).then(|| vowel.with_tone(tone).letter())
}

/// Adds breve, circumflex or horn. Breve and circumflex stand above like all
/// tones but nặng, so after such a tone they no longer reach the letter; the
/// horn sorts before every tone and always does.
fn reshape(vowel: Vowel, mark: char) -> Option<char> {
    let row = match (vowel.plain(), mark) {
        ('a', '\u{306}') => 1,
        ('a', '\u{302}') => 2,
        ('e', '\u{302}') => 4,
        ('o', '\u{302}') => 7,
        ('o', '\u{31b}') => 8,
        ('u', '\u{31b}') => 10,
        _ => return None,
    };
    let reaches = mark == '\u{31b}' || vowel.tone == 0 || vowel.tone == NANG;
    reaches.then(|| Vowel { row, ..vowel }.letter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    const MARKS: [char; 8] = [
        '\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{306}', '\u{309}',
        '\u{31b}', '\u{323}',
    ];

    #[test]
    fn every_letter_comes_back() {
        for table in [LOWER, UPPER] {
            for c in table.into_iter().flatten() {
                assert_eq!(Vowel::of(c).map(Vowel::letter), Some(c));
            }
        }
        assert_eq!(Vowel::of('đ'), None);
        assert_eq!(Vowel::of('ä'), None);
    }

    #[test]
    fn composing_agrees_with_nfc() {
        let mut composed = 0;
        let letters = LOWER.into_iter().chain(UPPER).flatten();
        for base in letters.chain("bdđzäåñ".chars()) {
            for mark in MARKS {
                let nfc: Vec<char> = [base, mark].into_iter().nfc().collect();
                let known = nfc.len() == 1 && Vowel::of(nfc[0]).is_some();
                let expected = known.then(|| nfc[0]);
                assert_eq!(compose(base, mark), expected, "{base}{mark}");
                composed += usize::from(known);
            }
        }
        // 24 plain letters take 5 tones; 12 shaped ones are reached from
        // the plain letter, and under tones as the rule allows.
        assert!(composed > 140, "{composed}");
    }
}
