//! Candidates that are papers: mentions of documents, with points for the
//! verbs around them.
//!
//! # What it finds
//! An issuing verb before the mention (`UBND tỉnh vừa ban hành …`) or behind
//! it (`… vừa được ký ban hành`), a paper whose content is told, the number in
//! the head of an official paper.
//!
//! # What it must refuse
//! Papers that are cited, asked of somebody, one of many, or within quotes.
//!
//! # Known limits
//! A verb more than 90 bytes before its paper is not seen.

use super::cited::{CITED, cited_first, cited_rows, is_cited, written};
use super::{
    Act, last_of, late, not_public, own_paper, own_plan, place, source, subject,
};
use crate::extract::citation::Mention;
use crate::extract::reading::{Reading, begin_from};
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::text::Span;
use std::collections::HashMap;
use std::sync::LazyLock;

/// An issuing verb, right before a mention.
static VERB: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.verb"));

/// A verb behind the mention, of which the mention is the object.
static PASSIVE: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.passive"));

/// What a document does, right behind it as the subject.
static SAYS: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.says"));

/// What somebody else is asked to issue, or will issue.
static ASKED: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.asked"));

/// The sentence goes on behind `sau khi`.
static SUBORDINATE: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("act.subordinate"));

/// A paper whose content is told: `Nội dung công văn cho biết, …`.
static TOLD: LazyLock<Rule> = LazyLock::new(|| Rule::new("act.told"));

/// The reason that an act is news.
pub const NEWS_REASON: &str = "told as news";

/// The reason that a mention is no act.
const CITED_REASON: &str = "cited";

/// The reason that a mention is what a body issues.
const VERB_REASON: &str = "an issuing verb before it";

/// Every mention of a paper that may be the act.
pub(super) fn documents(reading: &Reading) -> Vec<Act> {
    let mentions = &reading.mentions;
    let around = Around::of(reading);
    let end = mentions.partition_point(|m| m.span.start < reading.layout.end);
    let documents = mentions[..end].iter().enumerate();
    documents.filter_map(|(i, m)| document(reading, &around, i, m)).collect()
}

/// What a mention needs to know of the others.
struct Around<'r> {
    /// How often each symbol is mentioned.
    symbols: HashMap<&'r str, i32>,
    /// Where the symbols stand that are cited where the body names them
    /// first.
    cited: HashMap<&'r str, usize>,
    /// Whether a mention stands in a row of which the first is cited.
    in_cited_row: Vec<bool>,
    /// Where the content of a paper begins to be told, in each of the first
    /// two sentences.
    told: [Option<usize>; 2],
}

impl<'r> Around<'r> {
    fn of(reading: &'r Reading) -> Self {
        let mut symbols = HashMap::new();
        for mention in &reading.mentions {
            if let Some(written) = written(reading, mention) {
                *symbols.entry(written).or_default() += 1;
            }
        }
        let told = [0, 1].map(|n| told_in(reading, n));
        let in_cited_row = cited_rows(reading);
        let cited = cited_first(reading, &symbols, &in_cited_row);
        Self { symbols, cited, in_cited_row, told }
    }
}

/// Whether a mention stands above the head of the paper, where pages list what
/// other papers it rests on.
fn above_head(reading: &Reading, m: &Mention) -> bool {
    let titled = reading.layout.title.is_some_and(|t| t.contains(m.span));
    reading.layout.header.is_some_and(|h| m.span.end <= h.start) && !titled
}

