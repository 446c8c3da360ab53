//! What is run before and after a change of the contract.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// Commands that are run before and after a change of the contract.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Gates {
    /// Values that the commands use as `{name}`.
    pub variables: Option<IndexMap<String, GateVariable>>,
    /// The commands, in order.
    pub run: Vec<String>,
    /// Commands that are run instead when something is missing.
    pub fallback: Option<Fallback>,
    /// What to record after the run.
    pub report: Option<Vec<String>>,
}

/// A value that the commands use.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
pub enum GateVariable {
    /// The value itself.
    Value(String),
    /// A value that a person enters.
    Ask(Ask),
}

/// A value that a person enters.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ask {
    /// What to ask for.
    pub ask: String,
}

/// Commands that are run instead when something is missing.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fallback {
    /// When it applies.
    pub when: FallbackWhen,
    /// The commands, in order. They replace the commands of `run` that use what is
    /// missing.
    pub run: Vec<String>,
}

/// When the fallback applies.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FallbackWhen {
    /// A file that does not exist.
    #[schemars(extend("examples" = ["{manifest}"]))]
    pub missing: String,
}
