//! What a site leaves above a headline: its name, its motto, the name of the
//! section, the words below a picture.
//!
//! # What it finds
//! A few words with a headline below that stands over or under the stamp of
//! the page; a line that is nothing but the name of a body or a place above a
//! stamp; a lead above its headline.
//!
//! # What it must refuse
//! A short headline over its own stamp.
//!
//! # Known limits
//! The name of a site above a headline without a stamp is taken for the
//! headline, if no list knows it.

use super::{Top, is_title};
use crate::extract::head;
use crate::extract::window::count_words;
use crate::lexicon::word_lists;
use memchr::memmem::FinderRev;
use std::sync::LazyLock;

impl Top<'_> {
    /// The line behind the name or the motto of the site, if line `i` is one:
    /// few words, with a headline below that stands over or under the stamp.
    pub(super) fn behind_site_name(&self, i: usize) -> usize {
        let (text, lines) = (self.text, self.lines);
        let Some(line) = lines.get(i).filter(|l| self.is_above_header(**l))
        else {
            return i;
        };
        let words = line.span.of(text.norm());
        let count = count_words(words);
        let stamp =
            |n: usize| lines.get(n).is_some_and(|l| self.stamp(*l).is_some());
        // Some pages put the lead above the headline.
        let lead = count > 7 && words.ends_with('.');
        if lead
            && !is_title(text, lines, i)
            && is_title(text, lines, i + 1)
            && self.is_above_header(lines[i + 1])
            && self.stamp(lines[i + 1]).is_none()
            && stamp(self.skip(i + 2))
        {
            return i + 1;
        }
        let below = self.behind_letterhead(i);
        if below > i + 1 && self.heads_a_story(below) {
            return below;
        }
        // `Chào mừng Đại hội Đảng bộ tỉnh …` hangs over the whole site.
        if self.greets(i) && !self.greets(i + 1) && self.heads_a_story(i + 1) {
            return i + 1;
        }
        if let Some(next) = self.behind_banner(i, count) {
            return next;
        }
        if count > 7 || words.ends_with(['.', ':', '?', '!']) {
            return i;
        }
        let headline = |n: usize| {
            let Some(line) = lines.get(n) else { return false };
            let words = line.span.of(text.norm());
            is_title(text, lines, n)
                && !words.ends_with('.')
                && self.stamp(*line).is_none()
                && self.is_above_header(*line)
                && count_words(words) > count.max(4)
        };
        let few = |n: usize| {
            lines.get(n).is_some_and(|l| {
                let words = l.span.of(text.norm());
                count_words(words) <= 7 && self.stamp(*l).is_none()
            })
        };
        let below = self.skip(i + 1);
        // More than one such line may stand there.
        let found = (below..below + 3)
            .take_while(|n| (i..*n).all(few))
            .find(|n| headline(*n) && stamp(self.skip(n + 1)));
        if let Some(found) = found {
            return found;
        }
        // The tag by which a page lists articles is in small letters.
        if words.starts_with(char::is_lowercase)
            && count <= 5
            && headline(i + 1)
        {
            return i + 1;
        }
        // Of a stamp right below it is only known that a name has no other.
        let name = is_site(words, line.span.of(text.lower()));
        if name && stamp(below) && headline(self.skip(below + 1)) {
            return below;
        }
        i
    }

    /// The line behind the name of a portal, of a section in capitals or of a
    /// body with a colon, if line `i` with so many words is one.
    fn behind_banner(&self, i: usize, count: usize) -> Option<usize> {
        let (text, lines) = (self.text, self.lines);
        let line = lines.get(i)?;
        let (words, lower) =
            (line.span.of(text.norm()), line.span.of(text.lower()));
        let capitals = count > 1 && head::is_capitals(words);
        // `CỔNG THÔNG TIN SỞ NÔNG NGHIỆP TỈNH …` may be long.
        if capitals
            && word_lists::begins("layout.portals", lower)
            && lines.len() > i + 2
        {
            let next = self.skip_labels(self.skip(i + 1));
            return Some(self.behind_site_name(next));
        }
        // `Đảng ủy Khối các cơ quan tỉnh:` above what it has done.
        let speaker = words.ends_with(':')
            && word_lists::begins("issuer.unit_heads", lower)
            && self.heads_a_story(i + 1);
        let section = capitals
            && !words.ends_with(['.', ':', '?', '!'])
            && self.is_over_headline(i);
        (count <= 7 && (speaker || section)).then_some(i + 1)
    }

    /// `ĐẠI HỘI ĐẢNG CÁC CẤP`, `GIẢI TRÍ`: whether right below line `i`, which
    /// is in capitals, a headline that is not stands over the lead.
    fn is_over_headline(&self, i: usize) -> bool {
        let (text, lines) = (self.text, self.lines);
        let (Some(below), Some(lead)) = (lines.get(i + 1), lines.get(i + 2))
        else {
            return false;
        };
        let words = below.span.of(text.norm());
        self.heads_a_story(i + 1)
            && !below.blank_before
            && !head::is_capitals(words)
            && !head::is_kind_alone(text, lines[i])
            && count_words(words) > 8
            && lead.span.len() > LEAD
            && lead.span.of(text.norm()).trim_end().ends_with(['.', ':', '…'])
    }

    /// The line behind the names of bodies in capitals, one above the other,
    /// that begin in line `i`; a name may have a short form below.
    fn behind_letterhead(&self, i: usize) -> usize {
        let lines = self.lines.get(i..).unwrap_or_default().iter();
        let names = lines.take_while(|line| {
            let words = line.span.of(self.text.norm());
            let lower = line.span.of(self.text.lower());
            let short = !words.contains(' ') && words.len() <= 12;
            head::is_capitals(words)
                && self.is_above_header(**line)
                && (short || word_lists::begins("issuer.unit_heads", lower))
        });
        i + names.count()
    }

    /// Whether line `i` is a greeting to all who see the site.
    fn greets(&self, i: usize) -> bool {
        self.lines.get(i).is_some_and(|line| {
            let words = line.span.of(self.text.lower());
            word_lists::begins("layout.site_greetings", words)
        })
    }

    /// Whether line `i` is a headline with something below.
    fn heads_a_story(&self, i: usize) -> bool {
        let Some(line) = self.lines.get(i) else { return false };
        self.lines.len() > i + 1
            && is_title(self.text, self.lines, i)
            && !line.span.of(self.text.norm()).ends_with('.')
            && self.stamp(*line).is_none()
            && self.is_above_header(*line)
    }
}

