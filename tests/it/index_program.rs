//! `vanban index` as a program: what it takes, what it says, and that being
//! killed does no harm.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use vanban::index::query::Query;
use vanban::index::{Index, SearchOptions, Searcher};

fn vanban(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vanban"))
        .current_dir(folder)
        .args(args)
        .output()
        .expect("the program runs")
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Records of as many plans, in the order of their numbers.
fn records(folder: &Path, count: usize) -> Vec<String> {
    let mut lines = String::new();
    for n in 0..count {
        lines.push_str(&format!(
            "{{\"text\": \"Ngày {}/9/2021, UBND tỉnh Hà Nam ban hành Kế hoạch số {n}/KH-UBND về thi đua.\"}}\n",
            n % 28 + 1
        ));
    }
    fs::write(folder.join("in.jsonl"), lines).expect("written");
    let made = vanban(folder, &["extract", "in.jsonl", "-q", "-o", "r.ndjson"]);
    assert!(made.status.success(), "{}", errors(&made));
    let text = fs::read_to_string(folder.join("r.ndjson")).expect("records");
    text.lines().map(ToOwned::to_owned).collect()
}

fn total(searcher: &Searcher, query: &str) -> u64 {
    let query = Query::parse(query).expect("a query");
    let answer = searcher.search(&query, &SearchOptions::default());
    answer.expect("an answer").total
}

fn open(folder: &Path) -> Searcher {
    let index = Index::open(folder.join("i")).expect("an index");
    index.searcher().expect("a searcher")
}

#[test]
fn records_and_documents_are_indexed_and_what_is_damaged_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mut lines = records(folder, 3);
    lines.insert(1, "{\"schema\": \"vanban.record/1\"".to_owned());
    fs::write(folder.join("r.ndjson"), lines.join("\n")).expect("written");
    let run = vanban(folder, &["index", "r.ndjson", "--index", "i"]);
    assert_eq!(run.status.code(), Some(1), "{}", errors(&run));
    assert!(errors(&run).contains("r.ndjson, line 2: no whole record"));
    assert!(errors(&run).contains("1 of 4 in error"));
    assert_eq!(total(&open(folder), "số 1/KH-UBND"), 1);

    // The same once more, and a document with its text.
    fs::write(folder.join("a.txt"), "Tin về con đường làng, ngày 2/9.")
        .expect("written");
    let run =
        vanban(folder, &["index", "r.ndjson", "a.txt", "--index", "i", "-v"]);
    assert!(errors(&run).contains("1 new, 0 replaced, 3 unchanged"));
    assert!(errors(&run).contains("the index holds 4"));
    assert_eq!(total(&open(folder), "đường làng"), 1);
}

#[test]
fn an_array_and_standard_input_hold_records_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let lines = records(folder, 3);
    let array = format!("[{}]", lines.join(",\n"));
    fs::write(folder.join("r.json"), array).expect("written");
    let run = vanban(folder, &["index", "r.json", "--index", "i"]);
    assert!(run.status.success(), "{}", errors(&run));
    assert_eq!(open(folder).len(), 3);
    let run = Command::new(env!("CARGO_BIN_EXE_vanban"))
        .current_dir(folder)
        .args(["index", "-", "--index", "i", "-v"])
        .stdin(fs::File::open(folder.join("r.ndjson")).expect("records"))
        .output()
        .expect("the program runs");
    assert!(errors(&run).contains("0 new, 0 replaced, 3 unchanged"));
}

#[test]
fn wrong_requests_are_refused_and_leave_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let run = vanban(folder, &["index", "missing.ndjson", "--index", "i"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(errors(&run).contains("cannot read `missing.ndjson`"));
    assert!(!folder.join("i").exists());
    fs::write(folder.join("leer.txt"), "").expect("written");
    let run = vanban(folder, &["index", "leer.txt", "--index", "."]);
    assert_eq!(run.status.code(), Some(2));
    assert!(errors(&run).contains("the folder holds other things"));
}

/// Killed at any moment, the index opens, and holds what was committed, each
/// record once. `VANBAN_KILLS=100 cargo test --test it killed` does it more
/// often.
#[test]
fn what_was_committed_outlives_being_killed() {
    const EVERY: usize = 40;
    let kills = std::env::var("VANBAN_KILLS").ok();
    let kills: u32 = kills.and_then(|n| n.parse().ok()).unwrap_or(6);
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let count = 400;
    let lines = records(folder, count);
    let ids: Vec<String> = lines
        .iter()
        .map(|line| {
            let record: serde_json::Value =
                serde_json::from_str(line).expect("a record");
            record["id"].as_str().expect("an id").to_owned()
        })
        .collect();
    let every = EVERY.to_string();
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_vanban"))
            .current_dir(folder)
            .args(["index", "r.ndjson", "--index", "i", "-q"])
            .args(["--memory", "32", "--commit-every", &every])
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs")
    };
    let clock = Instant::now();
    assert!(start().wait().expect("an end").success());
    let longest = clock.elapsed();
    fs::remove_dir_all(folder.join("i")).expect("removed");
    let (mut killed, mut least, mut seed) = (0, 0, 7_u64);
    while killed < kills {
        // Small steps of a generator, so that each run kills elsewhere.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let part = (seed >> 40) as f64 / (1 << 24) as f64;
        let mut run = start();
        std::thread::sleep(Duration::from_secs_f64(
            longest.as_secs_f64() * part,
        ));
        let ended = run.try_wait().expect("a state").is_some();
        run.kill().expect("killed");
        run.wait().expect("an end");
        let stamped = folder.join("i/meta.json").exists();
        if !ended {
            killed += 1;
        }
        if !stamped {
            continue;
        }
        let searcher = open(folder);
        let there = searcher.len() as usize;
        assert!(there >= least, "{there} of {least} committed are left");
        assert!(there.is_multiple_of(EVERY) || there == count, "{there}");
        least = there;
        for (n, id) in ids.iter().enumerate() {
            let entry = searcher.entry(id).expect("read");
            assert_eq!(entry.is_some(), n < there, "record {n} of {there}");
        }
        assert_eq!(total(&searcher, "type:KH"), there as u64);
        if there == count {
            // From the beginning, so that every moment has its turn.
            fs::remove_dir_all(folder.join("i")).expect("removed");
            least = 0;
        }
    }
    assert!(start().wait().expect("an end").success());
    assert_eq!(open(folder).len() as usize, count);
    assert_eq!(total(&open(folder), "\"Hà Nam\""), count as u64);
}
