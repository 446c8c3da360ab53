//! Objects that say themselves what they are where a text or a number is wanted (ECMA 262, `ToPrimitive`).

use super::super::program::{Binary, Site};
use super::instance::says;
use super::{Kind, Machine, Outcome, Value};

/// What is wanted of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// A text or a number.
    Default,
    Number,
    Text,
}

impl Hint {
    /// What an operator wants of what stands beside it; nothing where an object counts as itself.
    pub(super) fn of(operator: Binary) -> Option<Self> {
        match operator {
            Binary::Add => Some(Self::Default),
            Binary::Same | Binary::NotSame | Binary::Equal | Binary::NotEqual | Binary::In | Binary::InstanceOf => None,
            _ => Some(Self::Number),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Number => "number",
            Self::Text => "string",
        }
    }
}

/// The hidden name of the method that is asked before all others.
pub(super) const PRIMITIVE: &str = "\0@toPrimitive";

impl<'p> Machine<'p> {
    /// `left operator right`.
    pub(super) fn operate(&mut self, operator: Binary, left: Value<'p>, right: Value<'p>, at: Site) -> Outcome<'p> {
        let Some(hint) = Hint::of(operator) else { return Ok(self.binary(operator, &left, &right, at)) };
        let left = self.primitive(left, hint, at)?;
        let right = self.primitive(right, hint, at)?;
        Ok(self.binary(operator, &left, &right, at))
    }

    /// What an object says that it is; the value itself where it says nothing.
    pub(super) fn primitive(&mut self, value: Value<'p>, hint: Hint, at: Site) -> Outcome<'p> {
        let Value::Object(object) = &value else { return Ok(value) };
        if !matches!(object.kind, Kind::Plain | Kind::Instance(_)) || object.is_open() {
            return Ok(value);
        }
        let order = if hint == Hint::Text { ["toString", "valueOf"] } else { ["valueOf", "toString"] };
        let said = if says(object, PRIMITIVE) {
            self.call_member(&value, PRIMITIVE, vec![Value::text(hint.name())], at)?
        } else if hint == Hint::Text && !says(object, "toString") {
            return Ok(if says(object, "valueOf") { Value::text("[object Object]") } else { value });
        } else {
            let mut said = value.clone();
            for name in order.into_iter().filter(|name| says(object, name)) {
                said = self.call_member(&value, name, Vec::new(), at)?;
                if !matches!(said, Value::Object(_)) {
                    break;
                }
            }
            said
        };
        // An object once more is an error, which nobody runs into.
        Ok(if matches!(said, Value::Object(_)) { value } else { said })
    }
}
