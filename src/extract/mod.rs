//! The heart: from one text to one record.

use crate::record::{Kind, Record, SCHEMA, Source};
use crate::text::{Norm, Span, Text};

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

/// What a rule came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It found a value.
    Found,
    /// It saw something and refused it.
    Refused,
    /// It had nothing to go by.
    NotThere,
}

/// One step on the way to a field, or away from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The rule.
    pub rule: String,
    /// What it came to.
    pub verdict: Verdict,
    /// The words it rests on.
    pub span: Option<Span<Norm>>,
    /// Why, in plain words.
    pub why: String,
}

/// Says why a field has its value: the rules tried, in order.
pub fn explain(text: &Text, context: &Context, field: &str) -> Vec<Step> {
    let _ = (text, context, field);
    Vec::new()
}
