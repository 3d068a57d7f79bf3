//! The main act: the one document or launch that the text is about.
//!
//! # What it finds
//! Every mention of a document is a candidate, and so is every launch
//! (`phát động phong trào …`) and decision told without its paper (`UBND
//! thành phố vừa chấp thuận …`). Points are given for what makes a mention
//! the act (an issuing verb before it, a body as its subject, its place, its
//! symbol, its return later) and taken for what makes it a citation (`theo`,
//! `căn cứ`, `thực hiện`, `sửa đổi … của`), an earlier event (`Trước đó`) or
//! somebody's words. The best candidate is the act, if it has points enough.
//!
//! # What it must refuse
//! Papers that are only cited, asked for or planned; launches of others;
//! events; the articles of the Codex (Bộ pháp điển), which say what bodies
//! issue and when, but issue nothing.
//!
//! # Known limits
//! A feature article that opens with an act and goes elsewhere is told apart
//! only by its speech and events.

mod cited;
mod decision;
mod late;
mod launch;
mod not_public;
mod own_paper;
mod own_plan;
mod paper;
mod place_decision;
mod request;
mod source;
mod subject;

pub use late::TAKEN_UP_REASON;
pub use paper::NEWS_REASON;
use subject::subject;

use super::citation::Mention;
use super::dates::Anchor;
use super::issued::clause_date;
use super::reading::{Reading, begin_from};
use super::roles::is_day;
use super::window;
use crate::lexicon::bodies::Body;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::record::Edtf;
use crate::text::{Norm, Span};
use std::sync::LazyLock;

/// Points from which a candidate is the act of an announcement.
pub const ENOUGH: i32 = 6;

/// A candidate for the main act.
#[derive(Debug, Clone)]
pub struct Act {
    /// Its points.
    pub points: i32,
    /// Index among the mentions; `None` for a launch or a bare decision.
    pub mention: Option<usize>,
    /// Where its verb or its mention stands.
    pub span: Span<Norm>,
    /// Index among the bodies: the subject of the verb.
    pub subject: Option<usize>,
    /// Place among the sentences; `None` in the headline.
    pub sentence: Option<usize>,
    /// What the points are for.
    pub reasons: Vec<(&'static str, i32)>,
    /// Name of the rule.
    pub rule: &'static str,
}

impl Act {
    fn new(rule: &'static str, span: Span<Norm>) -> Self {
        Self {
            points: 0,
            mention: None,
            span,
            subject: None,
            sentence: None,
            reasons: Vec::new(),
            rule,
        }
    }

    fn give(&mut self, reason: &'static str, points: i32) {
        if points != 0 {
            self.points += points;
            self.reasons.push((reason, points));
        }
    }
}

/// The sentence tells of something before.
static EARLIER: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.earlier"));

/// The sentence opens with a year: `Năm 2018, UBND tỉnh ban hành …`.
static YEAR: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.year"));

/// Words of an event in its sentence.
static EVENT: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.event"));

/// A session of an assembly.
static SESSION: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.session"));

/// A company is the subject.
static COMPANY: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.company"));

/// The line above an article of the Codex, which tells of which law it is.
static LAW_ARTICLE: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("act.law_article"));

/// Whether the text is an article of the Codex: `(Điều 7 Thông tư số …, có
/// hiệu lực thi hành kể từ ngày …)`.
pub fn is_law_article(reading: &Reading) -> bool {
    let first = reading.text.lines().first();
    first.is_some_and(|line| {
        LAW_ARTICLE.is_match(line.span.of(reading.lower()), &reading.scan)
    })
}

