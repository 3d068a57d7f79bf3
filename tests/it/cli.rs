//! The program from outside: what it prints, writes, and returns.

use crate::program::{code, folder, many, news, run, stderr, stdout, vanban};
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

fn records(ndjson: &str) -> Vec<Value> {
    let record = |line| serde_json::from_str(line).expect("a JSON line");
    ndjson.lines().map(record).collect()
}

const COMMANDS: [&str; 11] = [
    "extract",
    "show",
    "explain",
    "compare",
    "index",
    "search",
    "normalize",
    "schema",
    "eval",
    "completions",
    "man",
];

#[test]
fn every_command_has_help_with_examples() {
    let here = Path::new(".");
    let main = run(here, &["--help"]);
    assert_eq!(code(&main), 0);
    for needed in ["Exit codes:", "Examples:", "closes the pipe"] {
        assert!(stdout(&main).contains(needed), "{needed}");
    }
    for command in COMMANDS {
        assert!(stdout(&main).contains(command), "{command} is not listed");
        let help = run(here, &[command, "--help"]);
        assert_eq!(code(&help), 0, "{command}");
        assert!(stdout(&help).contains("Examples:"), "{command}");
        assert!(
            stdout(&help).contains(&format!("vanban {command}")),
            "{command} has no example of itself"
        );
    }
    let version = run(here, &["--version"]);
    let expected = format!("vanban {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(stdout(&version), expected);
}

#[test]
fn wrong_usage_is_refused_in_plain_words_with_a_remedy() {
    let folder = folder(&[("tin.txt", news(1).as_bytes())]);
    for (args, words) in [
        (&["extract", "nix.txt"][..], &["`nix.txt`", "check the spelling"][..]),
        (&["extract", "tin.txt", "--fromat", "csv"], &["--format"]),
        (&["extract", "tin.txt", "--encoding", "xyz"], &["xyz", "tcvn3"]),
        (&["extract", "tin.txt", "-o", "no/out"], &["no/out", "folder"]),
        (&["extract", "tin.txt", "-o", "."], &["folder", "name a file"]),
        (&["extract", "tin.txt", "-o", "x", "--errors", "x"], &["same file"]),
        (&["extract", "tin.txt", "-t", "0"], &["0"]),
        (&["extract", "-", "-"], &["only once"]),
        (&["extract", "tin.txt", "--input-format", "txt"], &["add `-`"]),
        (&["extract", "-", "--input-format", "doc"], &["doc", "jsonl"]),
        (&["extract"], &["PATH"]),
        (&["show", "."], &["folder", "name one file"]),
        (&["show", "nix.txt#3"], &["`nix.txt`", "check the spelling"]),
        (&["show", "tin.txt#x"], &["`x`", "tin.txt#0"]),
        (&["show", "tin.txt#7"], &["no record 7"]),
        (&["explain", "tin.txt", "isuer"], &["issuer"]),
        (&["man", "extrakt"], &["`extrakt`", "`extract`"]),
        (&["eval", "."], &["no gold"]),
        (&["frobnicate"], &["frobnicate"]),
        (&[], &["Usage"]),
    ] {
        let output = run(folder.path(), args);
        assert_eq!(code(&output), 2, "{args:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{args:?}");
        for word in words {
            assert!(
                stderr(&output).contains(word),
                "{args:?} does not say {word}: {}",
                stderr(&output)
            );
        }
    }
}

#[test]
fn records_come_in_the_order_of_the_input_for_any_number_of_threads() {
    let folder = many(120);
    let one = run(folder.path(), &["extract", ".", "--threads", "1"]);
    assert_eq!(code(&one), 0, "{}", stderr(&one));
    let paths: Vec<String> = records(stdout(&one))
        .iter()
        .map(|r| r["source"]["path"].as_str().expect("a path").to_owned())
        .collect();
    let expected: Vec<String> =
        (0..120).map(|n| format!("./tin-{n:04}.txt")).collect();
    assert_eq!(paths, expected);
    for format in ["ndjson", "json", "csv"] {
        let bytes = |threads| {
            let args = ["extract", ".", "-f", format, "-t", threads];
            run(folder.path(), &args).stdout
        };
        let one = bytes("1");
        assert!(!one.is_empty());
        for threads in ["2", "5"] {
            assert!(one == bytes(threads), "{format} with {threads} threads");
        }
    }
}

#[test]
fn ids_are_distinct_and_the_same_in_every_run() {
    let folder = many(40);
    let ids = |path: &str| -> Vec<String> {
        let output = run(folder.path(), &["extract", path]);
        let id = |r: &Value| r["id"].as_str().expect("an id").to_owned();
        records(stdout(&output)).iter().map(id).collect()
    };
    let all = ids(".");
    assert_eq!(all, ids("."));
    assert_eq!(ids("./tin-0007.txt"), all[7..8]);
    let mut distinct = all.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 40);
    assert!(all.iter().all(|id| {
        id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit())
    }));
}

