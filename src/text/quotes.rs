//! Pairs of quotation marks, nested and mismatched ones too.
//!
//! “ « „ open, ” » close, and the straight " opens after a blank or an
//! opening bracket and closes elsewhere. A mark of the wrong shape in an
//! unmistakable place (vùng xanh“, or ”mỗi nhà) is taken for what the place
//! says. The innermost open quote is closed first; the end of a paragraph
//! closes none, it only forgets what is open.
//!
//! Marks that found a partner become “ and ”; the others stay as they are.
//! Single quotes ‘…’ are paired only between a blank and a blank or
//! punctuation mark, and never changed, since the same characters are
//! apostrophes in R'lấp and S'tiêng.
//!
//! The role of a mark depends on its shape, its neighbours and whether a
//! quote is open, and stays the same once its shape fits it: so pairing what
//! is paired changes nothing.

use super::confusables::{is_double_quote, is_single_quote};
use super::normalize::{Edit, Repair};
use super::span::{Norm, Span};

/// A passage between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// With its marks.
    pub outer: Span<Norm>,
    /// Without.
    pub inner: Span<Norm>,
    /// How many quotes it stands inside.
    pub depth: u8,
    /// Whether a mark of another shape was read as its opener or closer.
    pub repaired: bool,
    /// “…” rather than ‘…’.
    pub double: bool,
}

impl Quote {
    pub(super) fn shift(&mut self, to: impl Fn(usize) -> usize) {
        for span in [&mut self.outer, &mut self.inner] {
            *span = Span::new(to(span.start), to(span.end));
        }
    }
}

/// A quotation mark in its place.
struct Mark {
    at: usize,
    c: char,
    /// What stands before the marks that it touches; `None` for the start of
    /// a line.
    before: Option<char>,
    /// What stands behind them; `None` for the end of a line.
    behind: Option<char>,
    /// Whether the paragraph before it ended.
    starts_paragraph: bool,
}

impl Mark {
    fn follows_digit(&self) -> bool {
        self.before.is_some_and(|c| c.is_ascii_digit())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
}

/// Two marks by their index.
struct Pair {
    open: usize,
    close: usize,
}

/// Pairs the marks at `marks`, sorted by their place. The quotes come sorted
/// by their start.
pub(super) fn pair(
    text: &str,
    marks: &[usize],
    edits: &mut Vec<Edit>,
    repairs: &mut Vec<Repair>,
) -> Vec<Quote> {
    let marks = look_around(text, marks);
    let double = pair_double(&marks, repairs);
    let single = pair_single(&marks, &double);
    let mut quotes = Vec::with_capacity(double.len() + single.len());
    for pair in &double {
        let (open, close) = (&marks[pair.open], &marks[pair.close]);
        let repaired = is_mismatched(open.c, close.c);
        if repaired {
            repairs.push(Repair {
                at: if opens(open.c) { close.at } else { open.at },
                what: "quotation marks of different shapes taken as a pair",
            });
        }
        for (mark, to) in [(open, '“'), (close, '”')] {
            if mark.c != to {
                edits.push(Edit { at: mark.at, to });
            }
        }
        quotes.push(quote(open, close, repaired, true));
    }
    for pair in &single {
        quotes.push(quote(&marks[pair.open], &marks[pair.close], false, false));
    }
    quotes.sort_unstable_by_key(|quote| quote.outer.start);
    let mut open: Vec<usize> = Vec::new();
    for quote in &mut quotes {
        while open.pop_if(|end| *end <= quote.outer.start).is_some() {}
        quote.depth = u8::try_from(open.len()).unwrap_or(u8::MAX);
        open.push(quote.outer.end);
    }
    quotes
}

fn quote(open: &Mark, close: &Mark, repaired: bool, double: bool) -> Quote {
    Quote {
        outer: Span::new(open.at, close.at + close.c.len_utf8()),
        inner: Span::new(open.at + open.c.len_utf8(), close.at),
        depth: 0,
        repaired,
        double,
    }
}

/// Whether a mark has the shape of an opener.
fn opens(c: char) -> bool {
    matches!(c, '“' | '„' | '‟' | '«' | '「' | '『' | '〝')
}

/// Whether two marks are not a usual pair.
fn is_mismatched(open: char, close: char) -> bool {
    match open {
        '"' => close != '"',
        '„' => !matches!(close, '“' | '”' | '‟'),
        '“' | '‟' => close != '”',
        '«' => close != '»',
        '「' => close != '」',
        '『' => close != '』',
        '〝' => close != '〞',
        _ => true,
    }
}

fn look_around(text: &str, at: &[usize]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::with_capacity(at.len());
    let mut group = 0;
    let mut end = 0;
    for &at in at {
        let Some(c) = text[at..].chars().next() else { continue };
        let touching = at == end && !marks.is_empty();
        if !touching {
            settle_behind(text, &mut marks[group..], end);
            group = marks.len();
        }
        let before = if touching {
            marks.last().and_then(|mark| mark.before)
        } else {
            text[..at].chars().next_back().filter(|&c| c != '\n')
        };
        let starts_paragraph =
            !touching && paragraph_ends(&text[end..], at - end);
        marks.push(Mark { at, c, before, behind: None, starts_paragraph });
        end = at + c.len_utf8();
    }
    settle_behind(text, &mut marks[group..], end);
    marks
}

fn settle_behind(text: &str, group: &mut [Mark], end: usize) {
    // Three stops are what “…” is, not the end of a sentence.
    let behind = match text[end..].chars().next() {
        Some('.') if text[end..].starts_with("..") => Some('…'),
        c => c.filter(|&c| c != '\n'),
    };
    for mark in group {
        mark.behind = behind;
    }
}

/// Whether a paragraph ends within the first `len` bytes. A line that goes on
/// in small letters, or ends in a comma, was only wrapped.
fn paragraph_ends(text: &str, len: usize) -> bool {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..len]).any(|at| {
        let next = text[at + 1..].chars().next();
        let wrapped = next != Some('\n')
            && !text[..at].ends_with('\n')
            && (text[..at].ends_with(',')
                || next.is_some_and(char::is_lowercase));
        !wrapped
    })
}

