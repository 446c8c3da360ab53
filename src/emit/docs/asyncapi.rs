//! `asyncapi.yaml`: events, who sends and who takes them, for tools that read AsyncAPI 3.0.
//!
//! A channel an event, a message with the schema of its data, an operation for the route that sends it and
//! one for the function that takes it. What AsyncAPI has no word for stands under `x-`. YAML, since a
//! document of AsyncAPI has no place for the note and the seal but a comment.

mod payload;

use serde_json::Value;

use super::inline::{code, to_markdown};
use super::links::Page;
use super::{Docs, words};
use crate::artifact::{Artifact, Style};
use crate::contract::{Binding, Event, Events, Field, Offload, Status};
use crate::emit::file_name::Stems;
use crate::emit::schemas::types;
use crate::emit::tree::{Json, Object, object};
use crate::emit::worked::{self, Call};
use crate::emit::{Emission, EmitError, yaml};
use crate::markdown::one_line;
use crate::pointer::Pointer;
use payload::{Names, markdown};

/// The file in the folder of the documents.
pub(super) const FILE: &str = "asyncapi.yaml";
/// The version of AsyncAPI.
const VERSION: &str = "3.0.0";
/// For how long Inngest knows an event id, and a value of `idempotency`, again.
const REMEMBERED: &str = "24h";
const SERVER: &str = "inngest";

pub(super) fn emit(emission: &Emission<'_>, docs: &Docs<'_>) -> Result<Artifact, EmitError> {
    let path = emission.file(docs.out, FILE)?;
    let body = yaml::print(&Json::Object(document(docs)));
    Ok(Artifact::generated(path, Style::Hashes, emission.spec, body, Pointer::root().key("offloads")))
}

fn document<'c>(docs: &Docs<'c>) -> Object<'c> {
    let mut out = object! {
        "asyncapi": VERSION,
        "info": info(docs),
        "defaultContentType": "application/json",
        "servers": servers(),
    };
    let names = names(docs);
    let mut stems = Stems::default();
    let (mut channels, mut operations) = (Object::new(), Object::new());
    let mut carried: Vec<&Field> = Vec::new();
    for offload in docs.contract.offloads.values() {
        let Some(events) = offload.dispatch() else { continue };
        for event in &events.events {
            let key = stems.take(&event.name.value);
            carried.extend(worked::fields(docs.contract, offload, event));
            // No two events have the same key.
            channels.push(key.clone(), channel(docs, offload, events, event, &names));
            operations.push(format!("send.{key}"), send(docs, offload, events, &key));
            operations.push(format!("receive.{key}"), receive(docs, offload, event, &key));
        }
    }
    out.insert("channels", channels);
    out.insert("operations", operations);
    if let Some(definitions) = types::definitions(docs.contract, &carried) {
        let mut schemas = Object::new();
        for (name, schema) in payload::each(definitions, &names) {
            schemas.insert(names.get(name.as_ref()).cloned().unwrap_or_default(), schema);
        }
        out.insert("components", object! { "schemas": schemas });
    }
    out
}

/// What payloads are called here.
fn names(docs: &Docs<'_>) -> Names {
    let mut stems = Stems::default();
    docs.contract.payloads.keys().map(|name| (name.clone(), stems.take(name))).collect()
}

fn info<'c>(docs: &Docs<'c>) -> Object<'c> {
    // A contract has no version but that of its language; what changed in it, `diff` tells.
    let mut out = object! { "title": plain(&docs.contract.name.value), "version": "1" };
    if let Some(description) = &docs.contract.description {
        out.insert("description", markdown(&description.value));
    }
    out.insert(
        "externalDocs",
        object! { "description": "How Inngest receives events.", "url": "https://www.inngest.com/docs/events" },
    );
    out.insert("x-spec", docs.spec.to_owned());
    out
}

fn servers() -> Object<'static> {
    let key = object! { "description": "The event key of the environment, `INNGEST_EVENT_KEY`." };
    object! {
        SERVER: object! {
            "host": "inn.gs",
            "pathname": "/e/{eventKey}",
            "protocol": "https",
            "title": "Inngest",
            "description": "Receives the events and calls the functions. Set `INNGEST_BASE_URL` to use another \
                server.",
            "variables": object! { "eventKey": key },
        },
    }
}

