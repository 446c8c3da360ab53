//! Every code that a diagnostic can carry, of all stages.

use crate::rule::Meta;

/// Every code that a diagnostic can carry, in the order of the list of rules.
pub fn catalogue() -> Vec<&'static Meta> {
    let mut all: Vec<&'static Meta> = Vec::new();
    all.extend(crate::document::CODES);
    all.extend(crate::spec::CODES);
    all.extend(crate::contract::CODES);
    all.extend(crate::lint::RULES.iter().map(|rule| &rule.meta));
    all.extend(crate::plan::CODES);
    all.extend(crate::emit::TEMPLATE_CODES);
    all.extend(crate::conform::RULES.iter().map(|rule| &rule.meta));
    all.extend(crate::diff::RULES.iter().map(|rule| &rule.meta));
    all.sort_by_key(|meta| (meta.group, meta.id));
    all
}
