//! Records against gold: figures, mistakes, floors; search against a
//! relevance set.

mod search;

use crate::cli::args::{Eval, EvalGold, EvalWhat};
use crate::cli::exit::{Exit, Result, Stop, plain};
use crate::cli::input::{is_stdin, unreadable};
use crate::cli::one::where_is;
use crate::cli::say;
use crate::cli::screen::harmless;
use crate::eval::{self, Field, GoldDocument, Mistake, Scores};
use crate::pipeline::{self, Input, Options, Outcome};
use crate::wire;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write, stdout};
use std::ops::ControlFlow;
use std::path::Path;

/// Letters of a mistake that are listed.
const QUOTED: usize = 160;

/// Which mistakes are listed.
enum Listed {
    None,
    One(Field),
    All,
}

pub(in crate::cli) fn run(args: &Eval) -> Result<Exit> {
    match (&args.what, &args.gold) {
        (Some(EvalWhat::Search(args)), _) => search::run(args),
        (None, Some(args)) => against_gold(args),
        (None, None) => Err(Stop::refused("name a folder of gold")),
    }
}

fn against_gold(args: &EvalGold) -> Result<Exit> {
    let listed = listed(args.errors.as_deref())?;
    let floors = match &args.floors {
        Some(path) => floors(path)?,
        None => Vec::new(),
    };
    let golds = golds(&args.gold)?;
    let records = match &args.records {
        Some(path) => read_records(path)?,
        None => extracted(&args.gold, &golds, args),
    };
    let known = golds.iter().any(|gold| records.contains_key(&gold.name));
    if let (false, Some(path)) = (known, &args.records) {
        return Err(Stop::Refused(format!(
            "no record of `{}` belongs to a text of `{}`; the file name in \
             `source.path` must be that of the gold",
            path.display(),
            args.gold.display()
        )));
    }
    let scores = eval::score(&golds, &records);
    let page = if args.json {
        String::from_utf8_lossy(&wire::line(&as_json(&scores))).into_owned()
    } else {
        table(&scores)
    };
    let mut out = stdout().lock();
    out.write_all(page.as_bytes())?;
    for field in Field::ALL {
        let wanted = match listed {
            Listed::None => false,
            Listed::One(one) => one == field,
            Listed::All => true,
        };
        if wanted {
            for mistake in &scores.field(field).mistakes {
                writeln!(out, "{}", line(field, mistake))?;
            }
        }
    }
    out.flush()?;
    Ok(judge(&scores, &floors))
}

fn listed(asked: Option<&str>) -> Result<Listed> {
    match asked {
        None => Ok(Listed::None),
        Some("all") => Ok(Listed::All),
        Some(name) => field(name).map(Listed::One),
    }
}

fn field(name: &str) -> Result<Field> {
    Field::of_name(name).ok_or_else(|| {
        let names: Vec<_> = Field::ALL.iter().map(|f| f.name()).collect();
        Stop::Refused(format!(
            "`{name}` is no scored field; the fields are {}",
            names.join(", ")
        ))
    })
}

/// The gold of a folder, by name.
fn golds(folder: &Path) -> Result<Vec<GoldDocument>> {
    let entries =
        fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut names: Vec<String> = entries
        .filter_map(std::result::Result::ok)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".gold.json")?.to_owned()))
        .collect();
    names.sort_unstable();
    if names.is_empty() {
        return Err(Stop::Refused(format!(
            "`{}` holds no gold; put NAME.gold.json beside each NAME.txt",
            folder.display()
        )));
    }
    names.into_iter().map(|name| gold(folder, name)).collect()
}

fn gold(folder: &Path, name: String) -> Result<GoldDocument> {
    let read = |path: &Path| {
        fs::read_to_string(path).map_err(|error| unreadable(path, &error))
    };
    let path = folder.join(format!("{name}.gold.json"));
    let gold = serde_json::from_str(&read(&path)?).map_err(|error| {
        Stop::Refused(format!("`{}` is not gold: {error}", path.display()))
    })?;
    let text = read(&folder.join(format!("{name}.txt")))?;
    Ok(GoldDocument { name, text, gold })
}

/// Records by the name of their document; the last one wins.
fn read_records(path: &Path) -> Result<HashMap<String, Value>> {
    let reader: Box<dyn BufRead> = if is_stdin(path) {
        Box::new(BufReader::new(io::stdin()))
    } else {
        let file =
            File::open(path).map_err(|error| unreadable(path, &error))?;
        Box::new(BufReader::new(file))
    };
    let mut records = HashMap::new();
    for (i, line) in reader.lines().enumerate() {
        let line = line.map_err(|error| unreadable(path, &error))?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Value = serde_json::from_str(&line).map_err(|error| {
            Stop::Refused(format!(
                "`{}`, line {}: not a JSON record ({error}); give one record a line, as `vanban extract` writes them",
                path.display(),
                i + 1
            ))
        })?;
        records.insert(stem(&record), record);
    }
    Ok(records)
}

/// The name of a record's document: its file name without `.txt`.
fn stem(record: &Value) -> String {
    let path = record["source"]["path"].as_str().unwrap_or_default();
    let name = path.trim_end_matches('/').rsplit('/').next();
    let name = name.unwrap_or_default();
    name.strip_suffix(".txt").unwrap_or(name).to_owned()
}

