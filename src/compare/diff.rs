//! The word-level difference of two texts.
//!
//! Words of one or more syllables are compared, not characters. Punctuation
//! and case never steer the comparison: they are looked at last, inside words
//! that are the same, and marked as minor.

use super::model::{Change, ChangeKind};
use super::words::{Class, base_weight, words};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// An island of words that are the same between two changes is taken into
/// them if it weighs no more than this: “và”, “của” hold nothing together.
const ISLAND: f64 = 0.25;

/// A word with the blanks and punctuation behind it.
struct Piece {
    /// Bytes of the word.
    word: Range<usize>,
    /// First byte of the next word, or the end of the text.
    end: usize,
    /// What it is compared by.
    key: String,
    weight: f64,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for token in words(text, None) {
        if token.class == Class::Mark {
            continue;
        }
        if let Some(last) = out.last_mut() {
            last.end = token.bytes.start;
        }
        let key = text[token.bytes.clone()]
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        out.push(Piece {
            weight: base_weight(&token.key, token.class),
            word: token.bytes,
            end: text.len(),
            key,
        });
    }
    if let Some(first) = out.first_mut() {
        first.word.start = 0;
    }
    out
}

/// What changes from `a` to `b`, both normalized.
pub fn diff(a: &str, b: &str) -> Vec<Change> {
    let (x, y) = (pieces(a), pieces(b));
    let keys =
        |p: &[Piece]| p.iter().map(|p| p.key.clone()).collect::<Vec<_>>();
    let ops = capture_diff_slices(Algorithm::Myers, &keys(&x), &keys(&y));
    let mut runs = without_islands(&ops, &x);
    for n in 0..runs.len() {
        slide(&mut runs, n, (a, &x), (b, &y));
    }
    let mut out = Changes::default();
    for Run { same, a: i, b: j } in runs {
        if same {
            for (p, q) in x[i].iter().zip(&y[j]) {
                out.same(a, p, b, q);
            }
        } else {
            let (left, right) = (stretch(a, &x, &i), stretch(b, &y, &j));
            let end = same_end(left, right);
            let cut = |s: &'_ str| s.len() - end;
            out.changed(&left[..cut(left)], &right[..cut(right)]);
            out.minor(&left[cut(left)..], &right[cut(right)..]);
        }
    }
    if x.is_empty() && y.is_empty() && a != b {
        out.minor(a, b);
    }
    out.0
}

fn stretch<'t>(
    text: &'t str,
    pieces: &[Piece],
    range: &Range<usize>,
) -> &'t str {
    if range.is_empty() {
        return "";
    }
    &text[pieces[range.start].word.start..pieces[range.end - 1].end]
}

/// Bytes of the blanks and punctuation behind the last word, if both
/// stretches end with the same.
fn same_end(left: &str, right: &str) -> usize {
    let end = |s: &str| {
        s.len() - s.trim_end_matches(|c: char| !c.is_alphanumeric()).len()
    };
    let (n, m) = (end(left), end(right));
    let same = left[left.len() - n..] == right[right.len() - m..];
    if same { n } else { 0 }
}

/// A stretch of both texts, in pieces.
#[derive(Debug, Clone)]
struct Run {
    same: bool,
    a: Range<usize>,
    b: Range<usize>,
}

/// The stretches of the two texts, the same or not, small islands between
/// changes dissolved.
fn without_islands(ops: &[DiffOp], x: &[Piece]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for (k, op) in ops.iter().enumerate() {
        let (_, a, b) = op.as_tag_tuple();
        let equal = matches!(op, DiffOp::Equal { .. });
        let inside = k > 0 && k + 1 < ops.len();
        let weight: f64 = x[a.clone()].iter().map(|p| p.weight).sum();
        let same = equal && !(inside && weight <= ISLAND);
        match out.last_mut() {
            Some(last) if last.same == same => {
                last.a.end = a.end;
                last.b.end = b.end;
            }
            _ => out.push(Run { same, a, b }),
        }
    }
    out
}

/// Moves an addition or omission between two equal stretches to where it ends
/// with a clause: “[Thi đua …;] Thi đua …” rather than “Thi đua [… ; Thi
/// đua] …”.
fn slide(
    runs: &mut [Run],
    n: usize,
    (a, x): (&str, &[Piece]),
    (b, y): (&str, &[Piece]),
) {
    let between = n > 0 && n + 1 < runs.len() && !runs[n].same;
    if !between || runs[n].a.is_empty() == runs[n].b.is_empty() {
        return;
    }
    let added = runs[n].a.is_empty();
    let (text, pieces) = if added { (b, y) } else { (a, x) };
    let range = if added { runs[n].b.clone() } else { runs[n].a.clone() };
    let ends = |last: usize| {
        let piece = &pieces[last];
        let gap = &text[piece.word.end..piece.end];
        if gap.contains([';', '.']) {
            2
        } else {
            usize::from(gap.contains(','))
        }
    };
    let key = |k: usize| &pieces[k].key;
    let (mut best, mut by) = (ends(range.end - 1), 0isize);
    let room = runs[n - 1].a.len();
    for back in 1..=room.min(range.start) {
        if key(range.start - back) != key(range.end - back) {
            break;
        }
        let last = (range.end - back).checked_sub(1);
        if let Some(found) = last.map(ends)
            && found > best
        {
            (best, by) = (found, -(back as isize));
        }
    }
    let room = runs[n + 1].a.len();
    for on in 0..room.min(pieces.len() - range.end) {
        if key(range.start + on) != key(range.end + on) {
            break;
        }
        let found = ends(range.end + on);
        if found > best {
            (best, by) = (found, on as isize + 1);
        }
    }
    let moved = |at: &mut usize| *at = at.wrapping_add_signed(by);
    for end in [&mut runs[n - 1].a.end, &mut runs[n - 1].b.end] {
        moved(end);
    }
    let run = &mut runs[n];
    for end in
        [&mut run.a.start, &mut run.a.end, &mut run.b.start, &mut run.b.end]
    {
        moved(end);
    }
    for start in [&mut runs[n + 1].a.start, &mut runs[n + 1].b.start] {
        moved(start);
    }
}

