//! Slogans that a heading lists: `Khẩu hiệu tuyên truyền:` and lines below.
//!
//! # What it finds
//! The items of a list led by `Khẩu hiệu …`, `Một số khẩu hiệu …`, `Thông
//! điệp truyền thông:`, each on its own line or within the lead's
//! (`(1) …!; (2) …!`), and those in a row behind `các thông điệp:`.
//!
//! # What it must refuse
//! Lists that such a heading only ends before: lines that neither call out
//! (`!`), nor are quoted, nor begin with a dash.
//!
//! # Known limits
//! Numbered lines without `!` are tasks.

use super::Found;
use crate::extract::reading::Reading;
use crate::lexicon::scan::{Rule, Scan};
use crate::lexicon::word_lists;
use crate::text::{Norm, Span};
use regex::Captures;
use std::sync::LazyLock;

/// A heading whose list holds slogans.
static LEAD: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.lead"));

/// The mark of an item.
static MARK: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.mark"));

/// Most items of one list.
const MOST: usize = 60;

/// Messages in a row behind their cue, within a sentence.
static ROW: LazyLock<Rule> = LazyLock::new(|| Rule::new("slogan.row"));

/// Whether the line above a list says that slogans are listed.
pub fn lists_slogans(lead: &str, scan: &Scan) -> bool {
    leads(lead, scan).is_some_and(|(_, follow)| follow != Follow::List)
}

/// What a heading says of the lines below.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follow {
    /// Slogans, if they look like some.
    Maybe,
    /// A list of three or more: `Thông điệp Tuần lễ nước sạch năm 2024`.
    List,
    /// A list of three or more, named by nothing else: `Một số khẩu hiệu`.
    Own,
    /// Several: `Một số khẩu hiệu …:`.
    Several,
}

/// The heading that a line is, and what it says of those below.
fn leads<'w>(line: &'w str, scan: &Scan) -> Option<(Captures<'w>, Follow)> {
    let caps = LEAD.captures(line, scan)?;
    let words = line.trim_end();
    let head = &line[..caps.name("cue")?.start()];
    // `Thông điệp, khẩu hiệu:` names several by two words for them.
    let several = words.ends_with(':')
        && (word_lists::inside("slogan.several", head)
            || caps.name("row").is_some());
    // `Một số khẩu hiệu tuyên truyền` as a line of its own.
    let own = words.split(' ').count() <= LONGEST_NAME
        && word_lists::inside("slogan.several", head);
    // Behind other words only `… như sau:` says so.
    let before = caps.name("before").is_some();
    let told = word_lists::ends("slogan.follow", words.trim_end_matches(':'));
    let short = words.split(' ').count() <= LONGEST_HEADING;
    let follow = match (several, caps.name("whose").is_some()) {
        (true, _) if !before || told => Follow::Several,
        (_, true) if !before && short => Follow::List,
        _ if !before && own => Follow::Own,
        (_, false) if !before => Follow::Maybe,
        _ => return None,
    };
    Some((caps, follow))
}

/// Most syllables of a heading without a colon: that says whose the slogans
/// are, and that only says that there are several.
const LONGEST_HEADING: usize = 20;
const LONGEST_NAME: usize = 10;

/// `truyền đi các thông điệp: A; B; C.`
fn rows(reading: &Reading) -> Vec<Found> {
    let mut out = Vec::new();
    let lower = &reading.lower()[..reading.layout.end];
    for (base, caps) in ROW.captures_near(lower, &reading.scan, 1200) {
        let all = caps.name("all").expect("all");
        let end = reading.sentence_at(base + all.start());
        let end = end.map_or(base + all.end(), |(_, s)| s.end);
        let cue = caps.name("cue").or_else(|| caps.name("whose"));
        let (kind, rule) = super::kind(cue.expect("one of two").as_str());
        let mut from = base + all.start();
        let mut items = Vec::new();
        for part in reading.lower()[from..(base + all.end()).min(end.max(from))]
            .split(';')
        {
            let span = Span::new(from, from + part.len());
            from += part.len() + 1;
            let span = bare(reading, span);
            if !is_slogan(span.of(reading.norm())) {
                break;
            }
            items.push((span, kind, rule));
        }
        if items.len() > 2 {
            out.extend(items);
        }
    }
    out
}

