//! Two announcements or many, side by side.

mod align;
mod clause;
mod cluster;
mod diff;
mod model;
mod overlap;
mod prepare;
mod similarity;
mod words;
#[cfg(test)]
mod gold;

use crate::record::{Item, Record};

/// A document to compare.
#[derive(Debug, Clone)]
pub struct Document {
    /// What was extracted from it.
    pub record: Record,
    /// The text as read, if it is at hand: evidence is quoted from it.
    pub text: Option<String>,
}

impl Document {
    /// The name of the issuer's province, which is masked when texts are
    /// compared.
    fn place(&self) -> Option<&str> {
        let issuer = self.record.issuer.as_ref()?;
        issuer.place.as_ref().map(|place| place.name.as_str())
    }

    fn items(&self) -> &[Item] {
        self.record.contents.as_ref().map_or(&[], |c| &c.items)
    }
}
