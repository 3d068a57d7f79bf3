//! A page as lines of text with the elements they stand in: one linear pass
//! over the tokens, whatever the nesting.

use super::hints::Hints;
use super::list::{self, List};
use super::meta::Meta;
use super::name::Name;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// How far up an end tag or an implied end looks for its element. Deeper
/// nesting is hostile; without the limit it would cost quadratic time.
const REACH: usize = 256;

/// An element of the page.
#[derive(Debug, Clone)]
pub(super) struct Element {
    /// Index of the element around it; the root is its own parent.
    pub(super) parent: usize,
    pub(super) name: Name,
    pub(super) hints: Hints,
    tag: Box<[u8]>,
    silent: bool,
    link: bool,
}

/// A line of text.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// The words, without blanks around them.
    pub(super) text: String,
    /// Number or dash of the list item that begins here.
    pub(super) label: String,
    /// Bytes of the page, from the first letter to the last.
    pub(super) bytes: Range<usize>,
    /// The innermost element that starts lines of its own.
    pub(super) element: usize,
    /// Code points of the text, and of those that are links.
    pub(super) chars: usize,
    pub(super) link_chars: usize,
    /// Code points in bold.
    pub(super) bold_chars: usize,
    /// Begins after a line break rather than a new element.
    pub(super) after_break: bool,
    /// Marked as a headline, or bold or large, in the line itself.
    pub(super) title: bool,
    pub(super) strong: bool,
}

/// A page taken apart.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
    pub(super) lines: Vec<Line>,
    pub(super) meta: Meta,
    /// Deepest nesting met.
    pub(super) depth: usize,
}

impl Tree {
    /// The elements around an element, innermost first, itself included.
    pub(super) fn around(&self, element: usize) -> impl Iterator<Item = usize> {
        let mut next = Some(element);
        std::iter::from_fn(move || {
            let here = next?;
            let parent = self.elements[here].parent;
            next = (parent != here).then_some(parent);
            Some(here)
        })
    }
}

/// Takes a page apart.
pub(super) fn parse(page: &str) -> Tree {
    // The tokenizer counts a CR LF as one byte; blanks keep every offset.
    let plain: String;
    let page = if page.contains('\r') {
        plain = page.replace('\r', " ");
        &plain
    } else {
        page
    };
    let mut builder = Builder::new();
    let emitter = |event: CallbackEvent<'_>, span: Span<usize>| {
        builder.take(event, span.start..span.end);
        None::<Infallible>
    };
    let mut emitter = CallbackEmitter::new(emitter);
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(page, emitter).finish();
    builder.finish()
}

/// A start tag whose attributes are still coming.
#[derive(Debug, Default)]
struct Opening {
    tag: Vec<u8>,
    attribute: Vec<u8>,
    hints: Hints,
    start: usize,
    /// Leads somewhere.
    link: bool,
    kind: Option<String>,
    number: Option<i64>,
    /// Attributes of `<meta>`, `<link>`, `<time>`, `<script>`.
    values: Vec<(Vec<u8>, String)>,
}

struct Builder {
    tree: Tree,
    open: Vec<usize>,
    /// Open lists, each with the depth of its element.
    lists: Vec<(usize, List)>,
    opening: Opening,
    line: Line,
    /// Label that waits for the first words of its item, and where its tag
    /// begins.
    label: Option<(String, usize)>,
    links: usize,
    bold: usize,
    verbatim: usize,
    after_break: bool,
    /// Depth as the tags say, without repairs.
    raw_depth: usize,
    /// Text of a `<title>` or of a script with metadata.
    capture: Option<String>,
}

impl Builder {
    fn new() -> Self {
        let root = Element {
            parent: 0,
            name: Name::Group,
            hints: Hints::default(),
            tag: Box::default(),
            silent: false,
            link: false,
        };
        Self {
            tree: Tree { elements: vec![root], ..Tree::default() },
            open: vec![0],
            lists: Vec::new(),
            opening: Opening::default(),
            line: Line::default(),
            label: None,
            links: 0,
            bold: 0,
            verbatim: 0,
            after_break: false,
            raw_depth: 0,
            capture: None,
        }
    }

