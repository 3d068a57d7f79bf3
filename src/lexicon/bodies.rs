//! Bodies that issue documents, and the people who sign for them.

mod kind;
mod open_name;

pub use kind::BodyKind;

use super::level::{Level, PlaceKind};
use super::neighbours::Neighbours;
use super::phrases::{Phrases, without_overlaps};
use super::scan::{Names, Scan};
use super::sectors::{self, Sector, Tier};
use super::table::{self, Row};
use super::word_edges::{ends_with_word, word_after};
use kind::KINDS;
use rustc_hash::FxHashMap as HashMap;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

const LEVELS: &[(&str, Option<Level>)] = &[
    ("central", Some(Level::Central)),
    ("province", Some(Level::Province)),
    ("district", Some(Level::District)),
    ("commune", Some(Level::Commune)),
    ("any", None),
];

/// Whether a part of its own belongs to the name of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// The words are the whole name.
    No,
    /// More may follow: `Ban Chỉ đạo phòng, chống thiên tai`.
    Tail,
    /// The words are so common that they count only in capitals, before
    /// capitals: `Hội Nhà văn`, `Trung tâm Kỹ thuật`.
    Cased,
}

const OPEN: &[(&str, Open)] =
    &[("n", Open::No), ("y", Open::Tail), ("cased", Open::Cased)];

/// Placeholders of the table for the sectors of one tier.
const TIERS: &[(&str, Tier)] = &[
    ("{ministry}", Tier::Ministry),
    ("{department}", Tier::Department),
    ("{office}", Tier::Office),
];

/// A body, or the person at its head.
#[derive(Debug, Clone)]
pub struct Body {
    /// Usual short form: `UBND`, `Bộ Y tế`, `Chủ tịch UBND`.
    pub name: String,
    /// Full form, if it is another: `Ủy ban nhân dân`.
    pub long: Option<String>,
    /// Level; `None` where the word after the body tells (`UBND tỉnh`).
    pub level: Option<Level>,
    /// Whether the name of a place belongs to it: `UBND tỉnh Vĩnh Phúc`.
    pub takes_place: bool,
    /// What it is.
    pub kind: BodyKind,
    /// Whether a part of its own follows these words: `Ban Chỉ đạo …`.
    pub open: Open,
    /// The body that this person signs for: `UBND` of `Chủ tịch UBND`.
    pub head_of: Option<String>,
    /// First day or year of its existence, if it matters.
    pub valid_from: Option<&'static str>,
    /// Last day or year, if it has ended.
    pub valid_to: Option<&'static str>,
    /// Body that holds its main duties now.
    pub successor: Option<&'static str>,
    /// Words beside it that make it something else: `cơ` before `Sở Y tế`.
    pub neighbours: Neighbours,
}

/// A line of the table, before its sectors are filled in.
struct Template {
    body: Body,
    forms: Vec<String>,
    tier: Option<(&'static str, Tier)>,
}

impl Template {
    fn of(row: &Row<'_>) -> Self {
        let name = row.get("name");
        let long = row.opt("long").map(str::to_string);
        let mut forms = vec![name.to_lowercase()];
        forms.extend(long.as_ref().map(|long| long.to_lowercase()));
        forms.extend(row.list("forms").into_iter().map(str::to_string));
        let body = Body {
            name: name.to_string(),
            long,
            level: row.one_of("level", LEVELS),
            takes_place: row.flag("takes_place"),
            kind: row.one_of("kind", KINDS),
            open: row.one_of("open", OPEN),
            head_of: row.opt("head_of").map(str::to_string),
            valid_from: row.opt("valid_from"),
            valid_to: row.opt("valid_to"),
            successor: row.opt("successor"),
            neighbours: Neighbours::of(row),
        };
        let tier = TIERS.iter().find(|(word, _)| name.contains(word)).copied();
        Self { body, forms, tier }
    }

