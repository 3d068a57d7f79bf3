//! Runs that write many outputs, are cut off, go on, grow, and report.

use crate::program::{code, folder, many, news, run, stderr, stdout, vanban};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// JSON lines with `count` news; every tenth line is none.
fn lines(count: usize) -> String {
    (0..count)
        .map(|n| match n % 10 {
            9 => "{\"no\": 1}\n".to_owned(),
            _ => format!("{}\n", serde_json::json!({ "text": news(n) })),
        })
        .collect()
}

/// The files of a folder with their bytes, those of hidden folders too.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        if path.is_dir() {
            for (inner, bytes) in files(&path) {
                found.insert(format!("{name}/{inner}"), bytes);
            }
        } else {
            found.insert(name.into_owned(), fs::read(&path).expect("read"));
        }
    }
    found
}

fn records(ndjson: &str) -> Vec<Value> {
    ndjson
        .lines()
        .map(|line| serde_json::from_str(line).expect("a record"))
        .collect()
}

#[test]
fn one_run_writes_every_format_by_its_name() {
    let made = many(40);
    let args = [
        "extract",
        ".",
        "-o",
        "a.ndjson",
        "-o",
        "a.json",
        "-o",
        "a.csv",
        "-o",
        "a.parquet",
    ];
    let output = run(made.path(), &args);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let read = |name: &str| fs::read(made.path().join(name)).expect("written");
    let alone = |format| {
        let args = ["extract", ".", "-f", format];
        run(made.path(), &args).stdout
    };
    for (name, format) in [
        ("a.ndjson", "ndjson"),
        ("a.json", "json"),
        ("a.csv", "csv"),
        ("a.parquet", "parquet"),
    ] {
        assert!(read(name) == alone(format), "{name}");
    }
    let parquet = read("a.parquet");
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
    let hidden = files(made.path()).keys().any(|name| name.starts_with('.'));
    assert!(!hidden, "something was left behind");
}

