//! The first step of normalization: one walk over the text as read that
//! writes NFC, look-alikes and blanks, and remembers where tone marks and
//! quotation marks stand for the steps behind it.
//!
//! Stretches that need nothing are copied whole. Characters that belong
//! together (a letter and its combining marks, whatever invisible characters
//! lie between) are taken together and become one replacement, so that no
//! span can fall between them.

use super::block::{BLOCK, Look};
use super::confusables::{
    Becomes, Class, becomes, class, composed, is_double_quote, is_single_quote,
    settled, stands_for,
};
use super::letters::compose;
use super::offset_map::OffsetMap;
use super::token::Token;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// A text with everything settled but tone placement and quotes.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) map: OffsetMap,
    /// Bytes of vowels whose tone mark may stand in the wrong place.
    pub(super) toned: Vec<usize>,
    /// Bytes of quotation marks and apostrophes.
    pub(super) quotes: Vec<usize>,
    token: Token,
    cluster: String,
    nfc: String,
}

/// Writes the draft of a text.
pub(super) fn draft(raw: &str) -> Draft {
    let mut draft = Draft {
        text: String::with_capacity(raw.len() + raw.len() / 32),
        // About as many as Vietnamese has.
        toned: Vec::with_capacity(raw.len() / 32),
        ..Draft::default()
    };
    let looks = Look::over(raw);
    let mut at = 0;
    while at < raw.len() {
        at = draft.plain(raw, &looks, at);
        let Some(c) = char_at(raw, at) else { break };
        at = match class(c) {
            Class::Blank => draft.blanks(raw, at),
            Class::Drop | Class::DropMark => draft.dropped(raw, at),
            _ => draft.cluster(raw, at, c),
        };
    }
    draft
}

/// The vowels whose tone mark may stand in the wrong place, of a text that
/// surely is its own draft and has no quotation marks.
pub(super) fn toned_if_plain(raw: &str) -> Option<Vec<usize>> {
    let looks = Look::over(raw);
    let (last, whole) = looks.split_last()?;
    let stops = whole.iter().fold(0, |all, look| all | look.stops);
    if stops | last.stops & lowest(raw.len() % BLOCK) != 0 {
        return None;
    }
    let mut toned = Vec::with_capacity(raw.len() / 32 + 1);
    for (i, look) in looks.iter().enumerate() {
        push_places(&mut toned, look.toned, BLOCK * i);
    }
    Some(toned)
}

