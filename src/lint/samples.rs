//! Values of payload fields against their types, as the JSON Schema of the field would check them.

use serde_json::{Map, Value, json};

use crate::contract::{Contract, Field, Type};
use crate::derive::Instant;

/// The fields that the contract writes itself, with those of inline objects; inherited ones once,
/// where they are written.
pub(super) fn written_fields(contract: &Contract) -> Vec<&Field> {
    fn add<'c>(fields: impl Iterator<Item = &'c Field>, into: &mut Vec<&'c Field>) {
        for field in fields {
            into.push(field);
            let mut inner = &field.type_.value;
            while let Type::Array(item) | Type::Map(item) = inner {
                inner = item;
            }
            if let Type::Object(fields) = inner {
                add(fields.iter(), into);
            }
        }
    }
    let mut out = Vec::new();
    for payload in contract.payloads.values() {
        add(payload.fields.iter().filter(|field| field.inherited.is_none()), &mut out);
    }
    out
}

/// Why a value is none of this field's; `None` when it is, or when the field's pattern is at fault.
pub(super) fn misfit(field: &Field, value: &Value, contract: &Contract) -> Option<String> {
    if plainly_fits(field, value) {
        return None;
    }
    let schema = of_field(field, Some(contract));
    if let (Type::Timestamp, Value::String(text)) = (&field.type_.value, value)
        && Instant::parse(text).is_some()
        && !text.ends_with('Z')
    {
        return Some(format!("{text} is not in UTC, with a `Z` at its end"));
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).ok()?;
    let first = validator.iter_errors(value).next()?;
    let place = first.instance_path().to_string();
    Some(if place.is_empty() { first.to_string() } else { format!("{first}, at `{place}`") })
}

/// Whether a value is one of the field's at a glance: to build a validator costs more than all other
/// rules together, and nearly every value is right.
fn plainly_fits(field: &Field, value: &Value) -> bool {
    let within = |size: f64, least: &str, most: &str| {
        field.bounds.iter().all(|(keyword, bound)| match bound.as_f64() {
            Some(bound) if keyword == least => size >= bound,
            Some(bound) if keyword == most => size <= bound,
            _ => false,
        })
    };
    match (&field.type_.value, value) {
        (Type::String, Value::String(text)) => within(text.chars().count() as f64, "minLength", "maxLength"),
        (Type::Integer, Value::Number(number)) => {
            number.as_i64().is_some_and(|number| within(number as f64, "minimum", "maximum"))
        }
        (Type::Boolean, Value::Bool(_)) => field.bounds.is_empty(),
        (Type::Enum(values), Value::String(text)) => field.bounds.is_empty() && values.contains(text),
        _ => false,
    }
}

fn of_field(field: &Field, named: Option<&Contract>) -> Value {
    let mut schema = of_type(&field.type_, named);
    schema.extend(field.bounds.clone());
    if field.nullable {
        return json!({ "anyOf": [schema, { "type": "null" }] });
    }
    Value::Object(schema)
}

/// `named` holds the payloads that are spelled out. Those inside of them are any object: spelled out
/// as well, payloads that use each other would grow without bound.
fn of_type(type_: &Type, named: Option<&Contract>) -> Map<String, Value> {
    let schema = match type_ {
        Type::String => json!({ "type": "string" }),
        Type::Integer => json!({ "type": "integer" }),
        Type::Number => json!({ "type": "number" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Timestamp => json!({ "type": "string", "format": "date-time" }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::Uuid => json!({ "type": "string", "format": "uuid" }),
        Type::Url => json!({ "type": "string", "format": "uri" }),
        Type::Json => json!({}),
        Type::Enum(values) => json!({ "enum": values }),
        Type::Array(item) => json!({ "type": "array", "items": of_type(item, named) }),
        Type::Map(value) => json!({ "type": "object", "additionalProperties": of_type(value, named) }),
        Type::Payload(name) => match named.and_then(|contract| contract.payloads.get(name)) {
            Some(payload) => object(&payload.fields, None),
            None => json!({ "type": "object" }),
        },
        Type::Object(fields) => object(fields, named),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

fn object(fields: &[Field], named: Option<&Contract>) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.clone(), of_field(field, named))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| !field.optional).map(|field| field.name.as_str()).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}
