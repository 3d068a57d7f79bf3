//! HTML pages to the text of their article.

use super::encoding::Decoded;
use super::{RawDocument, ReadOptions};

/// Whether a value is markup rather than plain text.
pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<') && start.contains("</")
}

/// Fills a document from its page.
pub(super) fn fill(
    document: &mut RawDocument,
    page: &Decoded,
    options: &ReadOptions,
) {
    let _ = options;
    document.text = page.text.clone();
}
