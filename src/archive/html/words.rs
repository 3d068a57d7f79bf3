//! Builds lines of text: blanks fall together, items get their labels, links
//! and bold letters are counted.

use super::builder::{Builder, REACH, is_line};
use super::list;
use super::tree::{Element, Line, Tree};
use std::ops::Range;

/// How many lines a link has at most.
const LINK: usize = 6;

impl Builder {
    /// Takes the text between two tags.
    pub(super) fn text(&mut self, text: &str, span: Range<usize>) {
        if let Some(capture) = &mut self.capture {
            capture.push_str(text);
            return;
        }
        let parent = self.open.last().copied().unwrap_or(0);
        if self.tree.elements[parent].silent {
            return;
        }
        // Without entities the bytes of the token are the text itself.
        let exact = span.len() == text.len();
        let mut at = 0;
        for part in text.split_inclusive('\n') {
            let bytes = if exact {
                span.start + at..span.start + at + part.len()
            } else {
                span.clone()
            };
            self.words(part, bytes, exact);
            if self.verbatim > 0 && part.ends_with('\n') {
                self.flush();
            }
            at += part.len();
        }
    }

    fn words(&mut self, text: &str, bytes: Range<usize>, exact: bool) {
        let trimmed = text.trim_matches(is_blank);
        if trimmed.is_empty() {
            self.blank(text);
            return;
        }
        let lead = text.len() - text.trim_start_matches(is_blank).len();
        let tail = text.len() - text.trim_end_matches(is_blank).len();
        let (start, end) = match exact {
            true => (bytes.start + lead, bytes.end - tail),
            false => (bytes.start, bytes.end),
        };
        if self.line.text.trim_matches(is_blank).is_empty() {
            self.begin(start, trimmed);
        }
        self.line.bytes.end = end;
        self.blank(&text[..lead]);
        if self.seam && is_glued(&self.line.text, trimmed) {
            self.line.text.push(' ');
        }
        self.seam = false;
        let count = trimmed.chars().count();
        self.line.chars += count;
        self.line.link_chars += if self.in_link() { count } else { 0 };
        self.line.bold_chars += if self.bold > 0 { count } else { 0 };
        for c in trimmed.chars() {
            self.push(c);
        }
        self.blank(&text[text.len() - tail..]);
    }

    /// Inside a link, and not one that somebody forgot to close.
    fn in_link(&self) -> bool {
        self.links > 0 && self.link_since != usize::MAX
    }

    /// Takes back what a link has marked once it has run over more lines than
    /// links do.
    fn check_link(&mut self) {
        let lines = &mut self.tree.lines;
        if self.links == 0 || lines.len().saturating_sub(self.link_since) < LINK
        {
            return;
        }
        for line in &mut lines[self.link_since..] {
            line.link_chars = 0;
        }
        self.link_since = usize::MAX;
    }

    /// Starts a line at its first words.
    fn begin(&mut self, start: usize, words: &str) {
        let elements = &self.tree.elements;
        let mut line = Line { bytes: start..start, ..Line::default() };
        for &e in self.open.iter().rev().take(REACH) {
            let Element { name, hints, .. } = elements[e];
            line.title |= hints.title;
            line.bold |= hints.bold;
            line.large |= hints.large;
            if is_line(name, hints) {
                line.element = e;
                break;
            }
        }
        self.line = line;
        if let Some((label, tag)) = self.label.take()
            && !list::has_marker(words)
            && !label.is_empty()
        {
            self.line.label = label;
            self.line.bytes.start = tag;
        }
    }

    /// Blanks of HTML fall together; those of the text (no-break and
    /// zero-width ones) stay.
    fn blank(&mut self, text: &str) {
        for c in text.chars() {
            self.push(c);
        }
    }

    fn push(&mut self, c: char) {
        if !c.is_ascii_whitespace() {
            self.line.text.push(c);
        } else if !self.line.text.is_empty() && !self.line.text.ends_with(' ') {
            self.line.text.push(' ');
        }
    }

    /// Ends the line.
    pub(super) fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        let trimmed = line.text.trim_matches(is_blank);
        if trimmed.is_empty() {
            return;
        }
        line.text = trimmed.to_owned();
        self.tree.lines.push(line);
        self.check_link();
    }

    /// Ends the last line.
    pub(super) fn finish(mut self) -> Tree {
        self.flush();
        if let Some(text) = self.capture.take() {
            self.tree.meta.add_title(&text);
        }
        self.tree
    }
}

/// Words that a style sheet keeps apart and the markup does not: a place name
/// and the sentence after it.
fn is_glued(before: &str, after: &str) -> bool {
    before.ends_with(char::is_lowercase)
        && after.starts_with(char::is_uppercase)
}

/// Nothing to see at the edge of a line.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
}
