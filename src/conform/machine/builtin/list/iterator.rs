//! What is gone through once: iterators of lists, maps and generators, and the methods that they have (ECMA 262,
//! "Iterator helpers"). Their elements are all there when they are made.

use std::rc::Rc;

use super::super::super::super::program::Site;
use super::super::super::{Abrupt, Kind, Machine, Object, Outcome, Value};

/// The mark of a list that is gone through once, and how far it was.
pub(in super::super::super) const NEXT: &str = "\0next";

/// What a generator returned.
pub(in super::super::super) const LAST: &str = "\0last";

/// The mark of a generator that does something outside, and whether it sends events: where it is not gone through to
/// its end, it does not do all of it, and not when it is made.
pub(in super::super::super) const DOES: &str = "\0does";

impl<'p> Machine<'p> {
    /// What is gone through once.
    pub(in super::super::super) fn iterator(&mut self, items: Vec<Value<'p>>, at: Site) -> Value<'p> {
        let list = self.list(items, at);
        if let Value::Object(object) = &list {
            object.mark(NEXT, Value::Number(0.0));
        }
        list
    }

    pub(super) fn iterator_method(
        &mut self,
        object: &Rc<Object<'p>>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let own = Value::Object(object.clone());
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match name {
            "\0@iterator" | "\0@asyncIterator" => Ok(own),
            _ if object.has(DOES) => Err(Abrupt::Halt),
            // A generator that is told something ran before it was told.
            "next" if !matches!(first, Value::Undefined) && self.walk.outermost == 0 => Err(Abrupt::Halt),
            "next" if !matches!(first, Value::Undefined) => {
                object.open();
                Ok(self.unread("a step of a generator", &[], at))
            }
            "next" => Ok(self.next_step(object, at)),
            "return" => {
                self.left(object, at);
                Ok(self.record(vec![("value", first), ("done", Value::Bool(true))], at))
            }
            "throw" => {
                self.left(object, at);
                Err(Abrupt::Throw(first))
            }
            "toArray" => Ok(self.left(object, at)),
            "forEach" | "reduce" | "some" | "every" | "find" => {
                let left = self.left(object, at);
                self.call_member(&left, name, arguments, at)
            }
            "map" | "filter" | "flatMap" => {
                let left = self.left(object, at);
                let made = self.call_member(&left, name, arguments, at)?;
                Ok(self.gone_through(made, at))
            }
            "take" | "drop" => match self.to_number(&first) {
                Some(count) if count >= 0.0 => {
                    let left = self.left(object, at);
                    let count = Value::Number(count.trunc());
                    let range = if name == "take" { vec![Value::Number(0.0), count] } else { vec![count] };
                    let part = self.call_member(&left, "slice", range, at)?;
                    Ok(self.gone_through(part, at))
                }
                _ => Ok(self.mixed("an iterator", &[&first], at)),
            },
            _ => self.no_method(&own, name, &arguments, at),
        }
    }

    /// A list, to be gone through once.
    fn gone_through(&mut self, made: Value<'p>, at: Site) -> Value<'p> {
        match made.as_object().filter(|list| !list.is_open()).map(|list| &list.kind) {
            Some(Kind::List(items)) => {
                let items = items.borrow().clone();
                self.iterator(items, at)
            }
            _ => made,
        }
    }

    /// The elements that are left, as a list.
    fn left(&mut self, object: &Rc<Object<'p>>, at: Site) -> Value<'p> {
        let left = self.sequence(&Value::Object(object.clone()), at).unwrap_or_default();
        self.list(left, at)
    }

    fn next_step(&mut self, object: &Rc<Object<'p>>, at: Site) -> Value<'p> {
        let Kind::List(items) = &object.kind else { return Value::Undefined };
        let index = match object.own(NEXT) {
            Some((Value::Number(index), _)) => index,
            _ => 0.0,
        };
        self.touch(object);
        object.mark(NEXT, Value::Number(index + 1.0));
        let (item, length) = (items.borrow().get(index as usize).cloned(), items.borrow().len());
        let done = Value::Bool(item.is_none());
        // What a generator returns comes once.
        let last = if index as usize == length { object.own(LAST).map(|(last, _)| last) } else { None };
        self.record(vec![("value", item.or(last).unwrap_or(Value::Undefined)), ("done", done)], at)
    }
}
