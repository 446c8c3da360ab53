//! The shape of the language: what may be written where, and nothing about what it means.
//!
//! These types are the typed load and, through schemars, the JSON Schema that editors use. Every
//! property has a description here and nowhere else. Nothing is resolved: a reference is a string,
//! a convention is absent. [`crate::contract`] gives meaning.

mod codes;
mod flag;
mod forms;
mod function;
mod gates;
mod load;
mod offload;
mod payload;
mod target;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

pub use codes::CODES;
pub(crate) use codes::{OUT_OF_RANGE, UNKNOWN_VALUE};
pub use flag::*;
pub use function::*;
pub use gates::*;
pub use load::{load, schema};
pub use offload::*;
pub use payload::*;
pub use target::*;

/// The contract of an offload: which routes of a Next.js application run as durable Inngest
/// functions, and everything that has to stay true about it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "inngest-offload", extend("examples" = [{
    "version": 1, "name": "example",
    "offloads": { "nightly-report": {
        "kind": "cron", "route": "/api/cron/nightly-report", "schedule": "*/5 * * * *", "window": "5m",
        "owners": ["app/api/cron/nightly-report/route.ts"] } },
    "rollout": [{ "offload": "nightly-report", "step": "convert" }],
    "ledger": {
        "writer": { "module": "@/lib/inngest/job-status", "export": "writeInngestJobStatus" },
        "states": ["running", "succeeded", "failed", "cancelled"],
        "fields": ["dispatchKey", "correlationId", "requestedAt", "runId", "attempt"] }
}]))]
pub struct Spec {
    /// Version of the language. Always 1.
    #[schemars(extend("const" = 1))]
    pub version: i64,
    /// Name of the contract, in kebab-case; used as the title of the documents.
    #[schemars(length(min = 1), extend("examples" = ["dashboard-offload"]))]
    pub name: String,
    /// What the offloads are for, in a sentence or two.
    pub description: Option<String>,
    /// What is generated, and where. Without it, `check` only checks the contract.
    pub targets: Option<Targets>,
    /// Values that offloads have by default, by kind.
    pub defaults: Option<Defaults>,
    /// Event payloads by name (a TypeScript type name). Default: one built-in payload,
    /// `BackgroundDispatchEventData`.
    pub payloads: Option<IndexMap<String, Payload>>,
    /// How a dispatch-only route answers.
    pub dispatch: Option<Dispatch>,
    /// Where the durable status of runs is written.
    pub ledger: Option<Ledger>,
    /// What a deployment needs.
    pub environment: Option<Environment>,
    /// Limits that need a justification to be exceeded.
    pub policy: Option<Policy>,
    /// How flags are read, and the flags that differ from the convention.
    pub flags: Option<Flags>,
    /// The offloads by job name, in kebab-case.
    #[schemars(extend("minProperties" = 1))]
    pub offloads: IndexMap<String, Offload>,
    /// Routes that must stay on the request path.
    pub synchronous: Option<Vec<Synchronous>>,
    /// The order in which the offloads go live.
    pub rollout: Option<Vec<RolloutStep>>,
    /// Commands that are run before and after a change of the contract.
    pub gates: Option<Gates>,
    /// Accepted findings about the whole contract, each with a reason.
    pub allow: Option<Vec<Allow>>,
}

/// Values that offloads have by default, by kind.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Defaults {
    /// For offloads of kind `cron`.
    pub cron: Option<OffloadDefaults>,
    /// For offloads of kind `webhook`.
    pub webhook: Option<OffloadDefaults>,
}

/// The conventions of one kind. `{job}` is the offload's key, `{JOB}` the same in
/// SCREAMING_SNAKE_CASE.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OffloadDefaults {
    /// Who requested the run.
    #[schemars(extend("examples" = ["cron/{job}"]))]
    pub source: Option<String>,
    /// Name of the event.
    #[schemars(extend("examples" = ["cron/{job}.requested"]))]
    pub event: Option<String>,
    /// Name of the payload.
    pub payload: Option<String>,
    /// Pattern of the dispatch key: `{window}`, `{windowStart}`, `{windowSeconds}`, `{paramsHash}`,
    /// `{source}`; a part in brackets is left out unless every value in it is known.
    #[schemars(extend("examples" = ["cron:{job}:{window}"]))]
    pub dispatch_key: Option<String>,
    /// Pattern of the event id: `{event}`, `{dispatchKey}`, `{dispatchKey | sha256(24)}`.
    #[schemars(extend("examples" = ["{event}:{dispatchKey}"]))]
    pub event_id: Option<String>,
    /// Name of the flag's environment variable.
    #[schemars(extend("examples" = ["CRON_{JOB}_USE_INNGEST"]))]
    pub flag: Option<String>,
    /// HTTP methods the route answers.
    pub methods: Option<Vec<Method>>,
    /// The Inngest function.
    pub function: Option<Function>,
}

/// How a dispatch-only route answers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Dispatch {
    /// How the route checks its callers, before anything else.
    pub auth: Option<Auth>,
    /// When Inngest counts as configured. With only one of its two keys, a route would answer 202 although
    /// nothing runs.
    pub configured: Option<Condition>,
    /// The response field that contains the dispatch metadata. Default: `dispatch`.
    #[schemars(extend("examples" = ["dispatch"]))]
    pub metadata: Option<String>,
    /// Whether the work runs inline when sending the event failed. Only `never` is supported.
    pub inline_fallback: Option<InlineFallback>,
    /// The answers of the dispatch branch.
    pub responses: Option<Responses>,
}

