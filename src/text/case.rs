//! Lower case that keeps every byte offset.

use super::letters::Vowel;

/// Lower case letter by letter; a letter whose lower-case form has another
/// length stays as it is.
pub(super) fn lower_same_length(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let bytes = text.as_bytes();
    for start in (0..bytes.len()).step_by(STEP) {
        // The letters that begin here may reach two bytes farther.
        let small = match bytes[start..].first_chunk() {
            Some(stretch) => are_small(stretch),
            None => false,
        };
        if small {
            continue;
        }
        let from = text.ceil_char_boundary(start).max(done);
        let end = text.ceil_char_boundary(bytes.len().min(start + STEP));
        for (i, c) in text[from..end].char_indices() {
            if !c.is_ascii() {
                out.push_str(&text[done..from + i]);
                out.push(lower(c));
                done = from + i + c.len_utf8();
            }
        }
    }
    out.push_str(&text[done..]);
    // The library does this for many letters at a time.
    out.make_ascii_lowercase();
    out
}

/// Bytes that are looked at together.
const STEP: usize = 32;

/// Whether all letters that begin in the first [`STEP`] bytes surely are
/// ASCII or small. Written without branches, so that the compiler looks at
/// many bytes at a time.
fn are_small(stretch: &[u8; STEP + 2]) -> bool {
    let mut other = 0;
    for i in 0..STEP {
        let (a, b, c) = (stretch[i], stretch[i + 1], stretch[i + 2]);
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
        other |= u8::from(!(ascii_or_inside | latin | vietnamese | mark));
    }
    other == 0
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
