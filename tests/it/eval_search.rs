//! `vanban eval search`: the relevance set is what it says it is, our index
//! holds its floors, and servers that this machine has are not ahead.

use crate::feed::{groonga, postgres};
use crate::program::{code, folder, run, stderr, stdout};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn set() -> PathBuf {
    root().join("corpus/search")
}

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).expect("the file");
    let line = |line| serde_json::from_str(line).expect("JSON");
    text.lines().map(line).collect()
}

#[test]
fn the_set_is_what_its_readme_says() {
    let queries = lines(&set().join("queries.jsonl"));
    assert!(queries.len() >= 140, "{}", queries.len());
    let mut traps: BTreeMap<&str, usize> = BTreeMap::new();
    for query in &queries {
        let trap = query["trap"].as_str().expect("a trap");
        *traps.entry(trap).or_default() += 1;
        assert!(!query["need"].as_str().expect("a need").is_empty());
        // Every minimal pair has a document on the other side.
        let other = query["must_not"].as_array().expect("a list");
        assert!(trap != "tone" || other.len() > 1, "{query}");
    }
    for (trap, least) in [
        ("tone", 60),
        ("unmarked", 10),
        ("mixed", 8),
        ("spelling", 10),
        ("words", 10),
        ("number", 20),
        ("abbreviation", 12),
        ("province", 8),
        ("campaign", 10),
        ("filter", 12),
        ("date", 4),
        ("slip", 6),
        ("keys", 8),
        ("operator", 8),
        ("question", 8),
        ("nothing", 6),
    ] {
        let found = traps.get(trap).copied().unwrap_or(0);
        assert!(found >= least, "{trap}: {found}");
    }
    let documents = lines(&set().join("documents.jsonl"));
    assert!(documents.len() >= 250, "{}", documents.len());
    let mut ids = BTreeSet::new();
    for document in &documents {
        let words = document["text"].as_str().expect("a text");
        let count = words.split_whitespace().count();
        assert!(count >= 150, "{count} words: {}", document["id"]);
        assert!(ids.insert(document["id"].as_str().expect("an id")));
    }
}

/// The files are what the tables make; where Python is not installed there
/// is nothing to make them with.
#[test]
fn the_set_is_that_of_its_tables() {
    let check = Command::new("python3")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(set().join("make_set.py"))
        .arg("--check")
        .output();
    if let Ok(output) = check {
        assert!(output.status.success(), "{}", stderr(&output));
    }
}

fn eval(more: &[&str]) -> std::process::Output {
    let args = ["eval", "search", "corpus/search"];
    run(root(), &[&args, more].concat())
}

#[test]
fn the_index_holds_its_floors() {
    let output = eval(&["--floors", "corpus/search/floors.tsv", "--errors"]);
    assert_eq!(code(&output), 0, "{}\n{}", stderr(&output), stdout(&output));
    assert!(stdout(&output).contains("nDCG@10"), "{}", stdout(&output));
}

#[test]
fn the_index_is_ahead_of_servers() {
    let mut args = vec!["--floors", "corpus/search/floors.tsv", "--errors"];
    let postgres = postgres::Cluster::start();
    let url = postgres.as_ref().map(postgres::Cluster::url);
    if let Some(url) = &url {
        args.extend(["--postgres", url]);
    }
    let groonga = groonga::Groonga::start();
    let address = groonga.as_ref().map(|server| server.url.as_str());
    if let Some(address) = address {
        args.extend(["--groonga", address]);
    }
    if url.is_none() && address.is_none() {
        return;
    }
    let output = eval(&args);
    assert_eq!(code(&output), 0, "{}\n{}", stderr(&output), stdout(&output));
}

