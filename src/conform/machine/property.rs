//! Properties and elements of values of every kind.

use std::rc::Rc;

use super::super::program::{Site, Text};
use super::{Beyond, EffectKind, Kind, Machine, Object, Opaque, Origin, Outcome, Rest, Slot, Value, Variable};

impl<'p> Machine<'p> {
    /// `value.name`.
    pub fn member(&mut self, value: &Value<'p>, name: &str, at: Site) -> Outcome<'p> {
        match value {
            Value::Object(object) => self.object_member(object, value, name, at),
            Value::Opaque(opaque) => Ok(self.opaque_member(opaque, name, at)),
            Value::Undefined | Value::Null => {
                let message = format!("cannot read `{name}` of {value:?}");
                self.throw("TypeError", &message, at)
            }
            Value::Text(text) if name == "length" => Ok(Value::Number(text.encode_utf16().count() as f64)),
            Value::Text(text) if name.bytes().all(|b| b.is_ascii_digit()) => {
                let index = name.parse().unwrap_or(usize::MAX);
                Ok(text.chars().nth(index).map_or(Value::Undefined, |c| Value::text(&c.to_string())))
            }
            other => Ok(self.object(Kind::Method(other.clone(), Text::from(name)), at)),
        }
    }

    fn object_member(&mut self, object: &Rc<Object<'p>>, value: &Value<'p>, name: &str, at: Site) -> Outcome<'p> {
        if let Some((own, is_getter)) = object.own(name) {
            return if is_getter { self.call(&own, value.clone(), Vec::new(), at) } else { Ok(own) };
        }
        Ok(match &object.kind {
            Kind::List(items) => {
                if name == "length" {
                    return Ok(if object.is_open() {
                        self.unknown("a number", at)
                    } else {
                        Value::Number(items.borrow().len() as f64)
                    });
                }
                match name.parse::<usize>() {
                    Ok(_) if object.is_open() => self.element(value, at),
                    Ok(index) => items.borrow().get(index).cloned().unwrap_or(Value::Undefined),
                    Err(_) => self.object(Kind::Method(value.clone(), Text::from(name)), at),
                }
            }
            Kind::Native(path) => {
                let path = path.clone();
                return Ok(self.native_member(&path, name, at));
            }
            Kind::Instance(class) => match self.inherited(&class.clone(), name) {
                Some((getter, true)) => return self.call(&getter, value.clone(), Vec::new(), at),
                Some((method, false)) => method,
                None => self.missing_property(object, name, at),
            },
            Kind::Class { parent, .. } => match parent.clone() {
                Some(parent) => return self.member(&parent, name, at),
                None if name == "name" => self.unknown("a name", at),
                None => Value::Undefined,
            },
            Kind::Namespace(module) => {
                let module = *module;
                return self.export(module, name);
            }
            Kind::Env => return Ok(self.read_env(name, at)),
            Kind::Plain if name == "hasOwnProperty" => self.object(Kind::Method(value.clone(), Text::from(name)), at),
            Kind::Plain => self.missing_property(object, name, at),
            Kind::Error(class) => match name {
                "name" => Value::Text(class.clone()),
                "message" => Value::text(""),
                "stack" => self.unknown("a text", at),
                _ => Value::Undefined,
            },
            Kind::Function(closure) if name == "name" => {
                Value::Text(closure.function.name.clone().unwrap_or_else(|| Text::from("")))
            }
            Kind::Map(entries) if name == "size" => Value::Number(entries.borrow().len() as f64),
            Kind::Set(items) if name == "size" => Value::Number(items.borrow().len() as f64),
            Kind::Bytes(bytes) if matches!(name, "length" | "byteLength") => Value::Number(bytes.len() as f64),
            Kind::Query(..) | Kind::Url(..) | Kind::Headers(..) | Kind::Request | Kind::Response(..) => {
                return self.web_member(object, value, name, at);
            }
            Kind::Client | Kind::Definition(_) | Kind::EventType(_) => {
                return Ok(self.inngest_member(object, value, name, at));
            }
            _ => self.object(Kind::Method(value.clone(), Text::from(name)), at),
        })
    }

