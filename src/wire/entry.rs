//! What a search engine is given of a record: one flat [`Entry`].
//!
//! Our own index and every engine that is fed from outside hold the same
//! fields, so that a query means the same everywhere.

use crate::compare::{Theme, themes_of};
use crate::record::{DateValue, Edtf, Kind, Level, Record};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A record as it is searched. What the record does not have is `None` or
/// empty, and is left out of the JSON.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// The record's id.
    pub id: String,
    /// `announcement` or `other`.
    pub kind: String,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The body whose act it is: `UBND tỉnh Vĩnh Phúc`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// `central`, `province`, `district` or `commune`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The issuer's province, as it was called then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// The province that holds its territory since 1 July 2025.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub province_now: Option<String>,
    /// `Kế hoạch`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub type_name: Option<String>,
    /// `240/KH-UBND`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// `240`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Year of the act, or else of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// Date of the act, EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<String>,
    /// First day of `issued`, `YYYY-MM-DD`, if its year is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_from: Option<String>,
    /// Last day of `issued`; a month is given 31 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_to: Option<String>,
    /// Date of publication, EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The movement or campaign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// Mottoes, slogans, themes and messages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slogans: Vec<String>,
    /// Ids of what its contents are about: `social-welfare`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<String>,
    /// The sentence that announces the list, and its items.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<String>,
    /// Symbols of the documents that it cites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// The text as normalized, if it was at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where the document lies: path as given.
    pub path: String,
    /// Address it was fetched from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Entry {
    /// What is searched of `record`; `text` is the normalized text that it
    /// was made from, if that is at hand.
    pub fn new(record: &Record, text: Option<&str>) -> Self {
        let issuer = record.issuer.as_ref();
        let place = issuer.and_then(|issuer| issuer.place.as_ref());
        let document = record.document.as_ref();
        let issued = record.issued.as_ref();
        let bounds = issued.and_then(bounds).unzip();
        Self {
            id: record.id.clone(),
            kind: kind(record.kind).to_owned(),
            title: record.title.as_ref().map(|title| title.text.clone()),
            issuer: issuer.map(|issuer| issuer.name.clone()),
            level: issuer.and_then(|i| i.level).map(|l| level(l).to_owned()),
            province: place.map(|place| place.name.clone()),
            province_now: place.map(|place| {
                place.successor.clone().unwrap_or_else(|| place.name.clone())
            }),
            type_name: document.and_then(|d| d.type_name.clone()),
            symbol: document.and_then(|d| d.symbol.clone()),
            number: document.and_then(|d| d.number.clone()),
            year: issued
                .and_then(year)
                .or_else(|| document?.year?.try_into().ok())
                .or_else(|| record.published.as_ref().and_then(year)),
            issued: issued.map(|date| date.value.clone()),
            issued_from: bounds.0,
            issued_to: bounds.1,
            published: record.published.as_ref().map(|d| d.value.clone()),
            campaign: record.campaign.as_ref().map(|words| words.text.clone()),
            slogans: record.slogans.iter().map(|s| s.text.clone()).collect(),
            themes: themes(record),
            contents: contents(record),
            references: references(record),
            text: text.map(ToOwned::to_owned),
            path: record.source.path.clone(),
            url: record.source.url.clone(),
        }
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Announcement => "announcement",
        Kind::Other => "other",
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Central => "central",
        Level::Province => "province",
        Level::District => "district",
        Level::Commune => "commune",
    }
}

fn bounds(date: &DateValue) -> Option<(String, String)> {
    date.value.parse::<Edtf>().ok()?.bounds()
}

fn year(date: &DateValue) -> Option<i16> {
    bounds(date)?.0.get(..4)?.parse().ok()
}

fn themes(record: &Record) -> Vec<String> {
    let items = record.contents.iter().flat_map(|c| &c.items);
    let found: BTreeSet<&str> = items
        .flat_map(|item| themes_of(&item.text))
        .map(|Theme { id, .. }| id.as_str())
        .collect();
    found.into_iter().map(ToOwned::to_owned).collect()
}

fn contents(record: &Record) -> Vec<String> {
    let Some(contents) = &record.contents else { return Vec::new() };
    let lead = contents.lead.iter().map(|lead| lead.text.clone());
    lead.chain(contents.items.iter().map(|item| item.text.clone())).collect()
}

fn references(record: &Record) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for symbol in record.references.iter().filter_map(|r| r.symbol.as_ref()) {
        if !out.contains(symbol) {
            out.push(symbol.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Context, extract};
    use crate::text::Text;

    #[test]
    fn a_record_is_one_flat_entry() {
        let text = Text::new(
            "Ngày 16/9/2021, UBND tỉnh Vĩnh Phúc ban hành Kế hoạch số 240/KH-UBND.",
        );
        let record = extract(&text, &Context::default());
        let entry = Entry::new(&record, Some(text.norm()));
        assert_eq!(entry.kind, "announcement");
        assert_eq!(entry.issuer.as_deref(), Some("UBND tỉnh Vĩnh Phúc"));
        assert_eq!(entry.province.as_deref(), Some("Vĩnh Phúc"));
        assert_eq!(entry.province_now.as_deref(), Some("Phú Thọ"));
        assert_eq!(entry.symbol.as_deref(), Some("240/KH-UBND"));
        assert_eq!(entry.issued_from.as_deref(), Some("2021-09-16"));
        assert_eq!(entry.year, Some(2021));
        assert_eq!(entry.campaign, None);
    }
}
