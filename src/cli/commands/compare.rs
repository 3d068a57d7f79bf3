//! Announcements side by side: as a table in the terminal, as Markdown, JSON
//! or CSV, as a page for a browser, and as a list of citations.

mod gather;
mod grouped;
mod list;
mod markdown;
mod screen_table;
mod sheet;

use crate::cli::args::{Compare, CompareFormat, LanguageName};
use crate::cli::exit::{Exit, Result, Stop};
use crate::cli::output::Output;
use crate::cli::plan::writable;
use crate::cli::say;
use crate::cli::screen::Screen;
use crate::compare::labels::Language;
use crate::compare::{self, Comparison};
use crate::wire;
use std::path::Path;

pub(in crate::cli) fn run(args: &Compare) -> Result<Exit> {
    let files =
        [&args.output, &args.html, &args.citations].into_iter().flatten();
    for file in files {
        writable(file)?;
    }
    let gathered = gather::gather(args)?;
    let mut documents = gathered.documents;
    if documents.len() < 2 {
        return Err(Stop::Refused(too_few(documents.len(), gathered.left_out)));
    }
    let comparison = compare::compare(&mut documents);
    if let Some(file) = &args.html {
        write(Some(file), compare::page(&comparison, &documents).as_bytes())?;
    }
    if let Some(file) = &args.citations {
        write(Some(file), &sheet::citations(&comparison))?;
    }
    let files_only = args.format.is_none()
        && (args.html.is_some() || args.citations.is_some());
    if !files_only {
        let format = args.format.unwrap_or(CompareFormat::Table);
        let bytes = render(&comparison, format, args);
        write(args.output.as_deref(), &bytes)?;
    }
    if gathered.left_out > 0 && !args.quiet {
        say(&format!(
            "{} left out: no announcement of one official act; --all keeps them",
            documents_in_words(gathered.left_out)
        ));
    }
    Ok(if gathered.failures > 0 { Exit::WithErrors } else { Exit::Done })
}

fn render(
    comparison: &Comparison,
    format: CompareFormat,
    args: &Compare,
) -> Vec<u8> {
    let language = match args.lang {
        LanguageName::Vi => Language::Vietnamese,
        LanguageName::En => Language::English,
    };
    match format {
        CompareFormat::Table => {
            let mut screen = Screen::of_stdout(args.display);
            if args.output.is_some() {
                screen.colour = false;
            }
            screen_table::render(comparison, screen, language).into_bytes()
        }
        CompareFormat::Markdown => {
            markdown::render(comparison, language).into_bytes()
        }
        CompareFormat::Json => wire::line(comparison),
        CompareFormat::Csv => sheet::links(comparison),
    }
}

fn write(file: Option<&Path>, bytes: &[u8]) -> Result<()> {
    let file = file.filter(|path| !crate::cli::input::is_stdin(path));
    let mut output = Output::open(file)?;
    output.write(bytes)?;
    output.finish()
}

fn too_few(found: usize, left_out: usize) -> String {
    let found = match found {
        0 => "no announcement was found".to_owned(),
        n => format!("only {} was found", documents_in_words(n)),
    };
    let hint = match left_out {
        0 => String::new(),
        n => format!(
            "; {} left out because no main official act was recognized: --all keeps them",
            documents_in_words(n)
        ),
    };
    format!("{found}; a comparison needs two{hint}")
}

fn documents_in_words(count: usize) -> String {
    match count {
        1 => "1 document".to_owned(),
        n => format!("{n} documents"),
    }
}
