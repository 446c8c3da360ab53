//! The bodies with which a dispatch-only route answers, one alternative an answer of the contract.

use super::{head, types};
use crate::contract::{Binding, Contract, EventField, Events, Field, MetadataField, Offload, Presence, Response};
use crate::emit::tree::{Json, Object, object};
use crate::emit::worked::{self, Call};

/// What the names of answers among `$defs` begin with. A name with `-` is the name of no payload.
const ANSWER: &str = "response-";

/// The schema of the responses of an offload.
pub(super) fn schema<'c>(contract: &'c Contract, offload: &'c Offload, events: &'c Events) -> Object<'c> {
    let title = format!("Dispatch responses of {}", offload.route.value);
    let description = "The bodies with which the route answers when its flag is on.".into();
    let mut schema = head(contract, "responses", &offload.job, title, Some(description));
    let each = contract.dispatch.responses.each();
    let references: Vec<Json<'_>> =
        each.iter().map(|(name, _)| object! { "$ref": format!("#/$defs/{ANSWER}{name}") }.into()).collect();
    schema.insert("oneOf", references);
    let call = worked::scheduled(offload, events);
    let mut definitions = Object::new();
    let mut examples = Vec::new();
    for (name, response) in each {
        let (answer, example) = answer(contract, offload, events, name, response, call.as_ref());
        examples.extend(example);
        definitions.insert(format!("{ANSWER}{name}"), answer);
    }
    for (field, shared) in [
        (contract.dispatch.metadata.value.as_str(), "dispatch-metadata"),
        ("event", "sent-event"),
        ("events", "sent-events"),
    ] {
        share(field, shared, &mut definitions);
    }
    let fields: Vec<&Field> =
        metadata(contract, offload, events, &contract.dispatch.responses.dispatched).map(|(field, _)| field).collect();
    definitions.extend(types::definitions(contract, &fields).into_iter().flatten());
    if !examples.is_empty() {
        schema.insert("examples", examples);
    }
    schema.insert("$defs", definitions);
    schema
}

/// Moves what all answers say of a field into a definition of its own.
fn share(field: &str, name: &'static str, definitions: &mut Object<'_>) {
    let answers = || definitions.iter().filter(|(name, _)| name.starts_with(ANSWER)).map(|(_, answer)| answer);
    fn said<'j, 'c>(answer: &'j Json<'c>, field: &str) -> Option<&'j Json<'c>> {
        let Json::Object(answer) = answer else { return None };
        let Json::Object(properties) = answer.get("properties")? else { return None };
        properties.get(field)
    }
    let Some(first) = answers().next().and_then(|answer| said(answer, field)) else { return };
    if !answers().all(|answer| said(answer, field) == Some(first)) {
        return;
    }
    let first = first.clone();
    for (_, answer) in definitions.iter_mut().filter(|(name, _)| name.starts_with(ANSWER)) {
        let Json::Object(answer) = answer else { continue };
        let Some(Json::Object(properties)) = answer.get_mut("properties") else { continue };
        if let Some(property) = properties.get_mut(field) {
            *property = object! { "$ref": format!("#/$defs/{name}") }.into();
        }
    }
    definitions.insert(name, first);
}

/// The payload fields that a response of an offload repeats, with whether each is always there.
/// Fields that no event of the offload has are left out.
pub(in crate::emit) fn metadata<'c>(
    contract: &'c Contract,
    offload: &'c Offload,
    events: &'c Events,
    response: &'c Response,
) -> impl Iterator<Item = (&'c Field, &'c MetadataField)> {
    let all: Vec<&Field> = events.events.iter().flat_map(|event| worked::fields(contract, offload, event)).collect();
    response.metadata.iter().filter_map(move |wanted| {
        let field = all.iter().find(|field| field.name == wanted.name.value)?;
        Some((*field, wanted))
    })
}

