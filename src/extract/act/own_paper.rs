//! What shows that a text is the paper itself, though no number heads it.
//!
//! # What it finds
//! A kind alone on its line with its subject or its body below (`THÔNG BÁO`,
//! `Về việc …`; `LỜI KÊU GỌI`, `của Ủy ban …`), and words that introduce the
//! whole text of a paper (`Dưới đây là lời kêu gọi của …:`), a headline that
//! begins with the kind above whom the paper is addressed to.
//!
//! # What it must refuse
//! The enacting formula (`QUYẾT ĐỊNH:`), labels of a form (`Người ký văn bản:
//! …`).
//!
//! # Known limits
//! The subject below is told by its first words or its capitals.

use super::{Act, depth, request};
use crate::extract::citation::Mention;
use crate::extract::head;
use crate::extract::reading::{Reading, begin_from};
use crate::extract::window;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::text::Line;
use std::sync::LazyLock;

/// What the line below a kind begins with.
static BELOW: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.below_kind"));

/// Words that introduce the whole of a paper.
static WHOLE: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.whole_text"));

/// The words of a label before the kind.
static LABEL: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.label"));

/// What follows the word for a kind in a headline that is a paper's name.
static NAMED_HEADLINE: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("act.named_headline"));

/// Sentences behind a kind in which its body must speak.
const SPEAKS_WITHIN: usize = 8;

/// `Nghị quyết Quy định mức chi …`: the headline of a portal's post.
pub(super) fn names_headline(reading: &Reading, m: &Mention) -> bool {
    let Some(title) = reading.layout.title else { return false };
    let tail = &reading.lower()[m.span.end..title.end.max(m.span.end)];
    m.span.start == title.start
        && reading.norm()[title.start..].starts_with(char::is_uppercase)
        && (NAMED_HEADLINE.is_match(tail, &reading.scan)
            || m.symbol.is_some() && (tail.is_empty() || m.issuer.is_some())
            || is_addressed(reading))
}

/// Lines below the headline in which a letter names whom it goes to.
const ADDRESSED_WITHIN: usize = 4;

/// Whether the text opens as a letter does: `Kính gửi: …`.
pub(super) fn is_addressed(reading: &Reading) -> bool {
    let lines = reading.text.lines().iter().map(|l| l.span);
    lines
        .filter(|l| !l.is_empty())
        .take(ADDRESSED_WITHIN)
        .any(|l| l.of(reading.lower()).starts_with("kính gửi"))
}

/// Where a mention stands among the lines.
fn line_of(reading: &Reading, m: &Mention) -> Option<(usize, Line)> {
    let lines = reading.text.lines();
    let i = lines.partition_point(|l| l.span.end <= m.span.start);
    Some((i, *lines.get(i)?))
}

/// Whether the mention is a kind alone on its line, above its subject.
pub(super) fn is_kind_line(reading: &Reading, m: &Mention) -> bool {
    let capitals = || is_capital(m.span.of(reading.norm()));
    if m.symbol.is_some() || m.bare.is_some() || !capitals() {
        return false;
    }
    let Some((i, line)) = line_of(reading, m) else { return false };
    let rest = &reading.lower()[m.span.end..line.span.end.max(m.span.end)];
    let alone = line.span.start == m.span.start
        && (rest.is_empty()
            || rest.trim_start().len() < rest.len()
                && BELOW.is_match(rest.trim_start(), &reading.scan));
    let below = || {
        let behind = reading.text.lines().iter().skip(i + 1);
        let mut behind = behind.map(|l| l.span);
        // Rules of dashes and stars.
        let next = behind
            .find(|s| s.of(reading.norm()).contains(char::is_alphanumeric));
        next.is_some_and(|s| {
            BELOW.is_match(s.of(reading.lower()), &reading.scan)
                || is_capital(s.of(reading.norm()))
        })
    };
    alone && (!rest.is_empty() || below())
}

fn is_capital(words: &str) -> bool {
    words.chars().any(char::is_uppercase)
        && !words.chars().any(char::is_lowercase)
}