    fn missing_property(&mut self, object: &Rc<Object<'p>>, name: &str, at: Site) -> Value<'p> {
        if object.beyond.get() == Beyond::Environment {
            return self.read_env(name, at);
        }
        if !object.is_open() {
            return Value::Undefined;
        }
        let value = self.unknown("a property", at);
        object.set(Slot { name: Text::from(name), value: value.clone(), is_getter: false, at });
        value
    }

    fn opaque_member(&mut self, opaque: &Rc<Opaque<'p>>, name: &str, at: Site) -> Value<'p> {
        if matches!(opaque.origin, Origin::EventData) {
            self.effect(EffectKind::Field(Text::from(name)), at);
        }
        if let Some((_, known)) = opaque.known.borrow().iter().find(|(known, _)| &**known == name) {
            return known.clone();
        }
        let origin = match &opaque.origin {
            Origin::EventData => Origin::EventField(Text::from(name)),
            Origin::Event if name == "data" => Origin::EventData,
            _ => Origin::Property(opaque.clone(), Text::from(name)),
        };
        let value = self.opaque(origin, opaque.taint, at);
        self.know(opaque, name, value.clone());
        value
    }

    /// A field of an event that is taken for one that may be absent.
    pub(super) fn note_optional(&mut self, value: &Value<'p>, at: Site) {
        if let Value::Opaque(opaque) = value
            && let Origin::EventField(name) = &opaque.origin
        {
            self.effect(EffectKind::Optional(name.clone()), at);
        }
    }

    pub(super) fn read_env(&mut self, name: &str, at: Site) -> Value<'p> {
        let name = &Text::from(name);
        self.effect(EffectKind::Env(name.clone()), at);
        self.note_env(name);
        match self.world.variable(name) {
            Variable::Set(value) => Value::Text(value),
            Variable::Unset => Value::Undefined,
            Variable::Required => self.required_text(name, at),
            Variable::Unknown => {
                let key = Text::from(format!("env {name}"));
                if let Some(known) = self.native_cache.get(&key) {
                    return known.clone();
                }
                let value = self.opaque(Origin::Env(name.clone()), super::Taint::ENV, at);
                self.native_cache.insert(key, value.clone());
                value
            }
        }
    }

    /// A variable that is set: some text that is not empty.
    fn required_text(&mut self, name: &Text, at: Site) -> Value<'p> {
        let key = Text::from(format!("required {name}"));
        let known = self.native_cache.get(&key).cloned();
        let value = known.unwrap_or_else(|| {
            let variable = self.opaque(Origin::Env(name.clone()), super::Taint::ENV, at);
            self.opaque(Origin::Template(Rc::new(vec![variable])), super::Taint::ENV, at)
        });
        if let Value::Opaque(opaque) = &value {
            self.truths.insert(opaque.id, true);
        }
        self.native_cache.insert(key, value.clone());
        value
    }

