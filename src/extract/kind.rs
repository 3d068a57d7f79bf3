//! Whether the text is, or reports, one main official act.
//!
//! # What it finds
//! An act with points enough (see [`act`]).
//!
//! # What it must refuse
//! Roundups of several documents, meetings, interviews, crime, sports,
//! companies' news: texts whose best candidate is only cited, or that go on
//! with something else.
//!
//! # Known limits
//! Speech is counted by its verbs, whoever speaks.

use super::act::{self, Act, ENOUGH, TAKEN_UP_REASON};
use super::reading::{Reading, begin_from};
use crate::lexicon::bodies::BodyKind;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::record::Kind;
use std::sync::LazyLock;

/// Somebody speaks.
static SPEECH: LazyLock<Rule> = LazyLock::new(|| Rule::new("kind.speech"));

/// The act is spoken of again.
static AGAIN: LazyLock<Rule> = LazyLock::new(|| Rule::new("kind.again"));

/// A reader asks, an interview is led.
static ASKED: LazyLock<Rule> = LazyLock::new(|| Rule::new("kind.asked"));

/// The kind of a document, from the candidates for its act.
pub fn of(reading: &Reading, acts: &[Act]) -> Kind {
    // Beyond the head of an official paper nothing adds points.
    let most = acts.first().map_or(0, |best| best.points);
    if most < ENOUGH && reading.layout.header.is_none() {
        return Kind::Other;
    }
    let points = points(reading, acts).iter().map(|(_, n)| n).sum::<i32>();
    if points >= ENOUGH { Kind::Announcement } else { Kind::Other }
}

/// The points of the best candidate, and what the rest of the text gives or
/// takes.
pub fn points(reading: &Reading, acts: &[Act]) -> Vec<(&'static str, i32)> {
    let Some(best) = acts.first() else {
        let article = act::is_law_article(reading);
        return vec![match article {
            true => ("an article of a law", 0),
            false => ("no candidate", 0),
        }];
    };
    let mut out = vec![("the best candidate", best.points)];
    if reading.layout.header.is_some() {
        out.push(("the head of an official paper", 4));
        return out;
    }
    let body = &reading.lower()[..reading.layout.end];
    if is_roundup(reading) {
        out.push(("several documents, one a line", -8));
    }
    let chars = body.chars().count().max(1);
    let speech = if SPEECH.most_finds(&reading.scan) < 4 {
        0
    } else {
        let finds = SPEECH.find_near(body, &reading.scan, 60).count();
        finds.saturating_sub(document_speech(reading))
    };
    if speech >= 4 && speech * 1000 >= chars * 3 / 2 {
        // At a launch people always speak.
        let launch = best.rule.starts_with("act/launch");
        out.push(("people speak", if launch { -1 } else { -7 }));
    }
    if ASKED.is_match(body, &reading.scan) {
        out.push(("a question or an interview", -9));
    } else if is_answer(reading, body) {
        out.push(("a lawyer's answer", -9));
    }
    let again = AGAIN.find_near(body, &reading.scan, 60).count();
    let taken_up = best.reasons.iter().any(|(why, _)| *why == TAKEN_UP_REASON);
    let late = best.sentence.is_some_and(|n| n >= 2 && chars > 2500 || n >= 5);
    if late && again <= 1 && !taken_up && !names_topic(reading, best) {
        out.push(("told late and not again", -6));
    }
    if is_crime(reading) && is_told_by_police(reading, best) {
        out.push(("police news", -7));
    }
    // `Mẫu bài tuyên truyền …` offers words to whoever needs some.
    let sample = reading.layout.title.is_some_and(|t| {
        word_lists::begins("kind.samples", t.of(reading.lower()))
    });
    if sample {
        out.push(("a sample to copy", -9));
    }
    if is_digest(reading) {
        out.push(("a digest of several documents", -8));
    }
    if again == 0
        && !taken_up
        && direct_speech(reading) >= 2
        && listed_lines(reading) < 3
    {
        out.push(("a story that does not return to the act", -6));
    }
    if several_acts(reading, acts) {
        out.push(("several acts, one a paragraph", -8));
    }
    if tells_fruits(reading, best) {
        out.push(("its fruits are told", -5));
    }
    if is_stale(reading, best) && !names_kind(reading, best) {
        out.push(("told long after its day", -7));
    }
    out
}

/// Whether an act in the news of a crime is nobody's, or that of police,
/// procuracy or court, and no order.
fn is_told_by_police(reading: &Reading, best: &Act) -> bool {
    let Some(subject) = best.subject else { return true };
    // What others decided earlier is the background of a crime.
    let police = best.sentence.is_some_and(|n| n >= BACKGROUND)
        || matches!(
            reading.bodies()[subject].body.kind,
            BodyKind::Police | BodyKind::Procuracy | BodyKind::Court
        );
    let orders = best
        .mention
        .and_then(|i| reading.mentions[i].word)
        .is_some_and(|(_, kind)| word_lists::has("kind.orders", kind.code));
    // The police launch drives against crime themselves.
    let launch = best.rule.starts_with("act/launch") && best.points > ENOUGH;
    police && !orders && !launch
}

