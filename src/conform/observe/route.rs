//! What the route of an offload does, in every world that the contract speaks of.

use std::rc::Rc;
use std::sync::Arc;

use super::super::load::Loaded;
use super::super::machine::{
    FunctionId, Limits, Machine, Outcome, Path, Rest, SendOutcome, Shared, Value, World, explore,
};
use super::super::program::{ModuleId, Site, Text};
use super::auth::auth_probes;
use super::data::Data;
use super::probe::{
    AuthProbe, Basis, Call, Env, EnvProbe, INSTANTS, StateProbe, TRIED, flag_variables, on_and_off, states,
};
use super::run::Run;
use crate::contract::{Contract, Kind, Offload};
use crate::derive::Instant;

/// What was seen of an offload.
#[derive(Debug)]
pub struct OffloadFacts {
    /// The job.
    pub job: String,
    /// The module of its route; absent when there is none.
    pub route: Option<ModuleId>,
    /// The route refuses a caller that knows the secret: nothing behind that could be seen.
    pub is_refused: bool,
    /// The method that was called.
    pub method: &'static str,
    /// Calls with the flag on and Inngest configured, at several instants.
    pub dispatch: Vec<Call>,
    /// The same with query parameters.
    pub with_query: Vec<Call>,
    /// The same without a complete configuration.
    pub misconfigured: Vec<Call>,
    /// The same when sending fails.
    pub failed: Option<Call>,
    /// A call with the flag off and everything else unknown.
    pub inline: Vec<Run>,
    /// Calls that show whether the flag is taken for on.
    pub states: Vec<StateProbe>,
    /// Calls with and without the secret.
    pub auth: Vec<AuthProbe>,
    /// Calls with the flag on and a variable set that the contract does not name.
    pub env: Vec<EnvProbe>,
    /// Calls with the flag off and a variable set that the contract does not name.
    pub switched: Vec<EnvProbe>,
}

/// A few paths: the way to the dispatch is known.
const NEAR: Limits = Limits { paths: 8, fuel: 60_000 };

/// Every branch.
pub(super) const FAR: Limits = Limits { paths: 16, fuel: 60_000 };

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

struct Prober<'a, 's> {
    loaded: &'a Loaded,
    shared: &'s Rc<Shared<'a>>,
    writer: Option<FunctionId>,
    module: ModuleId,
    method: &'static str,
}

impl<'a> Prober<'a, '_> {
    fn run(&self, world: World, limits: Limits) -> Vec<Run> {
        self.paths(world, limits).into_iter().map(Run::of).collect()
    }

    /// What came out, less how.
    fn ask(&self, world: World, limits: Limits) -> Vec<Run> {
        self.paths(world, limits).into_iter().map(Run::without_calls).collect()
    }

    fn paths(&self, world: World, limits: Limits) -> Vec<Path<'a>> {
        let method = self.method;
        explore(&self.loaded.app, world, self.shared, self.writer, limits, &|machine| {
            call_route(machine, self.module, method)
        })
    }
}

