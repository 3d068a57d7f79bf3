//! The run of lines from the headline to the end of the article: what is
//! passed over on the way, and where it ends.

use super::name::Name;
use super::score::Scores;
use super::select::members;
use super::title;
use super::tree::Tree;
use crate::lexicon::boilerplate::Kind;

/// How many boxes of related articles are passed over inside one article.
const BOXES: usize = 8;

/// What a line is for the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// Part of it.
    Text,
    /// Something else that stands between its lines.
    Other,
    /// The head of a box inside it.
    Box,
    /// Its end.
    End,
}

/// What is known of the article before its lines are chosen.
pub(super) struct Body<'t> {
    pub(super) tree: &'t Tree,
    pub(super) scores: &'t Scores,
    /// By element: inside the narrowest frame of the text.
    pub(super) frame: Vec<bool>,
    /// By element: inside the frame that holds the headline too.
    pub(super) wide: Vec<bool>,
    /// The last paragraph.
    pub(super) last: usize,
    /// What its paragraphs score.
    pub(super) total: f32,
}

impl Body<'_> {
    /// The lines of the article from `start` on.
    pub(super) fn lines(&self, start: usize) -> Vec<usize> {
        let mut lines: Vec<usize> = Vec::new();
        let mut held = 0.0;
        let mut boxes = 0;
        let mut skip: Option<Vec<bool>> = None;
        let mut outside = 0;
        for i in start..self.tree.lines.len() {
            let element = self.tree.lines[i].element;
            let skipped = skip.as_ref().is_some_and(|s| s[element]);
            if self.scores.dropped[i] || skipped {
                continue;
            }
            match self.judge(i, held, &lines) {
                Found::Text => {}
                Found::Other => continue,
                Found::End => break,
                Found::Box => {
                    boxes += 1;
                    if boxes > BOXES {
                        break;
                    }
                    skip = Some(related_box(self.tree, &lines, i));
                    continue;
                }
            }
            if i > self.last && !self.frame[element] {
                outside += 1;
                if outside > OUTSIDE || !is_signature(&self.tree.lines[i].text)
                {
                    break;
                }
            }
            held += self.scores.line[i];
            lines.push(i);
        }
        lines
    }

    /// What a line is. `held` is what the lines before it score that were
    /// `taken`.
    fn judge(&self, i: usize, held: f32, taken: &[usize]) -> Found {
        let line = &self.tree.lines[i];
        let after = i > self.last;
        if !self.wide[line.element] {
            return if after { Found::End } else { Found::Other };
        }
        match self.scores.kind[i] {
            // A box in the middle of the article is passed over; a list at
            // its end ends it.
            Some(Kind::RelatedList | Kind::Comment) => {
                let middle = held < 0.75 * self.total && !after;
                if middle { Found::Box } else { Found::End }
            }
            Some(Kind::Copyright) if after => Found::End,
            Some(_) => Found::Other,
            None if !line.is_link() => Found::Text,
            None if after && line.chars >= 15 => Found::End,
            None if after || !self.is_content_link(i, taken) => Found::Other,
            None => Found::Text,
        }
    }

    /// Inside the article whole lines are links too: a symbol with its file,
    /// the items of a list that a sentence announces. A list of nothing but
    /// links that nothing announces is a menu.
    fn is_content_link(&self, i: usize, taken: &[usize]) -> bool {
        let Some(&before) = taken.last() else { return false };
        let lines = &self.tree.lines;
        let item = |i: usize| {
            self.tree
                .around(lines[i].element)
                .take(3)
                .any(|e| self.tree.elements[e].name == Name::Item)
        };
        if item(i) {
            let announced = lines[before].text.ends_with(':');
            return announced || (lines[before].is_link() && item(before));
        }
        let alone =
            |j: usize| lines.get(j).is_none_or(|l| !l.is_link() || item(j));
        alone(i + 1) && alone(i.wrapping_sub(1))
    }
}

/// How many lines after the frame of the text may still be its byline.
const OUTSIDE: usize = 2;

/// A short line of names: no figures, no capitals throughout.
fn is_signature(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    text.chars().count() <= 60
        && letters().count() >= 3
        && letters().any(char::is_lowercase)
        && (!text.contains(|c: char| c.is_ascii_digit())
            || title::is_dateline(text))
}

/// The widest element around a line that holds nothing of the article yet.
fn related_box(tree: &Tree, taken: &[usize], line: usize) -> Vec<bool> {
    let mut used = vec![false; tree.elements.len()];
    for &i in taken {
        for e in tree.around(tree.lines[i].element) {
            if std::mem::replace(&mut used[e], true) {
                break;
            }
        }
    }
    let found =
        tree.around(tree.lines[line].element).take_while(|&e| !used[e]).last();
    match found {
        Some(element) => members(tree, element),
        None => vec![false; tree.elements.len()],
    }
}
