//! `extract --reposts` and `--dedupe`, from the command line.

use crate::program::{code, folder, news, run, stderr, stdout};
use serde_json::Value;
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
