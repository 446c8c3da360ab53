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
pub(crate) use codes::OUT_OF_RANGE;
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
    /// Name of the contract, in kebab-case; it stands in the head of the documents.
    #[schemars(length(min = 1), extend("examples" = ["dashboard-offload"]))]
    pub name: String,
    /// What the move is for, in a sentence or two.
    pub description: Option<String>,
    /// What is generated, and where to. Without it, `check` only proves the contract.
    pub targets: Option<Targets>,
    /// What an offload has unless it says otherwise, by kind.
    pub defaults: Option<Defaults>,
    /// Event payloads by name (a TypeScript type name). Without it there is one, built in:
    /// `BackgroundDispatchEventData`.
    pub payloads: Option<IndexMap<String, Payload>>,
    /// How a dispatch-only route answers.
    pub dispatch: Option<Dispatch>,
    /// Where the durable status of runs is written.
    pub ledger: Option<Ledger>,
    /// What a deployment must have right.
    pub environment: Option<Environment>,
    /// Limits that only evidence may raise.
    pub policy: Option<Policy>,
    /// How flags are read, and the flags that need more than the convention.
    pub flags: Option<Flags>,
    /// The offloads by job name, in kebab-case.
    #[schemars(extend("minProperties" = 1))]
    pub offloads: IndexMap<String, Offload>,
    /// Routes that must stay on the request path.
    pub synchronous: Option<Vec<Synchronous>>,
    /// In which order the offloads go live.
    pub rollout: Option<Vec<RolloutStep>>,
    /// What is run before and after a change of the contract.
    pub gates: Option<Gates>,
    /// Findings of the whole contract that are accepted, each with a reason.
    pub allow: Option<Vec<Allow>>,
}

/// What an offload has unless it says otherwise, by kind.
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
    /// Who asked for the run.
    #[schemars(extend("examples" = ["cron/{job}"]))]
    pub source: Option<String>,
    /// Name of the event.
    #[schemars(extend("examples" = ["cron/{job}.requested"]))]
    pub event: Option<String>,
    /// Name of the payload.
    pub payload: Option<String>,
    /// Pattern of the dispatch key: `{window}`, `{windowStart}`, `{windowSeconds}`, `{paramsHash}`,
    /// `{source}`; a part in brackets is there only when every value in it is.
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
    /// The route's own check, before all else.
    pub auth: Option<Auth>,
    /// When Inngest counts as configured. A key without its pair answers 202 and runs nothing.
    pub configured: Option<Condition>,
    /// The one field of the response under which dispatch metadata stands. Default: `dispatch`.
    #[schemars(extend("examples" = ["dispatch"]))]
    pub metadata: Option<String>,
    /// Whether a failed enqueue is run inline. Only `never` is part of the contract.
    pub inline_fallback: Option<InlineFallback>,
    /// The answers of the dispatch branch.
    pub responses: Option<Responses>,
}

/// The route's own check of the caller.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Auth {
    /// Environment variable that holds the secret.
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
    /// Refuses every request: it fails closed.
    Refuse,
    /// Lets every request in.
    Allow,
}

/// Whether a failed enqueue is run inline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum InlineFallback {
    /// It answers with the `failed` response; the next tick or a person tries again.
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
    /// The value of the field `mode`, by which people and dashboards tell the answers apart.
    #[schemars(extend("examples" = ["dispatch-only"]))]
    pub mode: String,
    /// What the body holds beside `mode` and `timestamp`. Without it: the dispatch metadata and
    /// the event.
    pub body: Option<ResponseBody>,
}

/// What a response holds beside `mode` and `timestamp`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponseBody {
    /// Payload fields that are repeated under the metadata field; a name that ends with `?` may be
    /// absent.
    #[schemars(extend("examples" = [["source", "requestedAt", "dispatchKey", "params?"]]))]
    pub dispatch: Option<Vec<String>>,
    /// What is said of the event.
    pub event: Option<Vec<EventField>>,
    /// The ids that the SDK returned. They are the server's own, never the event id that was sent.
    pub published_event_ids: Option<Presence>,
}

/// What a response says of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum EventField {
    /// Its name.
    Name,
    /// The id it was sent with.
    Id,
}

/// Whether a field is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Presence {
    /// Always there.
    Required,
    /// There when it is known.
    Optional,
}

/// Where the durable status of runs is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ledger {
    /// The function of the application that writes one record. It must be an upsert: steps run at
    /// least once.
    pub writer: ModuleExport,
    /// The states a run goes through: `running`, `succeeded`, `failed`, and `cancelled` where runs
    /// may be cancelled.
    pub states: Vec<LedgerState>,
    /// What each record carries beside the job name, the state and the times.
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
    /// The retries are spent.
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

/// What a deployment must have right.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Environment {
    /// Variables that hold secrets; never with white space around them.
    pub secrets: Option<Vec<String>>,
}

/// Limits that only evidence may raise.
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
    /// What is done: `convert` the route, or `verify` one that is converted already.
    pub step: Step,
    /// What to look at.
    pub note: Option<String>,
    /// How far it is. Default: `planned`.
    pub state: Option<StepState>,
}

/// What a rollout step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// Move the route to dispatch-only.
    Convert,
    /// Confirm that a route which was moved before works.
    Verify,
}

/// How far a rollout step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    /// Not begun.
    Planned,
    /// Being rolled out.
    Active,
    /// Live.
    Done,
}

/// A finding that is accepted, with the reason.
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