/// Sentences of the news of a crime before its background.
const BACKGROUND: usize = 2;

/// Kinds of papers, each issued in a paragraph of its own, that make a page a
/// list of news.
const SEVERAL: usize = 3;

/// Whether a text without a headline tells of papers of several kinds without
/// a number, each in a line of its own: the news of a place, put together.
fn several_acts(reading: &Reading, acts: &[Act]) -> bool {
    if reading.layout.title.is_some() {
        return false;
    }
    let lines = reading.text.lines();
    let line = |at: usize| lines.partition_point(|l| l.span.end < at);
    let told = acts.iter().filter(|a| a.points >= ENOUGH);
    let told = told.filter(|a| a.subject.is_some() && a.sentence.is_some());
    let mut kinds = Vec::with_capacity(SEVERAL);
    for act in told {
        let Some(m) = act.mention.map(|i| &reading.mentions[i]) else {
            continue;
        };
        let Some((_, kind)) = m.word.filter(|_| m.symbol.is_none()) else {
            continue;
        };
        let own = (line(act.span.start), kind.code);
        let new = kinds.iter().all(|(l, code)| *l != own.0 && *code != own.1);
        if new && m.bare.is_none() {
            kinds.push(own);
        }
    }
    kinds.len() >= SEVERAL
}

/// What an act has brought: `Sau khi UBND tỉnh ban hành kế hoạch, …`.
static FRUITS: LazyLock<Rule> = LazyLock::new(|| Rule::new("kind.fruits"));

/// Sentences behind an act that may tell what it has brought.
const FRUITS_WITHIN: usize = 5;

/// Whether an act that is not told as news is followed by what was done on its
/// grounds since.
fn tells_fruits(reading: &Reading, best: &Act) -> bool {
    let news = best.reasons.iter().any(|(why, _)| *why == act::NEWS_REASON);
    let Some(n) = best.sentence.filter(|_| !news) else { return false };
    let behind = reading.sentences().iter().skip(n + 1).take(FRUITS_WITHIN);
    let mut behind = behind.map(|s| s.of(reading.lower()));
    behind.any(|words| FRUITS.is_match(words, &reading.scan))
}

/// Words of an answer to a question about the law.
static ANSWER: LazyLock<Rule> = LazyLock::new(|| Rule::new("kind.answer"));

/// Lines in which a page of questions and answers puts its question.
const QUESTION_LINES: usize = 6;

/// Pages of questions about the law: the top asks, and what follows answers
/// out of a paper.
fn is_answer(reading: &Reading, body: &str) -> bool {
    let lines = reading.text.lines().iter().take(QUESTION_LINES);
    let mut lines = lines.map(|l| l.span.of(reading.norm()));
    lines.any(|l| l.ends_with(['?', '？']) || l.ends_with("?”"))
        && ANSWER.is_match(body, &reading.scan)
}

/// Whether the headline names the kind of the act, or the text opens with
/// it: portals post papers long after their day.
fn names_kind(reading: &Reading, act: &Act) -> bool {
    let code = |i: usize| reading.mentions[i].word.map(|(_, kind)| kind.code);
    let own = act.mention.and_then(code);
    let headline = reading.layout.title.is_some_and(|title| {
        reading.mentions.iter().any(|m| {
            title.contains(m.span) && m.word.map(|(_, k)| k.code) == own
        })
    });
    own.is_some() && (headline || act.sentence == Some(0))
}

/// Syllables of what a paper is about that a headline repeats.
const TOPIC: usize = 4;

/// Whether the headline names what the act's paper is about: `Ngày hội trồng
/// tre ở Hà Nam` and `ký Quyết định về Ngày hội trồng tre`.
fn names_topic(reading: &Reading, act: &Act) -> bool {
    let Some(mention) = act.mention.map(|i| &reading.mentions[i]) else {
        return false;
    };
    let tail = reading.after(mention.end, 90);
    let topic = tail.strip_prefix(" về việc ").or(tail.strip_prefix(" về "));
    let words = topic.unwrap_or_default().split(' ').take(TOPIC);
    let words = words.collect::<Vec<_>>();
    let title = reading.layout.title.map(|t| t.of(reading.lower()));
    words.len() == TOPIC && title.is_some_and(|t| t.contains(&words.join(" ")))
}

/// `nội dung công văn nhấn mạnh` is no person's speech.
fn document_speech(reading: &Reading) -> usize {
    let told = reading.mentions.iter().filter(|m| {
        let tail = reading.after(m.end, 40);
        SPEECH.find(tail, &reading.scan).is_some_and(|s| s.start() < 8)
    });
    told.count()
}

