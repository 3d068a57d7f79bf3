//! Why a field has its value.

use super::{Context, extract};
use crate::record::{Evidence, Record};
use crate::text::{Norm, Raw, Span, Text};

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

/// Says why a field of the record has its value: what was found, by which
/// rule, and what was doubtful about it.
pub fn explain(text: &Text, context: &Context, field: &str) -> Vec<Step> {
    let record = extract(text, context);
    let mut steps = Steps { text, found: Vec::new() };
    steps.single_values(&record, field);
    steps.lists(&record, field);
    for note in record.notes.iter().filter(|note| note.field == field) {
        steps.add("note", note.span, &note.text);
    }
    steps.found
}

struct Steps<'t> {
    text: &'t Text,
    found: Vec<Step>,
}

impl Steps<'_> {
    fn add(&mut self, rule: &str, span: Option<Span<Raw>>, why: &str) {
        self.found.push(Step {
            rule: rule.to_owned(),
            verdict: Verdict::Found,
            span: span.map(|span| self.text.to_norm(span)),
            why: why.to_owned(),
        });
    }

    fn value(
        &mut self,
        rule: &str,
        span: Option<Span<Raw>>,
        why: Option<&str>,
        others: &[Evidence],
    ) {
        self.add(rule, span, why.unwrap_or_default());
        for other in others {
            let why = "other words of the same, or a competing value";
            self.add(rule, Some(other.span), why);
        }
    }

    fn single_values(&mut self, record: &Record, field: &str) {
        let words = match field {
            "title" => &record.title,
            "byline" => &record.byline,
            "campaign" => &record.campaign,
            _ => &None,
        };
        if let Some(v) = words {
            self.value(&v.rule, v.span, v.why.as_deref(), &v.others);
        }
        let date = match field {
            "published" => &record.published,
            "issued" => &record.issued,
            _ => &None,
        };
        if let Some(v) = date {
            self.value(&v.rule, v.span, v.why.as_deref(), &v.others);
        }
        if let ("issuer", Some(v)) = (field, &record.issuer) {
            self.value(&v.rule, v.span, v.why.as_deref(), &v.others);
        }
        if let ("document", Some(v)) = (field, &record.document) {
            self.value(&v.rule, v.span, v.why.as_deref(), &v.others);
        }
        if let ("signer", Some(v)) = (field, &record.signer) {
            let title = v.title.as_deref().unwrap_or_default();
            self.add(&v.rule, Some(v.span), title);
        }
    }

    fn lists(&mut self, record: &Record, field: &str) {
        match field {
            "slogans" => {
                for v in &record.slogans {
                    self.add(&v.rule, Some(v.span), "");
                }
            }
            "dates" => {
                for v in &record.dates {
                    let why = v.why.as_deref().unwrap_or_default();
                    self.add(
                        &v.rule,
                        Some(v.span),
                        &format!("{} {why}", v.value),
                    );
                }
            }
            "references" => {
                for v in &record.references {
                    self.add(&v.rule, Some(v.span), "");
                }
            }
            "contents" => {
                let Some(v) = &record.contents else { return };
                if let Some(lead) = &v.lead {
                    self.add(&v.rule, Some(lead.span), "the lead-in");
                }
                for (i, item) in v.items.iter().enumerate() {
                    let why = format!("item {}", i + 1);
                    self.add(&v.rule, Some(item.span), &why);
                }
            }
            _ => {}
        }
    }
}
