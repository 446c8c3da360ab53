//! Properties and elements of values of every kind.

use std::rc::Rc;

use super::super::program::{Pattern, Site, Text};
use super::among::few;
use super::builtin::list::iterator::NEXT;
use super::builtin::methods;
use super::builtin::regex::SOURCE;
use super::environment::of_variables_as;
use super::instance::{class_of, error_class};
use super::object::index_of;
use super::{Beyond, EffectKind, Holder, Kind, Machine, Object, Opaque, Origin, Outcome, Slot, Value, Variable};

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
            Value::Text(text) if name == "length" => {
                let length = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
                Ok(Value::Number(length as f64))
            }
            Value::Text(text) if index_of(name).is_some() => self.text_method(text, "at", vec![Value::text(name)], at),
            other => Ok(match methods::has(other, name) {
                Some(false) if name == "constructor" => self.unknown("a constructor", at),
                Some(false) => Value::Undefined,
                _ => self.object(Kind::Method(other.clone(), Text::from(name)), at),
            }),
        }
    }

    fn object_member(&mut self, object: &Rc<Object<'p>>, value: &Value<'p>, name: &str, at: Site) -> Outcome<'p> {
        if let Some((own, is_getter)) = object.own(name) {
            if object.has_variables() {
                self.note_variable(&Text::from(name), at);
            }
            return if is_getter { self.call(&own, value.clone(), Vec::new(), at) } else { Ok(own) };
        }
        Ok(match &object.kind {
            Kind::List(items) if name == "length" && !object.is_open() => {
                if object.has(NEXT) {
                    Value::Undefined
                } else {
                    Value::Number(items.borrow().len() as f64)
                }
            }
            Kind::List(items) if index_of(name).is_some() => {
                let item = index_of(name).and_then(|index| items.borrow().get(index as usize).cloned());
                match item {
                    Some(item) if !object.is_open() => item,
                    None if !object.is_open() => Value::Undefined,
                    _ => self.element(value, at),
                }
            }
            Kind::Native(path) => {
                let path = path.clone();
                return Ok(self.native_member(&path, name, at));
            }
            Kind::Instance(class) => match self.inherited(&class.clone(), name) {
                Some((getter, true)) => return self.call(&getter, value.clone(), Vec::new(), at),
                Some((method, false)) => method,
                None if name == "constructor" => class.clone(),
                None if methods::of_objects(name) => self.object(Kind::Method(value.clone(), Text::from(name)), at),
                None => self.missing_property(object, name, at),
            },
            Kind::Class { class, parent, .. } => match parent.clone() {
                _ if name == "name" => match &class.name {
                    Some(name) => Value::Text(name.clone()),
                    None => self.unknown("a name", at),
                },
                _ if matches!(name, "prototype" | "length") => self.unknown("a part of a class", at),
                Some(parent) => return self.member(&parent, name, at),
                None => Value::Undefined,
            },
            Kind::Namespace(module) => {
                let module = *module;
                return self.export(module, name);
            }
            Kind::Env => return Ok(self.read_env(name, at)),
            Kind::Proxy(of, get) => {
                let (of, get) = (of.clone(), get.clone());
                return self.call(&get, Value::Undefined, vec![of, Value::text(name), value.clone()], at);
            }
            Kind::Plain if methods::of_objects(name) => self.object(Kind::Method(value.clone(), Text::from(name)), at),
            Kind::Plain if name == "constructor" && !object.is_open() => self.native("Object"),
            Kind::Plain => self.missing_property(object, name, at),
            Kind::Error(_) => {
                let class = class_of(object);
                let inherited = class.as_ref().and_then(|class| self.inherited(class, name));
                match (name, inherited) {
                    (_, Some((getter, true))) => return self.call(&getter, value.clone(), Vec::new(), at),
                    (_, Some((method, false))) => method,
                    ("name", None) => Value::Text(error_class(object)),
                    ("message", None) => Value::text(""),
                    ("stack", None) => self.unknown("a text", at),
                    ("constructor", None) => class.unwrap_or_else(|| self.native(&error_class(object))),
                    (_, None) if methods::of_objects(name) => {
                        self.object(Kind::Method(value.clone(), Text::from(name)), at)
                    }
                    (_, None) => self.missing_property(object, name, at),
                }
            }
            Kind::Function(closure) => match name {
                "name" => match &closure.function.name {
                    Some(name) => Value::Text(name.clone()),
                    None => self.unknown("a name", at),
                },
                "length" => {
                    let needed = |pattern: &&Pattern| !matches!(pattern, Pattern::Default(..));
                    Value::Number(closure.function.parameters.iter().take_while(needed).count() as f64)
                }
                "call" | "apply" | "bind" => self.object(Kind::Method(value.clone(), Text::from(name)), at),
                _ if methods::of_objects(name) => self.object(Kind::Method(value.clone(), Text::from(name)), at),
                "prototype" | "constructor" => self.unknown("a part of a function", at),
                _ => self.missing_property(object, name, at),
            },
            Kind::Date(_) if let Some(class) = class_of(object) => match self.inherited(&class, name) {
                Some((getter, true)) => return self.call(&getter, value.clone(), Vec::new(), at),
                Some((method, false)) => method,
                None if name == "constructor" => class,
                None => self.method_of(value, name, at),
            },
            Kind::Map(entries) if name == "size" && !object.is_open() => {
                let keys: Vec<Value<'p>> = entries.borrow().iter().map(|(key, _)| key.clone()).collect();
                self.count_of(&keys, at)
            }
            Kind::Set(items) if name == "size" && !object.is_open() => {
                let items = items.borrow().clone();
                self.count_of(&items, at)
            }
            Kind::Symbol(text) => match name {
                "description" => Value::text(&super::builtin::symbol::description(text)),
                _ => self.unknown("a part of a symbol", at),
            },
            Kind::Regex(_, flags) if matches!(name, "source" | "flags" | "global" | "lastIndex") => match name {
                "source" => object.own(SOURCE).map_or(Value::Undefined, |(source, _)| source),
                "flags" => Value::Text(flags.clone()),
                "global" => Value::Bool(flags.contains('g')),
                _ => Value::Number(0.0),
            },
            Kind::Bytes(bytes, holder) if !object.is_open() => match (name, index_of(name)) {
                ("byteLength", _) => Value::Number(bytes.len() as f64),
                ("length", _) if *holder != Holder::Raw => Value::Number(bytes.len() as f64),
                ("buffer", _) if *holder != Holder::Raw => self.object(Kind::Bytes(bytes.clone(), Holder::Raw), at),
                (_, Some(index)) if *holder != Holder::Raw => {
                    bytes.get(index as usize).map_or(Value::Undefined, |byte| Value::Number(f64::from(*byte)))
                }
                _ => self.method_of(value, name, at),
            },
            Kind::Query(..) | Kind::Url(..) | Kind::Headers(..) | Kind::Request | Kind::Response(..) => {
                return self.web_member(object, value, name, at);
            }
            Kind::Client | Kind::Definition(_) | Kind::EventType(_) => {
                return Ok(self.inngest_member(object, value, name, at));
            }
            _ => self.method_of(value, name, at),
        })
    }

    /// A method of a value that is modelled; what it surely has not is `undefined`.
    fn method_of(&mut self, value: &Value<'p>, name: &str, at: Site) -> Value<'p> {
        let is_open = value.as_object().is_some_and(|object| object.is_open());
        match methods::has(value, name) {
            Some(false) if is_open || name == "constructor" => self.unknown("a property", at),
            Some(false) => Value::Undefined,
            _ => self.object(Kind::Method(value.clone(), Text::from(name)), at),
        }
    }

    /// The name of the property that a key means; `None` when it is not known.
    pub(super) fn property_name(&self, key: &Value<'p>) -> Option<Text> {
        match key.as_object().map(|object| &object.kind) {
            Some(Kind::Symbol(name)) => Some(name.clone()),
            _ => self.to_text(key),
        }
    }

    fn missing_property(&mut self, object: &Rc<Object<'p>>, name: &str, at: Site) -> Value<'p> {
        if object.has_variables() {
            return self.variable_of(object, name, at);
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
        self.note_variable(name, at);
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
    pub(super) fn required_text(&mut self, name: &Text, at: Site) -> Value<'p> {
        let key = Text::from(format!("required {name}"));
        let known = self.native_cache.get(&key).cloned();
        let value = known.unwrap_or_else(|| {
            let variable = self.opaque(Origin::Env(name.clone()), super::Taint::ENV, at);
            self.opaque(Origin::Template(Rc::new(vec![variable])), super::Taint::ENV, at)
        });
        self.native_cache.insert(key, value.clone());
        value
    }

    /// `value[key]`.
    pub(super) fn index(&mut self, value: &Value<'p>, key: &Value<'p>, at: Site) -> Outcome<'p> {
        match self.property_name(key) {
            Some(name) => self.member(value, &name, at),
            None => {
                if matches!(value.as_object().map(|object| &object.kind), Some(Kind::Env)) {
                    return Ok(self.other_variable(at));
                }
                if let Some(entries) = few(value) {
                    return Ok(self.one_of(entries, key, at));
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
        let indices = |count: usize| (0..count).map(|i| Value::text(&i.to_string()));
        let object = match value {
            Value::Object(object) => object,
            Value::Text(text) => return Some(indices(text.encode_utf16().count()).collect()),
            Value::Number(_) | Value::Bool(_) => return Some(Vec::new()),
            _ => return None,
        };
        if let Some(variables) = self.variables_of(object) {
            return Some(variables.into_iter().map(|(name, _)| name).collect());
        }
        if object.is_open() {
            return None;
        }
        let own = || object.listed().into_iter().map(|slot| Value::Text(slot.name));
        match &object.kind {
            Kind::List(items) => Some(indices(items.borrow().len()).chain(own()).collect()),
            Kind::Bytes(bytes, Holder::Raw) => Some(bytes.iter().take(0).map(|_| Value::Null).collect()),
            Kind::Bytes(bytes, _) => Some(indices(bytes.len()).collect()),
            Kind::Namespace(module) => Some(self.app.export_names(*module).into_iter().map(Value::Text).collect()),
            Kind::Native(_) | Kind::Client | Kind::Request | Kind::Response(..) => None,
            _ => Some(own().collect()),
        }
    }

    /// The values of an object's own properties; `None` when they are not known.
    pub(super) fn values(&mut self, value: &Value<'p>) -> Option<Vec<Value<'p>>> {
        if let Some(variables) = value.as_object().and_then(|object| self.variables_of(object)) {
            return Some(variables.into_iter().map(|(_, value)| value).collect());
        }
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
                } else if object.has_variables() {
                    of_variables_as(to, object);
                } else if object.is_open() {
                    to.open_as(object);
                }
                let mut slots = object.listed();
                slots.extend(object.properties.borrow().iter().filter(|slot| slot.name.starts_with("\0@")).cloned());
                for slot in slots {
                    let value =
                        if slot.is_getter { self.call(&slot.value, from.clone(), Vec::new(), at)? } else { slot.value };
                    self.put_property(to, slot.name, value, slot.at)?;
                }
                if matches!(object.kind, Kind::Bytes(..)) {
                    to.open();
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
                to.open_to_writing();
                if matches!(opaque.origin, Origin::EventData) {
                    self.effect(EffectKind::Field(Text::from("*")), at);
                }
            }
            Value::Text(text) => {
                for (index, c) in text.chars().enumerate() {
                    let (name, value) = (Text::from(index.to_string()), Value::text(&c.to_string()));
                    to.set(Slot { name, value, is_getter: false, at });
                }
            }
            // Nothing to copy.
            _ => {}
        }
        Ok(())
    }
}