fn document(
    reading: &Reading,
    around: &Around,
    i: usize,
    m: &Mention,
) -> Option<Act> {
    let kind = m.word.map(|(_, kind)| kind);
    let symbol = m.symbol.map(|s| &reading.symbols[s]);
    let mut act = Act::new("act/document", m.span);
    act.mention = Some(i);
    if symbol.is_some() {
        act.give("has a symbol", 2);
    } else if m.bare.is_some() {
        act.give("has a number", 1);
    } else if !kind.is_some_and(|k| may_lack_number(k.code))
        && !is_just_issued(reading, m)
    {
        return None;
    }
    if symbol.is_some_and(|s| s.rule == "symbol/unfilled") {
        act.give("a form's blank number", 3);
    }
    place(reading, &mut act);
    if heads_paper(reading, m) {
        act.give("the number in the head of the paper", 12);
    } else if own_paper::is_received(reading, m) {
        act.give("received from another", -8);
    } else if above_head(reading, m) {
        act.give("above the head of the paper", -6);
    }
    let in_cited_row = around.in_cited_row[i];
    let told = verb_points(reading, m, in_cited_row, &mut act);
    let told_before =
        reading.sentence_at(m.span.start).is_some_and(|(n, _)| {
            let told = around.told.get(n).copied().flatten();
            told.is_some_and(|at| at < m.span.start)
        });
    if !told && told_before {
        act.give("within another paper's content", -5);
    }
    if own_paper::names_headline(reading, m) {
        act.give("the headline is its name", 5);
    }
    own_points(reading, around, m, &mut act);
    not_public::points(reading, m, &mut act);
    late::points(reading, m, &mut act);
    if m.issuer.is_some() {
        act.give("its issuer follows", 1);
    }
    if reading.in_quotes(m.span.start) && act.sentence.is_some() {
        act.give("within quotes", -3);
    }
    if let Some(written) = written(reading, m) {
        let again = around.symbols.get(written).map_or(0, |n| n - 1);
        act.give("named again", again.min(2));
    }
    Some(act)
}

/// Points for what shows that the text is the paper itself, or that the
/// mention is none of its own.
fn own_points(reading: &Reading, around: &Around, m: &Mention, act: &mut Act) {
    if own_paper::is_kind_line(reading, m) {
        act.give("a kind alone on its line", 3);
        if act.subject.is_none() {
            act.subject = own_paper::speaker(reading, m);
            act.give("its body speaks", 2 * i32::from(act.subject.is_some()));
        }
    }
    if own_paper::is_introduced(reading, m) {
        act.give("its words follow", 4);
        if act.sentence.is_none() {
            act.give("above its words", 3);
        }
        act.subject = act.subject.or_else(|| reading.issuer_of(m));
        act.give("its body is named", 2 * i32::from(m.issuer.is_some()));
    }
    if own_paper::is_caption(reading, m) {
        act.give("a line that is its name", 3);
        act.subject = act.subject.or_else(|| reading.issuer_of(m));
    }
    if own_paper::goes_on(reading, m) {
        act.give("the text opens and goes on with it", 4);
    }
    if own_paper::is_label(reading, m) {
        act.give("the label of a field", -8);
    }
    if own_paper::refers_back(reading, m) {
        act.give("it refers back", -6);
    }
    // `Căn cứ kết quả thi, Hội đồng thi ra Thông báo số …` issues one.
    let issues = act.reasons.iter().any(|(why, _)| *why == VERB_REASON);
    let grounds = act.subject.is_none()
        && !(issues && m.symbol.is_some())
        && reading.sentence_at(m.span.start).is_some_and(|(_, s)| {
            word_lists::begins("act.grounds", s.of(reading.lower()))
        });
    if grounds && !act.reasons.iter().any(|(why, _)| *why == CITED_REASON) {
        act.give("among the grounds", -5);
    }
    let top = act.sentence.is_some_and(|n| n <= 2);
    if top
        && (3..super::ENOUGH).contains(&act.points)
        && (m.issuer.is_some() || reading.after(m.end, 8).starts_with(" của"))
        && own_paper::is_subject_behind(reading, m)
    {
        act.subject = act.subject.or_else(|| reading.issuer_of(m));
        act.give("the subject of what follows", 3);
    }
    let cited = written(reading, m).and_then(|w| around.cited.get(w));
    if cited.is_some_and(|at| *at < m.span.start) && act.sentence.is_some() {
        act.give("cited before", -6);
    }
}

/// `vừa ban hành Phương án …`: kinds that others only have or draw up.
fn is_just_issued(reading: &Reading, m: &Mention) -> bool {
    let seldom = m
        .word
        .is_some_and(|(_, k)| word_lists::has("act.seldom_codes", k.code));
    seldom && {
        let head = reading.before(m.span.start, 40);
        let verb = VERB.captures(head, &reading.scan);
        verb.is_some_and(|caps| {
            word_lists::inside("act.news_words", &caps["verb"])
                && word_lists::ends("act.strong_verbs", &caps["verb"])
        })
    }
}

/// Whether a symbol stands in the head of an official paper.
fn heads_paper(reading: &Reading, m: &Mention) -> bool {
    m.symbol.is_some()
        && reading.layout.header.is_some_and(|head| {
            head.start <= m.span.start
                && (m.span.start < head.end + 40
                    || own_paper::above_kind(reading, m))
        })
        && !CITED.is_match(reading.before(m.span.start, 90), &reading.scan)
}

