//! The timeline of the dates of the acts, as a picture and as a list.

use super::markup::{evidence, short, two, value};
use crate::compare::model::Comparison;
use crate::escape::html;

/// Width of the picture and of the margins inside it.
const WIDTH: f64 = 1000.0;
const MARGIN: f64 = 30.0;
/// Width of a letter of a name, on the average.
const LETTER: f64 = 7.4;
/// Height of a lane of names.
const LANE: f64 = 20.0;
/// Room for the axis.
const AXIS: f64 = 34.0;

/// A day: which announcements, and how far along.
struct Day {
    number: i64,
    date: String,
    documents: Vec<usize>,
}

/// Days since 1 January 1970 of a full date or month; `None` if the year is
/// unknown.
fn day_number(edtf: &str) -> Option<i64> {
    let first = edtf.split('/').next()?;
    let mut parts = first.split('-');
    let year: i64 = parts.next()?.parse().ok()?;
    let month: i64 = parts.next().unwrap_or("7").parse().ok()?;
    let day: i64 = parts.next().unwrap_or("15").parse().ok()?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Counted from March, so that the leap day is the last of its year.
    let (y, m) =
        if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (y.div_euclid(400), y.rem_euclid(400));
    let of_year = (153 * m + 2) / 5 + day - 1;
    Some(
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
            - 719_468,
    )
}

fn days(comparison: &Comparison) -> Vec<Day> {
    let mut out: Vec<Day> = Vec::new();
    for (d, side) in comparison.documents.iter().enumerate() {
        let Some(date) = &side.issued else { continue };
        let Some(number) = day_number(date) else { continue };
        match out.iter_mut().find(|day| day.date == *date) {
            Some(day) => day.documents.push(d),
            None => {
                let date = date.clone();
                out.push(Day { number, date, documents: vec![d] });
            }
        }
    }
    out.sort_by(|a, b| (a.number, &a.date).cmp(&(b.number, &b.date)));
    out
}

/// The picture, and the list that says the same.
pub(super) fn timeline(comparison: &Comparison) -> String {
    let days = days(comparison);
    let mut out = String::new();
    if days.is_empty() {
        out += &format!(
            "<p class=\"absent\">{}</p>",
            two(
                "Không văn bản nào nêu đủ ngày ban hành.",
                "No announcement states a full date of issue."
            )
        );
    } else {
        out += &picture(comparison, &days);
    }
    out + &list(comparison)
}

fn picture(comparison: &Comparison, days: &[Day]) -> String {
    // Whole months, so that there is a tick on either side.
    let first = month_start(&days[0].date, 0);
    let last = month_start(&days[days.len() - 1].date, 1);
    let x = |number: i64| {
        let part = (number - first) as f64 / (last - first).max(1) as f64;
        MARGIN + part * (WIDTH - 2.0 * MARGIN)
    };
    let labels: Vec<String> =
        days.iter().map(|day| label(comparison, day)).collect();
    let (lanes, ends) = lanes(days, &labels, &x);
    let height = AXIS + ends as f64 * LANE + 12.0;
    let base = height - AXIS;
    let mut out = format!(
        "<div class=\"picture\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Trục thời gian\" data-vi-label=\"Trục thời gian\" \
         data-en-label=\"Time axis\"><svg class=\"timeline\" role=\"img\" \
         viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" \
         height=\"{height:.0}\" aria-labelledby=\"time-title\">\
         <title id=\"time-title\">Ngày ban hành trên trục thời gian; danh \
         sách ở ngay dưới. Dates of issue on a time axis; the same as a list \
         below.</title><line class=\"axis\" x1=\"{MARGIN}\" \
         x2=\"{:.0}\" y1=\"{base:.0}\" y2=\"{base:.0}\"/>",
        WIDTH - MARGIN
    );
    out += &months(first, last, base, &x);
    for ((day, label), lane) in days.iter().zip(&labels).zip(lanes) {
        let (at, y) = (x(day.number), base - 14.0 - lane as f64 * LANE);
        let (anchor, shift) =
            if at > WIDTH * 0.75 { ("end", -4.0) } else { ("start", 4.0) };
        out += &format!(
            "<line class=\"stem\" x1=\"{at:.1}\" x2=\"{at:.1}\" \
             y1=\"{base:.0}\" y2=\"{:.0}\"/><circle cx=\"{at:.1}\" \
             cy=\"{base:.0}\" r=\"{:.1}\"/><text x=\"{:.1}\" y=\"{y:.0}\" \
             text-anchor=\"{anchor}\">{}</text>",
            y - 10.0,
            (3.5 + day.documents.len() as f64).min(9.0),
            at + shift,
            html(label)
        );
    }
    out + "</svg></div>"
}

