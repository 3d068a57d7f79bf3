//! What a search gives back, and what may be asked of it beside the query.

use crate::wire::schema_of;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the answer's format.
pub const SEARCH_SCHEMA: &str = "vanban.search/1";

/// The schema of an [`Answer`], draft 2020-12.
pub fn answer_schema() -> serde_json::Value {
    schema_of::<Answer>(SEARCH_SCHEMA)
}

/// How hits are ordered. Ties are broken by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The oldest act first; what has no date comes last.
    Oldest,
    /// The newest act first; what has no date comes last.
    Newest,
}

/// What is asked beside the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchOptions {
    /// Hits to leave out before the first.
    pub offset: usize,
    /// Most hits to give.
    pub limit: usize,
    /// Their order.
    pub sort: Sort,
    /// Most values of each facet; 0 for no facets.
    pub facets: usize,
    /// Most snippets of each hit; 0 for none.
    pub snippets: usize,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            offset: 0,
            limit: 10,
            sort: Sort::Relevance,
            facets: 0,
            snippets: 2,
        }
    }
}

/// The answer to one query. Its JSON is one object; what is not there is
/// `null`.
#[derive(
    Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema,
)]
pub struct Answer {
    /// Version of this format: `vanban.search/1`.
    pub schema: String,
    /// The query as given; of a search for documents like another, its id.
    pub query: String,
    /// How many documents match, whatever the paging.
    pub total: u64,
    /// Hits left out before the first.
    pub offset: usize,
    /// Most hits that were asked for.
    pub limit: usize,
    /// The hits, in the order that was asked for.
    pub hits: Vec<Hit>,
    /// Counts over all that matches; `null` if they were not asked for.
    pub facets: Option<Facets>,
    /// Set where no document has all the words, so that some were let go.
    pub relaxed: Option<Relaxed>,
    /// Other queries that may have been meant, the likeliest first.
    pub did_you_mean: Vec<Suggestion>,
}

impl Answer {
    /// An answer without hits.
    pub fn empty(query: &str, options: &SearchOptions) -> Self {
        Self {
            schema: SEARCH_SCHEMA.to_owned(),
            query: query.to_owned(),
            offset: options.offset,
            limit: options.limit,
            ..Self::default()
        }
    }
}

/// A document that was found.
#[derive(
    Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema,
)]
pub struct Hit {
    /// The record's id.
    pub id: String,
    /// The greater the better; comparable within one answer only.
    pub score: f32,
    /// Where the document lies.
    pub source: HitSource,
    /// `announcement` or `other`.
    pub kind: String,
    /// The headline.
    pub title: Option<String>,
    /// The body whose act it is.
    pub issuer: Option<String>,
    /// The issuer's province, as it was called then.
    pub province: Option<String>,
    /// Kind of document: `Kế hoạch`.
    #[serde(rename = "type")]
    pub type_name: Option<String>,
    /// Its number as officially written: `240/KH-UBND`.
    pub symbol: Option<String>,
    /// Date of the act, EDTF.
    pub issued: Option<String>,
    /// The movement or campaign.
    pub campaign: Option<String>,
    /// Passages with the words that were looked for.
    pub snippets: Vec<Snippet>,
}

/// Where a document lies.
#[derive(
    Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema,
)]
pub struct HitSource {
    /// Path as given when the record was made.
    pub path: String,
    /// Address it was fetched from.
    pub url: Option<String>,
}

/// A passage of a hit.
#[derive(
    Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema,
)]
pub struct Snippet {
    /// The field it is cut from: `title`, `contents`, `text` …
    pub field: String,
    /// The words, on one line; `…` where something was cut off.
    pub text: String,
    /// What was looked for: `[start, end)` in Unicode code points of `text`,
    /// in order, apart from each other.
    pub marks: Vec<[usize; 2]>,
}

/// How often each value occurs among all that matches; the most frequent
/// first, then by value.
#[derive(
    Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema,
)]
pub struct Facets {
    /// Provinces, as they were called then.
    pub province: Vec<Bucket>,
    /// Issuers.
    pub issuer: Vec<Bucket>,
    /// Kinds of document.
    #[serde(rename = "type")]
    pub type_name: Vec<Bucket>,
    /// Years of the acts, the latest first.
    pub year: Vec<Bucket>,
    /// Ids of themes.
    pub theme: Vec<Bucket>,
    /// Campaigns.
    pub campaign: Vec<Bucket>,
}

impl Facets {
    /// The facets with the names of their fields, in the order in which they
    /// are shown.
    pub fn named(&self) -> [(&'static str, &[Bucket]); 6] {
        [
            ("province", &self.province),
            ("issuer", &self.issuer),
            ("type", &self.type_name),
            ("year", &self.year),
            ("theme", &self.theme),
            ("campaign", &self.campaign),
        ]
    }
}

/// A value and how many documents have it.
#[derive(
    Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema,
)]
pub struct Bucket {
    /// The value, as a filter takes it.
    pub value: String,
    /// How many documents.
    pub count: u64,
}

/// Words that were let go because no document has them all.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
)]
pub struct Relaxed {
    /// Words of the query.
    pub words: usize,
    /// How many of them each hit has at least.
    pub least: usize,
}

/// Another query that may have been meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suggestion {
    /// The whole query, mended.
    pub query: String,
    /// What was mended.
    pub slip: Slip,
    /// How many documents it finds, if that was looked up.
    pub total: Option<u64>,
}

/// What may be wrong with the words of a query.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Slip {
    /// A slip of typing.
    Spelling,
    /// Telex keystrokes that no keyboard turned into letters: `vinhx`.
    Telex,
    /// VNI keystrokes: `vinh4`.
    Vni,
}