/// Points for the verbs around a mention. Returns whether the paper's content
/// is told.
fn verb_points(
    reading: &Reading,
    m: &Mention,
    in_cited_row: bool,
    act: &mut Act,
) -> bool {
    let head = reading.before(m.span.start, 90);
    let after = reading.after(m.end, 200);
    let verb = issuing_verb(reading, m, head);
    if let Some(verb) = verb {
        let at = m.span.start - (head.len() - verb.start());
        active(reading, verb.as_str(), at, act);
        let plural = &head[verb.end()..];
        if word_lists::inside("act.many", plural) {
            act.give("one of many", -6);
        }
        if plural.contains("dự thảo") {
            act.give("a draft", -2);
        }
        return false;
    }
    if TOLD.is_match(after, &reading.scan)
        && m.symbol.is_none()
        && act.sentence.is_some_and(|n| n < 2)
    {
        act.give("its content is told", 6);
        return true;
    }
    let opens = reading
        .sentence_at(m.span.start)
        .is_some_and(|(_, s)| s.start == m.span.start);
    // What a numbered paper is about may stand before the verb at any length.
    let numbered = m.symbol.is_some() || m.bare.is_some();
    let named = opens && numbered && own_paper::tells_subject(after);
    let reach = if named { 600 } else { NEAR_VERB };
    let passive =
        PASSIVE.find(clause(reading.after(m.end, reach)), &reading.scan);
    // `theo Chương trình đã được Thủ tướng phê duyệt`: an older one.
    let passive = passive.filter(|found| {
        let near =
            found.end() <= NEAR_VERB || own_paper::is_phrase(found.as_str());
        let old = !numbered
            && source::ACCORDING.is_match(head, &reading.scan)
            && !word_lists::inside("act.news_words_behind", found.as_str());
        // `được ban hành đã hai năm` is no news.
        let behind = reading.after(m.end + found.end(), 16);
        near && !old && !word_lists::begins("act.long_ago", behind)
    });
    if let Some(found) = passive {
        act.give("an issuing verb behind it", 3);
        if opens {
            act.give("it opens its sentence", 2);
        }
        act.subject = passive_subject(reading, m, found.end());
        if act.subject.is_some() {
            act.give("a body is its subject", 2);
        }
    } else if let Some(i) = own_plan::carried_out(reading, m) {
        act.give("a body carries out its plan", 3);
        act.give(NEWS_REASON, i32::from(head.contains(" vừa ")));
        act.give("a body is its subject", 2);
        act.subject = Some(i);
    } else if source::holds_news(reading, m, act) {
        // A source that is no more than cited has less.
    } else if is_cited(head, &reading.scan) || in_cited_row {
        act.give(CITED_REASON, -5);
    } else if source::is_source(reading, m, act) {
        // It has its points.
    } else if m.symbol.is_some()
        && SAYS.find(after, &reading.scan).is_some_and(|s| s.end() < 110)
    {
        act.give("it speaks as subject", 2);
    }
    false
}

/// The issuing verb at the end of the words before a mention.
fn issuing_verb<'h>(
    reading: &Reading,
    m: &Mention,
    head: &'h str,
) -> Option<regex::Match<'h>> {
    let verb = VERB.captures(head, &reading.scan)?.name("verb")?;
    // `diễn ra chương trình`: `ra` is the end of another verb.
    let before = head[..verb.start()].trim();
    let whole =
        verb.as_str() != "ra" || !word_lists::ends("act.before_out", before);
    // `thông qua lời kêu gọi của Bác`: by means of it; nobody passes one.
    let passed = m.word.is_none_or(|(_, kind)| !kind.code.is_empty())
        || !verb.as_str().ends_with("thông qua");
    (whole && passed).then_some(verb)
}

/// The body between a mention and a passive verb that ends so many bytes
/// behind it.
fn passive_subject(
    reading: &Reading,
    m: &Mention,
    end: usize,
) -> Option<usize> {
    let bodies = begin_from(reading.bodies(), |b| b.span.start, m.end);
    let mut bodies = bodies
        .take_while(|(_, b)| b.span.start < m.end + end)
        .filter(|(_, b)| !b.plural)
        .map(|(i, _)| i);
    // Far behind, the nearest to the verb.
    if end > NEAR_VERB { bodies.last() } else { bodies.next() }
}

/// Bytes behind a mention in which its verb stands.
const NEAR_VERB: usize = 150;

