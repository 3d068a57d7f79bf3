//! What is timed: reading, normalizing and extracting inputs made of one piece
//! over and over, in three sizes, in seconds of computing for a megabyte. A
//! row whose figures rise with the size is not linear; it is marked.
//!
//! `cargo bench --bench growth -- quotes` runs the rows whose names hold
//! “quotes”.

#[path = "../tests/promises/clock.rs"]
mod clock;
#[path = "../tests/promises/pieces.rs"]
mod pieces;

use clock::timed;
use pieces::{TEXTS, text_of};
use std::io::Write;
use std::time::Duration;
use std::{env, io};
use vanban::archive::{Container, ReadOptions, open_reader};
use vanban::extract::{Context, extract};
use vanban::text::Text;

const SIZES: [usize; 3] = [50 << 10, 200 << 10, 1 << 20];

/// A stage that takes longer is not tried on the next size.
const PATIENCE: Duration = Duration::from_secs(1);

/// The system counts computing time in steps of some milliseconds; what takes
/// less than this is not compared.
const CLEAR: Duration = Duration::from_millis(15);

/// Bytes of pages and containers: name, what they are, head, piece, tail.
type Bytes = (
    &'static str,
    Option<Container>,
    &'static [u8],
    &'static [u8],
    &'static [u8],
);

const HTML: Option<Container> = Some(Container::Html);
const LINES: Option<Container> = Some(Container::JsonLines);
const TEXT: Option<Container> = Some(Container::Text);
const BYTES: &[Bytes] = &[
    ("html, paragraphs", HTML, b"", b"<p>Thi dua.</p>", b""),
    ("html, long paragraphs", HTML, b"", LONG_PARAGRAPH, b""),
    ("html, divisions open", HTML, b"", b"<div>", b"a"),
    ("html, divisions with text", HTML, b"", b"<div>abc ", b""),
    ("html, divisions closed", HTML, b"", b"</div>", b"<p>a"),
    ("html, spans open", HTML, b"<p>", b"<span>a ", b""),
    ("html, paragraphs open", HTML, b"", b"<p>a", b""),
    ("html, crossing", HTML, b"", b"<b><i>a</b></i>", b""),
    ("html, lists open", HTML, b"", b"<ul><li>a", b""),
    ("html, items", HTML, b"<ol>", b"<li>Thi dua phong dich", b""),
    ("html, tables open", HTML, b"", b"<table><tr><td>a", b""),
    ("html, cells", HTML, b"<table><tr>", b"<td>a", b""),
    ("html, rows", HTML, b"<table>", b"<tr><td>a<td>1", b""),
    ("html, links", HTML, b"<p>", b"<a href=/a>tin</a> ", b""),
    ("html, headings", HTML, b"", b"<h1>Tin moi</h1>", b""),
    ("html, breaks", HTML, b"<p>", b"a<br>", b""),
    ("html, entities", HTML, b"<p>", b"&amp;&nbsp;", b""),
    ("html, comments", HTML, b"<p>a", b"<!---->", b""),
    ("html, comment open", HTML, b"<p>a<!--", b" -", b""),
    ("html, angles", HTML, b"<p>", b"<", b""),
    ("html, attributes", HTML, b"<p ", b"a=b ", b">a"),
    ("html, scripts", HTML, b"", b"<script>a</script>a", b""),
    ("html, script open", HTML, b"<p>a<script>", b"</scrip", b""),
    ("html, metas", HTML, b"", b"<meta name=a content=b>", b"<p>a"),
    ("html, dates", HTML, b"", b"<p>22/09/2021 - 08:30</p>", b""),
    ("html, data", HTML, LD, b"{\"a\":[", b""),
    ("json, lines", LINES, b"", b"{\"text\":\"a b\"}\n", b""),
    ("json, line broken", LINES, b"", b"{\"text\":", b""),
    ("json, brackets", LINES, b"{\"text\":", b"[", b""),
    ("json, array", Some(Container::Json), b"[", b"{\"text\":\"a\"},", b"{}]"),
    ("json, array open", Some(Container::Json), b"[", b"[", b""),
    ("json, objects open", Some(Container::Json), b"", b"{\"a\":", b""),
    ("json, junk", Some(Container::Json), b"", b"x ", b""),
    ("json, escapes", LINES, b"{\"text\":\"", b"\\u1ebf ", b"\"}\n"),
    ("bytes, high", TEXT, b"", b"\xb5\xae a", b""),
    ("bytes, zero", TEXT, b"a ", b"\0a", b""),
    ("bytes, tcvn3", TEXT, b"", b"Uy ban nh\xa9n d\xa9n t\xd8nh ", b""),
    ("bytes, vni", TEXT, b"", b"nha\xe2n da\xe2n t\xe6nh ", b""),
    ("bytes, utf-8 twice", TEXT, b"", b"t\xc3\xa1\xc2\xbb\xe2\x80\xb0nh ", b""),
    ("bytes, utf-16", TEXT, b"\xff\xfe", b"a\0\x3a\x1e \0", b""),
];

