//! Slogans: guiding spirit (tinh thần), motto (phương châm), slogan (khẩu
//! hiệu), theme (chủ đề), message (thông điệp), viewpoint (quan điểm).
//!
//! # What it finds
//! Quotes behind a cue, with a few words between (`Thông điệp xuyên suốt là
//! “…”`), and every further quote of the chain (`với tinh thần “A”, “B”`).
//! A quote of which is said that it is one (`“…” là chủ đề của Tuần lễ`).
//! Without quotes: what follows `phương châm`, `khẩu hiệu` and `chủ đề` up to
//! the end of its clause, if it is short.
//!
//! # What it must refuse
//! Names of movements and documents, terms of one notion (“vùng xanh”), the
//! cue itself in quotes (“mục tiêu kép”), what a person says, the national
//! motto.
//!
//! # Known limits
//! A slogan before its cue (`Rừng là nhà là chủ đề của tháng`) needs quotes.

mod list;
mod shape;

pub use list::lists_slogans;

use super::reading::{Reading, touches};
use crate::lexicon::scan::{Rule, Scan};
use crate::lexicon::word_lists;
use crate::record::{Slogan, SloganKind, Status};
use crate::text::{Norm, Quote, Span};
use regex::Captures;
use shape::{
    has_length, is_each, is_echo, is_numeric_motto, is_parallel, is_plain,
};
use std::sync::LazyLock;

/// A slogan and what its cue says.
type Found = (Span<Norm>, SloganKind, &'static str);

static CUE: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.cue"));

/// Words that claim the quote for something else.
static OTHER: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.other"));

/// Words that may stand between a cue and its quote.
static FILLER: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.filler"));

/// Between two quotes of one chain.
static CHAIN: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.chain"));

/// A theme that a sentence states behind a colon.
static STATED: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.stated"));

/// A theme that a sentence of its own states.
static SAID: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.said"));

/// A cue whose quote a copula tells, farther behind.
static TOLD: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.told"));

/// A theme without quotes that opens its sentence or follows a colon.
static LED: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.led"));

/// The next cue of a row.
static NEXT_CUE: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("slogan.next_cue"));

/// A short unquoted motto.
static UNQUOTED: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("slogan.unquoted"));

fn kind(cue: &str) -> (SloganKind, &'static str) {
    match cue {
        "tinh thần" => (SloganKind::Spirit, "slogan/spirit"),
        "phương châm" => (SloganKind::Motto, "slogan/motto"),
        "khẩu hiệu" | "slogan" => (SloganKind::Slogan, "slogan/slogan"),
        "chủ đề" => (SloganKind::Theme, "slogan/theme"),
        "thông điệp" => (SloganKind::Message, "slogan/message"),
        "mục tiêu" => (SloganKind::Goal, "slogan/goal"),
        _ => (SloganKind::Other, "slogan/viewpoint"),
    }
}

