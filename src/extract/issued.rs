//! The day of the act.
//!
//! # What it finds
//! The date in the head of an official paper; behind the act's symbol, here
//! or where its number is named again; behind `ký`, `ban hành`; at the head
//! of its clause; of a launch, behind it or in the sentence before.
//!
//! # What it must refuse
//! The day of a press briefing, of a cited document, of a feast, and the day
//! on which a paper takes effect.
//!
//! # Known limits
//! A day in another sentence than the act's is seen only behind its number.

use super::act::Act;
use super::celebrated::is_celebrated;
use super::citation::Mention;
use super::dates::Form;
use super::head;
use super::reading::{Reading, begin_from};
use super::roles::is_day;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::record::{Edtf, Part, Point};
use crate::text::Line;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The date of the act among the dates, as an index.
pub(super) fn find(reading: &Reading, act: &Act) -> Option<usize> {
    if let Some(head) = reading.layout.header {
        let in_head = || {
            let dates = reading.dates.iter().enumerate();
            dates.filter(|(i, d)| {
                head.start <= d.span.start
                    && d.span.start < head.end + 8
                    && !is_celebrated(reading, *i)
            })
        };
        // A year alone is that of what the paper is about.
        let day = in_head()
            .find(|(_, d)| head::stands_behind_place(reading.text, d))
            .or_else(|| in_head().find(|(_, d)| is_day(d)))
            .or_else(|| in_head().find(|(_, d)| !is_year(reading, d)));
        if let Some((i, _)) = day {
            return Some(i);
        }
    }
    let mention = act.mention.map(|i| &reading.mentions[i]);
    if let Some(i) = mention.and_then(|m| m.date)
        && is_day(&reading.dates[i])
    {
        return Some(i);
    }
    if let Some(i) = bracketed(reading, act) {
        return Some(i);
    }
    // Another mention of the same symbol may carry the date.
    if let Some(symbol) = mention.and_then(|m| m.symbol) {
        let written = &reading.symbols[symbol].written;
        let dated = reading.mentions.iter().find_map(|m| {
            let same = written.is_some()
                && m.symbol
                    .is_some_and(|s| &reading.symbols[s].written == written);
            m.date.filter(|_| same)
        });
        if let Some(i) = dated.filter(|i| is_day(&reading.dates[*i])) {
            return Some(i);
        }
    }
    passive_date(reading, act)
        .or_else(|| clause_date(reading, act.span.start))
        .or_else(|| launch_date(reading, act))
        .or_else(|| ceremony_date(reading, act))
        .or_else(|| signed_later(reading, act))
        .or_else(|| issued_before(reading, act))
        .or_else(|| told_in_lead(reading, act))
        .or_else(|| subject_date(reading, act))
        .or_else(|| place_line(reading).map(|(i, _)| i))
}

/// Most bytes of a line that is only the place and the day.
const PLACE_LINE: usize = 60;

/// `Hà Nội, ngày 5 tháng 3 năm 2019` alone on its line, also at the foot: the
/// day and its line.
pub(super) fn place_line(reading: &Reading) -> Option<(usize, Line)> {
    let lines = reading.text.lines();
    reading.dates.iter().enumerate().filter(|(_, d)| is_day(d)).find_map(
        |(i, d)| {
            let at = lines.partition_point(|l| l.span.end <= d.span.start);
            let line = *lines.get(at)?;
            let words = line.span.of(reading.lower());
            let head = reading.lower().get(line.span.start..d.span.start)?;
            let place = head.trim_end().strip_suffix(',')?;
            let named = reading.norm()[line.span.start..]
                .starts_with(char::is_uppercase)
                && !place.contains([',', '.', ':', '|'])
                && !word_lists::begins("roles.week_days", place);
            let tail = reading.lower().get(d.span.end..line.span.end)?;
            let alone = tail.trim_matches([' ', '.']).is_empty();
            (named && alone && words.len() < PLACE_LINE).then_some((i, line))
        },
    )
}

/// Sentences in which who launches in the headline may act.
const TOP: usize = 6;

/// `Phát động “…”` in the headline and `Ngày 10/11, Hội Nông dân tỉnh đã thông
/// báo phong trào …`: the day on which the body acts.
fn subject_date(reading: &Reading, act: &Act) -> Option<usize> {
    let headline = act.sentence.is_none() && act.mention.is_none();
    let body = &reading.bodies()[act.subject.filter(|_| headline)?].body;
    let top = reading.sentences().get(TOP).or(reading.sentences().last())?.end;
    let same = reading.bodies().iter().filter(|b| b.body.name == body.name);
    same.take_while(|b| b.span.start < top)
        .find_map(|b| clause_date(reading, b.span.start))
}

