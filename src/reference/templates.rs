//! The page of what templates may see, from the types that they print.

use std::fmt::Write;

use serde_json::Value;

use crate::emit::{Templates, views};

/// The page of the templates, as Markdown.
pub fn templates() -> String {
    let views = views();
    let mut out = String::from(include_str!("templates.md"));
    out.push_str("\n## What each template is given\n");
    for template in Templates::list() {
        let _ = write!(out, "\n### `{}`\n", template.name);
        let view = views.of.iter().find(|(name, _)| *name == template.name);
        match view.and_then(|(_, name)| views.types.get(name)) {
            Some(view) => describe(&mut out, view),
            None => out.push_str("\nIt is not a template: `contract.html` contains it unchanged.\n"),
        }
    }
    out.push_str("\n## Types\n");
    let printed: Vec<&str> = views.of.iter().map(|(_, name)| name.as_str()).collect();
    let mut types: Vec<(&String, &Value)> =
        views.types.iter().filter(|(name, _)| !printed.contains(&name.as_str())).collect();
    types.sort_by_key(|(name, _)| *name);
    for (name, view) in types {
        let _ = write!(out, "\n### {name}\n");
        describe(&mut out, view);
    }
    out
}

/// The types of templates, and their parts, that no description explains.
pub fn undescribed_views() -> Vec<String> {
    let types = &views().types;
    let silent = |value: &Value| value["description"].as_str().is_none_or(|text| text.trim().is_empty());
    let mut out: Vec<String> = types.iter().filter(|(_, view)| silent(view)).map(|(name, _)| name.clone()).collect();
    for (name, view) in types {
        for (field, schema) in fields(view) {
            if silent(schema) {
                out.push(format!("{name}.{field}"));
            }
        }
    }
    out
}

/// The fields of a type; of one that is one of several, those of each.
fn fields(view: &Value) -> Vec<(&str, &Value)> {
    let own = view["properties"].as_object().into_iter().flatten().map(|(name, schema)| (name.as_str(), schema));
    let each = view["oneOf"].as_array().into_iter().flatten();
    let each = each.flat_map(|choice| {
        // What is said of a choice is said of its one field.
        let named = choice["properties"].as_object().into_iter().flatten();
        named.map(move |(name, _)| (name.as_str(), choice))
    });
    own.chain(each).collect()
}

fn describe(out: &mut String, view: &Value) {
    let _ = write!(out, "\n{}\n\n", one_line(view));
    for (name, schema) in fields(view) {
        let is_choice = schema.get("properties").is_some_and(|inside| inside.get(name).is_some());
        let type_ = if is_choice { &schema["properties"][name] } else { schema };
        let _ = writeln!(out, "- `{name}` ({}): {}", kind(type_), one_line(schema));
    }
}

fn one_line(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().replace('\n', " ")
}

/// A type in a few words, with a link where it has a section of its own.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next()) {
        return of_name(name);
    }
    if let Some(each) = schema["anyOf"].as_array() {
        let there: Vec<&Value> = each.iter().filter(|choice| choice["type"] != "null").collect();
        let words: Vec<String> = there.iter().map(|choice| kind(choice)).collect();
        let nothing = if there.len() < each.len() { ", or nothing" } else { "" };
        return format!("{}{nothing}", words.join(" or "));
    }
    match &schema["type"] {
        Value::Array(several) => {
            let words: Vec<String> =
                several.iter().filter(|name| *name != "null").map(|name| word(name.as_str(), schema)).collect();
            format!("{}, or nothing", words.join(" or "))
        }
        one => word(one.as_str(), schema),
    }
}

fn word(name: Option<&str>, schema: &Value) -> String {
    match name {
        Some("string") => "text".to_owned(),
        Some("integer") => "whole number".to_owned(),
        Some("boolean") => "true or false".to_owned(),
        Some("array") => match (schema.get("items"), schema["prefixItems"].as_array()) {
            (Some(items), _) => format!("list of {}", kind(items)),
            (None, Some(each)) => format!("list of {}", each.iter().map(kind).collect::<Vec<_>>().join(", ")),
            (None, None) => "list".to_owned(),
        },
        Some(other) => other.to_owned(),
        None => "any value".to_owned(),
    }
}

/// The name of a type; the view of a template has its section under the template.
fn of_name(name: &str) -> String {
    let template = views().of.iter().find(|(_, view)| view == name);
    match template {
        Some((template, _)) => {
            let anchor: String =
                template.chars().filter(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect::<String>();
            format!("what [`{template}`](#{}) is given", anchor.to_lowercase())
        }
        None => format!("[{name}](#{})", name.to_lowercase()),
    }
}
