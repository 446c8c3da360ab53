//! Variables that the contract does not name and without which the code does not go on, as the address of a
//! database: every deployment has them. Where they were taken for unset, nothing behind them would be seen.
//!
//! A switch or a default is none of them: without it the code goes on.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::super::load::Loaded;
use super::super::machine::{Abrupt, Done, EffectKind, FunctionId, Limits, Path, Rest, World};
use super::super::names::variables::is_of_deployment;
use super::super::program::{ModuleId, Site, Text};
use super::ask::Asker;
use super::crew::crew;
use super::data::Data;
use super::probe::{Basis, INSTANTS};
use super::route::{call_route, method};
use super::run::{Answer, Run};
use super::table::{flag_variables, on_and_off};
use crate::contract::{Contract, Kind};
use crate::derive::Instant;

/// Far enough for what a route does first, and for the first things that its work calls.
const FIRST: Limits = Limits { paths: 1, fuel: 60_000 };

/// How many calls of something outside are waited for.
const OUTSIDE: usize = 12;

/// Most places of one route that insist on something.
const MOST_PLACES: usize = 6;

/// How many calls are asked together at first.
const TOGETHER: usize = 8;

/// Most variables that are looked at for one of them.
const MOST_READ: usize = 24;

/// Variables that are insisted on.
#[derive(Debug, Clone, Default)]
pub struct Required {
    /// By anything.
    pub always: Arc<[Text]>,
    /// By webhooks, and for them alone: without it they let nobody in.
    pub proofs: Arc<[Text]>,
}

/// The variables that the routes of a contract insist on.
pub fn required(loaded: &Loaded, contract: &Contract, basis: &Basis, writer: Option<FunctionId>) -> Required {
    let mut named: Vec<String> = contract.flags.keys().map(|name| name.to_string()).collect();
    named.extend(contract.flags.values().flat_map(flag_variables));
    let Some(first) = Instant::parse(INSTANTS[0]) else { return Required::default() };
    let mut asked: Vec<Asking<'_>> = Vec::new();
    for offload in contract.offloads.values() {
        let route = loaded.routes.iter().find(|(address, _)| *address == offload.route.value);
        let Some((_, module)) = route else { continue };
        let Some(method) = method(loaded, offload, *module) else { continue };
        let flag = offload.flag.as_ref().and_then(|flag| contract.flags.get(&flag.value));
        let (on, off) = flag.map_or((Some(Vec::new()), None), |flag| on_and_off(flag, &contract.truthy, basis));
        for env in on.iter().chain(&off) {
            let is_webhook = offload.kind.value == Kind::Webhook;
            let mut world = World { method, most_outside: Some(OUTSIDE), ..basis.world(offload, env, first) };
            if is_webhook {
                world.other_headers = Rest::Unknown;
            }
            asked.push(Asking { module: *module, world, named: &named, is_webhook });
        }
    }
    // What one route insists on is set for those behind it: they are asked together as long as none of them insists on
    // more.
    let (mut known, mut rest, mut count): (Vec<Wanted>, _, _) = (Vec::new(), asked.as_slice(), TOGETHER);
    while !rest.is_empty() {
        let together = &rest[..count.min(rest.len())];
        let found = crew(loaded, writer, together, |asker, asking| asking.find(asker, &known));
        let done = match found.into_iter().enumerate().find(|(_, more)| !more.is_empty()) {
            Some((index, more)) => {
                known.extend(more);
                count = TOGETHER;
                index + 1
            }
            None => {
                count *= 4;
                together.len()
            }
        };
        rest = &rest[done..];
    }
    known.sort();
    let names = |is_proof: bool| known.iter().filter(move |wanted| wanted.is_proof == is_proof);
    let names = |is_proof| names(is_proof).map(|wanted| wanted.name.clone()).collect();
    Required { always: names(false), proofs: names(true) }
}

/// A variable that is insisted on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    name: Text,
    /// Without it the caller is refused.
    is_proof: bool,
}

/// Where a run gave up.
struct GaveUp {
    at: Site,
    /// The caller was refused.
    is_refusal: bool,
    /// The variables that nobody names and that were read before.
    read: Vec<Text>,
    /// How many functions were entered.
    entered: usize,
}

/// A route that is asked what it insists on.
struct Asking<'a> {
    module: ModuleId,
    world: World,
    named: &'a [String],
    /// Its caller proves who it is in a way of its own: it may be refused because a secret is not set.
    is_webhook: bool,
}

