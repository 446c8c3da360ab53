//! What is known of a value in a template, and what a person may have meant.

use serde_json::Value;

use super::views;
use crate::diagnostic::docs;
use crate::suggest::did_you_mean;

/// What is known of a value: its schema, or nothing.
pub(super) type Shape = Option<&'static Value>;

/// Filters and tests that people look for; the environment knows a few more.
pub(super) const FILTER: (&str, &[&str]) = (
    "filter",
    &[
        "block",
        "capitalize",
        "default",
        "escape",
        "first",
        "groupby",
        "html",
        "indent",
        "items",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "map",
        "plain",
        "reject",
        "replace",
        "reverse",
        "safe",
        "select",
        "selectattr",
        "sort",
        "split",
        "table",
        "text",
        "title",
        "tojson",
        "trim",
        "unique",
        "upper",
    ],
);
pub(super) const TEST: (&str, &[&str]) = (
    "test",
    &["boolean", "defined", "endingwith", "in", "mapping", "none", "number", "sequence", "string", "undefined"],
);

/// What a list holds.
pub(super) fn items(list: Shape) -> Shape {
    alternatives(list?).into_iter().find_map(|schema| schema.get("items"))
}

/// The schemas that a value may have, with references followed, but for null.
pub(super) fn alternatives(schema: &'static Value) -> Vec<&'static Value> {
    if let Some(name) = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next()) {
        return views().types.get(name).map(alternatives).unwrap_or_default();
    }
    match schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array) {
        Some(each) => each.iter().flat_map(alternatives).collect(),
        None if schema["type"] == "null" => Vec::new(),
        None => vec![schema],
    }
}

/// What to do about a name that is none of these.
pub(super) fn suggestion(name: &str, known: &[&str]) -> String {
    const MOST: usize = 12;
    match did_you_mean(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if known.is_empty() => "it is text, a number or a list".to_owned(),
        None => {
            let shown: Vec<String> = known.iter().take(MOST).map(|name| format!("`{name}`")).collect();
            let more = if known.len() > MOST { " …" } else { "" };
            format!("known: {}{more}; {} describes each of them", shown.join(", "), docs("templates.md"))
        }
    }
}
