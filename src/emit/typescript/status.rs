//! `status.ts`: the records that functions write to the ledger. A module of its own, so that the
//! team's writer can name its types without importing the functions, which import the writer.

use schemars::JsonSchema;
use serde::Serialize;

use super::types::Declarations;
use super::{layout, literal};
use crate::contract::{Contract, Ledger, LedgerState, RUN_FIELDS};
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
    /// The type of all records, as a declaration.
    record: String,
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
        record: layout::union(0, "export type JobStatusRecord =", &records),
    };
    super::module(emission, give, target, "status", &view)
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
