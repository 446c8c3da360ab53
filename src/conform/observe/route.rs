//! Routes as they are called: in a world, every way through a handler.

use super::super::load::Loaded;
use super::super::machine::{Abrupt, Limits, Machine, Outcome, Path, Value, World};
use super::super::program::{ModuleId, Site};
use super::ask::Asker;
use super::probe::Basis;
use super::run::Run;
use super::runs::Runs;
use crate::contract::{Kind, Offload};

/// A few paths: the way to the dispatch is known.
pub(super) const NEAR: Limits = Limits { paths: 8, fuel: 60_000 };

/// Every branch.
pub(super) const FAR: Limits = Limits { paths: 16, fuel: 60_000 };

/// Every branch of the work, inline and in functions: it is where the most is written and where the least is called.
pub(super) const WORK: Limits = Limits { paths: 64, fuel: 400_000 };

/// Every branch of a route that sorts what comes in by its kind.
pub(super) const QUEUEING: Limits = Limits { paths: 32, fuel: 60_000 };

/// Methods in the order in which they are tried.
pub(super) const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Calls a route's handler.
pub(super) fn call_route<'p>(machine: &mut Machine<'p>, module: ModuleId, method: &str) -> Outcome<'p> {
    let at = Site { module, ..Site::default() };
    let handler = machine.export(module, method)?;
    let request = machine.request(at);
    let context = machine.record(Vec::new(), at);
    if let Value::Object(object) = &context {
        object.open();
    }
    let answer = machine.call(&handler, Value::Undefined, vec![request, context], at)?;
    machine.settled(answer, at)
}

/// Calls a handler of a route.
#[derive(Clone, Copy)]
pub(super) struct Prober<'a, 's> {
    pub(super) asker: &'s Asker<'a>,
    pub(super) module: ModuleId,
    pub(super) method: &'static str,
}

impl<'a> Prober<'a, '_> {
    /// Every way that was found.
    pub(super) fn run(&self, world: World, limits: Limits) -> Runs {
        self.follow(world, limits, Run::of)
    }

    /// Every way; of one that the code may not go in this world nothing but that it is there, unless it sends.
    pub(super) fn send(&self, world: World, limits: Limits) -> Runs {
        self.follow(world, limits, Run::of).each(Self::sent)
    }

    /// Every way of a call of a process that was called before, at the world's instant; as `send`.
    pub(super) fn send_again(&self, world: World, at: f64, limits: Limits) -> Runs {
        let (module, method) = (self.module, self.method);
        let limits = Limits { fuel: 2 * limits.fuel, ..limits };
        let explored = self.asker.explorer.explore(world, limits, |machine| {
            if let Err(Abrupt::Halt) = call_route(machine, module, method) {
                return Err(Abrupt::Halt);
            }
            machine.begin_again(at, Site { module, ..Site::default() });
            call_route(machine, module, method)
        });
        Runs::of(explored, Run::of).each(Self::sent)
    }

    /// A way; of one that the code may not go in its world nothing but that it is there, unless it sends, and how it
    /// ends unless that is not sure once it has sent.
    fn sent(run: Run) -> Run {
        if run.sent.is_empty() { run.unless_unsure() } else { run.unless_doubted() }
    }

    /// Every way; of one that the code may not go in this world nothing but that it is there.
    pub(super) fn surely(&self, world: World, limits: Limits) -> Runs {
        self.follow(world, limits, Run::of).each(Run::unless_unsure)
    }

    /// What came out of every way that the code surely may go, less how.
    pub(super) fn ask(&self, world: World, limits: Limits) -> Runs {
        self.follow(world, limits, Run::without_calls).each(Run::unless_unsure)
    }

    /// Every way of a caller who is let in, as `surely`.
    pub(super) fn let_in(&self, world: World, limits: Limits) -> Runs {
        self.follow(world, limits, Run::of).map(Run::past_doors)
    }

    /// What came out of every way of a caller who is let in, as `ask`.
    pub(super) fn ask_let_in(&self, world: World, limits: Limits) -> Runs {
        self.follow(world, limits, Run::without_calls).map(Run::past_doors)
    }

    fn follow(&self, world: World, limits: Limits, run: impl Fn(Path<'_>) -> Run) -> Runs {
        let method = self.method;
        let explored = self.asker.explorer.explore(world, limits, |machine| call_route(machine, self.module, method));
        Runs::of(explored, run)
    }
}

/// Calls every handler of a route of which nothing is known.
pub fn observe_route(asker: &Asker<'_>, basis: &Basis, module: ModuleId) -> Vec<Run> {
    let world = basis.unknown_world();
    let exports = &asker.loaded.app.module(module).exports;
    let mut runs = Vec::new();
    for method in METHODS.into_iter().filter(|method| exports.contains_key(*method)) {
        let prober = Prober { asker, module, method };
        runs.extend_from_slice(&prober.run(world.clone(), FAR));
    }
    runs
}

/// The methods of the contract that a route exports.
pub(super) fn methods(loaded: &Loaded, offload: &Offload, module: ModuleId) -> Vec<&'static str> {
    let exports = &loaded.app.module(module).exports;
    let claimed = offload.methods.iter().map(|method| method.as_str()).filter(|method| exports.contains_key(*method));
    claimed.filter_map(|method| METHODS.iter().copied().find(|known| *known == method)).collect()
}

/// The method by which the route of an offload is called: the first of the contract that it exports, else any.
pub(super) fn method(loaded: &Loaded, offload: &Offload, module: ModuleId) -> Option<&'static str> {
    let exports = &loaded.app.module(module).exports;
    // What a webhook is told comes by another method than GET, which answers whether the route is there.
    let first = Some("POST").filter(|_| offload.kind.value == Kind::Webhook);
    let any = first.into_iter().chain(METHODS).find(|method| exports.contains_key(*method));
    methods(loaded, offload, module).first().copied().or(any)
}
