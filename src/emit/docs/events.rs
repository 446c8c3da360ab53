//! `events.md`: the catalogue of events and payloads, with examples that fit their schemas.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::inline::{Block, code, codes, link, prose};
use super::links::{EVENT, PAYLOAD, Page};
use super::table::Table;
use super::{Docs, words};
use crate::contract::{Binding, Delivery, Event, Events, Field, Offload, Payload, Status};
use crate::emit::templates::view;
use crate::emit::tree::Json;
use crate::emit::{json, schemas, worked};

/// `events.md`: the catalogue.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "EventsPage")]
pub(super) struct View {
    /// Links to the sections of events and payloads.
    contents: Vec<String>,
    /// The events, one row each.
    catalogue: Option<Table>,
    /// Offloads whose work goes to a queue.
    queues: Vec<String>,
    /// The events, in the order of the contract.
    events: Vec<EventSection>,
    /// The payloads, in the order of the contract.
    payloads: Vec<PayloadSection>,
}

view!(View, "docs/events.md.j2");

/// One event.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CatalogueEvent")]
struct EventSection {
    /// Its name.
    name: String,
    /// What it asks for.
    description: Option<String>,
    /// Its values.
    facts: Table,
    /// What its data contains, as its payload describes it.
    data: String,
    /// The fields of its data, each on its own.
    fields: Table,
    /// Examples of its data.
    examples: Vec<Example>,
}

/// One example.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DataExample")]
struct Example {
    /// Of which call.
    says: &'static str,
    /// The data.
    block: Block,
}

/// One payload.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CataloguePayload")]
struct PayloadSection {
    /// Its name.
    name: String,
    /// What it is.
    description: Option<String>,
    /// Who uses it, and what it inherits.
    says: String,
    /// Its fields, and those inside them.
    fields: Table,
}

/// What refers to a name, in the order of the contract.
type Users<'c> = HashMap<&'c str, Vec<String>>;

pub(super) fn view(docs: &Docs<'_>) -> View {
    let contract = docs.contract;
    let mut cancelled: Users<'_> = HashMap::new();
    let mut used: Users<'_> = HashMap::new();
    for (_, event) in contract.events() {
        let mut cancels: Vec<&str> = event
            .function
            .cancel_on
            .iter()
            .flat_map(|all| &all.value)
            .map(|cancel| cancel.event.value.as_str())
            .collect();
        cancels.sort_unstable();
        cancels.dedup();
        for name in cancels {
            cancelled.entry(name).or_default().push(code(&event.function.id.value));
        }
        let link = docs.links.event(&event.name.value, Page::Events);
        used.entry(event.payload.value.as_str()).or_default().push(link);
    }
    let events = contract.events().map(|(_, e)| format!("{EVENT} {}", docs.links.event(&e.name.value, Page::Events)));
    let payloads = contract.payloads.keys().map(|name| format!("{PAYLOAD} {}", docs.links.payload(name, Page::Events)));
    let mut files = schemas::event_files(contract).into_iter();
    let mut sections = Vec::new();
    for offload in contract.offloads.values() {
        let Some(sent) = offload.dispatch() else { continue };
        for event in &sent.events {
            sections.push(event_section(docs, offload, sent, event, files.next(), &cancelled));
        }
    }
    View {
        contents: events.chain(payloads).collect(),
        catalogue: catalogue(docs),
        queues: contract
            .offloads
            .values()
            .filter_map(|offload| match &offload.delivery {
                Delivery::Queue(queue) => Some(format!(
                    "{} sends no event: its calls go to the queue {}.",
                    docs.links.offload(&offload.job, Page::Events),
                    code(&queue.value)
                )),
                Delivery::Events(_) => None,
            })
            .collect(),
        events: sections,
        payloads: contract.payloads.values().map(|payload| payload_section(docs, payload, &used)).collect(),
    }
}

fn catalogue(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Event", "Sent by", "Taken by", "Payload"]);
    for (offload, event) in docs.contract.events() {
        table.row([
            docs.links.event(&event.name.value, Page::Events),
            docs.links.offload(&offload.job, Page::Events),
            code(&event.function.id.value),
            docs.links.payload(&event.payload.value, Page::Events),
        ]);
    }
    table.filled()
}

/// A link to a schema, if schemas are generated.
fn schema_link(docs: &Docs<'_>, file: &str) -> Option<String> {
    let path = docs.contract.targets.schemas.as_ref()?.value.join(file).ok()?;
    Some(link(&code(file), &docs.out.relative_to(&path)))
}