/// Adds the places of the bits that are set.
fn push_places(places: &mut Vec<usize>, mut bits: u64, from: usize) {
    while bits != 0 {
        places.push(from.wrapping_add(bits.trailing_zeros() as usize));
        bits &= bits - 1;
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

impl Draft {
    /// Copies what needs nothing; returns where something needs a closer
    /// look.
    fn plain(&mut self, raw: &str, looks: &[Look], from: usize) -> usize {
        let shift = self.text.len().wrapping_sub(from);
        let mut at = from;
        while let Some(look) = looks.get(at / BLOCK) {
            let done = at % BLOCK;
            let stops = look.stops >> done;
            let free = (stops.trailing_zeros() as usize).min(BLOCK - done);
            let toned = look.toned >> done & lowest(free);
            push_places(&mut self.toned, toned, at.wrapping_add(shift));
            at += free;
            if stops == 0 {
                continue;
            }
            if at >= raw.len() {
                break;
            }
            match self.closer(raw, from, at, shift) {
                Ok(end) => at = end,
                Err(end) => {
                    at = end;
                    break;
                }
            }
        }
        at = at.min(raw.len());
        self.text.push_str(&raw[from..at]);
        self.map.push_same(from, &raw[from..at]);
        at
    }

    /// Where the character at `at` ends, if it needs nothing either; else
    /// where the plain stretch ends.
    fn closer(
        &mut self,
        raw: &str,
        from: usize,
        at: usize,
        shift: usize,
    ) -> Result<usize, usize> {
        let bytes = raw.as_bytes();
        let Some(c) = char_at(raw, at) else { return Err(at) };
        match class(c) {
            Class::Keep => {}
            Class::Toned => self.toned.push(at.wrapping_add(shift)),
            Class::Quote => self.quotes.push(at.wrapping_add(shift)),
            Class::Blank if is_lone_blank(bytes, at) => {}
            Class::Mark | Class::DropMark => {
                return Err(self.step_back(raw, from, at));
            }
            Class::Drop if marks_follow(raw, at) => {
                return Err(self.step_back(raw, from, at));
            }
            _ => return Err(at),
        }
        Ok(at + c.len_utf8())
    }

    /// The start of the character before `at`, to which a mark belongs.
    fn step_back(&mut self, raw: &str, from: usize, at: usize) -> usize {
        let Some(c) = raw[from..at].chars().next_back() else { return at };
        let at = at - c.len_utf8();
        let written = self.text.len() + (at - from);
        self.toned.pop_if(|p| *p == written);
        self.quotes.pop_if(|p| *p == written);
        at
    }

    /// Blanks and line breaks become one: no break a space, one break a line
    /// break, more an empty line. Combining marks behind belong to it.
    fn blanks(&mut self, raw: &str, from: usize) -> usize {
        let (mut end, mut breaks, mut after_cr) = (from, 0, false);
        for c in raw[from..].chars() {
            match class(c) {
                Class::Blank => {
                    let breaking = becomes(composed(c)) == Some(Becomes::Break);
                    let counted = after_cr && (c == '\n' || c == '\r');
                    breaks += usize::from(breaking && !counted);
                    after_cr = c == '\r';
                }
                Class::Drop | Class::DropMark => {}
                _ => break,
            }
            end += c.len_utf8();
        }
        let blank = ["\u{20}", "\n", "\n\n"][breaks.min(2)];
        self.text.push_str(blank);
        if raw[from..end] == *blank && !is_mark_at(raw, end) {
            self.map.push_same(from, blank);
            return end;
        }
        self.loose_marks(raw, from, end, blank.len())
    }

    /// Invisible characters with no letter before them, and combining marks
    /// that follow.
    fn dropped(&mut self, raw: &str, from: usize) -> usize {
        let end = skip_dropped(raw, from);
        self.loose_marks(raw, from, end, 0)
    }

    /// Ends a run from `from` to `end`, of which `written` bytes are written,
    /// with the combining marks behind it.
    fn loose_marks(
        &mut self,
        raw: &str,
        from: usize,
        end: usize,
        written: usize,
    ) -> usize {
        let before = self.text.len() - written;
        let marks_end = cluster_end(raw, end, end);
        self.text.extend(kept(&raw[end..marks_end]).nfc());
        let count = raw[from..marks_end].chars().count();
        self.map.push_replaced(from, count, self.text.len() - before);
        marks_end
    }

    /// A character with all that belongs to it.
    fn cluster(&mut self, raw: &str, from: usize, first: char) -> usize {
        if let Some(end) = self.vietnamese(raw, from, first) {
            return end;
        }
        let mut base = settled(first);
        let (mut last, mut behind) = (from, from + first.len_utf8());
        if let Some((double, at, end)) = doubled(raw, behind, base) {
            (base, last, behind) = (double, at, end);
        }
        let end = cluster_end(raw, last, behind);
        let alone = kept(&raw[behind..end]).next().is_none();
        if alone && matches!(base, '‘' | '’') && self.is_apostrophe(raw, end)
        {
            base = '\'';
        }
        self.cluster.clear();
        self.cluster.push(base);
        self.cluster.extend(kept(&raw[behind..end]));
        self.settle(raw, from);
        let before = self.text.len();
        let written = std::mem::take(&mut self.nfc);
        for c in written.chars() {
            self.write(c);
        }
        self.nfc = written;
        if from + first.len_utf8() == end && self.nfc.chars().count() == 1 {
            self.map.push_equal(from, self.text.len() - before);
        } else {
            let count = raw[from..end].chars().count();
            self.map.push_replaced(from, count, self.text.len() - before);
        }
        end
    }

    /// The short way for a Vietnamese letter and its combining marks.
    fn vietnamese(
        &mut self,
        raw: &str,
        from: usize,
        first: char,
    ) -> Option<usize> {
        let (mut letter, mut count) = (first, 1);
        let mut end = from + first.len_utf8();
        for mark in raw[end..].chars() {
            let class = class(mark);
            if class == Class::Mark {
                letter = compose(letter, mark)?;
                end += mark.len_utf8();
                count += 1;
            } else if matches!(class, Class::Drop | Class::DropMark) {
                return None;
            } else {
                break;
            }
        }
        if count == 1 {
            return None;
        }
        self.write(letter);
        self.map.push_replaced(from, count, letter.len_utf8());
        Some(end)
    }

    /// NFC and look-alikes of the cluster, until nothing changes.
    fn settle(&mut self, raw: &str, from: usize) {
        loop {
            self.nfc.clear();
            self.nfc.extend(self.cluster.chars().nfc());
            let in_word = self
                .nfc
                .chars()
                .any(|c| matches!(becomes(c), Some(Becomes::InWord(_))))
                && self.token.is_latin(raw, from);
            self.cluster.clear();
            self.cluster
                .extend(self.nfc.chars().map(|c| stands_for(c, in_word)));
            if self.cluster == self.nfc {
                return;
            }
        }
    }

    fn write(&mut self, c: char) {
        let at = self.text.len();
        match class(c) {
            Class::Toned => self.toned.push(at),
            _ if is_double_quote(c) || is_single_quote(c) => {
                self.quotes.push(at);
            }
            _ => {}
        }
        self.text.push(c);
    }

    /// Whether a curly mark before `end` is an apostrophe: one or two letters
    /// before it and a letter behind, as in the names R’lấp and Ea H’leo.
    fn is_apostrophe(&self, raw: &str, end: usize) -> bool {
        let letters = self
            .text
            .chars()
            .rev()
            .take(3)
            .take_while(|c| c.is_alphabetic())
            .count();
        let behind = char_at(raw, skip_dropped(raw, end));
        let is_letter =
            |c| class(c) != Class::Blank && settled(c).is_alphabetic();
        (1..=2).contains(&letters) && behind.is_some_and(is_letter)
    }
}

/// The lowest `n` bits.
fn lowest(n: usize) -> u64 {
    1_u64.checked_shl(n as u32).unwrap_or_default().wrapping_sub(1)
}

/// Whether the blank at `at` is a lone space or line feed before something
/// that is neither blank nor dropped nor a mark; in doubt, not.
fn is_lone_blank(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b' ' | b'\n')
        && match &bytes[at + 1..] {
            [b, ..] if *b < 0x80 => (0x21..0x7F).contains(b),
            // Latin letters of U+00C0..U+01BF.
            [0xC3..=0xC6, ..] => true,
            // Vietnamese letters.
            [0xE1, 0xBA..=0xBB, ..] => true,
            // Dashes, quotation marks, bullets, dots.
            [0xE2, 0x80, 0x90..=0xA6, ..] => true,
            _ => false,
        }
}

fn is_mark_at(raw: &str, at: usize) -> bool {
    char_at(raw, at).is_some_and(|c| class(c) == Class::Mark)
}

fn skip_dropped(raw: &str, from: usize) -> usize {
    raw[from..]
        .char_indices()
        .find(|&(_, c)| !matches!(class(c), Class::Drop | Class::DropMark))
        .map_or(raw.len(), |(i, _)| from + i)
}

/// Whether combining marks stand behind the dropped characters at `at`.
fn marks_follow(raw: &str, at: usize) -> bool {
    is_mark_at(raw, skip_dropped(raw, at))
}

fn kept(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| !matches!(class(c), Class::Drop | Class::DropMark))
}

