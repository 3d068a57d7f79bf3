//! Records against gold: precision, recall and F1, field by field.
//!
//! Gold is `NAME.txt` with `NAME.gold.json` beside it ([`Gold`]). Records are
//! taken as plain JSON values, so that the records of any program can be
//! scored. A field with one value counts as right, missed or a false alarm (a
//! wrong value is both of the last two); a list counts its members one by one.
//! Texts are compared loosely ([`loose`]), spans by overlap.

mod gold;
pub mod loose;
mod measure;
pub mod search;
mod tally;

pub use gold::{Gold, GoldDocument, Mention, OneOrMany, Optional, Wording};
pub use measure::{Scores, score};
pub use tally::{Figures, Mistake, Tally};

/// A scored field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Announcement or other.
    Kind,
    /// The headline.
    Title,
    /// The day the article was published.
    Published,
    /// The body whose act it is.
    Issuer,
    /// Code of the act's type.
    Type,
    /// Symbol of the act.
    Symbol,
    /// The day of the act.
    Issued,
    /// Name of the movement or campaign.
    Campaign,
    /// Slogans, by span.
    Slogans,
    /// Enumerated items, by span.
    Contents,
    /// Calendar expressions, by span and value.
    Dates,
    /// Symbols of cited documents.
    References,
}

impl Field {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 12] = [
        Self::Kind,
        Self::Title,
        Self::Published,
        Self::Issuer,
        Self::Type,
        Self::Symbol,
        Self::Issued,
        Self::Campaign,
        Self::Slogans,
        Self::Contents,
        Self::Dates,
        Self::References,
    ];

    /// Its name in tables and options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Title => "title",
            Self::Published => "published",
            Self::Issuer => "issuer",
            Self::Type => "type",
            Self::Symbol => "symbol",
            Self::Issued => "issued",
            Self::Campaign => "campaign",
            Self::Slogans => "slogans",
            Self::Contents => "contents",
            Self::Dates => "dates",
            Self::References => "references",
        }
    }

    /// The field of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}
