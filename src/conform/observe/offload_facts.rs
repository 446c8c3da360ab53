//! What was seen of the route of an offload.

use super::super::program::ModuleId;
use super::probe::{AuthProbe, Call, EnvProbe, StateProbe};
use super::runs::Runs;
use crate::contract::Offload;

/// What was seen of an offload.
#[derive(Debug)]
pub struct OffloadFacts {
    /// The job.
    pub job: String,
    /// The module of its route; absent when there is none.
    pub route: Option<ModuleId>,
    /// The route refuses a caller that knows the secret: nothing behind that could be seen.
    pub is_refused: bool,
    /// The method that was called.
    pub method: &'static str,
    /// Calls with the flag on and Inngest configured, at several instants; the last of a process that was called
    /// at the first.
    pub dispatch: Vec<Call>,
    /// The same where Inngest is configured in another way.
    pub configured: Vec<Call>,
    /// The same with query parameters.
    pub with_query: Vec<Call>,
    /// The same without a complete configuration.
    pub misconfigured: Vec<Call>,
    /// The same when sending fails.
    pub failed: Option<Call>,
    /// The same with any headers beside those that the contract speaks of.
    pub headed: Runs,
    /// The same when sending fails, whatever the variables hold that the contract does not name.
    pub unnamed: Runs,
    /// The same with a variable set that the contract does not name, where that makes another answer.
    pub varied: Vec<EnvProbe>,
    /// A call with the flag off and everything else unknown.
    pub inline: Runs,
    /// A call with the flag off when nothing outside of the application answers.
    pub broken: Runs,
    /// The runs of a call with the flag off in which something failed, when nothing is written and all that only reads
    /// answers.
    pub unwritten: Runs,
    /// A call of a route that writes to a queue, with the flag on, when nothing is written.
    pub unqueued: Runs,
    /// Calls that show whether the flag is taken for on.
    pub states: Vec<StateProbe>,
    /// Calls with and without the secret.
    pub auth: Vec<AuthProbe>,
    /// Calls with the flag on and a variable set that the contract does not name.
    pub env: Vec<EnvProbe>,
    /// Calls with the flag off and a variable set that the contract does not name.
    pub switched: Vec<EnvProbe>,
    /// The same with the flag's own variable unset, where that is not how it is off.
    pub unset: Vec<EnvProbe>,
    /// Calls with the flag on, without a complete configuration, and with such a variable.
    pub unconfigured: Vec<EnvProbe>,
}

impl OffloadFacts {
    /// Nothing was asked yet.
    pub fn unseen(offload: &Offload, route: Option<ModuleId>) -> Self {
        Self {
            job: offload.job.clone(),
            route,
            is_refused: false,
            method: "GET",
            dispatch: Vec::new(),
            configured: Vec::new(),
            with_query: Vec::new(),
            misconfigured: Vec::new(),
            failed: None,
            headed: Runs::default(),
            unnamed: Runs::default(),
            varied: Vec::new(),
            inline: Runs::default(),
            broken: Runs::default(),
            unwritten: Runs::default(),
            unqueued: Runs::default(),
            states: Vec::new(),
            auth: Vec::new(),
            env: Vec::new(),
            switched: Vec::new(),
            unset: Vec::new(),
            unconfigured: Vec::new(),
        }
    }
}
