//! Groonga: `TokenBigram`, which keeps words of letters whole, over columns
//! without marks, titles weighted, synonyms expanded.

use super::{TABLE, fill};
use crate::Result;
use crate::eval::search::Engine;
use crate::feed::fields::FIELDS;
use crate::feed::{System, Target};
use crate::text::fold;
use crate::wire::Entry;
use serde_json::Value;
use std::time::Duration;
use ureq::Agent;

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A table of a Groonga server. It stays there; a server for this alone is
/// best.
pub struct Groonga {
    agent: Agent,
    base: String,
    columns: String,
}

impl Groonga {
    /// Puts the documents into the table.
    pub fn new(target: &Target, entries: &[Entry]) -> Result<Self> {
        fill(System::Groonga, target, entries)?;
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        let columns: Vec<String> = FIELDS
            .iter()
            .filter(|field| field.role.weight() > 0)
            .map(|f| format!("{}_folded * {}", f.name, f.role.weight()))
            .collect();
        Ok(Self {
            agent: agent.into(),
            base: target.url.trim_end_matches('/').to_owned(),
            columns: columns.join(" || "),
        })
    }
}

/// The table as `feed` names it.
fn table() -> String {
    let (first, rest) = TABLE.split_at(1);
    first.to_ascii_uppercase() + rest
}

impl Engine for Groonga {
    fn name(&self) -> &str {
        "groonga"
    }

    fn search(
        &mut self,
        query: &str,
        limit: usize,
    ) -> std::result::Result<Vec<String>, String> {
        let table = table();
        let most = limit.to_string();
        let expander = format!("{table}_Synonyms.words");
        let answer = self
            .agent
            .get(format!("{}/d/select", self.base))
            .query("command_version", "3")
            .query("table", &table)
            .query("match_columns", &self.columns)
            .query("query", safe(query))
            .query("query_flags", "ALLOW_LEADING_NOT")
            .query("query_expander", &expander)
            .query("sort_keys", "-_score,_key")
            .query("output_columns", "_key")
            .query("limit", &most)
            .call()
            .and_then(|mut answer| answer.body_mut().read_to_string())
            .map_err(|error| error.to_string())?;
        let answer: Value =
            serde_json::from_str(&answer).map_err(|e| e.to_string())?;
        if answer["header"]["return_code"] != 0 {
            return Err(answer["header"]["error"]["message"].to_string());
        }
        let records = answer["body"]["records"].as_array();
        let records = records.ok_or("an answer without records")?;
        let key = |record: &Value| record[0].as_str().map(str::to_owned);
        Ok(records.iter().filter_map(key).collect())
    }
}

/// A query without marks, its operators kept, and nothing else that Groonga
/// would take for one.
fn safe(query: &str) -> String {
    let words: Vec<String> = query
        .split_whitespace()
        .filter(|word| word.contains(|c: char| c.is_alphanumeric()))
        .map(|word| match word {
            "OR" => word.to_owned(),
            "AND" => "+".to_owned(),
            "NOT" => "-".to_owned(),
            word => escaped(&fold(word)),
        })
        .collect();
    words.join(" ").replace("+ ", "").replace("- ", "-")
}

fn escaped(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut first = true;
    for c in word.chars() {
        match c {
            '\\' | '>' | '<' | '~' | '*' | '+' | ':' | '=' | '^' | '@'
            | '&' | '|' | '!' | '$' | '%' => out.push(' '),
            '-' | '/' if !first => out.push(' '),
            c => out.push(c),
        }
        first = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_stay_and_other_signs_go() {
        assert_eq!(safe("240/KH-UBND"), "240 kh ubnd");
        assert_eq!(safe("2715 / KH - UBND"), "2715 kh ubnd");
        assert_eq!(safe("muỗi OR muối"), "muoi OR muoi");
        assert_eq!(safe("du lịch NOT \"Kon Tum\""), "du lich -\"kon tum\"");
        assert_eq!(safe("a AND b:c*"), "a b c ");
    }
}