pub(super) fn find(reading: &Reading) -> Vec<Found> {
    let mut out = rows(reading);
    let lines = reading.text.lines();
    for (i, line) in lines.iter().enumerate() {
        if line.span.start >= reading.layout.end {
            break;
        }
        let words = line.span.of(reading.lower());
        let Some((caps, follow)) = leads(words, &reading.scan) else {
            continue;
        };
        let (kind, rule) = super::kind(&caps["cue"]);
        let behind = caps.get(0).expect("all").end();
        let rest = Span::new(line.span.start + behind, line.span.end);
        let same_line = !is_blank(reading, rest);
        let items: Vec<Span<Norm>> = if same_line {
            within(reading, rest)
        } else {
            let below = lines[i + 1..].iter().take(MOST).map(|l| l.span);
            below_lead(reading, below, follow)
        };
        // `Khẩu hiệu tuyên truyền: …!` may have only one.
        let one = same_line
            && items.first().is_some_and(|item| calls_out(reading, *item));
        let least = match follow {
            Follow::List => 3,
            Follow::Own if !items.iter().all(|i| calls_out(reading, *i)) => 3,
            _ if one => 1,
            _ => 2,
        };
        if items.len() >= least {
            out.extend(items.into_iter().map(|span| (span, kind, rule)));
        }
    }
    out
}

fn is_blank(reading: &Reading, span: Span<Norm>) -> bool {
    span.of(reading.norm()).trim().is_empty()
}

/// `(Tải bộ tranh cổ động)`: what a page puts between the items.
fn is_aside(reading: &Reading, line: Span<Norm>) -> bool {
    let words = line.of(reading.norm()).trim();
    words.starts_with("(")
        && words.ends_with(')')
        && words.matches('(').count() == 1
        && words.contains(' ')
}

fn calls_out(reading: &Reading, item: Span<Norm>) -> bool {
    item.of(reading.norm()).ends_with('!')
}

/// The slogans on the lines below a lead, as far as they look like the first.
fn below_lead(
    reading: &Reading,
    lines: impl Iterator<Item = Span<Norm>>,
    follow: Follow,
) -> Vec<Span<Norm>> {
    let lines =
        lines.filter(|l| !is_blank(reading, *l) && !is_aside(reading, *l));
    let items = lines.map_while(|l| item(reading, l, follow));
    let mut items = items.peekable();
    let Some((first, marked)) = items.peek().copied() else {
        return Vec::new();
    };
    let calls = calls_out(reading, first);
    items
        .take_while(|(span, _)| !calls || calls_out(reading, *span))
        .take_while(|(_, m)| *m == marked)
        .map(|(span, _)| span)
        .collect()
}

/// Most syllables of a slogan that only its line shows.
const PLAIN: usize = 25;

/// A slogan on its own line, and whether a mark stands before it. Where
/// several are said to follow, a number or the line alone is enough.
fn item(
    reading: &Reading,
    line: Span<Norm>,
    follow: Follow,
) -> Option<(Span<Norm>, bool)> {
    let words = line.of(reading.norm()).trim_start();
    let line: Span<Norm> = Span::new(line.end - words.len(), line.end);
    let mark = MARK.regex().find(words).map_or("", |m| m.as_str());
    let span = bare(reading, Span::new(line.start + mark.len(), line.end));
    let own = span.of(reading.norm());
    let numbered = mark.starts_with(|c: char| c.is_alphanumeric());
    let quoted = words[mark.len()..].starts_with('“');
    let shown = !mark.is_empty() && !numbered || quoted || own.ends_with('!');
    let plain = !words.trim_end().ends_with('.')
        && (4..=PLAIN).contains(&own.split_whitespace().count());
    let shown = match follow {
        Follow::Several => shown || numbered || plain,
        Follow::List | Follow::Own => shown || numbered,
        Follow::Maybe => shown,
    };
    (shown && is_slogan(own)).then_some((span, !mark.is_empty()))
}

