//! The fields that a query may name.

use super::Field;
use crate::text::fold;

/// A field, its name, its other names without marks, and an example.
type Row = (Field, &'static str, &'static [&'static str], &'static str);

const FIELDS: [Row; 12] = [
    (Field::Issuer, "issuer", &["coquan", "cq"], "issuer:\"UBND tỉnh Hà Nam\""),
    (Field::Province, "province", &["tinh", "tp"], "province:\"Hà Nam\""),
    (Field::Type, "type", &["loai"], "type:\"kế hoạch\""),
    (Field::Number, "number", &["so", "sohieu"], "number:240/KH-UBND"),
    (Field::Issued, "issued", &["ngay", "banhanh"], "issued:2021-09..2021-12"),
    (Field::Year, "year", &["nam"], "year:2021"),
    (
        Field::Campaign,
        "campaign",
        &["phongtrao"],
        "campaign:\"vì người nghèo\"",
    ),
    (Field::Theme, "theme", &["chude"], "theme:health"),
    (Field::Kind, "kind", &[], "kind:announcement"),
    (Field::Level, "level", &["cap"], "level:province"),
    (Field::Title, "title", &["tieude", "tit"], "title:\"phát động thi đua\""),
    (Field::Text, "text", &["noidung"], "text:\"vùng xanh\""),
];

impl Field {
    /// Its name in a query.
    pub fn name(self) -> &'static str {
        row(self).1
    }

    /// A filter on it that makes sense.
    pub(super) fn example(self) -> &'static str {
        row(self).3
    }

    /// The field with a name, in any case, with or without marks.
    pub fn named(name: &str) -> Option<Self> {
        let name = fold(name);
        FIELDS
            .iter()
            .find(|row| row.1 == name || row.2.contains(&name.as_str()))
            .map(|row| row.0)
    }

    /// Every field, in the order in which they are explained.
    pub fn all() -> impl Iterator<Item = Self> {
        FIELDS.iter().map(|row| row.0)
    }
}

fn row(field: Field) -> &'static Row {
    let found = FIELDS.iter().find(|row| row.0 == field);
    found.unwrap_or(&FIELDS[0])
}

/// The name of a field that may have been meant by another word.
pub(super) fn near(name: &str) -> Option<&'static str> {
    let name = fold(name);
    nearest(&name, FIELDS.iter().map(|row| (row.1, row.1)))
}

/// The best of some names, each with the key by which it is compared, if it
/// is near enough to a key: a slip for short ones, two or three for others.
pub(super) fn nearest<T>(
    key: &str,
    names: impl Iterator<Item = (impl AsRef<str>, T)>,
) -> Option<T> {
    let length = key.chars().count();
    let most = match length {
        0..=2 => 0,
        3..=4 => 1,
        5..=9 => 2,
        10..=60 => 3,
        _ => return None,
    };
    let mut best: Option<(usize, T)> = None;
    for (name, value) in names {
        let name = name.as_ref();
        if name.chars().count().abs_diff(length) > most {
            continue;
        }
        let distance = strsim::osa_distance(key, name);
        let better = best.as_ref().is_none_or(|(least, _)| distance < *least);
        if distance <= most && better {
            best = Some((distance, value));
        }
    }
    best.map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_names_in_two_languages() {
        assert_eq!(Field::named("ISSUER"), Some(Field::Issuer));
        assert_eq!(Field::named("tỉnh"), Some(Field::Province));
        assert_eq!(Field::named("Số"), Some(Field::Number));
        assert_eq!(Field::named("isuer"), None);
        assert_eq!(near("isuer"), Some("issuer"));
        assert_eq!(near("provinces"), Some("province"));
        assert_eq!(near("xyz"), None);
    }

    #[test]
    fn no_two_fields_share_a_name() {
        let mut names: Vec<&str> = FIELDS
            .iter()
            .flat_map(|row| row.2.iter().copied().chain([row.1]))
            .collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert_eq!(Field::all().count(), FIELDS.len());
    }
}
