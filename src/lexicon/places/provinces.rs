//! Units of the province level: 63 until 30 June 2025, 34 since.

use super::names::{is_proper, is_upper, longest_at};
use crate::lexicon::level::PlaceKind;
use crate::lexicon::phrases::Phrases;
use crate::lexicon::scan::{Names, Scan};
use crate::lexicon::table::{self, Row};
use crate::lexicon::word_edges::ends_with_word;
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A day: year, month, day.
pub type Day = (i16, u8, u8);

/// Code of Huế in both lists; it changed its name, not its territory.
const HUE: &str = "46";

/// First day of the 34 units (NQ 202/2025/QH15).
const REFORM: Day = (2025, 7, 1);

/// One of the two lists. The same code can mean another unit in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// 63 units until 30 June 2025.
    Until2025,
    /// 34 units since 1 July 2025.
    Since2025,
}

impl List {
    /// As in records: `63` or `34`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Until2025 => "63",
            Self::Since2025 => "34",
        }
    }
}

/// A unit of the province level during one period.
#[derive(Debug)]
pub struct Province {
    /// Its list.
    pub list: List,
    /// Code of the statistics office in that list.
    pub code: &'static str,
    /// Name without the word for its kind: `Vĩnh Phúc`.
    pub name: &'static str,
    /// [`PlaceKind::Province`] or, for a municipality, [`PlaceKind::City`].
    pub kind: PlaceKind,
    /// First day of the row, if it matters.
    pub valid_from: Option<Day>,
    /// Last day of the row, if it has ended.
    pub valid_to: Option<Day>,
    /// Other spellings: `TP.HCM`, `BR-VT`, `Đăk Lăk`.
    pub aliases: Vec<&'static str>,
    /// Its newspapers, where the name of the province is not theirs.
    pub papers: Vec<&'static str>,
    /// Datelines of its newspapers: `GLO`.
    pub tags: Vec<&'static str>,
    /// Labels of its web addresses: `vinhphuc` of `vinhphuc.gov.vn`.
    pub hosts: Vec<&'static str>,
    /// Code, in the list of 34, of the unit that holds its territory now.
    pub successor: &'static str,
}

const LISTS: &[(&str, List)] =
    &[("63", List::Until2025), ("34", List::Since2025)];

const KINDS: &[(&str, PlaceKind)] =
    &[("tỉnh", PlaceKind::Province), ("thành phố", PlaceKind::City)];

impl Province {
    fn of(row: &Row<'_>) -> Self {
        Self {
            list: row.one_of("list", LISTS),
            code: row.get("code"),
            name: row.get("name"),
            kind: row.one_of("kind", KINDS),
            valid_from: row.opt("valid_from").map(day),
            valid_to: row.opt("valid_to").map(day),
            aliases: row.list("aliases"),
            papers: row.list("papers"),
            tags: row.list("tags"),
            hosts: row.list("hosts"),
            successor: row.get("successor"),
        }
    }

    /// Whether the row holds on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day)
            && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// A day of the tables, `YYYY-MM-DD`.
fn day(text: &str) -> Day {
    let mut parts = text.split('-').map(|part| part.parse::<i16>());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Ok(y)), Some(Ok(m)), Some(Ok(d))) => (y, m as u8, d as u8),
        _ => panic!("provinces: not a day: {text}"),
    }
}

static PROVINCES: LazyLock<Vec<Province>> = LazyLock::new(|| {
    let text = include_str!("../provinces.tsv");
    table::read("provinces", text, Province::of)
});

/// Every row of both lists, that of 34 first.
pub fn all() -> &'static [Province] {
    &PROVINCES
}

/// Rows by lower-case name and alias; of several the first one of the list
/// of 63 counts, so that `Huế` is the province of Thừa Thiên Huế.
static BY_NAME: LazyLock<HashMap<String, &'static Province>> =
    LazyLock::new(|| {
        let mut by_name = HashMap::default();
        let old = || PROVINCES.iter().filter(|p| p.list == List::Until2025);
        for list in [List::Until2025, List::Since2025] {
            for p in PROVINCES.iter().filter(|p| p.list == list) {
                by_name.entry(p.name.to_lowercase()).or_insert(p);
            }
        }
        for p in old() {
            for alias in &p.aliases {
                by_name.insert(alias.to_lowercase(), p);
            }
        }
        by_name
    });

struct Traps {
    whole: Vec<&'static str>,
    before: Vec<&'static str>,
    person: Vec<&'static str>,
    surname: Vec<&'static str>,
    needs_kind: Vec<&'static str>,
}

static TRAPS: LazyLock<Traps> = LazyLock::new(|| {
    let text = include_str!("../place_traps.tsv");
    let rows = table::read("place_traps", text, |row| {
        (row.get("side"), row.get("phrase"))
    });
    let side = |name| {
        rows.iter().filter(|(s, _)| *s == name).map(|(_, p)| *p).collect()
    };
    Traps {
        whole: side("whole"),
        before: side("before"),
        person: side("person"),
        surname: side("surname"),
        needs_kind: side("needs_kind"),
    }
});

/// Names and spellings; the unit is `None` for longer names that hold one.
static NAMES: LazyLock<Phrases<Option<&'static Province>>> =
    LazyLock::new(|| {
        let mut names: Vec<(String, Option<&'static Province>)> =
            BY_NAME.iter().map(|(n, p)| (n.clone(), Some(*p))).collect();
        names.sort_by(|a, b| a.0.cmp(&b.0));
        names.extend(TRAPS.whole.iter().map(|t| (t.to_string(), None)));
        Phrases::new(names)
    });

/// The names of provinces, and names that only hold one, with numbers.
pub(in crate::lexicon) fn phrases() -> &'static [(String, u32)] {
    NAMES.numbered()
}

