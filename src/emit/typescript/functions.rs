//! `functions.ts`: the Inngest functions, each made of a handler, with its configuration and its
//! status writes.

use schemars::JsonSchema;
use serde::Serialize;

use super::imports::Imports;
use super::options::{self, Options};
use super::{events, layout, literal, status, types};
use crate::contract::{
    Contract, Event, Function, Ledger, LedgerState, RUN_FIELDS, Sdk, SingletonMode, Steps, TypeScript,
};
use crate::emit::templates::view;
use crate::emit::{Emission, EmitError, Emitter, Give};
use crate::names;

/// The module.
pub static FUNCTIONS: Emitter = Emitter { name: "typescript-functions", folders: super::folders, emit };

/// `functions.ts`: the Inngest functions with their options and status writes.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FunctionsModule")]
pub(super) struct View {
    /// Whether the module begins with `import "server-only"`.
    server_only: bool,
    /// Whether it is for SDK 4; otherwise for SDK 3.
    v4: bool,
    /// Import statements, each on one or several lines.
    imports: Vec<String>,
    /// Name of the imported Inngest client.
    client: String,
    /// Name of the imported function that writes a status record; empty without a ledger.
    writer: String,
    /// The type of all function ids, as a declaration.
    ids: String,
    /// Whether a function runs its handler as one step.
    single: bool,
    /// Whether a handler makes its own steps.
    own: bool,
    /// The functions, in the order of the contract.
    functions: Vec<FunctionView>,
    /// Whether runs write status records.
    ledger: bool,
    /// Members of the type of what records take from the event.
    status_data: String,
    /// Properties that copy them from the event's data.
    status_members: Vec<String>,
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
    cancelled_state: bool,
    /// Whether a function records the cancelling of others.
    cancelled_any: bool,
    /// Whether a function reads its number of retries from the environment.
    retries: bool,
}

view!(View, "typescript/functions.ts.j2");

/// One function.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DefinedFunction")]
struct FunctionView {
    /// Its comment.
    doc: String,
    /// Declaration up to the opening brace.
    signature: String,
    /// Statements before the function is made; may be empty.
    before: String,
    /// Its options, as properties.
    options: String,
    /// The job name of its records, as a literal.
    job_name: String,
    /// Expression of the number of its last attempt.
    last_attempt: String,
    /// What triggers it, as SDK 3 or 4 takes it.
    trigger: String,
    /// How the handler is run.
    run: String,
    /// The function that records its cancelled runs, if one does.
    cancelled: Option<Cancelled>,
}

/// A function that records the cancelled runs of another.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RecordsCancelled")]
struct Cancelled {
    /// Its comment.
    doc: String,
    /// Declaration up to the opening brace.
    signature: String,
    /// Its id, as a literal.
    id: String,
    /// Condition on the event of Inngest that tells of a cancelled run.
    if_: String,
}

fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let contract = emission.contract;
    let Some(target) = super::target(contract).filter(|_| contract.generated().next().is_some()) else {
        return Ok(());
    };
    let ledger = contract.ledger.as_ref();
    let functions: Vec<FunctionView> = super::generated_events(contract)
        .filter_map(|(offload, event)| {
            let payload = contract.payloads.get(&event.payload.value)?;
            Some(function_view(target, event, &types::data_type(offload, payload), ledger))
        })
        .collect();
    let ids: Vec<String> =
        super::generated_events(contract).map(|(_, event)| literal::string(&event.function.id.value)).collect();
    let has = |state| ledger.is_some_and(|ledger| ledger.states.value.contains(&state));
    let field = |name| ledger.is_some_and(|ledger| status::has_field(ledger, name));
    let steps = |steps| super::generated_events(contract).any(|(_, event)| event.function.steps.value == steps);
    let view = View {
        server_only: target.server_only.value,
        v4: target.sdk.value == Sdk::V4,
        imports: imports(contract, target, steps(Steps::Own)),
        client: target.client.export.value.clone(),
        writer: ledger.map(|ledger| ledger.writer.export.value.clone()).unwrap_or_default(),
        ids: layout::union(0, "export type FunctionId =", &ids),
        single: steps(Steps::Single),
        own: steps(Steps::Own),
        ledger: ledger.is_some(),
        status_data: ledger.map(|ledger| status::data_fields(contract, ledger)).unwrap_or_default(),
        status_members: ledger.map(status_members).unwrap_or_default(),
        run_id: field(RUN_FIELDS[0]),
        attempt: field(RUN_FIELDS[1]),
        running: has(LedgerState::Running),
        succeeded: has(LedgerState::Succeeded),
        failed: has(LedgerState::Failed),
        cancelled_state: has(LedgerState::Cancelled),
        cancelled_any: functions.iter().any(|function| function.cancelled.is_some()),
        retries: super::generated_events(contract).any(|(_, event)| options::reads_retries(&event.function)),
        functions,
    };
    super::module(emission, give, target, "functions", &view)
}

