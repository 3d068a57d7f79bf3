//! The parts of a page of text: headline, dateline, body, byline, furniture.
//!
//! # What it finds
//! The headline is the first line that is no furniture, if it does not read
//! like a sentence of the body. A dateline is a short line near the top with
//! a full date and little else (`Thứ Năm, 09/02/2023 - 08:15`). What follows
//! `Các tin khác:` and the like is furniture of the page and read no further.
//!
//! # What it must refuse
//! Leads (`Ngày 1/10, UBND tỉnh ban hành …`), captions, breadcrumbs, the
//! header of an official paper (`Thái Bình, ngày 08 tháng 9 năm 2017`).
//!
//! # Known limits
//! A headline of more than 230 characters is taken for a paragraph.

mod site;
mod title;

use super::dates::Form;
use super::symbol::Symbol;
use super::{head, stamp, window};
use crate::lexicon::scan::{Rule, Scan};
use crate::lexicon::word_lists;
use crate::text::{Line, Norm, Span, Text};
use site::{is_caption, is_label, is_section};
use std::sync::LazyLock;
use title::is_title;

/// Bytes that a lead above the stamp has at least.
const SHORTEST_LEAD: usize = 90;

/// Lines below a stamp that may begin with the lead again.
const AGAIN: usize = 8;

/// Where the parts of a document are.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The headline.
    pub title: Option<Span<Norm>>,
    /// The date in the dateline.
    pub dateline: Option<Form>,
    /// Index of the first line behind headline and dateline.
    pub first_line: usize,
    /// Byte at which the furniture behind the article begins.
    pub end: usize,
    /// The author's line.
    pub byline: Option<Span<Norm>>,
    /// Header of an official paper: from the name of the State or the Party
    /// to the place and date.
    pub header: Option<Span<Norm>>,
}

/// Lines around an article that are none of it.
static FURNITURE: LazyLock<Rule> =
    LazyLock::new(|| Rule::new("layout.furniture"));

/// Lines behind which nothing belongs to the article.
static END: LazyLock<Rule> = LazyLock::new(|| Rule::new("layout.end"));

/// Finds the parts.
///
/// `headline` is where the reader of the page saw it, if it was a page.
pub fn find(
    text: &Text,
    scan: &Scan,
    dates: &[Form],
    symbols: &[Symbol],
    headline: Option<Span<Norm>>,
) -> Layout {
    let lines = text.lines();
    let end = end_of_article(text, scan, lines);
    let header = head::find(text, dates, symbols);
    let mut layout = Layout {
        title: None,
        dateline: None,
        first_line: 0,
        end,
        byline: None,
        header,
    };
    let top = Top { text, scan, dates, symbols, lines, header };
    let i = top.headline(&mut layout, headline);
    top.below(&mut layout, i);
    if layout.dateline.is_none() {
        layout.dateline = stamp::agency(text, lines, i, dates);
    }
    if layout.dateline.is_none() {
        layout.dateline = stamp::closing(text, lines, dates, symbols, end);
    }
    if layout.title.is_none()
        && let Some(header) = layout.header
    {
        layout.title = head::heading(text, lines, header);
    }
    // The last name of an official paper is its signer's.
    if layout.header.is_none() {
        layout.byline = byline(text, lines, layout.first_line, end);
    }
    layout
}

/// What is looked at above the body.
struct Top<'t> {
    text: &'t Text,
    scan: &'t Scan<'t>,
    dates: &'t [Form],
    symbols: &'t [Symbol],
    lines: &'t [Line],
    header: Option<Span<Norm>>,
}

