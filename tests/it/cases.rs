//! Marked sentences: what each extractor finds, and what it refuses.
//!
//! One file a field in `cases/`, each with its format at its head. A test
//! runs a whole file and lists every line that is wrong; lines that are known
//! to be beyond the rules stand in `KNOWN` with the reason.

use std::fmt::Write as _;
use vanban::extract::symbol;
use vanban::extract::{Context, extract};
use vanban::record::{Kind, Record};
use vanban::text::{Norm, Span, Text};

/// Lines that are beyond the rules: a part of the line, and why.
const KNOWN: &[(&str, &str)] = &[];

/// A sentence without its marks, and the code points of each mark.
struct Marked {
    text: String,
    spans: Vec<(usize, usize)>,
    optional: Vec<(usize, usize)>,
    leads: Vec<(usize, usize)>,
}

/// Takes ⟦…⟧, ⟦?…⟧ and ⟪…⟫ out; only the outermost marks count.
fn unmark(line: &str) -> Marked {
    let mut out = Marked {
        text: String::new(),
        spans: Vec::new(),
        optional: Vec::new(),
        leads: Vec::new(),
    };
    let line = line.replace("\\n", "\n");
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut lead = 0;
    let mut at = 0;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '⟦' => {
                let optional = chars.next_if_eq(&'?').is_some();
                open.push((at, optional));
            }
            '⟧' => {
                let (start, optional) = open.pop().expect("an open mark");
                if open.is_empty() && optional {
                    out.optional.push((start, at));
                } else if open.is_empty() {
                    out.spans.push((start, at));
                }
            }
            '⟪' => lead = at,
            '⟫' => out.leads.push((lead, at)),
            c => {
                out.text.push(c);
                at += 1;
            }
        }
    }
    out
}

/// Lines of a case file, numbered, comments and empty ones left out.
fn lines(file: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    file.lines()
        .enumerate()
        .map(|(i, l)| (i + 1, l))
        .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'))
}

fn record(text: &str, published: Option<&str>, host: Option<&str>) -> Record {
    let mut context = Context {
        published: published.map(str::to_owned),
        ..Context::default()
    };
    context.source.url = host.map(|h| format!("https://{h}/tin"));
    extract(&Text::new(text), &context)
}

/// A headline (or `-`) above a text, with the shift of the text's marks.
fn with_headline(headline: &str, body: &str) -> String {
    if headline == "-" {
        body.to_owned()
    } else {
        format!("{headline}\n\n{body}")
    }
}

/// `@host` before the headline.
fn host(headline: &str) -> (Option<&str>, &str) {
    match headline.strip_prefix('@').and_then(|h| h.split_once(' ')) {
        Some((host, rest)) => (Some(host), rest),
        None => (None, headline),
    }
}

/// Fails with every wrong line, those of `KNOWN` aside, which must be wrong.
fn settle(name: &str, total: usize, wrong: Vec<(usize, String, String)>) {
    let mut report = String::new();
    let mut known = 0;
    for (n, line, what) in &wrong {
        if KNOWN.iter().any(|(part, _)| line.contains(part)) {
            known += 1;
            continue;
        }
        let _ = writeln!(report, "{name}:{n}: {what}\n    {line}");
    }
    assert!(report.is_empty(), "{total} lines, wrong:\n{report}");
    assert!(known * 50 <= total, "{known} of {total} lines are excused");
}

type Wrong = Vec<(usize, String, String)>;

#[test]
fn symbols() {
    let mut wrong: Wrong = Vec::new();
    let mut total = 0;
    for (n, line) in lines(include_str!("cases/symbol.txt")) {
        total += 1;
        let refused = line.strip_prefix("! ");
        let (sentence, values) = match refused {
            Some(sentence) => (sentence, ""),
            None => line.split_once('\t').expect("two columns"),
        };
        let marked = unmark(sentence);
        let got = symbols_of(&marked.text);
        let want: Vec<(usize, usize, &str)> = marked
            .spans
            .iter()
            .zip(values.split("; "))
            .map(|(s, v)| (s.0, s.1, v))
            .collect();
        let fits = got.len() == want.len()
            && got.iter().zip(&want).all(|(g, w)| {
                let value = w.2.split('|').any(|v| match v.strip_prefix('_') {
                    Some(_) => g.2.is_none(),
                    None => g.2.as_deref() == Some(v),
                });
                value && (g.0, g.1) == (w.0, w.1)
            });
        if !fits {
            wrong.push((n, line.into(), format!("got {got:?}")));
        }
    }
    settle("symbol", total, wrong);
}

