//! Candidates that are requests and appeals, told without their paper.
//!
//! # What it finds
//! A body that asks, tells or calls on many (`UBND phường đề nghị các hộ dân
//! …`, `Ủy ban MTTQ tỉnh kêu gọi đồng bào …`) near the top of its own notice:
//! the headline names the asking or what is asked for; a body that tells
//! something on the grounds of a paper or `như sau:`.
//!
//! # What it must refuse
//! What a body asks at a meeting, what it is asked, and news that only
//! mention a request.
//!
//! # Known limits
//! Who is asked is told by the first word.

use super::{Act, own_paper as papers, place};
use crate::extract::reading::{Reading, begin_from};
use crate::extract::signer;
use crate::extract::window;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::text::{Norm, Span};
use std::sync::LazyLock;

/// A verb of asking and whom it asks, right behind a body.
static ASKS: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.asks"));

/// A verb of telling whose object is the matter, right behind a body.
static TELLS: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.tells"));

/// What was told is a paper, as a sentence behind it shows.
static PAPER_SAYS: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("act.paper_says"));

/// A headline that names the asking.
static HEADLINE: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("act.asking_headline"));

/// Sentences from the top in which a request may be the act.
const TOP: usize = 4;

pub(super) fn requests(reading: &Reading) -> Vec<Act> {
    let mut out = Vec::from_iter(appeal(reading));
    out.extend(letter(reading));
    let Some(last) =
        reading.sentences().get(TOP).or(reading.sentences().last())
    else {
        return out;
    };
    let asked = reading.bodies().iter().enumerate();
    for (i, body) in asked.take_while(|(_, b)| b.span.start < last.end) {
        if let Some(end) = asks(reading, i).or_else(|| asks_bodies(reading, i))
        {
            let span = Span::new(body.full().start, end);
            out.push(request(reading, i, span));
        } else if let Some(end) = verb_behind(reading, i, &TELLS) {
            let span = Span::new(body.full().start, end);
            out.extend(told(reading, i, span));
        }
    }
    out
}

/// Lines at the top in which an appeal addresses its readers.
const ADDRESS: usize = 5;

/// `Thưa đồng bào …`: an appeal without its heading, by the body that a line
/// `Của Ủy ban … về …` or `Thư kêu gọi của …` names above, or that calls on
/// many in it.
fn appeal(reading: &Reading) -> Option<Act> {
    let lines = reading.text.lines().iter().map(|l| l.span);
    let mut top = lines.filter(|l| !l.is_empty()).take(ADDRESS);
    let address = top
        .find(|l| word_lists::begins("act.addresses", l.of(reading.lower())))?;
    let above = reading.bodies().iter().position(|b| {
        let head = &reading.lower()[..b.span.start];
        let line = head.rsplit('\n').next().unwrap_or(head);
        let line = line.trim_start();
        b.span.start < address.start
            && (line == "của " || line.ends_with("kêu gọi của "))
    });
    let calls = || {
        let behind =
            begin_from(reading.bodies(), |b| b.span.start, address.end);
        let mut calling = behind.filter(|(_, b)| !b.plural);
        calling.find(|(_, b)| {
            let tail = reading.after(b.full().end, 90);
            let tail = tail.split(['.', ';', ',', '\n']).next();
            tail.is_some_and(|w| word_lists::inside("act.appealing", w))
        })
    };
    let i = above.or_else(|| calls().map(|(i, _)| i))?;
    let mut act = Act::new("act/request", reading.bodies()[i].full().into());
    act.subject = Some(i);
    act.give("an appeal that addresses its readers", 6);
    let n = reading.sentence_at(act.span.start).map(|(n, _)| n);
    act.sentence = n.map(|n| n.min(1));
    Some(act)
}

/// `Kính gửi: …` at the top and `TM. ỦY BAN NHÂN DÂN` at the foot: a letter
/// whose head is not there, or has lost its number.
fn letter(reading: &Reading) -> Option<Act> {
    if let Some(head) = reading.layout.header {
        return without_number(reading, head);
    }
    if !papers::is_addressed(reading) {
        return None;
    }
    let i = signer::body(reading)?;
    let mut act = Act::new("act/request", reading.bodies()[i].full().into());
    act.subject = Some(i);
    act.give("a letter, addressed and signed", 7);
    act.sentence = Some(0);
    Some(act)
}

