//! HTML pages to the text of their article.

use super::encoding::{Encoding, Verdict};
use super::{RawDocument, ReadOptions};

/// Whether a value is markup rather than plain text.
pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<') && start.contains("</")
}

/// The encoding that a page says it is in.
pub(super) fn charset(_bytes: &[u8]) -> Option<Encoding> {
    None
}

pub(super) struct Page {
    text: String,
}

/// Reads a page.
pub(super) fn read(text: &str, _options: &ReadOptions) -> Page {
    Page { text: text.to_owned() }
}

impl Page {
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }

    pub(super) fn fill(
        self,
        document: &mut RawDocument,
        verdict: &Verdict,
        places: impl Fn(&[usize]) -> Vec<usize>,
    ) {
        let _ = places(&[]);
        document.text = verdict.read_all(&self.text).into_owned();
    }
}