/// The words up to a semicolon or the end of the sentence.
fn clause(words: &str) -> &str {
    let bytes = words.as_bytes();
    let end = memchr::memchr2_iter(b';', b'.', bytes).find(|&at| {
        bytes[at] == b';' || matches!(bytes.get(at + 1), None | Some(b' '))
    });
    &words[..end.unwrap_or(words.len())]
}

/// Points for an issuing verb at byte `at`, right before the mention.
fn active(reading: &Reading, verb: &str, at: usize, act: &mut Act) {
    let last = verb.rsplit(' ').next().unwrap_or_default();
    let weak = word_lists::has("act.weak_verbs", last);
    act.give(VERB_REASON, if weak { 3 } else { 4 });
    if word_lists::inside("act.news_words", verb) {
        act.give(NEWS_REASON, 1);
    }
    // `Công văn của Bộ Y tế về việc xây dựng kế hoạch`
    if word_lists::ends("act.matters", reading.before(at, 12).trim_end()) {
        act.give("what a paper is about", -5);
        return;
    }
    // `họp bàn tổ chức lễ công bố quyết định`: the paper is handed over.
    if word_lists::ends("act.ceremonies", reading.before(at, 24).trim_end()) {
        act.give("at a ceremony", -4);
    }
    let Some(i) = subject(reading, at) else {
        // `Thực hiện Quyết định số … của Bộ trưởng … phê duyệt kế hoạch …`
        if is_cited_doing(reading, at) {
            act.give("what a cited paper does", -5);
        }
        return;
    };
    let body = reading.bodies()[i].full();
    // In the case of the text: `Cần Thơ` asks nothing.
    let between = Span::new(body.end, at);
    let between = last_of(reading.norm(), between);
    // `Đại hội Công đoàn tỉnh đã thông qua nghị quyết`
    let head = reading.before(body.start, 40).trim_end();
    if word_lists::ends("act.congresses", head) {
        act.give("a congress", -6);
    }
    let told = reading.before(body.start, 30);
    let told_to = word_lists::ends("act.asking_verbs", told.trim_end());
    if told_to || asks(reading, between) {
        act.give("asked of somebody", -6);
        return;
    }
    act.subject = Some(i);
    act.give("a body is its subject", 2);
    // `phản ánh việc UBND xã ban hành …`
    if word_lists::ends("act.nominal", reading.before(body.start, 12)) {
        act.give("told of as a matter", -7);
    } else if SUBORDINATE
        .is_match(reading.before(body.start, 80), &reading.scan)
    {
        act.give("in a subordinate clause", -4);
    }
}

/// Whether words ask somebody: `Ban chỉ đạo`, `cơ quan chỉ đạo` do not.
fn asks(reading: &Reading, words: &str) -> bool {
    let Some(m) = ASKED.find(words, &reading.scan) else { return false };
    let named =
        m.as_str().contains("chỉ đạo") && words[..m.start()].ends_with("an");
    !named || ASKED.is_match(&words[m.end()..], &reading.scan)
}

/// Whether the body right before a verb only says whose a cited paper is.
fn is_cited_doing(reading: &Reading, verb: usize) -> bool {
    let end = reading.bodies().partition_point(|b| b.span.start < verb);
    let Some(i) = end.checked_sub(1) else { return false };
    let gap = reading.lower().get(reading.bodies()[i].full().end..verb);
    reading.cited_bodies()[i]
        && gap
            .is_some_and(|w| w.len() < 40 && !w.contains([',', '.', ';', ':']))
}

/// Where the content of a paper begins to be told in a sentence.
fn told_in(reading: &Reading, n: usize) -> Option<usize> {
    let sentence = reading.sentences().get(n)?;
    begin_from(&reading.mentions, |m| m.span.start, sentence.start)
        .map(|(_, m)| m)
        .take_while(|m| m.span.start < sentence.end)
        .filter(|m| m.symbol.is_none())
        .find(|m| TOLD.is_match(reading.after(m.end, 40), &reading.scan))
        .map(|m| m.span.start)
}

/// Kinds that the press names without a number.
fn may_lack_number(code: &str) -> bool {
    code.is_empty() || word_lists::has("act.unnumbered_codes", code)
}

#[cfg(test)]
mod tests {
    use crate::extract::act::{ENOUGH, candidates};
    use crate::extract::trial::read;

    fn best(text: &str) -> (i32, bool) {
        read(text, |reading| {
            let act = candidates(reading).remove(0);
            assert_eq!(act.rule, "act/document");
            (act.points, act.subject.is_some())
        })
    }

