//! Whether a query parameter of the request is in a value, and which names are known of them.

use std::sync::Arc;

use super::super::program::{Site, Text};
use super::{EffectKind, Kind, Machine, Taint, Value};

/// Most names that something is asked for.
const MOST_NAMES: usize = 64;

impl<'p> Machine<'p> {
    /// The name of a query parameter, as the request has it.
    pub(super) fn name_of_query(&mut self, name: &str) -> Text {
        if let Some(known) = self.query_names.iter().find(|known| &***known == name) {
            return known.clone();
        }
        let name = Text::from(name);
        self.query_names.push(name.clone());
        name
    }

    /// Something is looked for among values. Where it is the name of a query parameter, and not only as a text like it,
    /// parameters of the other names would be found as well.
    pub(super) fn note_named(&mut self, name: &Value<'p>, among: &[Value<'p>], at: Site) {
        let Value::Text(name) = name else { return };
        if among.len() > MOST_NAMES || !self.query_names.iter().any(|known| Arc::ptr_eq(known, name)) {
            return;
        }
        for other in among.iter().filter_map(Value::as_text).filter(|other| *other != name) {
            self.effect(EffectKind::Named(other.clone()), at);
        }
    }
}

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