/// Symbols and bare numbers with their code points, in order.
fn symbols_of(sentence: &str) -> Vec<(usize, usize, Option<String>)> {
    let text = Text::new(sentence);
    let context = Context::default();
    let reading = vanban::extract::reading::Reading::new(&text, &context);
    let raw = |span: Span<Norm>| {
        let span = text.to_raw(span);
        (span.start, span.end)
    };
    let scan = vanban::lexicon::scan::Scan::of(text.norm(), text.lower());
    let symbols = symbol::find(&scan);
    let bare = reading.mentions.iter().filter_map(|m| m.bare.as_ref());
    let mut out: Vec<_> = symbols
        .into_iter()
        .map(|s| {
            let (a, b) = raw(s.span);
            (a, b, s.written)
        })
        .chain(bare.map(|(span, number)| {
            let (a, b) = raw(*span);
            (a, b, Some(number.clone()))
        }))
        .collect();
    out.sort();
    out
}

#[test]
fn dates() {
    let mut wrong: Wrong = Vec::new();
    let mut total = 0;
    for (n, line) in lines(include_str!("cases/date.txt")) {
        total += 1;
        let (day, sentence, values) = match line.strip_prefix("! ") {
            Some(sentence) => ("@", sentence, ""),
            None => {
                let mut cells = line.split('\t');
                let mut cell = || cells.next().unwrap_or_default();
                (cell(), cell(), cell())
            }
        };
        let marked = unmark(sentence);
        let day = day.trim_start_matches('@');
        let day = (!day.is_empty()).then_some(day);
        let found = record(&marked.text, day, None).dates;
        let got: Vec<_> = found
            .iter()
            .map(|d| (d.span.start, d.span.end, d.value.as_str()))
            .filter(|(a, b, _)| {
                !marked.optional.iter().any(|o| *a < o.1 && o.0 < *b)
            })
            .collect();
        // Coordinated days before the last may be found or not.
        let shared = |s: &(usize, usize, &str)| {
            found.iter().any(|d| d.span.start == s.0 && d.rule == "shared")
        };
        let got: Vec<_> = got.into_iter().filter(|g| !shared(g)).collect();
        let want: Vec<_> =
            marked.spans.iter().zip(values.split("; ")).collect();
        let fits = got.len() == want.len()
            && got.iter().zip(&want).all(|(g, (span, values))| {
                (g.0, g.1) == **span && values.split('|').any(|v| v == g.2)
            });
        if !fits {
            wrong.push((n, line.into(), format!("got {got:?}")));
        }
    }
    settle("date", total, wrong);
}

#[test]
fn numbers_that_are_no_dates() {
    let mut wrong: Wrong = Vec::new();
    let mut total = 0;
    for (n, line) in lines(include_str!("cases/not_a_date.txt")) {
        total += 1;
        let found = record(&unmark(line).text, None, None).dates;
        if let Some(date) = found.first() {
            let what = format!("got {} = {}", date.text, date.value);
            wrong.push((n, line.into(), what));
        }
    }
    settle("not_a_date", total, wrong);
}

#[test]
fn issuers() {
    let mut wrong: Wrong = Vec::new();
    let mut total = 0;
    for (n, line) in lines(include_str!("cases/issuer.txt")) {
        total += 1;
        let refused = line.strip_prefix("! ");
        let mut cells = refused.unwrap_or(line).split('\t');
        let (host, headline) = host(cells.next().expect("a headline"));
        let body = unmark(cells.next().expect("a text")).text;
        let names = cells.next().unwrap_or("?");
        let text = with_headline(headline, &body);
        let got = record(&text, None, host).issuer.map(|i| i.name);
        let fits = match &got {
            None => names.split('|').any(|n| n == "?"),
            Some(name) => {
                refused.is_none() && names.split('|').any(|n| n == name)
            }
        };
        if !fits {
            wrong.push((n, line.into(), format!("got {got:?}")));
        }
    }
    settle("issuer", total, wrong);
}

#[test]
fn slogans() {
    let mut wrong: Wrong = Vec::new();
    let mut total = 0;
    for (n, line) in lines(include_str!("cases/slogan.txt")) {
        total += 1;
        let refused = line.strip_prefix("! ");
        let (sentence, kinds) = match refused {
            Some(sentence) => (sentence, ""),
            None => line.split_once('\t').unwrap_or((line, "")),
        };
        let marked = unmark(sentence);
        let found = record(&marked.text, None, None).slogans;
        let got: Vec<_> = found
            .iter()
            .map(|s| {
                let kind = format!("{:?}", s.kind).to_lowercase();
                (s.span.start, s.span.end, kind)
            })
            .filter(|(a, b, _)| {
                !marked.optional.iter().any(|o| *a < o.1 && o.0 < *b)
            })
            .collect();
        let want: Vec<_> = marked.spans.iter().zip(kinds.split("; ")).collect();
        let fits = got.len() == want.len()
            && got.iter().zip(&want).all(|(g, (span, kinds))| {
                (g.0, g.1) == **span && kinds.split('|').any(|k| k == g.2)
            });
        if !fits {
            wrong.push((n, line.into(), format!("got {got:?}")));
        }
    }
    settle("slogan", total, wrong);
}