/// Records of the gold's own texts.
fn extracted(
    folder: &Path,
    golds: &[GoldDocument],
    args: &EvalGold,
) -> HashMap<String, Value> {
    let inputs: Vec<Input> = golds
        .iter()
        .map(|gold| folder.join(format!("{}.txt", gold.name)).into())
        .collect();
    let mut options = Options::default();
    if let Some(threads) = args.threads {
        options.threads = threads;
    }
    let mut records = HashMap::new();
    let render = |outcome| match outcome {
        Outcome::Record(document) => serde_json::to_value(&document.record)
            .map_err(|error| error.to_string()),
        Outcome::Failure(failure) => {
            Err(format!("{}: {}", where_is(&failure), failure.reason))
        }
    };
    pipeline::run(inputs, &options, render, |record, _| {
        match record {
            Ok(record) => {
                records.insert(stem(&record), record);
            }
            Err(reason) => say(&reason),
        }
        ControlFlow::Continue(())
    });
    records
}

fn table(scores: &Scores) -> String {
    let mut lines = vec![
        format!(
            "{} documents, {} without a record; {} of {} spans are equal to their slice of the text",
            scores.documents, scores.missing, scores.sliced, scores.spans
        ),
        format!(
            "{:12}{:>11}{:>9}{:>9}{:>8}{:>8}{:>8}",
            "field", "precision", "recall", "F1", "right", "extra", "missed"
        ),
    ];
    for field in Field::ALL {
        let tally = scores.field(field);
        let figures = tally.figures();
        lines.push(format!(
            "{:12}{:>11.4}{:>9.4}{:>9.4}{:>8}{:>8}{:>8}",
            field.name(),
            figures.precision,
            figures.recall,
            figures.f1,
            tally.right,
            tally.extra,
            tally.missed
        ));
    }
    lines.push(format!("{:12}{:>29.4}", "macro", scores.macro_f1()));
    lines.join("\n") + "\n"
}

fn as_json(scores: &Scores) -> Value {
    let mut fields = Map::new();
    for field in Field::ALL {
        let tally = scores.field(field);
        let figures = tally.figures();
        fields.insert(
            field.name().to_owned(),
            json!({
                "p": rounded(figures.precision),
                "r": rounded(figures.recall),
                "f1": rounded(figures.f1),
                "tp": tally.right,
                "fp": tally.extra,
                "fn": tally.missed,
            }),
        );
    }
    json!({
        "docs": scores.documents,
        "missing": scores.missing,
        "macro_f1": rounded(scores.macro_f1()),
        "slice_equal": [scores.sliced, scores.spans],
        "fields": fields,
    })
}

/// Four digits behind the point.
fn rounded(figure: f64) -> f64 {
    format!("{figure:.4}").parse().unwrap_or(figure)
}

/// A mistake on one line of tab-separated values.
fn line(field: Field, mistake: &Mistake) -> String {
    let cut = |words: &String| -> String {
        harmless(words).chars().take(QUOTED).collect()
    };
    let what = match (&mistake.wanted, &mistake.got) {
        (Some(wanted), None) => format!("missed\t{}", cut(wanted)),
        (None, Some(got)) => format!("extra\t{}", cut(got)),
        (Some(wanted), Some(got)) => {
            format!("wrong\t{}\twanted\t{}", cut(got), cut(wanted))
        }
        (None, None) => String::new(),
    };
    format!("{}\t{}\t{what}", field.name(), harmless(&mistake.document))
}

/// What a floor holds up.
enum Floored {
    Field(Field),
    Macro,
    Slices,
}

/// Least figures, from lines of `FIELD<tab>FIGURE`; `macro` is the mean F1,
/// `slices` the share of spans equal to their slice.
fn floors(path: &Path) -> Result<Vec<(Floored, f64)>> {
    let table = fs::read_to_string(path).map_err(|error| {
        Stop::Refused(format!(
            "cannot read the floors `{}`: {}",
            path.display(),
            plain(&error)
        ))
    })?;
    let mut floors = Vec::new();
    for (i, line) in table.lines().enumerate() {
        let mut cells = line.split('\t').map(str::trim);
        let name = cells.next().unwrap_or_default();
        if name.is_empty() || name.starts_with('#') || name == "field" {
            continue;
        }
        let what = match name {
            "macro" => Floored::Macro,
            "slices" => Floored::Slices,
            name => Floored::Field(field(name)?),
        };
        let figure = cells.next().and_then(|cell| cell.parse().ok());
        let Some(figure) = figure else {
            return Err(Stop::Refused(format!(
                "`{}`, line {}: write FIELD, a tab, and a figure from 0 to 1",
                path.display(),
                i + 1
            )));
        };
        floors.push((what, figure));
    }
    Ok(floors)
}

/// Names every figure below its floor.
fn judge(scores: &Scores, floors: &[(Floored, f64)]) -> Exit {
    let mut exit = Exit::Done;
    for (what, floor) in floors {
        let (name, figure) = match what {
            Floored::Field(field) => {
                (field.name(), scores.field(*field).figures().f1)
            }
            Floored::Macro => ("macro", scores.macro_f1()),
            Floored::Slices => {
                let spans = scores.spans.max(1) as f64;
                let none = scores.spans == 0;
                let share = scores.sliced as f64 / spans;
                ("slices", if none { 1.0 } else { share })
            }
        };
        if rounded(figure) < *floor {
            say(&format!("{name}: {figure:.4} is below its floor {floor}"));
            exit = Exit::WithErrors;
        }
    }
    exit
}
