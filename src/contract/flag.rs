//! Flags, and conditions over environment variables.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::Sourced;
use crate::pointer::Pointer;
pub use crate::spec::OverrideMeaning;

/// A flag and what it switches.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Flag {
    /// The environment variable.
    pub name: String,
    /// Declared under `flags.declared`, or made by convention.
    pub declared: bool,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Sourced<String>>,
    /// Since when it exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Sourced<String>>,
    /// When it is on, but for the override.
    pub enabled_when: Sourced<Condition>,
    /// What wins over the condition.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    pub override_: Option<Override>,
    /// What turns it off. Absent when the spec says nothing: a rule reports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollback: Option<Rollback>,
    /// The jobs that it switches.
    pub offloads: Vec<String>,
    /// Where it is written, or the offload that it was made for.
    #[serde(skip)]
    #[schemars(skip)]
    pub at: Pointer,
}

/// A condition over environment variables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Condition {
    /// The variable is one of the truthy values.
    On(String),
    /// The variable is set and not blank.
    Set(String),
    /// The variable is unset or blank.
    Unset(String),
    /// All of these hold.
    AllOf(Vec<Condition>),
    /// At least one of these holds.
    AnyOf(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

impl std::fmt::Display for Condition {
    /// For people: `A is on, or B is unset and C is set`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let join = |f: &mut std::fmt::Formatter<'_>, parts: &[Self], word: &str| {
            for (i, part) in parts.iter().enumerate() {
                if i > 0 {
                    write!(f, " {word} ")?;
                }
                if matches!(part, Self::AllOf(inner) | Self::AnyOf(inner) if inner.len() > 1) {
                    write!(f, "({part})")?;
                } else {
                    write!(f, "{part}")?;
                }
            }
            Ok(())
        };
        match self {
            Self::On(name) => write!(f, "{name} is on"),
            Self::Set(name) => write!(f, "{name} is set"),
            Self::Unset(name) => write!(f, "{name} is unset"),
            Self::AllOf(parts) => join(f, parts, "and"),
            Self::AnyOf(parts) => join(f, parts, "or"),
            Self::Not(inner) => write!(f, "not ({inner})"),
        }
    }
}

impl Condition {
    /// The variables it reads, as often as it names them, each with whether it asks for a truthy value.
    pub fn variables(&self) -> Vec<(&str, bool)> {
        match self {
            Self::On(name) => vec![(name, true)],
            Self::Set(name) | Self::Unset(name) => vec![(name, false)],
            Self::AllOf(inner) | Self::AnyOf(inner) => inner.iter().flat_map(Self::variables).collect(),
            Self::Not(inner) => inner.variables(),
        }
    }
}

/// An emergency switch.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Override {
    /// The variable.
    pub on: Sourced<String>,
    /// What it means.
    pub means: Sourced<OverrideMeaning>,
    /// What it is for.
    #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
    pub for_: Option<Sourced<String>>,
}

/// What turns a flag off.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rollback {
    /// Variables and their values.
    pub set: Sourced<IndexMap<String, String>>,
    /// What else to do or to look at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Sourced<String>>,
}
