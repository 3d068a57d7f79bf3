//! The JSON Schema of what is written, made from the types that write it.

use super::error_record::{ERROR_SCHEMA, ErrorRecord};
use crate::compare::{self, Comparison};
use crate::record::{Record, SCHEMA};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

/// The schema of a record, draft 2020-12.
pub fn record_schema() -> Value {
    schema_of::<Record>(SCHEMA)
}

/// The schema of an error record, draft 2020-12.
pub fn error_schema() -> Value {
    schema_of::<ErrorRecord>(ERROR_SCHEMA)
}

/// The schema of a comparison, draft 2020-12.
pub fn compare_schema() -> Value {
    schema_of::<Comparison>(compare::SCHEMA)
}

/// The schema of a type that is written, of a version as `vanban.record/1`.
pub(crate) fn schema_of<T: schemars::JsonSchema>(version: &str) -> Value {
    // What is written, not what could be read: every field is there.
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|s| {
        s.inline_subschemas = false;
    });
    let mut schema =
        settings.into_generator().into_root_schema_for::<T>().to_value();
    if let Some(root) = schema.as_object_mut() {
        let urn = format!("urn:{}", version.replace(['.', '/'], ":"));
        root.insert("$id".to_owned(), json!(urn));
        root["properties"]["schema"]["const"] = json!(version);
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_names_its_draft_and_its_version() {
        let schema = record_schema();
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert_eq!(schema["$id"], "urn:vanban:record:1");
        assert_eq!(schema["properties"]["schema"]["const"], "vanban.record/1");
        let required = schema["required"].as_array().expect("a list");
        for field in ["id", "source", "kind", "title", "issuer", "notes"] {
            assert!(required.contains(&json!(field)), "{field} is missing");
        }
        assert_eq!(error_schema()["$id"], "urn:vanban:error:1");
        assert_eq!(compare_schema()["$id"], "urn:vanban:compare:1");
    }
}
