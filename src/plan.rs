//! Artifacts held against the disk: what to create, update and delete.
use crate::rule::Meta;
/// Every code of drift.
pub static CODES: &[&Meta] = &[];
