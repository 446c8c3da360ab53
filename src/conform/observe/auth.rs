//! Callers with and without the secret.

use super::super::machine::{Rest, SECRET, World};
use super::super::names::variables::OF_DEPLOYMENT;
use super::super::program::Text;
use super::probe::{AuthCase, AuthProbe};
use super::run::Run;
use super::runs::Runs;

/// What a caller sends, and what the secret is.
#[derive(Clone, Default)]
pub(super) struct Sending {
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
    secret: Option<String>,
    /// Whether it calls the route as one of its own machine.
    is_local: bool,
    unknown: Unknown,
}

/// What is not known of a call.
#[derive(Clone, Default)]
struct Unknown {
    /// Headers, but for these.
    headers: Option<Vec<Text>>,
    /// Parameters.
    query: bool,
    /// Variables that nobody names, or one of them.
    env: Option<Option<Text>>,
}

/// Asks for every way through a handler, and whether one of some ways gets through.
pub(super) struct Door<'d> {
    pub(super) method: &'static str,
    pub(super) ask: &'d dyn Fn(Sending) -> Runs,
    pub(super) is_through: &'d dyn Fn(&Run) -> bool,
}

impl Sending {
    /// Lets a world have this caller; `secret` is the variable.
    pub(super) fn into_world(self, world: &mut World, secret: &str) {
        if self.is_local {
            world.address = world.address.replacen("example.test", "localhost", 1);
        }
        world.headers = self.headers;
        world.query = self.query;
        world.set(secret, self.secret.as_deref());
        let Unknown { headers, query, env } = self.unknown;
        if headers.is_some() || query || env.is_some() {
            world.unguessable = Some(SECRET);
        }
        if let Some(absent) = headers {
            (world.other_headers, world.absent_headers) = (Rest::Unknown, absent);
        }
        if query {
            world.other_query = Rest::Unknown;
        }
        if let Some(only) = env {
            (world.other_env, world.only_env) = (Rest::Unknown, only);
        }
    }

    /// A caller that sends nothing.
    pub(super) fn nothing() -> Self {
        Self { secret: Some(SECRET.to_owned()), ..Self::default() }
    }
}

/// Asks with every way to know the secret or not.
pub(super) fn auth_probes(door: &Door<'_>) -> Vec<AuthProbe> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let set = || Some(SECRET.to_owned());
    let query = ["secret", "token", "key", "cron_secret", "cronSecret", "auth", "api_key"];
    let headers = ["x-cron-secret", "x-api-key", "x-secret", "x-auth-token", "cron-secret"];
    let bearer = |value: &str| vec![pair("authorization", &format!("Bearer {value}"))];
    let with = |headers, secret| Sending { headers, secret, ..Sending::default() };
    let elsewhere = query.iter().map(|name| pair(name, SECRET)).collect();
    let another = format!("{}?", &SECRET[..SECRET.len() - 1]);
    let all = || Unknown { headers: Some(vec!["authorization".into()]), query: true, env: Some(None) };
    let asked = |env| Unknown { headers: Some(Vec::new()), query: true, env };
    let sent: Vec<(&'static str, AuthCase, Sending)> = vec![
        ("the secret as `Authorization: Bearer …`", AuthCase::Right, with(bearer(SECRET), set())),
        ("no secret", AuthCase::Wrong, Sending::nothing()),
        ("no secret, from `localhost`", AuthCase::Wrong, Sending { is_local: true, ..Sending::nothing() }),
        ("a wrong secret", AuthCase::Wrong, with(bearer("wrong"), set())),
        ("only the beginning of the secret", AuthCase::Wrong, with(bearer(&SECRET[..4]), set())),
        ("a wrong secret of the same length", AuthCase::Wrong, with(bearer(&another), set())),
        ("a longer text that begins with the secret", AuthCase::Wrong, with(bearer(&format!("{SECRET}?")), set())),
        ("no secret", AuthCase::Unset, with(Vec::new(), None)),
        ("`Bearer undefined`", AuthCase::Unset, with(bearer("undefined"), None)),
        ("`Bearer ` and nothing after it", AuthCase::Unset, with(bearer(""), None)),
        ("`Bearer ` and nothing after it", AuthCase::Unset, with(bearer(""), Some(String::new()))),
        ("", AuthCase::Unset, Sending { unknown: asked(None), ..Sending::default() }),
        ("", AuthCase::Another, Sending { unknown: asked(Some(None)), ..Sending::default() }),
        (
            "the secret in the query",
            AuthCase::OtherWay,
            Sending { query: elsewhere, secret: set(), ..Sending::default() },
        ),
        (
            "the secret in another header",
            AuthCase::OtherWay,
            with(headers.iter().map(|name| pair(name, SECRET)).collect(), set()),
        ),
        ("the secret without `Bearer`", AuthCase::OtherWay, with(vec![pair("authorization", SECRET)], set())),
        ("the secret in capitals", AuthCase::OtherWay, with(bearer(&SECRET.to_uppercase()), set())),
        ("", AuthCase::Bypass, Sending { unknown: all(), ..Sending::nothing() }),
        ("a wrong secret", AuthCase::Bypass, Sending { unknown: all(), ..with(bearer("wrong"), set()) }),
    ];
    sent.into_iter().map(|(label, case, sending)| probe(door, label, case, sending)).collect()
}

