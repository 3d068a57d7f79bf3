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
//! # Known limits
//! A feature article that opens with an act and goes elsewhere is told apart
//! only by its speech and events.

use super::citation::Mention;
use super::reading::Reading;
use crate::lexicon::bodies::BodyKind;
use crate::lexicon::{patterns, word_lists};
use crate::text::{Norm, Span};
use regex::Regex;
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

/// An issuing verb, right before a mention.
static VERB: LazyLock<Regex> = LazyLock::new(|| patterns::regex("act.verb"));

/// A verb behind the mention, of which the mention is the object.
static PASSIVE: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("act.passive"));

/// What a document does, right behind it as the subject.
static SAYS: LazyLock<Regex> = LazyLock::new(|| patterns::regex("act.says"));

/// Words right before a mention that cite it.
static CITED: LazyLock<Regex> = LazyLock::new(|| patterns::regex("act.cited"));

static ACCORDING: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("act.according"));

/// The sentence tells of something before.
static EARLIER: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("act.earlier"));

/// A launch and what is launched.
static LAUNCH: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("act.launch"));

/// `… đã được phát động`.
static LAUNCHED: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("act.launched"));

/// A decision told without its paper, right behind its body.
static DECIDES: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("act.decides"));

/// Words of an event in its sentence.
static EVENT: LazyLock<Regex> = LazyLock::new(|| patterns::regex("act.event"));

/// A company is the subject.
static COMPANY: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("act.company"));

/// What somebody else is asked to issue, or will issue.
static ASKED: LazyLock<Regex> = LazyLock::new(|| patterns::regex("act.asked"));

/// The sentence goes on behind `sau khi`.
static SUBORDINATE: LazyLock<Regex> =
    LazyLock::new(|| patterns::regex("act.subordinate"));

/// A paper whose content is told: `Nội dung công văn cho biết, …`.
static TOLD: LazyLock<Regex> = LazyLock::new(|| patterns::regex("act.told"));

