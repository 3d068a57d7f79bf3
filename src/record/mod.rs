//! The record: what every output of the program means.
//!
//! One [`Record`] a document. Three rules hold for all of it: every value is
//! evidence (a span in code points of the text as read, and the same words
//! normalized); nothing is guessed silently (a [`Status`] and the rule that
//! found the value stand beside it); the same input gives the same bytes.

mod edtf;

pub use edtf::{Edtf, Part, Point};

use crate::text::{Raw, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the contract, in every record.
pub const SCHEMA: &str = "vanban.record/1";

/// How a value was come by.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The words say it.
    Stated,
    /// From other words of the document or its metadata; `why` names them.
    Inferred,
    /// The document says two things; the others stand in `others`.
    Conflicting,
    /// A form left blank: “Số:    /KH-UBND”.
    Unfilled,
}

/// What a document is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is, or reports, one main official act of a public body.
    Announcement,
    /// Everything else.
    Other,
}

/// Everything extracted from one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Stable: same content at the same place gives the same id.
    pub id: String,
    /// Where the document comes from.
    pub source: Source,
    /// Announcement or other.
    pub kind: Kind,
    /// The headline.
    pub title: Option<Words>,
    /// Who wrote the article.
    pub byline: Option<Words>,
    /// The date the article was published.
    pub published: Option<DateValue>,
    /// The body whose act it is.
    pub issuer: Option<Issuer>,
    /// Type and number of the act.
    pub document: Option<DocumentId>,
    /// The date of the act itself.
    pub issued: Option<DateValue>,
    /// The movement, drive, month or campaign that the act launches.
    pub campaign: Option<Words>,
    /// Mottoes, slogans, themes and messages.
    pub slogans: Vec<Slogan>,
    /// What the act enumerates.
    pub contents: Option<Contents>,
    /// Every calendar expression.
    pub dates: Vec<DateMention>,
    /// Other official documents that it cites.
    pub references: Vec<Reference>,
    /// Who signed.
    pub signer: Option<Signer>,
    /// What was doubtful and how it was settled.
    pub notes: Vec<Note>,
    /// The cluster of documents that are one article; on request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repost: Option<Repost>,
}

/// Where a document comes from.
#[derive(
    Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema,
)]
pub struct Source {
    /// Path as given.
    pub path: String,
    /// Where inside the file, for members of archives: their names, joined by
    /// `#`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Index inside a container, from 0.
    pub record: Option<u64>,
    /// Byte offset inside the container, where it keeps one.
    pub offset: Option<u64>,
    /// Byte length inside the container, where it keeps one.
    pub length: Option<u64>,
    /// Address the document was fetched from.
    pub url: Option<String>,
    /// SHA-256 of the raw bytes, in hexadecimal.
    pub sha256: String,
    /// Encoding that the bytes were read in.
    pub encoding: String,
    /// Other columns of the container, on request.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    #[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")]
    pub fields: serde_json::Map<String, serde_json::Value>,
    /// Where each paragraph of an HTML page stands in its bytes, on request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<PageBlock>,
}

/// A paragraph of a page.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
pub struct PageBlock {
    /// Where it stands in the text.
    pub text: Span<Raw>,
    /// Its bytes, `[start, end)`, in the page as archived, after what the
    /// network did to the page was undone.
    pub bytes: [u64; 2],
}

/// Words with their place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// The evidence, normalized.
    pub text: String,
    /// The evidence; `null` only if the container's metadata gave the value.
    pub span: Option<Span<Raw>>,
    /// How it was come by.
    pub status: Status,
    /// Rule that found it.
    pub rule: String,
    /// What an inferred or conflicting value rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Other wordings or places of the same, in order of appearance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Evidence>,
}

/// A place in the text with its normalized words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The words, normalized.
    pub text: String,
    /// Where they stand.
    pub span: Span<Raw>,
}

/// A date with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateValue {
    /// EDTF (ISO 8601-2).
    pub value: String,
    /// The evidence, normalized.
    pub text: Option<String>,
    /// The evidence; `null` only if the container's metadata gave the value.
    pub span: Option<Span<Raw>>,
    /// How it was come by.
    pub status: Status,
    /// Rule that found it.
    pub rule: String,
    /// What an inferred or conflicting value rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Other dates that compete for the same field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Evidence>,
}

/// Level of administration.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Trung ương.
    Central,
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh (until 30 June 2025).
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
}

/// A province-level unit as of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Code of the statistics office; before July 2025 in the 63-unit list,
    /// after it in the 34-unit list, as `list` says.
    pub code: String,
    /// Name without the word for its kind.
    pub name: String,
    /// Which list the code belongs to: `63` or `34`.
    pub list: String,
    /// The unit that holds its territory since 1 July 2025.
    pub successor: Option<String>,
}

