//! `extract --reposts` and `--dedupe`, from the command line.

use crate::program::{code, folder, news, run, stderr, stdout};
use crate::runs::documents;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const ARTICLE: &str = "Trồng một triệu cây xanh\n\nTỉnh phát động trồng một triệu cây xanh ven sông, ven đường và trong trường học; mỗi hộ góp hai cây trước mùa mưa năm nay.\n";

/// Three copies of an article between others.
fn crawl() -> TempDir {
    let twice = serde_json::json!({ "text": ARTICLE.to_uppercase() });
    let other = serde_json::json!({ "text": news(4) });
    let lines = format!("{other}\n{twice}\nno JSON\n{twice}\n");
    folder(&[
        ("a.txt", ARTICLE.as_bytes()),
        ("b.txt", news(1).as_bytes()),
        ("c.jsonl", lines.as_bytes()),
        ("d.txt", news(1).as_bytes()),
    ])
}

fn records(ndjson: &str) -> Vec<Value> {
    ndjson
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn records_name_their_cluster_when_asked() {
    let crawl = crawl();
    let plain = run(crawl.path(), &["extract", "."]);
    assert!(!stdout(&plain).contains("\"repost\""));
    let marked = run(crawl.path(), &["extract", ".", "--reposts"]);
    let all = records(stdout(&marked));
    let seen: Vec<_> = all
        .iter()
        .map(|record| {
            let repost = &record["repost"];
            (
                repost["first"].as_str().expect("a place"),
                repost["similarity"].as_f64(),
                repost["cluster"] == record["id"],
            )
        })
        .collect();
    let expected = [
        ("./a.txt", None, true),
        ("./b.txt", None, true),
        ("./c.jsonl#0", None, true),
        ("./a.txt", Some(1.0), false),
        ("./a.txt", Some(1.0), false),
        ("./b.txt", Some(1.0), false),
    ];
    assert_eq!(seen, expected);
    assert_eq!(all[3]["repost"]["cluster"], all[0]["id"]);
    // Nothing else changed.
    let mut without = all;
    for record in &mut without {
        record.as_object_mut().expect("an object").remove("repost");
    }
    assert_eq!(without, records(stdout(&plain)));
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_threads() {
    let made = tempfile::tempdir().expect("a folder");
    for n in 0..90 {
        let mut text = news(n % 40);
        if n % 7 == 0 {
            text = text.repeat(30);
        }
        let path = made.path().join(format!("tin-{n:02}.txt"));
        std::fs::write(path, text).expect("written");
    }
    for format in ["ndjson", "json", "csv"] {
        let of = |threads: &str| {
            let args = [
                "extract",
                ".",
                "--reposts",
                "-t",
                threads,
                "--format",
                format,
            ];
            let output = run(made.path(), &args);
            assert_eq!(code(&output), 0);
            output.stdout
        };
        let one = of("1");
        assert_eq!(one, of("2"));
        assert_eq!(one, of("7"));
    }
}

#[test]
fn dedupe_writes_each_article_once_and_says_so() {
    let crawl = crawl();
    let output = run(crawl.path(), &["extract", ".", "--dedupe"]);
    let paths: Vec<_> = records(stdout(&output))
        .iter()
        .map(|r| r["source"]["path"].as_str().expect("a path").to_owned())
        .collect();
    assert_eq!(paths, ["./a.txt", "./b.txt", "./c.jsonl"]);
    assert!(!stdout(&output).contains("\"repost\""));
    let said = stderr(&output);
    assert!(said.contains("of 6 records 3 are reposts and left out"), "{said}");
    let quiet = run(crawl.path(), &["extract", ".", "--dedupe", "-q"]);
    assert_eq!(
        (quiet.stdout, stderr(&output).is_empty()),
        (output.stdout.clone(), false)
    );
    let both = ["extract", ".", "--dedupe", "--reposts", "--format", "json"];
    let both = run(crawl.path(), &both);
    let array: Value = serde_json::from_str(stdout(&both)).expect("an array");
    assert_eq!(array.as_array().expect("an array").len(), 3);
    assert_eq!(array[2]["repost"]["first"], "./c.jsonl#0");
}

#[test]
fn a_table_has_columns_for_it() {
    let crawl = crawl();
    let args = ["extract", ".", "--reposts", "--format", "csv"];
    let output = run(crawl.path(), &args);
    let mut table = csv::Reader::from_reader(&output.stdout[..]);
    let head = table.headers().expect("a head").clone();
    let at = head.iter().position(|c| c == "repost_first").expect("a column");
    let rows: Vec<_> = table.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 6);
    assert_eq!((&rows[4][at], &rows[4][at + 1]), ("./a.txt", "1"));
    assert_eq!((&rows[0][at], &rows[0][at + 1]), ("./a.txt", ""));
    assert_eq!(rows[0][at - 1], rows[4][at - 1]);
}

#[test]
fn only_what_is_written_counts() {
    // The article is no announcement: its copies are not looked at.
    let crawl = crawl();
    let args = ["extract", ".", "--dedupe", "--only", "announcement"];
    let output = run(crawl.path(), &args);
    assert_eq!(stdout(&output).lines().count(), 2);
    assert!(stderr(&output).contains("of 3 records 1 is a repost"));
}

#[test]
fn a_folder_that_is_not_there_is_refused_at_once() {
    let crawl = crawl();
    let args = ["extract", ".", "--reposts", "--temp-dir", "gone"];
    let output = run(crawl.path(), &args);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--temp-dir `gone` is no folder"));
    assert!(output.stdout.is_empty());
}

/// JSON lines where every third is a copy of one of those before.
fn lines(count: usize) -> String {
    let text = |n: usize| match n % 3 {
        2 => news(n / 2).to_uppercase(),
        _ => news(n),
    };
    (0..count)
        .map(|n| format!("{}\n", serde_json::json!({ "text": text(n) })))
        .collect()
}

const NAMES: [&str; 4] = ["a.ndjson", "a.json", "a.csv", "a.parquet"];

fn long_run(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vanban"));
    command.current_dir(folder).args(["extract", "tin.jsonl"]);
    for name in NAMES {
        command.args(["-o", name]);
    }
    command.args(["--checkpoint", "0.01"]).args(more).stderr(Stdio::piped());
    command
}

/// The outputs of a long run, and what it said.
fn outputs(folder: &Path, more: &[&str]) -> (Vec<Vec<u8>>, String) {
    let output = long_run(folder, more).output().expect("it runs");
    let said = stderr(&output).to_owned();
    assert_eq!(code(&output), 0, "{said}");
    let read = |name| fs::read(folder.join(name)).expect("written");
    (NAMES.map(read).to_vec(), said)
}

/// Leaves a run behind that was killed after a checkpoint.
fn interrupt(folder: &Path, more: &[&str]) {
    let ledger = folder.join(".a.ndjson.part/ledger");
    let done = || documents(&ledger).unwrap_or(0);
    let before = done();
    let mut child = long_run(folder, more).spawn().expect("it runs");
    let start = Instant::now();
    while done() < before + 50 && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("killed");
    child.wait().expect("dead");
    assert!(done() >= before + 50, "the run was over too soon");
}

#[test]
fn a_killed_run_goes_on_and_gives_the_same_bytes() {
    let made = folder(&[("tin.jsonl", lines(1_000).as_bytes())]);
    for asked in [&["--reposts"][..], &["--dedupe", "--reposts"]] {
        let (expected, said) = outputs(made.path(), asked);
        for name in NAMES {
            fs::remove_file(made.path().join(name)).expect("there");
        }
        interrupt(made.path(), asked);
        let again = [asked, &["--resume", "-t", "1"]].concat();
        interrupt(made.path(), &again);
        let again = [asked, &["--resume", "-t", "3"]].concat();
        let (resumed, again) = outputs(made.path(), &again);
        assert!(resumed == expected, "{asked:?}");
        // What was counted before the interruption counts.
        let counted = |said: &str| {
            said.lines()
                .find(|line| line.contains("reposts and"))
                .map(str::to_owned)
        };
        assert_eq!(counted(&again), counted(&said));
        assert_eq!(counted(&said).is_some(), asked.contains(&"--dedupe"));
        let left = fs::read_dir(made.path()).expect("a folder").count();
        assert_eq!(left, 1 + NAMES.len(), "something was left behind");
    }
}

#[test]
fn reposts_that_are_not_those_of_the_run_are_refused() {
    let made = folder(&[("tin.jsonl", lines(2_000).as_bytes())]);
    interrupt(made.path(), &["--reposts"]);
    let resumed = |asked: &str| {
        let output = long_run(made.path(), &[asked, "--resume"]).output();
        let output = output.expect("it runs");
        assert_eq!(code(&output), 2);
        stderr(&output).to_owned()
    };
    let said = resumed("--dedupe");
    assert!(said.contains("reposts: `marked` then, `left out` now"), "{said}");
    let members = made.path().join(".a.ndjson.part/reposts");
    let mut bytes = fs::read(&members).expect("there");
    // In the shingles of the first.
    bytes[300] ^= 1;
    fs::write(&members, bytes).expect("written");
    let said = resumed("--reposts");
    assert!(said.contains("begin anew with --restart"), "{said}");
    fs::remove_file(&members).expect("there");
    let said = resumed("--reposts");
    assert!(said.contains("begin anew with --restart"), "{said}");
    // Nothing was lost by the refusals.
    assert!(made.path().join(".a.ndjson.part/ledger").exists());
    let (anew, _) = outputs(made.path(), &["--reposts", "--restart"]);
    assert!(anew == outputs(made.path(), &["--reposts"]).0);
}

#[test]
fn an_update_with_reposts_is_refused() {
    let crawl = crawl();
    for option in ["--reposts", "--dedupe"] {
        let args = ["extract", ".", "--update", option, "-o", "a.ndjson"];
        let output = run(crawl.path(), &args);
        assert_eq!(code(&output), 2);
        let said = stderr(&output);
        assert!(said.contains("leave --update out"), "{said}");
        assert!(!crawl.path().join("a.ndjson").exists());
    }
    let args = ["extract", ".", "--reposts", "--where", "repost_first=a.txt"];
    let output = run(crawl.path(), &args);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--dedupe"), "{}", stderr(&output));
}

#[test]
fn every_output_of_a_run_has_the_same_clusters() {
    let crawl = crawl();
    let alone = |format| {
        let args = ["extract", ".", "--reposts", "-q", "-f", format];
        run(crawl.path(), &args).stdout
    };
    let expected = ["ndjson", "json", "csv", "parquet"].map(alone);
    let mut args = vec!["extract", ".", "--reposts", "-q"];
    args.extend(NAMES.iter().flat_map(|name| ["-o", name]));
    assert_eq!(code(&run(crawl.path(), &args)), 1);
    for (name, expected) in NAMES.iter().zip(&expected) {
        let written = fs::read(crawl.path().join(name)).expect("written");
        assert!(written == *expected, "{name}");
    }
}
