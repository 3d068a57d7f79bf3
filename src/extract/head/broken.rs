//! Lines of a paper that a narrow column has broken: of its head, and the
//! labels of its articles.
//!
//! # What it finds
//! `HỘI` / `ĐỒNG NHÂN DÂN`, `Hà Nội, ngày` / `05 tháng 6 năm 2023`, `Số:` /
//! `15/2023/QĐ-UBND`, `Điều` / `1.` / `Phê duyệt …`: read as one line.
//!
//! # What it must refuse
//! A sentence that begins with a year below a heading in capitals that ends
//! with one; the body that decides below the last word of the heading.
//!
//! # Known limits
//! A name with a blank line inside is not joined.

use super::{STATES, TOP, is_capitals};
use crate::lexicon::bodies;
use crate::lexicon::scan::Scan;
use crate::lexicon::word_lists;
use crate::text::{Line, Text};
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Lines at the top in which a paper has its head.
const LINES: usize = 40;

/// The word before the number of an article.
const ARTICLE: &str = "Điều";

/// Finds the word that the names of all states share, if there is one.
static SHARED_WORD: LazyLock<Option<Finder>> = LazyLock::new(|| {
    let (first, others) = word_lists::words("layout.states").split_first()?;
    let shared = |word: &&str| {
        others.iter().all(|name| name.split(' ').any(|w| w == *word))
    };
    first.split(' ').find(shared).map(Finder::new)
});

/// Whether words in lower case hold what the names of all states do.
pub(super) fn may_name_state(words: &str) -> bool {
    let shared = SHARED_WORD.as_ref();
    shared.is_none_or(|word| word.find(words.as_bytes()).is_some())
}

/// The text with the broken lines of a paper's head joined, and without the
/// marks of table cells between them.
pub(in crate::extract) fn mended(text: &Text) -> Cow<'_, Text> {
    let top = crate::extract::window::after(text.lower(), 0, TOP);
    if !top.contains('\n') {
        return Cow::Borrowed(text);
    }
    if !may_name_state(top) {
        return Cow::Borrowed(text);
    }
    let flat = top.replace('\n', " ");
    if !STATES.iter().any(|name| name.find(flat.as_bytes()).is_some()) {
        return Cow::Borrowed(text);
    }
    let names = || word_lists::words("layout.states").iter();
    let mut blanks = Vec::new();
    for name in names().chain(word_lists::words("head.mottoes")) {
        for (at, _) in flat.match_indices(name) {
            let words = top[at..at + name.len()].bytes().enumerate();
            blanks.extend(
                words.filter(|(_, b)| *b == b'\n').map(|(i, _)| at + i),
            );
        }
    }
    let lines = text.lines();
    let is_marks = |l: &Line| {
        let words = l.span.of(text.norm());
        words.contains('|') && words.bytes().all(|b| b"|-_* ".contains(&b))
    };
    let mut before: Option<&Line> = None;
    for line in lines.iter().take(LINES).take_while(|l| l.span.end <= top.len())
    {
        if is_marks(line) {
            blanks.extend(line.span.range());
            before = None;
            continue;
        }
        let words = line.span.of(text.lower());
        if let Some(above) = before.filter(|_| !line.blank_before)
            && is_broken(text, *above, *line)
        {
            blanks.push(line.span.start - 1);
        }
        if words.starts_with("căn cứ") || words.starts_with("kính gửi") {
            break;
        }
        before = Some(line);
    }
    broken_articles(text, &mut blanks);
    if blanks.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.with_blanks(&blanks))
}

/// `Điều` / `1.` / `Phê duyệt …`: where the label of an article is broken from
/// its number, and its number from its words.
fn broken_articles(text: &Text, blanks: &mut Vec<usize>) {
    let figure = |c: char| c.is_ascii_digit();
    let lines = text.lines();
    for (i, line) in lines.iter().enumerate() {
        if line.span.len() != ARTICLE.len()
            || line.span.of(text.norm()) != ARTICLE
        {
            continue;
        }
        let Some(number) = lines.get(i + 1) else { continue };
        let words = number.span.of(text.norm());
        let rest = words.trim_start_matches(figure);
        if number.span.start != line.span.end + 1
            || rest.len() == words.len()
            || !rest.starts_with(['.', ':'])
        {
            continue;
        }
        blanks.push(line.span.end);
        let alone = rest.len() == 1;
        let below = lines.get(i + 2).filter(|l| alone && !l.blank_before);
        if below.is_some_and(|l| l.span.start == number.span.end + 1) {
            blanks.push(number.span.end);
        }
    }
}

/// Whether one line of a head goes on in the next.
fn is_broken(text: &Text, above: Line, below: Line) -> bool {
    if below.span.start != above.span.end + 1 || above.span.len() > 160 {
        return false;
    }
    let (a, b) = (above.span.of(text.lower()), below.span.of(text.lower()));
    let (first, second) =
        (above.span.of(text.norm()), below.span.of(text.norm()));
    let last = a.rsplit(' ').next().unwrap_or(a);
    let figure = |c: char| c.is_ascii_digit();
    // `ngày` / `05 tháng 6 năm 2023`, `Số:` / `15/2023/QĐ-UBND`
    let day = word_lists::has("head.day_words", last) && b.starts_with(figure)
        || b.starts_with("tháng ") && a.ends_with(figure)
        || b.starts_with("năm ")
            && a.trim_end_matches(figure).ends_with(" tháng ")
            && a.ends_with(figure)
        || b.starts_with("ngày ") && a.ends_with(',') && is_short(a);
    let number = matches!(a, "số" | "số:") && b.starts_with(figure)
        || a.starts_with("số") && a.ends_with(['/', '-']) && is_short(b);
    // `Yên` / `Bái, ngày …`
    let place = !a.contains(' ')
        && is_name(first)
        && b.split_once(", ngày").is_some_and(|(name, _)| {
            is_short(name) && is_name(&second[..name.len()])
        });
    if day || number || place {
        return true;
    }
    // A few letters, or a cell's edge behind them, are in capitals too.
    let in_capitals = |words: &str| {
        let words = words.trim_end_matches(['|', ' ']);
        is_capitals(words) || is_name(words) && words == words.to_uppercase()
    };
    if !in_capitals(first) || !in_capitals(second) {
        return false;
    }
    // The body that issues follows the last word of what the paper is about.
    let whole = word_lists::begins("head.authorities", second);
    let one_word =
        !whole && !a.contains(' ') && a.chars().all(char::is_alphabetic);
    let goes_on = a.ends_with(',') || word_lists::has("head.goes_on", last);
    one_word || goes_on || spans_a_body(text, above, below)
}

