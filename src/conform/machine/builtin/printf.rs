//! `util.format` of Node, where it only puts texts and whole numbers into a text.

use super::super::super::program::Site;
use super::super::number::number_text;
use super::super::{Machine, Outcome, Value};

impl<'p> Machine<'p> {
    pub(super) fn util_function(&mut self, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        match (name, formatted(&arguments)) {
            ("format", Some(text)) => Ok(Value::text(&text)),
            _ => self.unmodelled("a text", &[], &arguments, at),
        }
    }
}

/// The text, where each `%s` and `%d` has its value, and each value its place.
fn formatted(arguments: &[Value<'_>]) -> Option<String> {
    let (Value::Text(form), mut values) = (arguments.first()?, arguments[1..].iter()) else { return None };
    let mut parts = form.split('%');
    let mut text = parts.next()?.to_owned();
    for part in parts {
        match (part.chars().next()?, values.next()?) {
            ('s', Value::Text(value)) => text.push_str(value),
            ('s' | 'd', Value::Number(value)) if value.fract() == 0.0 && value.abs() > 0.0 => {
                text.push_str(&number_text(*value));
            }
            _ => return None,
        }
        text.push_str(&part[1..]);
    }
    values.next().is_none().then_some(text)
}
