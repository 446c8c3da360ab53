//! The worlds in which code is run: what the environment, the clock and the caller can be.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::machine::{Rest, SECRET, World};
use super::super::program::Text;
use super::required::Required;
use super::runs::Runs;
use crate::contract::{Condition, Contract, Offload};
use crate::derive::{Instant, MAX_VARIABLES, holds_in};

/// Instants at which routes are called: inside of a minute, again in the same minute, at the end of an
/// hour on a Saturday, at the start of every window that there can be on a Sunday that is the first of its month,
/// at the end of a year.
pub(super) const INSTANTS: [&str; 5] = [
    "2026-03-04T05:07:31.250Z",
    "2026-03-04T05:07:59.000Z",
    "2026-03-07T14:59:59.999Z",
    "2026-03-01T00:00:00.000Z",
    "2026-12-31T23:58:29.001Z",
];

/// An environment: variables with their values; `None` is unset.
pub type Env = Vec<(String, Option<String>)>;

/// One call of a route.
#[derive(Debug, Clone)]
pub struct Call {
    /// By which method, where that is not the one that everything is asked by.
    pub by: Option<&'static str>,
    /// When.
    pub at: Instant,
    /// When the same process was called before, if it was.
    pub before: Option<Instant>,
    /// With which query parameters.
    pub query: Vec<(String, String)>,
    /// In which environment.
    pub env: Env,
    /// What was seen.
    pub runs: Runs,
}

impl Call {
    /// The parameters that it is called with, for people.
    pub fn asked(&self) -> Option<String> {
        let query: Vec<String> = self.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!query.is_empty()).then(|| query.join("&"))
    }

    /// When, for people.
    pub fn when(&self) -> String {
        match (self.by, self.before) {
            (Some(method), _) => format!("by {method}"),
            (None, None) => match self.asked() {
                Some(query) => format!("with `{query}`"),
                None => format!("at {}", self.at.iso()),
            },
            (None, Some(before)) => {
                format!("at {}, in a process that was already called at {}", self.at.iso(), before.iso())
            }
        }
    }
}

/// A call that shows whether the flag is taken for on.
#[derive(Debug, Clone)]
pub struct StateProbe {
    /// The environment.
    pub env: Env,
    /// Whether the contract says that the flag is on in it.
    pub expected: bool,
    /// What the probe is about.
    pub about: About,
    /// What was seen; probes of one environment have it in common.
    pub runs: Arc<Runs>,
}

/// What a probe of a flag is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Every variable of the flag is unset.
    Unset,
    /// A line of the truth table.
    Row,
    /// How a value of this variable is written.
    Spelling(String),
    /// The contract's rollback was applied to a state in which the flag is on.
    Rollback,
    /// The flag is off, and Inngest is not configured.
    Unconfigured,
    /// The flag is off, and Inngest is configured in another way than usual.
    Configured,
    /// A line of the truth table, where the route is called by another method than for the rest.
    Method(&'static str),
}

/// A call with or without the secret.
#[derive(Debug, Clone)]
pub struct AuthProbe {
    /// The method that is called.
    pub method: &'static str,
    /// What is sent, for people.
    pub label: String,
    /// What the probe is about.
    pub case: AuthCase,
    /// The variable whose value lets the caller through, where one does.
    pub variable: Option<Text>,
    /// What was seen.
    pub runs: Runs,
}

/// What a caller sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthCase {
    /// As the contract says.
    Right,
    /// Nothing, or something wrong.
    Wrong,
    /// The secret's variable is unset.
    Unset,
    /// Whatever another variable may hold, where that of the secret is unset.
    Another,
    /// The secret, in another way than the contract says.
    OtherWay,
    /// Something that is not the secret, and that nothing refuses to know.
    Bypass,
    /// Nothing, by a method that the contract does not have.
    OtherMethod,
    /// Nothing, with the flag off.
    Inline,
}

/// A call in which a variable that the contract does not name has a value.
#[derive(Debug, Clone)]
pub struct EnvProbe {
    /// The variable.
    pub variable: String,
    /// Its value.
    pub value: String,
    /// What was seen.
    pub call: Call,
    /// The same at the other instants, when something else was sent than without the variable.
    pub later: Vec<Call>,
}

