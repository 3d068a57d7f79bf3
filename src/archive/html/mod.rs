//! HTML pages to the text of their article: headline, date and byline lines,
//! then one paragraph a line.
//!
//! Our own linear pass over the tokens ([`tree`]) finds lines and the
//! elements around them, [`score`] weighs them, [`select`] chooses. It is
//! linear in the size of the page whatever the nesting. Where it remains in
//! doubt, the `trafilatura` library is asked for its opinion ([`library`]).

mod body;
mod builder;
mod hints;
mod library;
mod list;
mod meta;
mod name;
mod score;
mod select;
mod table;
mod title;
mod tree;
mod words;

use super::encoding::{Encoding, Verdict};
use super::{Block, RawDocument, ReadOptions};
use score::{Scores, folded};
use select::Article;
use std::ops::Range;
use tree::Tree;

#[cfg(test)]
mod tests;

/// Whether a value is markup rather than plain text.
pub(super) fn looks_like(text: &str) -> bool {
    const TAGS: [&str; 14] = [
        "p", "div", "br", "span", "table", "html", "body", "ul", "ol", "h1",
        "h2", "article", "section", "!doctype",
    ];
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let rest = &text.as_bytes()[at + 1..];
        TAGS.iter().any(|tag| {
            rest.get(..tag.len())
                .is_some_and(|name| name.eq_ignore_ascii_case(tag.as_bytes()))
                && rest.get(tag.len()).is_some_and(|b| {
                    matches!(b, b'>' | b'/') || b.is_ascii_whitespace()
                })
        })
    })
}

/// The encoding that a page says it is in, from the start of its bytes.
pub(super) fn charset(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(4_096)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let name: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    name.parse().ok()
}

/// The article of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    paragraphs: Vec<Paragraph>,
    /// The first paragraph is the headline.
    headed: bool,
    title: Option<String>,
    date: Option<String>,
    url: Option<String>,
    notes: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
struct Paragraph {
    text: String,
    /// Bytes of the page's text.
    bytes: Range<usize>,
}

/// Reads a page.
pub(super) fn read(text: &str, options: &ReadOptions) -> Page {
    let tree = tree::parse(text);
    let mut notes = Vec::new();

    let mut scores = Scores::of(&tree);
    let mut article = select::article(&tree, &scores);
    if article.doubtful {
        let opinion =
            (!options.fast_html).then(|| library::lines(text, &tree)).flatten();
        if let Some(kept) = opinion {
            scores.retain(&tree, &kept);
            article = select::article(&tree, &scores);
        }
        notes.push(
            "the page does not say clearly where its article is; parts of \
             lists may stand in the text"
                .to_owned(),
        );
    }
    let paragraphs = paragraphs(&tree, &article);
    if paragraphs.is_empty() {
        notes.clear();
    }
    let title = headline(&tree, &paragraphs);
    Page {
        title,
        date: tree.meta.published.clone().or(tree.meta.time.clone()),
        url: tree.meta.url.clone(),
        headed: article.title.is_some(),
        paragraphs,
        notes,
    }
}

/// The headline of the metadata, if the text does not have it.
fn headline(tree: &Tree, paragraphs: &[Paragraph]) -> Option<String> {
    let bare = |text: &str| -> String {
        folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let stated = tree.meta.headline.clone()?;
    let wanted = bare(&stated);
    let known = paragraphs.iter().any(|p| bare(&p.text) == wanted);
    (!known).then_some(stated)
}

/// Joins lines into paragraphs: cells of a row of figures, and a sentence
/// that a line break cuts.
fn paragraphs(tree: &Tree, article: &Article) -> Vec<Paragraph> {
    let rows = table::rows(tree, &article.lines);
    let mut out: Vec<Paragraph> = Vec::new();
    let mut before: Option<usize> = None;
    for &i in &article.lines {
        let line = &tree.lines[i];
        let glue = before.and_then(|j| glue(tree, article, &rows, j, i));
        match (glue, out.last_mut()) {
            (Some(glue), Some(last)) => {
                last.text.push_str(glue);
                last.text.push_str(&line.text);
                last.bytes.end = line.bytes.end;
            }
            _ => out.push(Paragraph {
                text: format!("{}{}", line.label, line.text),
                bytes: line.bytes.clone(),
            }),
        }
        before = Some(i);
    }
    out
}

/// What joins two lines into one paragraph, if anything does.
fn glue(
    tree: &Tree,
    article: &Article,
    rows: &table::Rows,
    before: usize,
    line: usize,
) -> Option<&'static str> {
    if article.title == Some(before) || before + 1 != line {
        return None;
    }
    if rows.joined(before, line) {
        return Some("\t");
    }
    let (above, below) = (&tree.lines[before], &tree.lines[line]);
    let open = above.text.ends_with(|c: char| c.is_alphanumeric() || c == ',');
    let goes_on = below.text.starts_with(char::is_lowercase)
        && below.label.is_empty()
        && !list::has_marker(&below.text);
    (open && goes_on && above.chars >= 40).then_some(" ")
}

impl Page {
    /// The words of the page, for judging its encoding.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        let title = self.title.as_deref().into_iter();
        title.chain(self.paragraphs.iter().map(|p| p.text.as_str()))
    }

    /// Puts the article into a document. `places` turns byte offsets of the
    /// page's text, in rising order, into those of the page as archived.
    pub(super) fn fill(
        self,
        document: &mut RawDocument,
        verdict: &Verdict,
        places: impl Fn(&[usize]) -> Vec<usize>,
    ) {
        let mut edges: Vec<usize> = self
            .paragraphs
            .iter()
            .flat_map(|p| [p.bytes.start, p.bytes.end])
            .collect();
        edges.sort_unstable();
        let archived = places(&edges);
        let place = |edge: usize| {
            edges.binary_search(&edge).map_or(edge, |i| archived[i])
        };
        let mut at = 0;
        for paragraph in &self.paragraphs {
            if at > 0 {
                document.text.push('\n');
                at += 1;
            }
            let text = verdict.read(&paragraph.text);
            let length = text.chars().count();
            document.text.push_str(&text);
            document.blocks.push(Block {
                text: at..at + length,
                bytes: place(paragraph.bytes.start)..place(paragraph.bytes.end),
            });
            at += length;
        }
        document.headline = document
            .blocks
            .first()
            .filter(|_| self.headed)
            .map(|block| block.text.clone());
        let read = |text: String| verdict.read(&text).into_owned();
        document.title = document.title.take().or(self.title.map(read));
        document.date = document.date.take().or(self.date);
        document.url = document.url.take().or(self.url);
        document.notes.extend(self.notes);
    }
}
