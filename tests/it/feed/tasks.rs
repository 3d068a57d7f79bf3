//! Meilisearch, Typesense and Quickwit, as their protocols are published.

use super::server::{Reply, Request, Server};
use super::{HOSTILE, feed, id, lines, records};
use crate::program::{code, stderr};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

const QUICK: [&str; 6] =
    ["--index", "tin", "--retry-wait", "0.01", "--errors", "refused.ndjson"];

type Documents = Arc<Mutex<BTreeMap<String, Value>>>;

fn keep(documents: &Documents, line: &Value) {
    let id = line["id"].as_str().expect("an id").to_owned();
    documents.lock().expect("documents").insert(id, line.clone());
}

/// A day is a number that can be compared.
fn check_days(documents: &Documents) {
    let documents = documents.lock().expect("documents");
    let day = documents[&id(20)]["issued_from"].as_i64();
    assert!(day.is_some_and(|day| (20_210_901..20_211_001).contains(&day)));
    for (n, title) in HOSTILE.iter().enumerate() {
        assert_eq!(documents[&id(n)]["title"], *title);
    }
}

#[test]
fn meilisearch_is_asked_until_its_task_is_done() {
    let documents = Documents::default();
    let shared = documents.clone();
    let mut tasks: Vec<(u32, Value)> = Vec::new();
    let server = Server::start(move |request| {
        let key = request.header("authorization");
        assert_eq!(key, Some("Bearer hunter2-key"));
        let mut task = |error: Value| {
            tasks.push((0, error));
            Reply::Json(202, json!({"taskUid": tasks.len() - 1}))
        };
        let (method, path) = (request.method.as_str(), request.path.as_str());
        match (method, path) {
            ("POST", "/indexes") => {
                let asked = request.json();
                assert_eq!(asked, json!({"uid": "tin", "primaryKey": "id"}));
                task(json!({"code": "index_already_exists", "message": "!"}))
            }
            ("PATCH", "/indexes/tin/settings") => {
                let settings = request.json();
                assert!(settings["synonyms"]["ubnd"].is_array());
                assert_eq!(settings["searchableAttributes"][0], "title");
                task(Value::Null)
            }
            ("POST", "/indexes/tin/documents?primaryKey=id") => {
                let media = request.header("content-type");
                assert_eq!(media, Some("application/x-ndjson"));
                let lines = request.lines();
                // One bad id spoils its whole task.
                if lines.iter().any(|line| line["id"] == "xấu id") {
                    return task(json!({
                        "type": "invalid_request",
                        "code": "invalid_document_id",
                        "message": "Document identifier is invalid",
                    }));
                }
                lines.iter().for_each(|line| keep(&shared, line));
                task(Value::Null)
            }
            ("GET", path) => {
                let task = path.strip_prefix("/tasks/").expect("a task");
                let task: usize = task.parse().expect("a number");
                let (asked, error) = &mut tasks[task];
                *asked += 1;
                let status = match (*asked, error.is_null()) {
                    (1, _) => "enqueued",
                    (2, _) => "processing",
                    (_, true) => "succeeded",
                    (_, false) => "failed",
                };
                Reply::Json(200, json!({"status": status, "error": error}))
            }
            _ => panic!("{method} {path} is not in the protocol"),
        }
    });
    let made = records(40);
    let file = made.path().join("records.ndjson");
    let text = std::fs::read_to_string(&file).expect("records");
    std::fs::write(&file, text.replace("\"r00021\"", "\"xấu id\""))
        .expect("written");
    let output = feed(made.path(), "meilisearch", &server.url, &QUICK);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert_eq!(documents.lock().expect("documents").len(), 39);
    check_days(&documents);
    let refused = lines(made.path().join("refused.ndjson"));
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0]["id"], "xấu id");
    let reason = refused[0]["reason"].as_str().expect("a reason");
    assert!(reason.contains("invalid_document_id"), "{reason}");
}