#[test]
fn excel_gets_its_byte_order_mark_on_request() {
    let made = many(2);
    let plain = run(made.path(), &["extract", ".", "-f", "csv"]).stdout;
    let args = ["extract", ".", "-f", "csv", "--csv-bom"];
    let marked = run(made.path(), &args).stdout;
    assert_eq!(marked[..3], *b"\xef\xbb\xbf");
    assert!(marked[3..] == plain[..]);
    let output = run(made.path(), &["extract", ".", "--csv-bom"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--csv-bom is for CSV"));
}

#[test]
fn shards_hold_everything_and_replace_those_of_before() {
    let made = many(60);
    let all = run(made.path(), &["extract", "."]).stdout;
    let args =
        |size| ["extract", ".", "-o", "ra/tin.ndjson", "--shard-size", size];
    for (size, least) in [("9000", 6), ("40KB", 2)] {
        let output = run(made.path(), &args(size));
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let shards = files(&made.path().join("ra"));
        assert!(shards.len() >= least, "{size}: {}", shards.len());
        for (n, name) in shards.keys().enumerate() {
            assert_eq!(*name, format!("tin-{n:05}.ndjson"));
        }
        assert!(shards.into_values().flatten().eq(all.iter().copied()));
    }
}

#[test]
fn only_what_is_asked_for_is_written() {
    let made = many(50);
    let count = |args: &[&str]| {
        let args: Vec<&str> =
            ["extract", "."].into_iter().chain(args.iter().copied()).collect();
        let output = run(made.path(), &args);
        assert!(code(&output) < 2, "{}", stderr(&output));
        stdout(&output).lines().count()
    };
    assert_eq!(count(&["--where", "number=7"]), 1);
    assert_eq!(count(&["--where", "place=HÀ NAM", "--where", "number!=7"]), 49);
    assert_eq!(count(&["--where", "campaign=", "--only", "announcement"]), 0);
    assert_eq!(count(&["--limit", "3"]), 3);
    assert_eq!(count(&["--limit", "0"]), 0);
    let output = run(made.path(), &["extract", ".", "--where", "nummer=7"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("issuer_level"), "{}", stderr(&output));
}

#[test]
fn a_sample_is_the_same_for_any_number_of_threads() {
    let made = many(200);
    let sample = |threads, seed| {
        let args = [
            "extract",
            ".",
            "--sample",
            "25%",
            "--threads",
            threads,
            "--seed",
            seed,
        ];
        run(made.path(), &args).stdout
    };
    let first = sample("1", "0");
    assert!(first == sample("4", "0"));
    assert!(first != sample("1", "1"));
    let count = first.iter().filter(|b| **b == b'\n').count();
    assert!((25..80).contains(&count), "{count}");
    let all = run(made.path(), &["extract", "."]).stdout;
    let all = std::str::from_utf8(&all).expect("UTF-8");
    let first = std::str::from_utf8(&first).expect("UTF-8");
    assert!(first.lines().all(|line| all.contains(line)));
}

/// What every run of the tests below writes.
const OUTPUTS: [&str; 8] = [
    "-o",
    "ra/a.ndjson",
    "-o",
    "ra/a.csv",
    "-o",
    "ra/a.parquet",
    "--errors",
    "ra/e.ndjson",
];

fn resumable(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vanban"));
    command.current_dir(folder).args(["extract", "tin.jsonl", "-q"]);
    command.args(OUTPUTS).args(["--checkpoint", "0.01", "--resume"]);
    command.stderr(Stdio::piped());
    command
}

#[test]
fn a_killed_run_goes_on_and_gives_the_same_bytes() {
    let made = folder(&[("ra/x", b""), ("tin.jsonl", lines(1_200).as_bytes())]);
    let start = Instant::now();
    let output = resumable(made.path()).output().expect("it runs");
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let whole = start.elapsed();
    let expected = files(&made.path().join("ra"));
    assert_eq!(expected.len(), 5);
    for name in ["a.ndjson", "a.csv", "a.parquet", "e.ndjson"] {
        fs::remove_file(made.path().join("ra").join(name)).expect("there");
    }
    let ledger = made.path().join("ra/.a.ndjson.part/ledger");
    let mut went_on = 0;
    for kill in 1..=40_u32 {
        let threads = ["1", "2", "3"][kill as usize % 3];
        let mut command = resumable(made.path());
        let mut child =
            command.args(["--threads", threads]).spawn().expect("it runs");
        // The moments are spread over the time of a whole run.
        std::thread::sleep(whole * (kill * 7 % 10) / 12);
        if let Some(status) = child.try_wait().expect("a state") {
            assert_eq!(status.code(), Some(1));
            break;
        }
        child.kill().expect("killed");
        child.wait().expect("dead");
        went_on += u32::from(documents(&ledger).is_some_and(|n| n > 0));
        if kill >= 10 {
            let output = resumable(made.path()).output().expect("it runs");
            assert_eq!(code(&output), 1, "{}", stderr(&output));
            break;
        }
    }
    assert!(went_on > 0, "no kill came behind a checkpoint");
    assert!(files(&made.path().join("ra")) == expected);
}

/// Leaves an interrupted run behind.
fn interrupt(folder: &Path) {
    let ledger = folder.join("ra/.a.ndjson.part/ledger");
    let mut child = resumable(folder).spawn().expect("it runs");
    let done = || documents(&ledger).unwrap_or(0);
    let start = Instant::now();
    while done() < 20 && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("killed");
    child.wait().expect("dead");
    assert!(done() >= 20, "the run was over too soon");
}

/// How far a ledger says that its run is.
pub fn documents(ledger: &Path) -> Option<u64> {
    let ledger = fs::read(ledger).ok()?;
    let ledger: Value =
        serde_json::from_slice(&ledger).expect("never half a ledger");
    ledger["state"]["documents"].as_u64()
}

#[test]
fn an_interrupted_run_is_not_lost_by_accident() {
    let made = folder(&[("ra/x", b""), ("tin.jsonl", lines(3_000).as_bytes())]);
    interrupt(made.path());
    assert!(!made.path().join("ra/a.ndjson").exists());
    // Without a word of what to do with it.
    let args: Vec<&str> =
        ["extract", "tin.jsonl"].into_iter().chain(OUTPUTS).collect();
    let output = run(made.path(), &args);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--restart"), "{}", stderr(&output));
    // Asked something else.
    let output = resumable(made.path()).args(["--limit", "7"]).output();
    let output = output.expect("it runs");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("limit: `–` then, `7` now"));
    // With another beginning of the input.
    let text = fs::read_to_string(made.path().join("tin.jsonl"));
    let text = text.expect("text");
    let changed = text.replacen("thi đua số 0", "thi đua số 9", 1);
    fs::write(made.path().join("tin.jsonl"), changed).expect("written");
    let output = resumable(made.path()).output().expect("it runs");
    assert_eq!(code(&output), 2);
    let said = stderr(&output);
    assert!(said.contains("`tin.jsonl`, record 0, is not"), "{said}");
    // With less of it.
    fs::write(made.path().join("tin.jsonl"), lines(2)).expect("written");
    let output = resumable(made.path()).output().expect("it runs");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("the input ends after 2 documents"));
    // With more of it: that is done too.
    let grown = lines(3_010);
    fs::write(made.path().join("tin.jsonl"), &grown).expect("written");
    let output = resumable(made.path()).output().expect("it runs");
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let resumed = files(&made.path().join("ra"));
    let args = [args, vec!["--restart"]].concat();
    assert_eq!(code(&run(made.path(), &args)), 1);
    assert!(files(&made.path().join("ra")) == resumed);
}

#[test]
fn two_runs_do_not_write_one_file() {
    let made = folder(&[("ra/x", b""), ("tin.jsonl", lines(3_000).as_bytes())]);
    let ledger = made.path().join("ra/.a.ndjson.part/ledger");
    let mut child = resumable(made.path()).spawn().expect("it runs");
    while !ledger.exists() && child.try_wait().expect("a state").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let output = resumable(made.path()).output().expect("it runs");
    child.kill().expect("killed");
    child.wait().expect("dead");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("another run"), "{}", stderr(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    let made = folder(&[("ra/x", b""), ("tin.jsonl", lines(1_200).as_bytes())]);
    let program = env!("CARGO_BIN_EXE_vanban");
    // No file may grow above 300 blocks, as on a disk that is full.
    let script = format!(
        "ulimit -f 300; trap '' XFSZ; exec {program} extract tin.jsonl -q {} --checkpoint 0.01",
        OUTPUTS.join(" ")
    );
    let output = Command::new("bash")
        .current_dir(made.path())
        .args(["-c", &script])
        .output()
        .expect("it runs");
    assert_eq!(code(&output), 2, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("cannot write `ra/"),
        "{}",
        stderr(&output)
    );
    assert!(!made.path().join("ra/a.ndjson").exists());
    let output = resumable(made.path()).output().expect("it runs");
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let resumed = files(&made.path().join("ra"));
    let output = resumable(made.path()).output().expect("it runs");
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(files(&made.path().join("ra")) == resumed);
    let args = ["extract", "tin.jsonl", "-o", "/dev/full", "-q"];
    let output = run(made.path(), &args);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("the disk is full"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn an_update_does_only_what_is_new_or_changed() {
    // The last line is still being written when it is read first.
    let torn = format!("{}{{\"text\": \"H", lines(30));
    let made = folder(&[
        ("tin/a.jsonl", torn.as_bytes()),
        ("tin/b.txt", news(100).as_bytes()),
        ("tin/d.txt", news(101).as_bytes()),
        ("ra/x", b""),
    ]);
    let update = || {
        let args = [&["extract", "tin", "--update", "-v"], &OUTPUTS[..]];
        run(made.path(), &args.concat())
    };
    let first = update();
    assert_eq!(code(&first), 1, "{}", stderr(&first));
    let again = update();
    let said = stderr(&again);
    assert!(said.contains("written 29, left out 0, taken over 33"), "{said}");
    // One file grows, one changes, one comes, one goes.
    let grown = lines(40);
    fs::write(made.path().join("tin/a.jsonl"), grown).expect("written");
    fs::write(made.path().join("tin/b.txt"), news(7)).expect("written");
    fs::write(made.path().join("tin/c.txt"), news(8)).expect("written");
    fs::remove_file(made.path().join("tin/d.txt")).expect("there");
    let third = update();
    let said = stderr(&third);
    assert!(said.contains("written 38, left out 0, taken over 30"), "{said}");
    let updated = files(&made.path().join("ra"));
    let args = [&["extract", "tin"], &OUTPUTS[..]].concat();
    assert_eq!(code(&run(made.path(), &args)), 1);
    let anew = files(&made.path().join("ra"));
    for name in ["a.ndjson", "a.csv", "a.parquet", "e.ndjson"] {
        assert!(updated[name] == anew[name], "{name}");
    }
}

#[test]
fn an_update_does_not_trust_a_file_that_was_touched() {
    let made = folder(&[("tin.jsonl", lines(9).as_bytes())]);
    let args = ["extract", "tin.jsonl", "--update", "-v", "-o", "a.ndjson"];
    run(made.path(), &args);
    let path = made.path().join("a.ndjson");
    let whole = fs::read_to_string(&path).expect("written");
    fs::write(&path, whole.replacen("sản xuất", "sản xuầt", 1))
        .expect("written");
    let output = run(made.path(), &args);
    assert!(stderr(&output).contains("taken over 8"), "{}", stderr(&output));
    assert!(fs::read_to_string(&path).expect("written") == whole);
    // Read another way, no record is the same.
    let args = [&args[..], &["--keep-fields"]].concat();
    let output = run(made.path(), &args);
    assert!(stderr(&output).contains("done anew"), "{}", stderr(&output));
}

#[test]
fn what_failed_can_be_done_again_alone() {
    let made = folder(&[
        ("tin/a.jsonl", lines(30).as_bytes()),
        ("tin/b.txt", b""),
        ("tin/c.txt", news(3).as_bytes()),
    ]);
    let args = ["extract", "tin", "-o", "a", "--errors", "e.ndjson"];
    assert_eq!(code(&run(made.path(), &args)), 1);
    let errors = fs::read_to_string(made.path().join("e.ndjson"));
    let errors = records(&errors.expect("written"));
    assert_eq!(errors.len(), 4);
    assert_eq!(errors[0]["excerpt"], "{\"no\": 1}");
    // Two of them are mended.
    let path = made.path().join("tin/a.jsonl");
    let text = fs::read_to_string(&path).expect("text");
    let mended = text.replacen("{\"no\": 1}", "{\"text\": \"Kế hoạch\"}", 1);
    fs::write(path, mended).expect("written");
    fs::write(made.path().join("tin/b.txt"), news(2)).expect("written");
    let args = ["extract", "--retry", "e.ndjson", "-q"];
    let output = run(made.path(), &args);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let again = records(stdout(&output));
    let places: Vec<_> = again
        .iter()
        .map(|r| (r["source"]["path"].as_str(), r["source"]["record"].as_u64()))
        .collect();
    let expected = [(Some("tin/a.jsonl"), Some(9)), (Some("tin/b.txt"), None)];
    assert_eq!(places, expected);
    let args = ["extract", "--retry", "a", "-q"];
    let output = run(made.path(), &args);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no error record"));
}

#[test]
fn a_report_counts_and_compares() {
    let made = folder(&[("tin.jsonl", lines(30).as_bytes())]);
    let args = [
        "extract",
        "tin.jsonl",
        "-q",
        "-o",
        "a",
        "--report",
        "r.json",
        "--report",
        "r.html",
    ];
    assert_eq!(code(&run(made.path(), &args)), 1);
    let read = |name: &str| {
        fs::read_to_string(made.path().join(name)).expect("written")
    };
    let report: Value = serde_json::from_str(&read("r.json")).expect("JSON");
    assert_eq!(report["totals"]["documents"], 30);
    assert_eq!(report["totals"]["written"], 27);
    assert_eq!(report["totals"]["failures"], 3);
    let reasons = report["tally"]["reasons"].as_object().expect("reasons");
    assert_eq!(
        reasons.values().map(|n| n.as_u64()).collect::<Vec<_>>(),
        [Some(3)]
    );
    assert!(report["tally"]["slowest"].as_array().expect("a list").len() == 20);
    let page = read("r.html");
    assert!(page.starts_with("<!doctype html>") && page.contains("<svg"));
    // The same news without their headline lines and numbers.
    let worse: String = (0..60)
        .map(|n| format!("{{\"text\": \"Trời mưa, đường trơn {n}.\"}}\n"))
        .collect();
    fs::write(made.path().join("tin.jsonl"), worse).expect("written");
    let args = [
        "extract",
        "tin.jsonl",
        "-q",
        "-o",
        "a",
        "--report",
        "new.json",
        "--report-against",
        "r.json",
    ];
    assert_eq!(code(&run(made.path(), &args)), 0);
    let report: Value = serde_json::from_str(&read("new.json")).expect("JSON");
    let changes = report["drift"]["changes"].as_array().expect("a list");
    let issuer = changes.iter().find(|change| {
        change["field"] == "issuer" && change["source"].is_null()
    });
    let issuer = issuer.expect("the issuers are gone");
    assert_eq!((&issuer["then"], &issuer["now"]), (&1.0.into(), &0.0.into()));
    // The records know nothing of time.
    assert!(!read("a").contains("milliseconds"));
}

#[test]
fn a_plain_run_leaves_nothing_but_its_output() {
    let made = many(3);
    let before = files(made.path()).len();
    let output = run(made.path(), &["extract", ".", "-o", "a.ndjson"]);
    assert_eq!(code(&output), 0);
    assert_eq!(files(made.path()).len(), before + 1);
    let output = vanban()
        .current_dir(made.path())
        .args(["extract", ".", "-o", "b.ndjson", "--retry", "x"])
        .output();
    assert_eq!(code(&output.expect("it runs")), 2);
    assert_eq!(files(made.path()).len(), before + 1);
}
