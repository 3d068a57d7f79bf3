//! Which lines of the page are the article.

use super::name::Name;
use super::score::{ARTICLE, PARAGRAPH, Scores};
use super::title;
use super::tree::Tree;
use crate::lexicon::boilerplate::Kind;

/// How many lines before the headline its date may stand.
const BEFORE: usize = 6;
/// How many lines after the headline its date may stand, so that none before
/// it is looked for.
const DATE_AFTER: usize = 3;
/// How many levels around the headline a line before it may share.
const LEVELS: usize = 8;

/// How many boxes of related articles are passed over inside one article.
const BOXES: usize = 8;

/// Lines of the article in the order of the text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Article {
    pub(super) title: Option<usize>,
    pub(super) lines: Vec<usize>,
    /// The page does not say clearly where its article is.
    pub(super) doubtful: bool,
}

/// Chooses the lines.
pub(super) fn article(tree: &Tree, scores: &Scores) -> Article {
    if scores.total() < PARAGRAPH {
        return headline_only(tree, scores);
    }
    let frame = scores.frame(tree);
    let inside = members(tree, frame);
    let paragraphs: Vec<usize> = (0..tree.lines.len())
        .filter(|&i| inside[tree.lines[i].element] && scores.is_paragraph(i))
        .collect();
    let (Some(&first), Some(&last)) = (paragraphs.first(), paragraphs.last())
    else {
        return headline_only(tree, scores);
    };
    let title = title::find(tree, scores, Some((first, last)));
    let held = scores.of_element(frame);
    // A headline far from the little text there is: the text is not its own.
    if title.is_none() && held < ARTICLE {
        let alone = headline_only(tree, scores);
        if alone.title.is_some() {
            return alone;
        }
    }
    let title_first = title.filter(|t| *t < first);
    let wide = widened(tree, frame, title_first);
    let start = title_first.map_or(first, |t| t + 1);
    let mut lines = Vec::new();
    let body = body(tree, scores, &wide, &paragraphs, start);
    if let Some(t) = title {
        lines.push(t);
        let dated = body
            .iter()
            .take(DATE_AFTER)
            .any(|i| title::is_dateline(&tree.lines[*i].text));
        if !dated {
            lines.extend(date_before(tree, scores, t));
        }
    }
    lines.extend(body.into_iter().filter(|i| Some(*i) != title));
    let doubtful = (held < ARTICLE && title.is_none())
        || held < 0.5 * scores.total()
        || is_listing(tree, &lines);
    Article { title, lines, doubtful }
}

/// Line after line with a date of its own: a list of articles.
fn is_listing(tree: &Tree, lines: &[usize]) -> bool {
    let dated =
        lines.iter().filter(|i| title::is_dateline(&tree.lines[**i].text));
    let dated = dated.count();
    dated >= 5 && dated * 5 >= lines.len()
}

/// A page whose article is its headline: the text hangs on as a file.
fn headline_only(tree: &Tree, scores: &Scores) -> Article {
    let Some(title) = title::find(tree, scores, None) else {
        return Article { doubtful: true, ..Article::default() };
    };
    let mut lines = vec![title];
    lines.extend(date_before(tree, scores, title));
    let near = tree.around(tree.lines[title].element).nth(3).unwrap_or(0);
    let near = members(tree, near);
    for i in title + 1..tree.lines.len().min(title + 1 + NEAR_AFTER) {
        let line = &tree.lines[i];
        let dateline = title::is_dateline(&line.text) && !line.is_link();
        if !near[line.element] || scores.dropped[i] {
            break;
        }
        if scores.kind[i].is_none() && dateline {
            lines.push(i);
        }
    }
    Article { title: Some(title), lines, doubtful: false }
}

/// How many lines after a lone headline its date may stand.
const NEAR_AFTER: usize = 4;

/// Which elements are an element or stand in it.
fn members(tree: &Tree, element: usize) -> Vec<bool> {
    let mut inside = vec![false; tree.elements.len()];
    inside[element] = true;
    for (i, e) in tree.elements.iter().enumerate().skip(1) {
        inside[i] |= inside[e.parent];
    }
    inside
}

/// The frame, widened until it holds the headline too.
fn widened(tree: &Tree, frame: usize, title: Option<usize>) -> Vec<bool> {
    let inside = members(tree, frame);
    let Some(title) = title else { return inside };
    let mut around_frame = vec![false; tree.elements.len()];
    tree.around(frame).for_each(|e| around_frame[e] = true);
    let shared =
        tree.around(tree.lines[title].element).find(|&e| around_frame[e]);
    members(tree, shared.unwrap_or(0))
}

/// The nearest line with a date shortly before the headline, in the same
/// corner of the page.
fn date_before(tree: &Tree, scores: &Scores, title: usize) -> Option<usize> {
    let corner =
        tree.around(tree.lines[title].element).take(LEVELS).last().unwrap_or(0);
    let corner = members(tree, corner);
    (title.saturating_sub(BEFORE)..title).rev().find(|&i| {
        let line = &tree.lines[i];
        corner[line.element]
            && !scores.dropped[i]
            && scores.kind[i].is_none()
            && !line.is_link()
            && title::is_dateline(&line.text)
    })
}

/// The lines from the headline to the end of the article.
fn body(
    tree: &Tree,
    scores: &Scores,
    wide: &[bool],
    paragraphs: &[usize],
    start: usize,
) -> Vec<usize> {
    let total: f32 = paragraphs.iter().map(|&i| scores.line[i]).sum();
    let last = paragraphs.last().copied().unwrap_or(start);
    let mut lines = Vec::new();
    let mut held = 0.0;
    let mut boxes = 0;
    let mut skip: Option<Vec<bool>> = None;
    for i in start..tree.lines.len() {
        let line = &tree.lines[i];
        if !wide[line.element] {
            if i > last {
                break;
            }
            continue;
        }
        if scores.dropped[i] || skip.as_ref().is_some_and(|s| s[line.element]) {
            continue;
        }
        match scores.kind[i] {
            Some(Kind::RelatedList | Kind::Comment) => {
                // A box in the middle of the article is passed over; a list
                // at its end ends it.
                if held < 0.75 * total && i < last && boxes < BOXES {
                    boxes += 1;
                    skip = Some(related_box(tree, &lines, i));
                    continue;
                }
                break;
            }
            Some(Kind::Copyright) if i > last => break,
            Some(_) => continue,
            None => {}
        }
        if line.is_link() && (i > last || !is_content_link(tree, i, &lines)) {
            if i > last && line.chars >= 15 {
                break;
            }
            continue;
        }
        held += scores.line[i];
        lines.push(i);
    }
    lines
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

/// Inside the article whole lines are links too: a symbol with its file, an
/// item of a list of documents. A list of nothing but links is a menu.
fn is_content_link(tree: &Tree, i: usize, taken: &[usize]) -> bool {
    let line = &tree.lines[i];
    let alone = |j: usize| tree.lines.get(j).is_none_or(|l| !l.is_link());
    let item = tree
        .around(line.element)
        .take(3)
        .any(|e| tree.elements[e].name == Name::Item);
    !taken.is_empty() && !item && alone(i + 1) && alone(i.wrapping_sub(1))
}