/// The body of a paper without a head: `của Ủy ban …` below its kind, or the
/// first that asks or builds.
pub(super) fn speaker(reading: &Reading, m: &Mention) -> Option<usize> {
    let of = begin_from(reading.bodies(), |b| b.span.start, m.span.end)
        .next()
        .filter(|(_, b)| {
            let between = reading.lower().get(m.span.end..b.span.start);
            let of = between.map(|b| b.trim_matches([' ', '\n', '-', '*']));
            of == Some("của") && !b.plural
        });
    if let Some((i, _)) = of {
        return Some(i);
    }
    let first = reading.sentences().partition_point(|s| s.end <= m.span.end);
    let last = reading.sentences().get(first + SPEAKS_WITHIN);
    let end = last.map_or(reading.layout.end, |s| s.end);
    begin_from(reading.bodies(), |b| b.span.start, m.span.end)
        .take_while(|(_, b)| b.span.start < end)
        .find(|(i, _)| request::asks(reading, *i).is_some())
        .map(|(i, _)| i)
}

/// `Dưới đây là lời kêu gọi của …:`, `toàn văn Chỉ thị …`: the paper follows.
pub(super) fn is_introduced(reading: &Reading, m: &Mention) -> bool {
    let Some((_, line)) = line_of(reading, m) else { return false };
    let title = reading.layout.title;
    let opens = line.span.of(reading.lower()).ends_with(':')
        || title.is_some_and(|t| t.contains(m.span));
    opens && WHOLE.is_match(reading.before(m.span.start, 60), &reading.scan)
}

/// `Người ký văn bản: …`, `Số hiệu văn bản | …`: the label of a field.
pub(super) fn is_label(reading: &Reading, m: &Mention) -> bool {
    let tail = reading.after(m.span.end, 8).trim_start();
    m.symbol.is_none()
        && (tail.is_empty() || tail.starts_with([':', '|']))
        && LABEL.is_match(reading.before(m.span.start, 40), &reading.scan)
}

/// `Hướng dẫn số … của Sở … Hướng dẫn khuyến khích …`: a sentence near behind
/// a numbered paper has its kind as the subject.
pub(super) fn is_subject_behind(reading: &Reading, m: &Mention) -> bool {
    let Some((_, kind)) = m.word.filter(|_| m.symbol.is_some()) else {
        return false;
    };
    let behind = reading.sentences().partition_point(|s| s.start <= m.span.end);
    let near = reading.sentences().iter().skip(behind).take(3);
    near.map(|s| s.start).any(|start| {
        let i = reading.mentions.partition_point(|o| o.span.start < start);
        reading.mentions.get(i).is_some_and(|o| {
            o.span.start == start
                && o.symbol.is_none()
                && o.word.is_some_and(|(_, other)| other.code == kind.code)
        })
    })
}

/// `Công văn của UBND tỉnh Hà Nam` alone on its line: the words below its
/// picture.
pub(super) fn is_caption(reading: &Reading, m: &Mention) -> bool {
    let Some(issuer) = &m.issuer else {
        return false;
    };
    line_of(reading, m).is_some_and(|(_, line)| {
        let words = line.span.of(reading.lower());
        let own = &reading.lower()
            [m.span.start.min(issuer.span.start)..line.span.end];
        line.span.start == m.span.start
            && line.span.contains(issuer.span.clone().into())
            && words.len() == own.len()
            && words.len() < CAPTION
            && !words.ends_with(['.', ':', ',', ';'])
            && reading
                .mentions
                .iter()
                .all(|o| o.span == m.span || !line.span.contains(o.span))
    })
}

/// Most bytes of a line that is just the name of a paper.
const CAPTION: usize = 90;

