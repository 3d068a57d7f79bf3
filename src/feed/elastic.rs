//! Elasticsearch and OpenSearch: bulk lines, settings, mappings, analyzers.
//!
//! Texts have an exact field and a `folded` one below it: a query on both
//! ranks what was typed with tone marks above what only sounds alike.

use super::System;
use super::batch::{Frame, Item};
use super::dialect::{Dialect, SetupFile, pretty};
use super::document::{Days, Shape, document};
use super::fields::{FIELDS, Role};
use super::http::{Engine, Http, Reply, unexpected};
use super::send::{Failure, Verdict};
use super::synonyms;
use crate::wire::{self, Entry};
use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;
use ureq::http::Method;

/// Elasticsearch or OpenSearch.
pub(super) struct Elastic {
    pub(super) index: String,
    pub(super) system: System,
}

const SHAPE: Shape = Shape { folded: false, days: Days::Iso };

/// Bytes of UTF-8 that a keyword may have are 32766; a code point has four.
const LONGEST_WORD: u32 = 8_000;

impl Dialect for Elastic {
    fn item(&self, entry: &Entry) -> Item {
        let mut document = document(entry, SHAPE);
        document.shift_remove("symbol_key");
        let action = json!({"index": {"_id": entry.id}});
        let mut bytes = wire::line(&action);
        bytes.extend(wire::line(&document));
        Item { id: entry.id.clone(), bytes }
    }

    fn frame(&self) -> Frame {
        Frame::default()
    }

    fn setup(&self) -> Vec<SetupFile> {
        vec![pretty("index.json", &index())]
    }

    fn data_name(&self, number: usize) -> String {
        format!("bulk-{number:05}.ndjson")
    }

    fn commands(&self) -> String {
        let index = &self.index;
        let url = format!("\"$URL/{index}");
        format!(
            "curl -fsS -X PUT {url}\" -H 'content-type: application/json' --data-binary @index.json
for f in bulk-*.ndjson; do curl -fsS {url}/_bulk?filter_path=errors,items.*.error\" -H 'content-type: application/x-ndjson' --data-binary @\"$f\"; done"
        )
    }
}

impl Engine for Elastic {
    fn prepare(&self, http: &Http) -> Result<(), Failure> {
        let path = format!("/{}", self.index);
        let body = index().to_string();
        let reply =
            http.call(Method::PUT, &path, "application/json", body.as_bytes())?;
        let kind = reply.json()["error"]["type"].clone();
        match reply.ok() || kind == "resource_already_exists_exception" {
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
            "/{}/_bulk?filter_path=errors,items.*._id,items.*.status,items.*.error",
            self.index
        );
        let reply =
            http.call(Method::POST, &path, "application/x-ndjson", body)?;
        match reply.status {
            200 => verdicts(self.system, &reply, items),
            400 => Err(Failure::Halve(http.redact(&reply.words()))),
            _ => Err(unexpected(http, "the documents", &reply)),
        }
    }
}

/// What stands in an answer of `_bulk`: one item for each document, in order.
fn verdicts(
    system: System,
    reply: &Reply,
    items: &[Item],
) -> Result<Vec<Verdict>, Failure> {
    let answer = reply.json();
    let strange = || {
        Failure::Never(format!(
            "the server does not answer as {} does ({}); is --url right?",
            system.name(),
            reply.words()
        ))
    };
    let errors = answer["errors"].as_bool().ok_or_else(strange)?;
    if !errors {
        return Ok(vec![Verdict::Taken; items.len()]);
    }
    let answers = answer["items"].as_array().ok_or_else(strange)?;
    if answers.len() != items.len() {
        return Err(strange());
    }
    answers
        .iter()
        .zip(items)
        .map(|(answer, item)| {
            let answer = answer.as_object().and_then(|a| a.values().next());
            let answer = answer.ok_or_else(strange)?;
            if answer["_id"].as_str().is_some_and(|id| id != item.id) {
                return Err(strange());
            }
            let status = answer["status"].as_u64().ok_or_else(strange)?;
            Ok(match status {
                200..300 => Verdict::Taken,
                429 | 500.. => Verdict::Later(why(answer)),
                _ => Verdict::Refused(why(answer)),
            })
        })
        .collect()
}

