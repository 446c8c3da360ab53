//! One spec laid over another.

use serde_yaml::{Mapping, Value};

/// A value with another laid over it: maps merge, null removes, everything else replaces. Laying nothing
/// over it changes nothing.
pub(crate) fn laid_over(base: &Value, patch: Value) -> Value {
    let mut value = base.clone();
    if !patch.is_null() {
        merge(&mut value, patch);
    }
    value
}

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
