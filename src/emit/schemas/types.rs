//! Fields and types of the contract as JSON Schema.

use serde_json::Map;

use crate::contract::{Binding, Contract, Events, Field, Offload, Type};
use crate::emit::tree::{Json, Object, object};
use crate::emit::worked::{binding, is_required};

/// The schema of an object with these fields and no others.
pub(in crate::emit) fn object<'c>(
    fields: impl IntoIterator<Item = &'c Field>,
    of: &dyn Fn(&'c Field) -> Json<'c>,
) -> Object<'c> {
    let mut properties = Object::new();
    let mut required: Vec<Json<'c>> = Vec::new();
    for field in fields {
        properties.insert(&field.name, of(field));
        if is_required(field) {
            required.push((&field.name).into());
        }
    }
    let mut schema = object! { "type": "object", "properties": properties };
    if !required.is_empty() {
        schema.insert("required", required);
    }
    schema.insert("additionalProperties", false);
    schema
}

/// The schema of a field wherever it is used.
pub(super) fn field(field: &Field) -> Json<'_> {
    described(field, of_type(&field.type_.value, field.nullable, Some(&field.bounds)))
}

/// The schema of a field in the events of one offload: parameters and source are known there.
pub(in crate::emit) fn field_of<'c>(given: &'c Field, offload: &'c Offload, events: &'c Events) -> Json<'c> {
    match (binding(given), &offload.params) {
        (Some(Binding::Params), Some(params)) => {
            let mut properties = Object::new();
            for name in &params.allow {
                properties.insert(&name.value, object! { "type": "string" });
            }
            described(given, object! { "type": "object", "properties": properties, "additionalProperties": false })
        }
        (Some(Binding::Source), _) if matches!(given.type_.value, Type::String) => {
            described(given, object! { "type": "string", "const": &events.source.value })
        }
        _ => field(given),
    }
}

fn described<'c>(field: &'c Field, schema: Object<'c>) -> Json<'c> {
    let mut out = Object::new();
    if let Some(description) = &field.description {
        out.insert("description", &description.value);
    }
    let constant = schema.get("const").is_some();
    out.extend(schema);
    if let Some(default) = &field.default {
        out.insert("default", &default.value);
    }
    if let Some(example) = field.example.as_ref().filter(|_| !constant) {
        out.insert("examples", vec![Json::from(&example.value)]);
    }
    out.into()
}

fn of_type<'c>(type_: &'c Type, nullable: bool, bounds: Option<&'c Map<String, serde_json::Value>>) -> Object<'c> {
    let mut schema = Object::new();
    let mut typed = |name: &'static str, format: Option<&'static str>| {
        schema.insert("type", if nullable { vec![Json::from(name), "null".into()].into() } else { Json::from(name) });
        if let Some(format) = format {
            schema.insert("format", format);
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
            let null = nullable.then_some(Json::Null);
            let values: Vec<Json<'_>> = values.iter().map(Json::from).chain(null).collect();
            schema.insert("enum", values);
        }
        Type::Array(item) => {
            typed("array", None);
            schema.insert("items", of_type(item, false, None));
        }
        Type::Map(value) => {
            typed("object", None);
            schema.insert("additionalProperties", of_type(value, false, None));
        }
        Type::Object(fields) => {
            schema = object(fields, &field);
            if nullable {
                schema.insert("type", vec!["object".into(), "null".into()]);
            }
        }
        Type::Payload(name) => {
            let reference = object! { "$ref": reference(name) };
            if nullable {
                schema.insert("anyOf", vec![reference.into(), object! { "type": "null" }.into()]);
            } else {
                schema.extend(reference);
            }
        }
    }
    for (keyword, bound) in bounds.into_iter().flatten() {
        schema.insert(keyword, bound);
    }
    schema
}

fn reference(name: &str) -> String {
    // A payload's name is an identifier: only `$` would need an escape, and URIs allow it.
    format!("#/$defs/{name}")
}

/// The `$defs`: every payload that the fields refer to, also through others; nothing without any.
pub(in crate::emit) fn definitions<'c>(contract: &'c Contract, fields: &[&'c Field]) -> Option<Object<'c>> {
    fn refers<'c>(type_: &'c Type, into: &mut Vec<&'c str>) {
        match type_ {
            Type::Payload(name) => into.push(name),
            Type::Array(inner) | Type::Map(inner) => refers(inner, into),
            Type::Object(fields) => fields.iter().for_each(|field| refers(&field.type_.value, into)),
            _ => {}
        }
    }
    let mut open: Vec<&'c str> = Vec::new();
    fields.iter().for_each(|field| refers(&field.type_.value, &mut open));
    let mut definitions = Object::new();
    while let Some(name) = open.pop() {
        let Some(payload) = contract.payloads.get(name) else { continue };
        if definitions.get(name).is_none() {
            let mut schema = Object::new();
            if let Some(description) = &payload.description {
                schema.insert("description", &description.value);
            }
            schema.extend(object(&payload.fields, &field));
            definitions.insert(name, schema);
            payload.fields.iter().for_each(|field| refers(&field.type_.value, &mut open));
        }
    }
    definitions.sort_keys();
    (!definitions.is_empty()).then_some(definitions)
}
