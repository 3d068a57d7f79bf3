//! Where sentences end.
//!
//! A full stop ends a sentence before a blank and anything but a small
//! letter, and also where the blank was forgotten (“dịch.Theo đó”). It does
//! not after an abbreviation (`abbreviations.tsv`), between digits (16.9.2021,
//! 3.000), or behind the number of a list item (“1. Thi đua”). A line break
//! ends a sentence unless the next line goes on in small letters.

use super::span::{Norm, Span};
use super::table;
use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

/// Abbreviations in lower case without the last stop, and whether a sentence
/// may end with them.
static ABBREVIATIONS: LazyLock<HashMap<String, bool>> = LazyLock::new(|| {
    table::rows(include_str!("abbreviations.tsv"))
        .map(|cells| match cells[..] {
            [word, ends, _, _] => (word.to_lowercase(), ends == "yes"),
            _ => panic!("bad row: {cells:?}"),
        })
        .collect()
});

/// Abbreviations that stand for one thing, with what that is.
pub fn abbreviations() -> Vec<(&'static str, &'static str)> {
    table::rows(include_str!("abbreviations.tsv"))
        .filter_map(|cells| match cells[..] {
            [word, _, means, _] if !means.contains([',', ';', '(']) => {
                Some((word, means))
            }
            _ => None,
        })
        .collect()
}

/// The sentences within a span of a normalized text, without blanks at their
/// ends; none is empty, and together they hold all that is not blank.
pub fn sentences(
    norm: &str,
    span: Span<Norm>,
) -> impl Iterator<Item = Span<Norm>> + '_ {
    let text = span.of(norm);
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].len() - text[at..].trim_start().len();
        if at == text.len() {
            return None;
        }
        let end = sentence_end(text, at);
        let words = text[at..end].trim_end();
        let start = span.start + at;
        at = end;
        Some(Span::new(start, start + words.len()))
    })
}

/// Whether a mark that may end a sentence begins with a byte.
fn may_end(byte: u8) -> bool {
    // No table: the compiler compares many bytes at a time.
    (byte == b'.')
        | (byte == b'\n')
        | (byte == b'!')
        | (byte == b'?')
        | (byte == 0xE2)
}

/// Where the next mark stands that may end a sentence.
fn next_mark(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = &bytes[from..];
    let (stretches, last) = rest.as_chunks::<16>();
    let any = |stretch: &[u8; 16]| {
        stretch.iter().fold(false, |any, b| any | may_end(*b))
    };
    for (i, stretch) in stretches.iter().enumerate() {
        if any(stretch) {
            let at = stretch.iter().position(|b| may_end(*b))?;
            return Some(from + 16 * i + at);
        }
    }
    let at = last.iter().position(|b| may_end(*b))?;
    Some(from + 16 * stretches.len() + at)
}

fn sentence_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut from = start;
    while let Some(at) = next_mark(bytes, from) {
        let end = match bytes[at] {
            b'\n' if breaks_line(&text[start..at], &text[at..]) => Some(at),
            b'!' | b'?' => end_of_marks(text, at),
            b'.' => end_of_stop(text, start, at),
            0xE2 if text[at..].starts_with('…') => end_of_marks(text, at),
            _ => None,
        };
        if let Some(end) = end {
            return end;
        }
        from = at + 1;
    }
    text.len()
}

/// Whether a sentence ends with the line: not if the next goes on in small
/// letters, or an abbreviation (“TP.”) waits for its name.
fn breaks_line(before: &str, rest: &str) -> bool {
    let next = rest[1..].chars().next();
    let waiting = next != Some('\n')
        && before
            .strip_suffix('.')
            .is_some_and(|head| abbreviation(last_word(head)) == Some(false));
    !waiting && !next.is_some_and(char::is_lowercase)
}

/// Behind stops, closing quotes and brackets.
fn behind_closers(text: &str, at: usize) -> usize {
    if matches!(text.as_bytes().get(at + 1), None | Some(b' ' | b'\n')) {
        return at + text[at..].chars().next().map_or(0, char::len_utf8);
    }
    let rest = text[at..].trim_start_matches([
        '.', '!', '?', '…', '”', '"', '’', '\'', ')', ']', '»',
    ]);
    text.len() - rest.len()
}

