//! What the route of an offload does, in every world that the contract speaks of.

use super::super::load::Loaded;
use super::super::machine::{FunctionId, Limits, Machine, Outcome, Rest, SendOutcome, Value, World, explore};
use super::super::program::{ModuleId, Site};
use super::probe::{
    About, AuthCase, AuthProbe, Basis, Call, Env, EnvProbe, INSTANTS, SECRET, StateProbe, TRIED, flag_variables,
    on_and_off, states,
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
    /// Calls with variables set that the contract does not name.
    pub env: Vec<EnvProbe>,
}

/// A few paths: the way to the dispatch is known.
const NEAR: Limits = Limits { paths: 8, fuel: 60_000 };

/// Every branch.
const FAR: Limits = Limits { paths: 40, fuel: 60_000 };

/// Methods in the order in which they are tried.
pub(super) const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Calls a route's handler.
pub(super) fn call_route<'p>(machine: &mut Machine<'p>, module: ModuleId, method: &str) -> Outcome<'p> {
    let at = Site { module, ..Site::default() };
    let handler = machine.export(module, method)?;
    let request = machine.request(at);
    let context = machine.record(Vec::new(), at);
    if let Value::Object(object) = &context {
        object.open.set(true);
    }
    let answer = machine.call(&handler, Value::Undefined, vec![request, context], at)?;
    machine.settled(answer, at)
}

struct Prober<'a> {
    loaded: &'a Loaded,
    writer: Option<FunctionId>,
    module: ModuleId,
    method: &'static str,
}

impl Prober<'_> {
    fn run(&self, world: &World, limits: Limits) -> Vec<Run> {
        let method = self.method;
        let paths =
            explore(&self.loaded.app, world, self.writer, limits, &|machine| call_route(machine, self.module, method));
        paths.into_iter().map(Run::of).collect()
    }
}

/// Whether one of the runs went to the dispatch.
pub fn dispatched(runs: &[Run], contract: &Contract) -> bool {
    let is_dispatch = |mode: &str| contract.dispatch.responses.each().iter().any(|(_, r)| r.mode.value == mode);
    runs.iter().any(|run| !run.sent.is_empty() || run.mode().is_some_and(is_dispatch))
}

/// Calls the route of an offload in every world that matters.
pub fn observe(
    loaded: &Loaded,
    contract: &Contract,
    basis: &Basis,
    offload: &Offload,
    route: Option<ModuleId>,
    writer: Option<FunctionId>,
) -> OffloadFacts {
    let mut facts = OffloadFacts {
        job: offload.job.clone(),
        route,
        method: "GET",
        dispatch: Vec::new(),
        with_query: Vec::new(),
        misconfigured: Vec::new(),
        failed: None,
        inline: Vec::new(),
        states: Vec::new(),
        auth: Vec::new(),
        env: Vec::new(),
    };
    let Some(module) = route else { return facts };
    let exports = |method: &str| loaded.app.module(module).exports.contains_key(method);
    let claimed = offload.methods.iter().map(|method| method.as_str());
    let Some(method) = claimed.chain(METHODS).find(|method| exports(method)) else { return facts };
    facts.method = METHODS.iter().find(|known| **known == method).copied().unwrap_or("GET");
    let prober = Prober { loaded, writer, module, method: facts.method };
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

    if let (Some(on), true) = (&on, offload.dispatch().is_some()) {
        let limits = if is_webhook { FAR } else { NEAR };
        let call = |at: Instant, query: Vec<(String, String)>, env: &Env, send: SendOutcome| {
            let mut world = world(env, at);
            world.query = query.clone();
            world.send = send;
            Call { at, query, env: env.clone(), runs: prober.run(&world, limits) }
        };
        facts.dispatch = instants.iter().map(|at| call(*at, Vec::new(), on, SendOutcome::Taken)).collect();
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
                    own.unwrap_or_else(|| basis.env.get(name).cloned().flatten())
                })
            });
            if still_on {
                facts.misconfigured.push(call(first, Vec::new(), &env, SendOutcome::Taken));
            }
        }
        facts.env = probe_env(contract, basis, flag.map(flag_variables), &facts.dispatch, |env| {
            call(first, Vec::new(), &[on.clone(), env].concat(), SendOutcome::Taken)
        });
        if offload.kind.value == Kind::Cron && contract.dispatch.auth.is_some() {
            facts.auth = probe_auth(contract, &|headers, query, secret| {
                let mut world = world(on, first);
                world.headers = headers;
                world.query = query;
                if let Some(auth) = &contract.dispatch.auth {
                    world.env.insert(auth.secret.value.clone(), secret);
                }
                prober.run(&world, NEAR)
            });
        }
    }
    if let Some(flag) = flag {
        let probes =
            states(flag, &contract.truthy, basis).into_iter().map(|(env, expected, about): (Env, bool, About)| {
                let runs = prober.run(&world(&env, first), if is_webhook { FAR } else { NEAR });
                StateProbe { env, expected, about, runs }
            });
        facts.states = probes.collect();
    }
    if let Some(off) = &off {
        let mut world = world(off, first);
        world.other_env = Rest::Unknown;
        world.other_query = Rest::Unknown;
        facts.inline = prober.run(&world, FAR);
    }
    facts
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

