//! UTF-8 that was read as Windows-1252 and saved again, undone.

use super::letters::byte_of;
use super::syllable::{is_common, is_syllable};
use std::iter::Peekable;
use std::str::Chars;

/// Undoes one wrong reading: runs of characters that stand for the bytes of
/// UTF-8 become the letters that those bytes are. Everything else stays.
///
/// Two usual losses are made good. The no-break space of “à” (C3 A0) has
/// become a blank; the five bytes that Windows-1252 leaves open have been
/// dropped.
pub(super) fn undo(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let wanted = match byte_of(c) {
            Some(byte) => length(byte),
            None => 1,
        };
        if wanted < 2 {
            out.push(c);
        } else if let Some(letter) = sequence(c, wanted, &chars) {
            out.push(letter);
            for _ in 1..wanted {
                chars.next();
            }
        } else {
            mend(c, &mut chars, &mut out);
        }
    }
    out
}

/// Bytes of the UTF-8 sequence that begins with a byte; 1 if none does.
fn length(byte: u8) -> usize {
    match byte {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    }
}

/// The letter whose bytes stand here.
fn sequence(
    first: char,
    wanted: usize,
    rest: &Peekable<Chars>,
) -> Option<char> {
    let mut bytes = [0; 4];
    bytes[0] = byte_of(first)?;
    let mut rest = rest.clone();
    for byte in &mut bytes[1..wanted] {
        *byte = byte_of(rest.next()?)?;
    }
    let letter = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
    is_expected(letter).then_some(letter)
}

/// What may come out: Vietnamese letters, tone marks, punctuation, signs, or
/// the characters of another wrong reading. Anything else, such as the open
/// o that the bytes of “É”” happen to be, was no wrong reading.
fn is_expected(c: char) -> bool {
    byte_of(c).is_some()
        || is_syllable(c.encode_utf8(&mut [0; 4]))
        || matches!(c,
            'đ' | 'Đ' | '\u{1ef2}'..='\u{1ef9}'
            | '\u{300}'..='\u{31b}' | '\u{323}'
            | '\u{2000}'..='\u{22ff}' | '\u{feff}' | '\u{1f000}'..)
}

/// A sequence with a byte missing.
fn mend(c: char, chars: &mut Peekable<Chars>, out: &mut String) {
    let mut ahead = chars.clone();
    match (c, ahead.next()) {
        // C3 A0 whose no-break space became a blank.
        ('Ã', Some(' ')) => {
            out.push('à');
            chars.next();
            if chars.peek() != Some(&' ') && !joins(out, chars) {
                out.push(' ');
            }
        }
        ('Ã', None) => out.push('à'),
        // C4 90 without its 90.
        ('Ä', Some(next)) if next.is_alphabetic() => out.push('Đ'),
        // E1 BB and one of 81 8D 8F 9D, dropped.
        ('á', Some('»')) => {
            chars.next();
            out.push(dropped(out, chars));
        }
        _ => out.push(c),
    }
}

/// Whether the blank after a mended “à” is a leftover inside a word.
fn joins(out: &str, chars: &Peekable<Chars>) -> bool {
    let tail: String =
        chars.clone().take_while(char::is_ascii_alphabetic).collect();
    let whole = format!("{}{tail}", last_word(out));
    is_syllable(&whole)
        && (tail.len() == 1 || !is_syllable(&tail))
        && !tail.is_empty()
}

/// The letter among four that makes a syllable, if just one does or one
/// makes a frequent syllable.
fn dropped(out: &str, chars: &Peekable<Chars>) -> char {
    let head = last_word(out);
    let tail: String =
        chars.clone().take_while(char::is_ascii_alphabetic).collect();
    let word = |c: char| format!("{head}{c}{tail}");
    let built: Vec<char> = ['ề', 'ọ', 'ỏ', 'ờ']
        .into_iter()
        .filter(|&c| is_syllable(&word(c)))
        .collect();
    let common = built.iter().find(|&&c| is_common(&word(c)));
    match built[..] {
        [only] => only,
        _ => common.copied().unwrap_or('\u{fffd}'),
    }
}

fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(text.len(), |(i, _)| i);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::encoding::letters::char_of;

    fn misread(text: &str) -> String {
        text.bytes().map(char_of).collect()
    }

    #[test]
    fn one_wrong_reading_is_undone() {
        let text = "Đồng chí “Chủ tịch” yêu cầu: ở, ọc, Ỏ, Ạ, ề – à… Ð";
        assert_eq!(undo(&misread(text)), text);
        assert_eq!(undo(&undo(&misread(&misread(text)))), text);
    }

    #[test]
    fn lost_bytes_are_made_good() {
        let lost: String = misread("Điều nào cũng làm, người học và dân")
            .chars()
            .filter(|c| !matches!(c, '\u{80}'..='\u{9f}'))
            .map(|c| if c == '\u{a0}' { ' ' } else { c })
            .collect();
        assert_eq!(undo(&lost), "Điều nào cũng làm, người học và dân");
    }

    #[test]
    fn real_letters_stay() {
        let text = "“É”, “façade”, Ä, à la carte, Đắk Lắk, ủy ban";
        assert_eq!(undo(text), text);
    }
}
