//! Binding and assigning.

use std::rc::Rc;

use super::super::program::{Expr, Pattern, Site, Text};
use super::environment::{is_other_name, of_variables, put_others};
use super::instance::class_of;
use super::object::{CLOSED, FROZEN, GUARDED, OTHERS, SEALED, constant, index_of, setter};
use super::{Frame, Kind, Machine, Object, Origin, Outcome, Slot, Value};
use crate::conform::program::ExprKind;

impl<'p> Machine<'p> {
    /// Declares the names of a pattern in the frame.
    pub(super) fn bind(&mut self, pattern: &'p Pattern, value: Value<'p>, frame: &Frame<'p>) -> Outcome<'p, ()> {
        self.put(pattern, value, frame, true)
    }

    /// Gives the names and places of a pattern new values.
    pub(super) fn assign(&mut self, pattern: &'p Pattern, value: Value<'p>, frame: &Frame<'p>) -> Outcome<'p, ()> {
        self.put(pattern, value, frame, false)
    }

    fn put(&mut self, pattern: &'p Pattern, value: Value<'p>, frame: &Frame<'p>, declare: bool) -> Outcome<'p, ()> {
        match pattern {
            Pattern::Local(symbol) if declare => frame.declare(*symbol, value),
            Pattern::Local(symbol) => self.set_local(*symbol, value, frame),
            Pattern::Top(symbol) => {
                if !declare {
                    self.reassigned(frame.module, *symbol);
                }
                self.walk.tops.insert((frame.module, *symbol), Some(value));
            }
            Pattern::Global => {}
            Pattern::Member(expr) => self.put_member(expr, value, frame)?,
            Pattern::Object(properties, rest) => {
                let mut taken: Vec<Text> = Vec::new();
                for (key, inner, range) in properties {
                    let at = frame.site(*range);
                    let Some(name) = self.key(key, frame)? else {
                        let unknown = self.unknown("a property", at);
                        self.put(inner, unknown, frame, declare)?;
                        continue;
                    };
                    let property = self.member(&value, &name, at)?;
                    taken.push(name);
                    self.put(inner, property, frame, declare)?;
                }
                if let Some(rest) = rest {
                    let left = self.without(&value, &taken)?;
                    self.put(rest, left, frame, declare)?;
                }
            }
            Pattern::Array(elements, rest) => {
                let at = Site { module: frame.module, ..Site::default() };
                let items = self.sequence(&value, at);
                for (index, element) in elements.iter().enumerate() {
                    let Some(inner) = element else { continue };
                    let item = match &items {
                        Some(items) => items.get(index).cloned().unwrap_or(Value::Undefined),
                        None => self.member(&value, &index.to_string(), at)?,
                    };
                    self.put(inner, item, frame, declare)?;
                }
                if let Some(rest) = rest {
                    let left = match items {
                        Some(items) => {
                            let left = items.into_iter().skip(elements.len()).collect();
                            self.list(left, at)
                        }
                        None => self.mixed("the rest of a list", &[&value], at),
                    };
                    self.put(rest, left, frame, declare)?;
                }
            }
            Pattern::Default(inner, default) => {
                let at = frame.site(default.range);
                self.note_optional(&value, at);
                let missing = match &value {
                    Value::Undefined => true,
                    Value::Opaque(opaque) if !self.is_present(opaque) => {
                        let missing = self.is_missing(opaque, at);
                        self.truthy(&missing, at)
                    }
                    _ => false,
                };
                let value = if missing { self.eval(default, frame)? } else { value };
                self.put(inner, value, frame, declare)?;
            }
        }
        Ok(())
    }

    fn put_member(
        &mut self,
        expr: &'p super::super::program::Expr,
        value: Value<'p>,
        frame: &Frame<'p>,
    ) -> Outcome<'p, ()> {
        let at = frame.site(expr.range);
        let (object, name, key) = match &expr.kind {
            ExprKind::Member(object, name, _) => (self.eval(object, frame)?, Some(name.clone()), None),
            ExprKind::Index(object, key, _) => {
                let object = self.eval(object, frame)?;
                let key = self.eval(key, frame)?;
                (object, self.property_name(&key), Some(key))
            }
            _ => return Ok(()),
        };
        if object.is_nullish() {
            return self.throw("TypeError", "nothing has no properties", at);
        }
        let Some(object) = object.as_object() else { return Ok(()) };
        if !self.is_lent_first(object, name.as_deref()) {
            self.touch(object);
        }
        if key.is_some() && self.walk.among_variables > 0 {
            of_variables(object);
        }
        match name {
            Some(name) => self.put_property(object, name, value, at),
            None if key.is_some_and(|key| is_other_name(&key)) => {
                put_others(object, value);
                Ok(())
            }
            None => {
                self.put_anywhere(object, &value, at);
                Ok(())
            }
        }
    }

    /// Something is written under a key that is not known: each property may be it. Functions of a table stay, since
    /// each of them may still be called.
    pub(super) fn put_anywhere(&mut self, object: &Rc<Object<'p>>, value: &Value<'p>, at: Site) {
        object.open_to_writing();
        if !matches!(object.kind, Kind::Plain) {
            return;
        }
        for slot in object.listed() {
            if !slot.is_getter && !slot.value.is_callable() {
                let either = self.mixed("a property that may be another", &[&slot.value, value], at);
                object.set(Slot { value: either, ..slot });
            }
        }
    }

    /// `object.name = value`, where that has been noted.
    pub(super) fn put_property(
        &mut self,
        object: &Rc<Object<'p>>,
        name: Text,
        value: Value<'p>,
        at: Site,
    ) -> Outcome<'p, ()> {
        match &object.kind {
            _ if object.has(GUARDED) && self.guarded(object, &name, &value, at)? => return Ok(()),
            Kind::List(items) if &*name == "length" || index_of(&name).is_some() => {
                let length = match index_of(&name) {
                    Some(index) => Some((index as usize + 1).max(items.borrow().len())),
                    None => self.to_number(&value).filter(|length| *length >= 0.0).map(|length| length as usize),
                };
                match length {
                    Some(length) if length <= 10_000 => {
                        let mut items = items.borrow_mut();
                        items.resize(length, Value::Undefined);
                        if let Some(index) = index_of(&name) {
                            items[index as usize] = value;
                        }
                    }
                    _ => object.open(),
                }
                return Ok(());
            }
            Kind::Instance(_) | Kind::Error(_) | Kind::Date(_) => {
                let class = class_of(object);
                if let Some(setter) = class.and_then(|class| self.setter_of(&class, &name)) {
                    let this = Value::Object(object.clone());
                    return self.call(&setter, this, vec![value], at).map(|_| ());
                }
            }
            // Nobody knows what else a part of them is a part of.
            Kind::Bytes(..) => {
                object.open();
                return Ok(());
            }
            Kind::Url(_, false) => return self.put_url_part(object, &name, &value, at),
            _ => {}
        }
        if object.own(&name).is_some_and(|(_, is_getter)| is_getter) {
            return self.throw("TypeError", "the property has only a getter", at);
        }
        object.set(Slot { name, value, is_getter: false, at });
        Ok(())
    }

    /// Whether something is put on `globalThis` where nothing was: whoever finds nothing there makes it anew, as
    /// a client that is kept for the next load of a module. No call is another one for it.
    fn is_lent_first(&mut self, object: &Rc<Object<'p>>, name: Option<&str>) -> bool {
        let is_global = matches!(&object.kind, Kind::Native(path) if &**path == "globalThis");
        let held = name.and_then(|name| object.own(name));
        let is_first = is_global && !matches!(held, Some((Value::Bool(_) | Value::Number(_) | Value::Text(_), _)));
        if is_first {
            self.may_hold_itself(object);
            if let Some(name) = object.kept_for.get() {
                self.shared.spoil(name);
            }
        }
        is_first
    }

    /// An assignment to an object that does not take any: whether it was done here.
    fn guarded(&mut self, object: &Rc<Object<'p>>, name: &str, value: &Value<'p>, at: Site) -> Outcome<'p, bool> {
        if let Some((setter, _)) = object.own(&setter(name)) {
            return self.call(&setter, Value::Object(object.clone()), vec![value.clone()], at).map(|_| true);
        }
        let refused = object.has(FROZEN)
            || object.has(&constant(name))
            || (!object.has(name) && (object.has(SEALED) || object.has(CLOSED)));
        if refused { self.throw("TypeError", "the property cannot be changed", at) } else { Ok(false) }
    }

