//! Operators, and what values become as texts and numbers.

use std::rc::Rc;

use super::super::program::{Binary, Site, Text, Unary};
use super::number::{number_text, text_number};
use super::{EffectKind, Kind, Machine, Opaque, Origin, Taint, Value};

impl<'p> Machine<'p> {
    /// A value as a text; `None` when it is not known.
    pub fn to_text(&self, value: &Value<'p>) -> Option<Text> {
        to_text(value)
    }

    /// A value as a number; `None` when it is not known.
    pub fn to_number(&self, value: &Value<'p>) -> Option<f64> {
        Some(match value {
            Value::Undefined => f64::NAN,
            Value::Null => 0.0,
            Value::Bool(value) => f64::from(u8::from(*value)),
            Value::Number(number) => *number,
            Value::Text(text) => text_number(text),
            Value::Opaque(_) => return None,
            Value::Object(object) => match &object.kind {
                Kind::Date(instant) => instant.get(),
                Kind::List(items) => match items.borrow().as_slice() {
                    [] => 0.0,
                    [one] => self.to_number(one)?,
                    _ => f64::NAN,
                },
                _ => f64::NAN,
            },
        })
    }

    pub(super) fn unary(&mut self, operator: Unary, value: &Value<'p>, at: Site) -> Value<'p> {
        match operator {
            Unary::Not => match value {
                Value::Opaque(opaque) => match &opaque.origin {
                    Origin::Not(of) => {
                        // Twice not is a question, no longer the value itself.
                        let of = of.clone();
                        let taint = of.taint;
                        let once = self.opaque(Origin::Not(of), taint, at);
                        match once {
                            Value::Opaque(once) => self.opaque(Origin::Not(once), taint, at),
                            other => other,
                        }
                    }
                    _ => self.opaque(Origin::Not(opaque.clone()), opaque.taint, at),
                },
                known => Value::Bool(!self.truthy(&known.clone(), at)),
            },
            Unary::Minus | Unary::Plus | Unary::BitNot => match self.to_number(value) {
                Some(number) => Value::Number(match operator {
                    Unary::Minus => -number,
                    Unary::Plus => number,
                    _ => f64::from(!int32(number)),
                }),
                None => self.mixed("a number", &[value], at),
            },
            Unary::Typeof => match type_of(value) {
                Some(name) => Value::text(name),
                None => self.type_of_unknown(value, at),
            },
            Unary::Void | Unary::Delete => Value::Undefined,
        }
    }

    /// `typeof` of a value that is not known; the same value has the same.
    fn type_of_unknown(&mut self, value: &Value<'p>, at: Site) -> Value<'p> {
        let Value::Opaque(opaque) = value else { return self.unknown_text(&[value], at) };
        if let Some((_, known)) = opaque.known.borrow().iter().find(|(name, _)| &**name == "typeof") {
            return known.clone();
        }
        let kind = self.opaque(Origin::TypeOf(opaque.clone()), opaque.taint, at);
        self.know(opaque, "typeof", kind.clone());
        kind
    }

    /// A question about a field of an event that only makes sense for one that may be absent.
    fn note_question(&mut self, left: &Value<'p>, right: &Value<'p>, at: Site) {
        for (asked, other) in [(left, right), (right, left)] {
            let Value::Opaque(opaque) = asked else { continue };
            match (&opaque.origin, other) {
                (Origin::EventField(_), Value::Undefined | Value::Null) => self.note_optional(asked, at),
                (Origin::TypeOf(of), Value::Text(name)) if &**name == "undefined" => {
                    self.note_optional(&Value::Opaque(of.clone()), at);
                }
                _ => {}
            }
        }
    }

    pub(super) fn binary(&mut self, operator: Binary, left: &Value<'p>, right: &Value<'p>, at: Site) -> Value<'p> {
        match operator {
            Binary::Add => self.add(left, right, at),
            Binary::Same | Binary::Equal => self.equal(operator == Binary::Equal, left, right, at),
            Binary::NotSame | Binary::NotEqual => {
                let same = self.equal(operator == Binary::NotEqual, left, right, at);
                self.unary(Unary::Not, &same, at)
            }
            Binary::Less => self.less(left, right, false, at),
            Binary::Greater => self.less(right, left, false, at),
            Binary::LessOrEqual => self.less(left, right, true, at),
            Binary::GreaterOrEqual => self.less(right, left, true, at),
            Binary::In => match (self.to_text(left), right) {
                (Some(name), Value::Object(object)) if !object.is_open() => match &object.kind {
                    Kind::Plain | Kind::Instance(_) => Value::Bool(object.own(&name).is_some()),
                    _ => self.compared("in", left, right, at),
                },
                (Some(name), Value::Opaque(opaque)) if matches!(opaque.origin, Origin::EventData) => {
                    self.effect(EffectKind::Optional(name), at);
                    self.compared("in", left, right, at)
                }
                _ => self.compared("in", left, right, at),
            },
            Binary::InstanceOf => self.instance_of(left, right, at),
            _ => match (self.to_number(left), self.to_number(right)) {
                (Some(a), Some(b)) => Value::Number(arithmetic(operator, a, b)),
                _ => self.mixed("a number", &[left, right], at),
            },
        }
    }

    fn add(&mut self, left: &Value<'p>, right: &Value<'p>, at: Site) -> Value<'p> {
        let textual = |value: &Value<'p>| match value {
            Value::Text(_) => true,
            Value::Object(object) => !matches!(object.kind, Kind::Plain if object.is_open()),
            Value::Opaque(opaque) => matches!(opaque.origin, Origin::Template(_)),
            _ => false,
        };
        if textual(left) || textual(right) {
            return self.joined(vec![left.clone(), right.clone()], at);
        }
        match (self.to_number(left), self.to_number(right)) {
            (Some(a), Some(b)) => Value::Number(a + b),
            _ => self.mixed("a sum", &[left, right], at),
        }
    }

    /// `===`.
    pub(super) fn same(&mut self, left: &Value<'p>, right: &Value<'p>, at: Site) -> Value<'p> {
        self.equal(false, left, right, at)
    }

    fn equal(&mut self, loose: bool, left: &Value<'p>, right: &Value<'p>, at: Site) -> Value<'p> {
        self.note_question(left, right, at);
        let known = match (left, right) {
            (Value::Opaque(opaque), other) | (other, Value::Opaque(opaque)) => {
                if let Value::Opaque(other) = other {
                    if other.id == opaque.id { Some(true) } else { None }
                } else if self.is_unguessable(other) || (other.is_nullish() && self.is_present(opaque)) {
                    Some(false)
                } else if let (Origin::Template(parts), Value::Text(text)) = (&opaque.origin, other) {
                    let is_empty = text.is_empty() && self.truths.get(&opaque.id) == Some(&true);
                    (is_empty || cannot_be(parts, text)).then_some(false)
                } else if loose && other.is_nullish() {
                    // `== null` asks for both.
                    let missing = self.is_missing(opaque, at);
                    return missing;
                } else if opaque.taint.has(Taint::ENV) && (other.is_nullish() || is_empty(other)) {
                    // A deployment has its variables: that one is there comes first.
                    let is_there = self.compared("!==", left, right, at);
                    return self.unary(Unary::Not, &is_there, at);
                } else {
                    None
                }
            }
            (Value::Undefined | Value::Null, Value::Undefined | Value::Null) if loose => Some(true),
            (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => Some(true),
            (Value::Bool(a), Value::Bool(b)) => Some(a == b),
            (Value::Number(a), Value::Number(b)) => Some(a == b),
            (Value::Text(a), Value::Text(b)) => Some(a == b),
            (Value::Object(a), Value::Object(b)) => Some(match (&a.kind, &b.kind) {
                (Kind::Native(a), Kind::Native(b)) => a == b,
                _ => Rc::ptr_eq(a, b),
            }),
            (a, b) if loose && !a.is_nullish() && !b.is_nullish() => {
                self.to_number(a).zip(self.to_number(b)).map(|(a, b)| a == b)
            }
            _ => Some(false),
        };
        match known {
            Some(known) => Value::Bool(known),
            None => self.compared("===", left, right, at),
        }
    }

    /// Whether a value holds what an unknown caller cannot know.
    pub(super) fn is_unguessable(&self, value: &Value<'p>) -> bool {
        let Some(secret) = self.world.unguessable else { return false };
        match value {
            Value::Text(text) => text.contains(secret),
            Value::Object(object) => match &object.kind {
                Kind::Bytes(bytes) => bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
                _ => false,
            },
            _ => false,
        }
    }

    fn less(&mut self, left: &Value<'p>, right: &Value<'p>, or_equal: bool, at: Site) -> Value<'p> {
        if let (Value::Text(a), Value::Text(b)) = (left, right) {
            return Value::Bool(a < b || (or_equal && a == b));
        }
        match (self.to_number(left), self.to_number(right)) {
            (Some(a), Some(b)) => Value::Bool(a < b || (or_equal && a == b)),
            _ => self.compared(if or_equal { "<=" } else { "<" }, left, right, at),
        }
    }

    /// Whether an opaque value is `undefined` or `null`, as a question.
    pub(super) fn is_missing(&mut self, opaque: &Rc<Opaque<'p>>, at: Site) -> Value<'p> {
        if self.is_present(opaque) {
            return Value::Bool(false);
        }
        // A value that was found true is there.
        if self.truths.get(&opaque.id) == Some(&true) {
            return Value::Bool(false);
        }
        self.compared("missing", &Value::Opaque(opaque.clone()), &Value::Null, at)
    }

    /// Whether an opaque value is surely neither `undefined` nor `null`.
    pub(super) fn is_present(&self, opaque: &Opaque<'p>) -> bool {
        match &opaque.origin {
            Origin::Template(_) | Origin::Json(_) | Origin::Not(_) | Origin::TypeOf(_) => true,
            Origin::Event | Origin::EventData => true,
            Origin::Package(..) => true,
            Origin::Other(what) => matches!(*what, "a number" | "a sum" | "a comparison" | "a text" | "an error"),
            _ => false,
        }
    }

    fn instance_of(&mut self, left: &Value<'p>, right: &Value<'p>, at: Site) -> Value<'p> {
        let (Value::Object(object), Some(class)) = (left, right.as_object()) else {
            return match left {
                Value::Opaque(_) => self.compared("instanceof", left, right, at),
                _ => Value::Bool(false),
            };
        };
        let native = match &class.kind {
            Kind::Native(path) => Some(path.clone()),
            _ => None,
        };
        let known = match (&object.kind, native.as_deref()) {
            (Kind::Error(_), Some("Error")) => true,
            (Kind::Error(name), Some(path)) => path.ends_with(&**name),
            (Kind::Date(_), Some("Date")) | (Kind::Map(_), Some("Map")) | (Kind::Set(_), Some("Set")) => true,
            (Kind::List(_), Some("Array")) => true,
            (Kind::Response(..), Some("Response" | "NextResponse")) => true,
            (Kind::Instance(of), None) => {
                let mut of = Some(of.clone());
                let mut found = false;
                while let Some(Value::Object(here)) = of {
                    // A class that is made anew in another run is the same class.
                    found |= here.at == class.at;
                    of = match &here.kind {
                        Kind::Class { parent, .. } => parent.clone(),
                        _ => None,
                    };
                }
                found
            }
            (Kind::Error(name), None) => match &class.kind {
                Kind::Class { class, .. } => class.name.as_ref() == Some(name),
                _ => false,
            },
            _ => false,
        };
        Value::Bool(known)
    }

    /// A text that depends on something that is not known.
    pub(super) fn unknown_text(&mut self, of: &[&Value<'p>], at: Site) -> Value<'p> {
        let taint = of.iter().fold(Taint::default(), |taint, value| taint.with(value.taint()));
        self.opaque(Origin::Other("a text"), taint, at)
    }
}

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
            Kind::List(items) => {
                let items = items.borrow();
                let texts: Option<Vec<Text>> = items
                    .iter()
                    .map(|item| if item.is_nullish() { Some(Text::from("")) } else { text_of(item, depth + 1) })
                    .collect();
                Text::from(texts?.join(","))
            }
            Kind::Date(instant) => Text::from(super::builtin::date::long(instant.get())),
            Kind::Error(name) => {
                let message = object.own("message").map(|(value, _)| value);
                let message = message.and_then(|message| text_of(&message, depth + 1))?;
                Text::from(format!("{name}: {message}"))
            }
            Kind::Url(text, false) => text.clone(),
            Kind::Query(pairs, false) => super::builtin::web::query_text(&pairs.borrow())?,
            Kind::Plain => Text::from("[object Object]"),
            _ => return None,
        },
    })
}

