//! The data of an event against its payload: what is missing, too much, or of another type.

use crate::conform::observe::Data;
use crate::conform::program::Site;
use crate::contract::{Binding, Contract, Field, Offload, Type};
use crate::derive::Instant;
use crate::pointer::Pointer;

/// One difference.
pub(in crate::conform) struct Fault<'f> {
    /// The field, from the data on: `window.start`.
    pub(in crate::conform) path: String,
    /// Where it, or what lacks it, is written.
    pub(in crate::conform) at: Option<Site>,
    pub(in crate::conform) what: What<'f>,
}

/// What a difference is.
pub(in crate::conform) enum What<'f> {
    /// A required field is not there.
    Missing(&'f Pointer),
    /// The payload has no such field.
    Undeclared,
    /// The value is of another type.
    Type { value: &'f Data, wanted: String, at: &'f Pointer },
}

/// The fields of a payload that the events of an offload have.
pub(in crate::conform) fn fields<'f>(contract: &'f Contract, offload: &'f Offload, payload: &str) -> Vec<&'f Field> {
    let all = contract.payloads.get(payload).map(|payload| payload.fields.as_slice()).unwrap_or_default();
    all.iter().filter(|field| offload.params.is_some() || !is_params(field)).collect()
}

/// Whether a field is filled with the parameters of the request.
pub(in crate::conform) fn is_params(field: &Field) -> bool {
    field.from.as_ref().is_some_and(|from| from.value == Binding::Params)
}

/// The differences between data and fields.
pub(in crate::conform) fn faults<'f>(contract: &'f Contract, fields: &[&'f Field], data: &'f Data) -> Vec<Fault<'f>> {
    let mut found = Vec::new();
    record(contract, fields, data, "", None, &mut found);
    found
}

fn record<'f>(
    contract: &'f Contract,
    fields: &[&'f Field],
    data: &'f Data,
    path: &str,
    around: Option<Site>,
    found: &mut Vec<Fault<'f>>,
) {
    let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    for field in fields {
        let written = data.field(&field.name);
        match written.map(|written| &written.value) {
            None | Some(Data::Undefined | Data::Function) => {
                let surely = written.is_some() || data.is_closed() || *data == Data::Undefined;
                if surely && !field.optional {
                    let at = written.map(|written| written.at).or(around);
                    found.push(Fault { path: inside(&field.name), at, what: What::Missing(&field.at) });
                }
            }
            Some(Data::Null) if field.nullable => {}
            Some(value) => {
                let at = written.map(|written| written.at);
                type_of(contract, &field.type_, field, value, inside(&field.name), at, found);
            }
        }
    }
    for written in data.fields() {
        if written.value != Data::Function && !fields.iter().any(|field| field.name == *written.name) {
            let path = inside(&written.name);
            found.push(Fault { path, at: Some(written.at), what: What::Undeclared });
        }
    }
}

fn type_of<'f>(
    contract: &'f Contract,
    type_: &'f Type,
    field: &'f Field,
    value: &'f Data,
    path: String,
    at: Option<Site>,
    found: &mut Vec<Fault<'f>>,
) {
    // Whatever a text is made of, it is one.
    let is_text = || value.template().is_some() && matches!(type_, Type::Integer | Type::Number | Type::Boolean);
    if value.is_unknown() && !is_text() {
        return;
    }
    match (type_, value) {
        (Type::Payload(name), Data::Record(..)) => {
            let fields: Vec<&Field> =
                contract.payloads.get(name).into_iter().flat_map(|payload| &payload.fields).collect();
            record(contract, &fields, value, &path, at, found);
        }
        (Type::Object(fields), Data::Record(..)) => {
            record(contract, &fields.iter().collect::<Vec<_>>(), value, &path, at, found);
        }
        (Type::Array(item), Data::List(items)) => {
            for (index, value) in items.iter().enumerate() {
                type_of(contract, item, field, value, format!("{path}[{index}]"), at, found);
            }
        }
        (Type::Map(item), Data::Record(..)) => {
            for written in value.fields() {
                let path = format!("{path}.{}", written.name);
                type_of(contract, item, field, &written.value, path, Some(written.at), found);
            }
        }
        _ if fits(type_, value) && within(field, value) => {}
        _ => {
            let wanted = match type_ {
                Type::Enum(values) => format!("one of `{}`", values.join("`, `")),
                _ if fits(type_, value) => format!("a value of type `{}` within its bounds", type_.text()),
                other => format!("a value of type `{}`", other.text()),
            };
            found.push(Fault { path, at, what: What::Type { value, wanted, at: &field.type_.at } });
        }
    }
}

/// Whether JSON of a value is of a type without parts.
fn fits(type_: &Type, value: &Data) -> bool {
    let text = |is_one: &dyn Fn(&str) -> bool| value.as_text().is_some_and(is_one);
    match type_ {
        Type::Json => !matches!(value, Data::Undefined | Data::Function),
        Type::String => matches!(value, Data::Text(_) | Data::Instant(_)),
        Type::Integer => matches!(value, Data::Number(number) if number.fract() == 0.0),
        Type::Number => matches!(value, Data::Number(number) if number.is_finite()),
        Type::Boolean => matches!(value, Data::Bool(_)),
        Type::Timestamp => matches!(value, Data::Instant(_)) || text(&|text| Instant::parse(text).is_some()),
        Type::Date => text(&|text| text.len() == 10 && Instant::parse(&format!("{text}T00:00:00Z")).is_some()),
        Type::Uuid => text(&is_uuid),
        Type::Url => text(&|text| text.contains(':')),
        Type::Enum(values) => text(&|text| values.iter().any(|value| value == text)),
        Type::Array(_) | Type::Map(_) | Type::Payload(_) | Type::Object(_) => false,
    }
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether a number is within the bounds of its field.
fn within(field: &Field, value: &Data) -> bool {
    let Data::Number(number) = value else { return true };
    let bound = |name: &str| field.bounds.get(name).and_then(serde_json::Value::as_f64);
    bound("minimum").is_none_or(|least| *number >= least) && bound("maximum").is_none_or(|most| *number <= most)
}
