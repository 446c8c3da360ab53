//! The schema of `contract.json`, from the types that it is printed from.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::head;
use crate::contract::Contract;
use crate::emit::tree::{Json, Object};

/// Formats that say how Rust holds a number; JSON Schema does not know them.
const RUST_FORMATS: [&str; 10] =
    ["uint8", "uint16", "uint32", "uint64", "uint", "int32", "int64", "int", "double", "float"];

static GENERATED: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Contract>().to_value();
    drop_formats(&mut schema);
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
});

/// The schema of `contract.json`.
pub(super) fn schema(contract: &Contract) -> Object<'_> {
    let mut generated = GENERATED.clone();
    generated.shift_remove("$schema");
    let title = generated.shift_remove("title").unwrap_or_default();
    let description = generated.shift_remove("description").map(Json::from);
    let mut schema = head(contract, "contract", "", title, description);
    if let Some(Value::Object(properties)) = generated.get_mut("properties") {
        let head = [
            ("$comment", json!({ "description": "Who wrote the file, and its seal.", "type": "string" })),
            ("$schema", json!({ "description": "The location of this schema.", "type": "string" })),
        ];
        let rest = std::mem::take(properties);
        properties.extend(head.map(|(name, schema)| (name.to_owned(), schema)));
        properties.extend(rest);
    }
    for (key, value) in generated {
        schema.insert(key, value);
    }
    schema
}

fn drop_formats(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if map.get("format").and_then(Value::as_str).is_some_and(|format| RUST_FORMATS.contains(&format)) {
                map.shift_remove("format");
            }
            map.values_mut().for_each(drop_formats);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_formats),
        _ => {}
    }
}
