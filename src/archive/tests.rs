//! Archives of our own, sound and broken.

use super::*;
use crate::Error;
use std::fs;

pub(super) fn read(name: &str, bytes: &[u8]) -> Vec<Result<RawDocument>> {
    read_with(name, bytes, &ReadOptions::default())
}

pub(super) fn read_with(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Vec<Result<RawDocument>> {
    open_reader(name, bytes, None, options).collect()
}

pub(super) fn texts(found: &[Result<RawDocument>]) -> Vec<&str> {
    found
        .iter()
        .map(|d| d.as_ref().map_or("error", |d| d.text.as_str()))
        .collect()
}

/// Record, offset and reason of a broken document.
fn broken(found: &Result<RawDocument>) -> (Option<u64>, Option<u64>, String) {
    match found {
        Err(Error::Document { record, offset, reason, .. }) => {
            (*record, *offset, reason.clone())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_is_one_document() {
    let found = read("a.txt", "\u{feff}Ngày 1/10\r\nUBND tỉnh".as_bytes());
    let document = found[0].as_ref().unwrap();
    assert_eq!(document.text, "Ngày 1/10\r\nUBND tỉnh");
    assert_eq!(document.path, "a.txt");
    assert_eq!(document.encoding, "utf-8");
    assert_eq!((document.record, document.offset), (None, None));
    assert_eq!(found.len(), 1);
    let abc = read("a.txt", b"abc");
    assert_eq!(
        abc[0].as_ref().unwrap().sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn lines_are_documents_with_their_place() {
    let lines = "\u{feff}{\"content\": \"Một\", \"Title\": \"Đầu\", \"link\": \
                 \"https://a.vn/1\", \"ngay_dang\": \"22/09/2021\", \"id\": 7}\n\
                 \n  \r\n{\"text\": [\"Hai\", \"ba\"], \"timestamp\": 1632268800}";
    let found = read("a.jsonl", lines.as_bytes());
    assert_eq!(texts(&found), ["Một", "Hai\nba"]);
    let first = found[0].as_ref().unwrap();
    assert_eq!(first.title.as_deref(), Some("Đầu"));
    assert_eq!(first.url.as_deref(), Some("https://a.vn/1"));
    assert_eq!(first.date.as_deref(), Some("22/09/2021"));
    assert!(first.fields.is_empty());
    let second = found[1].as_ref().unwrap();
    assert_eq!(second.date.as_deref(), Some("1632268800"));
    for document in [first, second] {
        let start = document.offset.unwrap() as usize;
        let end = start + document.length.unwrap() as usize;
        let slice = &lines.as_bytes()[start..end];
        assert_eq!((slice[0], slice[slice.len() - 1]), (b'{', b'}'));
    }
    assert_eq!((first.record, second.record), (Some(0), Some(1)));
    assert_eq!(first.offset, Some(3));
}

#[test]
fn a_bad_line_is_told_and_its_neighbours_live() {
    let lines = "{\"text\": \"Một\"}\n{\"text\": \"Hai\n[1]\n{\"a\": \"x\"}\n\
                 {\"text\": \"\"}\n{\"text\": \"Ba\"}\n";
    let found = read("a.jsonl", lines.as_bytes());
    assert_eq!(
        texts(&found),
        ["Một", "error", "error", "error", "error", "Ba"]
    );
    let (record, offset, reason) = broken(&found[1]);
    assert_eq!((record, offset), (Some(1), Some(18)));
    assert!(reason.contains("no valid JSON"), "{reason}");
    assert!(broken(&found[2]).2.contains("object was expected"));
    let (_, _, reason) = broken(&found[3]);
    assert!(reason.contains("--text-field") && reason.contains("`a`"));
    assert!(broken(&found[4]).2.contains("`text` is empty"));
}

#[test]
fn a_line_above_the_limit_is_passed_over() {
    let options = ReadOptions { max_bytes: 40, ..ReadOptions::default() };
    let lines = format!(
        "{{\"text\": \"Một\"}}\n{{\"text\": \"{}\"}}\n{{\"text\": \"Ba\"}}\n",
        "x".repeat(200_000)
    );
    let found = read_with("a.jsonl", lines.as_bytes(), &options);
    assert_eq!(texts(&found), ["Một", "error", "Ba"]);
    let (record, offset, reason) = broken(&found[1]);
    assert_eq!((record, offset), (Some(1), Some(18)));
    assert!(reason.contains("--max-size"), "{reason}");
    assert_eq!(found[2].as_ref().unwrap().offset, Some(18 + 200_013));
}

#[test]
fn asked_columns_and_kept_columns() {
    let options = ReadOptions {
        text_field: Some("bai.noidung".into()),
        title_field: Some("t".into()),
        date_field: Some("d".into()),
        url_field: Some("u".into()),
        keep_fields: true,
        ..ReadOptions::default()
    };
    let line = "{\"text\": \"khác\", \"bai\": {\"noidung\": \"Một\"}, \"t\": \
                \"Đầu\", \"d\": \"2021\", \"u\": \"x:y\", \"id\": 7}";
    let found = read_with("a.ndjson", line.as_bytes(), &options);
    let document = found[0].as_ref().unwrap();
    assert_eq!(document.text, "Một");
    assert_eq!(document.title.as_deref(), Some("Đầu"));
    assert_eq!(document.date.as_deref(), Some("2021"));
    assert_eq!(document.url.as_deref(), Some("x:y"));
    let kept: Vec<&String> = document.fields.keys().collect();
    assert_eq!(kept, ["text", "bai", "id"]);
}

#[test]
fn a_column_of_markup_is_a_page() {
    let line = "{\"html\": \"<h1>Thi đua làm đường mới</h1><p>Ngày 1/10, UBND \
                tỉnh ban hành Kế hoạch phát động phong trào.</p>\"}";
    let found = read("a.jsonl", line.as_bytes());
    assert_eq!(
        texts(&found),
        ["Thi đua làm đường mới\nNgày 1/10, UBND tỉnh ban hành Kế hoạch \
             phát động phong trào."]
    );
    assert_eq!(found[0].as_ref().unwrap().blocks, []);
    let line = "{\"text\": \"lãi suất < 5%/năm và a<b\"}";
    let found = read("a.jsonl", line.as_bytes());
    assert_eq!(texts(&found), ["lãi suất < 5%/năm và a<b"]);
}

#[test]
fn legacy_words_in_a_column_are_turned() {
    let line = "{\"title\": \"Uû ban nh\\u00a9n d\\u00a9n tØnh\", \"text\": \
                \"ban hµnh kÕ ho¹ch phßng, chèng dÞch\"}";
    for bytes in [
        line.as_bytes().to_vec(),
        line.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
    ] {
        let found = read("a.jsonl", &bytes);
        let document = found[0].as_ref().unwrap();
        assert_eq!(document.text, "ban hành kế hoạch phòng, chống dịch");
        assert_eq!(document.encoding, "tcvn3");
        if document.title.as_deref() != Some("Uỷ ban nhân dân tỉnh") {
            // Escapes inside a file of single bytes stand as they are.
            assert_eq!(document.title.as_deref(), Some("Uỷ ban nh©n d©n tỉnh"));
        }
    }
}

#[test]
fn lines_in_utf16() {
    for (mark, big) in [([0xff, 0xfe], false), ([0xfe, 0xff], true)] {
        let mut bytes = mark.to_vec();
        // U+0A00 and U+000A side by side must not part a line.
        let lines =
            "{\"text\": \"Ngày\u{a00}\"}\n{\"text\": \"\u{100a}Hai\"}\n";
        for unit in lines.encode_utf16() {
            bytes.extend(match big {
                true => unit.to_be_bytes(),
                false => unit.to_le_bytes(),
            });
        }
        let found = read("a.jsonl", &bytes);
        assert_eq!(texts(&found), ["Ngày\u{a00}", "\u{100a}Hai"]);
        assert_eq!(found[1].as_ref().unwrap().record, Some(1));
    }
}

#[test]
fn json_arrays_and_objects_over_several_lines() {
    let array = "[\n {\"text\": \"Một }{ \\\" [\"},\n {\"x\": [{}], \"text\": \
                 \"Hai\"}, {\"text\": 5 5}, {\"text\": \"Bốn\"}\n]\n";
    let found = read("a.json", array.as_bytes());
    assert_eq!(texts(&found), ["Một }{ \" [", "Hai", "error", "Bốn"]);
    assert_eq!(broken(&found[2]).0, Some(2));
    let last = found[3].as_ref().unwrap();
    let start = last.offset.unwrap() as usize;
    assert!(array[start..].starts_with("{\"text\": \"Bốn\"}"));

    let object = "{\n  \"text\": \"Một\"\n}\n";
    assert_eq!(texts(&read("stdin", object.as_bytes())), ["Một"]);

    let cut = read("a.json", b"[{\"text\": \"a\"}, {\"text\": \"b");
    assert_eq!(texts(&cut), ["a", "error"]);
    assert!(broken(&cut[1]).2.contains("cut off"));

    let stray = read("a.json", b"[1, 2]");
    assert!(broken(&stray[0]).2.contains("byte 1"));
}

#[test]
fn content_tells_the_kind_before_the_name() {
    let page = "<!DOCTYPE html><h1>Thi đua làm đường mới</h1><p>Ngày 1/10, \
                UBND tỉnh ban hành Kế hoạch phát động phong trào.</p>";
    for name in ["a.txt", "stdin", "a.html", "a"] {
        let found = read(name, page.as_bytes());
        assert!(texts(&found)[0].starts_with("Thi đua làm đường mới\nNgày"));
    }
    let line = "{\"text\": \"Một\"}\n{\"text\": \"Hai\"}\n";
    assert_eq!(texts(&read("a.txt", line.as_bytes())), ["Một", "Hai"]);
    for text in ["{không phải JSON}", "[1] Một", "<Một> hai", "< 5"] {
        assert_eq!(texts(&read("a.txt", text.as_bytes())), [text]);
    }
    let hint = Some(Container::Text);
    let options = ReadOptions::default();
    let found: Vec<_> =
        open_reader("x", line.as_bytes(), hint, &options).collect();
    assert_eq!(texts(&found), [line]);
}

#[test]
fn what_is_no_text_is_refused_with_a_remedy() {
    for (bytes, words) in [
        (&b"\x1f\x8b\x08\0"[..], "cut off"),
        (b"%PDF-1.4", "pdftotext"),
        (b"PK\x03\x04", "directory"),
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"a\0\0\0\0\0b\0\0\0", "binary"),
    ] {
        let found = read("a.txt", bytes);
        let reason = broken(&found[0]).2;
        assert!(reason.contains(words), "{reason}");
    }
    let options = ReadOptions { max_bytes: 10, ..ReadOptions::default() };
    let found = read_with("a.txt", b"hello, hello", &options);
    assert!(broken(&found[0]).2.contains("--max-size"));
    let found = read_with("a.txt", b"hello, hel", &options);
    assert_eq!(texts(&found), ["hello, hel"]);
}

#[test]
fn folders_are_read_in_order_and_without_what_is_no_document() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write("b.txt", "Hai".as_bytes());
    write("a/2.txt", "Một".as_bytes());
    write("a/10.txt", "Không".as_bytes());
    write("c.gold.json", b"{\"text\": \"gold\"}");
    write("c.json", b"{\"settings\": 1}");
    write("d.json", "{\"text\": \"Ba\"}".as_bytes());
    write(".hidden/x.txt", b"x");
    write("e.md", b"# Readme");
    write("f.png", b"\x89PNG\0\0");
    write(
        "g.aspx",
        "<html><h1>Thi đua làm đường mới</h1><p>Ngày 1/10, UBND \
                     tỉnh ban hành Kế hoạch phát động phong trào.</p>"
            .as_bytes(),
    );
    write("h.txt", b"\x1f\x8b\x08");
    let options = ReadOptions::default();
    let found: Vec<_> = open(folder.path(), &options).collect();
    let found_texts = texts(&found);
    assert_eq!(found_texts[..4], ["Không", "Một", "Hai", "Ba"]);
    assert!(found_texts[4].starts_with("Thi đua làm đường mới\n"));
    assert_eq!(found_texts[5], "error");
    assert_eq!(found.len(), 6);
    let named: Vec<_> = open(folder.path().join("e.md"), &options).collect();
    assert_eq!(texts(&named), ["# Readme"]);
    let missing: Vec<_> = open(folder.path().join("nix"), &options).collect();
    assert!(matches!(missing[..], [Err(Error::Read { .. })]));
}

#[cfg(unix)]
#[test]
fn loops_and_dead_links_are_errors_and_the_rest_goes_on() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("1.txt"), "Một").unwrap();
    symlink(folder.path(), inner.join("2-loop")).unwrap();
    symlink(folder.path().join("nowhere"), inner.join("3-dead")).unwrap();
    symlink(inner.join("1.txt"), folder.path().join("b.txt")).unwrap();
    let found: Vec<_> = open(folder.path(), &ReadOptions::default()).collect();
    assert_eq!(texts(&found), ["Một", "error", "error", "Một"]);
    assert!(broken(&found[1]).2.contains("leads back"));
    assert!(matches!(found[2], Err(Error::Read { .. })));
}

#[test]
fn units_can_travel_between_threads() {
    fn travels<T: Send + 'static>(_: &T) {}
    let options = ReadOptions::default();
    let cut = units("nowhere.txt", &options);
    travels(&cut);
    let lines = &b"{\"text\": \"a\"}\n{\"text\": \"b\"}"[..];
    let units: Vec<Unit> = units_from_reader("x", lines, None, &options)
        .map(|unit| unit.unwrap())
        .collect();
    let handles: Vec<_> = units
        .into_iter()
        .map(|unit| {
            let options = options.clone();
            std::thread::spawn(move || decode(unit, &options).unwrap().text)
        })
        .collect();
    let texts: Vec<String> =
        handles.into_iter().map(|h| h.join().unwrap()).collect();
    assert_eq!(texts, ["a", "b"]);
}

/// A reader that fails after its first bytes.
struct Failing(usize);

impl std::io::Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0 += 1;
        match self.0 {
            1 => {
                let line = b"{\"text\": \"a\"}\n{\"te";
                buffer[..line.len()].copy_from_slice(line);
                Ok(line.len())
            }
            _ => Err(std::io::Error::other("disk on fire")),
        }
    }
}

