//! Which modules do the work of an offload: those that write, in the route or in its functions.

use std::collections::{BTreeMap, BTreeSet};

use super::frames::around;
use super::tables::table_of;
use super::writing::Writing;
use crate::conform::application::Link;
use crate::conform::facts::Facts;
use crate::conform::observe::{Outside, Run};
use crate::conform::program::{ModuleId, Site};
use crate::contract::Offload;

/// Modules that write in some runs, with the first place of the work where no module that is answered for surrounds it.
fn writing<'r>(
    runs: impl Iterator<Item = &'r Run>,
    is_owned: impl Fn(ModuleId) -> bool,
    is_dispatching: impl Fn(Site) -> bool,
    is_beside: impl Fn(&Outside, &Run) -> bool,
) -> BTreeMap<ModuleId, Option<Site>> {
    let mut found = BTreeMap::new();
    let mut names = Writing::default();
    for run in runs {
        for outside in run.outside.iter().filter(|outside| names.has(outside) && !is_dispatching(outside.at)) {
            let place = found.entry(outside.at.module).or_insert(None);
            // What the work calls of others, an alert or a lease, serves it; a write that is repeated has its own rule.
            let serves = around(run, outside.parent).any(|index| is_owned(run.entered[index].id.module));
            let is_repeated = !outside.in_step && !run.steps.is_empty();
            if place.is_none() && !serves && !is_repeated && !is_beside(outside, run) {
                *place = Some(outside.at);
            }
        }
    }
    found
}

/// Where runs write, and to which tables where that is known.
fn written<'r>(runs: impl IntoIterator<Item = &'r Run>) -> BTreeMap<Site, Option<String>> {
    let mut names = Writing::default();
    let mut found = BTreeMap::new();
    for run in runs {
        for call in run.outside.iter().filter(|call| names.has(call)) {
            found.entry(call.at).or_insert_with(|| table_of(call, run));
        }
    }
    found
}

/// For each module, the offloads whose routes or owners import it.
fn importers<'f>(facts: &'f Facts<'_>) -> BTreeMap<ModuleId, BTreeSet<&'f str>> {
    let app = &facts.loaded.app;
    let mut users: BTreeMap<ModuleId, BTreeSet<&str>> = BTreeMap::new();
    for (offload, seen) in facts.each() {
        let owners = offload.owners.iter().filter_map(|owner| app.paths.get(owner.value.as_str()).copied());
        for module in owners.chain(seen.route) {
            for link in app.links[module as usize].values() {
                if let Link::Module(imported) = link {
                    users.entry(*imported).or_default().insert(&offload.job);
                }
            }
        }
    }
    users
}

/// For each offload with owners, the modules that do its work and no other's.
///
/// What several offloads use belongs to none of them: a writer of logs, a queue, a cache.
pub(in crate::conform) fn workers<'f>(facts: &'f Facts<'_>) -> Vec<(&'f Offload, Vec<(ModuleId, Site)>)> {
    let mut all = Vec::new();
    for (offload, seen) in facts.each() {
        let functions = || offload.events().filter_map(|event| facts.function(&event.function.id.value));
        let runs = functions().flat_map(|function| &function.runs).chain(&seen.inline);
        // The route is where all of it comes together: it makes no call a part of what its owners wrote.
        let is_owned = |module: ModuleId| {
            let path = facts.loaded.app.source(module).path();
            Some(module) != seen.route && offload.owners.iter().any(|owner| owner.value.as_str() == path)
        };
        // What a route does before it dispatches as well is not the work.
        let dispatch = seen.dispatch.iter().flat_map(|call| &call.runs).filter(|run| !run.sent.is_empty());
        let dispatching: BTreeSet<Site> = dispatch.flat_map(|run| &run.outside).map(|outside| outside.at).collect();
        // Where both paths do the same work, what only a function calls is a part of it when it is done to the same
        // tables. Else it stands beside the work, as a heartbeat does.
        let inline = written(&seen.inline);
        let tables: BTreeSet<&str> = inline.values().flatten().map(String::as_str).collect();
        let has_common =
            written(functions().flat_map(|function| &function.runs)).keys().any(|at| inline.contains_key(at));
        let is_beside = |call: &Outside, run: &Run| {
            let is_done_to = || table_of(call, run).is_some_and(|table| tables.contains(table.as_str()));
            has_common && !inline.contains_key(&call.at) && !is_done_to()
        };
        all.push((offload, writing(runs, is_owned, |at| dispatching.contains(&at), is_beside)));
    }
    let mut users = importers(facts);
    for (offload, modules) in &all {
        for module in modules.keys() {
            users.entry(*module).or_default().insert(&offload.job);
        }
    }
    let placed = |(module, at): (ModuleId, Option<Site>)| Some((module, at?));
    let writer = facts.writer.map(|writer| writer.module);
    let own = |module: &ModuleId| users.get(module).is_some_and(|users| users.len() == 1) && Some(*module) != writer;
    all.into_iter()
        .filter(|(offload, _)| !offload.owners.is_empty())
        .map(|(offload, modules)| {
            (offload, modules.into_iter().filter(|(module, _)| own(module)).filter_map(placed).collect())
        })
        .collect()
}
