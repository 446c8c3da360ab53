//! Functions of `Object`.

use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::environment::{is_other_name, of_variables, put_others};
use super::super::object::{CLOSED, FROZEN, GUARDED, SEALED, constant, setter, unlisted};
use super::super::{Kind, Machine, Object, Outcome, Rest, Slot, Value};

impl<'p> Machine<'p> {
    pub(super) fn object_function(&mut self, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let second = arguments.get(1).cloned().unwrap_or(Value::Undefined);
        if first.is_nullish() && matches!(name, "keys" | "values" | "entries" | "assign" | "fromEntries") {
            return self.throw("TypeError", "nothing is no object", at);
        }
        Ok(match name {
            "freeze" | "seal" | "preventExtensions" => {
                if let Some(object) = first.as_object() {
                    let mark = match name {
                        "freeze" => FROZEN,
                        "seal" => SEALED,
                        _ => CLOSED,
                    };
                    if !object.has(mark) {
                        self.touch(object);
                        object.mark(GUARDED, Value::Undefined);
                        object.mark(mark, Value::Undefined);
                    }
                }
                first
            }
            "isFrozen" | "isSealed" | "isExtensible" => match &first {
                Value::Object(object) if !object.is_open() => {
                    let is = object.has(FROZEN) || (name != "isFrozen" && object.has(SEALED));
                    if name == "isExtensible" {
                        Value::Bool(!is && !object.has(CLOSED))
                    } else if !is && object.has(CLOSED) {
                        self.unknown("a comparison", at)
                    } else {
                        Value::Bool(is)
                    }
                }
                Value::Object(_) | Value::Opaque(_) => self.compared("frozen", &first, &Value::Undefined, at),
                _ => Value::Bool(name != "isExtensible"),
            },
            "keys" | "values" | "entries"
                if first.as_object().is_some_and(|of| of.has_variables() || matches!(of.kind, Kind::Env)) =>
            {
                let names = self.keys(&first).unwrap_or_default().into_iter();
                let items = match name {
                    "keys" => names.collect(),
                    _ => {
                        let values = self.values(&first).unwrap_or_default();
                        let pairs = names.zip(values);
                        let item =
                            |(key, value)| if name == "values" { value } else { self.list(vec![key, value], at) };
                        pairs.map(item).collect()
                    }
                };
                let list = self.list(items, at);
                list.as_object().inspect(|list| of_variables(list));
                list
            }
            "keys" => match self.keys(&first) {
                Some(keys) => self.list(keys, at),
                None => self.mixed("a list", &[&first], at),
            },
            "getOwnPropertyNames" => match &first {
                Value::Object(object) if matches!(object.kind, Kind::Plain) && !object.is_open() => {
                    let slots = object.properties.borrow().clone();
                    let names = slots.into_iter().filter(|slot| !slot.is_hidden());
                    let names = names.map(|slot| Value::Text(slot.name)).collect();
                    self.list(names, at)
                }
                _ => self.mixed("a list", &[&first], at),
            },
            "values" => match self.values(&first) {
                Some(values) => self.list(values, at),
                None => self.mixed("a list", &[&first], at),
            },
            "entries" => match (self.keys(&first), self.values(&first)) {
                (Some(keys), Some(values)) => {
                    let pairs = keys.into_iter().zip(values);
                    let pairs = pairs.map(|(key, value)| self.list(vec![key, value], at)).collect();
                    self.list(pairs, at)
                }
                _ => self.mixed("a list", &[&first], at),
            },
            "fromEntries" => {
                let object = Object::new(Kind::Plain, at);
                let is_request = matches!(first.as_object().map(|of| &of.kind), Some(Kind::Headers(_, true)));
                let is_partial = is_request && self.world.other_headers == Rest::Unknown;
                match self.sequence(&first, at).filter(|_| !is_partial) {
                    Some(pairs) => {
                        for pair in pairs {
                            let key = self.member(&pair, "0", at)?;
                            let value = self.member(&pair, "1", at)?;
                            match self.property_name(&key) {
                                Some(name) => object.set(Slot { name, value, is_getter: false, at }),
                                None if is_other_name(&key) => put_others(&object, value),
                                None => object.open_to_writing(),
                            }
                        }
                        if first.as_object().is_some_and(|pairs| pairs.has_variables()) {
                            of_variables(&object);
                        }
                    }
                    None => {
                        // Of the request's headers some are known, and that some are not there.
                        if is_partial {
                            let world = self.world.clone();
                            let known = world.headers.iter().map(|(name, value)| (&**name, Value::text(value)));
                            let absent = world.absent_headers.iter().map(|name| (&**name, Value::Undefined));
                            for (name, value) in known.chain(absent) {
                                object.set(Slot { name: Text::from(name), value, is_getter: false, at });
                            }
                            object.open();
                        } else {
                            object.open_to_writing();
                        }
                    }
                }
                Value::Object(object)
            }
            "groupBy" => return self.group_by(&arguments, false, at),
            "assign" => {
                if let Some(object) = first.as_object() {
                    self.touch(object);
                    for source in arguments.iter().skip(1) {
                        self.copy_properties(source, object, at)?;
                    }
                }
                first
            }
            "create" => {
                let object = Object::new(Kind::Plain, at);
                match &first {
                    Value::Null => {}
                    // What it inherits is there, but not its own.
                    inherited => {
                        self.copy_properties(inherited, &object, at)?;
                        object.open();
                    }
                }
                if arguments.len() > 1 {
                    object.open();
                }
                Value::Object(object)
            }
            "hasOwn" => return self.has_own(&first, &second, at),
            "is" => match (&first, &second) {
                (Value::Number(a), Value::Number(b)) => {
                    Value::Bool(a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()))
                }
                _ => self.same(&first, &second, at),
            },
            "defineProperty" => {
                if let (Some(object), Some(name), Some(how)) =
                    (first.as_object(), self.property_name(&second), arguments.get(2))
                {
                    self.define_property(object, &name, how, at)?;
                } else if let Some(object) = first.as_object() {
                    object.open();
                }
                first
            }
            "defineProperties" => {
                if let Some(object) = first.as_object() {
                    let Some(keys) = self.keys(&second) else {
                        object.open();
                        return Ok(first);
                    };
                    for key in keys {
                        let Value::Text(name) = key else { continue };
                        let how = self.member(&second, &name, at)?;
                        self.define_property(object, &name, &how, at)?;
                    }
                }
                first
            }
            "getOwnPropertyDescriptor" => match (first.as_object(), self.property_name(&second)) {
                (Some(object), Some(name)) if matches!(object.kind, Kind::Plain) && !object.is_open() => {
                    match object.own(&name) {
                        None => Value::Undefined,
                        Some((_, true)) => self.unknown("a descriptor", at),
                        Some((value, false)) => {
                            let guarded = object.has(FROZEN) || object.has(SEALED);
                            let writable = Value::Bool(!object.has(FROZEN) && !object.has(&constant(&name)));
                            let enumerable = Value::Bool(!object.has(&unlisted(&name)));
                            let configurable = Value::Bool(!guarded && !object.has(&constant(&name)));
                            self.record(
                                vec![
                                    ("value", value),
                                    ("writable", writable),
                                    ("enumerable", enumerable),
                                    ("configurable", configurable),
                                ],
                                at,
                            )
                        }
                    }
                }
                _ => self.mixed("a descriptor", &[&first], at),
            },
            _ => return self.unmodelled("an object", &[&first], &arguments[1.min(arguments.len())..], at),
        })
    }

    fn define_property(&mut self, object: &Rc<Object<'p>>, name: &str, how: &Value<'p>, at: Site) -> Outcome<'p, ()> {
        self.touch(object);
        if object.has(FROZEN) || object.has(&constant(name)) {
            return self.throw("TypeError", "the property cannot be defined", at);
        }
        let Some(said) = how.as_object().filter(|said| !said.is_open()).cloned() else {
            object.open();
            return Ok(());
        };
        let is_new = !object.has(name);
        let (getter, set) = (self.member(how, "get", at)?, self.member(how, "set", at)?);
        if set.is_callable() {
            object.mark(GUARDED, Value::Undefined);
            object.mark(&setter(name), set);
        }
        if getter.is_callable() {
            object.set(Slot { name: Text::from(name), value: getter, is_getter: true, at });
        } else if is_new || said.has("value") {
            let value = self.member(how, "value", at)?;
            object.set(Slot { name: Text::from(name), value, is_getter: false, at });
        }
        // What a new property is not said to be, it is not.
        let flag = |machine: &mut Self, flag: &str| -> Outcome<'p, Option<bool>> {
            if !said.has(flag) {
                return Ok(is_new.then_some(false));
            }
            let value = machine.member(how, flag, at)?;
            Ok(Some(machine.truthy(&value, at)))
        };
        match flag(self, "enumerable")? {
            Some(false) => object.mark(&unlisted(name), Value::Undefined),
            Some(true) => object.remove(&unlisted(name)),
            None => {}
        }
        if flag(self, "writable")? == Some(false) {
            object.mark(GUARDED, Value::Undefined);
            object.mark(&constant(name), Value::Undefined);
        }
        Ok(())
    }

    /// `Object.groupBy`, `Map.groupBy`.
    pub(super) fn group_by(&mut self, arguments: &[Value<'p>], into_map: bool, at: Site) -> Outcome<'p> {
        let [of, by, ..] = arguments else { return self.throw("TypeError", "nothing is grouped", at) };
        let Some(items) = self.sequence(of, at) else {
            return self.unmodelled("groups", &[of], std::slice::from_ref(by), at);
        };
        let mut groups: Vec<(Value<'p>, Vec<Value<'p>>)> = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            let key = self.call(by, Value::Undefined, vec![item.clone(), Value::Number(index as f64)], at)?;
            let key = match (into_map, self.property_name(&key)) {
                (true, _) if !matches!(key, Value::Opaque(_)) => key,
                (false, Some(name)) => Value::Text(name),
                _ => return Ok(self.mixed("groups", &[of, &key], at)),
            };
            match groups.iter_mut().find(|(known, _)| matches!(self.same(known, &key, at), Value::Bool(true))) {
                Some((_, group)) => group.push(item),
                None => groups.push((key, vec![item])),
            }
        }
        let groups: Vec<(Value<'p>, Value<'p>)> =
            groups.into_iter().map(|(key, group)| (key, self.list(group, at))).collect();
        if into_map {
            return Ok(self.object(Kind::Map(groups.into()), at));
        }
        let object = Object::new(Kind::Plain, at);
        for (key, value) in groups {
            if let Value::Text(name) = key {
                object.set(Slot { name, value, is_getter: false, at });
            }
        }
        Ok(Value::Object(object))
    }
}
