//! What can be asked of `vanban eval`.

use crate::cli::examples;
use clap::{Args as ClapArgs, Subcommand};
use std::num::NonZeroUsize;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
pub(in crate::cli) struct Eval {
    #[command(subcommand)]
    pub(in crate::cli) what: Option<EvalWhat>,
    #[command(flatten)]
    pub(in crate::cli) gold: Option<EvalGold>,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum EvalWhat {
    /// Measure search on a relevance set: our index, and servers beside it
    #[command(after_long_help = examples::EVAL_SEARCH)]
    Search(EvalSearch),
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct EvalSearch {
    /// Folder with queries.jsonl and documents.jsonl
    #[arg(value_name = "SET", default_value = "corpus/search")]
    pub(in crate::cli) set: PathBuf,
    /// Compare with PostgreSQL; the table vanban_eval is made in this
    /// database and dropped. A password is taken from PGPASSWORD
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) postgres: Option<String>,
    /// Compare with Groonga; the table Vanban_eval is made there
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) groonga: Option<String>,
    /// List the queries that went wrong, with what came first
    #[arg(long)]
    pub(in crate::cli) errors: bool,
    /// Print JSON, with every answer
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Table of least figures, one `NAME<tab>FIGURE` a line; a lower figure
    /// ends with exit code 1
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) floors: Option<PathBuf>,
    /// Threads
    #[arg(short, long, value_name = "N")]
    pub(in crate::cli) threads: Option<NonZeroUsize>,
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct EvalGold {
    /// Folder with NAME.txt and NAME.gold.json
    #[arg(value_name = "GOLD_DIR")]
    pub(in crate::cli) gold: PathBuf,
    /// Records to score, one JSON object a line, or - for standard input;
    /// without it the texts of GOLD_DIR are extracted now
    #[arg(value_name = "RECORDS")]
    pub(in crate::cli) records: Option<PathBuf>,
    /// List the mistakes of this field, or of all
    #[arg(long, value_name = "FIELD|all")]
    pub(in crate::cli) errors: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Table of least F1, one `FIELD<tab>F1` a line; a lower figure ends with
    /// exit code 1
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) floors: Option<PathBuf>,
    /// Threads
    #[arg(short, long, value_name = "N")]
    pub(in crate::cli) threads: Option<NonZeroUsize>,
}
