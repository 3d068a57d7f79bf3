//! Which characters stand for others, and how each is treated on the way to
//! the normalized text.
//!
//! The knowledge is `confusables.tsv`; here it becomes a [`Class`] a
//! character, so that the scanner asks one table per character.

use super::letters::Vowel;
use super::table;
use std::sync::{LazyLock, OnceLock};
use unicode_normalization::char::{
    canonical_combining_class, is_combining_mark,
};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

/// How the scanner treats a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    /// Stays as it is and joins nothing.
    Keep,
    /// A vowel that may carry a tone mark in the wrong place; stays.
    Toned,
    /// A double quotation mark; stays, for the pairing to look at.
    Quote,
    /// A single quotation mark or apostrophe.
    Apostrophe,
    /// Blank or line break.
    Blank,
    /// Goes.
    Drop,
    /// Goes, and belongs to the character before it.
    DropMark,
    /// Belongs to the character before it.
    Mark,
    /// Anything that needs the long way: look-alikes, characters that NFC
    /// changes, scripts that join to the right.
    Other,
}

/// What a character becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Becomes {
    /// Another character, everywhere.
    Char(char),
    /// Another character, in a word that also has Latin letters.
    InWord(char),
    /// A blank.
    Space,
    /// A line break.
    Break,
    /// Nothing.
    Nothing,
}

struct Row {
    first: u32,
    last: u32,
    becomes: Becomes,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    table::rows(include_str!("confusables.tsv"))
        .map(|cells| {
            parse(&cells).unwrap_or_else(|| panic!("bad row: {cells:?}"))
        })
        .collect()
});

fn parse(cells: &[&str]) -> Option<Row> {
    let &[code, becomes, place, _, _] = cells else { return None };
    let (first, last) = code.split_once("..").unwrap_or((code, code));
    let becomes = match becomes {
        "space" => Becomes::Space,
        "break" => Becomes::Break,
        "drop" => Becomes::Nothing,
        code => {
            let c = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
            match place {
                "always" => Becomes::Char(c),
                "word" => Becomes::InWord(c),
                _ => return None,
            }
        }
    };
    Some(Row {
        first: u32::from_str_radix(first, 16).ok()?,
        last: u32::from_str_radix(last, 16).ok()?,
        becomes,
    })
}

/// What the table says of a character; `None` if it stands for itself.
pub(super) fn becomes(c: char) -> Option<Becomes> {
    let code = c as u32;
    let row = &ROWS[ROWS.partition_point(|row| row.last < code)..].first()?;
    if code < row.first {
        return None;
    }
    let shifted =
        |to: char| char::from_u32(to as u32 + (code - row.first)).unwrap_or(to);
    Some(match row.becomes {
        Becomes::Char(to) => Becomes::Char(shifted(to)),
        Becomes::InWord(to) => Becomes::InWord(shifted(to)),
        other => other,
    })
}

/// The character that `c` stands for; `in_word` says whether it stands in a
/// word that also has Latin letters.
pub(super) fn stands_for(c: char, in_word: bool) -> char {
    match becomes(c) {
        Some(Becomes::Char(to)) => to,
        Some(Becomes::InWord(to)) if in_word => to,
        _ => c,
    }
}

/// What a character alone becomes, whatever stands around it.
pub(super) fn settled(c: char) -> char {
    stands_for(composed(c), false)
}

/// Whether a character is a double quotation mark.
pub(super) fn is_double_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '「'
            | '」'
            | '『'
            | '』'
            | '〝'
            | '〞'
    )
}

/// Whether a character is a single quotation mark or an apostrophe.
pub(super) fn is_single_quote(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‛')
}

/// The classes of the letters that Vietnamese is written in.
struct Classes {
    /// U+0000..U+02FF.
    low: [Class; 0x300],
    /// Letters with two marks: U+1E00..U+1EFF.
    additional: [Class; 0x100],
}

static CLASSES: LazyLock<Classes> = LazyLock::new(|| Classes {
    low: std::array::from_fn(|i| work_out(i as u32)),
    additional: std::array::from_fn(|i| work_out(0x1E00 + i as u32)),
});

type Page = [Class; 0x100];

/// The classes of all other characters, 256 at a time when first met.
static PAGES: [OnceLock<Box<Page>>; 0x1100] =
    [const { OnceLock::new() }; 0x1100];

fn page(number: usize) -> &'static Page {
    PAGES[number].get_or_init(|| {
        let first = (number << 8) as u32;
        Box::new(std::array::from_fn(|i| work_out(first + i as u32)))
    })
}

/// How the scanner treats a character.
#[inline]
pub(super) fn class(c: char) -> Class {
    match c as usize {
        code @ 0..0x300 => CLASSES.low[code],
        code @ 0x1E00..0x1F00 => CLASSES.additional[code - 0x1E00],
        code => page(code >> 8)[code & 0xFF],
    }
}