/// A letter whose head has a day and what it is about (`V/v …`), above whom it
/// is addressed to, but no number.
fn without_number(reading: &Reading, head: Span<Norm>) -> Option<Act> {
    let title = reading.layout.title?;
    let about = title.of(reading.lower()).starts_with("v/v");
    let lines = reading.text.lines().iter().map(|l| l.span);
    let mut below = lines.filter(|l| l.end > head.start).take(HEAD_LINES);
    let address =
        below.find(|l| l.of(reading.lower()).starts_with("kính gửi"))?;
    let numbered = reading.symbols.iter().any(|s| s.span.start < address.start);
    if !about || numbered {
        return None;
    }
    let mut act = Act::new("act/request", address);
    act.give("a letter, addressed and dated", 3);
    act.sentence = Some(0);
    Some(act)
}

/// Lines from the head of a letter to its address.
const HEAD_LINES: usize = 10;

/// The end of the verb with which a body asks many.
pub(super) fn asks(reading: &Reading, i: usize) -> Option<usize> {
    verb_behind(reading, i, &ASKS)
}

/// `đề nghị Hội Nông dân các xã …`: the end of the verb with which a body asks
/// many of its own kind.
fn asks_bodies(reading: &Reading, i: usize) -> Option<usize> {
    let end = verb_behind(reading, i, &TELLS)?;
    let head = reading.before(end, 12);
    let verb = word_lists::ends("act.asking_verbs", head);
    let asked = begin_from(reading.bodies(), |b| b.span.start, end).next();
    let many = asked.is_some_and(|(_, b)| b.plural && b.span.start == end + 1);
    (verb && many).then_some(end)
}

/// Longest rest of a name between a body and its verb, in code points.
/// Counted here: an expression that counts letters has a state for each.
const LONGEST_REST: usize = 60;

/// The end of the verb of a rule right behind a body that is its subject.
fn verb_behind(reading: &Reading, i: usize, rule: &Rule) -> Option<usize> {
    let body = &reading.bodies()[i];
    let full = body.full();
    let head = reading.before(full.start, 24);
    // `Chính phủ yêu cầu Bộ Xây dựng chỉ đạo …`: the asked does not ask.
    let head = head.trim_end();
    let object = word_lists::ends("act.object_words", head)
        || word_lists::ends("act.clause_words", head)
        || word_lists::ends("act.asking_verbs", head);
    if body.plural || object || reading.cited_bodies()[i] {
        return None;
    }
    // `Sở Giáo dục và Đào tạo (GDĐT) yêu cầu …`
    let short = reading.after(full.end, 40).strip_prefix(" (");
    let short = short.and_then(|w| w.find(')')).map_or(0, |at| at + 3);
    let behind = full.end + short;
    let tail = reading.after(behind, 160);
    let caps = rule.captures(tail, &reading.scan)?;
    // Only the rest of its name may stand between: `phường An Hòa đề nghị`.
    let name = behind..behind + caps.name("name")?.end();
    if reading.norm()[name.clone()].chars().count() > LONGEST_REST {
        return None;
    }
    let named = reading.norm()[name].split([' ', ',']).all(|word| {
        !word.starts_with(char::is_lowercase)
            || word_lists::has("act.words_of_places", word)
    });
    let name = caps["name"].trim();
    let foreign = word_lists::has("act.foreign", name);
    (named && !foreign).then_some(behind + caps.name("verb")?.end())
}