/// An answer, and an example of it.
fn answer<'c>(
    contract: &'c Contract,
    offload: &'c Offload,
    events: &'c Events,
    name: &str,
    response: &'c Response,
    call: Option<&Call>,
) -> (Object<'c>, Option<Json<'c>>) {
    let mut body = Body::default();
    let mode = &response.mode.value;
    body.add("mode", object! { "type": "string", "const": mode }, true, Some(mode.into()));

    let mut inside = Body::default();
    for (field, wanted) in metadata(contract, offload, events, response) {
        let bound = worked::binding(field);
        let value = call.zip(bound).and_then(|(call, bound)| worked::bound_value(bound, events, call));
        let value = value.or_else(|| field.example.as_ref().map(|example| Json::from(&example.value)));
        let required = !wanted.optional && worked::is_required(field) && bound != Some(Binding::Params);
        inside.add(&field.name, types::field_of(field, offload, events), required, value);
    }
    if !inside.properties.is_empty() {
        let example = inside.example.take().map(Json::Object);
        body.add(&contract.dispatch.metadata.value, inside.schema(), true, example);
    }

    let mut sent: Vec<(Json<'c>, Json<'c>)> = events
        .events
        .iter()
        .enumerate()
        .map(|(index, event)| {
            let id = call.and_then(|call| call.derived.events.get(index)).map(|(_, id)| id.clone());
            said(&response.event.value, &event.name.value, id)
        })
        .collect();
    if response.event.value.is_empty() {
        sent.clear();
    } else if let [(schema, example)] = sent.as_mut_slice() {
        let (schema, example) = (std::mem::replace(schema, Json::Null), std::mem::replace(example, Json::Null));
        body.add("event", schema, true, Some(example));
    } else {
        let count = sent.len();
        let (schemas, examples): (Vec<_>, Vec<_>) = sent.into_iter().unzip();
        let schema = object! {
            "type": "array",
            "prefixItems": schemas,
            "items": false,
            "minItems": count,
            "maxItems": count,
        };
        body.add("events", schema, true, Some(examples.into()));
    }
    if let Some(presence) = &response.published_event_ids {
        let schema = object! {
            "description": "The ids that Inngest gave the events; never the id that was sent.",
            "type": "array",
            "items": object! { "type": "string" },
        };
        let example: Vec<Json<'c>> = vec!["01KHQ6Z3Y8N7T3C1V5W9XJ2B4D".into(); events.events.len()];
        body.add("publishedEventIds", schema, presence.value == Presence::Required, Some(example.into()));
    }
    if name != "dispatched" {
        let schema = object! { "description": "What went wrong, as text for people.", "type": "string" };
        body.add("error", schema, true, Some(meaning(name).into()));
    }
    let timestamp = object! { "description": "When the route answered, UTC.", "type": "string", "format": "date-time" };
    let at = call.map_or_else(|| worked::AT.to_owned(), |call| call.at.iso());
    body.add("timestamp", timestamp, true, Some(at.into()));

    let title = format!("{name}: HTTP {}", response.status.value);
    let mut out = object! { "title": title, "description": meaning(name) };
    let example = body.example.take();
    out.extend(body.schema());
    (out, example.filter(|_| call.is_some()).map(Json::Object))
}

/// What a case of the contract means.
pub(in crate::emit) fn meaning(case: &str) -> &'static str {
    match case {
        "dispatched" => "The event was sent; the work runs in Inngest.",
        "misconfigured" => "The flag is on and Inngest is not configured. The event was not sent, and nothing has run.",
        _ => {
            "Inngest did not confirm the event. The route has run nothing, and does not run the work inline \
            instead."
        }
    }
}

fn said<'c>(fields: &[EventField], name: &'c str, id: Option<String>) -> (Json<'c>, Json<'c>) {
    let mut body = Body::default();
    for field in fields {
        match field {
            EventField::Name => {
                body.add("name", object! { "type": "string", "const": name }, true, Some(name.into()));
            }
            EventField::Id => {
                let schema = object! { "description": "The id that the event is sent with.", "type": "string" };
                body.add("id", schema, true, id.clone().map(Json::from));
            }
        }
    }
    let example = body.example.take().unwrap_or_default();
    (body.schema().into(), example.into())
}

/// An object that is being described.
struct Body<'c> {
    properties: Object<'c>,
    required: Vec<Json<'c>>,
    /// `None` once a required property has no example.
    example: Option<Object<'c>>,
}

impl Default for Body<'_> {
    fn default() -> Self {
        Self { properties: Object::new(), required: Vec::new(), example: Some(Object::new()) }
    }
}

impl<'c> Body<'c> {
    fn add(&mut self, name: &'c str, schema: impl Into<Json<'c>>, required: bool, example: Option<Json<'c>>) {
        self.properties.insert(name, schema);
        if required {
            self.required.push(name.into());
        }
        match (example, &mut self.example) {
            (Some(value), Some(all)) => {
                all.insert(name, value);
            }
            (None, _) if required => self.example = None,
            _ => {}
        }
    }

    fn schema(self) -> Object<'c> {
        let mut schema = object! { "type": "object", "properties": self.properties };
        if !self.required.is_empty() {
            schema.insert("required", self.required);
        }
        schema.insert("additionalProperties", false);
        schema
    }
}
