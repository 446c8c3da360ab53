//! Which modules do the work of an offload: those that write, in the route or in its functions.

use std::collections::{BTreeMap, BTreeSet};

use super::call_names::Writing;
use crate::conform::facts::Facts;
use crate::conform::observe::Run;
use crate::conform::program::{ModuleId, Site};
use crate::contract::Offload;

/// Modules that write in some runs, with the first place.
fn writing<'r>(runs: impl Iterator<Item = &'r Run>) -> BTreeMap<ModuleId, Site> {
    let mut found = BTreeMap::new();
    let mut names = Writing::default();
    for outside in runs.flat_map(|run| &run.outside).filter(|outside| names.has(outside)) {
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
