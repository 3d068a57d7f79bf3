//! How a system wants its data: what is the same whether it is written into
//! files or sent.

use super::batch::{Frame, Item};
use crate::wire::Entry;

/// A file that is needed once, before the data.
#[derive(Debug, Clone)]
pub struct SetupFile {
    /// Its name in the folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How a system wants its data.
pub trait Dialect: Send {
    /// An entry as it stands in a request.
    fn item(&self, entry: &Entry) -> Item;

    /// What stands around the documents of one request.
    fn frame(&self) -> Frame;

    /// Settings, mappings, schema.
    fn setup(&self) -> Vec<SetupFile>;

    /// Name of the `number`th file of data.
    fn data_name(&self, number: usize) -> String;

    /// The commands that load a folder of files, for a person.
    fn commands(&self) -> String;
}

/// Settings as a file for people: indented, with an end of line.
pub(super) fn pretty(name: &str, json: &serde_json::Value) -> SetupFile {
    let mut bytes = format!("{json:#}").into_bytes();
    bytes.push(b'\n');
    SetupFile { name: name.to_owned(), bytes }
}
