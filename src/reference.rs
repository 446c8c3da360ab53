//! Pages that are written by the code: the rules, every key of the language, the reports, changes of
//! the contract, and templates. Tests keep the committed pages current.

mod changes;
mod reports;
mod templates;

use std::fmt::Write;

pub use changes::changes;
pub use reports::reports;
use serde_json::{Map, Value};
pub use templates::{templates, undescribed_views};

use crate::catalogue::catalogue;
use crate::rule::{Edit, Example, Meta};

/// The page of the rules, as Markdown.
pub fn rules() -> String {
    let all = catalogue();
    let mut out = String::from(
        "# Rules\n\nGenerated from the code: `UPDATE=1 cargo test --test self_check` updates this page. \
         `inngest-offload\nexplain RULE` prints one rule. Examples are merged into a small spec without findings; a \
         value\nof `null` removes a key.\n",
    );
    let _ = writeln!(
        out,
        "\n{} rules. Errors stop `generate`; warnings fail only `check`. `diff` reports changes and\nfails if one is \
         breaking.",
        all.len()
    );
    let mut group = None;
    for meta in &all {
        if group != Some(meta.group) {
            let _ = write!(out, "\n## {}\n", meta.group.title());
            group = Some(meta.group);
        }
        let _ = write!(out, "\n### `{}`\n\n{}", meta.id, rule(meta));
    }
    out
}

/// What one rule is about, as Markdown.
pub fn rule(meta: &Meta) -> String {
    let mut out = format!("{} ({})\n\n{}\n", meta.summary, meta.word(), meta.why);
    for (title, example) in [("Bad", meta.bad), ("Good", meta.good)] {
        let text = match example {
            Example::Change { old, new } => {
                out.push_str(&change(title, old, new));
                continue;
            }
            Example::Over(text) => text,
            Example::Whole(text) => text.trim_end(),
            Example::Code { spec, edits } => {
                out.push_str(&code(title, spec, edits));
                continue;
            }
            Example::Bytes(_) | Example::Files(_) => continue,
        };
        let _ = write!(out, "\n{title}:\n\n```yaml\n{text}\n```\n");
    }
    out
}

/// An example of a change; of a good one, only what differs from the bad.
fn change(title: &str, old: &str, new: &str) -> String {
    let block = |text: &str| format!("```yaml\n{}\n```\n", text.trim_matches('\n'));
    let title = if title == "Bad" { "Reported" } else { "Not reported" };
    if old.trim().is_empty() {
        return format!("\n{title}, when this is merged into the small spec:\n\n{}", block(new));
    }
    format!("\n{title}, when the spec contains\n\n{}\nand this is merged into it:\n\n{}", block(old), block(new))
}

/// An example of code: what the example application is changed to. Without a change it is good.
fn code(title: &str, spec: &str, edits: &[Edit]) -> String {
    let mut out = String::new();
    let bad = title == "Bad";
    if bad && spec != "{}" {
        let _ = write!(out, "\nWith, in the spec:\n\n```yaml\n{}\n```\n", spec.trim_matches('\n'));
    }
    for edit in edits.iter().filter(|_| bad) {
        let _ = match edit {
            Edit::Replace(path, old, new) => {
                let lines =
                    |sign: char, text: &str| text.lines().map(|line| format!("{sign}{line}\n")).collect::<String>();
                write!(out, "\n{title}, in `{path}`:\n\n```diff\n{}{}```\n", lines('-', old), lines('+', new))
            }
            Edit::Write(path, text) => {
                let kind = if path.ends_with(".json") { "json" } else { "ts" };
                write!(out, "\n{title}, as `{path}`:\n\n```{kind}\n{}\n```\n", text.trim_end())
            }
            Edit::Remove(path) => write!(out, "\n{title}: without `{path}`.\n"),
        };
    }
    out
}

/// The page of every key of the language, as Markdown, from its JSON Schema.
pub fn language(schema: &Value) -> String {
    let mut out = String::from(
        "# Every key of the language\n\nGenerated from `spec/inngest-offload.schema.json`: `UPDATE=1 cargo test \
         --test self_check`\nupdates this page. [The language](language.md) explains how the keys work together.\n",
    );
    section(&mut out, "The spec", schema);
    let definitions = schema["$defs"].as_object().cloned().unwrap_or_default();
    for (name, definition) in &definitions {
        section(&mut out, name, definition);
    }
    out
}

fn section(out: &mut String, title: &str, object: &Value) {
    let _ = write!(out, "\n## {title}\n");
    if let Some(description) = object["description"].as_str() {
        let _ = write!(out, "\n{}\n", description.replace('\n', " "));
    }
    let required: Vec<&str> = object["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if let Some(properties) = object["properties"].as_object() {
        out.push('\n');
        for (name, property) in properties {
            let must = if required.contains(&name.as_str()) { ", required" } else { "" };
            let description = property["description"].as_str().unwrap_or_default().replace('\n', " ");
            let _ = write!(out, "- `{name}` ({}{must}) — {description}", kind(property));
            if let Some(example) = property["examples"].as_array().and_then(|list| list.first()) {
                let _ = write!(out, " Example: `{}`.", plain(example));
            }
            out.push('\n');
        }
    }
    let choices = object["oneOf"].as_array().or_else(|| object["anyOf"].as_array());
    if let Some(choices) = choices {
        out.push('\n');
        for choice in choices {
            let what = choice.get("const").map_or_else(|| kind(choice), |value| format!("`{}`", plain(value)));
            let description = choice["description"].as_str().unwrap_or_default().replace('\n', " ");
            let dash = if description.is_empty() { "" } else { " — " };
            let _ = writeln!(out, "- {what}{dash}{description}");
        }
    }
    if let Some(values) = object["enum"].as_array() {
        let values: Vec<String> = values.iter().map(|value| format!("`{}`", plain(value))).collect();
        let _ = write!(out, "\nOne of {}.\n", values.join(", "));
    }
}

/// The type of a property in a few words, with a link where it has a section of its own.
fn kind(property: &Value) -> String {
    if let Some(name) = property["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/")) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(value) = property.get("const") {
        return format!("always `{}`", plain(value));
    }
    match property["type"].as_str() {
        Some("array") => format!("list of {}", kind(&property["items"])),
        Some("object") => match property.get("additionalProperties") {
            Some(Value::Object(inner)) => format!("map of {}", kind(&Value::Object(inner.clone()))),
            _ => "map".into(),
        },
        Some("string") => "text".into(),
        Some("integer") => "whole number".into(),
        Some("boolean") => "true or false".into(),
        Some(other) => other.into(),
        None if property.get("anyOf").is_some() => "one of several".into(),
        None => "any value".into(),
    }
}

fn plain(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.replace('`', "'")
}

/// The properties of the language that no description explains.
pub fn undescribed(schema: &Value) -> Vec<String> {
    fn walk(path: &str, object: &Map<String, Value>, out: &mut Vec<String>) {
        for (name, property) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if property["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
                out.push(format!("{path}/{name}"));
            }
        }
    }
    let mut out = Vec::new();
    if let Some(root) = schema.as_object() {
        walk("", root, &mut out);
    }
    for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
        if let Some(definition) = definition.as_object() {
            walk(name, definition, &mut out);
        }
    }
    out
}
