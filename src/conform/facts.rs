//! Everything that rules may ask about an application.

mod further;

use std::collections::{HashMap, HashSet};

use super::evidence::Evidence;
use super::load::Loaded;
use super::machine::FunctionId;
use super::names::fields::STATE;
use super::observe::{
    Asker, Basis, Found, FunctionFacts, InlinePath, Keeper, Kept, OffloadFacts, Run, Serves, crew, examine_function,
    find_functions, make_up, observe_offload, observe_route, required,
};
use super::program::{Export, ModuleId, Site, Text};
use crate::contract::{Contract, Event, Function, Offload};
use crate::derive::Instant;
use crate::source::Location;

/// An exported constant that holds a text.
#[derive(Debug, Clone)]
pub struct Constant {
    /// Its name.
    pub name: Text,
    /// Its text.
    pub value: Text,
    /// Where it is declared.
    pub at: Site,
}

/// A route that is no offload's.
#[derive(Debug)]
pub struct OtherRoute {
    /// Its address.
    pub address: String,
    /// Its module.
    pub module: ModuleId,
    /// What its handlers were seen to do; nothing when they cannot reach Inngest.
    pub runs: Vec<Run>,
}

/// What was seen of an application.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// The application.
    pub loaded: &'a Loaded,
    /// Its offloads, in the order of the contract.
    pub offloads: Vec<OffloadFacts>,
    /// Routes that are no offload's.
    pub others: Vec<OtherRoute>,
    /// Inngest functions.
    pub functions: Vec<FunctionFacts>,
    /// Functions by id: the first of each.
    by_id: HashMap<String, usize>,
    /// Functions by the events that trigger them.
    by_event: HashMap<String, Vec<usize>>,
    /// For each offload what several rules ask of it.
    pub(super) evidence: Vec<Evidence>,
    /// What the writer of the ledger does with records.
    pub kept: Vec<Kept>,
    /// What all is asked from: the instant, the variables that the contract names.
    basis: Basis,
    /// The functions as they were found, in their order.
    found: Vec<Found>,
    /// What `serve` is given.
    pub serves: Serves,
    /// The function that takes status records; `None` when the contract names none or it is not there.
    pub writer: Option<FunctionId>,
    /// Exported constants of events: named as the contract names one, or `INNGEST_EVENT_…`.
    pub constants: Vec<Constant>,
}

impl<'a> Facts<'a> {
    pub(super) fn gather(contract: &'a Contract, loaded: &'a Loaded) -> Self {
        let mut basis = Basis::of(contract);
        let writer = writer(contract, loaded);
        basis.required = required(loaded, contract, &basis, writer);
        let (found, serves) = find_functions(&Asker::new(loaded, writer), &basis);
        let tasks = tasks(contract, loaded, &found);
        let (mut offloads, mut others, mut functions) = (Vec::new(), Vec::new(), Vec::new());
        for seen in crew(loaded, writer, &tasks, |asker, task| task.observe(asker, contract, &basis)) {
            match seen {
                Seen::Offload(index, facts) => offloads.push((index, facts)),
                Seen::Function(index, facts) => functions.push((index, facts)),
                Seen::Other(route) => others.push(route),
            }
        }
        offloads.sort_by_key(|(index, _)| *index);
        functions.sort_by_key(|(index, _)| *index);
        let offloads = offloads.into_iter().map(|(_, facts)| *facts).collect();
        let functions: Vec<FunctionFacts> = functions.into_iter().map(|(_, facts)| *facts).collect();
        let (mut by_id, mut by_event) = (HashMap::new(), HashMap::<String, Vec<usize>>::new());
        for (index, function) in functions.iter().enumerate() {
            if let Some(id) = function.id.as_text() {
                by_id.entry(id.to_owned()).or_insert(index);
            }
            for event in function.triggers.iter().filter_map(|trigger| trigger.field("event")?.value.as_text()) {
                by_event.entry(event.to_owned()).or_default().push(index);
            }
        }
        let constants = constants(contract, loaded);
        let named = state_fields(&functions);
        let keeper = writer.and_then(|_| Keeper::of(loaded, contract, &basis, &named));
        let kept = keeper.map(|keeper| keeper.keep()).unwrap_or_default();
        let evidence = contract.offloads.values().map(|_| Evidence::default()).collect();
        Self {
            contract,
            loaded,
            offloads,
            others,
            functions,
            by_id,
            by_event,
            evidence,
            basis,
            found,
            kept,
            serves,
            writer,
            constants,
        }
    }