fn work_out(code: u32) -> Class {
    let Some(c) = char::from_u32(code) else { return Class::Other };
    match becomes(c) {
        Some(Becomes::Space | Becomes::Break) => return Class::Blank,
        Some(Becomes::Nothing) if extends(c) => return Class::DropMark,
        Some(Becomes::Nothing) => return Class::Drop,
        _ => {}
    }
    let composed = composed(c);
    if composed != c
        && matches!(becomes(composed), Some(Becomes::Space | Becomes::Break))
    {
        return Class::Blank;
    }
    if is_single_quote(stands_for(composed, false)) {
        return Class::Apostrophe;
    }
    // Latin letters join nothing; nor do Chinese characters and Korean
    // syllables to the left of what is looked at next.
    let solitary = matches!(
        code,
        0..0x300 | 0x1E00..0x1F00 | 0x3400..0xA000 | 0xAC00..0xD7A4
    );
    if solitary && composed == c && becomes(c).is_none() {
        return solitary_class(c);
    }
    if extends(c) {
        return Class::Mark;
    }
    if composed != c || becomes(c).is_some() || joins_right(c) {
        return Class::Other;
    }
    solitary_class(c)
}

fn solitary_class(c: char) -> Class {
    if is_double_quote(c) {
        return Class::Quote;
    }
    match Vowel::of(c) {
        Some(v) if v.tone != 0 && (!v.is_shaped() || v.plain() == 'ư') => {
            Class::Toned
        }
        _ => Class::Keep,
    }
}

/// The NFC of a single character, if that is one character.
pub(super) fn composed(c: char) -> char {
    let mut nfc = std::iter::once(c).nfc();
    match (nfc.next(), nfc.next()) {
        (Some(one), None) => one,
        // Characters that NFC always takes apart.
        _ => c,
    }
}

/// Whether a character can join the one before it, in NFC or on the screen.
fn extends(c: char) -> bool {
    canonical_combining_class(c) != 0
        || is_combining_mark(c)
        || is_nfc_quick(std::iter::once(c)) == IsNormalized::Maybe
        || graphemes(['a', c]) == 1
        // Korean vowels and finals of old words.
        || matches!(c as u32, 0x1160..0x1200 | 0xD7B0..0xD800)
}

/// Whether a character can join the one behind it, or is taken apart by NFC.
fn joins_right(c: char) -> bool {
    graphemes([c, 'a']) == 1
        || is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes
        // Korean initials; letters of flags.
        || matches!(c as u32, 0x1100..0x1160 | 0xA960..0xA980 | 0x1F1E6..0x1F200)
}

fn graphemes(chars: [char; 2]) -> usize {
    chars.iter().collect::<String>().graphemes(true).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_sourced_and_settled() {
        let mut last = None;
        for row in ROWS.iter() {
            assert!(row.first <= row.last);
            assert!(last < Some(row.first), "{:X}", row.first);
            last = Some(row.last);
        }
        for cells in table::rows(include_str!("confusables.tsv")) {
            assert_eq!(cells.len(), 5, "{cells:?}");
            assert!(cells.iter().all(|c| !c.is_empty()), "{cells:?}");
        }
        // Nothing becomes what becomes something else.
        for code in 0..=0x10FFFF {
            let Some(c) = char::from_u32(code) else { continue };
            let to = stands_for(c, true);
            assert_eq!(stands_for(to, true), to, "{code:X}");
        }
    }

    #[test]
    fn compatibility_forms_stand_for_themselves() {
        for c in "½²³⁰①ﬁ…º°·ªĳ㎡™".chars() {
            assert_eq!(stands_for(c, true), c);
        }
    }

    #[test]
    fn look_alikes() {
        for (c, to) in [
            ('\u{D0}', 'Đ'),
            ('\u{189}', 'Đ'),
            ('\u{F0}', 'đ'),
            ('\u{1A3}', 'ư'),
            ('\u{2013}', '-'),
            ('\u{2212}', '-'),
            ('\u{96}', '-'),
            ('\u{93}', '“'),
            ('\u{FF0F}', '/'),
        ] {
            assert_eq!(stands_for(c, false), to);
        }
        assert_eq!(stands_for('\u{41A}', false), '\u{41A}');
        assert_eq!(stands_for('\u{41A}', true), 'K');
        assert_eq!(stands_for('\u{FF22}', true), 'B');
        assert_eq!(class('\u{200B}'), Class::Drop);
        assert_eq!(class('\u{200D}'), Class::DropMark);
        assert_eq!(class('\u{2009}'), Class::Blank);
        assert_eq!(class('\u{2001}'), Class::Blank);
        assert_eq!(class('\u{301}'), Class::Mark);
        assert_eq!(class('ế'), Class::Keep);
        assert_eq!(class('à'), Class::Toned);
        assert_eq!(class('ừ'), Class::Toned);
    }
}
