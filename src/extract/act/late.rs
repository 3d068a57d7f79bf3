//! Papers told only after their background.
//!
//! # What it finds
//! A paper that the next sentences take up, or as young as the article.
//!
//! # What it must refuse
//! A paper that is only mentioned on the way.
//!
//! # Known limits
//! Only the two sentences behind the paper are looked at.

use super::{Act, own_paper};
use crate::extract::citation::Mention;
use crate::extract::dates::Anchor;
use crate::extract::reading::Reading;
use crate::lexicon::scan::Rule;
use std::sync::LazyLock;

/// What goes on with a paper in the sentence behind it: `Theo đó, …`.
static TAKEN_UP: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.taken_up"));

/// The reason that a late paper is the subject after all.
pub const TAKEN_UP_REASON: &str = "taken up behind it";

/// A paper told only after its background is still the subject if the text
/// goes on with it, or if it is as young as the article.
pub(super) fn points(reading: &Reading, m: &Mention, act: &mut Act) {
    let Some(n) = act.sentence.filter(|n| *n >= 2) else { return };
    if act.subject.is_none() || act.points < 3 {
        return;
    }
    let behind = reading.sentences().iter().skip(n + 1).take(2);
    let mut behind = behind.map(|s| s.of(reading.lower()));
    if behind.any(|words| TAKEN_UP.is_match(words, &reading.scan))
        || own_paper::lists(reading, n)
    {
        act.give(TAKEN_UP_REASON, 3);
    }
    let own = m.date.map(|i| reading.dates[i].value);
    let own = own.and_then(|value| Anchor::of(value, ""));
    let young = own
        .zip(reading.publication())
        .is_some_and(|(own, day)| (-1..=20).contains(&day.days_after(own)));
    if young {
        act.give("as young as the article", 2);
    }
}

#[cfg(test)]
mod tests {
    use super::TAKEN_UP_REASON;
    use crate::extract::act::candidates;
    use crate::extract::trial::read;

    fn taken_up(tail: &str) -> bool {
        let text = format!(
            "Muỗi nhiều ở Hà Nam.\n\nNhiều nhà bị muỗi đốt. Chợ còn bẩn. Mùa \
             mưa đã đến. Sở Y tế Hà Nam vừa ban hành Kế hoạch số 7/KH-SYT về \
             diệt muỗi. {tail}"
        );
        let acts = read(&text, candidates);
        let mut reasons = acts.iter().flat_map(|a| &a.reasons);
        reasons.any(|(why, _)| *why == TAKEN_UP_REASON)
    }

    #[test]
    fn what_the_text_goes_on_with_is_its_subject() {
        assert!(taken_up("Theo đó, các xã dọn vệ sinh."));
        assert!(!taken_up("Trẻ em ở chợ đã đi học."));
    }
}
