//! Levels of administration and the words that name them.

use super::word_edges::is_edge;
use std::ops::Range;

/// A level of administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Trung ương.
    Central,
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh (until 30 June 2025).
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
}

/// The word for the kind of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// Tỉnh.
    Province,
    /// Thành phố; whether of a province or a municipality, the name says.
    City,
    /// Huyện.
    RuralDistrict,
    /// Quận.
    UrbanDistrict,
    /// Thị xã.
    Town,
    /// Xã.
    RuralCommune,
    /// Phường.
    Ward,
    /// Thị trấn (until 30 June 2025).
    Township,
    /// Đặc khu (since 1 July 2025).
    SpecialZone,
}

/// The words for kinds of places, lower case, the longer of two that share a
/// beginning first. Source: Law on local government organisation, and the
/// abbreviations of the press.
const WORDS: &[(&str, PlaceKind)] = &[
    ("tỉnh", PlaceKind::Province),
    ("thành phố", PlaceKind::City),
    ("t.p.", PlaceKind::City),
    ("t.p", PlaceKind::City),
    ("tp.", PlaceKind::City),
    ("tp", PlaceKind::City),
    ("huyện", PlaceKind::RuralDistrict),
    ("h.", PlaceKind::RuralDistrict),
    ("quận", PlaceKind::UrbanDistrict),
    ("q.", PlaceKind::UrbanDistrict),
    ("thị xã", PlaceKind::Town),
    ("tx.", PlaceKind::Town),
    ("tx", PlaceKind::Town),
    ("xã", PlaceKind::RuralCommune),
    ("phường", PlaceKind::Ward),
    ("p.", PlaceKind::Ward),
    ("thị trấn", PlaceKind::Township),
    ("tt.", PlaceKind::Township),
    ("tt", PlaceKind::Township),
    ("đặc khu", PlaceKind::SpecialZone),
];

impl PlaceKind {
    /// The Vietnamese word, lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Province => "tỉnh",
            Self::City => "thành phố",
            Self::RuralDistrict => "huyện",
            Self::UrbanDistrict => "quận",
            Self::Town => "thị xã",
            Self::RuralCommune => "xã",
            Self::Ward => "phường",
            Self::Township => "thị trấn",
            Self::SpecialZone => "đặc khu",
        }
    }

    /// The level, as far as the word alone says it: a city is one of the
    /// province level or of the district level.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Province => Some(Level::Province),
            Self::City => None,
            Self::RuralDistrict | Self::UrbanDistrict | Self::Town => {
                Some(Level::District)
            }
            Self::RuralCommune
            | Self::Ward
            | Self::Township
            | Self::SpecialZone => Some(Level::Commune),
        }
    }

    /// The word for a kind that starts exactly at a byte of lower-cased text.
    pub fn at(lower: &str, at: usize) -> Option<(Range<usize>, Self)> {
        let rest = &lower[at..];
        // The beginnings of all the words; most others have another.
        if !rest.starts_with(['t', 'h', 'q', 'x', 'p', 'đ'])
            || !is_edge(lower, at)
        {
            return None;
        }
        WORDS.iter().find_map(|(word, kind)| {
            let end = at + word.len();
            // `TT&TT` is no township, `tp-` no city.
            // All of them have two bytes or more, and the second one settles
            // most cases without a call.
            let whole = rest.as_bytes().get(1) == word.as_bytes().get(1)
                && rest.starts_with(word)
                && is_edge(lower, end)
                && !lower[end..].starts_with(['&', '/']);
            whole.then_some((at..end, *kind))
        })
    }

    /// The word for a kind that ends right before a byte of lower-cased text,
    /// blanks aside.
    pub fn before(lower: &str, at: usize) -> Option<(Range<usize>, Self)> {
        let head = lower[..at].trim_end_matches([' ', '\n']);
        WORDS
            .iter()
            .filter(|(word, _)| head.ends_with(word))
            .map(|(word, kind)| (head.len() - word.len()..head.len(), *kind))
            .filter(|(range, _)| {
                is_edge(lower, range.start) && is_edge(lower, range.end)
            })
            .max_by_key(|(range, _)| range.len())
    }

    /// The kind that a full word of the tables names.
    pub fn of_word(word: &str) -> Option<Self> {
        WORDS.iter().find(|(w, _)| *w == word).map(|(_, kind)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_before_and_after_a_position() {
        let text = "ubnd thị xã cai lậy, tp.hcm";
        let at = text.find("thị").unwrap();
        let (range, kind) = PlaceKind::at(text, at).unwrap();
        assert_eq!((&text[range], kind), ("thị xã", PlaceKind::Town));
        let (range, kind) =
            PlaceKind::before(text, text.find("cai").unwrap()).unwrap();
        assert_eq!((&text[range], kind), ("thị xã", PlaceKind::Town));
        let (range, kind) =
            PlaceKind::before(text, text.find("hcm").unwrap()).unwrap();
        assert_eq!((&text[range], kind), ("tp.", PlaceKind::City));
        assert_eq!(PlaceKind::at(text, 0), None);
    }

    #[test]
    fn part_of_a_word_is_no_kind() {
        assert_eq!(PlaceKind::at("tt&tt", 0), None);
        assert_eq!(PlaceKind::at("tpx", 0), None);
        assert_eq!(PlaceKind::before("xh. yên", "xh. ".len()), None);
    }
}