    fn take(&mut self, event: CallbackEvent<'_>, span: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.opening = Opening {
                    tag: name.to_vec(),
                    start: span.start,
                    ..Opening::default()
                };
            }
            CallbackEvent::AttributeName { name } => {
                self.opening.attribute = name.to_vec();
                match name {
                    b"hidden" => self.opening.hints.hidden = true,
                    b"href" | b"onclick" => self.opening.link = true,
                    _ => {}
                }
            }
            CallbackEvent::AttributeValue { value } => {
                self.attribute(&String::from_utf8_lossy(value));
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.start_tag(self_closing);
            }
            CallbackEvent::EndTag { name } => self.end_tag(name),
            CallbackEvent::String { value } => {
                self.text(&String::from_utf8_lossy(value), span);
            }
            _ => {}
        }
    }

    fn attribute(&mut self, value: &str) {
        let opening = &mut self.opening;
        match opening.attribute.as_slice() {
            b"class" | b"id" => opening.hints.add_names(value),
            b"style" => opening.hints.add_style(value),
            b"itemprop" => {
                opening.hints.title |= value == "headline";
                opening.hints.article |= value == "articleBody";
                opening.hints.date |= value.starts_with("date");
                opening.values.push((b"itemprop".to_vec(), value.to_owned()));
            }
            b"aria-hidden" => opening.hints.hidden |= value == "true",
            b"role" => {
                opening.hints.furniture |=
                    matches!(value, "navigation" | "search" | "contentinfo");
            }
            b"start" | b"value" => {
                opening.number = value.trim().parse().ok();
            }
            b"type" if opening.tag == b"ol" => {
                opening.kind = Some(value.trim().to_owned());
            }
            b"property" | b"name" | b"content" | b"rel" | b"href"
            | b"datetime" | b"type"
                if value.len() <= 4_096 =>
            {
                let name = opening.attribute.clone();
                opening.values.push((name, value.to_owned()));
            }
            _ => {}
        }
    }

    fn start_tag(&mut self, self_closing: bool) {
        let opening = std::mem::take(&mut self.opening);
        let name = Name::of(&opening.tag);
        match name {
            Name::Br => return self.flush(true),
            Name::Meta => return self.tree.meta.add_meta(&opening.values),
            Name::Link => return self.tree.meta.add_link(&opening.values),
            Name::Void => {
                if opening.tag == b"hr" {
                    self.flush(false);
                }
                return;
            }
            Name::Time => self.tree.meta.add_time(&opening.values),
            _ => {}
        }
        // Unknown elements that close themselves come from XML.
        if self_closing && name == Name::Inline {
            return;
        }
        self.close_implied(name);
        if is_line(name, opening.hints) {
            self.flush(false);
        }
        let parent = self.open.last().copied().unwrap_or(0);
        let silent = self.tree.elements[parent].silent
            || matches!(name, Name::Silent | Name::Ld | Name::Head | Name::Title);
        match name {
            Name::A => self.links += usize::from(opening.link),
            Name::Bold | Name::Heading(_) => self.bold += 1,
            Name::Pre => self.verbatim += 1,
            Name::Ul => {
                let list = List::bullets(opening.hints.unmarked);
                self.lists.push((self.open.len(), list));
            }
            Name::Ol => {
                let list = List::numbers(
                    opening.kind.as_deref(),
                    opening.number,
                    opening.hints.unmarked,
                );
                self.lists.push((self.open.len(), list));
            }
            Name::Item => {
                let hints = opening.hints;
                self.label = self.lists.last_mut().map(|(_, list)| {
                    let label = list.label(opening.number);
                    let label = if hints.unmarked { String::new() } else { label };
                    (label, opening.start)
                });
            }
            Name::Title => self.capture = Some(String::new()),
            Name::Ld if Meta::is_metadata(&opening.values) => {
                self.capture = Some(String::new());
            }
            _ => {}
        }
        self.open.push(self.tree.elements.len());
        self.tree.elements.push(Element {
            parent,
            name,
            hints: opening.hints,
            tag: opening.tag.into(),
            silent,
            link: opening.link,
        });
        self.raw_depth += 1;
        let depth = self.raw_depth.max(self.open.len());
        self.tree.depth = self.tree.depth.max(depth);
    }

    /// Ends what the start of an element ends: a paragraph before a block, an
    /// item before the next, the head before the body.
    fn close_implied(&mut self, name: Name) {
        if !matches!(
            name,
            Name::Title | Name::Ld | Name::Silent | Name::Head | Name::Inline
        ) && self.inside(Name::Head)
        {
            self.pop_through(|e| e.name == Name::Head, |_| false);
        }
        match name {
            Name::A => self.pop_through(
                |e| e.name == Name::A,
                |e| e.name.is_boundary(),
            ),
            Name::Item => self.pop_through(
                |e| e.name == Name::Item,
                |e| {
                    matches!(e.name, Name::Ul | Name::Ol) || e.name.is_boundary()
                },
            ),
            Name::Cell => self.pop_through(
                |e| e.name == Name::Cell,
                |e| matches!(e.name, Name::Row | Name::Table),
            ),
            Name::Row => self.pop_through(
                |e| e.name == Name::Row,
                |e| e.name == Name::Table,
            ),
            _ if name.is_block() => self.pop_through(
                |e| e.name == Name::P,
                |e| e.name.is_boundary(),
            ),
            _ => {}
        }
    }

    fn inside(&self, name: Name) -> bool {
        self.open.len() <= 8
            && self.open.iter().any(|&e| self.tree.elements[e].name == name)
    }

    /// Closes the nearest element that `wanted` accepts with everything in
    /// it, unless one that `stops` the search stands before it.
    fn pop_through(
        &mut self,
        wanted: impl Fn(&Element) -> bool,
        stops: impl Fn(&Element) -> bool,
    ) {
        let elements = &self.tree.elements;
        let found = self
            .open
            .iter()
            .enumerate()
            .skip(1)
            .rev()
            .take(REACH)
            .map(|(depth, &e)| (depth, &elements[e]))
            .find(|(_, e)| wanted(e) || stops(e));
        if let Some((depth, element)) = found
            && wanted(element)
        {
            while self.open.len() > depth {
                self.pop();
            }
        }
    }

    fn pop(&mut self) {
        let Some(index) = self.open.pop() else { return };
        let Element { name, hints, link, .. } = self.tree.elements[index];
        if is_line(name, hints) {
            self.flush(false);
        }
        match name {
            Name::A if link => self.links = self.links.saturating_sub(1),
            Name::Bold | Name::Heading(_) => {
                self.bold = self.bold.saturating_sub(1);
            }
            Name::Pre => self.verbatim = self.verbatim.saturating_sub(1),
            Name::Item => self.label = None,
            _ => {}
        }
        while self.lists.last().is_some_and(|(at, _)| *at >= self.open.len()) {
            self.lists.pop();
        }
    }

    fn end_tag(&mut self, tag: &[u8]) {
        self.raw_depth = self.raw_depth.saturating_sub(1);
        let name = Name::of(tag);
        if let Some(text) = self.capture.take() {
            match name {
                Name::Title => self.tree.meta.add_title(&text),
                Name::Ld => self.tree.meta.add_json(&text),
                _ => self.capture = Some(text),
            }
        }
        match name {
            // `</p>` and `</br>` without a start break the line.
            Name::Br => return self.flush(true),
            Name::P => self.flush(false),
            _ => {}
        }
        let inline = !name.is_block();
        let structural =
            matches!(name, Name::Table | Name::Row | Name::Cell) || tag == b"tbody";
        self.pop_through(
            |e| *e.tag == *tag,
            |e| {
                (inline && e.name.is_block())
                    || (!structural && e.name.is_boundary())
            },
        );
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        if let Some(capture) = &mut self.capture {
            capture.push_str(text);
            return;
        }
        let parent = self.open.last().copied().unwrap_or(0);
        if self.tree.elements[parent].silent {
            return;
        }
        // Without entities the bytes of the token are the text itself.
        let exact = span.len() == text.len();
        let mut at = 0;
        for part in text.split_inclusive('\n') {
            let bytes = if exact {
                span.start + at..span.start + at + part.len()
            } else {
                span.clone()
            };
            self.words(part, bytes, exact);
            if self.verbatim > 0 && part.ends_with('\n') {
                self.flush(false);
            }
            at += part.len();
        }
    }

    fn words(&mut self, text: &str, bytes: Range<usize>, exact: bool) {
        let trimmed = text.trim_matches(is_blank);
        if trimmed.is_empty() {
            self.blank(text);
            return;
        }
        let lead = text.len() - text.trim_start_matches(is_blank).len();
        let tail = text.len() - text.trim_end_matches(is_blank).len();
        let (start, end) = match exact {
            true => (bytes.start + lead, bytes.end - tail),
            false => (bytes.start, bytes.end),
        };
        if self.line.text.trim_matches(is_blank).is_empty() {
            self.begin(start, trimmed);
        }
        self.line.bytes.end = end;
        self.blank(&text[..lead]);
        let count = trimmed.chars().count();
        self.line.chars += count;
        self.line.link_chars += if self.links > 0 { count } else { 0 };
        self.line.bold_chars += if self.bold > 0 { count } else { 0 };
        for c in trimmed.chars() {
            self.push(c);
        }
        self.blank(&text[text.len() - tail..]);
    }

    /// Starts a line at its first words.
    fn begin(&mut self, start: usize, words: &str) {
        let elements = &self.tree.elements;
        let mut line = Line {
            bytes: start..start,
            after_break: self.after_break,
            ..Line::default()
        };
        for &e in self.open.iter().rev().take(REACH) {
            let Element { name, hints, .. } = elements[e];
            line.title |= hints.title;
            line.strong |= hints.strong;
            if is_line(name, hints) {
                line.element = e;
                break;
            }
        }
        self.line = line;
        if let Some((label, tag)) = self.label.take()
            && !list::has_marker(words)
            && !label.is_empty()
        {
            self.line.label = label;
            self.line.bytes.start = tag;
        }
    }

    /// Blanks of HTML fall together; those of the text (no-break and
    /// zero-width ones) stay.
    fn blank(&mut self, text: &str) {
        for c in text.chars() {
            self.push(c);
        }
    }

    fn push(&mut self, c: char) {
        if !c.is_ascii_whitespace() {
            self.line.text.push(c);
        } else if !self.line.text.is_empty() && !self.line.text.ends_with(' ') {
            self.line.text.push(' ');
        }
    }

    /// Ends the line.
    fn flush(&mut self, by_break: bool) {
        let mut line = std::mem::take(&mut self.line);
        let trimmed = line.text.trim_matches(is_blank);
        if trimmed.is_empty() {
            // Two breaks, or a break at the edge of an element, part
            // paragraphs.
            self.after_break = false;
            return;
        }
        self.after_break = by_break;
        line.text = trimmed.to_owned();
        self.tree.lines.push(line);
    }

    fn finish(mut self) -> Tree {
        self.flush(false);
        if let Some(text) = self.capture.take() {
            self.tree.meta.add_title(&text);
        }
        self.tree
    }
}

/// Elements in the line that say what their words are stand alone, too.
fn is_line(name: Name, hints: Hints) -> bool {
    name.is_block() || hints.furniture || hints.tool || hints.date || hints.hidden
}

/// Nothing to see at the edge of a line.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
}
