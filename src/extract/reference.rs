//! References: the other official documents that the text cites.
//!
//! # What it finds
//! Every symbol that is not the act's own, and numbers behind a word for
//! their kind (`Chỉ thị 16`), each once, with kind, issuer and date where the
//! text says them anywhere.
//!
//! # What it must refuse
//! The act's own symbol and number in any form, a bare number that shortens a
//! symbol cited in full (`Thông tư số 45` behind `45/2017/TT-BGTVT`), and
//! licences in the foot of a page.
//!
//! # Known limits
//! Laws that are cited by name alone are no references.

use super::citation::Mention;
use super::reading::Reading;
use crate::record::{DocumentId, Reference, Status};
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

/// Finds the references; `own` is the act's document.
pub fn find(reading: &Reading, own: Option<&DocumentId>) -> Vec<Reference> {
    let own_symbol = own.and_then(|d| d.symbol.as_deref());
    let own_number = own.and_then(|d| d.number.as_deref());
    let own_code = own.and_then(|d| d.code.as_deref());
    let numbers = LazyCell::new(|| Numbers::of(reading));
    let mut out: Vec<Reference> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for mention in &reading.mentions {
        if mention.span.start >= reading.layout.end {
            continue;
        }
        let Some(written) = written(reading, mention) else { continue };
        if own_symbol.is_some_and(|s| same_symbol(s, &written)) {
            continue;
        }
        let head = reading.before(mention.span.start, 30);
        if head.contains("giấy phép") {
            continue;
        }
        if let Some(place) = places.get(&written) {
            complete(reading, mention, &mut out[*place]);
            continue;
        }
        if mention.symbol.is_none() {
            let code = mention.word.map(|(_, k)| k.code);
            let own_short = own_number
                .is_some_and(|n| same_number(n, &written))
                && (code == own_code || own_code.is_none() || code == Some(""));
            if own_short || numbers.shortened(code, &written) {
                continue;
            }
        }
        places.insert(written.clone(), out.len());
        let mut reference = start(reading, mention, written);
        complete(reading, mention, &mut reference);
        out.push(reference);
    }
    out
}

fn written(reading: &Reading, mention: &Mention) -> Option<String> {
    match (mention.symbol, &mention.bare) {
        (Some(i), _) => reading.symbols[i].written.clone(),
        (None, Some((_, number))) => Some(number.clone()),
        _ => None,
    }
}

/// The same symbol, whatever the case and a leading zero.
fn same_symbol(a: &str, b: &str) -> bool {
    let trim = |s: &str| s.trim_start_matches('0').to_uppercase();
    trim(a) == trim(b)
}

fn same_number(a: &str, b: &str) -> bool {
    bare_number(a) == bare_number(b)
}

/// The number alone, without leading zeros.
fn bare_number(symbol: &str) -> &str {
    let number = symbol.split(['/', '-']).next().unwrap_or(symbol);
    number.trim_start_matches('0')
}

/// Numbers of the symbols that the text gives in full, each with the code of
/// its kind.
struct Numbers<'r>(HashSet<(&'r str, Option<&'static str>)>);

impl<'r> Numbers<'r> {
    fn of(reading: &'r Reading) -> Self {
        let symbols = reading.symbols.iter();
        Self(
            symbols
                .map(|s| {
                    let number = s.number.as_deref().unwrap_or_default();
                    (bare_number(number), s.kind.map(|kind| kind.code))
                })
                .collect(),
        )
    }

    /// Whether a bare number shortens a symbol that the text gives in full.
    fn shortened(&self, code: Option<&'static str>, number: &str) -> bool {
        let number = bare_number(number);
        // A symbol without a kind may be of any.
        [code, None].iter().any(|code| self.0.contains(&(number, *code)))
    }
}

fn start(reading: &Reading, mention: &Mention, written: String) -> Reference {
    let span = match (mention.symbol, &mention.bare) {
        (Some(i), _) => reading.symbols[i].span,
        (None, Some((span, _))) => *span,
        _ => mention.span,
    };
    let rule = match mention.symbol {
        Some(i) => reading.symbols[i].rule,
        None => "reference/number",
    };
    let (span, text) = reading.text.evidence(span);
    Reference {
        symbol: Some(written),
        type_name: None,
        issuer: None,
        date: None,
        text,
        span,
        status: Status::Stated,
        rule: rule.into(),
    }
}

/// `Luật Đất đai số 31/2024/QH15`: the word for the kind stands before the
/// name of the law.
fn named_law(reading: &Reading, mention: &Mention) -> Option<&'static str> {
    let symbol = &reading.symbols[mention.symbol?];
    if symbol.rule != "symbol/assembly" {
        return None;
    }
    let head = reading.before(symbol.span.start, 120);
    crate::lexicon::document_types::find_words(head)
        .into_iter()
        .rev()
        .map(|m| m.kind)
        .find(|k| matches!(k.code, "Luật" | "BL" | "PL" | "NQ"))
        .map(|k| k.name)
}

/// Adds what this mention says and earlier ones did not.
fn complete(reading: &Reading, mention: &Mention, reference: &mut Reference) {
    if reference.type_name.is_none() {
        // `văn bản` says less than the code.
        let by_word =
            mention.word.filter(|(_, k)| k.code != "VB").map(|(_, k)| k.name);
        let by_code = mention
            .symbol
            .and_then(|i| reading.symbols[i].kind)
            .map(|k| k.name);
        let generic = mention.word.map(|(_, k)| k.name);
        reference.type_name = by_word
            .or(by_code)
            .or_else(|| named_law(reading, mention))
            .or(generic)
            .map(str::to_owned);
    }
    if reference.date.is_none() {
        reference.date =
            mention.date.map(|i| reading.dates[i].value.to_string());
    }
    if reference.issuer.is_none() {
        reference.issuer = mention.issuer.as_ref().map(|body| {
            let range = body.full();
            let place = crate::lexicon::places::place_at(
                reading.norm(),
                reading.lower(),
                body.span.end,
            );
            let end = place.map_or(range.end, |p| p.span.end.max(range.end));
            crate::text::one_line(&reading.norm()[range.start..end])
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::record;

    #[test]
    fn cited_papers_are_found_with_what_is_told_of_them() {
        let found = record(
            "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND thực hiện Chỉ \
             thị số 05/CT-TTg ngày 3/2/2021 của Thủ tướng Chính phủ.",
        );
        assert_eq!(found.references.len(), 1);
        let cited = &found.references[0];
        assert_eq!(cited.symbol.as_deref(), Some("05/CT-TTg"));
        assert_eq!(cited.type_name.as_deref(), Some("Chỉ thị"));
        assert_eq!(cited.date.as_deref(), Some("2021-02-03"));
        assert_eq!(cited.issuer.as_deref(), Some("Thủ tướng Chính phủ"));
    }

    #[test]
    fn the_own_number_licences_and_repeats_are_refused() {
        let found = record(
            "UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND. Kế hoạch số 71 \
             dựa vào Thông tư số 45/2017/TT-BGTVT; Thông tư số 45 còn hiệu lực. \
             Giấy phép số 12/GP-BTTTT.",
        );
        let symbols: Vec<&str> = found
            .references
            .iter()
            .filter_map(|r| r.symbol.as_deref())
            .collect();
        assert_eq!(symbols, ["45/2017/TT-BGTVT"]);
    }
}
