//! Search by the program, on an index of the corpus: what is typed and what
//! comes first, filters, wrong queries, outputs.

use super::program::{code, folder, stderr, stdout, vanban};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// An index of the texts of the corpus, made once.
fn index() -> &'static Path {
    static INDEX: OnceLock<TempDir> = OnceLock::new();
    let made = INDEX.get_or_init(|| {
        let home = tempfile::tempdir().expect("a folder");
        let texts = home.path().join("texts");
        fs::create_dir(&texts).expect("a folder");
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        for part in ["documents", "movement"] {
            for file in fs::read_dir(corpus.join(part)).expect("the corpus") {
                let path = file.expect("a file").path();
                if path.extension().is_some_and(|e| e == "txt") {
                    let name = path.file_name().expect("a name");
                    fs::copy(&path, texts.join(name)).expect("a copy");
                }
            }
        }
        let output = vanban()
            .current_dir(home.path())
            .args(["index", "texts", "--index", "idx", "--quiet"])
            .output()
            .expect("it runs");
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        home
    });
    made.path()
}

fn search(args: &[&str]) -> Output {
    vanban()
        .current_dir(index())
        .args(["search", "--index", "idx"])
        .args(args)
        .output()
        .expect("it runs")
}

fn answer(args: &[&str]) -> Value {
    let output = search(&[args, &["--format", "json"]].concat());
    assert_eq!(code(&output), 0, "{args:?}: {}", stderr(&output));
    assert_eq!(stderr(&output), "", "{args:?}");
    serde_json::from_str(stdout(&output)).expect("JSON")
}

/// Names of the texts that are found, in order.
fn names(answer: &Value) -> Vec<String> {
    let hits = answer["hits"].as_array().expect("hits");
    let name = |hit: &Value| {
        let path = hit["source"]["path"].as_str().expect("a path");
        let name = path.rsplit('/').next().expect("a name");
        name.trim_end_matches(".txt").to_owned()
    };
    hits.iter().map(name).collect()
}

fn found(query: &str) -> Vec<String> {
    names(&answer(&[query, "--limit", "60"]))
}

#[track_caller]
fn first(query: &str, expected: &str) {
    let found = found(query);
    assert_eq!(
        found.first().map(String::as_str),
        Some(expected),
        "{query}: {found:?}"
    );
}

/// These and no others, in any order.
#[track_caller]
fn only(query: &str, expected: &[&str]) {
    let found = found(query);
    let set: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(set, expected.iter().copied().collect(), "{query}");
    assert_eq!(set.len(), found.len(), "{query}: one twice");
}

#[test]
fn marks_are_needed_by_nobody() {
    for query in [
        "vùng xanh vĩnh phúc",
        "vung xanh vinh phuc",
        "VÙNG XANH VĨNH PHÚC",
        "vung xanh Vĩnh Phúc",
        "vu\u{300}ng xanh vi\u{303}nh phu\u{301}c",
    ] {
        first(query, "vinh-phuc-2021");
    }
    first("sot xuat huyet hau giang", "hau-giang-2022-letter");
    // Both places of the tone mark.
    first("khoẻ người lao động nặng nhọc", "ttlt-2014-joint-circular");
    first("khỏe người lao động nặng nhọc", "ttlt-2014-joint-circular");
    first("Ðiện Biên mù chữ", "dien-bien-2018-lettered");
}

#[test]
fn a_number_is_found_in_any_spelling() {
    for query in [
        "240/KH-UBND",
        "240 KH UBND",
        "kh ubnd 240",
        "KH-UBND số 240",
        "số 240/KH–UBND",
        "number:240",
        "số:240/kh-ubnd",
    ] {
        only(query, &["vinh-phuc-2021"]);
    }
    first("số 240", "vinh-phuc-2021");
    first("kế hoạch 240", "vinh-phuc-2021");
    first("31-KH/TU", "tuyen-quang-2021-party-plan");
    first("31 kh tu", "tuyen-quang-2021-party-plan");
    first("74/2022/NĐ-CP", "nghi-dinh-2022-decree");
    first("74/NĐ-CP", "nghi-dinh-2022-decree");
    // A cited number finds those that cite it; the field finds the act alone.
    only(
        "1618/QĐ-TTg",
        &["bac-lieu", "binh-duong", "hoa-binh", "nghe-an", "thai-nguyen"],
    );
    only("number:1618/QĐ-TTg", &[]);
}

