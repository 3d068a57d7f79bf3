//! The heart: from one text to one record.
//!
//! A [`Reading`] looks through the text once; each field
//! has one file that takes what it needs from it. [`extract`] runs them in
//! the order in which they build on each other.

pub mod act;
pub mod campaign;
mod celebrated;
pub mod citation;
pub mod contents;
pub mod dates;
pub mod document;
mod explain;
mod head;
mod issued;
pub mod issuer;
pub mod kind;
pub mod layout;
pub mod reading;
pub mod reference;
pub mod roles;
pub mod signer;
pub mod slogan;
mod stamp;
pub mod symbol;
mod territory;
#[cfg(test)]
mod trial;
mod window;

pub use explain::{FIELDS, Step, Verdict, explain};

use crate::record::{
    Evidence, Kind, Note, Record, SCHEMA, Source, Status, Words,
};
use crate::text::{Norm, Raw, Span, Text};
use reading::Reading;

/// What is known about a document besides its text.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Where it comes from; copied into the record.
    pub source: Source,
    /// Headline from the container's metadata.
    pub title: Option<String>,
    /// Where a page's headline stands in the text, if its reader saw it.
    pub headline: Option<Span<Raw>>,
    /// Publication date from the container's metadata, in any usual form.
    pub published: Option<String>,
    /// What reading the document left doubtful.
    pub notes: Vec<String>,
}

/// Extracts every field. Never fails: what is missing is `None`, what is
/// doubtful is a note.
pub fn extract(text: &Text, context: &Context) -> Record {
    extract_until(text, context, &|| false)
}

/// As [`extract`], until `late` says that the time is over: the fields that
/// are not begun by then are left empty, and a note names them.
pub fn extract_until(
    text: &Text,
    context: &Context,
    late: &dyn Fn() -> bool,
) -> Record {
    let mut left = Left { late, fields: Vec::new() };
    let text = &*head::mended(text);
    let mut reading = Reading::new(text, context);
    let acts = left.out("kind", || act::candidates(&reading));
    let best = acts.first();
    let kind = match left.fields.is_empty() {
        true => kind::of(&reading, &acts),
        false => Kind::Other,
    };
    let act = best.filter(|_| kind == Kind::Announcement);
    // No page tells of an act before the act's day.
    if let Some(issued) = act.and_then(|a| issued::find(&reading, a))
        && let Some(stamp) = stamp::not_before(&reading, &reading.dates[issued])
    {
        reading.layout.dateline = Some(stamp);
    }
    let slogans = left.out("slogans", || slogan::find(&reading));
    let document = left
        .out("document", || act.and_then(|_| document::find(&reading, &acts)));
    let dates = left.out("dates", || Some(roles::find(&reading, act)));
    let (published, issued, mentions) = match dates {
        Some(dates) => (dates.published, dates.issued, dates.mentions),
        None => (None, None, Vec::new()),
    };
    let references =
        left.out("references", || reference::find(&reading, document.as_ref()));
    let slogan_spans: Vec<Span<Norm>> =
        slogans.iter().map(|s| text.to_norm(s.span)).collect();
    let campaign = left.out("campaign", || {
        act.and_then(|a| campaign::find(&reading, a, &slogan_spans))
    });
    let issuer =
        left.out("issuer", || act.and_then(|a| issuer::find(&reading, a)));
    let contents =
        left.out("contents", || act.and_then(|_| contents::find(&reading)));
    let signer = left.out("signer", || signer::find(&reading));
    let mut notes = notes(&reading);
    notes.extend(left.note());
    Record {
        schema: SCHEMA.to_owned(),
        id: String::new(),
        source: context.source.clone(),
        kind,
        title: title(&reading),
        byline: reading.layout.byline.map(|s| words(text, s, "byline/last")),
        published,
        issuer,
        document,
        issued,
        campaign,
        slogans,
        contents,
        dates: mentions,
        references,
        signer,
        notes,
        repost: None,
    }
}

/// The fields that were left out because the time was over.
struct Left<'l> {
    late: &'l dyn Fn() -> bool,
    fields: Vec<&'static str>,
}

impl Left<'_> {
    /// Finds a field, or leaves it out.
    fn out<T: Default>(
        &mut self,
        field: &'static str,
        find: impl FnOnce() -> T,
    ) -> T {
        if !self.fields.is_empty() || (self.late)() {
            self.fields.push(field);
            return T::default();
        }
        find()
    }

    fn note(self) -> Option<Note> {
        (!self.fields.is_empty()).then(|| Note {
            field: "record".into(),
            text: format!(
                "the time for one document was over; left out: {}",
                self.fields.join(", ")
            ),
            span: None,
        })
    }
}

fn words(text: &Text, span: Span<Norm>, rule: &str) -> Words {
    let (span, text) = text.evidence(span);
    Words {
        text,
        span: Some(span),
        status: Status::Stated,
        rule: rule.to_owned(),
        why: None,
        others: Vec::new(),
    }
}

/// The headline of the metadata where the container names one apart from the
/// text, else that of the text.
fn title(reading: &Reading) -> Option<Words> {
    let own = reading
        .layout
        .title
        .map(|span| words(reading.text, span, "title/first-line"));
    let Some(given) = reading.context.title.as_deref() else { return own };
    let given = crate::text::one_line(&crate::text::normalize(given));
    let same = own.as_ref().is_some_and(|own| {
        crate::text::fold(&own.text) == crate::text::fold(&given)
    });
    if given.is_empty() || same {
        return own;
    }
    let others = own
        .and_then(|own| own.span.map(|span| Evidence { text: own.text, span }));
    Some(Words {
        text: given,
        span: None,
        status: Status::Inferred,
        rule: "title/metadata".into(),
        why: Some("the metadata of the container".into()),
        others: others.into_iter().collect(),
    })
}

fn notes(reading: &Reading) -> Vec<Note> {
    let from_source = reading.context.notes.iter().map(|text| Note {
        field: "source".into(),
        text: text.clone(),
        span: None,
    });
    let repairs = reading.text.repairs().iter().map(|r| {
        let width = reading.norm()[r.at..].chars().next();
        let at = Span::new(r.at, r.at + width.map_or(0, char::len_utf8));
        Note {
            field: "text".into(),
            text: r.what.to_owned(),
            span: Some(reading.text.to_raw(at)),
        }
    });
    from_source.chain(repairs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_words_gives_an_empty_record() {
        for text in ["", "\n\n", "…"] {
            let record = trial::record(text);
            assert_eq!(record.kind, Kind::Other);
            assert!(record.issuer.is_none() && record.document.is_none());
            assert!(record.dates.is_empty() && record.slogans.is_empty());
        }
    }

    #[test]
    fn metadata_fills_in_what_the_text_lacks() {
        let context = Context {
            title: Some("Hà Nam làm đường".into()),
            published: Some("2021-09-20".into()),
            notes: vec!["a doubt".into()],
            ..Context::default()
        };
        let text = Text::new("Ngày 16/9, UBND tỉnh họp bàn.");
        let record = extract(&text, &context);
        let title = record.title.unwrap();
        assert_eq!(
            (&*title.text, title.status),
            ("Hà Nam làm đường", Status::Inferred)
        );
        assert_eq!(record.published.unwrap().value, "2021-09-20");
        assert_eq!(record.dates[0].value, "2021-09-16");
        assert_eq!(record.notes[0].text, "a doubt");
    }
}
