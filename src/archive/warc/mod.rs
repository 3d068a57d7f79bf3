//! Web archives (WARC, ISO 28500): records one after the other, each perhaps
//! in a gzip member or zstd frame of its own.
//!
//! The framing is read here, because what damaged archives need is to find
//! the next sound record: [`plain`] looks for the next line that begins one,
//! [`packed`] for the next member.

pub(super) mod packed;
pub(super) mod plain;
mod record;

#[cfg(test)]
mod tests;
