//! Which encoding a text is really in.
//!
//! Every candidate reads a sample of the doubtful lines; the one whose words
//! are built like Vietnamese syllables wins, if it wins clearly. A text that
//! reads well as it stands is never touched.

use super::letters::transcode;
use super::syllable::Score;
use super::{Encoding, mojibake};
use std::borrow::Cow;

/// Lines of the sample that hold something beyond ASCII.
const LINES: usize = 200;
/// Longest part of a line that is looked at, in characters.
const WIDTH: usize = 2_000;

/// What the characters before us are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::archive) enum Base {
    /// Unicode: most likely right.
    Unicode(Encoding),
    /// Single bytes, each shown as Windows-1252 has it.
    Bytes,
}

/// What a text is found to be, and how to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::archive) struct Verdict {
    /// The encoding to report.
    pub(in crate::archive) encoding: Encoding,
    reading: Reading,
    /// Change a line only if that makes it better.
    careful: bool,
    /// What was doubtful.
    pub(in crate::archive) notes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    AsIs,
    Legacy(Encoding),
    /// UTF-8 read wrongly so many times.
    Undo(u8),
}

impl Reading {
    fn read(self, line: &str) -> Cow<'_, str> {
        match self {
            Self::AsIs => Cow::Borrowed(line),
            Self::Legacy(encoding) => Cow::Owned(transcode(line, encoding)),
            Self::Undo(1) => Cow::Owned(mojibake::undo(line)),
            Self::Undo(_) => Cow::Owned(mojibake::undo(&mojibake::undo(line))),
        }
    }

    /// What is said of Unicode that was read so.
    fn told(self) -> String {
        match self {
            Self::Undo(1) => "UTF-8 had been read as Windows-1252 and saved \
                              again; this was undone"
                .to_owned(),
            Self::Undo(_) => "UTF-8 had been read as Windows-1252 and saved \
                              again twice; this was undone"
                .to_owned(),
            Self::Legacy(encoding) => format!(
                "the letters are those of a {encoding} font stored as \
                 Unicode; they were turned into Vietnamese"
            ),
            Self::AsIs => String::new(),
        }
    }

    fn encoding(self, base: Base) -> Encoding {
        match (self, base) {
            (Self::AsIs, Base::Unicode(encoding)) => encoding,
            (Self::AsIs, Base::Bytes) => Encoding::Windows1252,
            (Self::Legacy(encoding), _) => encoding,
            (Self::Undo(_), _) => Encoding::Utf8AsWindows1252,
        }
    }
}

/// Readings of single bytes, and of Unicode letters that stand for bytes.
const LEGACY: [Reading; 5] = [
    Reading::Legacy(Encoding::Tcvn3),
    Reading::Legacy(Encoding::VniWindows),
    Reading::Legacy(Encoding::Windows1258),
    Reading::Legacy(Encoding::Viscii),
    Reading::Legacy(Encoding::Vps),
];

impl Verdict {
    /// The text is what it seems to be.
    fn as_is(base: Base) -> Self {
        Self {
            encoding: Reading::AsIs.encoding(base),
            reading: Reading::AsIs,
            careful: true,
            notes: Vec::new(),
        }
    }

    /// The text has been read already.
    pub(in crate::archive) fn settled(encoding: Encoding) -> Self {
        Self { encoding, ..Self::as_is(Base::Bytes) }
    }

    /// Whether lines are read otherwise than they stand.
    pub(in crate::archive) fn changes(&self) -> bool {
        self.reading != Reading::AsIs
    }

    /// Reads one line.
    pub(in crate::archive) fn read<'t>(&self, line: &'t str) -> Cow<'t, str> {
        if !self.changes() || (line.is_ascii() && self.careful) {
            return Cow::Borrowed(line);
        }
        let read = self.reading.read(line);
        if self.careful && balance(&read) <= balance(line) {
            return Cow::Borrowed(line);
        }
        read
    }

    /// Reads a whole text, which is given back if it is not changed.
    pub(in crate::archive) fn read_whole(&self, text: String) -> String {
        match self.read_all(&text) {
            Cow::Owned(read) => read,
            Cow::Borrowed(_) => text,
        }
    }

    /// Reads a whole text, line by line.
    pub(in crate::archive) fn read_all<'t>(
        &self,
        text: &'t str,
    ) -> Cow<'t, str> {
        if !self.changes() {
            return Cow::Borrowed(text);
        }
        let lines = text.split_inclusive('\n');
        Cow::Owned(lines.map(|line| self.read(line)).collect())
    }
}

fn balance(line: &str) -> i64 {
    let mut score = Score::default();
    score.add(line);
    score.balance()
}

/// Follows what the user, or the container, says.
pub(in crate::archive) fn told(asked: Encoding, base: Base) -> Verdict {
    let reading = match asked {
        Encoding::Tcvn3
        | Encoding::VniWindows
        | Encoding::Viscii
        | Encoding::Vps
        | Encoding::Windows1258 => Reading::Legacy(asked),
        Encoding::Utf8AsWindows1252 => Reading::Undo(1),
        _ => Reading::AsIs,
    };
    let encoding = match reading {
        Reading::AsIs => asked,
        _ => reading.encoding(base),
    };
    Verdict { encoding, reading, careful: false, notes: Vec::new() }
}

