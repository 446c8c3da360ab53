//! Questions about values that are not known: the same question has the same answer on one path.

use super::super::program::{Site, Text};
use super::{Machine, Value};

/// A value as a question names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Compared {
    Undefined,
    Null,
    Bool(bool),
    /// A number, by its bits.
    Number(u64),
    Text(Text),
    /// An object or an unknown value, by when it was made: nothing else of the thread was made then.
    Made(u64),
}

impl Compared {
    fn of(value: &Value<'_>) -> Self {
        match value {
            Value::Undefined => Self::Undefined,
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.to_bits()),
            Value::Text(text) => Self::Text(text.clone()),
            Value::Object(object) => Self::Made(object.born),
            Value::Opaque(opaque) => Self::Made(opaque.id),
        }
    }
}

impl<'p> Machine<'p> {
    /// A question about values that are not known; the same question has the same answer.
    pub(super) fn compared(&mut self, what: &'static str, left: &Value<'p>, right: &Value<'p>, at: Site) -> Value<'p> {
        let mut key = (what, Compared::of(left), Compared::of(right));
        if matches!(what, "===" | "!==") && key.1 > key.2 {
            std::mem::swap(&mut key.1, &mut key.2);
        }
        if let Some(known) = self.walk.compared.get(&key) {
            return known.clone();
        }
        let value = self.mixed("a comparison", &[left, right], at);
        self.walk.compared.insert(key, value.clone());
        value
    }
}
