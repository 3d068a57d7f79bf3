//! Everything that is written obeys the schema that is printed.

use crate::program::{folder, many, run, stdout};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// Checks a value against the part of JSON Schema 2020-12 that our schemas
/// use; a keyword that is not known here is an error, so that none is passed
/// over.
struct Validator<'s> {
    root: &'s Value,
}

impl Validator<'_> {
    fn check(
        &self,
        schema: &Value,
        value: &Value,
        at: &str,
    ) -> Result<(), String> {
        let Some(schema) = schema.as_object() else {
            return match schema {
                Value::Bool(true) => Ok(()),
                _ => Err(format!("{at}: nothing may stand here")),
            };
        };
        for (keyword, rule) in schema {
            self.keyword(keyword, rule, schema, value, at)?;
        }
        Ok(())
    }

    fn keyword(
        &self,
        keyword: &str,
        rule: &Value,
        schema: &Map<String, Value>,
        value: &Value,
        at: &str,
    ) -> Result<(), String> {
        let wrong = |what: String| Err(format!("{at}: {what}, not {value}"));
        match keyword {
            "$schema" | "$id" | "$defs" | "title" | "description"
            | "default" | "format" => Ok(()),
            "$ref" => self.check(self.definition(rule), value, at),
            "type" => {
                let types = match rule {
                    Value::Array(types) => types.clone(),
                    one => vec![one.clone()],
                };
                if types.iter().any(|t| is_of_type(t, value)) {
                    return Ok(());
                }
                wrong(format!("{rule} is wanted"))
            }
            "const" if rule != value => wrong(format!("{rule} is wanted")),
            "const" => Ok(()),
            "enum" if !members(rule).contains(value) => {
                wrong(format!("one of {rule} is wanted"))
            }
            "enum" => Ok(()),
            "minimum" => match (value.as_f64(), rule.as_f64()) {
                (Some(value), Some(least)) if value < least => {
                    wrong(format!("at least {least} is wanted"))
                }
                _ => Ok(()),
            },
            "maximum" => match (value.as_f64(), rule.as_f64()) {
                (Some(value), Some(most)) if value > most => {
                    wrong(format!("at most {most} is wanted"))
                }
                _ => Ok(()),
            },
            "minItems" | "maxItems" => {
                let (count, limit) =
                    (members(value).len() as u64, rule.as_u64());
                let limit = limit.expect("a limit");
                if value.is_array()
                    && (keyword == "minItems" && count < limit
                        || keyword == "maxItems" && count > limit)
                {
                    return wrong(format!("{keyword} is {limit}"));
                }
                Ok(())
            }
            "items" => {
                members(value).iter().enumerate().try_for_each(|(i, item)| {
                    self.check(rule, item, &format!("{at}[{i}]"))
                })
            }
            "required" => members(rule).iter().try_for_each(|name| {
                let name = name.as_str().expect("a name");
                match value.as_object() {
                    Some(object) if !object.contains_key(name) => {
                        wrong(format!("`{name}` is required"))
                    }
                    _ => Ok(()),
                }
            }),
            "properties" | "additionalProperties" => {
                let Some(object) = value.as_object() else { return Ok(()) };
                let known = schema.get("properties");
                for (name, value) in object {
                    let rule = match keyword {
                        "properties" => rule.get(name),
                        _ if known.is_some_and(|k| k.get(name).is_some()) => {
                            None
                        }
                        _ => Some(rule),
                    };
                    if let Some(rule) = rule {
                        self.check(rule, value, &format!("{at}.{name}"))?;
                    }
                }
                Ok(())
            }
            "anyOf" | "oneOf" => {
                let fits = |rule: &Value| self.check(rule, value, at).is_ok();
                let fitting =
                    members(rule).iter().filter(|rule| fits(rule)).count();
                match (keyword, fitting) {
                    ("anyOf", 1..) | ("oneOf", 1) => Ok(()),
                    _ => wrong(format!("{fitting} of {keyword} fit")),
                }
            }
            other => Err(format!("{at}: keyword {other} is not known here")),
        }
    }

    fn definition(&self, reference: &Value) -> &Value {
        let reference = reference.as_str().expect("a reference");
        let pointer = reference.strip_prefix('#').expect("in this schema");
        self.root.pointer(pointer).expect("a definition")
    }
}