/// The lines of a text, as [`str::lines`] has them.
pub(in crate::archive) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) else {
            return Some(std::mem::take(&mut rest));
        };
        let line = &rest[..end];
        rest = &rest[end + 1..];
        Some(line.strip_suffix('\r').unwrap_or(line))
    })
}

/// Judges a text by its lines. `hint` is what the page itself claims.
pub(in crate::archive) fn judge<'t>(
    lines: impl Iterator<Item = &'t str>,
    base: Base,
    hint: Option<Encoding>,
) -> Verdict {
    let mut sample = Vec::new();
    let mut as_is = Score::default();
    let unicode = base != Base::Bytes;
    let mut right = false;
    for line in lines.filter(|line| !line.is_ascii()) {
        let head = &line.as_bytes()[..line.len().min(WIDTH)];
        if unicode && has_vietnamese_letters(head) {
            right = true;
            continue;
        }
        let line = clip(line);
        // A formula among good lines proves nothing.
        if right && doubtful_words(line) < 2 {
            continue;
        }
        let mut score = Score::default();
        score.add(line);
        // Unicode that reads well is out of the question; single bytes are
        // never out of it, since Windows-1252 is not Vietnamese at all.
        if base == Base::Bytes || 4 * score.bad > score.good {
            as_is.good += score.good;
            as_is.bad += score.bad;
            sample.push(line);
        }
        if sample.len() == LINES {
            break;
        }
    }
    if sample.is_empty() {
        return Verdict::as_is(base);
    }
    decide(&sample, as_is, base, hint)
}

/// Whether a line holds a letter that no single byte of a legacy font and no
/// UTF-8 read as Windows-1252 comes out as: ă, đ, ơ, ư, a letter with two
/// marks, or a combining mark. Such a line was read rightly.
fn has_vietnamese_letters(line: &[u8]) -> bool {
    line.windows(2).any(|pair| {
        matches!(
            pair,
            [0xe1, 0xba | 0xbb]
                | [0xc4, 0x82 | 0x83 | 0x90 | 0x91]
                | [0xc6, 0xa0 | 0xa1 | 0xaf | 0xb0]
                | [0xcc, 0x80..=0xa3]
        )
    })
}

/// Words of letters with something beyond ASCII among them.
fn doubtful_words(line: &str) -> usize {
    let doubtful = |word: &&str| {
        !word.is_ascii() && word.contains(|c: char| c.is_ascii_alphabetic())
    };
    line.split_whitespace().filter(doubtful).count()
}

fn clip(line: &str) -> &str {
    let end = line.char_indices().nth(WIDTH).map_or(line.len(), |(i, _)| i);
    &line[..end]
}

fn decide(
    sample: &[&str],
    as_is: Score,
    base: Base,
    hint: Option<Encoding>,
) -> Verdict {
    let (reading, score, second) = best(sample, as_is, base, hint);
    let clear = score.good >= 2 && score.good > 2 * score.bad;
    if reading == Reading::AsIs || !clear {
        return undecided(base);
    }
    let encoding = reading.encoding(base);
    let careful = matches!(base, Base::Unicode(_));
    let mut notes = Vec::new();
    if careful {
        notes.push(reading.told());
    }
    if second * 4 > score.balance() * 3 || score.good < 4 {
        notes.push(format!(
            "the encoding {encoding} is a guess from few words; if it reads \
             wrongly, name the right one with --encoding"
        ));
    }
    Verdict { encoding, reading, careful, notes }
}

/// The reading that scores best, its score, and the balance of the next.
fn best(
    sample: &[&str],
    as_is: Score,
    base: Base,
    hint: Option<Encoding>,
) -> (Reading, Score, i64) {
    let mut readings = LEGACY.to_vec();
    if matches!(base, Base::Unicode(_)) {
        readings.extend([Reading::Undo(1), Reading::Undo(2)]);
    }
    let mut best = (Reading::AsIs, as_is);
    let mut second = i64::MIN;
    for reading in readings {
        let mut score = Score::default();
        for line in sample {
            score.add(&reading.read(line));
        }
        // What the page claims decides between equals.
        let claimed = hint == Some(reading.encoding(base));
        let balance = score.balance() + i64::from(claimed);
        let rival = if balance > best.1.balance() {
            std::mem::replace(&mut best, (reading, score)).1.balance()
        } else {
            balance
        };
        // To undo twice what was done once changes nothing more: no rival.
        if reading != Reading::Undo(2) {
            second = second.max(rival);
        }
    }
    (best.0, best.1, second)
}

fn undecided(base: Base) -> Verdict {
    let mut verdict = Verdict::as_is(base);
    if base == Base::Bytes {
        verdict.notes.push(
            "no Vietnamese encoding fits; read as windows-1252; if it reads \
             wrongly, name the right one with --encoding"
                .to_owned(),
        );
    }
    verdict
}
