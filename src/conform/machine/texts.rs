//! What values are as texts, and what is known of texts that are known in part.

use super::super::program::Text;
use super::instance::{error_class, says};
use super::number::number_text;
use super::object::CLASS;
use super::primitive::PRIMITIVE;
use super::{Holder, Kind, Origin, Value};

/// A value as a text; `None` when it is not known.
pub fn to_text(value: &Value<'_>) -> Option<Text> {
    text_of(value, 0)
}

/// `depth` bounds lists that hold themselves.
fn text_of(value: &Value<'_>, depth: u32) -> Option<Text> {
    if depth > 32 {
        return None;
    }
    Some(match value {
        Value::Text(text) => text.clone(),
        Value::Undefined => Text::from("undefined"),
        Value::Null => Text::from("null"),
        Value::Bool(value) => Text::from(if *value { "true" } else { "false" }),
        Value::Number(number) => Text::from(number_text(*number)),
        Value::Opaque(_) => return None,
        Value::Object(object) => match &object.kind {
            // One that says for itself what it is, is not asked here.
            _ if object.is_open() || ["toString", "valueOf", PRIMITIVE].iter().any(|name| says(object, name)) => {
                return None;
            }
            Kind::List(items) => {
                let items = items.borrow();
                let texts: Option<Vec<Text>> = items
                    .iter()
                    .map(|item| if item.is_nullish() { Some(Text::from("")) } else { text_of(item, depth + 1) })
                    .collect();
                Text::from(texts?.join(","))
            }
            Kind::Date(instant) => Text::from(super::builtin::date::long(instant.get())),
            Kind::Error(_) => {
                let own = |name: &str| match object.own(name) {
                    Some((value, false)) => text_of(&value, depth + 1).map(Some),
                    Some(_) => None,
                    None => Some(None),
                };
                let name = match own("name")? {
                    Some(name) => name,
                    None if object.has(CLASS) && says(object, "name") => return None,
                    None => error_class(object),
                };
                let message = own("message")?.unwrap_or_default();
                match (name.is_empty(), message.is_empty()) {
                    (true, _) => message,
                    (_, true) => name,
                    _ => Text::from(format!("{name}: {message}")),
                }
            }
            Kind::Url(text, false) => match object.own(super::builtin::url::HREF) {
                None if !object.has("searchParams") => text.clone(),
                _ => super::builtin::url::href(object)?,
            },
            Kind::Query(pairs, false) => super::builtin::query::query_text(&pairs.borrow())?,
            Kind::Regex(_, flags) => match object.own(super::builtin::regex::SOURCE) {
                Some((Value::Text(source), _)) => Text::from(format!("/{source}/{flags}")),
                _ => return None,
            },
            Kind::Bytes(bytes, Holder::Buffer) => Text::from(String::from_utf8_lossy(bytes)),
            Kind::Bytes(bytes, Holder::Array) => {
                let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
                Text::from(numbers.join(","))
            }
            Kind::Map(_) => Text::from("[object Map]"),
            Kind::Set(_) => Text::from("[object Set]"),
            Kind::Promise(_) | Kind::Pending(_) => Text::from("[object Promise]"),
            Kind::Plain => Text::from("[object Object]"),
            _ => return None,
        },
    })
}

/// Whether a text made of these parts is surely another one.
pub(super) fn cannot_be(parts: &[Value<'_>], text: &str) -> bool {
    let starts = match parts.first() {
        Some(Value::Text(first)) => text.starts_with(&**first),
        _ => true,
    };
    let ends = match parts.last() {
        Some(Value::Text(last)) => text.ends_with(&**last),
        _ => true,
    };
    !starts || !ends
}

pub(super) fn type_of(value: &Value<'_>) -> Option<&'static str> {
    Some(match value {
        Value::Undefined => "undefined",
        Value::Null => "object",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::Text(_) => "string",
        Value::Object(object) if matches!(object.kind, Kind::Symbol(_)) => "symbol",
        Value::Object(_) if value.is_callable() => "function",
        Value::Object(_) => "object",
        Value::Opaque(opaque) => match &opaque.origin {
            Origin::Template(_) | Origin::Json(_) | Origin::TypeOf(_) => "string",
            Origin::Not(_) => "boolean",
            Origin::Event | Origin::EventData => "object",
            Origin::Other("a text") => "string",
            _ => return None,
        },
    })
}
