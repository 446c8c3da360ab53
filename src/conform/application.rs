//! The modules of an application, and where their imports lead.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::amended::Amendments;
use super::program::{Module, ModuleId, Site, Text};
use crate::source::{Location, Source};

/// Where an import leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To a module of the application.
    Module(ModuleId),
    /// To a package.
    Package(Text),
    /// To code that should be there and is not: a file, or a package of the same repository.
    Absent(Text),
    /// To nothing that could be found or read.
    Missing,
}

/// The modules of an application that were read.
#[derive(Debug, Default)]
pub struct Application {
    /// The modules, in the order of their paths.
    pub modules: Vec<Module>,
    /// For each module, where its imports lead.
    pub links: Vec<FxHashMap<Text, Link>>,
    /// Modules by path.
    pub paths: HashMap<String, ModuleId>,
    /// For each module, whether no import leads from it to a platform: what it does knows nothing of
    /// requests, steps and events.
    pub domain: Vec<bool>,
    /// For each module, whether it stands for a package.
    pub packages: Vec<bool>,
    /// What the statements of their outermost level change.
    pub amendments: Amendments,
}

impl Application {
    /// A module.
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id as usize]
    }

    /// Whether no import leads from a module to a platform.
    pub fn is_domain(&self, id: ModuleId) -> bool {
        self.domain.get(id as usize).copied().unwrap_or_default()
    }

    /// Whether a module stands for a package.
    pub fn is_package(&self, id: ModuleId) -> bool {
        self.packages.get(id as usize).copied().unwrap_or_default()
    }

    /// For each module, whether it is one of these or imports lead from it to one of them.
    pub fn leading_to(&self, ends: impl IntoIterator<Item = ModuleId>) -> Vec<bool> {
        let mut importers: Vec<Vec<ModuleId>> = vec![Vec::new(); self.modules.len()];
        for (from, links) in self.links.iter().enumerate() {
            for link in links.values() {
                if let Link::Module(to) = link {
                    importers[*to as usize].push(from as ModuleId);
                }
            }
        }
        let mut found = vec![false; self.modules.len()];
        let mut waiting: Vec<ModuleId> = ends.into_iter().collect();
        while let Some(module) = waiting.pop() {
            if !std::mem::replace(&mut found[module as usize], true) {
                waiting.extend(&importers[module as usize]);
            }
        }
        found
    }

    /// The modules that imports lead to from a module, itself among them.
    pub fn reached_from(&self, module: ModuleId) -> Vec<ModuleId> {
        let mut seen = vec![false; self.modules.len()];
        let (mut waiting, mut found) = (vec![module], Vec::new());
        while let Some(id) = waiting.pop() {
            if std::mem::replace(&mut seen[id as usize], true) {
                continue;
            }
            found.push(id);
            waiting.extend(self.links[id as usize].values().filter_map(|link| match link {
                Link::Module(to) => Some(*to),
                Link::Package(_) | Link::Absent(_) | Link::Missing => None,
            }));
        }
        found
    }

    /// The modules that are evaluated when one is loaded, in order: what a module imports before itself. One that is no
    /// route is loaded by routes, with whatever else they import.
    pub fn evaluated_from(&self, module: ModuleId) -> FxHashMap<ModuleId, usize> {
        let mut order = FxHashMap::default();
        let mut seen = FxHashSet::default();
        let leads = self.leading_to([module]);
        let is_route = |id: &ModuleId| super::load::address(self.source(*id).path()).is_some();
        let routes = (0..self.modules.len() as ModuleId).filter(|id| leads[*id as usize] && is_route(id));
        let entries = if is_route(&module) { Vec::new() } else { routes.collect::<Vec<_>>() };
        for entry in entries.into_iter().chain([module]) {
            self.evaluate(entry, &mut seen, &mut order);
        }
        order
    }

    fn evaluate(&self, from: ModuleId, seen: &mut FxHashSet<ModuleId>, order: &mut FxHashMap<ModuleId, usize>) {
        // Modules, each with how many of its imports were taken.
        let mut around: Vec<(ModuleId, usize)> = Vec::from_iter(seen.insert(from).then_some((from, 0)));
        while let Some((id, next)) = around.last_mut() {
            match self.module(*id).requests.get(*next) {
                Some((request, _)) => {
                    *next += 1;
                    if let Some(Link::Module(to)) = self.links[*id as usize].get(request)
                        && seen.insert(*to)
                    {
                        around.push((*to, 0));
                    }
                }
                None => {
                    order.insert(*id, order.len());
                    around.pop();
                }
            }
        }
    }

    /// The module of a file.
    pub fn find(&self, path: &str) -> Option<ModuleId> {
        self.paths.get(path).copied()
    }

    /// Where an import of a module leads.
    pub fn link(&self, from: ModuleId, request: &str) -> Link {
        self.links[from as usize].get(request).cloned().unwrap_or(Link::Missing)
    }

    /// Every name that a module exports, sorted.
    pub fn export_names(&self, module: ModuleId) -> Vec<Text> {
        let (mut seen, mut waiting, mut names) = (Vec::new(), vec![module], Vec::new());
        while let Some(id) = waiting.pop() {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let program = self.module(id);
            names.extend(program.exports.keys().cloned());
            waiting.extend(program.stars.iter().filter_map(|star| match self.link(id, star) {
                Link::Module(other) => Some(other),
                Link::Package(_) | Link::Absent(_) | Link::Missing => None,
            }));
        }
        names.sort();
        names.dedup();
        names
    }

    /// The text of a module.
    pub fn source(&self, id: ModuleId) -> &Arc<Source> {
        &self.module(id).source
    }

    /// A place as findings name it.
    pub fn location(&self, site: Site) -> Location {
        Location { source: self.source(site.module).clone(), span: site.into() }
    }
}
