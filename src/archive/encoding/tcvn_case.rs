//! Capitals of TCVN3: its fonts have no capitals with tones. A word in
//! capitals was typed with small toned letters and set in a font whose small
//! letters look like capitals, so that it reads `QUYếT ĐịNH`.

/// What the letters of a word say about its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Two capitals at least and no plain small letter.
    Upper,
    /// A plain small letter.
    Lower,
    /// Neither: `Uỷ`, `ở`.
    Open,
}

/// Raises the small toned letters of words in capitals. A word that says
/// nothing itself follows its neighbours on the line.
pub(super) fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        mend_line(line, &mut out);
    }
    out
}

fn mend_line(line: &str, out: &mut String) {
    let words = words(line);
    let mut at = 0;
    for (i, &(start, end, case)) in words.iter().enumerate() {
        let word = &line[start..end];
        out.push_str(&line[at..start]);
        if case == Case::Upper || (case == Case::Open && among(&words, i)) {
            out.extend(word.chars().flat_map(char::to_uppercase));
        } else {
            out.push_str(word);
        }
        at = end;
    }
    out.push_str(&line[at..]);
}

/// Whether the nearest words that say something are in capitals, on both
/// sides where there are any, and on one side at least.
fn among(words: &[(usize, usize, Case)], i: usize) -> bool {
    let says = |w: &&(usize, usize, Case)| w.2 != Case::Open;
    let before = words[..i].iter().rev().find(says);
    let after = words[i + 1..].iter().find(says);
    let mut sides = before.iter().chain(after.iter()).peekable();
    sides.peek().is_some() && sides.all(|w| w.2 == Case::Upper)
}

fn words(line: &str) -> Vec<(usize, usize, Case)> {
    let mut words = Vec::new();
    let mut start = None;
    for (i, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (start, c.is_alphabetic()) {
            (None, true) => start = Some(i),
            (Some(from), false) => {
                words.push((from, i, case(&line[from..i])));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn case(word: &str) -> Case {
    if word.chars().any(|c| c.is_ascii_lowercase()) {
        Case::Lower
    } else if word.chars().filter(|c| c.is_uppercase()).count() >= 2 {
        Case::Upper
    } else {
        Case::Open
    }
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn words_in_capitals_are_raised_whole() {
        assert_eq!(mend("QUYếT ĐịNH số 5/QĐ"), "QUYẾT ĐỊNH số 5/QĐ");
        assert_eq!(mend("ủY BAN NHâN DâN TỉNH"), "ỦY BAN NHÂN DÂN TỈNH");
    }

    #[test]
    fn a_word_that_says_nothing_follows_its_neighbours() {
        assert_eq!(mend("CHỉ ở NHà KHI"), "CHỈ Ở NHÀ KHI");
        assert_eq!(mend("Uỷ ban ở tỉnh"), "Uỷ ban ở tỉnh");
        assert_eq!(mend("UBND ở xã"), "UBND ở xã");
        assert_eq!(mend("ở"), "ở");
    }
}
