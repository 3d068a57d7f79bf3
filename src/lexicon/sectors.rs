//! Sectors of the state and their many abbreviations: `LĐ-TB&XH`,
//! `Lao động - TBXH`, `GD và ĐT`.
//!
//! A sector is a sequence of parts, each with a word and an abbreviation.
//! Writers mix them and put anything between; so the text is compared letter
//! by letter with every mixture, joiners skipped.

use super::table;
use super::word_edges::{is_edge, is_word_char};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

/// What runs a sector at one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tier {
    /// Bộ.
    Ministry,
    /// Sở.
    Department,
    /// Phòng.
    Office,
}

/// Whether a sector has such a body, since when, until when, and what
/// followed it. Dates are `YYYY-MM-DD`; empty is open.
#[derive(Debug, Clone, Copy)]
pub struct Validity {
    /// First day, if known.
    pub from: Option<&'static str>,
    /// Last day, if it has ended.
    pub to: Option<&'static str>,
    /// Body that holds its main duties now.
    pub successor: Option<&'static str>,
}

/// A sector.
#[derive(Debug)]
pub struct Sector {
    /// Official name without the word for its body: `Y tế`.
    pub name: &'static str,
    /// Its parts, each a word and its abbreviation.
    pub parts: Vec<(&'static str, Option<&'static str>)>,
    /// Other short forms, lower case.
    pub also: Vec<&'static str>,
    /// Its ministry, if it has or had one.
    pub ministry: Option<Validity>,
    /// Its provincial department.
    pub department: Option<Validity>,
    /// Its district or commune office.
    pub office: Option<Validity>,
    /// Where the row comes from.
    pub source: &'static str,
}

impl Sector {
    /// The body of one tier.
    pub fn tier(&self, tier: Tier) -> Option<Validity> {
        match tier {
            Tier::Ministry => self.ministry,
            Tier::Department => self.department,
            Tier::Office => self.office,
        }
    }
}

static SECTORS: LazyLock<Vec<Sector>> = LazyLock::new(|| {
    let text = include_str!("sectors.tsv");
    table::read("sectors", text, |row| {
        let validity = |tier: &str| {
            row.flag(tier).then(|| Validity {
                from: row.opt(&format!("{tier}_from")),
                to: row.opt(&format!("{tier}_to")),
                successor: row.opt(&format!("{tier}_successor")),
            })
        };
        let office = Validity { from: None, to: None, successor: None };
        Sector {
            name: row.get("name"),
            parts: row
                .list("parts")
                .into_iter()
                .map(|part| match part.split_once('=') {
                    Some((word, short)) => (word, Some(short)),
                    None => (part, None),
                })
                .collect(),
            also: row.list("also"),
            ministry: validity("ministry"),
            department: validity("department"),
            office: row.flag("office").then_some(office),
            source: row.get("source"),
        }
    })
});

/// Every sector.
pub fn all() -> &'static [Sector] {
    &SECTORS
}

/// Keys (letters of a mixture, joiners left out) by tier, and the first
/// letters of any key, which settle most look-ups at once.
struct Keys {
    whole: HashMap<String, usize>,
    beginnings: HashSet<String>,
}

impl Keys {
    fn of(tier: Tier) -> Self {
        let sectors = SECTORS.iter().enumerate();
        let mine = || sectors.clone().filter(|(_, s)| s.tier(tier).is_some());
        let official = mine().flat_map(|(i, s)| {
            mixtures(s).into_iter().map(move |key| (key, i))
        });
        let short = mine()
            .flat_map(|(i, s)| s.also.iter().map(move |a| (letters(a), i)));
        let mut whole = HashMap::default();
        let mut beginnings = HashSet::default();
        for (key, i) in official.chain(short) {
            for (end, c) in key.char_indices() {
                beginnings.insert(key[..end + c.len_utf8()].to_string());
            }
            whole.entry(key).or_insert(i);
        }
        Self { whole, beginnings }
    }
}

static MINISTRIES: LazyLock<Keys> = LazyLock::new(|| Keys::of(Tier::Ministry));
static DEPARTMENTS: LazyLock<Keys> =
    LazyLock::new(|| Keys::of(Tier::Department));
static OFFICES: LazyLock<Keys> = LazyLock::new(|| Keys::of(Tier::Office));

/// Letters only, lower case.
fn letters(text: &str) -> String {
    let low = text.to_lowercase();
    low.chars().filter(|c| is_word_char(*c)).collect()
}

