//! Lists inside one paragraph: `(1) …; (2) …`, `1. … 2. …`, `Một là, …; hai
//! là, …`, `Điều 1. … Điều 2. …` of a paper whose lines a page has joined.
//!
//! # What it finds
//! The longest row of marks that count up from one within one paragraph.
//!
//! # What it must refuse
//! A single mark; numbers and letters that count up less than three times,
//! or twice without a colon before them.
//!
//! # Known limits
//! The last item ends with its sentence, even if it has a second one.

use super::{Entry, List};
use crate::extract::reading::Reading;
use crate::lexicon::scan::Rule;
use crate::lexicon::word_lists;
use crate::text::{Line, Norm, Span, sentences};
use memchr::memmem::Finder;
use regex::Regex;
use std::sync::LazyLock;

static PARENTHESIS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<label>\((?:(?P<n>[0-9]{1,2})|(?P<r>[ivx]{1,4}))\))")
        .expect("(1)")
});

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[:.;?!] ?|[\pL)”] )(?P<label>(?P<n>[0-9]{1,2})(?:[.)]|-)) ?\p{Lu}")
        .expect("1.")
});

static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[.;:/] )(?P<label>Điều (?P<n>[0-9]{1,2})[.:]) ?\p{Lu}")
        .expect("Điều 1.")
});

static ARTICLE_WORD: LazyLock<Finder> = LazyLock::new(|| Finder::new("Điều "));

static COUNT: LazyLock<Rule> = LazyLock::new(|| Rule::new("contents.count"));

static ORDINAL: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("contents.ordinal"));

static LETTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[:;,.] )(?P<label>(?P<l>[a-eđ])\))[ ]").expect("a)")
});

/// The longest list inside a paragraph.
pub(super) fn find(reading: &Reading, lines: &[Line]) -> Option<List> {
    let mut best: Option<List> = None;
    for line in lines {
        let words = line.span.of(reading.norm());
        let has = |byte: u8| memchr::memchr(byte, words.as_bytes()).is_some();
        let is = |rule: &Rule| rule.is_match(words, &reading.scan);
        let numbers = reading.scan.digits();
        let first = numbers.partition_point(|at| *at < line.span.start);
        let second = numbers.get(first + 1);
        let numbered = second.is_some_and(|at| *at < line.span.end);
        let article =
            || ARTICLE_WORD.find_iter(words.as_bytes()).nth(1).is_some();
        // A cheap look first: most lines can hold none of these.
        for (may_be, pattern, least, rule) in [
            (has(b'('), &*PARENTHESIS, 2, "contents/inline-parenthesis"),
            (numbered && article(), &*ARTICLE, 2, "contents/inline-article"),
            (numbered, &*NUMBER, 3, "contents/inline-number"),
            (has(b')'), &*LETTER, 3, "contents/inline-letter"),
            (is(&COUNT), COUNT.regex(), 2, "contents/inline-count"),
            (is(&ORDINAL), ORDINAL.regex(), 2, "contents/inline-ordinal"),
        ] {
            if !may_be {
                continue;
            }
            let found = sequence(reading, *line, pattern, least, rule);
            if let Some(list) = found
                && best
                    .as_ref()
                    .is_none_or(|b| b.items.len() < list.items.len())
            {
                best = Some(list);
            }
        }
    }
    best
}

/// The articles that stand in one line with the first, of a list that is
/// nothing but that line.
pub(super) fn articles(reading: &Reading, lines: &[Line], list: List) -> List {
    let [only] = list.items.as_slice() else { return list };
    if !only.span.of(reading.norm()).starts_with("Điều ") {
        return list;
    }
    let line = lines.iter().find(|l| l.span.start == only.span.start);
    line.and_then(|l| {
        sequence(reading, *l, &ARTICLE, 2, "contents/inline-article")
    })
    .unwrap_or(list)
}

fn order(caps: &regex::Captures) -> u32 {
    if let Some(n) = caps.name("n") {
        return n.as_str().parse().unwrap_or(0);
    }
    if let Some(r) = caps.name("r") {
        return super::marker::roman(r.as_str());
    }
    if let Some(l) = caps.name("l") {
        let place = word_lists::place("contents.letters", l.as_str());
        return place.map_or(0, |n| n as u32);
    }
    let word =
        caps.name("w").map_or(String::new(), |w| w.as_str().to_lowercase());
    match word.as_str() {
        "nhất" => 1,
        "tư" => 4,
        w => word_lists::place("contents.counting_words", w)
            .map_or(0, |n| n as u32),
    }
}

