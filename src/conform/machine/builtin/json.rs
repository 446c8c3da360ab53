//! JSON.

use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::number::number_text;
use super::super::{Kind, Machine, Object, Origin, Outcome, Slot, Value};

impl<'p> Machine<'p> {
    pub(super) fn stringify(&mut self, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let keep = match arguments.get(1).and_then(|replacer| self.sequence(replacer, at)) {
            Some(names) => names.iter().map(|name| self.to_text(name)).collect::<Option<Vec<Text>>>(),
            None => None,
        };
        let indent = match arguments.get(2) {
            Some(Value::Text(text)) => text.chars().take(10).collect(),
            Some(other) => " ".repeat(self.to_number(other).unwrap_or(0.0).clamp(0.0, 10.0) as usize),
            None => String::new(),
        };
        match self.json(&first, keep.as_deref(), 0) {
            Some(Some(text)) if indent.is_empty() => Value::text(&text),
            Some(Some(text)) => Value::text(&indented(&text, &indent)),
            Some(None) => Value::Undefined,
            _ => {
                let taint = first.taint();
                self.opaque(Origin::Json(Rc::new(first)), taint, at)
            }
        }
    }

    /// The JSON of a value: `None` when it is not known, `Some(None)` when it has none.
    pub fn json(&mut self, value: &Value<'p>, keep: Option<&[Text]>, depth: u32) -> Option<Option<String>> {
        // What holds itself would be printed without end.
        if depth > 64 || self.burn().is_err() {
            return None;
        }
        Some(Some(match value {
            Value::Undefined => return Some(None),
            Value::Null => "null".into(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) if !number.is_finite() => "null".into(),
            Value::Number(number) => number_text(*number),
            Value::Text(text) => serde_json::Value::String(text.to_string()).to_string(),
            Value::Opaque(_) => return None,
            Value::Object(object) => match &object.kind {
                Kind::Date(instant) if instant.get().is_finite() => format!("\"{}\"", super::date::iso(instant.get())),
                Kind::Date(_) => "null".into(),
                Kind::List(items) => {
                    let items = items.borrow().clone();
                    let mut parts = Vec::with_capacity(items.len());
                    for item in &items {
                        parts.push(self.json(item, keep, depth + 1)?.unwrap_or_else(|| "null".into()));
                    }
                    format!("[{}]", parts.join(","))
                }
                Kind::Function(_) | Kind::Native(_) | Kind::Method(..) | Kind::Bound(..) | Kind::Class { .. } => {
                    return Some(None);
                }
                Kind::Plain | Kind::Instance(_) if !object.is_open() => {
                    let mut slots = object.properties.borrow().clone();
                    if let Some(keep) = keep {
                        slots.retain(|slot| keep.contains(&slot.name));
                        slots.sort_by_key(|slot| keep.iter().position(|name| *name == slot.name));
                    }
                    let mut parts = Vec::with_capacity(slots.len());
                    for Slot { name, value, is_getter, .. } in slots {
                        let value = if is_getter {
                            self.call(&value, Value::Object(object.clone()), Vec::new(), object.at).ok()?
                        } else {
                            value
                        };
                        if let Some(text) = self.json(&value, keep, depth + 1)? {
                            parts.push(format!("{}:{text}", serde_json::Value::String(name.to_string())));
                        }
                    }
                    format!("{{{}}}", parts.join(","))
                }
                Kind::Map(_) | Kind::Set(_) | Kind::Error(_) => "{}".into(),
                Kind::Url(text, false) => serde_json::Value::String(text.to_string()).to_string(),
                _ => return None,
            },
        }))
    }

    pub(super) fn parse_json(&mut self, value: &Value<'p>, at: Site) -> Outcome<'p> {
        match value {
            Value::Text(text) => match serde_json::from_str::<serde_json::Value>(text) {
                Ok(parsed) => Ok(self.value_of_json(&parsed, at)),
                Err(_) => self.throw("SyntaxError", "it is no JSON", at),
            },
            Value::Opaque(opaque) => match &opaque.origin {
                Origin::Json(value) => Ok((**value).clone()),
                _ => Ok(self.mixed("JSON", &[value], at)),
            },
            _ => self.throw("SyntaxError", "it is no JSON", at),
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
