//! Web archives of our own, sound and broken.

use crate::Error;
use crate::archive::{RawDocument, ReadOptions, open_reader};
use std::io::Write;

/// A page with one announcement, and the words that show it was read.
fn page(number: usize) -> String {
    format!(
        "<html><head><meta charset=utf-8><title>Tin {number}</title></head>\
         <body><h1>Thi đua làm đường số {number}</h1><p>Ngày 1/10, UBND tỉnh \
         ban hành Kế hoạch số {number}/KH-UBND phát động phong trào thi đua \
         làm đường giao thông nông thôn.</p></body></html>"
    )
}

fn http(head: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 200 OK\r\n{head}\r\n").into_bytes();
    out.extend_from_slice(body);
    out
}

/// A record with its true length.
fn record(kind: &str, media: &str, block: &[u8]) -> Vec<u8> {
    record_of(kind, media, block, block.len())
}

fn record_of(kind: &str, media: &str, block: &[u8], said: usize) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: \
         <https://a.vn/x>\r\nContent-Type: {media}\r\nContent-Length: \
         {said}\r\n\r\n"
    )
    .into_bytes();
    out.extend_from_slice(block);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

const HTTP: &str = "application/http; msgtype=response";
const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

fn response(number: usize) -> Vec<u8> {
    record("response", HTTP, &http(HTML, page(number).as_bytes()))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(
        Vec::new(),
        flate2::Compression::default(),
    );
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Vec<Result<RawDocument, Error>> {
    let options = ReadOptions::default();
    open_reader(name, bytes, None, &options).collect()
}

/// What was read: the number of each page, or the offset of each error.
#[derive(Debug, PartialEq)]
enum Found {
    Page(usize),
    Bad(u64),
}
use Found::{Bad, Page};

fn found(items: &[Result<RawDocument, Error>]) -> Vec<Found> {
    let found = |item: &Result<RawDocument, Error>| match item {
        Ok(document) => {
            let text = &document.text;
            let after = text.split("làm đường số ").nth(1).expect(text);
            Page(after.lines().next().unwrap().parse().unwrap())
        }
        Err(Error::Document { offset, .. }) => Bad(offset.unwrap()),
        Err(other) => panic!("{other}"),
    };
    items.iter().map(found).collect()
}

fn reason(item: &Result<RawDocument, Error>) -> String {
    item.as_ref().unwrap_err().to_string()
}

#[test]
fn records_have_their_place_and_address() {
    let warcinfo = record("warcinfo", "application/warc-fields", b"a: b\r\n");
    let request =
        record("request", "application/http", b"GET / HTTP/1.1\r\n\r\n");
    let picture = http("Content-Type: image/png\r\n", b"\x89PNG\0\0\0");
    let moved = b"HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n".to_vec();
    let records = [
        warcinfo,
        request,
        response(1),
        record("response", HTTP, &picture),
        record("response", HTTP, &moved),
        record("conversion", "text/plain", "làm đường số 2\nx".as_bytes()),
        record("resource", "text/html", page(3).as_bytes()),
    ];
    let plain = records.concat();
    let members: Vec<Vec<u8>> = records.iter().map(|r| gzip(r)).collect();
    let frames: Vec<Vec<u8>> =
        records.iter().map(|r| zstd::encode_all(&r[..], 3).unwrap()).collect();
    for (pieces, whole) in [
        (&records[..], plain.clone()),
        (&members[..], members.concat()),
        (&frames[..], frames.concat()),
    ] {
        let items = read("a", &whole);
        assert_eq!(found(&items), [Page(1), Page(2), Page(3)]);
        let documents: Vec<_> = items.iter().flatten().collect();
        for (document, wanted) in documents.iter().zip([2, 5, 6]) {
            assert_eq!(document.record, Some(wanted as u64));
            assert_eq!(document.url.as_deref(), Some("https://a.vn/x"));
            let offset = document.offset.unwrap() as usize;
            let before: usize = pieces[..wanted].iter().map(Vec::len).sum();
            assert_eq!(offset, before);
            let length = document.length.unwrap() as usize;
            let piece = &pieces[wanted];
            // In an open archive the blank lines after a record are not it.
            assert!(length == piece.len() || length + 4 == piece.len());
        }
        assert_eq!(documents[0].encoding, "utf-8");
    }
    let remarks = {
        let options = ReadOptions::default();
        open_reader("a", &plain[..], None, &options).for_each(drop);
        options.heard.remarks(&options).join(" ")
    };
    for words in ["passed over 4", "image/png 1", "status 301 1", "request 1"] {
        assert!(remarks.contains(words), "{remarks}");
    }
}

#[test]
fn an_archive_packed_as_a_whole_counts_in_what_it_unpacks_to() {
    let plain = [response(1), response(2)].concat();
    for packed in [gzip(&plain), zstd::encode_all(&plain[..], 3).unwrap()] {
        let items = read("a.warc.gz", &packed);
        assert_eq!(found(&items), [Page(1), Page(2)]);
        let second = items[1].as_ref().unwrap();
        assert_eq!(second.offset, Some(response(1).len() as u64));
    }
}

#[test]
fn wrong_lengths_cost_their_own_record_only() {
    let block = http(HTML, page(2).as_bytes());
    let long = block.len();
    for said in [0, 10, long - 3, long + 500, 40_000_000_000] {
        let bad = record_of("response", HTTP, &block, said);
        let records = [response(1), bad, response(3), response(4)];
        let at = records[0].len() as u64;
        let items = read("a.warc", &records.concat());
        assert_eq!(
            found(&items),
            [Page(1), Bad(at), Page(3), Page(4)],
            "{said}"
        );
        assert!(reason(&items[1]).contains("Content-Length"), "{said}");
        let members: Vec<Vec<u8>> = records.iter().map(|r| gzip(r)).collect();
        let at = members[0].len() as u64;
        let items = read("a.warc.gz", &members.concat());
        let wanted = [Page(1), Bad(at), Page(3), Page(4)];
        assert_eq!(found(&items), wanted, "{said}");
    }
}

#[test]
fn a_length_that_takes_in_line_breaks_is_noted() {
    let block = http(HTML, page(2).as_bytes());
    let odd = record_of("response", HTTP, &block, block.len() + 3);
    let records = [response(1), odd, response(3)];
    let members: Vec<Vec<u8>> = records.iter().map(|r| gzip(r)).collect();
    for pieces in [&records[..], &members[..]] {
        let items = read("a.warc.gz", &pieces.concat());
        assert_eq!(found(&items), [Page(1), Page(2), Page(3)]);
        let notes = items[1].as_ref().unwrap().notes.join(" ");
        assert!(notes.contains("Content-Length"), "{notes}");
        assert!(items[0].as_ref().unwrap().notes.is_empty());
    }
}

#[test]
fn what_is_no_length_and_what_is_no_record_is_told() {
    let block = http(HTML, page(2).as_bytes());
    let good = record("response", HTTP, &block);
    let good = String::from_utf8(good).unwrap();
    for (from, to) in [
        ("Content-Length: ", "Content-Length: x"),
        ("Content-Length: ", "Content-Length: -"),
        ("Content-Length", "Content-Longth"),
        ("WARC/1.0", "WORC/1.0"),
        ("WARC-Type: response", "WARC-Typ: response"),
    ] {
        let bad = good.replace(from, to).into_bytes();
        let whole = [response(1), bad, response(3)].concat();
        let items = read("a.warc", &whole);
        let at = response(1).len() as u64;
        assert_eq!(found(&items), [Page(1), Bad(at), Page(3)], "{to}");
    }
}

#[test]
fn a_page_that_shows_a_record_is_one_page() {
    let mut body = page(1).into_bytes();
    body.extend(b"<pre>\nWARC/1.0\r\nWARC-Type: response\r\n</pre>");
    let records = [record("response", HTTP, &http(HTML, &body)), response(2)];
    let items = read("a.warc", &records.concat());
    assert_eq!(found(&items), [Page(1), Page(2)]);
}

#[test]
fn archives_that_are_cut_off_give_all_before() {
    let records = [response(1), response(2), response(3)];
    let plain = records.concat();
    let at = (records[0].len() + records[1].len()) as u64;
    for cut in [at as usize + 20, plain.len() - 100] {
        let items = read("a.warc", &plain[..cut]);
        assert_eq!(found(&items), [Page(1), Page(2), Bad(at)]);
    }
    let items = read("a.warc", &plain[..plain.len() - 50]);
    assert!(reason(&items[2]).contains("cut off"));
    let members: Vec<Vec<u8>> = records.iter().map(|r| gzip(r)).collect();
    let packed = members.concat();
    let at = (members[0].len() + members[1].len()) as u64;
    for cut in [at as usize + 5, at as usize + 100, packed.len() - 1] {
        let items = read("a.warc.gz", &packed[..cut]);
        assert_eq!(found(&items), [Page(1), Page(2), Bad(at)], "{cut}");
    }
}

/// Whatever of a record is lost at its end, the next one is read.
#[test]
fn a_record_cut_off_in_the_middle_costs_itself_only() {
    let whole = response(2);
    for left in (9..whole.len() - 10).step_by(7) {
        let records = [response(1), whole[..left].to_vec(), response(3)];
        let items = read("a.warc", &records.concat());
        let at = response(1).len() as u64;
        assert_eq!(found(&items), [Page(1), Bad(at), Page(3)], "{left}");
    }
}

#[test]
fn damaged_members_cost_their_own_record_only() {
    let members: Vec<Vec<u8>> = (1..=5).map(|n| gzip(&response(n))).collect();
    let at = (members[0].len() + members[1].len()) as u64;
    let length = members[2].len();
    // Every tenth byte of the third member, the first and last ones too.
    for broken in (0..length).step_by(10).chain([1, 2, length - 1, length - 5])
    {
        let mut bytes = members.concat();
        bytes[at as usize + broken] ^= 0x55;
        let items = read("a.warc.gz", &bytes);
        let others: Vec<Found> =
            found(&items).into_iter().filter(|f| *f != Bad(at)).collect();
        let all = [Page(1), Page(2), Page(3), Page(4), Page(5)];
        match others.len() {
            // Some bytes of a gzip header say nothing of the data.
            5 => assert_eq!(others, all, "{broken}"),
            _ => assert_eq!(
                others,
                [Page(1), Page(2), Page(4), Page(5)],
                "{broken}"
            ),
        }
        assert!(items.len() == 5, "{broken}");
    }
    // Bytes of nothing between members, and a first member that is none.
    let mut bytes = vec![7; 1_000];
    bytes.extend(members[0].iter().chain(&[0; 300]).chain(&members[1]));
    let second = (1_000 + members[0].len()) as u64;
    let items = read("a.warc.gz", &bytes);
    assert_eq!(found(&items), [Bad(0), Page(1), Bad(second), Page(2)]);
}

#[test]
fn damaged_frames_cost_their_own_record_only() {
    let frame = |n| {
        let mut frame = zstd::Encoder::new(Vec::new(), 3).unwrap();
        frame.include_checksum(true).unwrap();
        frame.write_all(&response(n)).unwrap();
        frame.finish().unwrap()
    };
    let frames: Vec<Vec<u8>> = (1..=3).map(frame).collect();
    let at = frames[0].len() as u64;
    for broken in [0, 1, 8, 60, frames[1].len() - 1] {
        let mut bytes = frames.concat();
        bytes[at as usize + broken] ^= 0x55;
        let items = read("a.warc.zst", &bytes);
        assert_eq!(found(&items), [Page(1), Bad(at), Page(3)], "{broken}");
    }
}

#[test]
fn damaged_frames_beside_each_other_are_told_each() {
    let frame = |n| {
        let mut frame = zstd::Encoder::new(Vec::new(), 3).unwrap();
        frame.include_checksum(true).unwrap();
        frame.write_all(&response(n)).unwrap();
        frame.finish().unwrap()
    };
    let frames: Vec<Vec<u8>> = (1..=4).map(frame).collect();
    let second = frames[0].len();
    let third = second + frames[1].len();
    // In the compressed bytes of the first record and of its head.
    for broken in [14, 30, 60, frames[2].len() - 1] {
        let mut bytes = frames.concat();
        bytes[second + 60] ^= 0x55;
        bytes[third + broken] ^= 0x55;
        let items = read("a.warc.zst", &bytes);
        let expected =
            [Page(1), Bad(second as u64), Bad(third as u64), Page(4)];
        assert_eq!(found(&items), expected, "{broken}");
    }
}

#[test]
fn a_dictionary_at_the_beginning_is_used() {
    let dictionary = [response(0), response(9)].concat();
    let packed = zstd::encode_all(&dictionary[..], 3).unwrap();
    for kept in [&dictionary, &packed] {
        let mut bytes = vec![0x5d, 0x2a, 0x4d, 0x18];
        bytes.extend((kept.len() as u32).to_le_bytes());
        bytes.extend(kept);
        let start = bytes.len() as u64;
        for n in 1..=3 {
            let mut frame = zstd::stream::write::Encoder::with_dictionary(
                Vec::new(),
                3,
                &dictionary,
            )
            .unwrap();
            frame.write_all(&response(n)).unwrap();
            bytes.extend(frame.finish().unwrap());
        }
        let items = read("a.warc.zst", &bytes);
        assert_eq!(found(&items), [Page(1), Page(2), Page(3)]);
        assert_eq!(items[0].as_ref().unwrap().offset, Some(start));
    }
}

/// What a server may do to a page.
#[test]
fn bodies_are_unpacked() {
    let page = page(1);
    let plain = page.as_bytes();
    let mut deflate = flate2::write::ZlibEncoder::new(
        Vec::new(),
        flate2::Compression::default(),
    );
    deflate.write_all(plain).unwrap();
    let deflate = deflate.finish().unwrap();
    let mut raw = flate2::write::DeflateEncoder::new(
        Vec::new(),
        flate2::Compression::default(),
    );
    raw.write_all(plain).unwrap();
    let raw = raw.finish().unwrap();
    let pieces = |body: &[u8]| {
        let mut out = Vec::new();
        for piece in body.chunks(100) {
            out.extend(format!("{:x};x=y\r\n", piece.len()).bytes());
            out.extend_from_slice(piece);
            out.extend(b"\r\n");
        }
        out.extend(b"0\r\nA: b\r\n\r\n");
        out
    };
    let zst = zstd::encode_all(plain, 3).unwrap();
    for (head, body) in [
        ("Content-Encoding: gzip", gzip(plain)),
        ("content-encoding: x-gzip", gzip(plain)),
        ("Content-Encoding: deflate", deflate),
        ("Content-Encoding: deflate", raw),
        ("Content-Encoding: zstd", zst),
        ("Content-Encoding: identity", plain.to_vec()),
        ("Transfer-Encoding: chunked", pieces(plain)),
        (
            "Content-Encoding: gzip\r\nTransfer-Encoding: chunked",
            pieces(&gzip(plain)),
        ),
        (
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip",
            pieces(&gzip(plain)),
        ),
        // Undone by the crawler, which left the head as it was.
        ("Content-Encoding: gzip", plain.to_vec()),
        ("Content-Encoding: br", plain.to_vec()),
        ("Transfer-Encoding: chunked", plain.to_vec()),
    ] {
        let block = http(&format!("{HTML}{head}\r\n"), &body);
        let items = read("a.warc", &record("response", HTTP, &block));
        assert_eq!(found(&items), [Page(1)], "{head}");
        let document = items[0].as_ref().unwrap();
        assert_eq!(document.notes, Vec::<String>::new(), "{head}");
        // Ranges count bytes of the page, not of what was sent.
        let block = document.blocks.last().unwrap();
        let bytes = &plain[block.bytes.clone()];
        assert!(bytes.starts_with(b"<p>Ng") || bytes.starts_with(b"Ng"));
    }
}

/// There is no Brotli encoder here: a page packed by Google's.
const BROTLI: &str = "\
    1bc000a0ac0aec867b1b89c56f44c30fd9165f558443c1bfba91b24f48301a\
    a306a29f04ba058a38afbb9cf1d5c98173780cda7eb020faa16411aaaa189f\
    7ce1a14a102227d88003f67e965907d5c1431692acd9ec9dacd0981b70bbcb\
    3a99f81a57f266e2bf9571e3ad8035b2714bfe5859b8139572b1374749175b\
    f9512feb1043a960a2d26e0c7537e24976226ddbd93aa13c375cf25c612825\
    02";

#[test]
fn brotli_is_unpacked() {
    let byte = |at| u8::from_str_radix(&BROTLI[at..at + 2], 16).unwrap();
    let body: Vec<u8> = (0..BROTLI.len()).step_by(2).map(byte).collect();
    let block = http(&format!("{HTML}Content-Encoding: br\r\n"), &body);
    let items = read("a.warc", &record("response", HTTP, &block));
    assert_eq!(found(&items), [Page(1)]);
    // Cut off, it is no page, or a page with a note.
    let block = http(&format!("{HTML}Content-Encoding: br\r\n"), &body[..60]);
    let items = read("a.warc", &record("response", HTTP, &block));
    match &items[0] {
        Ok(document) => assert!(document.notes[0].contains("breaks off")),
        Err(error) => assert!(error.to_string().contains("unpacked (br")),
    }
}

#[test]
fn bodies_that_break_off_are_read_as_far_as_they_go() {
    let body = gzip(page(1).as_bytes());
    let block = http(
        &format!("{HTML}Content-Encoding: gzip\r\n"),
        &body[..body.len() - 12],
    );
    let items = read("a.warc", &record("response", HTTP, &block));
    assert_eq!(found(&items), [Page(1)]);
    let notes = items[0].as_ref().unwrap().notes.join(" ");
    assert!(notes.contains("breaks off"), "{notes}");
}

#[test]
fn a_page_that_is_binary_is_told_with_its_place() {
    let png = [&b"\x89PNG\r\n\x1a\n"[..], &[0; 500]].concat();
    let bad = record("response", HTTP, &http(HTML, &png));
    let items = read("a.warc", &[response(1), bad, response(2)].concat());
    let at = response(1).len() as u64;
    assert_eq!(found(&items), [Page(1), Bad(at), Page(2)]);
    assert!(reason(&items[1]).contains("binary"));
}

#[test]
fn the_charset_of_the_head_is_heard() {
    // Words that are not Vietnamese give no hint of their own.
    let text = "東京都は本日、新しい計画を発表しました。";
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(text);
    let head = "Content-Type: text/plain; charset=\"Shift_JIS\"\r\n";
    let block = http(head, &bytes);
    let items = read("a.warc", &record("response", HTTP, &block));
    let document = items[0].as_ref().unwrap();
    assert_eq!(document.encoding, "Shift_JIS");
    assert_eq!(document.text, text);
}

#[test]
fn long_records_are_passed_over_and_told_if_they_are_pages() {
    let options = ReadOptions { max_bytes: 2_000, ..ReadOptions::default() };
    let mut long = page(2).into_bytes();
    long.resize(3_000_000, b' ');
    let video = http("Content-Type: video/mp4\r\n", &long);
    let records = [
        response(1),
        record("response", HTTP, &http(HTML, &long)),
        record("response", HTTP, &video),
        response(4),
    ];
    let members: Vec<Vec<u8>> = records.iter().map(|r| gzip(r)).collect();
    for pieces in [&records[..], &members[..]] {
        let whole = pieces.concat();
        let items: Vec<_> =
            open_reader("a.warc", &whole[..], None, &options).collect();
        let at = pieces[0].len() as u64;
        assert_eq!(found(&items), [Page(1), Bad(at), Page(4)]);
        assert!(reason(&items[1]).contains("--max-size"));
    }
}
