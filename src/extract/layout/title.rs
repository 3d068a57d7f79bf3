//! Whether a line near the top is the headline.
//!
//! # What it finds
//! A line of up to 42 words that does not end as a sentence does, or that is
//! short, or that the lead takes up; the rest of one that was broken.
//!
//! # What it must refuse
//! Leads, also those that open with the mark of a newsroom or a day;
//! addresses, items of lists, what stands in brackets.
//!
//! # Known limits
//! A headline has 230 letters at most.

use super::Top;
use crate::extract::contents::marker;
use crate::extract::head;
use crate::extract::window::count_words;
use crate::lexicon::word_lists;
use crate::text::{Line, Text};

/// Whether a line near the top is the headline.
pub(super) fn is_title(text: &Text, lines: &[Line], i: usize) -> bool {
    let Some(line) = lines.get(i) else { return false };
    if lines.len() < i + 2 {
        return false;
    }
    let words = line.span.of(text.norm());
    // A headline has 230 letters at most.
    if words.len() > 4 * 230 {
        return false;
    }
    let count = count_words(words);
    let next = &lines[i + 1];
    let below = next.span.of(text.norm());
    // `Ngày 5/8, UBND phường …` begins its lead right below.
    let dated = i == 0 && next.span.of(text.lower()).starts_with("ngày ");
    let short = words.ends_with('.')
        && (next.blank_before && count <= 16
            || (next.blank_before || dated) && is_taken_up(words, below));
    let abbreviated = words.ends_with("...") || words.ends_with("TP.");
    let ends = words.ends_with(['.', ';', ':', ',', '-']);
    // Agencies set the full stop of a sentence before the closing quote.
    let lead = words.ends_with(".”") && count > 16;
    let address =
        word_lists::begins("layout.no_titles", line.span.of(text.lower()));
    // The full name of a paper may keep the mark of the list it was in.
    let paper = || {
        (words.ends_with(';') && next.blank_before
            || words.ends_with('.') && begins_paper(text, *next))
            && head::opens_with_kind(text, *line)
    };
    let one_sentence =
        || crate::text::sentences(text.norm(), line.span).count() <= 1;
    let dash = words.starts_with("- ") || words.starts_with("• ");
    // `Ngày 5/8, UBND tỉnh …` is a lead, `Ngày hội đọc sách …` none.
    let day = text.lower()[line.span.range()].strip_prefix("ngày ");
    let date_first = count > 18
        && day.is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    (!ends || short || abbreviated || paper())
        && !lead
        && !address
        && !dash
        && !date_first
        && (1..=42).contains(&count)
        && words.chars().count() <= 230
        && (next.blank_before || words.len() < 160 || one_sentence())
        && words.contains(char::is_alphabetic)
        && !(words.starts_with('(') && words.ends_with(')'))
        && !is_marked_lead(words)
}

/// Bytes of the rest of a broken headline, at most.
const LONGEST_REST: usize = 160;

impl Top<'_> {
    /// Whether the headline in line `i` was broken: the next line goes on with
    /// a small letter and closes no sentence, and a gap stands below both.
    pub(super) fn goes_on(&self, i: usize) -> bool {
        let (text, lines) = (self.text, self.lines);
        let (Some(next), Some(below)) = (lines.get(i + 1), lines.get(i + 2))
        else {
            return false;
        };
        let words = next.span.of(text.norm()).trim_end();
        words.starts_with(char::is_lowercase)
            && !next.blank_before
            && below.blank_before
            && self.header.is_none()
            && self.stamp(*next).is_none()
            && words.len() < LONGEST_REST
            && words.split(' ').take(3).count() == 3
            && !words.ends_with(['.', ':', ';', ','])
    }
}

/// Syllables of a headline that its lead repeats; the name of a ministry may
/// have nine.
const REPEATED: usize = 10;

/// Whether a lead that begins otherwise has a long run of a line's words: the
/// line above it is its headline, though it ends with a full stop.
fn is_taken_up(words: &str, lead: &str) -> bool {
    let words = Vec::from_iter(words.split(' '));
    let opening = words[..3.min(words.len())].join(" ");
    !lead.starts_with(&opening)
        && words
            .windows(REPEATED)
            .take(REPEATED)
            .any(|run| lead.contains(&run.join(" ")))
}

/// `(VOV) - Sáng 23/11, …`: the mark of a newsroom opens the lead.
fn is_marked_lead(words: &str) -> bool {
    let Some(rest) = words.strip_prefix('(') else { return false };
    let marked = rest.split_once(')').filter(|(mark, _)| {
        mark.len() <= 20
            && mark.chars().filter(|c| c.is_uppercase()).count() > 1
    });
    marked.is_some_and(|(_, rest)| {
        rest.trim_start().trim_start_matches('.').starts_with(['-', '–'])
    })
}

/// Whether a line is the first of a paper's body: its grounds, the heading of
/// its first section or its first article.
fn begins_paper(text: &Text, line: Line) -> bool {
    head::is_capitals(line.span.of(text.norm()))
        || word_lists::begins("head.grounds", line.span.of(text.lower()))
        || marker::of_line(text, line)
            .is_some_and(|m| m.order == 1 && m.class <= marker::Class::Article)
}
