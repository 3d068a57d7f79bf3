//! What the index holds of an entry.

use super::analyzer::Analyzer;
use crate::lexicon::symbol_key::symbol_keys;
use crate::wire::Entry;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, Schema,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, TantivyDocument};
use xxhash_rust::xxh3::xxh3_64;

/// Names of the tokenizers in the schema.
const WORDS: &str = "vanban";
const PAIRS: &str = "vanban-pairs";

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The id, whole.
    pub(super) id: Field,
    /// The id as a number, for ties.
    pub(super) order: Field,
    /// What the entry is, to tell whether it has changed.
    pub(super) hash: Field,
    /// Everything that is searched.
    pub(super) all: Field,
    /// Headline, campaign, issuer and type, with pairs of syllables.
    pub(super) heads: Field,
    pub(super) title: Field,
    pub(super) campaign: Field,
    pub(super) issuer: Field,
    /// Keys of the document's own symbol.
    pub(super) symbol: Field,
    /// Keys of the symbols that it cites.
    pub(super) cites: Field,
    /// Its province, then and now.
    pub(super) province: Field,
    pub(super) type_name: Field,
    pub(super) theme: Field,
    pub(super) kind: Field,
    pub(super) level: Field,
    pub(super) year: Field,
    /// Days from 0000-01-01 on, months of 31 days.
    pub(super) from: Field,
    pub(super) to: Field,
    /// Values as they are counted.
    pub(super) counted: Counted,
    /// The entry itself.
    pub(super) entry: Field,
}

/// Fields of the values that facets count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub(super) province: Field,
    pub(super) issuer: Field,
    pub(super) type_name: Field,
    pub(super) theme: Field,
    pub(super) campaign: Field,
}

/// Names of the columns that are counted or sorted by.
pub(super) mod column {
    pub(in crate::index) const ORDER: &str = "order";
    pub(in crate::index) const HASH: &str = "hash";
    pub(in crate::index) const YEAR: &str = "year";
    pub(in crate::index) const FROM: &str = "from";
    pub(in crate::index) const PROVINCE: &str = "f_province";
    pub(in crate::index) const ISSUER: &str = "f_issuer";
    pub(in crate::index) const TYPE: &str = "f_type";
    pub(in crate::index) const THEME: &str = "f_theme";
    pub(in crate::index) const CAMPAIGN: &str = "f_campaign";
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    schema_with(WORDS, PAIRS)
}

/// The same fields with other tokenizers.
pub(super) fn schema_with(words: &str, pairs: &str) -> (Schema, Fields) {
    let text = |tokenizer: &str, option| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option),
        )
    };
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let raw = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::Basic),
        )
    };
    let counted = || TextOptions::default().set_fast("raw");
    let number = || NumericOptions::default() | FAST;
    let mut b = Schema::builder();
    let fields = Fields {
        id: b.add_text_field("id", raw()),
        order: b.add_u64_field(column::ORDER, number()),
        hash: b.add_u64_field(column::HASH, number()),
        all: b.add_text_field("all", text(words, positions)),
        heads: b.add_text_field("heads", text(pairs, positions)),
        title: b.add_text_field("title", text(words, positions)),
        campaign: b.add_text_field("campaign", text(words, positions)),
        issuer: b.add_text_field("issuer", text(words, positions)),
        symbol: b.add_text_field("symbol", raw()),
        cites: b.add_text_field("cites", raw()),
        province: b.add_text_field("province", raw()),
        type_name: b.add_text_field("type", raw()),
        theme: b.add_text_field("theme", raw()),
        kind: b.add_text_field("kind", raw()),
        level: b.add_text_field("level", raw()),
        year: b.add_i64_field(column::YEAR, number() | INDEXED),
        from: b.add_i64_field(column::FROM, number() | INDEXED),
        to: b.add_i64_field("to", number() | INDEXED),
        counted: Counted {
            province: b.add_text_field(column::PROVINCE, counted()),
            issuer: b.add_text_field(column::ISSUER, counted()),
            type_name: b.add_text_field(column::TYPE, counted()),
            theme: b.add_text_field(column::THEME, counted()),
            campaign: b.add_text_field(column::CAMPAIGN, counted()),
        },
        entry: b.add_bytes_field("entry", STORED),
    };
    (b.build(), fields)
}

