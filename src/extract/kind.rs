//! Whether the text is, or reports, one main official act.
//!
//! # What it finds
//! An act with points enough (see [`act`](super::act)).
//!
//! # What it must refuse
//! Roundups of several documents, meetings, interviews, crime, sports,
//! companies' news: texts whose best candidate is only cited, or that go on
//! with something else.

use super::act::{Act, ENOUGH};
use super::reading::Reading;
use crate::record::Kind;

/// The kind of a document, from the candidates for its act.
pub fn of(reading: &Reading, acts: &[Act]) -> Kind {
    let Some(best) = acts.first() else { return Kind::Other };
    let mut points = best.points;
    if is_roundup(reading) {
        points -= 6;
    }
    if points >= ENOUGH { Kind::Announcement } else { Kind::Other }
}

/// Several lines that each open with another document.
fn is_roundup(reading: &Reading) -> bool {
    let lines = reading.text.lines();
    let opened = lines.iter().filter(|l| {
        reading.mentions.iter().any(|m| {
            m.symbol.is_some()
                && m.span.start >= l.span.start
                && m.span.start < l.span.start + 8
        })
    });
    opened.count() >= 4 && reading.layout.header.is_none()
}
