//! Quickwit: lines of JSON and an index configuration.
//!
//! Quickwit appends. What is sent twice stands twice; see `docs/feed.md`.

use super::batch::{Frame, Item};
use super::dialect::{Dialect, SetupFile, pretty};
use super::document::{Days, Shape, folded_name, line};
use super::fields::{FIELDS, Field, Role};
use super::http::{Engine, Http, unexpected};
use super::send::{Failure, Verdict};
use crate::wire::Entry;
use serde_json::{Value, json};
use ureq::http::Method;

/// Quickwit.
pub(super) struct Quickwit {
    pub(super) index: String,
}

const SHAPE: Shape = Shape { folded: true, days: Days::Instant };

impl Dialect for Quickwit {
    fn item(&self, entry: &Entry) -> Item {
        Item { id: entry.id.clone(), bytes: line(entry, SHAPE) }
    }

    fn frame(&self) -> Frame {
        Frame::default()
    }

    fn setup(&self) -> Vec<SetupFile> {
        vec![pretty("index.json", &config(&self.index))]
    }

    fn data_name(&self, number: usize) -> String {
        format!("documents-{number:05}.ndjson")
    }

    fn commands(&self) -> String {
        let index = &self.index;
        format!(
            "curl -fsS -X POST \"$URL/api/v1/indexes\" -H 'content-type: application/json' --data-binary @index.json
for f in documents-*.ndjson; do curl -fsS -X POST \"$URL/api/v1/{index}/ingest?commit=auto&detailed_response=true\" --data-binary @\"$f\"; done"
        )
    }
}

impl Engine for Quickwit {
    fn prepare(&self, http: &Http) -> Result<(), Failure> {
        let path = format!("/api/v1/indexes/{}", self.index);
        let there = http.call(Method::GET, &path, "", b"")?;
        match there.status {
            404 => {}
            _ if there.ok() => return Ok(()),
            _ => return Err(unexpected(http, "to show the index", &there)),
        }
        let body = config(&self.index).to_string();
        let json = "application/json";
        let path = "/api/v1/indexes";
        let reply = http.call(Method::POST, path, json, body.as_bytes())?;
        match reply.ok() {
            true => Ok(()),
            false => Err(unexpected(http, "the index", &reply)),
        }
    }

    fn send(
        &self,
        http: &Http,
        body: &[u8],
        items: &[Item],
    ) -> Result<Vec<Verdict>, Failure> {
        let path = format!(
            "/api/v1/{}/ingest?commit=auto&detailed_response=true",
            self.index
        );
        let reply =
            http.call(Method::POST, &path, "application/x-ndjson", body)?;
        if reply.status == 400 {
            return Err(Failure::Halve(http.redact(&reply.words())));
        }
        if !reply.ok() {
            return Err(unexpected(http, "the documents", &reply));
        }
        let answer = reply.json();
        if !answer["num_docs_for_processing"].is_u64() {
            return Err(unexpected(http, "to answer as Quickwit does", &reply));
        }
        Ok(verdicts(&answer, items))
    }
}

/// Documents that could not be parsed are named by what was sent.
fn verdicts(answer: &Value, items: &[Item]) -> Vec<Verdict> {
    let failures: Vec<(Value, &Value)> = answer["parse_failures"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|failure| {
            let document = failure["document"].as_str().unwrap_or_default();
            let document: Value =
                serde_json::from_str(document).unwrap_or_default();
            (document["id"].clone(), failure)
        })
        .collect();
    let verdict = |item: &Item| {
        let failed = failures.iter().find(|(id, _)| *id == item.id.as_str());
        failed.map_or(Verdict::Taken, |(_, failure)| {
            let text = |name: &str| {
                failure[name].as_str().unwrap_or_default().to_owned()
            };
            let reason = format!("{}: {}", text("reason"), text("message"));
            Verdict::Refused(reason)
        })
    };
    items.iter().map(verdict).collect()
}

/// The index configuration.
fn config(index: &str) -> Value {
    let mappings: Vec<Value> = FIELDS.iter().flat_map(mappings).collect();
    let searched: Vec<String> = FIELDS
        .iter()
        .filter(|field| field.role.weight() > 0)
        .map(|field| folded_name(field.name))
        .collect();
    json!({
        "version": "0.7",
        "index_id": index,
        "doc_mapping": {
            "mode": "lenient",
            "field_mappings": mappings,
            "tokenizers": [
                {
                    "name": "vanban_exact",
                    "type": "simple",
                    "filters": ["lower_caser"],
                },
                {
                    "name": "vanban_folded",
                    "type": "simple",
                    "filters": ["lower_caser", "ascii_folding"],
                },
            ],
        },
        "search_settings": {"default_search_fields": searched},
        "indexing_settings": {"commit_timeout_secs": 30},
    })
}

fn mappings(field: &Field) -> Vec<Value> {
    let name = field.name;
    let many = |one: &str| match field.many {
        true => format!("array<{one}>"),
        false => one.to_owned(),
    };
    let text = |name: &str, tokenizer: &str, stored: bool, fast: bool| {
        json!({
            "name": name,
            "type": many("text"),
            "tokenizer": tokenizer,
            "record": if tokenizer == "raw" { "basic" } else { "position" },
            "fieldnorms": tokenizer != "raw",
            "stored": stored,
            "fast": fast,
        })
    };
    let folded = folded_name(name);
    match field.role {
        Role::Text(_) => vec![
            text(name, "vanban_exact", true, false),
            text(&folded, "vanban_folded", false, false),
        ],
        Role::Name(_) => vec![
            text(name, "vanban_exact", true, true),
            text(&folded, "vanban_folded", false, false),
        ],
        Role::Symbol => vec![
            text(name, "raw", true, true),
            text(&folded, "vanban_folded", false, false),
        ],
        Role::Day => vec![json!({
            "name": name,
            "type": "datetime",
            "input_formats": ["rfc3339"],
            "output_format": "rfc3339",
            "fast_precision": "seconds",
            "fast": true,
        })],
        Role::Integer => {
            vec![json!({"name": name, "type": "i64", "fast": true})]
        }
        Role::Kept => vec![json!({
            "name": name, "type": "text", "indexed": false, "stored": true,
        })],
        Role::Id | Role::Word => vec![text(name, "raw", true, true)],
        Role::SymbolKey => vec![text(name, "raw", false, false)],
    }
}