/// `Sở Tài chính thông báo việc … như sau:`, `Thực hiện Chỉ thị số …, Cục Thuế
/// hướng dẫn …`: what is told, if its words or its grounds stand there.
fn told(reading: &Reading, i: usize, span: Span<Norm>) -> Option<Act> {
    let follows = as_follows(reading, span.end);
    let grounds = on_grounds(reading, span);
    // `Bộ Y tế hướng dẫn tại Điều 5` and texts that apply one are law.
    let law = word_lists::begins("act.law", reading.after(span.end, 12))
        || reading.sentence_at(span.start).is_some_and(|(_, s)| {
            word_lists::begins("act.applying", s.of(reading.lower()))
        });
    let named = headline_tells(reading, span.end);
    // `Sở Giao thông thông báo cấm xe …`: it orders what it tells.
    let verb = span.of(reading.lower());
    let orders = verb.ends_with("thông báo")
        && word_lists::begins("act.ordering", reading.after(span.end, 24));
    let lost = opens_with_asking(reading, span);
    if law || !follows && !grounds && !named && !orders && !lost {
        return None;
    }
    let mut act = Act::new("act/request", span);
    act.subject = Some(i);
    act.give("a body tells", 2);
    placed(reading, &mut act);
    goes_on(reading, &mut act);
    act.give("its words follow", 2 * i32::from(follows));
    act.give("on the grounds of a paper", 2 * i32::from(grounds));
    let opens = opens_with_grounds(reading, act.span.start);
    act.give("its grounds open the text", i32::from(opens));
    act.give("it orders what it tells", 2 * i32::from(orders));
    act.give("the headline names what is told", 2 * i32::from(named));
    own_paper(reading, &mut act);
    Some(act)
}

/// `Theo đó, Bộ Tài chính yêu cầu Tổng cục Hải quan …` as the first words.
fn opens_with_asking(reading: &Reading, span: Span<Norm>) -> bool {
    let first = reading.sentences().first().filter(|s| s.contains(span));
    first.is_some_and(|s| s.of(reading.lower()).starts_with("theo đó, "))
        && word_lists::ends("act.asking_verbs", reading.before(span.end, 12))
}

/// Syllables of what is told that a headline repeats.
const REPEATED: usize = 4;

/// Whether the headline has the words right behind a verb of telling:
/// `hướng dẫn việc tổ chức Ngày hội trồng tre` and `Vui Ngày hội trồng tre`.
fn headline_tells(reading: &Reading, verb: usize) -> bool {
    let Some(title) = reading.layout.title.filter(|t| t.end < verb) else {
        return false;
    };
    // What is held or carried out may be an event.
    let head = reading.before(verb, 24);
    if !word_lists::ends("act.telling_papers", head) {
        return false;
    }
    let words = title.of(reading.lower());
    let told = window::after(reading.lower(), verb, 160);
    let told = told.split(['.', ';', ',', ':', '\n', '“']).next();
    let told = Vec::from_iter(told.unwrap_or_default().split_whitespace());
    let mut runs = told.windows(REPEATED).take(REPEATED);
    runs.any(|run| words.contains(&run.join(" ")))
}

/// Bytes behind a verb in which `như sau:` may stand.
const FOLLOWS_WITHIN: usize = 600;

/// Whether the words of what is told stand below: `… như sau:`.
fn as_follows(reading: &Reading, verb: usize) -> bool {
    let told = window::after(reading.lower(), verb, FOLLOWS_WITHIN);
    let told = told.split('\n').next().unwrap_or(told);
    let told = told.split(". ").next().unwrap_or(told);
    word_lists::words("act.follows").iter().any(|w| {
        told.match_indices(w).any(|(at, _)| {
            let rest = &told[at + w.len()..];
            rest.is_empty() || rest.starts_with([':', '.', ';'])
        })
    })
}

/// Points for where a request stands.
fn placed(reading: &Reading, act: &mut Act) {
    place(reading, act);
    if act.sentence.is_some_and(|n| n > TOP) {
        act.give("far from the top", -3);
    }
    let told = act.sentence.unwrap_or(0);
    let before = reading.sentences().iter().take(told);
    if before
        .map(|s| s.of(reading.lower()))
        .any(|words| super::EVENT.is_match(words, &reading.scan))
    {
        act.give("asked at an event", -3);
    }
}

/// `Theo đó, Bộ Công an yêu cầu …`: what the lead tells was written down, the
/// more so if the text has lost it.
fn goes_on(reading: &Reading, act: &mut Act) {
    let Some((n, s)) = reading.sentence_at(act.span.start) else { return };
    if !s.of(reading.lower()).starts_with("theo đó, ") {
        return;
    }
    let lost = n == 0 && reading.layout.title.is_none();
    act.give("it goes on from the lead", if lost { 3 } else { 1 });
}

