//! Symbols, `Reflect`, and methods that every object has.

use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::{Kind, Machine, Object, Outcome, Value};

/// What a symbol is said to be, by its name: those of the language are said to be their own.
pub(in super::super) fn description(name: &str) -> String {
    match name.split_once(' ') {
        Some((_, said)) => said.into(),
        None => format!("Symbol.{}", name.trim_start_matches("\0@")),
    }
}

impl<'p> Machine<'p> {
    /// A symbol; those of the same name are the same.
    pub(super) fn symbol(&mut self, name: &str, at: Site) -> Value<'p> {
        self.object(Kind::Symbol(Text::from(name)), at)
    }

    /// A symbol that is like no other.
    pub(super) fn new_symbol(&mut self, description: &str, at: Site) -> Value<'p> {
        let name = Text::from(format!("\0@{} {description}", super::super::value::birth()));
        self.object(Kind::Symbol(name), at)
    }

    pub(super) fn object_method(
        &mut self,
        object: &Rc<Object<'p>>,
        value: &Value<'p>,
        name: &str,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match name {
            "hasOwnProperty" | "propertyIsEnumerable" => self.has_own(value, &first, at),
            "valueOf" if arguments.is_empty() => Ok(value.clone()),
            "toString" | "toLocaleString" if !object.is_open() => Ok(match self.to_text(value) {
                Some(text) => Value::Text(text),
                None if matches!(object.kind, Kind::Instance(_)) && !object.has("\0@toStringTag") => {
                    Value::text("[object Object]")
                }
                None => self.unknown_text(&[value], at),
            }),
            _ => self.unmodelled("a value", &[value], arguments, at),
        }
    }

    /// Whether a property is its own.
    pub(super) fn has_own(&mut self, value: &Value<'p>, key: &Value<'p>, at: Site) -> Outcome<'p> {
        let name = self.property_name(key);
        Ok(match (value, name) {
            (Value::Object(object), Some(name)) if object.has(&name) => Value::Bool(true),
            (Value::Object(object), Some(name)) if !object.is_open() => match &object.kind {
                Kind::List(items) if &*name != "length" => {
                    let index = super::super::object::index_of(&name);
                    Value::Bool(index.is_some_and(|index| (index as usize) < items.borrow().len()))
                }
                Kind::Plain | Kind::Instance(_) | Kind::Error(_) | Kind::Map(_) | Kind::Set(_) => Value::Bool(false),
                // What the environment has it has of its own, but for the methods of all objects.
                Kind::Env => self.binary(super::super::super::program::Binary::In, key, value, at),
                Kind::Namespace(_) => {
                    let keys = self.keys(value).unwrap_or_default();
                    Value::Bool(keys.iter().any(|key| key.as_text() == Some(&name)))
                }
                _ => self.compared("hasOwn", value, key, at),
            },
            _ => self.compared("hasOwn", value, key, at),
        })
    }

    pub(super) fn reflect(&mut self, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let argument = |index: usize| arguments.get(index).cloned().unwrap_or(Value::Undefined);
        let first = argument(0);
        match name {
            "has" => {
                let own = self.binary(super::super::super::program::Binary::In, &argument(1), &first, at);
                Ok(own)
            }
            "get" if matches!(arguments.len(), 2 | 3) => self.index(&first, &argument(1), at),
            "set" if arguments.len() == 3 => match (first.as_object(), self.property_name(&argument(1))) {
                (Some(object), Some(name)) => {
                    self.touch(object);
                    match self.put_property(object, name, argument(2), at) {
                        Err(super::super::Abrupt::Throw(_)) => Ok(Value::Bool(false)),
                        done => done.map(|()| Value::Bool(true)),
                    }
                }
                _ => self.unmodelled("a value", &[&first], &arguments, at),
            },
            "deleteProperty" => match (first.as_object(), self.property_name(&argument(1))) {
                (Some(object), Some(name)) if matches!(object.kind, Kind::Plain | Kind::Instance(_)) => {
                    self.touch(object);
                    object.remove(&name);
                    Ok(Value::Bool(true))
                }
                _ => self.unmodelled("a value", &[&first], &arguments, at),
            },
            "ownKeys" if matches!(first.as_object().map(|object| &object.kind), Some(Kind::Plain)) => {
                self.object_function("getOwnPropertyNames", arguments, at)
            }
            "apply" => {
                let list = self.items(&argument(2), at);
                self.call(&first, argument(1), list, at)
            }
            "construct" if arguments.len() == 2 => {
                let list = self.items(&argument(1), at);
                self.construct(&first, list, at)
            }
            _ => self.unmodelled("a value", &[&first], &arguments, at),
        }
    }
}
