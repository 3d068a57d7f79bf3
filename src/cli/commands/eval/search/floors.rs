//! Least figures of our index on a relevance set.

use crate::cli::exit::{Exit, Result, Stop};
use crate::cli::input::unreadable;
use crate::cli::say;
use crate::eval::search::{Figures, Query, Report, Set};
use std::fs;
use std::path::Path;

/// What a floor holds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Floored {
    /// nDCG@10 over all queries.
    Ndcg,
    /// success@1 over all queries.
    Success,
    /// Share of the minimal pairs that are told apart.
    Pairs,
    /// Share of the queries for which nothing is found where nothing is.
    Empty,
    /// Lead in nDCG@10 over every other engine, on words alone and on all.
    Lead,
}

const NAMES: [(&str, Floored); 5] = [
    ("ndcg", Floored::Ndcg),
    ("success", Floored::Success),
    ("pairs", Floored::Pairs),
    ("empty", Floored::Empty),
    ("lead", Floored::Lead),
];

/// Reads lines of `NAME<tab>FIGURE`.
pub(super) fn read(path: &Path) -> Result<Vec<(Floored, f64)>> {
    let table = fs::read_to_string(path).map_err(|e| unreadable(path, &e))?;
    let mut floors = Vec::new();
    for (i, line) in table.lines().enumerate() {
        let mut cells = line.split('\t').map(str::trim);
        let name = cells.next().unwrap_or_default();
        if name.is_empty() || name.starts_with('#') {
            continue;
        }
        let known = NAMES.iter().find(|(known, _)| *known == name);
        let figure = cells.next().and_then(|cell| cell.parse().ok());
        let (Some((_, what)), Some(figure)) = (known, figure) else {
            let names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
            return Err(Stop::Refused(format!(
                "`{}`, line {}: write NAME, a tab, and a figure; the names are {}",
                path.display(),
                i + 1,
                names.join(", ")
            )));
        };
        floors.push((*what, figure));
    }
    Ok(floors)
}

/// Names every figure below its floor. The first report is ours.
pub(super) fn judge(
    set: &Set,
    reports: &[Report],
    floors: &[(Floored, f64)],
) -> Exit {
    let Some((own, others)) = reports.split_first() else {
        return Exit::Done;
    };
    let all = own.figures(&set.queries, |_| true);
    let mut exit = Exit::Done;
    let mut hold = |name: &str, figure: f64, floor: f64| {
        if figure < floor {
            say(&format!("{name}: {figure:.4} is below its floor {floor}"));
            exit = Exit::WithErrors;
        }
    };
    for (what, floor) in floors {
        match what {
            Floored::Ndcg => hold("ndcg", all.ndcg, *floor),
            Floored::Success => hold("success", all.success, *floor),
            Floored::Pairs => hold("pairs", share(all.pairs), *floor),
            Floored::Empty => hold("empty", share(all.empty), *floor),
            Floored::Lead => {
                for other in others {
                    for (over, lead) in leads(set, own, other) {
                        let name =
                            format!("lead over {} on {over}", other.engine);
                        hold(&name, lead, *floor);
                    }
                }
            }
        }
    }
    exit
}

fn share((asked, right): (usize, usize)) -> f64 {
    if asked == 0 { 1.0 } else { right as f64 / asked as f64 }
}

fn leads(set: &Set, own: &Report, other: &Report) -> [(&'static str, f64); 2] {
    let lead = |counted: fn(&Query) -> bool| {
        let of = |report: &Report| -> Figures {
            report.figures(&set.queries, counted)
        };
        of(own).ndcg - of(other).ndcg
    };
    [("words alone", lead(Query::is_plain)), ("all", lead(|_| true))]
}
