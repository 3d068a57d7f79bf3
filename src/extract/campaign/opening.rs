//! Where an unquoted name of a campaign begins, and how far it may go.
//!
//! # What it finds
//! A set phrase (`Tháng hành động `, `phong trào `), and behind it the words
//! up to the next mark; behind a comma only what such names go on with
//! (`phòng, chống …`).
//!
//! # What it must refuse
//! A set phrase with nothing behind it; quotes of what nobody launches.
//!
//! # Known limits
//! Nothing else is looked for within the words that may belong to a name.

use crate::extract::act::Act;
use crate::lexicon::word_lists;
use std::ops::Range;

/// What opens an unquoted name, and all that may belong to it.
pub(super) struct Opening {
    /// First byte of the head (`Tháng hành động `).
    pub(super) start: usize,
    /// Bytes behind the head, at most.
    pub(super) rest: Range<usize>,
    /// Whether it is the Earth Hour (Giờ Trái đất), whose name is whole.
    pub(super) hour: bool,
}

impl Opening {
    /// Reads on behind a find of `campaign.named`; `None` if nothing follows.
    pub(super) fn of(text: &str, found: Range<usize>) -> Option<Self> {
        let start = found.start;
        if !text[found.clone()].ends_with(' ') {
            let word = text[found.clone()].find(' ')? + 1;
            let rest = start + word..found.end;
            return Some(Self { start, rest, hour: true });
        }
        let (mut end, mut whole) = part(text, found.end, LONGEST);
        if text[found.end..end].chars().count() < SHORTEST {
            return None;
        }
        // `phòng, chống …`, `trật tự, an toàn giao thông, văn minh đô thị`
        while whole && let Some(next) = text[end..].strip_prefix(", ") {
            let members = word_lists::words("campaign.next_members").iter();
            let mut members = members.filter(|word| next.starts_with(**word));
            let Some(word) = members.next() else { break };
            let from = text.len() - next.len() + word.len();
            (end, whole) = part(text, from, LONGEST_MEMBER);
        }
        Some(Self { start, rest: found.end..end, hour: false })
    }
}

/// `phát động chương trình kích cầu du lịch “…”`: what is launched stands
/// right before its name, whatever it is for.
pub(super) fn is_launched(head: &str) -> bool {
    let words = head.rsplit(['.', ';', ':', ',', '“', '”', '\n']).next();
    let launched = words.and_then(|w| w.rsplit_once("phát động "));
    launched.is_some_and(|(_, what)| {
        word_lists::begins("campaign.launched", what)
            && what.split(' ').count() <= 12
    })
}

/// Whether the theme at the end of these words is of what another launched.
pub(super) fn is_of_others(act: &Act, head: &str) -> bool {
    let clause = head.rsplit([',', '.', ';', '“']).next().unwrap_or(head);
    let passive = clause.trim_start().starts_with("được ");
    !act.rule.starts_with("act/launch")
        && passive
        && clause.contains(" phát động ")
}

/// Code points of a name behind its head, before the first comma: at least
/// and at most; and at most those of another member behind its first word.
const SHORTEST: usize = 3;
const LONGEST: usize = 110;
const LONGEST_MEMBER: usize = 80;

/// The end of the words without a mark from a byte on, of so many code points
/// at most, and whether a mark ends them.
fn part(text: &str, from: usize, most: usize) -> (usize, bool) {
    let is_mark = |c: char| "“”‘’'.;:,()\n".contains(c);
    // A line may be broken within a sentence.
    let breaks = |at: usize, c: char| {
        c == '\n' && text[from + at + 1..].starts_with(char::is_lowercase)
    };
    let mut chars = text[from..].char_indices();
    match chars
        .by_ref()
        .take(most + 1)
        .enumerate()
        .find(|(n, (at, c))| *n == most || is_mark(*c) && !breaks(*at, *c))
    {
        Some((_, (at, c))) => (from + at, is_mark(c)),
        None => (text.len(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(head: &str, text: &str) -> Option<String> {
        let whole = format!("{head}{text}");
        let found = Opening::of(&whole, 0..head.len())?;
        Some(whole[found.rest].to_owned())
    }

    #[test]
    fn a_name_goes_on_to_a_mark_that_ends_it() {
        let head = "Tháng hành động ";
        for (text, expected) in [
            ("vì sông sạch. Các xã", Some("vì sông sạch")),
            ("phòng, chống lũ, các xã", Some("phòng, chống lũ")),
            ("vì sông sạch", Some("vì sông sạch")),
            ("vì\nsông sạch. Các xã", Some("vì\nsông sạch")),
            ("vì sông sạch\nCác xã", Some("vì sông sạch")),
            ("ở, các xã", None),
        ] {
            assert_eq!(rest(head, text).as_deref(), expected, "{text}");
        }
        let long = "sông ".repeat(60);
        let cut = rest(head, &long).unwrap();
        assert_eq!(cut.chars().count(), LONGEST);
    }

    #[test]
    fn the_earth_hour_is_whole() {
        let text = "Giờ Trái đất năm 2021 ở xã";
        let end = text.find(" ở").unwrap();
        let found = Opening::of(text, 0..end).unwrap();
        assert!(found.hour);
        assert_eq!(&text[found.rest], "Trái đất năm 2021");
    }
}
