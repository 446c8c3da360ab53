//! How addresses and forms write texts, and read them.

use super::super::super::program::{Site, Text};
use super::super::{Machine, Outcome, Value};

/// The mark of query parameters that were changed.
pub(super) const CHANGED: &str = "\0changed";

impl<'p> Machine<'p> {
    /// `encodeURIComponent`, `decodeURIComponent`.
    pub(super) fn component(&mut self, name: &str, value: &Value<'p>, at: Site) -> Outcome<'p> {
        match (self.to_text(value), name) {
            (Some(text), "encodeURIComponent") => Ok(Value::text(&encode(&text, false))),
            (Some(text), _) => match decode(&text) {
                Some(text) => Ok(Value::text(&text)),
                None => self.throw("URIError", "URI malformed", at),
            },
            _ => Ok(self.unknown_text(&[value], at)),
        }
    }
}

/// The pairs of a query.
pub(super) fn pairs_of<'p>(query: &str) -> Vec<(Text, Value<'p>)> {
    let read = |text: &str| {
        let text = text.replace('+', " ");
        percent(&text).map_or(text, |bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| (Text::from(read(name)), Value::text(&read(value)))).collect()
}

/// The bytes of a text with percent signs; those that are followed by no number stay.
fn percent(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let number = match after {
            [a, b, ..] if *byte == b'%' => {
                char::from(*a).to_digit(16).zip(char::from(*b).to_digit(16)).map(|(a, b)| (a * 16 + b) as u8)
            }
            _ => None,
        };
        out.push(number.unwrap_or(*byte));
        rest = if number.is_some() { &after[2..] } else { after };
    }
    Some(out)
}

/// A text with percent signs as `decodeURIComponent` reads it; `None` when it is malformed.
fn decode(text: &str) -> Option<String> {
    let well_formed = text.match_indices('%').all(|(at, _)| {
        text.as_bytes().get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    String::from_utf8(percent(text).filter(|_| well_formed)?).ok()
}

/// Query parameters as a text; `None` when one is not known.
pub(in super::super) fn query_text(pairs: &[(Text, Value<'_>)]) -> Option<Text> {
    let mut parts = Vec::with_capacity(pairs.len());
    for (name, value) in pairs {
        let value = match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => Text::from(super::super::number::number_text(*number)),
            Value::Bool(value) => Text::from(value.to_string()),
            _ => return None,
        };
        parts.push(format!("{}={}", encode(name, true), encode(&value, true)));
    }
    Some(Text::from(parts.join("&")))
}

pub(super) fn encode(text: &str, form: bool) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => out.push(char::from(byte)),
            b'~' | b'!' | b'\'' | b'(' | b')' if !form => out.push(char::from(byte)),
            b' ' if form => out.push('+'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