fn probe(door: &Door<'_>, label: &'static str, case: AuthCase, sending: Sending) -> AuthProbe {
    let (sending, runs) = match case {
        // One thing after the other would cost more than all the rest.
        AuthCase::Another => (sending.clone(), (door.ask)(sending)),
        _ => ask(door, sending),
    };
    let by = if runs.iter().any(door.is_through) { key(door, &sending, &runs) } else { None };
    let (found, variable) = by.unwrap_or_else(|| ("some other header or parameter".into(), None));
    let label = match label {
        "" if variable.is_some() => format!("no secret, for {found}"),
        "" => found,
        _ if variable.is_some() => format!("{label}, for {found}"),
        _ => label.to_owned(),
    };
    AuthProbe { method: door.method, label, case, variable, runs }
}

/// Every way, and of what was asked that which lets the caller through: where so much is not known that not every way
/// was followed, one thing after the other.
fn ask(door: &Door<'_>, sending: Sending) -> (Sending, Runs) {
    let runs = (door.ask)(sending.clone());
    let is_all = runs.are_all() || sending.unknown.env.is_none();
    if is_all || runs.iter().any(door.is_through) {
        return (sending, runs);
    }
    let usual = (door.ask)(Sending::nothing());
    let read = usual.iter().chain(&runs).flat_map(|run| run.env.iter().map(|(name, _)| name));
    let names = each(read.chain(&OF_DEPLOYMENT.map(Text::from)));
    let one = |name: Text| Unknown { env: Some(Some(name)), ..Unknown::default() };
    let others = Unknown { env: None, ..sending.unknown.clone() };
    for unknown in std::iter::once(others).chain(names.into_iter().map(one)) {
        let narrower = Sending { unknown, ..sending.clone() };
        let runs = (door.ask)(narrower.clone());
        if runs.iter().any(door.is_through) {
            return (narrower, runs);
        }
    }
    (sending, runs)
}

/// What lets a caller through of all that is not known, for people, and the variable that does; `None` where
/// no one thing does alone.
fn key(door: &Door<'_>, sent: &Sending, runs: &[Run]) -> Option<(String, Option<Text>)> {
    let alone = |unknown: Unknown| {
        let runs = (door.ask)(Sending { unknown, ..sent.clone() });
        runs.iter().any(door.is_through)
    };
    let through = || runs.iter().filter(|run| (door.is_through)(run));
    if let Some(Some(name)) = &sent.unknown.env {
        return Some((format!("some value of the variable `{name}`"), Some(name.clone())));
    }
    if sent.unknown.env.is_some() && alone(Unknown { env: Some(None), ..Unknown::default() }) {
        let names = each(through().flat_map(|run| run.env.iter().map(|(name, _)| name)));
        let decides = |name: &&Text| alone(Unknown { env: Some(Some((*name).clone())), ..Unknown::default() });
        if let Some(name) = names.iter().find(decides) {
            return Some((format!("some value of the variable `{name}`"), Some(name.clone())));
        }
    }
    if let Some(absent) = &sent.unknown.headers {
        let names = each(through().flat_map(|run| &run.headers));
        let decides = |name: &&Text| {
            let others = names.iter().filter(|other| other != name).chain(absent).cloned().collect();
            alone(Unknown { headers: Some(others), ..Unknown::default() })
        };
        if let Some(name) = names.iter().find(decides) {
            return Some((format!("some value of the header `{name}`"), None));
        }
    }
    if sent.unknown.query && alone(Unknown { query: true, ..Unknown::default() }) {
        let names = each(through().flat_map(|run| run.query.iter().map(|asked| &asked.name)));
        if let [name] = names.as_slice()
            && !matches!(&**name, "*" | "?")
        {
            return Some((format!("some value of the parameter `{name}`"), None));
        }
    }
    None
}

/// Names, each once.
fn each<'r>(names: impl Iterator<Item = &'r Text>) -> Vec<Text> {
    let mut all: Vec<Text> = Vec::new();
    for name in names {
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
    all
}
