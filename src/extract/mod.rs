//! The heart: from one text to one record.

pub mod dates;
mod window;

use crate::record::{Kind, Record, SCHEMA, Source};
use crate::text::Text;

/// What is known about a document besides its text.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Where it comes from; copied into the record.
    pub source: Source,
    /// Headline from the container's metadata.
    pub title: Option<String>,
    /// Publication date from the container's metadata, in any usual form.
    pub published: Option<String>,
    /// What reading the document left doubtful.
    pub notes: Vec<String>,
}

/// Extracts every field. Never fails: what is missing is `None`, what is
/// doubtful is a note.
pub fn extract(text: &Text, context: &Context) -> Record {
    let _ = text;
    Record {
        schema: SCHEMA.to_owned(),
        id: String::new(),
        source: context.source.clone(),
        kind: Kind::Other,
        title: None,
        byline: None,
        published: None,
        issuer: None,
        document: None,
        issued: None,
        campaign: None,
        slogans: Vec::new(),
        contents: None,
        dates: Vec::new(),
        references: Vec::new(),
        signer: None,
        notes: Vec::new(),
    }
}
