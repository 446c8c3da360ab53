//! `Map` and `Set`.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::super::program::Site;
use super::super::among::is_few;
use super::super::environment::of_variables;
use super::super::{Kind, Machine, Object, Outcome, Value};

impl<'p> Machine<'p> {
    pub(super) fn new_map(&mut self, from: &Value<'p>, at: Site) -> Value<'p> {
        let mut entries = Vec::new();
        let pairs = self.sequence(from, at);
        let is_open = pairs.is_none() && !from.is_nullish();
        for pair in pairs.unwrap_or_default() {
            let key = self.member(&pair, "0", at).unwrap_or(Value::Undefined);
            let value = self.member(&pair, "1", at).unwrap_or(Value::Undefined);
            let known = entries.iter_mut().find(|(known, _)| is_same(known, &key));
            match known {
                Some((_, old)) => *old = value,
                None => entries.push((key, value)),
            }
        }
        let map = self.object(Kind::Map(RefCell::new(entries)), at);
        if let Some(object) = map.as_object() {
            if from.as_object().is_some_and(|from| from.has_variables()) {
                of_variables(object);
            }
            if is_open {
                object.open();
            }
        }
        map
    }

    pub(super) fn new_set(&mut self, from: &Value<'p>, at: Site) -> Value<'p> {
        if let Value::Opaque(_) = from {
            return self.mixed("a set", &[from], at);
        }
        let mut items: Vec<Value<'p>> = Vec::new();
        let sequence = self.sequence(from, at);
        let is_open = sequence.is_none() && !from.is_nullish();
        for item in sequence.unwrap_or_default() {
            if !self.holds(&items, &item) {
                items.push(item);
            }
        }
        let set = self.object(Kind::Set(RefCell::new(items)), at);
        if let (true, Some(object)) = (is_open, set.as_object()) {
            object.open();
        }
        set
    }

    fn holds(&mut self, items: &[Value<'p>], item: &Value<'p>) -> bool {
        items
            .iter()
            .any(|other| is_same(other, item) || matches!(self.same(other, item, Site::default()), Value::Bool(true)))
    }

    /// What is and is not in another set; `None` when one of them is not known.
    fn combined(&mut self, name: &str, one: &[Value<'p>], other: &Value<'p>, at: Site) -> Option<Value<'p>> {
        let other = match other.as_object().map(|object| &object.kind) {
            Some(Kind::Set(_) | Kind::Map(_)) => self.sequence(other, at)?,
            _ => return None,
        };
        if one.iter().chain(&other).any(|item| matches!(item, Value::Opaque(_))) {
            return None;
        }
        let mut both: Vec<Value<'p>> = Vec::new();
        let mut only: Vec<Value<'p>> = Vec::new();
        for item in one {
            if self.holds(&other, item) { both.push(item.clone()) } else { only.push(item.clone()) }
        }
        let mut new: Vec<Value<'p>> = Vec::new();
        for item in &other {
            if !self.holds(one, item) {
                new.push(item.clone());
            }
        }
        let items = match name {
            "union" => [one.to_vec(), new].concat(),
            "intersection" if one.len() <= other.len() => both,
            "intersection" => {
                let mut items = Vec::new();
                for item in other {
                    if self.holds(one, &item) {
                        items.push(item);
                    }
                }
                items
            }
            "difference" => only,
            "symmetricDifference" => [only, new].concat(),
            "isSubsetOf" => return Some(Value::Bool(only.is_empty())),
            "isSupersetOf" => return Some(Value::Bool(new.is_empty())),
            "isDisjointFrom" => return Some(Value::Bool(both.is_empty())),
            _ => return None,
        };
        Some(self.object(Kind::Set(RefCell::new(items)), at))
    }

    /// Methods of lists and maps of variables.
    pub(super) fn env_method(
        &mut self,
        object: &Rc<Object<'p>>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        if let (Kind::Map(entries), "get", Some(Value::Text(key))) = (&object.kind, name, arguments.first()) {
            return Ok(self.variable_in(&entries.borrow().clone(), key, at));
        }
        self.among_variables(|machine| match &object.kind {
            Kind::List(items) => machine.list_method(object, items, name, arguments, at),
            Kind::Map(entries) => machine.map_method(&Value::Object(object.clone()), entries, name, arguments, at),
            _ => Ok(machine.unknown("a method", at)),
        })
    }

    /// Methods of maps.
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
        let place = keys
            .iter()
            .position(|other| is_same(other, &key) || matches!(self.same(other, &key, at), Value::Bool(true)));
        // What is not found may be under a key that is not known.
        let map_is_open = map.as_object().is_some_and(|map| map.is_open());
        let is_open = matches!(key, Value::Opaque(_)) && !keys.is_empty()
            || map_is_open
            || keys.iter().any(|key| matches!(key, Value::Opaque(_)));
        if map_is_open && matches!(name, "keys" | "values" | "entries" | "forEach" | "\0@iterator" | "delete") {
            return self.unmodelled("a list", &[map], &arguments, at);
        }
        Ok(match name {
            "get" => match place {
                Some(place) => now[place].1.clone(),
                None if is_open && !map_is_open && is_few(&now) => self.one_of(now, &key, at),
                None if is_open => self.mixed("an element", &[&key], at),
                None => Value::Undefined,
            },
            "has" if place.is_none() && is_open && !map_is_open => self.is_one_of(&keys, &key, map, at),
            "has" if place.is_none() && is_open => self.compared("has", map, &key, at),
            "has" => Value::Bool(place.is_some()),
            "set" => {
                let value = arguments.get(1).cloned().unwrap_or(Value::Undefined);
                match place {
                    Some(place) => entries.borrow_mut()[place].1 = value,
                    None => {
                        if self.walk.among_variables > 0 {
                            map.as_object().inspect(|map| of_variables(map));
                        }
                        // Each of them may be the one that is set.
                        for (index, (other, old)) in now.iter().enumerate() {
                            let may_be = !matches!(self.same(other, &key, at), Value::Bool(false));
                            if may_be && !old.is_callable() {
                                entries.borrow_mut()[index].1 = self.mixed("an element", &[old, &value], at);
                            }
                        }
                        entries.borrow_mut().push((key, value));
                    }
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
            "keys" => self.iterator(keys, at),
            "values" => {
                let values = now.into_iter().map(|(_, value)| value).collect();
                self.iterator(values, at)
            }
            "entries" | "\0@iterator" => {
                let pairs = now.into_iter().map(|(key, value)| self.list(vec![key, value], at)).collect();
                self.iterator(pairs, at)
            }
            "forEach" => {
                for (entry, value) in now {
                    let given = vec![value, entry, map.clone()];
                    self.forgotten(false, at, |machine| machine.call(&key, Value::Undefined, given, at))?;
                }
                Value::Undefined
            }
            _ => return self.no_method(map, name, &arguments, at),
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
        let is_open = set.as_object().is_some_and(|set| set.is_open());
        if is_open && !matches!(name, "has" | "add") {
            return self.unmodelled("a value", &[set], &arguments, at);
        }
        let is_open = is_open || now.iter().any(|item| matches!(item, Value::Opaque(_)));
        if name == "has" {
            self.note_named(&item, &now, at);
        }
        Ok(match name {
            "has" if self.holds(&now, &item) => Value::Bool(true),
            "has" if is_open => self.compared("has", set, &item, at),
            "has" if matches!(item, Value::Opaque(_)) => self.is_one_of(&now, &item, set, at),
            "has" => Value::Bool(false),
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
            "values" | "keys" | "\0@iterator" => self.iterator(now, at),
            "entries" => {
                let pairs = now.into_iter().map(|item| self.list(vec![item.clone(), item], at)).collect();
                self.iterator(pairs, at)
            }
            "forEach" => {
                for value in now {
                    let given = vec![value.clone(), value, set.clone()];
                    self.forgotten(false, at, |machine| machine.call(&item, Value::Undefined, given, at))?;
                }
                Value::Undefined
            }
            _ => match self.combined(name, &now, &item, at) {
                Some(made) => made,
                None => return self.no_method(set, name, &arguments, at),
            },
        })
    }
}

impl<'p> Machine<'p> {
    /// Whether something unknown is one of what is known: surely none of nothing, and of one the question whether it
    /// is that.
    pub(super) fn is_one_of(&mut self, all: &[Value<'p>], item: &Value<'p>, of: &Value<'p>, at: Site) -> Value<'p> {
        match all {
            [] => Value::Bool(false),
            [only] => self.same(only, item, at),
            _ => self.compared("has", of, item, at),
        }
    }
}

/// Whether keys are surely the same: unlike for `===`, what is no number is the same as itself.
fn is_same<'p>(one: &Value<'p>, other: &Value<'p>) -> bool {
    match (one, other) {
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a == b || (a.is_nan() && b.is_nan()),
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Object(a), Value::Object(b)) => std::rc::Rc::ptr_eq(a, b),
        _ => false,
    }
}
