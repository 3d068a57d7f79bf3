//! One document, looked through once: what every extractor shares.

use super::citation::{self, Mention};
use super::dates::{self, Anchor, Form};
use super::layout::{self, Layout};
use super::symbol::{self, Symbol};
use super::{Context, window};
use crate::lexicon::bodies::{self, BodyMention};
use crate::lexicon::places::{self, ProvinceMention};
use crate::lexicon::scan::Scan;
use crate::record::Edtf;
use crate::text::{Norm, Span, Text, sentences};
use std::cell::OnceCell;

/// A text with everything found in it that several fields need.
#[derive(Debug)]
pub struct Reading<'t> {
    /// The text.
    pub text: &'t Text,
    /// What is known besides.
    pub context: &'t Context,
    /// Where the words of rules stand.
    pub scan: Scan<'t>,
    /// Where headline, dateline, body and end are.
    pub layout: Layout,
    /// Symbols, in order.
    pub symbols: Vec<Symbol>,
    /// Calendar expressions, in order, symbols and furniture excluded.
    pub dates: Vec<Form>,
    /// Mentions of documents, in order.
    pub mentions: Vec<Mention>,
    /// Quotes that stand in no other, in order.
    quotes: Vec<Span<Norm>>,
    // What only some texts are asked for is looked for when it is.
    bodies: OnceCell<Vec<BodyMention>>,
    cited_bodies: OnceCell<Vec<bool>>,
    provinces: OnceCell<Vec<ProvinceMention>>,
    sentences: OnceCell<Vec<Span<Norm>>>,
    /// Publication date in the container's metadata.
    pub published: Option<Edtf>,
}

impl<'t> Reading<'t> {
    /// Looks through a text.
    pub fn new(text: &'t Text, context: &'t Context) -> Self {
        let (norm, lower) = (text.norm(), text.lower());
        let scan = Scan::of(norm, lower);
        let symbols = symbol::find(&scan);
        let mut dates = dates::find(&scan, &symbols);
        dates.retain(|d| !touches(&symbols, |s| s.span, d.span));
        let layout = layout::find(
            text,
            &scan,
            &dates,
            &symbols,
            context.headline.map(|h| text.to_norm(h)),
        );
        dates.retain(|d| d.span.start < layout.end);
        let mut mentions = citation::find(&scan, &symbols, &dates);
        // `Nghị định số 52/2013` is no month.
        let bare: Vec<Span<Norm>> = mentions
            .iter()
            .filter_map(|m| m.bare.as_ref().map(|(span, _)| *span))
            .collect();
        let all = dates.len();
        dates.retain(|d| !touches(&bare, |s| *s, d.span));
        if dates.len() < all {
            // Indices of dates have moved.
            mentions = citation::find(&scan, &symbols, &dates);
        }
        let outer = text.quotes().iter().filter(|q| q.depth == 0);
        let quotes = outer.map(|q| q.outer).collect();
        let published =
            context.published.as_deref().and_then(dates::parse_metadata);
        Self {
            text,
            context,
            scan,
            layout,
            symbols,
            dates,
            mentions,
            quotes,
            bodies: OnceCell::new(),
            cited_bodies: OnceCell::new(),
            provinces: OnceCell::new(),
            sentences: OnceCell::new(),
            published,
        }
    }