/// Every candidate, the best first.
pub fn candidates(reading: &Reading) -> Vec<Act> {
    if is_law_article(reading) {
        return Vec::new();
    }
    let mut acts = paper::documents(reading);
    acts.extend(launch::launches(reading));
    acts.extend(decision::decisions(reading));
    acts.extend(request::requests(reading));
    acts.extend(place_decision::decisions(reading));
    // The lead tells more than the headline.
    acts.sort_by_key(|a| (-a.points, a.sentence.is_none(), a.span.start));
    lead_first(reading, &mut acts);
    young_first(reading, &mut acts);
    latest_first(reading, &mut acts);
    let headline = acts
        .iter()
        .any(|a| a.rule.starts_with("act/launch") && a.sentence.is_none());
    if let Some(first) = acts.first_mut()
        && first.rule.starts_with("act/launch")
        && first.sentence.is_some()
        && headline
    {
        first.give("launched in the headline too", 1);
    }
    if let Some(first) = acts.first()
        && first.rule.starts_with("act/launch")
        && first.sentence.is_none()
        && let Some(twin) = acts.iter().position(|a| {
            a.rule.starts_with("act/launch")
                && a.sentence.is_some_and(|n| n < 3)
                && !in_caption(reading, a.span.end)
        })
    {
        let points = acts[0].points;
        let mut lead = acts.remove(twin);
        let more = (points - lead.points).max(1);
        lead.give("launched in the headline too", more);
        lead.subject = lead.subject.or(acts[0].subject);
        acts.insert(0, lead);
    }
    acts
}

/// What the lead tells without a number comes before a numbered paper of
/// another body and kind that is told behind it: its background.
fn lead_first(reading: &Reading, acts: &mut [Act]) {
    let Some(best) = acts.first() else { return };
    let Some(numbered) = best.mention.map(|i| &reading.mentions[i]) else {
        return;
    };
    let told_behind = best.sentence.is_some_and(|n| n > 0);
    if numbered.symbol.is_none() || !told_behind {
        return;
    }
    let code = |m: &Mention| m.word.map(|(_, kind)| kind.code);
    let lead = acts.iter().skip(1).position(|act| {
        let unlike =
            act.mention.map(|i| &reading.mentions[i]).is_some_and(|m| {
                m.symbol.is_none()
                    && m.bare.is_none()
                    && code(m) != code(numbered)
            });
        unlike
            && act.sentence.is_some_and(|n| n < 2 && Some(n) < best.sentence)
            && act.points > ENOUGH
            && others(reading, act.subject, best.subject)
    });
    if let Some(i) = lead.map(|i| i + 1) {
        let more = acts[0].points - acts[i].points;
        acts[i].give("told first, of another body", more.max(1));
        acts[..=i].rotate_right(1);
    }
}

/// Days after which an act is no news.
const OLD: i32 = 45;

/// Of two papers with like points that of the article's own days is the act;
/// the older one is its ground.
fn young_first(reading: &Reading, acts: &mut [Act]) {
    let Some(today) = reading.publication() else { return };
    let days = |act: &Act| -> Option<i32> {
        let dated = reading.mentions[act.mention?].date;
        let date = dated.or_else(|| clause_date(reading, act.span.start))?;
        let Edtf::Point(mut point) = reading.dates[date].value else {
            return None;
        };
        // Without a year it is this one's.
        point.year = point.year.or(Some(today.day.0));
        let own = Anchor::of(Edtf::Point(point), "")?;
        Some(today.days_after(own))
    };
    let Some(best) = acts.first() else { return };
    if best.points <= ENOUGH || days(best).is_none_or(|n| n <= OLD) {
        return;
    }
    let points = best.points - 1;
    let young = acts.iter().position(|act| {
        act.points >= points
            && act.subject.is_some()
            && days(act).is_some_and(|n| (-1..=OLD).contains(&n))
    });
    if let Some(i) = young {
        acts[i].give("as young as the article", 1);
        acts[..=i].rotate_right(1);
    }
}

/// Of two numbered papers that one body has issued, each told with its day,
/// the later is the act: `ngày 9/3 … đã ban hành Chỉ thị …. Để tiếp tục …,
/// ngày 5/6 … có Công văn …`.
fn latest_first(reading: &Reading, acts: &mut [Act]) {
    let day = |act: &Act| -> Option<Anchor> {
        let mention = &reading.mentions[act.mention?];
        mention.symbol.filter(|_| mention.date.is_none())?;
        let date = clause_date(reading, act.span.start)?;
        Anchor::of(reading.dates[date].value, "")
    };
    let Some(best) = acts.first() else { return };
    let Some(top) = best.sentence.filter(|n| *n < 2) else { return };
    let Some(first) = day(best) else { return };
    let later = acts.iter().skip(1).position(|act| {
        let told = act
            .sentence
            .is_some_and(|n| (1..4).contains(&(n.saturating_sub(top))));
        told && act.points >= best.points.min(LATE)
            && best.subject.zip(act.subject).is_some()
            && !others(reading, best.subject, act.subject)
            && day(act).is_some_and(|d| d.days_after(first) > 0)
    });
    if let Some(i) = later.map(|i| i + 1) {
        let more = acts[0].points - acts[i].points;
        acts[i].give("told as the later of two", more.max(1));
        acts[..=i].rotate_right(1);
    }
}