/// Calls the route of an offload in every world that matters.
pub fn observe<'p>(
    loaded: &'p Loaded,
    contract: &Contract,
    basis: &Basis,
    shared: &Rc<Shared<'p>>,
    offload: &Offload,
    route: Option<ModuleId>,
    writer: Option<FunctionId>,
) -> OffloadFacts {
    let mut facts = OffloadFacts {
        job: offload.job.clone(),
        route,
        is_refused: false,
        method: "GET",
        dispatch: Vec::new(),
        with_query: Vec::new(),
        misconfigured: Vec::new(),
        failed: None,
        inline: Vec::new(),
        states: Vec::new(),
        auth: Vec::new(),
        env: Vec::new(),
        switched: Vec::new(),
    };
    let Some(module) = route else { return facts };
    let exports = |method: &str| loaded.app.module(module).exports.contains_key(method);
    let claimed = offload.methods.iter().map(|method| method.as_str());
    let Some(method) = claimed.chain(METHODS).find(|method| exports(method)) else { return facts };
    facts.method = METHODS.iter().find(|known| **known == method).copied().unwrap_or("GET");
    let prober = Prober { loaded, shared, writer, module, method: facts.method };
    let flag = offload.flag.as_ref().and_then(|flag| contract.flags.get(&flag.value));
    let (on, off) = match flag {
        Some(flag) => on_and_off(flag, &contract.truthy, basis),
        None => (Some(Vec::new()), None),
    };
    let instants: Vec<Instant> = INSTANTS.iter().filter_map(|text| Instant::parse(text)).collect();
    let Some(&first) = instants.first() else { return facts };
    let is_webhook = offload.kind.value == Kind::Webhook;
    let world = |env: &Env, at: Instant| {
        let mut world = basis.world(offload, env, at);
        world.method = prober.method;
        if is_webhook {
            // Its caller proves who it is in a way of its own.
            world.other_headers = Rest::Unknown;
            world.other_env = Rest::Unknown;
        }
        world
    };

    let auth = |on: &Env| {
        let Some(auth) = contract.dispatch.auth.as_ref().filter(|_| offload.kind.value == Kind::Cron) else {
            return Vec::new();
        };
        // Where the contract claims none, the one that was found.
        let claimed = methods(offload, &exports);
        let methods = if claimed.is_empty() { vec![prober.method] } else { claimed }.into_iter();
        let probes = methods.flat_map(|method| {
            let prober = Prober { loaded, shared, writer, module, method };
            auth_probes(method, &|sent| {
                let mut world = world(on, first);
                world.method = method;
                // A caller for whom an event is sent got through.
                world.enough_sent = Some(basis.events.clone());
                sent.into_world(&mut world, &auth.secret.value);
                prober.ask(world, NEAR)
            })
        });
        probes.collect()
    };
    let mut first_runs = None;
    if let Some(on) = &on {
        let runs = prober.run(world(on, first), NEAR);
        if runs.iter().all(|run| matches!(run.status(), Some(401 | 403))) {
            facts.is_refused = true;
            facts.auth = auth(on);
            return facts;
        }
        first_runs = Some(runs).filter(|_| !is_webhook);
    }
    let limits = if is_webhook { FAR } else { NEAR };
    if let (Some(on), true) = (&on, offload.dispatch().is_some()) {
        let call = |at: Instant, query: Vec<(String, String)>, env: &Env, send: SendOutcome| {
            let mut world = world(env, at);
            world.query = query.clone();
            world.send = send;
            Call { at, query, env: env.clone(), runs: prober.run(world, limits) }
        };
        let dispatched = |at: &Instant| match first_runs.take_if(|_| *at == first) {
            Some(runs) => Call { at: first, query: Vec::new(), env: on.clone(), runs },
            None => call(*at, Vec::new(), on, SendOutcome::Taken),
        };
        facts.dispatch = instants.iter().map(dispatched).collect();
        facts.with_query =
            queries(offload).into_iter().map(|query| call(first, query, on, SendOutcome::Taken)).collect();
        facts.failed = Some(call(first, Vec::new(), on, SendOutcome::Throws));
        for change in &basis.misconfigured {
            let mut env = on.clone();
            env.retain(|(name, _)| !change.iter().any(|(changed, _)| changed == name));
            env.extend(change.iter().cloned());
            // A flag may look at the same variables: only where it stays on this is the contract's case.
            let still_on = flag.is_none_or(|flag| {
                crate::derive::is_enabled(flag, &contract.truthy, &|name| {
                    let own = env.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
                    own.unwrap_or_else(|| basis.value(name))
                })
            });
            if still_on {
                facts.misconfigured.push(call(first, Vec::new(), &env, SendOutcome::Taken));
            }
        }
        facts.auth = auth(on);
    }
    // Where the work is called, nothing is dispatched any more: such a call has shown what it can.
    let sending = facts.dispatch.iter().flat_map(|call| &call.runs).filter(|run| !run.sent.is_empty());
    let most_outside = sending.map(|run| run.called).max().filter(|_| !is_webhook);
    let brief = |env: &Env, at: Instant| World { most_outside, ..world(env, at) };
    // What a queue does shows in what is entered, a dispatch in what it sends and answers.
    let is_queue = offload.dispatch().is_none();
    let shown = |world: World| if is_queue { prober.run(world, limits) } else { prober.ask(world, limits) };
    if let Some(flag) = flag {
        for (env, expected, about) in states(flag, &contract.truthy, basis) {
            let same = |probe: &&StateProbe| is_same(&probe.env, &env);
            let runs = facts.states.iter().find(same).map(|probe| probe.runs.clone()).unwrap_or_else(|| {
                // An event that is sent shows that the flag is on.
                let enough_sent = offload.dispatch().map(|_| basis.events.clone());
                let world = World { enough_sent, ..brief(&env, first) };
                shown(world).into()
            });
            facts.states.push(StateProbe { env, expected, about, runs });
        }
    }
    if let Some(on) = &on {
        // What is sent shows what a variable changes; of several events the last one does.
        let enough_sent: Option<Arc<[Text]>> = match offload.events().collect::<Vec<_>>().as_slice() {
            [event] => Some([Text::from(event.name.value.as_str())].into()),
            _ => None,
        };
        let call = |at: Instant, env: Env| {
            let world = World { enough_sent: enough_sent.clone(), ..brief(&env, at) };
            Call { at, query: Vec::new(), env, runs: shown(world) }
        };
        let known = |name: &str| {
            basis.env.contains_key(name)
                || contract.flags.contains_key(name)
                || flag.is_some_and(|flag| flag_variables(flag).iter().any(|known| known == name))
        };
        let read = match facts.dispatch.first() {
            Some(base) => unnamed(&base.runs, &known),
            None => unnamed(&prober.run(brief(on, first), limits), &known),
        };
        facts.env =
            probe_env(&read, &offload.job, first, &facts.dispatch, |at, env| call(at, [on.clone(), env].concat()));
        if let Some(off) = &off {
            let read = match facts.states.iter().find(|probe| is_same(&probe.env, off)) {
                Some(base) => unnamed(&base.runs, &known),
                None => unnamed(&prober.run(brief(off, first), limits), &known),
            };
            facts.switched =
                probe_env(&read, &offload.job, first, &[], |at, env| call(at, [off.clone(), env].concat()));
        }
    }
    if let Some(off) = &off {
        let mut world = world(off, first);
        world.other_env = Rest::Unknown;
        world.other_query = Rest::Unknown;
        facts.inline = prober.run(world, FAR);
    }
    facts
}

