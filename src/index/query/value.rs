//! The value of a filter: names of provinces, kinds and themes are looked up
//! in the project's tables, with and without tone marks.

use super::error::{QueryError, quoted};
use super::field::nearest;
use super::{Field, Value, lex, number, period};
use crate::compare::all_themes;
use crate::lexicon::document_types;
use crate::lexicon::places::{all_provinces, province_by_name};
use crate::text::{fold, key};
use std::ops::Range;
use std::sync::LazyLock;

/// Most pieces of a query that may be one name: `Bà Rịa - Vũng Tàu`.
pub(super) const MOST_PIECES: usize = 8;

/// A name that a filter takes, and what it stands for.
struct Name {
    key: String,
    folded: String,
    value: &'static str,
}

impl Name {
    fn new(name: &str, value: &'static str) -> Self {
        let key = plain(&key(name));
        Self { folded: fold(&key), key, value }
    }
}

/// A name without signs: `TP.HCM` and `tp hcm` are one.
fn plain(key: &str) -> String {
    let words = key.split(|c: char| !lex::is_word_char(c));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

static PROVINCES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let mut names: Vec<Name> = Vec::new();
    for province in all_provinces() {
        let spellings =
            [province.name].into_iter().chain(province.aliases.iter().copied());
        for spelling in spellings {
            for kind in ["", "tỉnh ", "thành phố ", "tp "] {
                let name =
                    Name::new(&format!("{kind}{spelling}"), province.name);
                let known =
                    |n: &Name| n.key == name.key && n.value == name.value;
                if !names.iter().any(known) {
                    names.push(name);
                }
            }
        }
    }
    names
});

static TYPES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let mut names = Vec::new();
    for kind in document_types::all() {
        names.push(Name::new(kind.name, kind.name));
        names.extend(kind.words.iter().map(|w| Name::new(w, kind.name)));
        if !kind.code.is_empty() {
            names.push(Name::new(kind.code, kind.name));
        }
    }
    names
});

static THEMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let themes = all_themes().iter();
    themes
        .flat_map(|theme| {
            [&theme.id, &theme.vi, &theme.en]
                .map(|name| Name::new(name, theme.id.as_str()))
        })
        .collect()
});

static KINDS: LazyLock<Vec<Name>> = LazyLock::new(|| {
    vec![Name::new("announcement", "announcement"), Name::new("other", "other")]
});

static LEVELS: LazyLock<Vec<Name>> = LazyLock::new(|| {
    [
        ("central", "central"),
        ("trung ương", "central"),
        ("province", "province"),
        ("tỉnh", "province"),
        ("district", "district"),
        ("huyện", "district"),
        ("commune", "commune"),
        ("xã", "commune"),
    ]
    .map(|(name, value)| Name::new(name, value))
    .into_iter()
    .collect()
});

/// The names that a field takes; `None` if it takes any words.
fn names(field: Field) -> Option<&'static [Name]> {
    match field {
        Field::Province => Some(&PROVINCES),
        Field::Type => Some(&TYPES),
        Field::Theme => Some(&THEMES),
        Field::Kind => Some(&KINDS),
        Field::Level => Some(&LEVELS),
        _ => None,
    }
}

/// What a name stands for. Marks count where they were typed: the whole name
/// must have them, or it is one of those that fit without.
fn known(names: &[Name], text: &str) -> Vec<&'static str> {
    let typed = plain(&key(text));
    let folded = fold(&typed);
    let mut out: Vec<&'static str> = Vec::new();
    let mut add = |value| {
        if !out.contains(&value) {
            out.push(value);
        }
    };
    names.iter().filter(|n| n.key == typed).for_each(|n| add(n.value));
    if !out.is_empty() {
        return out;
    }
    let fits =
        |name: &&Name| name.folded == folded && agrees(&typed, &name.key);
    let mut out: Vec<&'static str> = Vec::new();
    for name in names.iter().filter(fits) {
        if !out.contains(&name.value) {
            out.push(name.value);
        }
    }
    out
}

/// Whether each word that was typed with marks has just those in the name.
fn agrees(typed: &str, name: &str) -> bool {
    typed.split(' ').zip(name.split(' ')).all(|(typed, name)| {
        typed == name || fold(typed) == typed && fold(name) == typed
    })
}

/// The province of an abbreviation or spelling that only the table of places
/// knows.
fn province(text: &str) -> Option<&'static str> {
    province_by_name(&key(text)).map(|province| province.name)
}

/// Whether a piece of a query is a name that a field takes.
pub(super) fn is_name(field: Field, text: &str) -> bool {
    let listed = names(field).is_some_and(|n| !known(n, text).is_empty());
    listed || field == Field::Province && province(text).is_some()
}

/// Whether the values of a field are names of one or several words.
pub(super) fn takes_names(field: Field) -> bool {
    names(field).is_some()
}