#[test]
fn typesense_answers_line_by_line() {
    let documents = Documents::default();
    let shared = documents.clone();
    let mut busy = true;
    let server = Server::start(move |request| {
        let key = request.header("x-typesense-api-key");
        assert_eq!(key, Some("hunter2-key"));
        let (method, path) = (request.method.as_str(), request.path.as_str());
        match (method, path) {
            ("POST", "/collections") => {
                check_collection(request);
                Reply::Json(201, json!({"name": "tin"}))
            }
            ("PUT", "/synonym_sets/tin") => {
                let items = request.json()["items"].clone();
                let items = items.as_array().expect("items").clone();
                let ubnd = items.iter().find(|item| item["root"] == "ubnd");
                let ubnd = ubnd.expect("a synonym")["synonyms"].clone();
                let ubnd = ubnd.as_array().expect("a list").clone();
                assert!(ubnd.contains(&json!("uy ban nhan dan")), "{ubnd:?}");
                Reply::Json(200, json!({}))
            }
            ("PATCH", "/collections/tin") => Reply::Json(200, json!({})),
            ("POST", "/collections/tin/documents/import?action=upsert") => {
                let answers: Vec<String> = request
                    .lines()
                    .iter()
                    .map(|line| {
                        let id = line["id"].as_str().expect("an id");
                        let code = match id {
                            "r00012" if busy => 503,
                            "r00013" => 400,
                            _ => {
                                keep(&shared, line);
                                return json!({"success": true}).to_string();
                            }
                        };
                        json!({
                            "success": false, "code": code, "error": "no",
                        })
                        .to_string()
                    })
                    .collect();
                busy = false;
                Reply::Text(200, answers.join("\n"))
            }
            _ => panic!("{method} {path} is not in the protocol"),
        }
    });
    let made = records(40);
    let output = feed(made.path(), "typesense", &server.url, &QUICK);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert_eq!(documents.lock().expect("documents").len(), 39);
    check_days(&documents);
    let folded = documents.lock().expect("documents")[&id(20)].clone();
    assert_eq!(folded["title_folded"], "duong so 20 cua tinh vinh phuc");
    let refused = lines(made.path().join("refused.ndjson"));
    assert_eq!(refused[0]["id"], "r00013");
    assert_eq!(refused.len(), 1);
}

fn check_collection(request: &Request) {
    let schema = request.json();
    assert_eq!(schema["name"], "tin");
    let fields = schema["fields"].as_array().expect("fields").clone();
    let of = |name: &str| {
        let found = fields.iter().find(|field| field["name"] == name);
        found.unwrap_or_else(|| panic!("{name} is missing")).clone()
    };
    assert_eq!(of("title")["locale"], "vi");
    assert_eq!(of("title_folded")["type"], "string");
    assert_eq!(of("contents")["type"], "string[]");
    assert_eq!(of("issued_from")["type"], "int32");
    assert!(fields.iter().all(|field| field["optional"] == true));
}

#[test]
fn quickwit_says_what_it_could_not_parse() {
    let documents = Documents::default();
    let shared = documents.clone();
    let mut made_index = false;
    let server = Server::start(move |request| {
        let (method, path) = (request.method.as_str(), request.path.as_str());
        match (method, path) {
            ("GET", "/api/v1/indexes/tin") => match made_index {
                true => Reply::Json(200, json!({})),
                false => Reply::Json(404, json!({"message": "no index"})),
            },
            ("POST", "/api/v1/indexes") => {
                made_index = true;
                check_config(&request.json());
                Reply::Json(200, json!({}))
            }
            (
                "POST",
                "/api/v1/tin/ingest?commit=auto&detailed_response=true",
            ) => {
                let mut failures = Vec::new();
                for line in request.lines() {
                    if line["id"] == "r00013" {
                        failures.push(json!({
                            "document": line.to_string(),
                            "reason": "invalid_schema",
                            "message": "expected a date",
                        }));
                        continue;
                    }
                    keep(&shared, &line);
                }
                Reply::Json(
                    200,
                    json!({
                        "num_docs_for_processing": request.lines().len(),
                        "num_rejected_docs": failures.len(),
                        "parse_failures": failures,
                    }),
                )
            }
            _ => panic!("{method} {path} is not in the protocol"),
        }
    });
    let made = records(40);
    let output = feed(made.path(), "quickwit", &server.url, &QUICK);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let documents = documents.lock().expect("documents");
    assert_eq!(documents.len(), 39);
    let day = documents[&id(20)]["issued_from"].as_str().expect("a day");
    assert!(day.starts_with("2021-09-") && day.ends_with("T00:00:00Z"));
    let refused = lines(made.path().join("refused.ndjson"));
    assert_eq!(refused[0]["id"], "r00013");
}

fn check_config(config: &Value) {
    assert_eq!(config["index_id"], "tin");
    let mapping = &config["doc_mapping"];
    let tokenizers = mapping["tokenizers"].as_array().expect("tokenizers");
    let known: Vec<&Value> = tokenizers.iter().map(|t| &t["name"]).collect();
    let fields = mapping["field_mappings"].as_array().expect("fields");
    for field in fields {
        let tokenizer = &field["tokenizer"];
        assert!(
            tokenizer.is_null()
                || *tokenizer == "raw"
                || known.contains(&tokenizer),
            "{field}"
        );
    }
    let searched = &config["search_settings"]["default_search_fields"];
    for name in searched.as_array().expect("fields") {
        assert!(fields.iter().any(|field| field["name"] == *name), "{name}");
    }
}