/// Calls every handler of a route of which nothing is known.
pub fn observe_route<'p>(
    loaded: &'p Loaded,
    basis: &Basis,
    shared: &Rc<Shared<'p>>,
    module: ModuleId,
    writer: Option<FunctionId>,
) -> Vec<Run> {
    let world = super::super::facts::unknown_world(basis);
    let exports = &loaded.app.module(module).exports;
    let mut runs = Vec::new();
    for method in METHODS.into_iter().filter(|method| exports.contains_key(*method)) {
        let prober = Prober { loaded, shared, writer, module, method };
        runs.extend(prober.run(world.clone(), FAR));
    }
    runs
}

/// Whether two environments say the same of the same variables.
fn is_same(one: &Env, other: &Env) -> bool {
    one.len() == other.len() && one.iter().all(|variable| other.contains(variable))
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
        for name in &names {
            all.push(vec![pair(name, "7")]);
        }
        if let Some(name) = names.first() {
            all.push(vec![pair(name, " x y\t"), pair("zz-not-allowed", "1")]);
            all.push(vec![pair(name, "ü"), pair(name, "second")]);
        }
        all.push(names.iter().map(|name| pair(name, "  ")).collect());
    }
    all
}

/// The methods of the contract that a route exports.
fn methods(offload: &Offload, exports: &dyn Fn(&str) -> bool) -> Vec<&'static str> {
    let claimed = offload.methods.iter().map(|method| method.as_str());
    let exported = claimed.filter(|method| exports(method));
    exported.filter_map(|method| METHODS.iter().copied().find(|known| *known == method)).collect()
}

/// Variables that were read before anything outside was called and that nobody named, each once.
fn unnamed(runs: &[Run], known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in runs.iter().flat_map(|run| &run.early_env).filter(|name| !known(name)) {
        if !found.iter().any(|seen| seen.as_str() == &**name) {
            found.push(name.to_string());
        }
    }
    found
}

/// Tries variables with the values that code tells apart.
///
/// Where that changes what is sent, it is asked at the instants of `calls` as well.
fn probe_env(
    variables: &[String],
    job: &str,
    first: Instant,
    calls: &[Call],
    call: impl Fn(Instant, Env) -> Call,
) -> Vec<EnvProbe> {
    let mut probes = Vec::new();
    for variable in variables {
        let platform: &[&str] = match variable.as_str() {
            "NODE_ENV" => &["test", "development"],
            "VERCEL_ENV" => &["preview", "development"],
            _ => &[],
        };
        let tried: Vec<&str> =
            if platform.is_empty() { TRIED.into_iter().chain([job]).collect() } else { platform.to_vec() };
        for value in tried {
            let set = || vec![(variable.clone(), Some(value.to_owned()))];
            let probed = call(first, set());
            let later = match calls.split_first() {
                Some((base, others)) if !data(base).eq(data(&probed)) => {
                    others.iter().map(|other| call(other.at, set())).collect()
                }
                _ => Vec::new(),
            };
            probes.push(EnvProbe { variable: variable.clone(), value: value.to_owned(), call: probed, later });
        }
    }
    probes
}

/// The data of every event that was sent in a call.
fn data(call: &Call) -> impl Iterator<Item = &Data> {
    call.runs.iter().flat_map(|run| &run.sent).map(|sent| &sent.data)
}
