//! `runbook.md`: what to do when something is wrong, by symptom, with the names of this contract.

use serde::Serialize;

use super::links::Page;
use super::markdown::{code, codes, fence};
use super::table::Table;
use super::{Docs, answers, load, words};
use crate::contract::{Binding, Delivery, LedgerState, Method, Offload, WhenUnset};
use crate::emit::worked;

/// What the template sees.
#[derive(Debug, Serialize)]
pub(super) struct View {
    dispatched: String,
    misconfigured: String,
    misconfigured_mode: String,
    failed: String,
    failed_mode: String,
    dispatched_mode: String,
    key_field: Option<String>,
    configured: String,
    configured_variables: String,
    secrets: Option<String>,
    auth: Option<Auth>,
    writer: Option<String>,
    record_fields: String,
    keys: Option<String>,
    key_command: Option<String>,
    same_call: Option<String>,
    next_call: Option<String>,
    loads: Option<String>,
    unknown_load: Option<String>,
    attempts: Option<String>,
    no_cancelled: bool,
    queues: Vec<String>,
    rollback: Option<String>,
    overrides: Vec<String>,
    with_params: Option<String>,
    dev: Option<String>,
    duplicates: Option<String>,
    sends: bool,
}

/// The check of the routes.
#[derive(Debug, Serialize)]
struct Auth {
    secret: String,
    refuses: bool,
}

pub(super) fn view(docs: &Docs<'_>) -> View {
    let contract = docs.contract;
    let dispatch = &contract.dispatch;
    let mut configured = Vec::new();
    words::variables(&dispatch.configured.value, &mut configured);
    let dev = configured.iter().find(|name| **name == "INNGEST_DEV").map(|name| code(name));
    let secrets = &contract.environment.secrets;
    let first = contract.offloads.values().find(|offload| offload.dispatch().is_some());
    let states = |state: LedgerState| contract.ledger.as_ref().is_some_and(|l| l.states.value.contains(&state));
    View {
        dispatched: answers::answer(&dispatch.responses.dispatched),
        misconfigured: answers::answer(&dispatch.responses.misconfigured),
        misconfigured_mode: code(&dispatch.responses.misconfigured.mode.value),
        failed: answers::answer(&dispatch.responses.failed),
        failed_mode: code(&dispatch.responses.failed.mode.value),
        dispatched_mode: code(&dispatch.responses.dispatched.mode.value),
        key_field: key_field(docs),
        configured: words::condition(&dispatch.configured.value, true),
        configured_variables: codes(configured),
        secrets: (!secrets.is_empty()).then(|| codes(secrets.iter().map(|name| &name.value))),
        auth: dispatch
            .auth
            .as_ref()
            .map(|auth| Auth { secret: code(&auth.secret.value), refuses: auth.when_unset.value == WhenUnset::Refuse }),
        writer: contract.ledger.as_ref().map(|ledger| answers::import(&ledger.writer)),
        record_fields: answers::record_fields(docs),
        keys: keys(docs),
        key_command: first
            .map(|offload| fence("sh", &format!("inngest-offload key {} --at {}", offload.job, worked::AT))),
        same_call: first.map(|offload| call(docs, offload)),
        next_call: next_call(docs),
        loads: loads(docs),
        unknown_load: unknown_load(docs),
        attempts: attempts(docs),
        no_cancelled: contract.ledger.is_some() && !states(LedgerState::Cancelled),
        queues: queues(docs),
        rollback: rollback(docs),
        overrides: overrides(docs),
        with_params: with_params(docs),
        dev,
        duplicates: duplicates(docs),
        sends: first.is_some(),
    }
}

/// Where an answer holds the dispatch key.
fn key_field(docs: &Docs<'_>) -> Option<String> {
    let dispatch = &docs.contract.dispatch;
    let fields = docs.contract.payloads.values().flat_map(|payload| &payload.fields);
    let mut keys = fields.filter(|field| worked::binding(field) == Some(Binding::DispatchKey));
    let held = |name: &str| dispatch.responses.dispatched.metadata.iter().any(|field| field.name.value == name);
    let key = keys.find(|field| held(&field.name))?;
    Some(code(&format!("{}.{}", dispatch.metadata.value, key.name)))
}

/// A call by hand.
fn call(docs: &Docs<'_>, offload: &Offload) -> String {
    let method = offload.methods.value.first().map_or("GET", |method| words::method(*method));
    let auth = docs.contract.dispatch.auth.as_ref();
    let header = auth.map_or_else(String::new, |auth| format!(" -H \"Authorization: Bearer ${}\"", auth.secret.value));
    let method = if method == words::method(Method::Get) { String::new() } else { format!(" -X {method}") };
    fence("sh", &format!("curl -i{method}{header} \"https://$HOST{}\"", offload.route.value))
}

