//! Faults of a default: every offload that takes it has the fault, and one place mends it.

use std::collections::HashSet;

use crate::contract::{Origin, Sourced};
use crate::pointer::Pointer;

/// Remembers the defaults that were reported.
#[derive(Debug, Default)]
pub(super) struct Once<'c>(HashSet<&'c Pointer>);

impl<'c> Once<'c> {
    /// Whether a fault of this value is to be reported: of a default only the first is.
    pub(super) fn first<T>(&mut self, value: &'c Sourced<T>) -> bool {
        value.origin != Origin::Default || self.0.insert(&value.at)
    }
}