/// Police news: the first sentences arrest somebody.
static CRIME: LazyLock<Rule> = LazyLock::new(|| Rule::new("kind.crime"));

/// A headline that announces several documents.
static DIGEST: LazyLock<Rule> = LazyLock::new(|| Rule::new("kind.digest"));

/// Whether the headline announces several documents and the text names them.
fn is_digest(reading: &Reading) -> bool {
    let headline = reading
        .layout
        .title
        .is_some_and(|t| DIGEST.is_match(t.of(reading.lower()), &reading.scan));
    let mut symbols: Vec<&str> =
        reading.symbols.iter().filter_map(|s| s.written.as_deref()).collect();
    symbols.sort_unstable();
    symbols.dedup();
    headline && symbols.len() >= 3
}

/// Lines that begin like items of a list.
fn listed_lines(reading: &Reading) -> usize {
    let listed = reading.text.lines().iter().filter(|l| {
        let words = l.span.of(reading.norm());
        let figures = words.trim_start_matches(|c: char| c.is_ascii_digit());
        words.starts_with(['-', '•', '*', '+'])
            || figures.len() < words.len()
                && figures.starts_with(['.', ')', '/', '-'])
    });
    listed.count()
}

/// Who speaks, right behind a quote.
static SPEAKER: LazyLock<Rule> = LazyLock::new(|| Rule::new("kind.speaker"));

/// Quotes that are somebody's words.
fn direct_speech(reading: &Reading) -> usize {
    let quotes = reading.text.quotes().iter().filter(|q| {
        q.outer.start < reading.layout.end
            && q.inner.of(reading.norm()).split_whitespace().count() >= 5
            && SPEAKER.is_match(reading.after(q.outer.end, 60), &reading.scan)
    });
    quotes.count()
}

fn is_crime(reading: &Reading) -> bool {
    let title = reading.layout.title.into_iter();
    title
        .chain(reading.sentences().iter().take(2).copied())
        .any(|s| CRIME.is_match(s.of(reading.lower()), &reading.scan))
}

/// Whether the act's date lies more than six weeks before the article's.
fn is_stale(reading: &Reading, act: &Act) -> bool {
    let Some(anchor) = reading.publication() else { return false };
    let symbol = act
        .mention
        .and_then(|i| reading.mentions[i].symbol)
        .map(|i| &reading.symbols[i]);
    // A normative number of an earlier year, unless the year is young.
    let old_number = symbol.and_then(|s| s.year).is_some_and(|year| {
        let year = i16::try_from(year).unwrap_or(anchor.day.0);
        anchor.day.0 - year >= if anchor.day.1 <= 2 { 2 } else { 1 }
    });
    let date =
        super::issued::find(reading, act).map(|i| reading.dates[i].value);
    let own = date.and_then(|v| super::dates::Anchor::of(v, ""));
    old_number || own.is_some_and(|own| anchor.days_after(own) > 45)
}