    /// The normalized text.
    pub fn norm(&self) -> &'t str {
        self.text.norm()
    }

    /// The normalized text in lower case.
    pub fn lower(&self) -> &'t str {
        self.text.lower()
    }

    /// Bodies, in order.
    pub fn bodies(&self) -> &[BodyMention] {
        self.bodies.get_or_init(|| {
            let mut bodies = bodies::find_cased(&self.scan);
            bodies.retain(|b| !is_of_symbol(&self.symbols, b));
            bodies
        })
    }

    /// Place among the bodies of the one whose document a mention is.
    pub fn issuer_of(&self, mention: &Mention) -> Option<usize> {
        let issuer = mention.issuer.as_ref()?.span.start;
        let i = self.bodies().partition_point(|b| b.span.start < issuer);
        self.bodies().get(i).filter(|b| b.span.start == issuer).map(|_| i)
    }

    /// Whether each body is the issuer of a mention.
    pub fn cited_bodies(&self) -> &[bool] {
        self.cited_bodies.get_or_init(|| {
            let mut cited = vec![false; self.bodies().len()];
            let mentions = self.mentions.iter();
            let issuers = mentions.filter_map(|m| self.issuer_of(m));
            issuers.for_each(|i| cited[i] = true);
            cited
        })
    }

    /// Provinces, in order.
    pub fn provinces(&self) -> &[ProvinceMention] {
        self.provinces.get_or_init(|| places::find_scanned(&self.scan))
    }

    /// Sentences of the body, in order.
    pub fn sentences(&self) -> &[Span<Norm>] {
        self.sentences.get_or_init(|| {
            let lines = self.text.lines()[self.layout.first_line..].iter();
            lines
                .filter(|l| l.span.start < self.layout.end)
                .flat_map(|l| sentences(self.norm(), l.span))
                .collect()
        })
    }

    /// Sentences at the top that look like a banner, before any that ends like
    /// a sentence.
    pub fn banner(&self) -> usize {
        let top = self.sentences().iter().take(BANNER);
        top.take_while(|s| is_banner(s.of(self.norm()))).count()
    }

    /// The sentence that holds a byte, with its place among the sentences.
    pub fn sentence_at(&self, at: usize) -> Option<(usize, Span<Norm>)> {
        let i = self.sentences().partition_point(|s| s.end <= at);
        let s = *self.sentences().get(i)?;
        (s.start <= at).then_some((i, s))
    }

    /// The words before a byte, at most `n` bytes, of the same line.
    pub fn before(&self, at: usize, n: usize) -> &'t str {
        let head = window::before(self.lower(), at, n);
        let end = memchr::memrchr(b'\n', head.as_bytes());
        &head[end.map_or(0, |end| end + 1)..]
    }

    /// The words from a byte on, at most `n` bytes, of the same line.
    pub fn after(&self, at: usize, n: usize) -> &'t str {
        let tail = window::after(self.lower(), at, n);
        let end = memchr::memchr(b'\n', tail.as_bytes());
        &tail[..end.unwrap_or(tail.len())]
    }

    /// Whether a byte lies in quoted speech or any other quotes.
    pub fn in_quotes(&self, at: usize) -> bool {
        let i = self.quotes.partition_point(|q| q.end <= at);
        self.quotes.get(i).is_some_and(|q| q.start < at)
    }

    /// The day the article appeared, from its dateline or the metadata.
    pub fn publication(&self) -> Option<Anchor> {
        let stated = self
            .layout
            .dateline
            .and_then(|i| Anchor::of(i.value, "the dateline of the article"));
        stated.or_else(|| {
            Anchor::of(self.published?, "the publication date in the metadata")
        })
    }
}

/// Most sentences of a banner.
const BANNER: usize = 6;

/// Whether a sentence is short and does not end like one.
fn is_banner(words: &str) -> bool {
    !words.starts_with('(')
        && !words.ends_with(['.', ':', ';', '!'])
        && words.split(' ').take(15).count() < 15
}

/// Those of some places in order that begin at a byte or behind it, each with
/// its number.
pub(super) fn begin_from<T>(
    sorted: &[T],
    of: impl Fn(&T) -> usize,
    start: usize,
) -> impl Iterator<Item = (usize, &T)> {
    let i = sorted.partition_point(|t| of(t) < start);
    sorted.iter().enumerate().skip(i)
}

/// Whether a body is part of a number: `UBND` of `143/KH-UBND`.
pub(super) fn is_of_symbol(symbols: &[Symbol], body: &BodyMention) -> bool {
    touches(symbols, |s| s.span, body.span.clone().into())
}

/// Whether one of some spans in order overlaps a span.
pub(super) fn touches<T>(
    sorted: &[T],
    of: impl Fn(&T) -> Span<Norm>,
    span: Span<Norm>,
) -> bool {
    let i = sorted.partition_point(|t| of(t).end <= span.start);
    sorted.get(i).is_some_and(|t| of(t).overlaps(span))
}

#[cfg(test)]
mod tests {
    use crate::extract::trial::read;

    #[test]
    fn words_around_a_byte_stay_on_its_line() {
        read(
            "Xã An Hòa.\nHọp bàn “trồng rừng” hôm nay.",
            |reading| {
                let at = reading.lower().find("trồng").unwrap();
                assert_eq!(reading.before(at, 90), "họp bàn “");
                assert_eq!(reading.after(at, 90), "trồng rừng” hôm nay.");
                assert!(reading.in_quotes(at));
                assert!(!reading.in_quotes(0));
                assert_eq!(reading.sentence_at(at).map(|(n, _)| n), Some(1));
            },
        );
    }

    #[test]
    fn numbers_of_papers_are_no_dates() {
        read(
            "Nghị định số 52/2013 và Quyết định 07/2021/QĐ-TTg",
            |reading| {
                assert!(reading.dates.is_empty());
                assert_eq!(reading.mentions.len(), 2);
            },
        );
    }
}
