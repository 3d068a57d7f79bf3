//! Small pieces of HTML that the parts of the page share.

use crate::compare::labels::{Label, Language, date, is_date};
use crate::compare::model::{Change, ChangeKind};
use crate::escape::{html, push};
use crate::text::{Raw, Span};

/// A label in both languages; the style shows the one that is chosen.
pub(super) fn both(label: Label) -> String {
    two(label.vi, label.en)
}

/// As [`both`], of plain words.
pub(super) fn two(vi: &str, en: &str) -> String {
    if vi == en {
        return html(vi);
    }
    format!(
        "<span class=\"vi\">{}</span><span class=\"en\" lang=\"en\">{}</span>",
        html(vi),
        html(en)
    )
}

/// A value of a field: dates in both languages, all else as it is.
pub(super) fn value(field: &str, value: &str) -> String {
    if is_date(field) {
        two(&date(value, Language::Vietnamese), &date(value, Language::English))
    } else {
        html(value)
    }
}

/// A button that opens evidence; `inner` is HTML.
pub(super) fn evidence(
    class: &str,
    document: usize,
    span: Option<Span<Raw>>,
    inner: &str,
) -> String {
    evidence_why(class, document, span, inner, None)
}

/// As [`evidence`], with what the value rests on.
pub(super) fn evidence_why(
    class: &str,
    document: usize,
    span: Option<Span<Raw>>,
    inner: &str,
    why: Option<&str>,
) -> String {
    let Some(span) = span else {
        return format!("<span class=\"{class} flat\">{inner}</span>");
    };
    let why = why
        .map_or_else(String::new, |why| format!(" data-why=\"{}\"", html(why)));
    format!(
        "<button type=\"button\" class=\"{class}\" \
         data-e=\"{document}:{}-{}\"{why}>{inner}</button>",
        span.start, span.end
    )
}

/// A short name for narrow places: the place without the body.
pub(super) fn short(name: &str) -> &str {
    for word in ["tỉnh ", "thành phố ", "TP. ", "TP "] {
        if let Some((_, place)) = name.split_once(word) {
            return place;
        }
    }
    name
}

/// Which side of a difference a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The first text, with what the second has not.
    First,
    /// The second text, with what the first has not.
    Second,
    /// The second text with the dropped words of the first.
    Both,
}

/// A word-level difference as HTML.
pub(super) fn changes(changes: &[Change], shown: Shown) -> String {
    let mut out = String::new();
    for change in changes {
        let words = match shown {
            Shown::First => &change.a,
            Shown::Second | Shown::Both => &change.b,
        };
        if change.minor {
            if !words.is_empty() {
                element(
                    &mut out,
                    "<span class=\"same minor\">",
                    words,
                    "</span>",
                );
            }
            continue;
        }
        let dropped = shown == Shown::Both && change.kind != ChangeKind::Same;
        if dropped && !change.a.is_empty() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            element(&mut out, "<del>", &change.a, "</del>");
            if !out.ends_with(' ') {
                out.push(' ');
            }
        }
        match change.kind {
            _ if words.is_empty() => {}
            ChangeKind::Same => {
                element(&mut out, "<span class=\"same\">", words, "</span>");
            }
            _ if shown == Shown::First => {
                element(&mut out, "<ins class=\"first\">", words, "</ins>");
            }
            _ => element(&mut out, "<ins>", words, "</ins>"),
        }
    }
    out
}

/// Words in an element, the blanks at their ends outside of it.
fn element(out: &mut String, open: &str, words: &str, close: &str) {
    let start = words.len() - words.trim_start().len();
    let bare = words.trim();
    push(out, &words[..start]);
    if !bare.is_empty() {
        out.push_str(open);
        push(out, bare);
        out.push_str(close);
    }
    if start < words.len() {
        push(out, &words[start + bare.len()..]);
    }
}
