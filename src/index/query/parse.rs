//! From signs and pieces to a query. There is no recursion: the depth of
//! what is read is bounded by a stack of its own.

use super::error::QueryError;
use super::lex::{self, Kind, Token};
use super::number::{self, Piece};
use super::value::{self, MOST_PIECES};
use super::{
    Field, Filter, MAX_BYTES, MAX_DEPTH, MAX_WORDS, Node, Query, Word,
};
use std::ops::Range;

type Done = Result<(), QueryError>;

impl Query {
    /// Reads a query. What can be asked is said in `docs/query.md`.
    ///
    /// ```
    /// use vanban::index::query::Query;
    ///
    /// assert!(Query::parse("vùng xanh province:\"Vĩnh Phúc\"").is_ok());
    ///
    /// let error = Query::parse("isuer:UBND").unwrap_err();
    /// assert_eq!(error.message, "unknown field `isuer:`");
    /// assert_eq!(error.hint.as_deref(), Some("did you mean `issuer:`?"));
    /// ```
    ///
    /// # Errors
    /// If it makes no sense; the error names the place and what to do.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if text.len() > MAX_BYTES {
            let at = text.floor_char_boundary(MAX_BYTES);
            return Err(QueryError::new(
                at..text.ceil_char_boundary(at + 1),
                format!(
                    "the query is too long: {} bytes, {MAX_BYTES} are the most",
                    text.len()
                ),
            )
            .hint("look for a few of its words"));
        }
        let tokens = lex::tokens(text)?;
        let mut parser = Parser {
            query: text,
            tokens: &tokens,
            at: 0,
            words: 0,
            frames: vec![Frame::default()],
        };
        while parser.at < tokens.len() {
            parser.step()?;
        }
        let root = parser.finish()?;
        Ok(Self { text: text.to_owned(), root })
    }
}

/// What stands between two parentheses, as far as it is read.
#[derive(Default)]
struct Frame {
    /// The sign that opened it.
    open: Range<usize>,
    /// The field that the parentheses are the value of.
    field: Option<(Field, Range<usize>)>,
    /// Whether the parentheses are excluded as a whole.
    excluded: bool,
    /// Alternatives that are read.
    alternatives: Vec<Node>,
    /// Parts of the current alternative.
    parts: Vec<Node>,
    /// Pieces that stand side by side, not looked at yet.
    run: Vec<Range<usize>>,
    /// An operator that waits for what is behind it.
    waiting: Option<(Kind, Range<usize>)>,
    /// `NOT` or `-` before what comes next.
    not: Option<Range<usize>>,
}

struct Parser<'q> {
    query: &'q str,
    tokens: &'q [Token],
    at: usize,
    words: usize,
    frames: Vec<Frame>,
}

