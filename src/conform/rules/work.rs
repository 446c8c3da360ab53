//! Which modules do the work of an offload: those that write, in the route or in its functions.

use std::collections::{BTreeMap, BTreeSet};

use crate::conform::facts::Facts;
use crate::conform::observe::Run;
use crate::conform::program::{ModuleId, Site};
use crate::contract::Offload;

/// What names of calls that change something begin with.
const WRITES: [&str; 16] = [
    "create", "update", "upsert", "delete", "insert", "save", "write", "remove", "execute", "publish", "enqueue",
    "post", "put", "patch", "send", "set",
];

/// Whether a call outside of the application, such as `prisma.lead.update`, changes something.
pub(super) fn is_write(name: &str) -> bool {
    let last = name.trim_end_matches("()").rsplit('.').next().unwrap_or(name);
    let last = last.trim_start_matches('$').to_lowercase();
    // A function of a package that is called `createClient` makes a client.
    let is_method = name.trim_end_matches("()").contains('.');
    if !is_method && ["create", "set", "execute"].iter().any(|verb| last.starts_with(verb)) {
        return false;
    }
    let logs = ["console", "logger", "log.", "sentry", "posthog", "metrics"];
    let lower = name.to_lowercase();
    WRITES.iter().any(|write| last.starts_with(write)) && !logs.iter().any(|log| lower.contains(log))
}

/// Modules that write in some runs, with the first place.
fn writing<'r>(runs: impl Iterator<Item = &'r Run>) -> BTreeMap<ModuleId, Site> {
    let mut found = BTreeMap::new();
    for outside in runs.flat_map(|run| &run.outside).filter(|outside| is_write(&outside.name)) {
        found.entry(outside.at.module).or_insert(outside.at);
    }
    found
}

/// For each offload with owners, the modules that do its work and no other's.
///
/// What several offloads use belongs to none of them: a writer of logs, a queue, a cache.
pub(super) fn workers<'f>(facts: &'f Facts<'_>) -> Vec<(&'f Offload, Vec<(ModuleId, Site)>)> {
    let mut all = Vec::new();
    for (offload, seen) in facts.each() {
        let functions = offload.events().filter_map(|event| facts.function(&event.function.id.value));
        let runs = functions.flat_map(|function| &function.runs).chain(&seen.inline);
        all.push((offload, writing(runs)));
    }
    let mut users: BTreeMap<ModuleId, BTreeSet<&str>> = BTreeMap::new();
    for (offload, modules) in &all {
        for module in modules.keys() {
            users.entry(*module).or_default().insert(&offload.job);
        }
    }
    let writer = facts.writer.map(|writer| writer.module);
    let own = |module: &ModuleId| users.get(module).is_some_and(|users| users.len() == 1) && Some(*module) != writer;
    all.into_iter()
        .filter(|(offload, _)| !offload.owners.is_empty())
        .map(|(offload, modules)| (offload, modules.into_iter().filter(|(module, _)| own(module)).collect()))
        .collect()
}
