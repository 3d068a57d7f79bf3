//! Packed streams, archives of members and tables, sound and broken.

use super::tests::{read, read_with, texts};
use super::*;
use crate::Error;
use std::fs;
use std::io::{self, Read, Write};

const LINES: &str = "{\"text\": \"Một\"}\n{\"text\": \"Hai\"}\n";

fn reason(found: &Result<RawDocument>) -> String {
    found.as_ref().unwrap_err().to_string()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(
        Vec::new(),
        flate2::Compression::default(),
    );
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let level = bzip2::Compression::new(6);
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), level);
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut out = liblzma::write::XzEncoder::new(Vec::new(), 1);
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ::zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = ::zip::write::SimpleFileOptions::default()
            .compression_method(::zip::CompressionMethod::Deflated);
        out.start_file(*name, options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ::tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        out.append_data(&mut header, name, *bytes).unwrap();
    }
    out.into_inner().unwrap()
}

type Pack = fn(&[u8]) -> Vec<u8>;
const PACKINGS: [(&str, Pack); 4] =
    [("gz", gzip), ("bz2", bzip2), ("xz", xz), ("zst", zstd)];

#[test]
fn packed_streams_are_what_they_hold() {
    let page = "<!DOCTYPE html><h1>Thi đua làm đường mới</h1><p>Ngày 1/10, \
                UBND tỉnh ban hành Kế hoạch phát động phong trào.</p>";
    for (ending, pack) in PACKINGS {
        for (name, bytes, wanted) in [
            ("a.jsonl", LINES, ["Một", "Hai"].as_slice()),
            ("a.json", "[{\"text\": \"Một\"}]", &["Một"]),
            ("a.csv", "id,text\n1,Một\n2,\"Hai, ba\"\n", &["Một", "Hai, ba"]),
            ("a.txt", "Kế hoạch", &["Kế hoạch"]),
        ] {
            let packed = pack(bytes.as_bytes());
            // By its name, by another's name, and packed twice.
            for name in [&format!("{name}.{ending}"), name, "stdin"] {
                assert_eq!(texts(&read(name, &packed)), wanted, "{name}");
            }
            assert_eq!(texts(&read("b", &pack(&packed))), wanted);
        }
        let found = read("stdin", &pack(page.as_bytes()));
        assert!(texts(&found)[0].starts_with("Thi đua làm đường mới\nNgày"));
        let found = read("a.jsonl.x", &pack(LINES.as_bytes()));
        let second = found[1].as_ref().unwrap();
        assert_eq!(second.offset, LINES.find("\n").map(|at| at as u64 + 1));
        assert_eq!((second.record, &second.member), (Some(1), &None));
    }
    let hint = Some(Container::Text);
    let packed = gzip(LINES.as_bytes());
    let options = ReadOptions::default();
    let found: Vec<_> = open_reader("-", &packed[..], hint, &options).collect();
    assert_eq!(texts(&found), [LINES]);
}

#[test]
fn a_packed_stream_that_breaks_off_gives_what_stands_before() {
    // Lines that do not pack well, so that the damage comes late.
    let mut seed = 1_u64;
    let line = |_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        format!("{{\"text\": \"{seed} {}\"}}\n", seed.rotate_left(17))
    };
    let lines: String = (0..20_000).map(line).collect();
    for (ending, pack) in PACKINGS {
        let packed = pack(lines.as_bytes());
        let cut = &packed[..packed.len() * 3 / 4];
        let found = read("a.jsonl", cut);
        let (last, good) = found.split_last().unwrap();
        assert!(good.iter().all(Result::is_ok) && good.len() > 2_000);
        let reason = reason(last);
        assert!(reason.contains("damaged or cut off"), "{ending}: {reason}");
        let Err(Error::Document { offset, .. }) = last else { panic!() };
        let before: usize =
            lines.lines().take(good.len()).map(|l| l.len() + 1).sum();
        assert_eq!(*offset, Some(before as u64));
    }
}