    /// The offloads of the contract with what was seen of them.
    pub fn each(&self) -> impl Iterator<Item = (&'a Offload, &OffloadFacts)> {
        self.contract.offloads.values().zip(&self.offloads)
    }

    /// What was seen of an offload of the contract.
    pub fn seen_of(&self, offload: &Offload) -> Option<&OffloadFacts> {
        self.each().find(|(other, _)| std::ptr::eq(*other, offload)).map(|(_, seen)| seen)
    }

    /// Every event of the contract with its function.
    pub fn events(&self) -> impl Iterator<Item = (&'a Offload, &'a Event, &'a Function)> {
        self.contract.events().map(|(offload, event)| (offload, event, &event.function))
    }

    /// The function with an id.
    pub fn function(&self, id: &str) -> Option<&FunctionFacts> {
        self.by_id.get(id).and_then(|index| self.functions.get(*index))
    }

    /// The functions that an event triggers.
    pub fn triggered_by(&self, event: &str) -> impl Iterator<Item = &FunctionFacts> {
        self.by_event.get(event).into_iter().flatten().filter_map(|index| self.functions.get(*index))
    }

    /// The instant at which functions are run.
    pub fn now(&self) -> Option<Instant> {
        Instant::from_millis(self.basis.now as i64)
    }

    /// Whether the contract names a variable.
    pub fn names_variable(&self, name: &str) -> bool {
        self.basis.env.contains_key(name)
    }

    /// Whether the file of a route is there and could not be read.
    pub fn is_unreadable(&self, route: &str) -> bool {
        self.loaded.unreadable.iter().any(|(source, _)| super::load::address(source.path()).as_deref() == Some(route))
    }

    /// Imports that lead to no file, where a route of the contract or code that speaks of Inngest needs it.
    pub fn dead_imports(&self) -> Vec<&'a (Site, Text)> {
        if self.loaded.dead.is_empty() {
            return Vec::new();
        }
        let roots = self.offloads.iter().filter_map(|seen| seen.route).chain(self.loaded.inngest.iter().copied());
        let reached: HashSet<ModuleId> = roots.flat_map(|root| self.loaded.app.reached_from(root)).collect();
        self.loaded.dead.iter().filter(|(site, _)| reached.contains(&site.module)).collect()
    }

    /// Whether all code that matters was read: what was not may do what is missing elsewhere.
    pub fn is_complete(&self) -> bool {
        self.loaded.unreadable.is_empty() && self.loaded.absent.is_empty() && self.dead_imports().is_empty()
    }

    /// Whether something answers a path: a route handler, an API route of the pages folder, a page.
    pub fn answers(&self, path: &str) -> bool {
        let is_segment = |pattern: &str, part: &str| pattern == part || pattern.starts_with('[');
        let matches = |address: &str| {
            let (mut pattern, mut parts) = (address.split('/'), path.split('/'));
            loop {
                match (pattern.next(), parts.next()) {
                    (None, None) => return true,
                    (Some(rest), _) if rest.starts_with("[...") || rest.starts_with("[[...") => return true,
                    (Some(a), Some(b)) if is_segment(a, b) => {}
                    _ => return false,
                }
            }
        };
        let pages = self.loaded.files.iter().filter_map(|file| {
            let file = file.strip_prefix("src/").unwrap_or(file);
            let page = file.strip_prefix("pages")?;
            let page = page.rsplit_once('.')?.0;
            Some(page.strip_suffix("/index").unwrap_or(page))
        });
        self.loaded.routes.iter().any(|(address, _)| matches(address))
            || self.is_unreadable(path)
            || pages.into_iter().any(matches)
    }

    /// A place of the code as findings name it.
    pub fn location(&self, site: Site) -> Location {
        self.loaded.app.location(site)
    }

    /// The route of an offload as a place: its handler.
    pub fn route_location(&self, facts: &OffloadFacts) -> Option<Location> {
        let module = facts.route?;
        Some(self.handler_location(module, facts.method))
    }

    /// Where a module exports a handler.
    pub fn handler_location(&self, module: ModuleId, method: &str) -> Location {
        let site = match self.loaded.app.module(module).exports.get(method) {
            Some(Export::Symbol(_, range) | Export::From(_, _, range)) => range.of(module),
            Some(Export::Value(expr)) => expr.range.of(module),
            _ => Site { module, ..Site::default() },
        };
        // A handler's whole body is no place to point at: its first line is.
        let mut location = self.loaded.app.location(site);
        let text = location.source.slice(location.span);
        let first = text.lines().next().map_or(0, str::len);
        location.span.end = location.span.start + first;
        location
    }
}

