//! What the contents of announcements are about.

use super::phrases::Phrases;
use super::table;
use std::ops::Range;
use std::sync::LazyLock;

/// One theme.
#[derive(Debug)]
pub struct Theme {
    /// A letter, stable.
    pub id: &'static str,
    /// Vietnamese name.
    pub name_vi: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Words that speak for it, lower case.
    pub keywords: Vec<&'static str>,
}

static THEMES: LazyLock<Vec<Theme>> = LazyLock::new(|| {
    let text = include_str!("themes.tsv");
    table::read("themes", text, |row| Theme {
        id: row.get("id"),
        name_vi: row.get("name_vi"),
        name_en: row.get("name_en"),
        keywords: row.list("keywords"),
    })
});

static PHRASES: LazyLock<Phrases<&'static Theme>> = LazyLock::new(|| {
    let keywords = |t: &'static Theme| t.keywords.iter().map(move |k| (*k, t));
    Phrases::new(THEMES.iter().flat_map(keywords))
});

/// Every theme, by letter.
pub fn all() -> &'static [Theme] {
    &THEMES
}

/// Every keyword of a lower-cased normalized text, the longest at each place.
pub fn find(lower: &str) -> Vec<(Range<usize>, &'static Theme)> {
    PHRASES.find(lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn there_are_seventeen_and_no_keyword_speaks_for_two() {
        assert_eq!(all().len(), 17);
        let mut of: HashMap<&str, &str> = HashMap::new();
        for theme in all() {
            for keyword in &theme.keywords {
                assert_eq!(keyword.to_lowercase(), **keyword);
                let other = of.insert(keyword, theme.id);
                assert_eq!(other, None, "{keyword}: {}", theme.id);
            }
        }
    }

    #[test]
    fn keywords_label_a_clause() {
        let ids = |text: &str| -> Vec<&str> {
            find(text).into_iter().map(|(_, theme)| theme.id).collect()
        };
        assert_eq!(ids("tiêm vắc xin cho người cao tuổi"), ["F", "F", "D"]);
        assert_eq!(ids("giữ vững vùng xanh"), ["I"]);
    }
}