fn keys(docs: &Docs<'_>) -> Option<String> {
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
    (!table.is_empty()).then(|| table.print())
}

fn next_call(docs: &Docs<'_>) -> Option<String> {
    let mut table = Table::new(["Offload", "Called", "Next attempt without you"]);
    for offload in docs.contract.offloads.values().filter(|offload| offload.dispatch().is_some()) {
        let next =
            if offload.schedule.is_some() { "the next tick, with a key of its own" } else { "when the sender repeats" };
        table.row([docs.links.offload(&offload.job, Page::Runbook), words::called(offload), next.to_owned()]);
    }
    (!table.is_empty()).then(|| table.print())
}

fn with_params(docs: &Docs<'_>) -> Option<String> {
    let having = docs.contract.offloads.values().filter(|offload| offload.params.is_some());
    let links: Vec<String> = having.map(|offload| docs.links.offload(&offload.job, Page::Runbook)).collect();
    (!links.is_empty()).then(|| links.join(", "))
}

fn loads(docs: &Docs<'_>) -> Option<String> {
    let mut table = Table::new(["Offload", "Asked for", "One run takes", "Load"]);
    for offload in docs.contract.offloads.values() {
        let Some(load) = load::of(offload) else { continue };
        let words = if load.grows() { format!("**{}**", load.words()) } else { load.words() };
        table.row([docs.links.offload(&offload.job, Page::Runbook), load.rate(), code(&load.run.to_string()), words]);
    }
    (!table.is_empty()).then(|| table.print())
}

fn unknown_load(docs: &Docs<'_>) -> Option<String> {
    let unknown = docs.contract.offloads.values().filter(|o| o.dispatch().is_some() && load::of(o).is_none());
    let links: Vec<String> = unknown.map(|offload| docs.links.offload(&offload.job, Page::Runbook)).collect();
    (!links.is_empty()).then(|| links.join(", "))
}

fn attempts(docs: &Docs<'_>) -> Option<String> {
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
    (!table.is_empty()).then(|| table.print())
}

fn duplicates(docs: &Docs<'_>) -> Option<String> {
    let mut table = Table::new(["Function", "Event id", "Idempotency"]);
    for (offload, event) in docs.contract.events() {
        let idempotency = event.function.idempotency.as_ref();
        table.row([
            code(&event.function.id.value),
            code(&event.event_id.value.to_string()),
            idempotency.map_or_else(|| words::unset(offload).into(), |cel| code(&cel.value)),
        ]);
    }
    (!table.is_empty()).then(|| table.print())
}

fn queues(docs: &Docs<'_>) -> Vec<String> {
    let offloads = docs.contract.offloads.values();
    let queued = offloads.filter_map(|offload| match &offload.delivery {
        Delivery::Queue(queue) => Some((offload, queue)),
        Delivery::Events(_) => None,
    });
    queued
        .map(|(offload, queue)| {
            format!(
                "{}: calls of {} are written to {}. Look at the oldest row: when it does not go away, what drains the queue is down.",
                docs.links.offload(&offload.job, Page::Runbook),
                code(&offload.route.value),
                code(&queue.value)
            )
        })
        .collect()
}

fn rollback(docs: &Docs<'_>) -> Option<String> {
    let mut table = Table::new(["To bring back inline", "Set", "Deploy, drain, verify"]);
    for flag in docs.contract.flags.values() {
        let Some(rollback) = &flag.rollback else { continue };
        let jobs: Vec<String> = flag.offloads.iter().map(|job| docs.links.offload(job, Page::Runbook)).collect();
        let jobs = if jobs.is_empty() { "nothing in this contract".to_owned() } else { jobs.join(", ") };
        table.row([jobs, words::settings(rollback), docs.links.flag(&flag.name, Page::Runbook)]);
    }
    (!table.is_empty()).then(|| table.print())
}

fn overrides(docs: &Docs<'_>) -> Vec<String> {
    let flags = docs.contract.flags.values();
    flags
        .filter_map(|flag| flag.override_.as_ref().map(|override_| (flag, override_)))
        .map(|(flag, override_)| {
            let jobs: Vec<String> = flag.offloads.iter().map(|job| docs.links.offload(job, Page::Runbook)).collect();
            format!(
                "Faster, for {}: set {} to a value that is on and deploy. It wins over {}.",
                jobs.join(", "),
                code(&override_.on.value),
                docs.links.flag(&flag.name, Page::Runbook)
            )
        })
        .collect()
}
