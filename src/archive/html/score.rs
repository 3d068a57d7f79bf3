//! How much every line looks like an article's text, and where on the page
//! most of that text stands.

use super::name::Name;
use super::tree::{Line, Tree};
use crate::lexicon::boilerplate::{self, Kind};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Share of the page's text that an element must hold to be read although its
/// name says furniture: some pages name the article's own frame so.
const TOO_MUCH: f32 = 0.4;
/// The same for what is hidden until a script shows it.
const HIDDEN_TOO_MUCH: f32 = 0.7;
/// How many levels a mark of the article may stand inside another.
const NESTED: usize = 32;
/// What an article of a few sentences scores.
pub(super) const ARTICLE: f32 = 300.0;
/// Share of an element's text that a child must hold to be the better frame.
const NARROWER: f32 = 0.75;
/// A line that scores this much is a paragraph.
pub(super) const PARAGRAPH: f32 = 40.0;

/// The page judged.
#[derive(Debug)]
pub(super) struct Scores {
    /// By line.
    pub(super) line: Vec<f32>,
    pub(super) kind: Vec<Option<Kind>>,
    /// Lines inside furniture or hidden elements.
    pub(super) dropped: Vec<bool>,
    /// By element: how many lines stand in it.
    pub(super) lines_in: Vec<usize>,
    /// By element: what its lines score together.
    element: Vec<f32>,
}

impl Line {
    /// Share of the letters that are links, 0 to 1.
    pub(super) fn link_share(&self) -> f32 {
        if self.chars == 0 {
            return 0.0;
        }
        self.link_chars as f32 / self.chars as f32
    }

    /// Leads elsewhere rather than saying something.
    pub(super) fn is_link(&self) -> bool {
        self.link_share() > 0.7
    }
}

/// The line in lower case and composed letters, for the tables.
pub(super) fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    if is_nfc(&lower) { lower } else { lower.nfc().collect() }
}

impl Scores {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut kind: Vec<Option<Kind>> = tree
            .lines
            .iter()
            .map(|line| boilerplate::kind(&folded(&line.text)))
            .collect();
        let mut line: Vec<f32> = tree
            .lines
            .iter()
            .zip(&kind)
            .map(|(line, kind)| if kind.is_some() { 0.0 } else { own(line) })
            .collect();
        lower_teasers(tree, &mut line);
        let mut element = sum(tree, &line, None);
        let lines_in = count_lines(tree);
        let captions = captions(tree, &lines_in, &element);
        for (i, l) in tree.lines.iter().enumerate() {
            if captions[l.element] {
                line[i] = 0.0;
                kind[i] = kind[i].or(Some(Kind::Caption));
            }
        }
        let gone = furniture(tree, &lines_in, &element);
        let dropped: Vec<bool> =
            tree.lines.iter().map(|l| gone[l.element]).collect();
        element = sum(tree, &line, Some(&dropped));
        Self { line, kind, dropped, lines_in, element }
    }

    /// Only the lines that `keep` accepts count.
    pub(super) fn retain(&mut self, tree: &Tree, keep: &[bool]) {
        for (score, keep) in self.line.iter_mut().zip(keep) {
            *score = if *keep { *score } else { 0.0 };
        }
        self.element = sum(tree, &self.line, Some(&self.dropped));
    }

    /// What the whole page scores.
    pub(super) fn total(&self) -> f32 {
        self.element[0]
    }

    /// What the lines of an element score.
    pub(super) fn of_element(&self, element: usize) -> f32 {
        self.element[element]
    }

    /// Whether a line is a paragraph of text.
    pub(super) fn is_paragraph(&self, line: usize) -> bool {
        !self.dropped[line] && self.line[line] >= PARAGRAPH
    }

    /// The element that the page itself marks as its article, if it marks one
    /// that is worth it.
    fn stated(&self, tree: &Tree) -> Option<usize> {
        let mut best: Option<usize> = None;
        let mut second = 0.0;
        for (i, element) in tree.elements.iter().enumerate() {
            let marked = element.hints.article
                || matches!(element.name, Name::Article | Name::Main);
            let inner = best
                .is_some_and(|b| tree.around(i).take(NESTED).any(|e| e == b));
            if !marked {
                continue;
            }
            let score = self.element[i];
            match best {
                Some(b) if inner && score >= NARROWER * self.element[b] => {
                    best = Some(i);
                }
                Some(_) if inner => {}
                Some(b) if score > self.element[b] => {
                    second = self.element[b];
                    best = Some(i);
                }
                Some(_) => second = score.max(second),
                None => best = Some(i),
            }
        }
        let best = best?;
        let score = self.element[best];
        (score >= 0.3 * self.total()
            && score >= PARAGRAPH
            && score >= 2.0 * second)
            .then_some(best)
    }

    /// The narrowest element that still holds nearly all of the text.
    pub(super) fn frame(&self, tree: &Tree) -> usize {
        let mut best = vec![0; tree.elements.len()];
        for (i, element) in tree.elements.iter().enumerate().skip(1) {
            let rival = best[element.parent];
            if rival == 0 || self.element[i] > self.element[rival] {
                best[element.parent] = i;
            }
        }
        let mut frame = self.stated(tree).unwrap_or(0);
        while best[frame] != 0
            && self.element[best[frame]] >= NARROWER * self.element[frame]
        {
            frame = best[frame];
        }
        // A paragraph is no frame: its neighbours belong to the text too.
        while frame != 0 && !tree.elements[frame].name.is_grouping() {
            frame = tree.elements[frame].parent;
        }
        frame
    }
}