/// The day of [`in_brackets`].
fn bracketed(reading: &Reading, act: &Act) -> Option<usize> {
    let date = in_brackets(reading, act)?.date?;
    is_day(&reading.dates[date]).then_some(date)
}

/// Where the paper of an act without a number has it: in brackets behind it,
/// or in the lead below the headline.
pub(super) fn numbered<'r>(
    reading: &'r Reading,
    act: &Act,
) -> Option<&'r Mention> {
    in_brackets(reading, act).or_else(|| {
        let lead = in_lead(reading, act).filter(|_| act.sentence.is_none());
        lead.filter(|m| m.symbol.is_some())
    })
}

/// `ban hành Kế hoạch trồng tre (Kế hoạch số 11/KH-UBND ngày 15/01/2020)`: the
/// same paper with its number in brackets, in the same sentence.
fn in_brackets<'r>(reading: &'r Reading, act: &Act) -> Option<&'r Mention> {
    let own = &reading.mentions[act.mention?];
    let code = own.word.map(|(_, kind)| kind.code)?;
    let (_, sentence) = reading.sentence_at(own.span.start)?;
    if own.symbol.is_some() {
        return None;
    }
    begin_from(&reading.mentions, |m| m.span.start, own.span.end)
        .map(|(_, m)| m)
        .take_while(|m| m.span.start < sentence.end)
        .filter(|m| m.symbol.is_some())
        .filter(|m| m.word.is_none_or(|(_, kind)| kind.code == code))
        .find(|m| reading.before(m.span.start, 4).trim_end().ends_with('('))
}

/// `Từ khi ban hành ngày 30/12/2024, Thông tư này …`: the day before the paper
/// that the text has named.
fn issued_before(reading: &Reading, act: &Act) -> Option<usize> {
    let code = reading.mentions[act.mention?].word.map(|(_, k)| k.code)?;
    let this = reading.mentions.iter().filter(|m| {
        m.symbol.is_none()
            && m.word.is_some_and(|(_, kind)| kind.code == code)
            && word_lists::begins("act.these", reading.after(m.span.end, 8))
    });
    this.filter_map(|m| {
        let i = reading.dates.partition_point(|d| d.span.start < m.span.start);
        let i = i.checked_sub(1)?;
        let date = &reading.dates[i];
        let between = reading.lower().get(date.span.end..m.span.start)?;
        let head = reading.before(date.span.start, 40);
        (is_day(date)
            && between == ", "
            && SIGNED.is_match(head, &reading.scan))
        .then_some(i)
    })
    .next()
}

/// A verb of signing before a date.
static SIGNED: LazyLock<Rule> = LazyLock::new(|| Rule::new("roles.signed"));

/// Whether a date is a bare year, not that of a form whose day was left out:
/// `ngày    tháng    năm 2023`.
fn is_year(reading: &Reading, date: &Form) -> bool {
    let year = |p: Point| p.part == Part::Year;
    let bare = match date.value {
        Edtf::Point(p) | Edtf::Interval(p, _) => year(p),
    };
    bare && !reading.before(date.span.start, 24).contains("tháng")
}

/// `do Bộ … ban hành ngày 20/10/2023`, `được … ký chiều 11-8`.
fn passive_date(reading: &Reading, act: &Act) -> Option<usize> {
    let mention = &reading.mentions[act.mention?];
    begin_from(&reading.dates, |d| d.span.start, mention.end)
        .take_while(|(_, d)| d.span.start < mention.end + 260)
        .find(|(_, d)| {
            let between = &reading.lower()[mention.end..d.span.start];
            is_day(d)
                && !between.contains(['\n', ';'])
                && SIGNED.is_match(between, &reading.scan)
        })
        .map(|(i, _)| i)
}

/// `đã được phát động tại Đà Nẵng sáng 10-3`: a launch's date behind it.
fn launch_date(reading: &Reading, act: &Act) -> Option<usize> {
    if act.mention.is_some() || !act.rule.starts_with("act/launch") {
        return None;
    }
    let (_, sentence) = reading.sentence_at(act.span.start)?;
    begin_from(&reading.dates, |d| d.span.start, act.span.end)
        .take_while(|(_, d)| d.span.start < act.span.end + 90)
        .find(|(i, d)| {
            is_day(d)
                && sentence.contains(d.span)
                && !is_celebrated(reading, *i)
                && !word_lists::ends(
                    "roles.until",
                    reading.before(d.span.start, 24).trim_end(),
                )
        })
        .map(|(i, _)| i)
}

