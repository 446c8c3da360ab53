//! `dispatch.ts`: one dispatcher an offload.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::imports::Imports;
use super::types::Declarations;
use super::{events, keys, layout, literal};
use crate::contract::{
    Binding, Contract, Event, EventField, Events, Field, MetadataField, Offload, Presence, Response, Sdk,
};
use crate::emit::templates::view;
use crate::emit::{Emission, EmitError, Emitter, Give};
use crate::names;

/// The module.
pub static DISPATCH: Emitter = Emitter { name: "typescript-dispatch", folders: super::folders, emit };

/// `dispatch.ts`: a dispatcher for each route.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DispatchModule")]
pub(super) struct View {
    /// Whether the module begins with `import "server-only"`.
    server_only: bool,
    /// Whether it is for SDK 4; otherwise for SDK 3.
    v4: bool,
    /// Import statements, each on one or several lines.
    imports: Vec<String>,
    /// Name of the imported Inngest client.
    client: String,
    /// The type of all modes, as a declaration.
    modes: String,
    /// Members of the type of all metadata of answers.
    metadata: String,
    /// The property of a body that holds the metadata.
    metadata_member: String,
    /// Declaration of the names of fields that are logged.
    logged: String,
    /// Members of the type of what a body says of an event.
    event_fields: String,
    /// The body of the answer `dispatched`.
    dispatched: Body,
    /// The body of the answer `misconfigured`.
    misconfigured: Body,
    /// The body of the answer `failed`.
    failed: Body,
    /// The three answers, in the order of the contract.
    answers: Vec<Answer>,
    /// Whether the answer holds the ids that Inngest gave: `never`, `optional` or `required`.
    published: &'static str,
    /// The dispatchers, in the order of the contract.
    offloads: Vec<OffloadView>,
    /// Whether an offload has parameters.
    params: bool,
    /// Whether data has fields that may be absent.
    optional_fields: bool,
    /// Whether an event has fields that the caller gives.
    inputs: bool,
}

view!(View, "typescript/dispatch.ts.j2");

/// The type of the body of an answer.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnswerBody")]
struct Body {
    /// HTTP status.
    status: u16,
    /// Its mode, as a literal.
    mode: String,
    /// Its members.
    members: String,
}

/// An answer, as a value.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnswerValue")]
struct Answer {
    /// `dispatched`, `misconfigured` or `failed`.
    name: &'static str,
    /// HTTP status.
    status: u16,
    /// The property of its mode.
    mode_member: String,
    /// The property of the names of its metadata.
    metadata: String,
    /// The property of what it says of the event.
    event: String,
}

/// The dispatcher of one offload.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Dispatcher")]
struct OffloadView {
    /// The route, as code in a comment.
    route: String,
    /// Its comment.
    doc: String,
    /// Its job in PascalCase, for the names of functions and types.
    name: String,
    /// What the caller gives; nothing for most offloads.
    input: Option<Input>,
    /// The type of its options.
    options: String,
    /// Properties of what is known of the offload.
    members: String,
    /// Its events.
    events: Vec<EventView>,
}

/// What the caller of a dispatcher gives.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DispatchInput")]
struct Input {
    /// Declaration of its type.
    type_: String,
    /// Declaration of the options with it.
    options: String,
}

/// An event of a dispatcher.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DispatchedEvent")]
struct EventView {
    /// The property of its name, or of its type in SDK 4.
    of: String,
    /// The property of its id.
    id: String,
    /// The property of its data.
    data: String,
}

fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let contract = emission.contract;
    let Some(target) = super::target(contract).filter(|_| contract.generated().next().is_some()) else {
        return Ok(());
    };
    let v4 = target.sdk.value == Sdk::V4;
    let declarations = Declarations::of(contract);
    let offloads: Vec<OffloadView> = contract
        .generated()
        .filter_map(|offload| Some(offload_view(contract, &declarations, offload, offload.dispatch()?, v4)))
        .collect();
    let mut imports = Imports::default();
    imports.value(&target.client.export.value, &target.client.module.value);
    imports.type_("OffloadEnvironment", "./environment");
    imports.namespace("events", "./events", false);
    imports.namespace("flags", "./flags", false);
    imports.namespace("keys", "./keys", false);
    let responses = &contract.dispatch.responses;
    let mut modes: Vec<String> = Vec::new();
    for (_, response) in responses.each() {
        let mode = literal::string(&response.mode.value);
        if !modes.contains(&mode) {
            modes.push(mode);
        }
    }
    let metadata = all_metadata(contract);
    let names: Vec<String> = metadata.iter().map(|(name, _)| literal::string(name)).collect();
    let key = literal::key(&contract.dispatch.metadata.value);
    let body = |response: &Response| body(contract, response);
    let view = View {
        server_only: target.server_only.value,
        v4,
        imports: imports.print(),
        client: target.client.export.value.clone(),
        modes: layout::union(0, "export type DispatchMode =", &modes),
        metadata: declarations.picked(contract, &metadata, false),
        metadata_member: layout::property(8, &key, "pick(fields, answer.metadata)"),
        logged: layout::array(0, "const loggedFields: readonly string[] = ", &names, ";"),
        event_fields: event_fields(contract),
        dispatched: body(&responses.dispatched),
        misconfigured: body(&responses.misconfigured),
        failed: body(&responses.failed),
        answers: responses.each().into_iter().map(|(name, response)| answer(name, response)).collect(),
        published: match responses.dispatched.published_event_ids.as_deref() {
            None => "never",
            Some(Presence::Optional) => "optional",
            Some(Presence::Required) => "required",
        },
        params: contract.generated().any(|offload| offload.params.is_some()),
        optional_fields: offloads.iter().flat_map(|o| &o.events).any(|e| e.data.contains("...present({")),
        inputs: offloads.iter().any(|offload| offload.input.is_some()),
        offloads,
    };
    super::module(emission, give, target, "dispatch", &view)
}