/// Two documents, three queries, figures worked out by hand.
fn small() -> tempfile::TempDir {
    let text = |subject: &str| {
        format!(
            "UBND tỉnh Hà Nam {subject}\n\nNgày 2/3/2022, UBND tỉnh Hà Nam ban hành Kế hoạch số 15/KH-UBND về việc {subject}."
        )
    };
    let documents = [
        json!({"id": "dog", "title": "Hà Nam quản lý chó nuôi", "text": text("quản lý chó nuôi")}),
        json!({"id": "market", "title": "Hà Nam quản lý chợ", "text": text("quản lý chợ")}),
    ];
    let query = |id: &str,
                 trap: &str,
                 query: &str,
                 wanted: Value,
                 not: &[&str]| {
        json!({"id": id, "trap": trap, "query": query, "need": "…", "judgments": wanted, "must_not": not})
    };
    let queries = [
        query("q1", "tone", "chó", json!({"dog": 3}), &["market"]),
        // Judged the wrong way round, so that something goes wrong.
        query("q2", "words", "chợ", json!({"dog": 3}), &["market"]),
        query("q3", "nothing", "\"sao hỏa\"", json!({}), &[]),
        query("q4", "words", "rừng", json!({"other/rung": 3}), &[]),
    ];
    let join = |lines: &[Value]| -> String {
        lines.iter().map(|line| format!("{line}\n")).collect()
    };
    folder(&[
        ("set/documents.jsonl", join(&documents).as_bytes()),
        ("set/queries.jsonl", join(&queries).as_bytes()),
        ("set/folders.txt", b"../other\n"),
        ("other/rung.txt", text("trồng rừng").as_bytes()),
        ("low.tsv", b"ndcg\t0.1\npairs\t1\nempty\t1\n"),
        ("high.tsv", b"success\t0.9\n"),
        ("bad.tsv", b"ndgc\t1\n"),
    ])
}

#[test]
fn a_small_set_by_hand() {
    let folder = small();
    let output = run(folder.path(), &["eval", "search", "set", "--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let answer: Value = serde_json::from_str(stdout(&output)).expect("JSON");
    assert_eq!(answer["queries"], 4);
    assert_eq!(answer["documents"], 3);
    let own = &answer["engines"][0];
    assert_eq!(own["engine"], "index");
    assert_eq!(own["answers"][0]["hits"][0], "dog");
    assert_eq!(own["answers"][1]["hits"][0], "market");
    assert_eq!(own["answers"][3]["hits"], json!(["other/rung"]));
    assert_eq!(own["all"]["pairs"], json!([1, 1]));
    assert_eq!(own["all"]["held"], json!([1, 2]));
    assert_eq!(own["all"]["empty"], json!([1, 1]));
    assert_eq!(own["all"]["success"], 0.6667);
    // Without marks both sides are one: there is no telling which is first.
    let without = &answer["engines"][1];
    assert_eq!(without["answers"][0]["hits"].as_array().map(Vec::len), Some(2));
}

#[test]
fn floors_and_mistakes_are_named() {
    let folder = small();
    let eval = |args: &[&str]| {
        run(folder.path(), &[&["eval", "search", "set"], args].concat())
    };
    let low = eval(&["--floors", "low.tsv", "--errors"]);
    assert_eq!(code(&low), 0, "{}", stderr(&low));
    let wrong = stdout(&low).lines().find(|line| line.contains("\tq2\t"));
    let wrong = wrong.expect("the query that went wrong");
    assert!(wrong.contains("\tchợ\t! market"), "{wrong}");
    let high = eval(&["--floors", "high.tsv"]);
    assert_eq!(code(&high), 1);
    let said = "success: 0.6667 is below its floor 0.9";
    assert!(stderr(&high).contains(said), "{}", stderr(&high));
    let bad = eval(&["--floors", "bad.tsv"]);
    assert_eq!(code(&bad), 2);
    assert!(stderr(&bad).contains("line 1"), "{}", stderr(&bad));
}

#[test]
fn what_is_no_set_is_refused() {
    let folder = small();
    let path = folder.path();
    let eval = |set: &str| run(path, &["eval", "search", set]);
    let output = eval("nowhere");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("queries.jsonl"), "{}", stderr(&output));
    let unknown = json!({"id": "q", "trap": "words", "query": "x", "need": "", "judgments": {"cat": 3}});
    fs::write(path.join("set/queries.jsonl"), unknown.to_string())
        .expect("written");
    let output = eval("set");
    assert_eq!(code(&output), 2);
    let said = "there is no document `cat`";
    assert!(stderr(&output).contains(said), "{}", stderr(&output));
    // Gold is scored as before.
    let output = run(path, &["eval"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("GOLD_DIR"), "{}", stderr(&output));
}
