//! What a machine puts aside while it follows a call by itself, and takes back afterwards.

use rustc_hash::FxHashMap;

use super::super::builtin::timer::Timer;
use super::super::compared::Compared;
use super::super::explore::Decisions;
use super::super::{Attempt, Definition, Effect, Machine, Taint, Value};
use super::{FUEL, Given};
use crate::conform::machine::module::Loading;
use crate::conform::program::{ModuleId, Site, Symbol};

/// What a machine puts aside while it follows a call.
pub(super) struct Aside<'p> {
    decisions: Decisions,
    truths: FxHashMap<u64, bool>,
    compared: FxHashMap<(&'static str, Compared, Compared), Value<'p>>,
    tops: FxHashMap<(ModuleId, Symbol), Option<Value<'p>>>,
    loading: Loading<'p>,
    effects: Vec<Effect<'p>>,
    definitions: Vec<Definition<'p>>,
    has_sent_enough: bool,
    tries: Vec<Attempt>,
    timers: Vec<Timer<'p>>,
    path_taint: Taint,
    unsure: Option<Site>,
    steps: u32,
    depth: u32,
    outermost: u32,
    outside: usize,
    uuids: u32,
    fuel: u32,
    told: u32,
    joined: usize,
}

impl<'p> Machine<'p> {
    pub(super) fn put_aside(&mut self) -> Aside<'p> {
        Aside {
            decisions: std::mem::take(&mut self.decisions),
            truths: std::mem::take(&mut self.truths),
            compared: std::mem::take(&mut self.compared),
            tops: std::mem::take(&mut self.tops),
            loading: std::mem::take(&mut self.loading),
            effects: std::mem::take(&mut self.effects),
            definitions: std::mem::take(&mut self.definitions),
            has_sent_enough: std::mem::take(&mut self.has_sent_enough),
            tries: std::mem::take(&mut self.tries),
            timers: std::mem::take(&mut self.timers),
            path_taint: std::mem::take(&mut self.path_taint),
            unsure: std::mem::take(&mut self.unsure),
            steps: std::mem::take(&mut self.steps),
            depth: std::mem::take(&mut self.depth),
            outermost: std::mem::take(&mut self.outermost),
            outside: self.outside,
            uuids: self.uuids,
            fuel: self.fuel,
            told: self.told,
            joined: self.joined,
        }
    }

    pub(super) fn take_back(&mut self, aside: Aside<'p>) {
        self.decisions = aside.decisions;
        self.truths = aside.truths;
        self.compared = aside.compared;
        self.tops = aside.tops;
        self.loading = aside.loading;
        self.effects = aside.effects;
        self.definitions = aside.definitions;
        self.has_sent_enough = aside.has_sent_enough;
        self.tries = aside.tries;
        self.timers = aside.timers;
        self.path_taint = aside.path_taint;
        self.unsure = aside.unsure;
        self.steps = aside.steps;
        self.depth = aside.depth;
        self.outermost = aside.outermost;
        self.outside = aside.outside;
        self.uuids = aside.uuids;
        self.fuel = aside.fuel;
        self.told = aside.told;
        self.joined = aside.joined;
    }

    /// Knows nothing but what the call is given.
    pub(super) fn start_over(&mut self, given: &Given<'p>, decisions: Decisions) {
        self.decisions = decisions;
        self.truths = given.truths.iter().copied().collect();
        self.compared.clear();
        self.tops.clear();
        self.loading = Loading::default();
        self.effects.clear();
        self.definitions.clear();
        self.has_sent_enough = false;
        self.tries.clear();
        self.timers.clear();
        (self.path_taint, self.unsure) = (Taint::default(), None);
        (self.steps, self.depth, self.outermost, self.outside, self.uuids, self.joined) = (0, 0, 0, 0, 0, 0);
        (self.fuel, self.told) = (FUEL, 0);
        if let Some(open) = self.open.last_mut() {
            open.raises = None;
        }
    }
}
