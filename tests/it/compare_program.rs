//! `vanban compare` from outside: what it takes, prints and writes.

use crate::program::{code, folder, run, stderr, stdout};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use vanban::text::{normalize, one_line};

const PLACES: [(&str, &str); 3] = [
    (
        "Hà Nam",
        "1. Thu gom rác thải nhựa trên sông Châu Giang; trồng cây xanh.\n\n2. Dạy bơi cho trẻ em trước mùa hè.",
    ),
    (
        "Thái Bình",
        "1. Dạy bơi cho trẻ em, phòng đuối nước trước mùa hè.\n\n2. Thu gom rác thải nhựa trên sông Trà Lý; trồng cây xanh.",
    ),
    (
        "Nam Định",
        "1. Thu gom, phân loại rác thải nhựa trên sông Đào; trồng cây xanh.\n\n2. =HYPERLINK(\"x\") là công thức lạ trong bảng tính.",
    ),
];

fn news(place: &str, items: &str) -> String {
    format!(
        "Ngày 3/4/2022, UBND tỉnh {place} ban hành Kế hoạch số 9/KH-UBND phát động phong trào thi đua “{place} xanh”. Các nội dung thi đua:\n\n{items}\n"
    )
}

fn made() -> TempDir {
    let files: Vec<(String, String)> = PLACES
        .iter()
        .map(|(p, items)| (format!("{p}.txt"), news(p, items)))
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    folder(&files)
}

fn json(folder: &Path, paths: &[&str]) -> Value {
    let args = [&["compare", "--format", "json"], paths].concat();
    let output = run(folder, &args);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    serde_json::from_str(stdout(&output)).expect("JSON")
}

#[test]
fn the_same_bytes_for_any_order() {
    let folder = made();
    let bytes = |paths: [&str; 3]| {
        let args = [&["compare", "-f", "json"][..], &paths].concat();
        run(folder.path(), &args).stdout
    };
    let (a, b, c) = ("Hà Nam.txt", "Thái Bình.txt", "Nam Định.txt");
    let first = bytes([a, b, c]);
    assert!(!first.is_empty());
    for order in [[a, c, b], [b, a, c], [c, b, a]] {
        assert_eq!(bytes(order), first);
    }
}

#[test]
fn links_over_every_pair_and_who_stands_alone() {
    let folder = made();
    let c = json(folder.path(), &["."]);
    assert_eq!(c["schema"], "vanban.compare/1");
    let names: Vec<&str> = c["documents"]
        .as_array()
        .expect("documents")
        .iter()
        .map(|d| d["issuer"].as_str().expect("an issuer"))
        .collect();
    assert_eq!(
        names,
        ["UBND tỉnh Hà Nam", "UBND tỉnh Nam Định", "UBND tỉnh Thái Bình"]
    );
    let links: Vec<[u64; 4]> = c["links"]
        .as_array()
        .expect("links")
        .iter()
        .map(|l| {
            [&l["a"], &l["b"]]
                .iter()
                .flat_map(|p| [&p["document"], &p["item"]])
                .map(|n| n.as_u64().expect("a number"))
                .collect::<Vec<_>>()
                .try_into()
                .expect("four")
        })
        .collect();
    // Document from 0, item from 1; Thái Bình has the two in another order.
    assert_eq!(links, [[0, 1, 1, 1], [0, 1, 2, 2], [0, 2, 2, 1], [1, 1, 2, 2]]);
    let moved = c["links"].as_array().expect("links").iter();
    assert_eq!(moved.filter(|l| l["moved"] == true).count(), 1);
    assert_eq!(c["alone"], serde_json::json!([{"document": 1, "item": 2}]));
}

