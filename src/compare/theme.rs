//! What items are about: labels by the words of `themes.tsv`.

use super::model::{Theme, ThemeLabel, Themes};
use super::prepare::Prepared;
use super::words::{Class, Token, words};
use crate::text::table::rows;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

static TABLE: &str = include_str!("themes.tsv");

/// Weak words that give a label together.
const WEAK_TOGETHER: usize = 2;

struct Cue {
    theme: usize,
    /// Keys of its words, in a row.
    keys: Vec<String>,
    strong: bool,
}

struct Table {
    themes: Vec<Theme>,
    cues: Vec<Cue>,
    /// First key to the cues that begin with it.
    begins: HashMap<String, Vec<usize>>,
}

static THEMES: LazyLock<Table> = LazyLock::new(|| {
    let mut table =
        Table { themes: Vec::new(), cues: Vec::new(), begins: HashMap::new() };
    for row in rows(TABLE) {
        let theme = match table.themes.iter().position(|t| t.id == row[0]) {
            Some(theme) => theme,
            None => {
                table.themes.push(Theme {
                    id: row[0].to_owned(),
                    vi: row[1].to_owned(),
                    en: row[2].to_owned(),
                });
                table.themes.len() - 1
            }
        };
        let keys: Vec<String> = words(&crate::text::normalize(row[3]), None)
            .into_iter()
            .filter(|t| t.class != Class::Mark)
            .map(|t| t.key)
            .collect();
        let cue = table.cues.len();
        table.begins.entry(keys[0].clone()).or_default().push(cue);
        table.cues.push(Cue { theme, keys, strong: row[4] == "strong" });
    }
    table
});

/// The themes of a normalized text, an item of an announcement say, in the
/// order of the table.
pub fn themes_of(text: &str) -> Vec<&'static Theme> {
    let found = label(text, &words(text, None));
    found.keys().map(|&theme| &THEMES.themes[theme]).collect()
}

/// Every theme, in the order of the table.
pub fn all_themes() -> &'static [Theme] {
    &THEMES.themes
}

/// The theme with this id, or this Vietnamese or English name in any case.
pub fn theme_named(name: &str) -> Option<&'static Theme> {
    let name = crate::text::normalize(name.trim()).to_lowercase();
    THEMES.themes.iter().find(|theme| {
        [&theme.id, &theme.vi, &theme.en]
            .iter()
            .any(|known| known.to_lowercase() == name)
    })
}

/// Theme index to the words that gave it, in order of appearance.
fn label(text: &str, tokens: &[Token]) -> BTreeMap<usize, Vec<String>> {
    let said: Vec<_> =
        tokens.iter().filter(|t| t.class != Class::Mark).collect();
    // Theme to: strong seen, distinct weak cues, words.
    let mut seen: BTreeMap<usize, (bool, Vec<usize>, Vec<String>)> =
        BTreeMap::new();
    for (i, token) in said.iter().enumerate() {
        let Some(cues) = THEMES.begins.get(&token.key) else { continue };
        for &c in cues {
            let cue = &THEMES.cues[c];
            let end = i + cue.keys.len();
            let fits = said.len() >= end
                && said[i..end].iter().map(|t| &t.key).eq(&cue.keys);
            if !fits {
                continue;
            }
            let entry = seen.entry(cue.theme).or_default();
            entry.0 |= cue.strong;
            if !entry.1.contains(&c) {
                entry.1.push(c);
            }
            let bytes = token.bytes.start..said[end - 1].bytes.end;
            let word = text[bytes].to_owned();
            if !entry.2.contains(&word) {
                entry.2.push(word);
            }
        }
    }
    seen.into_iter()
        .filter(|(_, (strong, cues, _))| *strong || cues.len() >= WEAK_TOGETHER)
        .map(|(theme, (_, _, words))| (theme, words))
        .collect()
}

/// Labels all items.
pub(super) fn themes(prepared: &Prepared) -> Themes {
    let labelled: Vec<BTreeMap<usize, Vec<String>>> =
        prepared.items.iter().map(|i| label(&i.text, &i.tokens)).collect();
    let mut used = vec![false; THEMES.themes.len()];
    for labels in &labelled {
        for &theme in labels.keys() {
            used[theme] = true;
        }
    }
    let list: Vec<usize> =
        (0..used.len()).filter(|&theme| used[theme]).collect();
    let mut matrix = vec![vec![0; list.len()]; prepared.of.len()];
    let mut labels = Vec::new();
    for (item, found) in prepared.items.iter().zip(labelled) {
        for (theme, words) in found {
            if let Ok(column) = list.binary_search(&theme) {
                matrix[item.document][column] += 1;
            }
            labels.push(ThemeLabel {
                document: item.document,
                item: item.number,
                theme: THEMES.themes[theme].id.clone(),
                words,
            });
        }
    }
    let list = list.into_iter().map(|t| THEMES.themes[t].clone()).collect();
    Themes { list, labels, matrix }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_has_one_name_and_a_strong_word() {
        for theme in &THEMES.themes {
            let rows: Vec<_> =
                rows(TABLE).filter(|r| r[0] == theme.id).collect();
            assert!(rows.iter().all(|r| r[1] == theme.vi && r[2] == theme.en));
            assert!(rows.iter().any(|r| r[4] == "strong"), "{}", theme.id);
        }
        for row in rows(TABLE) {
            assert_eq!(row.len(), 6);
            assert!(matches!(row[4], "strong" | "weak"), "{row:?}");
        }
    }
}
