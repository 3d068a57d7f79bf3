//! Vietnamese letters in the legacy encodings, from `letters.tsv`.
//!
//! A legacy text reaches us as characters that stand for its bytes: either
//! the bytes themselves, or the Latin letters that some program took them
//! for. [`transcode`] turns both into Vietnamese.

use super::Encoding;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Letter, then its bytes in TCVN3, VNI, VISCII and VPS in hexadecimal.
const TABLE: &str = include_str!("letters.tsv");

/// The letters of one encoding.
#[derive(Debug)]
struct Letters {
    /// By a byte that stands alone.
    single: [Option<char>; 256],
    /// By a letter and the byte after it.
    pair: HashMap<(u8, u8), char>,
}

static TCVN3: LazyLock<Letters> = LazyLock::new(|| column(1));
static VNI: LazyLock<Letters> = LazyLock::new(|| column(2));
static VISCII: LazyLock<Letters> = LazyLock::new(|| column(3));
static VPS: LazyLock<Letters> = LazyLock::new(|| column(4));

/// Windows-1258 by bytes; tone marks are characters of their own.
static WINDOWS_1258: LazyLock<[char; 256]> = LazyLock::new(|| {
    std::array::from_fn(|byte| {
        let bytes = [byte as u8];
        let text = encoding_rs::WINDOWS_1258.decode(&bytes).0;
        text.chars().next().unwrap_or('\u{fffd}')
    })
});

/// What the bytes 0x80 to 0x9F are in Windows-1252; five are not assigned and
/// stay the controls of their own value.
static WINDOWS_1252: LazyLock<[char; 32]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        let bytes = [0x80 + i as u8];
        let text = encoding_rs::WINDOWS_1252.decode(&bytes).0;
        text.chars().next().unwrap_or('\u{fffd}')
    })
});

fn column(number: usize) -> Letters {
    let mut letters = Letters { single: [None; 256], pair: HashMap::new() };
    for row in TABLE.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let letter = cells[0].chars().next().unwrap_or('\u{fffd}');
        let bytes: Vec<u8> = cells[number]
            .split(' ')
            .filter_map(|hex| u8::from_str_radix(hex, 16).ok())
            .collect();
        match bytes[..] {
            [byte] => letters.single[usize::from(byte)] = Some(letter),
            [first, second] => {
                letters.pair.insert((first, second), letter);
            }
            _ => {}
        }
    }
    letters
}

/// The byte that a character stands for, read as Windows-1252 or Latin-1.
pub(super) fn byte_of(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let place = WINDOWS_1252.iter().position(|&known| known == c)?;
    u8::try_from(0x80 + place).ok()
}

/// The character of a byte in Windows-1252.
pub(super) fn char_of(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Turns characters that stand for bytes of a legacy encoding into
/// Vietnamese; what stands for no letter stays.
pub(super) fn transcode(text: &str, encoding: Encoding) -> String {
    match encoding {
        Encoding::Tcvn3 => super::tcvn_case::mend(&tcvn3(text)),
        Encoding::VniWindows => vni(text),
        Encoding::Viscii => single(text, &VISCII),
        Encoding::Vps => single(text, &VPS),
        Encoding::Windows1258 => text
            .chars()
            .map(|c| byte_of(c).map_or(c, |b| WINDOWS_1258[usize::from(b)]))
            .collect(),
        _ => text.to_owned(),
    }
}

fn single(text: &str, letters: &Letters) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    let mut previous = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let letter = byte_of(c).and_then(|b| letters.single[usize::from(b)]);
        // VISCII has a letter where everybody else has the no-break space.
        let blank = c == '\u{a0}'
            && !(previous.is_alphabetic() && next.is_alphabetic());
        out.push(if blank { c } else { letter.unwrap_or(c) });
        previous = c;
    }
    out
}

/// TCVN3 as Windows fonts have it: capitals with tones exist only in the
/// older standard, on bytes that Windows-1252 gives to punctuation. Such a
/// byte is a letter inside a word in capitals and punctuation elsewhere.
fn tcvn3(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    let mut previous = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let letter = match byte_of(c) {
            Some(byte) => {
                let doubtful = matches!(byte, 0x00..=0x1f | 0x80..=0x9f);
                let inside = is_capital(previous) && is_capital(next);
                let unused = c.is_control() && !c.is_whitespace();
                TCVN3.single[usize::from(byte)]
                    .filter(|_| !doubtful || inside || unused)
            }
            None => None,
        };
        out.push(letter.unwrap_or(c));
        previous = c;
    }
    out
}

