//! `events.ts`: the events, their payloads, and what the SDK needs to type them.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::types::{self, Declarations};
use super::{layout, literal};
use crate::contract::{Contract, Event, Field, Offload, Params, Payload, Sdk, Type};
use crate::emit::templates::view;
use crate::emit::{Emission, EmitError, Emitter, Give};
use crate::names;

/// The module.
pub static EVENTS: Emitter = Emitter { name: "typescript-events", folders: super::folders, emit };

/// `events.ts`: event constants and the types of their data.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EventsModule")]
pub(super) struct View {
    /// Whether the module begins with `import "server-only"`.
    server_only: bool,
    /// Whether it is for SDK 4; otherwise for SDK 3.
    v4: bool,
    /// The events, in the order of the contract.
    events: Vec<EventView>,
    /// Keys of events that only cancel: others send them.
    foreign: Vec<String>,
    /// Declarations of the types of payloads.
    declarations: Vec<String>,
    /// For SDK 4: declarations that check the data.
    checks: Vec<String>,
}

view!(View, "typescript/events.ts.j2");

/// One event.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EventConstant")]
struct EventView {
    /// Its comment.
    doc: String,
    /// Declaration of the constant of its name.
    constant: String,
    /// Its name, as the key of a property.
    key: String,
    /// The member of the map of events that types its data.
    data: String,
    /// For SDK 4: declaration of its event type.
    type_: String,
}

fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let contract = emission.contract;
    let Some(target) = super::target(contract).filter(|_| contract.events().next().is_some()) else {
        return Ok(());
    };
    let v4 = target.sdk.value == Sdk::V4;
    let events = contract.events().filter_map(|(offload, event)| {
        let payload = contract.payloads.get(&event.payload.value)?;
        Some(event_view(offload, event, &types::data_type(offload, payload), v4))
    });
    let view = View {
        server_only: target.server_only.value,
        v4,
        events: events.collect(),
        foreign: foreign_events(contract).into_iter().map(literal::key).collect(),
        declarations: Declarations::of(contract).text,
        checks: if v4 { checks(contract) } else { Vec::new() },
    };
    super::module(emission, give, target, "events", &view)
}

fn event_view(offload: &Offload, event: &Event, data: &str, v4: bool) -> EventView {
    let name = literal::string(&event.name.value);
    let sent = format!("{}, sent by {}.", literal::code(&event.name.value), literal::code(&offload.route.value));
    let doc = match &event.description {
        Some(text) => format!("{sent}\n\n{}", text.value),
        None => sent,
    };
    let key = literal::key(&event.name.value);
    EventView {
        doc: literal::doc(0, &doc),
        constant: layout::assign(0, &format!("export const {} =", event.constant.value), &name, ";"),
        data: if v4 { format!("  readonly {key}: {data};") } else { format!("    readonly data: {data};") },
        key,
        type_: layout::opened(
            &format!("export const {}: InngestEvent<{name}> =", event_type(event)),
            "/* @__PURE__ */ event({",
            "});",
            |indent| {
                let check = format!("{}Fields", lower_first(data));
                layout::property(indent, "name", &event.constant.value)
                    + "\n"
                    + &layout::property(indent, "fields", &check)
                    + "\n"
            },
        ),
    }
}

/// The name of an event's type in SDK 4.
pub(super) fn event_type(event: &Event) -> String {
    names::camel(&format!("{}.event", event.name.value))
}

/// Events that only cancel: they are sent by others, and typed so that `cancelOn` can name them.
fn foreign_events(contract: &Contract) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for (_, event) in super::generated_events(contract) {
        for cancel in event.function.cancel_on.iter().flat_map(|cancel| &cancel.value) {
            let name = cancel.event.value.as_str();
            if !out.contains(&name) && !contract.events().any(|(_, known)| known.name.value == name) {
                out.push(name);
            }
        }
    }
    out
}

/// What the data of each event must be, for SDK 4's validation.
fn checks(contract: &Contract) -> Vec<String> {
    let mut out = Vec::new();
    for payload in in_order(contract) {
        let name = format!("{}Fields", lower_first(&payload.name));
        let parent = payload.extends.as_ref().map(|parent| format!("{}Fields", lower_first(&parent.value)));
        let own: Vec<&Field> =
            payload.fields.iter().filter(|f| f.inherited.is_none() && !types::is_params(f)).collect();
        out.push(fields_const(&name, parent.as_deref(), &own));
    }
    for offload in contract.offloads.values() {
        let mut seen: Vec<String> = Vec::new();
        for event in offload.events() {
            let Some(payload) = contract.payloads.get(&event.payload.value) else { continue };
            let (Some(field), Some(params)) = (types::params_field(offload, payload), &offload.params) else {
                continue;
            };
            let name = format!("{}Fields", lower_first(&types::data_type(offload, payload)));
            if !seen.contains(&name) {
                out.push(params_const(&name, payload, field, params));
                seen.push(name);
            }
        }
    }
    out
}

