//! Figures of a relevance set for people and as JSON.

use crate::cli::screen::harmless;
use crate::eval::search::{Answer, Figures, Query, Report, Set};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Documents of an answer that are named beside what went wrong.
const NAMED: usize = 5;

/// Columns of the first cell of a row.
const HEAD: usize = 26;

/// Columns of a figure.
const CELL: usize = 15;

/// Figures of every engine side by side, per trap and together.
pub(super) fn table(set: &Set, reports: &[Report], documents: usize) -> String {
    let mut out =
        format!("{} queries over {documents} documents\n\n", set.queries.len());
    let names = reports.iter().map(|report| report.engine.clone()).collect();
    row(&mut out, "nDCG@10", names);
    let ndcg = |figures: Figures| format!("{:.4}", figures.ndcg);
    let each = |counted: &dyn Fn(&Query) -> bool| -> Vec<Figures> {
        let of = |report: &Report| report.figures(&set.queries, counted);
        reports.iter().map(of).collect()
    };
    for trap in set.traps() {
        let figures = each(&|query| query.trap == trap);
        let Some(count) = figures.first().map(|figures| figures.queries) else {
            continue;
        };
        if count > 0 {
            let head = format!("  {} ({count})", harmless(trap));
            row(&mut out, &head, figures.into_iter().map(ndcg).collect());
        }
    }
    let plain = each(&Query::is_plain);
    let all = each(&|_| true);
    let count = |figures: &[Figures]| figures.first().map_or(0, |f| f.queries);
    let head = format!("words alone ({})", count(&plain));
    row(&mut out, &head, plain.iter().copied().map(ndcg).collect());
    let head = format!("all ({})", count(&all));
    row(&mut out, &head, all.iter().copied().map(ndcg).collect());
    let success = |figures: &Figures| format!("{:.4}", figures.success);
    out.push('\n');
    row(&mut out, "success@1, words", plain.iter().map(success).collect());
    row(&mut out, "success@1, all", all.iter().map(success).collect());
    let of = |(asked, right): (usize, usize)| format!("{right}/{asked}");
    let counts = |count: fn(&Figures) -> (usize, usize)| -> Vec<String> {
        all.iter().map(|figures| of(count(figures))).collect()
    };
    row(&mut out, "tone pairs told apart", counts(|f| f.pairs));
    row(&mut out, "what must not comes later", counts(|f| f.held));
    row(&mut out, "nothing where nothing is", counts(|f| f.empty));
    out
}

fn row(out: &mut String, head: &str, cells: Vec<String>) {
    let _ = write!(out, "{head:HEAD$}");
    for cell in cells {
        let _ = write!(out, "{cell:>CELL$}");
    }
    out.push('\n');
}

/// Queries that went wrong, and what came.
pub(super) fn wrong(set: &Set, report: &Report) -> String {
    let mut out = format!("\n{}\n", report.engine);
    for (query, answer) in set.queries.iter().zip(&report.answers) {
        let low = answer.ndcg.is_some_and(|ndcg| ndcg < 0.95);
        if low || answer.is_wrong() || answer.error.is_some() {
            out.push_str(&line(query, answer));
        }
    }
    out
}

fn line(query: &Query, answer: &Answer) -> String {
    let graded: Vec<String> = answer
        .hits
        .iter()
        .take(NAMED)
        .map(|hit| {
            let bad = query.must_not.contains(hit);
            let grade = query.grade(hit);
            let mark = if bad { "!".to_owned() } else { grade.to_string() };
            format!("{mark} {}", harmless(hit))
        })
        .collect();
    let came = match &answer.error {
        Some(error) => harmless(error).into_owned(),
        None => graded.join(", "),
    };
    let ndcg = answer.ndcg.map_or("-".to_owned(), |n| format!("{n:.4}"));
    format!(
        "{}\t{}\t{ndcg}\t{}\t{came}\n",
        harmless(&query.trap),
        harmless(&query.id),
        harmless(&query.query)
    )
}

/// All figures and all answers.
pub(super) fn json(set: &Set, reports: &[Report], documents: usize) -> Value {
    let engines: Vec<Value> = reports
        .iter()
        .map(|report| {
            let mut traps = Map::new();
            for trap in set.traps() {
                let of = report.figures(&set.queries, |q| q.trap == trap);
                traps.insert(trap.to_owned(), figures(of));
            }
            let both = set.queries.iter().zip(&report.answers);
            json!({
                "engine": report.engine,
                "all": figures(report.figures(&set.queries, |_| true)),
                "words": figures(report.figures(&set.queries, Query::is_plain)),
                "traps": traps,
                "answers": both.map(|(query, answer)| json!({
                    "id": query.id,
                    "ndcg": answer.ndcg.map(rounded),
                    "hits": answer.hits,
                    "error": answer.error,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "queries": set.queries.len(),
        "documents": documents,
        "engines": engines,
    })
}

fn figures(figures: Figures) -> Value {
    json!({
        "queries": figures.queries,
        "ndcg": rounded(figures.ndcg),
        "success": rounded(figures.success),
        "pairs": [figures.pairs.1, figures.pairs.0],
        "held": [figures.held.1, figures.held.0],
        "empty": [figures.empty.1, figures.empty.0],
    })
}

/// Four digits behind the point.
fn rounded(figure: f64) -> f64 {
    (figure * 10_000.0).round() / 10_000.0
}