/// `Thông tư đưa ra một số biện pháp …`, as the first words of a text whose
/// later sentences have the same paper as their subject.
pub(super) fn goes_on(reading: &Reading, m: &Mention) -> bool {
    let Some((_, kind)) = m.word.filter(|_| m.symbol.is_none()) else {
        return false;
    };
    let first = reading.sentences().first();
    first.is_some_and(|s| s.start == m.span.start)
        && reading.layout.title.is_none()
        && {
            let behind = reading.sentences().iter().skip(1);
            let again = behind.filter(|s| {
                let i = reading
                    .mentions
                    .partition_point(|o| o.span.start < s.start);
                reading.mentions.get(i).is_some_and(|o| {
                    o.span.start == s.start
                        && o.symbol.is_none()
                        && o.word.is_some_and(|(_, k)| k.code == kind.code)
                })
            });
            again.count() >= 2
        }
}

/// `Nghị quyết này có hiệu lực …`: refers to a paper named before.
pub(super) fn refers_back(reading: &Reading, m: &Mention) -> bool {
    let opens = reading
        .sentence_at(m.span.start)
        .is_some_and(|(n, s)| n > 0 && s.start == m.span.start);
    let tail = reading.after(m.span.end, 12);
    opens && m.symbol.is_none() && word_lists::begins("act.these", tail)
}

/// `Theo kế hoạch của Sở Y tế về việc …` as the first words of the article.
pub(super) fn opens_text(reading: &Reading, m: &Mention, act: &Act) -> bool {
    let Some(issuer) = &m.issuer else {
        return false;
    };
    let (Some(n), Some((_, sentence))) =
        (act.sentence, reading.sentence_at(m.span.start))
    else {
        return false;
    };
    // The authors may stand above the first sentence.
    if depth(reading, n) > 0 {
        return false;
    }
    let head = &reading.lower()[sentence.start..m.span.start];
    let head = head.rsplit(" - ").next().unwrap_or(head);
    let tail = reading.after(issuer.full().end, 48);
    let tail = tail.split(", ").next().unwrap_or(tail);
    head.trim() == "theo"
        && issuer.span.start > m.span.end
        && word_lists::inside("act.topics", tail)
}

/// `nhận được công văn số … của …`: whether the letter came from another.
pub(super) fn is_received(reading: &Reading, m: &Mention) -> bool {
    let head = reading.before(m.span.start, 40);
    word_lists::ends("act.received", head.trim_end())
}

/// Whether a number stands alone on its line, right above the kind of paper.
pub(super) fn above_kind(reading: &Reading, m: &Mention) -> bool {
    let Some((i, line)) = line_of(reading, m).filter(|(i, _)| *i < TOP_LINES)
    else {
        return false;
    };
    let words = line.span.of(reading.lower());
    let lines = reading.text.lines().iter();
    let below = lines
        .skip(i + 1)
        .find(|l| l.span.of(reading.norm()).contains(char::is_alphanumeric));
    words.starts_with("số")
        && line.span.contains(m.span)
        && line.span.end < m.end + 4
        && below.is_some_and(|l| head::is_kind_alone(reading.text, *l))
}

/// Lines at the top in which a paper has its number.
const TOP_LINES: usize = 24;

/// `Công điện số 9 của … về …`: whether what a paper is about follows it.
pub(super) fn tells_subject(after: &str) -> bool {
    let near = window::after(after, 0, 120);
    let near = near.split(['.', ',', ';', '\n']).next().unwrap_or(near);
    word_lists::inside("act.topics", near)
}

/// Whether words up to a passive verb have no other verb in the past.
pub(super) fn is_phrase(words: &str) -> bool {
    let mut past = words.match_indices(" đã ");
    past.all(|(at, past)| words[at + past.len()..].starts_with("được"))
}

/// Whether a list is announced in the sentence, or begins behind its line.
pub(super) fn lists(reading: &Reading, n: usize) -> bool {
    let sentence = reading.sentences()[n];
    let words = sentence.of(reading.lower());
    let lines = reading.text.lines();
    let i = lines.partition_point(|l| l.span.end <= sentence.start);
    words.ends_with(':')
        || words.contains("(1)")
        || lines.iter().skip(i + 1).take(2).any(|l| {
            let words = l.span.of(reading.norm());
            words.starts_with(['-', '*', '•', '+', '♦', '①', '('])
                || words.starts_with("1.")
                || words.starts_with("1/")
                || words.starts_with("a.")
                || words.starts_with("a)")
        })
}