fn why(answer: &Value) -> String {
    let error = &answer["error"];
    let part = |value: &Value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    let mut why = format!("HTTP {}", answer["status"]);
    for cause in [error, &error["caused_by"]] {
        if cause.is_object() {
            why.push_str(&format!(
                ": {}: {}",
                part(&cause["type"]),
                part(&cause["reason"])
            ));
        }
    }
    why
}

/// Settings and mappings of the index.
fn index() -> Value {
    let mut properties = Map::new();
    for field in FIELDS.iter().filter(|f| f.role != Role::SymbolKey) {
        properties.insert(field.name.to_owned(), mapping(field.role));
    }
    json!({
        "settings": {"index": {"analysis": analysis()}},
        "mappings": {"dynamic": false, "properties": properties},
    })
}

fn mapping(role: Role) -> Value {
    let word = json!({"type": "keyword", "ignore_above": LONGEST_WORD});
    let text = |fields: Value| {
        json!({
            "type": "text",
            "analyzer": "vanban_exact",
            "search_analyzer": "vanban_exact_search",
            "fields": fields,
        })
    };
    let folded = json!({
        "type": "text",
        "analyzer": "vanban_folded",
        "search_analyzer": "vanban_folded_search",
    });
    match role {
        Role::Text(_) => text(json!({"folded": folded})),
        Role::Name(_) => text(json!({"folded": folded, "word": word})),
        Role::Symbol => json!({
            "type": "keyword",
            "ignore_above": LONGEST_WORD,
            "fields": {
                "key": {
                    "type": "keyword",
                    "normalizer": "vanban_number",
                    "ignore_above": LONGEST_WORD,
                },
                "parts": {"type": "text", "analyzer": "vanban_number_parts"},
            },
        }),
        Role::Day => json!({"type": "date", "format": "strict_date"}),
        Role::Integer => json!({"type": "short"}),
        Role::Kept => json!({
            "type": "keyword", "index": false, "doc_values": false,
        }),
        Role::Id | Role::Word | Role::SymbolKey => word,
    }
}

fn analysis() -> Value {
    let mut filters = Map::new();
    let tone: Vec<String> = tone_filters(&mut filters);
    for (name, folded) in
        [("vanban_synonyms", false), ("vanban_synonyms_folded", true)]
    {
        filters.insert(
            name.into(),
            json!({
                "type": "synonym_graph",
                "lenient": true,
                "synonyms": rules(folded),
            }),
        );
    }
    let chain = |first: &[&'static str], rest: &[&'static str]| {
        let tone = tone.iter().map(String::as_str);
        let all = first.iter().copied().chain(tone);
        all.chain(rest.iter().copied()).collect::<Vec<&str>>()
    };
    let analyzer = |filter: Value| {
        json!({
            "type": "custom",
            "char_filter": ["vanban_compose"],
            "tokenizer": "standard",
            "filter": filter,
        })
    };
    json!({
        "char_filter": {
            "vanban_compose": {"type": "mapping", "mappings": compositions()},
            "vanban_number_marks": {
                "type": "pattern_replace",
                "pattern": "[^\\p{L}\\p{M}\\p{N}&]+",
                "replacement": " ",
            },
        },
        "filter": filters,
        "normalizer": {
            "vanban_number": {
                "type": "custom",
                "char_filter": ["vanban_compose", "vanban_number_marks"],
                "filter": ["lowercase", "asciifolding", "trim"],
            },
        },
        "analyzer": {
            "vanban_exact": analyzer(json!(["lowercase"])),
            "vanban_exact_search":
                analyzer(json!(chain(&["lowercase"], &["vanban_synonyms"]))),
            "vanban_folded": analyzer(json!(["lowercase", "asciifolding"])),
            "vanban_folded_search": analyzer(json!(
                ["lowercase", "asciifolding", "vanban_synonyms_folded"]
            )),
            "vanban_number_parts": {
                "type": "custom",
                "char_filter": ["vanban_compose", "vanban_number_marks"],
                "tokenizer": "whitespace",
                "filter": ["lowercase", "asciifolding"],
            },
        },
    })
}

/// Synonyms as Solr writes them: one wording, and all that it finds.
fn rules(folded: bool) -> Vec<String> {
    synonyms::meanings(folded)
        .into_iter()
        .map(|(from, to)| format!("{from} => {from}, {}", to.join(", ")))
        .collect()
}

