//! Which encoding bytes are in, and their text.
//!
//! Two steps. [`open`] turns bytes into characters: UTF-8, UTF-16, or single
//! bytes shown as Windows-1252 has them. [`detect`] then judges by the words
//! whether these characters are Vietnamese already, the letters of a legacy
//! encoding, or a wrong reading of UTF-8. The second step needs no bytes, so
//! it also mends legacy text that somebody stored as Unicode.

pub(super) mod detect;
mod letters;
mod mojibake;
mod syllable;
mod tcvn_case;

pub(super) use detect::{Base, Verdict, lines};

use pulp::Arch;
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// An encoding that Vietnamese texts come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// TCVN 5712, the ABC fonts.
    Tcvn3,
    /// VNI for Windows: a letter, then a byte for its marks.
    VniWindows,
    /// VISCII.
    Viscii,
    /// VPS.
    Vps,
    /// Windows-1258: tone marks as combining characters.
    Windows1258,
    /// Windows-1252, Western Europe.
    Windows1252,
    /// UTF-8 that was read as Windows-1252 once too often, then saved.
    Utf8AsWindows1252,
    /// An encoding of other languages, by its name on the web.
    Other(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// The encodings of Vietnamese texts.
    pub const ALL: [Self; 10] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Tcvn3,
        Self::VniWindows,
        Self::Viscii,
        Self::Vps,
        Self::Windows1258,
        Self::Windows1252,
        Self::Utf8AsWindows1252,
    ];

    /// Its name in records and options.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Tcvn3 => "tcvn3",
            Self::VniWindows => "vni-windows",
            Self::Viscii => "viscii",
            Self::Vps => "vps",
            Self::Windows1258 => "windows-1258",
            Self::Windows1252 => "windows-1252",
            Self::Utf8AsWindows1252 => "utf-8 as windows-1252",
            Self::Other(encoding) => encoding.name(),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl FromStr for Encoding {
    type Err = String;

    /// Reads a label, or another usual name of the same encoding.
    fn from_str(name: &str) -> Result<Self, String> {
        let plain: String = name
            .chars()
            .filter(|c| c.is_ascii_alphanumeric())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let found = match plain.as_str() {
            "utf8" | "unicode" => Self::Utf8,
            "utf16" | "utf16le" | "ucs2" => Self::Utf16Le,
            "utf16be" => Self::Utf16Be,
            "tcvn3" | "tcvn" | "abc" | "tcvn5712" | "tcvn57121"
            | "xviettcvn5712" => Self::Tcvn3,
            "vniwindows" | "vni" | "vniwin" => Self::VniWindows,
            "viscii" => Self::Viscii,
            "vps" | "xvietvps" | "xvps" => Self::Vps,
            "windows1258" | "cp1258" => Self::Windows1258,
            "windows1252" | "cp1252" | "latin1" | "iso88591" => {
                Self::Windows1252
            }
            "utf8aswindows1252" | "mojibake" => Self::Utf8AsWindows1252,
            _ => {
                if let Some(other) =
                    encoding_rs::Encoding::for_label(name.as_bytes())
                {
                    return Ok(Self::Other(other));
                }
                let known: Vec<_> =
                    Self::ALL.iter().map(|e| format!("`{e}`")).collect();
                return Err(format!(
                    "`{name}` is no known encoding; use one of {}",
                    known.join(", ")
                ));
            }
        };
        Ok(found)
    }
}

/// Bytes as characters.
#[derive(Debug, Clone)]
pub(super) struct Opened<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) base: Base,
    /// What was doubtful.
    pub(super) notes: Vec<String>,
    layout: Layout,
    /// Bytes of the byte order mark.
    start: usize,
}

/// How characters lie in the bytes.
#[derive(Debug, Clone, Copy)]
enum Layout {
    Utf8,
    /// UTF-8 with damage.
    Mended,
    Utf16,
    Single,
    Other(&'static encoding_rs::Encoding),
}

impl<'b> Opened<'b> {
    fn text(text: impl Into<Cow<'b, str>>) -> Self {
        Self {
            text: text.into(),
            base: Base::Unicode(Encoding::Utf8),
            notes: Vec::new(),
            layout: Layout::Utf8,
            start: 0,
        }
    }

