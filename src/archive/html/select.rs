//! Which lines of the page are the article.

use super::body::Body;
use super::name::Name;
use super::score::{ARTICLE, PARAGRAPH, Scores, folded};
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
    let above = title.filter(|t| *t < first);
    let head = head_block(tree, scores, &inside, title, first);
    let body = Body {
        wide: widened(tree, frame, above),
        frame: inside,
        total: paragraphs.iter().map(|&i| scores.line[i]).sum(),
        tree,
        scores,
        last,
    };
    let start = head.or(above.map(|t| t + 1)).unwrap_or(first);
    let rest = body.lines(start);
    // An official document stands in its own order.
    let title = title.filter(|_| head.is_none());
    let lines = match title {
        Some(title) => headed(tree, scores, title, rest),
        None => rest,
    };
    let nameless = title.is_none() && head.is_none() && tree.is_page();
    let doubtful =
        nameless || held < 0.5 * scores.total() || is_listing(tree, &lines);
    Article { title, lines, doubtful }
}

/// The headline, the date above it if none follows, and the rest.
fn headed(
    tree: &Tree,
    scores: &Scores,
    title: usize,
    rest: Vec<usize>,
) -> Vec<usize> {
    let dated = rest
        .iter()
        .take(DATE_AFTER)
        .any(|i| title::is_dateline(&tree.lines[*i].text));
    let date = match dated {
        true => None,
        false => date_before(tree, scores, title),
    };
    std::iter::once(title)
        .chain(date)
        .chain(rest.into_iter().filter(|i| *i != title))
        .collect()
}

/// Line after line with a date of its own: a list of articles.
fn is_listing(tree: &Tree, lines: &[usize]) -> bool {
    let dated =
        lines.iter().filter(|i| title::is_dateline(&tree.lines[**i].text));
    let dated = dated.count();
    dated >= 8 || (dated >= 5 && dated * 5 >= lines.len())
}

/// A page whose article is its headline: the text hangs on as a file.
fn headline_only(tree: &Tree, scores: &Scores) -> Article {
    let Some(title) = title::find(tree, scores, None) else {
        return Article { doubtful: true, ..Article::default() };
    };
    let date = date_before(tree, scores, title)
        .or_else(|| date_after(tree, scores, title));
    let lines = std::iter::once(title).chain(date).collect();
    Article { title: Some(title), lines, doubtful: false }
}

/// A line with a date right after a lone headline.
fn date_after(tree: &Tree, scores: &Scores, title: usize) -> Option<usize> {
    let corner = tree.around(tree.lines[title].element).nth(3).unwrap_or(0);
    let corner = members(tree, corner);
    let end = tree.lines.len().min(title + 1 + NEAR_AFTER);
    (title + 1..end)
        .take_while(|&i| {
            corner[tree.lines[i].element]
                && scores.kind[i] != Some(Kind::RelatedList)
        })
        .find(|&i| {
            !scores.dropped[i]
                && scores.kind[i].is_none()
                && !tree.lines[i].is_link()
                && title::is_dateline(&tree.lines[i].text)
        })
}

/// How many lines after a lone headline its date may stand.
const NEAR_AFTER: usize = 4;

/// Which elements are an element or stand in it.
pub(super) fn members(tree: &Tree, element: usize) -> Vec<bool> {
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

/// Where an official document begins with its head of state, body and symbol,
/// if it does so before what seems to be the headline.
fn head_block(
    tree: &Tree,
    scores: &Scores,
    frame: &[bool],
    title: Option<usize>,
    first: usize,
) -> Option<usize> {
    let until = title.map_or(first, |t| t.min(first));
    let found = (until.saturating_sub(HEAD)..until).find(|&i| {
        frame[tree.lines[i].element]
            && !scores.dropped[i]
            && is_head(&tree.lines[i].text)
    })?;
    // The body's name stands in the cell before, in the same table.
    let table = tree
        .around(tree.lines[found].element)
        .take(LEVELS)
        .find(|&e| tree.elements[e].name == Name::Table);
    let start = match table {
        Some(table) => {
            let inside = members(tree, table);
            tree.lines.iter().position(|line| inside[line.element])
        }
        None => None,
    };
    Some(start.filter(|s| found - s.min(&found) <= HEAD).unwrap_or(found))
}

/// How many lines the head of a document has at most.
const HEAD: usize = 16;

/// State title or Party title, or the line of the symbol.
pub(super) fn is_head(text: &str) -> bool {
    if text.len() > 120 {
        return false;
    }
    let text = folded(text);
    let text = text.trim();
    text.starts_with("cộng hòa xã hội chủ nghĩa")
        || text.starts_with("cộng hoà xã hội chủ nghĩa")
        || text == "đảng cộng sản việt nam"
        || (text.starts_with("số:") && text.contains(['/', '-']))
}
