//! Variables that the contract does not name and without which the code does not go on, as the address of a
//! database: every deployment has them. Where they were taken for unset, nothing behind them would be seen.
//!
//! A switch or a default is none of them: without it the code goes on.

use std::rc::Rc;
use std::sync::Arc;

use super::super::load::Loaded;
use super::super::machine::{Abrupt, EffectKind, FunctionId, Limits, Path, Shared, World, explore};
use super::super::program::{ModuleId, Site, Text};
use super::data::Data;
use super::probe::{Basis, INSTANTS, flag_variables, on_and_off};
use super::route::{METHODS, call_route};
use super::run::{Answer, Run};
use crate::contract::Contract;
use crate::derive::Instant;

/// Far enough for what a route does first, and for the first things that its work calls.
const FIRST: Limits = Limits { paths: 1, fuel: 60_000 };

/// How many calls of something outside are waited for.
const OUTSIDE: usize = 12;

/// Most places of one route that insist on something.
const MOST_PLACES: usize = 6;

/// Most variables that are looked at for one of them.
const MOST_READ: usize = 24;

/// The variables that the routes of a contract insist on.
pub fn required(loaded: &Loaded, contract: &Contract, basis: &Basis, writer: Option<FunctionId>) -> Arc<[Text]> {
    let mut named: Vec<String> = contract.flags.keys().map(|name| name.to_string()).collect();
    named.extend(contract.flags.values().flat_map(flag_variables));
    let mut known: Vec<Text> = Vec::new();
    let Some(first) = Instant::parse(INSTANTS[0]) else { return known.into() };
    let shared = Rc::default();
    for offload in contract.offloads.values() {
        let route = loaded.routes.iter().find(|(address, _)| *address == offload.route.value);
        let Some((_, module)) = route else { continue };
        let exports = &loaded.app.module(*module).exports;
        let mut claimed = offload.methods.iter().map(|method| method.as_str()).chain(METHODS);
        let Some(method) = claimed.find(|method| exports.contains_key(*method)) else { continue };
        let Some(method) = METHODS.into_iter().find(|known| *known == method) else { continue };
        let flag = offload.flag.as_ref().and_then(|flag| contract.flags.get(&flag.value));
        let (on, off) = flag.map_or((Some(Vec::new()), None), |flag| on_and_off(flag, &contract.truthy, basis));
        for env in on.iter().chain(&off) {
            let world = World { method, most_outside: Some(OUTSIDE), ..basis.world(offload, env, first) };
            let asking = Asking { loaded, writer, shared: &shared, module: *module, world, named: &named };
            asking.find(&mut known);
        }
    }
    known.sort();
    known.into()
}

/// A route that is asked what it insists on.
struct Asking<'a, 's> {
    loaded: &'a Loaded,
    writer: Option<FunctionId>,
    shared: &'s Rc<Shared<'a>>,
    module: ModuleId,
    world: World,
    named: &'s [String],
}

impl<'a> Asking<'a, '_> {
    /// Adds what the route insists on.
    fn find(&self, known: &mut Vec<Text>) {
        for _ in 0..MOST_PLACES {
            let Some(path) = self.run(known) else { return };
            let Some((place, mut read)) = self.insists(&path, known) else { return };
            drop(path);
            let is_passed = |with: &[Text]| {
                let set: Vec<Text> = known.iter().chain(with).cloned().collect();
                self.run(&set).is_some_and(|path| !throws_at(&path, place))
            };
            if !is_passed(&read) {
                return;
            }
            // What was read first is let go first: it may have led elsewhere.
            let mut index = 0;
            while index < read.len() {
                let variable = read.remove(index);
                if !is_passed(&read) {
                    read.insert(index, variable);
                    index += 1;
                }
            }
            if read.is_empty() {
                return;
            }
            known.append(&mut read);
        }
    }

    fn run(&self, set: &[Text]) -> Option<Path<'a>> {
        let world = World { required: set.into(), ..self.world.clone() };
        let paths = explore(&self.loaded.app, world, self.shared, self.writer, FIRST, &|machine| {
            call_route(machine, self.module, self.world.method)
        });
        paths.into_iter().next()
    }

    /// Where a run gave up by a throw, and the variables that nobody names and that were read before.
    fn insists(&self, path: &Path<'a>, known: &[Text]) -> Option<(Site, Vec<Text>)> {
        let throw = path.effects.iter().rposition(|effect| matches!(effect.kind, EffectKind::Throw(..)))?;
        if !has_failed(path) {
            return None;
        }
        let mut read: Vec<Text> = Vec::new();
        for effect in &path.effects[..throw] {
            let EffectKind::Env(name) = &effect.kind else { continue };
            let is_named = self.world.env.contains_key(name)
                || matches!(&**name, "NODE_ENV" | "VERCEL_ENV")
                || self.named.iter().any(|named| **named == **name);
            if !is_named && !known.contains(name) && !read.contains(name) {
                read.push(name.clone());
            }
        }
        let late = read.split_off(read.len().saturating_sub(MOST_READ));
        (!late.is_empty()).then_some((path.effects[throw].at, late))
    }
}

/// Whether a run ended as one does that cannot go on.
fn has_failed(path: &Path<'_>) -> bool {
    match &path.result {
        Err(Abrupt::Throw(_)) => true,
        Err(Abrupt::Halt) => false,
        Ok(value) => match Run::answer_of(value) {
            Answer::Response(Data::Number(status), ..) => status >= 500.0,
            _ => false,
        },
    }
}

fn throws_at(path: &Path<'_>, place: Site) -> bool {
    path.effects.iter().any(|effect| matches!(effect.kind, EffectKind::Throw(..)) && effect.at == place)
}
