//! Options of Inngest functions, resolved.

use schemars::JsonSchema;
use serde::Serialize;

use super::Sourced;
use crate::derive::Duration;
use crate::pointer::Pointer;
pub use crate::spec::{Justification, Scope, SingletonMode, Steps};

/// The retries of a function that sets none, whatever the SDK's comment says (measured).
pub const UNSET_RETRIES: i64 = 4;

/// An Inngest function. What is `None` is not set, or, for existing code, not claimed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Function {
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Sourced<String>>,
    /// Its id.
    pub id: Sourced<String>,
    /// The name it is shown by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Sourced<String>>,
    /// The job name of its status records.
    pub job_name: Sourced<String>,
    /// Retries after the first attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<Sourced<Number>>,
    /// Limits of concurrency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concurrency: Option<Sourced<Vec<ConcurrencyLimit>>>,
    /// CEL: one run a value in 24 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency: Option<Sourced<String>>,
    /// Runs above are dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<Sourced<RateLimit>>,
    /// Runs above wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub throttle: Option<Sourced<Throttle>>,
    /// Waits for the last event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debounce: Option<Sourced<Debounce>>,
    /// CEL: which runs go first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Sourced<Run>>,
    /// Several events in one run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_events: Option<Sourced<BatchEvents>>,
    /// Events that cancel a run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_on: Option<Sourced<Vec<CancelOn>>>,
    /// When a run is given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeouts: Option<Sourced<Timeouts>>,
    /// At most one run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub singleton: Option<Sourced<Singleton>>,
    /// Who makes the steps.
    pub steps: Sourced<Steps>,
    /// Where it is written.
    #[serde(skip)]
    #[schemars(skip)]
    pub at: Pointer,
}

impl Function {
    /// The smallest limit of all runs together; limits by key and those that others share say nothing
    /// about it.
    pub fn smallest_limit(&self) -> Option<&ConcurrencyLimit> {
        let of_function = |limit: &&ConcurrencyLimit| limit.scope.as_ref().is_none_or(|scope| scope.value == Scope::Fn);
        let limits = self.concurrency.as_ref()?.iter().filter(of_function).filter(|limit| limit.key.is_none());
        limits.min_by_key(|limit| limit.limit.value.value.default_value())
    }
}

/// A whole number of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Number {
    /// The number, or where it comes from.
    pub value: Amount,
    /// Why it is above the ceiling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Justification>,
}

/// A number, or where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", untagged)]
pub enum Amount {
    /// The number.
    Fixed(i64),
    /// The environment can set it.
    Env {
        /// The variable.
        env: String,
        /// When it is unset.
        default: i64,
        /// The smallest.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        /// The largest.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
    },
}

impl Amount {
    /// The number when the environment says nothing.
    pub fn default_value(&self) -> i64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Env { default, .. } => *default,
        }
    }

    /// The largest number it can be; `None` when nothing bounds it.
    pub fn largest(&self) -> Option<i64> {
        match self {
            Self::Fixed(value) => Some(*value),
            Self::Env { max, .. } => *max,
        }
    }

    /// The smallest number it can be; `None` when nothing bounds it.
    pub fn smallest(&self) -> Option<i64> {
        match self {
            Self::Fixed(value) => Some(*value),
            Self::Env { min, .. } => *min,
        }
    }
}

/// One limit of concurrency.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConcurrencyLimit {
    /// How many runs.
    pub limit: Sourced<Number>,
    /// CEL: a limit for each value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Sourced<String>>,
    /// What shares it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Sourced<Scope>>,
}

/// Runs above the limit are dropped.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RateLimit {
    /// How many runs start in a period.
    pub limit: Sourced<i64>,
    /// The period.
    pub period: Sourced<Duration>,
    /// CEL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Sourced<String>>,
}

/// Runs above the limit wait.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Throttle {
    /// How many runs start in a period.
    pub limit: Sourced<i64>,
    /// The period.
    pub period: Sourced<Duration>,
    /// How many at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub burst: Option<Sourced<i64>>,
    /// CEL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Sourced<String>>,
}

/// Waits for the last event.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Debounce {
    /// How long no event may arrive before the run starts.
    pub period: Sourced<Duration>,
    /// How long it waits at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Sourced<Duration>>,
    /// CEL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Sourced<String>>,
}

/// Which runs go first.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// CEL.
    pub run: Sourced<String>,
}

/// Several events in one run.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BatchEvents {
    /// Most events.
    pub max_size: Sourced<i64>,
    /// How long it waits for more.
    pub timeout: Sourced<Duration>,
    /// CEL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Sourced<String>>,
}

/// An event that cancels a run.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CancelOn {
    /// The event.
    pub event: Sourced<String>,
    /// CEL.
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    pub if_: Option<Sourced<String>>,
    /// The path that must be equal.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub match_: Option<Sourced<String>>,
    /// How long it is waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Sourced<Duration>>,
}

/// When a run is given up.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Timeouts {
    /// How long a run may wait to start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Sourced<Duration>>,
    /// How long a run may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finish: Option<Sourced<Duration>>,
}

/// At most one run.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Singleton {
    /// What happens to a second one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Sourced<SingletonMode>>,
    /// CEL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Sourced<String>>,
}
