//! Where a part of an item's normalized words stands in the text as read.

use crate::record::Item;
use crate::text::{Norm, Raw, Span, Text, one_line};
use std::ops::Range;

/// The way from the words of one item back to the text.
pub(super) struct Locator {
    text: Text,
    start: usize,
    /// First byte of each visible character of the normalized slice, and one
    /// behind the last.
    visible: Vec<(usize, usize)>,
}

impl Locator {
    /// Prepares an item of a text as read; `None` if the text is not the one
    /// that the record was made from.
    pub(super) fn new(raw: &str, item: &Item) -> Option<Self> {
        let Span { start, end, .. } = item.span;
        let mut indices = raw.char_indices().map(|(i, _)| i).chain([raw.len()]);
        let from = indices.nth(start)?;
        let to = if end > start { indices.nth(end - start - 1)? } else { from };
        let text = Text::new(&raw[from..to]);
        if one_line(text.norm()) != item.text {
            return None;
        }
        let visible = text
            .norm()
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace())
            .map(|(i, c)| (i, i + c.len_utf8()))
            .collect();
        Some(Self { text, start, visible })
    }

    /// The span in the text as read of bytes of the item's words.
    pub(super) fn span(
        &self,
        words: &str,
        bytes: &Range<usize>,
    ) -> Option<Span<Raw>> {
        let before = visible(&words[..bytes.start]);
        let inside = visible(&words[bytes.clone()]);
        let first = self.visible.get(before)?.0;
        let last = self.visible.get((before + inside).checked_sub(1)?)?.1;
        let raw = self.text.to_raw(Span::<Norm>::new(first, last.max(first)));
        Some(Span::new(self.start + raw.start, self.start + raw.end))
    }
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_lead_back_to_the_text_as_read() {
        // Decomposed letters, a line break and doubled blanks inside.
        let raw = "Mở đầu.\n1. Giu\u{31b}\u{303} sạch  sông;\ntrồng cây.";
        let item = Item {
            label: Some("1.".into()),
            text: "1. Giữ sạch sông; trồng cây.".into(),
            span: Span::new(8, raw.chars().count()),
            items: Vec::new(),
        };
        let locator = Locator::new(raw, &item).expect("the same text");
        let at = |part: &str| {
            let start = item.text.find(part).expect("part");
            let range = start..start + part.len();
            let span = locator.span(&item.text, &range).expect("span");
            let chars: Vec<char> = raw.chars().collect();
            chars[span.range()].iter().collect::<String>()
        };
        assert_eq!(at("Giữ sạch sông"), "Giu\u{31b}\u{303} sạch  sông");
        assert_eq!(at("trồng cây"), "trồng cây");
        assert!(Locator::new("another text of words", &item).is_none());
    }
}
