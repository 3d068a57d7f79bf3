//! The movement, drive, month or campaign that the act launches or carries
//! out (phong trào, đợt thi đua, cuộc vận động, chiến dịch, tháng hành động).
//!
//! # What it finds
//! The quoted name behind its cue (`phong trào thi đua đặc biệt “…”`), or the
//! unquoted one up to its end, in the sentence of the act, the headline, or
//! where it returns.
//!
//! # What it must refuse
//! The parent movement that the act answers (`Hưởng ứng phong trào “…” do
//! Thủ tướng Chính phủ phát động`), slogans, models, television programmes.
//!
//! # Known limits
//! An unquoted name ends at the first connective, even at one of its own.

mod aside;
mod name_end;
mod opening;

use super::act::Act;
use super::reading::Reading;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::record::{Evidence, Status, Words};
use crate::text::{Norm, Span};
use aside::is_aside;
use name_end::{carries_out, counts_years, is_one_of_many, name_end, row_end};
use opening::{Opening, is_launched, is_of_others};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A cue and how much it says, right before a quote.
static CUE: LazyLock<Rule> = LazyLock::new(|| Rule::new("campaign.cue"));

/// Names that need no quotes: they begin with a capital after their cue, or
/// are named by a set phrase.
static NAMED: LazyLock<Rule> = LazyLock::new(|| Rule::new("campaign.named"));

static ANSWERED: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("campaign.answered"));

static LAUNCHED_BY: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("campaign.launched_by"));

/// Points from which a name is the campaign of the act.
pub const ENOUGH: i32 = 5;

/// A name with its points.
struct Name {
    span: Span<Norm>,
    points: i32,
    quoted: bool,
    reasons: &'static str,
}

/// Every candidate with its points and rule, in no order.
pub fn candidates(
    reading: &Reading,
    act: &Act,
    slogans: &[Span<Norm>],
) -> Vec<(Span<Norm>, i32, &'static str)> {
    let names = names(reading, act, slogans);
    names.iter().map(|n| (n.span, n.points, n.reasons)).collect()
}

fn names(reading: &Reading, act: &Act, slogans: &[Span<Norm>]) -> Vec<Name> {
    let mut names = quoted(reading, act, slogans);
    // The quotes come in their order and do not overlap.
    let inner = unquoted(reading, act).into_iter().filter(|name| {
        let i = names.partition_point(|q| q.span.end < name.span.end);
        names.get(i).is_none_or(|quoted| !quoted.span.contains(name.span))
    });
    let inner: Vec<Name> = inner.collect();
    names.extend(inner);
    names.retain(|name| !is_of_body(reading, name));
    let sentence = reading.sentence_at(act.span.start).map(|(_, s)| s);
    for name in &mut names {
        place(reading, act, sentence, name);
    }
    // Where a name returns, it is the subject of the text.
    let keys: Vec<String> =
        names.iter().map(|n| key(reading, n.span)).collect();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for key in keys.iter().filter(|key| !key.is_empty()) {
        *counts.entry(key).or_default() += 1;
    }
    // A text with more names than that is not about one of them.
    let few = counts.len() <= WORDINGS;
    let returns: BTreeSet<&str> = counts
        .iter()
        .filter(|(key, count)| {
            let other = |k: &&str| k != *key && close(k, key);
            **count > 1 || few && counts.keys().any(other)
        })
        .map(|(key, _)| *key)
        .collect();
    for (name, key) in names.iter_mut().zip(&keys) {
        name.points += i32::from(returns.contains(key.as_str()));
    }
    // The heading of a paper has the name of what it launches in capitals.
    let heading = reading.layout.header.and(reading.layout.title);
    let on_a_line = |key: &str| key.replace('\n', " ");
    if let Some(heading) = heading.map(|t| on_a_line(&self::key(reading, t))) {
        for (name, key) in names.iter_mut().zip(&keys) {
            let long = key.split(' ').take(LONG).count() >= LONG;
            let named =
                long && !name.quoted && heading.contains(&on_a_line(key));
            name.points += if named { 3 } else { 0 };
        }
    }
    names
}