#[test]
fn records_made_earlier_give_the_same_comparison() {
    let folder = made();
    let path = folder.path();
    let extract = run(path, &["extract", ".", "-o", "r.ndjson"]);
    assert_eq!(code(&extract), 0, "{}", stderr(&extract));
    let texts = ["Hà Nam.txt", "Thái Bình.txt", "Nam Định.txt"];
    let mut from_records = json(path, &["r.ndjson"]);
    let mut from_texts = json(path, &texts);
    // The records name the texts as the folder walk does, with `./`.
    for c in [&mut from_records, &mut from_texts] {
        for d in c["documents"].as_array_mut().expect("documents") {
            d["path"] = Value::Null;
            d["id"] = Value::Null;
        }
    }
    assert_eq!(from_records, from_texts);
    fs::write(path.join("Hà Nam.txt"), "Văn bản khác").expect("written");
    let c = json(path, &["r.ndjson"]);
    let spans = &c["documents"][0]["items"][0]["clauses"][0]["span"];
    assert!(spans.is_null(), "a changed text is no evidence: {spans}");
}

#[test]
fn tables_are_tidy_and_safe() {
    let folder = made();
    let path = folder.path();
    let args =
        ["compare", ".", "-f", "csv", "-o", "l.csv", "--citations", "c.csv"];
    assert_eq!(code(&run(path, &args)), 0);
    let rows = |name: &str| {
        let mut reader = csv::Reader::from_path(path.join(name)).expect(name);
        let head = reader.headers().expect("a head").clone();
        let rows: Vec<csv::StringRecord> =
            reader.records().map(|r| r.expect("a row")).collect();
        (head, rows)
    };
    let (head, links) = rows("l.csv");
    assert_eq!(links.len(), 4, "one row a link");
    assert_eq!(head.iter().position(|c| c == "evidence"), Some(11));
    let (head, citations) = rows("c.csv");
    let column = |name| head.iter().position(|c| c == name).expect(name);
    let (start, end, quote) = (column("start"), column("end"), column("quote"));
    let mut checked = 0;
    for row in &citations {
        let Ok(from) = row[start].parse::<usize>() else { continue };
        let to: usize = row[end].parse().expect("an end");
        let text = fs::read_to_string(path.join(&row[column("path")]));
        let letters: Vec<char> = text.expect("the source").chars().collect();
        let slice: String = letters[from..to].iter().collect();
        let said = row[quote].trim_start_matches('\'');
        let words = one_line(&normalize(&slice));
        assert_eq!(words, said);
        checked += 1;
    }
    assert!(checked >= 20, "{checked}");
    let formula =
        citations.iter().any(|row| row.iter().any(|c| c.starts_with('=')));
    assert!(!formula, "no cell starts a formula");
}

#[test]
fn too_little_is_refused_with_a_remedy() {
    let folder = made();
    let one = run(folder.path(), &["compare", "Hà Nam.txt"]);
    assert_eq!(code(&one), 2);
    assert!(stderr(&one).contains("needs two"), "{}", stderr(&one));
    fs::write(
        folder.path().join("tho.txt"),
        "Trời hôm nay xanh quá, ta đi chơi nhé bạn ơi.",
    )
    .expect("written");
    let poem = run(folder.path(), &["compare", "Hà Nam.txt", "tho.txt"]);
    assert_eq!(code(&poem), 2);
    assert!(stderr(&poem).contains("--all"), "{}", stderr(&poem));
    let none = run(folder.path(), &["compare", "nix.txt", "Hà Nam.txt"]);
    assert_eq!(code(&none), 2);
    assert!(stderr(&none).contains("`nix.txt`"), "{}", stderr(&none));
}

#[test]
fn a_page_alone_prints_nothing() {
    let folder = made();
    let output = run(folder.path(), &["compare", ".", "--html", "p.html"]);
    assert_eq!((code(&output), stdout(&output)), (0, ""));
    let page = fs::read_to_string(folder.path().join("p.html"));
    assert!(page.expect("written").contains("UBND tỉnh Thái Bình"));
    let again = run(folder.path(), &["compare", ".", "-f", "markdown"]);
    assert!(stdout(&again).contains("# Announcements compared"));
}
