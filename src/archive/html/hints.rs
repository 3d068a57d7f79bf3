//! What class and id names say about an element.

/// Hints of one element.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hints {
    /// Furniture: menus, related articles, comments, share buttons.
    pub(super) furniture: bool,
    /// Not shown.
    pub(super) hidden: bool,
    /// A headline.
    pub(super) title: bool,
    /// A date or time.
    pub(super) date: bool,
    /// A tool in the line: print, counter, share.
    pub(super) tool: bool,
    /// The article by the page's own markup.
    pub(super) article: bool,
    /// Bold by its style.
    pub(super) bold: bool,
    /// Large letters by its style.
    pub(super) large: bool,
    /// A list whose items show no marker.
    pub(super) unmarked: bool,
}

/// Words of class and id names that mean furniture.
const FURNITURE: [&str; 42] = [
    "ads",
    "advert",
    "advertisement",
    "banner",
    "banners",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "contextmenu",
    "cookie",
    "copyright",
    "dropdown",
    "footer",
    "hotline",
    "leftmenu",
    "login",
    "menu",
    "menus",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "pager",
    "pagination",
    "paging",
    "popup",
    "rating",
    "related",
    "ribbon",
    "search",
    "share",
    "sharing",
    "sidebar",
    "signin",
    "skip",
    "social",
    "submenu",
    "tags",
    "topmenu",
    "visitor",
];

/// Parts of class and id names, written without separators, that mean
/// furniture; the Vietnamese ones: related, other, newest, most-read news,
/// comments, visits.
const FURNITURE_PARTS: [&str; 24] = [
    "binhluan",
    "breadcrumb",
    "docnhieu",
    "lienketweb",
    "mainmenu",
    "mostread",
    "mostview",
    "navlist",
    "newsother",
    "othernews",
    "quicklaunch",
    "relatednews",
    "relatedpost",
    "sharebutton",
    "sitemap",
    "thongketruycap",
    "tinkhac",
    "tinlienquan",
    "tinmoi",
    "toolbar",
    "truycap",
    "wmcapinfo",
    "wmipp",
    "xemnhieu",
];

/// Words that mean a tool in the line.
const TOOLS: [&str; 8] = [
    "counter",
    "luotxem",
    "print",
    "printandback",
    "readcounter",
    "sharing",
    "viewcounter",
    "views",
];

/// Words that mean a headline.
const TITLES: [&str; 14] = [
    "articletitle",
    "contenttitle",
    "detailtitle",
    "entrytitle",
    "gttitle",
    "headline",
    "newstitle",
    "pagetitle",
    "posttitle",
    "subjecttitle",
    "tieude",
    "tieudebaiviet",
    "tieudetin",
    "title",
];

/// Headlines of something else than the article.
const NOT_TITLES: [&str; 18] = [
    "block",
    "box",
    "cat",
    "cate",
    "category",
    "chuyenmuc",
    "folder",
    "menu",
    "module",
    "other",
    "page",
    "part",
    "portlet",
    "section",
    "site",
    "sub",
    "web",
    "widget",
];

/// Words that mean a date.
const DATES: [&str; 16] = [
    "created",
    "createddate",
    "date",
    "dates",
    "datetime",
    "ngay",
    "ngaydang",
    "newsdate",
    "postdate",
    "posted",
    "pubdate",
    "publish",
    "published",
    "publishdate",
    "showdate",
    "time",
];

/// Words that mean the article's body.
const ARTICLES: [&str; 10] = [
    "articlebody",
    "articlecontent",
    "chitiettin",
    "contentdetail",
    "detailcontent",
    "entrycontent",
    "journalcontentarticle",
    "newscontent",
    "noidung",
    "postcontent",
];

impl Hints {
    /// Adds what a class list or an id says.
    pub(super) fn add_names(&mut self, value: &str) {
        // A page can carry a megabyte here; names are short.
        for token in value.split_ascii_whitespace().take(32) {
            if token.len() <= 120 {
                self.add_name(last_part(token));
            }
        }
    }