impl Top<'_> {
    /// Finds the headline and the stamp above it, or at its end. Returns the
    /// line behind it.
    fn headline(
        &self,
        layout: &mut Layout,
        given: Option<Span<Norm>>,
    ) -> usize {
        let (text, lines) = (self.text, self.lines);
        let is_blank =
            |span: Span<Norm>| span.of(text.norm()).trim().is_empty();
        if let Some(span) = given.filter(|h| !is_blank(*h)) {
            layout.title = Some(span);
            return lines.partition_point(|l| l.span.start < span.end);
        }
        let mut i = self.behind_site_name(self.first_line());
        // Above the head of a paper the few words of a site's name are no
        // headline.
        while let Some(line) = lines.get(i)
            && self.header.is_some_and(|h| h.start > line.span.start)
            && !head::names_a_kind(text, *line)
            && self.stamp(*line).is_none()
            && line.span.of(text.norm()).split(' ').take(5).count() <= 4
        {
            i = self.skip(i + 1);
        }
        while let Some(line) = lines.get(i)
            && self.is_above_header(*line)
            && let Some(form) = self.stamp(*line)
            && !stamp::is_over_stamp(text, *line, lines.get(i + 1), self.dates)
            && i < 6
        {
            // The nearest to the headline, unless a word tells which.
            let known = layout.dateline.is_some()
                && lines[..i].iter().any(|l| stamp::is_labelled(text, *l));
            if !known || stamp::is_labelled(text, *line) {
                layout.dateline = Some(form);
            }
            i = self.skip_labels(self.skip(i + 1));
            i = self.behind_site_name(i);
        }
        if let Some(line) = lines.get(i)
            && self.is_above_header(*line)
            && let Some((span, next)) = self.title(i)
        {
            let (span, form) = stamp::cut_from_headline(text, span, self.dates);
            layout.title = Some(span);
            // The headline may be said again below its stamp.
            let between =
                || lines[i + 1..next].iter().find_map(|l| self.stamp(*l));
            layout.dateline = form.or_else(between).or(layout.dateline);
            i = next;
        }
        i
    }

    /// The title that begins in line `i`, and the line behind it.
    fn title(&self, i: usize) -> Option<(Span<Norm>, usize)> {
        let (text, lines) = (self.text, self.lines);
        if head::is_kind_alone(text, lines[i]) {
            let (span, next) = head::whole_heading(text, lines, i);
            let in_capitals = head::is_capitals(lines[i].span.of(text.norm()));
            let told = lines.get(i + 1).is_some_and(|l| {
                let words = l.span.of(text.lower());
                words.starts_with("về ") || words.starts_with("v/v")
            });
            if next > i + 1 && (in_capitals || told) {
                return Some((span, next));
            }
        }
        // What a letter is about may stand once more above its head.
        let about = i == 0
            && self.header.is_some()
            && lines[0].span.of(text.lower()).starts_with("v/v");
        if !is_title(text, lines, i) && !self.stands_over_dateline(i) && !about
        {
            return None;
        }
        // The way to the page may have the headline cut short.
        let words = lines[i].span.of(text.norm());
        let cut = words.trim_end_matches(['.', '…', ' ']);
        // What is only said again, with its full stop, is not longer.
        let said = cut;
        // Half a syllable may be its last.
        let cut = match cut.rsplit_once(' ') {
            Some((whole, _)) if cut.len() < words.len() => whole,
            _ => words,
        };
        let whole = lines[i + 1..].iter().take(5).position(|l| {
            let longer = l.span.of(text.norm());
            cut.len() < words.len()
                && cut.len() > 40
                && longer.len() > cut.len() + 4
                && longer.trim_end_matches(['.', ' ']) != said
                && longer.starts_with(cut)
        });
        let i = whole.or_else(|| self.said_below(i)).map_or(i, |n| i + 1 + n);
        // What a page leaves before a headline that it could not fill in.
        let start = match words.strip_prefix("null ") {
            Some(rest) => lines[i].span.end - rest.len(),
            None => lines[i].span.start,
        };
        // The edge of a table's cell.
        let words = text.norm()[start..lines[i].span.end].trim_end();
        let end = start + words.trim_end_matches(['|', ' ']).len();
        let cell = words.len() - words.trim_start_matches(['|', ' ']).len();
        if self.goes_on(i) {
            let end = lines[i + 1].span.end;
            return Some((Span::new(start + cell, end), i + 2));
        }
        Some((Span::new(start + cell, end), i + 1))
    }

    /// The line, counted from the next, that says the end of line `i` again:
    /// the headline, which the way to the page leads up to (`Trang chủ Tin
    /// trong tỉnh Hà Nam trồng rừng`).
    fn said_below(&self, i: usize) -> Option<usize> {
        let norm = self.text.norm();
        let words = self.lines[i].span.of(norm);
        self.lines[i + 1..].iter().take(5).position(|l| {
            let again = l.span.of(norm).trim();
            let way = words.strip_suffix(again);
            way.is_some_and(|way| way.ends_with(' '))
                && again.starts_with(char::is_uppercase)
                && again.split(' ').take(6).count() > 5
        })
    }

    /// Whether the dateline follows, under which no lead stands above: a
    /// headline, however long.
    fn stands_over_dateline(&self, i: usize) -> bool {
        i == 0
            && self.lines[0].span.of(self.text.norm()).chars().count() < 420
            && self.lines.get(1).is_some_and(|l| self.stamp(*l).is_some())
    }

    /// Finds the stamp below the headline, behind which line `i` stands, and
    /// where the body begins.
    fn below(&self, layout: &mut Layout, i: usize) {
        let (text, lines) = (self.text, self.lines);
        layout.first_line = i;
        for (n, line) in lines.iter().enumerate().skip(i).take(6) {
            if !self.is_above_header(*line) {
                break;
            }
            if let Some(form) = self.stamp(*line) {
                let sure = layout.dateline.is_none()
                    || n == i
                    || stamp::is_labelled(text, *line);
                if sure {
                    layout.dateline = Some(form);
                    // Behind the last words it closes the text.
                    let rest = &lines[n + 1..];
                    let last = rest
                        .iter()
                        .all(|l| l.span.of(text.norm()).trim().is_empty());
                    let lead =
                        (layout.title.is_some() || last) && self.leads(i, n);
                    layout.first_line = if lead { i } else { n + 1 };
                }
                break;
            }
        }
        layout.first_line = self.skip(layout.first_line);
        // A headline may stand below its dateline.
        if layout.title.is_none()
            && layout.dateline.is_some()
            && layout.first_line > 0
            && layout.header.is_none()
            && is_title(text, lines, layout.first_line)
        {
            layout.title = Some(lines[layout.first_line].span);
            layout.first_line += 1;
        }
    }

    /// Whether a lead stands between headline and stamp, in lines `i..n`,
    /// that the body below does not begin with again.
    fn leads(&self, i: usize, n: usize) -> bool {
        let norm = self.text.norm();
        let (above, below) = (&self.lines[i..n], &self.lines[n + 1..]);
        above.iter().map(|l| l.span.of(norm).trim()).any(|words| {
            let whole = words.len() > SHORTEST_LEAD
                && words.ends_with(['.', '…', '”'])
                // `(TTXVN) - …`: the mark of a newsroom opens it.
                && words.starts_with(|c: char| c.is_uppercase() || c == '(');
            let first = window::after(words, 0, SHORTEST_LEAD);
            let mut below = below.iter().take(AGAIN).map(|l| l.span.of(norm));
            whole && !below.any(|l| l.trim_start().starts_with(first))
        })
    }

    fn is_above_header(&self, line: Line) -> bool {
        self.header.is_none_or(|h| h.start > line.span.start)
    }

    fn stamp(&self, line: Line) -> Option<Form> {
        let paper = self.header.is_some();
        stamp::of_line(self.text, line, self.dates, self.symbols, paper)
    }

    /// The first line from `i` on that is no furniture.
    fn skip(&self, i: usize) -> usize {
        let rest = self.lines.get(i..).unwrap_or_default().iter();
        let skipped = rest.take_while(|l| {
            is_furniture(self.text, self.scan, **l) && !self.is_stamped(**l)
        });
        i + skipped.count()
    }

    /// `Print Thứ bảy, 08/02/2020`: the buttons of the page beside its stamp.
    fn is_stamped(&self, line: Line) -> bool {
        let words = line.span.of(self.text.lower());
        word_lists::begins("layout.stamp_buttons", words)
            && self.stamp(line).is_some()
    }

    /// The first line that is neither furniture nor the name of the site or
    /// the section.
    fn first_line(&self) -> usize {
        let (text, lines) = (self.text, self.lines);
        // Above the line with which to log in stands the site's banner.
        let banner = lines.iter().take(6).rposition(|l| {
            let words = l.span.of(text.lower());
            words.len() < 90
                && words.split('|').any(|cell| {
                    let short = cell.split_whitespace().count() <= 4;
                    short && word_lists::begins("layout.banners", cell.trim())
                })
        });
        self.skip_labels(self.skip(banner.map_or(0, |n| n + 1)))
    }

    /// The first line from `i` on that is no name of a section.
    fn skip_labels(&self, mut i: usize) -> usize {
        let (text, lines) = (self.text, self.lines);
        while let Some(line) = lines.get(i)
            && lines.len() > i + 2
            && self.is_above_header(*line)
            && (is_label(line.span.of(text.norm()))
                || is_section(line.span.of(text.lower()))
                    && (is_title(text, lines, i + 1)
                        || self.stamp(lines[i + 1]).is_some()))
        {
            i = self.skip(i + 1);
        }
        i
    }
}