fn pair_double(marks: &[Mark], repairs: &mut Vec<Repair>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let doubles = |mark: &Mark| is_double_quote(mark.c);
    for (i, mark) in marks.iter().enumerate() {
        if mark.starts_paragraph {
            report_unclosed(marks, &mut open, repairs);
        }
        if !doubles(mark) {
            continue;
        }
        match role(mark, open.last().map(|&i| marks[i].c)) {
            Role::Open => open.push(i),
            Role::Close => match open.pop() {
                Some(opener) => pairs.push(Pair { open: opener, close: i }),
                // Breadcrumbs; seconds of arc, inches.
                None if mark.c == '»' || mark.follows_digit() => {}
                None => repairs.push(Repair {
                    at: mark.at,
                    what: "a quotation mark closes nothing",
                }),
            },
        }
    }
    report_unclosed(marks, &mut open, repairs);
    pairs
}

fn report_unclosed(
    marks: &[Mark],
    open: &mut Vec<usize>,
    repairs: &mut Vec<Repair>,
) {
    repairs.extend(open.drain(..).map(|i| Repair {
        at: marks[i].at,
        what: "a quotation mark is never closed",
    }));
}

/// Whether the mark opens or closes; `open` is the shape of the innermost
/// open mark.
fn role(mark: &Mark, open: Option<char>) -> Role {
    let place = place(mark.before, mark.behind);
    let opening = match mark.c {
        '"' => match place {
            Some(role) => role == Role::Open,
            None => open.is_none(),
        },
        c if opens(c) => open.is_none() || place != Some(Role::Close),
        // Reversed quotes: ”…”, and within such a one.
        _ => match open {
            None => place == Some(Role::Open) || follows_separator(mark),
            Some(o) => place == Some(Role::Open) && o != '"' && !opens(o),
        },
    };
    if opening { Role::Open } else { Role::Close }
}

/// “A”,”B”: behind a comma without a blank.
fn follows_separator(mark: &Mark) -> bool {
    matches!(mark.before, Some(',' | ';' | ':'))
        && mark.behind.is_some_and(char::is_alphanumeric)
}

