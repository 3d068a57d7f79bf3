//! Search key and match key. Both lose information: they are compared, never
//! shown, and no offset leads back from them.

use super::confusables::{Becomes, becomes, composed};
use super::letters::Vowel;
use super::normalize::normalize;
use super::table;
use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Syllables with i that are always the same word with y.
static Y_FORMS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    table::rows(include_str!("iy.tsv"))
        .map(|cells| match cells[..] {
            [y, i, _] => (i, y),
            _ => panic!("bad row: {cells:?}"),
        })
        .collect()
});

/// The search key: lower case, without tone marks and other diacritics, đ as
/// d. Blanks, punctuation and i/y stay. Lossy: “má”, “mà” and “ma” are one.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if let Some(vowel) = Vowel::of(c) {
            out.push(vowel.ascii());
        } else {
            fold_other(c, &mut out);
        }
    }
    out
}

fn fold_other(c: char, out: &mut String) {
    let c = match becomes(composed(c)) {
        Some(Becomes::Nothing) => return,
        Some(Becomes::Space) => ' ',
        Some(Becomes::Break) => '\n',
        Some(Becomes::Char(to)) => to,
        _ => c,
    };
    for c in c.nfd().filter(|&c| !is_combining_mark(c)) {
        match c {
            'Đ' | 'đ' => out.push('d'),
            c => {
                out.extend(c.to_lowercase().filter(|&c| !is_combining_mark(c)))
            }
        }
    }
}

/// The match key: normalized, lower case, one tone style, one spelling for
/// the i/y pairs that never are two words (kỹ/kĩ, quý/quí), one apostrophe.
/// Diacritics stay. Lossy: spelling and case of the words are gone.
pub fn key(text: &str) -> String {
    let lower = normalize(text).to_lowercase();
    let mut out = String::with_capacity(lower.len());
    let mut rest = lower.as_str();
    while let Some(c) = rest.chars().next() {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if end == 0 {
            out.push(if matches!(c, '‘' | '’') { '\'' } else { c });
            rest = &rest[c.len_utf8()..];
        } else {
            let (word, behind) = rest.split_at(end);
            out.push_str(Y_FORMS.get(word).copied().unwrap_or(word));
            rest = behind;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fold_drops_marks_and_case() {
        assert_eq!(fold("Vĩnh Phúc"), "vinh phuc");
        assert_eq!(fold("ĐƯỜNG Ðặng, nƣớc"), "duong dang, nuoc");
        assert_eq!(fold("hoa\u{300} Bi\u{300}nh"), "hoa binh");
        assert_eq!(fold("Kỹ – kĩ"), "ky - ki");
        assert_eq!(fold("Äpfel, İzmir"), "apfel, izmir");
    }

    #[test]
    fn key_keeps_marks_and_folds_style() {
        assert_eq!(key("Hoà BÌNH"), key("hòa bình"));
        assert_ne!(key("hòa"), key("hóa"));
        assert_eq!(key("Kĩ thuật quí, chiến sĩ"), "kỹ thuật quý, chiến sỹ");
        assert_eq!(key("kính, sinh"), "kính, sinh");
        assert_eq!(key("Ea H’leo"), key("Ea H'leo"));
        // Names and words that i and y tell apart.
        assert_ne!(key("Vy"), key("Vi"));
        assert_ne!(key("ty"), key("ti"));
    }

    #[test]
    fn pairs_differ_in_one_letter_only() {
        for (i, y) in Y_FORMS.iter().map(|(i, y)| (fold(i), fold(y))) {
            assert_eq!(i.replace('i', "y"), y);
        }
    }
}
