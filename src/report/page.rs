//! The report as one self-contained page: no script, nothing fetched, and no
//! text of a document can become markup. Its plots are SVG, drawn in colours
//! that follow the reader's light or dark, and its tables print.

use super::drift::Drift;
use super::plots::{bars, columns, share, swing};
use super::tally::Count;
use super::{FIELDS, Report, Slow};
use crate::escape::{base64, html};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

static STYLE: &str = include_str!("page.css");

/// Sources that have a row of their own.
const SOURCES: usize = 60;

/// The page of a report.
pub fn page(report: &Report) -> String {
    let style = base64(&Sha256::digest(STYLE.as_bytes()));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'\">\n\
         <title>vanban: report of a run</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>Report of a run</h1>\n"
    );
    let inputs = report.asked.get("inputs").map_or("", String::as_str);
    let _ = writeln!(
        out,
        "<p class=\"soft\">{}<br>rules {}</p>",
        html(inputs),
        html(&report.rules)
    );
    totals(&mut out, report);
    if let Some(drift) = &report.drift {
        self::drift(&mut out, drift);
    }
    coverage(&mut out, report);
    errors(&mut out, report);
    slowest(&mut out, &report.tally.slowest);
    asked(&mut out, report);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn totals(out: &mut String, report: &Report) {
    let totals = &report.totals;
    let pace = totals.bytes as f64 / 1e6 / totals.seconds.max(1e-3);
    let figures = [
        ("documents", whole(totals.documents)),
        ("records written", whole(totals.written)),
        ("announcements", whole(report.tally.all.announcements)),
        ("left out", whole(totals.left_out)),
        ("taken over", whole(totals.reused)),
        ("in error", whole(totals.failures)),
        ("notes of doubt", whole(totals.notes)),
        ("MB read", format!("{:.1}", totals.bytes as f64 / 1e6)),
        ("seconds", format!("{:.1}", totals.seconds)),
        ("MB/s", format!("{pace:.1}")),
        ("threads", whole(totals.threads)),
    ];
    out.push_str("<ul class=\"totals\">\n");
    for (name, figure) in figures {
        let _ = writeln!(out, "<li><b>{figure}</b>{name}</li>");
    }
    out.push_str("</ul>\n");
}

fn coverage(out: &mut String, report: &Report) {
    let all = &report.tally.all;
    out.push_str("<h2>Coverage of each field</h2>\n");
    out.push_str(
        "<p class=\"soft\">Of the records written, how many have the field.</p>\n",
    );
    let shares: Vec<(&str, f64, String)> = FIELDS
        .iter()
        .enumerate()
        .map(|(i, field)| {
            let count = all.fields.get(i).copied().unwrap_or(0);
            let part = share(count, all.records);
            (*field, part, format!("{:.1} % · {count}", part * 100.0))
        })
        .collect();
    out.push_str(&bars("Coverage of each field", &shares));
    out.push_str("<h2>By year</h2>\n");
    let years: Vec<(&str, u64)> = report
        .tally
        .years
        .iter()
        .map(|(year, count)| (year.as_str(), count.records))
        .collect();
    out.push_str(&columns("Records by year", &years));
    table(out, "Year", report.tally.years.iter());
    out.push_str("<h2>By source</h2>\n");
    let mut sources: Vec<_> = report.tally.sources.iter().collect();
    sources.sort_by_key(|(_, count)| {
        std::cmp::Reverse(count.records + count.failures)
    });
    table(out, "Source", sources.iter().copied().take(SOURCES));
    if sources.len() > SOURCES {
        let _ = writeln!(
            out,
            "<p class=\"soft\">and {} more, which the JSON report has</p>",
            sources.len() - SOURCES
        );
    }
}

