//! Years and roles of the calendar expressions, and which of them are the
//! dates of the act and of the article.
//!
//! # What it finds
//! `published`: the dateline, else the metadata; for `issued` see the module
//! of that name. A missing year is the one that puts the day nearest to the
//! publication; with no publication date it is looked for in a full date of
//! issue, and else stays open (`XXXX-10-01`).
//!
//! # What it must refuse
//! The current year.
//!
//! # Known limits
//! The role of a day is read from the 60 bytes before it.

mod told;

use super::act::Act;
use super::dates::{Anchor, Form, Tense, resolve};
use super::issued;
use super::reading::Reading;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::record::{
    DateMention, DateRole, DateValue, Edtf, Evidence, Part, Point, Status,
};
use crate::text::{Norm, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::LazyCell;
use std::sync::LazyLock;

/// The dates of a document, settled.
#[derive(Debug)]
pub struct Dates {
    /// Of the article.
    pub published: Option<DateValue>,
    /// Of the act.
    pub issued: Option<DateValue>,
    /// All of them.
    pub mentions: Vec<DateMention>,
}

static PAST: LazyLock<Rule> = LazyLock::new(|| Rule::new("roles.past"));

static FUTURE: LazyLock<Rule> = LazyLock::new(|| Rule::new("roles.future"));

/// Cues before a date, and the role they give, the first that fits.
static ROLES: LazyLock<Vec<(Rule, DateRole)>> = LazyLock::new(|| {
    [
        (Rule::new("roles.effective"), DateRole::Effective),
        (Rule::new("roles.deadline"), DateRole::Deadline),
        (Rule::new("roles.end"), DateRole::End),
        (Rule::new("roles.start"), DateRole::Start),
        (Rule::new("roles.event"), DateRole::Event),
    ]
    .into()
});

/// Settles the dates of a document; `act` is its main act, if it has one.
pub fn find(reading: &Reading, act: Option<&Act>) -> Dates {
    let published = published(reading);
    let publication = reading.publication();
    let own = act.and_then(|act| issued::find(reading, act));
    let issue = own.and_then(|own| {
        Anchor::of(reading.dates[own].value, "the date of the act")
    });
    // A paper speaks from its own day, whenever a page took it up.
    let anchor = match reading.layout.header {
        Some(_) => issue.or(publication),
        None => publication.or(issue),
    };
    let top = LazyCell::new(|| near_top(reading));
    let cited: FxHashSet<usize> =
        reading.mentions.iter().filter_map(|m| m.date).collect();
    let named = LazyCell::new(|| named_with_year(reading, anchor));
    let mut mentions = Vec::with_capacity(reading.dates.len());
    for (i, form) in reading.dates.iter().enumerate() {
        let role =
            if reading.layout.dateline.is_some_and(|d| d.span == form.span) {
                DateRole::Published
            } else if own == Some(i)
                || own.is_some_and(|own| {
                    is_field_of_issue(reading, form, &reading.dates[own])
                })
            {
                DateRole::Issued
            } else if cited.contains(&i) {
                DateRole::Reference
            } else {
                role(reading, form)
            };
        // The nearest one before it.
        let open = is_open(form);
        let anchor = anchor.or_else(|| {
            if !open {
                return None;
            }
            let before = top.partition_point(|(at, _)| *at < form.span.start);
            before.checked_sub(1).map(|i| top[i].1)
        });
        let named = || &*named;
        let mut mention = mention(reading, form, role, anchor, named);
        mention.role = told::role(reading, form, role);
        mentions.push(match i.checked_sub(1) {
            Some(n) => {
                let before = (&reading.dates[n], &mentions[n]);
                in_year_of(reading, before, form, mention)
            }
            None => mention,
        });
    }
    let rivals = match (act, own) {
        (Some(act), Some(own)) => rivals(reading, act, own, &mentions),
        _ => Vec::new(),
    };
    let issued = own.map(|i| {
        let m = &mentions[i];
        DateValue {
            value: m.value.clone(),
            text: Some(m.text.clone()),
            span: Some(m.span),
            status: if rivals.is_empty() {
                m.status
            } else {
                Status::Conflicting
            },
            rule: "issued/near-act".into(),
            why: if rivals.is_empty() {
                m.why.clone()
            } else {
                Some("the text gives the act several dates".into())
            },
            others: rivals.clone(),
        }
    });
    Dates { published, issued, mentions }
}

/// `Ngày ban hành: 8/6/2009` in the box of a page: whether it repeats the day
/// of the act.
fn is_field_of_issue(reading: &Reading, form: &Form, own: &Form) -> bool {
    let head = reading.before(form.span.start, 40);
    let label = head.trim_end_matches([':', '|', ' ']);
    form.value == own.value && label.ends_with("ngày ban hành")
}

/// A month without a year, in the year of the month before it in the same
/// sentence: `từ tháng 9 … đến cuối tháng 10`.
fn in_year_of(
    reading: &Reading,
    (last, known): (&Form, &DateMention),
    form: &Form,
    mention: DateMention,
) -> DateMention {
    let month = |form: &Form| match form.value {
        Edtf::Point(p @ Point { part: Part::Month(m), .. }) => Some((m, p)),
        _ => None,
    };
    let (Some((before, first)), Some((m, own))) = (month(last), month(form))
    else {
        return mention;
    };
    let between = &reading.lower()[last.span.end..form.span.start];
    let tense = tense(reading, form.span, mention.role);
    let year = known.value.get(..4).and_then(|y| y.parse::<i16>().ok());
    let (Some(year), None, None) = (year, first.year, own.year) else {
        return mention;
    };
    if m < before
        || tense == Tense::Past
        || between.len() > 240
        || between.contains(". ")
        || between.contains("\n\n")
    {
        return mention;
    }
    let value = Edtf::Point(own.in_year(year)).to_string();
    let why = Some("the year of the month before it".to_owned());
    DateMention { value, status: Status::Inferred, why, ..mention }
}

/// Full dates in the headline and the first sentences that are not those of
/// cited documents, each with its byte.
fn near_top(reading: &Reading) -> Vec<(usize, Anchor)> {
    let Some(last) = reading.sentences().get(2).or(reading.sentences().last())
    else {
        return Vec::new();
    };
    let top = reading.dates.iter().enumerate();
    top.take_while(|(_, d)| d.span.start < last.end)
        .filter(|(i, _)| reading.mentions.iter().all(|m| m.date != Some(*i)))
        .filter_map(|(_, d)| {
            let day = match d.value {
                Edtf::Point(_) => d.value,
                Edtf::Interval(_, last) => Edtf::Point(last),
            };
            let anchor = Anchor::of(day, "a full date near the top")?;
            Some((d.span.start, anchor))
        })
        .collect()
}

/// The year that a day has elsewhere in the text.
type Named = FxHashMap<Part, Edtf>;

/// For each day that the text names with its year, the first such date. The
/// day of an event long before the article (`2/9/1945`) says nothing of the
/// years in which it is celebrated.
fn named_with_year(reading: &Reading, anchor: Option<Anchor>) -> Named {
    let mut named = Named::default();
    for date in &reading.dates {
        if let Edtf::Point(Point { year: Some(year), part }) = date.value
            && matches!(part, Part::Day(..))
            && anchor.is_none_or(|a| (a.day.0 - year).abs() <= 2)
        {
            named
                .entry(part)
                .and_modify(|known| {
                    if let Edtf::Point(Point { year: Some(before), .. }) = known
                        && *before + 2 < year
                    {
                        *known = date.value;
                    }
                })
                .or_insert(date.value);
        }
    }
    named
}

fn published(reading: &Reading) -> Option<DateValue> {
    if let Some(form) = reading.layout.dateline {
        let (span, text) = reading.text.evidence(form.span);
        let rival = reading.published.filter(|p| *p != form.value);
        let status = match rival {
            Some(_) => Status::Conflicting,
            None => Status::Stated,
        };
        return Some(DateValue {
            value: form.value.to_string(),
            text: Some(text),
            span: Some(span),
            status,
            rule: "published/dateline".into(),
            why: rival.map(|p| format!("the metadata says {p}")),
            others: Vec::new(),
        });
    }
    let value = reading.published?;
    Some(DateValue {
        value: value.to_string(),
        text: reading.context.published.clone(),
        span: None,
        status: Status::Inferred,
        rule: "published/metadata".into(),
        why: Some("the metadata of the container".into()),
        others: Vec::new(),
    })
}

/// Whether the year of a date is still to be found.
fn is_open(form: &Form) -> bool {
    let open = match form.value {
        Edtf::Point(p) => p.year.is_none(),
        Edtf::Interval(a, b) => a.year.is_none() || b.year.is_none(),
    };
    open && !form.recurring
}

pub(super) fn is_day(form: &Form) -> bool {
    matches!(form.value, Edtf::Point(Point { part: Part::Day(..), .. }))
}

/// Other days that the text gives the act: behind its number elsewhere, or at
/// the head of its sentence.
fn rivals(
    reading: &Reading,
    act: &Act,
    own: usize,
    mentions: &[DateMention],
) -> Vec<Evidence> {
    let Some(mention) = act.mention.map(|i| &reading.mentions[i]) else {
        return Vec::new();
    };
    let written =
        mention.symbol.and_then(|i| reading.symbols[i].written.as_ref());
    let elsewhere = reading.mentions.iter().filter_map(|m| {
        let symbol = reading.symbols[m.symbol?].written.as_ref()?;
        m.date.filter(|_| Some(symbol) == written)
    });
    let clause = match mention.date {
        Some(_) => None,
        None => issued::clause_date(reading, act.span.start),
    };
    let mut out: Vec<Evidence> = Vec::new();
    for i in elsewhere.chain(clause) {
        let (m, own) = (&mentions[i], &mentions[own]);
        let known = out.iter().any(|e| e.span == m.span);
        if m.value != own.value && is_day(&reading.dates[i]) && !known {
            out.push(Evidence { text: m.text.clone(), span: m.span });
        }
    }
    out
}

/// The role that the words before a date give it.
fn role(reading: &Reading, form: &Form) -> DateRole {
    let head = reading.before(form.span.start, 60);
    // `Tính đến tháng 5` counts so far; nothing ends.
    if head.trim_end().ends_with("tính đến") {
        return DateRole::Other;
    }
    for (pattern, role) in ROLES.iter() {
        if pattern.is_match(head, &reading.scan) {
            return *role;
        }
    }
    // `Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;`
    let line = reading.before(form.span.start, 400).trim_start();
    if is_day(form) && word_lists::begins("roles.grounds", line) {
        return DateRole::Reference;
    }
    match form.value {
        Edtf::Interval(a, _)
            if matches!(a.part, Part::Day(..) | Part::Month(_)) =>
        {
            DateRole::Start
        }
        _ => DateRole::Other,
    }
}

fn mention<'n>(
    reading: &Reading,
    form: &Form,
    role: DateRole,
    anchor: Option<Anchor>,
    named: impl Fn() -> &'n Named,
) -> DateMention {
    let (span, text) = reading.text.evidence(form.span);
    let mut value = form.value;
    let mut status = Status::Stated;
    let mut why = None;
    if is_open(form) {
        let part = match value {
            Edtf::Point(point) => Some(point.part),
            Edtf::Interval(..) => None,
        };
        if let Some(named) = part.and_then(|part| named().get(&part)) {
            value = *named;
            status = Status::Inferred;
            why = Some("the same day named with its year".to_owned());
        } else if let Some(anchor) = anchor {
            value = resolve(value, anchor, tense(reading, form.span, role));
            status = Status::Inferred;
            why = Some(format!("the year nearest to {}", anchor.what));
        }
    }
    DateMention {
        value: value.to_string(),
        role,
        text,
        span,
        status,
        rule: form.rule.into(),
        why,
    }
}