fn request(reading: &Reading, i: usize, span: Span<Norm>) -> Act {
    let mut act = Act::new("act/request", span);
    act.subject = Some(i);
    act.give("a body asks many", 2);
    placed(reading, &mut act);
    let just =
        word_lists::inside("act.news_words_behind", span.of(reading.lower()));
    act.give("told as news", i32::from(just));
    let body = &reading.lower()[..reading.layout.end];
    if act.sentence.is_some() && PAPER_SAYS.is_match(body, &reading.scan) {
        act.give("a paper says so", 1);
    }
    if as_follows(reading, span.end) {
        act.give("its words follow", 2);
    } else if on_grounds(reading, span) {
        act.give("on the grounds of a paper", 2);
    } else if reading.bodies()[i].body.head_of.is_some() {
        // Heads of bodies ask wherever they speak.
        act.give("a person asks", -3);
        let lead = act.sentence == Some(0);
        let asked = reading.after(span.end, 60).trim_start();
        let formal = lead && word_lists::begins("act.addressees", asked);
        act.give("asked of those whom papers address", 2 * i32::from(formal));
    }
    goes_on(reading, &mut act);
    let first = reading.sentences().first().filter(|s| s.contains(act.span));
    let news = first.is_some_and(|s| {
        word_lists::begins("act.news_openings", s.of(reading.lower()))
    });
    act.give("it opens as news", i32::from(news));
    if papers::is_addressed(reading) {
        act.give("a letter opens the text", 3);
    }
    own_paper(reading, &mut act);
    match reading.layout.title {
        Some(title) if act.sentence.is_some() => {
            let words = title.of(reading.lower());
            if HEADLINE.is_match(words, &reading.scan) {
                act.give("the headline says so", 2);
            } else if names_object(reading, words, span.end) {
                act.give("the headline names what is asked", 2);
            } else if word_lists::begins("act.ordering_heads", words) {
                act.give("the headline orders", 1);
            }
        }
        None if act.sentence == Some(0) => act.give("it opens the text", 1),
        _ => {}
    }
    act
}

/// `Thực hiện Công điện số … của …, UBND tỉnh yêu cầu …`
fn on_grounds(reading: &Reading, span: Span<Norm>) -> bool {
    let Some((_, sentence)) = reading.sentence_at(span.start) else {
        return false;
    };
    answers(reading, span)
        || opens_with_grounds(reading, span.start)
        || word_lists::begins("act.openings", sentence.of(reading.lower()))
            && begin_from(&reading.mentions, |m| m.span.start, sentence.start)
                .take_while(|(_, m)| m.span.start < span.start)
                .any(|(_, m)| m.symbol.is_some())
}

/// Whether the text opens with the grounds of a paper, as a notice without its
/// head does: `Căn cứ Nghị định số …;`.
fn opens_with_grounds(reading: &Reading, at: usize) -> bool {
    reading.layout.title.is_none()
        && reading.sentences().first().is_some_and(|s| {
            s.end < at
                && word_lists::begins("act.grounds", s.of(reading.lower()))
                && begin_from(&reading.mentions, |m| m.span.start, s.start)
                    .take_while(|(_, m)| m.span.start < s.end)
                    .any(|(_, m)| m.symbol.is_some())
        })
}

/// `Sở Y tế nhận được công văn số … Sở Y tế đề nghị …`: whether a letter of
/// another is told before the asking.
fn answers(reading: &Reading, span: Span<Norm>) -> bool {
    let mentions = reading.mentions.iter();
    mentions
        .take_while(|m| m.span.start < span.start)
        .any(|m| m.symbol.is_some() && papers::is_received(reading, m))
}

/// `Xem chi tiết tại Công văn 12/SYT-NV`: behind what a body asks, its own
/// paper.
fn own_paper(reading: &Reading, act: &mut Act) {
    let Some(subject) = act.subject.map(|i| &reading.bodies()[i]) else {
        return;
    };
    let behind = begin_from(&reading.mentions, |m| m.span.start, act.span.end);
    let own = behind.filter(|(_, m)| m.symbol.is_some()).find(|(_, m)| {
        let head = reading.before(m.span.start, 40);
        let same =
            m.issuer.as_ref().is_none_or(|b| b.body.name == subject.body.name);
        same && m.span.start < reading.layout.end
            && word_lists::ends("act.details", head.trim_end())
    });
    if let Some((i, _)) = own {
        act.mention = Some(i);
        act.give("its paper is named behind", 2);
    }
}

