//! What a comparison is: plain data, the same for every way of showing it.

use crate::record::{Evidence, Status};
use crate::text::{Raw, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the shape, in every comparison.
pub const SCHEMA: &str = "vanban.compare/1";

/// Announcements side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The announcements, in an order that does not depend on the arguments:
    /// by issuer, date of the act, id and path.
    pub documents: Vec<Side>,
    /// The field table.
    pub fields: Vec<FieldRow>,
    /// Items that say the same, for every pair of documents.
    pub links: Vec<Link>,
    /// Items in no link.
    pub alone: Vec<Place>,
    /// Items that say the same over all documents, one row each, in their
    /// common order.
    pub rows: Vec<Row>,
    /// What the items are about.
    pub themes: Themes,
    /// The text that the copies share.
    pub common: Common,
    /// What stands in one announcement only, and what only one lacks.
    pub rare: Rare,
}

/// One announcement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// Path as given.
    pub path: String,
    /// Index inside a container, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// Id of its record.
    pub id: String,
    /// Name of the issuing body, if known.
    pub issuer: Option<String>,
    /// Short name for the head of a column; no two are the same.
    pub name: String,
    /// Address it was fetched from.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Date of the act in EDTF, for a timeline.
    pub issued: Option<String>,
    /// Its contents, top level.
    pub items: Vec<SideItem>,
}

/// A top-level item of an announcement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SideItem {
    /// Its marker as written.
    pub label: Option<String>,
    /// Its words, normalized.
    pub text: String,
    /// Where it stands.
    pub span: Span<Raw>,
    /// Its clauses, in order.
    pub clauses: Vec<SideClause>,
    /// Index of its row.
    pub row: usize,
    /// How many other documents have an item that says the same.
    pub linked_to: usize,
}

impl SideItem {
    /// Its words without the marker.
    pub fn body(&self) -> &str {
        let label = self.label.as_deref().unwrap_or("");
        let body = self.text.strip_prefix(label).unwrap_or(&self.text);
        body.trim_start_matches([' ', ',', '.', ':', ')', '-', '–'])
    }
}

/// A clause of an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SideClause {
    /// Its words, normalized.
    pub text: String,
    /// Where it stands, if the text is at hand.
    pub span: Option<Span<Raw>>,
    /// Index of the shared clause that it is a copy of.
    pub common: Option<usize>,
}

/// An item, by its place.
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
pub struct Place {
    /// Index in [`Comparison::documents`], from 0.
    pub document: usize,
    /// Place among the document's items, from 1.
    pub item: usize,
}

/// How many items answer one another.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
pub enum Shape {
    /// One item answers one.
    #[serde(rename = "1:1")]
    One,
    /// The item of `a` is split in `b`.
    #[serde(rename = "1:n")]
    Split,
    /// Several items of `a` are merged in the item of `b`.
    #[serde(rename = "n:1")]
    Merged,
    /// Both.
    #[serde(rename = "n:n")]
    Mixed,
}

/// Two items that say the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// The item of the earlier document.
    pub a: Place,
    /// The item of the later document.
    pub b: Place,
    /// How close the wordings are, from 0 to 1: the weight of the words that
    /// both have, words in a row included, over that of the smaller item,
    /// with a part of the larger.
    pub score: f64,
    /// How many items answer one another between the two documents.
    pub shape: Shape,
    /// Whether the item stands in another order.
    pub moved: bool,
    /// The words that the link rests on, the weightiest first, as `a` writes
    /// them.
    pub evidence: Vec<String>,
}

/// What became of some words.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Both have them.
    Same,
    /// Only the second has them.
    Added,
    /// Only the first has them.
    Dropped,
    /// The second has other words in their place.
    Replaced,
}

/// A stretch of a word-level difference. The `a` of all stretches together
/// are the first text, the `b` the second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What became of the words.
    pub kind: ChangeKind,
    /// Words of the first text.
    pub a: String,
    /// Words of the second text.
    pub b: String,
    /// Whether only punctuation, case or blanks differ.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub minor: bool,
}

/// Items that say the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Documents that have it.
    pub support: usize,
    /// The item whose wording is nearest to all others; with two documents,
    /// the first.
    pub typical: Place,
    /// One cell for each document that has it.
    pub cells: Vec<RowCell>,
    /// Ids of the themes of its items.
    pub themes: Vec<String>,
}

/// The items of one document in a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowCell {
    /// Index of the document.
    pub document: usize,
    /// Its items, from 1; more than one where it splits what others join.
    pub items: Vec<usize>,
    /// Whether its order differs from the common order.
    pub moved: bool,
    /// From the typical wording to this one; empty for the typical item.
    pub diff: Vec<Change>,
}

/// One row of the field table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldRow {
    /// `issuer`, `number`, `type`, `issued`, `published`, `campaign`,
    /// `effective`, `end`, `slogans`, `contents`, `references`.
    pub field: String,
    /// Whether the announcements differ here; the own province's name does
    /// not count.
    pub differs: bool,
    /// One cell a document.
    pub cells: Vec<Cell>,
}

