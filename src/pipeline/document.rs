//! The whole way of one document, and the id that its record gets.

use super::failure::{Head, catch};
use super::stats::Watch;
use super::{Failure, Outcome, Stage};
use crate::archive::{self, RawDocument, ReadOptions, Unit};
use crate::error::Result;
use crate::extract::{Context, extract_until};
use crate::record::{PageBlock, Record, Source};
use crate::text::Text;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};

/// One document with everything that is known about it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text as read beside its normalized form.
    pub text: Text,
    /// What was known besides the text.
    pub context: Context,
    /// What was extracted.
    pub record: Record,
}

/// Decodes a unit and extracts its record on the calling thread.
pub fn open(
    unit: Result<Unit>,
    options: &ReadOptions,
) -> std::result::Result<Document, Failure> {
    let limits = Limits { read: options, end: None };
    match process(unit, &limits, &mut Watch::start()) {
        Outcome::Record(document) => Ok(*document),
        Outcome::Failure(failure) => Err(failure),
    }
}

/// How a document is read, and until when.
pub(super) struct Limits<'o> {
    pub(super) read: &'o ReadOptions,
    pub(super) end: Option<Instant>,
}

/// As [`open`], with the time of each stage booked from where the watch was
/// read last.
pub(super) fn process(
    unit: Result<Unit>,
    limits: &Limits,
    watch: &mut Watch,
) -> Outcome {
    let late = || limits.end.is_some_and(|end| Instant::now() >= end);
    process_with(unit, limits.read, watch, |text, context, begin| {
        let in_time = |end| begin + AMPLE < end;
        if text.raw().len() < SHORT && limits.end.is_none_or(in_time) {
            return extract_until(text, context, &|| false);
        }
        extract_until(text, context, &late)
    })
}

/// Bytes of a text that is done long before [`AMPLE`] is over, so that the
/// clock need not be read between its fields.
const SHORT: usize = 16 << 10;
const AMPLE: Duration = Duration::from_secs(1);

fn process_with(
    unit: Result<Unit>,
    options: &ReadOptions,
    watch: &mut Watch,
    extract: impl Fn(&Text, &Context, Instant) -> Record,
) -> Outcome {
    let unit = match unit {
        Ok(unit) => unit,
        Err(error) => {
            watch.lap(Stage::Decode);
            return Outcome::Failure(error.into());
        }
    };
    let place = Failure {
        path: match &unit.member {
            Some(member) => format!("{}#{member}", unit.path),
            None => unit.path.clone(),
        },
        record: unit.record,
        offset: unit.offset,
        reason: String::new(),
        excerpt: None,
    };
    let head = Head::of(&unit.bytes);
    let document = catch(|| {
        let raw = archive::decode(unit, options);
        watch.lap(Stage::Decode);
        let (text, context) = take(raw?, options.keep_blocks);
        watch.lap(Stage::Normalize);
        let mut record = extract(&text, &context, watch.read());
        record.id = identify(&record.source);
        watch.lap(Stage::Extract);
        // Boxed here, as a record is long and would be copied on its way.
        Ok(Box::new(Document { text, context, record }))
    });
    match document {
        Ok(Ok(document)) => Outcome::Record(document),
        Ok(Err(error)) => Outcome::Failure(Failure {
            excerpt: Some(head.excerpt()),
            ..crate::Error::into(error)
        }),
        Err(message) => {
            watch.lap(Stage::Extract);
            Outcome::Failure(Failure {
                reason: Failure::fault(&message),
                excerpt: Some(head.excerpt()),
                ..place
            })
        }
    }
}

/// A raw document as the extractors want it.
fn take(raw: RawDocument, blocks: bool) -> (Text, Context) {
    let block = |block: &archive::Block| PageBlock {
        text: block.text.clone().into(),
        bytes: [block.bytes.start as u64, block.bytes.end as u64],
    };
    let source = Source {
        blocks: match blocks {
            true => raw.blocks.iter().map(block).collect(),
            false => Vec::new(),
        },
        path: raw.path,
        member: raw.member,
        record: raw.record,
        offset: raw.offset,
        length: raw.length,
        url: raw.url,
        sha256: raw.sha256,
        encoding: raw.encoding,
        fields: raw.fields,
    };
    let context = Context {
        source,
        title: raw.title,
        headline: raw.headline.map(Into::into),
        published: raw.date,
        notes: raw.notes,
    };
    (Text::new(raw.text), context)
}

