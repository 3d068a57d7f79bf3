//! Which encoding bytes are in, and their text.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// An encoding that Vietnamese texts come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
}

impl Encoding {
    /// Every encoding, in the order they are documented.
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
            "tcvn3" | "tcvn" | "abc" | "tcvn5712" | "tcvn57121" => Self::Tcvn3,
            "vniwindows" | "vni" | "vniwin" => Self::VniWindows,
            "viscii" => Self::Viscii,
            "vps" | "xvietvps" => Self::Vps,
            "windows1258" | "cp1258" => Self::Windows1258,
            "windows1252" | "cp1252" | "latin1" | "iso88591" => {
                Self::Windows1252
            }
            "utf8aswindows1252" | "mojibake" => Self::Utf8AsWindows1252,
            _ => {
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

/// Bytes as text.
#[derive(Debug, Clone, Default)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: Option<Encoding>,
    /// What was doubtful.
    pub(super) notes: Vec<String>,
}

impl Decoded {
    /// The encoding's name for the record.
    pub(super) fn label(&self) -> String {
        self.encoding.unwrap_or(Encoding::Utf8).label().to_owned()
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
        Some(Encoding::Utf16Le) => {
            encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0
        }
        Some(Encoding::Utf16Be) => {
            encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0
        }
        _ => String::from_utf8_lossy(rest),
    }
}

/// UTF-16 without a mark: the zeros of ASCII letters all stand on one side.
fn utf16_by_zeros(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(16 << 10)];
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

/// Decodes a document in the asked encoding, or in the one it seems to be in.
/// `markup` says that the bytes are HTML.
pub(super) fn decode(
    bytes: &[u8],
    asked: Option<Encoding>,
    markup: bool,
) -> Result<Decoded, String> {
    let _ = markup;
    let bom = bom(bytes);
    let encoding = asked
        .or(bom.map(|bom| bom.encoding))
        .or_else(|| utf16_by_zeros(bytes))
        .unwrap_or(Encoding::Utf8);
    let rest = match bom {
        Some(bom) if bom.encoding == encoding => &bytes[bom.length..],
        _ => bytes,
    };
    let zeros = rest.iter().filter(|b| **b == 0).count();
    let wide = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    if !wide && zeros * 100 > rest.len() {
        return Err("the document is binary, not text; leave it out".into());
    }
    let mut notes = Vec::new();
    let text = match encoding {
        Encoding::Utf16Le => {
            encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0
        }
        Encoding::Utf16Be => {
            encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0
        }
        _ => match simdutf8::compat::from_utf8(rest) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) => {
                notes.push(format!(
                    "invalid UTF-8 from byte {} on",
                    bytes.len() - rest.len() + error.valid_up_to()
                ));
                String::from_utf8_lossy(rest)
            }
        },
    };
    Ok(Decoded { text: text.into_owned(), encoding: Some(encoding), notes })
}
