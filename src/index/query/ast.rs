//! A query as it was understood.

use crate::text;
use std::ops::Range;

/// A query that makes sense.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// As given. Every place counts its bytes.
    pub text: String,
    /// What it asks for.
    pub root: Node,
}

/// One part of a query. Whoever executes it may rely on this:
/// - `And` and `Or` have two parts at least, and none of their own kind.
/// - [`Node::Not`] stands only inside an `And` that has another part, if only
///   [`Node::All`].
/// - Word lists are not empty, and the depth is bounded
///   ([`MAX_DEPTH`](super::MAX_DEPTH)).
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Every document.
    All,
    /// All the parts hold.
    And(Vec<Node>),
    /// One of the parts holds at least.
    Or(Vec<Node>),
    /// The part does not hold.
    Not(Box<Node>),
    /// Words side by side: a document has each of them somewhere; side by
    /// side in this order it is a better hit.
    Words(Vec<Word>),
    /// Words in just this order, one right behind the other.
    Phrase(Vec<Word>),
    /// The number of a document.
    Number(DocNumber),
    /// A field has a value.
    Filter(Filter),
}

/// A syllable, number or code, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As typed.
    pub typed: String,
    /// Normalized, lower case, marks kept: [`text::key`].
    pub key: String,
    /// The same without any mark: what everything that matches has in common.
    pub folded: String,
    /// Whether marks were typed (tone, breve, circumflex, horn, đ), so that
    /// they count.
    pub marked: bool,
    /// Where it stands in the query.
    pub place: Range<usize>,
}

impl Word {
    /// The word at a place of a query.
    pub fn new(typed: &str, place: Range<usize>) -> Self {
        let key = text::key(typed);
        let folded = text::fold(&key);
        let marked = key != folded;
        Self { typed: typed.to_owned(), key, folded, marked, place }
    }
}

/// The number of a document in any spelling: `240/KH-UBND`, `240 KH UBND`,
/// `kh ubnd 240`, `số 240`, `Chỉ thị 16`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocNumber {
    /// What is looked up among the
    /// [`symbol_keys`](crate::lexicon::symbol_key::symbol_keys) of the
    /// documents: `240 kh ubnd`, or `240` where no more was typed.
    pub key: String,
    /// `240/KH-UBND`, as good as the query tells it: for people.
    pub shown: String,
    /// Whether a code of the symbol was typed. If not (`số 240`,
    /// `Chỉ thị 16`), the words may mean just what they say, so that a
    /// document that has them is as good as found.
    pub coded: bool,
    /// All its words, as they were typed.
    pub words: Vec<Word>,
    /// Where it stands in the query.
    pub place: Range<usize>,
}

/// `FIELD:VALUE`.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The field.
    pub field: Field,
    /// What is asked of it.
    pub value: Value,
    /// Where the whole filter stands in the query.
    pub place: Range<usize>,
}

/// A field that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The body whose act it is; [`Value::Phrase`].
    Issuer,
    /// Its province, then or now; [`Value::Province`].
    Province,
    /// Kind of document; [`Value::Type`].
    Type,
    /// Number of the act itself; [`Value::Number`].
    Number,
    /// Date of the act; [`Value::Issued`].
    Issued,
    /// Year of the act, or else of the article; [`Value::Years`].
    Year,
    /// The movement; [`Value::Phrase`].
    Campaign,
    /// What its contents are about; [`Value::Theme`].
    Theme,
    /// `announcement` or `other`; [`Value::Exact`].
    Kind,
    /// `central`, `province`, `district` or `commune`; [`Value::Exact`].
    Level,
    /// The headline; [`Value::Phrase`].
    Title,
    /// The text, or what else is at hand of it; [`Value::Phrase`].
    Text,
}

/// What is asked of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// These words in this order, one right behind the other. Marks count
    /// where they were typed; abbreviations are one with what they stand for.
    Phrase(Vec<Word>),
    /// One of these provinces, then ([`Entry::province`]) or now
    /// ([`Entry::province_now`]). One, unless a name without marks fits
    /// several.
    ///
    /// [`Entry::province`]: crate::wire::Entry::province
    /// [`Entry::province_now`]: crate::wire::Entry::province_now
    Province(Vec<&'static str>),
    /// One of these kinds of document, by their names: `Kế hoạch`.
    Type(Vec<&'static str>),
    /// A number; its key is looked up in the document's own symbol only.
    Number(DocNumber),
    /// A period that has a day in common with the date of the act.
    Issued(Period),
    /// A range of years.
    Years(Years),
    /// The id of a theme: `welfare`.
    Theme(&'static str),
    /// One of a few values, as it is written in the record.
    Exact(&'static str),
}

/// A period; one end at least is given. Both ends belong to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Period {
    /// First day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day, `YYYY-MM-DD`; a month is given 31 days, as in
    /// [`Entry::issued_to`](crate::wire::Entry::issued_to).
    pub to: Option<String>,
}

/// Years; one end at least is given. Both ends belong to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Years {
    /// First year.
    pub from: Option<i16>,
    /// Last year.
    pub to: Option<i16>,
}
