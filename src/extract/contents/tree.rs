//! Lists whose items begin their lines with a marker.
//!
//! # What it finds
//! The outermost class of markers that counts up, each item up to the next,
//! with the lists nested in it and the sentence that announces it.
//!
//! # What it must refuse
//! Marks out of order, plain lines behind the last item, signatures.
//!
//! # Known limits
//! Parts and chapters are never the outermost class.

use super::{Class, Entry, List, Marker, announces, continues, continues_last};
use crate::extract::reading::Reading;
use crate::lexicon::word_lists;
use crate::text::{Line, Norm, Span};

/// Plain lines that may stand between two items of one list.
const PLAIN_BETWEEN: usize = 3;

/// The list of the outermost class, with what is nested.
pub(super) fn find(
    reading: &Reading,
    lines: &[Line],
    markers: &[Option<Marker>],
) -> Option<List> {
    let class = top_class(markers)?;
    let starts = starts_of(class, markers);
    let official = reading.layout.header.is_some();
    let mut items = Vec::new();
    for (k, &i) in starts.iter().enumerate() {
        let next = starts.get(k + 1).copied();
        let end = end_of(reading, lines, markers, i, next, class, official);
        let marker = markers[i].expect("a start has a marker");
        let inner = nested(lines, markers, i + 1, end, class);
        let stop = lines[end - 1].span.end;
        items.push(Entry {
            span: Span::new(lines[i].span.start, stop),
            label: Some(marker.label),
            items: inner,
        });
    }
    let first = *starts.first()?;
    let lead = lead(reading, lines, first);
    (items.len() >= 2).then_some(List { lead, items, rule: rule(class) })
}

fn rule(class: Class) -> &'static str {
    match class {
        Class::Part => "contents/part",
        Class::Roman => "contents/roman",
        Class::Article => "contents/article",
        Class::Named => "contents/named",
        Class::Count => "contents/count",
        Class::Ordinal => "contents/ordinal",
        Class::Arabic => "contents/arabic",
        Class::Parenthesis => "contents/parenthesis",
        Class::Decimal => "contents/decimal",
        Class::Letter => "contents/letter",
        Class::Star => "contents/star",
        Class::Dash => "contents/dash",
        Class::Plus => "contents/plus",
    }
}

/// The outermost class that makes a list: at least two items, in order from
/// the first.
fn top_class(markers: &[Option<Marker>]) -> Option<Class> {
    const ORDER: &[Class] = &[
        Class::Article,
        Class::Roman,
        Class::Named,
        Class::Count,
        Class::Ordinal,
        Class::Arabic,
        Class::Parenthesis,
        Class::Letter,
        Class::Star,
        Class::Dash,
        Class::Plus,
        Class::Decimal,
    ];
    ORDER.iter().copied().find(|class| starts_of(*class, markers).len() >= 2)
}

/// Where the items of a class begin. Ordered markers must count up from
/// their first; where the count begins again inside another item, it is
/// nested and no start.
fn starts_of(class: Class, markers: &[Option<Marker>]) -> Vec<usize> {
    let all = markers.iter().enumerate().filter_map(|(i, m)| {
        m.filter(|m| m.class == class).map(|m| (i, m.order))
    });
    if matches!(class, Class::Star | Class::Dash | Class::Plus | Class::Decimal)
    {
        return all.map(|(i, _)| i).collect();
    }
    if class == Class::Article {
        // News pick articles: 3, 5, 8.
        let mut last = 0;
        return all
            .filter(|(_, order)| {
                let up = *order > last;
                last = last.max(*order);
                up
            })
            .map(|(i, _)| i)
            .collect();
    }
    let mut best: Vec<usize> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let mut next = 1;
    for (i, order) in all {
        if order == next {
            run.push(i);
            next += 1;
        } else if order == 1 {
            if run.len() >= 2 {
                // A second list of the same class follows the first.
                best.append(&mut run);
            }
            run = vec![i];
            next = 2;
        } else if order == next + 1 && run.len() >= 2 {
            // One marker was lost.
            run.push(i);
            next = order + 1;
        }
    }
    if run.len() >= 2 {
        best.append(&mut run);
    }
    best
}