#[test]
fn json_is_one_array_even_of_nothing() {
    let folder =
        folder(&[("a.txt", news(1).as_bytes()), ("b.txt", news(2).as_bytes())]);
    let output =
        run(folder.path(), &["extract", "a.txt", "b.txt", "-f", "json"]);
    let array: Value = serde_json::from_str(stdout(&output)).expect("JSON");
    let ndjson = run(folder.path(), &["extract", "a.txt", "b.txt"]);
    assert_eq!(array, Value::Array(records(stdout(&ndjson))));
    assert!(stdout(&output).ends_with("\n]\n"));

    // One of the two kinds is not there, whatever the rules make of it.
    let mut arrays = ["announcement", "other"].map(|kind| {
        let args = ["extract", "a.txt", "-f", "json", "--only", kind];
        let output = run(folder.path(), &args);
        assert_eq!(code(&output), 0);
        stdout(&output).to_owned()
    });
    arrays.sort_by_key(String::len);
    assert_eq!(arrays[0], "[]\n");
    let one: Value = serde_json::from_str(&arrays[1]).expect("JSON");
    assert_eq!(one.as_array().expect("an array").len(), 1);
}

#[test]
fn csv_has_one_row_a_document_and_no_formula() {
    let lines = format!(
        "{}\n{}\n",
        serde_json::json!({"text": news(1), "url": "=HYPERLINK(\"x\")"}),
        serde_json::json!({"text": news(2), "url": "https://a.vn/?a=1,2"}),
    );
    let folder = folder(&[
        ("=1+1.txt", news(3).as_bytes()),
        ("tin.jsonl", lines.as_bytes()),
    ]);
    let args = ["extract", "=1+1.txt", "tin.jsonl", "-f", "csv"];
    let output = run(folder.path(), &args);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let mut reader = csv::Reader::from_reader(stdout(&output).as_bytes());
    let mut column = |name: &str| {
        let names = reader.headers().expect("a header").clone();
        names.iter().position(|n| n == name).expect("the column")
    };
    let (path, url) = (column("path"), column("url"));
    let rows: Vec<csv::StringRecord> =
        reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(&rows[0][path], "'=1+1.txt");
    assert_eq!(&rows[1][url], "'=HYPERLINK(\"x\")");
    assert_eq!(&rows[2][url], "https://a.vn/?a=1,2");
    for cell in rows.iter().flat_map(|row| row.iter()) {
        let starts = ['=', '+', '-', '@', '\t', '\r'];
        assert!(!cell.starts_with(starts), "{cell:?} could be a formula");
    }
}

#[test]
fn standard_input_is_read_as_what_it_is() {
    let lines = format!(
        "{}\n{}\n",
        serde_json::json!({"noi_dung": news(1), "tac_gia": "Thu Hà"}),
        serde_json::json!({"noi_dung": news(2), "tac_gia": "Lê An"}),
    );
    let output = vanban()
        .args(["extract", "-", "--text-field", "noi_dung", "--keep-fields"])
        .write_stdin(lines)
        .output()
        .expect("it runs");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let records = records(stdout(&output));
    assert_eq!(records.len(), 2);
    assert_eq!(records[1]["source"]["path"], "-");
    assert_eq!(records[1]["source"]["record"], 1);
    assert_eq!(records[1]["source"]["fields"]["tac_gia"], "Lê An");

    let output = vanban()
        .args(["extract", "-"])
        .write_stdin(news(5))
        .output()
        .expect("it runs");
    let text = self::records(stdout(&output));
    assert_eq!(text.len(), 1);
    assert_eq!(text[0]["source"]["encoding"], "utf-8");
    assert_eq!(text[0]["source"]["record"], Value::Null);
}

