//! A value and where it came from.

use std::cell::Cell;
use std::ops::Deref;

use schemars::JsonSchema;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::pointer::Pointer;

/// Who said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is written where it applies.
    Written,
    /// `defaults` of the spec says so.
    Default,
    /// The language says so.
    BuiltIn,
}

impl Origin {
    /// The word for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Written => "spec",
            Self::Default => "default",
            Self::BuiltIn => "built in",
        }
    }
}

/// A value, who said so, and the place to point at. Serialised, it is the value alone.
#[derive(Debug, Clone)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Who said so.
    pub origin: Origin,
    /// The place in the spec; for a built-in value, what it applies to.
    pub at: Pointer,
}

impl<T> Sourced<T> {
    /// A value that is written at `at`.
    pub fn written(value: T, at: Pointer) -> Self {
        Self { value, origin: Origin::Written, at }
    }

    /// A value that the language gives to what is at `at`.
    pub fn built_in(value: T, at: Pointer) -> Self {
        Self { value, origin: Origin::BuiltIn, at }
    }

    /// What follows the value in a message where the language gives it: ` (the default)`.
    pub fn by_default(&self) -> &'static str {
        if self.origin == Origin::BuiltIn { " (the default)" } else { "" }
    }

    /// The label of its place. A built-in value is not written there: the place is what it applies to.
    pub fn label(&self, what: &str) -> String {
        if self.origin == Origin::BuiltIn { format!("{what}, by default") } else { what.to_owned() }
    }

    /// Another value from the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced { value: change(self.value), origin: self.origin, at: self.at }
    }
}

impl<T> Deref for Sourced<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

thread_local! {
    static WITH_PLACES: Cell<bool> = const { Cell::new(false) };
}

/// The serialised form of `value`, and for each JSON pointer in it that comes from a [`Sourced`], its
/// place in the spec.
pub fn places(value: &impl Serialize) -> Vec<(String, Pointer)> {
    fn walk(value: &serde_json::Value, at: &mut String, out: &mut Vec<(String, Pointer)>) {
        let length = at.len();
        match value {
            serde_json::Value::Object(map) => {
                if let (Some(value), Some(place)) = (map.get(VALUE), map.get(PLACE).and_then(|p| p.as_str())) {
                    out.push((at.clone(), Pointer::parse(place)));
                    return walk(value, at, out);
                }
                for (key, value) in map {
                    at.push('/');
                    at.push_str(&key.replace('~', "~0").replace('/', "~1"));
                    walk(value, at, out);
                    at.truncate(length);
                }
            }
            serde_json::Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    at.push('/');
                    at.push_str(&index.to_string());
                    walk(value, at, out);
                    at.truncate(length);
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(&traced(value), &mut String::new(), &mut out);
    out
}

/// The serialised form of `value` in which every [`Sourced`] holds its place beside its value; read it
/// with [`untraced`].
pub(crate) fn traced(value: &impl Serialize) -> serde_json::Value {
    WITH_PLACES.set(true);
    let traced = serde_json::to_value(value);
    WITH_PLACES.set(false);
    // Every type of the contract serialises: keys are text, numbers are finite.
    traced.unwrap_or_default()
}

/// The place of a part of a [`traced`] value, if it has one of its own, and the value.
pub(crate) fn untraced(value: &serde_json::Value) -> (Option<&str>, &serde_json::Value) {
    match (value.get(PLACE).and_then(|place| place.as_str()), value.get(VALUE)) {
        (Some(place), Some(value)) => (Some(place), value),
        _ => (None, value),
    }
}

// Longer than any key of the contract, with a character that no name of it can hold.
const VALUE: &str = "\u{0}value";
const PLACE: &str = "\u{0}place";

impl<T: Serialize> Serialize for Sourced<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !WITH_PLACES.get() {
            return self.value.serialize(serializer);
        }
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(VALUE, &self.value)?;
        map.serialize_entry(PLACE, self.at.as_str())?;
        map.end()
    }
}

impl<T: JsonSchema> JsonSchema for Sourced<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}
