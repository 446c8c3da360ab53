//! What holds for every route: its check, the answers of the dispatch branch, the records of runs.

use schemars::JsonSchema;
use serde::Serialize;

use super::inline::{code, codes};
use super::links::Page;
use super::table::Table;
use super::{Docs, words};
use crate::contract::{
    AuthScheme, EventField, InlineFallback, Kind, LedgerState, ModuleExport, Presence, RUN_FIELDS, Response, Steps,
    WhenUnset,
};
use crate::emit::schemas;

/// How a route answers.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RouteAnswers")]
pub(super) struct Answers {
    /// What is checked, in order.
    steps: Vec<String>,
    /// Whether an offload sends several events.
    several: bool,
    /// The answers, with status and mode.
    cases: Table,
    /// Which field is in which answer.
    body: Table,
    /// The field that holds the metadata.
    metadata: String,
}

pub(super) fn answers(docs: &Docs<'_>) -> Answers {
    let dispatch = &docs.contract.dispatch;
    let mut cases = Table::new(["Case", "HTTP", "`mode`", "What it means"]);
    for (name, response) in dispatch.responses.each() {
        cases.row([
            name.to_owned(),
            response.status.value.to_string(),
            code(&response.mode.value),
            schemas::meaning(name).to_owned(),
        ]);
    }
    Answers {
        steps: steps(docs),
        several: docs.contract.generated().any(|o| o.events().count() > 1),
        cases,
        body: body(docs),
        metadata: code(&dispatch.metadata.value),
    }
}

fn steps(docs: &Docs<'_>) -> Vec<String> {
    let dispatch = &docs.contract.dispatch;
    let mut steps = Vec::new();
    if let Some(auth) = &dispatch.auth {
        let AuthScheme::Bearer = auth.scheme.value;
        let sent = code(&format!("Authorization: Bearer <{}>", auth.secret.value));
        let unset = match auth.when_unset.value {
            WhenUnset::Refuse => "the route rejects every request",
            WhenUnset::Allow => "the route accepts every request",
        };
        let secret = code(&auth.secret.value);
        let has = |kind| docs.contract.offloads.values().any(|offload| offload.kind.value == kind);
        let (whose, others) = match has(Kind::Webhook) {
            false => ("The route", String::new()),
            true => (
                "The route of a cron offload",
                " How a webhook authenticates its sender is not part of this contract.".to_owned(),
            ),
        };
        steps.push(format!(
            "{whose} first checks its caller: `bearer`, {sent}. While {secret} is not set, {unset}.{others}"
        ));
    }
    steps.push("While the flag is off, the route does the work itself and answers as before.".to_owned());
    let condition = words::condition(&dispatch.configured.value, true);
    let misconfigured = answer(&dispatch.responses.misconfigured);
    steps.push(format!(
        "Inngest counts as configured when {condition}. If the flag is on and Inngest is not configured, the answer \
         is {misconfigured}."
    ));
    let InlineFallback::Never = dispatch.inline_fallback.value;
    steps.push(format!(
        "The event is sent. If that fails, the answer is {}; the work is never run inline instead.",
        answer(&dispatch.responses.failed)
    ));
    steps.push(format!("If it succeeds, the answer is {}.", answer(&dispatch.responses.dispatched)));
    steps
}

/// `503` with its mode.
pub(super) fn answer(response: &Response) -> String {
    let mode = code(&format!("mode: {}", response.mode.value));
    format!("{} with {mode}", code(&response.status.value.to_string()))
}