impl Asking<'_> {
    /// What the route insists on beyond what is known.
    fn find(&self, asker: &Asker<'_>, known: &[Wanted]) -> Vec<Wanted> {
        let mut all = known.to_vec();
        for _ in 0..MOST_PLACES {
            let mut more = self.find_first(asker, &all);
            if more.is_empty() {
                break;
            }
            all.append(&mut more);
        }
        all.split_off(known.len())
    }

    /// What it insists on beyond that where it gives up first.
    fn find_first(&self, asker: &Asker<'_>, known: &[Wanted]) -> Vec<Wanted> {
        let known = known.iter().filter(|wanted| self.is_webhook || !wanted.is_proof);
        let known: Vec<Text> = known.map(|wanted| wanted.name.clone()).collect();
        let gave_up = self.run(asker, &known).and_then(|path| self.gave_up(&path, &known));
        let Some(GaveUp { at, is_refusal, mut read, entered: before }) = gave_up else { return Vec::new() };
        // A run that goes past the place comes as far, less what is called to give up. One that comes less far was
        // switched off.
        let read_first = read.clone();
        let goes_on = |path: &Path<'_>| match self.gave_up(path, &known) {
            // A helper that insists on what it is told gives up in one place for all: it went on to the next variable.
            Some(next) if next.at == at => next.read.last().is_some_and(|name| !read_first.contains(name)),
            _ => !self.gave_up_at(path, at),
        };
        let is_past = |path: &Path<'_>| goes_on(path) && entered(path) + 1 >= before;
        let is_passed = |with: &[Text]| {
            let set: Vec<Text> = known.iter().chain(with).cloned().collect();
            self.run(asker, &set).is_some_and(|path| is_past(&path))
        };
        // One alone, the last that was read first; only then all of them: one that has to be a number is none when all
        // that is known of it is that it is set.
        let wanted = |name: Text| Wanted { name, is_proof: is_refusal };
        if let Some(only) = read.iter().rev().find(|name| is_passed(std::slice::from_ref(name))) {
            return vec![wanted(only.clone())];
        }
        if !is_passed(&read) {
            return Vec::new();
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
        read.into_iter().map(wanted).collect()
    }

    fn run<'a>(&self, asker: &Asker<'a>, set: &[Text]) -> Option<Path<'a>> {
        let world = World { required: set.into(), ..self.world.clone() };
        let explored =
            asker.explorer.explore(world, FIRST, |machine| call_route(machine, self.module, self.world.method));
        explored.paths.into_iter().next()
    }

    /// Where a run gave up, when it did.
    fn gave_up(&self, path: &Path<'_>, known: &[Text]) -> Option<GaveUp> {
        if !self.has_failed(path) {
            return None;
        }
        let done = path.done();
        let throw = done.iter().rposition(|effect| matches!(effect.kind, EffectKind::Throw { .. }));
        let (at, before) = match throw {
            // What is thrown because of something that nobody knows is no matter of variables.
            Some(throw) if matches!(done[throw].kind, EffectKind::Throw { by_choice: true, .. }) => return None,
            Some(throw) => (done[throw].at, throw),
            None => (self.refused_at(path)?, done.len()),
        };
        let mut all: Vec<Text> = Vec::new();
        for effect in &done[..before] {
            let EffectKind::Env(name) = effect.kind else { continue };
            let is_named = self.world.env.contains_key(name)
                || is_of_deployment(name)
                || self.named.iter().any(|named| **named == **name);
            if !is_named && !known.contains(name) && !all.contains(name) {
                all.push(name.clone());
            }
        }
        let read = all.split_off(all.len().saturating_sub(MOST_READ));
        let is_refusal = self.is_webhook && matches!(status(path), Some(401 | 403));
        (!read.is_empty()).then(|| GaveUp { at, is_refusal, read, entered: entered(path) })
    }

    /// Where the answer is made by which a webhook refuses its caller.
    fn refused_at(&self, path: &Path<'_>) -> Option<Site> {
        match path.result.as_ref().ok().map(Run::answer_of) {
            Some(Answer::Response(.., at)) if self.is_webhook => Some(at),
            _ => None,
        }
    }

    /// Whether a run gave up at a place.
    fn gave_up_at(&self, path: &Path<'_>, place: Site) -> bool {
        let throws = |effect: &Done<'_, '_>| matches!(effect.kind, EffectKind::Throw { .. }) && effect.at == place;
        path.done().iter().any(throws) || self.has_failed(path) && self.refused_at(path) == Some(place)
    }

    /// Whether a run ended as one does that cannot go on.
    fn has_failed(&self, path: &Path<'_>) -> bool {
        match &path.result {
            Err(Abrupt::Throw(_)) => true,
            Err(Abrupt::Halt) => false,
            Ok(_) => match status(path) {
                Some(401 | 403) => self.is_webhook,
                status => status.is_some_and(|status| status >= 500),
            },
        }
    }
}

/// The status of a run's answer.
fn status(path: &Path<'_>) -> Option<u16> {
    match path.result.as_ref().ok().map(Run::answer_of) {
        Some(Answer::Response(Data::Number(status), ..)) => Some(status as u16),
        _ => None,
    }
}

/// How many functions a run enters.
fn entered(path: &Path<'_>) -> usize {
    let ids = path.done().into_iter().filter_map(|effect| match effect.kind {
        EffectKind::Enter(id, ..) => Some(*id),
        _ => None,
    });
    ids.collect::<FxHashSet<FunctionId>>().len()
}