#[test]
fn members_are_named_and_found_again() {
    let page = "<!DOCTYPE html><h1>Thi đua làm đường mới</h1><p>Ngày 1/10, \
                UBND tỉnh ban hành Kế hoạch phát động phong trào.</p>";
    let inner = zip(&[("trong.txt", "Bốn".as_bytes())]);
    let packed = gzip(LINES.as_bytes());
    let members: &[(&str, &[u8])] = &[
        ("2021/a.html", page.as_bytes()),
        ("b.jsonl.gz", &packed),
        ("c.txt", "Ba".as_bytes()),
        ("anh.png", b"\x89PNG\0\0"),
        (".DS_Store", b"x"),
        ("__MACOSX/c.txt", b"x"),
        ("c.gold.json", b"{\"text\": \"x\"}"),
        ("d.zip", &inner),
        ("hong.pdf", b"%PDF-1.4"),
    ];
    let wanted = [
        ("2021/a.html", None),
        ("b.jsonl.gz", Some(0)),
        ("b.jsonl.gz", Some(1)),
        ("c.txt", None),
        ("d.zip#trong.txt", None),
    ];
    let archives = [zip(members), tar(members)];
    let more = PACKINGS.map(|(_, pack)| pack(&archives[1]));
    for bytes in archives.iter().chain(&more) {
        let found = read("tin", bytes);
        let documents: Vec<_> = found.iter().flatten().collect();
        assert_eq!(documents.len(), found.len(), "{found:?}");
        let places: Vec<_> = documents
            .iter()
            .map(|d| (d.member.as_deref().unwrap(), d.record))
            .collect();
        assert_eq!(places, wanted);
        assert_eq!(texts(&found)[1..], ["Một", "Hai", "Ba", "Bốn"]);
    }
    // Where the bytes of a member lie.
    let found = read("tin", &archives[1]);
    let third = found[3].as_ref().unwrap();
    let (start, length) = (third.offset.unwrap(), third.length.unwrap());
    let bytes = &archives[1][start as usize..][..length as usize];
    assert_eq!(bytes, "Ba".as_bytes());
    let found = read("tin", &archives[0]);
    let third = found[3].as_ref().unwrap();
    let (start, length) = (third.offset.unwrap(), third.length.unwrap());
    let bytes = &archives[0][start as usize..][..length as usize];
    let mut text = String::new();
    let mut reader = flate2::read::DeflateDecoder::new(bytes);
    reader.read_to_string(&mut text).unwrap();
    assert_eq!(text, "Ba");
    // From a file, where a ZIP archive need not fit in memory.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tin.zip");
    fs::write(&path, &archives[0]).unwrap();
    let options = ReadOptions { max_bytes: 200, ..ReadOptions::default() };
    let found: Vec<_> = open(&path, &options).collect();
    assert_eq!(texts(&found)[1..4], ["Một", "Hai", "Ba"]);
    let refused = read_with("-", &archives[0], &options);
    assert!(reason(&refused[0]).contains("from a file"));
}

#[test]
fn names_of_members_lead_nowhere() {
    let members: &[(&str, &[u8])] = &[
        ("../../etc/passwd", "Một".as_bytes()),
        ("/root/b.txt", "Hai".as_bytes()),
        ("C:\\c.txt", "Ba".as_bytes()),
        ("d\x1b[31m\n.txt", "Bốn".as_bytes()),
        ("./e.txt", "Năm".as_bytes()),
    ];
    let found = read("tin.zip", &zip(members));
    let names: Vec<_> = found
        .iter()
        .map(|d| d.as_ref().unwrap().member.as_deref().unwrap())
        .collect();
    let safe = ["root/b.txt", "c.txt", "d\u{fffd}[31m\u{fffd}.txt", "e.txt"];
    // Without an ending, `passwd` is no document of a folder.
    assert_eq!(names, safe);
    for (document, changed) in found.iter().zip([true, true, true, false]) {
        let notes = document.as_ref().unwrap().notes.join(" ");
        assert_eq!(notes.contains("cleaned"), changed, "{notes}");
    }
}