fn body(docs: &Docs<'_>) -> Table {
    let dispatch = &docs.contract.dispatch;
    let each = dispatch.responses.each();
    let mut head = vec!["Field".to_owned()];
    head.extend(each.iter().map(|(name, _)| (*name).to_owned()));
    let mut table = Table::with_head(head);
    let mut row = |field: String, holds: &dyn Fn(&'static str, &Response) -> &'static str| {
        let mut cells = vec![field];
        cells.extend(each.iter().map(|(name, response)| holds(name, response).to_owned()));
        table.row(cells);
    };
    row(code("mode"), &|_, _| "always");
    let mut metadata: Vec<&str> = Vec::new();
    for field in each.iter().flat_map(|(_, response)| &response.metadata) {
        if !metadata.contains(&field.name.value.as_str()) {
            metadata.push(&field.name.value);
        }
    }
    for name in metadata {
        row(code(&format!("{}.{name}", dispatch.metadata.value)), &|_, response| match response
            .metadata
            .iter()
            .find(|field| field.name.value == name)
        {
            Some(field) if field.optional => "if the event has it",
            Some(_) => "always",
            None => "no",
        });
    }
    for (name, wanted) in [("event.name", EventField::Name), ("event.id", EventField::Id)] {
        row(code(name), &|_, response| if response.event.value.contains(&wanted) { "always" } else { "no" });
    }
    row(code("publishedEventIds"), &|_, response| match response.published_event_ids.as_ref().map(|p| p.value) {
        Some(Presence::Required) => "always",
        Some(Presence::Optional) => "if they are known",
        None => "no",
    });
    row(code("error"), &|name, _| if name == "dispatched" { "no" } else { "always: what went wrong" });
    row(code("timestamp"), &|_, _| "always");
    table
}

/// Where the status of runs is written.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LedgerRecords")]
pub(super) struct Ledger {
    /// The function that writes a record.
    writer: String,
    /// The states of a run.
    states: Table,
    /// The fields of a record, and where each comes from.
    fields: Table,
    /// Whether a cancelled run leaves no record of it.
    no_cancelled: bool,
}

pub(super) fn ledger(docs: &Docs<'_>) -> Option<Ledger> {
    let ledger = docs.contract.ledger.as_ref()?;
    let mut states = Table::new(["State", "Written when"]);
    let own = docs.contract.events().any(|(_, event)| event.function.steps.value == Steps::Own);
    for state in &ledger.states.value {
        states.row([code(state.as_str()), state_meaning(*state, own).to_owned()]);
    }
    let mut fields = Table::new(["Field", "Where it comes from"]);
    for field in &ledger.fields {
        let from = if RUN_FIELDS.contains(&field.value.as_str()) {
            "the run".to_owned()
        } else {
            let having: Vec<String> = docs
                .contract
                .payloads
                .values()
                .filter(|payload| payload.fields.iter().any(|f| f.name == field.value))
                .map(|payload| docs.links.payload(&payload.name, Page::Contract))
                .collect();
            if having.is_empty() {
                "not in any payload".to_owned()
            } else {
                format!("the event: {}", having.join(", "))
            }
        };
        fields.row([code(&field.value), from]);
    }
    Some(Ledger {
        writer: import(&ledger.writer),
        states,
        fields,
        no_cancelled: !ledger.states.value.contains(&LedgerState::Cancelled),
    })
}

/// A name and the module that exports it.
pub(super) fn import(export: &ModuleExport) -> String {
    format!("{} of {}", code(&export.export.value), code(&export.module.value))
}

/// When a state is written, in a contract that has or has not jobs with steps of their own.
fn state_meaning(state: LedgerState, own: bool) -> &'static str {
    match state {
        LedgerState::Running if own => {
            "An attempt has begun; for a job that makes its own steps, the run has \
            begun."
        }
        LedgerState::Running => "An attempt has begun.",
        LedgerState::Succeeded => "The work is done.",
        LedgerState::Failed => "The retries are exhausted, or the error is not retried.",
        LedgerState::Cancelled => "Someone cancelled the run.",
    }
}

/// The fields of a record in one line.
pub(super) fn record_fields(docs: &Docs<'_>) -> String {
    docs.contract.ledger.as_ref().map_or_else(String::new, |l| codes(l.fields.iter().map(|f| &f.value)))
}
