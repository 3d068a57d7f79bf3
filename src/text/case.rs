//! Lower case that keeps every byte offset.

use super::letters::Vowel;

/// Lower case letter by letter; a letter whose lower-case form has another
/// length stays as it is.
pub(super) fn lower_same_length(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (small, behind) = rest.split_at(small_stretch(rest.as_bytes()));
        let start = out.len();
        out.push_str(small);
        out[start..].make_ascii_lowercase();
        let mut chars = behind.chars();
        out.extend(chars.next().map(lower));
        rest = chars.as_str();
    }
    out
}

/// The length of the stretch of ASCII and of letters that surely are small.
fn small_stretch(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match bytes[at..] {
            [b, ..] if b.is_ascii() => 1,
            // à..ÿ; ă đ ĩ; ũ; ơ ư
            [0xC3, 0xA0..=0xBF, ..]
            | [0xC4, 0x83 | 0x91 | 0xA9, ..]
            | [0xC5, 0xA9, ..]
            | [0xC6, 0xA1 | 0xB0, ..] => 2,
            // U+1E80..U+1EFF, where small letters are odd.
            [0xE1, 0xBA | 0xBB, b, ..] if b % 2 == 1 => 3,
            // General punctuation.
            [0xE2, 0x80, _, ..] => 3,
            _ => return at,
        };
    }
}

fn lower(c: char) -> char {
    if let Some(vowel) = Vowel::of(c) {
        return vowel.lower();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::lower_same_length;

    #[test]
    fn lengths_stay() {
        assert_eq!(lower_same_length("ỦY BAN Đồng NAI"), "ủy ban đồng nai");
        // Their lower case is longer or shorter.
        assert_eq!(lower_same_length("İẞȺ"), "İẞȺ");
        assert_eq!(lower_same_length(""), "");
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