#[test]
fn broken_archives_are_told_and_the_rest_is_read() {
    let members: &[(&str, &[u8])] = &[
        ("a.txt", "Một".as_bytes()),
        ("b.txt", "Hai".as_bytes()),
        ("c.txt", "Ba".as_bytes()),
    ];
    let sound = zip(members);
    // The data of the second member.
    let at = sound.windows(5).position(|w| w == b"b.txt").unwrap() + 6;
    let mut bytes = sound.clone();
    bytes[at] ^= 0x55;
    let found = read("tin.zip", &bytes);
    assert_eq!(texts(&found), ["Một", "error", "Ba"]);
    assert!(reason(&found[1]).contains("tin.zip#b.txt"), "{found:?}");
    let found = read("tin.zip", &sound[..sound.len() - 30]);
    assert!(reason(&found[0]).contains("directory"), "{found:?}");

    let sound = tar(members);
    // The header of the second member.
    let mut bytes = sound.clone();
    bytes[1_024 + 10] ^= 0x55;
    let found = read("tin.tar", &bytes);
    assert_eq!(texts(&found), ["Một", "error", "Ba"]);
    assert!(reason(&found[1]).contains("went on at byte 2048"), "{found:?}");
    let found = read("tin.tar", &sound[..2_048 + 513]);
    assert_eq!(texts(&found), ["Một", "Hai", "error"]);
    assert!(reason(&found[2]).contains("cut off"), "{found:?}");
}

#[test]
fn long_names_in_tar_archives() {
    let name = format!("{}/đường.txt", "thư-mục/".repeat(20));
    let found = read("tin", &tar(&[(&name, b"abc"), ("b.txt", b"d")]));
    let first = found[0].as_ref().unwrap();
    assert_eq!(first.member.as_deref(), Some(name.replace("//", "/").as_str()));
    assert_eq!(texts(&found), ["abc", "d"]);
    let mut out = ::tar::Builder::new(Vec::new());
    out.append_pax_extensions([("path", "tên/dài.txt".as_bytes())]).unwrap();
    let mut header = ::tar::Header::new_ustar();
    header.set_size(3);
    header.set_path("x").unwrap();
    header.set_cksum();
    out.append(&header, &b"xyz"[..]).unwrap();
    let found = read("tin", &out.into_inner().unwrap());
    let first = found[0].as_ref().unwrap();
    assert_eq!(first.member.as_deref(), Some("tên/dài.txt"));
}

/// Zeros that unpack for ever.
#[test]
fn bombs_are_stopped() {
    let zeros = vec![0; 128 << 20];
    let bomb = zstd(&zeros);
    assert!(bomb.len() < 100_000);
    for (bytes, guard) in [
        (zstd(&zeros), "--max-ratio"),
        (zstd(&bomb), "--max-ratio"),
        (gzip(&zeros), "--max-ratio"),
    ] {
        let found = read("a.jsonl", &bytes);
        let last = reason(found.last().unwrap());
        assert!(last.contains(guard), "{last}");
        // What is one document is too long before it is a bomb.
        let found = read("a", &bytes);
        assert!(reason(&found[0]).contains("--max-size"), "{found:?}");
    }
    let members: &[(&str, &[u8])] =
        &[("a.txt.zst", &bomb), ("b.txt", "Hai".as_bytes())];
    let found = read("tin.tar", &tar(members));
    assert_eq!(texts(&found).last(), Some(&"Hai"));
    let head = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\
                 \r\nContent-Length: 134217728\r\n\r\n";
    let mut bytes = zstd(&[&head[..], &zeros].concat());
    bytes.extend(zstd(
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: \
                        text/plain\r\nContent-Length: 3\r\n\r\nabc",
    ));
    let found = read("a.warc.zst", &bytes);
    assert_eq!(texts(&found), ["error", "abc"]);
    assert!(reason(&found[0]).contains("--max-ratio"), "{found:?}");
    let options = ReadOptions { max_ratio: 1 << 40, ..ReadOptions::default() };
    let found = read_with("a.txt", &bomb, &options);
    assert!(reason(&found[0]).contains("--max-size"));
}

#[test]
fn members_that_share_their_bytes_are_refused() {
    let page = "<p>Ngày 1/10, UBND tỉnh ban hành Kế hoạch.</p>".repeat(50);
    let sound = zip(&[
        ("a.txt", page.as_bytes()),
        ("b.txt", page.as_bytes()),
        ("c.txt", page.as_bytes()),
    ]);
    assert_eq!(read("tin.zip", &sound).len(), 3);
    // The directory now gives each of them all the bytes of the archive.
    let mut bytes = sound.clone();
    let mut at = 0;
    while let Some(next) =
        bytes[at..].windows(4).position(|w| w == b"PK\x01\x02")
    {
        at += next + 4;
        let all = u32::try_from(sound.len()).unwrap();
        bytes[at + 16..at + 20].copy_from_slice(&all.to_le_bytes());
    }
    let found = read("tin.zip", &bytes);
    assert_eq!(found.len(), 1);
    assert!(reason(&found[0]).contains("share their bytes"), "{found:?}");
}

