//! Typesense: lines of JSON, a collection's schema, synonyms.

use super::batch::{Frame, Item};
use super::dialect::{Dialect, SetupFile, pretty};
use super::document::{Days, Shape, folded_name, line};
use super::fields::{FIELDS, Field, Role};
use super::http::{Engine, Http, unexpected};
use super::send::{Failure, Verdict};
use super::synonyms;
use crate::wire::Entry;
use serde_json::{Value, json};
use ureq::http::Method;

/// Typesense.
pub(super) struct Typesense {
    pub(super) index: String,
}

const SHAPE: Shape = Shape { folded: true, days: Days::Number };

const JSON: &str = "application/json";

impl Dialect for Typesense {
    fn item(&self, entry: &Entry) -> Item {
        Item { id: entry.id.clone(), bytes: line(entry, SHAPE) }
    }

    fn frame(&self) -> Frame {
        Frame::default()
    }

    fn setup(&self) -> Vec<SetupFile> {
        vec![
            pretty("collection.json", &collection(&self.index)),
            pretty("synonyms.json", &synonym_set()),
        ]
    }

    fn data_name(&self, number: usize) -> String {
        format!("documents-{number:05}.jsonl")
    }

    fn commands(&self) -> String {
        let index = &self.index;
        let key = "-H \"x-typesense-api-key: $VANBAN_FEED_API_KEY\"";
        format!(
            "curl -fsS -X POST \"$URL/collections\" {key} --data-binary @collection.json
curl -fsS -X PUT \"$URL/synonym_sets/{index}\" {key} --data-binary @synonyms.json   # from Typesense 30 on
for f in documents-*.jsonl; do curl -fsS \"$URL/collections/{index}/documents/import?action=upsert\" {key} --data-binary @\"$f\"; done"
        )
    }
}

impl Engine for Typesense {
    fn prepare(&self, http: &Http) -> Result<(), Failure> {
        let body = collection(&self.index).to_string();
        let path = "/collections";
        let reply = http.call(Method::POST, path, JSON, body.as_bytes())?;
        if !reply.ok() && reply.status != 409 {
            return Err(unexpected(http, "the collection", &reply));
        }
        self.synonyms(http)
    }

    fn send(
        &self,
        http: &Http,
        body: &[u8],
        items: &[Item],
    ) -> Result<Vec<Verdict>, Failure> {
        let path = format!(
            "/collections/{}/documents/import?action=upsert",
            self.index
        );
        let reply = http.call(Method::POST, &path, "text/plain", body)?;
        match reply.status {
            400 => return Err(Failure::Halve(http.redact(&reply.words()))),
            // Not enough memory or disk, for now.
            422 => {
                let reason = http.redact(&reply.words());
                return Err(Failure::Later { reason, wait: None });
            }
            _ if !reply.ok() => {
                return Err(unexpected(http, "the documents", &reply));
            }
            _ => {}
        }
        let text = String::from_utf8_lossy(&reply.body);
        let lines: Vec<&str> =
            text.lines().filter(|line| !line.trim().is_empty()).collect();
        if lines.len() != items.len() {
            return Err(unexpected(http, "to answer line by line", &reply));
        }
        Ok(lines.into_iter().map(verdict).collect())
    }
}

impl Typesense {
    /// Synonyms lie beside the collection since version 30, before that in
    /// it, one by one.
    fn synonyms(&self, http: &Http) -> Result<(), Failure> {
        let path = format!("/synonym_sets/{}", self.index);
        let body = synonym_set().to_string();
        let reply = http.call(Method::PUT, &path, JSON, body.as_bytes())?;
        if reply.ok() {
            let path = format!("/collections/{}", self.index);
            let body = json!({"synonym_sets": [self.index]}).to_string();
            let reply =
                http.call(Method::PATCH, &path, JSON, body.as_bytes())?;
            return match reply.ok() {
                true => Ok(()),
                false => Err(unexpected(http, "the synonyms", &reply)),
            };
        }
        if !matches!(reply.status, 404 | 405) {
            return Err(unexpected(http, "the synonyms", &reply));
        }
        for item in synonym_items() {
            let id = item["id"].as_str().unwrap_or_default();
            let path = format!("/collections/{}/synonyms/{id}", self.index);
            let body = item.to_string();
            let reply = http.call(Method::PUT, &path, JSON, body.as_bytes())?;
            if !reply.ok() {
                return Err(unexpected(http, "the synonyms", &reply));
            }
        }
        Ok(())
    }
}

fn verdict(line: &str) -> Verdict {
    let answer: Value = serde_json::from_str(line).unwrap_or_default();
    if answer["success"] == true {
        return Verdict::Taken;
    }
    let code = answer["code"].as_u64().unwrap_or(0);
    let reason = match answer["error"].as_str() {
        Some(error) => format!("HTTP {code}: {error}"),
        None => format!("HTTP {code}"),
    };
    match code {
        429 | 500.. => Verdict::Later(reason),
        _ => Verdict::Refused(reason),
    }
}

/// One-way synonyms: what is typed, and all that it finds beside itself. In
/// folded form, as the folded fields are searched.
fn synonym_items() -> Vec<Value> {
    let meanings = synonyms::meanings(true);
    let all = meanings.into_iter().enumerate();
    all.map(|(i, (root, synonyms))| {
        json!({"id": format!("vanban-{i}"), "root": root, "synonyms": synonyms})
    })
    .collect()
}

fn synonym_set() -> Value {
    json!({"items": synonym_items()})
}

fn collection(index: &str) -> Value {
    let fields: Vec<Value> = FIELDS
        .iter()
        .filter(|field| field.role != Role::Id)
        .flat_map(fields)
        .collect();
    json!({"name": index, "fields": fields})
}

/// A text with its marks is cut by the rules of Vietnamese, which keep them.
fn fields(field: &Field) -> Vec<Value> {
    let kind = match (field.role, field.many) {
        (Role::Day | Role::Integer, _) => "int32",
        (_, true) => "string[]",
        (_, false) => "string",
    };
    let name = field.name;
    let mut own = json!({
        "name": name,
        "type": kind,
        "optional": true,
    });
    let mut out = Vec::new();
    match field.role {
        Role::Text(_) => own["locale"] = "vi".into(),
        Role::Name(_) => {
            own["locale"] = "vi".into();
            own["facet"] = true.into();
        }
        Role::Word | Role::Symbol => own["facet"] = true.into(),
        Role::Day | Role::Integer => own["sort"] = true.into(),
        Role::Kept => own["index"] = false.into(),
        Role::SymbolKey | Role::Id => {}
    }
    if field.role.weight() > 0 {
        out.push(json!({
            "name": folded_name(name),
            "type": kind,
            "optional": true,
        }));
    }
    out.insert(0, own);
    out
}