fn channel<'c>(
    docs: &Docs<'c>,
    offload: &'c Offload,
    events: &'c Events,
    event: &'c Event,
    names: &Names,
) -> Object<'c> {
    let name = &event.name.value;
    let mut out = Object::new();
    // Braces would be parameters of an address.
    out.insert("address", if name.contains(['{', '}']) { Json::Null } else { Json::from(name) });
    out.insert("title", plain(name));
    out.insert("description", describe(event, offload));
    out.insert("servers", vec![reference(&["servers", SERVER])]);
    out.insert("tags", tags(offload));
    out.insert("messages", object! { "event": message(docs, offload, events, event, names) });
    out.insert("x-event", name);
    out
}

fn describe(event: &Event, offload: &Offload) -> String {
    match &event.description {
        Some(description) => markdown(&description.value),
        None => to_markdown(&format!(
            "Asks the function {} to do the work of {}.",
            code(&event.function.id.value),
            code(&offload.route.value)
        ))
        .into_owned(),
    }
}

fn message<'c>(
    docs: &Docs<'c>,
    offload: &'c Offload,
    events: &'c Events,
    event: &'c Event,
    names: &Names,
) -> Object<'c> {
    let name = &event.name.value;
    let fields = worked::fields(docs.contract, offload, event);
    let mut payload = object! { "title": plain(&event.payload.value) };
    if let Some(description) =
        docs.contract.payloads.get(event.payload.value.as_str()).and_then(|p| p.description.as_ref())
    {
        payload.insert("description", &description.value);
    }
    payload.extend(types::object(fields.iter().copied(), &|field| types::field_of(field, offload, events)));
    let id = format!("The id of the event: {}.", code(&event.event_id.value.to_string()));
    let headers = object! {
        "type": "object",
        "properties": object! {
            "name": object! { "type": "string", "const": name },
            "id": object! { "type": "string", "description": to_markdown(&id).into_owned() },
        },
        "required": vec![Json::from("name"), "id".into()],
    };
    let mut out = object! {
        "name": name,
        "title": plain(name),
        "summary": "The data of the event, next to its name and its id.",
        "contentType": "application/json",
        "headers": headers,
        "payload": payload::schema(payload, names),
    };
    if let Some(field) = fields.iter().find(|field| worked::binding(field) == Some(Binding::Uuid)) {
        let location = format!("$message.payload#{}", Pointer::root().key(&field.name).as_str());
        out.insert(
            "correlationId",
            object! { "description": "The same on every record of the run.", "location": location },
        );
    }
    let examples = examples(docs, offload, events, event);
    if !examples.is_empty() {
        out.insert("examples", examples);
    }
    let mut by = vec![Json::from("event id")];
    by.extend(event.function.idempotency.iter().map(|cel| Json::from(&cel.value)));
    out.insert("x-event-id", event.event_id.value.to_string());
    out.insert("x-deduplication", object! { "by": by, "for": REMEMBERED });
    out
}

fn examples<'c>(docs: &Docs<'c>, offload: &'c Offload, events: &'c Events, event: &'c Event) -> Vec<Json<'c>> {
    let first = worked::scheduled(offload, events);
    let is_scheduled = offload.schedule.is_some() && first.as_ref().is_none_or(|call| call.params.is_empty());
    let calls = [
        ("call", if is_scheduled { "A scheduled call." } else { "A call." }, first),
        ("parameter", "A manual call with a parameter.", worked::manual(offload, events)),
    ];
    let example = |(name, summary, call): (&'static str, &'static str, Option<Call>)| {
        let call = call?;
        let data = worked::data(docs.contract, offload, events, event, &call)?;
        let id = call.derived.events.iter().find(|(name, _)| *name == event.name.value).map(|(_, id)| id.clone())?;
        let headers = object! { "name": &event.name.value, "id": id };
        Some(object! { "name": name, "summary": summary, "headers": headers, "payload": data }.into())
    };
    calls.into_iter().filter_map(example).collect()
}

