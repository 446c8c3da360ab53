//! Worked values: what one call at a fixed instant would send and answer. Schemas and documents show
//! the same ones, so that a reader can compare them. No clock: the instant is part of the compiler.

use serde_json::{Map, Value};

use super::tree::{Json, Object};

use crate::contract::{Binding, Contract, Event, Events, Field, Offload, Type};
use crate::derive::{Derived, Instant, derive};

/// The instant of every worked call, but for scheduled ones whose schedule does not come then.
pub(in crate::emit) const AT: &str = "2026-02-18T05:55:00.000Z";
/// The random value of every worked call.
pub(in crate::emit) const UUID: &str = "3f6c1f0a-8a52-4d0e-9c39-5b1d7f4a2e60";

/// A call, and what follows from it.
#[derive(Debug)]
pub(in crate::emit) struct Call {
    /// When it is.
    pub(in crate::emit) at: Instant,
    /// The query parameters.
    pub(in crate::emit) params: Vec<(String, String)>,
    /// Keys and ids.
    pub(in crate::emit) derived: Derived,
}

/// The scheduled call; where the key needs parameters, the call with all of them.
pub(in crate::emit) fn scheduled(offload: &Offload, events: &Events) -> Option<Call> {
    let scheduled = with(offload, events, tick(offload)?, Vec::new());
    scheduled.or_else(|| with(offload, events, Instant::parse(AT)?, given(offload, usize::MAX)))
}

/// When an offload is called, which is `AT` or soon after it.
pub(in crate::emit) fn tick(offload: &Offload) -> Option<Instant> {
    let at = Instant::parse(AT)?;
    Some(offload.schedule.as_ref().and_then(|schedule| schedule.next(at)).unwrap_or(at))
}

/// A call by hand with one allowed parameter; `None` for an offload without any.
pub(in crate::emit) fn manual(offload: &Offload, events: &Events) -> Option<Call> {
    let params = given(offload, 1);
    if params.is_empty() { None } else { with(offload, events, Instant::parse(AT)?, params) }
}

fn given(offload: &Offload, most: usize) -> Vec<(String, String)> {
    let names = offload.params.iter().flat_map(|params| &params.allow).take(most);
    names.map(|name| (name.value.clone(), "1".to_owned())).collect()
}

fn with(offload: &Offload, events: &Events, at: Instant, params: Vec<(String, String)>) -> Option<Call> {
    let derived = derive(offload, events, at, None, &params, UUID)?;
    Some(Call { at, params, derived })
}

/// The fields that the data of an event has: those bound to parameters only where the offload has
/// parameters.
pub(in crate::emit) fn fields<'c>(contract: &'c Contract, offload: &Offload, event: &Event) -> Vec<&'c Field> {
    let payload = contract.payloads.get(event.payload.value.as_str());
    let has = |field: &&Field| offload.params.is_some() || binding(field) != Some(Binding::Params);
    payload.into_iter().flat_map(|payload| &payload.fields).filter(has).collect()
}

/// What the dispatcher fills a field with.
pub(in crate::emit) fn binding(field: &Field) -> Option<Binding> {
    field.from.as_ref().map(|from| from.value)
}

/// Whether a field is always in the data of the events of an offload.
pub(in crate::emit) fn is_required(field: &Field) -> bool {
    !field.optional && binding(field) != Some(Binding::Params)
}

/// The data of an event of a call. `None` when a required field has no example and none can be made.
pub(in crate::emit) fn data<'c>(
    contract: &'c Contract,
    offload: &'c Offload,
    events: &'c Events,
    event: &'c Event,
    call: &Call,
) -> Option<Object<'c>> {
    let mut data = Object::new();
    for field in fields(contract, offload, event) {
        let value = match binding(field) {
            Some(bound) => bound_value(bound, events, call),
            None => None,
        };
        match value.or_else(|| if binding(field) == Some(Binding::Params) { None } else { example(contract, field) }) {
            Some(value) => {
                data.insert(&field.name, value);
            }
            None if !is_required(field) => {}
            None => return None,
        }
    }
    Some(data)
}

