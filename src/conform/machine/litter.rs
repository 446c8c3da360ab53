//! What would outlive a run because it holds itself: a function that is named where it was made, an
//! unknown value whose property knows whose it is, objects that hold each other.
//!
//! Whatever can come to be held so is noted; when the run and its paths are gone, it is emptied. Nothing
//! else may be done with what is noted, and nothing is noted that is known to be used by other runs.

use std::fmt;
use std::rc::{Rc, Weak};

use super::{Kind, Object, Opaque, Scope};

/// Notes of what may hold itself; empties it when it is dropped.
#[derive(Default)]
pub(super) struct Litter<'p> {
    scopes: Vec<Weak<Scope<'p>>>,
    objects: Vec<Weak<Object<'p>>>,
    opaques: Vec<Weak<Opaque<'p>>>,
}

impl<'p> Litter<'p> {
    /// A function is made among these names, which may come to name it.
    pub(super) fn captured(&mut self, scope: &Rc<Scope<'p>>) {
        let mut around = Some(scope);
        while let Some(scope) = around.filter(|scope| !scope.is_captured.replace(true)) {
            self.scopes.push(Rc::downgrade(scope));
            around = scope.parent.as_ref();
        }
    }

    /// An object is given something that may lead back to it.
    pub(super) fn changed(&mut self, object: &Rc<Object<'p>>) {
        if self.objects.last().is_none_or(|last| Weak::as_ptr(last) != Rc::as_ptr(object)) {
            self.objects.push(Rc::downgrade(object));
        }
    }

    /// An unknown value is given a first property.
    pub(super) fn asked(&mut self, opaque: &Rc<Opaque<'p>>) {
        self.opaques.push(Rc::downgrade(opaque));
    }

    /// Takes over what another one noted, as far as it is still there.
    pub(super) fn append(&mut self, other: &mut Self) {
        fn take<T>(into: &mut Vec<Weak<T>>, from: &mut Vec<Weak<T>>) {
            into.extend(from.drain(..).filter(|noted| noted.strong_count() > 0));
        }
        take(&mut self.scopes, &mut other.scopes);
        take(&mut self.objects, &mut other.objects);
        take(&mut self.opaques, &mut other.opaques);
    }
}

impl fmt::Debug for Litter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} noted", self.scopes.len() + self.objects.len() + self.opaques.len())
    }
}

impl Drop for Litter<'_> {
    fn drop(&mut self) {
        for scope in self.scopes.drain(..).filter_map(|noted| noted.upgrade()) {
            drop(scope.names.take());
        }
        for object in self.objects.drain(..).filter_map(|noted| noted.upgrade()) {
            drop(object.properties.take());
            match &object.kind {
                Kind::List(items) | Kind::Set(items) => drop(items.take()),
                Kind::Map(entries) => drop(entries.take()),
                Kind::Pending(result) => drop(result.take()),
                _ => {}
            }
        }
        for opaque in self.opaques.drain(..).filter_map(|noted| noted.upgrade()) {
            drop(opaque.known.take());
        }
    }
}