/// Bytes of a lead, at least.
const LEAD: usize = 160;

/// Whether a line is nothing but the name of a body or a place: `Sở Y tế`,
/// `HUYỆN YÊN THẾ`.
fn is_site(words: &str, lower: &str) -> bool {
    let named = |(word, lower): (&str, &str)| {
        word.starts_with(char::is_uppercase)
            || word_lists::has("layout.words_of_sites", lower)
    };
    let mut pairs = words.split(' ').zip(lower.split(' '));
    let body = word_lists::begins("issuer.unit_heads", lower);
    let head = body || word_lists::begins("layout.site_heads", lower);
    head && pairs.all(named)
}

/// Whether a line is the name of a section, which stands above the headline:
/// `Tin hoạt động chung`.
pub(super) fn is_section(words: &str) -> bool {
    if is_named_section(words) {
        return true;
    }
    if !word_lists::begins("layout.sections", words) {
        return false;
    }
    let sections = word_lists::words("layout.sections").iter();
    let more = sections
        .filter_map(|section| words.strip_prefix(section))
        .map(most_words)
        .min();
    more.is_some_and(|more| more <= 2)
        && !words.contains(|c: char| c.is_ascii_digit() || c == '“')
}

/// The words of the longest of the names that dashes join: `Đoàn - Hội - Đội`
/// are one each.
fn most_words(names: &str) -> usize {
    let words = names.split(" - ").map(|name| {
        let words = name.split_whitespace();
        words.filter(|w| w.contains(char::is_alphabetic)).count()
    });
    words.max().unwrap_or(0)
}

/// Most names of sections in one line.
const NAMES: usize = 3;

/// `Y tế`, `Giáo dục - Đào tạo`, `Chính trị và Xã hội`: nothing but the names
/// of one section or a few.
fn is_named_section(words: &str) -> bool {
    let longest = |list, rest: &str| -> Option<usize> {
        if !word_lists::begins(list, rest) {
            return None;
        }
        let all = word_lists::words(list).iter();
        let found = all.filter(|name| rest.starts_with(**name));
        found.map(|name| name.len()).max()
    };
    let mut rest = words;
    for _ in 0..NAMES {
        let Some(len) = longest("layout.section_names", rest) else {
            return false;
        };
        rest = &rest[len..];
        if rest.is_empty() {
            return true;
        }
        let Some(len) = longest("layout.section_joints", rest) else {
            return false;
        };
        rest = &rest[len..];
    }
    false
}

/// Whether a line at the top is the name of a section or a leftover of the
/// page: a single word, or words said twice.
pub(super) fn is_label(words: &str) -> bool {
    let half = words.len() / 2;
    let twice = words.len() > 8
        && words.as_bytes()[half] == b' '
        && words[..half] == words[half + 1..];
    !words.contains(' ') && words.chars().all(char::is_alphabetic)
        || twice
        || is_address(words)
        || words.starts_with("title ")
}

/// Words of a headline in a page's address, at least.
const ADDRESS: usize = 6;