    /// `value[key]`.
    pub(super) fn index(&mut self, value: &Value<'p>, key: &Value<'p>, at: Site) -> Outcome<'p> {
        match self.to_text(key) {
            Some(name) => self.member(value, &name, at),
            None => {
                if matches!(value.as_object().map(|object| &object.kind), Some(Kind::Env)) {
                    return Ok(self.opaque(Origin::Other("an environment variable"), super::Taint::ENV, at));
                }
                // One of several known values: any of them would do for what can be called.
                let candidates = self.sequence(value, at).or_else(|| self.values(value));
                match candidates.as_deref() {
                    Some([only]) => Ok(only.clone()),
                    _ => Ok(self.mixed("an element", &[value, key], at)),
                }
            }
        }
    }

    /// The elements of what can be gone through; `None` when they are not known.
    pub(super) fn sequence(&mut self, value: &Value<'p>, at: Site) -> Option<Vec<Value<'p>>> {
        match value {
            Value::Text(text) => Some(text.chars().map(|c| Value::text(&c.to_string())).collect()),
            Value::Object(object) => match &object.kind {
                Kind::List(items) | Kind::Set(items) if !object.is_open() => Some(items.borrow().clone()),
                Kind::Bytes(bytes) => Some(bytes.iter().map(|byte| Value::Number(f64::from(*byte))).collect()),
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
                _ => None,
            },
            _ => None,
        }
    }

    /// What a spread gives.
    pub(super) fn items(&mut self, value: &Value<'p>, at: Site) -> Vec<Value<'p>> {
        match self.sequence(value, at) {
            Some(items) => items,
            None => vec![self.element(value, at)],
        }
    }

    /// Any element of what can be gone through.
    pub(super) fn element(&mut self, value: &Value<'p>, at: Site) -> Value<'p> {
        match value {
            Value::Opaque(opaque) => self.opaque_member(&opaque.clone(), "[]", at),
            other => self.mixed("an element", &[other], at),
        }
    }

    /// The names of an object's own properties; `None` when they are not known.
    pub(super) fn keys(&mut self, value: &Value<'p>) -> Option<Vec<Value<'p>>> {
        let object = value.as_object()?;
        if object.is_open() {
            return None;
        }
        match &object.kind {
            Kind::List(items) => Some((0..items.borrow().len()).map(|i| Value::text(&i.to_string())).collect()),
            Kind::Namespace(module) => Some(self.app.export_names(*module).into_iter().map(Value::Text).collect()),
            Kind::Plain | Kind::Instance(_) | Kind::Class { .. } | Kind::Function(_) => {
                Some(object.properties.borrow().iter().map(|slot| Value::Text(slot.name.clone())).collect())
            }
            Kind::Env => None,
            _ => Some(Vec::new()),
        }
    }

    /// The values of an object's own properties; `None` when they are not known.
    pub(super) fn values(&mut self, value: &Value<'p>) -> Option<Vec<Value<'p>>> {
        let keys = self.keys(value)?;
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            let name = key.as_text()?.clone();
            values.push(self.member(value, &name, Site::default()).ok()?);
        }
        Some(values)
    }

    /// Copies properties, as a spread does.
    pub(super) fn copy_properties(&mut self, from: &Value<'p>, to: &Rc<Object<'p>>, at: Site) -> Outcome<'p, ()> {
        match from {
            Value::Object(object) => {
                if let Kind::Namespace(module) = object.kind {
                    for name in self.app.export_names(module) {
                        let value = self.export(module, &name)?;
                        to.set(Slot { name, value, is_getter: false, at });
                    }
                    return Ok(());
                }
                if matches!(object.kind, Kind::Env) || object.beyond.get() == Beyond::Environment {
                    to.beyond.set(Beyond::Environment);
                } else if object.is_open() {
                    to.open();
                }
                let slots = object.properties.borrow().clone();
                for slot in slots {
                    let value =
                        if slot.is_getter { self.call(&slot.value, from.clone(), Vec::new(), at)? } else { slot.value };
                    to.set(Slot { name: slot.name, value, is_getter: false, at: slot.at });
                }
                if let Kind::List(items) = &object.kind {
                    for (index, value) in items.borrow().iter().enumerate() {
                        to.set(Slot {
                            name: Text::from(index.to_string()),
                            value: value.clone(),
                            is_getter: false,
                            at,
                        });
                    }
                }
            }
            Value::Opaque(opaque) => {
                to.open();
                if matches!(opaque.origin, Origin::EventData) {
                    self.effect(EffectKind::Field(Text::from("*")), at);
                }
            }
            // Nothing to copy.
            _ => {}
        }
        Ok(())
    }
}
