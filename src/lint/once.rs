//! A fault that is written once is reported once, however many offloads inherit it.

use std::collections::HashSet;

use crate::contract::{Origin, Sourced};
use crate::pointer::Pointer;

/// The inherited places that were reported.
#[derive(Debug, Default)]
pub(super) struct Once(HashSet<Pointer>);

impl Once {
    /// Whether nothing was reported of this value where it is written. Ask it last: asking counts.
    pub(super) fn first<T>(&mut self, value: &Sourced<T>) -> bool {
        value.origin != Origin::Default || self.0.insert(value.at.clone())
    }
}