/// The day of the ceremony in the sentence before: `… sáng 28/4. Tại đây, …`.
fn ceremony_date(reading: &Reading, act: &Act) -> Option<usize> {
    let before = act.sentence.filter(|n| *n > 0 && act.mention.is_none())? - 1;
    let sentence = *reading.sentences().get(before)?;
    let lead = reading.sentences().get(before + 1)?.of(reading.lower());
    let here = word_lists::begins("roles.here", lead);
    here.then(|| {
        reading
            .dates
            .iter()
            .position(|d| is_day(d) && sentence.contains(d.span))
    })?
}

/// `văn bản do Thứ trưởng … ký ngày 22/7`: the same kind named again.
fn signed_later(reading: &Reading, act: &Act) -> Option<usize> {
    let own = &reading.mentions[act.mention?];
    let code = own.word.map(|(_, kind)| kind.code)?;
    reading
        .mentions
        .iter()
        .filter(|m| m.symbol.is_none() && m.span.start > own.span.start)
        .filter(|m| m.word.is_some_and(|(_, kind)| kind.code == code))
        .find_map(|m| {
            begin_from(&reading.dates, |d| d.span.start, m.end)
                .take_while(|(_, d)| d.span.start < m.end + 90)
                .find(|(_, d)| {
                    let between = &reading.lower()[m.end..d.span.start];
                    is_day(d)
                        && !between.contains(['.', ';', '\n'])
                        && word_lists::ends(
                            "roles.signing_verbs",
                            between.trim_end(),
                        )
                })
                .map(|(i, _)| i)
        })
}

/// `… ra chỉ thị` in the headline, `Ngày 12/3, … có Chỉ thị số 04/CT-UBND` or
/// `… Chỉ thị số 04/CT-UBND (ký ngày 12/3)` in the lead: the date of the same
/// number, or of the same kind where the headline has no number, behind an
/// issuing verb.
fn told_in_lead(reading: &Reading, act: &Act) -> Option<usize> {
    let lead = in_lead(reading, act)?;
    let date = lead.date.filter(|i| is_day(&reading.dates[*i]));
    date.or_else(|| clause_date(reading, lead.span.start))
}

/// The paper of the act where the lead names it again.
fn in_lead<'r>(reading: &'r Reading, act: &Act) -> Option<&'r Mention> {
    let own = &reading.mentions[act.mention?];
    let code = own.word.map(|(_, kind)| kind.code);
    let written = |m: &Mention| {
        m.symbol.and_then(|i| reading.symbols[i].written.as_deref())
    };
    let top = reading.sentences().get(2).or(reading.sentences().last())?.end;
    let same = |m: &&Mention| match written(own) {
        Some(number) => written(m) == Some(number),
        None => {
            own.bare.is_none()
                && m.symbol.is_some()
                && code.is_some()
                && m.word.map(|(_, kind)| kind.code) == code
        }
    };
    let mut behind = reading
        .mentions
        .iter()
        .filter(|m| m.span.start > own.span.start && m.span.start < top);
    let lead = behind.find(same)?;
    let head = reading.before(lead.span.start, 40);
    word_lists::ends("act.issuing_verbs", head.trim_end()).then_some(lead)
}

