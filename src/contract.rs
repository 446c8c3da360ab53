//! The resolved contract: every reference followed, every convention applied, every value with
//! where it came from.
//!
//! What is optional here may be absent in production as well; nothing means "not resolved yet".
//! Serialised, this is `contract.json`: its shape is published and changes are breaking.

mod codes;
mod flag;
mod function;
mod offload;
mod path;
mod payload;
mod resolve;
mod sourced;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use codes::BAD_DURATION;
pub use codes::CODES;
pub(crate) use codes::UNKNOWN_REFERENCE;
pub use flag::*;
pub use function::*;
pub use offload::*;
pub use path::*;
pub use payload::*;
pub(crate) use resolve::duration_help;
pub use resolve::resolve;
pub use sourced::*;

use crate::pointer::Pointer;
pub use crate::spec::{AuthScheme, EventField, InlineFallback, LedgerState, Presence, Step, StepState, WhenUnset};

/// A whole contract.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "Resolved contract of inngest-offload")]
pub struct Contract {
    /// Its name.
    pub name: Sourced<String>,
    /// What the move is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Sourced<String>>,
    /// What is generated.
    pub targets: Targets,
    /// Payloads by name, with inherited fields.
    pub payloads: IndexMap<String, Payload>,
    /// How dispatch-only routes answer.
    pub dispatch: Dispatch,
    /// Where the status of runs is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ledger: Option<Ledger>,
    /// What a deployment must have right.
    pub environment: Environment,
    /// Limits that only evidence may raise.
    pub policy: Policy,
    /// Values that count as on.
    pub truthy: Sourced<Vec<String>>,
    /// Flags by variable.
    pub flags: IndexMap<String, Flag>,
    /// Offloads by job, in the order of the spec.
    pub offloads: IndexMap<String, Offload>,
    /// Routes that stay on the request path.
    pub synchronous: Vec<Synchronous>,
    /// The order of going live.
    pub rollout: Vec<RolloutStep>,
    /// What is run before and after a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gates: Option<Gates>,
    /// Accepted findings of the whole contract.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<Allow>,
}

/// What is generated.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Targets {
    /// TypeScript.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typescript: Option<TypeScript>,
    /// Folder of the JSON Schemas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schemas: Option<Sourced<RelPath>>,
    /// Folder of the documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docs: Option<Sourced<RelPath>>,
    /// Folder of the team's own templates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub templates: Option<Sourced<RelPath>>,
}

/// Where TypeScript goes, and for which SDK.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TypeScript {
    /// Folder of the generated modules, from the root.
    pub out: Sourced<RelPath>,
    /// Folder of the handlers, from the root.
    pub handlers: Sourced<RelPath>,
    /// Major version of the SDK.
    pub sdk: Sourced<Sdk>,
    /// The client.
    pub client: ModuleExport,
    /// Whether modules import `server-only`.
    pub server_only: Sourced<bool>,
    /// Pattern of event constants.
    pub event_constant: Sourced<String>,
}

/// A major version of the `inngest` package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sdk {
    /// 3.x.
    V3,
    /// 4.x.
    V4,
}

impl Serialize for Sdk {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(match self {
            Self::V3 => 3,
            Self::V4 => 4,
        })
    }
}

impl JsonSchema for Sdk {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Sdk".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A major version of the `inngest` package.",
            "type": "integer",
            "enum": [3, 4]
        })
    }
}

/// A name that a module exports.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModuleExport {
    /// The module, as TypeScript imports it.
    pub module: Sourced<String>,
    /// The exported name.
    pub export: Sourced<String>,
}

/// How dispatch-only routes answer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dispatch {
    /// The route's own check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<Auth>,
    /// When Inngest counts as configured.
    pub configured: Sourced<Condition>,
    /// The one field of a response that holds dispatch metadata.
    pub metadata: Sourced<String>,
    /// What happens when the enqueue fails.
    pub inline_fallback: Sourced<InlineFallback>,
    /// The answers.
    pub responses: Responses,
}

