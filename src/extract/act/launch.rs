//! Candidates that are launches, told without a paper.
//!
//! # What it finds
//! `phát động phong trào …`, `ra quân đợt cao điểm …`, `… được phát động`.
//!
//! # What it must refuse
//! A launch that another body answers (`hưởng ứng …`), one far from the top.
//!
//! # Known limits
//! Who hosts a ceremony is looked for in the whole text.

use super::{Act, place, subject};
use crate::extract::reading::Reading;
use crate::lexicon::scan::Rule;
use crate::text::Span;
use std::sync::LazyLock;

/// A launch and what is launched.
static LAUNCH: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.launch"));

/// `… đã được phát động`.
static LAUNCHED: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.launched"));

pub(super) fn launches(reading: &Reading) -> Vec<Act> {
    let lower = &reading.lower()[..reading.layout.end];
    let mut out = Vec::new();
    for m in LAUNCH.find_near(lower, &reading.scan, 160) {
        let mut act = Act::new("act/launch", Span::from(m.clone()));
        act.give("a launch", 2);
        place(reading, &mut act);
        act.subject = subject(reading, m.start)
            .or_else(|| subject_behind(reading, m.end))
            .or_else(|| host(reading));
        if act.subject.is_some() {
            act.give("a body is its subject", 2);
        } else {
            let points = if act.sentence.is_some() { -3 } else { -2 };
            act.give("no public body", points);
        }
        let head = reading.before(m.start, 40);
        if head.trim_end().ends_with("lễ")
            && reading.layout.title.is_none_or(|t| !t.contains(act.span))
        {
            act.give("a ceremony", -1);
        }
        if head.trim_end().ends_with("do") || head.contains("hưởng ứng") {
            act.give("somebody else's launch", -4);
        }
        if act.sentence.is_some_and(|n| n > 3) {
            act.give("far from the top", -3);
        }
        let told = reading.sentences.iter().take(3).any(|s| {
            LAUNCHED.is_match(s.of(lower), &reading.scan)
                || LAUNCH.is_match(s.of(lower), &reading.scan)
        });
        if act.sentence.is_none() && told {
            act.give("told again in the lead", 3);
        }
        out.push(act);
    }
    for m in LAUNCHED.find_near(lower, &reading.scan, 40) {
        let mut act = Act::new("act/launched", Span::from(m.clone()));
        act.give("a launch", 2);
        place(reading, &mut act);
        act.subject = subject_behind(reading, m.end)
            .or_else(|| subject(reading, m.start))
            .or_else(|| host(reading));
        if act.subject.is_some() {
            act.give("a body is its subject", 2);
        } else {
            act.give("no public body", -3);
        }
        out.push(act);
    }
    out
}

/// `Lễ phát động do Trung ương Đoàn phối hợp …`: the body behind.
fn subject_behind(reading: &Reading, at: usize) -> Option<usize> {
    let i = reading.bodies.partition_point(|b| b.span.start < at);
    let body = reading.bodies.get(i)?;
    let between = reading.lower().get(at..body.span.start)?;
    (between.len() < 200 && between.trim_end().ends_with("do")).then_some(i)
}

/// `Lễ phát động do … tổ chức`, wherever it stands.
fn host(reading: &Reading) -> Option<usize> {
    const HOSTED: &str = "phát động do ";
    let at = reading.lower().find(HOSTED)? + HOSTED.len();
    let i = reading.bodies.iter().position(|b| b.span.start >= at)?;
    (reading.bodies[i].span.start < at + 12).then_some(i)
}

#[cfg(test)]
mod tests {
    use crate::extract::act::{ENOUGH, candidates};
    use crate::extract::trial::read;

    fn launch(text: &str) -> Option<i32> {
        read(text, |reading| {
            let acts = candidates(reading);
            let act = acts.iter().find(|a| a.rule.starts_with("act/launch"));
            act.map(|a| a.points)
        })
    }

    #[test]
    fn a_body_that_launches_is_found() {
        let text = "Sáng nay, UBND tỉnh Hà Nam phát động phong trào trồng cây.";
        assert!(launch(text).is_some_and(|points| points >= ENOUGH));
    }

    #[test]
    fn the_launch_of_another_is_refused() {
        let text = "Các xã hưởng ứng phát động phong trào trồng cây.";
        assert!(launch(text).is_some_and(|points| points < ENOUGH));
    }

    #[test]
    fn an_engine_is_no_launch() {
        assert_eq!(launch("Ông Lúa phát động máy cày rồi ra đồng."), None);
    }
}
