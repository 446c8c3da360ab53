//! Callers with and without the secret.

use super::super::machine::{Rest, SECRET, World};
use super::probe::{AuthCase, AuthProbe};
use super::run::Run;

/// What a caller sends, and what the secret is.
#[derive(Default)]
pub(super) struct Sending {
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
    secret: Option<String>,
    /// Headers, parameters and variables that nobody names are not known.
    unknown: bool,
}

impl Sending {
    /// Lets a world have this caller; `secret` is the variable.
    pub(super) fn into_world(self, world: &mut World, secret: &str) {
        world.headers = self.headers;
        world.query = self.query;
        world.set(secret, self.secret.as_deref());
        if self.unknown {
            world.other_headers = Rest::Unknown;
            world.absent_headers = vec!["authorization"];
            world.other_query = Rest::Unknown;
            world.other_env = Rest::Unknown;
            world.unguessable = Some(SECRET);
        }
    }
}

/// Asks with every way to know the secret or not.
pub(super) fn auth_probes(method: &'static str, ask: &dyn Fn(Sending) -> Vec<Run>) -> Vec<AuthProbe> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let set = || Some(SECRET.to_owned());
    let query = ["secret", "token", "key", "cron_secret", "cronSecret", "auth", "api_key"];
    let headers = ["x-cron-secret", "x-api-key", "x-secret", "x-auth-token", "cron-secret"];
    let bearer = |value: &str| vec![pair("authorization", &format!("Bearer {value}"))];
    let with = |headers, secret| Sending { headers, secret, ..Sending::default() };
    let elsewhere = query.iter().map(|name| pair(name, SECRET)).collect();
    let sent: Vec<(&'static str, AuthCase, Sending)> = vec![
        ("the secret as a bearer", AuthCase::Right, with(bearer(SECRET), set())),
        ("nothing", AuthCase::Wrong, with(Vec::new(), set())),
        ("a wrong secret", AuthCase::Wrong, with(bearer("wrong"), set())),
        ("the beginning of the secret", AuthCase::Wrong, with(bearer(&SECRET[..4]), set())),
        ("nothing", AuthCase::Unset, with(Vec::new(), None)),
        ("`Bearer undefined`", AuthCase::Unset, with(bearer("undefined"), None)),
        ("`Bearer `", AuthCase::Unset, with(bearer(""), None)),
        ("`Bearer `", AuthCase::Unset, with(bearer(""), Some(String::new()))),
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
        (
            "other headers or parameters",
            AuthCase::Bypass,
            Sending { secret: set(), unknown: true, ..Sending::default() },
        ),
        (
            "another secret",
            AuthCase::Bypass,
            Sending { headers: bearer("wrong"), secret: set(), unknown: true, ..Sending::default() },
        ),
    ];
    sent.into_iter().map(|(label, case, sending)| AuthProbe { method, label, case, runs: ask(sending) }).collect()
}
