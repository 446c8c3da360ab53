//! Functions of `Object`.

use super::super::super::program::{Site, Text};
use super::super::{Kind, Machine, Object, Outcome, Slot, Value};

impl<'p> Machine<'p> {
    pub(super) fn object_function(&mut self, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        Ok(match name {
            "freeze" | "seal" | "preventExtensions" => first,
            "keys" | "getOwnPropertyNames" => match self.keys(&first) {
                Some(keys) => self.list(keys, at),
                None => self.mixed("a list", &[&first], at),
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
                match self.sequence(&first, at) {
                    Some(pairs) => {
                        for pair in pairs {
                            let key = self.member(&pair, "0", at)?;
                            let value = self.member(&pair, "1", at)?;
                            match self.to_text(&key) {
                                Some(name) => object.set(Slot { name, value, is_getter: false, at }),
                                None => object.open(),
                            }
                        }
                    }
                    None => object.open(),
                }
                Value::Object(object)
            }
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
                if let Value::Object(_) = &first {
                    self.copy_properties(&first, &object, at)?;
                }
                Value::Object(object)
            }
            "hasOwn" => match (first.as_object(), arguments.get(1).and_then(|key| self.to_text(key))) {
                (Some(object), Some(key)) if !object.is_open() => Value::Bool(object.own(&key).is_some()),
                _ => self.compared("hasOwn", &first, arguments.get(1).unwrap_or(&Value::Undefined), at),
            },
            "is" => self.same(&first, arguments.get(1).unwrap_or(&Value::Undefined), at),
            "defineProperty" => {
                if let (Some(object), Some(name), Some(how)) =
                    (first.as_object(), arguments.get(1).and_then(|key| self.to_text(key)), arguments.get(2))
                {
                    self.touch(object);
                    let value = self.member(how, "value", at)?;
                    object.set(Slot { name: Text::clone(&name), value, is_getter: false, at });
                }
                first
            }
            _ => self.mixed("an object", &[&first], at),
        })
    }
}
