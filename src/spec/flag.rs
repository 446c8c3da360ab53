//! Flags and conditions over environment variables.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// How flags are read, and the flags that differ from the convention.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Flags {
    /// Values that count as on; they are trimmed, and compared without case. Default: 1, true, yes, on.
    pub truthy: Option<Vec<String>>,
    /// Flags by the name of their environment variable.
    pub declared: Option<IndexMap<String, Flag>>,
}

/// A flag that differs from the convention.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Flag {
    /// What it does.
    pub description: Option<String>,
    /// Since when it exists.
    pub since: Option<String>,
    /// When the offload is on. Default: when the variable itself is on.
    pub enabled_when: Option<Condition>,
    /// An emergency switch that takes precedence over `enabledWhen`.
    #[serde(rename = "override")]
    pub override_: Option<Override>,
    /// How to turn the offload off, whatever else is set.
    pub rollback: Option<Rollback>,
}

/// A condition over environment variables, with exactly one of these properties.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
pub struct Condition {
    /// The value of the variable, trimmed and without case, is one of `flags.truthy`.
    pub on: Option<String>,
    /// The variable is set and not blank.
    pub set: Option<String>,
    /// The variable is unset or blank.
    pub unset: Option<String>,
    /// All of these hold.
    pub all_of: Option<Vec<Condition>>,
    /// At least one of these holds.
    pub any_of: Option<Vec<Condition>>,
    /// This does not hold.
    pub not: Option<Box<Condition>>,
}

/// An emergency switch that takes precedence over `enabledWhen`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Override {
    /// The variable that switches.
    pub on: String,
    /// What it means: the work runs `inline`.
    pub means: OverrideMeaning,
    /// What it is for.
    #[serde(rename = "for")]
    pub for_: Option<String>,
}

/// What an override does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OverrideMeaning {
    /// The offload is off; the route works inline.
    Inline,
}

/// How to turn an offload off.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rollback {
    /// Variables and the values to set them to.
    #[schemars(extend("examples" = [{ "CRON_NIGHTLY_REPORT_USE_INNGEST": "false" }]))]
    pub set: IndexMap<String, String>,
    /// What else to do or to check.
    pub note: Option<String>,
}