    /// Where byte offsets of the text, in rising order, lie in the bytes as
    /// archived.
    pub(super) fn places(&self, bytes: &[u8], offsets: &[usize]) -> Vec<usize> {
        let mut out = Vec::with_capacity(offsets.len());
        let mut wanted = offsets.iter().copied().peekable();
        let (mut at, mut raw) = (0, self.start);
        let mut step = |length: usize, width: usize| {
            while let Some(offset) = wanted.next_if(|&o| o < at + length) {
                let inside = if length == width { offset - at } else { 0 };
                out.push(raw + inside);
            }
            at += length;
            raw += width;
        };
        match self.layout {
            Layout::Utf8 => step(self.text.len(), self.text.len()),
            Layout::Mended => {
                for chunk in bytes[self.start..].utf8_chunks() {
                    step(chunk.valid().len(), chunk.valid().len());
                    if !chunk.invalid().is_empty() {
                        step('\u{fffd}'.len_utf8(), chunk.invalid().len());
                    }
                }
            }
            Layout::Utf16 => {
                for c in self.text.chars() {
                    step(c.len_utf8(), 2 * c.len_utf16());
                }
            }
            Layout::Single => {
                for c in self.text.chars() {
                    step(c.len_utf8(), 1);
                }
            }
            Layout::Other(encoding) => {
                for c in self.text.chars() {
                    let mut buffer = [0; 4];
                    let written = encoding.encode(c.encode_utf8(&mut buffer));
                    // What the encoding has no sign for stood for a byte.
                    let width = if written.2 { 1 } else { written.0.len() };
                    step(c.len_utf8(), width);
                }
            }
        }
        out.extend(wanted.map(|_| bytes.len()));
        // A few sequences of other encodings are not of one length.
        for place in &mut out {
            *place = (*place).min(bytes.len());
        }
        out
    }
}

/// A byte order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bom {
    pub(super) encoding: Encoding,
    /// Bytes.
    pub(super) length: usize,
}

/// The mark at the start, if there is one.
pub(super) fn bom(bytes: &[u8]) -> Option<Bom> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => {
            Some(Bom { encoding: Encoding::Utf8, length: 3 })
        }
        [0xff, 0xfe, ..] => {
            Some(Bom { encoding: Encoding::Utf16Le, length: 2 })
        }
        [0xfe, 0xff, ..] => {
            Some(Bom { encoding: Encoding::Utf16Be, length: 2 })
        }
        _ => None,
    }
}

/// A quick reading of an archive's first bytes, good enough to tell what it
/// is: every encoding that we know keeps ASCII in its place.
pub(super) fn glance(head: &[u8]) -> Cow<'_, str> {
    let (mark, rest) = match bom(head) {
        Some(bom) => (Some(bom.encoding), &head[bom.length..]),
        None => (utf16_by_zeros(head), head),
    };
    match mark {
        Some(wide @ (Encoding::Utf16Le | Encoding::Utf16Be)) => {
            utf16(rest, wide)
        }
        _ => String::from_utf8_lossy(rest),
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Cow<'_, str> {
    let reader = match encoding {
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        _ => encoding_rs::UTF_16LE,
    };
    reader.decode_without_bom_handling(bytes).0
}

/// UTF-16 without a mark: the zeros of ASCII letters all stand on one side.
fn utf16_by_zeros(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(16 << 10)];
    memchr::memchr(0, sample)?;
    let zeros = |side: usize| {
        sample.iter().skip(side).step_by(2).filter(|b| **b == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let half = sample.len() / 2;
    if half < 2 {
        None
    } else if odd * 10 >= half * 3 && even * 50 <= half {
        Some(Encoding::Utf16Le)
    } else if even * 10 >= half * 3 && odd * 50 <= half {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Turns a document's bytes into characters. `asked` is an order; `stated` is
/// what the container or the page says of itself, which is often wrong.
pub(super) fn open(
    bytes: &[u8],
    asked: Option<Encoding>,
    stated: Option<Encoding>,
) -> Result<Opened<'_>, String> {
    let bom = bom(bytes).filter(|bom| asked.is_none_or(|a| a == bom.encoding));
    let start = bom.map_or(0, |bom| bom.length);
    let rest = &bytes[start..];
    let controls = controls(rest);
    let by_zeros = || (controls > 0).then(|| utf16_by_zeros(rest)).flatten();
    let wide = match asked.or(bom.map(|bom| bom.encoding)) {
        Some(known) => is_wide(known).then_some(known),
        None => by_zeros().or(stated.filter(|s| is_wide(*s))),
    };
    if let Some(encoding) = wide {
        return Ok(open_wide(rest, start, encoding));
    }
    if controls > 0 {
        refuse_binary(rest, controls)?;
    }
    let mut opened = match (asked, stated) {
        (Some(Encoding::Other(other)), _) => open_other(rest, other),
        (Some(Encoding::Windows1252), _) => open_single(rest),
        _ => match simdutf8::basic::from_utf8(rest) {
            Ok(text) => Opened::text(text),
            Err(_) if asked == Some(Encoding::Utf8) => {
                open_damaged(rest, start)
            }
            Err(_) if asked.is_some() => open_single(rest),
            Err(_) if is_mostly_utf8(rest) => open_damaged(rest, start),
            Err(_) => match stated {
                Some(Encoding::Other(other)) => open_other(rest, other),
                _ => open_single(rest),
            },
        },
    };
    opened.start = start;
    Ok(opened)
}

fn is_wide(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be)
}

fn open_wide(rest: &[u8], start: usize, encoding: Encoding) -> Opened<'_> {
    let text = utf16(rest, encoding);
    let mut notes = Vec::new();
    if let Some(at) = text.find('\u{fffd}') {
        let units = text[..at].encode_utf16().count();
        notes.push(format!("invalid UTF-16 at byte {}", start + 2 * units));
    }
    let base = Base::Unicode(encoding);
    Opened { text, base, notes, layout: Layout::Utf16, start }
}

