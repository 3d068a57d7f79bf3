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
//! Chapters are the outermost class only of papers without articles.

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
    let official = reading.layout.header.is_some();
    let mut section = false;
    let (class, starts) = match lone(reading, lines, markers) {
        Some((class, start)) => {
            // A section goes on as in a paper.
            section = class <= Class::Roman
                || official && heads_paragraphs(reading, lines, start);
            (class, vec![start])
        }
        None => {
            let class = top_class(markers)?;
            (class, starts_of(class, markers))
        }
    };
    let mut items = Vec::new();
    for (k, &i) in starts.iter().enumerate() {
        let next = starts.get(k + 1).copied();
        // Where the items before it are one line each, so is the last.
        let short = next.is_none()
            && k > 0
            && starts[..k].iter().zip(&starts[1..]).all(|(a, b)| a + 1 == *b);
        let end = if section && class != Class::Article {
            signature(reading, lines, i + 1, lines.len())
        } else {
            let place = Place { next, class, official, short };
            end_of(reading, lines, markers, i, place)
        };
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
    Some(List { lead, items, rule: rule(class) })
}

/// The first item of a list of which no other is in the text, as where a
/// paper was cut: it stands before all other markers and holds them, and is
/// announced or heads a section of a paper.
fn lone(
    reading: &Reading,
    lines: &[Line],
    markers: &[Option<Marker>],
) -> Option<(Class, usize)> {
    // The grounds of a paper may have marks of their own.
    let ground = |i: usize| {
        let words = lines[i].span.of(reading.lower());
        word_lists::begins(
            "head.grounds",
            words.trim_start_matches(['-', '+', '*', ' ']),
        )
    };
    let (start, first) = markers
        .iter()
        .enumerate()
        .filter_map(|(i, m)| Some((i, (*m)?)))
        .find(|(i, m)| m.class == Class::Article || !ground(*i))?;
    let sections = first.class <= Class::Article;
    let announced = start
        .checked_sub(1)
        .is_some_and(|i| announces(lines[i].span.of(reading.lower())));
    let headed = reading.layout.header.is_some()
        || super::is_heading(lines[start].span.of(reading.norm()))
        || first.class == Class::Roman
            && start == 0
            && is_named(reading, lines);
    let paper = reading.layout.header.is_some();
    // An article of a decision may hold sections: `Điều 1`, `I.`, `1.`.
    let article = paper && first.class == Class::Article;
    let holds = markers[start + 1..].iter().flatten().all(|m| {
        let inner = m.class > first.class || article && m.class == Class::Roman;
        inner && (sections || paper || m.class != Class::Dash)
    });
    let nested = markers[start + 1..].iter().flatten().count();
    let heads = paper && heads_paragraphs(reading, lines, start);
    let fits = match first.class {
        Class::Part | Class::Capital => headed && nested > 0,
        Class::Roman => announced || headed,
        Class::Article => headed,
        Class::Arabic | Class::Count | Class::Ordinal => {
            announced && headed && (nested > 0 || heads)
        }
        _ => false,
    };
    (first.order == 1 && holds && fits).then_some((first.class, start))
}

/// Whether a line is a short heading with paragraphs below it.
fn heads_paragraphs(reading: &Reading, lines: &[Line], start: usize) -> bool {
    let words = lines[start].span.of(reading.norm());
    lines.len() > start + 1
        && words.len() < 160
        && !words.ends_with(['.', ';', ',', ':'])
}

/// Whether the first line of the body is short and names a section: `I- Tình
/// Hình Chung`, with text below it.
fn is_named(reading: &Reading, lines: &[Line]) -> bool {
    let words = lines[0].span.of(reading.norm());
    lines.len() > 1
        && words.split_whitespace().count() <= 16
        && !words.ends_with(['.', ';', ',', ':'])
}