/// Points that the later of two papers has at least.
const LATE: i32 = 9;

/// Whether two bodies are known and none is the head of the other.
fn others(reading: &Reading, a: Option<usize>, b: Option<usize>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let (a, b) = (reading.bodies()[a].body, reading.bodies()[b].body);
    let head = |x: &Body, y: &Body| {
        x.head_of.as_deref().is_some_and(|of| of == y.name)
    };
    a.name != b.name && !head(a, b) && !head(b, a)
}

/// Bytes of a sentence around an act that are looked at.
const LONG: usize = 2_000;

/// The words of a span; of a long one, its end.
fn last_of(text: &str, span: Span<Norm>) -> &str {
    window::before(span.of(text), span.len(), LONG)
}

/// The words of a span, so many bytes at most.
fn first_of(text: &str, span: Span<Norm>, most: usize) -> &str {
    window::after(text, span.start, span.len().min(most))
}

/// What both kinds of candidates get for where they stand.
fn place(reading: &Reading, act: &mut Act) {
    let in_title = reading.layout.title.is_some_and(|t| t.contains(act.span));
    if in_title {
        act.give("in the headline", 2);
        let asks = reading
            .layout
            .title
            .is_some_and(|t| t.of(reading.norm()).trim_end().ends_with('?'));
        act.give("the headline is a question", -4 * i32::from(asks));
        return;
    }
    let Some((n, sentence)) = reading.sentence_at(act.span.start) else {
        act.give("outside the body", -4);
        return;
    };
    act.sentence = Some(n);
    act.give(
        "near the top",
        match depth(reading, n) {
            0 | 1 => 3,
            2 => 2,
            3 | 4 => 1,
            5..=8 => 0,
            _ => -2,
        },
    );
    if in_caption(reading, act.span.end) {
        act.give("in a caption", -3);
    }
    let head = Span::new(sentence.start, act.span.start);
    let head = last_of(reading.lower(), head);
    let tail = Span::new(act.span.start, sentence.end);
    let tail = first_of(reading.lower(), tail, LONG);
    let start = act.span.start - head.len();
    let words = &reading.lower()[start..act.span.start + tail.len()];
    // `Thời gian qua, UBND huyện đã ban hành …` leads to what came of it.
    let background = word_lists::begins("act.background", head)
        && !word_lists::inside("act.news_words_behind", head);
    if background && act.rule == "act/document" {
        act.give("told as background", -7);
    } else if word_lists::inside("act.earlier_inside", head) {
        act.give("told as long past", -8);
    } else if EARLIER.is_match(words, &reading.scan)
        && !(n == 0 && answers_events(head))
    {
        act.give("told as earlier", -6);
    } else if YEAR.is_match(words, &reading.scan)
        && act.rule == "act/document"
        && !is_dated(reading, sentence)
    {
        act.give("told of a year", if n == 0 { -3 } else { -6 });
    }
    if let Some(event) = EVENT.find(head, &reading.scan)
        && !is_the_event(reading, act, head)
    {
        let told_there = sentence.of(reading.lower()).starts_with("tại ");
        // The lead of a report on a launch names the meeting before who
        // launches.
        let behind = act.span.start - head.len() + event.end();
        let body = act.subject.map(|i| reading.bodies()[i].span.start);
        let lead = act.rule == "act/launch"
            && n == 0
            && body.is_some_and(|at| at >= behind)
            && reading.after(act.span.start, 100).contains('“');
        // `tổ chức Lễ kỷ niệm …, đồng thời phát động …`: its host launches.
        let lead = lead
            || act.rule == "act/launch"
                && n == 0
                && word_lists::ends("act.together", head.trim_end());
        let points = if told_there { -6 } else { -3 };
        act.give("within an event", if lead { -1 } else { points });
    }
    if act.rule.starts_with("act/launch")
        && let Some(company) = COMPANY.find(head, &reading.scan)
        && !word_lists::ends("act.helping", head[..company.start()].trim_end())
        && !word_lists::inside("act.reporting", &head[company.start()..])
    {
        act.give("a company's", -4);
    }
}

