//! `status.ts`: the records that functions write to the ledger. A module of its own, so that the
//! team's writer can name its types without importing the functions, which import the writer.

use schemars::JsonSchema;
use serde::Serialize;

use super::types::Declarations;
use super::{layout, literal};
use crate::contract::{Contract, Ledger, LedgerState, RUN_FIELDS, Steps};
use crate::emit::templates::view;
use crate::emit::{Emission, EmitError, Emitter, Give};

/// The module.
pub static STATUS: Emitter = Emitter { name: "typescript-status", folders: super::folders, emit };

/// `status.ts`: the types of status records.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StatusModule")]
pub(super) struct View {
    /// Whether the module begins with `import "server-only"`.
    server_only: bool,
    /// Whether the types of events are imported.
    types: bool,
    /// The type of all job names, as a declaration.
    names: String,
    /// Members of the type of what records take from the event.
    fields: String,
    /// Whether records carry the id of the run.
    run_id: bool,
    /// Whether records carry the attempt.
    attempt: bool,
    /// Whether `running` is recorded.
    running: bool,
    /// Whether `succeeded` is recorded.
    succeeded: bool,
    /// Whether `failed` is recorded.
    failed: bool,
    /// Whether `cancelled` is recorded.
    cancelled: bool,
    /// Whether a job makes its own steps.
    own: bool,
    /// Comments that depend on who makes the steps of the jobs.
    words: Words,
    /// The type of all records, as a declaration.
    record: String,
}

/// Comments of a record's members: with steps of its own, what a job records is about the run.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StatusComments")]
struct Words {
    /// Of the number of the attempt.
    attempt: String,
    /// Of the record `running`.
    begun: String,
    /// Of when that began.
    began: String,
    /// Of when the work of the record `succeeded` began.
    started: String,
    /// Of how long it took, in milliseconds.
    took: String,
    /// Of when the work of the record `failed` began.
    failed_started: String,
    /// Of how long it took, in milliseconds.
    failed_took: String,
}

impl Words {
    fn of(contract: &Contract) -> Self {
        let (single, own) = (has_steps(contract, Steps::Single), has_steps(contract, Steps::Own));
        let doc = |indent, of_single: &str, of_own: &str, rest: &str| {
            let text = match (single, own) {
                (_, false) => format!("{of_single}{rest}."),
                (false, true) => format!("{of_own}{rest}."),
                (true, true) => {
                    format!("{of_single}{rest}.\nFor a job that makes its own steps: {}.", lower_first(of_own))
                }
            };
            literal::doc(indent, &text)
        };
        let gone = "; absent if its process died";
        let (began, took) =
            ("When the work of the last attempt began, UTC", "How long the work of the last attempt took");
        let (run_began, run_took) = ("When the run began, UTC", "How long the run took, including all waiting times");
        let step = "The attempt of the handler itself, from 0; if the retries of a step are exhausted, the last \
            attempt of that step";
        Self {
            attempt: doc(2, "The attempt that this record is about, from 0", step, ""),
            begun: doc(0, "An attempt has begun", "The run has begun", ""),
            began: doc(2, "When the work began, UTC", run_began, ""),
            started: doc(2, began, run_began, ""),
            took: doc(2, took, run_took, ""),
            failed_started: doc(2, began, run_began, gone),
            failed_took: doc(2, took, run_took, gone),
        }
    }
}

view!(View, "typescript/status.ts.j2");

fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let contract = emission.contract;
    let (Some(target), Some(ledger)) = (super::target(contract), &contract.ledger) else { return Ok(()) };
    let mut names: Vec<String> = Vec::new();
    for (_, event) in super::generated_events(contract) {
        let name = literal::string(&event.function.job_name.value);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Ok(());
    }
    let has = |state| ledger.states.value.contains(&state);
    let records = [
        ("JobRunning", has(LedgerState::Running)),
        ("JobSucceeded", has(LedgerState::Succeeded)),
        ("JobFailed", has(LedgerState::Failed)),
        ("JobCancelled", has(LedgerState::Cancelled)),
    ];
    let records: Vec<String> = records.iter().filter(|(_, has)| *has).map(|(name, _)| (*name).to_owned()).collect();
    let fields = data_fields(contract, ledger);
    let view = View {
        server_only: target.server_only.value,
        types: fields.contains(" events."),
        names: layout::union(0, "export type JobName =", &names),
        fields,
        run_id: has_field(ledger, RUN_FIELDS[0]),
        attempt: has_field(ledger, RUN_FIELDS[1]),
        running: has(LedgerState::Running),
        succeeded: has(LedgerState::Succeeded),
        failed: has(LedgerState::Failed),
        cancelled: has(LedgerState::Cancelled),
        own: has_steps(contract, Steps::Own),
        words: Words::of(contract),
        record: layout::union(0, "export type JobStatusRecord =", &records),
    };
    super::module(emission, give, target, "status", &view)
}

fn has_steps(contract: &Contract, steps: Steps) -> bool {
    super::generated_events(contract).any(|(_, event)| event.function.steps.value == steps)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Whether records hold this field.
pub(super) fn has_field(ledger: &Ledger, name: &str) -> bool {
    ledger.fields.iter().any(|field| field.value == name)
}

/// The fields that come from the event.
pub(super) fn from_event(ledger: &Ledger) -> impl Iterator<Item = &str> {
    ledger.fields.iter().map(|field| field.value.as_str()).filter(|name| !RUN_FIELDS.contains(name))
}

/// Those fields as members of a type.
pub(super) fn data_fields(contract: &Contract, ledger: &Ledger) -> String {
    let fields: Vec<(String, bool)> = from_event(ledger).map(|name| (name.to_owned(), false)).collect();
    Declarations::of(contract).picked(contract, &fields, true)
}