/// The values that a variable is tried with, when it is not one that says what kind of deployment it is.
pub(super) fn tried(variable: &str, usual: &[&'static str]) -> Vec<&'static str> {
    match variable {
        "NODE_ENV" => vec!["test", "development"],
        "VERCEL_ENV" => vec!["preview", "development"],
        _ => usual.to_vec(),
    }
}

/// Values that a variable is tried with.
pub(super) const TRIED: [&str; 12] =
    ["1", "7", "30", "90", "300", "3600", "1000000", "0", "-1000000", "abc", "true", "false"];

/// What probes start from: everything is configured, and the caller knows the secret.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    /// The environment.
    pub env: FxHashMap<Text, Option<Text>>,
    /// Variables that nobody names and without which the code does not go on.
    pub required: Required,
    /// Environments in which Inngest is not configured.
    pub misconfigured: Vec<Env>,
    /// Environments in which Inngest is configured in another way.
    pub configured: Vec<Env>,
    /// The instant at which what is asked of no instant in particular is asked.
    pub now: f64,
    /// Headers of a caller that knows the secret.
    pub headers: Vec<(String, String)>,
    /// The names of the contract's events.
    pub events: Arc<[Text]>,
}

impl Basis {
    /// A world in which nothing is known but what the contract says.
    pub(super) fn unknown_world(&self) -> World {
        World {
            env: self.env.clone(),
            required: self.required.always.clone(),
            other_env: Rest::Unknown,
            other_headers: Rest::Unknown,
            other_query: Rest::Unknown,
            now: self.now,
            headers: self.headers.clone(),
            ..World::default()
        }
    }

    /// The basis of a contract.
    pub fn of(contract: &Contract) -> Self {
        let mut env: FxHashMap<Text, Option<Text>> = FxHashMap::default();
        for secret in &contract.environment.secrets {
            let value = format!("{SECRET}-{}", secret.value.to_lowercase());
            env.insert(Text::from(secret.value.as_str()), Some(value.into()));
        }
        let mut headers = Vec::new();
        if let Some(auth) = &contract.dispatch.auth {
            env.insert(Text::from(auth.secret.value.as_str()), Some(SECRET.into()));
            headers.push(("authorization".to_owned(), format!("Bearer {SECRET}")));
        }
        let condition = &contract.dispatch.configured.value;
        let names = names(condition);
        let holds =
            |env: &FxHashMap<Text, Option<Text>>| holds_in(condition, &contract.truthy, &|name| value(env, name));
        for name in &names {
            env.entry(Text::from(name.as_str())).or_insert(None);
        }
        if !holds(&env) {
            // Every other way to set its variables, until one will do.
            for mask in 0..1_u32 << names.len().min(MAX_VARIABLES) {
                for (index, name) in names.iter().enumerate() {
                    let value = (mask >> index & 1 == 1).then(|| Text::from("1"));
                    env.insert(Text::from(name.as_str()), value);
                }
                if holds(&env) {
                    break;
                }
            }
        }
        let mut misconfigured = Vec::new();
        let set: Vec<&String> = names.iter().filter(|name| value(&env, name).is_some()).collect();
        let without = set.iter().map(|name| vec![((*name).clone(), None)]);
        let blank = set.iter().map(|name| vec![((*name).clone(), Some("  ".to_owned()))]);
        let none = std::iter::once(names.iter().map(|name| (name.clone(), None)).collect());
        for change in without.chain(blank).chain(none) {
            let changed: Env = change;
            let mut env = env.clone();
            env.extend(as_texts(&changed));
            if !holds(&env) && !misconfigured.contains(&changed) {
                misconfigured.push(changed);
            }
        }
        let now = Instant::parse(INSTANTS[0]).map_or(0.0, |first| first.millis() as f64);
        let events = contract.events().map(|(_, event)| Text::from(event.name.value.as_str())).collect();
        let configured = ways(&names, &env, &holds);
        Self { env, required: Required::default(), misconfigured, configured, now, headers, events }
    }

    /// The value of a variable; `None` when it is unset.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        value(&self.env, name)
    }

    /// A world for a route.
    pub fn world(&self, offload: &Offload, env: &[(String, Option<String>)], at: Instant) -> World {
        let mut all = self.env.clone();
        all.extend(as_texts(env));
        World {
            env: all,
            required: self.required.always.clone(),
            now: at.millis() as f64,
            headers: self.headers.clone(),
            address: format!("https://example.test{}", offload.route.value),
            ..World::default()
        }
    }
}

/// Environment variables; `None` is unset.
type Variables = FxHashMap<Text, Option<Text>>;

/// What a variable is set to that need only be set: no word that switches something on.
pub(in crate::conform) const SET: &str = "http://localhost:8288";

/// The ways to set a few variables until a condition holds, but for the one of `env`: each sets no more than it takes.
fn ways(names: &[String], env: &Variables, holds: &dyn Fn(&Variables) -> bool) -> Vec<Env> {
    let own = (0..names.len().min(MAX_VARIABLES)).filter(|index| value(env, &names[*index]).is_some());
    let own = own.fold(0_u32, |mask, index| mask | 1 << index);
    let mut found: Vec<(u32, Env)> = Vec::new();
    for mask in 0..1_u32 << names.len().min(MAX_VARIABLES) {
        let set = |(index, name): (usize, &String)| {
            let value = value(env, name).unwrap_or_else(|| SET.to_owned());
            (name.clone(), (mask >> index & 1 == 1).then_some(value))
        };
        let way: Env = names.iter().enumerate().map(set).collect();
        let mut all = env.clone();
        all.extend(as_texts(&way));
        if holds(&all) && !found.iter().any(|(less, _)| less & mask == *less) {
            found.push((mask, way));
        }
    }
    found.into_iter().filter(|(mask, _)| *mask != own).map(|(_, way)| way).collect()
}

fn value(env: &FxHashMap<Text, Option<Text>>, name: &str) -> Option<String> {
    env.get(name)?.as_deref().map(str::to_owned)
}

fn as_texts(env: &[(String, Option<String>)]) -> impl Iterator<Item = (Text, Option<Text>)> {
    env.iter().map(|(name, value)| (Text::from(name.as_str()), value.as_deref().map(Text::from)))
}

/// The variables of a condition, each once.
pub(super) fn names(condition: &Condition) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in condition.variables() {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