/// The line behind the item that begins at `start`.
fn end_of(
    reading: &Reading,
    lines: &[Line],
    markers: &[Option<Marker>],
    start: usize,
    next: Option<usize>,
    class: Class,
    official: bool,
) -> usize {
    let lower = reading.lower();
    let limit = next.unwrap_or(lines.len());
    // In a paper everything up to the next item belongs to this one; behind
    // the last section stands the signature, behind the last point a closing
    // paragraph.
    if official && (next.is_some() || class <= Class::Roman) {
        return signature(reading, lines, start + 1, limit);
    }
    let mut end = start + 1;
    let mut plain = 0;
    let mut in_sub = announces(lines[start].span.of(lower));
    for i in start + 1..limit {
        let words = lines[i].span.of(lower);
        let norm = lines[i].span.of(reading.norm());
        match markers[i] {
            Some(m) if m.class > class || in_sub => {
                plain = 0;
                end = i + 1;
                in_sub = true;
                continue;
            }
            Some(_) => break,
            None => {}
        }
        plain += 1;
        // Plain lines between two items belong to the first, unless they
        // lead on to another list; behind the last item few do.
        let bounded = next.is_some()
            && plain <= PLAIN_BETWEEN
            && !(i..limit).any(|j| {
                markers[j].is_none()
                    && announces(lines[j].span.of(lower))
                    && !in_sub
            });
        // A heading goes on in the line below it.
        let heading = i == start + 1
            && !lines[start]
                .span
                .of(lower)
                .ends_with(['.', ';', ':', '?', '!', '…', '”', ',']);
        let last = next.is_none() && !speaks_of_act(words);
        let goes_on = if bounded || last {
            continues(norm)
        } else {
            continues_last(norm)
        };
        if !(bounded || heading || goes_on && !announces(words)) {
            break;
        }
        end = i + 1;
    }
    if next.is_some_and(|next| end < next) {
        end = without_tail(reading, lines, markers, start, end);
    }
    end
}

/// The line at which the signature of a paper begins, else `limit`.
fn signature(
    reading: &Reading,
    lines: &[Line],
    from: usize,
    limit: usize,
) -> usize {
    let signs = |i: &usize| {
        let words = lines[*i].span.of(reading.lower());
        word_lists::begins("contents.signatures", words) || words == "chủ tịch"
    };
    (from..limit).find(signs).unwrap_or(limit)
}

/// A plain tail that never reached the next item is not part of the item.
fn without_tail(
    reading: &Reading,
    lines: &[Line],
    markers: &[Option<Marker>],
    start: usize,
    end: usize,
) -> usize {
    let mut last = end;
    while last > start + 1
        && markers[last - 1].is_none()
        && !continues(lines[last - 1].span.of(reading.norm()))
    {
        last -= 1;
    }
    last
}

/// `Bên cạnh đó, Nghị định cũng quy định …` goes on with the act, not with the
/// item.
fn speaks_of_act(words: &str) -> bool {
    crate::lexicon::document_types::find_words(words)
        .first()
        .is_some_and(|m| m.span.start < 40)
}

/// Lists inside an item.
fn nested(
    lines: &[Line],
    markers: &[Option<Marker>],
    from: usize,
    to: usize,
    outer: Class,
) -> Vec<Entry> {
    let Some(inner) = markers[from..to]
        .iter()
        .flatten()
        .map(|m| m.class)
        .filter(|c| *c != outer)
        .min()
    else {
        return Vec::new();
    };
    let starts: Vec<usize> = (from..to)
        .filter(|&i| markers[i].is_some_and(|m| m.class == inner))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([to]);
    starts
        .iter()
        .zip(ends)
        .map(|(&i, end)| Entry {
            span: Span::new(lines[i].span.start, lines[end - 1].span.end),
            label: markers[i].map(|m| m.label),
            items: nested(lines, markers, i + 1, end, inner),
        })
        .collect()
}

/// The sentence right before the list, if it announces it.
pub(super) fn lead(
    reading: &Reading,
    lines: &[Line],
    first: usize,
) -> Option<Span<Norm>> {
    let line = lines.get(first.checked_sub(1)?)?;
    announces(line.span.of(reading.lower())).then(|| {
        crate::text::sentences(reading.norm(), line.span)
            .last()
            .unwrap_or(line.span)
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::contents;
    use crate::extract::trial::read;
    use crate::record::Contents;

    fn contents(text: &str) -> Option<Contents> {
        read(text, contents::find)
    }

    #[test]
    fn lines_in_order_are_items_of_their_lead() {
        let found = contents("Tỉnh yêu cầu:\n1. Trồng cây.\n2. Giữ rừng.");
        let found = found.unwrap();
        assert_eq!(found.rule, "contents/arabic");
        assert_eq!(found.lead.unwrap().text, "Tỉnh yêu cầu:");
        assert_eq!(found.items[1].label.as_deref(), Some("2."));
        assert_eq!(found.items[1].text, "2. Giữ rừng.");
    }

    #[test]
    fn inner_lists_are_nested() {
        let text = "Tỉnh yêu cầu:\n1. Làm đường:\na) Đường xã;\n\
                    b) Đường thôn.\n2. Làm cầu.";
        let found = contents(text).unwrap();
        assert_eq!(found.items.len(), 2);
        let inner: Vec<&str> =
            found.items[0].items.iter().map(|i| &*i.text).collect();
        assert_eq!(inner, ["a) Đường xã;", "b) Đường thôn."]);
    }

    #[test]
    fn lines_out_of_order_are_no_list() {
        assert!(contents("Tỉnh họp.\n1. Trồng cây.\n3. Giữ rừng.").is_none());
    }
}
