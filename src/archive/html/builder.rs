//! Builds a [`Tree`] from tokens: which elements are open, what a start tag
//! or an end tag closes.

use super::hints::Hints;
use super::list::List;
use super::meta::Meta;
use super::name::Name;
use super::tree::{Element, Line, Tree};
use html5gum::emitters::callback::CallbackEvent;
use std::ops::Range;

/// How far up an end tag or an implied end looks for its element. Deeper
/// nesting is hostile; without the limit it would cost quadratic time.
pub(super) const REACH: usize = 256;

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

pub(super) struct Builder {
    pub(super) tree: Tree,
    pub(super) open: Vec<usize>,
    /// How many elements are open of those that others end.
    pub(super) implied: [usize; 5],
    /// Open lists, each with the depth of its element.
    pub(super) lists: Vec<(usize, List)>,
    opening: Opening,
    pub(super) line: Line,
    /// Label that waits for the first words of its item, and where its tag
    /// begins.
    pub(super) label: Option<(String, usize)>,
    /// Links that are open, and how many lines there were before the first.
    pub(super) links: usize,
    pub(super) link_since: usize,
    pub(super) bold: usize,
    pub(super) verbatim: usize,
    /// An element in the line has begun or ended since the last words.
    pub(super) seam: bool,
    /// Depth as the tags say, without repairs.
    pub(super) raw_depth: usize,
    /// Text of a `<title>` or of a script with metadata.
    pub(super) capture: Option<String>,
}

impl Builder {
    pub(super) fn new() -> Self {
        let root = Element {
            parent: 0,
            name: Name::Group,
            hints: Hints::default(),
            tag: Box::default(),
            silent: false,
            link: false,
            pictures: 0,
        };
        Self {
            tree: Tree { elements: vec![root], ..Tree::default() },
            open: vec![0],
            implied: [0; 5],
            lists: Vec::new(),
            opening: Opening::default(),
            line: Line::default(),
            label: None,
            links: 0,
            link_since: 0,
            bold: 0,
            verbatim: 0,
            seam: false,
            raw_depth: 0,
            capture: None,
        }
    }

    /// Takes the next token.
    pub(super) fn take(
        &mut self,
        event: CallbackEvent<'_>,
        span: Range<usize>,
    ) {
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
            Name::Br => return self.flush(),
            Name::Meta => return self.tree.meta.add_meta(&opening.values),
            Name::Link => return self.tree.meta.add_link(&opening.values),
            Name::Void => return self.void(&opening.tag),
            Name::Time => self.tree.meta.add_time(&opening.values),
            _ => {}
        }
        // Unknown elements that close themselves come from XML.
        if self_closing && name == Name::Inline {
            return;
        }
        self.close_implied(name);
        if is_line(name, opening.hints) {
            self.flush();
        }
        self.begin_list(name, &opening);
        match name {
            Name::A if opening.link => {
                if self.links == 0 {
                    self.link_since = self.tree.lines.len();
                }
                self.links += 1;
            }
            Name::Bold | Name::Heading(_) => self.bold += 1,
            Name::Pre => self.verbatim += 1,
            Name::Title => self.capture = Some(String::new()),
            Name::Ld if Meta::is_metadata(&opening.values) => {
                self.capture = Some(String::new());
            }
            _ => {}
        }
        self.push_element(name, opening);
    }

    fn void(&mut self, tag: &[u8]) {
        match tag {
            b"hr" => self.flush(),
            b"img" => {
                let inside = self.open.last().copied().unwrap_or(0);
                self.tree.elements[inside].pictures += 1;
            }
            _ => {}
        }
    }

    /// A list, or the label of an item.
    fn begin_list(&mut self, name: Name, opening: &Opening) {
        let unmarked = opening.hints.unmarked;
        let depth = self.open.len();
        match name {
            Name::Ul => self.lists.push((depth, List::bullets(unmarked))),
            Name::Ol => {
                let kind = opening.kind.as_deref();
                let list = List::numbers(kind, opening.number, unmarked);
                self.lists.push((depth, list));
            }
            Name::Item => {
                self.label = self.lists.last_mut().map(|(_, list)| {
                    let label = list.label(opening.number);
                    let label = if unmarked { String::new() } else { label };
                    (label, opening.start)
                });
            }
            _ => {}
        }
    }

    fn push_element(&mut self, name: Name, opening: Opening) {
        let parent = self.open.last().copied().unwrap_or(0);
        let mute =
            matches!(name, Name::Silent | Name::Ld | Name::Head | Name::Title);
        if let Some(i) = implied(name) {
            self.implied[i] += 1;
        }
        self.open.push(self.tree.elements.len());
        self.tree.elements.push(Element {
            parent,
            name,
            hints: opening.hints,
            tag: opening.tag.into(),
            silent: mute || self.tree.elements[parent].silent,
            link: opening.link,
            pictures: 0,
        });
        self.seam = true;
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
            Name::A => self.close(Name::A, Name::is_boundary),
            Name::Item => self.close(Name::Item, |n| {
                matches!(n, Name::Ul | Name::Ol) || n.is_boundary()
            }),
            Name::Cell => {
                self.close(Name::Cell, |n| matches!(n, Name::Row | Name::Table))
            }
            Name::Row => self.close(Name::Row, |n| n == Name::Table),
            _ if name.is_block() => self.close(Name::P, Name::is_boundary),
            _ => {}
        }
    }

    /// Closes the nearest open element of a name.
    fn close(&mut self, name: Name, stops: impl Fn(Name) -> bool) {
        if implied(name).is_some_and(|i| self.implied[i] > 0) {
            self.pop_through(|e| e.name == name, |e| stops(e.name));
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
        self.seam = true;
        let Element { name, hints, link, .. } = self.tree.elements[index];
        if is_line(name, hints) {
            self.flush();
        }
        if let Some(i) = implied(name) {
            self.implied[i] = self.implied[i].saturating_sub(1);
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
            Name::Br => return self.flush(),
            Name::P => self.flush(),
            _ => {}
        }
        let inline = !name.is_block();
        let structural = matches!(name, Name::Table | Name::Row | Name::Cell)
            || tag == b"tbody";
        self.pop_through(
            |e| *e.tag == *tag,
            |e| {
                (inline && e.name.is_block())
                    || (!structural && e.name.is_boundary())
            },
        );
    }
}

/// Elements in the line that say what their words are stand alone, too.
pub(super) fn is_line(name: Name, hints: Hints) -> bool {
    name.is_block() || hints.furniture || hints.tool || hints.hidden
}

/// Elements that the start of another may end.
fn implied(name: Name) -> Option<usize> {
    [Name::P, Name::Item, Name::Cell, Name::Row, Name::A]
        .iter()
        .position(|n| *n == name)
}
