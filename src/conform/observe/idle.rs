//! Parameters that change nothing of what is done.

use std::hash::Hasher;
use std::rc::Rc;

use rustc_hash::{FxHashSet, FxHasher};

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

/// All that is done on the ways that were followed, and whether those are all and go to their ends.
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
            let mut hasher = FxHasher::default();
            values.iter().for_each(|value| Data::of(value).hash_to(&mut hasher));
            all.insert((effect.at, hasher.finish()));
        }
    }
    (all, is_whole)
}

/// The parameters among some that surely change nothing, whatever they are tried with.
pub(super) fn idle<'n>(names: &[&'n str], does: impl Fn(&[(String, String)], Limits) -> (Done, bool)) -> Vec<&'n str> {
    let near = changes(names, |given| Some(does(given, NEAR).0));
    let near: Vec<&str> =
        near.into_iter().filter(|(_, changes)| *changes == Some(false)).map(|(name, _)| name).collect();
    let far = changes(&near, |given| whole(does(given, FAR)));
    far.into_iter().filter(|(_, changes)| *changes == Some(false)).map(|(name, _)| name).collect()
}

fn whole((done, is_whole): (Done, bool)) -> Option<Done> {
    is_whole.then_some(done)
}

/// For each parameter whether something else is done with it than without any; `None` where that is not known.
fn changes<'n>(names: &[&'n str], does: impl Fn(&[(String, String)]) -> Option<Done>) -> Vec<(&'n str, Option<bool>)> {
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

/// For each parameter whether an inline path does something else with it, at some places or anywhere; `None` where
/// not every way was followed.
pub fn changes_inline<'n>(
    loaded: &Loaded,
    basis: &Basis,
    writer: Option<FunctionId>,
    path: &InlinePath<'_>,
    names: &[&'n str],
    at: Option<&FxHashSet<Site>>,
) -> Vec<(&'n str, Option<bool>)> {
    let InlinePath { contract, offload, module, method } = *path;
    let flag = offload.flag.as_ref().and_then(|flag| contract.flags.get(&flag.value));
    let off = flag.and_then(|flag| on_and_off(flag, &contract.truthy, basis).1);
    let shared = Rc::default();
    changes(names, |query| {
        let (off, first) = (off.as_ref()?, Instant::parse(INSTANTS[0])?);
        let world = World { method, query: query.to_vec(), ..basis.world(offload, off, first) };
        let done = done(&loaded.app, world, &shared, writer, FAR, &|machine| call_route(machine, module, method));
        let mut done = whole(done)?;
        done.retain(|(site, _)| at.is_none_or(|at| at.contains(site)));
        Some(done)
    })
}
