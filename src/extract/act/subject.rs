//! The body that does what a verb says.
//!
//! # What it finds
//! The nearest body before the verb in its sentence: `UBND` of `UBND tỉnh Hà
//! Nam vừa ban hành …`.
//!
//! # What it must refuse
//! Issuers of cited papers, those that only help (`phối hợp với B, C`), a
//! body in brackets that explains another, newspapers and companies.
//!
//! # Known limits
//! A subject left out, since the sentence before names it, is not found here.

use crate::extract::reading::Reading;
use crate::lexicon::bodies::{BodyKind, BodyMention, Open};
use crate::lexicon::word_lists;

/// How many bodies before a verb are asked whether they are its subject.
pub(super) const BODIES_BEFORE: usize = 40;

/// The body that does what the verb at a byte says: the nearest before it in
/// its sentence that is not itself part of a citation.
pub fn subject(reading: &Reading, verb: usize) -> Option<usize> {
    let start = match reading.sentence_at(verb) {
        Some((_, s)) => s.start,
        None => reading.layout.title.filter(|t| t.start <= verb)?.start,
    };
    let end = reading.bodies().partition_point(|b| b.span.start < verb);
    reading.bodies()[..end]
        .iter()
        .enumerate()
        .rev()
        .take_while(|(_, b)| b.span.start >= start)
        .take(BODIES_BEFORE)
        .find(|(i, b)| {
            let head = reading.before(b.span.start, 24);
            // `A phối hợp với B tổ chức`: A is the one.
            let helps = word_lists::ends("act.helping", head.trim_end());
            let helps = helps || helps_too(reading, *i);
            if helps && *i > 0 && reading.bodies()[i - 1].span.start >= start {
                return false;
            }
            // `Cục Y tế dự phòng (Bộ Y tế) vừa …`: the bracket only explains.
            if *i > 0
                && reading.bodies()[i - 1].span.start >= start
                && explains(reading, &reading.bodies()[i - 1], b)
            {
                return false;
            }
            let of = word_lists::ends("act.object_words", head.trim_end());
            !b.plural
                && !reading.cited_bodies()[*i]
                && !of
                && !matches!(b.body.kind, BodyKind::Media | BodyKind::Company)
        })
        .map(|(i, _)| i)
}

/// `A phối hợp với B, C và D tổ chức`: whether a body is joined to one that
/// only helps, by others or at once.
fn helps_too(reading: &Reading, i: usize) -> bool {
    let joined = |i: usize| {
        let (a, b) = (&reading.bodies()[i - 1], &reading.bodies()[i]);
        let between = reading.norm().get(a.full().end..b.span.start);
        let name = between.and_then(|words| {
            let joints = [", và ", "và ", ", "];
            joints.iter().find_map(|joint| words.strip_suffix(joint))
        });
        let Some(name) = name.map(str::trim) else { return false };
        // `Ban Chỉ đạo vận động hiến máu`: its own part is in small letters.
        let own = a.body.open == Open::Tail;
        let own = own
            || name.split(' ').all(|w| {
                !w.starts_with(char::is_lowercase)
                    || word_lists::has("act.words_of_places", w)
            });
        own && !name.contains([',', ';', '\n'])
    };
    let mut first = i;
    while first > 0 && i - first < MOST_HELPERS && joined(first) {
        first -= 1;
        let head = reading.before(reading.bodies()[first].span.start, 24);
        if word_lists::ends("act.helping", head.trim_end()) {
            return true;
        }
    }
    false
}

/// Most bodies in a row that help.
const MOST_HELPERS: usize = 8;

/// Whether a body stands in brackets right behind another or its place.
fn explains(reading: &Reading, first: &BodyMention, b: &BodyMention) -> bool {
    let between = reading.lower().get(first.full().end..b.span.start);
    between.is_some_and(|w| {
        w.len() < 60
            && w.ends_with(" (")
            && !w.contains([',', ';', '.', ':', ')', '\n'])
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::act::candidates;
    use crate::extract::trial::read;

    fn subject(text: &str) -> Option<usize> {
        read(text, |reading| candidates(reading).remove(0).subject)
    }

    #[test]
    fn the_helper_of_a_body_is_not_its_subject() {
        let text = "Sở Y tế phối hợp với Sở Tài chính ban hành Kế hoạch số \
                    9/KH-SYT.";
        assert_eq!(subject(text), Some(0));
        let text = "Sở Y tế phối hợp với Sở Tài chính, Sở Nội vụ, Sở Công \
                    Thương ban hành Kế hoạch số 9/KH-SYT.";
        assert_eq!(subject(text), Some(0));
    }

    #[test]
    fn whoever_is_joined_to_a_helper_helps_too() {
        let text = "Sở Y tế phối hợp với UBND TP. Hà Nội và Sở Tài chính ban \
                    hành Kế hoạch số 9/KH-SYT.";
        assert_eq!(subject(text), Some(0));
        let text = "Sở Y tế và Sở Tài chính ban hành Kế hoạch số 9/KH-SYT.";
        assert_eq!(subject(text), Some(1));
        let text = "Sở Y tế phối hợp Ban chỉ đạo diệt muỗi tỉnh và Sở Tài chính \
                    ban hành Kế hoạch số 9/KH-SYT.";
        assert_eq!(subject(text), Some(0));
    }

    #[test]
    fn a_body_in_brackets_only_explains() {
        let text =
            "Sở Y tế Hà Nam (Bộ Y tế) vừa ban hành Kế hoạch số 9/KH-SYT.";
        assert_eq!(subject(text), Some(0));
    }
}