/// Makes the tokenizers known to an index.
pub(super) fn register(index: &Index) {
    let tokenizers = index.tokenizers();
    tokenizers.register(WORDS, TextAnalyzer::from(Analyzer::new(false)));
    tokenizers.register(PAIRS, TextAnalyzer::from(Analyzer::new(true)));
}

/// An entry as JSON, and the number that changes with it.
pub(super) fn stored(entry: &Entry) -> (Vec<u8>, u64) {
    let json = serde_json::to_vec(entry).unwrap_or_default();
    let hash = xxh3_64(&json);
    (json, hash)
}

/// The id as a number, by which ties are broken: that of an id of ours sorts
/// as the id does, that of any other is a hash, so that no two are equal.
pub(super) fn order(id: &str) -> u64 {
    match u64::from_str_radix(id, 16) {
        Ok(number) if id.len() == 16 => number,
        _ => xxh3_64(id.as_bytes()),
    }
}

/// A day `YYYY-MM-DD`, or the first of what is shorter, as a number.
pub(super) fn day(date: &str) -> Option<i64> {
    let (sign, date) = match date.strip_prefix('-') {
        Some(date) => (-1, date),
        None => (1, date),
    };
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let year = parts.next()?? * sign;
    let month = parts.next().unwrap_or(Some(1))?;
    let day = parts.next().unwrap_or(Some(1))?;
    Some((year * 12 + month - 1) * 31 + day - 1)
}

/// The document of an entry.
pub(super) fn document(
    fields: &Fields,
    entry: &Entry,
    json: &[u8],
    hash: u64,
) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.id, &entry.id);
    doc.add_u64(fields.order, order(&entry.id));
    doc.add_u64(fields.hash, hash);
    searched(&mut doc, fields, entry);
    for key in entry.symbol.iter().flat_map(|symbol| symbol_keys(symbol)) {
        doc.add_text(fields.symbol, key);
    }
    for key in entry.references.iter().flat_map(|symbol| symbol_keys(symbol)) {
        doc.add_text(fields.cites, key);
    }
    let mut provinces =
        [&entry.province, &entry.province_now].map(|p| p.as_deref());
    if provinces[0] == provinces[1] {
        provinces[1] = None;
    }
    for province in provinces.into_iter().flatten() {
        doc.add_text(fields.province, province);
    }
    values(&mut doc, fields, entry);
    doc.add_bytes(fields.entry, json);
    doc
}

/// The text that is searched.
fn searched(doc: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    let heads = [
        (&entry.title, Some(fields.title)),
        (&entry.campaign, Some(fields.campaign)),
        (&entry.issuer, Some(fields.issuer)),
        (&entry.type_name, None),
        (&entry.symbol, None),
    ];
    for (value, own) in heads {
        let Some(value) = value else { continue };
        doc.add_text(fields.all, value);
        doc.add_text(fields.heads, value);
        if let Some(own) = own {
            doc.add_text(own, value);
        }
    }
    for slogan in &entry.slogans {
        doc.add_text(fields.all, slogan);
        doc.add_text(fields.heads, slogan);
    }
    match &entry.text {
        // The text has them all.
        Some(text) => doc.add_text(fields.all, text),
        None => {
            for words in entry.contents.iter().chain(&entry.references) {
                doc.add_text(fields.all, words);
            }
        }
    }
}

/// What is filtered by, counted and sorted by.
fn values(doc: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    let counted = &fields.counted;
    doc.add_text(fields.kind, &entry.kind);
    if let Some(level) = &entry.level {
        doc.add_text(fields.level, level);
    }
    if let Some(province) = &entry.province {
        doc.add_text(counted.province, province);
    }
    if let Some(issuer) = &entry.issuer {
        doc.add_text(counted.issuer, issuer);
    }
    if let Some(name) = &entry.type_name {
        doc.add_text(fields.type_name, name);
        doc.add_text(counted.type_name, name);
    }
    if let Some(campaign) = &entry.campaign {
        doc.add_text(counted.campaign, campaign);
    }
    for theme in &entry.themes {
        doc.add_text(fields.theme, theme);
        doc.add_text(counted.theme, theme);
    }
    if let Some(year) = entry.year {
        doc.add_i64(fields.year, i64::from(year));
    }
    if let Some(from) = entry.issued_from.as_deref().and_then(day) {
        doc.add_i64(fields.from, from);
    }
    if let Some(to) = entry.issued_to.as_deref().and_then(day) {
        doc.add_i64(fields.to, to);
    }
}
