//! A text as the set of its runs of three syllables.
//!
//! Three, because Vietnamese words have one or two: a run holds a word with
//! its neighbour, so unrelated texts share few, while one changed word costs
//! a short text only the three or four runs around it. Figures are in
//! `docs/reposts.md`.

use super::mix;
use crate::lexicon::patterns;
use crate::text::{Text, fold};
use regex::Regex;
use std::sync::LazyLock;

/// Syllables of a shingle.
pub const SYLLABLES: usize = 3;

/// Lines behind which nothing belongs to the article.
static END: LazyLock<Regex> = LazyLock::new(|| patterns::regex("layout.end"));

/// A line that heads other articles is no longer than this, in bytes.
const LONGEST_HEAD: usize = 160;

/// The hashes of a text's shingles, sorted, each once. What a portal puts
/// behind an article (links to others, comments) is left out: it changes with
/// every visit.
pub(super) fn shingles(text: &Text) -> Vec<u32> {
    of_words(&text.norm()[..end_of_article(text)])
}

fn end_of_article(text: &Text) -> usize {
    let lines = text.lines();
    let behind = lines.get(lines.len().div_ceil(2).max(1)..).unwrap_or(&[]);
    let head = behind.iter().find(|line| {
        line.span.len() < LONGEST_HEAD
            && END.is_match(line.span.of(text.lower()))
    });
    head.map_or(text.lower().len(), |line| line.span.start)
}

/// What [`fold`] makes of a character, for all up to here.
static FOLDED: LazyLock<Vec<Folded>> = LazyLock::new(|| {
    let chars = (0..0x2100).map(|n| char::from_u32(n).unwrap_or(' '));
    chars.map(Folded::of).collect()
});

/// What a folded character is to a syllable.
#[derive(Clone, Copy)]
enum Folded {
    /// Part of it.
    Letter(char),
    /// Nothing: a mark without a letter.
    Nothing,
    /// Its end.
    Gap,
}

impl Folded {
    fn of(c: char) -> Self {
        let folded = fold(c.encode_utf8(&mut [0; 4]));
        match folded.chars().next() {
            None => Self::Nothing,
            // After folding, kỹ and kĩ differ in this alone.
            Some('y') => Self::Letter('i'),
            Some(c) if c.is_alphanumeric() => Self::Letter(c),
            Some(_) => Self::Gap,
        }
    }
}

fn of_words(words: &str) -> Vec<u32> {
    let known = FOLDED.as_slice();
    let mut found = Vec::with_capacity(words.len() / 5);
    let mut window = [0; SYLLABLES];
    let mut seen = 0;
    // No hash of a syllable is 0 but by a chance of 2^-64.
    let mut syllable = 0;
    for c in words.chars().chain([' ']) {
        let folded = known.get(c as usize).copied();
        match folded.unwrap_or_else(|| Folded::of(c)) {
            Folded::Letter(c) => {
                let hash: u64 = if syllable == 0 {
                    0xcbf2_9ce4_8422_2325
                } else {
                    syllable
                };
                syllable = (hash ^ c as u64).wrapping_mul(0x0100_0000_01b3);
            }
            Folded::Nothing => {}
            Folded::Gap if syllable == 0 => {}
            Folded::Gap => {
                window.rotate_left(1);
                window[SYLLABLES - 1] = syllable;
                syllable = 0;
                seen += 1;
                if seen >= SYLLABLES {
                    found.push(shingle(window));
                }
            }
        }
    }
    if seen > 0 && seen < SYLLABLES {
        found.push(shingle(window));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn shingle(window: [u64; SYLLABLES]) -> u32 {
    let all = window.into_iter().fold(0, |all: u64, syllable| {
        all.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ syllable
    });
    (mix(all) >> 32) as u32
}

/// How many shingles two sorted sets have in common, or nothing once it is
/// clear that they are fewer than `least`.
pub(super) fn common(
    a: &[u32],
    b: impl ExactSizeIterator<Item = u32>,
    least: usize,
) -> Option<usize> {
    let mut missing_a = a.len().checked_sub(least)?;
    let mut missing_b = b.len().checked_sub(least)?;
    let mut at = 0;
    let mut common = 0;
    for shingle in b {
        while at < a.len() && a[at] < shingle {
            at += 1;
            missing_a = missing_a.checked_sub(1)?;
        }
        if a.get(at) == Some(&shingle) {
            at += 1;
            common += 1;
        } else {
            missing_b = missing_b.checked_sub(1)?;
        }
    }
    (common >= least).then_some(common)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(raw: &str) -> Vec<u32> {
        shingles(&Text::new(raw))
    }

    #[test]
    fn what_is_written_differently_is_the_same() {
        let plain = of("Hòa Bình giữ vững “vùng xanh”, kỹ thuật quý");
        assert_eq!(plain.len(), 7);
        for other in [
            "hoà bình giữ vững \"vùng xanh\" - kĩ thuật quí.",
            "HÒA BÌNH\n\nGIỮ VỮNG VÙNG XANH KỸ THUẬT QUÝ",
            "Hoa Binh giu vung vung xanh, ky thuat quy",
            "Ho\u{300}a Bi\u{300}nh giữ vững «vùng xanh», kỹ\u{a0}thuật quý",
        ] {
            assert_eq!(of(other), plain, "{other}");
        }
        assert_ne!(of("Hòa Bình giữ vững vùng cam, kỹ thuật quý"), plain);
    }

    #[test]
    fn short_texts_have_one_shingle_and_empty_ones_none() {
        assert_eq!(of("Thông báo").len(), 1);
        assert_eq!(of("một hai ba").len(), 1);
        assert_eq!(of("một hai ba bốn").len(), 2);
        assert!(of("… – “”").is_empty());
        // Order counts.
        assert_ne!(of("một hai ba"), of("ba hai một"));
    }

    #[test]
    fn what_stands_behind_the_article_does_not_count() {
        let article = "Tỉnh phát động trồng cây\n\nSáng nay tỉnh phát động trồng cây.\n\nLễ phát động diễn ra ở huyện.\n\nThu Hà\n";
        let with = format!("{article}\nCác tin đã đưa ngày:\n\nGiá lúa tăng\n");
        assert_eq!(of(&with), of(article));
        let other = format!("{article}\nGiá lúa tăng nhẹ ở miền Tây\n");
        assert_ne!(of(&other), of(article));
    }

    #[test]
    fn common_counts_exactly_or_gives_up() {
        let a = [1, 3, 5, 7, 9];
        let b = [2, 3, 4, 7, 9, 11];
        assert_eq!(common(&a, b.into_iter(), 0), Some(3));
        assert_eq!(common(&a, b.into_iter(), 3), Some(3));
        assert_eq!(common(&a, b.into_iter(), 4), None);
        assert_eq!(common(&a, a.into_iter(), 5), Some(5));
        assert_eq!(common(&a, a.into_iter(), 6), None);
        assert_eq!(common(&[], [].into_iter(), 0), Some(0));
    }
}
