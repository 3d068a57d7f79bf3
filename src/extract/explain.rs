//! Why a field has its value: the rules tried, what they found, what was
//! refused.

use super::act::{self, Act};
use super::reading::Reading;
use super::{
    Context, campaign, contents, document, issuer, kind, reference, roles,
    signer, slogan,
};
use crate::record::Kind;
use crate::text::{Norm, Raw, Span, Text};
use regex::Regex;
use std::sync::LazyLock;

/// What a rule came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It found a value.
    Found,
    /// It saw something and refused it.
    Refused,
    /// It had nothing to go by.
    NotThere,
}

/// One step on the way to a field, or away from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The rule.
    pub rule: String,
    /// What it came to.
    pub verdict: Verdict,
    /// The words it rests on.
    pub span: Option<Span<Norm>>,
    /// Why, in plain words.
    pub why: String,
}

/// Fields that can be explained.
pub const FIELDS: &[&str] = &[
    "kind",
    "title",
    "byline",
    "published",
    "issuer",
    "document",
    "issued",
    "campaign",
    "slogans",
    "contents",
    "dates",
    "references",
    "signer",
];

/// Says why a field has its value: the rules tried, in order. Empty for a
/// field that is not in [`FIELDS`].
pub fn explain(text: &Text, context: &Context, field: &str) -> Vec<Step> {
    let text = &*super::head::mended(text);
    let reading = Reading::new(text, context);
    let acts = act::candidates(&reading);
    let is_act = kind::of(&reading, &acts) == Kind::Announcement;
    let best = acts.first().filter(|_| is_act);
    let mut steps = match field {
        "kind" => kind_steps(&reading, &acts),
        "title" | "byline" => layout_steps(&reading, field),
        "published" | "issued" | "dates" => date_steps(&reading, best, field),
        "issuer" => issuer_steps(&reading, best),
        "document" => document_steps(&reading, &acts, best),
        "campaign" => campaign_steps(&reading, best),
        "slogans" => slogan_steps(&reading),
        "contents" => contents_steps(&reading, best),
        "references" => reference_steps(&reading, &acts, best),
        "signer" => signer_steps(&reading),
        _ => return Vec::new(),
    };
    if steps.is_empty() {
        steps.push(not_there(field, "nothing in the text fits its rules"));
    }
    steps
}

fn step(
    rule: impl Into<String>,
    verdict: Verdict,
    span: Option<Span<Norm>>,
    why: impl Into<String>,
) -> Step {
    Step { rule: rule.into(), verdict, span, why: why.into() }
}

fn not_there(field: &str, why: &str) -> Step {
    step(field, Verdict::NotThere, None, why)
}

fn no_act(field: &str) -> Vec<Step> {
    vec![not_there(
        field,
        "the text is no announcement: see `explain FILE kind`",
    )]
}

/// `has a symbol 2, near the top 3 = 5`
fn sum(reasons: &[(&str, i32)], points: i32) -> String {
    let parts: Vec<String> =
        reasons.iter().map(|(why, n)| format!("{why} {n:+}")).collect();
    format!("{} = {points}", parts.join(", "))
}

fn act_step(act: &Act, verdict: Verdict) -> Step {
    step(act.rule, verdict, Some(act.span), sum(&act.reasons, act.points))
}

fn kind_steps(reading: &Reading, acts: &[Act]) -> Vec<Step> {
    let points = kind::points(reading, acts);
    let total = points.iter().map(|(_, n)| n).sum::<i32>();
    let enough = total >= act::ENOUGH;
    let why = format!(
        "{}; an announcement needs {}",
        sum(&points, total),
        act::ENOUGH
    );
    let verdict = if enough { Verdict::Found } else { Verdict::Refused };
    let mut out = vec![step("kind", verdict, None, why)];
    out.extend(acts.iter().take(5).enumerate().map(|(i, a)| {
        let best = i == 0 && enough;
        act_step(a, if best { Verdict::Found } else { Verdict::Refused })
    }));
    out
}

fn layout_steps(reading: &Reading, field: &str) -> Vec<Step> {
    let (span, rule, none) = if field == "title" {
        let none = "the first line reads like a sentence of the body";
        (reading.layout.title, "title/first-line", none)
    } else {
        let none = "no short line of names at the end";
        (reading.layout.byline, "byline/last", none)
    };
    match span {
        Some(span) => vec![step(
            rule,
            Verdict::Found,
            Some(span),
            "its place and build among the lines",
        )],
        None => vec![not_there(field, none)],
    }
}

