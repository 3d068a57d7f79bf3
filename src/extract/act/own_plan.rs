//! A plan that its body carries out, told as its act.
//!
//! # What it finds
//! `Sở Y tế vừa triển khai kế hoạch diệt muỗi`: the body right before the
//! verb, a plan without a number behind it.
//!
//! # What it must refuse
//! Meetings at which a plan is carried out, plans of others, plans with a
//! number: those are cited.
//!
//! # Known limits
//! `triển khai` may also say that an older plan goes on.

use super::subject;
use crate::extract::citation::Mention;
use crate::extract::reading::Reading;
use crate::lexicon::places;
use crate::lexicon::word_lists;
use crate::text::Span;

/// The body that carries out its own plan.
pub(super) fn carried_out(reading: &Reading, m: &Mention) -> Option<usize> {
    let own = m.symbol.is_none()
        && m.bare.is_none()
        && m.word.is_some_and(|(_, k)| word_lists::has("act.plans", k.code));
    if !own {
        return None;
    }
    let head = reading.before(m.span.start, 40);
    let trimmed = head.trim_end_matches([' ', '“']);
    let mut verbs = word_lists::words("act.carrying_verbs").iter();
    let before = verbs.find_map(|verb| trimmed.strip_suffix(*verb))?;
    let at = m.span.start - (head.len() - before.len());
    let anothers =
        |i: usize| reading.issuer_of(m).is_some_and(|other| other != i);
    if let Some(i) = source(reading, at) {
        return (!anothers(i)).then_some(i);
    }
    let i = subject(reading, at)?;
    let (norm, lower) = (reading.norm(), reading.lower());
    let body = reading.bodies()[i].full().end;
    let end = places::place_at(norm, lower, body).map_or(body, |p| p.span.end);
    let mut words = lower.get(end..at)?.split_whitespace();
    // `Hội Liên hiệp Phụ nữ (LHPN) tỉnh vừa …`
    let right = words.all(|w| {
        w.starts_with('(') && w.ends_with(')')
            || word_lists::has("act.lately", w)
            || word_lists::has("act.words_of_places", w)
    });
    (right && !anothers(i)).then_some(i)
}

/// `Theo UBND tỉnh Hà Nam, các ngành của tỉnh đang triển khai kế hoạch …`: the
/// body with which the text opens, and no other before the verb.
fn source(reading: &Reading, verb: usize) -> Option<usize> {
    let first = *reading.sentences().first()?;
    let end = reading.bodies().partition_point(|b| b.span.start < verb);
    let body = reading.bodies()[..end].last()?;
    let named =
        places::place_at(reading.norm(), reading.lower(), body.span.end);
    let behind = named.map_or(body.full().end, |p| p.span.end);
    let head = reading.lower().get(first.start..body.span.start)?;
    (first.contains(Span::<crate::text::Norm>::new(body.span.start, verb))
        && head == "theo "
        && !body.plural
        && reading.after(behind, 2).starts_with(','))
    .then_some(end - 1)
}

#[cfg(test)]
mod tests {
    use crate::extract::act::{ENOUGH, candidates};
    use crate::extract::trial::read;

    fn points(text: &str) -> i32 {
        read(text, |reading| candidates(reading)[0].points)
    }

    #[test]
    fn a_body_that_carries_out_its_plan_is_found() {
        for text in [
            "Sở Y tế Hà Nam vừa triển khai kế hoạch diệt muỗi ở chợ.",
            "Ban Thường vụ Hội Liên hiệp Phụ nữ (LHPN) tỉnh triển khai Kế \
             hoạch góp gạo.",
            "Theo UBND tỉnh Hà Nam, các ngành của tỉnh đang triển khai kế \
             hoạch trồng tre.",
            "UBND tỉnh Hà Nam triển khai thực hiện Kế hoạch trồng rừng ven đê.",
        ] {
            assert!(points(text) >= ENOUGH, "{text} {}", points(text));
        }
    }

    #[test]
    fn plans_of_others_and_meetings_are_refused() {
        for text in [
            "Sở Y tế Hà Nam triển khai kế hoạch của UBND tỉnh về diệt muỗi.",
            "Sở Y tế Hà Nam họp bàn việc triển khai kế hoạch diệt muỗi.",
            "Sở Y tế Hà Nam triển khai Kế hoạch số 5/KH-UBND về diệt muỗi.",
            "Công ty An Hòa triển khai kế hoạch bán gạo.",
        ] {
            assert!(points(text) < ENOUGH, "{text} {}", points(text));
        }
    }
}