#[cfg(test)]
mod tests {
    use crate::extract::act::{ENOUGH, candidates};
    use crate::extract::trial::read;

    fn best(text: &str) -> (i32, bool) {
        read(text, |reading| {
            let acts = candidates(reading);
            let act = acts.iter().find(|a| a.mention.is_some()).unwrap();
            (act.points, act.subject.is_some())
        })
    }

    #[test]
    fn papers_without_number_are_found() {
        for text in [
            "Chợ phiên nghỉ một hôm\nTHÔNG BÁO\nVề việc nghỉ chợ phiên\n\
             UBND xã An Hòa thông báo đến bà con lịch nghỉ như sau:",
            "LỜI KÊU GỌI\n-----\ncủa Ủy ban MTTQ Việt Nam tỉnh Hà Nam\n\
             trồng rừng giữ nước\nHà Nam đất hẹp, rừng thưa.",
            "Dưới đây là lời kêu gọi của UBND tỉnh Hà Nam:\n\nRừng thưa thì \
             lũ lớn.",
        ] {
            let (points, subject) = best(text);
            assert!(points >= ENOUGH && subject, "{text} {points}");
        }
    }

    #[test]
    fn a_letter_below_its_headline_is_found() {
        let text = "Thư ngỏ xin cây giống cho đồi Khe Nứa\n\nKính gửi: bà con \
                    xã An Hòa.\n\nMong mỗi nhà góp một cây.";
        assert!(best(text).0 >= ENOUGH);
    }

    #[test]
    fn a_paper_that_the_text_goes_on_with_is_found() {
        let text = "Các xã trồng rừng từ nay. Lý do là Hướng dẫn số 8/HD-SNN \
                    của Sở Nông nghiệp Hà Nam. Hướng dẫn khuyến khích lim.";
        assert!(best(text).0 >= ENOUGH);
    }

    #[test]
    fn a_line_that_is_a_papers_name_is_found() {
        let text = "Các xã trồng rừng ven sông.\nCông văn của UBND tỉnh Hà \
                    Nam\nCác xã báo cáo kết quả.";
        assert!(best(text).0 >= ENOUGH);
        let text = text.replace("Hà Nam\n", "Hà Nam được đọc ở chợ.\n");
        assert!(best(&text).0 < ENOUGH);
    }

    #[test]
    fn the_paper_that_a_text_opens_and_goes_on_with_is_found() {
        let text = "Thông tư đưa ra cách diệt muỗi. Muỗi đẻ ở nước. Thông tư \
                    cũng nêu cách phun thuốc.";
        assert!(best(text).0 < ENOUGH);
        let text = format!("{text} Thông tư có hiệu lực từ tháng 5.");
        assert!(best(&text).0 >= ENOUGH);
    }

    #[test]
    fn labels_and_words_that_refer_back_are_refused() {
        for text in [
            "Làm đường liên xã\nNgười ký văn bản: Lò Văn Lúa",
            "UBND tỉnh họp. Kế hoạch này có hiệu lực từ hôm nay.",
        ] {
            let (points, _) = best(text);
            assert!(points < ENOUGH, "{text} {points}");
        }
    }

    #[test]
    fn a_number_above_the_kind_is_the_papers() {
        let text = "Thể lệ hội thi\nTỈNH ỦY HÀ NAM ĐẢNG CỘNG SẢN VIỆT NAM\nBAN TỔ \
                    CHỨC\nHỘI THI TÌM HIỂU Hà Nam, ngày 3 tháng 3 năm 2020\nNHỮNG \
                    CHẶNG ĐƯỜNG VẺ VANG CỦA QUÊ HƯƠNG HÀ NAM\n*\nSố 03-KH/BTC\nKẾ \
                    HOẠCH\ntổ chức hội thi\n-----\nBan Tổ chức ban hành kế hoạch.";
        let found = crate::extract::trial::record(text);
        let symbol = found.document.and_then(|d| d.symbol);
        assert_eq!(symbol.as_deref(), Some("03-KH/BTC"));
    }
}
