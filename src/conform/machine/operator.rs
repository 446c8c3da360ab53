//! Operators, and what values become as texts and numbers.

use std::rc::Rc;

use super::super::program::{Binary, Site, Text, Unary};
use super::builtin::written::NOW;
use super::number::text_number;
use super::texts::{cannot_be, to_text, type_of};
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
                Kind::Plain | Kind::List(_) | Kind::Url(..) => text_number(&to_text(value)?),
                Kind::Instance(_) | Kind::Bytes(..) | Kind::Symbol(_) | Kind::Error(_) => return None,
                Kind::Function(_) | Kind::Class { .. } if !object.properties.borrow().is_empty() => return None,
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
                None => self.computed(&[value], at),
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
            Binary::In => match (self.property_name(left), right) {
                (Some(name), Value::Object(object))
                    if matches!(object.kind, Kind::Env)
                        || matches!(object.kind, Kind::Plain)
                            && object.has_variables()
                            && !super::builtin::methods::of_objects(&name) =>
                {
                    let value = self.variable_of(object, &name, at);
                    let is_missing = self.same(&value, &Value::Undefined, at);
                    self.unary(Unary::Not, &is_missing, at)
                }
                (Some(name), Value::Object(object)) if !object.is_open() => match &object.kind {
                    Kind::Plain => Value::Bool(object.has(&name) || super::builtin::methods::of_objects(&name)),
                    Kind::List(items) => match super::object::index_of(&name) {
                        Some(index) => Value::Bool((index as usize) < items.borrow().len()),
                        None if name.contains('\0') => self.compared("in", left, right, at),
                        None => {
                            Value::Bool(&*name == "length" || super::builtin::methods::has(right, &name) == Some(true))
                        }
                    },
                    Kind::Error(_) if super::instance::class_of(object).is_none() => Value::Bool(
                        object.has(&name)
                            || matches!(&*name, "name" | "message" | "stack" | "constructor")
                            || super::builtin::methods::of_objects(&name),
                    ),
                    Kind::Instance(class) => {
                        let class = class.clone();
                        Value::Bool(object.has(&name) || self.inherited(&class, &name).is_some())
                    }
                    _ if object.has(&name) => Value::Bool(true),
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
                (Some(a), Some(b)) => match arithmetic(operator, a, b) {
                    Some(number) => Value::Number(number),
                    None => self.unknown("a number", at),
                },
                _ => self.computed(&[left, right], at),
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
        // An object that says itself what it is may be a number as well as a text.
        for side in [left, right] {
            if matches!(side, Value::Object(_)) && self.to_text(side).is_none() {
                return self.mixed("a value", &[left, right], at);
            }
        }
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
                } else if let Value::Text(name) = other
                    && self.is_another_variable(opaque, name)
                {
                    Some(false)
                } else if let (Origin::Template(parts), Value::Text(text)) = (&opaque.origin, other) {
                    let is_filled = self.walk.truths.get(&opaque.id) == Some(&true) || self.is_filled(opaque);
                    (text.is_empty() && is_filled || cannot_be(parts, text)).then_some(false)
                } else if matches!(other, Value::Number(number) if *number <= 0.0)
                    && self.is_positive(&Value::Opaque(opaque.clone()))
                {
                    Some(false)
                } else if loose && other.is_nullish() {
                    // `== null` asks for both.
                    let missing = self.is_missing(opaque, at);
                    return missing;
                } else if opaque.taint.has(Taint::ENV) && other.is_nullish() || is_empty(other) {
                    // A deployment has its variables, and a request its texts: that one is there comes first.
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
                (Kind::Native(a), Kind::Native(b)) | (Kind::Symbol(a), Kind::Symbol(b)) => a == b,
                _ => Rc::ptr_eq(a, b),
            }),
            (object @ Value::Object(_), Value::Text(text)) | (Value::Text(text), object @ Value::Object(_))
                if loose =>
            {
                self.to_text(object).map(|other| other == *text)
            }
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
                Kind::Bytes(..) if let Some((now, _)) = object.own(NOW) => self.is_unguessable(&now),
                Kind::Bytes(bytes, _) => bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
                _ => false,
            },
            _ => false,
        }
    }

    fn less(&mut self, left: &Value<'p>, right: &Value<'p>, or_equal: bool, at: Site) -> Value<'p> {
        if let (Value::Text(a), Value::Text(b)) = (left, right) {
            let order = super::builtin::unit_order(a, b);
            return Value::Bool(order.is_lt() || (or_equal && order.is_eq()));
        }
        let is_text = |value: &Value<'_>| match value {
            Value::Object(object) => !matches!(object.kind, Kind::Date(_)),
            Value::Text(_) => true,
            _ => false,
        };
        if is_text(left) && is_text(right) {
            return match (self.to_text(left), self.to_text(right)) {
                (Some(a), Some(b)) => self.less(&Value::Text(a), &Value::Text(b), or_equal, at),
                _ => self.compared(if or_equal { "<=" } else { "<" }, left, right, at),
            };
        }
        match (self.to_number(left), self.to_number(right)) {
            (Some(a), Some(b)) => Value::Bool(a < b || (or_equal && a == b)),
            // A length of at least one.
            (Some(a), None) if (a < 1.0 || or_equal && a <= 1.0) && self.is_positive(right) => Value::Bool(true),
            (None, Some(b)) if (b < 1.0 || !or_equal && b <= 1.0) && self.is_positive(left) => Value::Bool(false),
            _ => self.compared(if or_equal { "<=" } else { "<" }, left, right, at),
        }
    }

    /// Whether an opaque value is `undefined` or `null`, as a question.
    pub(super) fn is_missing(&mut self, opaque: &Rc<Opaque<'p>>, at: Site) -> Value<'p> {
        if self.is_present(opaque) {
            return Value::Bool(false);
        }
        // A value that was found true is there.
        if self.walk.truths.get(&opaque.id) == Some(&true) {
            return Value::Bool(false);
        }
        self.compared("missing", &Value::Opaque(opaque.clone()), &Value::Null, at)
    }

    /// Whether an opaque value is surely neither `undefined` nor `null`.
    pub(super) fn is_present(&self, opaque: &Opaque<'p>) -> bool {
        match &opaque.origin {
            Origin::Template(_) | Origin::Json(_) | Origin::Not(_) | Origin::TypeOf(_) => true,
            Origin::Event | Origin::EventData => true,
            Origin::Package(..) | Origin::Made(_) | Origin::Number(_) => true,
            Origin::Other(what) => matches!(*what, "a number" | "a sum" | "a comparison" | "a text" | "an error"),
            _ => false,
        }
    }

    /// A text that depends on something that is not known.
    pub(super) fn unknown_text(&mut self, of: &[&Value<'p>], at: Site) -> Value<'p> {
        let taint = Taint::of(of.iter().copied());
        self.opaque(Origin::Other("a text"), taint, at)
    }
}

fn is_empty(value: &Value<'_>) -> bool {
    matches!(value, Value::Text(text) if text.is_empty())
}

fn arithmetic(operator: Binary, a: f64, b: f64) -> Option<f64> {
    Some(match operator {
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a / b,
        Binary::Remainder => a % b,
        Binary::Power => return super::builtin::power(a, b),
        Binary::ShiftLeft => f64::from(int32(a) << (int32(b) & 31)),
        Binary::ShiftRight => f64::from(int32(a) >> (int32(b) & 31)),
        Binary::ShiftRightZero => f64::from((int32(a) as u32) >> (int32(b) & 31)),
        Binary::BitOr => f64::from(int32(a) | int32(b)),
        Binary::BitXor => f64::from(int32(a) ^ int32(b)),
        Binary::BitAnd => f64::from(int32(a) & int32(b)),
        _ => f64::NAN,
    })
}

/// ToInt32 of ECMA 262.
pub(super) fn int32(number: f64) -> i32 {
    if !number.is_finite() {
        return 0;
    }
    (number.trunc() % 4_294_967_296.0) as i64 as i32
}
