//! Fields and types of the contract as JSON Schema.

use serde_json::{Map, Value, json};

use crate::contract::{Binding, Contract, Events, Field, Offload, Type};
use crate::emit::worked::{binding, is_required};

/// The schema of an object with these fields and no others.
pub(super) fn object<'f>(
    fields: impl IntoIterator<Item = &'f Field>,
    of: &dyn Fn(&Field) -> Value,
) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut required: Vec<Value> = Vec::new();
    for field in fields {
        properties.insert(field.name.clone(), of(field));
        if is_required(field) {
            required.push(field.name.clone().into());
        }
    }
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), properties.into());
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    schema.insert("additionalProperties".into(), false.into());
    schema
}

/// The schema of a field wherever it is used.
pub(super) fn field(field: &Field) -> Value {
    described(field, of_type(&field.type_.value, field.nullable, &field.bounds))
}

/// The schema of a field in the events of one offload: parameters and source are known there.
pub(super) fn field_of(given: &Field, offload: &Offload, events: &Events) -> Value {
    match (binding(given), &offload.params) {
        (Some(Binding::Params), Some(params)) => {
            let names = params.allow.iter();
            let properties: Map<String, Value> =
                names.map(|name| (name.value.clone(), json!({ "type": "string" }))).collect();
            let mut schema = Map::new();
            schema.insert("type".into(), "object".into());
            schema.insert("properties".into(), properties.into());
            schema.insert("additionalProperties".into(), false.into());
            described(given, schema)
        }
        (Some(Binding::Source), _) if matches!(given.type_.value, Type::String) => {
            let mut schema = Map::new();
            schema.insert("type".into(), "string".into());
            schema.insert("const".into(), events.source.value.clone().into());
            described(given, schema)
        }
        _ => field(given),
    }
}

fn described(field: &Field, schema: Map<String, Value>) -> Value {
    let mut out = Map::new();
    if let Some(description) = &field.description {
        out.insert("description".into(), description.value.clone().into());
    }
    let constant = schema.contains_key("const");
    out.extend(schema);
    if let Some(default) = &field.default {
        out.insert("default".into(), default.value.clone());
    }
    if let Some(example) = field.example.as_ref().filter(|_| !constant) {
        out.insert("examples".into(), json!([example.value]));
    }
    out.into()
}

fn of_type(type_: &Type, nullable: bool, bounds: &Map<String, Value>) -> Map<String, Value> {
    let mut schema = Map::new();
    let mut typed = |name: &str, format: Option<&str>| {
        schema.insert("type".into(), if nullable { json!([name, "null"]) } else { name.into() });
        if let Some(format) = format {
            schema.insert("format".into(), format.into());
        }
    };
    match type_ {
        Type::String => typed("string", None),
        Type::Integer => typed("integer", None),
        Type::Number => typed("number", None),
        Type::Boolean => typed("boolean", None),
        Type::Timestamp => typed("string", Some("date-time")),
        Type::Date => typed("string", Some("date")),
        Type::Uuid => typed("string", Some("uuid")),
        Type::Url => typed("string", Some("uri")),
        Type::Json => {}
        Type::Enum(values) => {
            typed("string", None);
            let null = nullable.then_some(Value::Null);
            let values: Vec<Value> = values.iter().cloned().map(Value::from).chain(null).collect();
            schema.insert("enum".into(), values.into());
        }
        Type::Array(item) => {
            typed("array", None);
            schema.insert("items".into(), of_type(item, false, &Map::new()).into());
        }
        Type::Map(value) => {
            typed("object", None);
            schema.insert("additionalProperties".into(), of_type(value, false, &Map::new()).into());
        }
        Type::Object(fields) => {
            schema = object(fields, &field);
            if nullable {
                schema.insert("type".into(), json!(["object", "null"]));
            }
        }
        Type::Payload(name) => {
            let reference = json!({ "$ref": reference(name) });
            if nullable {
                schema.insert("anyOf".into(), json!([reference, { "type": "null" }]));
            } else if let Value::Object(reference) = reference {
                schema.extend(reference);
            }
        }
    }
    schema.extend(bounds.iter().map(|(keyword, bound)| (keyword.clone(), bound.clone())));
    schema
}

fn reference(name: &str) -> String {
    // A payload's name is an identifier: only `$` would need an escape, and URIs allow it.
    format!("#/$defs/{name}")
}

/// `$defs` with every payload that the fields refer to, also through others; nothing without any.
pub(super) fn definitions(contract: &Contract, fields: &[&Field]) -> Map<String, Value> {
    fn refers<'c>(type_: &'c Type, into: &mut Vec<&'c str>) {
        match type_ {
            Type::Payload(name) => into.push(name),
            Type::Array(inner) | Type::Map(inner) => refers(inner, into),
            Type::Object(fields) => fields.iter().for_each(|field| refers(&field.type_.value, into)),
            _ => {}
        }
    }
    let mut open: Vec<&str> = Vec::new();
    fields.iter().for_each(|field| refers(&field.type_.value, &mut open));
    let mut definitions = Map::new();
    while let Some(name) = open.pop() {
        let Some(payload) = contract.payloads.get(name) else { continue };
        if !definitions.contains_key(name) {
            let mut schema = Map::new();
            if let Some(description) = &payload.description {
                schema.insert("description".into(), description.value.clone().into());
            }
            schema.extend(object(&payload.fields, &field));
            definitions.insert(name.to_owned(), schema.into());
            payload.fields.iter().for_each(|field| refers(&field.type_.value, &mut open));
        }
    }
    definitions.sort_keys();
    let mut out = Map::new();
    if !definitions.is_empty() {
        out.insert("$defs".into(), definitions.into());
    }
    out
}
