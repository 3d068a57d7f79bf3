//! Whether a letter that looks like a Latin one stands in a Latin word.
//!
//! Cyrillic, Greek and wide letters are look-alikes only there: КН in
//! “240/КН-UBND” is KH, while Москва stays what it is.

use super::confusables::{Becomes, Class, becomes, class, settled};

/// The word, symbol or number that was last looked at.
#[derive(Default)]
pub(super) struct Token {
    /// Its end in the text as read.
    end: usize,
    latin: bool,
}

impl Token {
    /// Whether the token around `at` has Latin letters or digits, and no
    /// letters but those and their look-alikes. Asked from left to right.
    pub(super) fn is_latin(&mut self, raw: &str, at: usize) -> bool {
        if at < self.end {
            return self.latin;
        }
        // A sign that joins the letter behind it is of no token itself.
        let joins = raw[at..].chars().take_while(|&c| !is_in_token(c));
        let at = at + joins.map(char::len_utf8).sum::<usize>();
        let (mut latin, mut foreign) = (false, false);
        let mut look = |c: char| {
            let c = settled(c);
            latin |= c.is_ascii_digit() || is_latin(c);
            foreign |= c.is_alphabetic()
                && !is_latin(c)
                && !matches!(becomes(c), Some(Becomes::InWord(_)))
                && class(c) != Class::Mark;
        };
        let before = raw[..at].chars().rev();
        before.take_while(|&c| is_in_token(c)).for_each(&mut look);
        self.end = at;
        for c in raw[at..].chars().take_while(|&c| is_in_token(c)) {
            look(c);
            self.end += c.len_utf8();
        }
        self.latin = latin && !foreign;
        self.latin
    }
}

/// Letters, digits, dashes and slashes, with what belongs to them.
fn is_in_token(c: char) -> bool {
    match class(c) {
        Class::Drop | Class::DropMark | Class::Mark => true,
        Class::Blank => false,
        _ => {
            let c = settled(c);
            c.is_alphanumeric() || matches!(c, '-' | '/')
        }
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (c.is_alphabetic()
            && matches!(c as u32, 0xAA..=0x24F | 0x1E00..=0x1EFF))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_latin_or_not() {
        let is_latin = |raw: &str, at| Token::default().is_latin(raw, at);
        assert!(is_latin("số 240/\u{41a}\u{41d}-UBND", 9));
        assert!(is_latin("\u{41a}\u{200b}\u{41d}–UBND.", 0));
        assert!(is_latin("5\u{41a}", 1));
        assert!(!is_latin("\u{41a}\u{41d}, UBND", 0));
        // и has no Latin look-alike.
        assert!(!is_latin("\u{41a}\u{438}-UBND", 0));
    }

    #[test]
    fn a_sign_before_a_letter_ends_the_token() {
        let is_latin = |raw: &str, at| Token::default().is_latin(raw, at);
        // U+0600 stands in one cluster with the omicron behind it.
        assert!(!is_latin("Do\u{600}\u{3bf}\u{3bf}", 2));
        assert!(is_latin("\u{600}\u{3bf}n", 0));
    }

    #[test]
    fn the_next_token_is_looked_at_anew() {
        let mut token = Token::default();
        let raw = "\u{41a} \u{41a}-B";
        assert!(!token.is_latin(raw, 0));
        assert!(token.is_latin(raw, 3));
    }
}