/// What the neighbours of a mark say of it, if they are unmistakable.
fn place(before: Option<char>, behind: Option<char>) -> Option<Role> {
    let blank_before = before.is_none_or(|c| c == ' ');
    let blank_behind = behind.is_none_or(|c| c == ' ');
    let starts = blank_before || before.is_some_and(opens_before);
    let closes = blank_behind || behind.is_some_and(closes_behind);
    if before == Some(' ') && behind.is_some_and(ends_phrase) {
        Some(Role::Close)
    } else if starts && !closes {
        Some(Role::Open)
    } else if !blank_before && !starts && closes {
        Some(Role::Close)
    } else {
        None
    }
}

/// Punctuation after which a quote opens.
fn opens_before(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '<' | '-' | '/' | '•' | '+' | '=' | '>')
}

/// Punctuation before which a quote closes.
fn closes_behind(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '>'
            | '-'
            | '/'
            | '…'
    )
}

/// Punctuation that no quote begins with.
fn ends_phrase(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')')
}

/// Pairs of single marks within one paragraph and one double quote.
fn pair_single(marks: &[Mark], double: &[Pair]) -> Vec<Pair> {
    let mut ends: Vec<Option<(usize, bool)>> = vec![None; marks.len()];
    for (i, pair) in double.iter().enumerate() {
        ends[pair.open] = Some((i, true));
        ends[pair.close] = Some((i, false));
    }
    let mut pairs = Vec::new();
    let mut around: Vec<usize> = Vec::new();
    let mut open: Option<(usize, Option<usize>)> = None;
    for (i, mark) in marks.iter().enumerate() {
        if mark.starts_paragraph {
            open = None;
        }
        match ends[i] {
            Some((pair, true)) => around.push(pair),
            Some(_) => {
                around.pop();
            }
            None => {}
        }
        if !is_single_quote(mark.c) {
            continue;
        }
        let inside = around.last().copied();
        if opens_single(mark) {
            open = Some((i, inside));
        } else if closes_single(mark)
            && let Some((opener, around)) = open.take()
            && around == inside
        {
            pairs.push(Pair { open: opener, close: i });
        }
    }
    pairs
}

fn opens_single(mark: &Mark) -> bool {
    mark.c != '’'
        && mark.before.is_none_or(|c| c == ' ' || opens_before(c))
        && mark.behind.is_some_and(char::is_alphanumeric)
}

fn closes_single(mark: &Mark) -> bool {
    mark.c != '‛'
        && mark.before.is_some_and(|c| c != ' ')
        && mark.behind.is_none_or(|c| c == ' ' || closes_behind(c))
}

#[cfg(test)]
mod tests {
    use crate::text::{Text, normalize};

