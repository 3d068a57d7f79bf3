//! The hits for reading, a few lines each.

use super::{advice, count};
use crate::cli::layout::{Cell, wrap, wrap_text};
use crate::cli::screen::{Screen, harmless};
use crate::index::query::Query;
use crate::index::{Answer, Hit, Snippet};
use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation;

/// Columns before the lines of a hit, in which its number stands.
const MARGIN: usize = 4;

/// Most lines of a headline, and of a passage.
const TITLE_LINES: usize = 2;
const SNIPPET_LINES: usize = 3;

/// What was looked for, inside a text.
const HIT: Style = Style::new().bold();
/// A headline; what was looked for in it.
const TITLE: Style = Style::new().bold();
const TITLE_HIT: Style = Style::new().bold().underline();
/// What stands there to go on from.
const DIM: Style = Style::new().dimmed();

/// The answer as a person reads it.
pub(super) fn render(
    answer: &Answer,
    query: Option<&Query>,
    screen: Screen,
) -> String {
    let mut out = String::new();
    for line in head(answer) {
        push_wrapped(&line, screen, &mut out);
    }
    let numbers = answer.offset + 1..;
    for (number, hit) in numbers.zip(&answer.hits) {
        out.push('\n');
        let label = format!("{number:>2}  ");
        for (i, line) in lines(hit, screen).into_iter().enumerate() {
            let margin = if i == 0 { &*label } else { "    " };
            out.push_str(&format!("{margin}{line}\n"));
        }
    }
    for line in advice::lines(answer, query) {
        push_wrapped(&line, screen, &mut out);
    }
    out
}

fn push_wrapped(line: &str, screen: Screen, out: &mut String) {
    if line.is_empty() {
        out.push('\n');
    }
    for line in wrap_text(&harmless(line), screen.width) {
        out.push_str(&line);
        out.push('\n');
    }
}

/// How much was found, and how it was looked for if not as asked.
fn head(answer: &Answer) -> Vec<String> {
    let total = count(answer.total);
    let shown = answer.hits.len();
    let found = match (answer.total, shown) {
        (0, _) => "nothing found".to_owned(),
        (1, 1) => "1 document".to_owned(),
        (_, 0) => format!("{total} documents"),
        (all, _) if all == shown as u64 => format!("{total} documents"),
        _ => {
            let (first, last) = (answer.offset + 1, answer.offset + shown);
            format!("{first}–{last} of {total} documents")
        }
    };
    let mut out = vec![found];
    if let Some(relaxed) = answer.relaxed
        && answer.total > 0
    {
        out.push(format!(
            "no document has all {} words; these have at least {}",
            relaxed.words, relaxed.least
        ));
    }
    out
}

fn lines(hit: &Hit, screen: Screen) -> Vec<String> {
    let width = screen.width - MARGIN;
    let own = |snippet: &&Snippet| is_title(snippet, hit);
    let title = match (hit.snippets.iter().find(own), &hit.title) {
        (Some(snippet), _) => marked(snippet),
        (None, Some(title)) => plain(title),
        (None, None) => {
            plain(hit.campaign.as_deref().unwrap_or("(no headline)"))
        }
    };
    let mut out = painted(&title, width, TITLE_LINES, screen, TITLE, TITLE_HIT);
    let facts = facts(hit);
    if !facts.is_empty() {
        out.extend(wrap_text(&harmless(&facts), width));
    }
    for snippet in hit.snippets.iter().filter(|snippet| !own(snippet)) {
        let cells = marked(snippet);
        let Some(cells) = news(&cells, snippet, hit) else { continue };
        let lines = SNIPPET_LINES;
        out.extend(painted(cells, width, lines, screen, Style::new(), HIT));
    }
    let mut place = hit.source.path.clone();
    if let Some(url) = &hit.source.url {
        place = format!("{place}  {url}");
    }
    for line in wrap_text(&harmless(&format!("{}  {place}", hit.id)), width) {
        out.push(screen.paint(DIM, &line));
    }
    out
}

