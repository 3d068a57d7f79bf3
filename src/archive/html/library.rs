//! A second opinion, by the trafilatura library: which lines it reads as the
//! article. Asked only of pages that leave our own pass in doubt.

use super::score::folded;
use super::tree::Tree;
use std::panic::{AssertUnwindSafe, catch_unwind};
use trafilatura::{ExtractionFocus, Options};

/// Nesting and size beyond which the library's parser takes too long.
const DEEPEST: usize = 200;
const MOST_ELEMENTS: usize = 20_000;
const LONGEST: usize = 2 << 20;
/// Comments, line breaks and stray brackets cost it as much as elements.
const MOST_TAGS: usize = 2 * MOST_ELEMENTS;

/// By line: whether the library has it in its text; `None` if the page is
/// not fit for it, or it finds nothing.
pub(super) fn lines(page: &str, tree: &Tree) -> Option<Vec<bool>> {
    if tree.depth > DEEPEST
        || tree.elements.len() > MOST_ELEMENTS
        || page.len() > LONGEST
        || memchr::memchr_iter(b'<', page.as_bytes()).nth(MOST_TAGS).is_some()
    {
        return None;
    }
    let options = Options::default()
        .with_fallback(true)
        .with_focus(ExtractionFocus::FavorPrecision);
    // Its failure must not cost the document that our own pass has read.
    let found = catch_unwind(AssertUnwindSafe(|| {
        trafilatura::extract(page, &options).ok()
    }));
    let found = found.ok()??;
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

#[cfg(test)]
mod tests {
    use crate::archive::html::tree;

    /// The library's parser goes beyond the end of such a declaration.
    #[test]
    fn a_failure_of_the_library_costs_nothing() {
        let page = "<html><head><meta http-equiv=Content-Type \
            content=\"text/html; charset\"></head><body><p>Ngày 1/10, UBND tỉnh \
            phát động phong trào thi đua làm đường.</p></body></html>";
        let tree = tree::parse(page);
        assert!(super::lines(page, &tree).is_none());
        assert_eq!(tree.lines.len(), 1);
    }

    #[test]
    fn the_library_says_which_lines_it_reads() {
        let page = "<html><body><nav><a href=/>Trang chủ của cổng thông tin \
            điện tử</a></nav><article><h1>Thi đua làm đường</h1><p>Ngày 1/10, \
            UBND tỉnh ban hành Kế hoạch phát động phong trào thi đua làm \
            đường giao thông nông thôn.</p></article></body></html>";
        let tree = tree::parse(page);
        let kept = super::lines(page, &tree).unwrap();
        let kept: Vec<&str> = tree
            .lines
            .iter()
            .zip(kept)
            .filter(|(_, kept)| *kept)
            .map(|(line, _)| &line.text[..7])
            .collect();
        assert_eq!(kept, ["Ngày 1"]);
    }

    #[test]
    fn deep_pages_are_not_shown_to_it() {
        let page = format!("{}<p>Ngày 1/10", "<div>".repeat(300));
        assert_eq!(super::lines(&page, &tree::parse(&page)), None);
    }
}