fn open_single(rest: &[u8]) -> Opened<'static> {
    let text: String =
        rest.iter().map(|&byte| letters::char_of(byte)).collect();
    let layout = Layout::Single;
    Opened { base: Base::Bytes, layout, ..Opened::text(text) }
}

fn open_other<'b>(
    rest: &'b [u8],
    other: &'static encoding_rs::Encoding,
) -> Opened<'b> {
    let (text, _) = other.decode_without_bom_handling(rest);
    let base = Base::Unicode(Encoding::Other(other));
    Opened { base, layout: Layout::Other(other), ..Opened::text(text) }
}

fn open_damaged(rest: &[u8], start: usize) -> Opened<'_> {
    let first = simdutf8::compat::from_utf8(rest)
        .map_or_else(|error| error.valid_up_to(), str::len);
    let wrong = rest.utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
    let text = String::from_utf8_lossy(rest);
    let notes = vec![format!(
        "invalid UTF-8 at {wrong} {}, first at byte {}; shown as U+FFFD",
        if wrong == 1 { "place" } else { "places" },
        start + first
    )];
    Opened { notes, layout: Layout::Mended, ..Opened::text(text) }
}

/// Letters beyond ASCII that are valid outnumber the damage.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// How many control characters there are that texts do not have.
fn controls(bytes: &[u8]) -> usize {
    // Pieces whose count fits a byte are counted many bytes at a time.
    #[inline(always)]
    fn count(piece: &[u8]) -> usize {
        let control = |b: &u8| {
            u8::from((*b < 0x20) & !(9..=0x0d).contains(b) & (*b != 0x1b))
        };
        piece.iter().map(control).sum::<u8>().into()
    }
    let (pieces, rest) = bytes.as_chunks::<192>();
    Arch::new().dispatch(|| {
        let pieces = pieces.iter().map(|piece| count(piece));
        pieces.sum::<usize>() + count(rest)
    })
}

/// More zeros or control characters than any text has. VISCII, VPS and TCVN
/// give a few of them to capitals.
fn refuse_binary(bytes: &[u8], controls: usize) -> Result<(), String> {
    let zeros = bytes.iter().filter(|b| **b == 0).count();
    if zeros * 100 > bytes.len() || controls * 12 > bytes.len() {
        return Err("the document is binary, not text; leave it out, or name \
                    its encoding with --encoding"
            .to_owned());
    }
    Ok(())
}

/// What is said where an encoding was asked for that the bytes belie: letters
/// that only Unicode has are there, in sound UTF-8.
pub(super) fn doubt(
    opened: &Opened,
    asked: Option<Encoding>,
) -> Option<String> {
    let asked = asked.filter(|a| *a != Encoding::Utf8 && !is_wide(*a))?;
    // The letters of the old encodings all lie below these.
    let vietnamese = |c| matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ơ' | 'ư');
    let sound = matches!(opened.layout, Layout::Utf8);
    (sound && opened.text.contains(vietnamese)).then(|| {
        format!(
            "read as {asked}, as asked, though the bytes are sound UTF-8 \
             with Vietnamese letters; leave --encoding out if the words \
             look wrong"
        )
    })
}

/// What the characters of a text really are.
pub(super) fn judge<'t>(
    lines: impl Iterator<Item = &'t str>,
    base: Base,
    asked: Option<Encoding>,
    stated: Option<Encoding>,
) -> Verdict {
    match asked {
        Some(asked) => detect::told(asked, base),
        None => detect::judge(lines, base, stated),
    }
}

#[cfg(test)]
mod tests;
