//! Elasticsearch and OpenSearch, as their bulk protocol is published: pairs
//! of lines, an answer for each document, errors inside a good answer.

use super::server::{Reply, Request, Server};
use super::{HOSTILE, feed, id, lines, records};
use crate::program::{code, stderr};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A checker of the protocol, and what it was given.
#[derive(Default)]
struct Cluster {
    index: Option<Value>,
    documents: BTreeMap<String, Value>,
    /// Requests for `_bulk`.
    bulks: usize,
    largest: usize,
    put_off: BTreeSet<String>,
    received: Vec<String>,
}

impl Cluster {
    fn answer(&mut self, request: &Request, limit: usize) -> Reply {
        let key = request.header("authorization");
        assert_eq!(key, Some("ApiKey hunter2-key"));
        match (request.method.as_str(), request.path.as_str()) {
            ("PUT", "/tin") => self.create(request),
            ("POST", path) if path.starts_with("/tin/_bulk") => {
                let media = request.header("content-type");
                assert_eq!(media, Some("application/x-ndjson"));
                assert!(request.body.len() <= limit);
                self.bulks += 1;
                self.largest = self.largest.max(request.body.len());
                self.bulk(request)
            }
            (method, path) => panic!("{method} {path} is not in the protocol"),
        }
    }

    fn create(&mut self, request: &Request) -> Reply {
        if self.index.is_some() {
            let error = json!({"type": "resource_already_exists_exception"});
            return Reply::Json(400, json!({"error": error, "status": 400}));
        }
        let index = request.json();
        check_index(&index);
        self.index = Some(index);
        Reply::Json(200, json!({"acknowledged": true}))
    }

    fn bulk(&mut self, request: &Request) -> Reply {
        let lines = request.lines();
        assert_eq!(lines.len() % 2, 0, "lines come in pairs");
        let index = self.index.as_ref().expect("an index");
        let known = index["mappings"]["properties"].clone();
        let mut items = Vec::new();
        let mut errors = false;
        for pair in lines.chunks(2) {
            let action = pair[0].as_object().expect("an action");
            assert_eq!(action.keys().collect::<Vec<_>>(), ["index"]);
            let id = action["index"]["_id"].as_str().expect("an id");
            self.received.push(id.to_owned());
            for name in pair[1].as_object().expect("a document").keys() {
                assert!(known[name].is_object(), "{name} is not mapped");
            }
            let (status, error) = self.judge(id);
            let mut item = json!({"_id": id, "status": status});
            if let Some((kind, reason)) = error {
                errors = true;
                item["error"] = json!({"type": kind, "reason": reason});
            } else {
                self.documents.insert(id.to_owned(), pair[1].clone());
            }
            items.push(json!({"index": item}));
        }
        Reply::Json(200, json!({"errors": errors, "items": items}))
    }

    /// Some documents are put off once, one is refused.
    fn judge(
        &mut self,
        id: &str,
    ) -> (u16, Option<(&'static str, &'static str)>) {
        if id == "r00013" {
            let reason = "failed to parse; hunter2-key";
            return (400, Some(("document_parsing_exception", reason)));
        }
        if id.ends_with('7') && self.put_off.insert(id.to_owned()) {
            let kind = "es_rejected_execution_exception";
            return (429, Some((kind, "queue is full")));
        }
        (201, None)
    }
}

/// Every analyzer, filter and normalizer that is named is there.
fn check_index(index: &Value) {
    let analysis = &index["settings"]["index"]["analysis"];
    let builtin = ["lowercase", "asciifolding", "trim"];
    for part in ["analyzer", "normalizer"] {
        let all = analysis[part].as_object().expect("a section");
        for chain in all.values() {
            for filter in chain["filter"].as_array().expect("filters") {
                let name = filter.as_str().expect("a name");
                assert!(
                    builtin.contains(&name)
                        || analysis["filter"][name].is_object(),
                    "{name}"
                );
            }
            for filter in chain["char_filter"].as_array().expect("a list") {
                let name = filter.as_str().expect("a name");
                assert!(analysis["char_filter"][name].is_object(), "{name}");
            }
        }
    }
    let check = |field: &Value| {
        for role in ["analyzer", "search_analyzer"] {
            if let Some(name) = field[role].as_str() {
                assert!(analysis["analyzer"][name].is_object(), "{name}");
            }
        }
        if let Some(name) = field["normalizer"].as_str() {
            assert!(analysis["normalizer"][name].is_object(), "{name}");
        }
    };
    let fields = index["mappings"]["properties"].as_object().expect("fields");
    for field in fields.values() {
        check(field);
        for below in field["fields"].as_object().into_iter().flatten() {
            check(below.1);
        }
    }
    assert_eq!(fields["title"]["fields"]["folded"]["type"], "text");
    let rules = &analysis["filter"]["vanban_synonyms"]["synonyms"];
    let rules = rules.as_array().expect("rules");
    let ubnd = rules.iter().filter_map(Value::as_str).find(|rule| {
        rule.starts_with("ubnd => ubnd, ") && rule.contains("ủy ban nhân dân")
    });
    assert!(ubnd.is_some());
}

const QUICK: [&str; 4] = ["--index", "tin", "--retry-wait", "0.01"];