/// Syllables of a name that a heading has by no chance.
const LONG: usize = 6;

/// Most wordings of names of which each is compared with each.
const WORDINGS: usize = 100;

/// Finds the campaign of an act.
pub fn find(
    reading: &Reading,
    act: &Act,
    slogans: &[Span<Norm>],
) -> Option<Words> {
    let names = names(reading, act, slogans);
    let keys: Vec<String> =
        names.iter().map(|n| key(reading, n.span)).collect();
    let best = names
        .iter()
        .enumerate()
        .max_by_key(|(i, n)| (n.points, n.quoted, -(*i as i32)))
        .filter(|(_, n)| n.points >= ENOUGH)?;
    let (span, text) = reading.text.evidence(best.1.span);
    let others = names
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != best.0 && close(&keys[*i], &keys[best.0]))
        .map(|(_, n)| {
            let (span, text) = reading.text.evidence(n.span);
            Evidence { text, span }
        })
        .collect();
    Some(Words {
        text,
        span: Some(span),
        status: Status::Stated,
        rule: best.1.reasons.into(),
        why: None,
        others,
    })
}

fn key(reading: &Reading, span: Span<Norm>) -> String {
    crate::text::fold(span.of(reading.norm()))
}

/// Two wordings of one name: four of five syllables are shared.
fn close(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) =
        (a.split_whitespace().collect(), b.split_whitespace().collect());
    if a.len().min(b.len()) < 3 {
        return false;
    }
    let shared = a.iter().filter(|w| b.contains(w)).count();
    shared * 5 >= a.len().max(b.len()) * 4
}

fn quoted(reading: &Reading, act: &Act, slogans: &[Span<Norm>]) -> Vec<Name> {
    let mut out = Vec::new();
    let quotes = reading.text.quotes();
    for quote in quotes.iter().filter(|q| q.depth == 0) {
        let count = quote.inner.of(reading.norm()).split_whitespace().count();
        if quote.outer.start >= reading.layout.end || !(2..=45).contains(&count)
        {
            continue;
        }
        let head = reading.before(quote.outer.start, 130);
        let words = quote.inner.of(reading.lower());
        let month = word_lists::begins("campaign.opening_words", words);
        let weight = match CUE.captures(head, &reading.scan) {
            Some(caps) => match &caps["cue"] {
                c if c.starts_with("phong trào") || c.contains("thi đua") => {
                    4
                }
                c if word_lists::has("campaign.strong_cues", c) => 4,
                c if word_lists::has("campaign.programmes", c) => 1,
                _ => 2,
            },
            None if month || is_launched(head) => 2,
            None => continue,
        };
        // `với chủ đề “…”` behind `phong trào` gives its name.
        let theme = head.trim_end_matches([' ', ':']).ends_with("chủ đề");
        // `ngày …, được Liên hợp quốc phát động với chủ đề “…”` has a name.
        if theme && is_of_others(act, head) {
            continue;
        }
        if slogans.iter().any(|s| s.overlaps(quote.inner)) && !theme {
            continue;
        }
        let mut span = without_stop(reading, quote.inner);
        let mut points = weight;
        if head.ends_with("tết trồng cây ") {
            span = Span::new(
                quote.outer.start - "tết trồng cây ".len(),
                quote.outer.end,
            );
        }
        if ANSWERED.is_match(head, &reading.scan)
            && !answers_itself(reading, act, quote.outer.start)
        {
            points -= 5;
        }
        if launched_by_another(reading, act, quote.outer.end)
            && !launches(act, head)
        {
            points -= 4;
        }
        out.push(Name {
            span,
            points,
            quoted: true,
            reasons: "campaign/quoted",
        });
    }
    out
}

