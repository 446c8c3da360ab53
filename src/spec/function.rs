//! Options of an Inngest function, as the SDK names them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An Inngest function.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Function {
    /// What it does.
    pub description: Option<String>,
    /// Its id. Runs in flight are lost when it is renamed.
    #[schemars(extend("examples" = ["cron-{job}"]))]
    pub id: Option<String>,
    /// The name that is shown. Default: the id.
    pub name: Option<String>,
    /// The job name in every status record.
    pub job_name: Option<String>,
    /// Retries after the first attempt, of each step.
    pub retries: Option<Number>,
    /// How many runs can be active at a time: a number, or up to two limits.
    pub concurrency: Option<Concurrency>,
    /// CEL expression over the event; one run per value in 24 hours.
    #[schemars(extend("examples" = ["event.data.dispatchKey"]))]
    pub idempotency: Option<String>,
    /// Runs above the limit are dropped.
    pub rate_limit: Option<RateLimit>,
    /// Runs above the limit wait.
    pub throttle: Option<Throttle>,
    /// Waits for the last event of a burst.
    pub debounce: Option<Debounce>,
    /// Which runs go first.
    pub priority: Option<Priority>,
    /// Several events in one run.
    pub batch_events: Option<BatchEvents>,
    /// Events that cancel a run; at most five.
    pub cancel_on: Option<Vec<CancelOn>>,
    /// When a run is cancelled.
    pub timeouts: Option<Timeouts>,
    /// At most one run per key.
    pub singleton: Option<Singleton>,
    /// Who creates the steps. Default: `single`.
    pub steps: Option<Steps>,
    /// Options of the conventions that this function does not have.
    #[schemars(extend("examples" = [["idempotency"]]))]
    pub without: Option<Vec<FunctionOption>>,
}

/// An option that conventions can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "they are named as the options are")]
pub enum FunctionOption {
    Retries,
    Concurrency,
    Idempotency,
    RateLimit,
    Throttle,
    Debounce,
    Priority,
    BatchEvents,
    CancelOn,
    Timeouts,
    Singleton,
}

impl FunctionOption {
    /// The option's key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Retries => "retries",
            Self::Concurrency => "concurrency",
            Self::Idempotency => "idempotency",
            Self::RateLimit => "rateLimit",
            Self::Throttle => "throttle",
            Self::Debounce => "debounce",
            Self::Priority => "priority",
            Self::BatchEvents => "batchEvents",
            Self::CancelOn => "cancelOn",
            Self::Timeouts => "timeouts",
            Self::Singleton => "singleton",
        }
    }
}

/// Who creates the steps of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Steps {
    /// The handler runs as one step: no extra billed steps.
    Single,
    /// The handler creates its own steps.
    Own,
}

/// A whole number: plain, with a justification, or set by the environment.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum Number {
    /// The number.
    Fixed(i64),
    /// The number, and why it is above the ceiling.
    Justified(JustifiedNumber),
    /// A number that the environment can set.
    Env(EnvNumber),
}

/// A number above the ceiling, and why.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JustifiedNumber {
    /// The number.
    pub value: i64,
    /// Why it is above the ceiling.
    pub justification: Justification,
}

/// A number that the environment can set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnvNumber {
    /// The variable.
    pub env: String,
    /// The number when the variable is unset.
    pub default: i64,
    /// The smallest that is accepted.
    pub min: Option<i64>,
    /// The largest that is accepted.
    pub max: Option<i64>,
    /// Why its bounds are above the ceiling.
    pub justification: Option<Justification>,
}

/// Why a value is above the ceiling.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Justification {
    /// Where the measurement is documented.
    #[schemars(length(min = 1))]
    pub evidence: String,
    /// What the measurement shows.
    #[schemars(length(min = 1))]
    pub reason: String,
}

/// How many runs can be active at a time.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum Concurrency {
    /// One limit.
    One(ConcurrencyLimit),
    /// Up to two limits.
    Many(Vec<ConcurrencyLimit>),
    /// A limit of the function as a bare number.
    Limit(i64),
}

/// A concurrency limit.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConcurrencyLimit {
    /// How many runs.
    pub limit: Number,
    /// CEL expression: each value has its own limit.
    pub key: Option<String>,
    /// What shares the limit. Default: `fn`.
    pub scope: Option<Scope>,
}

/// What shares a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// The function.
    Fn,
    /// Every function of the environment with the same key.
    Env,
    /// Every function of the account with the same key.
    Account,
}

/// Runs above the limit are dropped.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RateLimit {
    /// How many runs start in a period.
    pub limit: i64,
    /// The period, at most 24 hours.
    pub period: String,
    /// CEL expression: each value has its own limit.
    pub key: Option<String>,
}

/// Runs above the limit wait.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Throttle {
    /// How many runs start in a period.
    pub limit: i64,
    /// The period.
    pub period: String,
    /// How many runs may start at once.
    pub burst: Option<i64>,
    /// CEL expression: each value has its own limit.
    pub key: Option<String>,
}

/// Waits for the last event of a burst.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Debounce {
    /// How long no event may arrive before the run starts: 1 second to 7 days.
    pub period: String,
    /// The longest time to wait.
    pub timeout: Option<String>,
    /// CEL expression: each value is debounced separately.
    pub key: Option<String>,
}

/// Which runs go first.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Priority {
    /// CEL expression: the number of seconds by which a run is moved ahead, -600 to 600.
    pub run: String,
}

/// Several events in one run.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchEvents {
    /// The maximum number of events per run; at least 2.
    pub max_size: i64,
    /// How long to wait for more events; at least 1 second.
    pub timeout: String,
    /// CEL expression: each value has its own batches.
    pub key: Option<String>,
}

/// An event that cancels a run.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelOn {
    /// Name of the event.
    pub event: String,
    /// CEL expression over `event` and `async` that selects the runs.
    #[serde(rename = "if")]
    pub if_: Option<String>,
    /// Path of a field that must be equal in both events.
    #[serde(rename = "match")]
    pub match_: Option<String>,
    /// How long to wait for the event.
    pub timeout: Option<String>,
}

/// When a run is cancelled.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Timeouts {
    /// How long a run may wait to start.
    pub start: Option<String>,
    /// How long a run may take.
    pub finish: Option<String>,
}

/// At most one run per key.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Singleton {
    /// What happens to a second run.
    pub mode: Option<SingletonMode>,
    /// CEL expression.
    pub key: Option<String>,
}

/// What happens to a second run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum SingletonMode {
    /// It is dropped.
    Skip,
    /// It replaces the first.
    Cancel,
}
