//! Methods of texts. Positions count units of UTF-16, as the language does.

pub(super) mod collate;
mod search;
pub(super) mod units;

use super::super::super::program::{Site, Text};
use super::super::operator::int32;
use super::super::{Abrupt, Kind, LONGEST, Machine, Outcome, Value};
use crate::derive::trim;
use collate::Collation;
use units::Units;

impl<'p> Machine<'p> {
    pub(in super::super) fn text_method(
        &mut self,
        text: &Text,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let argument = |index: usize| arguments.get(index).cloned().unwrap_or(Value::Undefined);
        let own = Value::Text(text.clone());
        if arguments.iter().any(|argument| matches!(argument, Value::Opaque(_))) {
            if arguments.iter().any(Value::is_callable) {
                return Err(Abrupt::Halt);
            }
            return Ok(self.unknown_about(name, &own, &arguments, at));
        }
        let units = Units::of(text);
        let length = || units.count() as f64;
        // ToIntegerOrInfinity of an argument; an object that says for itself what it is, is not asked.
        let number = |machine: &Self, index: usize, default: f64| match arguments.get(index) {
            None | Some(Value::Undefined) => default,
            Some(value) => machine.to_number(value).filter(|n| !n.is_nan()).unwrap_or(0.0).trunc(),
        };
        let from_end =
            |position: f64| if position < 0.0 { (length() + position).max(0.0) } else { position.min(length()) };
        let cut = |machine: &mut Self, from: f64, to: f64| -> Value<'p> {
            let (from, to) = (from.clamp(0.0, length()) as usize, to.clamp(0.0, length()) as usize);
            match units.cut(from, to) {
                Some(text) => Value::text(&text),
                None => machine.unknown_text(&[], at),
            }
        };
        let other = |machine: &Self| match arguments.first() {
            None => Some(Text::from("undefined")),
            Some(value) => machine.to_text(value),
        };
        Ok(match name {
            "trim" => Value::text(trim(text)),
            "trimStart" | "trimLeft" => {
                // What is trimmed at the end is not asked for here.
                let whole = format!("{text}.");
                let kept = trim(&whole);
                Value::text(&kept[..kept.len() - 1])
            }
            "trimEnd" | "trimRight" => Value::text(&trim(&format!(".{text}"))[1..]),
            "toLowerCase" | "toLocaleLowerCase" => Value::text(&text.to_lowercase()),
            "toUpperCase" | "toLocaleUpperCase" => Value::text(&text.to_uppercase()),
            "toString" | "valueOf" | "toWellFormed" => own,
            "normalize" if text.is_ascii() => own,
            "isWellFormed" => Value::Bool(true),
            "slice" => {
                let (from, to) = (from_end(number(self, 0, 0.0)), from_end(number(self, 1, length())));
                cut(self, from, to)
            }
            "substring" => {
                let (a, b) = (number(self, 0, 0.0).max(0.0), number(self, 1, length()).max(0.0));
                cut(self, a.min(b), a.max(b))
            }
            "substr" => {
                let from = from_end(number(self, 0, 0.0));
                let to = from + number(self, 1, length());
                cut(self, from, to)
            }
            "charAt" => {
                let position = number(self, 0, 0.0);
                if position < 0.0 { Value::text("") } else { cut(self, position, position + 1.0) }
            }
            "at" => {
                let position = number(self, 0, 0.0);
                let position = if position < 0.0 { length() + position } else { position };
                if position < 0.0 || position >= length() {
                    Value::Undefined
                } else {
                    cut(self, position, position + 1.0)
                }
            }
            "charCodeAt" | "codePointAt" => {
                let position = number(self, 0, 0.0);
                let unit = if position < 0.0 { None } else { units.get(position as usize) };
                match (unit, name) {
                    (None, "charCodeAt") => Value::Number(f64::NAN),
                    (None, _) => Value::Undefined,
                    (Some(high @ 0xd800..=0xdbff), "codePointAt") => {
                        let low = units.get(position as usize + 1).unwrap_or_default();
                        Value::Number(f64::from(
                            0x10000 + ((u32::from(high) - 0xd800) << 10) + (u32::from(low).wrapping_sub(0xdc00)),
                        ))
                    }
                    (Some(unit), _) => Value::Number(f64::from(unit)),
                }
            }
            "startsWith" | "endsWith" | "includes" | "indexOf" | "lastIndexOf" => {
                if matches!(argument(0).as_object().map(|object| &object.kind), Some(Kind::Regex(..)))
                    && !name.ends_with("ndexOf")
                {
                    return self.throw("TypeError", "it must not be a regular expression", at);
                }
                let Some(other) = other(self) else { return Ok(self.unknown_about(name, &own, &arguments, at)) };
                let position = number(self, 1, if name == "endsWith" { length() } else { 0.0 });
                let byte = units.byte_of(position.clamp(0.0, length()) as usize);
                let Some(byte) = byte else { return Ok(self.unknown_about(name, &own, &arguments, at)) };
                let found =
                    |found: Option<usize>| Value::Number(found.map_or(-1.0, |byte| units.index_of(byte) as f64));
                match name {
                    "startsWith" => Value::Bool(text[byte..].starts_with(&*other)),
                    "endsWith" => Value::Bool(text[..byte].ends_with(&*other)),
                    "includes" => Value::Bool(text[byte..].contains(&*other)),
                    "indexOf" => found(text[byte..].find(&*other).map(|found| found + byte)),
                    _ => {
                        // The last one that begins at or before the position, which is the end unless said.
                        let last = arguments.get(1).and_then(|value| self.to_number(value));
                        let byte = if last.is_some_and(|last| !last.is_nan()) { byte } else { text.len() };
                        let until = (byte + other.len()).min(text.len());
                        let until = (until..=text.len()).find(|byte| text.is_char_boundary(*byte));
                        found(until.and_then(|until| text[..until].rfind(&*other)).filter(|found| *found <= byte))
                    }
                }
            }
            "repeat" => {
                let count = number(self, 0, 0.0);
                if count < 0.0 || count.is_infinite() {
                    return self.throw("RangeError", "a text cannot be repeated so often", at);
                }
                if text.len() as f64 * count > LONGEST as f64 {
                    return Ok(self.unknown_text(&[&own], at));
                }
                Value::text(&text.repeat(count as usize))
            }
            "padStart" | "padEnd" => {
                let fill = match argument(1) {
                    Value::Undefined => Some(Text::from(" ")),
                    fill => self.to_text(&fill),
                };
                let missing = number(self, 0, 0.0) - length();
                let Some(fill) = fill.filter(|_| missing <= LONGEST as f64) else {
                    return Ok(self.unknown_text(&[&own], at));
                };
                if missing <= 0.0 || fill.is_empty() {
                    return Ok(own);
                }
                let all: Vec<u16> = fill.encode_utf16().cycle().take(missing as usize).collect();
                match String::from_utf16(&all) {
                    Ok(fill) if name == "padStart" => Value::text(&format!("{fill}{text}")),
                    Ok(fill) => Value::text(&format!("{text}{fill}")),
                    Err(_) => self.unknown_text(&[], at),
                }
            }
            "concat" => {
                let mut parts = vec![own];
                parts.extend(arguments);
                self.joined(parts, at)
            }
            "split" => self.split(text, &argument(0), &argument(1), at),
            "replace" | "replaceAll" => {
                return self.replace(text, name == "replaceAll", &argument(0), &argument(1), at);
            }
            "match" | "matchAll" | "search" => return self.find_in_text(text, name, &argument(0), at),
            "localeCompare" => {
                let collation = Collation::of(arguments.get(1), arguments.get(2));
                let order = collation.zip(other(self)).and_then(|(collation, other)| collation.order(text, &other));
                match order {
                    Some(order) => Value::Number(f64::from(order as i8)),
                    None => self.unknown_about(name, &own, &arguments, at),
                }
            }
            "\0@iterator" => {
                let all = text.chars().map(|c| Value::text(&c.to_string())).collect();
                self.iterator(all, at)
            }
            _ => return self.no_method(&own, name, &arguments, at),
        })
    }

    /// Functions of `String`.
    pub(super) fn text_function(&mut self, name: &str, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let numbers = || arguments.iter().map(|code| self.to_number(code)).collect::<Option<Vec<f64>>>();
        Ok(match name {
            "fromCharCode" | "fromCodePoint" => {
                let Some(numbers) = numbers() else {
                    return Ok(self.unknown_text(&arguments.iter().collect::<Vec<_>>(), at));
                };
                let text = if name == "fromCharCode" {
                    let units: Vec<u16> = numbers.iter().map(|code| int32(*code) as u16).collect();
                    String::from_utf16(&units).ok()
                } else {
                    numbers.iter().map(|code| char::from_u32(*code as u32).filter(|_| code.fract() == 0.0)).collect()
                };
                match text {
                    Some(text) => Value::text(&text),
                    None => self.unknown_text(&[], at),
                }
            }
            "raw" => {
                let Some(strings) = arguments.first() else { return Ok(self.unknown_text(&[], at)) };
                let raw = self.member(strings, "raw", at)?;
                let Some(texts) = self.sequence(&raw, at) else { return Ok(self.unknown_text(&[], at)) };
                let mut parts = Vec::new();
                for (index, text) in texts.iter().enumerate() {
                    parts.push(text.clone());
                    if index + 1 < texts.len() {
                        parts.extend(arguments.get(index + 1).cloned());
                    }
                }
                self.joined(parts, at)
            }
            _ => return self.unmodelled("a text", &[], arguments, at),
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
            "indexOf" | "lastIndexOf" | "charCodeAt" | "search" => self.computed(&of, at),
            "localeCompare" => self.unread("a number", &of, at),
            "codePointAt" | "at" | "match" => self.mixed("an element", &of, at),
            "split" | "matchAll" => self.mixed("a list", &of, at),
            _ => self.unknown_text(&of, at),
        }
    }
}
