//! `Map` and `Set`.

use std::cell::RefCell;

use super::super::super::program::Site;
use super::super::{Kind, Machine, Outcome, Value};

impl<'p> Machine<'p> {
    pub(super) fn new_map(&mut self, from: &Value<'p>, at: Site) -> Value<'p> {
        let mut entries = Vec::new();
        let pairs = self.sequence(from, at);
        let is_open = pairs.is_none() && !from.is_nullish();
        for pair in pairs.unwrap_or_default() {
            let key = self.member(&pair, "0", at).unwrap_or(Value::Undefined);
            let value = self.member(&pair, "1", at).unwrap_or(Value::Undefined);
            entries.push((key, value));
        }
        let map = self.object(Kind::Map(RefCell::new(entries)), at);
        if let (true, Some(object)) = (is_open, map.as_object()) {
            object.open();
        }
        map
    }

    pub(super) fn new_set(&mut self, from: &Value<'p>, at: Site) -> Value<'p> {
        if let Value::Opaque(_) = from {
            return self.mixed("a set", &[from], at);
        }
        let mut items: Vec<Value<'p>> = Vec::new();
        for item in self.sequence(from, at).unwrap_or_default() {
            if !self.holds(&items, &item) {
                items.push(item);
            }
        }
        self.object(Kind::Set(RefCell::new(items)), at)
    }

    fn holds(&mut self, items: &[Value<'p>], item: &Value<'p>) -> bool {
        items.iter().any(|other| matches!(self.same(other, item, Site::default()), Value::Bool(true)))
    }

    pub(super) fn map_method(
        &mut self,
        map: &Value<'p>,
        entries: &RefCell<Vec<(Value<'p>, Value<'p>)>>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        if let (Value::Object(object), "set" | "delete" | "clear") = (map, name) {
            self.touch(object);
        }
        let key = arguments.first().cloned().unwrap_or(Value::Undefined);
        let now = entries.borrow().clone();
        let keys: Vec<Value<'p>> = now.iter().map(|(key, _)| key.clone()).collect();
        let place = keys.iter().position(|other| matches!(self.same(other, &key, at), Value::Bool(true)));
        // What is not found may be under a key that is not known.
        let is_open = matches!(key, Value::Opaque(_))
            || map.as_object().is_some_and(|map| map.is_open())
            || keys.iter().any(|key| matches!(key, Value::Opaque(_)));
        Ok(match name {
            "get" => match place {
                Some(place) => now[place].1.clone(),
                None if is_open => self.mixed("an element", &[&key], at),
                None => Value::Undefined,
            },
            "has" if place.is_none() && is_open => self.compared("has", map, &key, at),
            "has" => Value::Bool(place.is_some()),
            "set" => {
                let value = arguments.get(1).cloned().unwrap_or(Value::Undefined);
                match place {
                    Some(place) => entries.borrow_mut()[place].1 = value,
                    None => entries.borrow_mut().push((key, value)),
                }
                map.clone()
            }
            "delete" => {
                if let Some(place) = place {
                    entries.borrow_mut().remove(place);
                }
                Value::Bool(place.is_some())
            }
            "clear" => {
                entries.borrow_mut().clear();
                Value::Undefined
            }
            "keys" => self.list(keys, at),
            "values" => {
                let values = now.into_iter().map(|(_, value)| value).collect();
                self.list(values, at)
            }
            "entries" => {
                let pairs = now.into_iter().map(|(key, value)| self.list(vec![key, value], at)).collect();
                self.list(pairs, at)
            }
            "forEach" => {
                for (entry, value) in now {
                    self.call(&key, Value::Undefined, vec![value, entry, map.clone()], at)?;
                }
                Value::Undefined
            }
            _ => self.mixed("a value", &[map], at),
        })
    }

    pub(super) fn set_method(
        &mut self,
        set: &Value<'p>,
        items: &RefCell<Vec<Value<'p>>>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        if let (Value::Object(object), "add" | "delete" | "clear") = (set, name) {
            self.touch(object);
        }
        let item = arguments.first().cloned().unwrap_or(Value::Undefined);
        let now = items.borrow().clone();
        Ok(match name {
            "has" if matches!(item, Value::Opaque(_)) => self.compared("has", set, &item, at),
            "has" => Value::Bool(self.holds(&now, &item)),
            "add" => {
                if !self.holds(&now, &item) {
                    items.borrow_mut().push(item);
                }
                set.clone()
            }
            "delete" => {
                let before = now.len();
                let kept: Vec<Value<'p>> =
                    now.into_iter().filter(|other| !matches!(self.same(other, &item, at), Value::Bool(true))).collect();
                let removed = kept.len() < before;
                *items.borrow_mut() = kept;
                Value::Bool(removed)
            }
            "clear" => {
                items.borrow_mut().clear();
                Value::Undefined
            }
            "values" | "keys" => self.list(now, at),
            "forEach" => {
                for value in now {
                    self.call(&item, Value::Undefined, vec![value.clone(), value, set.clone()], at)?;
                }
                Value::Undefined
            }
            _ => self.mixed("a value", &[set], at),
        })
    }
}
