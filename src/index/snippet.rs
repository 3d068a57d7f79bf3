//! The passages of a hit that show why it was found.

use super::analyzer::words;
use super::answer::Snippet;
use super::compile::Mode;
use super::units::{Syllable, Unit, Wanted};
use crate::text;
use crate::wire::Entry;
use std::ops::Range;

/// Words of a passage.
const WORDS: usize = 36;

/// Words before the first that was looked for.
const BEFORE: usize = 6;

/// Bytes of one field that are looked through.
const DEPTH: usize = 64 << 10;

/// A word of the text that was looked for.
struct Mark {
    /// Index of its first word, and behind its last.
    words: Range<usize>,
    unit: usize,
}

/// The best passages of an entry, in the order of its fields.
pub(super) fn of(
    entry: &Entry,
    wanted: &Wanted,
    mode: Mode,
    most: usize,
) -> Vec<Snippet> {
    let units: Vec<&Unit> = wanted.units().collect();
    if most == 0 || units.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, usize, Snippet)> = Vec::new();
    for (order, (field, text)) in fields(entry).into_iter().enumerate() {
        if let Some((worth, snippet)) = passage(field, text, &units, mode) {
            found.push((worth, order, snippet));
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(most);
    found.sort_by_key(|(_, order, _)| *order);
    found.into_iter().map(|(_, _, snippet)| snippet).collect()
}

/// The texts of an entry with the names of their fields.
fn fields(entry: &Entry) -> Vec<(&'static str, &str)> {
    let mut out: Vec<(&'static str, &str)> = Vec::new();
    let single = [
        ("title", &entry.title),
        ("issuer", &entry.issuer),
        ("campaign", &entry.campaign),
    ];
    for (name, value) in single {
        out.extend(value.iter().map(|value| (name, value.as_str())));
    }
    let many = [
        ("slogans", &entry.slogans),
        ("contents", &entry.contents),
        ("references", &entry.references),
    ];
    for (name, values) in many {
        out.extend(values.iter().map(|value| (name, value.as_str())));
    }
    out.extend(entry.text.iter().map(|text| ("text", text.as_str())));
    out
}

/// The best passage of a text and its worth.
fn passage(
    field: &str,
    text: &str,
    units: &[&Unit],
    mode: Mode,
) -> Option<(usize, Snippet)> {
    let mut end = text.len().min(DEPTH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let places: Vec<Range<usize>> = words(text).collect();
    let marks = marks(text, &places, units, mode.strict);
    let mut best: Option<(usize, usize)> = None;
    for (i, first) in marks.iter().enumerate() {
        let inside = marks[i..].iter().take_while(|mark| {
            mark.words.end <= first.words.start + WORDS - BEFORE
        });
        let mut seen = vec![false; units.len()];
        let mut worth = 0;
        for mark in inside {
            worth += if seen[mark.unit] { 1 } else { 20 };
            seen[mark.unit] = true;
        }
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, i));
        }
    }
    let (worth, first) = best?;
    let start = marks[first].words.start.saturating_sub(BEFORE);
    // A short text is shown whole.
    let start = if places.len() <= WORDS { 0 } else { start };
    let end = (start + WORDS).min(places.len());
    let shown: Vec<&Mark> = marks
        .iter()
        .filter(|m| m.words.start >= start && m.words.end <= end)
        .collect();
    Some((worth, cut(field, text, &places, start..end, &shown)))
}

/// Where the units stand, in order, apart from each other.
fn marks(
    text: &str,
    places: &[Range<usize>],
    units: &[&Unit],
    strict: bool,
) -> Vec<Mark> {
    let folded: Vec<String> =
        places.iter().map(|at| text::fold(&text[at.clone()])).collect();
    let is = |at: usize, syllable: &Syllable| {
        let Some(word) = folded.get(at) else { return false };
        *word == syllable.folded
            && match &syllable.exact {
                Some(exact) if strict => {
                    text::key(&text[places[at].clone()]) == *exact
                }
                _ => true,
            }
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < places.len() {
        let longest = units
            .iter()
            .enumerate()
            .flat_map(|(i, unit)| unit.wordings.iter().map(move |w| (i, w)))
            .filter(|(_, wording)| {
                wording.iter().enumerate().all(|(j, word)| is(at + j, word))
            })
            .max_by_key(|(_, wording)| wording.len());
        let Some((unit, wording)) = longest else {
            at += 1;
            continue;
        };
        out.push(Mark { words: at..at + wording.len(), unit });
        at += wording.len().max(1);
    }
    out
}

/// The words of a passage on one line, with the marks counted in it.
fn cut(
    field: &str,
    text: &str,
    places: &[Range<usize>],
    shown: Range<usize>,
    marks: &[&Mark],
) -> Snippet {
    let from = if shown.start == 0 { 0 } else { places[shown.start].start };
    let to = match shown.end == places.len() {
        true => text.len(),
        false => places[shown.end - 1].end,
    };
    let mut out = String::new();
    let mut length = 0;
    let mut push = |out: &mut String, c: char| {
        let blank = c.is_whitespace();
        if blank && (out.is_empty() || out.ends_with(' ')) {
            return length;
        }
        out.push(if blank { ' ' } else { c });
        length += 1;
        length
    };
    if from > 0 {
        push(&mut out, '…');
    }
    let mut spans: Vec<[usize; 2]> = Vec::new();
    let mut marks = marks.iter().map(|mark| {
        places[mark.words.start].start..places[mark.words.end - 1].end
    });
    let mut mark = marks.next();
    for (at, c) in text[from..to].char_indices() {
        let at = from + at;
        let end = push(&mut out, c);
        let Some(open) = &mark else { continue };
        if at == open.start {
            // Words that are parted by a blank alone are marked in one.
            match spans.last_mut() {
                Some(last) if last[1] + 2 == end && out_blank(&out) => {}
                _ => spans.push([end - 1, end]),
            }
        }
        if open.contains(&at)
            && let Some(last) = spans.last_mut()
        {
            last[1] = end;
        }
        if at + c.len_utf8() >= open.end {
            mark = marks.next();
        }
    }
    if to < text.len() {
        push(&mut out, '…');
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    Snippet { field: field.to_owned(), text: out, marks: spans }
}

/// Whether the last character but one is a blank.
fn out_blank(out: &str) -> bool {
    out.chars().rev().nth(1) == Some(' ')
}
