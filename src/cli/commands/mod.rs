//! The commands, one file each.

mod about;
mod compare;
mod eval;
mod explain;
mod extract;
mod feed;
mod index;
mod normalize;
mod search;
mod show;

use super::args::Command;
use super::exit::{Exit, Result};

pub(super) fn run(command: Command) -> Result<Exit> {
    match command {
        Command::Extract(args) => extract::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Index(args) => index::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Normalize(args) => normalize::run(&args),
        Command::Schema(args) => about::schema(&args),
        Command::Feed(args) => feed::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Completions { shell } => about::completions(shell),
        Command::Man { command } => about::man(command.as_deref()),
    }
}
