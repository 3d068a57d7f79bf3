//! What to do next: other queries that may have been meant, what to leave
//! out, where the next page is.

use super::count;
use crate::index::query::{Node, Query};
use crate::index::{Answer, Suggestion};

/// The lines below the hits; the first is empty if there are any.
pub(super) fn lines(answer: &Answer, query: Option<&Query>) -> Vec<String> {
    let mut out: Vec<String> = answer.did_you_mean.iter().map(meant).collect();
    if answer.total == 0 {
        // Who meant something else needs no other remedy.
        let meant = !out.is_empty();
        out.extend(query.filter(|_| !meant).map(|query| remedy(&query.root)));
        if query.is_none() {
            out.push("no other document is like this one".to_owned());
        }
    }
    let next = answer.offset + answer.hits.len();
    let more = (next as u64) < answer.total;
    if answer.hits.is_empty() && answer.offset as u64 >= answer.total.max(1) {
        out.push(format!(
            "there are no hits behind --offset {}",
            answer.offset
        ));
    } else if more && !answer.hits.is_empty() {
        out.push(format!("more: --offset {next}"));
    }
    if !out.is_empty() {
        out.insert(0, String::new());
    }
    out
}

fn meant(suggestion: &Suggestion) -> String {
    let found = match suggestion.total {
        None => String::new(),
        Some(1) => " (1 document)".to_owned(),
        Some(total) => format!(" ({} documents)", count(total)),
    };
    format!("did you mean “{}”?{found}", suggestion.query)
}

/// What is likeliest to help where nothing was found.
fn remedy(root: &Node) -> String {
    let uses = Uses::of(root);
    let mut ways: Vec<&str> = Vec::new();
    if uses.filters {
        ways.push("leave out a filter");
    }
    if uses.phrases {
        ways.push("take the words out of the quotation marks");
    }
    if uses.marked {
        ways.push("type words without tone marks, to find them with any");
    }
    if uses.words > 1 {
        ways.push("look for fewer words, or put OR between them");
    }
    if uses.numbers && ways.is_empty() {
        ways.push("look for the number alone, as in số 240");
    }
    if ways.is_empty() {
        ways.push("look for another word");
    }
    format!("try this: {}", ways.join("; "))
}

/// What a query is made of.
#[derive(Default)]
struct Uses {
    filters: bool,
    phrases: bool,
    marked: bool,
    numbers: bool,
    words: usize,
}

impl Uses {
    fn of(root: &Node) -> Self {
        let mut uses = Self::default();
        let mut nodes = vec![root];
        while let Some(node) = nodes.pop() {
            match node {
                Node::And(parts) | Node::Or(parts) => nodes.extend(parts),
                Node::Words(words) => {
                    uses.words += words.len();
                    uses.marked |= words.iter().any(|word| word.marked);
                }
                Node::Phrase(words) => {
                    uses.phrases = true;
                    uses.marked |= words.iter().any(|word| word.marked);
                }
                Node::Number(_) => uses.numbers = true,
                Node::Filter(_) => uses.filters = true,
                Node::All | Node::Not(_) => {}
            }
        }
        uses
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SearchOptions;

    fn advice(query: &str) -> Vec<String> {
        let read = Query::parse(query).unwrap();
        lines(&Answer::empty(query, &SearchOptions::default()), Some(&read))
    }

    #[test]
    fn advice_is_about_what_was_asked() {
        assert_eq!(advice("xyz"), ["", "try this: look for another word"]);
        assert_eq!(
            advice("\"vùng tím\" province:\"Hà Nam\""),
            [
                "",
                "try this: leave out a filter; take the words out of the quotation marks; type words without tone marks, to find them with any"
            ]
        );
        assert_eq!(
            advice("240/KH-UBND"),
            ["", "try this: look for the number alone, as in số 240"]
        );
    }
}
