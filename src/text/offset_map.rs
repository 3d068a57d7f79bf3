//! The way between the text as read and the normalized text.
//!
//! A sorted table of runs, searched by bisection: inside a run every code
//! point of one text is a code point of the other, or the run is one
//! replacement (a composed letter, a collapsed blank) that is taken whole.

use super::span::{Norm, Raw, Span};

/// One run: code points `[raw, raw + raw_len)` became bytes
/// `[norm, norm + norm_len)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// First byte in the text as read.
    pub raw_byte: usize,
    /// First code point in the text as read.
    pub raw: usize,
    /// Code points in the text as read.
    pub raw_len: usize,
    /// First byte in the normalized text.
    pub norm: usize,
    /// Bytes in the normalized text.
    pub norm_len: usize,
    /// Whether code points correspond one to one; otherwise the run is one
    /// replacement.
    pub equal: bool,
}

/// Runs are cut at this many bytes, so that a look-up counts few characters.
const LONGEST_RUN: usize = 256;

/// A sorted run table between the two texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    runs: Vec<Run>,
}

impl OffsetMap {
    /// The runs, sorted in both frames and without gaps.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Adds one code point that stays one code point of `norm_len` bytes.
    pub(super) fn push_equal(&mut self, raw_byte: usize, norm_len: usize) {
        if let Some(run) = self.runs.last_mut()
            && run.equal
            && run.norm_len + norm_len <= LONGEST_RUN
        {
            run.raw_len += 1;
            run.norm_len += norm_len;
            return;
        }
        self.push(raw_byte, 1, norm_len, true);
    }

    /// Adds a stretch that stays as it is.
    pub(super) fn push_same(&mut self, mut raw_byte: usize, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let room = match self.runs.last() {
                Some(run) if run.equal => {
                    LONGEST_RUN.saturating_sub(run.norm_len)
                }
                _ => 0,
            };
            let goes_on = room >= 4;
            let mut cut = if goes_on { room } else { LONGEST_RUN };
            cut = cut.min(rest.len());
            while !rest.is_char_boundary(cut) {
                cut -= 1;
            }
            let (part, behind) = rest.split_at(cut);
            let count = characters(part);
            match self.runs.last_mut() {
                Some(run) if goes_on => {
                    run.raw_len += count;
                    run.norm_len += cut;
                }
                _ => self.push(raw_byte, count, cut, true),
            }
            rest = behind;
            raw_byte += cut;
        }
    }

    /// Adds a replacement of `raw_len` code points by `norm_len` bytes.
    pub(super) fn push_replaced(
        &mut self,
        raw_byte: usize,
        raw_len: usize,
        norm_len: usize,
    ) {
        self.push(raw_byte, raw_len, norm_len, false);
    }

    fn push(
        &mut self,
        raw_byte: usize,
        raw_len: usize,
        norm_len: usize,
        equal: bool,
    ) {
        let (raw, norm) = self
            .runs
            .last()
            .map_or((0, 0), |r| (r.raw + r.raw_len, r.norm + r.norm_len));
        self.runs.push(Run { raw_byte, raw, raw_len, norm, norm_len, equal });
    }

    /// Follows code points that were exchanged for others: `edits` gives for
    /// each its byte in the old text and by how much it grew, sorted.
    pub(super) fn follow(&mut self, edits: &[(usize, isize)]) {
        let mut edits = edits.iter().peekable();
        let mut grown = 0isize;
        for run in &mut self.runs {
            let end = run.norm + run.norm_len;
            let before = grown;
            while let Some(&&(at, by)) = edits.peek()
                && at < end
            {
                grown += by;
                edits.next();
            }
            run.norm = run.norm.saturating_add_signed(before);
            run.norm_len = run.norm_len.saturating_add_signed(grown - before);
        }
    }

    /// The byte of the text as read at which a code point begins.
    pub(super) fn raw_byte(&self, raw: &str, at: usize) -> usize {
        let i = self.runs.partition_point(|r| r.raw + r.raw_len <= at);
        let Some(run) = self.runs.get(i) else { return raw.len() };
        let bytes = &raw.as_bytes()[run.raw_byte..];
        run.raw_byte + bytes_of(bytes, at - run.raw)
    }

    /// Where bytes of the normalized text lie in the text as read. A position
    /// inside a replacement takes the whole of it.
    pub fn to_raw(&self, norm: &str, span: Span<Norm>) -> Span<Raw> {
        if span.is_empty() {
            let at = self.raw_start(norm, span.start);
            return Span::new(at, at);
        }
        Span::new(
            self.raw_start(norm, span.start),
            self.raw_end(norm, span.end),
        )
    }

    fn raw_start(&self, norm: &str, at: usize) -> usize {
        let i = self.runs.partition_point(|r| r.norm + r.norm_len <= at);
        let Some(run) = self.runs.get(i) else {
            return self.runs.last().map_or(0, |r| r.raw + r.raw_len);
        };
        if run.equal {
            run.raw + characters(&norm[run.norm..at])
        } else {
            run.raw
        }
    }

    fn raw_end(&self, norm: &str, at: usize) -> usize {
        let i = self.runs.partition_point(|r| r.norm + r.norm_len < at);
        let Some(run) = self.runs.get(i) else {
            return self.runs.last().map_or(0, |r| r.raw + r.raw_len);
        };
        if run.equal {
            run.raw + characters(&norm[run.norm..at])
        } else {
            run.raw + run.raw_len
        }
    }

    /// Where code points of the text as read lie in the normalized text.
    pub fn to_norm(&self, norm: &str, span: Span<Raw>) -> Span<Norm> {
        Span::new(
            self.norm_at(norm, span.start, false),
            self.norm_at(norm, span.end, true),
        )
    }

    fn norm_at(&self, norm: &str, at: usize, end: bool) -> usize {
        let i = if end {
            self.runs.partition_point(|r| r.raw + r.raw_len < at)
        } else {
            self.runs.partition_point(|r| r.raw + r.raw_len <= at)
        };
        let Some(run) = self.runs.get(i) else { return norm.len() };
        let inside = at.saturating_sub(run.raw);
        if run.equal {
            norm[run.norm..run.norm + run.norm_len]
                .char_indices()
                .nth(inside)
                .map_or(run.norm + run.norm_len, |(b, _)| run.norm + b)
        } else if end && inside > 0 {
            run.norm + run.norm_len
        } else {
            run.norm
        }
    }
}

/// Whether a code point begins with a byte.
fn starts(b: &u8) -> bool {
    (*b as i8) >= -0x40
}

/// The code points of a text; quicker than [`str::chars`] for a few hundred.
fn characters(text: &str) -> usize {
    // No more than fits a byte, so that many are added at once.
    let pieces = text.as_bytes().chunks(128);
    let count = |piece: &[u8]| -> u8 {
        piece.iter().map(|b| u8::from(starts(b))).sum()
    };
    pieces.map(|piece| usize::from(count(piece))).sum()
}

/// The bytes of so many code points at the beginning of a text.
fn bytes_of(text: &[u8], mut count: usize) -> usize {
    let (stretches, _) = text.as_chunks::<32>();
    let mut at = 0;
    for stretch in stretches {
        // No more than 32, so that it fits a byte and many are added at once.
        let here: u8 = stretch.iter().map(|b| u8::from(starts(b))).sum();
        if usize::from(here) > count {
            break;
        }
        count -= usize::from(here);
        at += 32;
    }
    let rest = text[at..].iter().enumerate().filter(|(_, b)| starts(b));
    rest.map(|(i, _)| i).nth(count).map_or(text.len(), |i| at + i)
}
