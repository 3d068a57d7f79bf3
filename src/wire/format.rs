//! The formats of a run's output.

use super::{json, parquet, table};
use crate::record::{Record, Repost};
use std::path::Path;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// One JSON object a line.
    #[default]
    Ndjson,
    /// One JSON array.
    Json,
    /// A table with one row a document.
    Csv,
    /// A typed table with one row a document; its rows are rendered as JSON
    /// lines, and [`parquet`] packs them.
    Parquet,
}

impl Format {
    /// One record, without what stands around it.
    pub fn render(self, record: &Record) -> Vec<u8> {
        match self {
            Self::Ndjson => json::line(record),
            Self::Json => json::compact(record),
            Self::Csv => table::row(record),
            Self::Parquet => parquet::row(record),
        }
    }

    /// The JSON line of a record in this format, without what stands around
    /// it; `None` if the line does not hold enough.
    pub fn convert(self, line: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Ndjson => Some(line.to_vec()),
            Self::Json => Some(line.trim_ascii_end().to_vec()),
            Self::Parquet => Some(parquet::fitted(line)),
            Self::Csv => {
                serde_json::from_slice(line).ok().map(|r| table::row(&r))
            }
        }
    }

    /// The format that the name of a file stands for.
    pub fn by_name(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "parquet" | "pq" => Some(Self::Parquet),
            _ => None,
        }
    }

    /// Adds the cluster to a record that was rendered without it: the bytes
    /// are those of the record with it. So records are rendered on any
    /// thread, and their clusters found in the order of the input.
    pub fn add_repost(self, rendered: &mut Vec<u8>, repost: &Repost) {
        match self {
            Self::Ndjson | Self::Json | Self::Parquet => {
                json::add_repost(rendered, repost);
            }
            Self::Csv => table::add_repost(rendered, repost),
        }
    }

    /// What stands before the first record.
    pub fn head(self) -> Vec<u8> {
        match self {
            Self::Ndjson => Vec::new(),
            Self::Json => b"[".to_vec(),
            Self::Csv => table::head(),
            Self::Parquet => parquet::MAGIC.to_vec(),
        }
    }

    /// What stands before a record; `first` if none came before it.
    pub fn between(self, first: bool) -> &'static [u8] {
        match (self, first) {
            (Self::Json, true) => b"\n",
            (Self::Json, false) => b",\n",
            _ => b"",
        }
    }

    /// What stands after the last record.
    pub fn tail(self, empty: bool) -> &'static [u8] {
        match (self, empty) {
            (Self::Json, true) => b"]\n",
            (Self::Json, false) => b"\n]\n",
            _ => b"",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Context, extract};
    use crate::text::Text;

    #[test]
    fn a_cluster_added_later_gives_the_same_bytes() {
        let text = Text::new("UBND tỉnh Hà Nam ban hành Kế hoạch số 5/KH-UBND");
        let mut record = extract(&text, &Context::default());
        for (first, similarity, joins) in [
            ("tin.jsonl#4", None, vec![]),
            ("=1+1\u{2028},\"\n.txt", Some(0.8125), vec!["ab".to_owned()]),
        ] {
            let repost = Repost {
                cluster: "0123456789abcdef".to_owned(),
                first: first.to_owned(),
                similarity,
                joins,
            };
            for format in
                [Format::Ndjson, Format::Json, Format::Csv, Format::Parquet]
            {
                record.repost = None;
                let mut later = format.render(&record);
                format.add_repost(&mut later, &repost);
                record.repost = Some(repost.clone());
                let at_once = format.render(&record);
                assert_eq!(
                    String::from_utf8_lossy(&later),
                    String::from_utf8_lossy(&at_once)
                );
            }
        }
    }
}