/// Two numbers that might have been a day.
static LIKE_A_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9]{1,3} ?[/.-] ?[0-9]{1,4}").expect("like a day")
});

fn date_steps(reading: &Reading, best: Option<&Act>, field: &str) -> Vec<Step> {
    let dates = roles::find(reading, best);
    let one = |date: Option<crate::record::DateValue>| match date {
        Some(d) => {
            let why = d.why.unwrap_or_else(|| "the words say it".into());
            let span = d.span.map(|s| reading.text.to_norm(s));
            let why = format!("{} ({why})", d.value);
            vec![step(d.rule, Verdict::Found, span, why)]
        }
        None => Vec::new(),
    };
    match field {
        "published" => return one(dates.published),
        "issued" => return one(dates.issued),
        _ => {}
    }
    let mut out: Vec<Step> = dates
        .mentions
        .iter()
        .map(|d| {
            let role = format!("{:?}", d.role).to_lowercase();
            let why = match &d.why {
                Some(why) => format!("{}, {role}; {why}", d.value),
                None => format!("{}, {role}", d.value),
            };
            let span = reading.text.to_norm(d.span);
            step(d.rule.clone(), Verdict::Found, Some(span), why)
        })
        .collect();
    for m in LIKE_A_DAY.find_iter(&reading.lower()[..reading.layout.end]) {
        let span = Span::from(m.range());
        let date = reading.dates.iter().any(|d| d.span.overlaps(span));
        if date {
            continue;
        }
        let symbol = reading.symbols.iter().any(|s| s.span.overlaps(span));
        let why = if symbol {
            "part of the number of a document"
        } else {
            "a ratio, count or other number: no word of a day before it"
        };
        out.push(step("dates", Verdict::Refused, Some(span), why));
    }
    out.sort_by_key(|s| s.span.map(|s| s.start));
    out
}

fn issuer_steps(reading: &Reading, best: Option<&Act>) -> Vec<Step> {
    let Some(act) = best else { return no_act("issuer") };
    let mut out = Vec::new();
    if let Some(issuer) = issuer::find(reading, act) {
        let why = match issuer.why {
            Some(why) => format!("{}; place from {why}", issuer.name),
            None => issuer.name,
        };
        let span = issuer.span.map(|s| reading.text.to_norm(s));
        out.push(step(issuer.rule, Verdict::Found, span, why));
    }
    let subject = act.subject;
    let others = reading.bodies().iter().enumerate();
    for (i, body) in others.filter(|(i, _)| Some(*i) != subject).take(12) {
        let cited = reading.cited_bodies()[i];
        let why = if body.plural {
            "many bodies"
        } else if cited {
            "issuer of a cited document"
        } else {
            "not the subject of the act"
        };
        let span = Some(Span::from(body.full()));
        out.push(step("issuer", Verdict::Refused, span, why));
    }
    out
}

fn document_steps(
    reading: &Reading,
    acts: &[Act],
    best: Option<&Act>,
) -> Vec<Step> {
    if best.is_none() {
        return no_act("document");
    }
    let mut out = Vec::new();
    if let Some(id) = document::find(reading, acts) {
        let symbol = id.symbol.as_deref().unwrap_or("no number");
        let kind = id.type_name.as_deref().unwrap_or("kind unknown");
        let span = id.span.map(|s| reading.text.to_norm(s));
        out.push(step(
            id.rule,
            Verdict::Found,
            span,
            format!("{kind}, {symbol}"),
        ));
    }
    out.extend(
        acts.iter()
            .skip(1)
            .filter(|a| a.mention.is_some())
            .take(8)
            .map(|a| act_step(a, Verdict::Refused)),
    );
    out
}

fn campaign_steps(reading: &Reading, best: Option<&Act>) -> Vec<Step> {
    let Some(act) = best else { return no_act("campaign") };
    let slogans: Vec<Span<Norm>> = slogan::find(reading)
        .iter()
        .map(|s| reading.text.to_norm(s.span))
        .collect();
    let found = campaign::find(reading, act, &slogans);
    let found = found.and_then(|w| w.span).map(|s| reading.text.to_norm(s));
    campaign::candidates(reading, act, &slogans)
        .into_iter()
        .map(|(span, points, rule)| {
            let verdict = if Some(span) == found {
                Verdict::Found
            } else {
                Verdict::Refused
            };
            let why =
                format!("{points} points, {} are needed", campaign::ENOUGH);
            step(rule, verdict, Some(span), why)
        })
        .collect()
}

