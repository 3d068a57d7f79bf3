//! What can be asked of the program.

mod eval;
mod feed;
mod search;

pub(super) use eval::{Eval, EvalGold, EvalSearch, EvalWhat};
pub(super) use feed::{Feed, SystemName};
pub(super) use search::{Search, SearchFormat, SortName};

use super::examples;
use crate::run::{Condition, Sample};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::path::PathBuf;

/// Reads Vietnamese government announcements and the news about them, and
/// gives one structured record for each, with the evidence of every value.
#[derive(Debug, Parser)]
#[command(
    name = "vanban",
    version,
    max_term_width = 100,
    after_help = examples::EXIT_CODES,
    after_long_help = examples::MAIN,
    disable_help_subcommand = true
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Turn files, folders or standard input into records
    #[command(after_long_help = examples::EXTRACT)]
    Extract(Box<Extract>),
    /// Show one document with its evidence and its fields
    #[command(after_long_help = examples::SHOW)]
    Show(Show),
    /// Say why a field has its value, and what was refused
    #[command(after_long_help = examples::EXPLAIN)]
    Explain(Explain),
    /// Put two announcements, or some hundreds, side by side
    #[command(after_long_help = examples::COMPARE)]
    Compare(Box<Compare>),
    /// Build or update an index that `search` answers from
    #[command(after_long_help = examples::INDEX)]
    Index(Box<Index>),
    /// Look for announcements in an index
    #[command(after_long_help = examples::SEARCH)]
    Search(Box<Search>),
    /// Print the normalized text, or the offset map
    #[command(after_long_help = examples::NORMALIZE)]
    Normalize(Normalize),
    /// Print the JSON Schema of what is written
    #[command(after_long_help = examples::SCHEMA)]
    Schema(Schema),
    /// Give records to a search engine or a database that runs elsewhere
    #[command(after_long_help = examples::FEED)]
    Feed(Box<Feed>),
    /// Score records against gold, field by field
    #[command(after_long_help = examples::EVAL)]
    Eval(Eval),
    /// Print completions for a shell
    #[command(after_long_help = examples::COMPLETIONS)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print a manual page
    #[command(after_long_help = examples::MAN)]
    Man {
        /// Page of this command; without it, of the program
        command: Option<String>,
    },
}

