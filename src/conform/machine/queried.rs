//! Whether a query parameter of the request is in a value.

use super::{Kind, Taint, Value};

impl Value<'_> {
    /// Whether it depends on a query parameter that is not known, or holds one near its surface.
    pub fn is_of_query(&self) -> bool {
        fn any(value: &Value<'_>, depth: u32) -> bool {
            match value {
                Value::Opaque(opaque) => opaque.taint.has(Taint::QUERY),
                Value::Object(object) if depth > 0 => {
                    let is_item = match &object.kind {
                        Kind::List(items) => items.borrow().iter().any(|item| any(item, depth - 1)),
                        _ => false,
                    };
                    is_item || object.properties.borrow().iter().any(|slot| any(&slot.value, depth - 1))
                }
                _ => false,
            }
        }
        any(self, 4)
    }
}