/// Capital of TCVN3, seen through Windows-1252.
fn is_capital(c: char) -> bool {
    c.is_ascii_uppercase()
        || byte_of(c).is_some_and(|b| {
            TCVN3.single[usize::from(b)].is_some_and(char::is_uppercase)
        })
}

fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(byte) = byte_of(c) else {
            out.push(c);
            continue;
        };
        let mark = chars.peek().and_then(|&next| byte_of(next));
        let pair = mark.and_then(|mark| pair(byte, mark));
        if let Some(letter) = pair {
            chars.next();
            out.push(letter);
        } else {
            out.push(VNI.single[usize::from(byte)].unwrap_or(c));
        }
    }
    out
}

/// A letter and its mark; the mark of a capital may be a small one, as some
/// keyboards wrote it, and the other way round.
fn pair(letter: u8, mark: u8) -> Option<char> {
    let other = mark ^ 0x20;
    VNI.pair
        .get(&(letter, mark))
        .or_else(|| {
            (mark >= 0xc0).then(|| VNI.pair.get(&(letter, other))).flatten()
        })
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use unicode_normalization::UnicodeNormalization;

    /// Every letter beyond ASCII of the Vietnamese alphabet: twelve vowels by
    /// six tones in two cases, less the plain ones, and đ.
    fn alphabet() -> HashSet<char> {
        let mut letters = HashSet::from(['đ', 'Đ']);
        for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars() {
            for tone in
                ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"]
            {
                let letter: String = format!("{vowel}{tone}").nfc().collect();
                letters.extend(letter.chars().filter(|c| !c.is_ascii()));
            }
        }
        letters
    }

    #[test]
    fn the_table_holds_every_letter_once_with_its_sources() {
        let rows: Vec<Vec<&str>> =
            TABLE.lines().skip(1).map(|l| l.split('\t').collect()).collect();
        let letters: HashSet<char> =
            rows.iter().filter_map(|r| r[0].chars().next()).collect();
        assert_eq!(alphabet().len(), 134);
        assert_eq!(letters, alphabet());
        assert_eq!(rows.len(), 134);
        for row in &rows {
            assert_eq!(row.len(), 6, "{row:?}");
            assert!(!row[5].is_empty(), "{row:?}");
        }
        for column in 1..=4 {
            let codes: HashSet<&str> = rows.iter().map(|r| r[column]).collect();
            assert_eq!(codes.len(), 134, "column {column}");
        }
    }

    #[test]
    fn every_letter_comes_back_from_its_bytes() {
        let columns = [
            (2, Encoding::VniWindows),
            (3, Encoding::Viscii),
            (4, Encoding::Vps),
        ];
        for (column, encoding) in columns {
            for row in TABLE.lines().skip(1) {
                let cells: Vec<&str> = row.split('\t').collect();
                let bytes: String = cells[column]
                    .split(' ')
                    .map(|h| char_of(u8::from_str_radix(h, 16).unwrap()))
                    .collect();
                // Between capitals, since one code is the no-break space.
                let found = transcode(&format!("X{bytes}X"), encoding);
                assert_eq!(found, format!("X{}X", cells[0]), "{encoding}");
            }
        }
    }

    #[test]
    fn tcvn3_letters_come_back_from_their_bytes() {
        for row in TABLE.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let byte = u8::from_str_radix(cells[1], 16).unwrap();
            let (before, after) = if cells[0].chars().all(char::is_uppercase) {
                ("T", "NH")
            } else {
                ("t", "nh")
            };
            let text = format!("{before}{}{after}", char_of(byte));
            let wanted = format!("{before}{}{after}", cells[0]);
            assert_eq!(transcode(&text, Encoding::Tcvn3), wanted);
        }
    }

    #[test]
    fn tcvn3_keeps_windows_punctuation() {
        let text = "phong trµo \u{201c}Toµn d©n \u{2013} ®oµn kÕt\u{201d}";
        assert_eq!(
            transcode(text, Encoding::Tcvn3),
            "phong trào “Toàn dân – đoàn kết”"
        );
    }

    #[test]
    fn windows_1258_gives_combining_tones() {
        let text: String = transcode("Uy\u{d2} ban", Encoding::Windows1258);
        assert_eq!(text, "Uy\u{309} ban");
    }
}
