//! The JSON Schema of the language, asked by place.

use std::sync::OnceLock;

use serde_json::Value;

use crate::pointer::Pointer;

/// The schema.
pub(super) fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(crate::spec::schema)
}

/// What the language has at a place: one schema, or several where a value has several forms.
pub(super) fn at(pointer: &Pointer) -> Vec<&'static Value> {
    let mut here = forms(schema());
    for segment in pointer.segments() {
        here = here.into_iter().filter_map(|form| below(form, &segment)).flat_map(forms).collect();
    }
    here
}

/// The key of a place: what its description says, which may differ from that of its type.
pub(super) fn description(pointer: &Pointer) -> Option<&'static str> {
    let (above, last) = pointer.as_str().rsplit_once('/')?;
    let last = last.replace("~1", "/").replace("~0", "~");
    let own = at(&Pointer::parse(above)).into_iter().filter_map(|form| below(form, &last));
    let own: Vec<&Value> = own.collect();
    let text = |value: &'static Value| value.get("description").and_then(Value::as_str);
    own.iter().find_map(|value| text(value)).or_else(|| at(pointer).into_iter().find_map(text))
}

/// The properties of an object with their schemas.
pub(super) fn properties(form: &'static Value) -> impl Iterator<Item = (&'static str, &'static Value)> {
    form.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

/// Whether an object must have a property.
pub(super) fn requires(form: &Value, property: &str) -> bool {
    form.get("required").and_then(Value::as_array).is_some_and(|list| list.iter().any(|name| name == property))
}

/// Whether one of the forms is of a type.
pub(super) fn is(forms: &[&Value], kind: &str) -> bool {
    forms.iter().any(|form| form.get("type").is_some_and(|t| t == kind))
}

/// The values that a schema lists, each with what it means.
pub(super) fn choices(form: &'static Value) -> Vec<(String, Option<&'static str>)> {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let about = form.get("description").and_then(Value::as_str);
    if let Some(value) = form.get("const") {
        return vec![(plain(value), about)];
    }
    let listed = form.get("enum").and_then(Value::as_array).into_iter().flatten();
    listed.map(|value| (plain(value), None)).collect()
}

/// A value that stands for what somebody has to write.
pub(super) fn placeholder(forms: &[&'static Value]) -> String {
    let choice = forms.iter().flat_map(|form| choices(form)).map(|(value, _)| value).next();
    let example = || forms.iter().find_map(|form| form.get("examples")?.as_array()?.first().map(Value::to_string));
    choice.or_else(example).unwrap_or_else(|| {
        let of = |kind| is(forms, kind);
        if of("array") {
            "[]".to_owned()
        } else if of("object") {
            "{}".to_owned()
        } else if of("integer") || of("number") {
            "1".to_owned()
        } else if of("boolean") {
            "true".to_owned()
        } else {
            "\"\"".to_owned()
        }
    })
}

fn below(form: &'static Value, segment: &str) -> Option<&'static Value> {
    if let Some(property) = form.get("properties").and_then(|properties| properties.get(segment)) {
        return Some(property);
    }
    let is_index = segment.bytes().all(|b| b.is_ascii_digit());
    match form.get("items") {
        Some(items) if is_index => Some(items),
        _ => form.get("additionalProperties").filter(|inner| inner.is_object()),
    }
}

/// A schema without references and alternatives.
fn forms(schema: &'static Value) -> Vec<&'static Value> {
    let mut found = Vec::new();
    let mut waiting = vec![schema];
    while let Some(next) = waiting.pop() {
        if let Some(target) = next.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix('#')) {
            waiting.extend(self::schema().pointer(target));
        }
        let branches = ["anyOf", "oneOf"].iter().filter_map(|key| next.get(*key)?.as_array()).flatten();
        let branches: Vec<&Value> = branches.collect();
        if branches.is_empty() && next.get("$ref").is_none() {
            found.push(next);
        }
        waiting.extend(branches.into_iter().rev());
    }
    found
}
