//! Search in an index: a list for reading, JSON, or CSV.

mod advice;
mod facets;
mod list;
mod sheet;

use crate::cli::args::{Search, SearchFormat, SortName};
use crate::cli::exit::{Exit, Result, Stop};
use crate::cli::output::Output;
use crate::cli::plan::writable;
use crate::cli::screen::Screen;
use crate::cli::{input, say};
use crate::index::query::Query;
use crate::index::{Answer, Index, SearchOptions, Sort};
use crate::wire;
use std::num::NonZeroUsize;

pub(in crate::cli) fn run(args: &Search) -> Result<Exit> {
    if let Some(file) = &args.output {
        writable(file)?;
    }
    // The query is read first: what is wrong with it needs no index.
    let query = match &args.like {
        Some(_) => None,
        None => Some(read(&args.query.join(" "))?),
    };
    let searcher = Index::open(&args.index)?.searcher()?;
    let options = options(args);
    let answer = match (&query, &args.like) {
        (Some(query), _) => searcher.search(query, &options)?,
        (None, Some(id)) => searcher.similar(id, &options)?,
        (None, None) => return Ok(Exit::Done),
    };
    let bytes = render(&answer, query.as_ref(), args);
    let file = args.output.as_deref().filter(|path| !input::is_stdin(path));
    let mut output = Output::open(file)?;
    output.write(&bytes)?;
    output.finish()?;
    Ok(Exit::Done)
}

fn read(text: &str) -> Result<Query> {
    Query::parse(text).map_err(|e| Stop::RefusedInLines(e.report(text)))
}

fn options(args: &Search) -> SearchOptions {
    SearchOptions {
        offset: args.offset,
        limit: args.limit,
        sort: match args.sort {
            SortName::Relevance => Sort::Relevance,
            SortName::Date => Sort::Oldest,
            SortName::Newest => Sort::Newest,
        },
        facets: args.facets.map_or(0, NonZeroUsize::get),
        snippets: args.snippets,
    }
}

fn render(answer: &Answer, query: Option<&Query>, args: &Search) -> Vec<u8> {
    match args.format {
        SearchFormat::Json => wire::line(answer),
        SearchFormat::Csv => {
            if args.facets.is_some() {
                say("CSV holds the hits alone; counts are in table and JSON");
            }
            sheet::hits(answer)
        }
        SearchFormat::Table => {
            let mut screen = Screen::of_stdout(args.display);
            if args.output.is_some() {
                screen.colour = false;
            }
            let mut text = list::render(answer, query, screen);
            if let Some(facets) = &answer.facets {
                text.push_str(&facets::render(facets, screen));
            }
            text.into_bytes()
        }
    }
}

/// A count with its thousands set apart: `1,203`.
fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(count(7), "7");
        assert_eq!(count(1203), "1,203");
        assert_eq!(count(1_000_000), "1,000,000");
        assert_eq!(count(999), "999");
    }
}
