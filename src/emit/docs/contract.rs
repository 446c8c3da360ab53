//! `contract.md`: the chain of each offload, from the call to the record of the run.

use schemars::JsonSchema;
use serde::Serialize;

use super::answers::{self, Answers, Ledger};
use super::inline::{code, codes, prose};
use super::links::{OFFLOAD, Page};
use super::table::Table;
use super::{Docs, offload, words};
use crate::contract::{Sdk, Sourced};
use crate::emit::templates::view;

/// `contract.md`: the chain of each offload.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ContractPage")]
pub(super) struct View {
    /// The contract's name.
    name: String,
    /// Links to the sections of the offloads.
    contents: Vec<String>,
    /// Route, window, key and flag of each offload.
    calls: Table,
    /// Event, payload and id of each event.
    events: Option<Table>,
    /// Options of each function.
    runs: Option<Table>,
    /// How every route answers.
    answers: Answers,
    /// The records of runs.
    ledger: Option<Ledger>,
    /// Limits that only evidence may raise.
    policy: Table,
    /// Variables that hold secrets.
    secrets: Option<String>,
    /// What is generated, and where to.
    targets: Option<Table>,
    /// Findings that are accepted for the whole contract.
    accepted: Vec<String>,
    /// The offloads, in the order of the contract.
    pub(super) offloads: Vec<offload::Section>,
}

view!(View, "docs/contract.md.j2");

pub(super) fn view(docs: &Docs<'_>) -> View {
    let contract = docs.contract;
    let offloads = contract.offloads.values().map(|offload| offload::section(docs, offload)).collect();
    let links = contract.offloads.keys().map(|job| format!("{OFFLOAD} {}", docs.links.offload(job, Page::Contract)));
    let secrets = &contract.environment.secrets;
    View {
        name: prose(&contract.name.value),
        contents: links.collect(),
        calls: calls(docs),
        events: events(docs),
        runs: runs(docs),
        answers: answers::answers(docs),
        ledger: answers::ledger(docs),
        policy: policy(docs),
        secrets: (!secrets.is_empty()).then(|| codes(secrets.iter().map(|name| &name.value))),
        targets: targets(docs),
        accepted: contract
            .allow
            .iter()
            .map(|allow| format!("{}: {}", code(&allow.rule.value), prose(&allow.reason.value)))
            .collect(),
        offloads,
    }
}

fn calls(docs: &Docs<'_>) -> Table {
    let mut table = Table::new(["Offload", "Called", "Route", "Flag", "Rollback"]);
    for offload in docs.contract.offloads.values() {
        let flag = offload.flag.as_ref();
        let rollback = flag.and_then(|flag| docs.contract.flags.get(flag.value.as_str())?.rollback.as_ref());
        table.row([
            docs.links.offload(&offload.job, Page::Contract),
            words::called(offload),
            code(&offload.route.value),
            flag.map_or_else(|| "none".into(), |flag| docs.links.flag(&flag.value, Page::Contract)),
            rollback.zip(flag).map_or_else(|| "none".into(), |(rollback, flag)| words::set_to(&flag.value, rollback)),
        ]);
    }
    table
}

fn events(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Event", "Payload", "Dispatch key", "Event id"]);
    for offload in docs.contract.offloads.values() {
        let Some(events) = offload.dispatch() else { continue };
        for event in &events.events {
            table.row([
                docs.links.event(&event.name.value, Page::Contract),
                docs.links.payload(&event.payload.value, Page::Contract),
                code(&events.dispatch_key.value.to_string()),
                code(&event.event_id.value.to_string()),
            ]);
        }
    }
    table.filled()
}

fn runs(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Function", "Event", "Idempotency", "Concurrency", "Retries", "Owners"]);
    for (offload, event) in docs.contract.events() {
        let function = &event.function;
        let unset = words::unset(offload);
        table.row([
            code(&function.id.value),
            docs.links.event(&event.name.value, Page::Contract),
            function.idempotency.as_ref().map_or_else(|| unset.into(), |cel| code(&cel.value)),
            function.concurrency.as_ref().map_or_else(|| unset.into(), |limits| words::concurrency(&limits.value)),
            function.retries.as_ref().map_or_else(|| unset.into(), |retries| words::amount(&retries.value.value)),
            words::count(offload.owners.len(), "file"),
        ]);
    }
    table.filled()
}

fn policy(docs: &Docs<'_>) -> Table {
    let policy = &docs.contract.policy;
    let mut table = Table::new(["Limit", "Highest value without evidence", "Origin"]);
    for (name, ceiling) in [("retries", &policy.retries), ("concurrency", &policy.concurrency)] {
        table.row([name.to_owned(), ceiling.value.to_string(), words::origin(ceiling.origin)]);
    }
    table
}

fn targets(docs: &Docs<'_>) -> Option<Table> {
    let targets = &docs.contract.targets;
    let mut table = Table::new(["What", "Value", "Origin"]);
    fn add<T>(table: &mut Table, what: &str, value: &Sourced<T>, text: String) {
        table.row([what.to_owned(), text, words::origin(value.origin)]);
    }
    if let Some(typescript) = &targets.typescript {
        let sdk = match typescript.sdk.value {
            Sdk::V3 => "3",
            Sdk::V4 => "4",
        };
        let server = if typescript.server_only.value {
            "yes: modules begin with `import \"server-only\"`"
        } else {
            "no: any module may import them"
        };
        add(&mut table, "TypeScript, rewritten on every run", &typescript.out, code(typescript.out.value.as_str()));
        let handlers = code(typescript.handlers.value.as_str());
        add(&mut table, "Handlers, written once, then owned by the team", &typescript.handlers, handlers);
        add(&mut table, "Major version of the `inngest` package", &typescript.sdk, sdk.to_owned());
        add(&mut table, "Inngest client", &typescript.client.module, answers::import(&typescript.client));
        add(&mut table, "Server only", &typescript.server_only, server.to_owned());
        let constants = code(&typescript.event_constant.value);
        add(&mut table, "Names of event constants", &typescript.event_constant, constants);
    }
    if let Some(schemas) = &targets.schemas {
        add(&mut table, "JSON Schemas", schemas, code(schemas.value.as_str()));
    }
    if let Some(pages) = &targets.docs {
        add(&mut table, "Documents", pages, code(pages.value.as_str()));
    }
    if let Some(templates) = &targets.templates {
        add(&mut table, "Templates of the team", templates, code(templates.value.as_str()));
    }
    table.filled()
}