#[test]
fn an_abbreviation_is_what_it_stands_for() {
    for query in [
        "issuer:\"UBND tỉnh Vĩnh Phúc\"",
        "issuer:\"Ủy ban nhân dân tỉnh Vĩnh Phúc\"",
        "issuer:\"Uỷ ban nhân dân tỉnh Vĩnh Phúc\"",
        "issuer:\"uy ban nhan dan tinh vinh phuc\"",
    ] {
        only(query, &["vinh-phuc-2021"]);
    }
}

#[test]
fn filters_narrow() {
    only("issued:2021-09-16", &["vinh-phuc-2021"]);
    only("ngày:16/9/2021 tỉnh:Vĩnh Phúc", &["vinh-phuc-2021"]);
    only(
        "type:\"chỉ thị\" province:\"Đắk Nông\"",
        &["dak-nong-2018-directive"],
    );
    only("type:CT province:dak nong", &["dak-nong-2018-directive"]);
    only("kind:other title:\"làng chài\"", &["feature-2024-village"]);
    only("campaign:\"vườn xanh\"", &["hung-yen-2020-women"]);
    only("province:\"Vĩnh Phúc\" issued:2022..", &[]);
    only(
        "province:(\"Gia Lai\" OR \"Hậu Giang\") kind:announcement -\"Bình Định\"",
        &["gia-lai-2009-oldstyle", "hau-giang-2022-letter"],
    );
    // Old names are found by the new one, which has their territory.
    only("province:\"Cà Mau\"", &["ca-mau-2019-dashed", "bac-lieu"]);
    let found = found("province:\"Phú Thọ\"");
    for name in ["vinh-phuc-2021", "hoa-binh", "phu-tho-2025-central"] {
        assert!(found.iter().any(|found| found == name), "{name}: {found:?}");
    }
}

#[test]
fn phrases_and_operators() {
    only("\"sốt xuất huyết\"", &["hau-giang-2022-letter"]);
    only("“sot xuat huyet”", &["hau-giang-2022-letter"]);
    only("\"huyết xuất sốt\"", &[]);
    only(
        "\"sốt xuất huyết\" OR \"bão số 13\"",
        &["hau-giang-2022-letter", "ha-tinh-2020-telegram"],
    );
    let all = found("\"nguồn nước sạch\"");
    let without = found("\"nguồn nước sạch\" -\"Hải Dương\"");
    assert!(all.iter().any(|name| name == "hai-duong"), "{all:?}");
    assert!(!without.iter().any(|name| name == "hai-duong"), "{without:?}");
    assert!(without.iter().any(|name| name == "khanh-hoa"), "{without:?}");
    assert_eq!(answer(&["*"])["total"], 51);
}

#[test]
fn a_wrong_query_is_answered_with_its_place() {
    for (query, expected) in [
        (
            "vùng isuer:UBND",
            "vanban: unknown field `isuer:`\n  vùng isuer:UBND\n       ^^^^^^\n  did you mean `issuer:`?\n",
        ),
        (
            "province:\"Vĩnh Phuc1\"",
            "vanban: no province is called `Vĩnh Phuc1`\n  province:\"Vĩnh Phuc1\"\n            ^^^^^^^^^^\n  did you mean province:\"Vĩnh Phúc\"?\n",
        ),
        (
            "issued:2021-12..2021-09",
            "vanban: the range ends before it begins\n  issued:2021-12..2021-09\n         ^^^^^^^^^^^^^^^^\n  did you mean 2021-09..2021-12?\n",
        ),
        (
            "(vùng xanh",
            "vanban: this parenthesis is not closed\n  (vùng xanh\n  ^\n  put a ) behind its last word\n",
        ),
    ] {
        let output = search(&[query]);
        assert_eq!(code(&output), 2, "{query}");
        assert_eq!(stderr(&output), expected, "{query}");
        assert_eq!(stdout(&output), "", "{query}");
    }
}

