//! What can be asked of `search`.

use super::Display;
use clap::{Args as ClapArgs, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Search {
    /// What to look for: words, "phrases", numbers of documents, filters as
    /// province:"Hà Nam"; several arguments are one query
    #[arg(required_unless_present = "like", value_name = "QUERY")]
    pub(in crate::cli) query: Vec<String>,
    /// Folder of the index, as `vanban index` made it
    #[arg(short, long, value_name = "DIR", env = "VANBAN_INDEX")]
    pub(in crate::cli) index: PathBuf,
    /// How to write the answer
    #[arg(short, long, value_enum, default_value_t = SearchFormat::Table)]
    pub(in crate::cli) format: SearchFormat,
    /// Write to FILE, which appears only when it is whole
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Look for documents like the one with this id instead
    #[arg(long, value_name = "ID", conflicts_with = "query")]
    pub(in crate::cli) like: Option<String>,
    /// Order of the hits
    #[arg(
        short,
        long,
        value_enum,
        default_value_t = SortName::Relevance,
        allow_hyphen_values = true
    )]
    pub(in crate::cli) sort: SortName,
    /// Hits to leave out before the first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) offset: usize,
    /// Most hits to show
    #[arg(short, long, value_name = "N", default_value_t = 10)]
    pub(in crate::cli) limit: usize,
    /// Count what matches by province, issuer, type, year, theme and
    /// campaign; the N most frequent values of each [default: 10]
    #[arg(
        long,
        value_name = "N",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "10"
    )]
    pub(in crate::cli) facets: Option<NonZeroUsize>,
    /// Most passages to show of a hit
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(in crate::cli) snippets: usize,
    #[command(flatten)]
    pub(in crate::cli) display: Display,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SearchFormat {
    /// For reading
    Table,
    /// One JSON object
    Json,
    /// A table with one row a hit
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SortName {
    /// The best first
    Relevance,
    /// The oldest act first
    #[value(alias = "oldest")]
    Date,
    /// The newest act first
    #[value(name = "-date", alias = "newest")]
    Newest,
}