fn is_furniture(text: &Text, scan: &Scan, line: Line) -> bool {
    let words = line.span.of(text.lower());
    let words = words.trim_start_matches(['-', '*', '>', '|', ' ', '«', '›']);
    words.is_empty()
        || !words.contains(char::is_alphanumeric)
        || words.len() < 360
            && FURNITURE.is_match(words, scan)
            && words.chars().count() < 90
        || is_caption(words)
        || words.len() < 360
            && word_lists::inside("layout.furniture_inside", words)
        || words.len() < 200 && words.matches('>').count() >= 2
}

fn end_of_article(text: &Text, scan: &Scan, lines: &[Line]) -> usize {
    // What stands above the first paragraph ends nothing.
    let body = lines.iter().position(|l| l.span.len() > PARAGRAPH);
    let first = body.map_or(3.min(lines.len() / 2), |n| n + 1);
    lines
        .iter()
        .enumerate()
        .skip(first)
        .filter(|(_, l)| l.span.len() < 160)
        .find(|(i, l)| {
            let words = l.span.of(text.lower());
            // A vote about the article stands right behind it, however much
            // of the page follows.
            word_lists::begins("layout.sure_ends", words)
                || END.is_match(words, scan)
                    && (*i * 2 >= lines.len() || heads_links(text, lines, *i))
        })
        .map_or(text.norm().len(), |(_, l)| l.span.start)
}

