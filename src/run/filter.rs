//! Which documents are wanted.

use crate::pipeline::Ticket;
use crate::record::{Kind, Record};
use crate::text::{normalize, one_line};
use crate::wire;
use std::fmt;
use xxhash_rust::xxh3::xxh3_64;

/// What is asked of a document; the default asks nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Its kind.
    pub kind: Option<Kind>,
    /// Conditions that must all hold.
    pub conditions: Vec<Condition>,
    /// That it is in the sample.
    pub sample: Option<Sample>,
}

impl Filter {
    /// Whether a document should be read at all.
    pub fn samples(&self, ticket: &Ticket) -> bool {
        // What could not be read has no bytes, and is always reported.
        ticket.content == 0
            || self.sample.is_none_or(|sample| sample.holds(ticket.content))
    }

    /// Whether a record should be written.
    pub fn wants(&self, record: &Record) -> bool {
        self.kind.is_none_or(|kind| kind == record.kind)
            && self.conditions.iter().all(|one| one.holds(record))
    }
}

/// What tells this filter from others.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} {:?}", self.kind, self.conditions, self.sample)
    }
}

/// One condition, `FIELD=VALUE` or `FIELD!=VALUE`.
///
/// A field is a column of the table. It holds if the field has this value,
/// for a list if one of its members has; `FIELD=` holds if the field is not
/// there. Normalized words are compared, without regard to case. `!=` holds
/// where `=` does not.
#[derive(Debug, Clone)]
pub struct Condition {
    field: String,
    value: String,
    negated: bool,
}

impl std::str::FromStr for Condition {
    type Err = String;

    fn from_str(asked: &str) -> Result<Self, String> {
        let Some((field, value)) = asked.split_once('=') else {
            return Err(format!(
                "`{asked}` is no condition; give FIELD=VALUE or FIELD!=VALUE"
            ));
        };
        let (field, negated) = match field.strip_suffix('!') {
            Some(field) => (field, true),
            None => (field, false),
        };
        if !wire::COLUMNS.iter().any(|(name, _)| *name == field) {
            let names: Vec<&str> =
                wire::COLUMNS.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "there is no field `{field}`; the fields are: {}",
                names.join(", ")
            ));
        }
        if field.starts_with("repost_") {
            return Err(format!(
                "`{field}` is known only when the record is written; look for it in the output, or leave reposts out with --dedupe"
            ));
        }
        Ok(Self { field: field.to_owned(), value: plain(value), negated })
    }
}

impl Condition {
    fn holds(&self, record: &Record) -> bool {
        let values = wire::values(record, &self.field).unwrap_or_default();
        let equal = match self.value.is_empty() {
            true => values.is_empty(),
            false => values.iter().any(|value| plain(value) == self.value),
        };
        equal != self.negated
    }
}

/// Words as they are compared.
fn plain(words: &str) -> String {
    one_line(&normalize(words)).to_lowercase()
}

/// A part of all documents, chosen by their bytes alone: the same documents
/// in every run, wherever they lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Documents in the sample, of 2^64.
    share: u64,
    seed: u64,
}

impl std::str::FromStr for Sample {
    type Err = String;

    fn from_str(asked: &str) -> Result<Self, String> {
        let (number, whole) = match asked.strip_suffix('%') {
            Some(number) => (number, 100.0),
            None => (asked, 1.0),
        };
        match number.trim().parse::<f64>() {
            Ok(part) if part > 0.0 && part <= whole => {
                // 1.0 saturates to all of them.
                let share = (part / whole * 2f64.powi(64)) as u64;
                Ok(Self { share, seed: 0 })
            }
            _ => Err(format!(
                "`{asked}` is no share; give a part as 0.01, or 1%"
            )),
        }
    }
}

impl Sample {
    /// Another sample of the same size.
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    fn holds(self, content: u64) -> bool {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&content.to_le_bytes());
        bytes[8..].copy_from_slice(&self.seed.to_le_bytes());
        self.share == u64::MAX || xxh3_64(&bytes) < self.share
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Context, extract};
    use crate::text::Text;

    fn holds(condition: &str) -> bool {
        let text = Text::new(
            "Ngày 16/9/2021, UBND tỉnh Vĩnh Phúc ban hành Kế hoạch số 240/KH-UBND.",
        );
        let condition: Condition = condition.parse().expect(condition);
        condition.holds(&extract(&text, &Context::default()))
    }

    #[test]
    fn conditions_compare_normalized_words() {
        for yes in [
            "kind=announcement",
            "place=Vĩnh Phúc",
            "place=VĨNH PHÚC",
            "place=Vi\u{303}nh Phu\u{301}c",
            "year=",
            "symbol=240/KH-UBND",
            "issuer!=",
            "place!=Hà Nam",
            "dates=2021-09-16 issued",
        ] {
            assert!(holds(yes), "{yes}");
        }
        for no in ["kind=other", "place=Vĩnh", "symbol=", "place!=Vĩnh Phúc"]
        {
            assert!(!holds(no), "{no}");
        }
    }

    #[test]
    fn an_unknown_field_is_refused_with_the_known_ones() {
        let error = "isuer=a".parse::<Condition>().expect_err("refused");
        assert!(error.contains("`isuer`") && error.contains("issuer_level"));
        assert!("issuer".parse::<Condition>().is_err());
        let error = "repost_first=".parse::<Condition>().expect_err("refused");
        assert!(error.contains("--dedupe"), "{error}");
    }

    #[test]
    fn a_sample_has_its_size_and_depends_on_the_seed() {
        let sample: Sample = "10%".parse().expect("a share");
        assert_eq!("0.1".parse(), Ok(sample));
        let chosen = |sample: Sample| -> Vec<u64> {
            let content = |n: u64| xxh3_64(&n.to_le_bytes());
            (0..10_000).filter(|n| sample.holds(content(*n))).collect()
        };
        let first = chosen(sample);
        assert!((850..1150).contains(&first.len()), "{}", first.len());
        assert_ne!(first, chosen(sample.with_seed(1)));
        assert_eq!(chosen("100%".parse().expect("all")).len(), 10_000);
        for wrong in ["0", "-1", "2", "101%", "many"] {
            assert!(wrong.parse::<Sample>().is_err(), "{wrong}");
        }
    }
}