impl Parser<'_> {
    /// The innermost parentheses; the outermost frame is always there.
    fn top(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn step(&mut self) -> Done {
        let Token { kind, place } = self.tokens[self.at].clone();
        self.at += 1;
        match kind {
            Kind::Open => self.open(place, None),
            Kind::Close => self.close(place),
            Kind::And | Kind::Or => self.operator(kind, place),
            Kind::Not => self.not(place),
            Kind::Everything => self.term(Node::All, place),
            Kind::Field(field) => self.filter(field, place),
            Kind::Phrase => self.phrase(place),
            Kind::Chunk => self.chunk(place),
        }
    }

    fn open(
        &mut self,
        place: Range<usize>,
        field: Option<(Field, Range<usize>)>,
    ) -> Done {
        if self.frames.len() > MAX_DEPTH {
            return Err(QueryError::new(
                place,
                format!("parentheses lie more than {MAX_DEPTH} deep"),
            )
            .hint("most queries need none"));
        }
        self.flush()?;
        let outer = self.top();
        let field = field.or_else(|| outer.field.clone());
        let excluded = outer.not.take().is_some();
        outer.waiting = None;
        self.frames.push(Frame {
            open: place,
            field,
            excluded,
            ..Frame::default()
        });
        Ok(())
    }

    fn close(&mut self, place: Range<usize>) -> Done {
        if self.frames.len() < 2 {
            return Err(QueryError::new(
                place,
                "this parenthesis was never opened",
            )
            .hint("take it out, or put a ( before the words"));
        }
        self.flush()?;
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let whole = frame.open.start..place.end;
        let (excluded, empty) = (frame.excluded, frame.is_empty());
        let node = frame.node()?.filter(|_| !empty).ok_or_else(|| {
            QueryError::new(whole, "nothing stands between the parentheses")
                .hint("take them out, or put words between them")
        })?;
        self.top().add(if excluded { Node::Not(Box::new(node)) } else { node });
        Ok(())
    }

    fn operator(&mut self, kind: Kind, place: Range<usize>) -> Done {
        self.flush()?;
        let frame = self.top();
        let bare = frame.parts.is_empty() || frame.waiting.is_some();
        if bare || frame.not.is_some() {
            return Err(lonely(kind, place));
        }
        if kind == Kind::Or {
            frame.alternative();
        }
        frame.waiting = Some((kind, place));
        Ok(())
    }

    fn not(&mut self, place: Range<usize>) -> Done {
        self.flush()?;
        let frame = self.top();
        if frame.not.is_some() {
            return Err(
                QueryError::new(place, "excluded twice").hint("take one out")
            );
        }
        frame.not = Some(place);
        Ok(())
    }

    /// A part of the query that is whole.
    fn term(&mut self, node: Node, _place: Range<usize>) -> Done {
        self.flush()?;
        let frame = self.top();
        frame.waiting = None;
        let excluded = frame.not.take().is_some();
        frame.add(if excluded { Node::Not(Box::new(node)) } else { node });
        Ok(())
    }

    /// Counts words against the limit.
    fn count(&mut self, words: &[Word]) -> Done {
        let left = MAX_WORDS.saturating_sub(self.words);
        self.words += words.len();
        match words.get(left) {
            None => Ok(()),
            Some(word) => Err(QueryError::new(
                word.place.clone(),
                format!("the query has more than {MAX_WORDS} words"),
            )
            .hint("look for a few of them")),
        }
    }

    fn words_at(
        &mut self,
        place: Range<usize>,
    ) -> Result<Vec<Word>, QueryError> {
        let words = lex::words(self.query, place);
        self.count(&words)?;
        Ok(words)
    }

    fn phrase(&mut self, place: Range<usize>) -> Done {
        if let Some((field, name)) = self.top().field.clone() {
            return self.value(field, name, place);
        }
        let words = self.words_at(place.clone())?;
        if words.is_empty() {
            return Err(QueryError::new(
                place.start.saturating_sub(1)..place.end + 1,
                "no words stand between the quotation marks",
            )
            .on_edges(self.query)
            .hint("put some there, or take the marks out"));
        }
        let node = match number::whole(self.query, &words) {
            Some(number) => Node::Number(number),
            None => Node::Phrase(words),
        };
        self.term(node, place)
    }

    fn chunk(&mut self, place: Range<usize>) -> Done {
        let frame = self.top();
        if frame.not.is_none() || frame.field.is_some() {
            frame.run.push(place);
            return Ok(());
        }
        // What is excluded is this piece alone.
        let words = self.words_at(place.clone())?;
        if words.is_empty() {
            return Ok(());
        }
        let node = match number::whole(self.query, &words) {
            Some(number) => Node::Number(number),
            None if words.len() == 1 => Node::Words(words),
            None => Node::Phrase(words),
        };
        self.term(node, place)
    }

    /// A field; its value stands behind it.
    fn filter(&mut self, field: Field, name: Range<usize>) -> Done {
        self.flush()?;
        let Some(next) = self.tokens.get(self.at).cloned() else {
            return Err(value::no_value(field, name));
        };
        match next.kind {
            Kind::Open => {
                self.at += 1;
                self.open(next.place, Some((field, name)))
            }
            Kind::Phrase => {
                self.at += 1;
                self.value(field, name, next.place)
            }
            Kind::Chunk => {
                let place = self.longest_name(field, next.place);
                self.value(field, name, place)
            }
            _ => Err(value::no_value(field, name)),
        }
    }

    /// The pieces from the next one on that are one name: the longest that a
    /// field knows, so that `province:Vĩnh Phúc` needs no quotes.
    fn longest_name(
        &mut self,
        field: Field,
        first: Range<usize>,
    ) -> Range<usize> {
        let query = self.query;
        let pieces = self.tokens[self.at..]
            .iter()
            .take(if value::takes_names(field) { MOST_PIECES } else { 1 })
            .take_while(|token| token.kind == Kind::Chunk);
        let longer: Vec<Range<usize>> =
            pieces.map(|token| first.start..token.place.end).collect();
        let is_name = |place: &&Range<usize>| {
            value::is_name(field, &query[(*place).clone()])
        };
        // If there is none, the error is about the one that is nearly one.
        let is_near = |place: &&Range<usize>| {
            value::near(field, &query[(*place).clone()]).is_some()
        };
        let place = longer
            .iter()
            .rfind(is_name)
            .or_else(|| longer.iter().take(4).skip(1).find(is_near))
            .unwrap_or(&first)
            .clone();
        self.at += longer.iter().filter(|l| l.end <= place.end).count();
        place
    }

    fn value(
        &mut self,
        field: Field,
        name: Range<usize>,
        place: Range<usize>,
    ) -> Done {
        if self.query[place.clone()].trim().is_empty() {
            return Err(value::no_value(field, name));
        }
        let whole = name.start.min(place.start)..place.end;
        self.words_at(place.clone())?;
        let value = value::value(self.query, field, place)?;
        let filter = Filter { field, value, place: whole.clone() };
        self.term(Node::Filter(filter), whole)
    }

    /// Looks at the pieces that stand side by side.
    fn flush(&mut self) -> Done {
        let run = std::mem::take(&mut self.top().run);
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            return Ok(());
        };
        let place = first.start..last.end;
        if let Some((field, name)) = self.top().field.clone() {
            return self.value(field, name, place);
        }
        let words = self.words_at(place)?;
        if words.is_empty() {
            return Ok(());
        }
        let pieces = number::pieces(self.query, words);
        let frame = self.top();
        frame.waiting = None;
        for piece in pieces {
            frame.add(match piece {
                Piece::Words(words) => Node::Words(words),
                Piece::Number(number) => Node::Number(number),
            });
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Node, QueryError> {
        self.flush()?;
        if self.frames.len() > 1 {
            let open = self.top().open.clone();
            return Err(QueryError::new(
                open,
                "this parenthesis is not closed",
            )
            .hint("put a ) behind its last word"));
        }
        let query = self.query;
        let frame = std::mem::take(self.top());
        frame.node()?.ok_or_else(|| {
            QueryError::new(0..query.len(), "there are no words to look for")
                .hint("* finds every document")
        })
    }
}

impl Frame {
    fn add(&mut self, node: Node) {
        match node {
            Node::And(nodes) => self.parts.extend(nodes),
            node => self.parts.push(node),
        }
    }

    /// Ends the current alternative.
    fn alternative(&mut self) {
        if let Some(node) = all_of(std::mem::take(&mut self.parts)) {
            match node {
                Node::Or(nodes) => self.alternatives.extend(nodes),
                node => self.alternatives.push(node),
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.alternatives.is_empty() && self.parts.is_empty()
    }

    /// All of it; `None` if there is nothing.
    fn node(mut self) -> Result<Option<Node>, QueryError> {
        if let Some((kind, place)) = self.waiting {
            return Err(lonely(kind, place));
        }
        if let Some(place) = self.not {
            return Err(lonely(Kind::Not, place));
        }
        self.alternative();
        Ok(match self.alternatives.len() {
            0 | 1 => self.alternatives.pop(),
            _ => Some(Node::Or(self.alternatives)),
        })
    }
}

/// All of some parts; what is excluded only, is excluded from everything.
fn all_of(mut parts: Vec<Node>) -> Option<Node> {
    if parts.iter().all(|part| matches!(part, Node::Not(_)))
        && !parts.is_empty()
    {
        parts.insert(0, Node::All);
    }
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Node::And(parts)),
    }
}

/// An operator that lacks a word.
fn lonely(kind: Kind, place: Range<usize>) -> QueryError {
    let (message, hint) = match kind {
        Kind::And => (
            "AND needs words on both sides",
            "write: mask AND vaccine; words side by side mean AND anyway",
        ),
        Kind::Or => {
            ("OR needs words on both sides", "write: \"Hà Nam\" OR \"Hà Nội\"")
        }
        _ => (
            "nothing stands behind it that could be excluded",
            "write -word or NOT (some words)",
        ),
    };
    QueryError::new(place, message).hint(format!(
        "{hint}; to look for the word itself put it between quotes"
    ))
}

#[cfg(test)]
mod tests;