/// What one announcement says about one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Whether it says anything.
    pub stated: bool,
    /// The values; more than one for slogans and references.
    pub values: Vec<CellValue>,
    /// How many announcements, this one included, say the same.
    pub agrees: usize,
}

/// A value with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CellValue {
    /// The value: a name, a symbol, an EDTF date, a number.
    pub value: String,
    /// The words and their place, if the text holds them.
    pub evidence: Option<Evidence>,
    /// How the value was come by.
    pub status: Status,
    /// What an inferred value rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What the items are about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Themes {
    /// Themes that occur, in the order of the table.
    pub list: Vec<Theme>,
    /// Labels of the items.
    pub labels: Vec<ThemeLabel>,
    /// For each document, for each theme of the list, how many items.
    pub matrix: Vec<Vec<usize>>,
}

/// A theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Theme {
    /// Id: `social-welfare`.
    pub id: String,
    /// Vietnamese name.
    pub vi: String,
    /// English name.
    pub en: String,
}

/// A theme of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ThemeLabel {
    /// Index of the document.
    pub document: usize,
    /// Item, from 1.
    pub item: usize,
    /// Id of the theme.
    pub theme: String,
    /// The words that gave the label, as written.
    pub words: Vec<String>,
}

/// The text that the copies share. Nobody issued it in this form: it is
/// rebuilt from the copies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Common {
    /// Clauses that at least two documents have, in their common order.
    pub clauses: Vec<CommonClause>,
    /// What each document does with them.
    pub documents: Vec<OwnPart>,
    /// Names of campaigns and slogans with the words that vary left open.
    pub templates: Vec<Template>,
}

/// A clause that several documents have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommonClause {
    /// The wording nearest to all others, the own province as `{province}`.
    pub text: String,
    /// Documents that have it.
    pub support: usize,
    /// Documents compared.
    pub of: usize,
    /// Its copies.
    pub copies: Vec<Copy>,
}

/// A copy of a shared clause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Copy {
    /// Index of the document.
    pub document: usize,
    /// Item, from 1.
    pub item: usize,
    /// Clause of the item, from 1.
    pub clause: usize,
}

/// What one document makes of the shared text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OwnPart {
    /// Index of the document.
    pub document: usize,
    /// Clauses that no other document has.
    pub additions: Vec<OwnClause>,
    /// Shared clauses of at least half of the documents that it lacks:
    /// indices in [`Common::clauses`].
    pub omissions: Vec<usize>,
    /// Words that it has in place of shared ones.
    pub substitutions: Vec<Substitution>,
}

/// A clause of one document only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OwnClause {
    /// Item, from 1.
    pub item: usize,
    /// Clause of the item, from 1.
    pub clause: usize,
    /// The words.
    pub text: String,
    /// Where they stand, if the text is at hand.
    pub span: Option<Span<Raw>>,
}

/// What kind of words were changed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Substituted {
    /// Name of a place or body.
    Name,
    /// A number or date.
    Number,
    /// Any other words.
    Words,
}

/// Other words in place of shared ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Substitution {
    /// Index in [`Common::clauses`].
    pub common: usize,
    /// Item, from 1.
    pub item: usize,
    /// What kind of words.
    pub what: Substituted,
    /// The shared words; empty for an addition.
    pub shared: String,
    /// The words of this document; empty for an omission.
    pub here: String,
}

/// A name of a campaign or slogan with its slot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Template {
    /// `campaign` or `slogan`.
    pub field: String,
    /// The shared words: `{province}` for the own province, `…` for words
    /// that vary.
    pub text: String,
    /// Documents whose name fits.
    pub support: usize,
    /// Documents that fit it.
    pub documents: Vec<usize>,
}

/// What is rare in the set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rare {
    /// Items and clauses of one document only, the rarest first.
    pub only_here: Vec<OnlyHere>,
    /// Rows that a document lacks and most others have, the most widespread
    /// first.
    pub missing_here: Vec<MissingHere>,
}

/// An item or clause of one document only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OnlyHere {
    /// Index of the document.
    pub document: usize,
    /// Item, from 1.
    pub item: usize,
    /// Clause, from 1; `null` if the whole item stands alone.
    pub clause: Option<usize>,
    /// The words.
    pub text: String,
    /// Where they stand, if the text is at hand.
    pub span: Option<Span<Raw>>,
    /// Part of the weight of its words that no other document has, 0 to 1.
    pub rarity: f64,
}

/// A row that a document lacks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MissingHere {
    /// Index of the document.
    pub document: usize,
    /// Index in [`Comparison::rows`].
    pub row: usize,
    /// Documents that have it.
    pub support: usize,
    /// Documents compared.
    pub of: usize,
    /// The typical wording.
    pub text: String,
}
