//! A disk or a network that fails while an archive is read: what was read
//! before stands, the failure is told at its place, the rest goes on.

use crate::program::{code, folder, news, run, stderr, stdout};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, BufReader, Cursor, Read, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use vanban::pipeline::{self, Input, Options, Outcome};

/// Gives some bytes, then the error of a broken disk, again and again.
struct Breaking {
    sound: Cursor<Vec<u8>>,
}

impl Read for Breaking {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.sound.read(into)? {
            0 if !into.is_empty() => Err(io::Error::from_raw_os_error(5)),
            read => Ok(read),
        }
    }
}

fn breaking(name: &str, bytes: &[u8]) -> Input {
    let reader = Breaking { sound: Cursor::new(bytes.to_vec()) };
    Input::Stream {
        name: name.to_owned(),
        reader: Box::new(BufReader::with_capacity(512, reader)),
        container: None,
    }
}

/// The symbols found and the failures told, in order.
fn outcomes(inputs: Vec<Input>) -> Vec<Result<String, String>> {
    let options = Options {
        threads: NonZeroUsize::new(2).expect("two"),
        ..Options::default()
    };
    let mut out = Vec::new();
    pipeline::run(
        inputs,
        &options,
        |outcome| match outcome {
            Outcome::Record(document) => Ok(document
                .record
                .document
                .and_then(|d| d.symbol)
                .unwrap_or_default()),
            Outcome::Failure(failure) => {
                Err(format!("{}: {}", failure.path, failure.reason))
            }
        },
        |outcome, _| {
            out.push(outcome);
            ControlFlow::Continue(())
        },
    );
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).expect("memory");
    packed.finish().expect("memory")
}

fn line(number: usize) -> String {
    let text = serde_json::to_string(&news(number)).expect("JSON");
    format!("{{\"text\": {text}}}\n")
}

fn response(number: usize) -> String {
    let page = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{}",
        news(number)
    );
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.vn/\r\n\
         Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    )
}

/// Cuts an archive of ten at many places and holds what comes of each part.
/// A document is whole without the last `behind` bytes of its part.
fn hold(name: &str, behind: usize, made: impl Fn(usize) -> Vec<u8>) {
    let parts: Vec<Vec<u8>> = (1..=10).map(made).collect();
    let ends: Vec<usize> = parts
        .iter()
        .scan(0, |end, part| {
            *end += part.len();
            Some(*end - behind)
        })
        .collect();
    let whole = parts.concat();
    let symbols: Vec<_> =
        (1..=11).map(|n| Ok(format!("{n}/KH-UBND"))).collect();
    for cut in (1..whole.len()).step_by(whole.len() / 40) {
        let found = outcomes(vec![
            breaking(name, &whole[..cut]),
            Input::Stream {
                name: "next.txt".to_owned(),
                reader: Box::new(Cursor::new(news(11))),
                container: None,
            },
        ]);
        let before = ends.iter().filter(|end| **end <= cut).count();
        let (last, here) = found.split_last().expect("the next input");
        assert_eq!(last, &symbols[10], "{name} cut at {cut}");
        let (sound, failures) = here.split_at(before.min(here.len()));
        assert_eq!(sound, &symbols[..before], "{name} cut at {cut}: {here:?}");
        // A member of an archive and the archive may both tell of it.
        assert!(
            matches!(failures.len(), 1 | 2),
            "{name} cut at {cut}: {here:?}"
        );
        for failure in failures {
            let told = failure.as_ref().expect_err("no half documents");
            assert!(told.starts_with(name), "{told}");
            assert!(told.contains("os error 5"), "{name} cut at {cut}: {told}");
        }
    }
}

#[test]
fn lines_before_a_broken_place_are_kept() {
    hold("tin.jsonl", 0, |n| line(n).into_bytes());
}

#[test]
fn pages_before_a_broken_place_of_a_crawl_are_kept() {
    hold("tin.warc", 4, |n| response(n).into_bytes());
}

#[test]
fn members_before_a_broken_place_of_a_packed_crawl_are_kept() {
    hold("tin.warc.gz", 0, |n| gzip(response(n).as_bytes()));
    hold("tin.warc.zst", 0, |n| {
        zstd::encode_all(response(n).as_bytes(), 3).expect("memory")
    });
}

#[test]
fn members_before_a_broken_place_of_a_tar_are_kept() {
    hold("tin.tar", 0, |n| {
        let text = news(n);
        let mut header = tar::Header::new_ustar();
        header.set_path(format!("{n}.txt")).expect("a short name");
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        let mut member = header.as_bytes().to_vec();
        member.extend_from_slice(text.as_bytes());
        member.resize(member.len().next_multiple_of(512), 0);
        member
    });
}

#[test]
fn half_a_text_is_no_document() {
    let found = outcomes(vec![breaking("a.txt", &news(1).as_bytes()[..90])]);
    assert_eq!(found.len(), 1);
    let told = found[0].as_ref().expect_err("a failure");
    assert!(told.starts_with("a.txt") && told.contains("os error 5"), "{told}");
}

#[test]
fn a_broken_place_below_packing_is_told() {
    let lines: String = (1..=200).map(line).collect();
    let packed = gzip(lines.as_bytes());
    let half = &packed[..packed.len() / 2];
    let found = outcomes(vec![breaking("tin.jsonl.gz", half)]);
    let (failure, sound) = found.split_last().expect("a failure");
    let told = failure.as_ref().expect_err("a failure");
    assert!(told.contains("os error 5"), "{told}");
    assert!(!sound.is_empty());
    for (symbol, n) in sound.iter().zip(1..) {
        assert_eq!(symbol, &Ok(format!("{n}/KH-UBND")));
    }
}

/// The memory of a process reads as a broken disk does: its first page is
/// never there.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_leaves_its_neighbours() {
    let folder =
        folder(&[("a.txt", news(1).as_bytes()), ("c.txt", news(3).as_bytes())]);
    let args = ["extract", "a.txt", "/proc/self/mem", "c.txt"];
    let done = run(folder.path(), &args);
    assert_eq!(code(&done), 1, "{}", stderr(&done));
    assert_eq!(stdout(&done).lines().count(), 2);
    let said = stderr(&done);
    assert!(said.contains("/proc/self/mem"), "{said}");
    assert!(said.contains("os error 5"), "{said}");
}