/// Whether a passage is the headline itself.
fn is_title(snippet: &Snippet, hit: &Hit) -> bool {
    snippet.field == "title"
        && hit.title.as_deref().is_some_and(|title| {
            title.split_whitespace().eq(snippet.text.split_whitespace())
        })
}

/// The part of a passage that the lines above it do not say already: not the
/// issuer, and not the headline with which a text begins.
fn news<'c>(
    cells: &'c [Cell],
    snippet: &Snippet,
    hit: &Hit,
) -> Option<&'c [Cell]> {
    /// Columns of a passage that is worth a line.
    const WORTH: usize = 24;
    let text = snippet.text.as_str();
    if hit.issuer.as_deref() == Some(text) {
        return None;
    }
    let title = hit.title.as_deref().unwrap_or_default();
    if title.is_empty() || !text.starts_with(title) {
        return Some(cells);
    }
    let behind = &cells[title.graphemes(true).count().min(cells.len())..];
    let width: usize = behind.iter().map(|cell| cell.width).sum();
    (width >= WORTH).then_some(behind)
}

/// Who, what and when: `UBND tỉnh Vĩnh Phúc · Kế hoạch 240/KH-UBND ·
/// 2021-09-16`. The province stands there if the issuer does not name it.
fn facts(hit: &Hit) -> String {
    let issuer = hit.issuer.as_deref().unwrap_or_default();
    let province =
        hit.province.as_deref().filter(|name| !issuer.contains(name));
    let act = [hit.type_name.as_deref(), hit.symbol.as_deref()];
    let act: Vec<&str> = act.into_iter().flatten().collect();
    let act = act.join(" ");
    let parts =
        [Some(issuer), province, Some(act.as_str()), hit.issued.as_deref()];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

fn plain(text: &str) -> Vec<Cell> {
    text.graphemes(true).map(|g| Cell::new(g, None)).collect()
}

/// The cells of a passage; what was looked for is marked.
fn marked(snippet: &Snippet) -> Vec<Cell> {
    let mut at = 0;
    snippet
        .text
        .graphemes(true)
        .map(|grapheme| {
            let start = at;
            at += grapheme.chars().count();
            let mark = snippet
                .marks
                .iter()
                .position(|[from, to]| *from < at && start < *to);
            Cell::new(grapheme, mark)
        })
        .collect()
}

/// Cells as lines, at most `most` of them, those with a mark in another
/// style.
fn painted(
    cells: &[Cell],
    width: usize,
    most: usize,
    screen: Screen,
    usual: Style,
    hit: Style,
) -> Vec<String> {
    let lines = wrap(cells, width);
    let cut = lines.len() > most;
    let last = most.min(lines.len()).saturating_sub(1);
    let mut out = Vec::new();
    for (i, line) in lines.into_iter().take(most).enumerate() {
        let mut text = String::new();
        let mut rest = line;
        while let Some(first) = rest.first() {
            let same = |cell: &&Cell| cell.mark == first.mark;
            let length = rest.iter().take_while(same).count();
            let (run, behind) = rest.split_at(length);
            let words: String = run.iter().map(|c| c.text.as_str()).collect();
            let style = if first.mark.is_some() { hit } else { usual };
            text.push_str(&paint(screen, style, &words));
            rest = behind;
        }
        if cut && i == last {
            text.push_str(" …");
        }
        out.push(text);
    }
    out
}

/// A plain style needs no signs.
fn paint(screen: Screen, style: Style, text: &str) -> String {
    if style.is_plain() { text.to_owned() } else { screen.paint(style, text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{HitSource, Relaxed, SearchOptions, Slip, Suggestion};

    fn answer() -> Answer {
        let mut answer = Answer::empty("vùng xanh", &SearchOptions::default());
        answer.total = 1203;
        answer.hits.push(Hit {
            id: "e33dec6bc7837765".to_owned(),
            score: 12.5,
            kind: "announcement".to_owned(),
            title: Some("Vĩnh Phúc phát động giữ vững vùng xanh".to_owned()),
            issuer: Some("UBND tỉnh Vĩnh Phúc".to_owned()),
            province: Some("Vĩnh Phúc".to_owned()),
            type_name: Some("Kế hoạch".to_owned()),
            symbol: Some("240/KH-UBND".to_owned()),
            issued: Some("2021-09-16".to_owned()),
            campaign: None,
            source: HitSource { path: "tin/a.txt".to_owned(), url: None },
            snippets: vec![
                Snippet {
                    field: "title".to_owned(),
                    text: "Vĩnh Phúc phát động giữ vững vùng xanh".to_owned(),
                    marks: vec![[29, 38]],
                },
                Snippet {
                    field: "contents".to_owned(),
                    text: "… giữ vững “vùng xanh”, chiến thắng đại dịch …"
                        .to_owned(),
                    marks: vec![[12, 21]],
                },
            ],
        });
        answer
    }

    const PLAIN: Screen = Screen { width: 60, colour: false };
    const COLOUR: Screen = Screen { width: 60, colour: true };

    #[test]
    fn a_hit_is_read_at_a_glance() {
        assert_eq!(
            render(&answer(), None, PLAIN),
            "\
1–1 of 1,203 documents

 1  Vĩnh Phúc phát động giữ vững vùng xanh
    UBND tỉnh Vĩnh Phúc · Kế hoạch 240/KH-UBND · 2021-09-16
    … giữ vững “vùng xanh”, chiến thắng đại dịch …
    e33dec6bc7837765  tin/a.txt

more: --offset 1
"
        );
    }

    #[test]
    fn nothing_is_said_twice() {
        let mut answer = answer();
        let title = answer.hits[0].title.clone().unwrap();
        let snippet = |field: &str, text: String| Snippet {
            field: field.to_owned(),
            text,
            marks: Vec::new(),
        };
        answer.hits[0].snippets = vec![
            snippet("issuer", "UBND tỉnh Vĩnh Phúc".to_owned()),
            snippet("text", format!("{title} Ngày 16/9, tỉnh phát động …")),
            snippet("text", format!("{title} 2021")),
        ];
        let text = render(&answer, None, PLAIN);
        assert_eq!(text.matches("Vĩnh Phúc phát động").count(), 1, "{text}");
        assert_eq!(text.matches("UBND tỉnh Vĩnh Phúc").count(), 1, "{text}");
        assert!(text.contains("    Ngày 16/9, tỉnh phát động …\n"), "{text}");
    }

    #[test]
    fn what_was_looked_for_is_bold_on_a_terminal() {
        let text = render(&answer(), None, COLOUR);
        assert!(text.contains("“\u{1b}[1mvùng xanh\u{1b}[0m”"), "{text:?}");
        assert!(text.contains("\u{1b}[1m\u{1b}[4mvùng xanh\u{1b}[0m"));
    }

    #[test]
    fn texts_cannot_command_the_terminal() {
        let mut answer = answer();
        answer.hits[0].title = Some("a\x1b[2Jb\n1–9".to_owned());
        answer.hits[0].source.path = "x\x1b]0;y".to_owned();
        answer.hits[0].snippets.clear();
        let text = render(&answer, None, PLAIN);
        assert!(!text.contains('\x1b'), "{text:?}");
        assert!(text.contains("a␛[2Jb"), "{text}");
    }

    #[test]
    fn nothing_found_comes_with_advice() {
        let mut answer =
            Answer::empty("vinhx phucs", &SearchOptions::default());
        answer.did_you_mean.push(Suggestion {
            query: "vĩnh phúc".to_owned(),
            slip: Slip::Telex,
            total: Some(12),
        });
        let query = Query::parse("vinhx phucs").unwrap();
        let text = render(&answer, Some(&query), PLAIN);
        assert!(text.starts_with("nothing found\n"), "{text}");
        assert!(
            text.contains("did you mean “vĩnh phúc”? (12 documents)"),
            "{text}"
        );
    }

    #[test]
    fn words_that_were_let_go_are_told() {
        let mut answer = answer();
        answer.relaxed = Some(Relaxed { words: 5, least: 3 });
        answer.facets = None;
        let text = render(&answer, None, PLAIN);
        assert!(
            text.contains("no document has all 5 words; these have at least 3")
        );
    }
}