fn is_slogan(words: &str) -> bool {
    (3..=40).contains(&words.split_whitespace().count())
        && words.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && !words.ends_with(':')
        && !words.contains(". ")
        && !word_lists::inside("slogan.list_verbs", &words.to_lowercase())
}

/// `(1) …!; (2) …!` behind the lead.
fn within(reading: &Reading, rest: Span<Norm>) -> Vec<Span<Norm>> {
    let words = rest.of(reading.norm());
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in words.match_indices(';').chain([(words.len(), "")]) {
        let part = Span::new(rest.start + from, rest.start + at);
        from = (at + 1).min(words.len());
        let own = part.of(reading.norm());
        let blank = own.len() - own.trim_start().len();
        let mark = MARK.regex().find(own.trim_start());
        let mark = blank + mark.map_or(0, |m| m.end());
        let quoted = is_quoted(own[mark..].trim());
        let span = bare(reading, Span::new(part.start + mark, part.end));
        let own = span.of(reading.norm());
        if own.is_empty() {
            continue;
        }
        if !is_slogan(own) || !own.ends_with('!') && !quoted {
            break;
        }
        out.push(span);
    }
    out
}

fn is_quoted(words: &str) -> bool {
    words.starts_with('“') && words.ends_with('”')
}

/// The slogan without the quotes and stops around it.
fn bare(reading: &Reading, span: Span<Norm>) -> Span<Norm> {
    let edge = |c: char| matches!(c, ' ' | '“' | '”' | ';' | ',');
    let words = span.of(reading.norm());
    let words = words.trim_end_matches(|c| edge(c) || c == '.');
    let start = words.trim_start_matches(edge);
    Span::new(span.start + words.len() - start.len(), span.start + words.len())
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    fn slogans(text: &str) -> Vec<String> {
        record(text).slogans.into_iter().map(|s| s.text).collect()
    }

    #[test]
    fn lists_below_and_within_their_lead_are_found() {
        let two = ["Hà Nam xanh, Hà Nam sạch!", "Làng nào cũng có rừng!"];
        for text in [
            "Khẩu hiệu tuyên truyền: (1) Hà Nam xanh, Hà Nam sạch!; (2) Làng \
             nào cũng có rừng!",
            "Việc cần làm.\nIII. KHẨU HIỆU TUYÊN TRUYỀN\n1. Hà Nam xanh, Hà \
             Nam sạch!\n2. Làng nào cũng có rừng!\nIV. TỔ CHỨC THỰC HIỆN",
            "Một số khẩu hiệu:\n- Hà Nam xanh, Hà Nam sạch!\n- Làng nào cũng \
             có rừng!\nCác xã báo cáo.",
            "Các xã treo cờ.\nVề khẩu hiệu tuyên truyền, gồm:\n  • Hà Nam \
             xanh, Hà Nam sạch!\n  • Làng nào cũng có rừng!\nHoa Lúa",
        ] {
            assert_eq!(slogans(text), two, "{text}");
        }
        let one = "Thời gian treo cờ và khẩu hiệu: Bắt đầu từ ngày 2/5.\nNội \
                   dung câu khẩu hiệu tuyên truyền: Làng nào cũng có rừng!";
        assert_eq!(slogans(one), [two[1]]);
    }

    #[test]
    fn several_that_are_said_to_follow_need_no_mark() {
        let two = ["Hà Nam xanh, Hà Nam sạch", "Làng nào cũng có rừng"];
        for text in [
            "Ngày hội rừng.\n\nTheo đó, một số khẩu hiệu tuyên truyền Ngày hội \
             rừng như sau:\n\n1. Hà Nam xanh, Hà Nam sạch.\n\n2. Làng nào \
             cũng có rừng.\n\nCác xã làm theo.",
            "Một số Thông điệp Ngày hội rừng năm 2021:\n  • Hà Nam xanh, Hà \
             Nam sạch.\n  • Làng nào cũng có rừng.\nLò Văn Lúa",
            "Treo cờ ở chợ với các khẩu hiệu như sau:\n\n- Hà Nam xanh, Hà Nam \
             sạch.\n\n- Làng nào cũng có rừng.\n\nHết.",
            "Ngày hội rừng.\n\nThông điệp, khẩu hiệu truyền thông:\n1. Hà Nam \
             xanh, Hà Nam sạch;\n2. Làng nào cũng có rừng",
            "Ngày hội rừng.\nVề khẩu hiệu tuyên truyền, gồm:\n• Hà Nam xanh, Hà \
             Nam sạch.\n• Làng nào cũng có rừng.\nHết.",
            "Ngày hội rừng.\nCác khẩu hiệu của ngày hội:\nHà Nam xanh, Hà Nam \
             sạch\nLàng nào cũng có rừng\nCác xã làm theo ngay từ hôm nay.",
        ] {
            assert_eq!(slogans(text), two, "{text}");
        }
    }

    #[test]
    fn what_a_page_puts_between_slogans_ends_no_list() {
        let list = "Một số khẩu hiệu:\n1. Rừng là nhà của ta.\n(Tải tranh cổ \
                    động)\n2. Nước là máu của đất.\n3. Làng nào cũng có rừng.";
        assert_eq!(slogans(list).len(), 3);
        let ended = list.replace("(Tải tranh cổ động)", "Các xã họp chợ.");
        assert_eq!(slogans(&ended), [""; 0]);
    }

    #[test]
    fn a_heading_may_lack_its_colon() {
        let text = "Bà con nghe loa.\n*Thông điệp Ngày hội rừng năm 2024\n1. Rừng \
                    là nhà của ta.\n2. Nước là máu của đất.\n3. Làng nào cũng có \
                    rừng.\nHết.";
        assert_eq!(slogans(text).len(), 3);
        let two = text.replace("3. Làng nào cũng có rừng.\n", "");
        assert_eq!(slogans(&two), [""; 0]);
        let heading = "*Thông điệp Ngày hội rừng năm 2024";
        let own = text.replace(heading, "Một số khẩu hiệu tuyên truyền");
        assert_eq!(slogans(&own).len(), 3);
        let two = own.replace("3. Làng nào cũng có rừng.\n", "");
        assert_eq!(slogans(&two), [""; 0]);
    }

    #[test]
    fn what_only_speaks_of_slogans_leads_no_list() {
        for text in [
            "Khẩu hiệu treo ở chợ phiên do xã làm:\n1. Xã An Hòa lo gỗ.\n2. \
             Xã Bình Minh lo vải.",
            "Treo cờ với các khẩu hiệu ở những nơi:\n- Trước chợ xã An Hòa.\n- \
             Sau chợ xã Bình Minh.",
            "Một số khẩu hiệu đã cũ.\n1. Xã An Hòa lo gỗ.\n2. Xã Bình Minh \
             lo vải.",
            "Một số khẩu hiệu tuyên truyền:\nCác xã báo cáo kết quả treo về \
             huyện.\nBà con cùng làm.",
        ] {
            assert_eq!(slogans(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn messages_in_a_row_are_found() {
        let row = "Các xã loan đi các thông điệp: Rừng là nhà của ta; Nước là \
                   máu của đất; Làng nào cũng có rừng.";
        assert_eq!(slogans(row).len(), 3);
        for lead in [
            "các thông điệp, khẩu hiệu truyền thông cụ thể:",
            "thông điệp truyền thông gồm:",
        ] {
            let row = row.replace("các thông điệp:", lead);
            assert_eq!(slogans(&row).len(), 3, "{row}");
        }
        let row = row.replace("các thông điệp:", "thông điệp này:");
        assert_eq!(slogans(&row), [""; 0]);
        let tasks = "Các xã lo những khẩu hiệu: treo ở chợ; treo ở trường.";
        assert_eq!(slogans(tasks), [""; 0]);
    }

    #[test]
    fn tasks_below_are_refused() {
        let text = "Treo khẩu hiệu:\n1. Xã An Hòa treo trước trụ sở.\n2. Xã \
                    Bình Minh treo ở chợ.";
        assert_eq!(slogans(text), [""; 0]);
    }
}
