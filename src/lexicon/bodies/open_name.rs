//! Where the name of an open body ends: `Cục Cạnh tranh và Bảo vệ người tiêu
//! dùng vừa …`, `Ban Chỉ đạo Trung ương về phòng, chống thiên tai yêu cầu …`.
//!
//! Names capitalise the first syllable of each word, so small letters between
//! capitals belong to them; behind the last capital they do until a word that
//! begins what the body does.

use super::{Body, BodyKind};
use crate::lexicon::level::PlaceKind;
use crate::lexicon::places;
use crate::lexicon::table;
use crate::lexicon::word_edges::{
    ends_with_word, is_word_char, starts_with_word,
};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The words of `name_ends.tsv`.
struct Ends {
    /// Begin what the body does.
    stop: ByFirst,
    /// Begin the name of the next body.
    head: ByFirst,
    /// Begin the own part of a steering committee, in small letters.
    purpose: ByFirst,
    /// Only look like a stop or a place with their last part.
    keep: Vec<&'static str>,
    /// Close a row of what a committee is for, behind `và`.
    closer: Vec<&'static str>,
}

static ENDS: LazyLock<Ends> = LazyLock::new(|| {
    let text = include_str!("../name_ends.tsv");
    let rows = table::read("name_ends", text, |row| {
        (row.get("role"), row.get("phrase"))
    });
    let role = |name| {
        rows.iter().filter(move |(role, _)| *role == name).map(|row| row.1)
    };
    Ends {
        stop: by_first(role("stop")),
        head: by_first(role("head")),
        purpose: by_first(role("purpose")),
        keep: role("keep").collect(),
        closer: role("closer").collect(),
    }
});

/// Phrases by the first letters that are followed by no other.
type ByFirst = FxHashMap<&'static str, Vec<&'static str>>;

fn by_first(phrases: impl Iterator<Item = &'static str>) -> ByFirst {
    let mut groups = ByFirst::default();
    for phrase in phrases {
        groups.entry(first_word(phrase)).or_default().push(phrase);
    }
    groups
}

/// The letters up to a blank or a mark.
fn first_word(text: &str) -> &str {
    let end = text.find(|c| !is_word_char(c)).unwrap_or(text.len());
    &text[..end]
}

/// Most small syllables in a row inside a name.
const MOST_SMALL: usize = 7;
/// The same in that of a steering committee, which may hold the whole name of
/// a movement: `Ban Chỉ đạo phong trào Toàn dân đoàn kết xây dựng đời sống
/// văn hóa`.
const MOST_SMALL_STEERING: usize = 12;

struct Cursor<'t> {
    norm: &'t str,
    lower: &'t str,
    at: usize,
}

impl Cursor<'_> {
    /// The next word, if one blank (or none, after a hyphen) lies before it.
    fn word(&self, from: usize) -> Option<(usize, usize)> {
        let rest = &self.norm[from..];
        let start = from + usize::from(rest.starts_with(' '));
        let word = &self.norm[start..];
        let len =
            word.find(|c| !is_word_char(c) && c != '\'').unwrap_or(word.len());
        (len > 0).then_some((start, start + len))
    }

    fn is_capital(&self, word: (usize, usize)) -> bool {
        let first = self.norm[word.0..word.1].chars().next();
        first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    }

    fn begins(&self, at: usize, phrases: &ByFirst) -> bool {
        let rest = self.lower[at..].trim_start_matches([' ', '\n']);
        phrases
            .get(first_word(rest))
            .is_some_and(|all| all.iter().any(|p| starts_with_word(rest, p)))
    }

    /// A joiner at the cursor and the capital word behind it.
    fn joined(&self) -> Option<(usize, usize)> {
        let rest = &self.lower[self.at..];
        let len = [" và ", " & ", " - ", "-", "&"]
            .iter()
            .find(|joiner| rest.starts_with(**joiner))?
            .len();
        let word = self.word(self.at + len)?;
        (self.is_capital(word) && !self.begins(word.0, &ENDS.head))
            .then_some(word)
    }

    /// `, In và Phát hành`: a comma inside a name, if `và` and a capital
    /// close the row.
    fn listed(&self) -> Option<(usize, usize)> {
        let rest = &self.norm[self.at..];
        if !rest.starts_with(", ") {
            return None;
        }
        let first = self.word(self.at + 1)?;
        let row = &self.norm[first.0..];
        let row = &row[..row.find([',', '.', ';', '\n']).unwrap_or(row.len())];
        let (_, last) = row.split_once(" và ")?;
        let closes = last.starts_with(|c: char| c.is_uppercase());
        let own = self.is_capital(first) && !self.begins(first.0, &ENDS.head);
        (closes && own).then_some(first)
    }
}

