//! Offloads: a route, and what runs in its place.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Allow, Function};

/// A route whose work moves off the request path.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Offload {
    /// What it does.
    pub description: Option<String>,
    /// What calls the route.
    pub kind: Kind,
    /// Whether the code is generated or already exists. Default: `generated`.
    pub status: Option<Status>,
    /// `P0` is rolled out first.
    #[schemars(extend("pattern" = "^P[0-9]$", "examples" = ["P0"]))]
    pub priority: Option<String>,
    /// The path of the route.
    #[schemars(extend("examples" = ["/api/cron/nightly-report"]))]
    pub route: String,
    /// HTTP methods the route answers.
    pub methods: Option<Vec<Method>>,
    /// When it is called: five cron fields of numbers, UTC. For kind `cron`.
    #[schemars(extend("examples" = ["*/5 * * * *"]))]
    pub schedule: Option<String>,
    /// The calls in one window are one run: a duration, or one that the environment can set.
    pub window: Option<Window>,
    /// Which of the calls this offload handles. For kind `webhook`.
    #[schemars(extend("examples" = ["EMAIL_SENT"]))]
    pub when: Option<String>,
    /// A queue of the application that receives the work instead of an Inngest event.
    pub via: Option<Via>,
    /// How long one run takes; used to compute the load.
    #[schemars(extend("examples" = ["2m"]))]
    pub expected_duration: Option<String>,
    /// Who requested the run.
    #[schemars(extend("examples" = ["cron/nightly-report"]))]
    pub source: Option<String>,
    /// Name of the payload.
    pub payload: Option<String>,
    /// Query parameters that are passed to the run.
    pub params: Option<Params>,
    /// Pattern of the dispatch key.
    #[schemars(extend("examples" = ["cron:{job}:{window}[:{paramsHash}]"]))]
    pub dispatch_key: Option<String>,
    /// Name of the event; for several, use `events`.
    pub event: Option<String>,
    /// Pattern of the event id.
    pub event_id: Option<String>,
    /// The Inngest function; with several events, it belongs in `events`.
    pub function: Option<Function>,
    /// Several events by name, each with its own function.
    pub events: Option<IndexMap<String, Event>>,
    /// Name of the flag's environment variable.
    pub flag: Option<String>,
    /// Response fields of the inline run, so that the dispatch metadata never overwrites one.
    pub inline_fields: Option<Vec<String>>,
    /// The files that do the work, relative to the root.
    pub owners: Option<Vec<String>>,
    /// Accepted findings about this offload, each with a reason.
    pub allow: Option<Vec<Allow>>,
}

/// One of several events of an offload.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    /// What it requests.
    pub description: Option<String>,
    /// Name of the payload, if it differs from the offload's.
    pub payload: Option<String>,
    /// Pattern of the event id.
    pub event_id: Option<String>,
    /// The Inngest function that it triggers.
    pub function: Option<Function>,
}

/// What calls the route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A schedule.
    Cron,
    /// Another system.
    Webhook,
}

/// Whether the code is generated or already exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// The dispatcher, the function and a stub of the handler are generated.
    Generated,
    /// The code is hand-written: constants, types, flags, schemas and documents are generated.
    /// Defaults do not apply, and only what is written is checked.
    Existing,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// As in the spec, and as a route exports it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// The calls in one window are one run.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum Window {
    /// A fixed duration.
    #[schemars(extend("pattern" = "^([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$", "examples" = ["5m"]))]
    Fixed(String),
    /// A duration that the environment can set.
    Env(EnvWindow),
}

/// A window that the environment can set, in seconds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnvWindow {
    /// The variable; its value is a whole number of seconds.
    pub env: String,
    /// The window when the variable is unset.
    pub default: String,
    /// The shortest that is accepted.
    pub min: Option<String>,
    /// The longest that is accepted.
    pub max: Option<String>,
}

/// Query parameters that are passed to the run.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Params {
    /// Their names. All others are ignored.
    #[schemars(length(min = 1), extend("examples" = [["clientId", "dryRun"]]))]
    pub allow: Vec<String>,
    /// How they are hashed for `{paramsHash}` in the key. Default: sha256, 16 digits.
    pub hash: Option<Hash>,
}

/// How parameters are hashed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Hash {
    /// The hash function.
    pub algorithm: HashAlgorithm,
    /// How many hex digits of it are used.
    #[schemars(range(min = 8, max = 64))]
    pub hex_length: i64,
}

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HashAlgorithm {
    /// SHA-256 (FIPS 180-4).
    Sha256,
}

/// What receives the work instead of an Inngest event.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Via {
    /// Name of the queue: the table that is processed later.
    #[schemars(extend("examples" = ["WebhookEvent"]))]
    pub queue: String,
}
