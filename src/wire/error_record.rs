//! The record of a document that gave none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the error contract, in every error record.
pub const ERROR_SCHEMA: &str = "vanban.error/1";

/// Where a document failed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ErrorRecord {
    /// Always [`ERROR_SCHEMA`].
    pub schema: String,
    /// Path as given.
    pub path: String,
    /// Index inside a container, from 0.
    pub record: Option<u64>,
    /// Byte offset inside the container, where it keeps one.
    pub offset: Option<u64>,
    /// What is wrong and what to do about it, in plain words.
    pub reason: String,
    /// The first words of its bytes, harmless to show; `null` if there are
    /// none.
    #[serde(default)]
    pub excerpt: Option<String>,
}

impl ErrorRecord {
    /// An error record for a place and a reason.
    pub fn new(
        path: impl Into<String>,
        record: Option<u64>,
        offset: Option<u64>,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            schema: ERROR_SCHEMA.to_owned(),
            path: path.into(),
            record,
            offset,
            reason: reason.into(),
            excerpt: None,
        }
    }
}
