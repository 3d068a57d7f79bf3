//! Which words of a text are evidence of what.

use crate::record::{DateRole, Evidence, Item, Record};
use crate::text::{Raw, Span};
use anstyle::{AnsiColor, Style};

/// One place in the text that is evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where it stands.
    pub(super) span: Span<Raw>,
    /// What it is evidence of, with the value where the words do not say it.
    pub(super) label: String,
    /// Its colour.
    pub(super) style: Style,
    /// Whether the words themselves are marked; an item of the contents is
    /// too long for that and only gets its label.
    pub(super) marked: bool,
}

/// A field as it is told apart by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Title,
    Byline,
    Date,
    Issuer,
    Document,
    Campaign,
    Slogan,
    Contents,
    Reference,
    Signer,
}

impl Sort {
    fn style(self) -> Style {
        let plain = Style::new();
        let colour = |c: AnsiColor| plain.fg_color(Some(c.into()));
        match self {
            Self::Title => plain.bold(),
            Self::Byline => colour(AnsiColor::BrightBlack),
            Self::Date => colour(AnsiColor::Cyan),
            Self::Issuer => colour(AnsiColor::Green),
            Self::Document => colour(AnsiColor::Yellow).bold(),
            Self::Campaign => colour(AnsiColor::Magenta),
            Self::Slogan => colour(AnsiColor::Blue).bold(),
            Self::Contents => colour(AnsiColor::BrightBlack),
            Self::Reference => colour(AnsiColor::Yellow),
            Self::Signer => colour(AnsiColor::Green).bold(),
        }
    }
}

/// Every mark of a record, in the order of the text, longer ones first.
pub(super) fn marks(record: &Record) -> Vec<Mark> {
    let mut marks = Marks(Vec::new());
    marks.single_values(record);
    marks.lists(record);
    let mut marks = marks.0;
    marks.retain(|mark| !mark.span.is_empty());
    marks.sort_by_key(|m| (m.span.start, usize::MAX - m.span.end));
    marks
}

struct Marks(Vec<Mark>);

impl Marks {
    fn add(&mut self, span: Option<Span<Raw>>, sort: Sort, label: String) {
        if let Some(span) = span {
            let marked = sort != Sort::Contents;
            self.0.push(Mark { span, label, style: sort.style(), marked });
        }
    }

    fn others(&mut self, others: &[Evidence], sort: Sort, field: &str) {
        for other in others {
            self.add(Some(other.span), sort, format!("also {field}"));
        }
    }

    fn single_values(&mut self, record: &Record) {
        if let Some(title) = &record.title {
            self.add(title.span, Sort::Title, "title".into());
            self.others(&title.others, Sort::Title, "title");
        }
        if let Some(byline) = &record.byline {
            self.add(byline.span, Sort::Byline, "byline".into());
        }
        for (field, date) in
            [("published", &record.published), ("issued", &record.issued)]
        {
            if let Some(date) = date {
                let label = format!("{field} {}", date.value);
                self.add(date.span, Sort::Date, label);
                self.others(&date.others, Sort::Date, field);
            }
        }
        if let Some(issuer) = &record.issuer {
            self.add(issuer.span, Sort::Issuer, "issuer".into());
            self.others(&issuer.others, Sort::Issuer, "issuer");
        }
        if let Some(document) = &record.document {
            self.add(document.span, Sort::Document, "document".into());
            self.others(&document.others, Sort::Document, "document");
        }
        if let Some(campaign) = &record.campaign {
            self.add(campaign.span, Sort::Campaign, "campaign".into());
            self.others(&campaign.others, Sort::Campaign, "campaign");
        }
        if let Some(signer) = &record.signer {
            self.add(Some(signer.span), Sort::Signer, "signer".into());
        }
    }

    fn lists(&mut self, record: &Record) {
        for slogan in &record.slogans {
            let kind = super::fields::wire_name(&slogan.kind);
            let label = match kind.as_str() {
                "slogan" | "other" => "slogan".to_owned(),
                kind => format!("slogan ({kind})"),
            };
            self.add(Some(slogan.span), Sort::Slogan, label);
        }
        if let Some(contents) = &record.contents {
            let lead = contents.lead.as_ref().map(|lead| lead.span);
            self.add(lead, Sort::Contents, "lead-in".into());
            self.items(&contents.items, "");
        }
        for date in &record.dates {
            // The date of the act or the article is marked as that already.
            if self
                .0
                .iter()
                .any(|m| m.style == Sort::Date.style() && m.span == date.span)
            {
                continue;
            }
            let role = match date.role {
                DateRole::Other => "date".to_owned(),
                DateRole::Reference => "cited".to_owned(),
                role => super::fields::wire_name(&role),
            };
            let label = format!("{role} {}", date.value);
            self.add(Some(date.span), Sort::Date, label);
        }
        for reference in &record.references {
            let label = "reference".into();
            self.add(Some(reference.span), Sort::Reference, label);
        }
    }

    fn items(&mut self, items: &[Item], above: &str) {
        for (i, item) in items.iter().enumerate() {
            let number = format!("{above}{}", i + 1);
            let label = format!("item {number}");
            self.add(Some(item.span), Sort::Contents, label);
            self.items(&item.items, &format!("{number}."));
        }
    }
}

/// For each code point of a text of `length`, the innermost marked evidence.
pub(super) fn innermost(marks: &[Mark], length: usize) -> Vec<Option<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; length];
    let mut by_length: Vec<usize> =
        (0..marks.len()).filter(|&i| marks[i].marked).collect();
    by_length.sort_by_key(|&i| std::cmp::Reverse(marks[i].span.len()));
    for i in by_length {
        let span = marks[i].span;
        for place in &mut owner[span.start.min(length)..span.end.min(length)] {
            *place = Some(i);
        }
    }
    owner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, marked: bool) -> Mark {
        let span = Span::new(start, end);
        let style = Style::new();
        Mark { span, label: String::new(), style, marked }
    }

    #[test]
    fn the_shortest_evidence_wins() {
        let marks = [mark(0, 6, true), mark(2, 4, true), mark(0, 9, false)];
        let owner = innermost(&marks, 8);
        assert_eq!(
            owner,
            [Some(0), Some(0), Some(1), Some(1), Some(0), Some(0), None, None]
        );
    }
}
