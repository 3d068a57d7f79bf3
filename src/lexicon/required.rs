//! Words without which a pattern cannot match.
//!
//! Whatever `(?:đã|vừa) ban hành{0,1}…` finds holds `đã ban hành` or `vừa ban
//! hành`. Where a text has none of a pattern's words the pattern need not be
//! run. The words are worked out from the syntax of the pattern, so they
//! cannot fall behind it.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Most words that a pattern is known by.
const MOST_WORDS: usize = 160;

/// Shortest word looked for, in bytes; shorter ones are everywhere.
const SHORTEST: usize = 2;

/// Largest class of characters that is spelt out.
const LARGEST_CLASS: usize = 10;

/// What a pattern needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Required {
    /// Every match holds one of these, in lower case.
    pub(super) words: Vec<String>,
    /// Most bytes between the start of a match and that word; `None` for
    /// any number.
    pub(super) before: Option<usize>,
    /// Most bytes between that word and the end of the match.
    pub(super) behind: Option<usize>,
}

/// The words of a pattern; `None` if it has none that every match holds.
pub(super) fn required(pattern: &Hir) -> Option<Required> {
    let found = Found::of(pattern);
    let exact = found.exact.and_then(|words| usable(words, Some(0), Some(0)));
    better(exact, found.required)
}

/// What is known of a part of a pattern.
#[derive(Default)]
struct Found {
    /// All that it matches, if that is little.
    exact: Option<Vec<String>>,
    required: Option<Required>,
}

impl Found {
    fn exactly(words: Vec<String>) -> Self {
        Self { exact: Some(words), required: None }
    }

    fn of(part: &Hir) -> Self {
        match part.kind() {
            HirKind::Empty => Self::exactly(vec![String::new()]),
            HirKind::Look(Look::Start | Look::End) => {
                Self::exactly(vec![String::new()])
            }
            HirKind::Look(_) => Self::default(),
            HirKind::Literal(literal) => {
                match std::str::from_utf8(&literal.0) {
                    Ok(words) => Self::exactly(vec![words.to_lowercase()]),
                    Err(_) => Self::default(),
                }
            }
            HirKind::Class(class) => {
                Self { exact: letters(class), ..Self::default() }
            }
            HirKind::Capture(capture) => Self::of(&capture.sub),
            HirKind::Repetition(repeated) => {
                let sub = Self::of(&repeated.sub);
                match (repeated.min, repeated.max, sub) {
                    (0, Some(1), Self { exact: Some(mut words), .. }) => {
                        words.push(String::new());
                        Self::exactly(words)
                    }
                    (1, Some(1), sub) => sub,
                    (0, ..) => Self::default(),
                    (_, _, sub) => {
                        let own =
                            Self { required: sub.required, exact: sub.exact };
                        let inner = better(
                            own.exact.and_then(|w| usable(w, None, None)),
                            own.required.map(|r| Required {
                                before: None,
                                behind: None,
                                ..r
                            }),
                        );
                        Self { exact: None, required: inner }
                    }
                }
            }
            HirKind::Concat(parts) => Self::row(parts),
            HirKind::Alternation(parts) => Self::choice(parts),
        }
    }

    /// Any one of the parts.
    fn choice(parts: &[Hir]) -> Self {
        let found: Vec<Self> = parts.iter().map(Self::of).collect();
        let all: Option<Vec<String>> = found
            .iter()
            .map(|f| f.exact.clone())
            .collect::<Option<Vec<_>>>()
            .map(|sets| sets.into_iter().flatten().collect());
        if let Some(words) = all
            && words.len() <= MOST_WORDS
        {
            return Self::exactly(words);
        }
        let each: Option<Vec<Required>> = found
            .into_iter()
            .map(|f| {
                let exact = f.exact.and_then(|w| usable(w, Some(0), Some(0)));
                better(exact, f.required)
            })
            .collect();
        let required = each.and_then(|each| {
            let before = most(each.iter().map(|r| r.before));
            let behind = most(each.iter().map(|r| r.behind));
            usable(
                each.into_iter().flat_map(|r| r.words).collect(),
                before,
                behind,
            )
        });
        Self { exact: None, required }
    }