/// `xa yen son ra quan lam duong`: a headline as the page's address has it,
/// without marks, which stands beside a picture.
fn is_address(words: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    words.bytes().all(|b| plain(b) || b == b' ')
        && count_words(words) >= ADDRESS
}

/// The last `ảnh` of a line.
fn last_picture(words: &str) -> Option<usize> {
    static WORD: LazyLock<FinderRev> = LazyLock::new(|| FinderRev::new("ảnh"));
    WORD.rfind(words)
}

/// Bytes that the words below a picture do not have.
const LONGEST_CAPTION: usize = 480;

/// `Rừng ngập mặn Cà Mau. (Ảnh: An Nhiên)`, `… - Ảnh: An Nhiên`: the words
/// below a picture, with whose it is at the end.
pub(super) fn is_caption(words: &str) -> bool {
    let words = words.trim_end_matches('.');
    if words.len() >= LONGEST_CAPTION {
        return false;
    }
    let Some(at) = last_picture(words) else { return false };
    let (head, tail) = (words[..at].trim_end(), &words["ảnh".len() + at..]);
    let whose = tail.trim_start_matches(':').trim_end_matches(')').trim();
    let bracket = head.ends_with('(') && tail.ends_with(')');
    let marked = tail.starts_with(':') && head.ends_with(['-', '.', '|', '/']);
    head.len() > 8
        && (bracket || marked)
        && !whose.is_empty()
        && !whose.contains(". ")
        && whose.split(' ').count() <= 6
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    fn title(text: &str) -> Option<String> {
        record(text).title.map(|t| t.text)
    }

    const NAME: &str = "Xã Yên Sơn ra quân làm đường nối các thôn";
    const BODY: &str = "\n\nSáng nay, các thôn ven sông họp bàn việc làm \
                        đường, làm cầu.\n\nCác hộ dự họp.";

    #[test]
    fn names_and_mottoes_of_sites_stand_above_the_headline() {
        for top in [
            "Yên Sơn đổi mới từng ngày\n{}\n10:20 | 12/03/2019",
            "Chi tiết - Huyện Yên Sơn\n{}",
            "Hỗ trợ người dùng\nChung nhan Tin Nhiem Mang\n{}\nNgày cập \
             nhật 12/03/2019",
            "Xem với cỡ chữ Tương phản\n{}\nTh 3, 12/03/2019 | 09:00 SA",
            "Văn phòng UBND tỉnh\nThứ ba 12/03/2019\n{}",
            "HUYỆN YÊN SƠN\nThứ ba 12/03/2019\n{}",
            "CỔNG THÔNG TIN SỞ GIAO THÔNG & XÂY DỰNG TỈNH HÀ NAM\nđường hà \
             nam\nĐường thôn - Đường xã\n{}\n10:20 12/03/2019",
            "Trường Trung học cơ sở Yên Sơn\n12/03/2019\n{}",
            "Sáng nay, xã Yên Sơn ra quân làm đường.\n{}\nhoalua | \
             12/03/2019, 10:20",
            "Y tế\n\n{}",
            "Giáo dục - Đào tạo\n{}",
            "Chính trị và Xã hội\n{}",
            "SỞ Y TẾ HÀ NAM\nTRUNG TÂM Y TẾ YÊN SƠN\nTTYT\n\n{}",
            "Hotline: 0912 345 678\n{}",
            "Tin hoạt động Đoàn - Hội - Đội\n\n{}",
            "Tất cả chuyên mục\n21°C\n/ 18°C - 24°C\n{}",
            "xa yen son ra quan lam duong\n{}",
            "Đơn vị hỗ trợ\nThống kê truy cập\nTổng truy cập 12.345\n{}",
            "Bạn đang ở đây: Trang chủ » Tin tức\n{}",
            "Đảng - Đoàn thể\n{}",
        ] {
            let text = top.replace("{}", NAME) + BODY;
            assert_eq!(title(&text).as_deref(), Some(NAME), "{top}");
        }
    }

    #[test]
    fn a_greeting_over_the_site_is_no_headline() {
        let top = "Chào mừng Đại hội đại biểu Đảng bộ tỉnh Hà Nam lần thứ XX";
        let text = format!("{top}\n\n{NAME}{BODY}");
        assert_eq!(title(&text).as_deref(), Some(NAME));
        let text = format!("{top}{BODY}");
        assert_eq!(title(&text).as_deref(), Some(top));
    }

    #[test]
    fn the_way_to_a_page_may_stand_before_its_headline() {
        let way = format!("Trang chủ Tin trong tỉnh Đường thôn xóm {NAME}");
        let text = format!("{way}\n12/03/2019\n{NAME}{BODY}");
        assert_eq!(title(&text).as_deref(), Some(NAME));
        let day = record(&text).published.map(|d| d.value);
        assert_eq!(day.as_deref(), Some("2019-03-12"));
        let text = format!("Nghe tin {NAME}{BODY}\n\nCác thôn{BODY}");
        assert_eq!(title(&text), Some(format!("Nghe tin {NAME}")));
    }

    #[test]
    fn a_body_with_a_colon_and_a_section_stand_above_the_headline() {
        let name = "Xã Yên Sơn ra quân làm đường nối các thôn xóm ven sông";
        let lead = "Sáng nay, các thôn ven sông của xã Yên Sơn họp bàn việc làm \
                    đường, làm cầu, trồng tre giữ đất cho bà con, ai cũng vui \
                    như ngày hội.";
        for top in ["Đảng ủy Khối các cơ quan tỉnh:", "CHUYỆN LÀNG CHUYỆN XÃ"]
        {
            let text = format!("{top}\n{name}\n{lead}\nHết.");
            assert_eq!(title(&text).as_deref(), Some(name), "{top}");
        }
        let text = format!("CHUYỆN LÀNG CHUYỆN XÃ\n{lead}\nHết.");
        let own = "CHUYỆN LÀNG CHUYỆN XÃ";
        assert_eq!(title(&text).as_deref(), Some(own));
    }

    #[test]
    fn what_a_site_says_to_its_readers_is_no_headline() {
        for top in [
            "Hotline: 0123 456 789 Hoa Lúa Làng Tre Tòa soạn Quảng cáo",
            "Your browser does not support the audio element.",
            "Thứ bảy 12/03/2019 10:20 Hotline: 0123.456.789 Email: a@b.vn",
        ] {
            let text = format!("{top}\n\n{NAME}{BODY}");
            assert_eq!(title(&text).as_deref(), Some(NAME), "{top}");
        }
    }

    #[test]
    fn a_tag_in_small_letters_is_no_headline() {
        let text = format!("đường thôn\n\n{NAME}{BODY}");
        assert_eq!(title(&text).as_deref(), Some(NAME));
        let text = format!("iPhone giá mềm ở chợ\n\nCác hộ đi chợ.{BODY}");
        assert_eq!(title(&text).as_deref(), Some("iPhone giá mềm ở chợ"));
    }

    #[test]
    fn a_broken_headline_is_read_on() {
        let text = format!("Yên Sơn: Làm đường thôn \nở ven sông Lô{BODY}");
        let whole = "Yên Sơn: Làm đường thôn ở ven sông Lô";
        assert_eq!(title(&text).as_deref(), Some(whole));
        for below in ["hoa lúa", "các thôn ven sông họp bàn.", "\nven sông"]
        {
            let text = format!("{NAME}\n{below}{BODY}");
            assert_eq!(title(&text).as_deref(), Some(NAME), "{below}");
        }
    }

    #[test]
    fn a_short_headline_stays() {
        for top in [
            "Yên Sơn làm đường nối các thôn\n12/03/2019\nĐường mới đi qua \
             bốn thôn và hai chợ của xã",
            "Sở Y tế Hà Nam tập huấn\n12/03/2019\nCác bệnh viện dự lớp tập \
             huấn ở Phủ Lý",
            "Làm đường ở Yên Sơn\nCác hộ hiến đất.",
            "Y tế về làng\nCác bệnh viện dự lớp tập huấn ở Phủ Lý",
            "SỞ Y TẾ HÀ NAM TẬP HUẤN\nCác bệnh viện dự lớp tập huấn ở Phủ Lý",
            "Tin hoạt động của Đoàn xã ven sông - Hội làng tre\nCác bệnh viện \
             dự lớp tập huấn ở Phủ Lý",
            "Video game: tre lua\nCác hộ ở Phủ Lý gặt lúa chiêm",
            "30°C, các hộ vẫn ra đồng\nCác hộ ở Phủ Lý gặt lúa chiêm",
        ] {
            let first = top.lines().next();
            assert_eq!(title(&format!("{top}{BODY}")).as_deref(), first);
        }
    }

    #[test]
    fn the_words_below_a_picture_are_no_headline() {
        for caption in [
            "Cây ven đường xã Yên Sơn. (Ảnh: Hoa Lúa/Báo Hà Nam)",
            "Cây ven đường xã Yên Sơn - Ảnh: HOA LÚA",
            "Cây ven đường xã Yên Sơn (Ảnh Internet)",
            "Cây ven đường xã Yên Sơn (Ảnh minh họa: Hoa Lúa).",
        ] {
            let text = format!("{caption}\n{NAME}\n12/03/2019{BODY}");
            assert_eq!(title(&text).as_deref(), Some(NAME), "{caption}");
        }
        let name = "Yên Sơn trao giải cuộc thi ảnh cho các em nhỏ";
        let text = format!("{name}{BODY}");
        assert_eq!(title(&text).as_deref(), Some(name));
    }
}
