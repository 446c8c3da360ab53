//! What is gone through: lists, texts, maps, and what the application makes to be gone through.

use std::rc::Rc;

use super::super::program::{Site, Text};
use super::builtin::list::iterator::NEXT;
use super::{Abrupt, EffectKind, Kind, Machine, Object, Outcome, Rest, Value};

/// Longer sequences of the application's own making are not known: they may have no end.
pub(super) const MOST_MADE: usize = 1_000;

impl<'p> Machine<'p> {
    /// The elements of what can be gone through; `None` when they are not known.
    pub(super) fn sequence(&mut self, value: &Value<'p>, at: Site) -> Option<Vec<Value<'p>>> {
        match value {
            Value::Text(text) => Some(text.chars().map(|c| Value::text(&c.to_string())).collect()),
            Value::Object(object) => match &object.kind {
                Kind::List(items) if !object.is_open() => {
                    // What is gone through once goes on where it was, and is at its end then.
                    let Some((Value::Number(from), _)) = object.own(NEXT) else { return Some(items.borrow().clone()) };
                    let left = items.borrow().iter().skip(from as usize).cloned().collect();
                    self.touch(object);
                    object.mark(NEXT, Value::Number(items.borrow().len() as f64));
                    Some(left)
                }
                Kind::Set(items) if !object.is_open() => Some(items.borrow().clone()),
                Kind::Bytes(bytes, _) if !object.is_open() => {
                    Some(bytes.iter().map(|byte| Value::Number(f64::from(*byte))).collect())
                }
                Kind::Map(entries) if !object.is_open() => {
                    let entries = entries.borrow().clone();
                    Some(entries.into_iter().map(|(key, value)| self.list(vec![key, value], at)).collect())
                }
                Kind::Query(pairs, is_request) => {
                    let (pairs, is_request) = (pairs.borrow().clone(), *is_request);
                    if is_request {
                        self.effect(EffectKind::Query(Text::from("*")), at);
                        if self.world.other_query == Rest::Unknown {
                            return None;
                        }
                    }
                    let pairs = pairs.into_iter();
                    Some(pairs.map(|(name, value)| self.list(vec![Value::Text(name), value], at)).collect())
                }
                // Where it is known that a header is not there, what goes through all of them does not find it.
                Kind::Headers(_, true)
                    if self.world.other_headers == Rest::Absent || !self.world.absent_headers.is_empty() =>
                {
                    let mut pairs = self.world.headers.clone();
                    pairs.sort();
                    let pairs = pairs.iter().map(|(name, value)| vec![Value::text(name), Value::text(value)]);
                    Some(pairs.collect::<Vec<_>>().into_iter().map(|pair| self.list(pair, at)).collect())
                }
                Kind::Headers(pairs, false) if !object.is_open() => {
                    let mut pairs = pairs.borrow().clone();
                    pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
                    let pairs = pairs.into_iter();
                    Some(pairs.map(|(name, value)| self.list(vec![Value::Text(name), value], at)).collect())
                }
                Kind::Plain | Kind::Instance(_) | Kind::Error(_) => self.made(object, value, at).ok().flatten(),
                _ => None,
            },
            _ => None,
        }
    }

    /// What an iterator of the application gives; `None` when it is none, or has no end that is near.
    fn made(&mut self, object: &Rc<Object<'p>>, value: &Value<'p>, at: Site) -> Outcome<'p, Option<Vec<Value<'p>>>> {
        let mut iterator = Value::Undefined;
        for name in ["\0@iterator", "\0@asyncIterator"] {
            let method = self.object_method_of(object, value, name, at)?;
            if method.is_callable() {
                let made = self.call(&method, value.clone(), Vec::new(), at)?;
                iterator = self.settle(made, at)?;
            }
        }
        match &iterator {
            Value::Undefined | Value::Opaque(_) => return Ok(None),
            Value::Object(made) if !matches!(made.kind, Kind::Plain | Kind::Instance(_)) => {
                return Ok(self.sequence(&iterator, at));
            }
            _ => {}
        }
        let mut items = Vec::new();
        while items.len() < MOST_MADE {
            let step = self.call_member(&iterator, "next", Vec::new(), at)?;
            let step = self.settle(step, at)?;
            let done = self.member(&step, "done", at)?;
            match done {
                Value::Opaque(_) => return Ok(None),
                done if self.truthy(&done, at) => return Ok(Some(items)),
                _ => items.push(self.member(&step, "value", at)?),
            }
        }
        Ok(None)
    }

    fn object_method_of(&mut self, object: &Rc<Object<'p>>, value: &Value<'p>, name: &str, at: Site) -> Outcome<'p> {
        let class = super::instance::class_of(object);
        let has = object.has(name) || class.is_some_and(|class| self.inherited(&class, name).is_some());
        if has { self.member(value, name, at) } else { Ok(Value::Undefined) }
    }

    /// What `yield` gives to whoever goes through a generator.
    pub(super) fn give(&mut self, value: Value<'p>, all: bool, at: Site) -> Outcome<'p, ()> {
        let items = if all { self.sequence(&value, at) } else { Some(vec![value]) };
        let Some(yields) = self.yields.last_mut() else { return Ok(()) };
        match (items, yields.as_mut()) {
            (Some(items), Some(given)) => given.extend(items),
            _ => *yields = None,
        }
        match yields {
            Some(given) if given.len() > MOST_MADE => Err(Abrupt::Halt),
            _ => Ok(()),
        }
    }
}