    /// One part behind the other.
    fn row(parts: &[Hir]) -> Self {
        let longest: Vec<Option<usize>> =
            parts.iter().map(|p| p.properties().maximum_len()).collect();
        let sum = |range: std::ops::Range<usize>| {
            longest[range].iter().try_fold(0usize, |a, b| Some(a + (*b)?))
        };
        let mut best: Option<Required> = None;
        let mut run: Vec<String> = vec![String::new()];
        let mut first = 0;
        let mut whole = true;
        let close = |run: Vec<String>, from: usize, to: usize| {
            usable(run, sum(0..from), sum(to..parts.len()))
        };
        for (i, part) in parts.iter().enumerate() {
            let found = Self::of(part);
            if let Some(words) = &found.exact
                && words.len() * run.len() <= MOST_WORDS
            {
                run = run
                    .iter()
                    .flat_map(|head| {
                        words.iter().map(move |tail| format!("{head}{tail}"))
                    })
                    .collect();
                continue;
            }
            whole = false;
            best = better(best, close(std::mem::take(&mut run), first, i));
            match found.exact {
                Some(words) => {
                    run = words;
                    first = i;
                }
                None => {
                    let inner = found.required.map(|r| Required {
                        before: r.before.zip(sum(0..i)).map(|(a, b)| a + b),
                        behind: r
                            .behind
                            .zip(sum(i + 1..parts.len()))
                            .map(|(a, b)| a + b),
                        ..r
                    });
                    best = better(best, inner);
                    run = vec![String::new()];
                    first = i + 1;
                }
            }
        }
        if whole {
            return Self::exactly(run);
        }
        best = better(best, close(run, first, parts.len()));
        Self { exact: None, required: best }
    }
}

/// The characters of a small class.
fn letters(class: &Class) -> Option<Vec<String>> {
    let Class::Unicode(class) = class else { return None };
    let ranges = class.ranges();
    let count: usize =
        ranges.iter().map(|r| r.end() as usize - r.start() as usize + 1).sum();
    (count <= LARGEST_CLASS).then(|| {
        let mut all: Vec<String> = ranges
            .iter()
            .flat_map(|r| r.start()..=r.end())
            .flat_map(|c| {
                c.to_lowercase().map(String::from).collect::<Vec<_>>()
            })
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    })
}

/// The greatest, without end if one is.
fn most(mut lengths: impl Iterator<Item = Option<usize>>) -> Option<usize> {
    lengths.try_fold(0, |most, length| Some(most.max(length?)))
}

fn usable(
    mut words: Vec<String>,
    before: Option<usize>,
    behind: Option<usize>,
) -> Option<Required> {
    words.sort_unstable();
    words.dedup();
    let long =
        |w: &String| w.len() >= SHORTEST && w.contains(char::is_alphabetic);
    (!words.is_empty() && words.len() <= MOST_WORDS && words.iter().all(long))
        .then_some(Required { words, before, behind })
}

/// The one that will be met less often: long words, and few of them.
fn better(a: Option<Required>, b: Option<Required>) -> Option<Required> {
    let worth = |r: &Required| {
        let shortest = r.words.iter().map(String::len).min().unwrap_or(0);
        shortest.min(16) as f64 * 4.0 - (r.words.len() as f64).log2() * 3.0
    };
    match (a, b) {
        (Some(a), Some(b)) => Some(if worth(&b) > worth(&a) { b } else { a }),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pattern: &str) -> (Vec<String>, Option<usize>, Option<usize>) {
        let hir = regex_syntax::parse(pattern).unwrap();
        required(&hir)
            .map_or((Vec::new(), None, None), |r| (r.words, r.before, r.behind))
    }

    #[test]
    fn the_words_of_every_branch_are_needed() {
        assert_eq!(words("^(?:theo|thực hiện)(?: nội dung)? “?$").0.len(), 8);
        assert_eq!(
            words("[0-9]+ (?:phát động|ra quân)[a-z]{0,3}"),
            (
                vec!["phát động".into(), "ra quân".into()]
                    .into_iter()
                    .map(|w: String| format!(" {w}"))
                    .collect(),
                None,
                Some(3)
            )
        );
        assert_eq!(words("[a-z]{2,4}hành").1, Some(4));
    }

    #[test]
    fn what_may_be_left_out_is_not_needed() {
        assert_eq!(words("(?:đã )*[0-9]+").0, [""; 0]);
        assert_eq!(words("(?:đã |[a-z])x").0, [""; 0]);
        assert_eq!(words("kế hoạch|[0-9]+").0, [""; 0]);
    }

    #[test]
    fn the_longer_words_are_taken() {
        assert_eq!(words("và [a-z]+ hưởng ứng").0, [" hưởng ứng"]);
        assert_eq!(words("[Mm]ột là").0, ["một là"]);
    }
}