/// Whether what is asked, a few words behind the verb, is what the headline
/// begins with: `Treo cờ Tổ quốc` and `đề nghị các hộ dân treo cờ Tổ quốc`.
fn names_object(reading: &Reading, headline: &str, verb: usize) -> bool {
    let words = headline.split(' ').map(|w| w.trim_matches([',', '“']));
    let opening = words.take(3).collect::<Vec<_>>().join(" ");
    let asked = window::after(reading.lower(), verb, 420);
    let asked = asked.split('\n').next().unwrap_or(asked);
    if opening.split(' ').count() == 3 && asked.contains(&opening) {
        return true;
    }
    // Behind the name of the place: `Hà Nam: Ai chặt tre phải trồng lại`.
    let Some((_, told)) = headline.split_once(": ") else { return false };
    let words = Vec::from_iter(told.split(' '));
    let mut pairs = words.windows(2).filter(|pair| {
        let at = asked.find(pair[0]);
        at.is_some() && asked.contains(&pair.join(" "))
    });
    pairs.nth(PAIRS - 1).is_some()
}

/// Pairs of neighbouring syllables that a headline shares with what is asked.
const PAIRS: usize = 4;

#[cfg(test)]
mod tests {
    use crate::extract::act::{ENOUGH, candidates};
    use crate::extract::trial::read;

    fn points(text: &str) -> Option<i32> {
        read(text, |reading| {
            let acts = candidates(reading);
            let act = acts.iter().find(|a| a.rule == "act/request");
            act.map(|a| a.points)
        })
    }

    #[test]
    fn what_a_body_asks_of_many_is_found() {
        for text in [
            "Hà Nam đề nghị dọn kênh mương\nĐể đón vụ mới, UBND tỉnh Hà Nam \
             đề nghị các xã dọn kênh mương.",
            "Dọn kênh mương đón vụ mới\nUBND tỉnh Hà Nam yêu cầu các xã ra \
             quân dọn kênh mương.",
            "Thực hiện Công điện số 31/CĐ-TTg của Thủ tướng Chính phủ, Chủ \
             tịch UBND tỉnh Hà Nam yêu cầu các xã canh lửa rừng.",
            "Muỗi nhiều\nSở Y tế Hà Nam vừa chỉ đạo các trạm y tế phun thuốc.",
            "Lịch nghỉ chợ\nSở Y tế Hà Nam thông báo học sinh nghỉ chợ một hôm.",
            "Thông báo nghỉ chợ phiên\nUBND xã An Hòa thông báo đến bà con \
             chợ phiên nghỉ một hôm.",
            "Sở Y tế Hà Nam thông báo việc phun thuốc diệt muỗi như sau:\n1. \
             Xã An Hòa phun thứ hai.",
            "Thực hiện Chỉ thị số 31/CT-TTg của Thủ tướng Chính phủ, Sở Y tế \
             Hà Nam hướng dẫn phun thuốc diệt muỗi ở chợ.",
            "Muỗi nhiều\nSở Y tế Hà Nam đề nghị các trạm thực hiện các nội \
             dung sau:\n- Phun thuốc.",
            "Hà Nam: Ai chặt tre ven sông phải trồng lại\nNước lên nhanh. UBND \
             tỉnh Hà Nam yêu cầu các xã giữ tre. Ai chặt tre ven sông thì phải \
             trồng lại.",
            "Thực hiện Công văn số 31/UBND-VX của UBND tỉnh, Sở Y tế (YT) yêu \
             cầu các trạm phun thuốc.",
            "Thủ tướng yêu cầu lo rét\nThủ tướng Chính phủ yêu cầu Chủ tịch \
             UBND các tỉnh che chuồng trại.",
            "Siết chặt việc thả trâu\nUBND tỉnh Hà Nam yêu cầu các xã nhốt trâu.",
            "Trâu bò đủ rơm\nTrước diễn biến rét hại, UBND tỉnh Hà Nam đề \
             nghị các xã che chuồng trại.",
            "UBND tỉnh Hà Nam giao Sở Y tế chủ trì, cùng các xã diệt muỗi.",
            "Mùa muỗi ở Hà Nam\nSở Y tế Hà Nam vừa đề nghị: Các trạm phun thuốc \
             ở chợ.",
            "Mùa muỗi bắt đầu từ hôm nay.\nTheo đó, Sở Y tế Hà Nam yêu cầu các \
             trạm phun thuốc ở chợ.",
            "Đóng cống hai ngày\nChiều nay, UBND huyện Kim Bảng thông báo kế \
             hoạch đóng cống giữ nước.",
        ] {
            let points = points(text);
            assert!(points.is_some_and(|n| n >= ENOUGH), "{text} {points:?}");
        }
    }