#[test]
fn hostile_queries_are_refused_and_do_nothing_else() {
    // An argument has at most 128 KiB; the library is asked more.
    let long = "a".repeat(120_000);
    let parentheses = "(".repeat(100_000);
    let wild = "*".repeat(5_000);
    for query in [
        long.as_str(),
        &parentheses,
        &wild,
        "'; DROP TABLE records; --",
        "{\"query\": {\"match_all\": {}}}",
        "a\u{1b}[2J\u{7}",
        "",
    ] {
        let start = Instant::now();
        let output = search(&["--", query]);
        let took = start.elapsed();
        let shown: String = query.chars().take(30).collect();
        assert_eq!(code(&output), 2, "{shown}");
        assert_eq!(stdout(&output), "", "{shown}");
        let said = stderr(&output);
        assert!(said.len() < 800 && said.contains('^'), "{shown}: {said}");
        assert!(!said.contains('\u{1b}'), "{shown}: {said:?}");
        // Generous: starting a program of a test build counts too.
        assert!(took < Duration::from_secs(5), "{shown}: {took:?}");
    }
}

#[test]
fn keystrokes_and_slips_are_understood() {
    for (typed, meant, slip) in [
        ("vinhx phucs", "vĩnh phúc", "telex"),
        ("vinh4 phuc1", "vĩnh phúc", "vni"),
        ("sootj xuaats huyeets", "sột xuất huyết", "telex"),
    ] {
        let answer = answer(&[typed]);
        let offered = &answer["did_you_mean"][0];
        if typed.starts_with("soot") {
            // No such word is in the corpus, so the reading finds nothing.
            assert!(offered["slip"] != "telex", "{answer}");
            continue;
        }
        assert_eq!(offered["query"], meant, "{answer}");
        assert_eq!(offered["slip"], slip);
        assert!(offered["total"].as_u64() > Some(0), "{answer}");
    }
    let answer = answer(&["vinhh phuc"]);
    assert_eq!(answer["did_you_mean"][0]["query"], "vinh phuc", "{answer}");
    let output = search(&["vinhx phucs"]);
    assert!(
        stdout(&output).contains("did you mean “vĩnh phúc”?"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn an_answer_has_what_its_schema_promises() {
    let answer = answer(&["vùng xanh vĩnh phúc", "--facets"]);
    let schema = vanban().args(["schema", "search"]).output().expect("it runs");
    let schema: Value = serde_json::from_str(stdout(&schema)).expect("JSON");
    assert_eq!(schema["$id"], "urn:vanban:search:1");
    for field in schema["required"].as_array().expect("a list") {
        let field = field.as_str().expect("a name");
        assert!(answer.get(field).is_some(), "{field} is missing");
    }
    assert_eq!(answer["schema"], "vanban.search/1");
    let hit = &answer["hits"][0];
    assert_eq!(hit["issuer"], "UBND tỉnh Vĩnh Phúc");
    assert_eq!(hit["type"], "Kế hoạch");
    assert_eq!(hit["symbol"], "240/KH-UBND");
    assert_eq!(hit["issued"], "2021-09-16");
    assert!(hit["source"]["url"].is_null());
    // Each mark cuts one of the words that were looked for.
    let mut seen = 0;
    for snippet in hit["snippets"].as_array().expect("snippets") {
        let text: Vec<char> =
            snippet["text"].as_str().unwrap().chars().collect();
        for mark in snippet["marks"].as_array().expect("marks") {
            let at = |i: usize| mark[i].as_u64().expect("a place") as usize;
            let word: String = text[at(0)..at(1)].iter().collect();
            let word = word.to_lowercase();
            assert!(
                word.split_whitespace().all(|word| {
                    ["vùng", "xanh", "vĩnh", "phúc"]
                        .contains(&word.trim_matches(['“', '”', ',', '"']))
                }),
                "{word}"
            );
            seen += 1;
        }
    }
    assert!(seen > 1);
    let provinces = answer["facets"]["province"].as_array().expect("a facet");
    assert!(provinces.iter().any(|bucket| bucket["value"] == "Vĩnh Phúc"));
}

#[test]
fn pages_and_orders() {
    let all = found("\"nguồn nước sạch\"");
    let page =
        answer(&["\"nguồn nước sạch\"", "--offset", "2", "--limit", "3"]);
    assert_eq!(names(&page), all[2..5]);
    assert_eq!(page["total"], all.len());
    let dates = |sort: &str| -> Vec<String> {
        let sorted =
            answer(&["type:kế hoạch", "--sort", sort, "--limit", "60"]);
        let hits = sorted["hits"].as_array().expect("hits");
        let dates = hits.iter().filter_map(|hit| hit["issued"].as_str());
        dates.filter(|d| !d.starts_with('X')).map(str::to_owned).collect()
    };
    let (old, new) = (dates("date"), dates("-date"));
    assert!(old.len() > 5);
    assert!(old.is_sorted(), "{old:?}");
    assert!(new.iter().rev().is_sorted(), "{new:?}");
}

#[test]
fn the_list_is_plain_in_a_pipe_and_bold_on_request() {
    let query = "\"vùng xanh\" vĩnh phúc";
    let output = search(&[query]);
    let text = stdout(&output);
    assert!(text.starts_with("1 document\n\n 1  Vĩnh Phúc đoàn kết"), "{text}");
    assert!(
        text.contains(
            "UBND tỉnh Vĩnh Phúc · Kế hoạch 240/KH-UBND · 2021-09-16"
        )
    );
    assert!(!text.contains('\u{1b}') && !text.contains('⟦'), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let output = search(&[query, "--color", "always"]);
    assert!(stdout(&output).contains("\u{1b}[1m"), "{}", stdout(&output));
}

#[test]
fn csv_has_a_row_a_hit() {
    let output = search(&["240/KH-UBND", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let heads = reader.headers().expect("heads").clone();
    let rows: Vec<csv::StringRecord> =
        reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 1);
    let column = |name: &str| {
        let at = heads.iter().position(|head| head == name).expect(name);
        rows[0][at].to_owned()
    };
    assert_eq!(column("symbol"), "240/KH-UBND");
    assert_eq!(column("issuer"), "UBND tỉnh Vĩnh Phúc");
    assert_eq!(column("path"), "texts/vinh-phuc-2021.txt");
}

#[test]
fn documents_like_one_are_of_its_movement() {
    let own = answer(&["title:\"Khánh Hòa\" \"nguồn nước sạch\""]);
    let id = own["hits"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(names(&own)[0], "khanh-hoa");
    let like = names(&answer(&["--like", &id, "--limit", "3"]));
    let movement = [
        "bac-lieu",
        "binh-dinh",
        "binh-duong",
        "hai-duong",
        "hoa-binh",
        "kon-tum",
        "lam-dong",
        "long-an",
        "nghe-an",
        "ninh-binh",
        "quang-binh",
        "thai-nguyen",
        "vinh-long",
    ];
    assert_eq!(like.len(), 3);
    assert!(like.iter().all(|name| movement.contains(&&**name)), "{like:?}");
    let output = search(&["--like", "no-such-id"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no document has the id"));
}

#[test]
fn without_an_index_there_is_a_plain_message() {
    let home = folder(&[]);
    let output = vanban()
        .current_dir(home.path())
        .args(["search", "a", "--index", "nowhere"])
        .output()
        .expect("it runs");
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("nowhere: there is no such folder"),
        "{}",
        stderr(&output)
    );
    // Nothing found is no failure.
    let output = search(&["\"không có ở đâu cả\""]);
    assert_eq!(code(&output), 0);
    assert!(stdout(&output).starts_with("nothing found\n"));
}