/// The value that the words at a place are for a field; what stands behind
/// them goes into the hint if they are none.
pub(super) fn value(
    query: &str,
    field: Field,
    place: Range<usize>,
) -> Result<Value, QueryError> {
    let text = &query[place.clone()];
    match field {
        Field::Issued => period::period(query, place).map(Value::Issued),
        Field::Year => period::years(query, place).map(Value::Years),
        Field::Number => {
            let words = lex::words(query, place.clone());
            number::value(words).map(Value::Number).ok_or_else(|| {
                QueryError::new(
                    place,
                    format!("`{}` has no number in it", quoted(text)),
                )
                .hint("write number:240/KH-UBND or number:240")
            })
        }
        Field::Issuer | Field::Campaign | Field::Title | Field::Text => {
            let words = lex::words(query, place.clone());
            if words.is_empty() {
                return Err(no_value(field, place));
            }
            Ok(Value::Phrase(words))
        }
        Field::Province
        | Field::Type
        | Field::Theme
        | Field::Kind
        | Field::Level => {
            name(field, text).ok_or_else(|| unknown(field, text, place))
        }
    }
}

fn name(field: Field, text: &str) -> Option<Value> {
    let mut found = known(names(field)?, text);
    if found.is_empty() && field == Field::Province {
        found.extend(province(text));
    }
    let first = found.first().copied()?;
    Some(match field {
        Field::Province => Value::Province(found),
        Field::Type => Value::Type(found),
        Field::Theme => Value::Theme(first),
        _ => Value::Exact(first),
    })
}

/// The error of a filter without a value.
pub(super) fn no_value(field: Field, place: Range<usize>) -> QueryError {
    QueryError::new(place, format!("`{}:` needs a value", field.name()))
        .hint(format!("for example {}", field.example()))
}

/// The name that may have been meant by words that are none.
pub(super) fn near(field: Field, text: &str) -> Option<&'static str> {
    let typed = fold(&plain(&key(text)));
    let all = names(field)?;
    all.iter()
        .find(|name| name.folded == typed)
        .map(|name| name.value)
        .or_else(|| nearest(&typed, all.iter().map(|n| (&n.folded, n.value))))
}

fn unknown(field: Field, text: &str, place: Range<usize>) -> QueryError {
    let what = match field {
        Field::Province => "no province is called",
        Field::Type => "no kind of document is called",
        Field::Theme => "no theme is called",
        Field::Level => "no level is called",
        _ => "no kind of record is called",
    };
    let error =
        QueryError::new(place, format!("{what} `{}`", quoted(text.trim())));
    let all = names(field).unwrap_or_default();
    if let Some(near) = near(field, text) {
        let quotes = if near.contains(' ') { "\"" } else { "" };
        return error.hint(format!(
            "did you mean {}:{quotes}{near}{quotes}?",
            field.name()
        ));
    }
    match field {
        Field::Theme | Field::Kind | Field::Level => {
            let mut values: Vec<&str> = all.iter().map(|n| n.value).collect();
            values.dedup();
            error.hint(format!("there are {}", values.join(", ")))
        }
        _ => error.hint(format!("for example {}", field.example())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(field: Field, text: &str) -> Result<Value, String> {
        value(text, field, 0..text.len()).map_err(|error| error.to_string())
    }

    #[test]
    fn provinces_are_known_by_their_names() {
        for text in [
            "Vĩnh Phúc",
            "vinh phuc",
            "VĨNH PHÚC",
            "tỉnh Vĩnh Phúc",
            "Vĩnh phuc",
            "vi\u{303}nh phu\u{301}c",
        ] {
            assert_eq!(
                read(Field::Province, text),
                Ok(Value::Province(vec!["Vĩnh Phúc"])),
                "{text}"
            );
        }
        for text in ["TP.HCM", "tp hcm", "Hồ Chí Minh", "ho chi minh"] {
            let read = read(Field::Province, text);
            let Ok(Value::Province(names)) = &read else {
                panic!("{text}: {read:?}")
            };
            assert!(
                names.contains(&"Hồ Chí Minh")
                    || names[0].contains("Hồ Chí Minh"),
                "{names:?}"
            );
        }
    }

    #[test]
    fn marks_that_were_typed_count() {
        assert_eq!(
            read(Field::Province, "Hà Nám"),
            Err("no province is called `Hà Nám`; did you mean province:\"Hà Nam\"?".to_owned())
        );
        assert_eq!(
            read(Field::Province, "Quang Nma"),
            Err("no province is called `Quang Nma`; did you mean province:\"Quảng Nam\"?".to_owned())
        );
    }

    #[test]
    fn kinds_and_themes_are_known_by_any_of_their_names() {
        for text in ["Kế hoạch", "ke hoach", "KH", "kh"] {
            assert_eq!(
                read(Field::Type, text),
                Ok(Value::Type(vec!["Kế hoạch"])),
                "{text}"
            );
        }
        for text in
            ["health", "Y tế, sức khỏe", "y te suc khoe", "Y tế, sức khoẻ"]
        {
            assert_eq!(
                read(Field::Theme, text),
                Ok(Value::Theme("health")),
                "{text}"
            );
        }
        assert_eq!(
            read(Field::Kind, "anouncement"),
            Err("no kind of record is called `anouncement`; did you mean kind:announcement?".to_owned())
        );
        assert_eq!(
            read(Field::Level, "vũ trụ"),
            Err("no level is called `vũ trụ`; there are central, province, district, commune".to_owned())
        );
    }

    #[test]
    fn a_number_needs_a_figure() {
        assert_eq!(
            read(Field::Number, "KH-UBND"),
            Err("`KH-UBND` has no number in it; write number:240/KH-UBND or number:240".to_owned())
        );
        let Ok(Value::Number(number)) = read(Field::Number, "kh ubnd 240")
        else {
            panic!()
        };
        assert_eq!(number.key, "240 kh ubnd");
    }
}
