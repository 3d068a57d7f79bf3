//! Lower case that keeps every byte offset.

use super::block::{self, Around, BLOCK, Bits, Seen, make_small};
use super::letters::Vowel;

/// Lower case letter by letter; a letter whose lower-case form has another
/// length stays as it is.
pub(super) fn lower_same_length(text: &str, signs: &[Signs]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (i, Signs { mut capitals, .. }) in signs.iter().copied().enumerate() {
        while capitals != 0 {
            let at = BLOCK * i + capitals.trailing_zeros() as usize;
            capitals &= capitals - 1;
            let Some(c) = text[at..].chars().next() else { break };
            out.push_str(&text[done..at]);
            out.push(lower(c));
            done = at + c.len_utf8();
        }
    }
    out.push_str(&text[done..]);
    make_small(&mut out);
    out
}

/// What is seen of a block of a normalized text.
#[derive(Clone, Copy)]
pub(super) struct Signs {
    /// The letters, not ASCII, that may be capitals.
    capitals: u64,
    /// The line breaks.
    pub(super) breaks: u64,
}

impl Signs {
    /// The blocks of a text.
    pub(super) fn over(text: &str) -> Vec<Self> {
        block::over(text.as_bytes(), b' ')
    }
}

impl Seen for Signs {
    #[inline(always)]
    fn of(around: &Around, bits: impl Bits) -> Self {
        let (mut other, mut breaks) = ([0_u8; BLOCK], [0_u8; BLOCK]);
        for (i, other) in other.iter_mut().enumerate() {
            let [a, b, c] = [around[i + 3], around[i + 4], around[i + 5]];
            let ascii_or_inside = a < 0xC0;
            // à..ÿ; ă đ ĩ; ũ; ơ ư
            let latin = (a == 0xC3) & (b >= 0xA0)
                | (a == 0xC4) & ((b == 0x83) | (b == 0x91) | (b == 0xA9))
                | (a == 0xC5) & (b == 0xA9)
                | (a == 0xC6) & ((b == 0xA1) | (b == 0xB0));
            // U+1E80..U+1EFF, where small letters are odd.
            let vietnamese =
                (a == 0xE1) & ((b == 0xBA) | (b == 0xBB)) & (c & 1 == 1);
            // General punctuation.
            let mark = (a == 0xE2) & (b == 0x80);
            *other = u8::from(!(ascii_or_inside | latin | vietnamese | mark));
        }
        for (i, line_break) in breaks.iter_mut().enumerate() {
            *line_break = u8::from(around[i + 3] == b'\n');
        }
        Self { capitals: bits.of(&other), breaks: bits.of(&breaks) }
    }
}

fn lower(c: char) -> char {
    if let Some(vowel) = Vowel::of(c) {
        return vowel.lower();
    }
    if c == 'Đ' {
        return 'đ';
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::Signs;

    fn lower_same_length(text: &str) -> String {
        super::lower_same_length(text, &Signs::over(text))
    }

    #[test]
    fn lengths_stay() {
        assert_eq!(lower_same_length("ỦY BAN Đồng NAI"), "ủy ban đồng nai");
        // Their lower case is longer or shorter.
        assert_eq!(lower_same_length("İẞȺ"), "İẞȺ");
        assert_eq!(lower_same_length(""), "");
    }

    #[test]
    fn a_capital_is_lowered_wherever_it_stands() {
        for c in ['Ẽ', 'Đ', 'À', 'Ω', '😀', 'x'] {
            for at in 0..70 {
                let text = format!("{}{c}{}", "x".repeat(at), "ế".repeat(40));
                let lower = text.to_lowercase();
                assert_eq!(lower_same_length(&text), lower);
                assert_eq!(lower_same_length(&text[..at]), lower[..at]);
            }
        }
    }

    #[test]
    fn every_letter_is_lowered_where_it_can_be() {
        for c in ('\0'..=char::MAX).filter(|c| c.is_uppercase()) {
            let lower: String = c.to_lowercase().collect();
            let same = lower.len() == c.len_utf8();
            let expected = if same { lower } else { c.to_string() };
            assert_eq!(lower_same_length(&c.to_string()), expected);
        }
    }
}