    fn add_name(&mut self, name: &str) {
        let words = words(name);
        let joined = words.concat();
        let has =
            |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
        let whole = |list: &[&str]| list.contains(&joined.as_str());
        self.furniture |= has(&FURNITURE) && joined != "allowmenu"
            || FURNITURE_PARTS.iter().any(|part| joined.contains(part));
        self.tool |= has(&TOOLS) || whole(&TOOLS);
        let title = has(&TITLES) || whole(&TITLES);
        self.title |= title && !has(&NOT_TITLES);
        self.date |= has(&DATES) || whole(&DATES);
        self.article |= whole(&ARTICLES);
    }

    /// Adds what a style attribute says.
    pub(super) fn add_style(&mut self, style: &str) {
        let plain: String = style
            .chars()
            .take(400)
            .filter(|c| !c.is_ascii_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        self.hidden |= plain.contains("display:none")
            || plain.contains("visibility:hidden");
        self.unmarked |= plain.contains("list-style:none")
            || plain.contains("list-style-type:none");
        self.bold |= plain.contains("font-weight:bold")
            || plain.contains("font-weight:700");
        self.large |= font_size(&plain).is_some_and(|size| size >= 18.0);
    }
}

fn font_size(style: &str) -> Option<f32> {
    let value = style.split("font-size:").nth(1)?;
    let end = value.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let size: f32 = value[..end].parse().ok()?;
    let unit = &value[end..];
    if unit.starts_with("px") {
        Some(size)
    } else if unit.starts_with("pt") {
        Some(size * 4.0 / 3.0)
    } else {
        None
    }
}

/// Portal software prefixes ids with the path of its controls; the last part
/// is the name.
fn last_part(name: &str) -> &str {
    if name.starts_with("ctl0") {
        name.rsplit('_').next().unwrap_or(name)
    } else {
        name
    }
}

/// Words of a name: split at separators and at capitals.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut small = false;
    for c in name.chars() {
        if (!c.is_ascii_alphanumeric() || (small && c.is_ascii_uppercase()))
            && !word.is_empty()
        {
            words.push(std::mem::take(&mut word));
        }
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
        small = c.is_ascii_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Hints {
        let mut hints = Hints::default();
        hints.add_names(name);
        hints
    }

    #[test]
    fn furniture_is_known_by_name() {
        for name in [
            "main-nav",
            "navList",
            "breadCrumb",
            "tbtinkhac",
            "tin-lien-quan",
            "social_share",
            "ms-quickLaunch",
            "fb-comments",
            "wm-ipp-base",
            "ctl00_PlaceHolderMain_LeftMenu",
        ] {
            assert!(of(name).furniture, "{name}");
        }
        for name in [
            "allowMenu",
            "unrelatedness",
            "asset-content",
            "tableforprint",
            "ctl00_m_g_menu_Panel1",
            "snCenter",
        ] {
            assert!(!of(name).furniture, "{name}");
        }
    }

    #[test]
    fn headlines_are_told_from_other_titles() {
        assert!(of("Title").title);
        assert!(of("post-title").title);
        assert!(of("gtTitle").title);
        assert!(!of("OtherTitle").title);
        assert!(!of("FolderTitle").title);
        assert!(!of("widget-title").title);
    }

    #[test]
    fn dates_and_tools() {
        assert!(of("ShowDate").date && of("Time").date);
        assert!(of("css_readCounter").tool);
    }

    #[test]
    fn styles() {
        let mut hints = Hints::default();
        hints.add_style("display : none");
        assert!(hints.hidden && !hints.large);
        hints.add_style("font-size: 18px !important");
        assert!(hints.large);
        let mut hints = Hints::default();
        hints.add_style("font-size: 14px");
        assert!(!hints.large);
    }
}
