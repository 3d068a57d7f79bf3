//! Reposts: the same article scraped more than once, told from articles that
//! only share their wording.
//!
//! Two documents are compared by the sets of their [shingles]: runs
//! of three syllables, folded, so that case, diacritics, tone-mark style, i/y
//! and punctuation do not matter. They are taken for one article if the
//! Jaccard similarity of the sets is at least [`THRESHOLD`] and neither says
//! of itself that it is another act ([`Facts`]): the local copies of one
//! campaign share most of their words and differ in issuer and number.
//!
//! # Streaming
//! [`Print::of`] makes what is compared of one document and may run on any
//! thread. [`Reposts::take`] is asked for one print after the other, in the
//! order of the input, and says at once which cluster the document belongs
//! to: that of the first member seen. So the answers depend on the order of
//! the documents alone, and each can be written beside its document.
//!
//! What a later document reveals is not known earlier: if it joins two
//! clusters, it belongs to the older one and [`Repost::joins`] names the
//! other.
//!
//! # How it is found
//! A [sketch] of each set is cut into bands; documents that agree in
//! a whole band are candidates. A [card](cards) of each, with two bits of
//! every bin, tells most of those that are less alike; the others are compared
//! shingle by shingle. At the threshold a pair is found with a probability
//! above 0.99.
//!
//! # Memory and disk
//! Members lie in an append-only file. The bands are in a [table] in memory, of
//! which a line of the cache is read for each, and the cards beside it: so a
//! document costs nearly the same among ten thousand and among a million.
//! Memory is bounded by [`Options::memory`]; what is more goes to sorted runs
//! and to a file of cards. The usual 160 MiB hold about a million articles.
//!
//! ```
//! use vanban::extract::{Context, extract};
//! use vanban::reposts::{Options, Print, Reposts};
//! use vanban::text::Text;
//!
//! let mut reposts = Reposts::new(Options::default());
//! let mut take = |id: &str, raw: &str| {
//!     let text = Text::new(raw);
//!     let mut record = extract(&text, &Context::default());
//!     record.id = id.into();
//!     record.source.path = format!("{id}.txt");
//!     reposts.take(&Print::of(&text, &record))
//! };
//! let words = "Tỉnh phát động trồng một triệu cây xanh ven sông, ven đường và trong trường học";
//! let first = take("a", words)?;
//! assert_eq!((first.cluster.as_str(), first.similarity), ("a", None));
//! let again = take("b", &words.to_uppercase())?;
//! assert_eq!((again.first.as_str(), again.similarity), ("a.txt", Some(1.0)));
//! assert_eq!(take("c", "Giá lúa hè thu tăng nhẹ ở miền Tây")?.cluster, "c");
//! # Ok::<(), vanban::Error>(())
//! ```

mod cards;
mod clusters;
mod facts;
mod filter;
mod index;
mod print;
mod read_at;
mod run;
mod search;
mod shingles;
mod sketch;
mod store;
mod table;

pub use crate::record::Repost;
pub use clusters::{Mark, Options, Reposts};
pub use facts::Facts;
pub use print::Print;
pub use shingles::SYLLABLES;

/// Least Jaccard similarity of two members of a cluster that are joined.
pub const THRESHOLD: f64 = 0.8;

/// Spreads the bits of a number over the whole of it (the last step of
/// splitmix64).
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A hash of bytes that is the same on every machine (FNV-1a).
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
