//! Kinds of official documents: their codes in symbols and the words that
//! name them in running text.

use super::fold::ascii_upper;
use super::phrases::Phrases;
use super::scan::{Names, Scan};
use super::table::{self, Row};
use super::word_edges::ends_with_word;
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A family of rules for documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// State administrative papers (NĐ 30/2020/NĐ-CP).
    State,
    /// Normative documents (văn bản quy phạm pháp luật).
    Normative,
    /// Papers of the Party.
    Party,
    /// Papers of assemblies.
    Assembly,
    /// Papers of the Fatherland Front and the mass organisations.
    Mass,
    /// Copies of papers.
    Copy,
}

const SYSTEMS: &[(&str, System)] = &[
    ("state", System::State),
    ("normative", System::Normative),
    ("party", System::Party),
    ("assembly", System::Assembly),
    ("mass", System::Mass),
    ("copy", System::Copy),
];

/// One kind of document.
#[derive(Debug)]
pub struct DocumentType {
    /// Code as printed in symbols, in its official case: `KH`, `CTr`; empty
    /// if there is none.
    pub code: &'static str,
    /// Name: `Kế hoạch`.
    pub name: &'static str,
    /// Families that use it, the main one first.
    pub systems: Vec<System>,
    /// Words that name it in running text, lower case.
    pub words: Vec<&'static str>,
    /// Words right before them that make another word: `pháp` before `luật`.
    pub not_after: Vec<&'static str>,
    /// Whether a symbol carries the code.
    pub in_symbol: bool,
    /// What the press says of it: `ban hành`, `thông qua`.
    pub verbs: Vec<&'static str>,
}

impl DocumentType {
    fn of(row: &Row<'_>) -> Self {
        Self {
            code: row.get("code"),
            name: row.get("name"),
            systems: row.some_of("system", SYSTEMS),
            words: row.list("words"),
            not_after: row.list("not_after"),
            in_symbol: row.flag("in_symbol"),
            verbs: row.list("verb"),
        }
    }

    /// Whether a family of rules uses it.
    pub fn is_in(&self, system: System) -> bool {
        self.systems.contains(&system)
    }
}

static TYPES: LazyLock<Vec<DocumentType>> = LazyLock::new(|| {
    let text = include_str!("document_types.tsv");
    table::read("document_types", text, DocumentType::of)
});

/// Every kind of document.
pub fn all() -> &'static [DocumentType] {
    &TYPES
}

/// Exact codes and codes without marks and case; where one code has several
/// names, that of the State, of a symbol, comes first.
static BY_CODE: LazyLock<HashMap<String, &'static DocumentType>> =
    LazyLock::new(|| {
        let mut types: Vec<&DocumentType> =
            TYPES.iter().filter(|t| !t.code.is_empty()).collect();
        types.sort_by_key(|t| (!t.in_symbol, t.is_in(System::Copy)));
        let mut by_code = HashMap::default();
        for t in &types {
            by_code.entry(t.code.to_string()).or_insert(*t);
        }
        for t in &types {
            by_code.entry(t.code.to_uppercase()).or_insert(*t);
        }
        for t in &types {
            by_code.entry(ascii_upper(t.code)).or_insert(*t);
        }
        by_code
    });

/// The kind with exactly this code.
pub fn by_code(code: &str) -> Option<&'static DocumentType> {
    BY_CODE.get(code).copied().filter(|t| t.code == code)
}

/// The kind that a code means however it is written: `QYĐ`, `Ctr`, `ND`.
/// Codes that differ in marks only (`ĐA`, `DA`) stay apart when written so.
pub fn canonical(code: &str) -> Option<&'static DocumentType> {
    let find = |key: &str| BY_CODE.get(key).copied();
    find(code)
        .or_else(|| find(&code.to_uppercase()))
        .or_else(|| find(&ascii_upper(code)))
}

/// The kind with this name in a family of rules: in the Party `TT` is
/// `Thông tri`, elsewhere `Thông tư`.
pub fn by_name(name: &str) -> Option<&'static DocumentType> {
    let lower = name.to_lowercase();
    TYPES.iter().find(|t| t.name.to_lowercase() == lower)
}