fn rule(class: Class) -> &'static str {
    match class {
        Class::Part => "contents/part",
        Class::Capital => "contents/capital",
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
        Class::Part,
        Class::Capital,
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

/// Where an item stands in its list.
struct Place {
    /// The line of the next item.
    next: Option<usize>,
    class: Class,
    /// Whether the list is in a paper.
    official: bool,
    /// Whether it is the last of items that are one line each.
    short: bool,
}

/// The line behind the item that begins at `start`.
fn end_of(
    reading: &Reading,
    lines: &[Line],
    markers: &[Option<Marker>],
    start: usize,
    place: Place,
) -> usize {
    let Place { next, class, official, short } = place;
    let lower = reading.lower();
    let limit = next.unwrap_or(lines.len());
    // In a paper everything up to the next item belongs to this one; behind
    // the last section stands the signature, behind the last point a closing
    // paragraph.
    if official && (next.is_some() || class <= Class::Roman) {
        return signature(reading, lines, start + 1, limit);
    }
    if official && class == Class::Article {
        return last_article(reading, lines, start, limit);
    }
    let mut end = start + 1;
    let mut plain = 0;
    let mut in_sub = announces(lines[start].span.of(lower));
    let mut counted = 0;
    for i in start + 1..limit {
        let words = lines[i].span.of(lower);
        let norm = lines[i].span.of(reading.norm());
        match markers[i] {
            Some(m) if m.class > class || in_sub => {
                plain = 0;
                end = i + 1;
                in_sub = true;
                counted = m.order;
                continue;
            }
            Some(_) => break,
            None => {}
        }
        if in_sub && counts_on(&markers[i + 1..limit], counted) {
            continue;
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
        // A heading goes on in the line below it, and what announces does.
        let heading = i == start + 1
            && !short
            && !lines[start]
                .span
                .of(lower)
                .ends_with(['.', ';', '?', '!', '…', '”', ',']);
        let last = next.is_none() && !speaks_of_act(words);
        // What the item quotes.
        let quoted = norm.starts_with(['“', '"'])
            && announces(lines[start].span.of(lower));
        let goes_on = if quoted {
            true
        } else if bounded || last {
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

/// Whether the count of the points goes on right behind what a page puts
/// between two of them.
fn counts_on(behind: &[Option<Marker>], counted: u32) -> bool {
    let next = behind.first().copied().flatten();
    counted > 0 && next.is_some_and(|m| m.order == counted + 1)
}

/// The line behind the last article of a paper: its paragraphs go on to the
/// mark of the end (`./.`), the signature or what is attached.
fn last_article(
    reading: &Reading,
    lines: &[Line],
    start: usize,
    limit: usize,
) -> usize {
    let limit = signature(reading, lines, start + 1, limit);
    for (i, line) in lines.iter().enumerate().take(limit).skip(start) {
        let words = line.span.of(reading.lower());
        let attached = i > start
            && (crate::extract::head::is_kind_alone(reading.text, *line)
                || word_lists::begins("contents.attached", words));
        if attached {
            return i;
        }
        if words.ends_with("./.") || words.ends_with(".//.") {
            return i + 1;
        }
    }
    limit
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
        word_lists::begins("contents.signatures", words)
            || word_lists::begins("contents.closings", words)
            || word_lists::has("contents.signers", words)
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

    fn items(text: &str) -> Vec<String> {
        let found = contents(text).map_or(Vec::new(), |c| c.items);
        found.into_iter().map(|i| i.text).collect()
    }

    #[test]
    fn the_last_item_is_as_short_as_its_neighbours() {
        let found = items(
            "Tỉnh yêu cầu:\n- Trồng cây ven sông\n- Giữ rừng ven biển\n- Làm \
             cỏ trên đê\n\nCác xã báo cáo trước ngày 30/6.",
        );
        assert_eq!(found.last().unwrap(), "- Làm cỏ trên đê");
        // Where items go on in lines of their own, so does the last.
        let found = items(
            "Tỉnh yêu cầu:\n1. Trồng cây\nCác xã trồng.\n2. Giữ rừng\nCác \
             thôn giữ.",
        );
        assert_eq!(found.last().unwrap(), "2. Giữ rừng Các thôn giữ.");
    }

    #[test]
    fn capital_letters_head_sections() {
        let found = items(
            "Tỉnh ra kế hoạch:\nA. MỤC ĐÍCH\nI. Giữ đất\nII. Giữ nước\nB. \
             VIỆC LÀM\nI. Trồng tre ở bãi.\nII. Đắp đê ven sông.\nIII. \
             Làm cầu qua sông.\nIV. Quét chợ.",
        );
        assert_eq!(found.len(), 2, "{found:?}");
        let found = items(
            "Tỉnh ra kế hoạch:\n1. Mục đích\na. Giữ đất\nb. Giữ nước\n2. Việc \
             làm\na. Trồng tre\nb. Đắp đê",
        );
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn a_count_goes_on_behind_what_a_page_puts_between() {
        let text = "Tỉnh yêu cầu:\nI. Chợ\n1. Quét chợ.\nII. Việc\n1. Trồng \
                    tre.\n(Xem tranh)\n2. Đắp đê.\n3. Làm cầu.";
        assert!(items(text)[1].ends_with("3. Làm cầu."));
        let other = text.replace("2. Đắp", "- Đắp");
        assert!(items(&other)[1].ends_with("1. Trồng tre."));
    }

    const PLAN: &str = "UBND TỈNH HÀ NAM\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT \
                        NAM\n\nSố: 7/KH-UBND\n\nHà Nam, ngày 8 tháng 7 năm \
                        2019\n\nKẾ HOẠCH\n\nTRỒNG RỪNG\n\nTỉnh ban hành kế \
                        hoạch như sau:\n\n";

    #[test]
    fn a_lone_heading_of_a_paper_has_its_paragraphs() {
        let found = items(&format!(
            "{PLAN}1. Mục đích, yêu cầu\n\nGiữ đất ven sông.\n\nTrồng đúng vụ."
        ));
        let item = "1. Mục đích, yêu cầu Giữ đất ven sông. Trồng đúng vụ.";
        assert_eq!(found, [item]);
        let found = items(&format!("{PLAN}1. Các xã trồng rừng.\n\nHết."));
        assert!(found.is_empty());
    }

    #[test]
    fn the_closing_sentence_of_a_paper_is_in_no_section() {
        let found = items(&format!(
            "{PLAN}I. MỤC ĐÍCH\nGiữ đất.\nII. THỰC HIỆN\nCác xã trồng.\nTrên \
             đây là kế hoạch trồng rừng của tỉnh./."
        ));
        assert_eq!(found[1], "II. THỰC HIỆN Các xã trồng.");
    }

    #[test]
    fn the_office_of_the_signer_ends_the_last_article() {
        let found = items(
            "BỘ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 7/QĐ-BYT\n\nHà \
             Nội, ngày 8 tháng 7 năm 2019\n\nQUYẾT ĐỊNH\n\nVỀ CÂY THUỐC\n\nĐiều 1. \
             Trồng cây.\n\nĐiều 2. Giữ rừng.\n\nBỘ TRƯỞNG\n\nHoa Lúa",
        );
        assert_eq!(found[1], "Điều 2. Giữ rừng.");
    }

    #[test]
    fn a_first_section_named_in_small_letters_is_one() {
        let found = items(
            "Kế hoạch số 7/KH-UBND của UBND tỉnh Hà Nam về trồng rừng.\nI- Tình \
             Hình Rừng\n- Rừng ven sông đã mất.\n- Đất trôi.",
        );
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("- Đất trôi."));
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

    const HEAD: &str = "UBND TỈNH HÀ NAM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
                        Số: 7/QĐ-UBND\nHà Nam, ngày 8 tháng 7 năm 2019\n";

    #[test]
    fn the_last_article_goes_on_to_the_mark_of_the_end() {
        let text = format!(
            "{HEAD}QUYẾT ĐỊNH:\nĐiều 1. Trồng rừng ven sông.\nĐiều 2. Quyết định \
             có hiệu lực từ ngày ký.\n\nChánh Văn phòng thi hành Quyết định \
             này./.\nTrần Văn Lúa"
        );
        let items = contents(&text).unwrap().items;
        assert_eq!(items.len(), 2);
        assert!(items[1].text.ends_with("thi hành Quyết định này./."));
        let open = text.replace("./.\n", ".\nPHỤ LỤC\n");
        let items = contents(&open).unwrap().items;
        assert!(items[1].text.ends_with("thi hành Quyết định này."));
    }

    #[test]
    fn articles_may_stand_above_their_words() {
        let found = contents(
            "Quốc hội quyết nghị:\n\nĐiều 1\n\nTrồng rừng ven sông.\n\nĐiều \
             2\n\nCác xã thi hành.",
        );
        let items = found.unwrap().items;
        assert_eq!(items[0].text, "Điều 1 Trồng rừng ven sông.");
        assert_eq!(items[1].text, "Điều 2 Các xã thi hành.");
    }

    #[test]
    fn an_item_that_announces_has_the_next_paragraph() {
        let found = contents(
            "Sở có ý kiến như sau:\n- Về giống cây:\nChọn giống tại chỗ.\n- Về \
             đất:\nTrồng ven sông.\nCác xã biết, làm theo.",
        );
        let items = found.unwrap().items;
        assert_eq!(items[1].text, "- Về đất: Trồng ven sông.");
    }

    #[test]
    fn the_only_section_of_a_cut_paper_holds_the_rest() {
        let text = format!(
            "{HEAD}KẾ HOẠCH\nTrồng rừng\nTỉnh trồng rừng như sau:\nI. MỤC ĐÍCH, \
             YÊU CẦU\n1. Mục đích\n- Giữ đất.\n2. Yêu cầu\n- Đúng mùa."
        );
        let items = contents(&text).unwrap().items;
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].items.len(), 2);
        assert!(contents("Tỉnh họp.\n1. Trồng cây.\nCác xã dự.").is_none());
    }

    #[test]
    fn parts_are_the_outermost_but_for_articles() {
        let text = format!(
            "{HEAD}KẾ HOẠCH\nTrồng rừng\nPhần thứ nhất. KẾT QUẢ\nI. Rừng ven \
             sông\nII. Rừng ven biển\nPhần thứ hai. NHIỆM VỤ\nI. Giống cây\nII. \
             Phân bón"
        );
        let items = contents(&text).unwrap().items;
        assert_eq!(items.len(), 2);
        assert_eq!(items[1].items.len(), 2);
        let text = format!(
            "{HEAD}QUY CHẾ\nTrồng rừng\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm \
             vi\nChương II\nTHI HÀNH\nĐiều 2. Hiệu lực"
        );
        let rule = contents(&text).unwrap().rule;
        assert_eq!(rule, "contents/article");
    }

    #[test]
    fn letters_in_capitals_are_sections() {
        let text = format!(
            "{HEAD}KẾ HOẠCH\nLàm đường\nA. VIỆC CHUNG\n1. Đo đất\n2. Làm \
             cầu\nB. VIỆC CỦA TỪNG XÃ\n1. Hiến đất\n2. Góp công"
        );
        let rule = |text: &str| contents(text).unwrap().rule;
        assert_eq!(contents(&text).unwrap().items.len(), 2);
        assert_eq!(rule(&text), "contents/capital");
        let small = text.replace("VIỆC", "Việc");
        assert_ne!(rule(&small), "contents/capital");
    }

    #[test]
    fn lines_out_of_order_are_no_list() {
        assert!(contents("Tỉnh họp.\n1. Trồng cây.\n3. Giữ rừng.").is_none());
    }

    #[test]
    fn one_article_of_a_decision_may_hold_sections() {
        let head = "UBND TỈNH HÀ NAM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: \
                    7/QĐ-UBND\nHà Nam, ngày 8 tháng 7 năm 2019\nQUYẾT ĐỊNH\nVề \
                    việc duyệt đề án trồng rừng\n- Căn cứ Luật Lâm nghiệp;\n";
        let found = items(&format!(
            "{head}QUYẾT ĐỊNH:\nĐiều 1. Duyệt đề án trồng rừng:\nI. MỤC \
             TIÊU\n1. Mục tiêu chung\n- Giữ đất.\n2. Mục tiêu riêng\n- Trồng keo."
        ));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("Điều 1.") && found[0].ends_with("keo."));
        let found = items(&format!(
            "{head}như sau:\nI. MỤC ĐÍCH,\nYÊU CẦU\n1. Mục đích\nGiữ đất.\n2. \
             Yêu cầu\nTrồng keo."
        ));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("I."));
    }
}
