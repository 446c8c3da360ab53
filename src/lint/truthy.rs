//! The values that count as on, as far as rules about flags may rely on them.

use std::collections::HashSet;

use crate::contract::Contract;
use crate::derive::trim;

/// What a rollback writes for "off", by convention and by habit.
pub(super) const FALSY_WORDS: [&str; 7] = ["0", "false", "no", "off", "n", "f", "disabled"];

/// A value as it is compared.
pub(super) fn normal(value: &str) -> String {
    trim(value).to_lowercase()
}

/// The values but for those that a rule reports, so that one bad value is not a fault of every flag.
/// `None` when nothing is left: no flag could be on.
pub(super) fn usable(contract: &Contract) -> Option<Vec<String>> {
    let values = contract.truthy.iter().map(|value| normal(value));
    let values = values.filter(|value| !value.is_empty() && !FALSY_WORDS.contains(&value.as_str()));
    let values: HashSet<String> = values.collect();
    (!values.is_empty()).then(|| values.into_iter().collect())
}