/// Several lines that each open with another document.
fn is_roundup(reading: &Reading) -> bool {
    let lines = reading.text.lines();
    let opened = lines.iter().filter(|l| {
        begin_from(&reading.mentions, |m| m.span.start, l.span.start)
            .take_while(|(_, m)| m.span.start < l.span.start + 8)
            .any(|(_, m)| m.symbol.is_some())
    });
    opened.count() >= 4 && reading.layout.header.is_none()
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;
    use crate::record::Kind;

    #[test]
    fn one_act_makes_an_announcement() {
        let text = "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND.";
        assert_eq!(record(text).kind, Kind::Announcement);
    }

    #[test]
    fn what_was_decided_before_a_crime_is_its_background() {
        let crime = "Công an tỉnh Hà Nam khởi tố ông Lò Văn Lúa vì chặt tre. Ông \
                     Lúa chặt tre ở bãi sông.";
        let decided = "UBND tỉnh Hà Nam đã ký Quyết định lập Đội giữ tre. Theo \
                       quyết định này, đội có năm người.";
        let kind = |text: &str| record(text).kind;
        assert_eq!(kind(&format!("{crime} {decided}")), Kind::Other);
        let quiet = crime.replace("khởi tố", "khen");
        let quiet = format!("{quiet} {decided}");
        assert_eq!(kind(&quiet), Kind::Announcement);
    }

    #[test]
    fn a_question_of_fines_explains_the_law() {
        let body = "Chính phủ ban hành Nghị định số 71/2019/NĐ-CP về xe trâu, \
                    phạt 2 triệu đồng.";
        let page = |top: &str| record(&format!("{top}\n\n{body}\n\nHết.")).kind;
        assert_eq!(page("Xe trâu không đèn bị phạt bao nhiêu?"), Kind::Other);
        assert_eq!(page("Xe trâu phải có đèn"), Kind::Announcement);
    }

    #[test]
    fn a_headline_may_announce_several_papers() {
        let body = "Ngày 5/8, Chính phủ đã ban hành Nghị định số 71/2019/NĐ-CP về \
                    xe trâu, thay thế Nghị định số 7/2013/NĐ-CP.\n\nBộ Y tế \
                    ban hành Thông tư số 9/2019/TT-BYT về muỗi.";
        let page = |top: &str| record(&format!("{top}\n\n{body}")).kind;
        let several = "Một số văn bản mới có hiệu lực trong tháng 9";
        assert_eq!(page(several), Kind::Other);
        assert_eq!(page("Xe trâu phải có đèn"), Kind::Announcement);
    }

    #[test]
    fn a_sample_to_copy_is_no_news() {
        let text = "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND.";
        let page = |top: &str| record(&format!("{top}\n\n{text}\n\nHết.")).kind;
        assert_eq!(page("Mẫu bài tuyên truyền về tre"), Kind::Other);
        assert_eq!(page("Bài ca về cây tre"), Kind::Announcement);
    }

    #[test]
    fn an_article_of_a_law_issues_nothing() {
        let text = "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND.";
        let source = "(Điều 4 Thông tư số 9/2015/TT-BTC, có hiệu lực thi hành \
                      kể từ ngày 01/03/2015)";
        assert_eq!(record(&format!("{source}\n{text}")).kind, Kind::Other);
        let aside = "(Theo Thông tư số 9/2015/TT-BTC)";
        let told = record(&format!("{aside}\n{text}"));
        assert_eq!(told.kind, Kind::Announcement);
    }

    #[test]
    fn a_late_act_counts_if_the_headline_names_its_topic() {
        let told = "Xưa nay bà con trồng tre. Đất bãi rộng. Tre giữ đất. Lũ về \
                    tre đỡ. Trẻ con chơi diều. Hôm qua, UBND tỉnh Hà Nam đã ký \
                    Quyết định 425 về Ngày hội trồng tre năm nay. Chợ vẫn đông.";
        let text = format!("Ngày hội trồng tre ở Hà Nam\n\n{told}");
        assert_eq!(record(&text).kind, Kind::Announcement);
        let text = format!("Chợ phiên ở Hà Nam vui\n\n{told}");
        assert_eq!(record(&text).kind, Kind::Other);
    }

    #[test]
    fn several_acts_in_a_row_are_a_list_of_news() {
        let text = "UBND tỉnh Hà Nam vừa ban hành chỉ thị về giữ rừng.\nUBND \
                    tỉnh Hà Nam đã ban hành kế hoạch trồng tre.\nUBND tỉnh Hà \
                    Nam vừa ban hành quyết định xây cầu Khe Nứa.";
        assert_eq!(record(text).kind, Kind::Other);
        let one = text.replace("chỉ thị", "kế hoạch");
        let one = one.replace("quyết định", "kế hoạch");
        assert_eq!(record(&one).kind, Kind::Announcement);
    }

    #[test]
    fn what_an_act_has_brought_is_no_news_of_it() {
        let act = "Quyết định số 47/QĐ-UBND ngày 15/6/2018 của UBND tỉnh Hà Nam \
                   phê duyệt Kế hoạch trồng tre.";
        let fruits =
            "Sau khi UBND tỉnh ban hành kế hoạch, các xã đã trồng xong.";
        let kind = |text: &str| record(text).kind;
        assert_eq!(kind(act), Kind::Announcement);
        assert_eq!(kind(&format!("{act} {fruits}")), Kind::Other);
        let news = "UBND tỉnh Hà Nam vừa ban hành Kế hoạch số 71/KH-UBND.";
        let both = format!("{news} {fruits}");
        assert_eq!(kind(&both), Kind::Announcement);
    }

    #[test]
    fn a_question_and_a_visit_announce_nothing() {
        for text in [
            "Vì sao các xã chậm ban hành nghị quyết trồng tre?\n\nTheo bà con, \
             tre giống còn thiếu.",
            "Thủ tướng: Tre phải xanh lại\n\nChiều 9/9, kiểm tra thực địa tại \
             Hà Nam, Thủ tướng Chính phủ yêu cầu các địa phương trồng tre.",
        ] {
            assert_eq!(record(text).kind, Kind::Other, "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "Căn cứ Quyết định số 12/QĐ-UBND, các xã trồng rừng.",
            "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND.\n\
             PV: Vì sao phải trồng rừng?\nVì đất sạt lở.",
            "Chiều nay đội xã An Hòa thắng đội xã Bình Minh 2-1.",
            "",
        ] {
            assert_eq!(record(text).kind, Kind::Other, "{text}");
        }
    }
}
