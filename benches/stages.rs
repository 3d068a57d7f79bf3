//! What is timed: the way of a document, stage by stage, and the whole of it,
//! over the documents of `corpus/` (or the file that `VANBAN_BENCH` names),
//! beside its floor: every byte read once to see whether it is valid UTF-8 in
//! normalization form C. One thread.

use criterion::{
    BatchSize, Criterion, Throughput, criterion_group, criterion_main,
};
use std::hint::black_box;
use std::path::PathBuf;
use unicode_normalization::{IsNormalized, is_nfc_quick};
use vanban::archive::{self, RawDocument, ReadOptions, Unit};
use vanban::extract::extract;
use vanban::lexicon::scan::Scan;
use vanban::pipeline::{self, Document};
use vanban::text::Text;
use vanban::wire::Format;

/// Most bytes that are timed.
const MOST: usize = 4 << 20;

struct Sample {
    units: Vec<Unit>,
    texts: Vec<String>,
    documents: Vec<Document>,
    bytes: u64,
}

impl Sample {
    /// Every document that can be read.
    fn read() -> Self {
        let path = std::env::var_os("VANBAN_BENCH").map_or_else(
            || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus"),
            PathBuf::from,
        );
        let options = ReadOptions::default();
        let (mut units, mut texts) = (Vec::new(), Vec::new());
        let (mut documents, mut bytes) = (Vec::new(), 0);
        for unit in archive::units(path, &options).flatten() {
            let Ok(RawDocument { text, .. }) =
                archive::decode(unit.clone(), &options)
            else {
                continue;
            };
            let Ok(document) = pipeline::open(Ok(unit.clone()), &options)
            else {
                continue;
            };
            bytes += unit.bytes.len();
            units.push(unit);
            texts.push(text);
            documents.push(document);
            if bytes > MOST {
                break;
            }
        }
        assert!(!documents.is_empty(), "no document to time");
        Self { units, texts, documents, bytes: bytes as u64 }
    }
}

fn stages(c: &mut Criterion) {
    let sample = Sample::read();
    let options = ReadOptions::default();
    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(sample.bytes));
    group.sample_size(20);
    group.bench_function("floor", |b| {
        b.iter(|| {
            let read = sample.units.iter().filter(|unit| {
                let text = std::str::from_utf8(black_box(&unit.bytes));
                text.is_ok_and(|t| is_nfc_quick(t.chars()) != IsNormalized::No)
            });
            read.count()
        });
    });
    group.bench_function("decode", |b| {
        b.iter_batched(
            || sample.units.clone(),
            |units| {
                let read = units
                    .into_iter()
                    .filter_map(|unit| archive::decode(unit, &options).ok());
                read.map(|raw| raw.text.len()).sum::<usize>()
            },
            BatchSize::LargeInput,
        );
    });
    group.bench_function("normalize", |b| {
        b.iter(|| {
            let texts = sample.texts.iter();
            texts.map(|raw| Text::new(raw.as_str()).norm().len()).sum::<usize>()
        });
    });
    group.bench_function("scan", |b| {
        b.iter(|| {
            let texts = sample.documents.iter().map(|d| &d.text);
            texts
                .map(|t| Scan::of(t.norm(), t.lower()).digits().len())
                .sum::<usize>()
        });
    });
    group.bench_function("extract, scan included", |b| {
        b.iter(|| {
            let documents = sample.documents.iter();
            documents
                .map(|d| extract(&d.text, &d.context).dates.len())
                .sum::<usize>()
        });
    });
    group.bench_function("render", |b| {
        b.iter(|| {
            let documents = sample.documents.iter();
            documents
                .map(|d| Format::Ndjson.render(&d.record).len())
                .sum::<usize>()
        });
    });
    group.bench_function("whole", |b| {
        b.iter_batched(
            || sample.units.clone(),
            |units| {
                let opened = units
                    .into_iter()
                    .filter_map(|unit| pipeline::open(Ok(unit), &options).ok());
                opened
                    .map(|d| Format::Ndjson.render(&d.record).len())
                    .sum::<usize>()
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
