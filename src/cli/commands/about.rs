//! What the program says about itself: schema, completions, manual pages.

use crate::cli::args::{Args, Schema, SchemaOf};
use crate::cli::exit::{Exit, Result, Stop};
use crate::{index, wire};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::{Write, stdout};

/// Prints a JSON Schema.
pub(super) fn schema(args: &Schema) -> Result<Exit> {
    let schema = match args.of {
        SchemaOf::Record => wire::record_schema(),
        SchemaOf::Error => wire::error_schema(),
        SchemaOf::Compare => wire::compare_schema(),
        SchemaOf::Search => index::answer_schema(),
    };
    print(&wire::pretty(&schema))
}

/// Prints completions for a shell.
pub(super) fn completions(shell: Shell) -> Result<Exit> {
    let mut script = Vec::new();
    let mut command = Args::command();
    clap_complete::generate(shell, &mut command, "vanban", &mut script);
    print(&script)
}

/// Prints a manual page: of the program, or of one command.
pub(super) fn man(name: Option<&str>) -> Result<Exit> {
    let mut program = Args::command();
    // Gives the commands their full names and inherited options.
    program.build();
    let names: Vec<String> = program
        .get_subcommands()
        .map(|command| format!("`{}`", command.get_name()))
        .collect();
    let command = match name {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                return Err(Stop::Refused(format!(
                    "there is no command `{name}`; the commands are {}",
                    names.join(", ")
                )));
            }
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<Exit> {
    let mut out = stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Exit::Done)
}