fn sequence(
    reading: &Reading,
    line: Line,
    pattern: &Regex,
    least: usize,
    rule: &'static str,
) -> Option<List> {
    let words = line.span.of(reading.norm());
    let mut labels: Vec<Span<Norm>> = Vec::new();
    for caps in pattern.captures_iter(words) {
        let label = caps.name("label").expect("label");
        let n = order(&caps);
        if n == labels.len() as u32 + 1 {
            labels.push(Span::new(
                line.span.start + label.start(),
                line.span.start + label.end(),
            ));
        } else if n == 1 && labels.len() < least {
            labels = vec![Span::new(
                line.span.start + label.start(),
                line.span.start + label.end(),
            )];
        }
    }
    // Two numbers are a list if a colon stands before them.
    let announced = labels.first().is_some_and(|label| {
        let head = &reading.norm()[line.span.start..label.start];
        head.trim_end().ends_with(':')
    });
    let least = if announced { least.min(2) } else { least };
    if labels.len() < least {
        return None;
    }
    let items = labels.iter().enumerate().map(|(i, label)| {
        let end = match labels.get(i + 1) {
            Some(next) => next.start,
            None => last_end(reading, line, *label),
        };
        let text = reading.norm()[label.start..end].trim_end();
        Entry {
            span: Span::new(label.start, label.start + text.len()),
            label: Some(*label),
            items: Vec::new(),
        }
    });
    let items: Vec<Entry> = items.collect();
    let head = Span::new(line.span.start, labels[0].start);
    let lead = sentences(reading.norm(), head).last();
    Some(List { lead, items, rule })
}

/// The last item ends with its sentence.
fn last_end(reading: &Reading, line: Line, label: Span<Norm>) -> usize {
    let rest = Span::new(label.end, line.span.end);
    let mut parts =
        sentences(reading.norm(), rest).skip_while(|s| s.len() <= 8);
    let end = parts.next().map_or(line.span.end, |s| s.end);
    // Dashes on the same line go on with it.
    let dashed = |s: &Span<Norm>| s.of(reading.norm()).starts_with("- ");
    parts.take_while(dashed).last().map_or(end, |s| s.end)
}

#[cfg(test)]
mod tests {
    use crate::extract::contents;
    use crate::extract::trial::read;

    fn items(text: &str) -> Vec<String> {
        let found = read(text, contents::find);
        found.map_or(Vec::new(), |c| {
            c.items.into_iter().map(|i| i.text).collect()
        })
    }

    #[test]
    fn lists_within_a_paragraph_are_cut() {
        assert_eq!(
            items("Tỉnh yêu cầu: (1) trồng cây; (2) giữ rừng."),
            ["(1) trồng cây;", "(2) giữ rừng."]
        );
        assert_eq!(
            items("Tỉnh giao các xã: 1. Trồng cây; 2. Giữ rừng."),
            ["1. Trồng cây;", "2. Giữ rừng."]
        );
        assert_eq!(
            items("Ba việc: Một là, trồng cây. Hai là, giữ rừng đầu nguồn."),
            ["Một là, trồng cây.", "Hai là, giữ rừng đầu nguồn."]
        );
    }

    #[test]
    fn articles_may_stand_in_one_line() {
        let text = "QUYẾT ĐỊNH: Điều 1. Trồng cây ven sông. Điều 2. Giữ rừng \
                    đầu nguồn. Điều 3. Các xã thi hành./.";
        let found = items(text);
        assert_eq!(found.len(), 3);
        assert_eq!(found[1], "Điều 2. Giữ rừng đầu nguồn.");
        let alone = text.strip_prefix("QUYẾT ĐỊNH: ").unwrap();
        assert_eq!(items(&format!("QUYẾT ĐỊNH:\n{alone}")), found);
        let cited = "Theo Điều 1 của Luật. Điều 2 của Luật cho trồng cây.";
        assert!(items(cited).is_empty());
    }

    #[test]
    fn a_single_mark_is_no_list() {
        assert!(items("Tỉnh giao cho hai xã (1) trồng rừng.").is_empty());
        assert!(items("Xã họp. 1. Trồng cây; 2. Giữ rừng.").is_empty());
        assert!(items("Hai là số chẵn, ba là số lẻ.").is_empty());
    }

    #[test]
    fn dashes_behind_the_last_go_on_with_it() {
        let found = items(
            "Các việc sau: 1. Phong trào giữ rừng. 2. Phong trào khác - Trồng \
             cây ven sông. - Trồng cây ven đường.",
        );
        assert_eq!(
            found[1],
            "2. Phong trào khác - Trồng cây ven sông. - Trồng cây ven đường."
        );
    }
}
