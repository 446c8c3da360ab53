//! The tables and lists of the runbook: what holds for each offload of this contract.

use crate::contract::{Binding, Delivery, Method, Offload};
use crate::emit::docs::inline::{Block, code};
use crate::emit::docs::links::Page;
use crate::emit::docs::table::Table;
use crate::emit::docs::{Docs, load, words};
use crate::emit::worked;

/// Where an answer holds the dispatch key.
pub(super) fn key_field(docs: &Docs<'_>) -> Option<String> {
    let dispatch = &docs.contract.dispatch;
    let fields = docs.contract.payloads.values().flat_map(|payload| &payload.fields);
    let mut keys = fields.filter(|field| worked::binding(field) == Some(Binding::DispatchKey));
    let held = |name: &str| dispatch.responses.dispatched.metadata.iter().any(|field| field.name.value == name);
    let key = keys.find(|field| held(&field.name))?;
    Some(code(&format!("{}.{}", dispatch.metadata.value, key.name)))
}

/// A call by hand.
pub(super) fn call(docs: &Docs<'_>, offload: &Offload) -> Block {
    let method = offload.methods.value.first().map_or("GET", |method| method.as_str());
    let auth = docs.contract.dispatch.auth.as_ref();
    let header = auth.map_or_else(String::new, |auth| format!(" -H \"Authorization: Bearer ${}\"", auth.secret.value));
    let method = if method == Method::Get.as_str() { String::new() } else { format!(" -X {method}") };
    Block::new("sh", &format!("curl -i{method}{header} \"https://$HOST{}\"", offload.route.value))
}

pub(super) fn keys(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Offload", "Job name", "Dispatch key", "Window"]);
    for (offload, event) in docs.contract.events() {
        let Some(events) = offload.dispatch() else { continue };
        table.row([
            docs.links.offload(&offload.job, Page::Runbook),
            code(&event.function.job_name.value),
            code(&events.dispatch_key.value.to_string()),
            offload.window.as_ref().map_or_else(|| "none".into(), |window| words::window(&window.value)),
        ]);
    }
    table.filled()
}

pub(super) fn next_call(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Offload", "Called", "Next automatic attempt"]);
    for offload in docs.contract.offloads.values().filter(|offload| offload.dispatch().is_some()) {
        let next = if offload.schedule.is_some() {
            "the next tick, with its own key"
        } else {
            "when the sender repeats the \
                call"
        };
        table.row([docs.links.offload(&offload.job, Page::Runbook), words::called(offload), next.to_owned()]);
    }
    table.filled()
}

pub(super) fn with_params(docs: &Docs<'_>) -> Option<String> {
    let having = docs.contract.offloads.values().filter(|offload| offload.params.is_some());
    let links: Vec<String> = having.map(|offload| docs.links.offload(&offload.job, Page::Runbook)).collect();
    (!links.is_empty()).then(|| links.join(", "))
}

pub(super) fn loads(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Offload", "Requested", "One run takes", "Load"]);
    for offload in docs.contract.offloads.values() {
        let Some(load) = load::of(offload) else { continue };
        let words = if load.grows() { format!("**{}**", load.words()) } else { load.words() };
        table.row([docs.links.offload(&offload.job, Page::Runbook), load.rate(), code(&load.run.to_string()), words]);
    }
    table.filled()
}

pub(super) fn unknown_load(docs: &Docs<'_>) -> Option<String> {
    let unknown = docs.contract.offloads.values().filter(|o| o.dispatch().is_some() && load::of(o).is_none());
    let links: Vec<String> = unknown.map(|offload| docs.links.offload(&offload.job, Page::Runbook)).collect();
    (!links.is_empty()).then(|| links.join(", "))
}

pub(super) fn attempts(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Job name", "Function", "Retries", "At a time"]);
    for (offload, event) in docs.contract.events() {
        let function = &event.function;
        let unset = words::unset(offload);
        table.row([
            code(&function.job_name.value),
            code(&function.id.value),
            function.retries.as_ref().map_or_else(|| unset.into(), |retries| words::retries(&retries.value)),
            function.concurrency.as_ref().map_or_else(|| unset.into(), |limits| words::concurrency(&limits.value)),
        ]);
    }
    table.filled()
}

pub(super) fn duplicates(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Function", "Event id", "Idempotency"]);
    for (offload, event) in docs.contract.events() {
        let idempotency = event.function.idempotency.as_ref();
        table.row([
            code(&event.function.id.value),
            code(&event.event_id.value.to_string()),
            idempotency.map_or_else(|| words::unset(offload).into(), |cel| code(&cel.value)),
        ]);
    }
    table.filled()
}

pub(super) fn queues(docs: &Docs<'_>) -> Vec<String> {
    let offloads = docs.contract.offloads.values();
    let queued = offloads.filter_map(|offload| match &offload.delivery {
        Delivery::Queue(queue) => Some((offload, queue)),
        Delivery::Events(_) => None,
    });
    queued
        .map(|(offload, queue)| {
            format!(
                "{}: calls of {} are written to {}. Look at the oldest row: if it does not go away, the consumer of \
                 the queue is down.",
                docs.links.offload(&offload.job, Page::Runbook),
                code(&offload.route.value),
                code(&queue.value)
            )
        })
        .collect()
}

pub(super) fn rollback(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["To run inline again", "Set", "Deploy, drain, verify"]);
    for flag in docs.contract.flags.values() {
        let Some(rollback) = &flag.rollback else { continue };
        let jobs: Vec<String> = flag.offloads.iter().map(|job| docs.links.offload(job, Page::Runbook)).collect();
        let jobs = if jobs.is_empty() { "nothing in this contract".to_owned() } else { jobs.join(", ") };
        table.row([jobs, words::settings(rollback), docs.links.flag(&flag.name, Page::Runbook)]);
    }
    table.filled()
}

pub(super) fn overrides(docs: &Docs<'_>) -> Vec<String> {
    let flags = docs.contract.flags.values();
    flags
        .filter_map(|flag| flag.override_.as_ref().map(|override_| (flag, override_)))
        .map(|(flag, override_)| {
            let jobs: Vec<String> = flag.offloads.iter().map(|job| docs.links.offload(job, Page::Runbook)).collect();
            format!(
                "Faster, for {}: set {} to a value that is on and deploy. It overrides {}.",
                jobs.join(", "),
                code(&override_.on.value),
                docs.links.flag(&flag.name, Page::Runbook)
            )
        })
        .collect()
}
