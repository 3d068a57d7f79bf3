//! Groonga: `load` with JSON, and the commands that make tables and indexes.
//!
//! A normalizer that keeps marks serves the exact columns; the columns
//! without marks are filled by us, as the normalizers of many versions cannot
//! fold.

use super::batch::{Frame, Item};
use super::dialect::{Dialect, SetupFile};
use super::document::{Days, Shape, document, folded_name};
use super::fields::{FIELDS, Field, Role};
use super::http::{Engine, Http, unexpected};
use super::send::{Failure, Verdict};
use super::synonyms;
use crate::wire::Entry;
use serde_json::{Value, json};
use ureq::http::Method;

/// Groonga.
pub(super) struct Groonga {
    pub(super) index: String,
}

const SHAPE: Shape = Shape { folded: true, days: Days::Number };

/// Longest key of a table, in bytes.
const LONGEST_KEY: usize = 4096;

/// A command: its name and its arguments.
type Command = (&'static str, Vec<(&'static str, String)>);

impl Dialect for Groonga {
    fn item(&self, entry: &Entry) -> Item {
        let mut document = document(entry, SHAPE);
        document.shift_remove("id");
        let mut keyed = serde_json::Map::new();
        keyed.insert("_key".into(), entry.id.clone().into());
        // What a new version of a document has not must not be left from
        // the old one.
        for column in columns() {
            let value = document.shift_remove(&column.name);
            let empty = match (column.many, column.kind) {
                (true, _) => json!([]),
                (_, "Int32") => json!(0),
                _ => json!(""),
            };
            keyed.insert(column.name, value.unwrap_or(empty));
        }
        let mut bytes = Value::Object(keyed).to_string().into_bytes();
        // The loader of Groonga takes a zero byte for the end of a text.
        if memchr::memmem::find(&bytes, b"\\u0000").is_some() {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            bytes = without_zeros(&text).into_bytes();
        }
        Item { id: entry.id.clone(), bytes }
    }

    fn frame(&self) -> Frame {
        Frame { head: "[\n".into(), between: ",\n", tail: "\n]\n".into() }
    }

    fn setup(&self) -> Vec<SetupFile> {
        let mut text: String =
            self.commands_of_tables().iter().map(written).collect();
        text.push_str(&self.load_line("Synonyms"));
        text.push_str(&self.synonyms());
        let bytes = text.into_bytes();
        vec![SetupFile { name: "schema.grn".into(), bytes }]
    }

    fn data_name(&self, number: usize) -> String {
        format!("documents-{number:05}.json")
    }

    fn commands(&self) -> String {
        format!(
            "if [ -e \"$DB\" ]; then groonga \"$DB\" < schema.grn; else groonga -n \"$DB\" < schema.grn; fi > /dev/null
for f in documents-*.json; do {{ printf 'load --table {}\\n'; cat \"$f\"; }} | groonga \"$DB\"; done",
            self.table()
        )
    }
}

/// A JSON text without escaped zero bytes.
fn without_zeros(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let escape = &rest[at..];
        let length = if escape.starts_with("\\u0000") { 6 } else { 2 };
        out.push_str(&rest[..at]);
        if length == 2 {
            out.push_str(&escape[..2]);
        }
        rest = &escape[length..];
    }
    out.push_str(rest);
    out
}

impl Engine for Groonga {
    fn prepare(&self, http: &Http) -> Result<(), Failure> {
        for command in self.commands_of_tables() {
            let of = |name: &str| {
                let argument = command.1.iter().find(|(n, _)| *n == name);
                argument.map_or_else(String::new, |(_, value)| value.clone())
            };
            let object = match of("table") {
                table if table.is_empty() => of("name"),
                table => format!("{table}.{}", of("name")),
            };
            if !self.exists(http, &object)? {
                call(http, &path(&command), &object, b"")?;
            }
        }
        let load = self.load_path("Synonyms");
        call(http, &load, "the synonyms", self.synonyms().as_bytes())?;
        Ok(())
    }

