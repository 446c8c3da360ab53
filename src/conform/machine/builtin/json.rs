//! JSON.

use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::number::number_text;
use super::super::{Holder, Kind, Machine, Object, Origin, Outcome, Slot, Value};

/// What `JSON.stringify` was told to keep, or to make of values.
#[derive(Clone, Copy)]
enum Replacer<'r, 'p> {
    /// Nothing.
    None,
    /// Only these properties.
    Keep(&'r [Text]),
    /// What this function makes of them.
    Call(&'r Value<'p>),
}

impl<'p> Machine<'p> {
    pub(super) fn stringify(&mut self, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let keep = match arguments.get(1) {
            Some(replacer @ Value::Object(_)) if !replacer.is_callable() => match self.sequence(replacer, at) {
                Some(names) => match names.iter().map(|name| self.to_text(name)).collect::<Option<Vec<Text>>>() {
                    Some(names) => Some(names),
                    None => return Ok(self.unknown_text(&[&first], at)),
                },
                None => None,
            },
            Some(Value::Opaque(_)) => return Ok(self.unknown_text(&[&first], at)),
            _ => None,
        };
        let replacer = match (&keep, arguments.get(1)) {
            (Some(names), _) => Replacer::Keep(names),
            (None, Some(function)) if function.is_callable() => Replacer::Call(function),
            _ => Replacer::None,
        };
        let indent = match arguments.get(2) {
            Some(Value::Text(text)) => text.chars().take(10).collect(),
            Some(Value::Number(count)) => " ".repeat(count.clamp(0.0, 10.0) as usize),
            Some(Value::Opaque(_)) => return Ok(self.unknown_text(&[&first], at)),
            _ => String::new(),
        };
        let text = match replacer {
            Replacer::Call(function) => {
                let holder = self.record(vec![("", first.clone())], at);
                let made = self.call(function, holder, vec![Value::text(""), first.clone()], at)?;
                self.json_of(&made, "", replacer, 0, at)?
            }
            _ => self.json_of(&first, "", replacer, 0, at)?,
        };
        Ok(match text {
            Some(Some(text)) if indent.is_empty() => Value::text(&text),
            Some(Some(text)) => Value::text(&indented(&text, &indent)),
            Some(None) => Value::Undefined,
            None if matches!(replacer, Replacer::Call(_)) => self.unknown_text(&[&first], at),
            None => {
                let taint = first.taint();
                self.opaque(Origin::Json(Rc::new(first)), taint, at)
            }
        })
    }