fn answer(name: &'static str, response: &Response) -> Answer {
    let fields: Vec<String> = response.metadata.iter().map(|field| literal::string(&field.name.value)).collect();
    let event: Vec<String> = response.event.value.iter().map(|field| literal::string(field_name(*field))).collect();
    Answer {
        name,
        status: response.status.value,
        mode_member: layout::property(2, "mode", &literal::string(&response.mode.value)),
        metadata: layout::array(2, "metadata: ", &fields, ","),
        event: layout::array(2, "event: ", &event, ","),
    }
}

fn field_name(field: EventField) -> &'static str {
    match field {
        EventField::Name => "name",
        EventField::Id => "id",
    }
}

fn body(contract: &Contract, response: &Response) -> Body {
    let mut members = format!("  readonly {}: DispatchMetadata;\n", literal::key(&contract.dispatch.metadata.value));
    if !response.event.value.is_empty() {
        let several = contract.generated().any(|offload| offload.events().count() > 1);
        let single = contract.generated().any(|offload| offload.events().count() == 1);
        let optional = if several && single { "?" } else { "" };
        if single {
            members += &format!("  readonly event{optional}: DispatchedEvent;\n");
        }
        if several {
            members += &format!(
                "\n  /** If the offload sends several. */\n  readonly events{optional}: readonly \
                 DispatchedEvent[];\n"
            );
        }
    }
    if let Some(presence) = &response.published_event_ids {
        let optional = if presence.value == Presence::Optional { "?" } else { "" };
        members += &format!(
            "\n  /** The ids that Inngest gave the events. */\n  readonly publishedEventIds{optional}: readonly \
             string[];\n"
        );
    }
    Body { status: response.status.value, mode: literal::string(&response.mode.value), members }
}

/// The members of an event in a response: those that not every response has are optional.
fn event_fields(contract: &Contract) -> String {
    let lists = contract.dispatch.responses.each().map(|(_, response)| &response.event.value);
    let mut out = String::new();
    for (field, doc) in [
        (EventField::Name, ""),
        (EventField::Id, "  /** The id that it is sent with; Inngest answers with its own ids. */\n"),
    ] {
        if lists.iter().any(|list| list.contains(&field)) {
            let everywhere = lists.iter().all(|list| list.is_empty() || list.contains(&field));
            let blank = if out.is_empty() || doc.is_empty() { "" } else { "\n" };
            out += &format!(
                "{blank}{doc}  readonly {}{}: string;\n",
                field_name(field),
                if everywhere { "" } else { "?" }
            );
        }
    }
    out
}

/// The metadata of all responses, each field once; optional where some response may lack it.
fn all_metadata(contract: &Contract) -> Vec<(String, bool)> {
    let responses = contract.dispatch.responses.each();
    let mut out: Vec<(String, bool)> = Vec::new();
    for field in responses.iter().flat_map(|(_, response)| &response.metadata) {
        let name = &field.name.value;
        if !out.iter().any(|(known, _)| known == name) {
            let same = |other: &&MetadataField| other.name.value == *name;
            let required = |(_, response): &(&str, &Response)| {
                response.metadata.iter().find(same).is_some_and(|field| !field.optional)
            };
            out.push((name.clone(), !responses.iter().all(required)));
        }
    }
    out
}