    fn send(
        &self,
        http: &Http,
        body: &[u8],
        items: &[Item],
    ) -> Result<Vec<Verdict>, Failure> {
        let long = |item: &Item| item.id.len() > LONGEST_KEY;
        if items.iter().any(long) {
            return Err(Failure::Halve(format!(
                "a key of Groonga has at most {LONGEST_KEY} bytes"
            )));
        }
        let path = self.load_path("");
        let answer = call(http, &path, "the documents", body)?;
        let verdicts = verdicts(http, &answer);
        match verdicts.len() == items.len() {
            true => Ok(verdicts),
            false => Err(Failure::Halve("it was not loaded".into())),
        }
    }
}

/// `output_errors` gives each document a code, 0 if it was loaded.
fn verdicts(http: &Http, answer: &Value) -> Vec<Verdict> {
    let each = answer["errors"].as_array().into_iter().flatten();
    each.map(|error| match error["return_code"].as_i64() {
        Some(0) => Verdict::Taken,
        _ => Verdict::Refused(
            http.redact(error["message"].as_str().unwrap_or("?")),
        ),
    })
    .collect()
}

/// Sends a command; what it answered.
fn call(
    http: &Http,
    path: &str,
    what: &str,
    body: &[u8],
) -> Result<Value, Failure> {
    let method = match body.is_empty() {
        true => Method::GET,
        false => Method::POST,
    };
    let media = match body.is_empty() {
        true => "",
        false => "application/json",
    };
    // Groonga answers what it refuses with 400 or 500 and says why in the
    // header of the answer.
    let reply = http.call(method, path, media, body)?;
    let answer = reply.json();
    let header = &answer["header"];
    match header["return_code"].as_i64() {
        Some(0) => Ok(answer["body"].clone()),
        Some(code) => {
            let error = header["error"]["message"].as_str().unwrap_or("?");
            let words = http.redact(&format!("{error} ({code})"));
            Err(match what {
                "the documents" => Failure::Halve(words),
                _ => Failure::Never(format!(
                    "the server refused {what}: {words}"
                )),
            })
        }
        None => Err(unexpected(http, what, &reply)),
    }
}

/// A column of the table of documents.
struct Column {
    name: String,
    kind: &'static str,
    many: bool,
    lexicon: Option<&'static str>,
}

fn columns() -> Vec<Column> {
    FIELDS.iter().filter(|f| f.role != Role::Id).flat_map(column).collect()
}

fn column(field: &Field) -> Vec<Column> {
    let (kind, lexicon) = match field.role {
        Role::Text(_) => ("Text", Some("Exact")),
        Role::Name(_) => ("ShortText", Some("Exact")),
        Role::Word | Role::Symbol | Role::SymbolKey => {
            ("ShortText", Some("Words"))
        }
        Role::Day => ("Int32", Some("Days")),
        Role::Integer => ("Int32", None),
        Role::Kept | Role::Id => ("Text", None),
    };
    let many = field.many;
    let own = Column { name: field.name.to_owned(), kind, many, lexicon };
    let folded = (field.role.weight() > 0).then(|| Column {
        name: folded_name(field.name),
        kind: "Text",
        many,
        lexicon: Some("Folded"),
    });
    [Some(own), folded].into_iter().flatten().collect()
}

impl Groonga {
    /// The table: `announcements` is `Announcements`.
    fn table(&self) -> String {
        let (first, rest) = self.index.split_at(1);
        first.to_ascii_uppercase() + rest
    }

    fn lexicon(&self, name: &str) -> String {
        format!("{}_{name}", self.table())
    }

    fn load_line(&self, lexicon: &str) -> String {
        format!("load --table {}\n", self.lexicon(lexicon))
    }

    fn load_path(&self, lexicon: &str) -> String {
        let table = match lexicon {
            "" => self.table(),
            lexicon => self.lexicon(lexicon),
        };
        format!(
            "/d/load?table={table}&input_type=json&output_errors=yes&command_version=3"
        )
    }

