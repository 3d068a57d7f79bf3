//! A page as lines of text with the elements they stand in: one linear pass
//! over the tokens, whatever the nesting.

use super::builder::Builder;
use super::hints::Hints;
use super::meta::Meta;
use super::name::Name;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// An element of the page.
#[derive(Debug, Clone)]
pub(super) struct Element {
    /// Index of the element around it; the root is its own parent.
    pub(super) parent: usize,
    pub(super) name: Name,
    pub(super) hints: Hints,
    /// Its name as written, in lower case.
    pub(super) tag: Box<[u8]>,
    /// Its text is not read.
    pub(super) silent: bool,
    /// Leads somewhere.
    pub(super) link: bool,
    /// Pictures right inside it.
    pub(super) pictures: usize,
}

/// A line of text.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// The words, without blanks around them.
    pub(super) text: String,
    /// Number or dash of the list item that begins here.
    pub(super) label: String,
    /// Bytes of the page, from the first letter to the last.
    pub(super) bytes: Range<usize>,
    /// The innermost element that starts lines of its own.
    pub(super) element: usize,
    /// Code points of the text, and of those that are links.
    pub(super) chars: usize,
    pub(super) link_chars: usize,
    /// Code points in bold.
    pub(super) bold_chars: usize,
    /// Marked as a headline, bold or large, by elements in the line.
    pub(super) title: bool,
    pub(super) bold: bool,
    pub(super) large: bool,
}

/// A page taken apart.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
    pub(super) lines: Vec<Line>,
    pub(super) meta: Meta,
    /// Deepest nesting met.
    pub(super) depth: usize,
}

impl Tree {
    /// A whole page rather than the markup of one article.
    pub(super) fn is_page(&self) -> bool {
        self.meta.title.is_some()
            || self.elements.iter().take(64).any(|e| *e.tag == *b"body")
    }

    /// The elements around an element, innermost first, itself included.
    pub(super) fn around(&self, element: usize) -> impl Iterator<Item = usize> {
        let mut next = Some(element);
        std::iter::from_fn(move || {
            let here = next?;
            let parent = self.elements[here].parent;
            next = (parent != here).then_some(parent);
            Some(here)
        })
    }
}

/// Takes a page apart.
pub(super) fn parse(page: &str) -> Tree {
    // The tokenizer counts a CR LF as one byte; blanks keep every offset.
    let plain: String;
    let page = if page.contains('\r') {
        plain = page.replace('\r', " ");
        &plain
    } else {
        page
    };
    let mut builder = Builder::new();
    let emitter = |event: CallbackEvent<'_>, span: Span<usize>| {
        builder.take(event, span.start..span.end);
        None::<Infallible>
    };
    let mut emitter = CallbackEmitter::new(emitter);
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(page, emitter).finish();
    builder.finish()
}
