//! A query cut into signs and pieces.

use super::error::{QueryError, is_unseen, quoted};
use super::{Field, MAX_WORDS, Word, field};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// One sign or piece, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) place: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `*`, which finds everything.
    Everything,
    /// The name of a field with its colon.
    Field(Field),
    /// What stands between quotes; the place is that of the words alone.
    Phrase,
    /// Words without a blank between them.
    Chunk,
}

/// Signs that mean something elsewhere, but nothing here.
const FOREIGN: &[char] =
    &['{', '}', '[', ']', '<', '>', '\\', '^', '~', '|', '=', '`'];

/// Cuts a query.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>, QueryError> {
    let mut lexer = Lexer { query, at: 0, value: false, out: Vec::new() };
    while lexer.step()? {}
    Ok(lexer.out)
}

struct Lexer<'q> {
    query: &'q str,
    at: usize,
    /// Whether the value of a field comes next.
    value: bool,
    out: Vec<Token>,
}

impl Lexer<'_> {
    /// Takes the next sign or piece; `false` at the end.
    fn step(&mut self) -> Result<bool, QueryError> {
        let rest = &self.query[self.at..];
        let Some(c) = rest.chars().next() else { return Ok(false) };
        let sign = self.at..self.at + c.len_utf8();
        if is_blank(c) {
            self.at = sign.end;
        } else if is_unseen(c) {
            return Err(unseen(c, sign));
        } else if let Some(kind) = parenthesis(c) {
            self.push(kind, sign);
        } else if is_quote(c) {
            self.phrase(c, sign)?;
        } else {
            self.chunk()?;
        }
        Ok(true)
    }

    fn push(&mut self, kind: Kind, place: Range<usize>) {
        self.at = place.end;
        self.value = matches!(kind, Kind::Field(_));
        self.out.push(Token { kind, place });
    }

    /// What stands between quotes.
    fn phrase(&mut self, open: char, sign: Range<usize>) -> Found {
        let inner = &self.query[sign.end..];
        let Some((length, close)) = closing(open, inner) else {
            return Err(QueryError::new(
                sign,
                "this quotation mark is not closed",
            )
            .hint("put \" behind the last word of the phrase"));
        };
        let place = sign.end..sign.end + length;
        for (i, c) in inner[..length].char_indices() {
            if is_unseen(c) && !is_blank(c) {
                let start = sign.end + i;
                return Err(unseen(c, start..start + c.len_utf8()));
            }
        }
        let behind = place.end + close;
        self.push(Kind::Phrase, place);
        self.at = behind;
        Ok(())
    }

    /// Words up to the next blank, quote or parenthesis.
    fn chunk(&mut self) -> Found {
        let rest = &self.query[self.at..];
        let ends =
            |c: char| is_blank(c) || is_quote(c) || parenthesis(c).is_some();
        let place = self.at..self.at + rest.find(ends).unwrap_or(rest.len());
        if self.value {
            return self.words(place);
        }
        let text = &self.query[place.clone()];
        let operator = match text {
            "AND" => Some(Kind::And),
            "OR" => Some(Kind::Or),
            "NOT" => Some(Kind::Not),
            "*" => Some(Kind::Everything),
            _ => None,
        };
        if let Some(kind) = operator {
            self.push(kind, place);
            return Ok(());
        }
        if let Some(behind) = text.strip_prefix('-') {
            return self.minus(place, behind);
        }
        self.plain(place)
    }

    /// A piece that begins with `-`: it excludes the word behind it. Between
    /// blanks (`Bà Rịa - Vũng Tàu`) and before mere figures (`COVID -19`) it
    /// is the dash of a text.
    fn minus(&mut self, place: Range<usize>, behind: &str) -> Found {
        let sign = place.start..place.start + 1;
        let next = self.query[sign.end..].chars().next();
        match next {
            Some('-') => Err(QueryError::new(
                place,
                "`-` excludes the word right behind it; here stands another `-`",
            )
            .hint("write -word, or put the words between quotes")),
            Some(c) if is_quote(c) || parenthesis(c) == Some(Kind::Open) => {
                self.push(Kind::Not, sign);
                Ok(())
            }
            Some(_) if behind.contains(char::is_alphabetic) => {
                self.push(Kind::Not, sign.clone());
                self.plain(sign.end..place.end)
            }
            _ if behind.is_empty() => {
                self.at = place.end;
                Ok(())
            }
            _ => self.plain(sign.end..place.end),
        }
    }

    /// A piece that may begin with the name of a field.
    fn plain(&mut self, place: Range<usize>) -> Found {
        let text = &self.query[place.clone()];
        let Some(colon) = text.find([':', '：']) else {
            return self.words(place);
        };
        let sign = text[colon..].chars().next().map_or(1, char::len_utf8);
        let (name, behind) = (&text[..colon], &text[colon + sign..]);
        let named = name.chars().all(is_word_char)
            && name.chars().any(char::is_alphabetic);
        if !named {
            return self.words(place);
        }
        let head = place.start..place.start + colon + sign;
        if let Some(field) = Field::named(name) {
            self.push(Kind::Field(field), head);
            return Ok(());
        }
        // `Hà Nội: ra quân` and `https://…` are words of a text.
        let next = self.query[head.end..].chars().next();
        let value = next.is_some_and(|c| is_word_char(c) || is_quote(c));
        let figures = name.starts_with(|c: char| c.is_ascii_digit());
        if !value || figures || behind.starts_with('/') {
            return self.words(place);
        }
        let error =
            QueryError::new(head, format!("unknown field `{}:`", quoted(name)));
        Err(match field::near(name) {
            Some(near) => error.hint(format!("did you mean `{near}:`?")),
            None => error.hint(format!(
                "the fields are {}; words with a colon go between quotes",
                names()
            )),
        })
    }

    /// A piece of words; signs that mean nothing here are refused.
    fn words(&mut self, place: Range<usize>) -> Found {
        let text = &self.query[place.clone()];
        let word_at = |i: usize| {
            text[i..].chars().next().is_some_and(char::is_alphanumeric)
        };
        let mut before = ' ';
        for (i, c) in text.char_indices() {
            let start = place.start + i;
            let sign = start..start + c.len_utf8();
            if is_unseen(c) {
                return Err(unseen(c, sign));
            }
            if FOREIGN.contains(&c) {
                return Err(foreign(c, sign));
            }
            let wild = c == '*'
                || c == '?' && before.is_alphanumeric() && word_at(i + 1);
            if wild {
                return Err(QueryError::new(
                    sign,
                    format!("`{c}` stands for no letters here"),
                )
                .hint("words are found whole, with and without tone marks; * alone finds everything"));
            }
            before = c;
        }
        self.push(Kind::Chunk, place);
        Ok(())
    }
}

