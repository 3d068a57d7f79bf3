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

use super::act::Act;
use super::reading::Reading;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::record::{Evidence, Status, Words};
use crate::text::{Norm, Span};
use std::sync::LazyLock;

/// A cue and how much it says, right before a quote.
static CUE: LazyLock<Rule> = LazyLock::new(|| Rule::new("campaign.cue"));

/// Names that need no quotes: they begin with a capital after their cue, or
/// are named by a set phrase.
static NAMED: LazyLock<Rule> = LazyLock::new(|| Rule::new("campaign.named"));

/// Words at which an unquoted name ends.
static END: LazyLock<Rule> = LazyLock::new(|| Rule::new("campaign.end"));

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
    let mut names = quoted(reading, slogans);
    names.extend(unquoted(reading));
    let sentence = reading.sentence_at(act.span.start).map(|(_, s)| s);
    for name in &mut names {
        place(reading, act, sentence, name);
    }
    // Where a name returns, it is the subject of the text.
    let keys: Vec<String> =
        names.iter().map(|n| key(reading, n.span)).collect();
    for i in 0..names.len() {
        let again = keys.iter().enumerate().any(|(j, k)| {
            j != i && !k.is_empty() && (*k == keys[i] || close(k, &keys[i]))
        });
        if again {
            names[i].points += 1;
        }
    }
    names
}

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

fn quoted(reading: &Reading, slogans: &[Span<Norm>]) -> Vec<Name> {
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
            None if month => 2,
            None => continue,
        };
        // `với chủ đề “…”` behind `phong trào` gives its name.
        let theme = head.trim_end().ends_with("chủ đề");
        if slogans.iter().any(|s| s.overlaps(quote.inner)) && !theme {
            continue;
        }
        let mut span = quote.inner;
        let mut points = weight;
        if head.ends_with("tết trồng cây ") {
            span = Span::new(
                quote.outer.start - "tết trồng cây ".len(),
                quote.outer.end,
            );
        }
        if ANSWERED.is_match(head, &reading.scan) {
            points -= 5;
        }
        if LAUNCHED_BY
            .is_match(reading.after(quote.outer.end, 160), &reading.scan)
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

fn unquoted(reading: &Reading) -> Vec<Name> {
    let text = &reading.norm()[..reading.layout.end];
    let mut out = Vec::new();
    for caps in NAMED.regex().captures_iter(text) {
        let (name, rest) =
            (caps.name("name").unwrap(), caps.name("rest").unwrap());
        let lower = &reading.lower()[rest.range()];
        let cut =
            END.find(lower, &reading.scan).map_or(lower.len(), |m| m.start());
        let mut end = rest.start() + lower[..cut].trim_end().len();
        if cut == lower.len() {
            end = row_end(reading, rest.start(), end);
        }
        let head_word = &reading.lower()[name.start()..rest.start()];
        if reading.lower()[..name.start()].ends_with(char::is_alphanumeric) {
            continue;
        }
        let programme = head_word.starts_with("chương trình");
        let set =
            !programme && name.as_str().starts_with(|c: char| c.is_uppercase());
        let capital = rest.as_str().starts_with(|c: char| c.is_uppercase());
        let count =
            reading.lower()[rest.start()..end].split_whitespace().count();
        if !(2..=24).contains(&count) || end <= rest.start() {
            continue;
        }
        let movement = word_lists::begins("campaign.movements", head_word);
        let points = match (set, capital, movement) {
            (true, _, _) => 3,
            (false, true, true) => 3,
            (false, true, false) => 2,
            (false, false, true) => 1,
            _ => 0,
        };
        if points == 0 {
            continue;
        }
        // The word `Chương trình` and `phong trào` are not part of the name.
        let start = if head_word.trim() == "phong trào thi đua" {
            rest.start()
        } else {
            name.start()
        };
        let mut points = points;
        if ANSWERED.is_match(reading.before(name.start(), 100), &reading.scan) {
            points -= 4;
        }
        if LAUNCHED_BY.is_match(reading.after(end, 160), &reading.scan) {
            points -= 4;
        }
        let span = Span::new(start, end);
        out.push(Name {
            span,
            points,
            quoted: false,
            reasons: "campaign/unquoted",
        });
    }
    out
}

/// `xóa nhà tạm, nhà dột nát`: a member of a row that begins with a word of
/// the name belongs to it.
fn row_end(reading: &Reading, start: usize, end: usize) -> usize {
    let lower = reading.lower();
    let Some(tail) = lower[end..].strip_prefix(", ") else { return end };
    let member = &tail
        [..tail.find(['.', ',', ';', ':', '\n', '“']).unwrap_or(tail.len())];
    let cut =
        END.find(member, &reading.scan).map_or(member.len(), |m| m.start());
    let member = &member[..cut];
    let first = member.split(' ').next().unwrap_or_default();
    let shared = lower[start..end].split(' ').any(|w| w == first);
    if shared && member.split(' ').count() <= 6 {
        end + 2 + member.trim_end().len()
    } else {
        end
    }
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
        && name.span.start > act.span.start
    {
        name.points += 4;
    } else if sentence.is_some_and(|s| s.overlaps(name.span)) {
        name.points += 2;
    } else if reading.sentence_at(name.span.start).is_some_and(|(n, _)| n <= 2)
    {
        name.points += 1;
    }
    let head = reading.before(name.span.start, 80);
    let launched = word_lists::inside("campaign.launching_verbs", head);
    if launched {
        name.points += 1;
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    fn campaign(text: &str) -> Option<String> {
        record(text).campaign.map(|words| words.text)
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
    fn two_wordings_of_a_name_are_close() {
        assert!(super::close("toan dan bao ve an ninh", "toan dan bao ve an"));
        assert!(!super::close("toan dan bao ve an ninh", "dan van kheo"));
    }
}
