//! What can be asked of `feed`.

use super::{Reading, seconds, size};
use clap::{Args as ClapArgs, ValueEnum};
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Feed {
    /// The system
    #[arg(value_enum)]
    pub(in crate::cli) system: SystemName,
    /// Files of records made by `extract`, or documents, folders and archives
    /// that are read now, or - for standard input
    #[arg(required = true, value_name = "RECORDS|PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Write bulk data and settings into a new folder instead of sending
    #[arg(
        short,
        long,
        value_name = "DIR",
        required_unless_present = "url",
        conflicts_with = "url"
    )]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Name of the index, collection or table
    #[arg(long, value_name = "NAME", default_value = "announcements")]
    pub(in crate::cli) index: String,
    /// Bytes of a request or file, as 8MiB [default: 8MiB, for PostgreSQL
    /// 1MiB]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(in crate::cli) batch_size: Option<NonZeroU64>,
    #[command(flatten)]
    pub(in crate::cli) sending: Sending,
    /// Write documents that were refused to FILE, one JSON object a line
    /// with id and reason
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) errors: Option<PathBuf>,
    /// Threads for reading [default: all cores]
    #[arg(short, long, value_name = "N")]
    pub(in crate::cli) threads: Option<NonZeroUsize>,
    /// Say nothing but refusals
    #[arg(short, long)]
    pub(in crate::cli) quiet: bool,
    /// Show no progress line
    #[arg(long)]
    pub(in crate::cli) no_progress: bool,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
}

/// How documents are sent.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Sending")]
pub(in crate::cli) struct Sending {
    /// Send to the server at URL. Users and passwords do not belong here but
    /// in the environment
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) url: Option<String>,
    /// Remember in FILE what the server has acknowledged; if an interrupted
    /// run has left FILE, go on from there
    #[arg(long, value_name = "FILE", requires = "url")]
    pub(in crate::cli) checkpoint: Option<PathBuf>,
    /// Begin anew, whatever the checkpoint says
    #[arg(long, requires = "checkpoint")]
    pub(in crate::cli) restart: bool,
    /// Believe the certificates of this PEM file, and no others
    #[arg(long, value_name = "FILE", requires = "url")]
    pub(in crate::cli) ca: Option<PathBuf>,
    /// How often the same documents are sent again before giving up
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub(in crate::cli) retries: u32,
    /// Seconds before the first retry; doubled each time, up to 30, unless
    /// the server asks for more
    #[arg(long, value_name = "SECONDS", default_value_t = 0.5, value_parser = seconds)]
    pub(in crate::cli) retry_wait: f64,
    /// Seconds for one answer
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    pub(in crate::cli) timeout: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SystemName {
    /// Elasticsearch
    Elasticsearch,
    /// OpenSearch
    Opensearch,
    /// Quickwit
    Quickwit,
    /// Meilisearch
    Meilisearch,
    /// Typesense
    Typesense,
    /// PostgreSQL
    Postgres,
    /// Groonga
    Groonga,
}