#[test]
fn a_reader_that_fails_is_told_once() {
    let reader = std::io::BufReader::new(Failing(0));
    let hint = Some(Container::JsonLines);
    let found: Vec<_> =
        open_reader("x", reader, hint, &ReadOptions::default()).collect();
    assert!(found.len() <= 2);
    let last = found.last().unwrap().as_ref().unwrap_err();
    assert!(last.to_string().contains("disk on fire"), "{last}");
}

/// The pages of the corpus, with what must be kept and what dropped.
#[test]
fn corpus_pages() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let table = fs::read_to_string(corpus.join("html_text.tsv")).unwrap();
    let mut rows = 0;
    for row in table.lines().skip(1).filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let page = corpus.join("documents").join(cells[0]);
        for fast_html in [false, true] {
            let options = ReadOptions { fast_html, ..ReadOptions::default() };
            let document = open(&page, &options).next().unwrap().unwrap();
            let text = document.text.replace('\u{a0}', " ");
            let kept = text.contains(cells[2]);
            assert_eq!(kept, cells[1] == "keep", "{row}\n{}", document.text);
        }
        rows += 1;
    }
    assert!(rows > 20);
}

/// The copies of one document in other encodings read like the original.
#[test]
fn corpus_encodings() {
    use unicode_normalization::UnicodeNormalization;
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let original =
        fs::read_to_string(corpus.join("documents/ca-mau-2019-dashed.txt"));
    let original = original.unwrap();
    // Not every encoding has every quotation mark.
    let plain = |text: &str| -> String {
        let text: String = text.nfc().collect();
        text.replace(['“', '”'], "\"")
    };
    let mut names = Vec::new();
    for found in open(corpus.join("encodings"), &ReadOptions::default()) {
        let found = found.unwrap();
        assert_eq!(plain(&found.text), plain(&original), "{}", found.path);
        names.push(found.encoding);
    }
    names.sort();
    assert_eq!(
        names,
        [
            "tcvn3",
            "utf-16be",
            "utf-16le",
            "utf-8 as windows-1252",
            "vni-windows",
            "windows-1258"
        ]
    );
}
