//! The bodies with which a dispatch-only route answers, one alternative an answer of the contract.

use serde_json::{Map, Value, json};

use super::{head, types};
use crate::contract::{Binding, Contract, EventField, Events, Field, MetadataField, Offload, Presence, Response};
use crate::emit::worked::{self, Call};

/// What the names of answers among `$defs` begin with. A name with `-` is the name of no payload.
const ANSWER: &str = "response-";

/// The schema of the responses of an offload.
pub(super) fn schema(contract: &Contract, offload: &Offload, events: &Events) -> Value {
    let title = format!("Dispatch responses of {}", offload.route.value);
    let description = "The bodies with which the route answers when its flag is on.";
    let mut schema = head(contract, "responses", &offload.job, &title, Some(description));
    let each = contract.dispatch.responses.each();
    let references: Vec<Value> =
        each.iter().map(|(name, _)| json!({ "$ref": format!("#/$defs/{ANSWER}{name}") })).collect();
    schema.insert("oneOf".into(), references.into());
    let call = worked::scheduled(offload, events);
    let mut definitions = Map::new();
    for (name, response) in each {
        let answer = answer(contract, offload, events, name, response, call.as_ref());
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
    if let Some(Value::Object(payloads)) = types::definitions(contract, &fields).remove("$defs") {
        definitions.extend(payloads);
    }
    schema.insert("$defs".into(), definitions.into());
    schema.into()
}

/// Moves what all answers say of a field into a definition of its own.
fn share(field: &str, name: &str, definitions: &mut Map<String, Value>) {
    let answers = || definitions.iter().filter(|(name, _)| name.starts_with(ANSWER)).map(|(_, answer)| answer);
    let said = |answer: &Value| answer.get("properties").and_then(|all| all.get(field)).cloned();
    let Some(first) = answers().next().and_then(said) else { return };
    if !answers().all(|answer| said(answer).as_ref() == Some(&first)) {
        return;
    }
    for (_, answer) in definitions.iter_mut().filter(|(name, _)| name.starts_with(ANSWER)) {
        if let Some(property) = answer.get_mut("properties").and_then(|all| all.get_mut(field)) {
            *property = json!({ "$ref": format!("#/$defs/{name}") });
        }
    }
    definitions.insert(name.to_owned(), first);
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

fn answer(
    contract: &Contract,
    offload: &Offload,
    events: &Events,
    name: &str,
    response: &Response,
    call: Option<&Call>,
) -> Value {
    let mut body = Body::default();
    let mode = &response.mode.value;
    body.add("mode", json!({ "type": "string", "const": mode }), true, Some(mode.clone().into()));

    let mut inside = Body::default();
    for (field, wanted) in metadata(contract, offload, events, response) {
        let bound = worked::binding(field);
        let value = call.zip(bound).and_then(|(call, bound)| worked::bound_value(bound, events, call));
        let value = value.or_else(|| field.example.as_ref().map(|example| example.value.clone()));
        let required = !wanted.optional && worked::is_required(field) && bound != Some(Binding::Params);
        inside.add(&field.name, types::field_of(field, offload, events), required, value);
    }
    if !inside.properties.is_empty() {
        let example = inside.example.clone().map(Value::Object);
        body.add(&contract.dispatch.metadata.value, inside.schema(), true, example);
    }

    let sent: Vec<(Value, Value)> = events
        .events
        .iter()
        .enumerate()
        .map(|(index, event)| {
            let id = call.and_then(|call| call.derived.events.get(index)).map(|(_, id)| id.clone());
            said(&response.event.value, &event.name.value, id)
        })
        .collect();
    match sent.as_slice() {
        _ if response.event.value.is_empty() => {}
        [(schema, example)] => body.add("event", schema.clone(), true, Some(example.clone())),
        many => {
            let schemas: Vec<&Value> = many.iter().map(|(schema, _)| schema).collect();
            let examples: Vec<&Value> = many.iter().map(|(_, example)| example).collect();
            let schema = json!({
                "type": "array",
                "prefixItems": schemas,
                "items": false,
                "minItems": many.len(),
                "maxItems": many.len()
            });
            body.add("events", schema, true, Some(json!(examples)));
        }
    }
    if let Some(presence) = &response.published_event_ids {
        let schema = json!({
            "description": "The ids that Inngest gave the events; never the id that was sent.",
            "type": "array",
            "items": { "type": "string" }
        });
        let example = json!(vec!["01KHQ6Z3Y8N7T3C1V5W9XJ2B4D"; events.events.len()]);
        body.add("publishedEventIds", schema, presence.value == Presence::Required, Some(example));
    }
    if name != "dispatched" {
        let schema = json!({ "description": "What went wrong, for a person.", "type": "string" });
        body.add("error", schema, true, Some(meaning(name).into()));
    }
    let timestamp = json!({ "description": "When the route answered, UTC.", "type": "string", "format": "date-time" });
    body.add("timestamp", timestamp, true, Some(worked::AT.into()));

    let mut out = Map::new();
    out.insert("title".into(), format!("{name}: HTTP {}", response.status.value).into());
    out.insert("description".into(), meaning(name).into());
    let example = body.example.clone();
    if let Value::Object(schema) = body.schema() {
        out.extend(schema);
    }
    if let Some(example) = example.filter(|_| call.is_some()) {
        out.insert("examples".into(), json!([example]));
    }
    out.into()
}

/// What a case of the contract means.
pub(in crate::emit) fn meaning(case: &str) -> &'static str {
    match case {
        "dispatched" => "The event was sent; the work runs in Inngest.",
        "misconfigured" => "The flag is on and Inngest is not configured. The event was not sent, and nothing has run.",
        _ => "Sending the event failed. Nothing has run, and nothing is run inline instead.",
    }
}

fn said(fields: &[EventField], name: &str, id: Option<String>) -> (Value, Value) {
    let mut body = Body::default();
    for field in fields {
        match field {
            EventField::Name => body.add("name", json!({ "type": "string", "const": name }), true, Some(name.into())),
            EventField::Id => {
                let schema = json!({ "description": "The id that the event is sent with.", "type": "string" });
                body.add("id", schema, true, id.clone().map(Value::from));
            }
        }
    }
    let example = body.example.clone().unwrap_or_default();
    (body.schema(), example.into())
}

/// An object that is being described.
struct Body {
    properties: Map<String, Value>,
    required: Vec<Value>,
    /// `None` once a required property has no example.
    example: Option<Map<String, Value>>,
}

impl Default for Body {
    fn default() -> Self {
        Self { properties: Map::new(), required: Vec::new(), example: Some(Map::new()) }
    }
}

impl Body {
    fn add(&mut self, name: &str, schema: Value, required: bool, example: Option<Value>) {
        self.properties.insert(name.to_owned(), schema);
        if required {
            self.required.push(name.into());
        }
        match (example, &mut self.example) {
            (Some(value), Some(all)) => {
                all.insert(name.to_owned(), value);
            }
            (None, _) if required => self.example = None,
            _ => {}
        }
    }

    fn schema(self) -> Value {
        let mut schema = Map::new();
        schema.insert("type".into(), "object".into());
        schema.insert("properties".into(), self.properties.into());
        if !self.required.is_empty() {
            schema.insert("required".into(), self.required.into());
        }
        schema.insert("additionalProperties".into(), false.into());
        schema.into()
    }
}