    fn exists(&self, http: &Http, object: &str) -> Result<bool, Failure> {
        let path = format!("/d/object_exist?name={object}&command_version=3");
        Ok(call(http, &path, "to look", b"")? == true)
    }

    /// Synonyms as `query_expand(TABLE.words)` takes them.
    fn synonyms(&self) -> String {
        let rows: Vec<Value> = synonyms::meanings(true)
            .into_iter()
            .map(|(word, meanings)| {
                let phrase = |text: &String| format!("\"{text}\"");
                let mut words = vec![phrase(&word)];
                words.extend(meanings.iter().map(phrase));
                json!({"_key": word, "words": words})
            })
            .collect();
        format!("{}\n", Value::Array(rows))
    }

    fn commands_of_tables(&self) -> Vec<Command> {
        let text = |value: &str| value.to_owned();
        let table = |name: String, flags: &str, key: &str| {
            (
                "table_create",
                vec![
                    ("name", name),
                    ("flags", text(flags)),
                    ("key_type", text(key)),
                ],
            )
        };
        let mut out = vec![table(self.table(), "TABLE_HASH_KEY", "ShortText")];
        for lexicon in ["Exact", "Folded"] {
            let mut made =
                table(self.lexicon(lexicon), "TABLE_PAT_KEY", "ShortText");
            // It keeps runs of letters whole.
            made.1.push(("default_tokenizer", text("TokenBigram")));
            made.1.push(("normalizer", text("NormalizerNFKC150")));
            out.push(made);
        }
        out.push(table(self.lexicon("Words"), "TABLE_PAT_KEY", "ShortText"));
        out.push(table(self.lexicon("Days"), "TABLE_PAT_KEY", "Int32"));
        out.push(table(self.lexicon("Synonyms"), "TABLE_PAT_KEY", "ShortText"));
        out.push(column_create(
            self.lexicon("Synonyms"),
            "words",
            "COLUMN_VECTOR",
            "ShortText",
        ));
        for column in columns() {
            let flags = match column.many {
                true => "COLUMN_VECTOR",
                false => "COLUMN_SCALAR",
            };
            let table = self.table();
            out.push(column_create(table, &column.name, flags, column.kind));
        }
        out.extend(columns().iter().filter_map(|column| self.indexed(column)));
        out
    }

    fn indexed(&self, column: &Column) -> Option<Command> {
        let lexicon = column.lexicon?;
        let flags = match lexicon {
            "Exact" | "Folded" => "COLUMN_INDEX|WITH_POSITION",
            _ => "COLUMN_INDEX",
        };
        let flags = match column.many && flags.ends_with("POSITION") {
            true => format!("{flags}|WITH_SECTION"),
            false => flags.to_owned(),
        };
        let name = format!("of_{}", column.name);
        let mut command =
            column_create(self.lexicon(lexicon), &name, &flags, &self.table());
        command.1.push(("source", column.name.clone()));
        Some(command)
    }
}

fn column_create(
    table: String,
    name: &str,
    flags: &str,
    kind: &str,
) -> Command {
    (
        "column_create",
        vec![
            ("table", table),
            ("name", name.to_owned()),
            ("flags", flags.to_owned()),
            ("type", kind.to_owned()),
        ],
    )
}

/// A command as a line.
fn written((command, arguments): &Command) -> String {
    let arguments: String = arguments
        .iter()
        .map(|(name, value)| format!(" --{name} '{value}'"))
        .collect();
    format!("{command}{arguments}\n")
}

/// A command as an address.
fn path((command, arguments): &Command) -> String {
    let arguments: String = arguments
        .iter()
        .map(|(name, value)| format!("&{name}={}", value.replace('|', "%7C")))
        .collect();
    format!("/d/{command}?command_version=3{arguments}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_bytes_go_and_other_escapes_stay() {
        let json = json!({"a": "x\u{0}y\\u0000 \"q\" \n"}).to_string();
        let kept: Value =
            serde_json::from_str(&without_zeros(&json)).expect("JSON");
        assert_eq!(kept["a"], "xy\\u0000 \"q\" \n");
    }
}
