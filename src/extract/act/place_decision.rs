//! Candidates that are decisions of a place, which stands for its
//! administration.
//!
//! # What it finds
//! `Hà Nam: Tạm dừng chợ phiên`, `tỉnh Hà Nam cho phép …` in the headline or at
//! the top, where another sentence there says the same of the place or of one
//! of its bodies.
//!
//! # What it must refuse
//! What is said only once; verbs whose object is a paper, which is a
//! candidate of its own.
//!
//! # Known limits
//! Whether the same is decided is told by the verb alone.

use super::{Act, first_of, place};
use crate::extract::reading::{Reading, begin_from};
use crate::extract::window;
use crate::lexicon::bodies::BodyKind;
use crate::lexicon::places;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::text::{Norm, Span};
use std::sync::LazyLock;

/// What an administration decides, right behind the name of its place.
static DECIDES: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("act.place_decides"));

/// Sentences from the top that are looked at.
const TOP: usize = 3;

/// Sentences in which the same may be said again.
const AGAIN: usize = 6;

/// Clauses of a sentence that a place may begin.
const CLAUSES: usize = 4;

/// Bytes of a sentence that are looked at.
const LONG: usize = 420;

pub(super) fn decisions(reading: &Reading) -> Vec<Act> {
    if DECIDES.most_finds(&reading.scan) == 0 {
        return Vec::new();
    }
    let title = reading.layout.title.into_iter();
    let top = title.chain(reading.sentences().iter().take(TOP).copied());
    top.filter_map(|sentence| decided(reading, sentence)).collect()
}

/// What a place decides in a sentence, if another one tells it again.
fn decided(reading: &Reading, sentence: Span<Norm>) -> Option<Act> {
    let (norm, lower) = (reading.norm(), reading.lower());
    let words = first_of(lower, sentence, LONG);
    let commas = memchr::memchr_iter(b',', words.as_bytes()).map(|i| i + 1);
    let commas = commas.filter(|i| words[*i..].starts_with(' '));
    let commas = commas.map(|i| i + 1);
    let starts = std::iter::once(0).chain(commas).take(CLAUSES);
    let (at, behind, name) =
        starts.map(|i| sentence.start + i).find_map(|at| {
            let place = places::place_at(norm, lower, at)?;
            let tail = lower.get(place.span.end..sentence.end)?;
            let tail_start =
                place.span.end + usize::from(tail.starts_with(':'));
            (place.span.start == at).then_some((at, tail_start, place.name))
        })?;
    let tail = window::after(lower, behind, LONG);
    let caps = DECIDES.captures(tail, &reading.scan)?;
    // `công bố danh sách cầu thủ` decides nothing.
    caps.name("own")?;
    let verb = caps.name("verb")?;
    let end = behind + verb.end();
    // A document behind the verb is a candidate of its own.
    let paper = begin_from(&reading.mentions, |m| m.span.start, end)
        .next()
        .is_some_and(|(_, m)| m.span.start < end + 16);
    if paper {
        return None;
    }
    let said = Said {
        name: &lower[name],
        verb: verb.as_str(),
        object: first_words(&lower[end..sentence.end]),
    };
    let again = told_again(reading, sentence, &said);
    let news = tail.starts_with(" vừa ")
        && word_lists::has("act.sure_place_verbs", verb.as_str().trim());
    if again.is_none() && !news {
        return None;
    }
    let mut act = Act::new("act/place", Span::new(at, end));
    act.give("a place decides", 2);
    place(reading, &mut act);
    act.give("told again at the top", 3 * i32::from(again.is_some()));
    act.give("told as news", i32::from(news));
    act.subject = again.flatten();
    Some(act)
}

/// What a sentence says that a place decides.
struct Said<'t> {
    name: &'t str,
    verb: &'t str,
    /// The first words behind the verb; empty if there are fewer.
    object: &'t str,
}

/// The words behind a verb that tell what is decided: the first two.
fn first_words(tail: &str) -> &str {
    let mut blanks = memchr::memchr_iter(b' ', tail.as_bytes()).skip(1);
    let (second, third) = (blanks.next(), blanks.next());
    match (second, third) {
        (Some(_), Some(at)) => &tail[..at],
        _ => "",
    }
}