/// Finds every slogan of the article.
pub fn find(reading: &Reading) -> Vec<Slogan> {
    let mut out: Vec<Found> = Vec::new();
    let mut last: Option<(&Quote, SloganKind, &'static str)> = None;
    let mut borne = None;
    let quotes = reading.text.quotes();
    for quote in quotes.iter().filter(|q| q.outer.start < reading.layout.end) {
        // A quote inside a slogan is part of it.
        if let Some((outer, _, _)) = last
            && outer.outer.contains(quote.outer)
        {
            continue;
        }
        let head = reading.before(quote.outer.start, 160);
        let found = borne.take();
        let found = found
            .or_else(|| cued(head, &reading.scan))
            .or_else(|| cued_above(reading, quote, head));
        let found = found.or_else(|| told(reading, quote)).or_else(|| {
            let (before, kind, rule) = last?;
            let between =
                reading.lower().get(before.outer.end..quote.outer.start)?;
            let near = CHAIN.is_match(between, &reading.scan)
                || goes_on(reading, between, quote);
            near.then_some((kind, rule))
        });
        let found = found.or_else(|| said_behind(reading, quote));
        if found.is_some() && bears(reading, quote) {
            borne = found;
            continue;
        }
        if let Some((kind, rule)) = found
            && is_slogan(reading, quote)
            && !is_single_term(reading, quote, kind)
        {
            out.push((trim(reading, quote.inner), kind, rule));
            last = Some((quote, kind, rule));
        }
    }
    out.sort_by_key(|(span, _, _)| span.start);
    for more in [list::find, led_themes, unquoted] {
        for found in more(reading) {
            if !touches(&out, |other| other.0, found.0) {
                let start = found.0.start;
                let at = out.partition_point(|(s, _, _)| s.start <= start);
                out.insert(at, found);
            }
        }
    }
    out.into_iter()
        .map(|(span, kind, rule)| {
            let (span, text) = reading.text.evidence(span);
            let status = Status::Stated;
            Slogan { kind, text, span, status, rule: rule.into() }
        })
        .collect()
}

/// `Chủ đề “Tháng sách” năm 2021 là “…”`: whether a quote behind a cue only
/// names whose the next quote is.
fn bears(reading: &Reading, quote: &Quote) -> bool {
    let tail = reading.after(quote.outer.end, 24);
    let tail = tail.strip_prefix(" năm ").map_or(tail, |year| {
        year.trim_start_matches(|c: char| c.is_ascii_digit())
    });
    let told = tail.trim_start().strip_prefix("là");
    told.is_some_and(|rest| {
        rest.trim_start_matches([':', ' ']).starts_with('“')
    })
}

/// `với tinh thần “A”, toàn Đảng, toàn dân “B”`: one sentence, a short way,
/// and words built like a slogan.
fn goes_on(reading: &Reading, between: &str, quote: &Quote) -> bool {
    let words = quote.inner.of(reading.lower());
    between.len() < 60
        && between.starts_with([',', ' '])
        && !between.contains(['.', ';', ':', '\n', '“'])
        && !OTHER.is_match(between.trim_end(), &reading.scan)
        && quote.inner.of(reading.norm()).starts_with(char::is_lowercase)
        && words.split_whitespace().count() >= 4
}

/// A cue at the end of the line above, which was broken before the quote.
fn cued_above(
    reading: &Reading,
    quote: &Quote,
    head: &str,
) -> Option<(SloganKind, &'static str)> {
    let start = quote.outer.start - head.len();
    if head.len() > 40 || start == 0 || head.contains(['.', ';']) {
        return None;
    }
    let above = reading.before(start - 1, 80);
    let last = above.trim_end();
    if !last.contains(' ') || last.ends_with(['.', ';', ':', '”']) {
        return None;
    }
    // A cue may itself be broken: `chủ` / `đề`.
    let near = word_lists::words("slogan.cues").iter();
    if !near.clone().any(|cue| {
        last.contains(cue)
            || cue.split_once(' ').is_some_and(|(first, second)| {
                last.ends_with(first) && head.starts_with(second)
            })
    }) {
        return None;
    }
    cued(&format!("{last} {head}"), &reading.scan)
}

/// `“…” là chủ đề của Tuần lễ`, `“…” chính là thông điệp của ngày hội`.
fn said_behind(
    reading: &Reading,
    quote: &Quote,
) -> Option<(SloganKind, &'static str)> {
    let tail = reading.after(quote.outer.end, 60).trim_start();
    let tail = tail.strip_prefix("chính ").unwrap_or(tail);
    let told = tail.strip_prefix("là ")?;
    let one = ["một trong những ", "một trong các "];
    let told = one.iter().find_map(|w| told.strip_prefix(*w)).unwrap_or(told);
    let mut cues = word_lists::words("slogan.said_cues").iter();
    let cue = cues.find(|cue| {
        told.strip_prefix(**cue)
            .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })?;
    let long = quote.inner.of(reading.lower()).split(' ').take(3).count() > 2;
    long.then(|| kind(cue))
}

/// The cue nearest before a quote, else one before it.
fn cued(head: &str, scan: &Scan) -> Option<(SloganKind, &'static str)> {
    let (mut from, mut found) = (0, None);
    while let Some(caps) = CUE.captures(&head[from..], scan) {
        let cue = caps.name("cue")?;
        // `chương trình mục tiêu quốc gia “…”` is a programme.
        let before = head[..from + cue.start()].trim_end();
        let programme = cue.as_str() == "mục tiêu"
            && word_lists::ends("campaign.programmes", before);
        if !programme {
            found = cue_of(&caps, scan).or(found);
        }
        from += cue.end();
    }
    found
}

fn cue_of(caps: &Captures, scan: &Scan) -> Option<(SloganKind, &'static str)> {
    let gap = &caps["gap"];
    let plain = gap.trim_matches([' ', ':', ',']);
    let copula = plain.ends_with("là");
    if OTHER.is_match(gap, scan) && !copula
        || plain.split_whitespace().count() > 10
    {
        return None;
    }
    // `tinh thần đoàn kết, …, thực hiện “…”` has another cue between.
    let near = plain.is_empty()
        || plain.ends_with("là")
        || plain.ends_with("như")
        || gap.trim_end().ends_with(':')
        || FILLER.is_match(plain, scan)
        || is_bearer(&caps["cue"], plain);
    (near && !gap.contains(", ")).then(|| kind(&caps["cue"]))
}

/// `chủ đề Ngày Nước thế giới “…”`: whose it is, without a verb, may stand
/// between a cue that heads no clause and its quote.
fn is_bearer(cue: &str, gap: &str) -> bool {
    word_lists::has("slogan.borne", cue)
        && word_lists::begins("slogan.bearers", gap)
        && gap.split_whitespace().count() <= 8
        && !word_lists::inside("campaign.launching_verbs", gap)
        && !gap.split(' ').any(|w| word_lists::has("slogan.connectives", w))
}

/// `Chủ đề của Tuần lễ … (từ ngày … đến ngày …) năm 2018 là “…”`: whose it is
/// stands between, at any length, and a copula.
fn told(
    reading: &Reading,
    quote: &Quote,
) -> Option<(SloganKind, &'static str)> {
    let head = reading.before(quote.outer.start, 320);
    let caps = TOLD.captures(head, &reading.scan)?;
    Some(kind(&caps["cue"]))
}

fn is_slogan(reading: &Reading, quote: &Quote) -> bool {
    let words = quote.inner.of(reading.lower());
    let count = words.split_whitespace().count();
    let term = word_lists::begins("slogan.terms", words);
    let document = word_lists::begins("slogan.documents", words);
    let too_short = count == 1 && words.len() < 2;
    (1..=60).contains(&count)
        && !term
        && !document
        && !too_short
        && is_one_paragraph(words)
}

/// Whether words are on one line, or on lines of a paragraph that was broken
/// in small letters.
fn is_one_paragraph(words: &str) -> bool {
    words.matches('\n').count() <= 2 && !words.contains("\n\n")
}

/// `nguyên tắc “5K”`: one word behind a cue of viewpoints is a term.
fn is_single_term(reading: &Reading, quote: &Quote, kind: SloganKind) -> bool {
    kind == SloganKind::Other
        && !quote.inner.of(reading.norm()).trim().contains(' ')
}

/// Without blanks, and without a stop of the sentence at its end.
fn trim(reading: &Reading, span: Span<Norm>) -> Span<Norm> {
    let words = span.of(reading.norm());
    let start = span.start + words.len() - words.trim_start().len();
    let own = words.trim().trim_end_matches([',', ';']).trim_end();
    let own = match own.strip_suffix('.') {
        Some(whole) if !whole.ends_with('.') => whole,
        _ => own,
    };
    Span::new(start, start + own.len())
}

/// `Với chủ đề …, Tháng hành động …`, `với quan điểm: …`, `Chủ đề của … là:
/// …`: to the name of the campaign or to the end of the sentence.
fn led_themes(reading: &Reading) -> Vec<Found> {
    let lower = &reading.lower()[..reading.layout.end];
    let mut out = Vec::new();
    let led = LED.captures_near(lower, &reading.scan, 700);
    let stated = STATED.captures_near(lower, &reading.scan, 400);
    let said = SAID.captures_near(lower, &reading.scan, 400);
    for (base, caps) in led.chain(stated) {
        let words = caps.name("words").or_else(|| caps.name("all"));
        let words = words.expect("one of the two");
        if !has_length(words.as_str(), 8, 500) {
            continue;
        }
        let span = Span::new(base + words.start(), base + words.end());
        let capital = reading.norm()[span.range()]
            .starts_with(|c: char| c.is_uppercase());
        let count = words.as_str().split_whitespace().count();
        if capital && (3..=60).contains(&count) {
            let (kind, rule) = kind(&caps["cue"]);
            out.push((trim(reading, span), kind, rule));
        }
    }
    for (base, caps) in said {
        let words = caps.name("all").expect("all");
        let count = words.as_str().split_whitespace().count();
        let told = word_lists::begins("slogan.judged", words.as_str());
        if (5..=40).contains(&count) && !told {
            let span = Span::new(base + words.start(), base + words.end());
            let (kind, rule) = kind(&caps["cue"]);
            out.push((trim(reading, span), kind, rule));
        }
    }
    out
}

/// `KHẨU HIỆU TUYÊN TRUYỀN` is a heading; `Thời gian treo cờ và khẩu hiệu: Từ
/// ngày …` says when.
fn is_no_slogan(reading: &Reading, span: Span<Norm>) -> bool {
    is_heading(reading, span)
        || word_lists::begins("slogan.no_words", span.of(reading.lower()))
}

/// Slogans without quotes.
fn unquoted(reading: &Reading) -> Vec<Found> {
    let mut out = Vec::new();
    let lower = &reading.lower()[..reading.layout.end];
    for (base, caps) in UNQUOTED.captures_near(lower, &reading.scan, 800) {
        let words = caps.name("words").expect("words");
        let mut parts = words.as_str().split(", ");
        if !parts.next().is_some_and(|part| has_length(part, 3, 120))
            || !parts.all(|part| has_length(part, 3, 60))
        {
            continue;
        }
        // `chủ đề A và thông điệp: “B”`
        let text = words.as_str();
        let text = match NEXT_CUE.find(text, &reading.scan) {
            Some(next) => &text[..next.start()],
            None => text,
        };
        let whole = text.len() == words.len();
        let start = base + words.start();
        let span = Span::new(start, start + text.len());
        let cue = &caps["cue"];
        let capital = reading.norm()[span.range()]
            .starts_with(|c: char| c.is_uppercase());
        let count = text.split_whitespace().count();
        // Numeric mottoes (`4 tại chỗ`) are set phrases; others are slogans
        // only where the words can be nothing else.
        let numeric = is_numeric_motto(text, &reading.scan);
        let head = reading.before(base + caps.get(0).unwrap().start(), 9);
        let clear = match cue {
            "phương châm" => {
                numeric.is_some()
                    || count <= 12 && is_parallel(text)
                    || !capital && (3..=8).contains(&count) && is_plain(text)
            }
            "tinh thần" => {
                numeric.is_some() || (4..=10).contains(&count) && is_echo(text)
            }
            "chủ đề" => {
                // In small letters only a whole clause that does something,
                // to the end of its sentence.
                let clause = word_lists::ends("slogan.bearing", head)
                    && (6..=16).contains(&count)
                    && whole
                    && &caps["stop"] == "."
                    && word_lists::begins("slogan.doing", text);
                (capital || clause)
                    && count <= 16
                    && !text.contains("năm")
                    && !(whole && is_told_behind(reading, span.end))
            }
            "thông điệp" if numeric.is_none() => {
                capital
                    && (3..=14).contains(&count)
                    && word_lists::ends("slogan.bearing", head)
            }
            "khẩu hiệu" => {
                capital && count <= 14 && !is_no_slogan(reading, span)
            }
            _ => numeric.is_some_and(|n| n <= 6),
        };
        let clear = clear || (5..=16).contains(&count) && is_each(text);
        // `Phương châm hành động là: “…”` is quoted.
        let led = numeric.is_none()
            && whole
            && (text.ends_with("là") || &caps["stop"] == ":");
        if led || !clear {
            continue;
        }
        let span = match numeric {
            Some(len) => Span::new(span.start, span.start + len),
            None => trim(reading, span),
        };
        let (kind, rule) = kind(cue);
        out.push((span, kind, rule));
    }
    out
}

/// `Chủ đề Ngày Nước (22/3) năm nay là “…”`: what stands behind the cue says
/// whose theme the quote is.
fn is_told_behind(reading: &Reading, at: usize) -> bool {
    let tail = reading.after(at, 200);
    tail.split("; ").next().is_some_and(|clause| {
        ["là “", "là: “", ": “"].iter().any(|told| clause.contains(told))
    })
}

/// Words in capitals throughout.
fn is_heading(reading: &Reading, span: Span<Norm>) -> bool {
    !span.of(reading.norm()).chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;
    use crate::record::SloganKind;

    fn slogans(text: &str) -> Vec<(SloganKind, String)> {
        let found = record(text).slogans.into_iter();
        found.map(|s| (s.kind, s.text)).collect()
    }

    #[test]
    fn quoted_chained_and_numeric_ones_are_found() {
        assert_eq!(
            slogans("Tỉnh làm theo phương châm “Dễ làm trước, khó làm sau”."),
            [(SloganKind::Motto, "Dễ làm trước, khó làm sau".to_owned())]
        );
        assert_eq!(
            slogans(
                "Các xã nêu tinh thần “Một người vì cả làng” và “Cả làng \
                     vì một người”."
            )
            .len(),
            2
        );
        assert_eq!(
            slogans("Các xã chống lũ theo phương châm bốn tại chỗ."),
            [(SloganKind::Motto, "bốn tại chỗ".to_owned())]
        );
        assert_eq!(
            slogans("Các sở làm việc với tinh thần 6 rõ: rõ người, rõ việc."),
            [(SloganKind::Spirit, "6 rõ".to_owned())]
        );
        assert_eq!(slogans("Các sở làm việc với tinh thần 6 người."), []);
    }

    #[test]
    fn a_sentence_may_state_a_theme_without_quotes() {
        let theme = "giữ rừng, giữ đất, trồng tre ven sông cho làng";
        let text = format!("Làng vào hội. Chủ đề của hội là {theme}. Vui lắm.");
        assert_eq!(slogans(&text), [(SloganKind::Theme, theme.to_owned())]);
        for text in [
            "Chủ đề của hội là một câu chuyện dài về rừng và đất.",
            "Bà Lúa kể chủ đề của hội là giữ rừng, giữ đất, trồng tre.",
        ] {
            assert_eq!(slogans(text), [], "{text}");
        }
    }

    #[test]
    fn a_year_may_stand_behind_each_of_a_chain() {
        let text = "Ngày hội rừng có các chủ đề như: “Rừng là nhà” vào năm 2016; \
                    “Nước là máu” năm 2017; “Làng là gốc” năm 2018 - 2019.";
        assert_eq!(slogans(text).len(), 3);
        let text = text.replace("vào năm 2016;", "rồi bà con trồng tre,");
        assert_eq!(slogans(&text).len(), 1);
    }

    #[test]
    fn words_may_stand_between_cue_and_quote() {
        for text in [
            "Chủ đề của Tuần lễ Đọc sách (từ ngày 1/4 đến ngày 7/4), Ngày hội \
             Làng nghề năm 2018 là “Sách mở lối đi”.",
            "Chủ đề năm 2019 được Sở Giáo dục gợi ý như: “Sách mở lối đi”.",
            "Các trường thực hiện chủ đề thi đua năm 2018 “Sách mở lối đi”.",
            "Với chủ đề Sách mở lối đi, Tuần lễ Đọc sách mở từ ngày 1/4.",
            "Tỉnh mở hội sách với quan điểm: Sách mở lối đi.",
            "Tuần lễ mang thông điệp Sách mở lối đi.",
            "Chủ đề “Tuần lễ đọc sách” năm 2018 là: “Sách mở lối đi”.",
        ] {
            let found = slogans(text);
            assert_eq!(found.len(), 1, "{text} {found:?}");
            assert_eq!(found[0].1, "Sách mở lối đi", "{text}");
        }
        assert_eq!(
            slogans("Tháng có chủ đề Làng xanh và thông điệp: “Rừng là nhà”.")
                .len(),
            2
        );
    }

    #[test]
    fn names_terms_and_speech_are_refused() {
        for text in [
            "Tỉnh phát động phong trào “Dân vận khéo”.",
            "Tỉnh giữ vững “vùng xanh”.",
            "Ông Lúa nói: “Năm nay được mùa lúa”.",
            "Tỉnh thực hiện “mục tiêu kép”.",
            "Tỉnh làm chương trình mục tiêu quốc gia “Xóa nhà tranh”.",
            "Các chợ theo nguyên tắc “5K”.",
            "Các xã mở lớp với chủ đề về Luật Trẻ em cho mọi nhà cùng nghe.",
        ] {
            assert_eq!(slogans(text), [], "{text}");
        }
    }

    #[test]
    fn quotes_may_be_broken_over_lines() {
        let broken = "Tỉnh trồng rừng với chủ đề “Mỗi nhà một\nvườn cây”, phương \
                      châm\n“trồng cây nào sống cây ấy”.";
        let found = slogans(broken);
        assert_eq!(
            found,
            [
                (SloganKind::Theme, "Mỗi nhà một vườn cây".to_owned()),
                (SloganKind::Motto, "trồng cây nào sống cây ấy".to_owned()),
            ]
        );
        // The line above is a sentence of its own.
        assert!(
            slogans("Xã nêu phương châm.\n“Trồng cây ven sông”").is_empty()
        );
    }

    #[test]
    fn what_each_is_or_has_is_a_motto() {
        for text in [
            "Xã lan tỏa thông điệp mỗi người dân là một cây tre của làng.",
            "Xã theo phương châm mỗi nhà trồng một vườn tre.",
        ] {
            assert_eq!(slogans(text).len(), 1, "{text}");
        }
        for text in [
            "Xã nêu thông điệp mỗi ngày sẽ phát một lần.",
            "Xã nêu tinh thần mỗi người được một việc.",
        ] {
            assert_eq!(slogans(text), [], "{text}");
        }
        let two = "Hội có hai tháng với chủ đề: Mỗi nhà - một vườn tre và Tháng \
                   sạch làng với chủ đề: Giữ nước cho tre.";
        assert_eq!(slogans(two).len(), 2);
    }

    #[test]
    fn a_quote_may_stand_before_its_cue() {
        let theme = "Mỗi nhà một vườn tre";
        for told in [
            "là chủ đề của Tuần lễ Trồng tre.",
            "chính là chủ đề năm nay.",
            "là một trong những chủ đề của hội làng.",
        ] {
            let found = slogans(&format!("“{theme}” {told}"));
            assert_eq!(found, [(SloganKind::Theme, theme.to_owned())]);
        }
        for text in [
            "“Mỗi nhà một vườn tre” là cuốn sách của bà Lúa.",
            "“Mỗi nhà một vườn tre” là chủ đềnh.",
            "“Vườn tre” là chủ đề hay.",
        ] {
            assert_eq!(slogans(text), [], "{text}");
        }
    }

    #[test]
    fn a_theme_without_quotes_ends_before_what_is_told_of_it() {
        for told in [
            "diễn ra từ ngày 1/7",
            "sẽ diễn ra ở làng",
            "được tổ chức hôm nay",
            "nhằm giữ làng",
        ] {
            let text = format!("Hội làng có chủ đề Tre xanh bên sông {told}.");
            let expected = (SloganKind::Theme, "Tre xanh bên sông".to_owned());
            assert_eq!(slogans(&text), [expected], "{told}");
        }
        let led = "Hội làng vào mùa.\nChủ đề năm 2023: Tre xanh bên sông.";
        assert_eq!(slogans(led).len(), 1);
        let tags = "Hội làng vào mùa.\nChủ đề liên quan: Tre xanh bên sông.";
        assert_eq!(slogans(tags), []);
    }

    #[test]
    fn the_name_of_a_day_may_stand_before_the_quote() {
        assert_eq!(
            slogans(
                "Xã làm theo chủ đề Ngày Nước thế giới “Nước cho mọi nhà”."
            ),
            [(SloganKind::Theme, "Nước cho mọi nhà".to_owned())]
        );
        assert!(
            slogans("Theo chủ đề tháng này tổ chức vở “Nước cho mọi nhà”.")
                .is_empty()
        );
    }
}