/// How the route checks its callers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Auth {
    /// Environment variable that contains the secret.
    #[schemars(extend("examples" = ["CRON_SECRET"]))]
    pub secret: String,
    /// How the caller sends it.
    pub scheme: AuthScheme,
    /// What the route does when the variable is not set.
    pub when_unset: WhenUnset,
}

/// How the caller sends the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AuthScheme {
    /// `Authorization: Bearer <secret>`.
    Bearer,
}

/// What the route does when the secret is not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum WhenUnset {
    /// Rejects every request: the route fails closed.
    Refuse,
    /// Lets every request in.
    Allow,
}

/// Whether the work runs inline when sending the event failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum InlineFallback {
    /// The route answers with the `failed` response; the next tick or a person tries again.
    Never,
}

/// The answers of the dispatch branch.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Responses {
    /// The event was sent.
    pub dispatched: Option<Response>,
    /// The flag is on and Inngest is not configured.
    pub misconfigured: Option<Response>,
    /// Sending the event failed.
    pub failed: Option<Response>,
}

/// One answer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Response {
    /// HTTP status.
    #[schemars(range(min = 100, max = 599))]
    pub status: i64,
    /// The value of the field `mode`, by which people and dashboards distinguish the answers.
    #[schemars(extend("examples" = ["dispatch-only"]))]
    pub mode: String,
    /// What the body contains in addition to `mode` and `timestamp`. Default: the dispatch metadata and
    /// the event.
    pub body: Option<ResponseBody>,
}

/// What a response contains in addition to `mode` and `timestamp`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponseBody {
    /// Payload fields that are copied into the metadata field; a name that ends with `?` can be
    /// absent.
    #[schemars(extend("examples" = [["source", "requestedAt", "dispatchKey", "params?"]]))]
    pub dispatch: Option<Vec<String>>,
    /// What the response says about the event.
    pub event: Option<Vec<EventField>>,
    /// The ids that the SDK returned. The server assigns them; they are never the event id that was sent.
    pub published_event_ids: Option<Presence>,
}

/// What a response says about the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum EventField {
    /// The name of the event.
    Name,
    /// The id that the event was sent with.
    Id,
}

/// Whether a field is always present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Presence {
    /// Always present.
    Required,
    /// Present when the value is known.
    Optional,
}

/// Where the durable status of runs is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ledger {
    /// The function of the application that writes one record. It must be an upsert: steps run at
    /// least once.
    pub writer: ModuleExport,
    /// The states of a run: `running`, `succeeded`, `failed`, and `cancelled` where runs
    /// can be cancelled.
    pub states: Vec<LedgerState>,
    /// What each record contains in addition to the job name, the state and the times.
    #[schemars(extend("examples" = [["dispatchKey", "correlationId", "requestedAt", "runId", "attempt"]]))]
    pub fields: Vec<String>,
}

/// A state of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum LedgerState {
    /// An attempt has begun.
    Running,
    /// The work is done.
    Succeeded,
    /// The retries are used up.
    Failed,
    /// The run was cancelled.
    Cancelled,
}

impl LedgerState {
    /// As it is written, and as records hold it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A name that a module exports.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModuleExport {
    /// The module, as TypeScript imports it.
    #[schemars(extend("examples" = ["@/lib/inngest/job-status"]))]
    pub module: String,
    /// The exported name.
    pub export: String,
}

/// What a deployment needs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Environment {
    /// Variables that contain secrets; their values must not have surrounding white space.
    pub secrets: Option<Vec<String>>,
}

/// Limits that need a justification to be exceeded.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// The highest number of retries without justification. Default: 3.
    pub retries: Option<Ceiling>,
    /// The highest number of concurrent runs without justification. Default: 1.
    pub concurrency: Option<Ceiling>,
}

/// The highest value that needs no justification.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ceiling {
    /// The value.
    #[schemars(range(min = 0))]
    pub ceiling: i64,
}

/// A route that must stay on the request path.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Synchronous {
    /// The route.
    #[schemars(extend("examples" = ["/api/inbox/counts"]))]
    pub route: String,
    /// Why it stays.
    pub why: String,
}

/// One step of the rollout.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RolloutStep {
    /// The offload.
    pub offload: String,
    /// What is done: `convert` the route, or `verify` one that is already converted.
    pub step: Step,
    /// What to check.
    pub note: Option<String>,
    /// The progress of the step. Default: `planned`.
    pub state: Option<StepState>,
}

/// What a rollout step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// Move the route to dispatch-only.
    Convert,
    /// Confirm that a route that was moved before works.
    Verify,
}

/// The progress of a rollout step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    /// Not started.
    Planned,
    /// Being rolled out.
    Active,
    /// Live.
    Done,
}

/// An accepted finding, with the reason.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Allow {
    /// Id of the rule.
    #[schemars(extend("examples" = ["load-exceeds-concurrency"]))]
    pub rule: String,
    /// Why it is accepted here.
    #[schemars(length(min = 1))]
    pub reason: String,
}
