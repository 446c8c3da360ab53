//! What the route of an offload does, in every world that the contract speaks of.

use std::sync::Arc;

use super::super::machine::{Limits, Rest, SendOutcome, World};
use super::super::program::{ModuleId, Text};
use super::ask::{Asker, is_one_export};
use super::auth::{Door, Sending, auth_probes};
use super::dispatch::dispatched;
use super::offload_facts::OffloadFacts;
use super::probe::{About, AuthCase, AuthProbe, Basis, Call, Env, INSTANTS, StateProbe};
use super::route::{FAR, METHODS, NEAR, Prober, QUEUEING, WORK, method, methods};
use super::run::Run;
use super::runs::Runs;
use super::table::{on_and_off, on_unset, states};
use crate::contract::{Contract, Flag, Kind, Offload};
use crate::derive::{Instant, is_enabled};

/// Calls the route of an offload in every world that matters.
pub fn observe(
    asker: &Asker<'_>,
    contract: &Contract,
    basis: &Basis,
    offload: &Offload,
    route: Option<ModuleId>,
) -> OffloadFacts {
    let mut facts = OffloadFacts::unseen(offload, route);
    let instants: Vec<Instant> = INSTANTS.iter().filter_map(|text| Instant::parse(text)).collect();
    let (Some(module), Some(&first)) = (route, instants.first()) else { return facts };
    let Some(method) = method(asker.loaded, offload, module) else { return facts };
    facts.method = method;
    let flag = offload.flag.as_ref().and_then(|flag| contract.flags.get(&flag.value));
    let (on, off) = match flag {
        Some(flag) => on_and_off(flag, &contract.truthy, basis),
        None => (Some(Vec::new()), None),
    };
    let is_webhook = offload.kind.value == Kind::Webhook;
    let mut asking = Asking {
        contract,
        basis,
        offload,
        flag,
        prober: Prober { asker, module, method: facts.method },
        is_webhook,
        other_env: Rest::Absent,
        limits: if is_webhook { FAR } else { NEAR },
        first,
        most_outside: None,
    };
    if let Some(on) = &on {
        let mut runs = asking.prober.send(asking.world(on, first), NEAR);
        if is_webhook && !runs.iter().any(|run| run.status().is_some_and(|status| status < 400)) {
            // What lets its caller through was not found.
            asking.other_env = Rest::Unknown;
            runs = asking.prober.send(asking.world(on, first), NEAR);
        }
        if runs.iter().all(|run| matches!(run.status(), Some(401 | 403))) {
            facts.is_refused = true;
            facts.auth = asking.auth(on, None);
            return facts;
        }
        if offload.dispatch().is_some() {
            asking.dispatch(on, &instants, Some(runs).filter(|_| !is_webhook), &mut facts);
            facts.auth = asking.auth(on, off.as_ref());
        }
    }
    // Where the work is called, nothing is dispatched any more: such a call has shown what it can.
    let sending = facts.dispatch.iter().flat_map(|call| &call.runs).filter(|run| !run.sent.is_empty());
    asking.most_outside = sending.map(|run| run.called).max().filter(|_| !is_webhook);
    facts.states = asking.states(off.as_ref());
    for method in asking.others(&facts) {
        asking.by(method, on.as_ref(), off.as_ref(), &mut facts);
    }
    if let Some(on) = &on {
        facts.env = asking.variables(on, facts.dispatch.first().map(|call| &*call.runs), &facts.dispatch);
        facts.varied = facts.dispatch.first().map(|call| asking.answers(on, &call.runs)).unwrap_or_default();
        if let Some(off) = &off {
            let base = facts.states.iter().find(|probe| is_same(&probe.env, off));
            facts.switched = asking.variables(off, base.map(|probe| &**probe.runs), &[]);
        }
        if let Some(unset) = facts.states.iter().find(|probe| probe.about == About::Unset)
            && off.as_ref().is_none_or(|off| !is_same(off, &unset.env))
        {
            facts.unset = asking.rare_variables(&unset.env, &unset.runs);
        }
        let sends = |call: &Call| call.runs.iter().any(|run| !run.sent.is_empty());
        // Where something is missing, what is missing may be asked of another variable.
        if !facts.misconfigured.iter().any(sends) {
            let probes = facts.misconfigured.iter().flat_map(|call| asking.rare_variables(&call.env, &call.runs));
            facts.unconfigured = probes.filter(|probe| sends(&probe.call)).collect();
        }
    }
    if let Some(off) = &off {
        let mut world = asking.world(off, first);
        world.other_env = Rest::Unknown;
        world.other_query = Rest::Unknown;
        facts.inline = asking.prober.run(world, WORK);
    }
    let (breaks, writes) = (Some(super::ALL), Some(super::WRITES));
    match (offload.dispatch(), &on, &off) {
        (Some(_), _, Some(off)) => {
            facts.broken = asking.prober.run(World { breaks, ..asking.world(off, first) }, NEAR);
            let unwritten = asking.prober.run(World { breaks: writes, ..asking.world(off, first) }, FAR);
            facts.unwritten = super::that_failed(unwritten);
        }
        (None, Some(on), _) => {
            // What is read before the queue is written to answers.
            facts.unqueued = asking.prober.let_in(World { breaks: writes, ..asking.world(on, first) }, QUEUEING);
        }
        _ => {}
    }
    facts
}