/// Vowels with a tone mark, of the syllables where old spelling puts it one
/// letter further on: `hoà` is `hòa`. Documents are spelled the new way; only
/// queries need it.
fn tone_filters(filters: &mut Map<String, Value>) -> Vec<String> {
    let mut names = Vec::new();
    for (pattern, replacement) in tone_pairs() {
        let name = format!("vanban_tone_{:02}", names.len());
        filters.insert(
            name.clone(),
            json!({
                "type": "pattern_replace",
                "pattern": pattern,
                "replacement": replacement,
            }),
        );
        names.push(name);
    }
    names
}

/// Ends of syllables with the mark on the last vowel, as patterns, and with
/// the mark where it stands in documents.
pub(super) fn tone_pairs() -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (first, last, before) in
        [("o", "a", ""), ("o", "e", ""), ("u", "y", "(?<!q)")]
    {
        for mark in ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'] {
            let marked = |letter: &str| -> String {
                letter.chars().chain([mark]).nfc().collect()
            };
            out.push((
                format!("{before}{first}{}$", marked(last)),
                format!("{}{last}", marked(first)),
            ));
        }
    }
    out
}

/// Vietnamese letters in pieces, as some keyboards and systems write them,
/// and in one.
fn compositions() -> Vec<String> {
    let mut out = vec!["Ð => Đ".to_owned(), "ð => đ".to_owned()];
    let marks = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars() {
        let pieces: String = std::iter::once(vowel).nfd().collect();
        if pieces.chars().count() > 1 {
            out.push(format!("{pieces} => {vowel}"));
        }
        for mark in marks {
            let one: String = [vowel, mark].into_iter().nfc().collect();
            let all: String = one.nfd().collect();
            // The tone before the shape, the shape before the tone, and the
            // letter with its shape.
            let mut spelled = vec![all, format!("{vowel}{mark}")];
            let mut shape = pieces.chars();
            if let (Some(base), Some(shape)) = (shape.next(), shape.next()) {
                spelled.push(format!("{base}{shape}{mark}"));
                spelled.push(format!("{base}{mark}{shape}"));
                let toned: String = [base, mark].into_iter().nfc().collect();
                spelled.push(format!("{toned}{shape}"));
            }
            spelled.sort();
            spelled.dedup();
            out.extend(spelled.iter().map(|s| format!("{s} => {one}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_two_lines_with_its_id() {
        let elastic =
            Elastic { index: "tin".into(), system: System::Elasticsearch };
        let entry = Entry {
            id: "a\"b".into(),
            title: Some("dòng\nmới".into()),
            symbol: Some("240/KH-UBND".into()),
            ..Entry::default()
        };
        let item = elastic.item(&entry);
        let text = String::from_utf8(item.bytes).expect("UTF-8");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(text.ends_with('\n'));
        assert_eq!(lines[0], r#"{"index":{"_id":"a\"b"}}"#);
        let document: Value = serde_json::from_str(lines[1]).expect("JSON");
        assert_eq!(document["title"], "dòng\nmới");
    }

    #[test]
    fn letters_in_pieces_are_put_together() {
        let mappings = compositions();
        let mut from = std::collections::BTreeSet::new();
        for mapping in &mappings {
            let (pieces, one) = mapping.split_once(" => ").expect("a mapping");
            assert!(from.insert(pieces), "{pieces:?} is mapped twice");
            let marks = |text: &str| {
                let mut marks: Vec<char> = text.nfd().collect();
                marks.sort_unstable();
                marks
            };
            let is_letter = !matches!(pieces, "Ð" | "ð");
            assert!(!is_letter || marks(pieces) == marks(one), "{mapping}");
        }
        assert!(mappings.contains(&"e\u{302}\u{301} => ế".to_owned()));
        assert!(mappings.contains(&"ê\u{301} => ế".to_owned()));
        assert!(mappings.contains(&"e\u{323}\u{302} => ệ".to_owned()));
        assert!(mappings.contains(&"Ð => Đ".to_owned()));
    }

    #[test]
    fn marks_of_old_spelling_move() {
        let pairs = tone_pairs();
        assert_eq!(pairs.len(), 15);
        let has = |a: &str, b: &str| pairs.contains(&(a.into(), b.into()));
        assert!(has("oà$", "òa"));
        assert!(has("oẹ$", "ọe"));
        // quý is spelled so in either way.
        assert!(has("(?<!q)uý$", "úy"));
    }
}