#[test]
fn a_bad_document_loses_no_neighbour_and_gets_an_error_record() {
    let lines = format!(
        "{}\nthis is not JSON\n{}\n",
        serde_json::json!({"text": news(4)}),
        serde_json::json!({"text": news(5)}),
    );
    let folder = folder(&[
        ("a.txt", news(1).as_bytes()),
        ("b-empty.txt", b""),
        ("c-binary.txt", b"\x00\x01\x02\xff\xfe\x00\x9f\x00\x01\x80\x00\x03"),
        ("d.txt", news(2).as_bytes()),
        ("e.jsonl", lines.as_bytes()),
        ("z.txt", news(3).as_bytes()),
    ]);
    let mut bad = vec![
        ("./b-empty.txt", Value::Null),
        ("./c-binary.txt", Value::Null),
        ("./e.jsonl", Value::from(1)),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.path().join("f.txt"))
            .expect("a link");
        bad.push(("./f.txt", Value::Null));
    }
    let args = ["extract", ".", "-o", "out", "--errors", "failed.ndjson"];
    let output = run(folder.path(), &args);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains("in error"), "{}", stderr(&output));
    let read = |name| {
        let text = fs::read_to_string(folder.path().join(name));
        records(&text.expect("written"))
    };
    let good: Vec<Value> =
        read("out").iter().map(|r| r["source"]["path"].clone()).collect();
    assert_eq!(
        good,
        ["./a.txt", "./d.txt", "./e.jsonl", "./e.jsonl", "./z.txt"]
    );
    let errors = read("failed.ndjson");
    let places: Vec<(&str, Value)> = errors
        .iter()
        .map(|e| (e["path"].as_str().expect("a path"), e["record"].clone()))
        .collect();
    assert_eq!(places, bad);
    for error in &errors {
        assert_eq!(error["schema"], "vanban.error/1");
        assert!(error["reason"].as_str().expect("a reason").len() > 10);
    }
    let broken = &errors[2];
    let offset = broken["offset"].as_u64().expect("an offset") as usize;
    assert!(lines[offset..].starts_with("this is not JSON"));

    // Without an error file they are named, and nothing else is lost.
    let output = run(folder.path(), &["extract", "."]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("b-empty.txt"));
    assert_eq!(records(stdout(&output)), read("out"));
    let quiet = run(folder.path(), &["extract", ".", "-q"]);
    assert_eq!((code(&quiet), stderr(&quiet)), (1, ""));
}

#[test]
fn nothing_readable_ends_with_two_and_leaves_the_old_output() {
    let folder = folder(&[("leer.txt", b"\n"), ("out.ndjson", b"old\n")]);
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    for (args, words) in [
        (["extract", "leer.txt", "-o", "out.ndjson"], "nothing was readable"),
        (["extract", "empty", "-o", "out.ndjson"], "no document was found"),
    ] {
        let output = run(folder.path(), &args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        let out = fs::read_to_string(folder.path().join("out.ndjson"));
        assert_eq!(out.expect("still there"), "old\n");
    }
}

#[test]
fn an_output_in_the_folder_that_is_read_is_not_read() {
    let folder =
        folder(&[("a.txt", news(1).as_bytes()), ("b.txt", news(2).as_bytes())]);
    let out = folder.path().join("out.jsonl");
    let args = ["extract", ".", "-o", "out.jsonl"];
    for _ in 0..2 {
        let output = run(folder.path(), &args);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let text = fs::read_to_string(&out).expect("written");
        assert_eq!(records(&text).len(), 2);
    }
    let files = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(files, 3, "a temporary file is left");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = many(600);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_vanban"))
        .args(["extract", "."])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut first = [0; 20];
    let mut out = child.stdout.take().expect("piped");
    out.read_exact(&mut first).expect("some output");
    drop(out);
    let output = child.wait_with_output().expect("it ends");
    assert!(first.starts_with(b"{\"schema\":"));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "");
}