/// The function of the application that the contract's ledger names.
fn writer(contract: &Contract, loaded: &Loaded) -> Option<FunctionId> {
    let ledger = contract.ledger.as_ref()?;
    let module = loaded.find_module(&ledger.writer.module.value)?;
    Asker::new(loaded, None).exported(module, &ledger.writer.export.value)
}

/// The names of the fields in which records hold their state.
fn state_fields(functions: &[FunctionFacts]) -> Vec<&'static str> {
    let writes = || functions.iter().flat_map(|function| &function.runs).flat_map(|run| &run.statuses);
    let used = STATE.iter().copied().filter(|name| writes().any(|write| write.record.field(name).is_some()));
    let used: Vec<&'static str> = used.collect();
    if used.is_empty() { STATE.to_vec() } else { used }
}

/// Something to observe.
enum Task<'t> {
    /// The offload with this index, and the module of its route.
    Offload(usize, &'t Offload, Option<ModuleId>),
    /// The function with this index, and the inline path of the offload that it does the work of.
    Function(usize, &'t Found, Option<InlinePath<'t>>),
    /// A route that is no offload's, and whether it can reach something that speaks of Inngest.
    Other(&'t str, ModuleId, bool),
}

/// What was seen of a task.
enum Seen {
    Offload(usize, Box<OffloadFacts>),
    Function(usize, Box<FunctionFacts>),
    Other(OtherRoute),
}

/// Everything to observe: beside each offload the function that does its work, which leads through the
/// same code.
fn tasks<'t>(contract: &'t Contract, loaded: &'t Loaded, found: &'t [Found]) -> Vec<Task<'t>> {
    let by_address: HashMap<&str, ModuleId> =
        loaded.routes.iter().map(|(address, module)| (address.as_str(), *module)).collect();
    let mut by_event: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, function) in found.iter().enumerate() {
        by_event.entry(function.event()).or_default().push(index);
    }
    let mut tasks = Vec::new();
    let offloaded: HashSet<&str> = contract.offloads.values().map(|offload| offload.route.value.as_str()).collect();
    let mut offloads: Vec<(usize, &Offload, Option<ModuleId>)> = contract
        .offloads
        .values()
        .enumerate()
        .map(|(index, offload)| (index, offload, by_address.get(offload.route.value.as_str()).copied()))
        .collect();
    let peculiar = peculiar(loaded, offloads.iter().filter_map(|(.., route)| *route));
    offloads.sort_by_key(|(index, _, route)| (route.and_then(|route| peculiar.get(&route).copied()), *index));
    for (index, offload, route) in offloads {
        tasks.push(Task::Offload(index, offload, route));
        let own = offload.events().filter_map(|event| by_event.remove(&event.name.value));
        let inline = InlinePath::of(loaded, contract, offload, route);
        tasks.extend(own.flatten().map(|function| Task::Function(function, &found[function], inline)));
    }
    let mut rest: Vec<usize> = by_event.into_values().flatten().collect();
    rest.sort_unstable();
    tasks.extend(rest.into_iter().map(|function| Task::Function(function, &found[function], None)));
    let speaking = loaded.app.leading_to(loaded.inngest.iter().copied());
    let mut others: Vec<_> =
        loaded.routes.iter().filter(|(address, _)| !offloaded.contains(address.as_str())).collect();
    others.sort();
    tasks.extend(others.into_iter().map(|(address, module)| Task::Other(address, *module, speaking[*module as usize])));
    tasks
}