/// A date at the head of the sentence of an act or its paper, which begins at
/// a byte, before its verb.
pub(super) fn clause_date(reading: &Reading, at: usize) -> Option<usize> {
    let (_, sentence) = reading.sentence_at(at)?;
    let taken: FxHashSet<usize> =
        reading.mentions.iter().filter_map(|m| m.date).collect();
    let (i, form) = reading
        .dates
        .iter()
        .enumerate()
        .filter(|(i, d)| {
            is_day(d)
                && sentence.contains(d.span)
                && d.span.start < at
                && !taken.contains(i)
                && !is_celebrated(reading, *i)
        })
        .min_by_key(|(_, d)| at - d.span.start)?;
    let between = reading.lower().get(form.span.end..at)?;
    // `Ngày 10/4, lãnh đạo … cho biết, vừa ra quyết định`: the day of the
    // briefing.
    let mut told = between.split("thông tin và truyền thông");
    let briefing = told.any(|w| word_lists::inside("roles.briefing", w));
    let head = &reading.lower()[sentence.start..form.span.start];
    let other = word_lists::ends("roles.other_days", head.trim_end());
    // `Ngày 14/2, Thông tư số 29 … chính thức có hiệu lực`: another day.
    let effective = between.trim() == ","
        && word_lists::inside("roles.takes_effect", reading.after(at, 260));
    (between.len() < 400 && !briefing && !other && !effective).then_some(i)
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    #[test]
    fn the_day_of_a_briefing_is_not_the_acts() {
        let found = record(
            "Ngày 16/9/2021, lãnh đạo tỉnh cho biết UBND tỉnh Hà Nam vừa ban \
             hành Kế hoạch số 71/KH-UBND.",
        );
        assert!(found.issued.is_none());
    }

    #[test]
    fn the_day_of_the_head_comes_before_a_term_in_its_subject() {
        let found = record(
            "BỘ Y TẾ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự \
             do - Hạnh phúc\nSố: 91/BYT-DP\nV/v diệt muỗi giai đoạn \
             2023-2025\nHà Nội, ngày 25 tháng 4 năm 2024\nKính gửi: Các sở y \
             tế.\nMuỗi nhiều, các sở phun thuốc.",
        );
        assert_eq!(found.issued.unwrap().value, "2024-04-25");
    }

    #[test]
    fn the_day_on_which_the_body_of_a_headline_acts_is_found() {
        let found = record(
            "Phát động 'Tết làng' cho người nghèo\n\nNgày 10/11/2022, Hội Chữ \
             thập đỏ Việt Nam đã thông báo phong trào “Tết làng”.",
        );
        assert_eq!(found.issued.unwrap().value, "2022-11-10");
    }

    #[test]
    fn the_day_may_stand_in_brackets_or_before_the_paper_named_again() {
        for (text, day) in [
            (
                "UBND tỉnh Hà Nam vừa ban hành Kế hoạch trồng tre (Kế hoạch số \
                 11/KH-UBND ngày 15/01/2020).",
                "2020-01-15",
            ),
            (
                "Bộ Y tế có Thông tư số 29/2024/TT-BYT về diệt muỗi. Từ khi \
                 ban hành vào ngày 30/12/2024, Thông tư này được bàn nhiều.",
                "2024-12-30",
            ),
        ] {
            assert_eq!(record(text).issued.unwrap().value, day, "{text}");
        }
    }

    #[test]
    fn the_number_in_the_lead_dates_the_act_of_the_headline() {
        let found = record(
            "Hà Nam ra chỉ thị tiết kiệm nước\n\nChủ tịch UBND tỉnh Hà Nam vừa \
             có Chỉ thị số 7/CT-UBND (ký ngày 12/3/2013) về tiết kiệm nước.",
        );
        assert_eq!(found.issued.unwrap().value, "2013-03-12");
        let found = record(
            "Bộ Xây dựng ban hành văn bản hợp nhất số 8/VBHN-BXD về nhà ở\n\n\
             Ngày 04/03/2020, Bộ Xây dựng ban hành văn bản hợp nhất số \
             8/VBHN-BXD về nhà ở cho hộ nghèo.",
        );
        assert_eq!(found.issued.unwrap().value, "2020-03-04");
    }

    #[test]
    fn the_day_on_which_a_paper_takes_effect_is_not_that_of_its_issue() {
        let found = record(
            "Ngày 14/2/2025, Thông tư số 28/2024/TT-BGDĐT của Bộ Giáo dục và \
             Đào tạo về dạy thêm chính thức có hiệu lực. Thông tư nêu rõ các \
             trường không được dạy thêm.",
        );
        let issued = found.issued.map(|issued| issued.value);
        assert_ne!(issued.as_deref(), Some("2025-02-14"));
    }

    #[test]
    fn the_day_behind_a_cited_paper_is_the_acts() {
        let found = record(
            "Thực hiện Kế hoạch số 28/KH-UBND ngày 24/10/2022 của UBND tỉnh \
             Hà Nam, ngày 07/11/2022 Sở Thông tin và Truyền thông ban hành \
             Công văn số 12/STTTT-BCXB về tuyên truyền.",
        );
        assert_eq!(found.issued.unwrap().value, "2022-11-07");
    }
}
