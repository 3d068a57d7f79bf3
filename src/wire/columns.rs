//! The columns of a Parquet file, made from the schema of the record, so that
//! the two cannot differ: objects become structs, arrays lists, integers
//! 64-bit (32-bit where the schema says that they are small).
//!
//! Two things have no place in columns and stand in them as JSON text: an
//! object with keys of its own (`source.fields`), and what is nested deeper
//! than [`DEPTH`] levels in itself (items of items of items …).

use super::schema::record_schema;
use arrow_schema::{DataType, Field, Fields, Schema};
use serde_json::{Map, Value};
use std::sync::{Arc, LazyLock};

/// Levels of items that are columns; deeper ones are JSON text.
pub const DEPTH: usize = 4;

/// The columns of a record.
pub(super) static COLUMNS: LazyLock<Arc<Schema>> = LazyLock::new(|| {
    let root = record_schema();
    let tables = Definitions { root: &root };
    let fields = tables.fields(&root, &mut Vec::new());
    Arc::new(Schema::new(fields.unwrap_or_default()))
});

struct Definitions<'s> {
    root: &'s Value,
}

impl Definitions<'_> {
    /// What a schema means, without references and without `null`, and the
    /// name of the definition it came from.
    fn meaning<'v>(
        &'v self,
        schema: &'v Value,
    ) -> (&'v Value, Option<&'v str>) {
        if let Some(reference) = schema["$ref"].as_str() {
            let pointer = reference.trim_start_matches('#');
            let target = self.root.pointer(pointer).unwrap_or(&Value::Null);
            return (target, Some(reference));
        }
        for keyword in ["anyOf", "oneOf", "allOf"] {
            let Some(options) = schema[keyword].as_array() else { continue };
            let plain = |option: &&Value| option["type"] != "null";
            if options.iter().filter(plain).count() == 1
                && let Some(one) = options.iter().find(plain)
            {
                return self.meaning(one);
            }
        }
        (schema, None)
    }

    /// The fields of an object; `None` if it has keys of its own.
    /// `inside` names the definitions that the object lies in.
    fn fields<'v>(
        &'v self,
        schema: &'v Value,
        inside: &mut Vec<&'v str>,
    ) -> Option<Fields> {
        let properties: &Map<String, Value> =
            schema["properties"].as_object()?;
        let fields = properties
            .iter()
            .map(|(name, schema)| {
                Field::new(name, self.column(schema, inside), true)
            })
            .collect();
        Some(fields)
    }

    fn column<'v>(
        &'v self,
        schema: &'v Value,
        inside: &mut Vec<&'v str>,
    ) -> DataType {
        let (schema, name) = self.meaning(schema);
        if let Some(name) = name {
            inside.push(name);
        }
        let column = self.plain_column(schema, inside);
        if name.is_some() {
            inside.pop();
        }
        column
    }

    fn plain_column<'v>(
        &'v self,
        schema: &'v Value,
        inside: &mut Vec<&'v str>,
    ) -> DataType {
        let is = |name: &str| match &schema["type"] {
            Value::String(one) => one == name,
            Value::Array(several) => several.iter().any(|one| one == name),
            _ => false,
        };
        if is("integer") {
            return match schema["format"].as_str() {
                Some("uint8" | "uint16" | "int8" | "int16" | "int32") => {
                    DataType::Int32
                }
                _ => DataType::Int64,
            };
        }
        if is("number") {
            return DataType::Float64;
        }
        if is("boolean") {
            return DataType::Boolean;
        }
        if is("array") {
            let (_, name) = self.meaning(&schema["items"]);
            let levels = inside.iter().filter(|n| Some(**n) == name).count();
            if levels >= DEPTH {
                return DataType::Utf8;
            }
            let inner = self.column(&schema["items"], inside);
            return DataType::List(Arc::new(Field::new("item", inner, true)));
        }
        match self.fields(schema, inside) {
            Some(fields) => DataType::Struct(fields),
            // Strings, words of an enumeration, and JSON text.
            None => DataType::Utf8,
        }
    }
}

/// Makes a record fit the columns: what has no column becomes JSON text.
/// `Err` gives the value back if it fits as it is.
pub(super) fn fit(value: &mut Value, column: &DataType) {
    match (column, value) {
        (DataType::Struct(fields), Value::Object(object)) => {
            for field in fields {
                if let Some(value) = object.get_mut(field.name()) {
                    fit(value, field.data_type());
                }
            }
        }
        (DataType::List(field), Value::Array(values)) => {
            for value in values {
                fit(value, field.data_type());
            }
        }
        (DataType::Utf8, value @ (Value::Object(_) | Value::Array(_))) => {
            *value = Value::String(value.to_string());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn column(path: &str) -> DataType {
        let mut fields = COLUMNS.fields().clone();
        let mut found = DataType::Null;
        for name in path.split('.') {
            let (_, field) = fields.find(name).expect(path);
            found = field.data_type().clone();
            let inner = match &found {
                DataType::List(inner) => inner.data_type(),
                other => other,
            };
            if let DataType::Struct(inner) = inner {
                fields = inner.clone();
            }
        }
        found
    }

    #[test]
    fn fields_have_the_types_of_their_values() {
        for text in ["id", "kind", "issuer.level", "issued.value"] {
            assert_eq!(column(text), DataType::Utf8, "{text}");
        }
        assert_eq!(column("source.record"), DataType::Int64);
        assert_eq!(column("document.year"), DataType::Int32);
        assert_eq!(column("source.fields"), DataType::Utf8);
        let whole = Arc::new(Field::new("item", DataType::Int64, true));
        assert_eq!(column("dates.span"), DataType::List(whole));
        assert!(matches!(column("issuer.place"), DataType::Struct(_)));
        assert!(matches!(column("references"), DataType::List(_)));
    }

    #[test]
    fn items_nest_to_their_depth_and_then_are_text() {
        let path =
            |levels: usize| format!("contents{}", ".items".repeat(levels));
        assert!(matches!(column(&path(DEPTH)), DataType::List(_)));
        assert_eq!(column(&path(DEPTH + 1)), DataType::Utf8);
    }

    #[test]
    fn what_has_no_column_becomes_text() {
        let mut value = json!({
            "id": "a",
            "source": {"record": 3, "fields": {"tag": [1, 2]}},
        });
        fit(&mut value, &DataType::Struct(COLUMNS.fields().clone()));
        assert_eq!(value["source"]["fields"], json!("{\"tag\":[1,2]}"));
        assert_eq!(value["source"]["record"], json!(3));
    }
}