/// Where the sentence ends at “!”, “?” or “…”, if it does.
fn end_of_marks(text: &str, at: usize) -> Option<usize> {
    let end = behind_closers(text, at);
    ends_before(&text[end..]).then_some(end)
}

/// Whether a sentence may end before `rest`.
fn ends_before(rest: &str) -> bool {
    let words = rest.trim_start();
    let next = words
        .trim_start_matches(['“', '"', '‘', '\'', '(', '[', '«'])
        .chars()
        .next();
    (rest.is_empty() || words.len() < rest.len())
        && !next.is_some_and(char::is_lowercase)
        && !matches!(next, Some(',' | ';' | ':' | '.' | ')' | '/'))
}

/// Whether a sentence may end with a word, if that is an abbreviation.
fn abbreviation(word: &str) -> Option<bool> {
    /// The longest one of the table, in bytes.
    static LONGEST: LazyLock<usize> = LazyLock::new(|| {
        ABBREVIATIONS.keys().map(String::len).max().unwrap_or(0)
    });
    if word.len() > *LONGEST {
        return None;
    }
    ABBREVIATIONS.get(&word.to_lowercase()).copied()
}

fn end_of_stop(text: &str, start: usize, at: usize) -> Option<usize> {
    let end = behind_closers(text, at);
    let rest = &text[end..];
    let before = &text[start..at];
    let glued = end == at + 1 && is_glued_sentence(before, rest);
    if !glued && !ends_before(rest) {
        return None;
    }
    let word = last_word(before);
    if let Some(ends) = abbreviation(word) {
        // Initials and titles go on with a name, others with anything.
        return (ends && !glued).then_some(end);
    }
    if is_item_number(before, word) || is_initial(before, word) {
        return None;
    }
    Some(end)
}

/// “dịch.Theo đó”: a small letter before the stop, behind it a capital and a
/// small letter.
fn is_glued_sentence(before: &str, rest: &str) -> bool {
    let mut next = rest.chars();
    before.chars().next_back().is_some_and(char::is_lowercase)
        && next.next().is_some_and(char::is_uppercase)
        && next.next().is_some_and(char::is_lowercase)
}

/// The last word before a stop, with the stops inside it.
fn last_word(before: &str) -> &str {
    let bytes = before.as_bytes();
    let parts = |at: &usize| match bytes[*at] {
        b' ' | b'\n' | b'(' | b'[' | b'"' | b',' | b';' | b':' | b'/' => true,
        // “ and ‘
        0x9C | 0x98 => bytes[..*at].ends_with(&[0xE2, 0x80]),
        _ => false,
    };
    match (0..bytes.len()).rev().find(parts) {
        Some(at) => &before[at + 1..],
        None => before,
    }
}

/// Whether the stop belongs to the number of a list item or a heading: nothing
/// but “1”, “2.1”, “IV”, “a”, “Điều 4” before it on its line.
fn is_item_number(before: &str, word: &str) -> bool {
    let number = is_number(word);
    if !number && !is_letter(word) {
        return false;
    }
    let line = before.rsplit('\n').next().unwrap_or_default();
    let head = line[..line.len() - word.len()].trim_matches([' ', '“', '"']);
    match head {
        "" => true,
        // “Điều 4. Mục tiêu”, “Phần I. Quy định chung”.
        head => {
            number
                && head.starts_with(char::is_uppercase)
                && head.chars().all(char::is_alphabetic)
        }
    }
}

/// “3”, “2.1”, “3a”, “IV”.
fn is_number(word: &str) -> bool {
    if !word.starts_with(|c: char| c.is_ascii_digit() || "IVX".contains(c)) {
        return false;
    }
    let digits = word.split('.').all(|part| {
        let letters = part.trim_start_matches(|c: char| c.is_ascii_digit());
        (1..=3).contains(&(part.len() - letters.len()))
            && (letters.is_empty() || is_letter(letters))
    });
    let roman = (1..=5).contains(&word.len())
        && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    digits || roman
}

fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Whether the word is an initial, as in “A. Yersin”; after two capitalized
/// words (“anh Nguyễn Văn A.”) it ends a name and may end a sentence.
fn is_initial(before: &str, word: &str) -> bool {
    let mut letters = word.rsplit('.').next().unwrap_or_default().chars();
    let single =
        letters.next().is_some_and(|c| c.is_ascii_uppercase() || c == 'Đ')
            && letters.next().is_none();
    if !single {
        return false;
    }
    let head = before[..before.len() - word.len()].trim_end_matches(' ');
    let named = head
        .rsplit(' ')
        .take(2)
        .filter(|word| word.starts_with(char::is_uppercase))
        .count()
        == 2;
    !named
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences are parted by “ | ”.
    const PARTED: &[&str] = &[
        "Tỉnh phát động thi đua. | Các sở hưởng ứng! | Vì sao? | Vì dân.",
        "Từ 16.9.2021 có 3.000 người (tăng 2.5 lần) tham gia. | Kết thúc.",
        "TP.HCM, TP. Thủ Đức và Q. 1, P. Bến Nghé tham gia. | Hết.",
        "GS.TS. Trần Văn An và ThS.Lê Thị Ba dự. | PGS. Nguyễn Bốn chủ trì.",
        "KT. CHỦ TỊCH",
        "Gồm khẩu trang, xà phòng, v.v. | Các xã tự lo.",
        "Gồm khẩu trang, v.v. và nước sát khuẩn.",
        "Khoanh vùng, dập dịch.| Theo đó, tỉnh lập chốt.",
        "1. Thi đua học tập. | Đồng thời nêu gương.",
        "II. NỘI DUNG",
        "Điều 4. Tổ chức thực hiện. | Các sở chịu trách nhiệm.",
        "“3a. Hồ sơ gồm đơn và bản sao.”",
        "Họp ở châu Á. | Sau đó về nước.",
        "Báo cáo theo mẫu. /.",
        "a. Đối tượng. | Toàn dân.",
        "Ông nói: “Chúng tôi sẵn sàng.” | Sau đó ông ký.",
        "Ông nói: “Sẵn sàng!” rồi ký.",
        "Còn nữa… | Phần sau nói thêm.",
        "Còn… một việc nữa... và hết.",
        "Theo anh Nguyễn Văn A. | Hôm qua anh đến.",
        "Phố A. Yersin và T. Roosevelt.",
        "Dịch Covid-19. | 5 ngày sau thì hết.",
        "Xem vinhphuc.gov.vn, tệp A.pdf.",
        "Quyết định có hiệu lực kể từ ngày ký./.",
    ];

    #[test]
    fn sentences_are_parted() {
        for parted in PARTED {
            let text = parted.replace(".| ", ".").replace(" | ", " ");
            let expected: Vec<_> = parted.split('|').map(str::trim).collect();
            let found: Vec<_> = sentences(&text, (0..text.len()).into())
                .map(|s| s.of(&text))
                .collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn lines_end_sentences_unless_wrapped() {
        let text = "Thông báo\nTỉnh phát động\nphong trào ở TP.\nHồ Chí \
                    Minh.\n\n2. Hết";
        let found: Vec<_> = sentences(text, (0..text.len()).into())
            .map(|s| s.of(text))
            .collect();
        assert_eq!(
            found,
            [
                "Thông báo",
                "Tỉnh phát động\nphong trào ở TP.\nHồ Chí Minh.",
                "2. Hết"
            ]
        );
    }

    #[test]
    fn spans_count_from_the_text() {
        let text = "Một. Hai. Ba.";
        let found: Vec<_> = sentences(text, Span::new(7, text.len())).collect();
        assert_eq!(found[0].of(text), "Hai.");
        assert_eq!(found[1].of(text), "Ba.");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn abbreviations_are_sorted_and_sourced() {
        let rows = table::rows(include_str!("abbreviations.tsv"));
        let words: Vec<_> = rows
            .map(|cells| {
                assert_eq!(cells.len(), 4, "{cells:?}");
                assert!(cells.iter().all(|c| !c.is_empty()), "{cells:?}");
                assert!(matches!(cells[1], "yes" | "no"), "{cells:?}");
                cells[0]
            })
            .collect();
        assert!(words.is_sorted());
        assert_eq!(words.len(), ABBREVIATIONS.len());
    }
}