fn unquoted(reading: &Reading, act: &Act) -> Vec<Name> {
    let text = &reading.norm()[..reading.layout.end];
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(head) = NAMED.regex().find_at(text, at) {
        let opening = Opening::of(text, head.range());
        let behind = opening.as_ref().map(|opening| opening.rest.end);
        let name = opening.and_then(|it| named(reading, act, it));
        // `chương trình ra quân Chiến dịch …`: what is no name may hold one.
        at = behind.filter(|_| name.is_some()).unwrap_or(head.end());
        out.extend(name);
    }
    out
}

/// The name that a set phrase or a capital begins, up to its end.
fn named(reading: &Reading, act: &Act, opening: Opening) -> Option<Name> {
    let Opening { start, rest, hour } = opening;
    let lower = &reading.lower()[rest.clone()];
    let cut = name_end(reading, lower);
    let mut end = rest.start + lower[..cut].trim_end().len();
    if cut == lower.len() {
        end = row_end(reading, rest.start, end);
    }
    // `phong trào thi đua yêu nước trong …` is named by what follows.
    let bare = &reading.lower()[start..end];
    if word_lists::has("campaign.bare", bare)
        && let Some(tail) = reading.lower()[end..rest.end].strip_prefix(TRONG)
    {
        end += TRONG.len() + tail[..name_end(reading, tail)].trim_end().len();
    }
    // A name joined with the next one.
    let own = &reading.lower()[rest.start..end];
    end = rest.start + own.strip_suffix(" và").unwrap_or(own).len();
    let head_word = &reading.lower()[start..rest.start];
    let within = &reading.lower()[..start];
    if within.ends_with(char::is_alphanumeric)
        || word_lists::begins("campaign.no_names", lower)
    {
        return None;
    }
    let is_capital =
        |at: usize| reading.norm()[at..].starts_with(char::is_uppercase);
    let programme = head_word.starts_with("chương trình");
    let set = hour || !programme && is_capital(start);
    let capital = is_capital(rest.start);
    let own = answers_itself(reading, act, start);
    let count = reading.lower()[rest.start..end.max(rest.start)]
        .split_whitespace()
        .count();
    // `Tháng Thanh niên 2022` needs no more.
    let whole = word_lists::begins("campaign.whole_heads", head_word);
    let least = if whole { 0 } else { 2 };
    let end = if whole { end.max(rest.start - 1) } else { end };
    if !(least..=24).contains(&count)
        || end <= rest.start && !whole
        || is_cue(reading, start, end)
        || word_lists::has("campaign.bare", &reading.lower()[start..end])
        || !capital && is_one_of_many(reading, start)
        || counts_years(reading.before(start, 16))
    {
        return None;
    }
    let movement = word_lists::begins("campaign.movements", head_word);
    let mut points = match (set || own, capital, movement) {
        (true, _, _) => 3,
        (false, true, true) => 3,
        (false, true, false) => 2,
        (false, false, true) => 1,
        (false, false, false) if carries_out(reading, start, head_word) => 2,
        _ => return None,
    };
    // `phong trào thi đua` is part of what only describes it.
    let own_start = match head_word.trim() == "phong trào thi đua" && capital
    {
        true => rest.start,
        false => start,
    };
    if !own && ANSWERED.is_match(reading.before(start, 100), &reading.scan) {
        points -= 4;
    }
    if launched_by_another(reading, act, end) {
        points -= 4;
    }
    Some(Name {
        span: Span::new(own_start, end),
        points,
        quoted: false,
        reasons: "campaign/unquoted",
    })
}

/// The connective that leads on to what names a bare movement.
const TRONG: &str = " trong ";

/// A stop or comma of the sentence that stands within the quotes.
fn without_stop(reading: &Reading, span: Span<Norm>) -> Span<Norm> {
    let words = span.of(reading.norm());
    let words = words.trim_end().trim_end_matches(['.', ',', ';']);
    Span::new(span.start, span.start + words.len())
}