/// `Liên quan đến vụ cháy chợ, UBND tỉnh vừa có công văn …`: whether the words
/// before an act only say what it answers.
fn answers_events(head: &str) -> bool {
    word_lists::begins("act.answering", head) && head.contains(", ")
}

/// Whether a sentence names a day.
fn is_dated(reading: &Reading, sentence: Span<Norm>) -> bool {
    begin_from(&reading.dates, |d| d.span.start, sentence.start)
        .take_while(|(_, d)| d.span.start < sentence.end)
        .any(|(_, d)| is_day(d))
}

/// Most bytes of the line of a caption.
const CAPTION: usize = 420;

/// Whether a byte lies in the words below a picture: `… Ảnh: Lò Văn Lúa`.
fn in_caption(reading: &Reading, at: usize) -> bool {
    let lines = reading.text.lines();
    let i = lines.partition_point(|l| l.span.end < at);
    lines.get(i).is_some_and(|line| {
        let words = line.span.of(reading.lower());
        let end = window::before(words, words.len(), 60);
        words.len() < CAPTION && word_lists::inside("act.caption_marks", end)
    })
}

/// Whether the event is the act itself: a meeting to launch something, an
/// assembly's session that passes a resolution.
fn is_the_event(reading: &Reading, act: &Act, head: &str) -> bool {
    let head = head.trim_end();
    if act.rule == "act/launch" {
        return word_lists::ends("act.launching_events", head);
    }
    let passes = word_lists::ends("act.passing_verbs", head);
    act.mention.is_some() && passes && SESSION.is_match(head, &reading.scan)
}