/// First day of the month of a date, or of a later month.
fn month_start(edtf: &str, later: i64) -> i64 {
    let mut parts = edtf.split(['-', '/']);
    let mut next = || parts.next().and_then(|p| p.parse::<i64>().ok());
    let year = next().unwrap_or(2000);
    let month = next().unwrap_or(1).clamp(1, 12) - 1 + later;
    let (year, month) = (year + month / 12, month % 12 + 1);
    day_number(&format!("{year}-{month:02}-01")).unwrap_or(0)
}

fn label(comparison: &Comparison, day: &Day) -> String {
    let names: Vec<&str> = day
        .documents
        .iter()
        .take(2)
        .map(|&d| short(&comparison.documents[d].name))
        .collect();
    let mut out = names.join(", ");
    if day.documents.len() > 2 {
        out += &format!(" +{}", day.documents.len() - 2);
    }
    out
}

/// The lane of each label, so that none covers another, and how many lanes.
fn lanes(
    days: &[Day],
    labels: &[String],
    x: &impl Fn(i64) -> f64,
) -> (Vec<usize>, usize) {
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut out = Vec::new();
    for (day, label) in days.iter().zip(labels) {
        let (at, wide) =
            (x(day.number), label.chars().count() as f64 * LETTER + 12.0);
        let (from, to) = if at > WIDTH * 0.75 {
            (at - wide, at + 4.0)
        } else {
            (at - 4.0, at + wide)
        };
        let free = |lane: &Vec<(f64, f64)>| {
            lane.iter().all(|&(a, b)| to < a || b < from)
        };
        let lane = match taken.iter().position(free) {
            Some(lane) => lane,
            None => {
                taken.push(Vec::new());
                taken.len() - 1
            }
        };
        taken[lane].push((from, to));
        out.push(lane);
    }
    (out, taken.len())
}

/// Ticks at the first day of months, as many as there is room for.
fn months(first: i64, last: i64, base: f64, x: &impl Fn(i64) -> f64) -> String {
    let mut ticks = Vec::new();
    for year in 1900..2200 {
        for month in 1..=12 {
            let date = format!("{year}-{month:02}-01");
            let Some(number) = day_number(&date) else { continue };
            if (first..=last).contains(&number) {
                ticks.push((number, format!("{month}/{year}")));
            }
        }
    }
    let step = ticks.len().div_ceil(12).max(1);
    let mut out = String::new();
    for (number, label) in ticks.into_iter().step_by(step) {
        let at = x(number);
        out += &format!(
            "<line class=\"tick\" x1=\"{at:.1}\" x2=\"{at:.1}\" \
             y1=\"{base:.0}\" y2=\"{:.0}\"/><text class=\"tick\" \
             x=\"{at:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{label}</text>",
            base + 6.0,
            base + 20.0
        );
    }
    out
}

/// Every announcement with its date, sorted; unknown years at the end.
fn list(comparison: &Comparison) -> String {
    let Some(row) = comparison.fields.iter().find(|f| f.field == "issued")
    else {
        return String::new();
    };
    let mut entries: Vec<(Option<i64>, usize)> = comparison
        .documents
        .iter()
        .enumerate()
        .map(|(d, side)| (side.issued.as_deref().and_then(day_number), d))
        .collect();
    entries.sort_by_key(|(day, d)| (day.is_none(), *day, *d));
    let mut out = format!(
        "<details{}><summary>{}</summary><ul class=\"dates\">",
        if entries.len() <= 6 { " open" } else { "" },
        two("Danh sách ngày ban hành", "List of dates of issue")
    );
    for (_, d) in entries {
        out += "<li>";
        match row.cells[d].values.first() {
            Some(found) => {
                let span = found.evidence.as_ref().map(|e| e.span);
                let date = value("issued", &found.value);
                out += &evidence("v", d, span, &date);
            }
            None => {
                out += &format!(
                    "<span class=\"absent\">{}</span>",
                    two("không nêu", "not stated")
                );
            }
        }
        out += &format!(" {}</li>", html(&comparison.documents[d].name));
    }
    out + "</ul></details>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2000-03-01"), Some(11_017));
        assert_eq!(day_number("2021-09-16"), Some(18_886));
        assert_eq!(day_number("2021-09"), day_number("2021-09-15"));
        assert_eq!(day_number("XXXX-10-01"), None);
        assert_eq!(day_number("2021-35"), None);
    }
}