/// Every candidate, the best first.
pub fn candidates(reading: &Reading) -> Vec<Act> {
    let mut acts: Vec<Act> = reading
        .mentions
        .iter()
        .enumerate()
        .filter(|(_, m)| m.span.start < reading.layout.end)
        .filter_map(|(i, m)| document(reading, i, m))
        .collect();
    acts.extend(launches(reading));
    acts.extend(decisions(reading));
    // The lead tells more than the headline.
    acts.sort_by_key(|a| (-a.points, a.sentence.is_none(), a.span.start));
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

/// What both kinds of candidates get for where they stand.
fn place(reading: &Reading, act: &mut Act) {
    let in_title = reading.layout.title.is_some_and(|t| t.contains(act.span));
    if in_title {
        act.give("in the headline", 2);
        return;
    }
    let Some((n, sentence)) = reading.sentence_at(act.span.start) else {
        act.give("outside the body", -4);
        return;
    };
    act.sentence = Some(n);
    act.give(
        "near the top",
        match n {
            0 | 1 => 3,
            2 => 2,
            3 | 4 => 1,
            5..=8 => 0,
            _ => -2,
        },
    );
    let words = sentence.of(reading.lower());
    if EARLIER.is_match(words) {
        act.give("told as earlier", -6);
    }
    let head = &reading.lower()[sentence.start..act.span.start];
    if EVENT.is_match(head) {
        let told_there = head.starts_with("tại ");
        act.give("within an event", if told_there { -5 } else { -3 });
    }
    if COMPANY.is_match(head) && act.rule.starts_with("act/launch") {
        act.give("a company's", -4);
    }
}

fn document(reading: &Reading, i: usize, m: &Mention) -> Option<Act> {
    let kind = m.word.map(|(_, kind)| kind);
    let symbol = m.symbol.map(|s| &reading.symbols[s]);
    let mut act = Act::new("act/document", m.span);
    act.mention = Some(i);
    if symbol.is_some() {
        act.give("has a symbol", 2);
    } else if m.bare.is_some() {
        act.give("has a number", 1);
    } else if !kind.is_some_and(|k| may_lack_number(k.code)) {
        return None;
    }
    if symbol.is_some_and(|s| s.rule == "symbol/unfilled") {
        act.give("a form's blank number", 3);
    }
    place(reading, &mut act);
    if heads_paper(reading, m) {
        act.give("the number in the head of the paper", 12);
    }
    let told = verb_points(reading, m, &mut act);
    if !told && told_within(reading, m) {
        act.give("within another paper's content", -5);
    }
    if m.issuer.is_some() {
        act.give("its issuer follows", 1);
    }
    if reading.in_quotes(m.span.start) && act.sentence.is_some() {
        act.give("within quotes", -3);
    }
    if let Some(symbol) = symbol {
        let again = repeats(reading, i, symbol.written.as_deref());
        act.give("named again", again.min(2));
    }
    Some(act)
}

/// Whether a symbol stands in the head of an official paper.
fn heads_paper(reading: &Reading, m: &Mention) -> bool {
    m.symbol.is_some()
        && reading.layout.header.is_some_and(|head| {
            head.start <= m.span.start && m.span.start < head.end + 40
        })
}

/// Points for the verbs around a mention. Returns whether the paper's content
/// is told.
fn verb_points(reading: &Reading, m: &Mention, act: &mut Act) -> bool {
    let head = reading.before(m.span.start, 90);
    let after = reading.after(m.end, 200);
    if let Some(caps) = VERB.captures(head) {
        let verb = caps.name("verb").expect("verb");
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
    if TOLD.is_match(after)
        && m.symbol.is_none()
        && act.sentence.is_some_and(|n| n < 2)
    {
        act.give("its content is told", 6);
        return true;
    }
    if let Some(found) = PASSIVE.find(after) {
        act.give("an issuing verb behind it", 3);
        let opens = reading
            .sentence_at(m.span.start)
            .is_some_and(|(_, s)| s.start == m.span.start);
        if opens {
            act.give("it opens its sentence", 2);
        }
        let end = m.end + found.end();
        act.subject = reading.bodies.iter().position(|b| {
            b.span.start >= m.end && b.span.start < end && !b.plural
        });
        if act.subject.is_some() {
            act.give("a body is its subject", 2);
        }
    } else if CITED.is_match(head) || row_is_cited(reading, m) {
        act.give("cited", -5);
    } else if ACCORDING.is_match(head) {
        act.give("cited as source", -2);
        if let Some(i) = body_speaks(reading, m) {
            act.give("its body speaks behind it", 6);
            act.subject = Some(i);
        }
    } else if SAYS.is_match(after) && m.symbol.is_some() {
        act.give("it speaks as subject", 2);
    }
    false
}

/// `Thực hiện Chỉ thị … của Ban Bí thư và Kế hoạch số 115/KH-UBND`: the
/// second of a row is cited if the first is.
fn row_is_cited(reading: &Reading, m: &Mention) -> bool {
    let i = reading.mentions.partition_point(|o| o.span.start < m.span.start);
    let Some(before) = i.checked_sub(1).map(|j| &reading.mentions[j]) else {
        return false;
    };
    let Some(between) = reading.lower().get(before.end..m.span.start) else {
        return false;
    };
    let joined = between.len() < 90
        && !between.contains(['.', ';', '\n'])
        && (between.trim_end().ends_with(" và")
            || between.trim_end().ends_with(','));
    joined
        && (CITED.is_match(reading.before(before.span.start, 90))
            || row_is_cited(reading, before))
}

/// `Trong văn bản số … ký ngày 15-7, Bảo hiểm xã hội Việt Nam yêu cầu …`
fn body_speaks(reading: &Reading, m: &Mention) -> Option<usize> {
    let (_, sentence) = reading.sentence_at(m.span.start)?;
    if m.symbol.is_none() || m.span.start - sentence.start > 24 {
        return None;
    }
    reading.bodies.iter().position(|b| {
        let head = &reading.lower()[m.end.min(b.span.start)..b.span.start];
        let tail = reading.after(b.full().end, 60);
        let mut speaks = word_lists::words("act.speaking").iter();
        b.span.start >= m.end
            && b.span.end <= sentence.end
            && !b.plural
            && head.trim_end().ends_with(',')
            && speaks.any(|w| tail.find(w).is_some_and(|at| at < 40))
    })
}

/// Points for an issuing verb at byte `at`, right before the mention.
fn active(reading: &Reading, verb: &str, at: usize, act: &mut Act) {
    let last = verb.rsplit(' ').next().unwrap_or_default();
    let weak = word_lists::has("act.weak_verbs", last);
    act.give("an issuing verb before it", if weak { 3 } else { 4 });
    if word_lists::inside("act.news_words", verb) {
        act.give("told as news", 1);
    }
    let Some(i) = subject(reading, at) else { return };
    let body = reading.bodies[i].full();
    // In the case of the text: `Cần Thơ` asks nothing.
    let between = &reading.norm()[body.end..at.max(body.end)];
    let told = reading.before(body.start, 30);
    let told_to = word_lists::ends("act.asking_verbs", told.trim_end());
    if told_to || ASKED.is_match(between) {
        act.give("asked of somebody", -6);
        return;
    }
    act.subject = Some(i);
    act.give("a body is its subject", 2);
    if SUBORDINATE.is_match(reading.before(body.start, 80)) {
        act.give("in a subordinate clause", -4);
    }
}

/// Whether a paper whose content is told stands before in the sentence.
fn told_within(reading: &Reading, m: &Mention) -> bool {
    let Some((n, sentence)) = reading.sentence_at(m.span.start) else {
        return false;
    };
    n < 2
        && reading.mentions.iter().any(|other| {
            other.symbol.is_none()
                && sentence.start <= other.span.start
                && other.span.start < m.span.start
                && TOLD.is_match(reading.after(other.end, 40))
        })
}

/// Kinds that the press names without a number.
fn may_lack_number(code: &str) -> bool {
    code.is_empty() || word_lists::has("act.unnumbered_codes", code)
}

fn repeats(reading: &Reading, i: usize, written: Option<&str>) -> i32 {
    let same = reading.mentions.iter().enumerate().filter(|(j, m)| {
        *j != i
            && written.is_some()
            && m.symbol.is_some_and(|s| {
                reading.symbols[s].written.as_deref() == written
            })
    });
    same.count() as i32
}

/// The body that does what the verb at a byte says: the nearest before it in
/// its sentence that is not itself part of a citation.
pub fn subject(reading: &Reading, verb: usize) -> Option<usize> {
    let start = match reading.sentence_at(verb) {
        Some((_, s)) => s.start,
        None => reading.layout.title.filter(|t| t.start <= verb)?.start,
    };
    let end = reading.bodies.partition_point(|b| b.span.start < verb);
    reading.bodies[..end]
        .iter()
        .enumerate()
        .rev()
        .take_while(|(_, b)| b.span.start >= start)
        .find(|(i, b)| {
            let head = reading.before(b.span.start, 24);
            // `A phối hợp với B tổ chức`: A is the one.
            let helps = word_lists::ends("act.helping", head.trim_end());
            if helps && *i > 0 && reading.bodies[i - 1].span.start >= start {
                return false;
            }
            let of = word_lists::ends("act.object_words", head.trim_end());
            let cited = reading.mentions.iter().any(|m| m.issuer == Some(*i));
            !b.plural
                && !cited
                && !of
                && !matches!(b.body.kind, BodyKind::Media | BodyKind::Company)
        })
        .map(|(i, _)| i)
}

fn launches(reading: &Reading) -> Vec<Act> {
    let lower = &reading.lower()[..reading.layout.end];
    let mut out = Vec::new();
    for m in LAUNCH.find_iter(lower) {
        let mut act = Act::new("act/launch", Span::from(m.range()));
        act.give("a launch", 2);
        place(reading, &mut act);
        act.subject = subject(reading, m.start())
            .or_else(|| subject_behind(reading, m.end()))
            .or_else(|| host(reading));
        if act.subject.is_some() {
            act.give("a body is its subject", 2);
        } else {
            let points = if act.sentence.is_some() { -3 } else { -2 };
            act.give("no public body", points);
        }
        let head = reading.before(m.start(), 40);
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
            LAUNCHED.is_match(s.of(lower)) || LAUNCH.is_match(s.of(lower))
        });
        if act.sentence.is_none() && told {
            act.give("told again in the lead", 3);
        }
        out.push(act);
    }
    for m in LAUNCHED.find_iter(lower) {
        let mut act = Act::new("act/launched", Span::from(m.range()));
        act.give("a launch", 2);
        place(reading, &mut act);
        act.subject = subject_behind(reading, m.end())
            .or_else(|| subject(reading, m.start()))
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

fn decisions(reading: &Reading) -> Vec<Act> {
    let mut out = Vec::new();
    for (i, body) in reading.bodies.iter().enumerate() {
        let full = body.full();
        if body.plural || full.start >= reading.layout.end {
            continue;
        }
        let tail = reading.after(full.end, 120);
        let Some(m) = DECIDES.find(tail) else { continue };
        // A document behind the verb is a candidate of its own.
        let object = full.end + m.end();
        let next = reading.after(object, 24);
        let many = word_lists::begins("act.many", next.trim_start());
        let paper = reading
            .mentions
            .iter()
            .any(|m| m.span.start >= object && m.span.start < object + 16);
        if many || paper {
            continue;
        }
        let span = Span::new(full.start, full.end + m.end());
        let mut act = Act::new("act/decision", span);
        act.subject = Some(i);
        act.give("a body decides", 3);
        place(reading, &mut act);
        if act.sentence.is_none_or(|n| n > 2) {
            act.give("far from the top", -3);
        }
        out.push(act);
    }
    out
}