/// The body whose act it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Issuer {
    /// Usual short form with its place: `UBND tỉnh Vĩnh Phúc`.
    pub name: String,
    /// The body alone: `UBND`.
    pub body: String,
    /// Level of administration.
    pub level: Option<Level>,
    /// Province-level unit, for bodies below the centre.
    pub place: Option<Place>,
    /// The words that name it nearest the act, normalized.
    pub text: String,
    /// Where they stand.
    pub span: Option<Span<Raw>>,
    /// How it was come by; `inferred` if the place is.
    pub status: Status,
    /// Rule that found it.
    pub rule: String,
    /// What an inferred value rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Evidence of the place, where it stands elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Evidence>,
}

/// Type and number of the act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentId {
    /// `Kế hoạch`.
    #[serde(rename = "type")]
    pub type_name: Option<String>,
    /// `KH`.
    pub code: Option<String>,
    /// `240/KH-UBND`, as officially written; `null` when the text has none.
    pub symbol: Option<String>,
    /// `240`.
    pub number: Option<String>,
    /// Year segment of a normative symbol.
    pub year: Option<u16>,
    /// The evidence of the symbol, or of the type word, normalized.
    pub text: Option<String>,
    /// Where it stands.
    pub span: Option<Span<Raw>>,
    /// How it was come by; `unfilled` for a blank number.
    pub status: Status,
    /// Rule that found it.
    pub rule: String,
    /// What an inferred value rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Other places of the same symbol, or competing symbols.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Evidence>,
}

/// Class of a slogan.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum SloganKind {
    /// Tinh thần.
    Spirit,
    /// Phương châm.
    Motto,
    /// Khẩu hiệu.
    Slogan,
    /// Chủ đề.
    Theme,
    /// Thông điệp.
    Message,
    /// Mục tiêu.
    Goal,
    /// Any other cue.
    Other,
}

/// A motto, slogan, guiding spirit, theme or message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Slogan {
    /// Class, from its cue.
    pub kind: SloganKind,
    /// The words without outer quotes, normalized.
    pub text: String,
    /// Where they stand.
    pub span: Span<Raw>,
    /// How it was come by.
    pub status: Status,
    /// Rule that found it.
    pub rule: String,
}

/// What the act enumerates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Contents {
    /// The sentence that announces the list.
    pub lead: Option<Evidence>,
    /// Top level, in order.
    pub items: Vec<Item>,
    /// Rule that found the list.
    pub rule: String,
}

/// One enumerated item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Its marker as written (`1.`, `a)`, `Một là`), if it has one.
    pub label: Option<String>,
    /// The whole item, normalized, continuations and sub-items included.
    pub text: String,
    /// From its marker to the start of the next item.
    pub span: Span<Raw>,
    /// Sub-items.
    #[serde(default)]
    pub items: Vec<Item>,
}

/// What a date does in the document.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum DateRole {
    /// Of the article.
    Published,
    /// Of the act.
    Issued,
    /// From which the act has force.
    Effective,
    /// On which something begins, or a period of execution.
    Start,
    /// On which something ends.
    End,
    /// By which something is due.
    Deadline,
    /// Of a cited document.
    Reference,
    /// Of a ceremony, meeting or incident.
    Event,
    /// Any other.
    Other,
}

/// A calendar expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateMention {
    /// EDTF (ISO 8601-2).
    pub value: String,
    /// What it does.
    pub role: DateRole,
    /// The words, normalized.
    pub text: String,
    /// Where they stand.
    pub span: Span<Raw>,
    /// `inferred` if the year comes from elsewhere.
    pub status: Status,
    /// Rule that found it.
    pub rule: String,
    /// What an inferred year rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Another official document that is cited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// As officially written; a bare number if the text has only that.
    pub symbol: Option<String>,
    /// `Quyết định`.
    #[serde(rename = "type")]
    pub type_name: Option<String>,
    /// Who issued it, if said.
    pub issuer: Option<String>,
    /// Its date in EDTF, if said.
    pub date: Option<String>,
    /// The words of the symbol, normalized.
    pub text: String,
    /// Where they stand.
    pub span: Span<Raw>,
    /// How it was come by.
    pub status: Status,
    /// Rule that found it.
    pub rule: String,
}

/// Who signed the act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signer {
    /// The person's name.
    pub name: String,
    /// `Phó Chủ tịch`.
    pub title: Option<String>,
    /// The words of the name, normalized.
    pub text: String,
    /// Where they stand.
    pub span: Span<Raw>,
    /// Rule that found it.
    pub rule: String,
}

/// What was doubtful, and how it was settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Field it concerns, or `text`, `source`.
    pub field: String,
    /// In plain words.
    pub text: String,
    /// Where, if it is about a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span<Raw>>,
}

/// The cluster of documents that are one article, as far as it was known when
/// the document was read: its first member always comes earlier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Repost {
    /// The cluster, by the `id` of the first of its members; the document's
    /// own `id` if it is the first.
    pub cluster: String,
    /// Where that member is: its path, with `#` and its index if the
    /// container holds many.
    pub first: String,
    /// Similarity to the most similar earlier member that it was compared
    /// with, 0.8 to 1; `null` if the document is the first of its cluster.
    pub similarity: Option<f64>,
    /// Clusters that turn out to be part of this one by this document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<String>,
}
