//! Headers that the application makes. Those of the request are asked in `web`.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::{Kind, Machine, Object, Outcome, Value};
use crate::derive::trim;

/// The headers of the request, of which these are a copy.
const OF_REQUEST: &str = "\0request";

impl<'p> Machine<'p> {
    pub(super) fn new_headers(&mut self, from: &Value<'p>, at: Site) -> Outcome<'p> {
        let made = self.object(Kind::Headers(RefCell::default(), false), at);
        let Value::Object(object) = &made else { return Ok(made) };
        let pairs = match from {
            Value::Undefined => Vec::new(),
            Value::Object(of) if matches!(of.kind, Kind::Plain) && !of.is_open() => {
                let mut pairs = Vec::new();
                for name in self.keys(from).unwrap_or_default() {
                    let value = self.index(from, &name, at)?;
                    pairs.push((name, value));
                }
                pairs
            }
            other => match self.sequence(other, at) {
                Some(items) => {
                    let mut pairs = Vec::new();
                    for item in items {
                        pairs.push((self.member(&item, "0", at)?, self.member(&item, "1", at)?));
                    }
                    pairs
                }
                None => {
                    object.open();
                    if matches!(other.as_object().map(|of| &of.kind), Some(Kind::Headers(_, true))) {
                        object.mark(OF_REQUEST, other.clone());
                    }
                    return Ok(made);
                }
            },
        };
        for (name, value) in pairs {
            self.add_header(object, "append", &name, value);
        }
        Ok(made)
    }

    fn add_header(&mut self, object: &Rc<Object<'p>>, how: &str, name: &Value<'p>, value: Value<'p>) {
        let Kind::Headers(pairs, _) = &object.kind else { return };
        let Some(name) = self.to_text(name) else {
            object.open();
            return;
        };
        let name = Text::from(name.to_lowercase());
        let value = match self.to_text(&value) {
            Some(text) => Value::text(trim(&text)),
            None => value,
        };
        let mut pairs = pairs.borrow_mut();
        // Cookies are kept by themselves.
        let place = if how == "append" && &*name == "set-cookie" {
            None
        } else {
            pairs.iter().position(|(known, _)| *known == name)
        };
        match place {
            Some(place) if how == "append" => match (&pairs[place].1, &value) {
                (Value::Text(old), Value::Text(new)) => pairs[place].1 = Value::text(&format!("{old}, {new}")),
                _ => object.open(),
            },
            Some(place) => {
                pairs[place].1 = value;
                let first = place;
                let mut index = 0;
                pairs.retain(|(known, _)| {
                    index += 1;
                    *known != name || index - 1 <= first
                });
            }
            None => pairs.push((name, value)),
        }
    }

    pub(super) fn headers_method(
        &mut self,
        object: &Rc<Object<'p>>,
        name: &str,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Outcome<'p> {
        let Kind::Headers(pairs, _) = &object.kind else { return Ok(self.unknown("headers", at)) };
        let own = Value::Object(object.clone());
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        if matches!(name, "set" | "append" | "delete") {
            self.touch(object);
        }
        let key = self.to_text(&first).map(|key| key.to_lowercase());
        Ok(match (name, key) {
            ("set" | "append", _) => {
                let value = arguments.get(1).cloned().unwrap_or(Value::Undefined);
                // What it is added to may be there already.
                let is_added = name == "append" && object.is_open();
                let value = if is_added { self.mixed("a header", &[&value], at) } else { value };
                self.add_header(object, name, &first, value);
                Value::Undefined
            }
            ("delete", Some(key)) if object.is_open() => {
                self.add_header(object, "set", &Value::text(&key), Value::Null);
                Value::Undefined
            }
            ("delete", Some(key)) => {
                pairs.borrow_mut().retain(|(name, _)| **name != *key);
                Value::Undefined
            }
            ("delete", None) => {
                object.open();
                Value::Undefined
            }
            // What was given later is known, and the rest is the request's.
            ("get" | "has", Some(key))
                if object.is_open()
                    && (object.has(OF_REQUEST) || pairs.borrow().iter().any(|(name, _)| **name == *key)) =>
            {
                let given = pairs.borrow().iter().find(|(name, _)| **name == *key).map(|(_, value)| value.clone());
                match (given, object.own(OF_REQUEST)) {
                    (Some(given), _) if name == "has" => Value::Bool(!matches!(given, Value::Null)),
                    (Some(given), _) => given,
                    (None, Some((request, _))) => {
                        return self.call_member(&request, name, vec![Value::text(&key)], at);
                    }
                    (None, None) => self.mixed("a header", &[&first], at),
                }
            }
            ("get" | "has" | "getSetCookie" | "forEach" | "entries" | "keys" | "values" | "\0@iterator", _)
                if object.is_open() =>
            {
                return self.unmodelled("headers", &[&own], arguments, at);
            }
            ("get" | "has", None) => self.mixed("a header", &[&first], at),
            ("has", Some(key)) => Value::Bool(pairs.borrow().iter().any(|(name, _)| **name == *key)),
            ("get", Some(key)) => {
                let pairs = pairs.borrow().clone();
                let found: Vec<Value<'p>> =
                    pairs.into_iter().filter(|(name, _)| **name == *key).map(|(_, value)| value).collect();
                match found.as_slice() {
                    [] => Value::Null,
                    [one] => one.clone(),
                    many => {
                        let list = self.list(many.to_vec(), at);
                        return self.call_member(&list, "join", vec![Value::text(", ")], at);
                    }
                }
            }
            ("getSetCookie", _) => {
                let pairs = pairs.borrow().clone();
                let cookies = pairs.into_iter().filter(|(name, _)| &**name == "set-cookie");
                let cookies = cookies.map(|(_, value)| value).collect();
                self.list(cookies, at)
            }
            ("forEach" | "entries" | "keys" | "values" | "\0@iterator", _) => {
                return self.each_pair(&own, name, &first, at);
            }
            _ => return self.unmodelled("headers", &[&own], arguments, at),
        })
    }

    /// `forEach`, `entries`, `keys` and `values` of what is gone through in pairs.
    pub(super) fn each_pair(&mut self, of: &Value<'p>, name: &str, function: &Value<'p>, at: Site) -> Outcome<'p> {
        let Some(pairs) = self.sequence(of, at) else {
            return self.unmodelled("pairs", &[of], std::slice::from_ref(function), at);
        };
        if matches!(name, "entries" | "\0@iterator") {
            return Ok(self.iterator(pairs, at));
        }
        let mut out = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let (key, value) = (self.member(&pair, "0", at)?, self.member(&pair, "1", at)?);
            match name {
                "forEach" => drop(self.call(function, Value::Undefined, vec![value, key, of.clone()], at)?),
                "keys" => out.push(key),
                _ => out.push(value),
            }
        }
        Ok(if name == "forEach" { Value::Undefined } else { self.iterator(out, at) })
    }
}
