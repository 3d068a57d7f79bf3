//! A second opinion, by the trafilatura library: which lines it reads as the
//! article. Asked only of pages that leave our own pass in doubt.

use super::score::folded;
use super::tree::Tree;
use trafilatura::{ExtractionFocus, Options};

/// Nesting and size beyond which the library's parser takes too long.
const DEEPEST: usize = 200;
const MOST_ELEMENTS: usize = 20_000;
const LONGEST: usize = 2 << 20;

/// By line: whether the library has it in its text; `None` if the page is
/// not fit for it, or it finds nothing.
pub(super) fn lines(page: &str, tree: &Tree) -> Option<Vec<bool>> {
    if tree.depth > DEEPEST
        || tree.elements.len() > MOST_ELEMENTS
        || page.len() > LONGEST
    {
        return None;
    }
    let options = Options::default()
        .with_fallback(true)
        .with_focus(ExtractionFocus::FavorPrecision);
    let found = trafilatura::extract(page, &options).ok()?;
    let text = bare(&found.content_text);
    let kept: Vec<bool> = tree
        .lines
        .iter()
        .map(|line| line.chars >= 20 && text.contains(&bare(&line.text)))
        .collect();
    kept.contains(&true).then_some(kept)
}

/// Letters and digits alone: the library puts blanks its own way.
fn bare(text: &str) -> String {
    folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