/// An offload whose route is asked.
pub(super) struct Asking<'c, 'p, 's> {
    pub(super) contract: &'c Contract,
    pub(super) basis: &'c Basis,
    pub(super) offload: &'c Offload,
    pub(super) flag: Option<&'c Flag>,
    pub(super) prober: Prober<'p, 's>,
    is_webhook: bool,
    /// What variables are that nobody names and nothing insists on.
    other_env: Rest,
    pub(super) limits: Limits,
    /// The instant at which what is asked of no instant in particular is asked.
    pub(super) first: Instant,
    /// How many calls of something outside come before a dispatch, once that was seen.
    most_outside: Option<usize>,
}

impl Asking<'_, '_, '_> {
    pub(super) fn world(&self, env: &Env, at: Instant) -> World {
        let mut world = self.basis.world(self.offload, env, at);
        world.method = self.prober.method;
        if self.is_webhook {
            // Its caller proves who it is in a way of its own.
            world.other_headers = Rest::Unknown;
            world.other_env = self.other_env;
            world.required = world.required.iter().chain(&*self.basis.required.proofs).cloned().collect();
        }
        world
    }

    /// What a call shows that is ended when it has shown whether it dispatches, or by what is sent.
    pub(super) fn shown(&self, world: World, enough_sent: Option<Arc<[Text]>>) -> Runs {
        let world = World { most_outside: self.most_outside, enough_sent, ..world };
        // What a queue does shows in what is entered, a dispatch in what it sends and answers.
        if self.is_queue() { self.prober.let_in(world, QUEUEING) } else { self.prober.ask_let_in(world, self.limits) }
    }

    pub(super) fn is_queue(&self) -> bool {
        self.offload.dispatch().is_none()
    }

    /// The other methods of the contract, but for those that have the same handler, unless that asks which it is.
    fn others(&self, facts: &OffloadFacts) -> Vec<&'static str> {
        let Prober { asker, module, method: own } = self.prober;
        let states = facts.states.iter().flat_map(|probe| probe.runs.iter());
        let mut runs = facts.dispatch.iter().flat_map(|call| &call.runs).chain(states);
        let asks = runs.any(|run| run.reads_method);
        let is_same = |method: &str| method == own || !asks && is_one_export(asker, module, own, method);
        methods(asker.loaded, self.offload, module).into_iter().filter(|method| !is_same(method)).collect()
    }

    /// The same by another method: with the flag on, with and without parameters, and with the flag off.
    fn by(&self, method: &'static str, on: Option<&Env>, off: Option<&Env>, facts: &mut OffloadFacts) {
        let asking = Asking { prober: Prober { method, ..self.prober }, most_outside: None, ..*self };
        let call = |on: &Env, query: Vec<(String, String)>| {
            let world = World { query: query.clone(), ..asking.world(on, self.first) };
            let runs = asking.prober.send(world, self.limits);
            Call { by: Some(method), at: self.first, before: None, query, env: on.clone(), runs }
        };
        if let (Some(on), Some(_)) = (on, self.offload.dispatch()) {
            facts.dispatch.push(call(on, Vec::new()));
            facts.with_query.extend(queries(self.offload).into_iter().take(2).map(|query| call(on, query)));
        }
        // What is sent with the flag on was just seen.
        let on = on.filter(|_| self.is_queue()).map(|on| (on, true));
        for (env, expected) in on.into_iter().chain(off.map(|off| (off, false))) {
            let enough_sent = self.offload.dispatch().map(|_| self.basis.events.clone());
            let runs = asking.shown(asking.world(env, self.first), enough_sent).into();
            facts.states.push(StateProbe { env: env.clone(), expected, about: About::Method(method), runs });
        }
    }

    /// Callers with and without the secret.
    fn auth(&self, on: &Env, off: Option<&Env>) -> Vec<AuthProbe> {
        let Some(auth) = self.contract.dispatch.auth.as_ref().filter(|_| self.offload.kind.value == Kind::Cron) else {
            return Vec::new();
        };
        let exports = &self.prober.asker.loaded.app.module(self.prober.module).exports;
        // Where the contract claims none, the one that was found.
        let claimed = methods(self.prober.asker.loaded, self.offload, self.prober.module);
        let methods = if claimed.is_empty() { vec![self.prober.method] } else { claimed };
        let world_of = |env: &Env, method: &'static str, sent: Sending| {
            let mut world = self.world(env, self.first);
            world.method = method;
            sent.into_world(&mut world, &auth.secret.value);
            world
        };
        let world = |method: &'static str, sent: Sending| world_of(on, method, sent);
        let probes = methods.iter().flat_map(|&method| {
            let prober = Prober { method, ..self.prober };
            let ask = |sent: Sending| {
                // A caller for whom an event is sent got through.
                let enough_sent = Some(self.basis.events.clone());
                prober.ask(World { enough_sent, ..world(method, sent) }, NEAR)
            };
            let is_through = |run: &Run| dispatched(std::slice::from_ref(run), self.contract);
            auth_probes(&Door { method, ask: &ask, is_through: &is_through })
        });
        let others = METHODS.into_iter().filter(|method| exports.contains_key(*method) && !methods.contains(method));
        let others = others.map(|method| {
            let runs = Prober { method, ..self.prober }.surely(world(method, Sending::nothing()), FAR);
            AuthProbe { method, label: "no secret".into(), case: AuthCase::OtherMethod, variable: None, runs }
        });
        // Who may call does not depend on where the work is done.
        let inline = off.into_iter().flat_map(|off| methods.iter().map(move |method| (off, *method)));
        let inline = inline.map(|(off, method)| {
            let runs = Prober { method, ..self.prober }.surely(world_of(off, method, Sending::nothing()), FAR);
            AuthProbe { method, label: "no secret".into(), case: AuthCase::Inline, variable: None, runs }
        });
        probes.chain(others).chain(inline).collect()
    }

    /// Calls with the flag on: at every instant, with parameters, half configured, with a send that fails. `seen`
    /// is what the first of them showed, if that is known.
    fn dispatch(&self, on: &Env, instants: &[Instant], mut seen: Option<Runs>, facts: &mut OffloadFacts) {
        let call = |at: Instant, query: Vec<(String, String)>, env: &Env, send: SendOutcome| {
            let mut world = self.world(env, at);
            world.query = query.clone();
            world.send = send;
            Call { by: None, at, before: None, query, env: env.clone(), runs: self.prober.send(world, self.limits) }
        };
        let first = self.first;
        let again = |at: Instant| {
            let runs = self.prober.send_again(self.world(on, first), at.millis() as f64, self.limits);
            Call { by: None, at, before: Some(first), query: Vec::new(), env: on.clone(), runs }
        };
        let dispatched = |(index, at): (usize, &Instant)| match seen.take_if(|_| *at == first) {
            Some(runs) => Call { by: None, at: first, before: None, query: Vec::new(), env: on.clone(), runs },
            None if index + 1 == instants.len() => again(*at),
            None => call(*at, Vec::new(), on, SendOutcome::Taken),
        };
        facts.dispatch = instants.iter().enumerate().map(dispatched).collect();
        facts.with_query =
            queries(self.offload).into_iter().map(|query| call(first, query, on, SendOutcome::Taken)).collect();
        // A list that lets one parameter through lets others through as well: whether they are sent is seen with them.
        let runs = || facts.with_query.iter().flat_map(|call| &call.runs);
        let mut named: Vec<&Text> = runs().flat_map(|run| &run.named).collect();
        named.sort_unstable();
        named.dedup();
        named.retain(|name| !queries(self.offload).iter().flatten().any(|(known, _)| **known == ***name));
        let more = named.into_iter().take(MOST_NAMED).map(|name| vec![(name.to_string(), "7".to_owned())]);
        let more: Vec<Call> = more.map(|query| call(first, query, on, SendOutcome::Taken)).collect();
        facts.with_query.extend(more);
        facts.failed = Some(call(first, Vec::new(), on, SendOutcome::Throws));
        let any_headers = World { other_headers: Rest::Unknown, ..self.world(on, first) };
        facts.headed = self.prober.send(any_headers, self.limits);
        let any_variables = World { other_env: Rest::Unknown, send: SendOutcome::Throws, ..self.world(on, first) };
        facts.unnamed = self.prober.send(any_variables, self.limits);
        let with = |on: &Env, change: &Env| {
            let env = changed(on, change);
            // A flag may look at the same variables: only where it stays on this is the contract's case.
            self.is_on(&env).then(|| {
                let runs = self.prober.let_in(self.world(&env, first), self.limits);
                Call { by: None, at: first, before: None, query: Vec::new(), env, runs }
            })
        };
        let by_default = self.flag.and_then(|flag| on_unset(flag, &self.contract.truthy, self.basis));
        let on_in = std::iter::once(on).chain(&by_default);
        let misconfigured = on_in.flat_map(|on| self.basis.misconfigured.iter().filter_map(|change| with(on, change)));
        facts.misconfigured = misconfigured.collect();
        facts.configured = self.basis.configured.iter().filter_map(|change| with(on, change)).collect();
    }

    /// Whether the contract says that the flag is on in an environment.
    fn is_on(&self, env: &Env) -> bool {
        self.flag.is_none_or(|flag| {
            is_enabled(flag, &self.contract.truthy, &|name| {
                let own = env.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
                own.unwrap_or_else(|| self.basis.value(name))
            })
        })
    }

    /// Every state of the flag, and every spelling.
    fn states(&self, off: Option<&Env>) -> Vec<StateProbe> {
        let mut probes: Vec<StateProbe> = Vec::new();
        let Some(flag) = self.flag else { return probes };
        for (env, expected, about) in states(flag, &self.contract.truthy, self.basis) {
            let same = probes.iter().find(|probe| is_same(&probe.env, &env));
            let runs = same.map(|probe| probe.runs.clone()).unwrap_or_else(|| {
                // An event that is sent shows that the flag is on.
                let enough_sent = self.offload.dispatch().map(|_| self.basis.events.clone());
                self.shown(self.world(&env, self.first), enough_sent).into()
            });
            probes.push(StateProbe { env, expected, about, runs });
        }
        if let (Some(off), Some(_)) = (off, self.offload.dispatch()) {
            // What Inngest lacks, and how it is configured, is no matter while it is not used.
            let is_blank = |env: &&Env| !env.iter().any(|(_, value)| value.is_some());
            let without = self.basis.misconfigured.iter().filter(is_blank).map(|change| (change, About::Unconfigured));
            let otherwise = self.basis.configured.iter().map(|change| (change, About::Configured));
            for (change, about) in without.chain(otherwise) {
                let env = changed(off, change);
                if !self.is_on(&env) && !probes.iter().any(|probe| is_same(&probe.env, &env)) {
                    let runs = self.shown(self.world(&env, self.first), Some(self.basis.events.clone())).into();
                    probes.push(StateProbe { env, expected: false, about, runs });
                }
            }
        }
        probes
    }
}