#[test]
fn campaigns() {
    let mut wrong: Wrong = Vec::new();
    let mut total = 0;
    for (n, line) in lines(include_str!("cases/campaign.txt")) {
        total += 1;
        let refused = line.strip_prefix("! ");
        let mut cells = refused.unwrap_or(line).split('\t');
        let headline = cells.next().expect("a headline");
        let marked = cells.next().expect("a text");
        let further = cells.next().unwrap_or_default();
        let text = with_headline(&unmark(headline).text, &unmark(marked).text);
        let mut names: Vec<String> = [headline, marked]
            .into_iter()
            .flat_map(|part| {
                let m = unmark(part);
                let cut = |s: &(usize, usize)| -> String {
                    m.text.chars().skip(s.0).take(s.1 - s.0).collect()
                };
                m.spans.iter().map(cut).collect::<Vec<_>>()
            })
            .collect();
        names.extend(further.split('|').map(str::to_owned));
        let names: Vec<String> =
            names.iter().map(|n| loose(n)).filter(|n| !n.is_empty()).collect();
        let got = record(&text, None, None).campaign.map(|c| c.text);
        let fits = match &got {
            None => refused.is_some(),
            Some(name) => refused.is_none() && names.contains(&loose(name)),
        };
        if !fits {
            wrong.push((n, line.into(), format!("got {got:?}")));
        }
    }
    settle("campaign", total, wrong);
}

/// For names: quotes, case and blanks aside.
fn loose(text: &str) -> String {
    let text = vanban::text::normalize(text);
    let kept: String =
        text.chars().filter(|c| !"“”\"'‘’".contains(*c)).collect();
    vanban::text::one_line(&kept.to_lowercase())
}

#[test]
fn contents() {
    let mut wrong: Wrong = Vec::new();
    let mut total = 0;
    for (n, line) in lines(include_str!("cases/contents.txt")) {
        total += 1;
        let refused = line.strip_prefix("! ");
        let (sentence, labels) = match refused {
            Some(sentence) => (sentence, ""),
            None => line.split_once('\t').unwrap_or((line, "")),
        };
        let marked = unmark(sentence);
        let text = Text::new(marked.text.as_str());
        let context = Context::default();
        let reading = vanban::extract::reading::Reading::new(&text, &context);
        let found = vanban::extract::contents::find(&reading);
        let got: Vec<(usize, usize, String)> = found
            .iter()
            .flat_map(|c| &c.items)
            .map(|i| {
                let label = i.label.clone().unwrap_or_else(|| "~".into());
                (i.span.start, i.span.end, label)
            })
            .collect();
        let want: Vec<_> =
            marked.spans.iter().zip(labels.split("; ")).collect();
        let lead = found.as_ref().and_then(|c| c.lead.as_ref());
        let lead = lead.map(|l| (l.span.start, l.span.end));
        let led = marked.leads.first().is_none_or(|l| {
            lead.is_some_and(|got| got.0 <= l.1 && l.0 <= got.1)
        });
        let fits = led
            && got.len() == want.len()
            && got.iter().zip(&want).all(|(g, (span, label))| {
                (g.0, g.1) == **span && g.2 == **label
            });
        if !fits {
            wrong.push((n, line.into(), format!("got {lead:?} {got:?}")));
        }
    }
    settle("contents", total, wrong);
}

#[test]
fn references() {
    let mut wrong: Wrong = Vec::new();
    let mut total = 0;
    for (n, line) in lines(include_str!("cases/reference.txt")) {
        total += 1;
        let refused = line.strip_prefix("! ");
        let (sentence, values) = match refused {
            Some(sentence) => (sentence, ""),
            None => line.split_once('\t').unwrap_or((line, "")),
        };
        let marked = unmark(sentence);
        let record = record(&marked.text, None, None);
        let got: Vec<String> = record
            .references
            .iter()
            .filter(|r| {
                !marked
                    .optional
                    .iter()
                    .any(|o| r.span.start < o.1 && o.0 < r.span.end)
            })
            .map(|r| {
                let symbol = r.symbol.clone().unwrap_or_default();
                let code = r
                    .type_name
                    .as_deref()
                    .and_then(vanban::lexicon::document_types::by_name)
                    .map(|t| format!(" {}", t.code))
                    .unwrap_or_default();
                let date = r
                    .date
                    .as_deref()
                    .map(|d| format!(" @{d}"))
                    .unwrap_or_default();
                format!("{symbol}{code}{date}")
            })
            .collect();
        let want: Vec<&str> =
            values.split("; ").filter(|v| !v.is_empty()).collect();
        let fits = got.len() == want.len()
            && got.iter().zip(&want).all(|(g, w)| {
                // A part that the line does not state is not asked for.
                w.split(' ').all(|part| g.split(' ').any(|have| have == part))
            });
        let act = record.kind == Kind::Announcement;
        if !fits || !act && refused.is_none() && want.is_empty() {
            wrong.push((n, line.into(), format!("got {got:?}")));
        }
    }
    settle("reference", total, wrong);
}
