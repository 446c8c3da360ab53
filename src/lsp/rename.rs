//! Giving a name another one, in the whole spec or not at all.
//!
//! Whether that is safe is not guessed: the text with the new name is compiled, and what comes out must be the old
//! contract but for the name.

use serde_json::Value;

use super::Model;
use super::names::{self, Name, Role};
use super::navigate::Named;
use crate::contract::Contract;
use crate::rule::Severity;
use crate::source::Span;

/// Why a name cannot be changed at all; continues nothing, stands alone.
pub(super) fn refusal(model: &Model, name: &Named) -> Option<String> {
    let all = names::all(model.document());
    let is_declared = all.iter().any(|other| is(other, name) && other.declares);
    let what = &name.text;
    match name.role {
        Role::Payload if !is_declared => Some(format!("the payload `{what}` is built in")),
        Role::Event if !is_declared => {
            Some(format!("`{what}` is not declared in the spec: it follows from a convention or is defined elsewhere"))
        }
        Role::Field => Some(format!(
            "running functions read the field `{what}` of events that are already sent: add another \
                          field instead"
        )),
        Role::Param => Some(format!("callers send the parameter `{what}`: allow another parameter instead")),
        Role::Rule => Some("rules cannot be renamed".to_owned()),
        _ => None,
    }
}

/// The edits that give a name another one.
///
/// # Errors
/// Why that is not safe.
pub(super) fn rename(model: &Model, name: &Named, new: &str) -> Result<Vec<(Span, String)>, String> {
    if let Some(reason) = refusal(model, name) {
        return Err(reason);
    }
    let Some(before) = model.contract().filter(|_| model.is_current()) else {
        return Err("the spec has errors: fix them first, so that the result can be checked".to_owned());
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    if new.is_empty() || !new.chars().all(plain) {
        return Err("a name consists of letters, digits, `_`, `-`, `.` and `/`".to_owned());
    }
    let all = names::all(model.document());
    if all.iter().any(|other| other.role == name.role && other.text == new) {
        return Err(format!("`{new}` already exists"));
    }
    let edits: Vec<(Span, String)> =
        all.iter().filter(|other| is(other, name)).map(|other| (other.span, new.to_owned())).collect();
    let after = Model::new(model.source().path(), &apply(model.source().text(), &edits), None);
    let is_new = |id: &str| !model.findings().iter().any(|old| old.rule.id == id);
    let fault = after.findings().iter().find(|f| f.rule.severity == Severity::Error && is_new(f.rule.id));
    if let Some(fault) = fault {
        return Err(format!("with that name, {}", fault.message));
    }
    let Some(contract) = after.contract() else { return Err("with that name, the spec would have errors".to_owned()) };
    match difference(name, new, before, contract) {
        None => Ok(edits),
        Some(change) => Err(format!(
            "more than the name would change: {change}. Runs in flight, deployments and dashboards use names that \
             follow from this one by convention: write those out first"
        )),
    }
}

fn is(other: &Name, name: &Named) -> bool {
    other.role == name.role && other.text == name.text
}

/// A text with edits, which do not overlap and are in order.
pub(super) fn apply(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (span, new) in edits {
        out.push_str(&text[from..span.start]);
        out.push_str(new);
        from = span.end;
    }
    out.push_str(&text[from..]);
    out
}

/// The first thing that differs beside the name.
fn difference(name: &Named, new: &str, before: &Contract, after: &Contract) -> Option<String> {
    // What an event is called is in its constant and its ids, by the spec's own patterns.
    if name.role == Role::Event {
        return None;
    }
    let mut expected = serde_json::to_value(before).ok()?;
    put(&mut expected, &name.text, new);
    let found = serde_json::to_value(after).ok()?;
    first(&expected, &found)
}

/// Calls everything that is called `old` by its new name.
fn put(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) if text == old => new.clone_into(text),
        Value::String(text) => {
            // The item of an array, the value of a map.
            *text = text.replace(&format!("<{old}>"), &format!("<{new}>"));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, old, new)),
        Value::Object(map) => {
            let entries = std::mem::take(map);
            for (key, mut inner) in entries {
                put(&mut inner, old, new);
                map.insert(if key == old { new.to_owned() } else { key }, inner);
            }
        }
        _ => {}
    }
}

fn first(expected: &Value, found: &Value) -> Option<String> {
    match (expected, found) {
        (Value::Object(a), Value::Object(b)) => {
            let missing = a.keys().chain(b.keys()).find(|key| a.contains_key(*key) != b.contains_key(*key));
            let missing = missing.map(|key| format!("`{key}` would be added or removed"));
            missing.or_else(|| a.iter().find_map(|(key, value)| first(value, &b[key])))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a.iter().zip(b).find_map(|(a, b)| first(a, b)),
        (a, b) if a == b => None,
        (a, b) => {
            let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Some(format!("`{}` becomes `{}`", plain(a), plain(b)))
        }
    }
}