    #[test]
    fn verbs_before_and_behind_are_found() {
        for text in [
            "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND.",
            "Kế hoạch số 71/KH-UBND vừa được UBND tỉnh Hà Nam ban hành.",
            "Bộ Y tế có Công văn số 12/BYT-DP gửi các tỉnh.",
            "Chủ tịch UBND tỉnh Hà Nam vừa có ý kiến chỉ đạo tại Văn bản số \
             12/UBND-VX, yêu cầu các xã diệt muỗi.",
            "Liên quan đến vụ chặt tre ở bãi sông, UBND tỉnh Hà Nam vừa có công \
             văn yêu cầu công an điều tra.",
            "Sở Y tế Hà Nam vừa ban hành khung kế hoạch diệt muỗi.",
            "Thời gian qua muỗi nhiều, Sở Y tế Hà Nam vừa ban hành Kế hoạch tổng \
             thể số 7/KH-SYT.",
            "Trong nội dung Công văn số 12/BYT-DP, ban hành ngày 5/6, Bộ Y tế \
             yêu cầu các tỉnh diệt muỗi.",
            "Sở Y tế Hà Nam phối hợp Ban chỉ đạo diệt muỗi tỉnh ban hành Kế \
             hoạch số 7/KH-SYT.",
        ] {
            let (points, subject) = best(text);
            assert!(points >= ENOUGH && subject, "{text} {points}");
        }
    }

    #[test]
    fn what_is_handed_over_or_proposed_is_refused() {
        for text in [
            "UBND tỉnh Hà Nam họp bàn tổ chức lễ công bố quyết định của Thủ \
             tướng Chính phủ về thành phố Phủ Lý.",
            "Đại hội Công đoàn tỉnh Hà Nam đã thông qua nghị quyết trồng tre.",
            "Các xã trồng tre, đề xuất Thủ tướng Chính phủ phê duyệt Chương \
             trình trồng tre.",
            "Vỉa hè lại bị lấn dù UBND tỉnh Hà Nam đã ban hành Quyết định số \
             7/QĐ-UBND về vỉa hè.",
            "Nhằm đạt mục tiêu mà Nghị quyết số 7-NQ/TW của Bộ Chính trị đề ra, \
             các xã trồng tre.",
            "Sở Y tế Hà Nam phối hợp yêu cầu các xã ban hành Kế hoạch số \
             7/KH-UBND.",
        ] {
            let (points, _) = best(text);
            assert!(points < ENOUGH, "{text} {points}");
        }
        let text = "Thủ tướng Chính phủ phê duyệt Chương trình trồng tre.";
        assert!(best(text).0 >= ENOUGH);
    }

    #[test]
    fn a_text_may_open_within_its_paper() {
        let told = "Sở Y tế Hà Nam nêu rõ: muỗi nhiều, các trạm phun thuốc.";
        let (points, _) = best(&format!("Trong công văn, {told}"));
        assert!(points >= ENOUGH, "{points}");
        let (points, _) = best(&format!("Ngoài công văn, {told}"));
        assert!(points < ENOUGH, "{points}");
    }

    #[test]
    fn the_paper_that_holds_the_news_is_found() {
        for text in [
            "Phó Thủ tướng muốn chợ đủ gạo. Đây là nội dung được nêu tại Công \
             văn số 7/VPCP-KTTH ngày 24/10/2022 của Văn phòng Chính phủ.",
            "Phó Thủ tướng muốn chợ đủ gạo. Yêu cầu trên được nêu rõ trong \
             Công văn số 7/VPCP-KTTH.",
            "Hà Nam khen làng sạch\n(Cổng làng) - Đó là thông tin tại Quyết định \
             số 9/QĐ-UBND của UBND tỉnh Hà Nam.",
            "Tạm ngừng mở hội khi có dịch là yêu cầu của Bộ Y tế tại Công văn \
             gửi các tỉnh.",
        ] {
            let (points, _) = best(text);
            assert!(points >= ENOUGH, "{text} {points}");
        }
        let (points, _) =
            best("Diệt muỗi là việc của Bộ Y tế tại Công văn gửi các tỉnh.");
        assert!(points < ENOUGH, "{points}");
        let (points, _) = best(
            "Chợ thiếu gạo. Giá gạo được nêu tại Công văn số 7/VPCP-KTTH.",
        );
        assert!(points < ENOUGH, "{points}");
    }

