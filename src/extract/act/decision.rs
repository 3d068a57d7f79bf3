//! Candidates that are decisions told without their paper.
//!
//! # What it finds
//! A body with `vừa`, `đã` or `mới` and a verb of deciding right behind it.
//!
//! # What it must refuse
//! Plans for the future (`sẽ …`), many bodies or many objects, and verbs whose
//! object is a paper, which is a candidate of its own.
//!
//! # Known limits
//! What is decided is not looked at.

use super::{Act, depth, place};
use crate::extract::reading::{Reading, begin_from};
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::text::Span;
use std::sync::LazyLock;

/// A decision told without its paper, right behind its body.
static DECIDES: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.decides"));

pub(super) fn decisions(reading: &Reading) -> Vec<Act> {
    let mut out = Vec::new();
    for (i, body) in reading.bodies().iter().enumerate() {
        let full = body.full();
        if body.plural || full.start >= reading.layout.end {
            continue;
        }
        let tail = reading.after(full.end, 120);
        let Some(m) = DECIDES.find(tail, &reading.scan) else { continue };
        // A document behind the verb is a candidate of its own.
        let object = full.end + m.end();
        let next = reading.after(object, 24);
        let many = word_lists::begins("act.many", next.trim_start());
        let paper = begin_from(&reading.mentions, |m| m.span.start, object)
            .next()
            .is_some_and(|(_, m)| m.span.start < object + 16);
        if many || paper {
            continue;
        }
        let span = Span::new(full.start, full.end + m.end());
        let mut act = Act::new("act/decision", span);
        act.subject = Some(i);
        act.give("a body decides", 3);
        place(reading, &mut act);
        if act.sentence.is_none_or(|n| depth(reading, n) > 2) {
            act.give("far from the top", -3);
        }
        out.push(act);
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::extract::act::candidates;
    use crate::extract::trial::read;

    fn decides(text: &str) -> bool {
        read(text, |reading| {
            candidates(reading).iter().any(|a| a.rule == "act/decision")
        })
    }

    #[test]
    fn what_a_body_just_decided_is_found() {
        assert!(decides("UBND tỉnh Hà Nam vừa chấp thuận xây cầu Khe Nứa."));
        assert!(decides("Bộ Y tế đã yêu cầu kiểm tra bếp ăn."));
        assert!(decides("UBND TP.HCM vừa chấp thuận xây cầu Khe Nứa."));
    }

    #[test]
    fn plans_many_things_and_papers_are_refused() {
        assert!(!decides("UBND tỉnh Hà Nam sẽ chấp thuận xây cầu Khe Nứa."));
        assert!(!decides("UBND tỉnh Hà Nam vừa chấp thuận nhiều dự án."));
        assert!(!decides(
            "UBND tỉnh Hà Nam vừa ban hành Kế hoạch số 7/KH-UBND."
        ));
        assert!(!decides("UBND các huyện đã yêu cầu kiểm tra bếp ăn."));
    }
}