/// How input is read.
#[derive(Debug, Clone, Default, ClapArgs)]
#[command(next_help_heading = "Reading")]
pub(super) struct Reading {
    /// Read every document in this encoding instead of detecting it: utf-8,
    /// utf-16le, utf-16be, tcvn3, vni-windows, viscii, vps, windows-1258, …
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// What standard input is, once unpacked: txt, html, jsonl, json, csv,
    /// warc or tar; without this its first bytes decide
    #[arg(long, value_name = "FORMAT")]
    pub(super) input_format: Option<String>,
    /// Field or column that holds the text [default: the first usual name, as
    /// `text`, `content` or `body`]
    #[arg(long, value_name = "NAME")]
    pub(super) text_field: Option<String>,
    /// Field that holds the headline
    #[arg(long, value_name = "NAME")]
    pub(super) title_field: Option<String>,
    /// Field that holds the day of publication
    #[arg(long, value_name = "NAME")]
    pub(super) date_field: Option<String>,
    /// Field that holds the address
    #[arg(long, value_name = "NAME")]
    pub(super) url_field: Option<String>,
    /// Keep the other fields of the input under `source.fields`
    #[arg(long)]
    pub(super) keep_fields: bool,
    /// Keep where each paragraph of a page stands in its bytes, under
    /// `source.blocks`
    #[arg(long)]
    pub(super) keep_blocks: bool,
    /// Reduce HTML pages by a quick pass alone
    #[arg(long)]
    pub(super) fast: bool,
    /// Longest document in MiB; a longer one is reported, not read
    #[arg(long, value_name = "MIB")]
    pub(super) max_size: Option<NonZeroUsize>,
    /// How many times its size something packed may unpack to, beyond the
    /// first 64 MiB [default: 1000]
    #[arg(long, value_name = "TIMES")]
    pub(super) max_ratio: Option<NonZeroUsize>,
    /// How deep archives may lie in each other [default: 6]
    #[arg(long, value_name = "LEVELS")]
    pub(super) max_nesting: Option<NonZeroU32>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Extract {
    /// Files, folders (with all that lies in them), or - for standard input
    #[arg(required_unless_present = "retry", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Say nothing but refusals
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say what was read, how, and how long each stage took
    #[arg(short, long)]
    pub(super) verbose: bool,
    /// Show no progress line
    #[arg(long)]
    pub(super) no_progress: bool,
    #[command(flatten)]
    pub(super) writing: Writing,
    #[command(flatten)]
    pub(super) choosing: Choosing,
    #[command(flatten)]
    pub(super) running: Running,
    #[command(flatten)]
    pub(super) reposted: Reposted,
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// What is done about reposts.
#[derive(Debug, Clone, Default, ClapArgs)]
#[command(next_help_heading = "Reposts")]
pub(super) struct Reposted {
    /// Name in each record (`repost`) the cluster of documents that are one
    /// article, and the first of them
    #[arg(long)]
    pub(super) reposts: bool,
    /// Write of each article only the first document, and say how many were
    /// left out
    #[arg(long)]
    pub(super) dedupe: bool,
    /// Memory for finding reposts [default: 160]; more is faster from about
    /// a million articles on
    #[arg(long, value_name = "MIB")]
    pub(super) repost_memory: Option<NonZeroUsize>,
    /// Folder for what does not fit in that memory [default: that of the
    /// system for temporary files]
    #[arg(long, value_name = "DIR")]
    pub(super) temp_dir: Option<PathBuf>,
}

/// Where records go.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Writing")]
pub(super) struct Writing {
    /// Write to FILE, which appears only when it is whole; - is standard
    /// output. May be given several times, for one run in many formats
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Vec<PathBuf>,
    /// How to write the records [default: as the name of FILE says
    /// (.ndjson, .json, .csv, .parquet), else ndjson]
    #[arg(short, long, value_enum)]
    pub(super) format: Option<OutputFormat>,
    /// Write shards of about this size (as 500MB or 1GiB), FILE-00000.EXT and
    /// so on, instead of one FILE
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(super) shard_size: Option<NonZeroU64>,
    /// Begin CSV with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    pub(super) csv_bom: bool,
    /// Write an error record for each failed document to FILE, as JSON lines
    #[arg(long, value_name = "FILE")]
    pub(super) errors: Option<PathBuf>,
    /// Write a report of the run to FILE (.html or .json); may be given twice
    #[arg(long, value_name = "FILE")]
    pub(super) report: Vec<PathBuf>,
    /// Compare the report with an earlier one, OLD.json
    #[arg(long, value_name = "OLD", requires = "report")]
    pub(super) report_against: Option<PathBuf>,
}

/// Which documents are written.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Choosing")]
pub(super) struct Choosing {
    /// Write only records of this kind
    #[arg(long, value_enum, value_name = "KIND")]
    pub(super) only: Option<OnlyKind>,
    /// Write only records whose FIELD, a column of the CSV, has this VALUE
    /// (a list: as one of its members), without regard to case; FIELD!=VALUE
    /// the others, FIELD= those without it. Several must all hold
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    pub(super) conditions: Vec<Condition>,
    /// Read only this part of the documents (0.01 or 1%), chosen by their
    /// bytes: the same ones in every run
    #[arg(long, value_name = "SHARE")]
    pub(super) sample: Option<Sample>,
    /// Choose another sample
    #[arg(long, value_name = "NUMBER", requires = "sample")]
    pub(super) seed: Option<u64>,
    /// Stop after N records
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<u64>,
}

/// How the work is done.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Running")]
pub(super) struct Running {
    /// Threads; the output is the same for any number [default: all cores]
    #[arg(short, long, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,
    /// Go on with an interrupted run, if there is one, from its last
    /// checkpoint
    #[arg(long)]
    pub(super) resume: bool,
    /// Throw away what an interrupted run has done
    #[arg(long, conflicts_with = "resume")]
    pub(super) restart: bool,
    /// Take over the records of unchanged documents from the file that -o
    /// names, and remember what the next run needs for it
    #[arg(long)]
    pub(super) update: bool,
    /// Do the documents of an error file again, and only those
    #[arg(long, value_name = "ERRORS", conflicts_with = "paths")]
    pub(super) retry: Option<PathBuf>,
    /// Seconds for one document, looked at between fields; then the record
    /// is partial, and a note says so. 0 is no limit
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    pub(super) max_time: f64,
    /// Seconds between two checkpoints of a run that writes to files
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, value_parser = seconds)]
    pub(super) checkpoint: f64,
}