    #[test]
    fn the_content_of_a_paper_may_open_a_text() {
        for text in [
            "Theo nội dung công điện, đêm nay lũ về. Các xã canh đê.",
            "Theo Kế hoạch, các chợ được phun thuốc trong tháng này.",
            "Chợ vắng. Kế hoạch đề ra nhiều việc cho các xã.",
        ] {
            let (points, _) = best(text);
            assert!(points >= ENOUGH, "{text} {points}");
        }
        for text in [
            "Theo kế hoạch, đội xã An Hòa đá trận cuối hôm nay.",
            "Chợ xã vắng\n\nTheo Kế hoạch, các chợ được phun thuốc.\nHết.",
        ] {
            let (points, _) = best(text);
            assert!(points < ENOUGH, "{text} {points}");
        }
    }

    #[test]
    fn the_body_may_speak_behind_a_paper_that_opens_the_text() {
        let text = "Tại Nghị quyết phiên họp tháng 3 vừa rồi, Chính phủ yêu \
                    cầu Bộ Y tế diệt muỗi.";
        let (points, subject) = best(text);
        assert!(points >= ENOUGH && subject, "{points}");
    }

    #[test]
    fn seldom_kinds_count_where_they_are_just_issued() {
        let (points, _) =
            best("UBND tỉnh Hà Nam vừa ban hành Phương án chống rét cho trâu.");
        assert!(points >= ENOUGH, "{points}");
        read(
            "UBND tỉnh Hà Nam xây dựng phương án chống rét.",
            |reading| {
                assert!(
                    candidates(reading).iter().all(|a| a.mention.is_none())
                );
            },
        );
    }

    #[test]
    fn cited_and_asked_papers_are_refused() {
        for text in [
            "Các xã trồng rừng theo Chương trình đã được Bộ Y tế phê duyệt.",
            "Căn cứ Quyết định số 12/QĐ-UBND, các xã trồng rừng.",
            "Thực hiện Chỉ thị số 5/CT-TTg, các xã trồng rừng.",
            "Theo ý kiến của UBND tỉnh tại Văn bản số 5/UBND-VX, các xã họp.",
            "Điểm sáng là việc ban hành Nghị định số 5/2018/NĐ-CP về tre.",
            "Nghị quyết số 27 của Chính phủ được ban hành đã hai năm mà chợ \
             vẫn bẩn.",
            "Liên quan đến việc UBND tỉnh Hà Nam ban hành Kế hoạch số \
             5/KH-UBND, các xã họp.",
            "Thực hiện Công văn của Bộ Y tế về việc xây dựng kế hoạch diệt \
             muỗi, các xã họp.",
            "Bộ Y tế yêu cầu UBND tỉnh Hà Nam ban hành Kế hoạch số 5/KH-UBND.",
            "Đến nay UBND tỉnh Hà Nam vẫn chưa ban hành kế hoạch trồng tre.",
            "Thời gian qua, UBND tỉnh Hà Nam đã ban hành Kế hoạch số 9/KH-UBND \
             về tre.",
            "Bà con bàn về việc UBND xã An Hòa ban hành Quyết định số \
             9/QĐ-UBND.",
            "UBND tỉnh Hà Nam đang xây dựng kế hoạch trồng tre.",
            "Thực hiện Quyết định số 3/QĐ-BYT của Bộ Y tế phê duyệt kế hoạch \
             trồng tre, các xã họp.",
            "Thực hiện Quyết định số 3/QĐ-TTg của Thủ tướng Chính phủ về việc \
             trồng tre giữ đất bãi ở các xã ven sông trong những năm tới và \
             Quyết định số 29/QĐ-BYT của Bộ Y tế về diệt muỗi, các xã họp.",
        ] {
            let (points, _) = best(text);
            assert!(points < ENOUGH, "{text} {points}");
        }
    }

    #[test]
    fn a_numbered_subject_may_be_long() {
        let text = "Nghị quyết số 12 về phát triển kinh tế rừng, chương trình \
                    trồng cây gây rừng và phong trào làm giàu của nông dân các \
                    huyện miền núi trong giai đoạn mới vừa được HĐND tỉnh Hà Nam \
                    thông qua chiều qua.";
        let found = crate::extract::trial::record(text);
        let document = found.document.unwrap();
        assert_eq!(document.code.as_deref(), Some("NQ"));
        assert_eq!(document.symbol.as_deref(), Some("12"));
        assert_eq!(found.issuer.unwrap().name, "HĐND tỉnh Hà Nam");
    }
}