/// The end of what belongs to the character at `from`, of which `behind` is
/// already known to belong: the rest of the grapheme cluster, and marks
/// behind dropped characters.
fn cluster_end(raw: &str, from: usize, behind: usize) -> usize {
    let mut end = behind;
    if from < behind {
        let grapheme = raw[from..].graphemes(true).next().unwrap_or_default();
        let blank = grapheme
            .char_indices()
            .skip(1)
            .find(|&(_, c)| class(c) == Class::Blank)
            .map_or(grapheme.len(), |(i, _)| i);
        end = end.max(from + blank);
    }
    loop {
        let next = match char_at(raw, end) {
            Some(c) if class(c) == Class::DropMark => end,
            _ => skip_dropped(raw, end),
        };
        match char_at(raw, next) {
            Some(c) if matches!(class(c), Class::Mark | Class::DropMark) => {
                end = next + c.len_utf8();
            }
            _ => return end,
        }
    }
}

/// Two single quotation marks of one kind in a row are one double mark;
/// `behind` is where the second may stand. Returns the double mark and where
/// the second begins and ends.
fn doubled(
    raw: &str,
    behind: usize,
    first: char,
) -> Option<(char, usize, usize)> {
    let double = match first {
        '\'' => '"',
        '‘' => '“',
        '’' => '”',
        _ => return None,
    };
    let at = skip_dropped(raw, behind);
    let second = char_at(raw, at)?;
    (settled(second) == first).then_some((double, at, at + second.len_utf8()))
}
