//! JSON Schemas (draft 2020-12) of payloads, events, responses and `contract.json`. Each stands
//! alone: what it refers to is among its own `$defs`, so that no tool has to find other files.

mod contract;
mod response;
pub(super) mod types;

use std::collections::HashMap;

use rayon::prelude::*;

use super::file_name::Stems;
use super::tree::{Json, Object};
use super::{Emission, EmitError, Emitter, Give, json as printer, worked};
use crate::artifact::{Artifact, Style};
use crate::contract::{Contract, Event, Events, Field, Offload, Payload, RelPath};
use crate::pointer::Pointer;
pub(super) use response::meaning;

/// The emitter.
pub(super) static SCHEMAS: Emitter = Emitter { name: "schemas", folders, emit };

/// File name of the schema of `contract.json`.
pub(super) const CONTRACT: &str = "contract.schema.json";
const PAYLOADS: &str = "payloads";
const EVENTS: &str = "events";
const RESPONSES: &str = "responses";
const SUFFIX: &str = ".schema.json";

fn folders(contract: &Contract) -> Vec<RelPath> {
    contract.targets.schemas.as_ref().map(|out| folders_of(&out.value)).unwrap_or_default()
}

/// The folder of the schemas and those in it.
pub(super) fn folders_of(out: &RelPath) -> Vec<RelPath> {
    let inside = [PAYLOADS, EVENTS, RESPONSES].into_iter().filter_map(|name| out.join(name).ok());
    std::iter::once(out.clone()).chain(inside).collect()
}

/// The file of a payload's schema, from the folder of the schemas.
pub(super) fn payload_file(name: &str) -> String {
    format!("{PAYLOADS}/{name}{SUFFIX}")
}

/// The files of the events' schemas in the order of the contract, from the folder of the schemas.
pub(super) fn event_files(contract: &Contract) -> Vec<String> {
    let mut stems = Stems::default();
    contract.events().map(|(_, event)| format!("{EVENTS}/{}{SUFFIX}", stems.take(&event.name.value))).collect()
}

/// The file of the schema of an offload's responses, from the folder of the schemas.
pub(super) fn response_file(job: &str) -> String {
    format!("{RESPONSES}/{job}{SUFFIX}")
}

/// A schema that is still to be built.
enum Task<'c> {
    /// With the first event that has it.
    Payload(&'c Payload, Option<(&'c Offload, &'c Events, &'c Event)>),
    Event(&'c Offload, &'c Events, &'c Event, String),
    Responses(&'c Offload, &'c Events),
    Contract,
}

fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let contract = emission.contract;
    let Some(out) = &contract.targets.schemas else { return Ok(()) };
    let mut tasks: Vec<(String, Pointer, Task<'_>)> = vec![(CONTRACT.into(), Pointer::root(), Task::Contract)];
    let mut used: HashMap<&str, (&Offload, &Events, &Event)> = HashMap::new();
    for offload in contract.offloads.values() {
        for (events, event) in offload.dispatch().iter().flat_map(|e| e.events.iter().map(move |event| (*e, event))) {
            used.entry(event.payload.value.as_str()).or_insert((offload, events, event));
        }
    }
    for payload in contract.payloads.values() {
        let task = Task::Payload(payload, used.get(payload.name.as_str()).copied());
        tasks.push((payload_file(&payload.name), payload.at.clone(), task));
    }
    let mut stems = Stems::default();
    for offload in contract.offloads.values() {
        let Some(events) = offload.dispatch() else { continue };
        for event in &events.events {
            let stem = stems.take(&event.name.value);
            let file = format!("{EVENTS}/{stem}{SUFFIX}");
            tasks.push((file, event.at.clone(), Task::Event(offload, events, event, stem)));
        }
    }
    for offload in contract.generated() {
        let Some(events) = offload.dispatch() else { continue };
        tasks.push((response_file(&offload.job), offload.at.clone(), Task::Responses(offload, events)));
    }
    let done: Vec<Result<(), EmitError>> = tasks
        .into_par_iter()
        .map(|(file, cause, task)| {
            let schema = match task {
                Task::Payload(payload, used) => payload_schema(contract, payload, used),
                Task::Event(offload, events, event, stem) => event_schema(contract, offload, events, event, &stem),
                Task::Responses(offload, events) => response::schema(contract, offload, events),
                Task::Contract => contract::schema(contract),
            };
            let path = emission.file(&out.value, &file)?;
            let body = printer::print_tree(&Json::Object(schema));
            give(Artifact::generated(path, Style::Json, emission.spec, body, cause));
            Ok(())
        })
        .collect();
    done.into_iter().collect()
}