/// What a binding gives in a call.
pub(in crate::emit) fn bound_value<'c>(bound: Binding, events: &'c Events, call: &Call) -> Option<Json<'c>> {
    let derived = &call.derived;
    Some(match bound {
        Binding::Source => (&events.source.value).into(),
        Binding::Now => call.at.iso().into(),
        Binding::Uuid => UUID.into(),
        Binding::DispatchKey => derived.dispatch_key.clone().into(),
        Binding::WindowStart => derived.window?.0.iso().into(),
        Binding::WindowSeconds => derived.window?.1.seconds().into(),
        Binding::Params => serde_json::from_str::<Value>(derived.params.as_ref()?).ok()?.into(),
    })
}

/// An example of a field: its own, its default, or one made for a field that must be there.
fn example<'c>(contract: &'c Contract, field: &'c Field) -> Option<Json<'c>> {
    if let Some(given) = field.example.as_ref().or(field.default.as_ref()) {
        return Some((&given.value).into());
    }
    if !is_required(field) {
        return None;
    }
    if field.nullable {
        return Some(Json::Null);
    }
    made(contract, &field.type_.value, &field.bounds)
}

fn made<'c>(contract: &'c Contract, type_: &'c Type, bounds: &Map<String, Value>) -> Option<Json<'c>> {
    let count = |keyword: &str| bounds.get(keyword).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    Some(match type_ {
        Type::String | Type::Url if bounds.contains_key("pattern") => return None,
        Type::String => {
            let mut text = "example".to_owned();
            let missing = count("minLength").unwrap_or(0).saturating_sub(text.len());
            if missing > 1_000 {
                return None;
            }
            text.extend(std::iter::repeat_n('x', missing));
            text.truncate(count("maxLength").unwrap_or(usize::MAX).min(text.len()));
            text.into()
        }
        Type::Url if bounds.is_empty() => "https://example.com/".into(),
        Type::Url => return None,
        Type::Integer | Type::Number => number(bounds)?,
        Type::Boolean => true.into(),
        Type::Timestamp => AT.into(),
        Type::Date => AT[..10].into(),
        Type::Uuid => UUID.into(),
        Type::Json => Object::new().into(),
        Type::Enum(values) => values.first()?.into(),
        Type::Array(_) if count("minItems").unwrap_or(0) == 0 => Vec::new().into(),
        Type::Array(item) if count("minItems") == Some(1) => vec![made(contract, item, &Map::new())?].into(),
        Type::Array(_) => return None,
        Type::Map(_) if count("minProperties").unwrap_or(0) == 0 => Object::new().into(),
        Type::Map(_) => return None,
        Type::Payload(name) => object(contract, &contract.payloads.get(name)?.fields)?,
        Type::Object(fields) => object(contract, fields)?,
    })
}

/// An object with these fields, as far as examples are known or can be made.
pub(in crate::emit) fn object<'c>(contract: &'c Contract, fields: &'c [Field]) -> Option<Json<'c>> {
    let mut object = Object::new();
    for field in fields {
        match example(contract, field) {
            Some(value) => {
                object.insert(&field.name, value);
            }
            None if !is_required(field) => {}
            None => return None,
        }
    }
    Some(object.into())
}

/// A whole number inside the bounds; `None` when a simple one does not fit.
fn number(bounds: &Map<String, Value>) -> Option<Json<'static>> {
    let bound = |keyword: &str| bounds.get(keyword).and_then(Value::as_f64);
    let least = bound("minimum").map(f64::ceil).into_iter().chain(bound("exclusiveMinimum").map(|n| n.floor() + 1.0));
    let most = bound("maximum").into_iter().chain(bound("exclusiveMaximum").map(|n| n.ceil() - 1.0));
    let least = least.fold(f64::NEG_INFINITY, f64::max);
    let most = most.fold(f64::INFINITY, f64::min);
    let start = if least.is_finite() { least } else { most.min(0.0).floor() };
    let number = match bound("multipleOf") {
        Some(step) if step > 0.0 => (start / step).ceil() * step,
        _ => start,
    };
    let whole = number.fract() == 0.0 && number.abs() < 9e15 && number <= most;
    whole.then(|| Json::from(number as i64))
}