fn imports(contract: &Contract, target: &TypeScript, own: bool) -> Vec<String> {
    let mut imports = Imports::default();
    imports.type_("InngestFunction", "inngest");
    if own {
        imports.type_("GetStepTools", "inngest");
    }
    if own && contract.ledger.is_some() {
        imports.value("StepError", "inngest");
    }
    imports.value(&target.client.export.value, &target.client.module.value);
    if let Some(ledger) = &contract.ledger {
        imports.value(&ledger.writer.export.value, &ledger.writer.module.value);
        imports.namespace("status", "./status", true);
    }
    if super::generated_events(contract).any(|(_, event)| options::reads_numbers(&event.function)) {
        imports.value("environment", "./environment");
        imports.value("readInteger", "./environment");
    }
    imports.namespace("events", "./events", false);
    imports.print()
}

fn status_members(ledger: &Ledger) -> Vec<String> {
    status::from_event(ledger)
        .map(|name| {
            let key = literal::key(name);
            let value = if key.starts_with(['"', '\'']) { format!("data[{key}]") } else { format!("data.{key}") };
            layout::property(4, &key, &value)
        })
        .collect()
}

/// The name of the function that makes an Inngest function of a handler.
pub(super) fn define(function: &Function) -> String {
    format!("define{}", names::pascal(&function.id.value))
}

/// The name of the function that makes the recorder of cancelled runs, where there is one.
pub(in crate::emit) fn record_cancelled(function: &Function, ledger: Option<&Ledger>) -> Option<String> {
    let ends_so = |state| ledger.is_some_and(|ledger| ledger.states.value.contains(&state));
    let recorded = ends_so(LedgerState::Cancelled) || ends_so(LedgerState::Failed);
    let replaced = function.singleton.as_ref().and_then(|singleton| singleton.value.mode.as_ref());
    let can_be = function.cancel_on.is_some()
        || function.timeouts.is_some()
        || replaced.is_some_and(|mode| mode.value == SingletonMode::Cancel);
    (recorded && can_be).then(|| format!("recordCancelled{}", names::pascal(&function.id.value)))
}

fn function_view(target: &TypeScript, event: &Event, data: &str, ledger: Option<&Ledger>) -> FunctionView {
    let function = &event.function;
    let id = literal::string(&function.id.value);
    let (handler, run) = match (function.steps.value, ledger.is_some()) {
        (Steps::Single, true) => ("JobHandler", "asOneStep(job, handler)"),
        (Steps::Single, false) => ("JobHandler", "asOneStep(handler)"),
        (Steps::Own, true) => ("JobStepsHandler", "inOwnSteps(job, handler)"),
        (Steps::Own, false) => ("JobStepsHandler", "handler"),
    };
    let what = function.description.as_ref().map(|text| format!("\n\n{}", text.value)).unwrap_or_default();
    let doc = format!("Creates the Inngest function {} from its handler.{what}", literal::code(&function.id.value));
    let cancelled = record_cancelled(function, ledger).map(|name| {
        let text = literal::template(&function.id.value.replace('\\', "\\\\").replace('\'', "\\'"));
        Cancelled {
            doc: literal::doc(
                0,
                &format!("Creates the function that records cancelled runs of {}.", literal::code(&function.id.value)),
            ),
            signature: layout::call(0, &format!("export function {name}"), &[], ": RecorderFunction {"),
            id: layout::property(6, "id", &literal::string(&format!("{}-cancelled", function.id.value))),
            if_: format!("`event.data.function_id == '${{{}.id}}-{text}'`", target.client.export.value),
        }
    });
    let options = Options::of(function);
    FunctionView {
        doc: literal::doc(0, &doc),
        signature: layout::call(
            0,
            &format!("export function {}", define(function)),
            &[format!("handler: {handler}<events.{data}>")],
            &format!(": JobFunction<{id}> {{"),
        ),
        job_name: layout::property(4, "name", &literal::string(&function.job_name.value)),
        last_attempt: format!("    lastAttempt: {},", options::last_attempt(function)),
        trigger: match target.sdk.value {
            Sdk::V3 => layout::property(6, "event", &format!("events.{}", event.constant.value)),
            Sdk::V4 => layout::property(10, "event", &format!("events.{}", events::event_type(event))),
        },
        before: options.before(),
        options: options.members(),
        run: run.to_owned(),
        cancelled,
    }
}
