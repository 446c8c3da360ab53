//! What parameters change: of all that a function does, and of what an inline path does.

use std::hash::Hasher;
use std::rc::Rc;

use rustc_hash::{FxHashSet, FxHasher};

use super::super::load::Loaded;
use super::super::machine::{EffectKind, Explored, Limits, Machine, Outcome, Path, World};
use super::super::program::{ModuleId, Site};
use super::ask::Asker;
use super::data::Data;
use super::probe::{Basis, INSTANTS};
use super::route::{call_route, method};
use super::table::on_and_off;
use crate::contract::{Contract, Offload, Status};
use crate::derive::Instant;

/// Every branch of work that is not too much to be followed once more for every parameter.
const FAR: Limits = Limits { paths: 40, fuel: 100_000 };

/// The first ways: most parameters change something on them.
const NEAR: Limits = Limits { paths: 3, fuel: 40_000 };

/// What a parameter is tried with: a number, a name, a yes.
const VALUES: [&str; 3] = ["7", "true", "1"];

/// A parameter and its value.
pub(super) type Given = (String, String);

/// What is called outside of the application, where, and with what; and what steps give.
pub(super) type Done = FxHashSet<(Site, u64)>;

/// All that is done on the ways that were followed, and whether those are all and go to their ends.
pub(super) fn done<'p>(
    asker: &Asker<'p>,
    world: World,
    limits: Limits,
    run: impl Fn(&mut Machine<'p>) -> Outcome<'p>,
) -> (Done, bool) {
    let Explored { paths, unfollowed, .. } = asker.explorer.explore(world, limits, run);
    let is_whole = unfollowed.is_none() && !paths.iter().any(|path| path.is_cut() || path.unsure.is_some());
    let mut all = Done::default();
    // Ways have most of what they do in common.
    let mut seen = FxHashSet::default();
    for effect in paths.iter().flat_map(Path::done) {
        let given = match effect.kind {
            EffectKind::Outside(name, values, _) => {
                let is_new = seen.insert((effect.at, Rc::as_ptr(values)));
                if is_new && super::breaks(name) { &**values } else { continue }
            }
            // What is done with it later is done with something unknown, whatever it is.
            EffectKind::Gave(value) => std::slice::from_ref(value),
            _ => continue,
        };
        let mut hasher = FxHasher::default();
        given.iter().for_each(|value| Data::of(value).hash_to(&mut hasher));
        all.insert((effect.at, hasher.finish()));
    }
    (all, is_whole)
}

/// Parameters that surely change nothing of what a function does, whatever they are tried with, and something of what an
/// inline path does at the same places.
pub(super) fn dropped<'n>(
    names: &[&'n str],
    function: impl Fn(&[Given], Limits) -> (Done, bool),
    inline: impl Fn(&[Given]) -> Option<Done>,
) -> Vec<&'n str> {
    let names = idle_near(names, |given| function(given, NEAR).0);
    if names.is_empty() {
        return names;
    }
    let Some(base) = whole(function(&[], FAR)) else { return Vec::new() };
    let common: FxHashSet<Site> = base.iter().map(|(site, _)| *site).collect();
    let inline = |given: &[Given]| {
        let mut done = inline(given)?;
        done.retain(|(site, _)| common.contains(site));
        Some(done)
    };
    // One by one is asked only where all of them together make a difference: they seldom do.
    if !VALUES.iter().any(|value| inline(&all(&names, value)) != inline(&[])) {
        return Vec::new();
    }
    let changed = those(&names, inline, Some(true));
    those(&changed, |given| whole(function(given, FAR)), Some(false))
}

/// The parameters among some that change nothing on the first ways; together first, as above.
fn idle_near<'n>(names: &[&'n str], does: impl Fn(&[Given]) -> Done) -> Vec<&'n str> {
    if names.is_empty() {
        return Vec::new();
    }
    let base = does(&[]);
    if VALUES.iter().all(|value| does(&all(names, value)) == base) {
        return names.to_vec();
    }
    those(names, |given| Some(does(given)), Some(false))
}

/// All of some parameters with one value.
fn all(names: &[&str], value: &str) -> Vec<Given> {
    names.iter().map(|name| ((*name).to_owned(), value.to_owned())).collect()
}

/// The parameters with which something else is done, or not.
fn those<'n>(names: &[&'n str], does: impl Fn(&[Given]) -> Option<Done>, wanted: Option<bool>) -> Vec<&'n str> {
    changes(names, does).into_iter().filter(|(_, changes)| *changes == wanted).map(|(name, _)| name).collect()
}

fn whole((done, is_whole): (Done, bool)) -> Option<Done> {
    is_whole.then_some(done)
}

/// For each parameter whether something else is done with it than without any; `None` where that is not known.
fn changes<'n>(names: &[&'n str], does: impl Fn(&[Given]) -> Option<Done>) -> Vec<(&'n str, Option<bool>)> {
    let base = if names.is_empty() { None } else { does(&[]) };
    let with = |name: &str, value: &str| does(&[(name.to_owned(), value.to_owned())]);
    let changes = |name: &str| {
        let base = base.as_ref()?;
        let mut is_known = true;
        for value in VALUES {
            match with(name, value) {
                Some(done) if done != *base => return Some(true),
                Some(_) => {}
                None => is_known = false,
            }
        }
        is_known.then_some(false)
    };
    names.iter().map(|name| (*name, changes(name))).collect()
}

/// The inline path of an offload.
#[derive(Clone, Copy)]
pub struct InlinePath<'c> {
    contract: &'c Contract,
    offload: &'c Offload,
    module: ModuleId,
    method: &'static str,
}

impl<'c> InlinePath<'c> {
    /// That of an offload, whose route is a module; `None` where no such method is there.
    pub fn of(loaded: &Loaded, contract: &'c Contract, offload: &'c Offload, route: Option<ModuleId>) -> Option<Self> {
        let module = route?;
        Some(Self { contract, offload, module, method: method(loaded, offload, module)? })
    }

    /// For each parameter whether the path does something else with it; `None` where not every way was followed.
    pub fn changes<'n>(&self, asker: &Asker<'_>, basis: &Basis, names: &[&'n str]) -> Vec<(&'n str, Option<bool>)> {
        changes(names, |given| self.done(asker, basis, given))
    }

    /// What is done with parameters and the flag off; `None` where not every way was followed.
    pub(super) fn done(&self, asker: &Asker<'_>, basis: &Basis, given: &[Given]) -> Option<Done> {
        let Self { contract, offload, module, method } = *self;
        let flag = offload.flag.as_ref().and_then(|flag| contract.flags.get(&flag.value))?;
        let off = on_and_off(flag, &contract.truthy, basis).1?;
        let world = World { method, query: given.to_vec(), ..basis.world(offload, &off, Instant::parse(INSTANTS[0])?) };
        whole(done(asker, world, FAR, |machine| call_route(machine, module, method)))
    }

    /// The parameters that the contract lets through. Of code that was there before the contract nothing is claimed.
    pub(super) fn claimed(&self) -> Vec<&'c str> {
        let params = self.offload.params.as_ref().filter(|_| self.offload.status.value != Status::Existing);
        params.map(|params| params.sorted()).unwrap_or_default()
    }
}
