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

use super::subject::{BODIES_BEFORE, subject};
use super::{Act, depth, first_of, place};
use crate::extract::reading::{Reading, begin_from};
use crate::extract::territory;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::text::Span;
use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

/// A launch and what is launched.
static LAUNCH: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.launch"));

/// `… đã được phát động`.
static LAUNCHED: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.launched"));

/// `… được Hội Phụ nữ tỉnh phát động`, with what is launched at the head.
static LAUNCHED_BY: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("act.launched_by"));

/// Schools and hospitals, which no table of bodies holds.
static PUBLIC: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.public_units"));

pub(super) fn launches(reading: &Reading) -> Vec<Act> {
    let lower = &reading.lower()[..reading.layout.end];
    let host = LazyCell::new(|| host(reading));
    let told = LazyCell::new(|| told_in_lead(reading));
    let mut out = Vec::new();
    for m in LAUNCH.find_near(lower, &reading.scan, 160) {
        let mut act = Act::new("act/launch", Span::from(m.clone()));
        act.give("a launch", 2);
        act.subject = subject(reading, m.start)
            .or_else(|| subject_behind(reading, m.end))
            .or_else(|| who_orders(reading, m.start))
            .or_else(|| *host);
        if act.subject.is_some_and(|i| only_reports(reading, i)) {
            act.subject = host.or(act.subject);
        }
        place(reading, &mut act);
        if act.subject.is_none() && act.sentence.is_none() {
            act.subject = announcer(reading, m.end);
            let points = i32::from(act.subject.is_some());
            act.give("its body names it in the lead", 2 * points);
        }
        let head = reading.before(m.start, 160);
        if act.subject.is_some() {
            act.give("a body is its subject", 2);
        } else if PUBLIC.is_match(head, &reading.scan) {
            act.give("a public school or hospital", 2);
        } else if let Some((_, sentence)) = reading.sentence_at(m.start)
            && territory::subject(reading, sentence, m.start).is_some()
        {
            act.give("a place is its subject", 2);
        } else {
            let points = if act.sentence.is_some() { -3 } else { -2 };
            act.give("no public body", points);
        }
        let head = reading.before(m.start, 40);
        if word_lists::ends("act.launching_events", head.trim_end())
            && reading.layout.title.is_none_or(|t| !t.contains(act.span))
        {
            act.give("a ceremony", -1);
        }
        // `trong đợt ra quân …, công an bắt …`
        let own = word_lists::ends("act.held_rounds", head.trim_end());
        if word_lists::ends("act.rounds", head.trim_end()) && !own {
            act.give("a round that is named", -4);
        }
        if head.trim_end().ends_with("do") || head.contains("hưởng ứng") {
            act.give("somebody else's launch", -4);
        }
        if act.sentence.is_some_and(|n| depth(reading, n) > 3) {
            act.give("far from the top", -3);
        }
        further_points(reading, &m, &mut act);
        if act.sentence.is_none() && *told {
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
            .or_else(|| *host);
        if act.subject.is_some() {
            act.give("a body is its subject", 2);
        } else {
            act.give("no public body", -3);
        }
        out.push(act);
    }
    out.extend(passive(reading));
    out
}

/// `Bên cạnh đó, Hội còn ra quân …`: one of several things that a body does;
/// `đã phát động và thực hiện …`: told for what came of it.
fn further_points(reading: &Reading, found: &Range<usize>, act: &mut Act) {
    let Some((n, sentence)) = reading.sentence_at(found.start) else { return };
    let words = sentence.of(reading.lower());
    let head = &reading.lower()[sentence.start..found.start];
    if depth(reading, n) > 0 && word_lists::begins("act.further", words)
        || head.ends_with(" còn ")
    {
        act.give("one of several activities", -3);
    }
    // `tổng kết công tác năm 2021 và phát động thi đua năm 2022`
    if word_lists::inside("act.reviews", head) {
        act.give("at a review", -2);
    }
    // `Hơn hai tỷ đồng gửi về vùng lũ` tells what was given.
    let title = reading.layout.title.map(|t| t.of(reading.lower()));
    if title.is_some_and(|words| {
        word_lists::inside("act.sums", words)
            && !word_lists::inside("act.launch_verbs", words)
    }) {
        act.give("the headline tells what was given", -2);
    }
    let verb = &reading.lower()[found.clone()];
    if head.ends_with(" đã ") && verb.contains("phát động và thực hiện")
    {
        act.give("told for what came of it", -2);
    }
}

/// A contest and who holds it.
static CONTEST: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.contest"));

/// What a contest's notice tells besides.
static RULES: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.contest_rules"));

/// Sentences from the top in which a passive launch may be the act.
const TOP: usize = 4;

/// Bytes of a sentence that are looked at.
const LONG: usize = 1200;

/// `Đợt thi đua … được Hội Phụ nữ tỉnh phát động`, `… do X phát động`.
fn passive(reading: &Reading) -> Vec<Act> {
    let top = reading.layout.title.into_iter();
    let top = top.chain(reading.sentences().iter().take(TOP).copied());
    top.filter_map(|sentence| {
        let words = first_of(reading.lower(), sentence, LONG);
        let held = || {
            let caps = CONTEST.captures(words, &reading.scan)?;
            let body = &reading.lower()[..reading.layout.end];
            RULES.is_match(body, &reading.scan).then_some(caps)
        };
        let caps = LAUNCHED_BY.captures(words, &reading.scan).or_else(held)?;
        let by = caps.name("by")?;
        let span = Span::new(
            sentence.start + by.end(),
            sentence.start + caps.get(0)?.end(),
        );
        let by = sentence.start + by.start();
        let body = begin_from(reading.bodies(), |b| b.span.start, by)
            .take_while(|(_, b)| b.span.start < span.start)
            .find(|(_, b)| !b.plural)?;
        let mut act = Act::new("act/launched", span);
        act.give("a launch", 2);
        act.subject = Some(body.0);
        place(reading, &mut act);
        act.give("a body is its subject", 2);
        // `Phong trào do Hội phát động đã lan rộng` tells of its fruits.
        let tail = reading.after(span.end, 30);
        // `… phát động từ ngày 15/12 đã đem lại kết quả`
        let since = reading.after(span.end, 90);
        let since = since.split(['.', ';', ',']).next().unwrap_or(since);
        let bore = since.starts_with(" từ ")
            && word_lists::inside("act.bearing", since);
        if bore || word_lists::begins("act.goes_on", tail) {
            act.give("launched before", -4);
        }
        Some(act)
    })
    .collect()
}

/// `Theo lệnh của Bộ trưởng Bộ Công an, các đơn vị đồng loạt ra quân …`: who
/// orders what many do.
fn who_orders(reading: &Reading, at: usize) -> Option<usize> {
    let (_, sentence) = reading.sentence_at(at)?;
    let end = reading.bodies().partition_point(|b| b.span.start < at);
    let before = reading.bodies()[..end].iter().enumerate().rev();
    before
        .take_while(|(_, b)| b.span.start >= sentence.start)
        .take(BODIES_BEFORE)
        .find(|(_, b)| {
            let head = reading.before(b.span.start, 40);
            !b.plural && word_lists::ends("act.orders", head.trim_end())
        })
        .map(|(i, _)| i)
}

/// The body that names in the first sentences what a headline launches without
/// one: `Phát động “Tết làng”` and `Hội Nông dân tỉnh đã thông báo phong trào
/// “Tết làng”`.
fn announcer(reading: &Reading, launched: usize) -> Option<usize> {
    let title = reading.layout.title?;
    let quotes = reading.text.quotes();
    let name = quotes.iter().find(|q| {
        title.contains(q.outer)
            && q.outer.start <= launched + 1
            && launched <= q.inner.end
    })?;
    let name = name.inner.of(reading.lower());
    reading.sentences().iter().take(TOP).find_map(|sentence| {
        let words = first_of(reading.lower(), *sentence, LONG);
        let at = sentence.start + words.find(name)?;
        // It acts, as no place or guest behind the name does, nor what the
        // lead celebrates before it.
        begin_from(reading.bodies(), |b| b.span.start, sentence.start)
            .take_while(|(_, b)| b.full().end < at)
            .filter(|(i, b)| !b.plural && !reading.cited_bodies()[*i])
            .map(|(i, b)| (i, reading.after(b.full().end, 24)))
            .find(|(_, tail)| word_lists::begins("act.announces", tail))
            .map(|(i, _)| i)
    })
}

/// Whether the first sentences tell of a launch.
fn told_in_lead(reading: &Reading) -> bool {
    reading.sentences().iter().take(3).any(|s| {
        let words = s.of(reading.lower());
        LAUNCHED.is_match(words, &reading.scan)
            || LAUNCH.is_match(words, &reading.scan)
    })
}

/// `Lễ phát động do Trung ương Đoàn phối hợp …`: the body behind.
fn subject_behind(reading: &Reading, at: usize) -> Option<usize> {
    let i = reading.bodies().partition_point(|b| b.span.start < at);
    let body = reading.bodies().get(i)?;
    let between = reading.lower().get(at..body.span.start)?;
    (between.len() < 200 && between.trim_end().ends_with("do")).then_some(i)
}

/// `Thông tin từ Sở Y tế cho biết, lễ phát động …`: whether a body tells of
/// what may be another's.
fn only_reports(reading: &Reading, i: usize) -> bool {
    let tail = reading.after(reading.bodies()[i].full().end, 60);
    let clause = tail.split([',', ':', '.', ';']).next().unwrap_or(tail);
    word_lists::ends("act.reporting", clause)
}

/// `Lễ phát động do … tổ chức`, wherever it stands.
fn host(reading: &Reading) -> Option<usize> {
    const HOSTED: &str = "phát động do ";
    let at = reading.lower().find(HOSTED)? + HOSTED.len();
    let i = reading.bodies().iter().position(|b| b.span.start >= at)?;
    (reading.bodies()[i].span.start < at + 12).then_some(i)
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
    fn launches_at_meetings_and_passive_ones_are_found() {
        for text in [
            "UBND tỉnh Hà Nam tổ chức Hội nghị phát động phong trào “Làng \
             không rác”.",
            "Tại Đại hội thi đua, UBND tỉnh Hà Nam phát động phong trào “Làng \
             không rác”.",
            "Đợt thi đua trồng rừng được UBND tỉnh Hà Nam phát động từ nay \
             đến cuối năm.",
            "Sở Y tế Hà Nam phát động quyên góp giúp đồng bào vùng lũ.",
            "Trường THPT Bình Minh phát động phong trào đọc sách.",
            "Chiến dịch làng không rác do Sở Y tế Hà Nam phối hợp với Sở Tài \
             chính, Công an tỉnh phát động từ hôm nay.",
            "UBND tỉnh Hà Nam phát động cấp tỉnh chương trình góp gạo.",
            "Hội Nông dân Việt Nam và Đài Truyền hình Việt Nam tổ chức Lễ phát \
             động cấp toàn quốc chiến dịch trồng tre.",
            "Hội Nông dân Việt Nam đã phát động Giải báo chí về tre.",
            "Công ty Lúa Vàng cho biết: UBND tỉnh Hà Nam đã phát động chiến \
             dịch trồng tre.",
            "Hội Nông dân Việt Nam phát động trong cả nước Tháng trồng tre.",
            "Hội Nông dân Việt Nam tổ chức Lễ ra quân toàn quốc “Phong trào \
             trồng tre”.",
            "UBND xã An Hòa phối hợp với công ty Lúa Vàng tổ chức đợt phát \
             động toàn dân làm thủy lợi.",
            "UBND tỉnh Hà Nam tổ chức Lễ kỷ niệm ngày Nông dân, đồng thời \
             phát động chương trình “Trồng tre”.",
        ] {
            let points = launch(text);
            assert!(points.is_some_and(|n| n >= ENOUGH), "{text} {points:?}");
        }
    }

    #[test]
    fn the_fruits_of_a_launch_are_refused() {
        for text in [
            "Phong trào làng không rác do UBND tỉnh Hà Nam phát động đã lan \
             rộng.",
            "Phong trào làng không rác do UBND tỉnh Hà Nam phát động từ ngày \
             15/12 đã đem lại nhiều cái lợi.",
        ] {
            assert!(launch(text).is_some_and(|n| n < ENOUGH), "{text}");
        }
        let text = "Phong trào làng không rác do UBND tỉnh Hà Nam phát động từ \
                    ngày 15/12 đến hết tháng này.";
        assert!(launch(text).is_some_and(|points| points >= ENOUGH));
    }

    #[test]
    fn rounds_companies_and_feasts_launch_nothing() {
        for text in [
            "Trong đợt phát động toàn dân làm thủy lợi, UBND xã An Hòa gặp mưa.",
            "Công ty Lúa Vàng cùng UBND xã An Hòa phát động chương trình bán gạo.",
            "UBND tỉnh Hà Nam tổ chức Lễ kỷ niệm ngày Nông dân và nghe kể \
             chuyện phát động chương trình trồng tre.",
        ] {
            let points = launch(text);
            assert!(points.is_none_or(|n| n < ENOUGH), "{text} {points:?}");
        }
    }

    #[test]
    fn what_was_given_is_told_of_no_launch() {
        let lead = "Hội Nông dân Việt Nam tổ chức Lễ phát động “Góp gạo”.\n\n\
                    Các hộ góp gạo.";
        let text = format!("Hơn hai tỷ đồng về với làng\n\n{lead}");
        assert!(launch(&text).is_some_and(|points| points < ENOUGH));
        let text = format!("Phát động góp hai tỷ đồng cho làng\n\n{lead}");
        assert!(launch(&text).is_some_and(|points| points >= ENOUGH));
    }

    #[test]
    fn the_launch_of_another_is_refused() {
        let text = "Các xã hưởng ứng phát động phong trào trồng cây.";
        assert!(launch(text).is_some_and(|points| points < ENOUGH));
    }

    #[test]
    fn who_orders_what_many_do_launches() {
        let text = "Theo lệnh của Bộ trưởng Bộ Công an, các đơn vị đồng loạt \
                    ra quân trấn áp tội phạm.";
        assert!(launch(text).is_some_and(|points| points >= ENOUGH));
        let text = "Các đơn vị của Bộ Công an ra quân trấn áp tội phạm.";
        assert!(launch(text).is_none_or(|points| points < ENOUGH));
    }

    #[test]
    fn a_contest_with_its_rules_is_found() {
        let held = "Cuộc thi “Làng em có rừng” do Sở Y tế Hà Nam tổ chức.";
        let text = format!("{held} Đối tượng dự thi là học sinh.");
        assert!(launch(&text).is_some_and(|points| points >= ENOUGH));
        assert_eq!(launch(held), None);
    }

    #[test]
    fn the_lead_may_name_who_launches() {
        let head = "Phát động 'Tết làng' cho người nghèo\n\n";
        let text = format!(
            "{head}Hội Chữ thập đỏ Việt Nam đã thông báo phong trào “Tết làng” \
             cho mọi xã."
        );
        assert!(launch(&text).is_some_and(|points| points >= ENOUGH));
        let text = format!(
            "{head}Mừng Đảng bộ tỉnh Hà Nam họp Đại hội, Hội Nông dân tỉnh đã \
             tổ chức “Tết làng” cho mọi xã."
        );
        assert!(launch(&text).is_some_and(|points| points >= ENOUGH));
        let text = format!("{head}Ông Lúa kể về “Tết làng” của mình.");
        assert!(launch(&text).is_some_and(|points| points < ENOUGH));
    }

    #[test]
    fn one_of_several_activities_has_less() {
        let points = |text: &str| launch(text).unwrap();
        let own = "Hội Nông dân tỉnh Hà Nam phát động phong trào trồng tre.";
        assert!(points(own) >= ENOUGH);
        for text in [
            "Tháng này, các xã vào hội. Bên cạnh đó, Hội Nông dân tỉnh Hà Nam \
             phát động phong trào trồng tre.",
            "Hội Nông dân tỉnh Hà Nam còn phát động phong trào trồng tre.",
            "Hội Nông dân tỉnh Hà Nam mở tiệc làng, tổng kết năm 2021 và phát \
             động phong trào trồng tre năm 2022.",
            "Hội Nông dân tỉnh Hà Nam đã phát động và thực hiện phong trào trồng \
             tre, được 300 gốc.",
        ] {
            assert!(points(text) < ENOUGH, "{text} {}", points(text));
        }
    }

    #[test]
    fn an_engine_is_no_launch() {
        assert_eq!(launch("Ông Lúa phát động máy cày rồi ra đồng."), None);
    }
}
