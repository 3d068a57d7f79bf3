//! Papers named as the source of what is told.
//!
//! # What it finds
//! `Theo Công văn số …, Sở Y tế đề nghị …`: its body speaks behind it; `Đây là
//! nội dung được nêu tại Công văn số …`: it holds what was told; a text that
//! opens with it.
//!
//! # What it must refuse
//! A source whose body does not speak.
//!
//! # Known limits
//! Who speaks is told by the verb near behind a body.

use super::{Act, own_paper};
use crate::extract::citation::Mention;
use crate::extract::reading::{Reading, begin_from};
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use std::sync::LazyLock;

/// Words before a paper that is the source.
pub(super) static ACCORDING: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("act.according"));

/// What a sentence says of the paper that holds the news.
static HOLDS_IT: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.holds_it"));

/// Gives the points of a paper behind the news, if it is one.
pub(super) fn holds_news(
    reading: &Reading,
    m: &Mention,
    act: &mut Act,
) -> bool {
    if holds_it(reading, m) {
        act.give("said to hold what was told", 4);
        act.subject = reading.issuer_of(m);
        return true;
    }
    if let Some(i) = holds_lead(reading, m) {
        act.give("said to hold what opens the text", 7);
        act.subject = Some(i);
        return true;
    }
    if opens_bare(reading, m) {
        act.give("the text opens with its content", 4);
        return true;
    }
    let head = reading.before(m.span.start, 90);
    if m.symbol.is_some() || !ACCORDING.is_match(head, &reading.scan) {
        return false;
    }
    let Some(i) = body_speaks(reading, m) else { return false };
    act.give("its body speaks behind it", 4);
    act.subject = Some(i);
    true
}

/// `Theo nội dung công điện, …`, `Kế hoạch đề ra …` as the first words of a
/// text that has lost its headline and lead: they named the paper. A plan is
/// one only with a capital; there are others.
fn opens_bare(reading: &Reading, m: &Mention) -> bool {
    let lost =
        reading.layout.title.is_none() && reading.layout.header.is_none();
    if !lost || m.symbol.is_some() {
        return false;
    }
    let sentence = reading.sentence_at(m.span.start).filter(|s| s.0 < 2);
    let Some((n, sentence)) = sentence else { return false };
    let before = reading.before(m.span.start, m.span.start - sentence.start);
    let tail = reading.after(m.end, 40);
    if before.is_empty() {
        return word_lists::begins("act.setting_out", tail);
    }
    let named = word_lists::has("act.according_to", before.trim_end())
        && tail.starts_with(',');
    let kind = m.span.of(reading.norm());
    let sure = kind.starts_with(char::is_uppercase)
        || word_lists::has("act.sure_papers", kind);
    n == 0 && named && sure
}

/// Gives the points of a paper that is cited as the source, if it is.
pub(super) fn is_source(reading: &Reading, m: &Mention, act: &mut Act) -> bool {
    let head = reading.before(m.span.start, 90);
    if !ACCORDING.is_match(head, &reading.scan) {
        return false;
    }
    act.give("cited as source", -2);
    if let Some(i) = body_speaks(reading, m) {
        act.give("its body speaks behind it", 6);
        act.subject = Some(i);
    } else if own_paper::opens_text(reading, m, act) {
        act.give("the text opens with it", 5);
        act.subject = reading.issuer_of(m);
    }
    true
}

/// `Trong văn bản số … ký ngày 15-7, Bảo hiểm xã hội Việt Nam yêu cầu …`
fn body_speaks(reading: &Reading, m: &Mention) -> Option<usize> {
    let (_, sentence) = reading.sentence_at(m.span.start)?;
    let this = word_lists::begins("act.these", reading.after(m.end, 12));
    // `Tại Nghị quyết phiên họp …, Chính phủ yêu cầu …` opens the text.
    let opens = reading.sentences().first().is_some_and(|s| *s == sentence);
    if m.symbol.is_none() && !this && !opens
        || m.span.start - sentence.start > 24
    {
        return None;
    }
    begin_from(reading.bodies(), |b| b.span.start, m.end)
        .take_while(|(_, b)| b.span.start < sentence.end)
        .find(|(_, b)| {
            let head = &reading.lower()[m.end..b.span.start];
            let tail = reading.after(b.full().end, 60);
            let mut speaks = word_lists::words("act.speaking").iter();
            b.span.end <= sentence.end
                && !b.plural
                && head.trim_end().ends_with(',')
                && speaks.any(|w| tail.find(w).is_some_and(|at| at < 40))
        })
        .map(|(i, _)| i)
}

/// `Tạm dừng … là yêu cầu của Bộ Y tế tại Công văn gửi …`: the body whose
/// paper holds what the first sentence tells.
fn holds_lead(reading: &Reading, m: &Mention) -> Option<usize> {
    let (n, sentence) = reading.sentence_at(m.span.start)?;
    let head = reading.before(m.span.start, m.span.start - sentence.start);
    let head = head.trim_end();
    if n > 0 || !word_lists::ends("act.in_papers", head) {
        return None;
    }
    let end = reading.bodies().partition_point(|b| b.span.start < m.span.start);
    let i = end.checked_sub(1)?;
    let body = &reading.bodies()[i];
    let told = reading.before(body.span.start, 60);
    let near = m.span.start - body.full().end < 24;
    (near && word_lists::ends("act.held", told.trim_end())).then_some(i)
}

/// Bytes of a sentence before its paper that say that it holds the news.
const HOLDS: usize = 130;

/// `Yêu cầu trên được nêu tại Công văn số …`: the paper behind what was told.
fn holds_it(reading: &Reading, m: &Mention) -> bool {
    let Some((n, sentence)) = reading.sentence_at(m.span.start) else {
        return false;
    };
    let head = m.span.start - sentence.start;
    // The headline too may have told it.
    (n > 0 || reading.layout.title.is_some())
        && m.symbol.is_some()
        && head < HOLDS
        && HOLDS_IT.is_match(reading.before(m.span.start, head), &reading.scan)
}