/// Whether a listed body has the end of one line and the beginning of the
/// next in its name: `TÒA ÁN NHÂN DÂN` / `TỐI CAO`.
fn spans_a_body(text: &Text, above: Line, below: Line) -> bool {
    let whole = above.span.cover(below.span);
    let one_line = |text: &str| text.replace('\n', " ");
    let (norm, lower) =
        (one_line(whole.of(text.norm())), one_line(whole.of(text.lower())));
    let at = above.span.len();
    bodies::find_cased(&Scan::of(&norm, &lower)).iter().any(|b| {
        b.span.start < at
            && b.span.end > at + 1
            && b.body.open == bodies::Open::No
    })
}

fn is_short(words: &str) -> bool {
    words.split_whitespace().count() <= 5
}

/// Whether every word has a capital.
fn is_name(words: &str) -> bool {
    words.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::trial::record;

    #[test]
    fn broken_lines_of_a_head_are_one() {
        let found = record(
            "HỘI\nĐỒNG NHÂN DÂN\nTỈNH HÀ NAM\n-----\n|\nCỘNG\nHÒA XÃ HỘI CHỦ \
             NGHĨA VIỆT NAM\nĐộc lập - Tự do\n- Hạnh phúc\n|\nSố:\n\
             9/NQ-HĐND\n|\nHà\nNam, ngày\n08 tháng 7 năm\n2019\n|\nNGHỊ \
             QUYẾT\nVỀ TRỒNG RỪNG VEN SÔNG\nHỘI ĐỒNG NHÂN DÂN TỈNH HÀ NAM\n\
             Căn cứ Luật Lâm nghiệp;",
        );
        assert_eq!(found.issuer.unwrap().name, "HĐND tỉnh Hà Nam");
        assert_eq!(found.issued.unwrap().value, "2019-07-08");
        let symbol = found.document.unwrap().symbol;
        assert_eq!(symbol.as_deref(), Some("9/NQ-HĐND"));
        let title = found.title.unwrap().text;
        assert_eq!(title, "NGHỊ QUYẾT VỀ TRỒNG RỪNG VEN SÔNG");
    }

    const PAPER: &str = "UBND TỈNH HÀ NAM\n-----\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA \
        VIỆT NAM\nSố: 9/QĐ-UBND\nHà Nam, ngày 8 tháng 7 năm 2019\nQUYẾT \
        ĐỊNH\nPHÊ DUYỆT KẾ HOẠCH TRỒNG TRE VEN SÔNG Ở\nNAM\nỦY BAN NHÂN DÂN \
        TỈNH HÀ NAM\nCăn cứ Luật Lâm nghiệp;\nQUYẾT ĐỊNH:\n";

    #[test]
    fn the_label_of_an_article_may_be_broken() {
        let labels = |body: &str| {
            let found = record(&format!("{PAPER}{body}"));
            let items = found.contents.into_iter().flat_map(|c| c.items);
            Vec::from_iter(items.map(|item| item.text))
        };
        let found = labels(
            "Điều\n1.\nPhê duyệt Kế hoạch trồng tre.\nĐiều\n2. Các xã ven \
             sông trồng tre.",
        );
        let article = "Điều 1. Phê duyệt Kế hoạch trồng tre.";
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], article);
        let found = labels("Điều\nnày cũ:\n1. Trồng tre.\n2. Giữ tre.");
        assert!(found.iter().all(|item| !item.starts_with("Điều")));
    }

    #[test]
    fn a_cell_may_break_a_short_word_off() {
        let text = "ỦY BAN NHÂN\nDÂN |\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM \
                    |\nSố: 9/KH-UBND |\nHà Nam, ngày 8 tháng 7 năm 2019 \
                    |\nTRỒNG TRE VEN SÔNG\nỦy ban nhân dân tỉnh trồng tre.";
        assert_eq!(record(text).issuer.unwrap().name, "UBND tỉnh Hà Nam");
    }

    #[test]
    fn the_body_that_decides_is_no_part_of_the_heading() {
        let title = record(PAPER).title.unwrap().text;
        assert!(title.ends_with("VEN SÔNG Ở NAM"), "{title}");
    }

    #[test]
    fn lines_of_a_story_stay() {
        let text = Text::new(
            "HÀ NAM\nLÀM ĐƯỜNG\nChủ tịch nước Cộng hòa\nxã hội chủ nghĩa\n\
             Lào thăm tỉnh ngày\n8 tháng 7.",
        );
        assert!(matches!(mended(&text), Cow::Borrowed(_)));
        assert_eq!(mended(&Text::new("")).norm(), "");
    }
}