/// Tries the variables that were read on the way and that the contract does not name.
fn probe_env(
    contract: &Contract,
    basis: &Basis,
    flag: Option<Vec<String>>,
    calls: &[Call],
    call: impl Fn(Env) -> Call,
) -> Vec<EnvProbe> {
    let mut read: Vec<String> = Vec::new();
    for (name, _) in calls.iter().flat_map(|call| &call.runs).flat_map(|run| &run.env) {
        let known = basis.env.contains_key(&**name)
            || flag.as_ref().is_some_and(|flag| flag.iter().any(|known| known.as_str() == &**name))
            || contract.flags.contains_key(&**name);
        if !known && !matches!(&**name, "NODE_ENV" | "VERCEL_ENV") && !read.iter().any(|seen| seen.as_str() == &**name)
        {
            read.push(name.to_string());
        }
    }
    let mut probes = Vec::new();
    for variable in read {
        for value in TRIED {
            let call = call(vec![(variable.clone(), Some(value.to_owned()))]);
            probes.push(EnvProbe { variable: variable.clone(), value: value.to_owned(), call });
        }
    }
    probes
}

type Ask<'a> = &'a dyn Fn(Vec<(String, String)>, Vec<(String, String)>, Option<String>) -> Vec<Run>;

fn probe_auth(_contract: &Contract, ask: Ask<'_>) -> Vec<AuthProbe> {
    let header = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    let secret = || Some(SECRET.to_owned());
    let probe = |label, case, runs| AuthProbe { label, case, runs };
    let query: Vec<(String, String)> = ["secret", "token", "key", "cron_secret", "cronSecret", "auth", "api_key"]
        .iter()
        .map(|name| ((*name).to_owned(), SECRET.to_owned()))
        .collect();
    let other: Vec<(String, String)> = ["x-cron-secret", "x-api-key", "x-secret", "x-auth-token", "cron-secret"]
        .iter()
        .map(|name| ((*name).to_owned(), SECRET.to_owned()))
        .chain([("x-vercel-cron".to_owned(), "1".to_owned()), ("user-agent".to_owned(), "vercel-cron/1.0".to_owned())])
        .collect();
    let bearer = |value: &str| header("authorization", &format!("Bearer {value}"));
    vec![
        probe("the secret as a bearer", AuthCase::Right, ask(bearer(SECRET), Vec::new(), secret())),
        probe("nothing", AuthCase::Wrong, ask(Vec::new(), Vec::new(), secret())),
        probe("a wrong secret", AuthCase::Wrong, ask(bearer("wrong"), Vec::new(), secret())),
        probe("the beginning of the secret", AuthCase::Wrong, ask(bearer(&SECRET[..4]), Vec::new(), secret())),
        probe("nothing", AuthCase::Unset, ask(Vec::new(), Vec::new(), None)),
        probe("`Bearer undefined`", AuthCase::Unset, ask(bearer("undefined"), Vec::new(), None)),
        probe("`Bearer `", AuthCase::Unset, ask(bearer(""), Vec::new(), None)),
        probe("`Bearer `", AuthCase::Unset, ask(bearer(""), Vec::new(), Some(String::new()))),
        probe("the secret in the query", AuthCase::OtherWay, ask(Vec::new(), query, secret())),
        probe("another header", AuthCase::OtherWay, ask(other, Vec::new(), secret())),
        probe("the bare secret", AuthCase::OtherWay, ask(header("authorization", SECRET), Vec::new(), secret())),
    ]
}