#[test]
fn nesting_has_an_end() {
    let mut bytes = "Một".as_bytes().to_vec();
    for _ in 0..6 {
        bytes = gzip(&bytes);
    }
    assert_eq!(texts(&read("a", &bytes)), ["Một"]);
    let found = read("a", &gzip(&bytes));
    assert!(reason(&found[0]).contains("--max-nesting"), "{found:?}");
    let mut bytes = zip(&[("a.txt", "Một".as_bytes())]);
    for _ in 0..6 {
        bytes = zip(&[("a.zip", &bytes)]);
    }
    let found = read("a", &bytes);
    assert!(reason(&found[0]).contains("--max-nesting"), "{found:?}");
}

#[test]
fn rows_of_a_table_are_documents() {
    let table = "\u{feff}id;Title;content;ngay_dang\r\n\
                 7;Đầu;\"Một; \"\"hai\"\"\r\nba\";22/09/2021\r\n\r\n\
                 8;;Bốn;\r\n";
    let options = ReadOptions { keep_fields: true, ..ReadOptions::default() };
    for name in ["a.csv", "a.txt", "stdin"] {
        let found = read_with(name, table.as_bytes(), &options);
        assert_eq!(texts(&found), ["Một; \"hai\"\r\nba", "Bốn"], "{name}");
        let first = found[0].as_ref().unwrap();
        assert_eq!(first.title.as_deref(), Some("Đầu"));
        assert_eq!(first.date.as_deref(), Some("22/09/2021"));
        assert_eq!(first.fields["id"], "7");
        let second = found[1].as_ref().unwrap();
        let start = second.offset.unwrap() as usize;
        let end = start + second.length.unwrap() as usize;
        assert_eq!(&table[start..end], "8;;Bốn;");
        assert_eq!((first.record, second.record), (Some(0), Some(1)));
    }
    let tabs = "url\ttext\nx:y\tMột \"hai\"\n\t\"Ba\"\n";
    let found = read("a.tsv", tabs.as_bytes());
    assert_eq!(texts(&found), ["Một \"hai\"", "Ba"]);
    assert_eq!(found[0].as_ref().unwrap().url.as_deref(), Some("x:y"));
}

#[test]
fn broken_rows_are_told_and_their_neighbours_live() {
    let table = "id,text\n1,Một\n2\n3,Hai,thừa\n4,Ba,\n5,\n6,\"Bốn\n";
    let found = read("a.csv", table.as_bytes());
    assert_eq!(
        texts(&found),
        ["Một", "error", "error", "Ba", "error", "error"]
    );
    for (i, words) in [(1, "1 cells"), (2, "3 cells"), (5, "does not end")] {
        assert!(reason(&found[i]).contains(words), "{}", reason(&found[i]));
    }
    let options = ReadOptions { max_bytes: 100, ..ReadOptions::default() };
    let long = format!("id,text\n1,\"{}\"\n2,Hai\n", "x\n".repeat(100_000));
    let found = read_with("a.csv", long.as_bytes(), &options);
    assert_eq!(texts(&found), ["error", "Hai"]);
    assert!(reason(&found[0]).contains("--max-size"));
    let found = read("a.csv", b"a,b\n1,2\n");
    assert_eq!(found.len(), 1);
    let said = reason(&found[0]);
    assert!(said.contains("--text-field") && said.contains("`b`"), "{said}");
}

#[test]
fn old_letters_in_a_table_are_turned() {
    let table = "id,text\n1,\"ban hµnh kÕ ho¹ch phßng, chèng dÞch\"\n";
    let bytes: Vec<u8> =
        table.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let found = read("a.csv", &bytes);
    assert_eq!(texts(&found), ["ban hành kế hoạch phòng, chống dịch"]);
    assert_eq!(found[0].as_ref().unwrap().encoding, "tcvn3");
}