fn is_empty(value: &Value<'_>) -> bool {
    matches!(value, Value::Text(text) if text.is_empty())
}

/// Whether a text made of these parts is surely another one.
fn cannot_be(parts: &[Value<'_>], text: &str) -> bool {
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

fn type_of(value: &Value<'_>) -> Option<&'static str> {
    Some(match value {
        Value::Undefined => "undefined",
        Value::Null => "object",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::Text(_) => "string",
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

fn arithmetic(operator: Binary, a: f64, b: f64) -> f64 {
    match operator {
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a / b,
        Binary::Remainder => a % b,
        Binary::Power => a.powf(b),
        Binary::ShiftLeft => f64::from(int32(a) << (int32(b) & 31)),
        Binary::ShiftRight => f64::from(int32(a) >> (int32(b) & 31)),
        Binary::ShiftRightZero => f64::from((int32(a) as u32) >> (int32(b) & 31)),
        Binary::BitOr => f64::from(int32(a) | int32(b)),
        Binary::BitXor => f64::from(int32(a) ^ int32(b)),
        Binary::BitAnd => f64::from(int32(a) & int32(b)),
        _ => f64::NAN,
    }
}

/// ToInt32 of ECMA 262.
fn int32(number: f64) -> i32 {
    if !number.is_finite() {
        return 0;
    }
    (number.trunc() % 4_294_967_296.0) as i64 as i32
}
