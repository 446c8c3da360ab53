//! The examples of the rules as specs.

use inngest_offload::rule::{BASE, Example};
use serde_yaml::Value;

use crate::overlay::laid_over;

/// The spec of an example; `None` when files show it, not a spec.
pub(crate) fn bytes(example: Example) -> Option<Vec<u8>> {
    match example {
        Example::Whole(text) => Some(text.as_bytes().to_vec()),
        Example::Bytes(make) => Some(make()),
        Example::Files(_) | Example::Change { .. } | Example::Code { .. } => None,
        Example::Over(patch) => {
            let base: Value = serde_yaml::from_str(BASE).expect("the base is YAML");
            let patch: Value = serde_yaml::from_str(patch).unwrap_or_else(|e| panic!("{e}: {patch}"));
            Some(serde_yaml::to_string(&laid_over(&base, patch)).expect("a value is YAML").into_bytes())
        }
    }
}
