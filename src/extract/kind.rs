//! Whether the text is, or reports, one main official act.
//!
//! # What it finds
//! An act with points enough (see [`act`](super::act)).
//!
//! # What it must refuse
//! Roundups of several documents, meetings, interviews, crime, sports,
//! companies' news: texts whose best candidate is only cited, or that go on
//! with something else.

use super::act::{Act, ENOUGH};
use super::reading::Reading;
use crate::record::Kind;

use regex::Regex;
use std::sync::LazyLock;

/// Somebody speaks.
static SPEECH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"cho biết|chia sẻ|(?:ông|bà|anh|chị) [\pL]+ (?:nói|cho)|cho rằng|khẳng định|nhấn mạnh|trao đổi với|phóng viên|theo (?:ông|bà)|phát biểu|bày tỏ|kể lại|tâm sự|[”,] (?:ông|bà|anh|chị) ",
    )
    .expect("speech")
});

/// The act is spoken of again.
static AGAIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"theo đó|(?:kế hoạch|quyết định|nghị định|thông tư|chỉ thị|công văn|văn bản|nghị quyết|công điện|thông báo|hướng dẫn) (?:này|cũng|nêu|quy định|yêu cầu|nhấn mạnh|còn|đề ra)|(?:theo|tại|trong) (?:kế hoạch|quyết định|nghị định|thông tư|chỉ thị|công văn|văn bản|nghị quyết|công điện)",
    )
    .expect("again")
});

/// A reader asks, an interview is led.
static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?m)^(?:[-*•] )?(?:hỏi|pv|phóng viên|bạn đọc hỏi|câu hỏi) ?:|^(?:[-*•] )?(?:thưa|xin|vậy,? thưa) (?:cảm ơn )?(?:ông|bà|bộ trưởng|thứ trưởng|giám đốc|chủ tịch|anh|chị)|đã có cuộc (?:trao đổi|phỏng vấn)|trả lời phỏng vấn",
    )
    .expect("asked")
});

/// The kind of a document, from the candidates for its act.
pub fn of(reading: &Reading, acts: &[Act]) -> Kind {
    let points = points(reading, acts).iter().map(|(_, n)| n).sum::<i32>();
    if points >= ENOUGH { Kind::Announcement } else { Kind::Other }
}

/// The points of the best candidate, and what the rest of the text gives or
/// takes.
pub fn points(reading: &Reading, acts: &[Act]) -> Vec<(&'static str, i32)> {
    let Some(best) = acts.first() else { return vec![("no candidate", 0)] };
    let mut out = vec![("the best candidate", best.points)];
    if reading.layout.header.is_some() {
        out.push(("the head of an official paper", 4));
        return out;
    }
    let body = &reading.lower()[..reading.layout.end];
    if is_roundup(reading) {
        out.push(("several documents, one a line", -8));
    }
    let told = document_speech(reading);
    let speech = SPEECH.find_iter(body).count().saturating_sub(told);
    let chars = body.chars().count().max(1);
    if speech >= 4 && speech * 1000 >= chars * 3 / 2 {
        // At a launch people always speak.
        let launch = best.rule.starts_with("act/launch");
        out.push(("people speak", if launch { -2 } else { -7 }));
    }
    if ASKED.is_match(body) {
        out.push(("a question or an interview", -7));
    }
    let again = AGAIN.find_iter(body).count();
    if best.sentence.is_some_and(|n| n >= 2) && again <= 1 && chars > 2500 {
        out.push(("told late and not again", -6));
    }
    if is_crime(reading) && best.subject.is_none() {
        out.push(("police news", -4));
    }
    if is_stale(reading, best) {
        out.push(("told long after its day", -7));
    }
    out
}

/// `nội dung công văn nhấn mạnh` is no person's speech.
fn document_speech(reading: &Reading) -> usize {
    let told = reading.mentions.iter().filter(|m| {
        let tail = reading.after(m.end, 40);
        SPEECH.find(tail).is_some_and(|s| s.start() < 8)
    });
    told.count()
}

/// Police news: the first sentences arrest somebody.
static CRIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"khởi tố|bắt (?:tạm giam|giữ|quả tang|khẩn cấp|nhóm|nghi phạm)|tạm giữ hình sự|nghi phạm|bị cáo|lừa đảo|phạt tù|truy nã",
    )
    .expect("crime")
});

fn is_crime(reading: &Reading) -> bool {
    let title = reading.layout.title.into_iter();
    title
        .chain(reading.sentences.iter().take(2).copied())
        .any(|s| CRIME.is_match(s.of(reading.lower())))
}

/// Whether the act's date lies more than six weeks before the article's.
fn is_stale(reading: &Reading, act: &Act) -> bool {
    let Some(anchor) = reading.publication() else { return false };
    let symbol = act
        .mention
        .and_then(|i| reading.mentions[i].symbol)
        .map(|i| &reading.symbols[i]);
    // A normative number of an earlier year, unless the year is young.
    let old_number = symbol.and_then(|s| s.year).is_some_and(|year| {
        let year = i16::try_from(year).unwrap_or(anchor.day.0);
        anchor.day.0 - year >= if anchor.day.1 <= 2 { 2 } else { 1 }
    });
    let date =
        super::roles::issued_form(reading, act).map(|i| reading.dates[i].value);
    let own = date.and_then(|v| super::dates::Anchor::of(v, ""));
    old_number || own.is_some_and(|own| anchor.days_after(own) > 45)
}

/// Several lines that each open with another document.
fn is_roundup(reading: &Reading) -> bool {
    let lines = reading.text.lines();
    let opened = lines.iter().filter(|l| {
        reading.mentions.iter().any(|m| {
            m.symbol.is_some()
                && m.span.start >= l.span.start
                && m.span.start < l.span.start + 8
        })
    });
    opened.count() >= 4 && reading.layout.header.is_none()
}
