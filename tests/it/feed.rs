//! `vanban feed` from outside: against real servers where this machine has
//! them, and against checkers that follow the published protocols.

mod bulk;
pub(crate) mod groonga;
pub(crate) mod postgres;
mod server;
mod tasks;

use crate::program::{code, folder, news, run, stderr, vanban};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// What could mean something to SQL, `COPY`, JSON or a query.
const HOSTILE: [&str; 6] = [
    "'); DROP TABLE announcements; --",
    "\\.\nDELETE FROM announcements;\n\\N\t\\",
    "\"}\n{\"delete\":{\"_id\":\"r00001\"}}\n",
    "$$; DROP SCHEMA public CASCADE; $$ {\"a\",NULL}",
    "zero \u{0} byte, \u{2028} and \u{85} and \u{1b}[31m",
    "\"]\ntable_remove announcements\n[",
];

/// Says aloud, past what a test swallows, that a server is not there.
fn left_out(why: &str) {
    let _ = writeln!(std::io::stderr(), "LEFT OUT: {why}");
}

/// A record as `extract` makes it.
fn record() -> Value {
    let made = folder(&[("tin.txt", news(240).as_bytes())]);
    let output = run(made.path(), &["extract", "tin.txt"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).expect("a record")
}

/// The id of record `n`.
fn id(n: usize) -> String {
    format!("r{n:05}")
}

/// A folder with `records.ndjson`: `count` records with ids and titles of
/// their own; the first ones have hostile titles.
fn records(count: usize) -> TempDir {
    let one = record();
    let mut lines = String::new();
    for n in 0..count {
        let mut record = one.clone();
        let title = match HOSTILE.get(n) {
            Some(hostile) => (*hostile).to_owned(),
            None => format!("Đường số {n} của tỉnh Vĩnh Phúc"),
        };
        record["id"] = id(n).into();
        record["title"]["text"] = title.into();
        record["document"]["symbol"] = format!("{n}/KH-UBND").into();
        record["document"]["number"] = n.to_string().into();
        lines.push_str(&format!("{record}\n"));
    }
    folder(&[("records.ndjson", lines.as_bytes())])
}

/// Feeds `records.ndjson` of a folder.
fn feed(folder: &Path, system: &str, url: &str, more: &[&str]) -> Output {
    let args = ["feed", system, "records.ndjson", "--url", url];
    vanban()
        .current_dir(folder)
        .env("VANBAN_FEED_API_KEY", "hunter2-key")
        .args([&args, more].concat())
        .output()
        .expect("it runs")
}

/// The lines of a file of JSON lines.
fn lines(file: PathBuf) -> Vec<Value> {
    let text = std::fs::read_to_string(file).expect("a file");
    let line = |line: &str| serde_json::from_str(line).expect("JSON");
    text.lines().map(line).collect()
}

#[test]
fn a_password_in_the_address_is_refused_and_not_repeated() {
    let made = records(1);
    for (system, url) in [
        ("elasticsearch", "https://me:hunter2@localhost:1"),
        ("postgres", "postgresql://me:hunter2@localhost:1/x"),
    ] {
        let output = feed(made.path(), system, url, &[]);
        assert_eq!(code(&output), 2);
        let said = stderr(&output);
        assert!(said.contains("PASSWORD"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn a_server_that_is_not_there_is_given_up_on() {
    let made = records(1);
    let more = ["--retries", "2", "--retry-wait", "0.01"];
    // Nothing listens on this port of this machine.
    for (system, url) in [
        ("typesense", "http://127.0.0.1:1"),
        ("postgres", "postgresql://me@127.0.0.1:1/x"),
    ] {
        let output = feed(made.path(), system, url, &more);
        assert_eq!(code(&output), 2);
        let said = stderr(&output);
        assert!(said.contains("gave up after 2 retries"), "{said}");
    }
}

#[test]
fn files_hold_every_document_once_and_keep_the_limit() {
    let made = records(60);
    for (system, setup, count) in [
        ("elasticsearch", "index.json", 120),
        ("opensearch", "index.json", 120),
        ("quickwit", "index.json", 60),
        ("meilisearch", "settings.json", 60),
        ("typesense", "collection.json", 60),
    ] {
        let output = run(
            made.path(),
            &[
                "feed",
                system,
                "records.ndjson",
                "-o",
                system,
                "--batch-size",
                "20KB",
            ],
        );
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let folder = made.path().join(system);
        let setup = std::fs::read(folder.join(setup)).expect("settings");
        let _: Value = serde_json::from_slice(&setup).expect("JSON");
        let mut data: Vec<PathBuf> = std::fs::read_dir(&folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.to_string_lossy().contains("-0000"))
            .collect();
        data.sort();
        assert!(data.len() > 1, "{system}: {data:?}");
        let mut all = Vec::new();
        for file in data {
            let size = file.metadata().expect("a file").len();
            assert!(size <= 20_000, "{}: {size}", file.display());
            all.extend(lines(file));
        }
        assert_eq!(all.len(), count, "{system}");
        if count == 60 {
            let ids: Vec<&str> =
                all.iter().map(|d| d["id"].as_str().expect("id")).collect();
            assert_eq!(ids, (0..60).map(id).collect::<Vec<_>>());
        }
        // Never among the files of an earlier run.
        let again =
            run(made.path(), &["feed", system, "records.ndjson", "-o", system]);
        assert_eq!(code(&again), 2);
        assert!(stderr(&again).contains("not empty"));
    }
}
