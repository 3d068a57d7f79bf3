//! One row a hit, for spreadsheets.

use crate::index::{Answer, Hit};
use crate::wire::{JOIN, safe_cell};

type Column = (&'static str, fn(&Hit) -> String);

const COLUMNS: [Column; 13] = [
    ("id", |hit| hit.id.clone()),
    ("score", |hit| format!("{:.3}", hit.score)),
    ("kind", |hit| hit.kind.clone()),
    ("title", |hit| shown(&hit.title)),
    ("issuer", |hit| shown(&hit.issuer)),
    ("province", |hit| shown(&hit.province)),
    ("type", |hit| shown(&hit.type_name)),
    ("symbol", |hit| shown(&hit.symbol)),
    ("issued", |hit| shown(&hit.issued)),
    ("campaign", |hit| shown(&hit.campaign)),
    ("path", |hit| hit.source.path.clone()),
    ("url", |hit| shown(&hit.source.url)),
    ("snippets", |hit| {
        let texts = hit.snippets.iter().map(|s| s.text.as_str());
        texts.collect::<Vec<_>>().join(JOIN)
    }),
];

fn shown(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

/// The hits under a line of names. No cell starts a formula.
pub(super) fn hits(answer: &Answer) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(COLUMNS.iter().map(|(name, _)| *name));
    for hit in &answer.hits {
        let cells = COLUMNS.iter().map(|(_, value)| {
            let cell = value(hit);
            safe_cell(&cell).into_owned()
        });
        let _ = writer.write_record(cells);
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{HitSource, SearchOptions, Snippet};

    #[test]
    fn a_hit_is_a_row_without_formulas() {
        let mut answer = Answer::empty("x", &SearchOptions::default());
        answer.hits.push(Hit {
            id: "1".to_owned(),
            score: 1.5,
            title: Some("=1+1".to_owned()),
            source: HitSource { path: "a,b.txt".to_owned(), url: None },
            snippets: vec![Snippet {
                text: "một \"hai\"".to_owned(),
                ..Snippet::default()
            }],
            ..Hit::default()
        });
        let text = String::from_utf8(hits(&answer)).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert!(lines[0].starts_with("id,score,kind,title,issuer"));
        assert_eq!(
            lines[1],
            "1,1.500,,'=1+1,,,,,,,\"a,b.txt\",,\"một \"\"hai\"\"\""
        );
    }
}
