//! Offloads with their events.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Allow, Function, RelPath, Sourced};
use crate::derive::{Duration, Pattern, Schedule};
use crate::pointer::Pointer;
pub use crate::spec::{HashAlgorithm, Kind, Method, Status};

/// A route whose work runs elsewhere.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Offload {
    /// Its key in the spec.
    pub job: String,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Sourced<String>>,
    /// What calls the route.
    pub kind: Sourced<Kind>,
    /// Whether its code is generated.
    pub status: Sourced<Status>,
    /// 0 is first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Sourced<Priority>>,
    /// The route.
    pub route: Sourced<String>,
    /// The methods it answers; empty when nothing is claimed.
    pub methods: Sourced<Vec<Method>>,
    /// When it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Sourced<Schedule>>,
    /// Which calls it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Sourced<String>>,
    /// How long calls count as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Sourced<Window>>,
    /// How long one run takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_duration: Option<Sourced<Duration>>,
    /// Query parameters that reach the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub params: Option<Params>,
    /// The flag's variable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<Sourced<String>>,
    /// How the work leaves the request path.
    pub delivery: Delivery,
    /// Fields of the inline response.
    pub inline_fields: Vec<Sourced<String>>,
    /// Files that do the work.
    pub owners: Vec<Sourced<RelPath>>,
    /// Accepted findings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<Allow>,
    /// What the conventions of the spec would have given.
    #[serde(skip)]
    #[schemars(skip)]
    pub convention: Convention,
    /// Where it is written.
    #[serde(skip)]
    #[schemars(skip)]
    pub at: Pointer,
}

/// What the conventions under `defaults` would have given; none for existing code.
#[derive(Debug, Default)]
pub struct Convention {
    /// Source.
    pub source: Option<Sourced<String>>,
    /// Event name.
    pub event: Option<Sourced<String>>,
    /// Flag.
    pub flag: Option<Sourced<String>>,
    /// Function id.
    pub function_id: Option<Sourced<String>>,
    /// Job name.
    pub job_name: Option<Sourced<String>>,
}

/// `P0` is rolled out first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(with = "String")]
pub struct Priority(pub u8);

impl std::fmt::Display for Priority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "P{}", self.0)
    }
}

impl Serialize for Priority {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How long calls count as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", untagged)]
pub enum Window {
    /// Always this long.
    Fixed(Duration),
    /// As long as the environment says, in seconds.
    Env {
        /// The variable.
        env: String,
        /// When it is unset.
        default: Duration,
        /// The shortest.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<Duration>,
        /// The longest.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<Duration>,
    },
}

impl Window {
    /// The size that applies when the environment says nothing.
    pub fn default_size(&self) -> Duration {
        match self {
            Self::Fixed(size) => *size,
            Self::Env { default, .. } => *default,
        }
    }

    /// The shortest size it can have; without a lower bound, one second.
    pub fn shortest(&self) -> Duration {
        match self {
            Self::Fixed(size) => *size,
            Self::Env { min, .. } => min.unwrap_or(Duration::from_seconds(1)),
        }
    }

    /// The longest size it can have; `None` when nothing bounds it.
    pub fn longest(&self) -> Option<Duration> {
        match self {
            Self::Fixed(size) => Some(*size),
            Self::Env { max, .. } => *max,
        }
    }
}

/// Query parameters that reach the run.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    /// Their names, as they are written.
    pub allow: Vec<Sourced<String>>,
    /// The hash function.
    pub algorithm: Sourced<HashAlgorithm>,
    /// How many hex digits are used: 8 to 64.
    pub hex_length: Sourced<usize>,
    /// Where it is written.
    #[serde(skip)]
    #[schemars(skip)]
    pub at: Pointer,
}

impl Params {
    /// The names in the order of the canonical JSON: sorted by code point.
    pub fn sorted(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.allow.iter().map(|name| name.as_str()).collect();
        names.sort_unstable();
        names
    }
}

/// How the work leaves the request path.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Delivery {
    /// As Inngest events.
    Events(Events),
    /// Through a queue of the application.
    Queue(Sourced<String>),
}

/// The events of an offload.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Events {
    /// Who asks.
    pub source: Sourced<String>,
    /// The dispatch key; only values of the call are left in it.
    pub dispatch_key: Sourced<Pattern>,
    /// The events; at least one.
    pub events: Vec<Event>,
}

/// An event and the function that it triggers.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its name.
    pub name: Sourced<String>,
    /// What it asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Sourced<String>>,
    /// The name of its constant.
    pub constant: Sourced<String>,
    /// The payload; it exists.
    pub payload: Sourced<String>,
    /// Its id; only values of the call are left in it.
    pub event_id: Sourced<Pattern>,
    /// The function.
    pub function: Function,
    /// Where it is written.
    #[serde(skip)]
    #[schemars(skip)]
    pub at: Pointer,
}

impl Offload {
    /// Its events; none when a queue takes the work.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        match &self.delivery {
            Delivery::Events(events) => events.events.as_slice(),
            Delivery::Queue(_) => &[],
        }
        .iter()
    }

    /// Source, key and events, unless a queue takes the work.
    pub fn dispatch(&self) -> Option<&Events> {
        match &self.delivery {
            Delivery::Events(events) => Some(events),
            Delivery::Queue(_) => None,
        }
    }
}
