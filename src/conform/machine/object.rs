//! Objects and their own properties, in the order of the language.
//!
//! What is no property of its own to the code is kept as one with a hidden name: properties of symbols, private
//! fields, setters, and marks of what must not be changed or listed. Nothing here calls anything.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::super::program::{ModuleId, Site, Symbol, Text};
use super::value::{Kind, Value, birth};

/// The mark of an object whose assignments are not plain: it is frozen, or has setters.
pub(super) const GUARDED: &str = "\0guarded";
/// The mark of an object that must not be changed at all.
pub(super) const FROZEN: &str = "\0frozen";
/// The mark of an object none of whose properties may go.
pub(super) const SEALED: &str = "\0sealed";
/// The mark of an object that gets no further properties.
pub(super) const CLOSED: &str = "\0closed";
/// The mark of bytes and digests into which the secret went, and of which no more is known.
pub(super) const GIVEN: &str = "\0given";
/// What stands for the variables of which nobody knows, in what was made of those of the environment.
pub(super) const OTHERS: &str = "\0others";
/// The class of an error.
pub(super) const CLASS: &str = "\0class";

/// An object.
pub struct Object<'p> {
    /// What it is besides its properties.
    pub kind: Kind<'p>,
    /// Its own properties, in order.
    pub properties: RefCell<Vec<Slot<'p>>>,
    /// What it may have besides its properties.
    pub beyond: Cell<Beyond>,
    /// The outermost name for which other runs keep it: it must not be changed.
    pub kept_for: Cell<Option<(ModuleId, Symbol)>>,
    /// When it was made, among all that the thread made.
    pub born: u64,
    /// Where it was made.
    pub at: Site,
}

/// What an object has besides the properties that are known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// Nothing.
    Nothing,
    /// Properties that are not known.
    Unknown,
    /// What was put into it of which neither the names nor the values are known.
    Written,
    /// Those of the environment, of which it is a copy.
    Environment,
    /// Nothing: it was made of the variables of the environment, and what is not in it is not set or was left out.
    Variables,
    /// It was made of them as well, and has some of the variables of which nobody knows whether they are set.
    OtherVariables,
}

/// A property.
#[derive(Clone)]
pub struct Slot<'p> {
    /// Its name.
    pub name: Text,
    /// Its value, or the function that gets it.
    pub value: Value<'p>,
    /// Whether the value is a getter.
    pub is_getter: bool,
    /// Where it was written.
    pub at: Site,
}

impl Slot<'_> {
    /// Whether the code does not see it among the properties.
    pub fn is_hidden(&self) -> bool {
        self.name.starts_with('\0')
    }
}

/// The hidden name of the setter of a property.
pub(super) fn setter(name: &str) -> String {
    format!("\0set {name}")
}

/// The hidden name that marks a property as one that is not listed.
pub(super) fn unlisted(name: &str) -> String {
    format!("\0- {name}")
}

/// The hidden name that marks a property as one that is not assigned to.
pub(super) fn constant(name: &str) -> String {
    format!("\0! {name}")
}

/// The index that a name is, as lists count.
pub(super) fn index_of(name: &str) -> Option<u32> {
    match name.as_bytes() {
        [b'0'] => Some(0),
        [b'1'..=b'9', ..] if name.len() <= 9 && name.bytes().all(|byte| byte.is_ascii_digit()) => name.parse().ok(),
        _ => None,
    }
}

impl<'p> Object<'p> {
    /// An object without properties.
    pub fn new(kind: Kind<'p>, at: Site) -> Rc<Self> {
        Rc::new(Self {
            kind,
            properties: RefCell::default(),
            beyond: Cell::new(Beyond::Nothing),
            kept_for: Cell::new(None),
            born: birth(),
            at,
        })
    }

    /// Whether it may have properties that are not known.
    pub fn is_open(&self) -> bool {
        !matches!(self.beyond.get(), Beyond::Nothing | Beyond::Variables)
    }

    /// Whether it was made of the variables of the environment: who asks it for a name asks for that variable.
    pub(super) fn has_variables(&self) -> bool {
        matches!(self.beyond.get(), Beyond::Environment | Beyond::Variables | Beyond::OtherVariables)
    }

    /// From now on it may have properties that are not known.
    pub fn open(&self) {
        if !self.is_open() {
            self.beyond.set(Beyond::Unknown);
        }
    }

    /// Something is written into it under a key that is not known.
    pub fn open_to_writing(&self) {
        if self.beyond.get() != Beyond::Environment {
            self.beyond.set(Beyond::Written);
        }
    }

    /// From now on it may have properties of another object that are not known.
    pub fn open_as(&self, other: &Self) {
        match other.beyond.get() {
            Beyond::Written => self.open_to_writing(),
            _ => self.open(),
        }
    }

    /// The value of its own property, and whether that is a getter.
    pub fn own(&self, name: &str) -> Option<(Value<'p>, bool)> {
        let properties = self.properties.borrow();
        properties.iter().find(|slot| &*slot.name == name).map(|slot| (slot.value.clone(), slot.is_getter))
    }

    /// Whether it has a property of this name.
    pub fn has(&self, name: &str) -> bool {
        self.properties.borrow().iter().any(|slot| &*slot.name == name)
    }

    /// Sets its own property. Names that are numbers come first, in their order.
    pub fn set(&self, slot: Slot<'p>) {
        let mut properties = self.properties.borrow_mut();
        if let Some(other) = properties.iter_mut().find(|other| other.name == slot.name) {
            *other = slot;
            return;
        }
        let place = index_of(&slot.name).and_then(|index| {
            properties.iter().position(|other| index_of(&other.name).is_none_or(|other| other > index))
        });
        match place {
            Some(place) => properties.insert(place, slot),
            None => properties.push(slot),
        }
    }

    /// Sets a property that the code does not see.
    pub(super) fn mark(&self, name: &str, value: Value<'p>) {
        self.set(Slot { name: Text::from(name), value, is_getter: false, at: self.at });
    }

    /// Takes its own property away.
    pub fn remove(&self, name: &str) {
        self.properties.borrow_mut().retain(|slot| &*slot.name != name);
    }

    /// The properties that are listed, as `Object.keys` does.
    pub fn listed(&self) -> Vec<Slot<'p>> {
        let properties = self.properties.borrow();
        let is_error = matches!(self.kind, Kind::Error(_));
        let marked = properties.iter().any(|slot| slot.name.starts_with("\0- "));
        let listed = properties.iter().filter(|slot| {
            let is_of_error = is_error && matches!(&*slot.name, "message" | "cause" | "stack" | "errors");
            let is_unlisted = marked && properties.iter().any(|other| *other.name == *unlisted(&slot.name));
            !(slot.is_hidden() || is_of_error || is_unlisted)
        });
        listed.cloned().collect()
    }
}
