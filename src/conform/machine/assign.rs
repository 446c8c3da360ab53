//! Binding and assigning.

use std::rc::Rc;

use super::super::program::{Pattern, Site, Text};
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
            Pattern::Local(symbol) => frame.set(*symbol, value),
            Pattern::Top(symbol) => {
                if !declare {
                    self.note_assigned(frame.module, *symbol);
                }
                self.tops.insert((frame.module, *symbol), Some(value));
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
        let (object, name) = match &expr.kind {
            ExprKind::Member(object, name, _) => (self.eval(object, frame)?, Some(name.clone())),
            ExprKind::Index(object, key, _) => {
                let object = self.eval(object, frame)?;
                let key = self.eval(key, frame)?;
                (object, self.to_text(&key))
            }
            _ => return Ok(()),
        };
        let Some(object) = object.as_object() else { return Ok(()) };
        if !self.is_lent_first(object, name.as_deref()) {
            self.touch(object);
        }
        let Some(name) = name else {
            object.open();
            return Ok(());
        };
        if let (Kind::List(items), Ok(index)) = (&object.kind, name.parse::<usize>()) {
            let mut items = items.borrow_mut();
            if index < 10_000 {
                if items.len() <= index {
                    items.resize(index + 1, Value::Undefined);
                }
                items[index] = value;
            }
            return Ok(());
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

    /// The value of what is assigned to.
    pub(super) fn read(&mut self, pattern: &'p Pattern, frame: &Frame<'p>) -> Outcome<'p> {
        match pattern {
            Pattern::Local(symbol) => Ok(frame.get(*symbol).unwrap_or(Value::Undefined)),
            Pattern::Top(symbol) => self.top(frame.module, *symbol),
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
        let after = match self.to_number(&before) {
            Some(number) => Value::Number(number + step),
            None => self.mixed("a number", &[&before], at),
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
                taken.iter().for_each(|name| rest.remove(name));
                Ok(Value::Object(rest))
            }
            Value::Opaque(opaque) if matches!(opaque.origin, Origin::EventData) => Ok(value.clone()),
            other => Ok(self.mixed("the rest of an object", &[other], Site::default())),
        }
    }
}
