//! What every way of showing says in the same words.

use crate::compare::labels::{self, Language};
use crate::compare::{Cell, Comparison, FieldRow};

/// One of two wordings.
pub(super) fn say<'w>(language: Language, vi: &'w str, en: &'w str) -> &'w str {
    match language {
        Language::Vietnamese => vi,
        Language::English => en,
    }
}

/// The values of a cell, one a line; what is not stated is shown as such.
pub(super) fn values(
    row: &FieldRow,
    cell: &Cell,
    language: Language,
) -> Vec<String> {
    if !cell.stated {
        return vec![labels::NOT_STATED.of(language).to_owned()];
    }
    cell.values
        .iter()
        .map(|value| {
            if labels::is_date(&row.field) {
                labels::date(&value.value, language)
            } else {
                value.value.clone()
            }
        })
        .collect()
}

/// A short name for lists: the place without the body.
pub(super) fn short(name: &str) -> &str {
    for word in ["tỉnh ", "thành phố ", "TP. ", "TP "] {
        if let Some((_, place)) = name.split_once(word) {
            return place;
        }
    }
    name
}

/// Short names of some documents, the end of a long list counted.
pub(super) fn names(
    comparison: &Comparison,
    documents: &[usize],
    language: Language,
) -> String {
    const NAMED: usize = 12;
    let mut out: Vec<String> = documents
        .iter()
        .take(NAMED)
        .map(|&d| short(&comparison.documents[d].name).to_owned())
        .collect();
    if documents.len() > NAMED {
        let more = documents.len() - NAMED;
        out.push(match language {
            Language::Vietnamese => format!("… và {more} văn bản khác"),
            Language::English => format!("… and {more} more"),
        });
    }
    out.join(", ")
}

/// `12 of 14`.
pub(super) fn share(n: usize, of: usize, language: Language) -> String {
    match language {
        Language::Vietnamese => format!("{n}/{of}"),
        Language::English => format!("{n} of {of}"),
    }
}
