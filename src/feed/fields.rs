//! The one table of what a system is given of an entry; settings, mappings
//! and documents of all systems are rendered from it.

use crate::lexicon::symbol_key::symbol_keys;
use crate::wire::Entry;

/// What a field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The name of the document; what is sent twice stands once.
    Id,
    /// Full text, with its weight beside the others.
    Text(u8),
    /// A name: full text, with its weight, and a facet.
    Name(u8),
    /// One of few values: a filter and a facet.
    Word,
    /// The number of an official document, found in any spelling.
    Symbol,
    /// Keys of such a number, made for looking it up.
    SymbolKey,
    /// A calendar day.
    Day,
    /// A whole number.
    Integer,
    /// Kept and shown, not searched.
    Kept,
}

impl Role {
    /// Weight in full text; 0 if it is none.
    pub fn weight(self) -> u8 {
        match self {
            Self::Text(weight) | Self::Name(weight) => weight,
            Self::Symbol => 4,
            _ => 0,
        }
    }

    /// Whether its values are counted and filtered by.
    pub fn is_facet(self) -> bool {
        matches!(self, Self::Name(_) | Self::Word | Self::Integer)
    }
}

/// A field of a document.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name, everywhere.
    pub name: &'static str,
    /// What it is for.
    pub role: Role,
    /// Whether it is a list.
    pub many: bool,
    pub(super) value: fn(&Entry) -> Value<'_>,
}

/// What a document has in a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    One(Option<&'a str>),
    Many(Vec<&'a str>),
    Made(Vec<String>),
    Integer(Option<i64>),
}

impl Value<'_> {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::One(value) => value.is_none(),
            Self::Many(values) => values.is_empty(),
            Self::Made(values) => values.is_empty(),
            Self::Integer(value) => value.is_none(),
        }
    }
}

macro_rules! one {
    ($name:literal, $role:expr, $field:ident) => {
        Field {
            name: $name,
            role: $role,
            many: false,
            value: |entry| Value::One(entry.$field.as_deref()),
        }
    };
}

macro_rules! many {
    ($name:literal, $role:expr, $field:ident) => {
        Field {
            name: $name,
            role: $role,
            many: true,
            value: |entry| {
                Value::Many(entry.$field.iter().map(String::as_str).collect())
            },
        }
    };
}

/// Every field, in the order of the documents.
pub static FIELDS: [Field; 24] = [
    Field {
        name: "id",
        role: Role::Id,
        many: false,
        value: |entry| Value::One(Some(&entry.id)),
    },
    Field {
        name: "kind",
        role: Role::Word,
        many: false,
        value: |entry| Value::One(Some(&entry.kind)),
    },
    one!("title", Role::Text(8), title),
    one!("issuer", Role::Name(4), issuer),
    one!("level", Role::Word, level),
    one!("province", Role::Name(2), province),
    one!("province_now", Role::Name(2), province_now),
    one!("type", Role::Name(2), type_name),
    one!("symbol", Role::Symbol, symbol),
    Field {
        name: "symbol_key",
        role: Role::SymbolKey,
        many: true,
        value: |entry| {
            let symbol = entry.symbol.as_deref();
            Value::Made(symbol.map_or_else(Vec::new, symbol_keys))
        },
    },
    one!("number", Role::Word, number),
    Field {
        name: "year",
        role: Role::Integer,
        many: false,
        value: |entry| Value::Integer(entry.year.map(i64::from)),
    },
    one!("issued", Role::Kept, issued),
    one!("issued_from", Role::Day, issued_from),
    one!("issued_to", Role::Day, issued_to),
    one!("published", Role::Kept, published),
    one!("campaign", Role::Name(6), campaign),
    many!("slogans", Role::Text(4), slogans),
    many!("themes", Role::Word, themes),
    many!("contents", Role::Text(2), contents),
    many!("references", Role::Symbol, references),
    one!("text", Role::Text(1), text),
    Field {
        name: "path",
        role: Role::Kept,
        many: false,
        value: |entry| Value::One(Some(&entry.path)),
    },
    one!("url", Role::Kept, url),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_an_entry_is_in_the_table() {
        let text = || Some("x".to_owned());
        let list = || vec!["x".to_owned()];
        let entry = Entry {
            id: "x".into(),
            kind: "x".into(),
            title: text(),
            issuer: text(),
            level: text(),
            province: text(),
            province_now: text(),
            type_name: text(),
            symbol: text(),
            number: text(),
            year: Some(1),
            issued: text(),
            issued_from: text(),
            issued_to: text(),
            published: text(),
            campaign: text(),
            slogans: list(),
            themes: list(),
            contents: list(),
            references: list(),
            text: text(),
            path: "x".into(),
            url: text(),
        };
        let json = serde_json::to_value(&entry).expect("JSON");
        for name in json.as_object().expect("an object").keys() {
            let field = FIELDS.iter().find(|field| field.name == name);
            let field = field.unwrap_or_else(|| panic!("{name} is missing"));
            assert!(!(field.value)(&entry).is_empty(), "{name} is empty");
        }
    }
}
