//! Parameters that change nothing of what is done.

use std::hash::{BuildHasher, Hash};
use std::rc::Rc;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::super::application::Application;
use super::super::load::Loaded;
use super::super::machine::{EffectKind, FunctionId, Limits, Machine, Outcome, Shared, World, explore_near};
use super::super::program::{ModuleId, Site};
use super::data::Data;
use super::probe::{Basis, INSTANTS};
use super::route::call_route;
use super::table::on_and_off;
use crate::contract::{Contract, Offload};
use crate::derive::Instant;

/// Every branch of work that is not too much to be followed once more for every parameter.
const FAR: Limits = Limits { paths: 40, fuel: 100_000 };

/// The first ways: most parameters change something on them.
const NEAR: Limits = Limits { paths: 3, fuel: 40_000 };

/// What a parameter is tried with: a number, a name, a yes.
const VALUES: [&str; 3] = ["7", "true", "1"];

/// What is called outside of the application, where, and with what.
type Done = FxHashSet<(Site, u64)>;

/// All that is done on the ways that were followed, and whether those are all.
pub(super) fn done<'p>(
    app: &'p Application,
    world: World,
    shared: &Rc<Shared<'p>>,
    writer: Option<FunctionId>,
    limits: Limits,
    run: &dyn Fn(&mut Machine<'p>) -> Outcome<'p>,
) -> (Done, bool) {
    let (paths, unfollowed) = explore_near(app, world, shared, writer, limits, run);
    let is_whole = unfollowed.is_none() && !paths.iter().any(|path| path.is_cut() || path.unsure.is_some());
    let mut all = Done::default();
    for effect in paths.iter().flat_map(|path| &path.effects) {
        let EffectKind::Outside(name, values, _) = &effect.kind else { continue };
        if super::breaks(name) {
            let mut hasher = FxBuildHasher.build_hasher();
            values.iter().for_each(|value| format!("{:?}", Data::of(value)).hash(&mut hasher));
            all.insert((effect.at, std::hash::Hasher::finish(&hasher)));
        }
    }
    (all, is_whole)
}

/// The parameters among some that change nothing, whatever they are tried with. Where `at` is given, only what is done
/// at these places counts.
pub(super) fn idle<'n>(
    names: impl Iterator<Item = &'n str>,
    at: Option<&FxHashSet<Site>>,
    does: impl Fn(&[(String, String)], Limits) -> (Done, bool),
) -> Vec<&'n str> {
    let does = |given: &[(String, String)], limits: Limits| {
        let (mut done, is_whole) = does(given, limits);
        if let Some(at) = at {
            done.retain(|(site, _)| at.contains(site));
        }
        (done, is_whole)
    };
    let with = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return names;
    }
    let near = does(&[], NEAR).0;
    let is_near = |name: &&&str| VALUES.iter().all(|value| does(&with(name, value), NEAR).0 == near);
    let unmoved: Vec<&str> = names.iter().filter(is_near).copied().collect();
    if unmoved.is_empty() {
        return unmoved;
    }
    let base = does(&[], FAR);
    let is_idle = |name: &&str| base.1 && VALUES.iter().all(|value| does(&with(name, value), FAR) == base);
    unmoved.into_iter().filter(is_idle).collect()
}

/// The inline path of an offload.
pub struct InlinePath<'c> {
    /// The contract.
    pub contract: &'c Contract,
    /// The offload.
    pub offload: &'c Offload,
    /// The module of its route.
    pub module: ModuleId,
    /// The method that is called.
    pub method: &'static str,
}

/// The parameters among some that change what an inline path does, at some places or anywhere; `None` where not every
/// way of it was followed.
pub fn weighed_inline<'n>(
    loaded: &Loaded,
    basis: &Basis,
    writer: Option<FunctionId>,
    path: &InlinePath<'_>,
    names: &[&'n str],
    at: Option<&FxHashSet<Site>>,
) -> Option<Vec<&'n str>> {
    let InlinePath { contract, offload, module, method } = *path;
    let flag = offload.flag.as_ref().and_then(|flag| contract.flags.get(&flag.value));
    let off = flag.and_then(|flag| on_and_off(flag, &contract.truthy, basis).1);
    let (off, first) = (off?, Instant::parse(INSTANTS[0])?);
    let shared = Rc::default();
    let does = |query: &[(String, String)], limits: Limits| {
        let world = World { method, query: query.to_vec(), ..basis.world(offload, &off, first) };
        done(&loaded.app, world, &shared, writer, limits, &|machine| call_route(machine, module, method))
    };
    if !does(&[], FAR).1 {
        return None;
    }
    let idle = idle(names.iter().copied(), at, does);
    Some(names.iter().copied().filter(|name| !idle.contains(name)).collect())
}
