//! Short texts through the rules, for the tests beside them.

use super::reading::Reading;
use super::{Context, extract};
use crate::record::Record;
use crate::text::Text;

/// The record of a text without metadata.
pub(in crate::extract) fn record(text: &str) -> Record {
    extract(&Text::new(text), &Context::default())
}

/// What `look` sees in the reading of a text without metadata.
pub(in crate::extract) fn read<T>(
    text: &str,
    look: impl FnOnce(&Reading) -> T,
) -> T {
    let (text, context) = (Text::new(text), Context::default());
    look(&Reading::new(&super::head::mended(&text), &context))
}
