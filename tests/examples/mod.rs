//! The examples of the rules as specs.

use inngest_offload::rule::{BASE, Example};
use serde_yaml::{Mapping, Value};

/// The spec of an example; `None` when files show it, not a spec.
pub(crate) fn bytes(example: Example) -> Option<Vec<u8>> {
    match example {
        Example::Whole(text) => Some(text.as_bytes().to_vec()),
        Example::Bytes(make) => Some(make()),
        Example::Files(_) | Example::Change { .. } | Example::Code { .. } => None,
        Example::Over(patch) => {
            let mut base: Value = serde_yaml::from_str(BASE).expect("the base is YAML");
            let patch: Value = serde_yaml::from_str(patch).unwrap_or_else(|e| panic!("{e}: {patch}"));
            merge(&mut base, patch);
            Some(serde_yaml::to_string(&base).expect("a value is YAML").into_bytes())
        }
    }
}

/// Lays one value over another: maps merge, null removes, everything else replaces.
fn merge(base: &mut Value, patch: Value) {
    match (base, patch) {
        (Value::Mapping(base), Value::Mapping(patch)) => {
            for (key, value) in patch {
                if value.is_null() {
                    base.remove(&key);
                } else {
                    merge(base.entry(key).or_insert(Value::Mapping(Mapping::new())), value);
                }
            }
        }
        (base, patch) => *base = patch,
    }
}