type Found = Result<(), QueryError>;

fn names() -> String {
    let names: Vec<&str> = Field::all().map(Field::name).collect();
    names.join(", ")
}

fn foreign(c: char, place: Range<usize>) -> QueryError {
    let error = QueryError::new(place, format!("`{c}` has no meaning here"));
    match c {
        '|' => error.hint("write OR between the words"),
        '<' | '>' | '=' => {
            error.hint("write a range as issued:2021-09..2021-12")
        }
        _ => error.hint(
            "put the words between quotes to search for them as they stand",
        ),
    }
}

fn unseen(c: char, place: Range<usize>) -> QueryError {
    QueryError::new(
        place,
        format!("a control character (U+{:04X}) in the query", c as u32),
    )
    .hint("take it out")
}

fn parenthesis(c: char) -> Option<Kind> {
    match c {
        '(' | '（' => Some(Kind::Open),
        ')' | '）' => Some(Kind::Close),
        _ => None,
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// Blanks, and marks of direction that a copied text brings along.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Where a phrase that was opened by `open` ends, and the length of the sign
/// that closes it. `“` looks for its own kind first, so that straight quotes
/// may stand inside.
fn closing(open: char, inner: &str) -> Option<(usize, usize)> {
    let own = match open {
        '“' | '„' | '‟' => '”',
        '«' => '»',
        other => other,
    };
    let found = inner.find(own).or_else(|| inner.find(is_quote))?;
    let length = inner[found..].chars().next().map_or(1, char::len_utf8);
    Some((found, length))
}

/// Letters, digits, the marks on them, and what is not seen inside words.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
        || is_combining_mark(c)
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

/// The words at a place of a query; no more than one over the limit.
pub(super) fn words(query: &str, place: Range<usize>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut push = |from: usize, to: usize| {
        let typed = &query[from..to];
        if out.len() <= MAX_WORDS && typed.contains(char::is_alphanumeric) {
            out.push(Word::new(typed, from..to));
        }
    };
    let mut start = None;
    for (i, c) in query[place.clone()].char_indices() {
        let at = place.start + i;
        match (is_word_char(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(from, at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        push(from, place.end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(query: &str) -> Vec<(Kind, &str)> {
        let tokens = tokens(query).unwrap();
        tokens.into_iter().map(|t| (t.kind, &query[t.place])).collect()
    }

    #[test]
    fn a_query_is_cut_into_signs_and_pieces() {
        assert_eq!(
            kinds("issuer:UBND (a OR “b c”) -d AND *"),
            [
                (Kind::Field(Field::Issuer), "issuer:"),
                (Kind::Chunk, "UBND"),
                (Kind::Open, "("),
                (Kind::Chunk, "a"),
                (Kind::Or, "OR"),
                (Kind::Phrase, "b c"),
                (Kind::Close, ")"),
                (Kind::Not, "-"),
                (Kind::Chunk, "d"),
                (Kind::And, "AND"),
                (Kind::Everything, "*"),
            ]
        );
        assert_eq!(
            kinds("tỉnh： Hà"),
            [(Kind::Field(Field::Province), "tỉnh："), (Kind::Chunk, "Hà")]
        );
    }

    #[test]
    fn signs_of_a_pasted_text_are_no_operators() {
        for text in [
            "Bà Rịa - Vũng Tàu",
            "COVID -19",
            "Vĩnh Phúc: ra quân",
            "10:30",
            "https://vinhphuc.gov.vn/tin",
            "và hoặc không",
            "KHÔNG AI",
            "là gì?",
            "GD&ĐT",
            "Ea H'leo",
        ] {
            let kinds = kinds(text);
            assert!(kinds.iter().all(|t| t.0 == Kind::Chunk), "{kinds:?}");
        }
    }

    #[test]
    fn straight_quotes_may_stand_between_curly_ones() {
        assert_eq!(
            kinds("“giữ vững \"vùng xanh\" 2021”"),
            [(Kind::Phrase, "giữ vững \"vùng xanh\" 2021")]
        );
        assert_eq!(kinds("“vùng xanh\""), [(Kind::Phrase, "vùng xanh")]);
    }

    #[test]
    fn words_are_cut_at_signs_and_keep_their_marks() {
        let query = "240/KH-UBND, ho\u{300}a GD&ĐT";
        let words = words(query, 0..query.len());
        let keys: Vec<&str> = words.iter().map(|w| w.key.as_str()).collect();
        assert_eq!(keys, ["240", "kh", "ubnd", "hòa", "gd", "đt"]);
        assert_eq!(words[3].folded, "hoa");
        assert!(words[3].marked && !words[2].marked && words[5].marked);
    }
}