/// A paragraph is long, ends like a sentence and leads nowhere.
fn own(line: &Line) -> f32 {
    let plain = line.chars.saturating_sub(line.link_chars) as f32;
    if is_contact(&line.text) {
        return 0.0;
    }
    if line.link_share() > 0.5 || line.chars < 25 {
        return 0.0;
    }
    let ends =
        line.text.trim_end_matches(['"', '”', '’', ')', '»', ' ', '\u{a0}']);
    let sentence = ends.ends_with(['.', ':', ';', '!', '?', '…', ',']);
    let words = line.text.split_whitespace().count();
    match (sentence, words) {
        (_, 0..=4) => 0.0,
        (true, _) => plain,
        (false, 20..) => plain,
        // Headings, titles, captions.
        (false, _) => plain * 0.25,
    }
}

/// “Địa chỉ: …”, “Điện thoại: …”: the foot of every page.
fn is_contact(text: &str) -> bool {
    const HEADS: [&str; 8] = [
        "địa chỉ",
        "trụ sở",
        "điện thoại",
        "số điện thoại",
        "đt",
        "email",
        "fax",
        "tel",
    ];
    let head = text.split([':', '：']).next().unwrap_or_default();
    head.len() < text.len() && HEADS.contains(&folded(head.trim()).as_str())
}

/// How many articles a page sums up before it counts as a list of them.
const TEASERS: usize = 3;

/// A paragraph right after a linked headline, with at most its date between
/// them, sums up another article, if the page does so again and again.
fn lower_teasers(tree: &Tree, scores: &mut [f32]) {
    let lines = &tree.lines;
    let headline = |i: usize| lines[i].is_link() && lines[i].chars >= 20;
    let teasers: Vec<usize> = (1..lines.len())
        .filter(|&i| {
            let short = lines[i - 1].chars < 25 && i >= 2;
            scores[i] >= PARAGRAPH
                && (headline(i - 1) || (short && headline(i - 2)))
        })
        .collect();
    if teasers.len() >= TEASERS {
        for i in teasers {
            scores[i] *= 0.2;
        }
    }
}

/// Which elements are, or stand in, the caption of a picture: marked as one,
/// or a small table that holds a picture and little text.
fn captions(tree: &Tree, lines_in: &[usize], sums: &[f32]) -> Vec<bool> {
    let mut chars = vec![0; tree.elements.len()];
    // Headlines and links beside an icon are no caption.
    let mut others = vec![false; tree.elements.len()];
    let mut pictures: Vec<usize> =
        tree.elements.iter().map(|e| e.pictures).collect();
    for line in &tree.lines {
        chars[line.element] += line.chars;
        let heading =
            matches!(tree.elements[line.element].name, Name::Heading(_));
        others[line.element] |= line.title || heading || line.is_link();
    }
    for i in (1..chars.len()).rev() {
        let parent = tree.elements[i].parent;
        others[i] |= tree.elements[i].hints.title;
        others[parent] |= others[i];
        chars[parent] += chars[i];
        pictures[parent] += pictures[i];
    }
    let mut inside = vec![false; tree.elements.len()];
    for (i, element) in tree.elements.iter().enumerate().skip(1) {
        let table = element.name == Name::Table
            && pictures[i] > 0
            && !others[i]
            && lines_in[i] <= 3
            && chars[i] <= 300
            && sums[i] < 0.3 * sums[0];
        inside[i] =
            inside[element.parent] || table || element.name == Name::Caption;
    }
    inside
}

fn count_lines(tree: &Tree) -> Vec<usize> {
    let mut counts = vec![0; tree.elements.len()];
    for line in &tree.lines {
        counts[line.element] += 1;
    }
    for i in (1..counts.len()).rev() {
        let parent = tree.elements[i].parent;
        counts[parent] += counts[i];
    }
    counts
}

/// Adds up by element what the lines score that are not dropped.
fn sum(tree: &Tree, scores: &[f32], dropped: Option<&[bool]>) -> Vec<f32> {
    let mut sums = vec![0.0; tree.elements.len()];
    for (i, (line, score)) in tree.lines.iter().zip(scores).enumerate() {
        if !dropped.is_some_and(|dropped| dropped[i]) {
            sums[line.element] += score;
        }
    }
    // An element comes after the one around it.
    for i in (1..sums.len()).rev() {
        let parent = tree.elements[i].parent;
        sums[parent] += sums[i];
    }
    sums
}

/// Which elements are furniture, or stand in it.
fn furniture(tree: &Tree, lines_in: &[usize], sums: &[f32]) -> Vec<bool> {
    let total = sums[0];
    let mut gone = vec![false; tree.elements.len()];
    for (i, element) in tree.elements.iter().enumerate().skip(1) {
        let hints = element.hints;
        let named = hints.furniture
            || hints.tool
            || matches!(element.name, Name::Aside | Name::Footer);
        let share = if hints.hidden { HIDDEN_TOO_MUCH } else { TOO_MUCH };
        // What holds nearly the whole page is its frame, or was never closed.
        let much = (sums[i] >= ARTICLE && sums[i] >= share * total)
            || lines_in[i] * 10 >= lines_in[0] * 6;
        gone[i] = gone[element.parent] || ((named || hints.hidden) && !much);
    }
    gone
}