/// `Kế hoạch … hưởng ứng Chiến dịch …`, `Hưởng ứng Ngày …` as the headline:
/// what the act itself answers is what it carries out.
fn answers_itself(reading: &Reading, act: &Act, name: usize) -> bool {
    const ANSWER: &str = "hưởng ứng";
    let title = reading.layout.title.filter(|t| t.contains(act.span));
    let title = title.or(reading.layout.title.filter(|t| {
        t.start <= name && t.of(reading.lower()).starts_with(ANSWER)
    }));
    let from = match reading.sentence_at(name) {
        Some((_, s)) if s.contains(act.span) => act.span.start,
        Some(_) => return false,
        None => match title {
            Some(title) if name < title.end => title.start,
            _ => return false,
        },
    };
    let Some(words) = reading.lower().get(from..name) else { return false };
    words.rfind(ANSWER).is_some_and(|at| {
        let (head, tail) = words.split_at(at);
        // Behind the name of another one the parent movement is answered.
        !head.contains('“')
            && !word_lists::inside("campaign.heads", head)
            && tail.split(' ').count() < 14
            && !tail.contains('“')
    })
}

/// `phong trào … do Thủ tướng phát động`, unless that is the act.
fn launched_by_another(reading: &Reading, act: &Act, end: usize) -> bool {
    let tail = reading.after(end, 160);
    let own = act.rule == "act/launched"
        && (end..end + tail.len()).contains(&act.span.start);
    !own && LAUNCHED_BY.is_match(tail, &reading.scan)
}

/// `phát động phong trào thi đua thực hiện chương trình “…” do …`: the launch
/// itself takes up what another began.
fn launches(act: &Act, head: &str) -> bool {
    let clause = head.rsplit([',', '.', ';', ':', '“']).next().unwrap_or(head);
    act.rule == "act/launch"
        && clause.rsplit_once("phát động ").is_some_and(|(_, what)| {
            word_lists::begins("campaign.launched", what)
                && what.contains("thực hiện")
        })
}

/// `Phong trào thi đua “…”`, `phong trào thực hiện chương trình “…”`: what ends
/// with the cue of a name in quotes.
fn is_cue(reading: &Reading, start: usize, end: usize) -> bool {
    let tail = reading.after(end, 4).trim_start();
    tail.starts_with('“')
        && CUE.is_match(&reading.lower()[start..end], &reading.scan)
}

/// `Ban Chỉ đạo phong trào …`: the name of a body.
fn is_of_body(reading: &Reading, name: &Name) -> bool {
    let head = reading.before(name.span.start, 40);
    let head = head.trim_end_matches(['“', ' ']);
    let head = head.strip_suffix("phong trào").unwrap_or(head).trim_end();
    word_lists::ends("campaign.committees", head)
}

/// Points for where a name stands.
fn place(
    reading: &Reading,
    act: &Act,
    sentence: Option<Span<Norm>>,
    name: &mut Name,
) {
    let in_title = reading.layout.title.is_some_and(|t| t.contains(name.span));
    if in_title {
        name.points += 2;
    } else if sentence.is_some_and(|s| s.contains(name.span))
        && (name.span.start > act.span.start || act.rule == "act/launched")
    {
        name.points += 4;
    } else if sentence.is_some_and(|s| s.overlaps(name.span)) {
        name.points += 2;
    } else if reading.sentence_at(name.span.start).is_some_and(|(n, _)| n <= 2)
    {
        // What a launch begins is named with it; others are those in which
        // it joins.
        name.points += i32::from(!act.rule.starts_with("act/launch"));
    }
    if taken_up(reading, act, sentence, name) {
        name.points += 2;
    }
    if !in_title && is_aside(reading, sentence, name) {
        name.points -= 4;
    }
    let head = reading.before(name.span.start, 80);
    let launched = word_lists::inside("campaign.launching_verbs", head);
    if launched {
        name.points += 1;
    }
}