    #[test]
    fn a_text_may_have_lost_its_lead() {
        let asked = "Sở Y tế Hà Nam phun thuốc diệt muỗi ở các chợ, làm sạch \
                     cống rãnh, phát màn cho bà con trong mùa mưa này và báo \
                     cáo trước ngày 5/6.\nMuỗi nhiều.";
        let text = format!("Theo đó, Bộ Y tế yêu cầu {asked}");
        assert!(points(&text).is_some_and(|n| n >= ENOUGH));
        let text = format!("Hôm qua, Bộ Y tế yêu cầu {asked}");
        assert!(points(&text).is_none_or(|n| n < ENOUGH));
    }

    #[test]
    fn a_letter_is_signed_at_its_foot() {
        let text = "Diệt muỗi đầu mùa\n\nKính gửi: Các thôn\n\nMuỗi nhiều, các \
                    thôn phun thuốc.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ \
                    TỊCH\nLò Văn Lúa\n\nHà Tĩnh, ngày 12 tháng 5 năm 2021";
        assert!(points(text).is_some_and(|n| n >= ENOUGH));
        let found = crate::extract::trial::record(text);
        assert_eq!(found.issuer.unwrap().name, "UBND tỉnh Hà Tĩnh");
        assert_eq!(found.issued.unwrap().value, "2021-05-12");
        let text = text.replace("TM. ỦY BAN NHÂN DÂN\n", "");
        assert_eq!(points(&text), None);
    }

    #[test]
    fn an_appeal_without_its_heading_is_found() {
        for text in [
            "Của Ủy ban MTTQ Việt Nam tỉnh Hà Nam về góp gạo giúp vùng lũ\n\
             Thưa đồng bào trong tỉnh.\nLũ to, nhiều nhà mất gạo.",
            "Thư kêu gọi của Chủ tịch Ủy ban MTTQ Việt Nam tỉnh Hà Nam về góp \
             gạo\nThưa đồng bào, đồng chí!\nLũ to, nhiều nhà mất gạo.",
            "Góp gạo giúp vùng lũ\nKính thưa toàn thể bà con!\nLũ to, nhiều \
             nhà mất gạo.\nỦy ban MTTQ Việt Nam tỉnh Hà Nam tha thiết kêu \
             gọi mỗi nhà góp một bát.",
        ] {
            let points = points(text);
            assert!(points.is_some_and(|n| n >= ENOUGH), "{text} {points:?}");
        }
        let speech = "Chợ phiên đông\nThưa đồng bào, ông Lúa nói.\nBà con vỗ \
                      tay.";
        assert_eq!(points(speech), None);
    }

    #[test]
    fn a_headline_may_have_what_is_told() {
        let told = |verb: &str| {
            points(&format!(
                "Vui ngày hội trồng tre làng\n\nSở Y tế Hà Nam {verb} việc tổ \
                 chức ngày hội trồng tre năm nay."
            ))
        };
        assert!(told("hướng dẫn") >= Some(ENOUGH));
        // An event, not its paper.
        assert!(told("triển khai") < Some(ENOUGH));
        let other = points(
            "Chợ phiên đông vui\n\nSở Y tế Hà Nam hướng dẫn việc tổ chức ngày \
             hội trồng tre.",
        );
        assert!(other < Some(ENOUGH));
    }

    #[test]
    fn a_notice_may_order_what_it_tells() {
        let told = |what: &str| {
            points(&format!(
                "Sở Giao thông vận tải Hà Nam thông báo {what} trên đường ven \
                 sông từ sáng nay."
            ))
        };
        assert!(told("cấm xe tải") >= Some(ENOUGH));
        assert!(told("tạm dừng đào đường") >= Some(ENOUGH));
        assert!(told("có nhiều xe tải") < Some(ENOUGH));
    }

