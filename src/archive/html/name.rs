//! Element names, as far as they matter for reading.

/// What an element is for reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    A,
    Article,
    Aside,
    Bold,
    Br,
    Caption,
    Cell,
    /// `<div>` and its like.
    Group,
    Footer,
    Head,
    /// `<h1>` to `<h6>`.
    Heading(u8),
    Item,
    Ld,
    /// Any element in the line.
    Inline,
    Main,
    Meta,
    Link,
    Ol,
    P,
    Pre,
    Row,
    /// Its text is never read.
    Silent,
    Table,
    Time,
    Title,
    Ul,
    /// Nothing inside, no end tag.
    Void,
}

impl Name {
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"a" => Self::A,
            b"article" => Self::Article,
            b"aside" | b"nav" | b"menu" | b"dialog" => Self::Aside,
            b"b" | b"strong" => Self::Bold,
            b"br" => Self::Br,
            b"figcaption" | b"caption" => Self::Caption,
            b"td" | b"th" => Self::Cell,
            b"footer" => Self::Footer,
            b"head" => Self::Head,
            b"h1" => Self::Heading(1),
            b"h2" => Self::Heading(2),
            b"h3" => Self::Heading(3),
            b"h4" => Self::Heading(4),
            b"h5" => Self::Heading(5),
            b"h6" => Self::Heading(6),
            b"li" => Self::Item,
            b"main" => Self::Main,
            b"meta" => Self::Meta,
            b"link" => Self::Link,
            b"ol" => Self::Ol,
            b"p" => Self::P,
            b"pre" | b"listing" => Self::Pre,
            b"tr" => Self::Row,
            b"table" => Self::Table,
            b"time" => Self::Time,
            b"title" => Self::Title,
            b"ul" | b"dir" => Self::Ul,
            b"script" => Self::Ld,
            _ => Self::of_class(name),
        }
    }

    fn of_class(name: &[u8]) -> Self {
        match name {
            b"style" | b"noscript" | b"template" | b"svg" | b"math"
            | b"select" | b"option" | b"optgroup" | b"datalist" | b"button"
            | b"textarea" | b"iframe" | b"object" | b"canvas" | b"audio"
            | b"video" | b"map" | b"noembed" | b"noframes" => Self::Silent,
            b"area" | b"base" | b"col" | b"embed" | b"hr" | b"img"
            | b"input" | b"param" | b"source" | b"track" | b"wbr"
            | b"frame" | b"basefont" | b"bgsound" => Self::Void,
            b"address" | b"blockquote" | b"body" | b"center" | b"dd"
            | b"details" | b"div" | b"dl" | b"dt" | b"fieldset" | b"figure"
            | b"form" | b"frameset" | b"header" | b"hgroup" | b"html"
            | b"legend" | b"section" | b"summary" | b"tbody" | b"tfoot"
            | b"thead" | b"colgroup" => Self::Group,
            _ => Self::Inline,
        }
    }

    /// Starts and ends a line of its own.
    pub(super) fn is_block(self) -> bool {
        !matches!(
            self,
            Self::A
                | Self::Bold
                | Self::Inline
                | Self::Ld
                | Self::Link
                | Self::Meta
                | Self::Silent
                | Self::Time
                | Self::Void
        )
    }

    /// Holds paragraphs rather than being one.
    pub(super) fn is_grouping(self) -> bool {
        matches!(
            self,
            Self::Group
                | Self::Article
                | Self::Main
                | Self::Cell
                | Self::Table
                | Self::Row
                | Self::Aside
                | Self::Footer
        )
    }

    /// Elements that an end tag inside them does not reach out of.
    pub(super) fn is_boundary(self) -> bool {
        matches!(self, Self::Table | Self::Cell | Self::Caption)
    }
}