/// The unit with this name, alias or spelling, in any case, with or without
/// the word for its kind; the row of 63 where both lists have the name.
pub fn province_by_name(name: &str) -> Option<&'static Province> {
    let lower = name.trim().to_lowercase();
    if let Some(p) = BY_NAME.get(&lower) {
        return Some(p);
    }
    let (word, _) = PlaceKind::at(&lower, 0)?;
    BY_NAME.get(lower[word.end..].trim_start()).copied()
}

/// The unit of a list with this code, as it was at the end of the list.
pub fn by_code(list: List, code: &str) -> Option<&'static Province> {
    PROVINCES.iter().rev().find(|p| p.list == list && p.code == code)
}

/// The unit that holds the territory of a unit of the 63 since July 2025.
pub fn successor(code: &str) -> Option<&'static Province> {
    by_code(List::Since2025, by_code(List::Until2025, code)?.successor)
}

/// The unit that a name meant on a day; `None` if there was none of that
/// name on that day.
pub fn as_of(name: &str, day: Day) -> Option<&'static Province> {
    let known = province_by_name(name)?;
    PROVINCES.iter().filter(|p| p.holds_on(day)).find(|p| {
        let kept = p.name == known.name || known.code == HUE;
        p.code == known.code && (day < REFORM || kept)
            || day >= REFORM && p.name == known.name
    })
}

/// How a mention names its province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Behind the word for its kind: `tỉnh Vĩnh Phúc`, `TP.HCM`.
    WithKind,
    /// The name alone.
    Bare,
    /// The city of a province, of the same name: `TP Vĩnh Long`.
    CityInside,
}

/// The name of a province in a text.
#[derive(Debug, Clone)]
pub struct ProvinceMention {
    /// Bytes of the normalized text: the name alone.
    pub span: Range<usize>,
    /// The same with the word for its kind, if there is one.
    pub full: Range<usize>,
    /// The unit; the row of 63 where both lists have the name.
    pub province: &'static Province,
    /// How it is named.
    pub form: Form,
}

/// Every province that a text names. Both forms of the text are needed:
/// `hòa bình` in small letters is peace.
pub fn find_provinces(norm: &str, lower: &str) -> Vec<ProvinceMention> {
    mentions(norm, lower, NAMES.find(lower))
}

/// The same of a scanned text.
pub fn find_scanned(scan: &Scan) -> Vec<ProvinceMention> {
    let found = NAMES.leftmost(scan.names(Names::Provinces));
    mentions(scan.norm(), scan.lower(), found)
}

fn mentions(
    norm: &str,
    lower: &str,
    found: Vec<(Range<usize>, Option<&'static Province>)>,
) -> Vec<ProvinceMention> {
    found
        .into_iter()
        .filter_map(|(span, unit)| mention(norm, lower, span, unit?))
        .collect()
}

fn mention(
    norm: &str,
    lower: &str,
    span: Range<usize>,
    province: &'static Province,
) -> Option<ProvinceMention> {
    let kind = PlaceKind::before(lower, span.start);
    let (full, form) = match kind {
        Some((word, PlaceKind::Province)) => {
            (word.start..span.end, Form::WithKind)
        }
        Some((word, PlaceKind::City)) => {
            let city = province.kind == PlaceKind::City;
            let form = if city { Form::WithKind } else { Form::CityInside };
            (word.start..span.end, form)
        }
        Some(_) => return None,
        None => (span.clone(), Form::Bare),
    };
    let has_own_kind = PlaceKind::at(lower, span.start).is_some();
    let form = if has_own_kind { Form::WithKind } else { form };
    let meant =
        form != Form::Bare || is_bare_name(norm, lower, &span, province);
    meant.then_some(ProvinceMention { span, full, province, form })
}

/// Whether a name without the word for its kind is that of a province.
/// Abbreviations count only as they are written, in capitals.
fn is_bare_name(
    norm: &str,
    lower: &str,
    span: &Range<usize>,
    province: &Province,
) -> bool {
    let name = &lower[span.clone()];
    let before = &lower[..span.start];
    let abbreviation = province
        .aliases
        .iter()
        .any(|alias| is_upper(alias) && alias.to_lowercase() == name);
    let written = &norm[span.clone()];
    (if abbreviation { is_upper(written) } else { is_proper(written) })
        && !TRAPS.needs_kind.contains(&name)
        && !TRAPS.before.iter().any(|word| ends_with_word(before, word))
        && !follows_person(norm, lower, span.start)
}

/// Whether the word before, capitalised, begins the name of a person.
fn follows_person(norm: &str, lower: &str, at: usize) -> bool {
    let head = lower[..at].trim_end_matches(' ');
    TRAPS.person.iter().any(|word| {
        ends_with_word(head, word)
            && norm[head.len() - word.len()..]
                .starts_with(|c: char| c.is_uppercase())
    })
}

/// Whether three or four capitalised words look like the name of a person:
/// they begin with a surname.
pub(super) fn is_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(' ');
    let first = words.next().unwrap_or_default();
    words.count() >= 2
        && (TRAPS.person.contains(&first) || TRAPS.surname.contains(&first))
}

/// The bare name of a province that starts exactly at a byte.
pub(super) fn name_at(
    norm: &str,
    lower: &str,
    at: usize,
) -> Option<(Range<usize>, &'static Province)> {
    longest_at(&BY_NAME, lower, at, |range| {
        is_proper(&norm[range.clone()])
            && !TRAPS.needs_kind.contains(&&lower[range.clone()])
    })
}

/// The name of a province that starts exactly at a byte, in any case.
pub(super) fn any_case_at(
    lower: &str,
    at: usize,
) -> Option<(Range<usize>, &'static Province)> {
    longest_at(&BY_NAME, lower, at, |_| true)
}
