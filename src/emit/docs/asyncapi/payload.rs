//! JSON Schemas of this compiler as schema objects of AsyncAPI.
//!
//! Those follow draft-07: what is shared lies under `components`, nothing counts beside a `$ref`, and
//! descriptions are Markdown.

use std::collections::HashMap;

use super::super::inline::{prose, to_markdown};
use crate::emit::tree::{Json, Object, object};

/// Payloads of the contract with their names under `components/schemas`, where `$` cannot stand.
pub(super) type Names = HashMap<String, String>;

/// Keywords whose value is a schema, if it is an object.
const ONE: [&str; 3] = ["items", "additionalProperties", "not"];
/// Keywords whose value is a list of schemas.
const SEVERAL: [&str; 3] = ["anyOf", "allOf", "oneOf"];

/// A schema as AsyncAPI has it.
pub(super) fn schema<'c>(given: Object<'c>, names: &Names) -> Object<'c> {
    let mut out = Object::new();
    for (key, value) in given {
        match (key.as_ref(), value) {
            ("$ref", Json::Text(target)) => out.insert("$ref", reference(&target, names)),
            ("description", Json::Text(text)) => out.insert("description", markdown(&text)),
            ("properties", Json::Object(properties)) => out.insert("properties", each(properties, names)),
            (keyword, Json::List(schemas)) if SEVERAL.contains(&keyword) => {
                let schemas = schemas.into_iter().map(|inner| inside(inner, names)).collect::<Vec<_>>();
                out.insert(key, schemas);
            }
            (keyword, inner) if ONE.contains(&keyword) => out.insert(key, inside(inner, names)),
            (_, value) => out.insert(key, value),
        }
    }
    // In draft-07, nothing that stands beside a `$ref` counts.
    match out.get("$ref").cloned() {
        Some(target) if out.entries().len() > 1 => {
            let mut wrapped = Object::new();
            wrapped.extend(out.into_iter().filter(|(key, _)| key != "$ref"));
            wrapped.insert("allOf", vec![object! { "$ref": target }.into()]);
            wrapped
        }
        _ => out,
    }
}

/// The schemas of names.
pub(super) fn each<'c>(given: Object<'c>, names: &Names) -> Object<'c> {
    let mut out = Object::new();
    out.extend(given.into_iter().map(|(name, inner)| (name, inside(inner, names))));
    out
}

fn inside<'c>(given: Json<'c>, names: &Names) -> Json<'c> {
    match given {
        Json::Object(inner) => Json::Object(schema(inner, names)),
        other => other,
    }
}

fn reference(target: &str, names: &Names) -> String {
    let name = target.rsplit('/').next().unwrap_or_default();
    format!("#/components/schemas/{}", names.get(name).map_or(name, String::as_str))
}

/// Text of the spec where AsyncAPI reads Markdown: it is shown as it was written.
pub(super) fn markdown(text: &str) -> String {
    to_markdown(&prose(text)).into_owned()
}