fn send<'c>(docs: &Docs<'c>, offload: &'c Offload, events: &'c Events, key: &str) -> Object<'c> {
    let mut says = format!("{} sends it", code(&offload.route.value));
    if let Some(flag) = &offload.flag {
        says.push_str(&format!(
            " while the flag {} is on, and does the work inline while it is off",
            code(&flag.value)
        ));
    }
    let mut out = operation("send", "Dispatch", &offload.job, &format!("{says}."), key, offload);
    let mut route = object! { "path": &offload.route.value, "kind": words::kind(offload.kind.value) };
    if !offload.methods.value.is_empty() {
        route.insert("methods", plain_value(&offload.methods));
    }
    let given = [
        ("schedule", offload.schedule.as_ref().map(|schedule| Json::from(schedule.as_str()))),
        ("when", offload.when.as_ref().map(|when| Json::from(&when.value))),
        ("window", offload.window.as_ref().map(plain_value)),
        ("params", offload.params.as_ref().map(plain_value)),
    ];
    for (name, value) in given {
        route.extend(value.map(|value| (name.into(), value)));
    }
    out.insert("x-route", route);
    out.insert("x-source", &events.source.value);
    out.insert("x-dispatch-key", events.dispatch_key.value.to_string());
    if let Some(flag) = offload.flag.as_ref().and_then(|flag| docs.contract.flags.get(flag.value.as_str())) {
        let mut said = object! { "variable": &flag.name, "enabledWhen": plain_value(&flag.enabled_when) };
        said.extend(flag.override_.as_ref().map(|given| ("override".into(), plain_value(given))));
        said.extend(flag.rollback.as_ref().map(|given| ("rollback".into(), plain_value(given))));
        out.insert("x-flag", said);
    }
    let owners: Vec<Json<'c>> = offload.owners.iter().map(|owner| owner.value.to_string().into()).collect();
    out.insert("x-owners", owners);
    out.insert(
        "x-docs",
        format!("{}#{}", Page::Contract.file(), docs.links.anchor(super::links::OFFLOAD, &offload.job)),
    );
    out
}

fn receive<'c>(docs: &Docs<'c>, offload: &'c Offload, event: &'c Event, key: &str) -> Object<'c> {
    let function = &event.function;
    let says = match &function.description {
        Some(description) => markdown(&description.value),
        None => to_markdown(&format!("{} does the work of {}.", code(&function.id.value), code(&offload.route.value)))
            .into_owned(),
    };
    let mut out = operation("receive", "Run", &function.id.value, &says, key, offload);
    out.insert("x-function", plain_value(function));
    out.insert(
        "x-docs",
        format!("{}#{}", Page::Events.file(), docs.links.anchor(super::links::EVENT, &event.name.value)),
    );
    out
}

fn operation<'c>(
    action: &'static str,
    verb: &'static str,
    name: &str,
    says: &str,
    key: &str,
    offload: &'c Offload,
) -> Object<'c> {
    object! {
        "action": action,
        "channel": reference(&["channels", key]),
        "title": format!("{verb} {}", one_line(name)),
        "description": to_markdown(says).into_owned(),
        "tags": tags(offload),
        "messages": vec![reference(&["channels", key, "messages", "event"])],
    }
}

fn tags(offload: &Offload) -> Vec<Json<'_>> {
    let status = match offload.status.value {
        Status::Existing => "existing code",
        Status::Generated => "generated",
    };
    let priority = offload.priority.as_ref().map(|priority| priority.value.to_string());
    let all = [Some(words::kind(offload.kind.value).to_owned()), priority, Some(status.to_owned())];
    all.into_iter().flatten().map(|name| object! { "name": name }.into()).collect()
}

fn reference(path: &[&str]) -> Json<'static> {
    let mut target = Pointer::root();
    for part in path {
        target = target.key(part);
    }
    object! { "$ref": format!("#{}", target.as_str()) }.into()
}

/// A title, which is no Markdown: on one line.
fn plain(text: &str) -> String {
    one_line(text).into_owned()
}

/// A part of the contract in the shape of `contract.json`.
fn plain_value<'c>(part: &impl serde::Serialize) -> Json<'c> {
    // Every type of the contract serialises: keys are text, numbers are finite.
    serde_json::to_value(part).unwrap_or(Value::Null).into()
}