/// Place of a sentence among those below the banner.
fn depth(reading: &Reading, n: usize) -> usize {
    n - reading.banner().min(n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::trial::read;

    fn best(text: &str) -> (&'static str, i32, Option<usize>) {
        read(text, |reading| {
            let act = candidates(reading).remove(0);
            (act.rule, act.points, act.subject)
        })
    }

    #[test]
    fn what_a_body_issues_is_the_act() {
        let text = "UBND tỉnh Hà Nam vừa ban hành Kế hoạch số 71/KH-UBND.";
        let (rule, points, subject) = best(text);
        assert_eq!((rule, subject), ("act/document", Some(0)));
        assert!(points >= ENOUGH, "{points}");
    }

    #[test]
    fn the_later_of_two_papers_of_a_body_is_the_act() {
        let first = "Ngày 9/3/2019, UBND tỉnh Hà Nam đã ban hành Chỉ thị số \
                     8/CT-UBND về trồng tre.";
        let symbol = |day: &str, who: &str| {
            let text = format!(
                "{first} Để giữ đất, ngày {day}, {who} đã có Công văn số \
                 52/UBND-NN về trồng tre."
            );
            crate::extract::trial::record(&text).document.unwrap().symbol
        };
        let own = "Chủ tịch UBND tỉnh";
        assert_eq!(symbol("5/6/2019", own).as_deref(), Some("52/UBND-NN"));
        assert_eq!(symbol("2/1/2019", own).as_deref(), Some("8/CT-UBND"));
        assert_eq!(symbol("5/6/2019", "Bộ Y tế").as_deref(), Some("8/CT-UBND"));
    }

    #[test]
    fn what_is_told_as_earlier_has_less() {
        let now = "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND.";
        for (earlier, less) in [
            ("Trước đó", 6),
            ("Từ khi có rừng", 6),
            ("Bà Lúa kể ngay từ đầu năm", 8),
            ("Năm ấy, cố Thủ tướng về thăm", 8),
        ] {
            let earlier = format!("{earlier}, {now}");
            assert_eq!(best(&earlier).1, best(now).1 - less);
        }
    }

    #[test]
    fn what_a_story_only_praises_has_less() {
        let act = "ban hành Nghị định 15/2018/NĐ-CP thay nghị định cũ.";
        let story = best(&format!("Điểm sáng của năm là việc {act}"));
        assert!(story.1 < ENOUGH, "{story:?}");
        assert!(best(&format!("Chính phủ vừa {act}")).1 >= ENOUGH);
    }

    #[test]
    fn what_is_told_of_a_year_has_less() {
        let act = "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND nuôi tôm.";
        let story = |act: &str| best(&format!("Ông Lúa nuôi tôm. {act}")).1;
        assert_eq!(story(&format!("Năm 2018, {act}")), story(act) - 6);
        assert_eq!(story(&format!("Từ năm 2018, {act}")), story(act) - 6);
        // The day tells when.
        let dated = format!("Năm 2018, vào ngày 5/6/2018, {act}");
        assert_eq!(story(&dated), story(act));
    }

    #[test]
    fn captions_have_less() {
        let told = |by: &str| {
            format!(
                "Chợ quê vào hội\n\nBà con các xã cùng dự.\n\nUBND tỉnh \
                 Hà Nam phát động phong trào trồng cây.{by}\n\nTrời đẹp."
            )
        };
        let caption = told(" Ảnh: Lò Văn Lúa");
        assert_eq!(best(&caption).1, best(&told("")).1 - 3);
    }

    #[test]
    fn a_numbered_background_does_not_beat_the_lead() {
        let text = "Sở Y tế Hà Nam vừa ban hành kế hoạch diệt muỗi. Theo đó, \
                    các xã phun thuốc. Ngày 5/6/2020, Bộ Y tế đã ban hành \
                    Quyết định số 28/QĐ-BYT về diệt muỗi.";
        let of = |text| {
            read(text, |reading| {
                let act = candidates(reading).remove(0);
                act.subject.map(|i| reading.bodies()[i].span.start)
            })
        };
        assert_eq!(of(text), Some(0));
    }

    #[test]
    fn the_younger_of_two_papers_is_the_act() {
        let text = "26/02/2021 12:54\n\nHà Nam diệt muỗi\n\nNgày 31/12/2020, \
                    Tỉnh ủy Hà Nam đã ban hành Nghị quyết về diệt muỗi. Ngày \
                    24/2, UBND tỉnh Hà Nam đã ban hành Kế hoạch diệt muỗi.";
        read(text, |reading| {
            let act = candidates(reading).remove(0);
            assert!(act.span.of(reading.norm()).starts_with("Kế hoạch"));
        });
    }

    #[test]
    fn a_paper_that_is_cited_first_is_no_act() {
        let text = "Bộ Y tế yêu cầu các tỉnh thực hiện nghiêm Chỉ thị số \
                    5/CT-TTg. Ngày 4/6, Thủ tướng Chính phủ đã ký Chỉ thị số \
                    5/CT-TTg.";
        let told = &text[text.find("Ngày").unwrap()..];
        assert!(best(text).1 < best(told).1);
    }

    #[test]
    fn the_paper_that_a_text_opens_with_is_its_act() {
        let text = "Theo kế hoạch của Sở Y tế Hà Nam về việc diệt muỗi, tháng \
                    này các chợ được phun thuốc.";
        assert!(best(text).1 >= ENOUGH);
        let authors =
            format!("Chợ quê diệt muỗi\n\nLÒ VĂN LÚA - HÀ MÂY\n\n{text}");
        assert!(best(&authors).1 >= ENOUGH);
        let text = "Tháng này mưa nhiều. Theo kế hoạch của Sở Y tế Hà Nam về \
                    việc diệt muỗi, các chợ được phun thuốc.";
        assert!(best(text).1 < ENOUGH);
    }

    #[test]
    fn what_takes_place_is_not_issued() {
        let text = "Trường An Hòa đã diễn ra chương trình hát đối.";
        read(text, |reading| {
            assert!(candidates(reading).iter().all(|a| a.points < ENOUGH));
        });
    }

    #[test]
    fn appeals_are_not_passed() {
        let text = "UBND tỉnh Hà Nam dạy trẻ thông qua lời kêu gọi trồng cây của \
                    Bác Hồ.";
        read(text, |reading| {
            assert!(candidates(reading).iter().all(|a| a.points < ENOUGH));
        });
    }

    #[test]
    fn a_text_without_acts_has_no_candidates() {
        read("Chiều nay trời mưa to.", |reading| {
            assert!(candidates(reading).is_empty());
        });
    }
}
