//! Names of campaigns and slogans with a slot for the own province and a gap
//! where the copies differ.

use super::Document;
use super::model::Template;
use super::words::{Class, PROVINCE, base_weight, words};
use std::collections::BTreeMap;

/// Part of the words, by weight, that two names share if they are copies of
/// one.
const ALIKE: f64 = 0.5;

/// What stands for words that vary.
const GAP: &str = "…";

/// The text with the own province as `{province}`.
pub(super) fn masked(text: &str, place: Option<&str>) -> String {
    if place.is_none() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for token in words(text, place) {
        if token.key == PROVINCE {
            out.push_str(&text[from..token.bytes.start]);
            out.push_str(PROVINCE);
            from = token.bytes.end;
        }
    }
    out.push_str(&text[from..]);
    out
}

/// A name as words, the marks between them left out.
struct Name {
    document: usize,
    text: String,
    /// Key and bytes of each word.
    words: Vec<(String, f64, std::ops::Range<usize>)>,
}

impl Name {
    fn new(document: usize, text: &str, place: Option<&str>) -> Self {
        let words = words(text, place)
            .into_iter()
            .filter(|t| t.class != Class::Mark)
            .map(|t| (base_weight(&t.key, t.class), t))
            .map(|(weight, t)| (t.key, weight.max(0.1), t.bytes))
            .collect();
        Self { document, text: text.to_owned(), words }
    }

    fn weight(&self) -> f64 {
        self.words.iter().map(|w| w.1).sum()
    }

    fn alike(&self, other: &Self) -> f64 {
        let shared: f64 = self
            .words
            .iter()
            .filter(|w| other.words.iter().any(|v| v.0 == w.0))
            .map(|w| w.1)
            .sum();
        shared / self.weight().max(other.weight()).max(0.1)
    }
}

/// Templates of campaigns, then of slogans, the most supported first.
pub(super) fn templates(documents: &[Document]) -> Vec<Template> {
    let mut campaigns = Vec::new();
    let mut slogans = Vec::new();
    for (d, document) in documents.iter().enumerate() {
        let place = document.place();
        if let Some(campaign) = &document.record.campaign {
            campaigns.push(Name::new(d, &campaign.text, place));
        }
        for slogan in &document.record.slogans {
            slogans.push(Name::new(d, &slogan.text, place));
        }
    }
    let mut out = of_field("campaign", campaigns);
    out.extend(of_field("slogan", slogans));
    out
}

fn of_field(field: &str, names: Vec<Name>) -> Vec<Template> {
    let mut groups: Vec<Vec<Name>> = Vec::new();
    for name in names {
        let home = groups.iter_mut().find(|g| g[0].alike(&name) >= ALIKE);
        match home {
            Some(group) => group.push(name),
            None => groups.push(vec![name]),
        }
    }
    let mut out: Vec<Template> = groups
        .into_iter()
        .filter_map(|group| {
            let mut documents: Vec<usize> =
                group.iter().map(|n| n.document).collect();
            documents.dedup();
            (documents.len() > 1).then(|| Template {
                field: field.to_owned(),
                text: skeleton(&group),
                support: documents.len(),
                documents,
            })
        })
        .collect();
    out.sort_by_key(|t| std::cmp::Reverse(t.support));
    out
}

/// The most frequent wording, with a gap for every word that fewer than two
/// thirds of the names have.
fn skeleton(group: &[Name]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in group {
        let keys: Vec<&str> = name.words.iter().map(|w| w.0.as_str()).collect();
        *counts.entry(keys.join(" ")).or_default() += 1;
    }
    let frequency = |name: &Name| {
        let keys: Vec<&str> = name.words.iter().map(|w| w.0.as_str()).collect();
        counts[&keys.join(" ")]
    };
    let Some(base) = group.iter().max_by(|x, y| {
        frequency(x)
            .cmp(&frequency(y))
            .then(y.words.len().cmp(&x.words.len()))
            .then(y.document.cmp(&x.document))
    }) else {
        return String::new();
    };
    let kept: Vec<bool> = base
        .words
        .iter()
        .map(|w| {
            let has = group
                .iter()
                .filter(|n| n.words.iter().any(|v| v.0 == w.0))
                .count();
            has * 3 >= group.len() * 2
        })
        .collect();
    render(base, &kept)
}

fn render(base: &Name, kept: &[bool]) -> String {
    let mut out = String::new();
    let mut end = 0;
    for ((key, _, bytes), keep) in base.words.iter().zip(kept) {
        let between = &base.text[end..bytes.start];
        end = bytes.end;
        if *keep {
            out.push_str(if out.ends_with(GAP) { " " } else { between });
            let slot = key == PROVINCE;
            out.push_str(if slot {
                PROVINCE
            } else {
                &base.text[bytes.clone()]
            });
        } else if !out.ends_with(GAP) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(GAP);
        }
    }
    if kept.last() == Some(&true) {
        out.push_str(&base.text[end..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(names: &[(&str, &str)]) -> Vec<String> {
        let names = names
            .iter()
            .enumerate()
            .map(|(d, (text, place))| Name::new(d, text, Some(place)))
            .collect();
        of_field("campaign", names).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn the_province_is_a_slot_and_what_varies_a_gap() {
        assert_eq!(
            template(&[
                ("Vĩnh Phúc chung sức, giữ vững vùng xanh", "Vĩnh Phúc"),
                ("Quảng Nam chung tay, bảo vệ rừng đầu nguồn", "Quảng Nam"),
                ("Một tên gọi khác hẳn", "Huế"),
            ]),
            Vec::<String>::new()
        );
        assert_eq!(
            template(&[
                ("Lào Cai chung sức, đồng lòng vì người nghèo", "Lào Cai"),
                ("Huế chung tay, đồng lòng vì người nghèo", "Huế"),
                ("Hà Nam chung sức, đồng lòng luôn vì người nghèo", "Hà Nam"),
            ]),
            ["{province} chung sức, đồng lòng vì người nghèo"]
        );
        assert_eq!(
            template(&[
                ("Lào Cai đoàn kết, phòng chống bão", "Lào Cai"),
                ("Huế đoàn kết, phòng chống hạn", "Huế"),
            ]),
            ["{province} đoàn kết, phòng chống …"]
        );
    }

    #[test]
    fn masking_keeps_other_names() {
        assert_eq!(
            masked("tỉnh Hà Nam và tỉnh Nam Định", Some("Hà Nam")),
            "tỉnh {province} và tỉnh Nam Định"
        );
    }
}