fn members(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn is_of_type(name: &Value, value: &Value) -> bool {
    match name.as_str().expect("a type") {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("unknown type {other}"),
    }
}

fn printed(name: &str) -> Value {
    let output = run(Path::new("."), &["schema", name]);
    serde_json::from_str(stdout(&output)).expect("a JSON Schema")
}

fn check_all(schema: &Value, ndjson: &str) -> usize {
    let validator = Validator { root: schema };
    for (i, line) in ndjson.lines().enumerate() {
        let value: Value = serde_json::from_str(line).expect("JSON");
        if let Err(error) = validator.check(schema, &value, "$") {
            panic!("line {}: {error}\n{line}", i + 1);
        }
    }
    ndjson.lines().count()
}

#[test]
fn every_record_obeys_the_schema() {
    let schema = printed("record");
    let made = many(60);
    let output = run(made.path(), &["extract", "."]);
    assert_eq!(check_all(&schema, stdout(&output)), 60);
    let twice =
        folder(&[("a.txt", b"m\xc6\xb0a to"), ("b.txt", b"M\xc6\xb0a to")]);
    let output = run(twice.path(), &["extract", ".", "--reposts"]);
    assert!(stdout(&output).contains("\"similarity\":1.0"));
    assert_eq!(check_all(&schema, stdout(&output)), 2);
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    if corpus.is_dir() {
        let args = ["extract", ".", "--keep-fields", "-q"];
        let output = run(&corpus, &args);
        assert!(check_all(&schema, stdout(&output)) > 12);
    }
}

#[test]
fn every_error_record_obeys_the_schema() {
    let schema = printed("error");
    let folder = folder(&[
        ("a.txt", b"UBND t\xe1\xbb\x89nh"),
        ("b.txt", b""),
        ("c.jsonl", b"{\"text\": \"a\"}\n{\"title\": \"a\"}\nx\n"),
    ]);
    let args = ["extract", ".", "--errors", "e", "-o", "out"];
    run(folder.path(), &args);
    let errors = std::fs::read_to_string(folder.path().join("e"));
    assert_eq!(check_all(&schema, &errors.expect("written")), 3);
}

#[test]
fn every_comparison_obeys_the_schema() {
    let schema = printed("compare");
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for folder in ["movement", "documents"] {
        let args = ["compare", folder, "--format", "json", "-q"];
        let output = run(&corpus, &args);
        assert_eq!(check_all(&schema, stdout(&output)), 1, "{folder}");
    }
}

#[test]
fn every_answer_obeys_the_schema() {
    let schema = printed("search");
    let home = many(3);
    let place = tempfile::tempdir().expect("a folder");
    let index = place.path().join("idx");
    let index = index.to_str().expect("UTF-8");
    let made = run(home.path(), &["index", ".", "--index", index, "--quiet"]);
    assert!(made.status.success());
    for query in [
        "phong trào thi đua",
        "phong trafo thi ddua",
        "ubnd hà nam không có ở đâu",
        "*",
        "xyzxyz",
    ] {
        let search = ["search", query, "--index", index];
        for facets in [&["--format", "json"][..], &["-fjson", "--facets"]] {
            let output = run(home.path(), &[&search, facets].concat());
            assert_eq!(check_all(&schema, stdout(&output)), 1, "{query}");
        }
    }
}

#[test]
fn the_schema_refuses_what_is_no_record() {
    let schema = printed("record");
    let validator = Validator { root: &schema };
    let folder = folder(&[("a.txt", b"UBND t\xe1\xbb\x89nh ban h\xc3\xa0nh")]);
    let output = run(folder.path(), &["extract", "a.txt"]);
    let record: Value =
        serde_json::from_str(stdout(&output)).expect("a record");
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut changed = record.clone();
        change(&mut changed);
        validator.check(&schema, &changed, "$").is_err()
    };
    assert!(!refused(&|_| ()));
    assert!(refused(&|r| r["schema"] = "vanban.record/2".into()));
    assert!(refused(&|r| r["kind"] = "plan".into()));
    assert!(refused(&|r| r["slogans"] = Value::Null));
    assert!(refused(&|r| {
        r.as_object_mut().expect("an object").remove("source");
    }));
    assert!(refused(&|r| {
        r["title"] = serde_json::json!({"text": "a", "span": [1],
            "status": "stated", "rule": "r"});
    }));
}
