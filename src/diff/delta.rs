//! One value on both sides, with its places: what a rule looks at.

use serde::Serialize;

use crate::contract::{Origin, Sourced};
use crate::pointer::Pointer;

/// A value of the old contract and its counterpart in the new one; one of the two may be missing.
#[derive(Debug)]
pub struct Delta<'c, T: ?Sized> {
    /// What it was.
    pub old: Option<&'c T>,
    /// What it is.
    pub new: Option<&'c T>,
    /// The path of its facts, under the new names.
    pub path: Pointer,
    /// Where the old spec says it.
    pub was_at: Pointer,
    /// Where the new spec says it.
    pub is_at: Pointer,
    /// The offload it is about.
    pub job: Option<&'c str>,
    /// How people call it: a function id, `Payload.field`.
    pub label: String,
    /// The same change is reported where it is written: an inherited field.
    pub is_told_elsewhere: bool,
    /// Nobody wrote the old value, or the new one: the language gives it.
    pub is_built_in: (bool, bool),
}

impl<'c, T: ?Sized> Clone for Delta<'c, T> {
    fn clone(&self) -> Self {
        self.with(self.old, self.new)
    }
}

impl<'c, T: ?Sized> Delta<'c, T> {
    /// Both sides, when there are both.
    pub fn both(&self) -> Option<(&'c T, &'c T)> {
        self.old.zip(self.new)
    }

    /// What came without having been there.
    pub fn added(&self) -> Option<&'c T> {
        self.new.filter(|_| self.old.is_none())
    }

    /// What went without a successor.
    pub fn removed(&self) -> Option<&'c T> {
        self.old.filter(|_| self.new.is_none())
    }

    /// Other values at the same place.
    pub fn with<U: ?Sized>(&self, old: Option<&'c U>, new: Option<&'c U>) -> Delta<'c, U> {
        Delta {
            old,
            new,
            path: self.path.clone(),
            was_at: self.was_at.clone(),
            is_at: self.is_at.clone(),
            job: self.job,
            label: self.label.clone(),
            is_told_elsewhere: self.is_told_elsewhere,
            is_built_in: self.is_built_in,
        }
    }

    /// The part under a key, with or without a difference.
    pub fn part<U: ?Sized>(&self, key: &str, get: impl Fn(&'c T) -> Option<&'c U>) -> Delta<'c, U> {
        let mut part = self.with(self.old.and_then(&get), self.new.and_then(&get));
        part.path = self.path.key(key);
        part.was_at = self.was_at.key(key);
        part.is_at = self.is_at.key(key);
        part
    }

    /// The part of the facts under a key, which the spec writes at the same place.
    pub fn fact<U: ?Sized>(&self, key: &str, get: impl Fn(&'c T) -> Option<&'c U>) -> Delta<'c, U> {
        self.part(key, get).at_places_of(self)
    }

    /// The same at the places of another.
    #[must_use]
    pub fn at_places_of<U: ?Sized>(mut self, other: &Delta<'c, U>) -> Self {
        self.was_at = other.was_at.clone();
        self.is_at = other.is_at.clone();
        self
    }

    /// The value under a key, when it differs.
    pub fn value<U: Serialize>(
        &self,
        key: &str,
        get: impl Fn(&'c T) -> Option<&'c Sourced<U>>,
    ) -> Option<Delta<'c, U>> {
        let found = self.part(key, get);
        let delta = found.unwrapped();
        (!same(&delta)).then_some(delta)
    }

    /// The value under a key, when it is on both sides and differs.
    pub fn option_of<U: Serialize>(
        &self,
        key: &str,
        get: impl Fn(&'c T) -> Option<&'c Sourced<U>>,
    ) -> Option<Delta<'c, U>> {
        self.value(key, get).filter(|delta| delta.both().is_some())
    }

    /// What is on one side only, at the end of a path under this: gone when `is_old`, else new.
    pub fn single(&self, is_old: bool, keys: &[&str], at: &Pointer) -> Self {
        let mut delta = self.clone();
        delta.path = keys.iter().fold(self.path.clone(), |path, key| path.key(key));
        // The nearest place on the side that does not have it.
        let above = |from: &Pointer| keys.first().map_or_else(|| from.clone(), |key| from.key(key));
        if is_old {
            delta.new = None;
            delta.was_at = at.clone();
            delta.is_at = above(&self.is_at);
        } else {
            delta.old = None;
            delta.was_at = above(&self.was_at);
            delta.is_at = at.clone();
        }
        delta
    }

    /// The same at the places of one of its keys.
    #[must_use]
    pub fn at_part(mut self, key: &str) -> Self {
        self.was_at = self.was_at.key(key);
        self.is_at = self.is_at.key(key);
        self
    }
}

impl<'c, U> Delta<'c, Sourced<U>> {
    /// The values themselves, at the places that say so.
    pub fn unwrapped(&self) -> Delta<'c, U> {
        let mut delta = self.with(self.old.map(|old| &old.value), self.new.map(|new| &new.value));
        if let Some(old) = self.old {
            delta.was_at = old.at.clone();
            delta.is_built_in.0 = old.origin == Origin::BuiltIn;
        }
        if let Some(new) = self.new {
            delta.is_at = new.at.clone();
            delta.is_built_in.1 = new.origin == Origin::BuiltIn;
        }
        delta
    }
}

/// Whether both sides say the same.
pub(super) fn same<T: Serialize>(delta: &Delta<'_, T>) -> bool {
    let json = |side: Option<&T>| side.and_then(|value| serde_json::to_value(value).ok());
    json(delta.old) == json(delta.new)
}