fn offload_view(
    contract: &Contract,
    declarations: &Declarations,
    offload: &Offload,
    events: &Events,
    v4: bool,
) -> OffloadView {
    let pascal = names::pascal(&offload.job);
    let input = declarations.has_unbound(contract, offload).then(|| Input {
        type_: layout::opened(&format!("export type {pascal}Input ="), "{", "};", |indent| {
            declarations.unbound(contract, offload, indent)
        }),
        options: layout::opened(&format!("export type {pascal}Options ="), "DispatchOptions & {", "};", |indent| {
            format!("{}readonly input?: {pascal}Input;\n", " ".repeat(indent))
        }),
    });
    let mut members = vec![layout::property(4, "job", &literal::string(&offload.job))];
    if let Some(flag) = &offload.flag {
        members.push(layout::property(4, "flag", &format!("flags.{}", flag.value)));
    }
    members.push(match &offload.params {
        Some(_) => layout::property(4, "params", &format!("keys.{}", keys::params_const(offload))),
        None => "    params: [],".to_owned(),
    });
    members.push(layout::property(4, "derive", &format!("keys.derive{pascal}Keys")));
    let views: Vec<EventView> = events
        .events
        .iter()
        .map(|event| EventView {
            of: if v4 {
                format!("events.{}", events::event_type(event))
            } else {
                layout::property(10, "name", &format!("events.{}", event.constant.value))
            },
            id: event_id(events, event),
            data: data(contract, offload, events, event).join("\n"),
        })
        .collect();
    let what = match &offload.description {
        Some(text) => format!("{}\n\n", text.value),
        None => String::new(),
    };
    let off = if offload.flag.is_some() {
        "`null` if the flag is off and the route does its work as before; otherwise the response to return."
    } else {
        "The response to return; never `null`."
    };
    let count = if events.events.len() == 1 { "one event" } else { "its events, all at once" };
    let doc = format!(
        "{what}Dispatches {} to Inngest: {count}. It never runs the work inline.\n\nReturns {off}",
        literal::code(&offload.route.value)
    );
    OffloadView {
        route: literal::code(&offload.route.value),
        doc: literal::doc(0, &doc),
        name: format!("dispatch{pascal}"),
        options: if input.is_some() { format!("{pascal}Options") } else { "DispatchOptions".to_owned() },
        input,
        members: members.join("\n"),
        events: views,
    }
}

fn event_id(events: &Events, event: &Event) -> String {
    if events.events.len() == 1 {
        return "origin.keys.eventId".to_owned();
    }
    let key = literal::key(&event.name.value);
    if key.starts_with(['"', '\'']) {
        format!("origin.keys.eventIds[{key}]")
    } else {
        format!("origin.keys.eventIds.{key}")
    }
}

/// The members of an event's data.
fn data(contract: &Contract, offload: &Offload, events: &Events, event: &Event) -> Vec<String> {
    let indent = 12;
    let Some(payload) = contract.payloads.get(&event.payload.value) else { return Vec::new() };
    let pad = " ".repeat(indent);
    let mut out = Vec::new();
    for field in &payload.fields {
        let key = literal::key(&field.name);
        let optional = |value: &str| {
            vec![format!("{pad}...present({{"), layout::property(indent + 2, &key, value), format!("{pad}}}),")]
        };
        let windowed = offload.window.is_some();
        out.extend(match field.from.as_ref().map(|from| from.value) {
            Some(Binding::Source) => vec![layout::property(indent, &key, &literal::string(&events.source.value))],
            Some(Binding::Now) => vec![layout::property(indent, &key, "origin.now")],
            Some(Binding::Uuid) => vec![layout::property(indent, &key, "origin.uuid")],
            Some(Binding::DispatchKey) => vec![layout::property(indent, &key, "origin.keys.dispatchKey")],
            Some(Binding::WindowStart) if windowed => vec![layout::property(indent, &key, "origin.keys.windowStart")],
            Some(Binding::WindowSeconds) if windowed => {
                vec![layout::property(indent, &key, "origin.keys.windowSeconds")]
            }
            Some(Binding::WindowStart | Binding::WindowSeconds) => Vec::new(),
            Some(Binding::Params) if offload.params.is_some() => optional("origin.params"),
            Some(Binding::Params) => Vec::new(),
            None => given(field, &key, indent, &optional),
        });
    }
    out
}

/// A field that the route itself gives.
fn given(field: &Field, key: &str, indent: usize, optional: &impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let value = if key.starts_with(['"', '\'']) { format!("input[{key}]") } else { format!("input.{key}") };
    match &field.default {
        Some(default) => vec![layout::property(indent, key, &format!("{value} ?? {}", json(&default.value)))],
        None if field.optional => optional(&value),
        None => vec![layout::property(indent, key, &value)],
    }
}

/// A JSON value as an expression.
fn json(value: &Value) -> String {
    match value {
        Value::String(text) => literal::string(text),
        Value::Array(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{}: {}", literal::key(name), json(value))).collect();
            if members.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", members.join(", ")) }
        }
        other => other.to_string(),
    }
}
