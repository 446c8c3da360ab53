//! Options of an Inngest function, as the SDK names them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An Inngest function.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Function {
    /// What it does.
    pub description: Option<String>,
    /// Its id. Renaming it loses the runs in flight.
    #[schemars(extend("examples" = ["cron-{job}"]))]
    pub id: Option<String>,
    /// The name it is shown by. Default: the id.
    pub name: Option<String>,
    /// The job name in every status record.
    pub job_name: Option<String>,
    /// Retries after the first attempt, of each step.
    pub retries: Option<Number>,
    /// How many runs at a time: a number, or up to two limits.
    pub concurrency: Option<Concurrency>,
    /// CEL expression of the event; one run a value in 24 hours.
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
    /// When a run is given up.
    pub timeouts: Option<Timeouts>,
    /// At most one run a key.
    pub singleton: Option<Singleton>,
    /// Who makes the steps. Default: `single`.
    pub steps: Option<Steps>,
    /// Options that conventions would give and this function does not have.
    #[schemars(extend("examples" = [["idempotency"]]))]
    pub without: Option<Vec<FunctionOption>>,
}

/// An option that conventions may give.
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

/// Who makes the steps of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Steps {
    /// The handler runs as one step: no extra billed steps.
    Single,
    /// The handler makes its own steps.
    Own,
}

/// A whole number: as it is, with a justification, or one that the environment may set.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum Number {
    /// The number.
    Fixed(i64),
    /// The number, and why it is above the policy.
    Justified(JustifiedNumber),
    /// A number that the environment may set.
    Env(EnvNumber),
}

/// A number above the policy, and why.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JustifiedNumber {
    /// The number.
    pub value: i64,
    /// Why it is above the policy.
    pub justification: Justification,
}

/// A number that the environment may set.
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
    /// Why its bounds are above the policy.
    pub justification: Option<Justification>,
}

/// Why a value is above the policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Justification {
    /// Where the measurement is.
    #[schemars(length(min = 1))]
    pub evidence: String,
    /// What follows from it.
    #[schemars(length(min = 1))]
    pub reason: String,
}

/// How many runs at a time.
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

/// One limit of concurrency.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConcurrencyLimit {
    /// How many runs.
    pub limit: Number,
    /// CEL expression: a limit of its own for each value.
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
    /// CEL expression: a limit of its own for each value.
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
    /// CEL expression: a limit of its own for each value.
    pub key: Option<String>,
}

/// Waits for the last event of a burst.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Debounce {
    /// How long no event must come: 1 second to 7 days.
    pub period: String,
    /// How long it waits at most.
    pub timeout: Option<String>,
    /// CEL expression: a debounce of its own for each value.
    pub key: Option<String>,
}

/// Which runs go first.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Priority {
    /// CEL expression: seconds by which a run is put ahead, -600 to 600.
    pub run: String,
}

/// Several events in one run.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchEvents {
    /// Most events of a run; at least 2.
    pub max_size: i64,
    /// How long it waits for more; at least 1 second.
    pub timeout: String,
    /// CEL expression: a batch of its own for each value.
    pub key: Option<String>,
}

/// An event that cancels a run.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelOn {
    /// Name of the event.
    pub event: String,
    /// CEL expression over `event` and `async`: which runs.
    #[serde(rename = "if")]
    pub if_: Option<String>,
    /// Path of a field that must be equal in both events.
    #[serde(rename = "match")]
    pub match_: Option<String>,
    /// How long it is waited for.
    pub timeout: Option<String>,
}

/// When a run is given up.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Timeouts {
    /// How long it may wait to start.
    pub start: Option<String>,
    /// How long it may run.
    pub finish: Option<String>,
}

/// At most one run a key.
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
    /// It takes the place of the first.
    Cancel,
}
