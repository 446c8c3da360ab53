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
    /// is asked at the instants of `calls` as well. Where that any of them matters is rare, they are tried together
    /// first.
    pub(super) fn variables(&self, env: &Env, seen: Option<&[Run]>, calls: &[Call], is_rare: bool) -> Vec<EnvProbe> {
        let read = match seen {
            Some(runs) => self.unnamed(runs),
            None => self.unnamed(&self.shown(self.world(env, self.first), None)),
        };
        // What is sent shows what a variable changes; of several events the last one does.
        let enough_sent: Option<Arc<[Text]>> = match self.offload.events().collect::<Vec<_>>().as_slice() {
            [event] => Some([Text::from(event.name.value.as_str())].into()),
            _ => None,
        };
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
            let is_usual = |run: &Run| usual.iter().any(|other| run.ends_as(other));
            is_of_deployment(variable) || !runs.are_all() && usual.are_all() || !runs.iter().all(is_usual)
        };
        let read = if is_rare && !self.matter(&read, env, &usual, &enough_sent) {
            read.into_iter().filter(|variable| is_of_deployment(variable)).collect()
        } else {
            read
        };
        let mut probes = Vec::new();
        // Where nothing depends on what it is, no value of it changes anything.
        for variable in read.into_iter().filter(|variable| changes(variable)) {
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

    /// Whether variables change anything that all have one value.
    fn matter(&self, variables: &[String], env: &Env, usual: &[Run], enough_sent: &Option<Arc<[Text]>>) -> bool {
        let others = || variables.iter().filter(|variable| !is_of_deployment(variable));
        others().next().is_some()
            && TOGETHER.iter().any(|value| {
                let mut world = self.world(env, self.first);
                others().for_each(|variable| world.try_out(variable, value));
                let runs = self.shown(world, enough_sent.clone());
                !runs.iter().all(|run| usual.iter().any(|other| run.ends_as(other)))
            })
    }

    /// What the answer of a dispatch, seen in `usual`, becomes with each variable that nobody names and that changes it,
    /// in the first value that does.
    pub(super) fn answers(&self, env: &Env, usual: &[Run]) -> Vec<EnvProbe> {
        let is_usual = |run: &Run| usual.iter().any(|other| run.ends_as(other));
        let mut read: Vec<&Text> = usual.iter().flat_map(|run| &run.env).map(|(name, _)| name).collect();
        read.sort_unstable();
        read.dedup();
        read.retain(|name| !is_of_deployment(name) && !self.is_named(name));
        let runs = |world: World| self.prober.send(world, self.limits);
        let probe = |variable: &Text| {
            let (other_env, only_env) = (Rest::Unknown, Some(variable.clone()));
            if runs(World { other_env, only_env, ..self.world(env, self.first) }).iter().all(is_usual) {
                return None;
            }
            self.values(variable).into_iter().find_map(|value| {
                let mut world = self.world(env, self.first);
                world.try_out(variable, value);
                let runs = runs(world);
                if runs.iter().all(is_usual) {
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

/// A call in an environment in which a variable has a value as well.
fn with(env: &Env, at: Instant, variable: &str, value: &str, runs: Runs) -> Call {
    let env = [env.clone(), vec![(variable.to_owned(), Some(value.to_owned()))]].concat();
    Call { by: None, at, before: None, query: Vec::new(), env, runs }
}

/// The data of every event that was sent in a call.
fn data(call: &Call) -> impl Iterator<Item = &Data> {
    call.runs.iter().flat_map(|run| &run.sent).map(|sent| &sent.data)
}
