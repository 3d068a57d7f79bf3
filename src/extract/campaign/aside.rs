//! Names of campaigns that a text only mentions on its way.
//!
//! # What it finds
//! `góp phần thúc đẩy phong trào “…”`, what a cited paper is about, movements
//! among the grounds of a paper.
//!
//! # What it must refuse
//! Names in the sentence of the act.
//!
//! # Known limits
//! The clause of a name is told by its marks alone.

use super::Name;
use crate::extract::reading::Reading;
use crate::lexicon::word_lists;
use crate::text::{Norm, Span};

/// A name in another sentence than the act's that is only mentioned on the
/// way: `góp phần thúc đẩy phong trào “…”`, or in what a cited paper is about.
pub(super) fn is_aside(
    reading: &Reading,
    sentence: Option<Span<Norm>>,
    name: &Name,
) -> bool {
    let Some((_, own)) = reading.sentence_at(name.span.start) else {
        return false;
    };
    if sentence.is_some_and(|s| s == own) {
        return false;
    }
    let head = reading.before(name.span.start, 110);
    let head = head.trim_end_matches(['“', ' ']);
    let clause = head.rsplit(['.', ';', ',', '“', '”', '\n']).next();
    if clause.is_some_and(|w| {
        word_lists::inside("campaign.asides", w)
            || word_lists::begins("campaign.tasks", w.trim_start())
    }) {
        return true;
    }
    let i =
        reading.mentions.partition_point(|m| m.span.start < name.span.start);
    let cited = i
        .checked_sub(1)
        .map(|i| &reading.mentions[i])
        .filter(|m| m.symbol.is_some() && m.span.start >= own.start);
    // `- Kế hoạch số … của … về … Phong trào “…”;` among the grounds.
    let ground = || {
        let i = reading.mentions.partition_point(|m| m.span.start < own.start);
        let first = reading.mentions.get(i).filter(|m| m.symbol.is_some());
        reading.layout.header.is_some()
            && first.is_some_and(|m| m.span.start < own.start + 4)
    };
    ground()
        || cited.is_some_and(|m| {
            let between = reading.lower().get(m.end..name.span.start);
            between.is_some_and(|w| w.starts_with(" về ") && !w.contains(", "))
        })
}
