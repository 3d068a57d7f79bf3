//! What indexing costs: CPU time per document of our index on one thread, over
//! that of tantivy alone on the same fields with its default tokenizer.
//!
//! `cargo bench --bench index [-- RECORDS.ndjson]`; without a file the
//! documents of the corpus are extracted, with their texts, and multiplied.
//! Prints one line a round and the ratio; asserts that all was indexed and is
//! found. `-- search RECORDS.ndjson N` measures searching over N records.

#![allow(missing_docs)]

use std::error::Error;
use std::io::{BufRead, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};
use vanban::index::query::Query;
use vanban::index::{Index, SearchOptions, Searcher, WriteOptions, plain};
use vanban::pipeline::{self, Input, Options, Outcome};
use vanban::record::Record;
use vanban::wire::Entry;

const ENTRIES: usize = 20_000;
const ROUNDS: usize = 3;
const MEMORY: usize = 256;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let args: Vec<String> =
        std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["search", records, count] => search(records, count.parse()?),
        ["open", folder] => open(Path::new(folder)),
        [records] => cost(&multiplied(from_records(records)?, ENTRIES)),
        _ => cost(&multiplied(from_corpus(), ENTRIES)),
    }
}

fn from_records(path: &str) -> Result<Vec<Entry>> {
    let file = std::io::BufReader::new(std::fs::File::open(path)?);
    file.lines()
        .map(|line| {
            let record: Record = serde_json::from_str(&line?)?;
            Ok(Entry::new(&record, None))
        })
        .collect()
}

fn from_corpus() -> Vec<Entry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/documents");
    let mut out = Vec::new();
    pipeline::run(
        [Input::from(folder)],
        &Options::default(),
        |outcome| match outcome {
            Outcome::Record(document) => {
                Some(Entry::new(&document.record, Some(document.text.norm())))
            }
            Outcome::Failure(_) => None,
        },
        |entry, _| {
            out.extend(entry);
            ControlFlow::Continue(())
        },
    );
    out
}

/// As many entries as wanted, each with an id of its own.
fn multiplied(from: Vec<Entry>, wanted: usize) -> Vec<Entry> {
    assert!(!from.is_empty(), "no entries");
    (0..wanted)
        .map(|n| {
            let id = format!("{n:016x}");
            Entry { id, ..from[n % from.len()].clone() }
        })
        .collect()
}

fn ours(folder: &Path, entries: &[Entry]) -> Result<u64> {
    let options = WriteOptions {
        threads: NonZeroUsize::MIN,
        memory: MEMORY,
        commit_every: usize::MAX,
    };
    let index = Index::create(folder)?;
    let mut writer = index.writer(&options)?;
    for entry in entries {
        writer.add(entry)?;
    }
    writer.finish()?;
    Ok(index.len()?)
}

fn cost(entries: &[Entry]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let (mut least, count) = ([f64::MAX; 2], entries.len() as u64);
    for round in 1..=ROUNDS {
        let folder = tempfile::tempdir()?;
        let own = folder.path().join("own");
        let before = cpu()?;
        assert_eq!(ours(&own, entries)?, count);
        let between = cpu()?;
        let alone = folder.path().join("plain");
        std::fs::create_dir(&alone)?;
        assert_eq!(plain::index(&alone, entries, MEMORY)?, count);
        let after = cpu()?;
        let each = |time: f64| time * 1e6 / count as f64;
        let times = [each(between - before), each(after - between)];
        writeln!(
            out,
            "round {round}: ours {:.1} µs, tantivy alone {:.1} µs a document, {:.2} times; {} and {} MB",
            times[0],
            times[1],
            times[0] / times[1],
            size(&own)? / 1_000_000,
            size(&alone)? / 1_000_000,
        )?;
        for (least, time) in least.iter_mut().zip(times) {
            *least = least.min(time);
        }
        let answer = Index::open(&own)?
            .searcher()?
            .search(&Query::parse("ke hoach")?, &SearchOptions::default())?;
        assert!(answer.total > 0, "nothing is found");
    }
    writeln!(
        out,
        "{count} documents, one thread: {:.2} times the CPU of tantivy alone",
        least[0] / least[1]
    )?;
    Ok(())
}