#[test]
fn verbose_says_what_was_read_and_how_long_it_took() {
    let folder = folder(&[
        ("a.txt", news(1).as_bytes()),
        ("b.txt", b"\xef\xbb\xbfUBND t\xe1\xbb\x89nh ban h\xc3\xa0nh."),
    ]);
    let output = run(folder.path(), &["extract", ".", "-v"]);
    assert_eq!(code(&output), 0);
    for words in ["read 2 documents", "wrote 2 records", "utf-8", "extract"] {
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    let usual = run(folder.path(), &["extract", "."]);
    assert_eq!(stderr(&usual), "", "nothing to say, nothing said");
    assert_eq!(usual.stdout, output.stdout);
}

#[test]
fn show_reads_well_at_eighty_columns_and_obeys_no_text() {
    let hostile = format!("{}\x1b]0;đổi tiêu đề\x07\u{202e}\n", news(7));
    let folder = folder(&[("tin.txt", hostile.as_bytes())]);
    let output = run(folder.path(), &["show", "tin.txt"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let page = stdout(&output);
    assert!(page.starts_with("tin.txt"));
    for field in ["kind", "issuer", "document", "contents"] {
        assert!(page.contains(&format!("\n{field}")), "{field}");
    }
    assert!(page.contains("Thi đua lao động sản xuất."));
    assert!(page.contains("␛]0;đổi tiêu đề␇<202E>"));
    for line in page.lines() {
        let columns = unicode_width::UnicodeWidthStr::width(line);
        assert!(columns <= 80, "{columns} columns: {line}");
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    let colour = run(folder.path(), &["show", "tin.txt", "--color", "always"]);
    assert!(stdout(&colour).contains("\x1b["));
    assert!(!stdout(&colour).contains("\x1b]"));
}

#[test]
fn show_and_explain_find_a_record_by_its_index() {
    let lines = format!(
        "{}\n{}\n",
        serde_json::json!({"text": news(41)}),
        serde_json::json!({"text": news(42)}),
    );
    let folder = folder(&[("tin.jsonl", lines.as_bytes())]);
    let second = run(folder.path(), &["show", "tin.jsonl#1"]);
    assert!(stdout(&second).contains("phong trào thi đua số 42"));
    assert_eq!(stderr(&second), "");
    let first = run(folder.path(), &["show", "tin.jsonl"]);
    assert!(stdout(&first).contains("phong trào thi đua số 41"));
    assert!(stderr(&first).contains("tin.jsonl#1"));
    let why = run(folder.path(), &["explain", "tin.jsonl#1", "issuer"]);
    assert_eq!(code(&why), 0, "{}", stderr(&why));
    assert!(stdout(&why).starts_with("issuer"));
}

#[test]
fn normalize_changes_the_text_and_maps_it() {
    let normalize = |args: &[&str]| {
        let output = vanban()
            .arg("normalize")
            .args(args)
            .write_stdin("QĐ – UBND\u{200b} Hoa\u{300} Bi\u{300}nh")
            .output()
            .expect("it runs");
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output).to_owned()
    };
    let text = normalize(&[]);
    assert!(text.contains("Bình"), "{text}");
    assert!(!text.contains(['–', '\u{200b}', '\u{300}']), "{text}");
    let map = normalize(&["--map"]);
    let mut lines = map.lines();
    assert_eq!(
        lines.next(),
        Some("raw_start\traw_end\tnorm_start\tnorm_end\tkind")
    );
    let (mut raw, mut norm) = (0, 0);
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |i: usize| cells[i].parse::<usize>().expect("a number");
        assert_eq!((number(0), number(2)), (raw, norm), "a gap: {line}");
        (raw, norm) = (number(1), number(3));
        assert!(["equal", "replaced"].contains(&cells[4]));
    }
    assert_eq!((raw, norm), (21, text.len()));
}

#[test]
fn completions_and_manual_pages_are_printed() {
    let here = Path::new(".");
    for shell in ["bash", "zsh", "fish"] {
        let script = run(here, &["completions", shell]);
        assert_eq!(code(&script), 0);
        assert!(stdout(&script).contains("normalize"), "{shell}");
    }
    let page = run(here, &["man"]);
    assert!(stdout(&page).contains(".TH vanban 1"));
    let page = run(here, &["man", "extract"]);
    assert!(stdout(&page).contains("vanban\\-extract"), "{}", stdout(&page));
    assert!(stdout(&page).contains("apostrophe"));
}