/// For each route the first module that it reaches and that only some of the others reach too: routes with
/// the same one have code in common.
fn peculiar(loaded: &Loaded, routes: impl Iterator<Item = ModuleId>) -> HashMap<ModuleId, ModuleId> {
    let app = &loaded.app;
    let reached: Vec<(ModuleId, Vec<ModuleId>)> = routes.map(|route| (route, app.reached_from(route))).collect();
    let mut users = vec![0_usize; app.modules.len()];
    reached.iter().flat_map(|(_, modules)| modules).for_each(|module| users[*module as usize] += 1);
    let most = reached.len() / 3;
    let first = |modules: Vec<ModuleId>| {
        modules.into_iter().filter(|module| (2..=most).contains(&users[*module as usize])).min()
    };
    reached.into_iter().filter_map(|(route, modules)| Some((route, first(modules)?))).collect()
}

impl Task<'_> {
    fn observe(&self, asker: &Asker<'_>, contract: &Contract, basis: &Basis) -> Seen {
        match *self {
            // What is behind an import that leads nowhere may be all that the contract asks for.
            Self::Offload(index, offload, Some(route)) if asker.loaded.lacks_code_of(route) => {
                Seen::Offload(index, Box::new(OffloadFacts::unseen(offload, Some(route))))
            }
            Self::Offload(index, offload, route) => {
                let facts = observe_offload(asker, contract, basis, offload, route);
                Seen::Offload(index, Box::new(facts))
            }
            Self::Function(index, found, inline) => {
                let made_up = make_up(asker, contract, basis, found, inline.as_ref());
                let facts = examine_function(asker, basis, found, made_up);
                Seen::Function(index, Box::new(facts))
            }
            Self::Other(address, module, speaks) => {
                let runs = if speaks { observe_route(asker, basis, module) } else { Vec::new() };
                Seen::Other(OtherRoute { address: address.to_owned(), module, runs })
            }
        }
    }
}

/// Event constants of the modules that speak of Inngest, with the texts that they hold.
fn constants(contract: &Contract, loaded: &Loaded) -> Vec<Constant> {
    let mut found: Vec<Constant> = Vec::new();
    let asker = Asker::new(loaded, None);
    let named: HashSet<&str> = contract.events().map(|(_, event)| event.constant.value.as_str()).collect();
    for &id in &loaded.inngest {
        let exports = &loaded.app.module(id).exports;
        let wanted = |name: &str| name.starts_with("INNGEST_EVENT_") || named.contains(name);
        for (name, export) in exports.iter().filter(|(name, _)| wanted(name)) {
            let range = match export {
                Export::Symbol(_, range) | Export::From(_, _, range) => *range,
                Export::Value(expr) => expr.range,
                Export::Namespace(_) => continue,
            };
            if let Some(value) = asker.text(id, name) {
                found.push(Constant { name: name.clone(), value, at: range.of(id) });
            }
        }
    }
    found.sort_by_key(|constant| constant.at);
    found
}