fn slogan_steps(reading: &Reading) -> Vec<Step> {
    let found = slogan::find(reading);
    let mut out: Vec<Step> = found
        .iter()
        .map(|s| {
            let span = Some(reading.text.to_norm(s.span));
            step(
                s.rule.clone(),
                Verdict::Found,
                span,
                "its cue stands before it",
            )
        })
        .collect();
    let taken: Vec<Span<Raw>> = found.iter().map(|s| s.span).collect();
    for quote in reading.text.quotes() {
        let raw = reading.text.to_raw(quote.inner);
        if !taken.iter().any(|s| s.overlaps(raw)) {
            let why = "a quote without a cue of a slogan before it";
            let span = Some(quote.inner);
            out.push(step("slogans", Verdict::Refused, span, why));
        }
    }
    out.sort_by_key(|s| s.span.map(|s| s.start));
    out
}

fn contents_steps(reading: &Reading, best: Option<&Act>) -> Vec<Step> {
    if best.is_none() {
        return no_act("contents");
    }
    let Some(found) = contents::find(reading) else {
        let why = "no marked lines in order, no list in a paragraph, no \
                   paragraphs with one head behind a line that announces them";
        return vec![not_there("contents", why)];
    };
    let mut out = Vec::new();
    if let Some(lead) = &found.lead {
        let span = Some(reading.text.to_norm(lead.span));
        let why = "the sentence that announces the list";
        out.push(step("contents/lead", Verdict::Found, span, why));
    }
    out.extend(found.items.iter().map(|item| {
        let label = item.label.as_deref().unwrap_or("no marker");
        let inner = item.items.len();
        let why = format!("{label}; {inner} nested");
        let span = Some(reading.text.to_norm(item.span));
        step(found.rule.clone(), Verdict::Found, span, why)
    }));
    out
}

fn reference_steps(
    reading: &Reading,
    acts: &[Act],
    best: Option<&Act>,
) -> Vec<Step> {
    let own = best.and_then(|_| document::find(reading, acts));
    let found = reference::find(reading, own.as_ref());
    let mut out: Vec<Step> = found
        .iter()
        .map(|r| {
            let span = Some(reading.text.to_norm(r.span));
            let symbol = r.symbol.clone().unwrap_or_default();
            step(r.rule.clone(), Verdict::Found, span, symbol)
        })
        .collect();
    for mention in &reading.mentions {
        let span = match (mention.symbol, &mention.bare) {
            (Some(i), _) => reading.symbols[i].span,
            (None, Some((span, _))) => *span,
            _ => continue,
        };
        if !out.iter().any(|s| s.span == Some(span)) {
            let why = "the act's own number, or named before";
            out.push(step("references", Verdict::Refused, Some(span), why));
        }
    }
    out.sort_by_key(|s| s.span.map(|s| s.start));
    out
}

fn signer_steps(reading: &Reading) -> Vec<Step> {
    let found = signer::find(reading).into_iter().map(|s| {
        let span = Some(reading.text.to_norm(s.span));
        step(s.rule, Verdict::Found, span, s.title.unwrap_or_default())
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ngày 16/9/2021, UBND tỉnh Hà Nam ban hành Kế hoạch số 71/KH-UBND \
         cho 1/3 số xã.";

    fn steps(field: &str) -> Vec<Step> {
        explain(&Text::new(TEXT), &Context::default(), field)
    }

    #[test]
    fn every_field_is_explained_and_no_other() {
        for field in FIELDS {
            assert!(!steps(field).is_empty(), "{field}");
        }
        assert!(steps("weather").is_empty());
    }

    #[test]
    fn what_is_found_and_what_is_refused_is_told() {
        let found = |step: &&Step| step.verdict == Verdict::Found;
        assert!(steps("kind").iter().any(|step| found(&step)));
        let dates = steps("dates");
        assert_eq!(dates.iter().filter(found).count(), 1);
        let ratio = dates.iter().find(|s| s.verdict == Verdict::Refused);
        let at = ratio.unwrap().span.unwrap();
        assert_eq!(at.of(Text::new(TEXT).norm()), "1/3");
        assert_eq!(steps("signer")[0].verdict, Verdict::NotThere);
    }
}