/// The route's own check.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Auth {
    /// The variable that holds the secret.
    pub secret: Sourced<String>,
    /// How the caller sends it.
    pub scheme: Sourced<AuthScheme>,
    /// What happens when the variable is unset.
    pub when_unset: Sourced<WhenUnset>,
}

/// The answers of the dispatch branch.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Responses {
    /// The event was sent.
    pub dispatched: Response,
    /// The flag is on and Inngest is not configured.
    pub misconfigured: Response,
    /// Sending failed.
    pub failed: Response,
}

impl Responses {
    /// The three answers with their names, in the order of the contract.
    pub fn each(&self) -> [(&'static str, &Response); 3] {
        [("dispatched", &self.dispatched), ("misconfigured", &self.misconfigured), ("failed", &self.failed)]
    }
}

/// One answer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    /// Where it is written; the place of the responses when it is built in.
    #[serde(skip)]
    #[schemars(skip)]
    pub at: Pointer,
    /// HTTP status.
    pub status: Sourced<u16>,
    /// Value of the field `mode`.
    pub mode: Sourced<String>,
    /// Payload fields under the metadata field.
    pub metadata: Vec<MetadataField>,
    /// What is said of the event.
    pub event: Sourced<Vec<EventField>>,
    /// Whether it holds the ids that the SDK returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_event_ids: Option<Sourced<Presence>>,
}

/// A payload field that a response repeats.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetadataField {
    /// Name of the payload field.
    pub name: Sourced<String>,
    /// It may be absent.
    pub optional: bool,
}

/// Where the status of runs is written.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ledger {
    /// The function that writes a record.
    pub writer: ModuleExport,
    /// The states of a run.
    pub states: Sourced<Vec<LedgerState>>,
    /// What each record carries.
    pub fields: Vec<Sourced<String>>,
    /// Where it is written.
    #[serde(skip)]
    #[schemars(skip)]
    pub at: Pointer,
}

/// Ledger fields that the run knows, not the payload.
pub const RUN_FIELDS: [&str; 2] = ["runId", "attempt"];

/// What a deployment must have right.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Environment {
    /// Variables that hold secrets.
    pub secrets: Vec<Sourced<String>>,
}

/// Limits that only evidence may raise.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// Most retries.
    pub retries: Sourced<i64>,
    /// Most concurrent runs.
    pub concurrency: Sourced<i64>,
}

/// A route that stays on the request path.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Synchronous {
    /// The route.
    pub route: Sourced<String>,
    /// Why.
    pub why: Sourced<String>,
}

/// One step of the rollout.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolloutStep {
    /// The job of the offload; it exists.
    pub offload: Sourced<String>,
    /// What is done.
    pub step: Sourced<Step>,
    /// What to look at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Sourced<String>>,
    /// How far it is.
    pub state: Sourced<StepState>,
}

/// What is run before and after a change.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Gates {
    /// Values that commands use.
    pub variables: IndexMap<String, GateVariable>,
    /// The commands.
    pub run: Vec<Sourced<String>>,
    /// What is run instead when something is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Fallback>,
    /// What is written down.
    pub report: Vec<Sourced<String>>,
}

/// A value that commands use as `{name}`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum GateVariable {
    /// The value.
    Value(Sourced<String>),
    /// What to ask a person for.
    Ask(Sourced<String>),
}

/// What is run instead.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Fallback {
    /// The file that does not exist; may name a variable.
    pub missing: Sourced<String>,
    /// The commands.
    pub run: Vec<Sourced<String>>,
}

/// A finding that is accepted.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Allow {
    /// The rule.
    pub rule: Sourced<String>,
    /// The reason.
    pub reason: Sourced<String>,
}

impl Contract {
    /// Offloads whose dispatcher and functions are generated.
    pub fn generated(&self) -> impl Iterator<Item = &Offload> {
        self.offloads.values().filter(|offload| offload.status.value == Status::Generated)
    }

    /// Every event with its offload, in the order of the spec.
    pub fn events(&self) -> impl Iterator<Item = (&Offload, &Event)> {
        self.offloads.values().flat_map(|offload| offload.events().map(move |event| (offload, event)))
    }
}
