//! Archives from outside: a record found again where its source says it lies,
//! and what is said of an archive as a whole.

use crate::program::{code, folder, news, run, stderr, stdout};
use serde_json::Value;

fn record(number: usize, media: &str) -> String {
    let page = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n<html><body>\
         <h1>Thi đua làm đường</h1><p>Ngày 16/9/2021, UBND tỉnh Vĩnh Phúc ban \
         hành Kế hoạch số {number}/KH-UBND phát động phong trào.</p></html>"
    );
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: \
         https://a.vn/{number}\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    )
}

#[test]
fn every_record_of_a_crawl_is_shown_by_its_offset() {
    let crawl = [
        record(1, "text/html"),
        record(2, "image/png"),
        record(3, "text/html"),
        "WARC/1.0\r\nContent-Length: x\r\n\r\n".to_owned(),
        record(5, "text/html"),
    ]
    .concat();
    let folder = folder(&[("crawl.warc", crawl.as_bytes())]);
    let done = run(folder.path(), &["extract", "crawl.warc", "--keep-blocks"]);
    assert_eq!(code(&done), 1);
    let said = stderr(&done);
    assert!(said.contains("record 3 at byte"), "{said}");
    assert!(said.contains("passed over 1") && said.contains("image/png 1"));
    let records: Vec<Value> = stdout(&done)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect();
    assert_eq!(records.len(), 3);
    for (made, number) in records.iter().zip([1, 3, 5]) {
        let symbol = format!("{number}/KH-UBND");
        assert_eq!(made["document"]["symbol"], symbol.as_str());
        let source = &made["source"];
        assert_eq!(source["url"], format!("https://a.vn/{number}").as_str());
        assert_eq!(source["blocks"].as_array().map(Vec::len), Some(2));
        let place = format!("crawl.warc#{}", source["offset"]);
        let shown = run(folder.path(), &["show", &place]);
        assert_eq!(code(&shown), 0, "{}", stderr(&shown));
        assert!(stdout(&shown).contains(&symbol), "{}", stdout(&shown));
        let id = made["id"].as_str().expect("an id");
        assert!(stdout(&shown).contains(id), "{}", stdout(&shown));
    }
}

#[test]
fn a_field_that_no_record_has_is_told_once() {
    let lines = "{\"text\": \"Một\"}\n{\"text\": \"Hai\"}\n";
    let folder = folder(&[
        ("tin.jsonl", lines.as_bytes()),
        ("mot.txt", news(1).as_bytes()),
    ]);
    let args = ["extract", ".", "--title-field", "tde2"];
    let done = run(folder.path(), &args);
    assert_eq!(code(&done), 0);
    let said = stderr(&done);
    assert_eq!(said.matches("`tde2`").count(), 1, "{said}");
    assert!(said.contains("2 with fields"), "{said}");
    let quiet = run(folder.path(), &[&args[..], &["-q"]].concat());
    assert_eq!(stderr(&quiet), "");
}