    /// The JSON of a value: `None` when it is not known, `Some(None)` when it has none.
    fn json_of(
        &mut self,
        value: &Value<'p>,
        key: &str,
        how: Replacer<'_, 'p>,
        depth: u32,
        at: Site,
    ) -> Outcome<'p, Option<Option<String>>> {
        // What holds itself would be printed without end.
        if depth > 64 {
            return Ok(None);
        }
        self.burn()?;
        let object = match value {
            Value::Undefined => return Ok(Some(None)),
            Value::Null => return Ok(Some(Some("null".into()))),
            Value::Bool(value) => return Ok(Some(Some(value.to_string()))),
            Value::Number(number) if !number.is_finite() => return Ok(Some(Some("null".into()))),
            Value::Number(number) => return Ok(Some(Some(number_text(*number)))),
            Value::Text(text) => return Ok(Some(Some(quoted(text)))),
            Value::Opaque(_) => return Ok(None),
            Value::Object(object) => object,
        };
        if matches!(object.kind, Kind::Plain | Kind::Instance(_) | Kind::Error(_)) && !object.is_open() {
            let of_class = super::super::instance::class_of(object)
                .is_some_and(|class| self.inherited(&class, "toJSON").is_some());
            if of_class || object.has("toJSON") {
                let made = self.call_member(value, "toJSON", vec![Value::text(key)], at)?;
                let same = made.as_object().is_some_and(|made| Rc::ptr_eq(made, object));
                return if same { Ok(None) } else { self.json_of(&made, key, how, depth + 1, at) };
            }
        }
        Ok(Some(Some(match &object.kind {
            Kind::Date(instant) if instant.get().is_finite() => format!("\"{}\"", super::date::iso(instant.get())),
            Kind::Date(_) => "null".into(),
            _ if object.is_open() => return Ok(None),
            Kind::List(items) if !object.has(super::list::iterator::NEXT) => {
                let items = items.borrow().clone();
                let mut parts = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    let name = index.to_string();
                    let item = self.replaced(value, &name, item.clone(), how, at)?;
                    match self.json_of(&item, &name, how, depth + 1, at)? {
                        Some(text) => parts.push(text.unwrap_or_else(|| "null".into())),
                        None => return Ok(None),
                    }
                }
                format!("[{}]", parts.join(","))
            }
            Kind::Function(_)
            | Kind::Native(_)
            | Kind::Method(..)
            | Kind::Bound(..)
            | Kind::Class { .. }
            | Kind::Symbol(_) => return Ok(Some(None)),
            Kind::Bytes(bytes, Holder::Buffer) => {
                let bytes: Vec<String> = bytes.iter().map(u8::to_string).collect();
                format!("{{\"type\":\"Buffer\",\"data\":[{}]}}", bytes.join(","))
            }
            Kind::Bytes(bytes, Holder::Array) => {
                let bytes = bytes.iter().enumerate().map(|(index, byte)| format!("\"{index}\":{byte}"));
                format!("{{{}}}", bytes.collect::<Vec<_>>().join(","))
            }
            Kind::Url(_, false) => match self.to_text(value) {
                Some(text) => quoted(&text),
                None => return Ok(None),
            },
            Kind::Plain
            | Kind::Instance(_)
            | Kind::Error(_)
            | Kind::Map(_)
            | Kind::Set(_)
            | Kind::List(_)
            | Kind::Query(_, false)
            | Kind::Regex(..)
            | Kind::Promise(_)
            | Kind::Pending(_) => {
                let mut slots = object.listed();
                if matches!(object.kind, Kind::Regex(..)) {
                    slots.clear();
                }
                if let Replacer::Keep(keep) = how {
                    slots.retain(|slot| keep.contains(&slot.name));
                    slots.sort_by_key(|slot| keep.iter().position(|name| *name == slot.name));
                }
                let mut parts = Vec::with_capacity(slots.len());
                for Slot { name, value: item, is_getter, .. } in slots {
                    let item = if is_getter { self.call(&item, value.clone(), Vec::new(), at)? } else { item };
                    let item = self.replaced(value, &name, item, how, at)?;
                    match self.json_of(&item, &name, how, depth + 1, at)? {
                        Some(Some(text)) => parts.push(format!("{}:{text}", quoted(&name))),
                        Some(None) => {}
                        None => return Ok(None),
                    }
                }
                format!("{{{}}}", parts.join(","))
            }
            _ => return Ok(None),
        })))
    }

    fn replaced(
        &mut self,
        holder: &Value<'p>,
        name: &str,
        value: Value<'p>,
        how: Replacer<'_, 'p>,
        at: Site,
    ) -> Outcome<'p> {
        let Replacer::Call(function) = how else { return Ok(value) };
        // It is told what `toJSON` makes of an instant.
        let value = match value.as_object().map(|object| &object.kind) {
            Some(Kind::Date(instant)) if instant.get().is_finite() => Value::text(&super::date::iso(instant.get())),
            Some(Kind::Date(_)) => Value::Null,
            _ => value,
        };
        self.call(function, holder.clone(), vec![Value::text(name), value], at)
    }

    /// `JSON.parse`, with a function that is told every value.
    pub(super) fn parse_with(&mut self, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let parsed = self.parse_json(&first, at)?;
        match arguments.get(1) {
            Some(reviver) if reviver.is_callable() => {
                if matches!(parsed, Value::Opaque(_)) || matches!(first, Value::Opaque(_)) {
                    return self.unmodelled("JSON", &[&first], std::slice::from_ref(reviver), at);
                }
                let holder = self.record(vec![("", parsed.clone())], at);
                self.revived(&holder, "", parsed, reviver, at)
            }
            _ => Ok(parsed),
        }
    }

    fn revived(
        &mut self,
        holder: &Value<'p>,
        name: &str,
        value: Value<'p>,
        reviver: &Value<'p>,
        at: Site,
    ) -> Outcome<'p> {
        if let Value::Object(object) = &value {
            match &object.kind {
                Kind::List(items) => {
                    let count = items.borrow().len();
                    for index in 0..count {
                        let item = items.borrow()[index].clone();
                        let made = self.revived(&value, &index.to_string(), item, reviver, at)?;
                        items.borrow_mut()[index] = made;
                    }
                }
                _ => {
                    for slot in object.listed() {
                        match self.revived(&value, &slot.name, slot.value.clone(), reviver, at)? {
                            Value::Undefined => object.remove(&slot.name),
                            made => object.set(Slot { value: made, ..slot }),
                        }
                    }
                }
            }
            self.may_hold_itself(object);
        }
        self.call(reviver, holder.clone(), vec![Value::text(name), value], at)
    }

    /// A copy of a value as `structuredClone` makes it; `None` for what is not known, or cannot be copied.
    pub(super) fn copied(&mut self, value: &Value<'p>, depth: u32, at: Site) -> Option<Value<'p>> {
        let Value::Object(object) = value else {
            return if matches!(value, Value::Opaque(_)) && depth == 0 { None } else { Some(value.clone()) };
        };
        if depth > 64 || object.is_open() {
            return None;
        }
        let copy = |machine: &mut Self, value: &Value<'p>| machine.copied(value, depth + 1, at);
        Some(match &object.kind {
            Kind::List(items) => {
                let items = items.borrow().clone();
                let items = items.iter().map(|item| copy(self, item)).collect::<Option<Vec<_>>>()?;
                self.list(items, at)
            }
            Kind::Set(items) => {
                let items = items.borrow().clone();
                let items = items.iter().map(|item| copy(self, item)).collect::<Option<Vec<_>>>()?;
                self.object(Kind::Set(items.into()), at)
            }
            Kind::Map(entries) => {
                let entries = entries.borrow().clone();
                let entries = entries
                    .iter()
                    .map(|(key, value)| Some((copy(self, key)?, copy(self, value)?)))
                    .collect::<Option<Vec<_>>>()?;
                self.object(Kind::Map(entries.into()), at)
            }
            Kind::Date(instant) => self.instant(instant.get(), at),
            Kind::Bytes(bytes, holder) if *holder != Holder::Buffer => {
                self.object(Kind::Bytes(bytes.clone(), *holder), at)
            }
            Kind::Plain | Kind::Instance(_) => {
                let new = Object::new(Kind::Plain, at);
                for slot in object.listed() {
                    let value = if slot.is_getter {
                        self.call(&slot.value, value.clone(), Vec::new(), at).ok()?
                    } else {
                        slot.value
                    };
                    if value.is_callable() {
                        return None;
                    }
                    let value = copy(self, &value)?;
                    new.set(Slot { name: slot.name, value, is_getter: false, at: slot.at });
                }
                Value::Object(new)
            }
            _ => return None,
        })
    }

    pub(super) fn parse_json(&mut self, value: &Value<'p>, at: Site) -> Outcome<'p> {
        match value {
            Value::Text(text) => match serde_json::from_str::<serde_json::Value>(text) {
                Ok(parsed) => Ok(self.value_of_json(&parsed, at)),
                // Halves of characters and numbers without end, which ours does not take.
                Err(_) if text.contains("\\u") || text.len() > 300 => Ok(self.mixed("JSON", &[], at)),
                Err(_) => self.throw("SyntaxError", "it is no JSON", at),
            },
            Value::Opaque(opaque) => match &opaque.origin {
                Origin::Json(value) => Ok((**value).clone()),
                _ => Ok(self.mixed("JSON", &[value], at)),
            },
            other => match self.to_text(other) {
                Some(text) => self.parse_json(&Value::Text(text), at),
                None => Ok(self.mixed("JSON", &[other], at)),
            },
        }
    }

    pub(super) fn value_of_json(&mut self, value: &serde_json::Value, at: Site) -> Value<'p> {
        match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(*value),
            serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Value::text(text),
            serde_json::Value::Array(items) => {
                let items = items.iter().map(|item| self.value_of_json(item, at)).collect();
                self.list(items, at)
            }
            serde_json::Value::Object(map) => {
                let object = Object::new(Kind::Plain, at);
                for (name, value) in map {
                    let value = self.value_of_json(value, at);
                    object.set(Slot { name: Text::from(name.as_str()), value, is_getter: false, at });
                }
                Value::Object(object)
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_string()).to_string()
}

/// JSON without white space as `JSON.stringify` prints it with an indent.
fn indented(json: &str, indent: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let mut rest = json.chars().peekable();
    while let Some(c) = rest.next() {
        if in_text {
            out.push(c);
            in_text = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            '{' | '[' if matches!(rest.peek(), Some('}' | ']')) => {
                out.push(c);
                out.extend(rest.next());
            }
            '{' | '[' | ',' => {
                depth += usize::from(c != ',');
                out.push(c);
                out.push('\n');
                out.push_str(&indent.repeat(depth));
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                out.push('\n');
                out.push_str(&indent.repeat(depth));
                out.push(c);
            }
            ':' => out.push_str(": "),
            _ => {
                in_text = c == '"';
                out.push(c);
            }
        }
    }
    out
}