    #[test]
    fn a_notice_may_open_with_its_grounds() {
        let body = "Sở Y tế Hà Nam thông báo, ai có ý kiến về việc trồng tre \
                    thì gửi về Sở.";
        let grounds = "Căn cứ Nghị định số 9/2017/NĐ-CP của Chính phủ về tre;\n\
                       Hiện các xã đã chọn giống tre.\n";
        assert!(points(&format!("{grounds}{body}")) >= Some(ENOUGH));
        let story = "Bà con trồng nhiều tre.\nHiện các xã đã chọn giống tre.\n";
        assert!(points(&format!("{story}{body}")) < Some(ENOUGH));
    }

    #[test]
    fn a_letter_may_have_lost_its_number() {
        let head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nV/v trồng tre chắn sóng \
                    ven sông\nHà Nội, ngày 24 tháng 2 năm 2021\n";
        let body = "Lũ sắp về, đề nghị các địa phương trồng tre.";
        let letter = format!("{head}Kính gửi:\n{body}");
        let found = crate::extract::trial::record(&letter);
        assert_eq!(found.kind, crate::record::Kind::Announcement);
        assert_eq!(found.issued.unwrap().value, "2021-02-24");
        let code = found.document.and_then(|d| d.code);
        assert_eq!(code.as_deref(), Some("CV"));
        assert_eq!(points(&format!("{head}{body}")), None);
    }

    #[test]
    fn what_is_asked_on_the_way_is_refused() {
        for text in [
            "Chợ phiên An Hòa đông vui\nUBND xã An Hòa đề nghị các hộ giữ vệ \
             sinh, bà con vui vẻ nghe theo.",
            "Cử tri kiến nghị nhiều việc\nTại buổi tiếp xúc, cử tri kêu mất \
             nước. UBND huyện An Hòa đề nghị các cử tri chờ.",
            "Sở Y tế Hà Nam hướng dẫn tại khoản 2 Điều 4 cách ghi sổ như sau:\
             \nGhi bằng bút mực.",
            "Chính phủ yêu cầu Bộ Y tế chỉ đạo các tỉnh diệt muỗi.",
            "UBND tỉnh Hà Nam giao Sở Y tế căn nhà cũ bên chợ.",
            "Thủ tướng thăm làng\nTrời rét. Thủ tướng Chính phủ yêu cầu các \
             Bộ trưởng cùng đi chúc Tết bà con.",
            "Trâu bò đủ rơm\nBà con chăm lo. UBND tỉnh Hà Nam đề nghị các xã \
             che chuồng trại.",
            "Hà Nam đề nghị dọn kênh\nTheo UBND tỉnh Hà Nam đề nghị các xã \
             dọn kênh thì muộn rồi.",
        ] {
            let points = points(text);
            assert!(points.is_none_or(|n| n < ENOUGH), "{text} {points:?}");
        }
    }

    #[test]
    fn a_letter_received_is_answered_by_another() {
        let text = "Hội thi viết thư\n\nSở Giáo dục và Đào tạo có nhận được Công \
                    văn số 77/SVHTT-VP của Sở Văn hóa và Thể thao tỉnh Hà Nam về \
                    hội thi. Sở Giáo dục và Đào tạo đề nghị các trường cho học \
                    sinh dự thi.\n\n";
        let own = format!(
            "{text}Xem chi tiết tại Công văn số 105/SGDĐT-VP của Sở Giáo dục và \
             Đào tạo Hà Nam."
        );
        let found = crate::extract::trial::record(&own);
        assert_eq!(found.issuer.unwrap().name, "Sở Giáo dục và Đào tạo Hà Nam");
        let symbol = found.document.and_then(|d| d.symbol);
        assert_eq!(symbol.as_deref(), Some("105/SGDĐT-VP"));
        assert_eq!(found.references.len(), 1);
        let found = crate::extract::trial::record(text);
        let symbol = found.document.and_then(|d| d.symbol);
        assert_ne!(symbol.as_deref(), Some("77/SVHTT-VP"));
    }

    #[test]
    fn a_letter_without_a_paper_asks() {
        let asks = "Để chống rét cho trâu bò, Ủy ban nhân dân huyện Kim Bảng yêu \
                    cầu các xã che chuồng trại.";
        let letter = format!("Kính gửi: Ủy ban nhân dân các xã.\n\n{asks}");
        assert!(points(&letter) >= Some(ENOUGH));
        let story = format!("Chợ phiên\n\nTrâu bò xuống núi.\n{asks}");
        assert!(points(&story) < Some(ENOUGH));
    }
}