/// The first properties of every schema. The `$id` names the contract and no host.
fn head<'c>(
    contract: &Contract,
    kind: &str,
    name: &str,
    title: impl Into<Json<'c>>,
    description: Option<Json<'c>>,
) -> Object<'c> {
    let mut schema = Object::new();
    schema.insert("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.insert("$id", urn(&[&contract.name.value, kind, name]));
    schema.insert("title", title);
    if let Some(description) = description {
        schema.insert("description", description);
    }
    schema
}

/// `urn:inngest-offload:…` with every other character percent-encoded; `/` as well, which not every
/// reader of URNs takes.
fn urn(parts: &[&str]) -> String {
    use std::fmt::Write;
    let mut out = "urn:inngest-offload".to_owned();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        out.push(':');
        for byte in part.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn payload_schema<'c>(
    contract: &'c Contract,
    payload: &'c Payload,
    used: Option<(&'c Offload, &'c Events, &'c Event)>,
) -> Object<'c> {
    let description = match (&payload.description, &payload.extends) {
        (Some(description), _) => Json::from(&description.value),
        (None, Some(parent)) => format!("The data of events: the fields of {}, and more.", parent.value).into(),
        (None, None) => "The data of events.".into(),
    };
    let mut schema = head(contract, "payload", &payload.name, &payload.name, Some(description));
    schema.extend(types::object(&payload.fields, &|field| types::field(field)));
    match used {
        Some((offload, events, event)) => examples(contract, offload, events, event, &mut schema),
        None => {
            let example = worked::object(contract, &payload.fields);
            example.into_iter().for_each(|example| schema.insert("examples", vec![example]));
        }
    }
    define(contract, &payload.fields.iter().collect::<Vec<_>>(), &mut schema);
    schema
}

fn event_schema<'c>(
    contract: &'c Contract,
    offload: &'c Offload,
    events: &'c Events,
    event: &'c Event,
    stem: &str,
) -> Object<'c> {
    let name = &event.name.value;
    let description = match &event.description {
        Some(description) => Json::from(&description.value),
        None => Json::from(format!(
            "The data of the event that {} sends for the function {}.",
            offload.route.value, event.function.id.value
        )),
    };
    let mut schema = head(contract, "event", stem, name, Some(description));
    let fields = worked::fields(contract, offload, event);
    schema.extend(types::object(fields.iter().copied(), &|field| types::field_of(field, offload, events)));
    examples(contract, offload, events, event, &mut schema);
    define(contract, &fields, &mut schema);
    schema
}

fn define<'c>(contract: &'c Contract, fields: &[&'c Field], schema: &mut Object<'c>) {
    if let Some(definitions) = types::definitions(contract, fields) {
        schema.insert("$defs", definitions);
    }
}

fn examples<'c>(
    contract: &'c Contract,
    offload: &'c Offload,
    events: &'c Events,
    event: &'c Event,
    schema: &mut Object<'c>,
) {
    let calls = [worked::scheduled(offload, events), worked::manual(offload, events)];
    let examples: Vec<Json<'_>> = calls
        .iter()
        .flatten()
        .filter_map(|call| worked::data(contract, offload, events, event, call).map(Json::Object))
        .collect();
    if !examples.is_empty() {
        schema.insert("examples", examples);
    }
}
