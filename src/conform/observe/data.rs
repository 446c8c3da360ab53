//! Values as plain data: what a run sent, answered or was given, after the machine is gone.

use std::hash::{Hash, Hasher};

use super::super::machine::{Kind, Opaque, Origin, Taint, Value, to_text};
use super::super::program::{Site, Text};

/// Most parts of a value that are copied.
const MOST_PARTS: u32 = 20_000;

/// A value, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(Text),
    /// A list.
    List(Vec<Data>),
    /// An object; whether it may have further fields.
    Record(Vec<Field>, bool),
    /// An instant in milliseconds; JSON prints it as a text.
    Instant(f64),
    /// A function.
    Function,
    /// Not known: what it is, for people, and what it may depend on.
    Unknown(String, Taint),
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Text,
    /// Its value.
    pub value: Data,
    /// Where it is written.
    pub at: Site,
}

impl Data {
    /// A field of a record.
    pub fn field(&self, name: &str) -> Option<&Field> {
        match self {
            Self::Record(fields, _) => fields.iter().find(|field| &*field.name == name),
            _ => None,
        }
    }

    /// The value of a field; `undefined` when the record surely has none.
    pub fn get(&self, name: &str) -> Data {
        match self {
            Self::Record(_, open) => match self.field(name) {
                Some(field) => field.value.clone(),
                None if *open => Self::Unknown("a field".into(), Taint::default()),
                None => Self::Undefined,
            },
            Self::Unknown(what, taint) => Self::Unknown(format!("{what}.{name}"), *taint),
            _ => Self::Undefined,
        }
    }

    /// The fields of a record that are there: those that are `undefined` are not in JSON.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        let fields: &[Field] = match self {
            Self::Record(fields, _) => fields,
            _ => &[],
        };
        fields.iter().filter(|field| field.value != Self::Undefined)
    }

    /// Whether it is a record all of whose fields are known.
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Record(_, false))
    }

    /// Its text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is not known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(..))
    }

    /// What is not known of it, where it is a text that is made of parts.
    pub fn template(&self) -> Option<&str> {
        match self {
            Self::Unknown(what, _) => what.strip_prefix('`')?.strip_suffix('`'),
            _ => None,
        }
    }

    /// As code that people would write.
    pub fn show(&self) -> String {
        match self {
            Self::Undefined => "undefined".into(),
            Self::Null => "null".into(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("`{text}`"),
            Self::Instant(_) => "a date".into(),
            Self::Function => "a function".into(),
            Self::Unknown(what, _) => what.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::show).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Record(fields, open) => {
                let mut parts: Vec<String> =
                    fields.iter().map(|field| format!("{}: {}", field.name, field.value.show())).collect();
                if *open {
                    parts.push("…".into());
                }
                format!("{{ {} }}", parts.join(", "))
            }
        }
    }

    /// Gives a hash all of it but where it is written.
    pub(super) fn hash_to(&self, state: &mut impl Hasher) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Undefined | Self::Null | Self::Function => {}
            Self::Bool(value) => value.hash(state),
            Self::Number(number) | Self::Instant(number) => number.to_bits().hash(state),
            Self::Text(text) => text.hash(state),
            Self::List(items) => items.iter().for_each(|item| item.hash_to(state)),
            Self::Record(fields, open) => {
                open.hash(state);
                for field in fields {
                    field.name.hash(state);
                    field.value.hash_to(state);
                }
            }
            Self::Unknown(what, _) => what.hash(state),
        }
    }

    /// A value of the machine.
    pub fn of(value: &Value<'_>) -> Self {
        Self::copy(value, 0, &mut MOST_PARTS.clone())
    }

    /// `left` bounds how much is copied: values may hold each other.
    fn copy(value: &Value<'_>, depth: u32, left: &mut u32) -> Self {
        *left = left.saturating_sub(1);
        if depth > 8 || *left == 0 {
            return Self::Unknown("a deep value".into(), Taint::default());
        }
        match value {
            Value::Undefined => Self::Undefined,
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(*number),
            Value::Text(text) => Self::Text(text.clone()),
            Value::Opaque(opaque) => Self::opaque(opaque),
            Value::Object(object) => match &object.kind {
                Kind::List(items) => {
                    Self::List(items.borrow().iter().map(|item| Self::copy(item, depth + 1, left)).collect())
                }
                Kind::Date(instant) => Self::Instant(instant.get()),
                Kind::Plain | Kind::Instance(_) | Kind::Error(_) => {
                    let slots = object.properties.borrow();
                    let fields = slots.iter().filter(|slot| !slot.is_hidden()).map(|slot| Field {
                        name: slot.name.clone(),
                        value: if slot.is_getter {
                            Self::Unknown("a getter".into(), Taint::default())
                        } else {
                            Self::copy(&slot.value, depth + 1, left)
                        },
                        at: slot.at,
                    });
                    Self::Record(fields.collect(), object.is_open())
                }
                Kind::Promise(Ok(value)) => Self::copy(value, depth + 1, left),
                Kind::EventType(name) => Self::copy(name, depth + 1, left),
                _ if value.is_callable() => Self::Function,
                _ => match to_text(value) {
                    Some(text) => Self::Text(text),
                    None => Self::Unknown("an object".into(), Taint::default()),
                },
            },
        }
    }

    fn opaque(opaque: &Opaque<'_>) -> Self {
        if let Origin::Template(parts) = &opaque.origin {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| match part {
                    Value::Text(text) => text.to_string(),
                    Value::Opaque(inner) => format!("${{{}}}", inner.describe()),
                    _ => "…".into(),
                })
                .collect();
            return Self::Unknown(format!("`{}`", parts.concat()), opaque.taint);
        }
        Self::Unknown(opaque.describe(), opaque.taint)
    }
}
