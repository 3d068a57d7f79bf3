//! Whether a word is built like a Vietnamese syllable: onset, rhyme, at most
//! one tone.

use super::letters::Vowel;
use super::tone;

/// Letters of the longest syllable, nghiêng.
const LONGEST: usize = 7;

/// Whether a word in NFC is built like a Vietnamese syllable, in any case:
/// a known onset and rhyme, one tone at most, and only sắc or nặng before
/// p, t, c and ch. A word without any mark is one too (`tin`), unless its
/// rhyme has no such form (`duong` is đường without its marks: for that ask
/// [`is_bare_syllable`]).
pub fn is_syllable(word: &str) -> bool {
    let mut plain = Vec::with_capacity(LONGEST);
    let mut tone = 0;
    for c in word.chars() {
        if plain.len() == LONGEST {
            return false;
        }
        match Vowel::of(c) {
            Some(vowel) => {
                if vowel.tone != 0 && tone != 0 {
                    return false;
                }
                tone = tone.max(vowel.tone);
                plain.push(vowel.plain());
            }
            None if c == 'Đ' => plain.push('đ'),
            None => plain.push(c.to_ascii_lowercase()),
        }
    }
    let closed = matches!(&*plain, [.., 'c' | 'p' | 't'] | [.., 'c', 'h']);
    (!closed || matches!(tone, 0 | 2 | 5)) && built(&plain, tone::is_rhyme)
}

/// Whether a word of ASCII letters is a syllable that has lost its marks, or
/// never had any: `duong`, `phuc`, `tin`.
pub fn is_bare_syllable(word: &str) -> bool {
    let plain: Vec<char> =
        word.chars().map(|c| c.to_ascii_lowercase()).collect();
    plain.len() <= LONGEST
        && plain.iter().all(char::is_ascii_lowercase)
        && built(&plain, tone::is_bare_rhyme)
}

/// The syllables that are `bare`, a word of small ASCII letters, with marks
/// added, as match keys ([`key`](super::key)): năm, nắm, … for nam.
pub fn marked_forms(bare: &str) -> Vec<String> {
    let plain =
        bare.len() <= LONGEST && bare.bytes().all(|b| b.is_ascii_lowercase());
    let mut shapes = vec![String::new()];
    for letter in bare.chars().filter(|_| plain) {
        let longer = |shape: &String| {
            let shape = shape.clone();
            letter_shapes(letter).map(move |c| format!("{shape}{c}"))
        };
        shapes = shapes.iter().flat_map(longer).collect();
    }
    let mut out: Vec<String> = Vec::new();
    for shape in shapes {
        for (at, c) in shape.char_indices() {
            let Some(vowel) = Vowel::of(c) else { continue };
            for tone in 0..6 {
                let mut form = shape.clone();
                let toned = vowel.with_tone(tone).lower().to_string();
                form.replace_range(at..at + c.len_utf8(), &toned);
                if form != bare && is_syllable(&form) {
                    out.push(super::key(&form));
                }
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The small letters that are this one without marks.
fn letter_shapes(letter: char) -> impl Iterator<Item = char> {
    let others: &[char] = match letter {
        'a' => &['ă', 'â'],
        'd' => &['đ'],
        'e' => &['ê'],
        'o' => &['ô', 'ơ'],
        'u' => &['ư'],
        _ => &[],
    };
    std::iter::once(letter).chain(others.iter().copied())
}

/// Whether an onset and a rhyme go together.
fn built(plain: &[char], is_rhyme: fn(&[char]) -> bool) -> bool {
    tone::onsets(plain).any(|length| {
        let (onset, rhyme) = plain.split_at(length.min(plain.len()));
        let front = matches!(rhyme, ['e' | 'ê' | 'i' | 'y', ..]);
        let fits = match onset {
            ['c'] | ['n', 'g'] => !front,
            ['k'] | ['g', 'h'] | ['n', 'g', 'h'] => front,
            ['g'] => !front || matches!(rhyme, ['i', ..]),
            _ => true,
        };
        fits && is_rhyme(rhyme)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_word_has_all_its_marked_forms() {
        let forms = marked_forms("nam");
        for form in ["năm", "nắm", "nằm", "nám", "nấm", "nậm"] {
            assert!(forms.iter().any(|f| f == form), "{form}");
        }
        assert!(!forms.iter().any(|f| f == "nam"));
        let forms = marked_forms("dat");
        assert!(
            ["đất", "đạt", "dắt"].iter().all(|f| forms.contains(&(*f).into()))
        );
        // Only sắc and nặng before t.
        assert!(!forms.contains(&"đàt".to_owned()));
        assert!(marked_forms("hoa").contains(&"hòa".to_owned()));
        assert!(marked_forms("240").is_empty());
        assert!(marked_forms("nghiengg").is_empty());
    }

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in [
            "phúc",
            "Vĩnh",
            "ĐƯỜNG",
            "nghiêng",
            "gì",
            "giếng",
            "quốc",
            "ủy",
            "tin",
            "an",
            "yêu",
            "khuỷu",
            "hoà",
            "học",
            "ở",
            "xanh",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in [
            "vinhx",
            "phucs",
            "café",
            "hòc",
            "über",
            "đ",
            "kà",
            "cê",
            "",
            "ubnd",
            "duong",
            "nghiêngg",
            "việtn",
            "áá",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn a_syllable_may_have_lost_its_marks() {
        for word in ["duong", "phuc", "tin", "Nghieng", "uy", "quoc"] {
            assert!(is_bare_syllable(word), "{word}");
        }
        for word in ["vinhx", "phucs", "dduowngf", "covid", "vinh4", ""] {
            assert!(!is_bare_syllable(word), "{word}");
        }
    }
}