/// A table of two row groups.
fn parquet_table() -> Vec<u8> {
    use ::parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use ::parquet::file::properties::WriterProperties;
    use ::parquet::file::writer::SerializedFileWriter;
    let schema = "message t { REQUIRED INT64 id; OPTIONAL BYTE_ARRAY \
                  noi_dung (UTF8); OPTIONAL BYTE_ARRAY raw; }";
    let schema = Arc::new(
        ::parquet::schema::parser::parse_message_type(schema).unwrap(),
    );
    let properties = Arc::new(WriterProperties::builder().build());
    let mut file =
        SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
    for texts in [["Một", "Hai"], ["Ba", "Bốn"]] {
        let mut group = file.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&[1, 2], None, None).unwrap();
        column.close().unwrap();
        for _ in 0..2 {
            let values = texts.map(ByteArray::from);
            let mut column = group.next_column().unwrap().unwrap();
            column
                .typed::<ByteArrayType>()
                .write_batch(&values, Some(&[1, 1]), None)
                .unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    file.into_inner().unwrap()
}

#[test]
fn rows_of_a_parquet_file_are_documents() {
    let bytes = parquet_table();
    let options = ReadOptions { keep_fields: true, ..ReadOptions::default() };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    fs::write(&path, &bytes).unwrap();
    let from_file: Vec<_> = open(&path, &options).collect();
    let inside = zip(&[("b.parquet", &bytes)]);
    for found in [
        from_file,
        read_with("-", &bytes, &options),
        read_with("-", &inside, &options),
    ] {
        assert_eq!(texts(&found), ["Một", "Hai", "Ba", "Bốn"]);
        let last = found[3].as_ref().unwrap();
        assert_eq!((last.record, last.offset), (Some(3), None));
        assert_eq!(last.fields["id"], 2);
        assert_eq!(last.fields["raw"], "Bốn");
    }
    let options =
        ReadOptions { text_field: Some("x".into()), ..ReadOptions::default() };
    let found = read_with("-", &bytes, &options);
    assert!(reason(&found[0]).contains("`noi_dung`"), "{found:?}");
    let found = read("a.parquet", &bytes[..bytes.len() - 9]);
    assert!(reason(&found[0]).contains("damaged"), "{found:?}");
}

#[test]
fn columns_that_nobody_has_are_told_once() {
    let options = ReadOptions {
        title_field: Some("tieude".into()),
        date_field: Some("ngay".into()),
        ..ReadOptions::default()
    };
    let lines = "{\"text\": \"a\", \"ngay\": \"\"}\n{\"text\": \"b\"}\n";
    let found = read_with("a.jsonl", lines.as_bytes(), &options);
    assert_eq!(texts(&found), ["a", "b"]);
    let remarks = options.heard.remarks(&options);
    assert_eq!(remarks.len(), 1, "{remarks:?}");
    assert!(remarks[0].contains("`tieude`") && remarks[0].contains("2 with"));
    let options =
        ReadOptions { url_field: Some("u".into()), ..ReadOptions::default() };
    read_with("a.txt", b"a", &options);
    let remarks = options.heard.remarks(&options);
    assert!(remarks[0].contains("had no effect"), "{remarks:?}");
}

#[test]
fn an_encoding_that_the_bytes_belie_is_noted() {
    let notes = |encoding: Encoding, bytes: &[u8]| {
        let encoding = Some(encoding);
        let options = ReadOptions { encoding, ..ReadOptions::default() };
        read_with("a.txt", bytes, &options)[0].as_ref().unwrap().notes.join(" ")
    };
    let said = notes(Encoding::Tcvn3, "Ủy ban nhân dân tỉnh".as_bytes());
    assert!(said.contains("sound UTF-8"), "{said}");
    let said = notes(Encoding::Utf8, "Ủy ban nhân dân tỉnh".as_bytes());
    assert!(!said.contains("sound"), "{said}");
    let said = notes(Encoding::Tcvn3, b"ban h\xb5nh");
    assert!(!said.contains("sound"), "{said}");
}

/// Lines and pages without end, that no memory holds.
#[test]
fn a_line_of_a_gigabyte_costs_itself_only() {
    let before = io::Cursor::new(LINES.as_bytes());
    let line = io::repeat(b'x').take(1 << 30);
    let after = io::Cursor::new(format!("\n{LINES}").into_bytes());
    let reader =
        io::BufReader::with_capacity(1 << 20, before.chain(line).chain(after));
    let options = ReadOptions::default();
    let hint = Some(Container::JsonLines);
    let found: Vec<_> = open_reader("a", reader, hint, &options).collect();
    assert_eq!(texts(&found), ["Một", "Hai", "error", "Một", "Hai"]);
    assert!(reason(&found[2]).contains("--max-size"));
    let length = LINES.len() as u64;
    let last = found[3].as_ref().unwrap();
    assert_eq!(last.offset, Some(length + (1 << 30) + 1));
}

#[test]
fn a_page_a_million_elements_deep_is_read() {
    let mut page = "<html><body>".to_owned();
    page += &"<div>".repeat(1_000_000);
    page += "<h1>Thi đua làm đường mới</h1><p>Ngày 1/10, UBND tỉnh ban hành \
             Kế hoạch phát động phong trào thi đua.</p>";
    let found = read("a.html", page.as_bytes());
    assert!(texts(&found)[0].starts_with("Thi đua làm đường mới\nNgày 1/10"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_listed_is_told_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let shut = folder.path().join("a");
    fs::create_dir(&shut).unwrap();
    fs::write(shut.join("1.txt"), "Một").unwrap();
    fs::write(folder.path().join("b.txt"), "Hai").unwrap();
    let mode = |mode| fs::Permissions::from_mode(mode);
    fs::set_permissions(&shut, mode(0)).unwrap();
    let found: Vec<_> = open(folder.path(), &ReadOptions::default()).collect();
    let open_to_root = fs::read_dir(&shut).is_ok();
    fs::set_permissions(&shut, mode(0o700)).unwrap();
    match open_to_root {
        true => assert_eq!(texts(&found), ["Một", "Hai"]),
        false => {
            assert_eq!(texts(&found), ["error", "Hai"]);
            assert!(matches!(found[0], Err(Error::Read { .. })));
        }
    }
}

/// Every paragraph of a page is found in its bytes, whatever its encoding.
#[test]
fn paragraphs_are_found_in_the_bytes_of_the_page() {
    let page = "<html><head><title>Tin</title></head><body><h1>Thi đua \
                &amp; làm đường</h1>\r\n<p>Ngày 1/10, UBND tỉnh ban hành \
                <b>K&#7871; ho&#x1EA1;ch</b> phát động phong \
                tr&agrave;o.</p><ul><li>Một là làm đường; trồng cây.</li>\
                <li>Hai là giữ sạch &ldquo;vùng xanh&rdquo;.</li></ul></body>";
    let utf16: Vec<u8> =
        page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&b"\xff\xfe"[..], &utf16].concat();
    let bom = format!("\u{feff}{page}").into_bytes();
    type Decoded = fn(&[u8]) -> String;
    let narrow: Decoded = |bytes| String::from_utf8(bytes.to_vec()).unwrap();
    let wide: Decoded = |bytes| {
        let units = bytes.chunks(2).map(|u| u16::from_le_bytes([u[0], u[1]]));
        String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
    };
    for (bytes, decoded) in
        [(page.as_bytes(), narrow), (&bom[..], narrow), (&marked[..], wide)]
    {
        let found = read("a.html", bytes);
        let document = found[0].as_ref().unwrap();
        assert_eq!(document.blocks.len(), 4, "{document:?}");
        for (block, inside) in document.blocks.iter().zip([
            "Thi đua &amp; làm đường",
            "Ngày 1/10, UBND tỉnh ban hành <b>K&#7871; ho&#x1EA1;ch</b> phát \
             động phong tr&agrave;o.",
            "Một là làm đường; trồng cây.",
            "Hai là giữ sạch &ldquo;vùng xanh&rdquo;.",
        ]) {
            let slice = decoded(&bytes[block.bytes.clone()]);
            assert!(slice.contains(inside), "{slice:?}");
            // Nothing but its own tags stands around the words.
            assert!(slice.len() <= inside.len() + 9, "{slice:?}");
        }
    }
}
