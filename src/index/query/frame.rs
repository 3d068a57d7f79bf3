//! What stands between two parentheses, put together as it is read.

use super::error::QueryError;
use super::lex::Kind;
use super::{Field, Node};
use std::ops::Range;

/// What stands between two parentheses, as far as it is read.
#[derive(Default)]
pub(super) struct Frame {
    /// The sign that opened it.
    pub(super) open: Range<usize>,
    /// The field that the parentheses are the value of.
    pub(super) field: Option<(Field, Range<usize>)>,
    /// Whether the parentheses are excluded as a whole.
    pub(super) excluded: bool,
    /// Alternatives that are read.
    pub(super) alternatives: Vec<Node>,
    /// Parts of the current alternative.
    pub(super) parts: Vec<Node>,
    /// Pieces that stand side by side, not looked at yet.
    pub(super) run: Vec<Range<usize>>,
    /// An operator that waits for what is behind it.
    pub(super) waiting: Option<(Kind, Range<usize>)>,
    /// `NOT` or `-` before what comes next.
    pub(super) not: Option<Range<usize>>,
}

impl Frame {
    pub(super) fn add(&mut self, node: Node) {
        match node {
            Node::And(nodes) => self.parts.extend(nodes),
            node => self.parts.push(node),
        }
    }

    /// Ends the current alternative.
    pub(super) fn alternative(&mut self) {
        if let Some(node) = all_of(std::mem::take(&mut self.parts)) {
            match node {
                Node::Or(nodes) => self.alternatives.extend(nodes),
                node => self.alternatives.push(node),
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.alternatives.is_empty() && self.parts.is_empty()
    }

    /// All of it; `None` if there is nothing.
    pub(super) fn node(mut self) -> Result<Option<Node>, QueryError> {
        if let Some((kind, place)) = self.waiting {
            return Err(lonely(kind, place));
        }
        if let Some(place) = self.not {
            return Err(lonely(Kind::Not, place));
        }
        self.alternative();
        Ok(match self.alternatives.len() {
            0 | 1 => self.alternatives.pop(),
            _ => Some(Node::Or(self.alternatives)),
        })
    }
}

/// All of some parts; what is excluded only, is excluded from everything.
fn all_of(mut parts: Vec<Node>) -> Option<Node> {
    if parts.iter().all(|part| matches!(part, Node::Not(_)))
        && !parts.is_empty()
    {
        parts.insert(0, Node::All);
    }
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Node::And(parts)),
    }
}

/// An operator that lacks a word.
pub(super) fn lonely(kind: Kind, place: Range<usize>) -> QueryError {
    let (message, hint) = match kind {
        Kind::And => (
            "AND needs words on both sides",
            "write: mask AND vaccine; words side by side mean AND anyway",
        ),
        Kind::Or => {
            ("OR needs words on both sides", "write: \"Hà Nam\" OR \"Hà Nội\"")
        }
        _ => (
            "nothing stands behind it that could be excluded",
            "write -word or NOT (some words)",
        ),
    };
    QueryError::new(place, message).hint(format!(
        "{hint}; to look for the word itself put it between quotes"
    ))
}
