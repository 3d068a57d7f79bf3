//! Words that mean the same, for the systems that take lists of them; all
//! from the tables of the project.

use crate::lexicon::{bodies, document_types, synonyms};
use crate::text::{abbreviations, fold, normalize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Wordings of one meaning, lower case, letters and digits with single
/// blanks between words; at least two.
pub(super) type Group = Vec<String>;

/// Every group, in a fixed order. A wording stands in one group only.
pub(super) static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(groups);

/// What stands for a short form wherever it is looked up; the forms of
/// documents (`kh`) mean other words too, so that the way back is closed.
pub(super) static SHORT: LazyLock<Vec<(String, Group)>> = LazyLock::new(short);

/// Words alone: systems cut text at everything else.
pub(super) fn words(text: &str) -> String {
    let text = normalize(text).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a form of a body is worth a synonym: longer ones are put together
/// of words that have theirs.
fn is_short(form: &str) -> bool {
    words(form).split(' ').count() <= 2
}

fn groups() -> Vec<Group> {
    let close = synonyms::all()
        .iter()
        .filter(|row| row.kind != synonyms::Closeness::Near)
        .map(|row| [&[row.canonical], &row.variants[..]].concat());
    let bodies = bodies::wordings().into_iter();
    let bodies = bodies.filter(|(body, _)| body.head_of.is_none());
    let bodies = bodies.map(|(body, mut forms)| {
        forms.retain(|form| is_short(form));
        let long = body.long.as_deref();
        [Some(body.name.as_str()), long]
            .into_iter()
            .flatten()
            .chain(forms)
            .collect::<Vec<&str>>()
    });
    let mut of: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for wordings in close.chain(bodies) {
        let mut new: Group = Vec::new();
        for wording in wordings {
            let wording = words(wording);
            if !wording.is_empty() && !new.contains(&wording) {
                new.push(wording);
            }
        }
        // The tables share wordings: `ubnd` is a synonym and a body.
        let known = new.iter().find_map(|wording| of.get(wording)).copied();
        let at = known.unwrap_or(groups.len());
        if known.is_none() {
            groups.push(Vec::new());
        }
        for wording in new {
            if !of.contains_key(&wording) {
                of.insert(wording.clone(), at);
                groups[at].push(wording);
            }
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

fn short() -> Vec<(String, Group)> {
    let codes = document_types::all()
        .iter()
        .filter(|t| !t.code.is_empty())
        .map(|t| (t.code, vec![t.name]));
    let known: Vec<&str> =
        GROUPS.iter().flatten().map(String::as_str).collect();
    let mut out: BTreeMap<String, Group> = BTreeMap::new();
    let abbreviations =
        abbreviations().into_iter().map(|(code, name)| (code, vec![name]));
    for (code, names) in codes.chain(abbreviations) {
        let code = words(code);
        // One letter abbreviates too much.
        if code.chars().count() < 2 || known.contains(&code.as_str()) {
            continue;
        }
        let group = out.entry(code).or_default();
        for name in names.into_iter().map(words) {
            if !name.is_empty() && !group.contains(&name) {
                group.push(name);
            }
        }
    }
    out.retain(|code, group| group.iter().any(|name| name != code));
    out.into_iter().collect()
}

/// A list for a system: a wording, and what it means beside itself. With
/// `folded`, without marks, as the folded fields are searched.
pub(super) fn meanings(folded: bool) -> BTreeMap<String, Vec<String>> {
    let form = |text: &String| match folded {
        true => fold(text),
        false => text.clone(),
    };
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |from: String, to: String| {
        let meanings = out.entry(from.clone()).or_default();
        if from != to && !meanings.contains(&to) {
            meanings.push(to);
        }
    };
    for group in GROUPS.iter() {
        for from in group {
            for to in group {
                add(form(from), form(to));
            }
        }
    }
    for (code, names) in SHORT.iter() {
        names.iter().for_each(|name| add(form(code), form(name)));
    }
    out.retain(|_, meanings| !meanings.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_stands_in_one_group() {
        let mut all: Vec<&String> = GROUPS.iter().flatten().collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(count > 200, "{count}");
        for word in all {
            assert_eq!(*word, words(word));
        }
    }

    #[test]
    fn abbreviations_of_the_tables_have_their_meanings() {
        let exact = meanings(false);
        let means = |from: &str| exact.get(from).cloned().unwrap_or_default();
        assert!(means("ubnd").contains(&"ủy ban nhân dân".to_owned()));
        assert!(means("ủy ban nhân dân").contains(&"ubnd".to_owned()));
        assert!(means("hđnd").contains(&"hội đồng nhân dân".to_owned()));
        assert!(means("kh").contains(&"kế hoạch".to_owned()));
        // A plan is no `kh`, which means other words too.
        assert!(means("kế hoạch").is_empty());
        assert!(means("gs").contains(&"giáo sư".to_owned()));
        // What is close in this genre only is not the same for a search.
        assert!(!means("doanh nghiệp").contains(&"công ty".to_owned()));
        let folded = meanings(true);
        assert!(folded["ubnd"].contains(&"uy ban nhan dan".to_owned()));
    }
}