fn tense(reading: &Reading, span: Span<Norm>, role: DateRole) -> Tense {
    match role {
        DateRole::Issued | DateRole::Reference | DateRole::Event => {
            return Tense::Past;
        }
        DateRole::Deadline | DateRole::Effective => return Tense::Future,
        _ => {}
    }
    let head = reading.before(span.start, 60);
    let after = reading.after(span.end, 60);
    let after = after.split(". ").next().unwrap_or(after);
    if FUTURE.is_match(head, &reading.scan) {
        Tense::Future
    } else if PAST.is_match(head, &reading.scan)
        || PAST.is_match(after, &reading.scan)
    {
        Tense::Past
    } else {
        Tense::Open
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;
    use crate::record::DateRole;

    #[test]
    fn cues_give_dates_their_roles() {
        let found = record(
            "Ngày 16/9/2021, UBND tỉnh Hà Nam ban hành Kế hoạch số \
             71/KH-UBND, hoàn thành trước 20/12/2021, có hiệu lực từ 1/10/2021.",
        );
        let roles: Vec<DateRole> = found.dates.iter().map(|d| d.role).collect();
        assert_eq!(
            roles,
            [DateRole::Issued, DateRole::Deadline, DateRole::Effective]
        );
        assert_eq!(found.issued.unwrap().value, "2021-09-16");
    }

    #[test]
    fn days_of_the_grounds_are_references() {
        let found = record(
            "Căn cứ Luật Trồng trọt và các luật khác có liên quan đến cây \
             trồng ngày 19/6/2015;\nUBND tỉnh Hà Nam họp ngày 3/7/2015 để bàn \
             việc trồng rừng và giao đất cho các hộ dân vùng cao, với sự tham \
             gia của các huyện.",
        );
        let roles: Vec<DateRole> = found.dates.iter().map(|d| d.role).collect();
        assert_eq!(roles, [DateRole::Reference, DateRole::Other]);
    }

    #[test]
    fn a_year_that_nothing_tells_stays_open() {
        let found = record("Ngày 16/9, UBND tỉnh họp bàn.");
        assert_eq!(found.dates[0].value, "XXXX-09-16");
    }

    #[test]
    fn a_month_keeps_the_year_of_its_sentence() {
        let found = record(
            "Xã họp bàn việc lúa\n12/03/2022 08:00\n\nLũ dự báo lên từ đầu tháng \
             9 và lớn nhất khoảng cuối tháng 9, đầu tháng 10. Xã đã họp hồi \
             tháng 11.",
        );
        let values: Vec<&str> =
            found.dates.iter().skip(1).map(|d| d.value.as_str()).collect();
        assert_eq!(values, ["2022-09", "2022-09", "2022-10", "2021-11"]);
    }

    #[test]
    fn the_box_of_a_page_repeats_the_day_of_the_act() {
        let found = record(
            "Số hiệu: 7/QĐ-UBND\nNgày ban hành: 08/06/2009\nNgày hiệu lực: \
             18/06/2009\nUBND TỈNH HÀ NAM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT \
             NAM\nSố: 7/QĐ-UBND\nHà Nam, ngày 08 tháng 06 năm 2009\nQUYẾT \
             ĐỊNH\nVề việc trồng rừng\nĐiều 1. Trồng rừng.\nĐiều 2. Giữ rừng.",
        );
        let roles: Vec<DateRole> = found.dates.iter().map(|d| d.role).collect();
        assert_eq!(roles[0], DateRole::Issued);
        assert_ne!(roles[1], DateRole::Issued);
        assert_eq!(roles[2], DateRole::Issued);
    }
}
