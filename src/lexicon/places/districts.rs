//! Districts (until 30 June 2025) and communes (since 1 July 2025).

use super::names::{is_proper, longest_at};
use super::provinces::{self, List, Province};
use crate::lexicon::level::PlaceKind;
use crate::lexicon::table;
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A name of districts of one kind.
#[derive(Debug)]
pub struct District {
    /// Huyện, quận, thị xã or thành phố.
    pub kind: PlaceKind,
    /// Name without the word for its kind.
    pub name: &'static str,
    /// Codes, in the list of 63, of the provinces that had one.
    pub province_codes: Vec<&'static str>,
    /// Whether the name alone fits districts of several provinces.
    pub ambiguous: bool,
    /// Other spellings.
    pub aliases: Vec<&'static str>,
    /// Last day; at the latest 30 June 2025.
    pub valid_to: &'static str,
}

impl District {
    /// The provinces that had one of this name and kind.
    pub fn provinces(&self) -> Vec<&'static Province> {
        let of = |code: &&str| provinces::by_code(List::Until2025, code);
        let first = |p: &'static Province| {
            provinces::province_by_name(p.name).unwrap_or(p)
        };
        self.province_codes.iter().filter_map(of).map(first).collect()
    }
}

static DISTRICTS: LazyLock<Vec<District>> = LazyLock::new(|| {
    let text = include_str!("../districts.tsv");
    table::read("districts", text, |row| District {
        kind: kind(row.get("kind")),
        name: row.get("name"),
        province_codes: row.list("provinces"),
        ambiguous: row.flag("ambiguous"),
        aliases: row.list("aliases"),
        valid_to: row.get("valid_to"),
    })
});

fn kind(word: &str) -> PlaceKind {
    PlaceKind::of_word(word)
        .unwrap_or_else(|| panic!("no kind of place: {word}"))
}

/// Districts by lower-case name, of every kind.
static BY_NAME: LazyLock<HashMap<String, Vec<&'static District>>> =
    LazyLock::new(|| {
        let mut by_name: HashMap<String, Vec<&District>> = HashMap::default();
        for d in DISTRICTS.iter() {
            for name in std::iter::once(&d.name).chain(&d.aliases) {
                by_name.entry(name.to_lowercase()).or_default().push(d);
            }
        }
        by_name
    });

/// One entry a name, for the search of the longest.
static NAMES: LazyLock<HashMap<String, ()>> =
    LazyLock::new(|| BY_NAME.keys().map(|k| (k.clone(), ())).collect());

/// Every district with this name, whatever its kind.
pub fn districts_named(name: &str) -> &'static [&'static District] {
    BY_NAME.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
}

/// The district of this name and kind; if there is none of the kind (it may
/// have changed it), any of the name.
fn best(name: &str, kind: PlaceKind) -> Option<&'static District> {
    let named = districts_named(name);
    named.iter().find(|d| d.kind == kind).or(named.first()).copied()
}

/// The provinces that a district lies in, as of June 2025; several where the
/// name is ambiguous. Any kind counts if none of the given one is listed.
pub fn province_of_district(
    kind: PlaceKind,
    name: &str,
) -> Vec<&'static Province> {
    best(name, kind).map(District::provinces).unwrap_or_default()
}

/// The district whose name starts exactly at a byte, in capitals.
pub(super) fn name_at(
    norm: &str,
    lower: &str,
    at: usize,
    kind: PlaceKind,
) -> Option<(Range<usize>, &'static District)> {
    let (range, ()) =
        longest_at(&NAMES, lower, at, |range| is_proper(&norm[range.clone()]))?;
    let district = best(&lower[range.clone()], kind)?;
    Some((range, district))
}

/// A name of communes of one kind since July 2025.
#[derive(Debug)]
pub struct Commune {
    /// Xã, phường or đặc khu.
    pub kind: PlaceKind,
    /// Name without the word for its kind.
    pub name: &'static str,
    /// Codes, in the list of 34, of the provinces that have one.
    pub province_codes: Vec<&'static str>,
}

impl Commune {
    /// The provinces of the list of 34 that have one.
    pub fn provinces(&self) -> Vec<&'static Province> {
        let of = |code: &&str| provinces::by_code(List::Since2025, code);
        self.province_codes.iter().filter_map(of).collect()
    }

    /// The provinces of the list of 63 that it may lie in: none, since one
    /// province of the 34 holds up to three of the 63 and names repeat.
    pub(super) fn provinces_before(&self) -> Vec<&'static Province> {
        Vec::new()
    }
}

static COMMUNES: LazyLock<Vec<Commune>> = LazyLock::new(|| {
    let text = include_str!("../communes.tsv");
    let groups = table::read("communes", text, |row| {
        (row.get("province"), kind(row.get("kind")), row.list("names"))
    });
    let mut places: HashMap<(PlaceKind, &str), usize> = HashMap::default();
    let mut communes: Vec<Commune> = Vec::new();
    for (province, kind, names) in groups {
        for name in names {
            let i = *places.entry((kind, name)).or_insert(communes.len());
            if i == communes.len() {
                communes.push(Commune { kind, name, province_codes: vec![] });
            }
            communes[i].province_codes.push(province);
        }
    }
    communes
});

static COMMUNES_BY_NAME: LazyLock<HashMap<String, Vec<&'static Commune>>> =
    LazyLock::new(|| {
        let mut by_name: HashMap<String, Vec<&Commune>> = HashMap::default();
        for c in COMMUNES.iter() {
            by_name.entry(c.name.to_lowercase()).or_default().push(c);
        }
        by_name
    });

static COMMUNE_NAMES: LazyLock<HashMap<String, ()>> = LazyLock::new(|| {
    COMMUNES_BY_NAME.keys().map(|k| (k.clone(), ())).collect()
});

/// The provinces of the list of 34 that have a commune of this name and kind.
pub fn commune_provinces(
    kind: PlaceKind,
    name: &str,
) -> Vec<&'static Province> {
    COMMUNES_BY_NAME
        .get(&name.to_lowercase())
        .and_then(|named| named.iter().find(|c| c.kind == kind))
        .map(|c| c.provinces())
        .unwrap_or_default()
}

/// The commune whose name starts exactly at a byte, in capitals.
pub(super) fn commune_at(
    norm: &str,
    lower: &str,
    at: usize,
    kind: PlaceKind,
) -> Option<(Range<usize>, &'static Commune)> {
    let (range, ()) = longest_at(&COMMUNE_NAMES, lower, at, |range| {
        is_proper(&norm[range.clone()])
    })?;
    let named = COMMUNES_BY_NAME.get(&lower[range.clone()])?;
    let commune =
        named.iter().find(|c| c.kind == kind).or(named.first()).copied()?;
    Some((range, commune))
}