/// The id of a record: the same content at the same place has the same id in
/// every run. 16 hexadecimal digits of SHA-256 over path, member,
/// index and content.
pub fn identify(source: &Source) -> String {
    let mut all = String::with_capacity(160);
    all.push_str(&source.path);
    if let Some(member) = &source.member {
        all.push('#');
        all.push_str(member);
    }
    all.push('\0');
    if let Some(record) = source.record {
        all.push_str(&record.to_string());
    }
    all.push('\0');
    all.push_str(&source.sha256);
    crate::text::hexadecimal(&Sha256::digest(all)[..8])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;

    fn source(path: &str, record: Option<u64>, sha256: &str) -> Source {
        Source {
            path: path.into(),
            record,
            sha256: sha256.into(),
            ..Source::default()
        }
    }

    #[test]
    fn a_panic_is_a_failure_at_its_place() {
        let lines = "{\"text\": \"một\"}\n{\"text\": \"hai\"}\n";
        let options = ReadOptions::default();
        let units = archive::units_from_reader(
            "tin.jsonl",
            lines.as_bytes(),
            None,
            &options,
        );
        let fragile = |text: &Text, context: &Context, _| {
            assert_ne!(text.raw(), "một", "a rule went wrong");
            extract(text, context)
        };
        let outcomes: Vec<Outcome> = units
            .map(|unit| {
                let mut watch = Watch::start();
                process_with(unit, &options, &mut watch, fragile)
            })
            .collect();
        let [Outcome::Failure(failure), Outcome::Record(document)] =
            outcomes.as_slice()
        else {
            panic!("{outcomes:?}");
        };
        assert_eq!(failure.path, "tin.jsonl");
        assert_eq!((failure.record, failure.offset), (Some(0), Some(0)));
        assert!(failure.reason.contains("a rule went wrong"));
        assert_eq!(failure.excerpt.as_deref(), Some("{\"text\": \"một\"}"));
        assert_eq!(document.record.source.record, Some(1));
        assert_eq!(document.text.raw(), "hai");
    }

    #[test]
    fn a_document_out_of_time_gives_a_partial_record_and_a_note() {
        let text =
            "Ngày 16/9/2021, UBND tỉnh Hà Nam ban hành Kế hoạch số 24/KH-UBND.";
        let options = ReadOptions::default();
        for text in [text.to_owned(), text.to_owned() + &"\nx".repeat(SHORT)] {
            let outcome = |end| {
                let mut units = archive::units_from_reader(
                    "tin.txt",
                    text.as_bytes(),
                    None,
                    &options,
                );
                let unit = units.next().expect("a unit");
                let limits = Limits { read: &options, end };
                match process(unit, &limits, &mut Watch::start()) {
                    Outcome::Record(document) => document.record,
                    Outcome::Failure(failure) => panic!("{failure:?}"),
                }
            };
            let whole = outcome(None);
            assert!(whole.issuer.is_some() && whole.notes.is_empty());
            let partial = outcome(Some(Instant::now()));
            assert!(partial.issuer.is_none());
            assert_eq!(partial.id, whole.id);
            let [note] = partial.notes.as_slice() else {
                panic!("{:?}", partial.notes);
            };
            assert_eq!(note.field, "record");
            assert!(note.text.contains("issuer"), "{}", note.text);
        }
    }

    #[test]
    fn the_id_depends_on_path_index_and_content_alone() {
        let id = identify(&source("tin.jsonl", Some(3), "ab"));
        assert_eq!(id.len(), 16);
        assert_eq!(id, {
            let mut same = source("tin.jsonl", Some(3), "ab");
            same.offset = Some(99);
            identify(&same)
        });
        for other in [
            source("tin.jsonl", Some(4), "ab"),
            source("tin.jsonl", None, "ab"),
            source("tin.json", Some(3), "ab"),
            source("tin.jsonl", Some(3), "ac"),
        ] {
            assert_ne!(id, identify(&other));
        }
    }
}