/// A number of bytes, as `500MB`, `1GiB` or `1000000`.
fn size(asked: &str) -> Result<NonZeroU64, String> {
    const UNITS: [(&str, u64); 10] = [
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
        ("KB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("K", 1 << 10),
        ("M", 1 << 20),
        ("G", 1 << 30),
        ("", 1),
    ];
    let lower = asked.trim().to_ascii_lowercase();
    UNITS
        .iter()
        .find_map(|(unit, bytes)| {
            let number = lower.strip_suffix(&unit.to_ascii_lowercase())?;
            let number: u64 = number.trim().parse().ok()?;
            NonZeroU64::new(number.checked_mul(*bytes)?)
        })
        .ok_or_else(|| "give a size as 500MB, 1GiB or 1000000".to_owned())
}

/// A number of seconds.
fn seconds(asked: &str) -> Result<f64, String> {
    match asked.parse() {
        Ok(seconds) if (0.0..1e9).contains(&seconds) => Ok(seconds),
        _ => Err("give seconds, as 2.5".to_owned()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// One JSON object a line
    Ndjson,
    /// One JSON array
    Json,
    /// A table with one row a document
    Csv,
    /// A typed table with one row a document, with lists and structs
    Parquet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OnlyKind {
    /// Documents that are, or report, one main official act
    Announcement,
    /// All the others
    Other,
}

/// Which document, of a file that may hold many.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct OneDocument {
    /// The file, or - for standard input. Of a file that holds many, FILE#N is
    /// the record that begins at byte N or else the one with index N (from 0),
    /// FILE#MEMBER a member of an archive
    #[arg(value_name = "FILE[#PLACE]")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// How to write for a person.
#[derive(Debug, Clone, Copy, ClapArgs)]
#[command(next_help_heading = "Display")]
pub(super) struct Display {
    /// Colour: auto is colour on a terminal, unless NO_COLOR is set
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub(super) color: Colour,
    /// Columns [default: those of the terminal, or 80]
    #[arg(long, value_name = "COLUMNS")]
    pub(super) width: Option<NonZeroUsize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Show {
    #[command(flatten)]
    pub(super) document: OneDocument,
    #[command(flatten)]
    pub(super) display: Display,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Explain {
    #[command(flatten)]
    pub(super) document: OneDocument,
    /// The field, as it is named in the record
    #[arg(value_enum)]
    pub(super) field: FieldName,
    #[command(flatten)]
    pub(super) display: Display,
}

/// Fields that can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FieldName {
    Kind,
    Title,
    Byline,
    Published,
    Issuer,
    Document,
    Issued,
    Campaign,
    Slogans,
    Contents,
    Dates,
    References,
    Signer,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Compare {
    /// Documents, folders, files of records made by `extract`, or - for
    /// standard input; in any order
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// How to show the comparison [default: table, or nothing if --html or
    /// --citations is given]
    #[arg(short, long, value_enum)]
    pub(super) format: Option<CompareFormat>,
    /// Write to FILE, which appears only when it is whole
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Write one self-contained page for a browser to FILE
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<PathBuf>,
    /// Write a citation for each cell to FILE, as CSV: source, span and
    /// quoted words
    #[arg(long, value_name = "FILE")]
    pub(super) citations: Option<PathBuf>,
    /// Compare documents too that are, or report, no main official act
    #[arg(long)]
    pub(super) all: bool,
    /// Language of the labels in tables and Markdown; a page has both
    #[arg(long, value_enum, default_value_t = LanguageName::En)]
    pub(super) lang: LanguageName,
    /// Threads; the output is the same for any number [default: all cores]
    #[arg(short, long, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,
    /// Say nothing but refusals
    #[arg(short, long)]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) display: Display,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CompareFormat {
    /// For a terminal
    Table,
    /// Markdown
    Markdown,
    /// One JSON object
    Json,
    /// A table with one row a link
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LanguageName {
    /// Vietnamese
    Vi,
    /// English
    En,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Index {
    /// Files of records made by `extract`; or documents and folders, which
    /// are extracted on the way; or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Folder of the index; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(super) index: PathBuf,
    /// Memory for what is not yet on the disk, in MiB, for all threads
    #[arg(long, value_name = "MIB", default_value_t = 256)]
    pub(super) memory: usize,
    /// Entries from one commit to the next: what was committed stays,
    /// whatever happens
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(super) commit_every: usize,
    /// Threads [default: all cores]
    #[arg(short, long, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,
    /// Say nothing but refusals
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say how long it took
    #[arg(short, long)]
    pub(super) verbose: bool,
    /// Show no progress line
    #[arg(long)]
    pub(super) no_progress: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Normalize {
    /// The file, or - for standard input
    #[arg(default_value = "-", value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Print the offset map instead, as tab-separated values
    #[arg(long)]
    pub(super) map: bool,
    /// Read in this encoding instead of detecting it
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Schema {
    /// Of which output
    #[arg(value_enum, default_value_t = SchemaOf::Record)]
    pub(super) of: SchemaOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// A record, as `extract` writes it
    Record,
    /// An error record, as `extract --errors` writes it
    Error,
    /// A comparison, as `compare --format json` writes it
    Compare,
    /// An answer, as `search --format json` writes it
    Search,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_in_any_usual_unit() {
        let of = |asked| size(asked).ok().map(NonZeroU64::get);
        assert_eq!(of("1000"), Some(1_000));
        assert_eq!(of("500MB"), Some(500_000_000));
        assert_eq!(of("1GiB"), Some(1 << 30));
        assert_eq!(of("64 k"), Some(64 << 10));
        for wrong in ["0", "", "MB", "-1", "1TB?", "1.5MB"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