/// Bytes in which the row of what a committee is for closes.
const ROW: usize = 120;

/// `phát triển khoa học, công nghệ và chuyển đổi số`: where a row in small
/// letters closes that goes on at a comma or `và`.
fn row_end(lower: &str, at: usize) -> Option<usize> {
    let rest = &lower[at..];
    if !rest.starts_with(", ") && !rest.starts_with(" và ") {
        return None;
    }
    let end = rest.find(['.', ';', '\n', '“', '(']).unwrap_or(rest.len());
    let rest = &rest[..rest.floor_char_boundary(end.min(ROW))];
    rest.match_indices(" và ").find_map(|(and, joiner)| {
        let behind = &rest[and + joiner.len()..];
        let mut closers = ENDS.closer.iter();
        let closer = closers.find(|c| starts_with_word(behind, c))?;
        Some(at + and + joiner.len() + closer.len())
    })
}

/// Words of what a committee is for that a comma does not part.
const PAIRS: [(&str, &str); 3] =
    [("phòng", ", chống"), ("an toàn", ", vệ sinh"), ("trật tự", ", an toàn")];

/// The byte where the name of an open body ends whose first words end at
/// `at`; `None` if nothing of a name follows.
pub(super) fn end(
    norm: &str,
    lower: &str,
    at: usize,
    body: &Body,
) -> Option<usize> {
    let mut cursor = Cursor { norm, lower, at };
    let steering = matches!(body.kind, BodyKind::Steering | BodyKind::Council);
    let purpose = steering && cursor.begins(at, &ENDS.purpose);
    let most_small = if purpose { MOST_SMALL_STEERING } else { MOST_SMALL };
    // Where the name would end if nothing more of it came.
    let mut end = None;
    let mut small = 0;
    if purpose {
        cursor.at = cursor.word(at)?.1;
    }
    loop {
        let from = cursor.at;
        let pair = PAIRS.iter().find_map(|(first, second)| {
            let behind = lower[from..].strip_prefix(second)?;
            lower[..from].ends_with(first).then_some(behind.len())
        });
        if steering && let Some(rest) = pair {
            cursor.at = lower.len() - rest;
            continue;
        }
        if steering && let Some(close) = row_end(lower, from) {
            (cursor.at, end, small) = (close, Some(close), 0);
            continue;
        }
        let next = match cursor.word(from) {
            Some(word) if norm[from..].starts_with(' ') => Some(word),
            _ => None,
        };
        let step = cursor.joined().or_else(|| cursor.listed()).or(next);
        let Some(word) = step else { break };
        let kept =
            ENDS.keep.iter().any(|keep| ends_with_word(&lower[..word.1], keep));
        let over =
            cursor.begins(word.0, &ENDS.stop) || is_place(norm, lower, word.0);
        if over && !kept {
            break;
        }
        if cursor.is_capital(word) {
            small = 0;
        } else {
            small += 1;
            let begun = end.is_some() || steering && cursor.at > at;
            if !begun
                || small > most_small
                || starts_with_word(&lower[word.0..], "và")
            {
                break;
            }
        }
        cursor.at = word.1;
        end = Some(word.1);
        if ["việt nam", "vn"]
            .iter()
            .any(|c| ends_with_word(&lower[..word.1], c))
        {
            break;
        }
    }
    end
}

/// Whether a place begins at a byte.
pub(super) fn is_place(norm: &str, lower: &str, at: usize) -> bool {
    PlaceKind::at(lower, at).is_some()
        || places::place_at(norm, lower, at).is_some()
}