    /// The body of one sector.
    fn fill(&self, word: &str, tier: Tier, sector: &Sector) -> Option<Body> {
        let validity = sector.tier(tier)?;
        let named = |text: &String| text.replace(word, sector.name);
        Some(Body {
            name: named(&self.body.name),
            head_of: self.body.head_of.as_ref().map(named),
            valid_from: validity.from,
            valid_to: validity.to,
            successor: validity.successor,
            ..self.body.clone()
        })
    }
}

/// What a phrase of the automaton announces.
#[derive(Debug, Clone, Copy)]
enum Announced {
    /// A body, by its index.
    Body(usize),
    /// Words that a sector must follow, with the index of the first of a
    /// run of bodies, one a sector.
    Sector(Tier, usize),
}

/// Every body, the phrases that announce them, and names to look up.
struct Lexicon {
    bodies: Vec<Body>,
    phrases: Phrases<Announced>,
    /// Index of a body by lower-case name and forms.
    by_name: HashMap<String, usize>,
    /// Index of a body by the run of its sector template and sector name.
    by_sector: HashMap<(usize, &'static str), usize>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let text = include_str!("bodies.tsv");
    Lexicon::build(table::read("bodies", text, Template::of))
});

impl Lexicon {
    fn build(templates: Vec<Template>) -> Self {
        let all_forms: HashMap<String, Vec<String>> = templates
            .iter()
            .map(|t| (t.body.name.clone(), t.forms.clone()))
            .collect();
        let mut bodies = Vec::new();
        let mut phrases: Vec<(String, Announced)> = Vec::new();
        let mut by_name = HashMap::default();
        let mut by_sector = HashMap::default();
        for template in &templates {
            let first = bodies.len();
            if let Some((word, tier)) = template.tier {
                for sector in sectors::all() {
                    if let Some(body) = template.fill(word, tier, sector) {
                        by_name.insert(body.name.to_lowercase(), bodies.len());
                        by_sector.insert((first, sector.name), bodies.len());
                        bodies.push(body);
                    }
                }
                for form in &template.forms {
                    let opener = form.trim_end_matches(word).trim_end();
                    let announced = Announced::Sector(tier, first);
                    phrases.push((opener.to_string(), announced));
                }
            } else {
                for form in expand(&template.forms, &all_forms) {
                    by_name.entry(form.clone()).or_insert(first);
                    phrases.push((form, Announced::Body(first)));
                }
                bodies.push(template.body.clone());
            }
        }
        let phrases = Phrases::new(phrases);
        Self { bodies, phrases, by_name, by_sector }
    }
}

/// Fills the forms of other bodies into `{Name}`.
fn expand(forms: &[String], of: &HashMap<String, Vec<String>>) -> Vec<String> {
    forms
        .iter()
        .flat_map(|form| {
            let slot = form.split_once('{').and_then(|(head, rest)| {
                rest.split_once('}').map(|(name, tail)| (head, name, tail))
            });
            match slot {
                None => vec![form.clone()],
                Some((head, name, tail)) => of
                    .get(name)
                    .unwrap_or_else(|| panic!("bodies: no body {name}"))
                    .iter()
                    .map(|inner| format!("{head}{inner}{tail}"))
                    .collect(),
            }
        })
        .collect()
}

/// The phrases that announce bodies, with numbers.
pub(super) fn phrases() -> &'static [(String, u32)] {
    LEXICON.phrases.numbered()
}

/// Every body.
#[cfg(test)]
fn all() -> &'static [Body] {
    &LEXICON.bodies
}

/// The body with this short name, full name or other form, in any case.
pub fn by_name(name: &str) -> Option<&'static Body> {
    let at = *LEXICON.by_name.get(&name.to_lowercase())?;
    LEXICON.bodies.get(at)
}

/// Every body that has wordings, with these in lower case, sorted.
pub fn wordings() -> Vec<(&'static Body, Vec<&'static str>)> {
    let mut forms: Vec<(usize, &str)> =
        LEXICON.by_name.iter().map(|(form, i)| (*i, form.as_str())).collect();
    forms.sort_unstable();
    forms
        .chunk_by(|a, b| a.0 == b.0)
        .map(|of_one| {
            let body = &LEXICON.bodies[of_one[0].0];
            (body, of_one.iter().map(|(_, form)| *form).collect())
        })
        .collect()
}