fn event_section(
    docs: &Docs<'_>,
    offload: &Offload,
    sent: &Events,
    event: &Event,
    file: Option<String>,
    cancelled: &Users<'_>,
) -> EventSection {
    let mut facts = Table::new(["What", "Value"]);
    let mut add = |what: &str, value: String| facts.row([what.to_owned(), value]);
    let existing = offload.status.value == Status::Existing;
    add("Constant", code(&event.constant.value));
    let by = docs.links.offload(&offload.job, Page::Events);
    add("Sent by", format!("{by}, from {}", code(&offload.route.value)));
    add("Taken by", format!("{}, as job {}", code(&event.function.id.value), code(&event.function.job_name.value)));
    if let Some(functions) = cancelled.get(event.name.value.as_str()) {
        add("Cancels runs of", functions.join(", "));
    }
    add("Code", if existing { "existing code, checked but not generated".into() } else { "generated".into() });
    add("Payload", docs.links.payload(&event.payload.value, Page::Events));
    add("Event id", code(&event.event_id.value.to_string()));
    let once = match &event.function.idempotency {
        Some(cel) => format!("same id, or same {}: one run in 24 h", code(&cel.value)),
        None => "same id: one run in 24 h".to_owned(),
    };
    add("Dropped as a duplicate", once);
    if let Some(schema) = file.and_then(|file| schema_link(docs, &file)) {
        add("Schema", schema);
    }
    let mut fields = Table::new(["Field", "Type", "Required", "Filled with", "Meaning"]);
    for field in worked::fields(docs.contract, offload, event) {
        let filled = match worked::binding(field) {
            Some(Binding::Source) => code(&sent.source.value),
            Some(bound) => binding(bound).to_owned(),
            None => "the caller's code".to_owned(),
        };
        fields.row([
            code(&field.name),
            words::field_type(field, &|name| docs.links.payload(name, Page::Events)),
            if worked::is_required(field) { "yes".into() } else { "no".into() },
            filled,
            field.description.as_ref().map_or_else(String::new, |text| prose(&text.value)),
        ]);
    }
    EventSection {
        name: code(&event.name.value),
        description: event.description.as_ref().map(|text| prose(&text.value)),
        facts,
        data: data(docs, offload, sent, event),
        fields,
        examples: examples(docs, offload, sent, event),
    }
}

/// What tells the data of an event from its payload: parameters that the offload has not, and its source.
fn data(docs: &Docs<'_>, offload: &Offload, sent: &Events, event: &Event) -> String {
    let payload = docs.contract.payloads.get(event.payload.value.as_str());
    let bound = |wanted: Binding| {
        let fields = payload.into_iter().flat_map(|payload| &payload.fields);
        fields.filter(move |field| worked::binding(field) == Some(wanted)).map(|field| code(&field.name))
    };
    let mut says = format!("The fields of {}", docs.links.payload(&event.payload.value, Page::Events));
    for name in bound(Binding::Params) {
        match &offload.params {
            Some(params) => {
                let allowed = codes(params.allow.iter().map(|name| &name.value));
                says.push_str(&format!(", in {name} at most {allowed}"));
            }
            None => says.push_str(&format!(", without {name}")),
        }
    }
    for name in bound(Binding::Source) {
        says.push_str(&format!("; {name} is {}", code(&sent.source.value)));
    }
    says + "."
}

fn examples(docs: &Docs<'_>, offload: &Offload, sent: &Events, event: &Event) -> Vec<Example> {
    let calls = [
        ("The data of a call:", worked::scheduled(offload, sent)),
        ("With a parameter:", worked::manual(offload, sent)),
    ];
    calls
        .into_iter()
        .filter_map(|(says, call)| {
            let data = worked::data(docs.contract, offload, sent, event, &call?)?;
            Some(Example { says, block: Block::new("json", &json::print_tree(&Json::Object(data))) })
        })
        .collect()
}

fn binding(bound: Binding) -> &'static str {
    match bound {
        Binding::Source => "`source` of the offload",
        Binding::Now => "the instant of the call (`now`)",
        Binding::Uuid => "a random UUID (`uuid`)",
        Binding::DispatchKey => "the dispatch key (`dispatchKey`)",
        Binding::WindowStart => "start of the window (`windowStart`)",
        Binding::WindowSeconds => "size of the window (`windowSeconds`)",
        Binding::Params => "the allowed parameters (`params`)",
    }
}

fn payload_section(docs: &Docs<'_>, payload: &Payload, used: &Users<'_>) -> PayloadSection {
    let mut fields = Table::new(["Field", "Type", "Required", "Filled with", "Meaning", "Example", "Default", "From"]);
    add_fields(docs, &payload.fields, "", &mut fields);
    let used = used.get(payload.name.as_str()).map_or_else(|| "no event".to_owned(), |events| events.join(", "));
    let mut says = format!("Used by {used}.");
    if let Some(parent) = &payload.extends {
        let parent = docs.links.payload(&parent.value, Page::Events);
        says.push_str(&format!(" It also has the fields of {parent}."));
    }
    if let Some(schema) = schema_link(docs, &schemas::payload_file(&payload.name)) {
        says.push_str(&format!(" Schema: {schema}."));
    }
    PayloadSection {
        name: code(&payload.name),
        description: payload.description.as_ref().map(|text| prose(&text.value)),
        says,
        fields,
    }
}

/// Rows of fields; the fields of an object come below it with its name in front.
fn add_fields(docs: &Docs<'_>, fields: &[Field], before: &str, table: &mut Table) {
    let show = |value: Option<&serde_json::Value>| value.map_or_else(String::new, |value| code(&value.to_string()));
    for field in fields {
        let name = format!("{before}{}", field.name);
        table.row([
            code(&name),
            words::field_type(field, &|name| docs.links.payload(name, Page::Events)),
            if worked::is_required(field) { "yes".into() } else { "no".into() },
            worked::binding(field).map_or_else(String::new, |bound| binding(bound).to_owned()),
            field.description.as_ref().map_or_else(String::new, |text| prose(&text.value)),
            show(field.example.as_ref().map(|example| &example.value)),
            show(field.default.as_ref().map(|default| &default.value)),
            field.inherited.as_ref().map_or_else(String::new, |from| docs.links.payload(from, Page::Events)),
        ]);
        if let crate::contract::Type::Object(inside) = &field.type_.value {
            add_fields(docs, inside, &format!("{name}."), table);
        }
    }
}
