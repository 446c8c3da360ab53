//! What variables change that the contract does not name.

use std::sync::Arc;

use super::super::machine::{Rest, World};
use super::super::names::variables::is_of_deployment;
use super::super::program::Text;
use super::data::Data;
use super::offload::Asking;
use super::probe::{Call, Env, EnvProbe, TRIED, tried};
use super::run::Run;
use super::runs::Runs;
use super::table::flag_variables;
use crate::derive::Instant;

/// Values that variables are tried with together.
const TOGETHER: [&str; 3] = ["1", "true", "false"];

/// Most variables that are tried because the code reads them.
const MOST_TRIED: usize = 24;

impl Asking<'_, '_, '_> {
    /// Tries the variables that nobody named and that are read in an environment, with the values that code
    /// tells apart. `seen` is what a call there showed, if that is known. Where a value changes what is sent, it
    /// is asked at the instants of `calls` as well.
    pub(super) fn variables(&self, env: &Env, seen: Option<&[Run]>, calls: &[Call]) -> Vec<EnvProbe> {
        let read = match seen {
            Some(runs) => self.unnamed(runs),
            None => self.unnamed(&self.shown(self.world(env, self.first), None)),
        };
        self.tried(read, env, calls)
    }

    /// The same where that any of them matters is rare: they are tried together first. What a deployment says of itself
    /// has too few values for that.
    pub(super) fn rare_variables(&self, env: &Env, seen: &[Run]) -> Vec<EnvProbe> {
        let mut read = self.unnamed(seen);
        let others: Vec<&String> = read.iter().filter(|variable| !is_of_deployment(variable)).collect();
        let matter = !others.is_empty() && {
            let usual = self.shown(self.world(env, self.first), self.enough_sent());
            TOGETHER.iter().any(|value| {
                let mut world = self.world(env, self.first);
                others.iter().for_each(|variable| world.try_out(variable, value));
                !end_as(&self.shown(world, self.enough_sent()), &usual)
            })
        };
        read.retain(|variable| matter || is_of_deployment(variable));
        self.tried(read, env, &[])
    }

    /// The events of which one shows what a variable changes: of several the last one does.
    fn enough_sent(&self) -> Option<Arc<[Text]>> {
        match self.offload.events().collect::<Vec<_>>().as_slice() {
            [event] => Some([Text::from(event.name.value.as_str())].into()),
            _ => None,
        }
    }

    /// Tries variables.
    fn tried(&self, variables: Vec<String>, env: &Env, calls: &[Call]) -> Vec<EnvProbe> {
        let enough_sent = self.enough_sent();
        let call = |at: Instant, variable: &str, value: &str| {
            let mut world = self.world(env, at);
            world.try_out(variable, value);
            with(env, at, variable, value, self.shown(world, enough_sent.clone()))
        };
        let usual = std::cell::LazyCell::new(|| self.shown(self.world(env, self.first), enough_sent.clone()));
        let changes = |variable: &str| {
            // What a deployment says of itself is known even where nothing else is.
            let (other_env, only_env) = (Rest::Unknown, Some(Text::from(variable)));
            let runs = self.shown(World { other_env, only_env, ..self.world(env, self.first) }, enough_sent.clone());
            is_of_deployment(variable) || !runs.are_all() && usual.are_all() || !end_as(&runs, &usual)
        };
        let mut probes = Vec::new();
        // Where nothing depends on what it is, no value of it changes anything.
        for variable in variables.into_iter().filter(|variable| changes(variable)) {
            for value in self.values(&variable) {
                let probed = call(self.first, &variable, value);
                let later = match calls.split_first() {
                    Some((base, others)) if !data(base).eq(data(&probed)) => {
                        others.iter().map(|other| call(other.at, &variable, value)).collect()
                    }
                    _ => Vec::new(),
                };
                probes.push(EnvProbe { variable: variable.clone(), value: value.to_owned(), call: probed, later });
            }
        }
        probes
    }

    /// What the answer of a dispatch, seen in `usual`, becomes with each variable that nobody names and that changes it,
    /// in the first value that does.
    pub(super) fn answers(&self, env: &Env, usual: &[Run]) -> Vec<EnvProbe> {
        let mut read: Vec<&Text> = usual.iter().flat_map(|run| &run.env).map(|(name, _)| name).collect();
        read.sort_unstable();
        read.dedup();
        read.retain(|name| !is_of_deployment(name) && !self.is_named(name));
        let runs = |world: World| self.prober.send(world, self.limits);
        let probe = |variable: &Text| {
            let (other_env, only_env) = (Rest::Unknown, Some(variable.clone()));
            if end_as(&runs(World { other_env, only_env, ..self.world(env, self.first) }), usual) {
                return None;
            }
            self.values(variable).into_iter().find_map(|value| {
                let mut world = self.world(env, self.first);
                world.try_out(variable, value);
                let runs = runs(world);
                if end_as(&runs, usual) {
                    return None;
                }
                let call = with(env, self.first, variable, value, runs);
                Some(EnvProbe { variable: variable.to_string(), value: value.to_owned(), call, later: Vec::new() })
            })
        };
        read.into_iter().filter_map(probe).collect()
    }

    /// The values that a variable is tried with: what an allow list may name as well, and on for the flag of
    /// another offload.
    fn values(&self, variable: &str) -> Vec<&str> {
        if self.contract.flags.contains_key(variable) {
            return self.contract.truthy.iter().take(1).map(String::as_str).collect();
        }
        tried(variable, &TRIED).into_iter().chain([self.offload.job.as_str()]).collect()
    }

    /// Variables that were read before anything outside was called and that nobody named for this offload,
    /// each once. A queue is written to by who has read first who calls: there, whatever is read counts.
    fn unnamed(&self, runs: &[Run]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let later = runs.iter().filter(|_| self.is_queue()).flat_map(|run| &run.env).map(|(name, _)| name);
        for name in runs.iter().flat_map(|run| &run.early_env).chain(later).filter(|name| !self.is_named(name)) {
            if !found.iter().any(|seen| seen.as_str() == &**name) && found.len() < MOST_TRIED {
                found.push(name.to_string());
            }
        }
        found
    }

    /// Whether the contract names a variable, for this offload or for all.
    fn is_named(&self, name: &str) -> bool {
        self.basis.env.contains_key(name)
            || self.flag.is_some_and(|flag| flag_variables(flag).iter().any(|known| known == name))
    }
}

/// Whether each of some runs ends as one of the usual ones does.
fn end_as(runs: &[Run], usual: &[Run]) -> bool {
    runs.iter().all(|run| usual.iter().any(|other| run.ends_as(other)))
}

/// A call in an environment in which a variable has a value as well.
fn with(env: &Env, at: Instant, variable: &str, value: &str, runs: Runs) -> Call {
    let env = [env.clone(), vec![(variable.to_owned(), Some(value.to_owned()))]].concat();
    Call { by: None, at, before: None, query: Vec::new(), env, runs }
}

/// The data of every event that was sent in a call.
fn data(call: &Call) -> impl Iterator<Item = &Data> {
    call.runs.iter().flat_map(|run| &run.sent).map(|sent| &sent.data)
}
