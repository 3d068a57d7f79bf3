//! Who signed the act.
//!
//! # What it finds
//! The name behind a head's title before `ký` in news (`Phó Chủ tịch UBND
//! tỉnh Trần Văn Tân vừa ký`), and the last name below the title in an
//! official paper (`KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / (Đã ký) / Phạm Văn Tuyên`).
//!
//! # What it must refuse
//! The author of an article, people who only speak.
//!
//! # Known limits
//! One signer only; names of one syllable or of more than five.

use super::reading::Reading;
use super::window;
use crate::lexicon::places;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::record::Signer;
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

static SIGNED: LazyLock<Rule> = LazyLock::new(|| Rule::new("signer.signed"));

static TITLE_LINE: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("signer.title_line"));

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<name>\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){1,4})$")
        .expect("name")
});

/// Finds the signer.
pub fn find(reading: &Reading) -> Option<Signer> {
    if reading.layout.header.is_some() {
        return below_title(reading);
    }
    let (base, caps) = signed(reading)?;
    let (title, name) = (caps.name("title")?, caps.name("name")?);
    let mut span = Span::new(base + name.start(), base + name.end());
    // `UBND tỉnh Phú Thọ Hà Văn Thụ`: the province belongs to the title.
    if let Some(place) =
        places::place_at(reading.norm(), reading.lower(), span.start)
        && place.span.end < span.end
    {
        span.start = place.span.end + 1;
    }
    let (span, text) = reading.text.evidence(span);
    Some(Signer {
        name: text.clone(),
        title: Some(crate::text::one_line(title.as_str())),
        text,
        span,
        rule: "signer/signed".into(),
    })
}

/// Lines at the foot in which a paper is signed.
const FOOT: usize = 30;

/// The body for which a paper is signed at its foot: `TM. ỦY BAN NHÂN DÂN`.
pub(super) fn body(reading: &Reading) -> Option<usize> {
    let lines = reading.text.lines().iter().rev().take(FOOT).map(|l| l.span);
    let mut signed = lines.filter(|l| {
        word_lists::begins("signer.for_bodies", l.of(reading.norm()))
    });
    signed.find_map(|line| {
        let i = reading.bodies().partition_point(|b| b.span.start < line.start);
        let body = reading.bodies().get(i)?;
        (body.span.end <= line.end && !body.plural).then_some(i)
    })
}

/// Title, name and `ký`, the first time that a name or `đã`, `vừa`, `mới`
/// stands before the verb.
fn signed<'t>(reading: &Reading<'t>) -> Option<(usize, regex::Captures<'t>)> {
    /// Farthest byte of the title from the verb.
    const REACH: usize = 240;
    const VERB: &str = " ký";
    let (norm, lower) = (reading.norm(), reading.lower());
    memchr::memmem::find_iter(lower.as_bytes(), VERB).find_map(|at| {
        let before = norm[..at].trim_end_matches(',');
        let word = before.rsplit([' ', '\n']).next()?;
        let named = word.starts_with(char::is_uppercase);
        if !named && !matches!(word, "đã" | "vừa" | "mới") {
            return None;
        }
        let end = at + VERB.len();
        let mut words = window::before(norm, end, REACH);
        loop {
            let caps = SIGNED.captures(words, &reading.scan)?;
            let title = caps.name("title")?;
            // Counted here: an expression that counts letters has a state for
            // each.
            if title.as_str().chars().count() <= LONGEST_TITLE {
                return Some((end - words.len(), caps));
            }
            let first = title.as_str().chars().next()?;
            words = &words[title.start() + first.len_utf8()..];
        }
    })
}

/// Longest title of the one who signs, in code points: `Phó Chủ tịch Thường
/// trực Ủy ban nhân dân thành phố …`.
const LONGEST_TITLE: usize = 90;

/// The name on one of the lines below the title of the one who signs.
fn below_title(reading: &Reading) -> Option<Signer> {
    let lines = reading.text.lines();
    let i = lines.iter().rposition(|l| {
        TITLE_LINE.is_match(l.span.of(reading.norm()), &reading.scan)
    })?;
    let caps =
        TITLE_LINE.find(lines[i].span.of(reading.norm()), &reading.scan)?;
    let title = title_case(caps.as_str());
    let line = lines[i + 1..]
        .iter()
        .take(4)
        .find(|l| NAME.is_match(l.span.of(reading.norm())))?;
    let words = line.span.of(reading.norm());
    let name = NAME.captures(words)?.name("name")?.range();
    let start = line.span.start;
    let span = Span::new(start + name.start, start + name.end);
    let (span, text) = reading.text.evidence(span);
    Some(Signer {
        name: text.clone(),
        title: Some(title),
        text,
        span,
        rule: "signer/below-title".into(),
    })
}

/// `PHÓ CHỦ TỊCH` becomes `Phó Chủ tịch`.
fn title_case(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts: Vec<String> = lower
        .split_inclusive("phó ")
        .map(|part| {
            let mut chars = part.chars();
            let first = chars.next().into_iter().flat_map(char::to_uppercase);
            first.chain(chars).collect()
        })
        .collect();
    parts.concat()
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    #[test]
    fn who_signed_is_found_in_news() {
        let text = "Phó Chủ tịch UBND tỉnh Trần Văn Tân vừa ký Quyết định số \
                    5/QĐ-UBND.";
        let signer = record(text).signer.unwrap();
        assert_eq!(signer.name, "Trần Văn Tân");
        assert_eq!(signer.title.as_deref(), Some("Phó Chủ tịch UBND tỉnh"));
    }

    #[test]
    fn who_speaks_or_signs_nothing_is_refused() {
        for text in [
            "Phó Chủ tịch UBND tỉnh Trần Văn Tân phát biểu tại hội nghị.",
            "Chủ tịch UBND tỉnh vừa ký Quyết định số 5/QĐ-UBND.",
        ] {
            assert!(record(text).signer.is_none(), "{text}");
        }
    }

    #[test]
    fn titles_lose_their_capitals() {
        assert_eq!(super::title_case("PHÓ CHỦ TỊCH"), "Phó Chủ tịch");
        assert_eq!(super::title_case("GIÁM ĐỐC"), "Giám đốc");
    }
}