/// Most names of parameters that are tried because the code asked for them.
const MOST_NAMED: usize = 8;

/// Whether two environments say the same of the same variables.
fn is_same(one: &Env, other: &Env) -> bool {
    one.len() == other.len() && one.iter().all(|variable| other.contains(variable))
}

/// An environment in which some variables are changed.
fn changed(env: &Env, change: &Env) -> Env {
    let kept = env.iter().filter(|(name, _)| !change.iter().any(|(changed, _)| changed == name));
    kept.chain(change).cloned().collect()
}

/// Query parameters that a route is called with.
fn queries(offload: &Offload) -> Vec<Vec<(String, String)>> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut all = vec![vec![pair("zz-not-allowed", "1")]];
    if let Some(params) = &offload.params {
        let names = params.sorted();
        let mut reversed: Vec<(String, String)> = names.iter().map(|name| pair(name, &format!("v-{name}"))).collect();
        reversed.reverse();
        all.push(reversed);
        all.push(names.iter().map(|name| pair(name, "true")).collect());
        for name in &names {
            all.push(vec![pair(name, "7")]);
        }
        if let Some(name) = names.first() {
            all.push(vec![pair(name, " x y\t"), pair("zz-not-allowed", "1")]);
            all.push(vec![pair(name, "ü"), pair(name, "second")]);
        }
        all.push(names.iter().map(|name| pair(name, "  ")).collect());
        all.push(names.iter().map(|name| pair(name, "")).collect());
    }
    all
}