/// Bytes of a line from which it is a paragraph.
const PARAGRAPH: usize = 200;

/// Whether only headlines stand below line `i`, each behind a dash: the page
/// ends there, however short the article is.
fn heads_links(text: &Text, lines: &[Line], i: usize) -> bool {
    let filled = |l: &&Line| !l.span.of(text.norm()).trim().is_empty();
    let mut below = lines[i + 1..].iter().filter(filled).peekable();
    below.peek().is_some()
        && below.all(|l| {
            let words = l.span.of(text.norm()).trim_start();
            let link = words.strip_prefix(['-', '•', '*', '+']);
            link.is_some_and(|w| w.starts_with(' ')) && !words.ends_with(';')
        })
}

/// Longest line that may be a byline, in bytes: twelve words.
const LONGEST_BYLINE: usize = 240;

/// The author's line at the end: a few capitalised words.
fn byline(
    text: &Text,
    lines: &[Line],
    first: usize,
    end: usize,
) -> Option<Span<Norm>> {
    let body = lines.get(first + 1..).unwrap_or_default();
    let line = body
        .iter()
        .rev()
        .filter(|l| l.span.start < end)
        .take(3)
        .find(|l| is_byline(l.span.of(text.norm())))?;
    Some(line.span)
}

fn is_byline(words: &str) -> bool {
    if words.len() > LONGEST_BYLINE {
        return false;
    }
    if words.ends_with([';', ':']) {
        return false;
    }
    // `II- NỘI DUNG` and `Điều 5. Hiệu lực` are no names.
    let marked =
        words.split(' ').next().is_some_and(|w| {
            w.ends_with(['-', ')', '/']) && !w.starts_with('(')
        }) || words.starts_with("Điều ")
            || words.bytes().any(|b| b.is_ascii_digit());
    if marked || words.contains("Ảnh minh họa") {
        return false;
    }
    let credit = word_lists::begins("layout.credits", words);
    if !credit && !words.starts_with(|c: char| !c.is_lowercase()) {
        return false;
    }
    let count = words.split_whitespace().take(13).count();
    let names = words
        .split_whitespace()
        .filter(|w| !word_lists::has("layout.between_names", w))
        .all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '('));
    credit && count <= 12
        || names && (1..=6).contains(&count) && !words.ends_with('.')
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::{read, record};

    const PAGE: &str = "Trang chủ\nHà Nam thi đua làm đường\n\n\
        Thứ Năm, 09/02/2023 - 08:15\n\nNgày 8/2, UBND tỉnh họp bàn.\n\n\
        Các xã dự họp.\n\nTrần Văn Lúa\n\nTin liên quan\nXã An Hòa làm cầu";

    #[test]
    fn a_stamp_may_close_a_lead_with_its_newsroom() {
        let lead = "(THHN) - UBND tỉnh Hà Nam vừa ban hành Kế hoạch số \
                    7/KH-UBND về việc làm đường nối các thôn ven sông với chợ.";
        let text = format!(
            "Hà Nam làm đường\n\n{lead}\n\nThứ năm, 09/02/2023 17:14\nNguồn: \
             Báo Tre"
        );
        let found = record(&text);
        assert_eq!(found.kind, crate::record::Kind::Announcement);
        assert_eq!(found.published.unwrap().value, "2023-02-09");
        // A lead that is said again below the stamp is no body.
        let twice = format!("{text}\n\n{lead}\n\nCác xã hiến đất.");
        read(&twice, |reading| {
            assert!(reading.sentences()[0].start > lead.len());
        });
    }

    #[test]
    fn rows_of_properties_are_no_headline() {
        let text = "Thuộc tính văn bản\nSố hiệu: 7/KH-UBND\nLoại văn bản: Kế \
                    hoạch\nNgười ký: Hoa Lúa\nHà Nam trồng rừng ven sông\n\nSáng \
                    nay, các xã họp.\n\nCác thôn dự.";
        let title = record(text).title.map(|t| t.text);
        assert_eq!(title.as_deref(), Some("Hà Nam trồng rừng ven sông"));
    }

    const HEAD: &str = "UBND TỈNH HÀ NAM\n-----\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA \
        VIỆT NAM\n\nSố: 7/KH-UBND\n\nHà Nam, ngày 8 tháng 7 năm 2019\n\n";

    #[test]
    fn the_name_of_a_site_above_a_paper_is_no_headline() {
        let body = "KẾ HOẠCH\n\nTRỒNG TRE VEN SÔNG NĂM 2019\n\nUBND tỉnh trồng \
                    tre.";
        let title = |top: &str| {
            let text = format!("{top}\n\n{HEAD}{body}");
            record(&text).title.map(|t| t.text)
        };
        let heading = "KẾ HOẠCH TRỒNG TRE VEN SÔNG NĂM 2019";
        for top in ["Tre Việt", "Đang tải nội dung, vui lòng chờ…"]
        {
            assert_eq!(title(top).as_deref(), Some(heading), "{top}");
        }
        for top in ["Kế hoạch 7/KH-UBND", "Hà Nam trồng tre ven sông"] {
            assert_eq!(title(top).as_deref(), Some(top));
        }
    }

    #[test]
    fn a_heading_may_have_lost_its_kind() {
        let title = |line: &str| {
            let text = format!("{HEAD}{line}\nThực hiện Luật Lâm nghiệp;");
            record(&text).title.map(|t| t.text)
        };
        let name = "TRỒNG TRE VEN SÔNG NĂM 2019";
        assert_eq!(title(name).as_deref(), Some(name));
        assert_eq!(title("ỦY BAN NHÂN DÂN TỈNH HÀ NAM"), None);
    }

    #[test]
    fn a_headline_may_end_with_a_full_stop() {
        let tail = "tổ chức ngày hội trồng tre ven sông để giữ đất và giữ làng \
                    cho mọi nhà trong xã.";
        let title = |head: &str| {
            let lead = format!("Sáng nay, các thôn {tail} Bà con vui.");
            let text = format!("{head} {tail}\n\n{lead}");
            record(&text).title.map(|t| t.text)
        };
        assert!(title("Xã An Hòa").is_some());
        // The lead, said twice.
        assert_eq!(title("Sáng nay, các thôn"), None);
        // A lead that tells its day may stand right below.
        let below = |day: &str| {
            let text =
                format!("Xã An Hòa {tail}\n{day} xã An Hòa {tail}\nHết.");
            record(&text).title.is_some()
        };
        assert!(below("Ngày 5/6/2023"));
        assert!(!below("Vừa rồi,"));
    }

    #[test]
    fn the_mark_of_a_newsroom_opens_a_lead() {
        let title = |line: &str| {
            let text = format!("{line}\n\nCác xã dự họp. Các thôn cũng dự.");
            record(&text).title.map(|t| t.text)
        };
        assert_eq!(title("(VOV) - Sáng nay, Hà Nam họp bàn trồng tre"), None);
        let name = "(Bài 2) Hà Nam trồng tre ven sông";
        assert_eq!(title(name).as_deref(), Some(name));
    }

    #[test]
    fn the_full_name_of_a_paper_may_end_with_a_full_stop() {
        let name = "Kế hoạch số 7/KH-UBND ngày 8/7/2019 của UBND tỉnh Hà Nam về \
                    trồng rừng ven sông và giữ rừng ven biển của các xã.";
        let text = format!("{name}\nI- Tình Hình\n- Rừng đã mất.\n- Đất trôi.");
        assert_eq!(record(&text).title.map(|t| t.text).as_deref(), Some(name));
        let story = format!("{name}\nCác xã họp.\nCác thôn dự.");
        assert!(record(&story).title.is_none());
    }

    #[test]
    fn a_named_day_may_open_a_headline() {
        let name = "Ngày hội trồng tre và giữ đất bãi của bà con các xã ven sông \
                    Hà Nam lần này đông vui hơn";
        let text = format!("{name}\n\nSáng nay, các xã họp.\n\nCác thôn dự.");
        assert_eq!(record(&text).title.map(|t| t.text).as_deref(), Some(name));
        let text = text.replace("Ngày hội", "Ngày 5/8 mở hội");
        assert!(record(&text).title.is_none());
    }

    #[test]
    fn a_headline_said_again_below_its_stamp_keeps_it() {
        let text = "XÃ AN HÒA MỞ HỘI LÀNG.\n\nThứ sáu - 10/05/2013 04:58\n\n\
                    XÃ AN HÒA MỞ HỘI LÀNG.\n\nSáng nay, các xã họp.";
        let found = record(text);
        assert_eq!(found.published.unwrap().value, "2013-05-10");
    }

    #[test]
    fn a_lead_above_the_stamp_is_of_the_body() {
        let lead = "Sáng nay, tại chợ huyện, Ủy ban nhân dân tỉnh Hà Nam tổ chức \
                    họp bàn chuyện trồng tre giữ đất.";
        let page = format!(
            "Làng vui hội\n\n{lead}\n09/02/2023 08:15\n\nBà con kéo đến."
        );
        let top = |text: &str| {
            read(text, |reading| {
                reading.sentences()[0].of(reading.norm()).to_owned()
            })
        };
        assert_eq!(top(&page), lead);
        // A stamp behind the last words closes a text without a headline.
        let text = format!(
            "{lead}\n\nBà con các xã kéo nhau đến đông như hội, ai cũng mang theo \
             một gốc tre của làng mình.\n\nLò Lúa - hanam.gov.vn 09/02/2023"
        );
        assert_eq!(top(&text), lead);
        // Said again below, it is there.
        let again = page.replace("Bà con", &format!("{lead}\n\nBà con"));
        read(&again, |reading| assert_eq!(reading.sentences().len(), 2));
    }

    #[test]
    fn the_parts_of_a_page_are_found() {
        read(PAGE, |reading| {
            let layout = &reading.layout;
            let words = |span: crate::text::Span<_>| span.of(reading.norm());
            assert_eq!(
                layout.title.map(words),
                Some("Hà Nam thi đua làm đường")
            );
            let day = layout.dateline.unwrap().value.to_string();
            assert_eq!(day, "2023-02-09");
            assert_eq!(layout.byline.map(words), Some("Trần Văn Lúa"));
            assert!(reading.norm()[layout.end..].starts_with("Tin liên quan"));
            assert!(layout.header.is_none());
        });
    }

    #[test]
    fn the_name_of_the_site_and_the_section_are_no_headline() {
        for top in [
            "Văn hóa - Xã hội\n",
            "TIN TRONG TỈNH\n\n",
            "Hành trình xanh\nĐăng ký mua báo|Đăng nhập\n",
            "Tin tức Tin tức\n",
            "Portal\n",
        ] {
            read(&PAGE.replace("Trang chủ\n", top), |reading| {
                let title = reading.layout.title.unwrap().of(reading.norm());
                assert_eq!(title, "Hà Nam thi đua làm đường", "{top}");
            });
        }
        let own = "Hướng dẫn đăng nhập cổng dịch vụ công của Hà Nam\n";
        read(
            &PAGE.replace("Hà Nam thi đua làm đường\n", own),
            |reading| {
                let title = reading.layout.title.unwrap().of(reading.norm());
                assert_eq!(title, own.trim_end());
            },
        );
    }

    #[test]
    fn a_vote_about_the_article_ends_it() {
        let more = "\nXã An Hòa làm cầu\nXã Bình Minh trồng cây".repeat(9);
        let text = format!("{PAGE}{more}").replace(
            "Tin liên quan",
            "Cảm nhận của bạn về bài viết này\n- Bổ ích\n- Hữu ích",
        );
        read(&text, |reading| {
            let rest = &reading.norm()[reading.layout.end..];
            assert!(rest.starts_with("Cảm nhận"));
        });
    }

    #[test]
    fn links_end_an_article_however_short() {
        let end = |links: &str| {
            let text = format!(
                "Ngày 8/2/2023, UBND tỉnh Hà Nam ra công văn gửi các xã \
                 ven sông về việc trồng tre, trồng chè, giữ đất bãi, giữ nước \
                 cho các thôn xóm, chợ và trường trước mùa lũ năm nay.\nXem \
                 tệp.\nTin liên quan\n{links}"
            );
            read(&text, |r| r.norm()[r.layout.end..].starts_with("Tin"))
        };
        assert!(end("- Xã A làm cầu\n- Xã B làm đường\n- Xã C làm chợ"));
        assert!(!end("- Xã A làm cầu\nBà con vui.\nCác thôn dự.\nHết."));
    }

    #[test]
    fn tools_above_the_body_end_nothing() {
        let body = "Ngày 8/2/2023, UBND tỉnh Hà Nam ra công văn gửi các xã ven \
                    sông về việc trồng tre, trồng chè, giữ đất bãi, giữ nước \
                    cho các thôn xóm, chợ và trường trước mùa lũ năm nay.";
        let text = format!(
            "Hà Nam trồng tre\n\nTăng\nGiảm\nBình luận\nIn bài viết\n{body}"
        );
        read(&text, |r| assert_eq!(r.layout.end, r.norm().len()));
    }

    #[test]
    fn a_lead_is_no_headline_and_no_dateline() {
        let text = "Ngày 8/2/2023, UBND tỉnh Hà Nam họp bàn việc làm đường.\n\
                    Các xã dự họp.";
        read(text, |reading| {
            assert!(reading.layout.title.is_none());
            assert!(reading.layout.dateline.is_none());
            assert_eq!(reading.layout.end, reading.norm().len());
        });
    }

    #[test]
    fn the_head_of_a_paper_ends_with_its_day() {
        let text = "UBND TỈNH THÁI BÌNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
                    Số: 71/KH-UBND\nThái Bình, ngày 08 tháng 9 năm 2017\n\
                    KẾ HOẠCH\nTrồng rừng ven biển\nTỉnh giao các xã trồng rừng.";
        read(text, |reading| {
            let head = reading.layout.header.unwrap();
            assert!(head.of(reading.norm()).ends_with("năm 2017"));
            let title = reading.layout.title.unwrap().of(reading.norm());
            assert!(title.starts_with("KẾ HOẠCH\nTrồng rừng"), "{title}");
        });
    }
}