/// Coverage by one more name, a shade a share.
fn table<'c>(
    out: &mut String,
    head: &str,
    rows: impl Iterator<Item = (&'c String, &'c Count)>,
) {
    let _ = write!(
        out,
        "<div class=\"wide\"><table>\n<tr><th>{head}</th>\
         <th class=\"n\">records</th><th class=\"n\">announcements</th>\
         <th class=\"n\">errors</th>"
    );
    for field in FIELDS {
        let _ = write!(out, "<th>{field}</th>");
    }
    out.push_str("</tr>\n");
    for (name, count) in rows {
        let _ = write!(
            out,
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{}</td>",
            html(name),
            whole(count.records),
            whole(count.announcements),
            whole(count.failures)
        );
        for i in 0..FIELDS.len() {
            let there = count.fields.get(i).copied().unwrap_or(0);
            let part = share(there, count.records);
            let shade = (part * 4.0).ceil() as u32;
            let _ = write!(
                out,
                "<td class=\"s c{shade}\">{:.0} %</td>",
                part * 100.0
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table></div>\n");
}

fn errors(out: &mut String, report: &Report) {
    out.push_str("<h2>Errors by reason</h2>\n");
    let reasons: &BTreeMap<String, u64> = &report.tally.reasons;
    if reasons.is_empty() {
        out.push_str("<p>None.</p>\n");
        return;
    }
    let mut sorted: Vec<_> = reasons.iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    out.push_str(
        "<table>\n<tr><th class=\"n\">documents</th><th>reason</th></tr>\n",
    );
    for (reason, count) in sorted {
        let _ = writeln!(
            out,
            "<tr><td class=\"n\">{}</td><td>{}</td></tr>",
            whole(*count),
            html(reason)
        );
    }
    out.push_str("</table>\n");
}

fn slowest(out: &mut String, slowest: &[Slow]) {
    if slowest.is_empty() {
        return;
    }
    out.push_str(
        "<h2>Slowest documents</h2>\n<table>\n<tr><th class=\"n\">ms</th>\
         <th class=\"n\">bytes</th><th>document</th></tr>\n",
    );
    for slow in slowest {
        let record = slow.record.map_or_else(String::new, |n| format!("#{n}"));
        let _ = writeln!(
            out,
            "<tr><td class=\"n\">{:.1}</td><td class=\"n\">{}</td>\
             <td>{}{record}</td></tr>",
            slow.milliseconds,
            whole(slow.bytes),
            html(&slow.path)
        );
    }
    out.push_str("</table>\n");
}

fn drift(out: &mut String, drift: &Drift) {
    let _ = writeln!(
        out,
        "<h2>Changes since {}</h2>\n<p class=\"soft\">rules then {}; a share \
         is given if it changed by 2 points or more and by 3 standard errors \
         or more</p>",
        html(&drift.against),
        html(&drift.rules)
    );
    if drift.changes.is_empty() {
        out.push_str("<p>No share has changed.</p>\n");
    } else {
        out.push_str(
            "<table>\n<tr><th>source</th><th>share</th><th class=\"n\">then</th>\
             <th class=\"n\">now</th><th>change</th><th class=\"n\">standard \
             errors</th></tr>\n",
        );
        for change in &drift.changes {
            let source = change.source.as_deref().unwrap_or("all");
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td>{}</td><td class=\"n\">{:.1} %</td>\
                 <td class=\"n\">{:.1} %</td><td>{}</td>\
                 <td class=\"n\">{:+.1}</td></tr>",
                html(source),
                html(&change.field),
                change.then * 100.0,
                change.now * 100.0,
                swing(change.now - change.then, change.field == "error"),
                change.z
            );
        }
        out.push_str("</table>\n");
    }
    for (what, names) in [
        ("New sources", &drift.new_sources),
        ("Sources that are gone", &drift.gone_sources),
        ("New reasons for errors", &drift.new_reasons),
    ] {
        if !names.is_empty() {
            let names: Vec<String> =
                names.iter().take(SOURCES).map(|name| html(name)).collect();
            let _ = writeln!(out, "<p>{what}: {}</p>", names.join("; "));
        }
    }
}

fn asked(out: &mut String, report: &Report) {
    out.push_str("<h2>What was asked</h2>\n<table>\n");
    for (name, value) in &report.asked {
        let _ = writeln!(
            out,
            "<tr><th>{}</th><td>{}</td></tr>",
            html(name),
            html(value)
        );
    }
    for (encoding, count) in &report.encodings {
        let _ = writeln!(
            out,
            "<tr><th>encoding {}</th><td>{} records</td></tr>",
            html(encoding),
            whole(*count)
        );
    }
    out.push_str("</table>\n");
}

/// A whole number with its thousands apart.
fn whole(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Tally, Totals};

    fn hostile() -> Report {
        let evil = "</td><script>alert(1)</script>\"'&\u{1b}";
        let mut tally = Tally::default();
        tally.failure(&format!("{evil}/a.txt"), evil);
        let time = std::time::Duration::from_millis(5);
        tally.time(evil, Some(3), time, 10);
        tally.years.insert(evil.into(), Count::default());
        let asked = [("inputs".to_owned(), evil.to_owned())].into();
        let encodings = [(evil.to_owned(), 1)].into();
        let old = Report::new(
            evil,
            BTreeMap::new(),
            Totals::default(),
            Tally::default(),
            BTreeMap::new(),
        );
        Report::new(evil, asked, Totals::default(), tally, encodings)
            .against(&old, evil)
    }

    #[test]
    fn hostile_words_stay_words() {
        let page = page(&hostile());
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains('\u{1b}'));
        assert!(page.matches("&lt;script&gt;").count() >= 8);
    }

    #[test]
    fn the_page_fetches_nothing_and_its_tables_are_closed() {
        let page = page(&hostile());
        for word in ["http:", "https:", "url(", "src=", "href="] {
            assert!(!page.contains(word), "{word}");
        }
        for tag in ["table", "tr", "td", "svg", "ul", "li", "text"] {
            let open = page.matches(&format!("<{tag}>")).count()
                + page.matches(&format!("<{tag} ")).count();
            assert_eq!(
                open,
                page.matches(&format!("</{tag}>")).count(),
                "{tag}"
            );
        }
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(whole(0), "0");
        assert_eq!(whole(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