/// `Tháng hành động vì … năm 2023 là dịp … Để thực hiện Tháng hành động, UBND
/// tỉnh ban hành …`: the act's sentence takes the name up by its head.
fn taken_up(
    reading: &Reading,
    act: &Act,
    sentence: Option<Span<Norm>>,
    name: &Name,
) -> bool {
    let Some(sentence) = sentence.filter(|s| s.start >= name.span.end) else {
        return false;
    };
    let words = name.span.of(reading.norm());
    let heads = word_lists::words("campaign.set_heads").iter();
    let mut heads = heads.filter(|head| words.starts_with(**head));
    let told = &reading.norm()[sentence.start..act.span.start];
    !name.quoted && heads.any(|head| told.contains(*head))
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    fn campaign(text: &str) -> Option<String> {
        record(text).campaign.map(|words| words.text)
    }

    #[test]
    fn the_work_of_an_association_is_no_campaign() {
        let text = "Trung ương Đoàn phát động Giải báo chí về công tác Đoàn và \
                    phong trào thiếu nhi làng quê năm 2021.";
        assert_eq!(campaign(text), None);
        let text = "Trung ương Đoàn phát động phong trào thiếu nhi làng quê \
                    trồng tre năm 2021.";
        assert!(campaign(text).is_some());
    }

    #[test]
    fn quoted_and_unquoted_names_are_found() {
        assert_eq!(
            campaign(
                "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND phát động \
                 phong trào thi đua “Hà Nam chung sức làm đường”."
            )
            .as_deref(),
            Some("Hà Nam chung sức làm đường")
        );
        assert_eq!(
            campaign(
                "UBND tỉnh Hà Nam ban hành Kế hoạch số 18/KH-UBND tổ chức \
                 Tuần lễ Áo dài trên địa bàn tỉnh."
            )
            .as_deref(),
            Some("Tuần lễ Áo dài")
        );
    }

    #[test]
    fn a_name_may_hold_a_row_and_a_goal() {
        for (text, name) in [
            (
                "Công an tỉnh Hà Nam mở đợt cao điểm phòng ngừa, đấu tranh với \
                 nạn đốt rừng.",
                "đợt cao điểm phòng ngừa, đấu tranh với nạn đốt rừng",
            ),
            (
                "UBND tỉnh Hà Nam phát động đợt thi đua trồng tre tiến tới Ngày \
                 hội làng.",
                "đợt thi đua trồng tre tiến tới Ngày hội làng",
            ),
            (
                "Bộ Y tế phát động phong trào thi đua Cán bộ, công chức, viên \
                 chức trồng tre.",
                "Cán bộ, công chức, viên chức trồng tre",
            ),
            (
                "UBND tỉnh Hà Nam phát động đợt thi đua chào mừng Đại hội của \
                 Đảng trên địa bàn tỉnh.",
                "đợt thi đua chào mừng Đại hội của Đảng",
            ),
            (
                "UBND tỉnh Hà Nam phát động Ngày Pháp luật nước nhà năm 2023 tại \
                 chợ.",
                "Ngày Pháp luật nước nhà năm 2023",
            ),
            (
                "Bộ Công an phát động đợt cao điểm trấn áp nạn đốt rừng, bảo \
                 đảm an ninh trật tự ở các làng.",
                "đợt cao điểm trấn áp nạn đốt rừng, bảo đảm an ninh trật tự ở \
                 các làng",
            ),
            (
                "Tỉnh đoàn Hà Nam ban hành kế hoạch tổ chức Tháng thanh niên \
                 2016 với nhiều việc.",
                "Tháng thanh niên 2016",
            ),
            (
                "Trung ương Đoàn tổ chức chương trình ra quân Chiến dịch Vườn \
                 tre xanh tại Hà Nam.",
                "Chiến dịch Vườn tre xanh",
            ),
            (
                "Hội Chữ thập đỏ tỉnh Hà Nam phát động Tháng Nhân đạo năm 2023 \
                 với nhiều việc.",
                "Tháng Nhân đạo năm 2023",
            ),
            (
                "UBND tỉnh Cao Bằng ban hành Kế hoạch số 7/KH-UBND tổ chức Ngày \
                 Sách làng quê tỉnh Cao Bằng.",
                "Ngày Sách làng quê tỉnh Cao Bằng",
            ),
        ] {
            assert_eq!(campaign(text).as_deref(), Some(name));
        }
    }

    #[test]
    fn the_heading_of_a_paper_names_what_it_launches() {
        let paper = |heading: &str| {
            campaign(&format!(
                "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\n-----\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA \
                 VIỆT NAM\nSố: 7/KH-UBND\nHà Nam, ngày 8 tháng 7 năm 2019\nKẾ \
                 HOẠCH\n{heading}\nThực hiện Luật Lâm nghiệp, Ủy ban nhân dân \
                 tỉnh ban hành Kế hoạch phát động phong trào thi đua giữ Vườn\n\
                 tre xanh, Vườn chè xanh trên địa bàn tỉnh như sau:\n1. Trồng."
            ))
        };
        let name = "phong trào thi đua giữ Vườn tre xanh, Vườn chè xanh";
        let heading = "PHÁT ĐỘNG PHONG TRÀO THI ĐUA GIỮ VƯỜN\nTRE XANH, VƯỜN CHÈ \
                       XANH";
        assert_eq!(paper(heading).as_deref(), Some(name));
        assert_eq!(paper("TRỒNG TRE Ở CÁC XÃ VEN SÔNG"), None);
    }

    #[test]
    fn movements_among_the_grounds_are_not_the_papers_own() {
        let head = "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\n-----\nCỘNG HÒA XÃ HỘI CHỦ \
                    NGHĨA VIỆT NAM\nSố: 7/KH-UBND\nHà Nam, ngày 8 tháng 7 năm \
                    2019\nKẾ HOẠCH\nTRỒNG TRE NĂM 2019\n\n";
        let ground = "I. CƠ SỞ\n\n- Kế hoạch số 1/KH-BTC ngày 2/3/2019 của Bộ Tài \
                      chính về tre, nứa về Triển khai Phong trào “Làng tre”;";
        assert_eq!(campaign(&format!("{head}{ground}")), None);
        let own = "UBND tỉnh phát động Phong trào “Làng tre”.";
        let text = format!("{head}{own}");
        assert_eq!(campaign(&text).as_deref(), Some("Làng tre"));
    }

    #[test]
    fn a_contest_has_a_name() {
        let text = "Thể lệ Cuộc thi viết “Làng em có rừng”\nSở Y tế Hà Nam \
                    tổ chức cuộc thi viết “Làng em có rừng” như sau:\n1. Ai \
                    cũng được thi.\n2. Bài viết tay.";
        assert_eq!(campaign(text).as_deref(), Some("Làng em có rừng"));
    }

    #[test]
    fn a_month_may_be_named_by_its_year_alone() {
        let text = "Khởi động Tháng Thanh niên 2022 với chủ đề “Trồng tre”\n\n\
                    Sáng nay, Trung ương Đoàn tổ chức Lễ khởi động Tháng Thanh \
                    niên 2022 với chủ đề “Trồng tre”.";
        assert_eq!(campaign(text).as_deref(), Some("Tháng Thanh niên 2022"));
    }

    #[test]
    fn what_is_launched_needs_no_other_cue() {
        let text = "UBND tỉnh Hà Nam tổ chức lễ ra quân “Mùa trồng tre và \
                    chiến dịch Bãi xanh”.";
        assert_eq!(
            campaign(text).as_deref(),
            Some("Mùa trồng tre và chiến dịch Bãi xanh")
        );
    }

    #[test]
    fn what_is_launched_may_say_what_it_is_for() {
        let text = "Sở Du lịch Hà Nam phát động chương trình kích cầu ở quê \
                    “Người Hà Nam đi chợ Hà Nam”.";
        assert_eq!(
            campaign(text).as_deref(),
            Some("Người Hà Nam đi chợ Hà Nam")
        );
        let text = "Sở Du lịch Hà Nam ban hành Kế hoạch số 7/KH-SDL, đón đoàn \
                    khách xem vở “Người Hà Nam đi chợ Hà Nam”.";
        assert_eq!(campaign(text), None);
    }

    #[test]
    fn the_theme_of_what_another_launched_is_no_name() {
        let text = "Hưởng ứng ngày hội đọc, được Bộ Y tế phát động với chủ đề “Làng \
                    nào cũng có sách”, UBND tỉnh Hà Nam ban hành Kế hoạch số \
                    7/KH-UBND.";
        assert_eq!(campaign(text), None);
    }

    #[test]
    fn connectives_of_a_name_do_not_end_it() {
        for (text, name) in [
            (
                "Sở Y tế Hà Nam phát động Cuộc vận động Toàn dân tập võ theo \
                 gương Bác Hồ.",
                "Cuộc vận động Toàn dân tập võ theo gương Bác Hồ",
            ),
            (
                "Sở Y tế Hà Nam phát động Ngày chạy bộ - vì lá phổi của làng.",
                "Ngày chạy bộ - vì lá phổi",
            ),
            (
                "Sở Y tế Hà Nam tổ chức Lễ phát động Toàn dân diệt muỗi vì \
                 một Hà Nam xanh - sạch - đẹp.",
                "Toàn dân diệt muỗi vì một Hà Nam xanh - sạch - đẹp",
            ),
            (
                "Sở Y tế Hà Nam tổ chức Lễ phát động cuộc thi Giọng hát làng.",
                "cuộc thi Giọng hát làng",
            ),
        ] {
            assert_eq!(campaign(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn a_movement_on_the_way_is_refused() {
        for more in [
            "Việc này góp phần thúc đẩy phong trào “Làng không rác”.",
            "Trước đó có Công văn số 7/BYT-DP về chiến dịch “Diệt muỗi”.",
            "Làng mừng 15 năm Ngày hội toàn dân trồng tre.",
            "Các phong trào thi đua, các cuộc vận động vẫn như cũ.",
            "Các xã tổ chức các cuộc vận động năm học 2019 như cũ.",
        ] {
            let text = format!(
                "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND về trồng \
                 tre. {more}"
            );
            assert_eq!(campaign(&text), None, "{text}");
        }
    }

    #[test]
    fn the_movement_that_is_answered_is_refused() {
        assert_eq!(
            campaign(
                "Hưởng ứng phong trào “Cả nước vì người nghèo”, UBND tỉnh \
                 Kon Tum ban hành Kế hoạch số 310/KH-UBND."
            ),
            None
        );
    }

    #[test]
    fn what_the_act_itself_answers_is_its_campaign() {
        for (text, name) in [
            (
                "UBND tỉnh Hà Nam ban hành Kế hoạch số 18/KH-UBND về việc \
                 tham gia hưởng ứng Chiến dịch Giờ Trái đất năm 2022.",
                "Chiến dịch Giờ Trái đất năm 2022",
            ),
            (
                "UBND tỉnh Hà Nam ban hành Kế hoạch số 18/KH-UBND tổ chức \
                 hưởng ứng ngày Môi trường thế giới trên địa bàn tỉnh.",
                "ngày Môi trường thế giới",
            ),
        ] {
            assert_eq!(campaign(text).as_deref(), Some(name));
        }
    }

    #[test]
    fn commas_dashes_and_connectives_may_be_part_of_a_name() {
        let act = "UBND tỉnh Hà Nam ban hành Kế hoạch số 18/KH-UBND tổ chức";
        for name in [
            "Tháng hành động phòng ngừa, ứng phó với lũ quét",
            "Tuần lễ phát triển kinh tế - xã hội vùng ven sông",
            "Chiến dịch làm cho sông Nhuệ sạch hơn",
            "Chiến dịch viết ca khúc, tiểu phẩm, thơ về sông Nhuệ năm 2019",
        ] {
            let text = format!("{act} {name} trên địa bàn tỉnh.");
            assert_eq!(campaign(&text).as_deref(), Some(name));
        }
    }

    #[test]
    fn a_programme_that_is_no_name_may_hold_one() {
        for (text, name) in [
            (
                "Sở Y tế Hà Nam tổ chức chương trình ra quân Chiến dịch Diệt \
                 muỗi và hưởng ứng Tuần lễ nước sạch.",
                "Chiến dịch Diệt muỗi",
            ),
            (
                "Sở Y tế Hà Nam phát động phong trào thi đua thực hiện chương \
                 trình “Xóm nào cũng có vườn” do Bộ Y tế phát động.",
                "Xóm nào cũng có vườn",
            ),
            (
                "Công an tỉnh Hà Nam mở đợt cao điểm tấn công tội phạm, bảo đảm \
                 an ninh trật tự mùa gặt.",
                "đợt cao điểm tấn công tội phạm, bảo đảm an ninh trật tự mùa gặt",
            ),
            (
                "Công an tỉnh Hà Nam tổ chức lễ ra quân cao điểm bắt trộm tre.",
                "cao điểm bắt trộm tre",
            ),
            (
                "UBND tỉnh Hà Nam phát động đợt ra quân quét chợ mừng ngày hội.",
                "đợt ra quân quét chợ mừng ngày hội",
            ),
        ] {
            assert_eq!(campaign(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn halves_of_one_build_may_be_joined_by_a_dash() {
        let act = "Sở Y tế Hà Nam phát động phong trào";
        for (words, name) in [
            ("Khám tốt - Chữa giỏi trong hè.", "Khám tốt - Chữa giỏi"),
            ("Khám tốt - Sở Y tế cho biết.", "Khám tốt"),
        ] {
            let found = campaign(&format!("{act} {words}"));
            let found = found.unwrap_or_default();
            assert!(found.ends_with(name), "{words} {found}");
        }
    }

    #[test]
    fn cues_and_bodies_are_no_names() {
        for text in [
            "UBND tỉnh Hà Nam ban hành Kế hoạch số 7/KH-UBND phân luồng giờ cao \
             điểm ở chợ tre.",
            "UBND tỉnh Hà Nam phát động phong trào làm theo chương trình “Làng \
             nào cũng có sách” do Bộ Y tế phát động.",
            "UBND tỉnh Hà Nam phát động đợt thi đua với chủ đề vui khỏe.",
            "Ban Chỉ đạo phong trào Nếp sống mới tỉnh Hà Nam ban hành Kế \
             hoạch số 3/KH-BCĐ.",
        ] {
            assert_eq!(campaign(text), None, "{text}");
        }
    }

    #[test]
    fn two_wordings_of_a_name_are_close() {
        assert!(super::close("toan dan bao ve an ninh", "toan dan bao ve an"));
        assert!(!super::close("toan dan bao ve an ninh", "dan van kheo"));
    }

    #[test]
    fn a_month_in_small_letters_is_carried_out() {
        assert_eq!(
            campaign(
                "UBND tỉnh Hà Nam ban hành Kế hoạch số 18/KH-UBND triển khai \
                 tháng hành động diệt chuột trên địa bàn tỉnh."
            )
            .as_deref(),
            Some("tháng hành động diệt chuột")
        );
        assert_eq!(
            campaign(
                "UBND tỉnh Hà Nam ban hành Kế hoạch số 18/KH-UBND kiểm tra sau \
                 tháng hành động diệt chuột của các xã."
            ),
            None
        );
    }

    #[test]
    fn a_bare_movement_is_named_by_what_follows() {
        assert_eq!(
            campaign(
                "UBND tỉnh Hà Nam vừa phát động phong trào thi đua yêu nước \
                 trong công nhân và nông dân. Theo đó, các xã đăng ký."
            )
            .as_deref(),
            Some("phong trào thi đua yêu nước trong công nhân và nông dân")
        );
    }
}