#[test]
fn a_busy_cluster_gets_every_document_and_one_refusal_is_reported() {
    for system in ["elasticsearch", "opensearch"] {
        let cluster = Arc::new(Mutex::new(Cluster::default()));
        let shared = cluster.clone();
        let mut trouble = [
            Reply::With(429, "retry-after", "1"),
            Reply::Cut,
            Reply::With(503, "x-nothing", "x"),
            Reply::Slow(Duration::from_millis(2500)),
        ]
        .into_iter();
        let server = Server::start(move |request| {
            if request.path.contains("_bulk")
                && let Some(reply) = trouble.next()
            {
                return reply;
            }
            shared.lock().expect("a cluster").answer(request, 20_000)
        });
        let made = records(60);
        let begun = Instant::now();
        let more = [
            &QUICK[..],
            &["--batch-size", "20KB", "--timeout", "1"],
            &["--errors", "refused.ndjson"],
        ]
        .concat();
        let output = feed(made.path(), system, &server.url, &more);
        let said = stderr(&output);
        assert_eq!(code(&output), 1, "{said}");
        assert!(begun.elapsed() >= Duration::from_secs(1), "Retry-After");
        assert!(said.contains("59 documents"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");

        let cluster = cluster.lock().expect("a cluster");
        assert_eq!(cluster.documents.len(), 59);
        assert!(cluster.bulks > 3 && cluster.largest > 10_000);
        for (n, title) in HOSTILE.iter().enumerate() {
            assert_eq!(cluster.documents[&id(n)]["title"], *title);
        }
        // Only what was put off was sent again after a good answer.
        let twice = |id: &str| {
            cluster.received.iter().filter(|r| *r == id).count() == 2
        };
        assert!(twice("r00007") && !twice("r00008"));
        let refused = lines(made.path().join("refused.ndjson"));
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0]["id"], "r00013");
        let reason = refused[0]["reason"].as_str().expect("a reason");
        assert!(reason.contains("document_parsing_exception"), "{reason}");
        assert!(!reason.contains("hunter2"), "{reason}");
    }
}

#[test]
fn a_run_that_was_cut_off_goes_on_behind_what_was_acknowledged() {
    let cluster = Arc::new(Mutex::new(Cluster::default()));
    let shared = cluster.clone();
    let mut left = 3;
    let server = Server::start(move |request| {
        if request.path.contains("_bulk") {
            left -= 1;
            // The fourth request finds that the key is no longer good.
            if left == -1 {
                return Reply::Json(401, json!({"error": "expired"}));
            }
        }
        shared.lock().expect("a cluster").answer(request, 20_000)
    });
    let made = records(100);
    let more = [
        &QUICK[..],
        &["--batch-size", "20KB", "--checkpoint", "feed.state"],
        &["--errors", "refused.ndjson"],
    ]
    .concat();
    let go = || feed(made.path(), "elasticsearch", &server.url, &more);
    let first = go();
    assert_eq!(code(&first), 2, "{}", stderr(&first));
    assert!(stderr(&first).contains("VANBAN_FEED_API_KEY"));
    let state = std::fs::read(made.path().join("feed.state")).expect("state");
    let state: Value = serde_json::from_slice(&state).expect("JSON");
    let done = state["acknowledged"].as_u64().expect("a number") as usize;
    assert!((1..100).contains(&done), "{done}");
    {
        let mut cluster = cluster.lock().expect("a cluster");
        // What was refused is settled too; what was under way may be there.
        assert!(cluster.documents.len() >= done - usize::from(done > 13));
        cluster.received.clear();
    }
    // Another input is not taken for the same.
    let text = std::fs::read_to_string(made.path().join("records.ndjson"));
    let text = text.expect("records");
    let file = made.path().join("records.ndjson");
    std::fs::write(&file, text.replacen("DROP TABLE", "drop table", 1))
        .expect("written");
    let other = go();
    assert_eq!(code(&other), 2);
    assert!(stderr(&other).contains("--restart"), "{}", stderr(&other));
    std::fs::write(&file, text).expect("written");

    let second = go();
    assert_eq!(code(&second), 1, "{}", stderr(&second));
    let cluster = cluster.lock().expect("a cluster");
    assert_eq!(cluster.documents.len(), 99);
    let again: Vec<&String> = cluster
        .received
        .iter()
        .filter(|received| **received < id(done))
        .collect();
    assert!(again.is_empty(), "{again:?}");
    assert!(!made.path().join("feed.state").exists());
    let refused = lines(made.path().join("refused.ndjson"));
    assert_eq!(refused.len(), 1, "{refused:?}");
}

#[test]
fn a_request_that_is_too_large_is_halved() {
    let cluster = Arc::new(Mutex::new(Cluster::default()));
    let shared = cluster.clone();
    let server = Server::start(move |request| {
        if request.path.contains("_bulk") && request.body.len() > 5_000 {
            return Reply::Text(413, "too large".into());
        }
        shared.lock().expect("a cluster").answer(request, 5_000)
    });
    let made = records(30);
    let output = feed(made.path(), "elasticsearch", &server.url, &QUICK);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert_eq!(cluster.lock().expect("a cluster").documents.len(), 29);
}

#[test]
fn a_document_larger_than_a_request_is_reported_and_the_rest_goes_on() {
    let cluster = Arc::new(Mutex::new(Cluster::default()));
    let shared = cluster.clone();
    let server = Server::start(move |request| {
        shared.lock().expect("a cluster").answer(request, 10_000)
    });
    let made = records(10);
    let file = made.path().join("records.ndjson");
    let text = std::fs::read_to_string(&file).expect("records");
    let long = "dài ".repeat(5_000);
    let text = text.replacen("Đường số 8", &long, 1);
    std::fs::write(&file, text).expect("written");
    let more = [&QUICK[..], &["--batch-size", "10000"]].concat();
    let output = feed(made.path(), "opensearch", &server.url, &more);
    assert_eq!(code(&output), 1);
    let said = stderr(&output);
    assert!(said.contains("r00008 was refused"), "{said}");
    assert_eq!(cluster.lock().expect("a cluster").documents.len(), 9);
}
