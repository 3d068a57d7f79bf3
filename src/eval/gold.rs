//! Gold: what a person says is right.

use serde::Deserialize;

/// The gold of one document.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// `announcement` or `other`; of the latter only kind, title, published,
    /// slogans and dates are scored.
    pub kind: String,
    /// Span of the headline.
    #[serde(default)]
    pub title: Option<[usize; 2]>,
    /// The day of publication.
    #[serde(default)]
    pub published: Option<OneOrMany>,
    /// The body whose act it is.
    #[serde(default)]
    pub issuer: Option<IssuerNames>,
    /// Code of the act's type.
    #[serde(default, rename = "type")]
    pub type_code: Option<OneOrMany>,
    /// Symbol of the act.
    #[serde(default)]
    pub symbol: Option<String>,
    /// Days of the act that are right.
    #[serde(default)]
    pub issued: Vec<String>,
    /// Names of the campaign that are right.
    #[serde(default)]
    pub campaign: Vec<Wording>,
    /// Slogans.
    #[serde(default)]
    pub slogans: Vec<Mention>,
    /// Enumerated items.
    #[serde(default)]
    pub contents: Vec<Mention>,
    /// Calendar expressions.
    #[serde(default)]
    pub dates: Vec<Mention>,
    /// Symbols of cited documents.
    #[serde(default)]
    pub references: Vec<String>,
    /// Mentions that are neither rewarded nor punished.
    #[serde(default)]
    pub optional: Optional,
}

/// Names of the issuer that are right, the best first.
#[derive(Debug, Clone, Deserialize)]
pub struct IssuerNames {
    /// The names.
    pub names: Vec<String>,
}

/// Mentions that are neither rewarded nor punished.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Optional {
    /// Slogans.
    pub slogans: Vec<Mention>,
    /// Enumerated items.
    pub contents: Vec<Mention>,
    /// Calendar expressions.
    pub dates: Vec<Mention>,
    /// Symbols of cited documents.
    pub references: Vec<String>,
}

/// One right value, or several of which each is right; `?` among several
/// means that giving none is right too.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One value.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// The values.
    pub fn values(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }

    /// Whether giving none is right too.
    pub fn allows_none(&self) -> bool {
        matches!(self, Self::Many(values) if values.iter().any(|v| v == "?"))
    }
}

/// Words, or the span where they stand.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Wording {
    /// The words.
    Words(String),
    /// Their place.
    Span([usize; 2]),
}

/// A place in the text, for dates with its value.
#[derive(Debug, Clone, Deserialize)]
pub struct Mention {
    /// Code points `[start, end)`.
    pub span: [usize; 2],
    /// Value of a date in EDTF; without it any value is right.
    #[serde(default)]
    pub value: Option<OneOrMany>,
}

/// One document of a gold folder.
#[derive(Debug, Clone)]
pub struct GoldDocument {
    /// The file name without its endings.
    pub name: String,
    /// The text as read.
    pub text: String,
    /// What is right about it.
    pub gold: Gold,
}
