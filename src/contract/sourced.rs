//! A value and where it came from.

use std::ops::Deref;

use schemars::JsonSchema;
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

    /// Another value from the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced { value: change(self.value), origin: self.origin, at: self.at }
    }

    /// Another value from the same place, if there is one.
    pub fn filter_map<U>(self, change: impl FnOnce(T) -> Option<U>) -> Option<Sourced<U>> {
        let Self { value, origin, at } = self;
        change(value).map(|value| Sourced { value, origin, at })
    }
}

impl<T> Deref for Sourced<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Sourced<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
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
