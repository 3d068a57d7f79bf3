//! Where an unquoted name of a campaign ends, and what stands before one.
//!
//! # What it finds
//! A connective behind the name (`trên địa bàn`, `nhằm`), the last member of
//! a row that belongs to it (`ca khúc, tiểu phẩm, thơ về … năm 2019`).
//!
//! # What it must refuse
//! Connectives that a word of the name governs (`ứng phó với bạo lực`).
//!
//! # Known limits
//! A row without a year goes on only where a word of the name returns.

use crate::extract::reading::Reading;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use std::sync::LazyLock;

/// Words at which an unquoted name ends.
static END: LazyLock<Rule> = LazyLock::new(|| Rule::new("campaign.end"));

/// `15 năm Ngày hội toàn dân …`: years that are celebrated.
pub(super) fn counts_years(head: &str) -> bool {
    let number = head.strip_suffix(" năm ");
    number.is_some_and(|n| n.ends_with(|c: char| c.is_ascii_digit()))
}

/// `các cuộc vận động …`, `công tác Hội và phong trào nông dân`: what a plural
/// counts, or the work of an association, has no name of its own.
pub(super) fn is_one_of_many(reading: &Reading, at: usize) -> bool {
    let head = reading.before(at, 16).trim_end();
    word_lists::ends("act.many", head)
        || head.ends_with(" và")
            && word_lists::inside("campaign.works", reading.before(at, 32))
}

/// `triển khai tháng hành động …`: whether a month or week in small letters is
/// what a verb carries out.
pub(super) fn carries_out(
    reading: &Reading,
    at: usize,
    head_word: &str,
) -> bool {
    let verb = reading.before(at, 24).trim_end();
    word_lists::has("campaign.small_heads", head_word.trim_end())
        && word_lists::ends("campaign.launching_verbs", verb)
}

/// Where an unquoted name ends: at a connective that is none of its own.
pub(super) fn name_end(reading: &Reading, lower: &str) -> usize {
    let mut from = 0;
    while let Some(m) = END.find(&lower[from..], &reading.scan) {
        let at = from + m.start();
        let (head, tail) = lower.split_at(at);
        // `ứng phó với bạo lực`, `làm cho thế giới sạch hơn`
        let governed = word_lists::ends("campaign.governing", head);
        // `kinh tế - xã hội`
        let pair = tail.starts_with(" - ")
            && word_lists::words("campaign.pairs").iter().any(|pair| {
                pair.split_once(" - ").is_some_and(|(a, b)| {
                    head.ends_with(a) && tail[" - ".len()..].starts_with(b)
                })
            });
        // `thực hiện Di chúc của Chủ tịch Hồ Chí Minh`
        let own = word_lists::begins("campaign.own_ends", tail);
        if !governed && !pair && !own && !is_half(reading, head, tail) {
            return at;
        }
        from = at + 1;
    }
    lower.len()
}

/// `Khám tốt - Chữa giỏi`: two halves of as many syllables, two or three.
fn is_half(reading: &Reading, head: &str, tail: &str) -> bool {
    let Some(second) = tail.strip_prefix(" - ") else { return false };
    let count = head.split(' ').take(4).count();
    let near = &second[..second.floor_char_boundary(LONGEST_HALF)];
    let cut = END.find(near, &reading.scan).map_or(near.len(), |m| m.start());
    (2..4).contains(&count) && near[..cut].split(' ').count() == count
}

/// Bytes within which a half ends.
const LONGEST_HALF: usize = 40;

/// Most bytes of a row behind the name.
const LONGEST: usize = 240;

/// Most syllables of a row that a year closes.
const MOST_OF_ROW: usize = 24;

/// `xóa nhà tạm, nhà dột nát`: a member of a row that begins with a word of
/// the name belongs to it.
pub(super) fn row_end(reading: &Reading, start: usize, end: usize) -> usize {
    let lower = reading.lower();
    let Some(tail) = lower[end..].strip_prefix(", ") else { return end };
    // `sáng tác ca khúc, tiểu phẩm, thơ về … năm 2019`: to the year.
    let tail = &tail[..tail.floor_char_boundary(LONGEST)];
    let stop = tail.find(['.', ';', ':', '\n', '“', '(']);
    let clause = &tail[..stop.unwrap_or(tail.len())];
    let cut = END.find(clause, &reading.scan).map(|m| m.start());
    let clause = clause[..cut.unwrap_or(clause.len())].trim_end();
    let year = clause.rsplit_once(" năm ").is_some_and(|(_, year)| {
        year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
    });
    if year && clause.split(' ').count() <= MOST_OF_ROW {
        return end + 2 + clause.len();
    }
    let member = &tail
        [..tail.find(['.', ',', ';', ':', '\n', '“']).unwrap_or(tail.len())];
    let cut =
        END.find(member, &reading.scan).map_or(member.len(), |m| m.start());
    let member = &member[..cut];
    let first = member.split(' ').next().unwrap_or_default();
    let shared = lower[start..end].split(' ').any(|w| w == first);
    // `Vườn tre xanh, Vườn chè xanh`: names that end alike.
    let last = |words: &str| words.trim_end().rsplit(' ').next().map(str::len);
    let own = &lower[start..end];
    let alike = last(member).is_some_and(|n| {
        own.ends_with(&member.trim_end()[member.trim_end().len() - n..])
            && reading.norm()[end + 2..].starts_with(char::is_uppercase)
            && member.split(' ').count() <= 5
    });
    if (shared || alike) && member.split(' ').count() <= 9 {
        end + 2 + member.trim_end().len()
    } else {
        end
    }
}