/// Words that name a kind of document.
#[derive(Debug, Clone)]
pub struct TypeMention {
    /// Bytes of the normalized text.
    pub span: Range<usize>,
    /// What they name.
    pub kind: &'static DocumentType,
    /// Whether they say that it is urgent: `công điện khẩn`.
    pub urgent: bool,
}

static WORDS: LazyLock<Phrases<&'static DocumentType>> = LazyLock::new(|| {
    Phrases::new(
        TYPES.iter().flat_map(|t| t.words.iter().map(move |w| (*w, t))),
    )
});

/// The words for kinds of documents, with numbers.
pub(super) fn phrases() -> &'static [(String, u32)] {
    WORDS.numbered()
}

/// Every word of a lower-cased normalized text that names a kind of document,
/// longest first at each place.
pub fn find_words(lower: &str) -> Vec<TypeMention> {
    mentions(lower, WORDS.find(lower))
}

/// The same of a scanned text.
pub fn find_scanned(scan: &Scan) -> Vec<TypeMention> {
    let found = WORDS.leftmost(scan.names(Names::DocumentTypes));
    mentions(scan.lower(), found)
}

fn mentions(
    lower: &str,
    found: Vec<(Range<usize>, &'static DocumentType)>,
) -> Vec<TypeMention> {
    let whole = |span: &Range<usize>, kind: &DocumentType| {
        let before = &lower[..span.start];
        !kind.not_after.iter().any(|word| ends_with_word(before, word))
    };
    found
        .into_iter()
        .filter(|(span, kind)| whole(span, kind))
        .map(|(span, kind)| {
            // `công điện khẩn`, `công điện hỏa tốc`: the last word tells.
            let words = &lower[span.clone()];
            let urgent = words.ends_with("khẩn") || words.ends_with("hỏa tốc");
            TypeMention { span, kind, urgent }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, &'static str)> {
        find_words(text)
            .into_iter()
            .map(|m| (text[m.span].to_string(), m.kind.code))
            .collect()
    }

    #[test]
    fn codes_are_found_as_printed() {
        assert_eq!(by_code("KH").unwrap().name, "Kế hoạch");
        assert_eq!(by_code("CTr").unwrap().name, "Chương trình");
        assert_eq!(by_code("NĐ").unwrap().name, "Nghị định");
        assert_eq!(by_code("TT").unwrap().name, "Thông tư");
        assert_eq!(by_code("L").unwrap().name, "Lệnh");
        assert!(by_code("CTR").is_none());
        assert!(by_code("UBND").is_none());
    }

    #[test]
    fn codes_are_mended() {
        for (written, code) in [
            ("QYĐ", "QyĐ"),
            ("QyD", "QyĐ"),
            ("Ctr", "CTr"),
            ("TTR", "TTr"),
            ("ND", "NĐ"),
            ("QD", "QĐ"),
            ("QĐI", "QĐi"),
            ("ĐA", "ĐA"),
            ("DA", "DA"),
            ("kh", "KH"),
        ] {
            assert_eq!(canonical(written).map(|t| t.code), Some(code));
        }
        assert!(canonical("XYZ").is_none());
    }

    #[test]
    fn the_longest_word_wins() {
        assert_eq!(
            names("thông tư liên tịch, thông tư, công điện khẩn số 5"),
            [
                ("thông tư liên tịch".into(), "TTLT"),
                ("thông tư".into(), "TT"),
                ("công điện khẩn".into(), "CĐ"),
            ]
        );
        assert!(find_words("công điện khẩn")[0].urgent);
        assert!(!find_words("công điện số 5")[0].urgent);
    }

    #[test]
    fn a_syllable_before_makes_another_word() {
        assert!(names("quy luật và pháp luật").is_empty());
        assert_eq!(names("luật đất đai"), [("luật".into(), "Luật")]);
        assert_eq!(names("bộ luật lao động"), [("bộ luật".into(), "BL")]);
        assert!(names("theo mệnh lệnh số một").is_empty());
    }

    #[test]
    fn words_are_lower_case_and_names_unique_in_their_code() {
        for t in all() {
            assert!(!t.systems.is_empty(), "{}", t.name);
            for word in &t.words {
                assert_eq!(word.to_lowercase(), **word);
            }
        }
    }
}