    /// Text as read, text normalized, inner words of the quotes with depth.
    type Case<'c> = (&'c str, &'c str, &'c [(&'c str, u8)]);

    const DOUBLE: &[Case] = &[
        ("thông điệp \"5K\"", "thông điệp “5K”", &[("5K", 0)]),
        ("''5T'' và ``6K''", "“5T” và “6K”", &[("5T", 0), ("6K", 0)]),
        (
            "«Vì dân», „Vì nước“",
            "“Vì dân”, “Vì nước”",
            &[("Vì dân", 0), ("Vì nước", 0)],
        ),
        // Nested, the inner one closed with a straight mark.
        (
            "“Hải Dương giữ vững “vùng xanh\", thắng dịch\".",
            "“Hải Dương giữ vững “vùng xanh”, thắng dịch”.",
            &[
                ("Hải Dương giữ vững “vùng xanh”, thắng dịch", 0),
                ("vùng xanh", 1),
            ],
        ),
        (
            "\"Giữ \"vùng xanh\"\"",
            "“Giữ “vùng xanh””",
            &[("Giữ “vùng xanh”", 0), ("vùng xanh", 1)],
        ),
        // Reversed, and an opener used as a closer.
        (
            "phương châm ”mỗi ấp một chốt”, giữ",
            "phương châm “mỗi ấp một chốt”, giữ",
            &[("mỗi ấp một chốt", 0)],
        ),
        (
            "“nhà giữ nhà“, “xã giữ xã“",
            "“nhà giữ nhà”, “xã giữ xã”",
            &[("nhà giữ nhà", 0), ("xã giữ xã", 0)],
        ),
        // Glued.
        ("chủ đề\"Chung tay\"năm", "chủ đề“Chung tay”năm", &[("Chung tay", 0)]),
        ("“A”,”B”", "“A”,“B”", &[("A", 0), ("B", 0)]),
        (
            "ông nói: \" Tôi xong \".",
            "ông nói: “ Tôi xong ”.",
            &[(" Tôi xong ", 0)],
        ),
        ("câu \"...và hết\".", "câu “...và hết”.", &[("...và hết", 0)]),
        ("(\"A\",\"B\")", "(“A”,“B”)", &[("A", 0), ("B", 0)]),
        // Blanks on both sides.
        (
            "chủ đề \" Chung tay \" năm",
            "chủ đề “ Chung tay ” năm",
            &[(" Chung tay ", 0)],
        ),
    ];

    #[test]
    fn double_quotes_pair_and_nest() {
        for &(raw, norm, quotes) in DOUBLE {
            let text = Text::new(raw);
            assert_eq!(text.norm(), norm);
            let found: Vec<_> = text
                .quotes()
                .iter()
                .map(|q| (q.inner.of(text.norm()), q.depth))
                .collect();
            assert_eq!(found, quotes, "{raw}");
            assert!(text.quotes().iter().all(|q| q.double));
            assert_eq!(normalize(norm), norm);
        }
    }

    #[test]
    fn unpaired_marks_stay_and_are_reported() {
        for raw in [
            "khẩu hiệu\" và loa",
            "“Không ai đóng lại",
            "đóng mà không mở”",
            "a \"b",
        ] {
            let text = Text::new(raw);
            assert_eq!(text.norm(), raw);
            assert!(text.quotes().is_empty(), "{raw}");
            assert_eq!(text.repairs().len(), 1, "{raw}");
        }
        for raw in ["Trang chủ » Tin tức » Thông báo", "tivi 40\", 20°1’5” N"]
        {
            let text = Text::new(raw);
            assert!(text.repairs().is_empty(), "{raw}");
            assert!(text.quotes().is_empty(), "{raw}");
        }
    }

    #[test]
    fn a_paragraph_forgets_and_a_wrapped_line_does_not() {
        let text = Text::new("“Một câu bỏ dở\nCâu sau “xong”.");
        assert_eq!(text.quotes().len(), 1);
        let text = Text::new("phong trào “Cả nước chung tay\nvì người nghèo”");
        assert_eq!(text.quotes().len(), 1);
        let text = Text::new("“Cả nước đoàn kết,\nCả nước chung tay”");
        assert_eq!(text.quotes().len(), 1);
        let text = Text::new("“một\n\nhai”");
        assert_eq!(text.quotes().len(), 0);
    }

    #[test]
    fn mending_is_a_repair() {
        let text = Text::new("giữ vững “vùng xanh\", và “vùng vàng”");
        let [first, second] = text.quotes() else { panic!() };
        assert!(first.repaired && !second.repaired);
        let [repair] = text.repairs() else { panic!() };
        assert_eq!(repair.at, first.inner.end);
        assert!(text.norm()[repair.at..].starts_with('”'));
        assert!(Text::new("\"vùng xanh\"").repairs().is_empty());
    }

    #[test]
    fn single_quotes_are_not_apostrophes() {
        let cases: &[(&str, &[&str])] = &[
            ("chiến dịch ‘90 ngày đêm’, đợt 2", &["90 ngày đêm"]),
            ("Ra quân 'mùa hè xanh'", &["mùa hè xanh"]),
            ("huyện Đắk R'lấp và dân tộc S'tiêng", &[]),
            ("huyện Đắk R’lấp, Ea H’leo, M’Drắk", &[]),
            (
                "“Phát động ‘Tết trồng cây’ năm 2022”",
                &["Phát động ‘Tết trồng cây’ năm 2022", "Tết trồng cây"],
            ),
            ("'mở “mà không' đóng”", &["mà không' đóng"]),
        ];
        for &(raw, inner) in cases {
            let text = Text::new(raw);
            let found: Vec<_> =
                text.quotes().iter().map(|q| q.inner.of(text.norm())).collect();
            assert_eq!(found, inner, "{raw}");
        }
        assert_eq!(normalize("Ea H’leo, R‘lấp"), "Ea H'leo, R'lấp");
        assert_eq!(normalize("‘Mùa xuân’và"), "‘Mùa xuân’và");
    }
}
