//! Documents that failed, and the net under them.

use crate::error::Error;
use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why a document has no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Path as given.
    pub path: String,
    /// Index inside a container, from 0.
    pub record: Option<u64>,
    /// Byte offset inside the container.
    pub offset: Option<u64>,
    /// What is wrong and what to do about it, in plain words.
    pub reason: String,
    /// The first words of its bytes, harmless to show.
    pub excerpt: Option<String>,
}

/// Bytes that an excerpt is made of.
const EXCERPT: usize = 160;

/// The first bytes of a document, kept until it is known whether an excerpt
/// is needed.
pub(super) struct Head {
    bytes: [u8; EXCERPT],
    kept: usize,
    /// Whether more bytes follow.
    cut: bool,
}

impl Head {
    pub(super) fn of(document: &[u8]) -> Self {
        let kept = document.len().min(EXCERPT);
        let mut bytes = [0; EXCERPT];
        bytes[..kept].copy_from_slice(&document[..kept]);
        Self { bytes, kept, cut: document.len() > EXCERPT }
    }

    /// The bytes as one line: what is no text, or would be obeyed instead of
    /// shown, is `U+FFFD`.
    pub(super) fn excerpt(&self) -> String {
        let text = String::from_utf8_lossy(&self.bytes[..self.kept]);
        // A letter that the cut went through is no damage.
        let text = match self.cut {
            true => text.trim_end_matches('\u{fffd}'),
            false => &text,
        };
        text.chars().map(harmless).collect()
    }
}

fn harmless(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

impl Failure {
    /// What is said when the program itself failed.
    pub(super) fn fault(message: &str) -> String {
        format!(
            "the program itself failed on this document ({message}); the other documents are not affected, please report it"
        )
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let (path, record, offset, reason) = match error {
            Error::Read { path, cause } => {
                (path, None, None, format!("cannot be read: {cause}"))
            }
            Error::Write { path, cause } => {
                (path, None, None, format!("cannot be written: {cause}"))
            }
            Error::Document { path, record, offset, reason } => {
                (path, record, offset, reason)
            }
            other => (Default::default(), None, None, other.to_string()),
        };
        Self {
            path: path.to_string_lossy().into_owned(),
            record,
            offset,
            reason,
            excerpt: None,
        }
    }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread would be caught and reported as a
/// [`Failure`]; a panic hook should then stay silent.
pub fn guarded() -> bool {
    GUARDED.get()
}

/// Runs `work`; a panic becomes its message.
pub(super) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = GUARDED.replace(true);
    // Nothing that `work` borrows is used again after a panic.
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    result.map_err(|cause| message(&*cause))
}

fn message(cause: &(dyn Any + Send)) -> String {
    if let Some(text) = cause.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = cause.downcast_ref::<String>() {
        text.clone()
    } else {
        "no message".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(catch(|| 7), Ok(7));
        assert_eq!(catch(|| panic!("plain")), Err::<(), _>("plain".into()));
        let n = 3;
        assert_eq!(catch(|| panic!("with {n}")), Err::<(), _>("with 3".into()));
        assert!(!guarded());
        assert_eq!(catch(guarded), Ok(true));
    }

    fn excerpt(bytes: &[u8]) -> String {
        Head::of(bytes).excerpt()
    }

    #[test]
    fn an_excerpt_is_short_and_harmless() {
        assert_eq!(excerpt("số 240\nKH".as_bytes()), "số 240 KH");
        let hostile = "\u{1b}[2J\u{202e}a\0".as_bytes();
        assert_eq!(excerpt(hostile), "\u{fffd}[2J\u{fffd}a\u{fffd}");
        assert_eq!(excerpt(b"\xff\xfe"), "\u{fffd}\u{fffd}");
        let long = excerpt("ế".repeat(200).as_bytes());
        assert_eq!(long, "ế".repeat(53));
    }

    #[test]
    fn an_error_keeps_its_place() {
        let failure = Failure::from(Error::Document {
            path: "tin.jsonl".into(),
            record: Some(4),
            offset: Some(812),
            reason: "the line is not JSON".into(),
        });
        assert_eq!(failure.path, "tin.jsonl");
        assert_eq!((failure.record, failure.offset), (Some(4), Some(812)));
        assert_eq!(failure.reason, "the line is not JSON");
    }
}