#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn push(&mut self, kind: ChangeKind, a: &str, b: &str, minor: bool) {
        if a.is_empty() && b.is_empty() {
            return;
        }
        if let Some(last) = self.0.last_mut()
            && last.kind == kind
            && last.minor == minor
        {
            last.a.push_str(a);
            last.b.push_str(b);
            return;
        }
        let (a, b) = (a.to_owned(), b.to_owned());
        self.0.push(Change { kind, a, b, minor });
    }

    fn changed(&mut self, a: &str, b: &str) {
        let kind = match (a.is_empty(), b.is_empty()) {
            (true, _) => ChangeKind::Added,
            (_, true) => ChangeKind::Dropped,
            _ => ChangeKind::Replaced,
        };
        self.push(kind, a, b, false);
    }

    fn minor(&mut self, a: &str, b: &str) {
        let kind = match (a.is_empty(), b.is_empty()) {
            _ if a == b => ChangeKind::Same,
            (true, _) => ChangeKind::Added,
            (_, true) => ChangeKind::Dropped,
            _ => ChangeKind::Replaced,
        };
        self.push(kind, a, b, kind != ChangeKind::Same);
    }

    fn same(&mut self, a: &str, p: &Piece, b: &str, q: &Piece) {
        self.minor(&a[p.word.clone()], &b[q.word.clone()]);
        self.minor(&a[p.word.end..p.end], &b[q.word.end..q.end]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `[-dropped-]`, `{+added+}`, `<a|b>`; minor ones with `~`.
    fn shown(a: &str, b: &str) -> String {
        let changes = diff(a, b);
        let left: String = changes.iter().map(|c| c.a.as_str()).collect();
        let right: String = changes.iter().map(|c| c.b.as_str()).collect();
        assert_eq!((left.as_str(), right.as_str()), (a, b));
        let mut out = String::new();
        for c in changes {
            let m = if c.minor { "~" } else { "" };
            out += &match c.kind {
                ChangeKind::Same => c.a,
                ChangeKind::Added => format!("{{+{m}{}+}}", c.b),
                ChangeKind::Dropped => format!("[-{m}{}-]", c.a),
                ChangeKind::Replaced => format!("<{m}{}|{}>", c.a, c.b),
            };
        }
        out
    }

    #[test]
    fn whole_words_are_replaced() {
        assert_eq!(
            shown(
                "chăm sóc sức khỏe và đời sống Nhân dân",
                "chăm lo sức khỏe và đời sống nhân dân"
            ),
            "<chăm sóc|chăm lo> sức khỏe và đời sống <~Nhân dân|nhân dân>"
        );
    }

    #[test]
    fn additions_and_drops() {
        assert_eq!(
            shown(
                "các biện pháp phòng, chống dịch do Chính phủ triển khai",
                "các biện pháp phòng chống dịch"
            ),
            "các biện pháp <~phòng, chống|phòng chống> dịch\
             [-~ -][-do Chính phủ triển khai-]"
        );
        assert_eq!(
            shown("giữ vững an ninh", "an ninh"),
            "[-giữ vững -]an ninh"
        );
    }

    #[test]
    fn function_words_do_not_hold_changes_apart() {
        assert_eq!(
            shown("trồng rừng và nuôi ong", "tiêm chủng và xét nghiệm"),
            "<trồng rừng và nuôi ong|tiêm chủng và xét nghiệm>"
        );
    }

    #[test]
    fn an_added_clause_is_whole() {
        assert_eq!(
            shown(
                "Thi đua trồng rừng; giữ biển.",
                "Thi đua học tập; Thi đua trồng rừng; giữ biển."
            ),
            "{+Thi đua học tập; +}Thi đua trồng rừng; giữ biển."
        );
        assert_eq!(
            shown(
                "giữ biển; thi đua bơi; thi đua bắn.",
                "giữ biển; thi đua bắn."
            ),
            "giữ biển; [-thi đua bơi; -]thi đua bắn."
        );
    }

    #[test]
    fn punctuation_alone_is_minor() {
        assert_eq!(
            shown("hiểu, tin tưởng thực hiện", "hiểu, tin tưởng, thực hiện."),
            "hiểu, tin tưởng<~ |, >thực hiện{+~.+}"
        );
        assert_eq!(shown("…", "!"), "<~…|!>");
        assert_eq!(shown("như cũ", "như cũ"), "như cũ");
    }
}