const LONG_PARAGRAPH: &[u8] =
    b"<p>UBND tinh vua ban hanh ke hoach thi dua trong toan tinh, yeu cau \
    cac so, nganh va dia phuong nghiem tuc thuc hien va bao cao.</p>\n";
const LD: &[u8] = b"<p>a<script type=application/ld+json>";

/// Normalizing and extracting a text.
fn text_row(piece: &str, size: usize) -> [Duration; 2] {
    let raw = text_of(piece, size);
    let (text, normalizing) = timed(|| Text::new(raw));
    let (record, extracting) = timed(|| extract(&text, &Context::default()));
    assert!(record.title.is_some());
    [normalizing, extracting]
}

/// Reading bytes, and extracting what was read.
fn bytes_row(bytes: &Bytes, size: usize) -> [Duration; 2] {
    let (_, container, head, piece, tail) = bytes;
    let times = size.saturating_sub(head.len() + tail.len()) / piece.len();
    let bytes = [*head, &piece.repeat(times), *tail].concat();
    let options = ReadOptions::default();
    let read = || -> Vec<_> {
        open_reader("x", &bytes[..], *container, &options).flatten().collect()
    };
    let (documents, reading) = timed(read);
    let ((), extracting) = timed(|| {
        for document in documents {
            let text = Text::new(document.text);
            let record = extract(&text, &Context::default());
            assert!(record.id.is_empty());
        }
    });
    [reading, extracting]
}

/// One line of the table: seconds a megabyte for each size and stage.
fn row(
    name: &str,
    out: &mut impl Write,
    measure: impl Fn(usize) -> [Duration; 2],
) -> io::Result<()> {
    let mut first: [Option<f64>; 2] = [None; 2];
    let mut grows = false;
    write!(out, "{name:28}")?;
    for size in SIZES {
        let took = measure(size);
        for (stage, first) in took.iter().zip(&mut first) {
            let rate = stage.as_secs_f64() / size as f64 * 1e6;
            write!(out, " {rate:9.3}")?;
            if *stage >= CLEAR {
                grows |= rate > 2.5 * *first.get_or_insert(rate);
            }
        }
        out.flush()?;
        if took.iter().any(|t| *t > PATIENCE) {
            write!(out, "  given up")?;
            grows |= size < SIZES[2];
            break;
        }
    }
    writeln!(out, "{}", if grows { "  GROWS" } else { "" })
}

fn main() -> io::Result<()> {
    let asked = env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let wanted = |name: &str| asked.as_ref().is_none_or(|a| name.contains(a));
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "seconds a megabyte at 50 KiB, 200 KiB, 1 MiB\n{:28} {}",
        "text: normalize, extract",
        "normalize   extract ".repeat(3)
    )?;
    // The tables are read once, whatever the document.
    text_row("a", 100);
    for (name, piece) in TEXTS.iter().filter(|(name, _)| wanted(name)) {
        row(name, &mut out, |size| text_row(piece, size))?;
    }
    writeln!(
        out,
        "{:28} {}",
        "bytes: read, extract",
        "read   extract ".repeat(3)
    )?;
    for bytes in BYTES.iter().filter(|(name, ..)| wanted(name)) {
        row(bytes.0, &mut out, |size| bytes_row(bytes, size))?;
    }
    Ok(())
}