/// Whether another sentence at the top says the same, of the place or of any
/// (`địa phương đầu tiên công bố tình huống khẩn cấp`); with the body that
/// decides there, if it is one.
fn told_again(
    reading: &Reading,
    own: Span<Norm>,
    said: &Said,
) -> Option<Option<usize>> {
    // Headlines that stand below another line are no sentences.
    let lines = reading.text.lines().iter().map(|l| l.span).take(AGAIN);
    let top = reading.sentences().iter().take(AGAIN).copied().chain(lines);
    let mut again = top.filter(|s| !s.overlaps(own)).filter_map(|s| {
        let words = first_of(reading.lower(), s, LONG);
        let named = words.find(said.name).and_then(|at| {
            let verb = words[at..].find(said.verb)?;
            Some(at + verb)
        });
        let verb = named.or_else(|| {
            let mut verbs = words.match_indices(said.verb);
            let same = |at: usize| {
                let object = &words[at + said.verb.len()..];
                !said.object.is_empty() && object.starts_with(said.object)
            };
            verbs.find(|(at, _)| same(*at)).map(|(at, _)| at)
        })?;
        let body = begin_from(reading.bodies(), |b| b.span.start, s.start)
            .take_while(|(_, b)| b.span.start < s.start + verb)
            .find(|(_, b)| !b.plural && b.body.kind != BodyKind::Media)
            .map(|(i, _)| i);
        Some(body)
    });
    let first = again.next()?;
    Some(first.or_else(|| again.flatten().next()))
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;
    use crate::record::Kind;

    #[test]
    fn what_a_place_decides_is_found() {
        for (text, name) in [
            (
                "Hà Nam: Tạm dừng chợ phiên\n\nTừ hôm nay, tỉnh Hà Nam tạm dừng \
                 chợ phiên để diệt muỗi.\n\nBà con về nhà.",
                "UBND tỉnh Hà Nam",
            ),
            (
                "Tỉnh đầu tiên lo nước\n\nHà Nam vừa công bố tình huống thiếu \
                 nước.\n\nĐây là nơi đầu tiên công bố tình huống này.",
                "UBND tỉnh Hà Nam",
            ),
            (
                "Hải Phòng công bố dịch muỗi\n\nVOV.VN - Hôm qua, UBND thành \
                 phố Hải Phòng đã công bố dịch muỗi.",
                "UBND thành phố Hải Phòng",
            ),
            (
                "Xe trâu phải có đèn\n\nHải Phòng yêu cầu xe trâu có đèn.\n\nSở \
                 Xây dựng Hải Phòng vừa có ý kiến yêu cầu xe trâu có đèn khi \
                 trời tối.",
                "Sở Xây dựng Hải Phòng",
            ),
        ] {
            let found = record(text);
            assert_eq!(found.kind, Kind::Announcement, "{text}");
            assert_eq!(found.issuer.unwrap().name, name);
        }
    }

    #[test]
    fn what_is_told_once_is_refused() {
        for text in [
            "Hà Nam tạm dừng chợ phiên\n\nTrời mưa, bà con ở nhà.",
            "Hà Nam công bố danh sách cầu thủ\n\nHà Nam công bố danh sách 25 cầu \
             thủ hôm qua.",
            "Tỉnh vui hội\n\nHà Nam công bố tình huống thiếu nước.\n\nNhiều \
             nơi công bố lịch thi.",
            "Hà Nam có mưa to\n\nTỉnh Hà Nam có mưa to hôm qua.",
        ] {
            assert_eq!(record(text).kind, Kind::Other, "{text}");
        }
    }

    #[test]
    fn what_is_told_as_news_needs_no_second_word() {
        let text = "Chợ phiên đông quá. Để giữ sạch chợ, tỉnh Hà Nam vừa quyết \
                    định đóng chợ một hôm.";
        assert_eq!(record(text).kind, Kind::Announcement);
        let text = text.replace("vừa quyết định", "vừa công bố");
        assert_eq!(record(&text).kind, Kind::Other);
    }
}