    /// The value of what is assigned to.
    pub(super) fn read(&mut self, pattern: &'p Pattern, frame: &Frame<'p>) -> Outcome<'p> {
        match pattern {
            Pattern::Local(symbol) => Ok(frame.get(*symbol).unwrap_or(Value::Undefined)),
            Pattern::Top(symbol) => self.top(frame.module, *symbol),
            Pattern::Member(Expr { kind: ExprKind::Index(object, key, _), range }) => {
                let object = self.eval(object, frame)?;
                let key = self.eval(key, frame)?;
                // Which one it is does not matter: each may be another one afterwards.
                if self.property_name(&key).is_none() && object.as_object().is_some_and(|object| !object.is_open()) {
                    return Ok(self.mixed("an element", &[&object, &key], frame.site(*range)));
                }
                self.index(&object, &key, frame.site(*range))
            }
            Pattern::Member(expr) => self.eval(expr, frame),
            _ => Ok(Value::Undefined),
        }
    }

    /// `target++` and its like.
    pub(super) fn update(
        &mut self,
        target: &'p Pattern,
        step: f64,
        old: bool,
        frame: &Frame<'p>,
        at: Site,
    ) -> Outcome<'p> {
        let before = self.read(target, frame)?;
        let (before, after) = match self.to_number(&before) {
            Some(number) => (Value::Number(number), Value::Number(number + step)),
            None => {
                let after = self.computed(&[&before], at);
                (before, after)
            }
        };
        self.assign(target, after.clone(), frame)?;
        Ok(if old { before } else { after })
    }

    /// An object without some of its properties.
    fn without(&mut self, value: &Value<'p>, taken: &[Text]) -> Outcome<'p> {
        match value {
            Value::Object(object) => {
                let rest = Object::new(Kind::Plain, object.at);
                self.copy_properties(value, &rest, object.at)?;
                rest.properties
                    .borrow_mut()
                    .retain(|slot| !slot.is_hidden() || slot.name.starts_with("\0@") || &*slot.name == OTHERS);
                taken.iter().for_each(|name| rest.remove(name));
                Ok(Value::Object(rest))
            }
            Value::Opaque(opaque) if matches!(opaque.origin, Origin::EventData) => Ok(value.clone()),
            other => Ok(self.mixed("the rest of an object", &[other], Site::default())),
        }
    }
}
