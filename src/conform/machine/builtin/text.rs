//! Methods of texts. Positions count characters where the language counts UTF-16 units: the texts of a
//! contract are ASCII.

use std::cell::{LazyCell, RefCell};

use super::super::super::program::{Site, Text};
use super::super::number::text_number;
use super::super::{Kind, Machine, Outcome, Value};
use crate::derive::trim;

impl<'p> Machine<'p> {
    pub(super) fn text_method(&mut self, text: &Text, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let argument = |index: usize| arguments.get(index).cloned().unwrap_or(Value::Undefined);
        let own = Value::Text(text.clone());
        if arguments.iter().any(|argument| matches!(argument, Value::Opaque(_))) {
            return Ok(self.unknown_about(name, &own, &arguments, at));
        }
        let chars = LazyCell::new(|| text.chars().collect::<Vec<char>>());
        let length = LazyCell::new(|| chars.len() as f64);
        let number = |machine: &Self, index: usize, default: f64| match arguments.get(index) {
            None | Some(Value::Undefined) => default,
            Some(value) => machine.to_number(value).filter(|n| !n.is_nan()).unwrap_or(0.0),
        };
        let from_end =
            |position: f64| if position < 0.0 { (*length + position).max(0.0) } else { position.min(*length) };
        let cut = |from: f64, to: f64| -> Value<'p> {
            let (from, to) = (from.clamp(0.0, *length) as usize, to.clamp(0.0, *length) as usize);
            if from >= to { Value::text("") } else { Value::text(&chars[from..to].iter().collect::<String>()) }
        };
        let other = |machine: &Self| {
            arguments.first().and_then(|value| machine.to_text(value)).unwrap_or_else(|| Text::from("undefined"))
        };
        Ok(match name {
            "trim" => Value::text(trim(text)),
            "trimStart" | "trimLeft" => Value::text(text.trim_start()),
            "trimEnd" | "trimRight" => Value::text(text.trim_end()),
            "toLowerCase" | "toLocaleLowerCase" => Value::text(&text.to_lowercase()),
            "toUpperCase" | "toLocaleUpperCase" => Value::text(&text.to_uppercase()),
            "toString" | "valueOf" | "normalize" => own,
            "slice" => cut(from_end(number(self, 0, 0.0)), from_end(number(self, 1, *length))),
            "substring" => {
                let (a, b) = (number(self, 0, 0.0).max(0.0), number(self, 1, *length).max(0.0));
                cut(a.min(b), a.max(b))
            }
            "substr" => {
                let from = from_end(number(self, 0, 0.0));
                cut(from, from + number(self, 1, *length))
            }
            "charAt" => cut(number(self, 0, 0.0), number(self, 0, 0.0) + 1.0),
            "at" => {
                let position = number(self, 0, 0.0);
                let position = if position < 0.0 { *length + position } else { position };
                chars.get(position as usize).map_or(Value::Undefined, |c| Value::text(&c.to_string()))
            }
            "charCodeAt" | "codePointAt" => {
                let found = chars.get(number(self, 0, 0.0) as usize);
                found.map_or(Value::Number(f64::NAN), |c| Value::Number(f64::from(u32::from(*c))))
            }
            "startsWith" => Value::Bool(match cut(number(self, 1, 0.0), *length) {
                Value::Text(rest) => rest.starts_with(&*other(self)),
                _ => false,
            }),
            "endsWith" => Value::Bool(text.ends_with(&*other(self))),
            "includes" => Value::Bool(text.contains(&*other(self))),
            "indexOf" | "lastIndexOf" => {
                let other = other(self);
                let found = if name == "indexOf" { text.find(&*other) } else { text.rfind(&*other) };
                Value::Number(found.map_or(-1.0, |byte| text[..byte].chars().count() as f64))
            }
            "repeat" => {
                let count = number(self, 0, 0.0).clamp(0.0, 10_000.0) as usize;
                if text.len().saturating_mul(count) > super::super::LONGEST {
                    return Ok(self.unknown_text(&[&own], at));
                }
                Value::text(&text.repeat(count))
            }
            "padStart" | "padEnd" => {
                let fill =
                    if arguments.len() > 1 { self.to_text(&argument(1)).unwrap_or_default() } else { Text::from(" ") };
                let missing = (number(self, 0, 0.0).clamp(0.0, 10_000.0) as usize).saturating_sub(chars.len());
                let fill: String = fill.chars().cycle().take(missing).collect();
                Value::text(&if name == "padStart" { format!("{fill}{text}") } else { format!("{text}{fill}") })
            }
            "concat" => {
                let mut parts = vec![own];
                parts.extend(arguments);
                self.joined(parts, at)
            }
            "split" => match argument(0) {
                Value::Undefined => self.list(vec![own], at),
                Value::Object(object) => match &object.kind {
                    Kind::Regex(Some(regex), _) => {
                        let parts = regex.split(text).map(Value::text).collect();
                        self.list(parts, at)
                    }
                    _ => self.mixed("a list", &[&own], at),
                },
                _ if other(self).is_empty() => {
                    let parts = chars.iter().map(|c| Value::text(&c.to_string())).collect();
                    self.list(parts, at)
                }
                _ => {
                    let parts = text.split(&*other(self)).map(Value::text).collect();
                    self.list(parts, at)
                }
            },
            "replace" | "replaceAll" => {
                return self.replace(text, name == "replaceAll", &argument(0), &argument(1), at);
            }
            "match" => self.match_text(text, &argument(0), at),
            "localeCompare" => Value::Number(match (**text).cmp(&*other(self)) {
                std::cmp::Ordering::Less => -1.0,
                std::cmp::Ordering::Equal => 0.0,
                std::cmp::Ordering::Greater => 1.0,
            }),
            "length" => Value::Number(text_number(&length.to_string())),
            _ => self.unknown_about(name, &own, &arguments, at),
        })
    }

    fn unknown_about(&mut self, name: &str, own: &Value<'p>, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        let mut of: Vec<&Value<'p>> = vec![own];
        of.extend(arguments);
        match name {
            "startsWith" | "endsWith" | "includes" => match arguments.first() {
                Some(first) => self.compared("text", own, first, at),
                None => Value::Bool(false),
            },
            "indexOf" | "lastIndexOf" | "localeCompare" | "charCodeAt" => self.mixed("a number", &of, at),
            "split" => self.mixed("a list", &of, at),
            _ => self.unknown_text(&of, at),
        }
    }

    fn replace(&mut self, text: &Text, all: bool, what: &Value<'p>, with: &Value<'p>, at: Site) -> Outcome<'p> {
        let with_text = if with.is_callable() { None } else { self.to_text(with) };
        match what {
            Value::Object(object) => {
                let Kind::Regex(Some(regex), flags) = &object.kind else {
                    return Ok(self.unknown_text(&[], at));
                };
                let all = all || flags.contains('g');
                let mut out = String::new();
                let mut last = 0;
                for found in regex.captures_iter(text) {
                    let Some(whole) = found.get(0) else { continue };
                    out.push_str(&text[last..whole.start()]);
                    match &with_text {
                        Some(with) => out.push_str(&expand(with, &found)),
                        None => {
                            let groups = found.iter().map(|g| g.map_or(Value::Undefined, |g| Value::text(g.as_str())));
                            let given = groups.collect();
                            let made = self.call(with, Value::Undefined, given, at)?;
                            match self.to_text(&made) {
                                Some(made) => out.push_str(&made),
                                None => return Ok(self.unknown_text(&[&made], at)),
                            }
                        }
                    }
                    last = whole.end();
                    if !all {
                        break;
                    }
                }
                out.push_str(&text[last..]);
                Ok(Value::text(&out))
            }
            other => match (self.to_text(other), with_text) {
                (Some(what), Some(with)) if all => Ok(Value::text(&text.replace(&*what, &with))),
                (Some(what), Some(with)) => Ok(Value::text(&text.replacen(&*what, &with, 1))),
                _ => Ok(self.unknown_text(&[other], at)),
            },
        }
    }

    fn match_text(&mut self, text: &Text, what: &Value<'p>, at: Site) -> Value<'p> {
        let Some(Kind::Regex(Some(regex), flags)) = what.as_object().map(|object| &object.kind) else {
            return self.mixed("a match", &[what], at);
        };
        if flags.contains('g') {
            let found: Vec<Value<'p>> = regex.find_iter(text).map(|found| Value::text(found.as_str())).collect();
            return if found.is_empty() { Value::Null } else { self.list(found, at) };
        }
        let regex = regex.clone();
        self.captures(&regex, text, at)
    }

    pub(super) fn captures(&mut self, regex: &regex::Regex, text: &str, at: Site) -> Value<'p> {
        let Some(found) = regex.captures(text) else { return Value::Null };
        let group = |g: Option<regex::Match<'_>>| g.map_or(Value::Undefined, |g| Value::text(g.as_str()));
        let items = found.iter().map(group).collect();
        let named: Vec<(&str, Value<'p>)> =
            regex.capture_names().flatten().map(|name| (name, group(found.name(name)))).collect();
        let groups = self.record(named, at);
        let object = super::super::Object::new(Kind::List(RefCell::new(items)), at);
        object.set(super::super::Slot { name: Text::from("groups"), value: groups, is_getter: false, at });
        Value::Object(object)
    }
}

/// `$1` and `$&` of a replacement.
fn expand(with: &str, found: &regex::Captures<'_>) -> String {
    let mut out = String::new();
    let mut chars = with.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek().copied()) {
            ('$', Some('&')) => {
                chars.next();
                out.push_str(found.get(0).map_or("", |g| g.as_str()));
            }
            ('$', Some(digit)) if digit.is_ascii_digit() && digit != '0' => {
                chars.next();
                let index = digit.to_digit(10).unwrap_or(0) as usize;
                out.push_str(found.get(index).map_or("", |g| g.as_str()));
            }
            ('$', Some('$')) => {
                chars.next();
                out.push('$');
            }
            _ => out.push(c),
        }
    }
    out
}