/// Words that name a body.
#[derive(Debug, Clone)]
pub struct BodyMention {
    /// Bytes of the normalized text: the body alone, `UBND` of
    /// `UBND tỉnh Vĩnh Phúc`.
    pub span: Range<usize>,
    /// The body.
    pub body: &'static Body,
    /// The word for a kind of place right behind, with its bytes: `tỉnh`.
    pub place_word: Option<(Range<usize>, PlaceKind)>,
    /// Level, of the body or of the word behind it; `None` before
    /// `thành phố`, whose name must tell, and where nothing tells.
    pub level: Option<Level>,
    /// Whether many are meant: `UBND các huyện`, `các Sở Y tế`.
    pub plural: bool,
}

impl BodyMention {
    /// Bytes of the body and the word for the kind of place behind it.
    pub fn full(&self) -> Range<usize> {
        let end = self.place_word.as_ref().map(|(range, _)| range.end);
        self.span.start..end.unwrap_or(self.span.end)
    }
}

/// Words behind a body, or before it, that mean many.
const MANY: &[&str] = &["các", "những", "mọi", "mỗi", "từng", "cấp", "nhiều"];

/// Every body that a lower-cased normalized text names, leftmost and longest
/// first. Of open bodies the first words only (`Ban Chỉ đạo`), and not those
/// that need capitals; [`find_cased`] has both.
#[cfg(test)]
fn find(lower: &str) -> Vec<BodyMention> {
    let mut found = candidates(&Scan::of(lower, lower), 0..lower.len());
    found.retain(|(_, i)| LEXICON.bodies[*i].open != Open::Cased);
    mentions(lower, found)
}

/// Every body that a normalized text names, open ones with the whole of
/// their name: `Cục Cạnh tranh và Bảo vệ người tiêu dùng`.
pub fn find_cased(scan: &Scan) -> Vec<BodyMention> {
    find_in(scan, 0..scan.lower().len())
}

/// Those whose names begin in some bytes, whatever stands before.
pub fn find_in(scan: &Scan, range: Range<usize>) -> Vec<BodyMention> {
    let (norm, lower) = (scan.norm(), scan.lower());
    // The longest listed words win before any is read on to its end.
    let mut found = leftmost(candidates(scan, range));
    found.retain_mut(|(range, i)| {
        // `VOV.VN` is a site.
        if lower[range.end..].starts_with(".vn") {
            return false;
        }
        let body = &LEXICON.bodies[*i];
        if body.open == Open::No {
            return true;
        }
        let end = open_name::end(norm, lower, range.end, body);
        // `Bảo hiểm xã hội (BHXH) tỉnh`
        let behind = behind_abbreviation(lower, range.end);
        let place = norm[behind..].starts_with(' ')
            && open_name::is_place(norm, lower, behind + 1);
        let capital = norm[range.start..].starts_with(char::is_uppercase);
        range.end = end.unwrap_or(range.end);
        body.open == Open::Tail || (capital && (end.is_some() || place))
    });
    mentions(lower, found)
}

/// Whether the name of a body may begin at one of some bytes.
pub fn may_begin(scan: &Scan, range: Range<usize>) -> bool {
    let names = scan.names(Names::Bodies);
    let i = names.partition_point(|(name, _)| name.start < range.start);
    names.get(i).is_some_and(|(name, _)| name.start < range.end)
}