/// CPU seconds of this process.
fn cpu() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let behind = stat.rsplit(") ").next().ok_or("no stat")?;
    let ticks: Vec<&str> = behind.split(' ').collect();
    let (user, system): (f64, f64) = (ticks[11].parse()?, ticks[12].parse()?);
    Ok((user + system) / 100.0)
}

fn size(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for file in std::fs::read_dir(folder)? {
        sum += file?.metadata()?.len();
    }
    Ok(sum)
}

/// Queries as people ask them.
const QUERIES: [&str; 24] = [
    "vĩnh phúc",
    "vinh phuc thi dua",
    "kế hoạch phòng chống dịch",
    "ubnd tỉnh hà nam",
    "uy ban nhan dan",
    "tiêm vắc xin học sinh",
    "xử phạt vi phạm hành chính",
    "bao hiem xa hoi",
    "thủ tướng chính phủ",
    "phê duyệt quy hoạch",
    "\"ủy ban nhân dân tỉnh\"",
    "nghị định 100/2019/NĐ-CP",
    "số 15",
    "đất đai",
    "giáo dục OR đào tạo",
    "y tế NOT thuốc",
    "thông tư bộ tài chính",
    "type:\"Quyết định\" đầu tư",
    "issued:2015..2020 môi trường",
    "thuế giá trị gia tăng",
    "an toàn giao thông",
    "covid-19",
    "hồ sơ đề nghị cấp giấy phép",
    "điều kiện kinh doanh",
];

fn search(records: &str, count: usize) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let from = from_records(records)?;
    // Kept, because it takes minutes to make.
    let folder = std::env::temp_dir().join(format!("vanban-search-{count}"));
    if !folder.exists() {
        let clock = Instant::now();
        let index = Index::create(&folder)?;
        let mut writer = index.writer(&WriteOptions::default())?;
        for n in 0..count {
            let id = format!("{n:016x}");
            writer.add(&Entry { id, ..from[n % from.len()].clone() })?;
        }
        writer.finish()?;
        writeln!(
            out,
            "{count} records in {:.0} s, {} MB",
            clock.elapsed().as_secs_f64(),
            size(&folder)? / 1_000_000
        )?;
    }
    open(&folder)
}

fn open(folder: &Path) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let clock = Instant::now();
    let searcher = Index::open(folder)?.searcher()?;
    let opened = clock.elapsed();
    answer(&searcher, QUERIES[0], 0)?;
    writeln!(
        out,
        "{} records, {} segments: open {opened:.1?}, with the first answer {:.1?}",
        searcher.len(),
        searcher.parts(),
        clock.elapsed()
    )?;
    for facets in [0, 10] {
        let mut all: Vec<Duration> = Vec::new();
        for query in QUERIES {
            let (mut least, mut total) = (Duration::MAX, 0);
            for _ in 0..9 {
                let clock = Instant::now();
                total = answer(&searcher, query, facets)?;
                let time = clock.elapsed();
                least = least.min(time);
                all.push(time);
            }
            writeln!(out, "  {least:10.2?} {total:9} {query}")?;
        }
        all.sort_unstable();
        writeln!(
            out,
            "facets {facets}: p50 {:.2?}, p90 {:.2?}, p99 {:.2?}",
            all[all.len() / 2],
            all[all.len() * 9 / 10],
            all[all.len() * 99 / 100],
        )?;
    }
    Ok(())
}

fn answer(searcher: &Searcher, query: &str, facets: usize) -> Result<u64> {
    let options = SearchOptions { facets, ..SearchOptions::default() };
    Ok(searcher.search(&Query::parse(query)?, &options)?.total)
}
