//! Structured, evidence-backed records from Vietnamese government
//! announcements and the news about them.
//!
//! A document goes one way: [`archive`] turns bytes into text as read,
//! [`text`] normalizes it and keeps the way back, [`extract`] finds the fields,
//! [`record`] says what they mean, [`wire`] writes them. [`pipeline`] does so
//! for many documents on several threads. [`eval`] scores records against
//! gold, [`compare`] puts them side by side, [`reposts`] finds those that are
//! one article, [`index`] searches them.
//!
//! # One text
//! ```
//! use vanban::extract::{Context, extract};
//! use vanban::text::{Text, normalize, one_line};
//!
//! let text = Text::new(
//!     "Ngày 16/9/2021, UBND tỉnh Vĩnh Phúc ban hành Kế hoạch số 240/KH-UBND.",
//! );
//! let record = extract(&text, &Context::default());
//!
//! let issuer = record.issuer.expect("an issuer");
//! assert_eq!(issuer.name, "UBND tỉnh Vĩnh Phúc");
//! let document = record.document.expect("a document");
//! assert_eq!(document.symbol.as_deref(), Some("240/KH-UBND"));
//!
//! // Every value stands somewhere: its span cuts its words out of the text.
//! let issued = record.issued.expect("a date");
//! assert_eq!(issued.value, "2021-09-16");
//! let words = text.raw_slice(issued.span.expect("a place"));
//! assert_eq!(words, "Ngày 16/9/2021");
//! assert_eq!(issued.text, Some(one_line(&normalize(words))));
//! ```
//!
//! # Many documents
//! [`pipeline::run`] renders outcomes in parallel and hands them on in the
//! order of the input. A document that cannot be read is an outcome like any
//! other.
//!
//! ```
//! use std::ops::ControlFlow;
//! use vanban::pipeline::{self, Input, Options, Outcome};
//! use vanban::wire::Format;
//!
//! # let folder = tempfile::tempdir()?;
//! # std::fs::write(folder.path().join("a.txt"), "UBND tỉnh ban hành kế hoạch.")?;
//! # std::fs::write(folder.path().join("b.txt"), "")?;
//! # let folder = folder.path().to_owned();
//! let mut lines = Vec::new();
//! let stats = pipeline::run(
//!     [Input::from(folder)],
//!     &Options::default(),
//!     // On any thread:
//!     |outcome| match outcome {
//!         Outcome::Record(document) => Ok(Format::Ndjson.render(&document.record)),
//!         Outcome::Failure(failure) => Err(failure.reason),
//!     },
//!     // In the order of the input:
//!     |rendered, _stats| {
//!         match rendered {
//!             Ok(line) => lines.extend(line),
//!             Err(reason) => assert!(reason.contains("empty")),
//!         }
//!         ControlFlow::Continue(())
//!     },
//! );
//! assert_eq!((stats.records, stats.failures), (1, 1));
//! assert!(lines.starts_with(b"{\"schema\":\"vanban.record/1\""));
//! # Ok::<(), std::io::Error>(())
//! ```

pub mod archive;
pub mod cli;
pub mod compare;
pub mod error;
mod escape;
pub mod eval;
pub mod extract;
pub mod feed;
pub mod index;
pub mod lexicon;
pub mod pipeline;
pub mod record;
pub mod report;
pub mod reposts;
pub mod run;
pub mod text;
pub mod wire;

pub use error::{Error, Result};

#[doc = include_str!("../ARCHITECTURE.md")]
pub mod architecture {}

/// The examples of the README are tests too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