/// Bodies that begin in a range, by bytes of the text, overlaps included.
fn candidates(scan: &Scan, range: Range<usize>) -> Vec<(Range<usize>, usize)> {
    let (lexicon, lower) = (&*LEXICON, scan.lower());
    let names = scan.names(Names::Bodies);
    let first = names.partition_point(|(name, _)| name.start < range.start);
    names[first..]
        .iter()
        .take_while(|(name, _)| name.start < range.end)
        .filter_map(|(range, i)| match lexicon.phrases.value(*i) {
            Announced::Body(i) => Some((range.clone(), i)),
            Announced::Sector(tier, first) => {
                let behind = &lower[range.end..];
                let gap = behind.len() - behind.trim_start_matches(' ').len();
                let (end, sector) = sectors::at(lower, range.end + gap, tier)?;
                let i = *lexicon.by_sector.get(&(first, sector.name))?;
                Some((range.start..end, i))
            }
        })
        .filter(|(range, i)| lexicon.bodies[*i].neighbours.allow(lower, range))
        .collect()
}

/// Of overlapping finds the leftmost, of those the longest.
fn leftmost(
    mut found: Vec<(Range<usize>, usize)>,
) -> Vec<(Range<usize>, usize)> {
    found.sort_by_key(|(range, i)| (range.start, Reverse(range.end), *i));
    without_overlaps(found, |(range, _)| range)
}

fn mentions(
    lower: &str,
    found: Vec<(Range<usize>, usize)>,
) -> Vec<BodyMention> {
    let found = leftmost(found).into_iter();
    let mut out: Vec<BodyMention> = Vec::with_capacity(found.len());
    for (range, i) in found {
        // `Liên đoàn Lao động (LĐLĐ) tỉnh`: what stands in the brackets is no
        // other body.
        if out.last().is_some_and(|last| range.start < last.full().end) {
            continue;
        }
        out.push(mention(lower, range, &LEXICON.bodies[i]));
    }
    out
}

/// `Mặt trận Tổ quốc (MTTQ) Việt Nam`: the body whose name goes on behind its
/// abbreviation, and the end of it.
fn whole(lower: &str, span: &Range<usize>) -> Option<(usize, &'static Body)> {
    let behind = behind_abbreviation(lower, span.end);
    let rest = lower[behind..].strip_prefix(COUNTRY)?;
    if behind == span.end || rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let name = format!("{}{COUNTRY}", &lower[span.clone()]);
    Some((behind + COUNTRY.len(), by_name(&name)?))
}

/// What the names of the associations of the State end with.
const COUNTRY: &str = " việt nam";

/// Most bytes of an abbreviation.
const ABBREVIATION: usize = 20;

/// The byte behind an abbreviation in brackets that may stand between a body
/// and its place: `Hội Liên hiệp Phụ nữ (LHPN) tỉnh`.
pub fn behind_abbreviation(lower: &str, at: usize) -> usize {
    let inner = lower[at..].strip_prefix(" (");
    let close = inner.and_then(|inner| {
        let close = inner.find(')').filter(|len| *len < ABBREVIATION)?;
        (!inner[..close].contains([' ', '\n'])).then_some(close)
    });
    close.map_or(at, |close| at + " (".len() + close + ")".len())
}

fn mention(
    lower: &str,
    span: Range<usize>,
    body: &'static Body,
) -> BodyMention {
    let (span, body) = match whole(lower, &span) {
        Some((end, body)) => (span.start..end, body),
        None => (span, body),
    };
    let end = behind_abbreviation(lower, span.end);
    let rest = &lower[end..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\n']).len();
    let place_word = PlaceKind::at(lower, end + gap).filter(|_| {
        body.level != Some(Level::Central)
            // `TT` in the next line heads a column.
            && (!rest[..gap].contains('\n') || !is_short(lower, end + gap))
    });
    let level = body
        .level
        .or_else(|| place_word.as_ref().and_then(|(_, kind)| kind.level()));
    let behind = word_after(lower, span.end);
    let plural = MANY.contains(&behind)
        || behind.starts_with(|c: char| c.is_ascii_digit())
        || ["các", "những", "mọi"]
            .iter()
            .any(|word| ends_with_word(&lower[..span.start], word));
    BodyMention { span, body, place_word, level, plural }
}

/// Whether the word at a byte is an abbreviation of at most two letters.
fn is_short(lower: &str, at: usize) -> bool {
    word_after(lower, at).chars().count() <= 2
}

#[cfg(test)]
mod tests;