/// The check of a payload with an offload's parameters.
fn params_const(name: &str, payload: &Payload, field: &Field, params: &Params) -> String {
    layout::opened(&format!("const {name}: readonly Field[] ="), "[", "];", |indent| {
        let pad = " ".repeat(indent);
        let parent = lower_first(&payload.name);
        let mut text = format!("{pad}...{parent}Fields,\n{pad}{{\n");
        text += &(layout::property(indent + 2, "name", &literal::string(&field.name)) + "\n");
        text += &format!("{pad}  type: \"object\",\n{pad}  optional: true,\n{pad}  fields: [\n");
        for param in &params.allow {
            text += &format!("{pad}    {{\n");
            text += &(layout::property(indent + 6, "name", &literal::string(&param.value)) + "\n");
            text += &format!("{pad}      type: \"string\",\n{pad}      optional: true,\n{pad}    }},\n");
        }
        text + &format!("{pad}  ],\n{pad}}},\n")
    })
}

/// Payloads so that each comes after those whose checks it spreads or nests.
fn in_order(contract: &Contract) -> Vec<&Payload> {
    fn visit<'c>(contract: &'c Contract, name: &str, out: &mut Vec<&'c Payload>) {
        let Some(payload) = contract.payloads.get(name) else { return };
        if out.iter().any(|known| known.name == name) {
            return;
        }
        if let Some(parent) = &payload.extends {
            visit(contract, &parent.value, out);
        }
        payload.fields.iter().for_each(|field| nested(contract, &field.type_.value, out));
        out.push(payload);
    }
    fn nested<'c>(contract: &'c Contract, type_: &Type, out: &mut Vec<&'c Payload>) {
        match type_ {
            Type::Payload(name) => visit(contract, name, out),
            Type::Array(inner) | Type::Map(inner) => nested(contract, inner, out),
            Type::Object(fields) => fields.iter().for_each(|field| nested(contract, &field.type_.value, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    contract.payloads.keys().for_each(|name| visit(contract, name, &mut out));
    out
}

fn fields_const(name: &str, parent: Option<&str>, fields: &[&Field]) -> String {
    let head = format!("const {name}: readonly Field[] =");
    if fields.is_empty() {
        return layout::assign(0, &head, parent.unwrap_or("[]"), ";");
    }
    layout::opened(&head, "[", "];", |indent| {
        let parent = parent.map(|parent| format!("{}...{parent},\n", " ".repeat(indent))).unwrap_or_default();
        parent + &print_fields(fields.iter().copied(), indent)
    })
}

fn print_fields<'f>(fields: impl Iterator<Item = &'f Field>, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let mut out = String::new();
    for field in fields {
        out += &format!("{pad}{{\n");
        out += &(layout::property(indent + 2, "name", &literal::string(&field.name)) + "\n");
        print_check(&field.type_.value, indent + 2, &mut out);
        for (flag, set) in [("optional", field.optional), ("nullable", field.nullable)] {
            if set {
                out += &format!("{pad}  {flag}: true,\n");
            }
        }
        for (keyword, bound) in &field.bounds {
            let name = match keyword.as_str() {
                "minimum" | "minLength" | "minItems" | "minProperties" => "atLeast",
                "maximum" | "maxLength" | "maxItems" | "maxProperties" => "atMost",
                "exclusiveMinimum" => "above",
                "exclusiveMaximum" => "below",
                "uniqueItems" if bound == &Value::Bool(false) => continue,
                "uniqueItems" => "unique",
                other => other,
            };
            let value = match bound {
                Value::String(text) => literal::string(text),
                other => other.to_string(),
            };
            out += &(layout::property(indent + 2, name, &value) + "\n");
        }
        out += &format!("{pad}}},\n");
    }
    out
}

fn print_check(type_: &Type, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    let name = match type_ {
        Type::Array(_) => "array".to_owned(),
        Type::Map(_) => "map".to_owned(),
        Type::Payload(_) => "object".to_owned(),
        other => other.text(),
    };
    *out += &format!("{pad}type: {},\n", literal::string(&name));
    match type_ {
        Type::Enum(values) => {
            let values: Vec<String> = values.iter().map(|value| literal::string(value)).collect();
            *out += &(layout::array(indent, "values: ", &values, ",") + "\n");
        }
        Type::Array(inner) | Type::Map(inner) => {
            *out += &format!("{pad}items: {{\n");
            print_check(inner, indent + 2, out);
            *out += &format!("{pad}}},\n");
        }
        Type::Payload(name) => {
            *out += &(layout::property(indent, "fields", &format!("{}Fields", lower_first(name))) + "\n");
        }
        Type::Object(fields) if fields.is_empty() => {}
        Type::Object(fields) => {
            *out += &format!("{pad}fields: [\n{}{pad}],\n", print_fields(fields.iter(), indent + 2));
        }
        _ => {}
    }
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
