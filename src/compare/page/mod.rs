//! One self-contained page for a browser: no request leaves it, and no text
//! of a document can become code.
//!
//! The tables are plain HTML, readable without scripts and on paper; the
//! script only filters them and opens the evidence. A content security policy
//! allows just this style and this script, by their hashes. Texts travel as
//! JSON in a data block and are shown as text nodes.

mod contents;
mod fields;
mod lists;
mod markup;
mod pictures;
mod timeline;

use super::Document;
use super::model::Comparison;
use crate::escape::{base64, html, json};
use serde::Serialize;
use sha2::{Digest, Sha256};

static FRAME: &str = include_str!("page.html");
static STYLE: &str = include_str!("page.css");
static SCRIPT: &str = include_str!("page.js");

/// A source beside the tables: what the evidence is quoted from.
#[derive(Serialize)]
struct Source<'a> {
    name: &'a str,
    path: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    text: Option<&'a str>,
    items: Vec<SourceItem<'a>>,
}

#[derive(Serialize)]
struct SourceItem<'a> {
    span: (usize, usize),
    text: &'a str,
    themes: Vec<SourceTheme<'a>>,
}

#[derive(Serialize)]
struct SourceTheme<'a> {
    vi: &'a str,
    en: &'a str,
    words: &'a [String],
}

/// The page of a comparison. `documents` are those that were compared, in
/// their sorted order.
pub fn page(comparison: &Comparison, documents: &[Document]) -> String {
    let sources = sources(comparison, documents);
    let parts = [
        ("{{policy}}", policy()),
        ("{{title}}", html(&title(comparison))),
        ("{{style}}", STYLE.to_owned()),
        ("{{body}}", size(comparison).to_owned()),
        ("{{summary}}", lists::summary(comparison)),
        ("{{fields}}", fields::table(comparison)),
        ("{{themes}}", contents::theme_options(comparison)),
        ("{{chooser}}", contents::chooser(comparison)),
        ("{{contents}}", contents::table(comparison)),
        ("{{common}}", lists::common(comparison)),
        ("{{rare}}", lists::rare(comparison)),
        ("{{timeline}}", timeline::timeline(comparison)),
        ("{{matrix}}", pictures::matrix(comparison)),
        ("{{data}}", json(&sources)),
        ("{{script}}", SCRIPT.to_owned()),
    ];
    fill(&parts)
}

/// Puts the parts into the frame, each once, never into one another: a text
/// that spells a slot stays text.
fn fill(parts: &[(&str, String)]) -> String {
    let size: usize = parts.iter().map(|(_, part)| part.len()).sum();
    let mut out = String::with_capacity(FRAME.len() + size);
    let mut rest = FRAME;
    while let Some(at) = rest.find("{{") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let part = parts.iter().find(|(slot, _)| rest.starts_with(slot));
        let (slot, part) = part.expect("page.html: a slot without a part");
        out.push_str(part);
        rest = &rest[slot.len()..];
    }
    out.push_str(rest);
    out
}

fn policy() -> String {
    let hash = |text: &str| base64(&Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; \
         base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// Up to this many columns fit beside one another.
const FEW: usize = 3;

fn size(comparison: &Comparison) -> &'static str {
    if comparison.documents.len() <= FEW { "few" } else { "many" }
}

fn title(comparison: &Comparison) -> String {
    let documents = &comparison.documents;
    match documents.as_slice() {
        [a, b] => format!("{} – {}", a.name, b.name),
        many => format!("So sánh {} văn bản", many.len()),
    }
}

fn sources<'a>(
    comparison: &'a Comparison,
    documents: &'a [Document],
) -> Vec<Source<'a>> {
    let theme = |id: &str| comparison.themes.list.iter().find(|t| t.id == id);
    let mut out: Vec<Source<'a>> = comparison
        .documents
        .iter()
        .zip(documents)
        .map(|(side, document)| Source {
            name: &side.name,
            path: &side.path,
            url: side.url.as_deref(),
            title: side.title.as_deref(),
            text: document.text.as_deref(),
            items: side
                .items
                .iter()
                .map(|item| SourceItem {
                    span: (item.span.start, item.span.end),
                    text: &item.text,
                    themes: Vec::new(),
                })
                .collect(),
        })
        .collect();
    for label in &comparison.themes.labels {
        if let Some(theme) = theme(&label.theme) {
            out[label.document].items[label.item - 1].themes.push(
                SourceTheme {
                    vi: &theme.vi,
                    en: &theme.en,
                    words: &label.words,
                },
            );
        }
    }
    out
}
