//! Meilisearch: lines of JSON, settings, and tasks that are waited for.

use super::batch::{Frame, Item};
use super::dialect::{Dialect, SetupFile, pretty};
use super::document::{Days, Shape, line};
use super::fields::{FIELDS, Role};
use super::http::{Engine, Http, Reply, unexpected};
use super::send::{Failure, Verdict};
use super::synonyms;
use crate::wire::Entry;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use ureq::http::Method;

/// Meilisearch.
pub(super) struct Meilisearch {
    pub(super) index: String,
}

const SHAPE: Shape = Shape { folded: false, days: Days::Number };

const JSON: &str = "application/json";

impl Dialect for Meilisearch {
    fn item(&self, entry: &Entry) -> Item {
        Item { id: entry.id.clone(), bytes: line(entry, SHAPE) }
    }

    fn frame(&self) -> Frame {
        Frame::default()
    }

    fn setup(&self) -> Vec<SetupFile> {
        vec![pretty("settings.json", &settings())]
    }

    fn data_name(&self, number: usize) -> String {
        format!("documents-{number:05}.ndjson")
    }

    fn commands(&self) -> String {
        let index = &self.index;
        let key = "-H \"authorization: Bearer $VANBAN_FEED_API_KEY\"";
        format!(
            "curl -fsS -X PATCH \"$URL/indexes/{index}/settings\" {key} -H 'content-type: application/json' --data-binary @settings.json
for f in documents-*.ndjson; do curl -fsS -X POST \"$URL/indexes/{index}/documents?primaryKey=id\" {key} -H 'content-type: application/x-ndjson' --data-binary @\"$f\"; done"
        )
    }
}

impl Engine for Meilisearch {
    fn prepare(&self, http: &Http) -> Result<(), Failure> {
        let make = json!({"uid": self.index, "primaryKey": "id"}).to_string();
        let reply =
            http.call(Method::POST, "/indexes", JSON, make.as_bytes())?;
        match self.finished(http, "the index", &reply)? {
            Ok(()) => {}
            Err(error) if error["code"] == "index_already_exists" => {}
            Err(error) => return Err(said(http, "the index", &error)),
        }
        let path = format!("/indexes/{}/settings", self.index);
        let body = settings().to_string();
        let reply = http.call(Method::PATCH, &path, JSON, body.as_bytes())?;
        self.finished(http, "the settings", &reply)?
            .map_err(|error| said(http, "the settings", &error))
    }

    fn send(
        &self,
        http: &Http,
        body: &[u8],
        items: &[Item],
    ) -> Result<Vec<Verdict>, Failure> {
        // POST replaces a document; PUT would leave what it no longer has.
        let path = format!("/indexes/{}/documents?primaryKey=id", self.index);
        let reply =
            http.call(Method::POST, &path, "application/x-ndjson", body)?;
        if reply.status == 400 {
            return Err(Failure::Halve(http.redact(&reply.words())));
        }
        match self.finished(http, "the documents", &reply)? {
            Ok(()) => Ok(vec![Verdict::Taken; items.len()]),
            // The whole task failed for one of its documents.
            Err(error) if error["type"] == "invalid_request" => {
                Err(Failure::Halve(http.redact(&words(&error))))
            }
            Err(error) => Err(Failure::Later {
                reason: http.redact(&words(&error)),
                wait: None,
            }),
        }
    }
}

impl Meilisearch {
    /// Waits for the task of an answer; its error, if it failed.
    fn finished(
        &self,
        http: &Http,
        what: &str,
        reply: &Reply,
    ) -> Result<Result<(), Value>, Failure> {
        let task = match (reply.ok(), reply.json()["taskUid"].as_u64()) {
            (true, Some(task)) => task,
            _ => return Err(unexpected(http, what, reply)),
        };
        let path = format!("/tasks/{task}");
        let begun = Instant::now();
        let mut pause = Duration::from_millis(10);
        loop {
            match http.call(Method::GET, &path, "", b"") {
                Ok(reply) if reply.ok() => {
                    let answer = reply.json();
                    match answer["status"].as_str() {
                        Some("succeeded") => return Ok(Ok(())),
                        Some("failed") => {
                            return Ok(Err(answer["error"].clone()));
                        }
                        Some("enqueued" | "processing") => {}
                        _ => return Err(unexpected(http, what, &reply)),
                    }
                }
                Ok(reply) => return Err(unexpected(http, what, &reply)),
                // The task goes on while the server is busy.
                Err(Failure::Later { .. }) => {}
                Err(failure) => return Err(failure),
            }
            if begun.elapsed() > http.patience {
                let reason = format!("task {task} is not done");
                return Err(Failure::Later { reason, wait: None });
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_secs(2));
        }
    }
}

fn words(error: &Value) -> String {
    let part = |name: &str| error[name].as_str().unwrap_or("?").to_owned();
    format!("{}: {}", part("code"), part("message"))
}

fn said(http: &Http, what: &str, error: &Value) -> Failure {
    let words = http.redact(&words(error));
    Failure::Never(format!("the server refused {what}: {words}"))
}

fn settings() -> Value {
    let named = |wanted: &dyn Fn(Role) -> bool| -> Vec<&str> {
        let fields = FIELDS.iter().filter(|field| wanted(field.role));
        fields.map(|field| field.name).collect()
    };
    let mut searched: Vec<_> =
        FIELDS.iter().filter(|f| f.role.weight() > 0).collect();
    searched.sort_by_key(|field| std::cmp::Reverse(field.role.weight()));
    let mut searched: Vec<&str> = searched.iter().map(|f| f.name).collect();
    searched.push("symbol_key");
    let exact = |role| matches!(role, Role::Symbol | Role::SymbolKey);
    let filter =
        |role: Role| role.is_facet() || exact(role) || role == Role::Day;
    json!({
        "searchableAttributes": searched,
        "filterableAttributes": named(&filter),
        "sortableAttributes":
            named(&|role| matches!(role, Role::Day | Role::Integer)),
        "synonyms": synonyms::meanings(false),
        "typoTolerance": {"disableOnAttributes": named(&exact)},
    })
}
