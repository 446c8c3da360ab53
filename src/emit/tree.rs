//! JSON that is being built, in the order in which it is built. Most of it is text of the contract or
//! of the compiler: it is borrowed, and the few properties of an object are looked up one by one.

use std::borrow::Cow;

use serde_json::{Number, Value};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json<'c> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'c, str>),
    List(Vec<Json<'c>>),
    Object(Object<'c>),
    /// A value of the contract, as it was given.
    Given(&'c Value),
    /// A value that was made elsewhere.
    Made(Value),
}

/// A JSON object.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Object<'c> {
    entries: Vec<(Cow<'c, str>, Json<'c>)>,
}

impl<'c> Object<'c> {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Sets a property; one that is there keeps its place.
    pub(super) fn insert(&mut self, key: impl Into<Cow<'c, str>>, value: impl Into<Json<'c>>) {
        let (key, value) = (key.into(), value.into());
        match self.get_mut(&key) {
            Some(known) => *known = value,
            None => self.entries.push((key, value)),
        }
    }

    /// Adds a property that is known not to be there: an object of thousands is not looked through for each.
    pub(super) fn push(&mut self, key: impl Into<Cow<'c, str>>, value: impl Into<Json<'c>>) {
        self.entries.push((key.into(), value.into()));
    }

    pub(super) fn get(&self, key: &str) -> Option<&Json<'c>> {
        self.entries.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Json<'c>> {
        self.entries.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn entries(&self) -> &[(Cow<'c, str>, Json<'c>)] {
        &self.entries
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Json<'c>)> {
        self.entries.iter().map(|(key, value)| (key.as_ref(), value))
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Json<'c>)> {
        self.entries.iter_mut().map(|(key, value)| (&**key, value))
    }

    pub(super) fn sort_keys(&mut self) {
        self.entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
}

impl<'c> Extend<(Cow<'c, str>, Json<'c>)> for Object<'c> {
    fn extend<I: IntoIterator<Item = (Cow<'c, str>, Json<'c>)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<'c> IntoIterator for Object<'c> {
    type Item = (Cow<'c, str>, Json<'c>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'c, const N: usize> From<[(&'static str, Json<'c>); N]> for Object<'c> {
    fn from(entries: [(&'static str, Json<'c>); N]) -> Self {
        Self { entries: entries.into_iter().map(|(key, value)| (key.into(), value)).collect() }
    }
}

macro_rules! from {
    ($($type:ty => |$value:ident| $json:expr,)*) => {
        $(impl<'c> From<$type> for Json<'c> {
            fn from($value: $type) -> Self {
                $json
            }
        })*
    };
}

from! {
    bool => |value| Self::Bool(value),
    u64 => |value| Self::Number(value.into()),
    usize => |value| Self::Number(value.into()),
    i64 => |value| Self::Number(value.into()),
    String => |value| Self::Text(value.into()),
    &'c str => |value| Self::Text(value.into()),
    &'c String => |value| Self::Text(value.as_str().into()),
    &'c Value => |value| Self::Given(value),
    Value => |value| Self::Made(value),
    Vec<Json<'c>> => |value| Self::List(value),
    Object<'c> => |value| Self::Object(value),
}

/// `object! { "type": "string" }`.
macro_rules! object {
    ($($key:tt: $value:expr),* $(,)?) => {
        $crate::emit::tree::Object::from([$(($key, $crate::emit::tree::Json::from($value))),*])
    };
}
pub(super) use object;