/// Every mixture of words and abbreviations of a sector.
fn mixtures(sector: &Sector) -> Vec<String> {
    let mut keys = vec![String::new()];
    for (word, short) in &sector.parts {
        let forms: Vec<String> =
            std::iter::once(*word).chain(*short).map(letters).collect();
        keys = keys
            .iter()
            .flat_map(|key| {
                forms.iter().map(move |form| format!("{key}{form}"))
            })
            .collect();
    }
    keys
}

/// How many bytes of joiners a text begins with: blanks, a hyphen, a comma,
/// `&`, a dot, `và`.
fn joiner(text: &str) -> usize {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if matches!(c, ' ' | '-' | ',' | '&' | '.') {
            at += 1;
        } else if rest.starts_with("và") && is_edge(text, at) && at > 0 {
            let end = "và".len();
            if !rest[end..].starts_with([' ', '-']) {
                break;
            }
            at += end;
        } else {
            break;
        }
    }
    at
}

/// The sector whose name starts exactly at a byte of lower-cased normalized
/// text, and the byte where the name ends.
pub fn at(
    lower: &str,
    start: usize,
    tier: Tier,
) -> Option<(usize, &'static Sector)> {
    let keys = match tier {
        Tier::Ministry => &*MINISTRIES,
        Tier::Department => &*DEPARTMENTS,
        Tier::Office => &*OFFICES,
    };
    let mut key = String::with_capacity(64);
    let mut found = None;
    let mut at = start;
    while let Some(c) = lower[at..].chars().next() {
        if is_word_char(c) {
            key.push(c);
            at += c.len_utf8();
            if !keys.beginnings.contains(&key) {
                break;
            }
            if let Some(&i) = keys.whole.get(&key)
                && is_edge(lower, at)
            {
                found = Some((at, &SECTORS[i]));
            }
        }
        let skip = joiner(&lower[at..]);
        at += skip;
        let next = lower[at..].chars().next();
        if at == start || next.is_none_or(|c| !is_word_char(c)) {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, tier: Tier) -> Option<(&str, &'static str)> {
        at(text, 0, tier).map(|(end, sector)| (&text[..end], sector.name))
    }

    #[test]
    fn every_mixture_of_words_and_signs_is_one_sector() {
        let name = "Lao động - Thương binh và Xã hội";
        for text in [
            "lao động - thương binh và xã hội",
            "lao động, thương binh và xã hội",
            "lđ-tb&xh",
            "lđtbxh",
            "lđ-tbxh",
            "lđ - tb & xh",
            "lđ,tb&xh",
            "lao động - tb&xh",
            "lđ-tb và xh",
        ] {
            assert_eq!(read(text, Tier::Ministry), Some((text, name)));
        }
        for text in ["gd-đt", "gd&đt", "gdđt", "gd và đt", "giáo dục"] {
            let found = read(text, Tier::Department);
            assert_eq!(found, Some((text, "Giáo dục và Đào tạo")));
        }
        for text in ["vhtt&dl", "vh-tt&dl", "vh,tt&dl", "vhttdl"] {
            let found = read(text, Tier::Ministry);
            assert_eq!(found, Some((text, "Văn hóa, Thể thao và Du lịch")));
        }
        for text in ["nn&ptnt", "nn-ptnt", "nông nghiệp và ptnt"] {
            let found = read(text, Tier::Department);
            assert_eq!(
                found,
                Some((text, "Nông nghiệp và Phát triển nông thôn"))
            );
        }
    }

    #[test]
    fn a_name_ends_where_the_next_body_begins() {
        assert_eq!(
            read("y tế và bộ công an", Tier::Ministry),
            Some(("y tế", "Y tế"))
        );
        assert_eq!(
            read("tài chính, công thương", Tier::Department),
            Some(("tài chính", "Tài chính"))
        );
        assert_eq!(read("y tếx", Tier::Ministry), None);
        assert_eq!(read("hữu trí tuệ", Tier::Department), None);
    }

    #[test]
    fn one_abbreviation_means_what_its_tier_has() {
        assert_eq!(
            read("vhtt", Tier::Department),
            Some(("vhtt", "Văn hóa và Thể thao"))
        );
        assert_eq!(
            read("vhtt", Tier::Office),
            Some(("vhtt", "Văn hóa - Thông tin"))
        );
        assert_eq!(
            read("tt&tt", Tier::Ministry),
            Some(("tt&tt", "Thông tin và Truyền thông"))
        );
    }
}
