//! What a route that sends events does, asked in worlds that are made to find out: with and without
//! the secret, in every state of its flag, at several instants, with parameters, and when sending fails.
//!
//! Nothing is concluded from how code is written. What no question answers is said to be not known.

use super::answer::{self, Answered};
use super::condition::{Prefer, State, assignments, fit};
use super::key::{self, Hashed, Key};
use super::payload::{self, Field, Known, Sample};
use super::switch::{Flag, Switch};
use crate::conform::machine::{Rest, SECRET, SendOutcome, World};
use crate::conform::observe::{Asker, Data, Env, Run, Sent};
use crate::conform::program::ModuleId;
use crate::contract::{Condition, WhenUnset};
use crate::derive::Instant;

/// Inside of a minute, again in the same minute, at the end of an hour, in other hours, days, weeks and years.
const INSTANTS: [&str; 9] = [
    "2026-03-04T05:07:31.250Z",
    "2026-03-04T05:07:59.000Z",
    "2026-03-04T05:12:00.000Z",
    "2026-03-04T05:59:59.999Z",
    "2026-03-04T13:23:45.600Z",
    "2026-03-05T02:41:10.007Z",
    "2026-03-11T17:09:00.004Z",
    "2026-04-02T23:34:12.345Z",
    "2026-12-31T23:58:29.001Z",
];

/// What the SDK itself reads.
const KEYS: [&str; 3] = ["INNGEST_DEV", "INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"];

/// Most variables whose states are tried together.
pub(super) const MOST_VARIABLES: usize = 4;

/// What was seen of a route that sends events.
#[derive(Debug)]
pub(super) struct Surveyed {
    /// The variable of its secret, and what happens when it is unset.
    pub(super) secret: Option<(String, WhenUnset)>,
    /// Variables of Inngest's that were read.
    pub(super) keys: Vec<String>,
    /// What switches it.
    pub(super) flag: Option<Flag>,
    /// When it sends though the flag is on; none when it always does.
    pub(super) configured: Option<Condition>,
    /// The events, each with the pattern of its id.
    pub(super) events: Vec<(String, Option<String>)>,
    /// Who asked, as the events say.
    pub(super) source: Option<String>,
    /// The dispatch key.
    pub(super) key: Option<Key>,
    /// The part of the key for parameters.
    pub(super) hash: Option<Hashed>,
    /// Parameters that reach the event.
    pub(super) params: Vec<String>,
    /// The fields of the events.
    pub(super) fields: Vec<Field>,
    /// How it answers: dispatched, misconfigured, failed.
    pub(super) answers: [Option<Answered>; 3],
    /// What could not be known, in words.
    pub(super) unknown: Vec<String>,
}

/// A route, and how it is called.
pub(super) struct Probe<'a, 's> {
    asker: &'s Asker<'a>,
    module: ModuleId,
    base: World,
}

impl Probe<'_, '_> {
    pub(super) fn ask(&self, env: &Env) -> Vec<Run> {
        self.ask_as(env, |_| {})
    }

    fn ask_as(&self, env: &Env, change: impl FnOnce(&mut World)) -> Vec<Run> {
        let mut world = self.base.clone();
        for (name, value) in env {
            world.set(name, value.as_deref());
        }
        change(&mut world);
        self.asker.ask(self.module, world)
    }
}

/// Finds out what a route does; `None` when it sends nothing.
pub(super) fn survey(asker: &Asker<'_>, module: ModuleId, address: &str, is_cron: bool) -> Option<Surveyed> {
    let instants: Vec<Instant> = INSTANTS.iter().filter_map(|text| Instant::parse(text)).collect();
    let first = *instants.first()?;
    let open = World {
        now: first.millis() as f64,
        address: format!("https://example.test{address}"),
        other_env: Rest::Unknown,
        other_headers: Rest::Unknown,
        other_query: Rest::Unknown,
        ..World::default()
    };
    let methods = asker.methods(module);
    let (mut probe, secret, read) = methods.into_iter().find_map(|method| {
        let mut probe = Probe { asker, module, base: World { method, ..open.clone() } };
        let mut read = variables(&probe.ask(&Vec::new()));
        let secret = secret(&probe, &read);
        if let Some((name, _)) = &secret {
            probe.base.set(name, Some(SECRET));
            probe.base.headers = vec![("authorization".to_owned(), format!("Bearer {SECRET}"))];
        }
        // Where Inngest is configured, fewer ways lead elsewhere.
        let keys = KEYS.map(|name| (name.to_owned(), Some("1".to_owned()))).to_vec();
        let runs = [probe.ask(&Vec::new()), probe.ask(&keys)].concat();
        read.extend(variables(&runs));
        runs.iter().any(|run| !run.sent.is_empty()).then_some((probe, secret, read))
    })?;
    probe.base.other_query = Rest::Absent;
    if is_cron {
        // Whoever else calls proves who it is in a way of its own, which stays unknown.
        probe.base.other_headers = Rest::Absent;
        probe.base.other_env = Rest::Absent;
    }
    let mut names: Vec<String> = Vec::new();
    for name in read {
        if secret.as_ref().is_none_or(|(secret, _)| *secret != name) && !names.contains(&name) {
            names.push(name);
        }
    }
    let (keys, others): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| is_key(name));
    for name in &keys {
        probe.base.set(name, Some("1"));
    }

    let mut unknown = Vec::new();
    let switch = Switch::of(&probe, &others, &keys);
    let on = switch.as_ref().map(|switch| switch.on.clone()).unwrap_or_default();
    let sends = |runs: &[Run]| runs.iter().any(|run| !run.sent.is_empty());
    if !sends(&probe.ask(&on)) {
        unknown.push("no call that was tried makes it send an event".to_owned());
    }
    let keys = all_keys(&mut probe, keys, &on);
    let configured = configured(&probe, &keys, &on, &mut unknown);

    let calls: Vec<(Instant, Vec<Run>)> =
        instants.iter().map(|at| (*at, probe.ask_as(&on, |world| world.now = at.millis() as f64))).collect();
    let asked = |run: &[Run]| run.iter().find(|run| !run.sent.is_empty()).map(|run| run.sent.clone());
    let sent: Vec<(Instant, Vec<Sent>)> = calls.iter().filter_map(|(at, runs)| Some((*at, asked(runs)?))).collect();
    let params = params(&probe, &on, &calls);
    let query: Vec<(String, String)> = params.iter().map(|name| (name.clone(), format!("v-{name}"))).collect();
    let with_query = probe.ask_as(&on, |world| world.query = query.clone());
    let sent_with = asked(&with_query).filter(|_| !params.is_empty());

    let mut events = Vec::new();
    let key_field = key_field(&sent);
    let keyed = |sent: &Sent| match &key_field {
        Some(field) => sent.data.get(field).as_text().map(str::to_owned),
        // Without a field for it, what tells calls apart is in the id.
        None => sent.id.as_text().map(|id| {
            let name = sent.name.as_text().unwrap_or_default();
            id.strip_prefix(name).and_then(|rest| rest.strip_prefix(':')).unwrap_or(id).to_owned()
        }),
    };
    let mut samples = sent.iter().filter_map(|(at, sent)| Some((*at, keyed(sent.first()?)?))).collect::<Vec<_>>();
    samples.dedup();
    let seconds = window_seconds(&sent);
    let key = key::key(&samples, seconds);
    match &key {
        None if samples.is_empty() => unknown.push("its dispatch key: none was found".to_owned()),
        None => unknown.push("no pattern of the language gives the keys that were found".to_owned()),
        Some(key) if key.is_inexact => {
            let seen = samples.first().map(|(at, key)| format!("`{key}` at {}", at.iso())).unwrap_or_default();
            unknown.push(format!("the key is {seen}, which no pattern gives exactly; this is the closest one"));
        }
        Some(_) => {}
    }
    for (index, one) in sent.first().map(|(_, sent)| sent.as_slice()).unwrap_or_default().iter().enumerate() {
        let Some(name) = one.name.as_text() else {
            unknown.push(format!("the name of an event is {}", one.name.show()));
            continue;
        };
        let ids: Vec<(String, String)> = sent
            .iter()
            .filter_map(|(_, sent)| sent.get(index))
            .filter_map(|sent| Some((keyed(sent)?, sent.id.as_text()?.to_owned())))
            .collect();
        if !events.iter().any(|(known, _)| known == name) {
            events.push((name.to_owned(), key::id(&ids, name)));
        }
    }
    let hash = sent_with.as_ref().and_then(|with| {
        let (_, plain) = samples.first()?;
        key::params_part(plain, &keyed(with.first()?)?, &params, &query)
    });
    let window = key.as_ref().and_then(|key| key.window).map(crate::derive::Duration::seconds).or(seconds);
    let known = Known { key: key_field, window };
    let with = sent_with.iter().map(|sent| (first, sent, true));
    let all = sent.iter().map(|(at, sent)| (*at, sent, false)).chain(with);
    let samples: Vec<Sample<'_>> = all
        .flat_map(|(at, sent, has_query)| sent.iter().map(move |sent| Sample { at, has_query, data: &sent.data }))
        .collect();
    let fields = payload::fields(&samples, &known);
    let source = fields
        .iter()
        .find(|field| field.from == Some("source"))
        .and_then(|field| samples.first()?.data.get(&field.name).as_text().map(str::to_owned));
    let off: Env = keys.iter().map(|name| (name.clone(), None)).collect();
    let unset = probe.ask(&[on.clone(), off].concat());
    let failed = probe.ask_as(&on, |world| world.send = SendOutcome::Throws);
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let dispatched = calls.first().map(|(_, runs)| runs.as_slice()).unwrap_or_default();
    let dispatched = dispatched.iter().chain(with_query.iter().filter(|_| sent_with.is_some()));
    let dispatched = answer::answered(dispatched.filter(|run| !run.sent.is_empty()), &names);
    let misconfigured = match configured {
        Some(_) => answer::answered(unset.iter().filter(|run| run.sent.is_empty()), &names),
        None => None,
    };
    let failed = answer::answered(failed.iter().filter(|run| !run.sent.is_empty()), &names);
    let flag = switch.map(|switch| switch.flag);
    if flag.as_ref().is_some_and(|flag| flag.condition.is_none()) {
        unknown.push("the condition of its flag, which is too complex to describe".to_owned());
    }
    let answers = [dispatched, misconfigured, failed];
    Some(Surveyed { secret, keys, flag, configured, events, source, key, hash, params, fields, answers, unknown })
}

/// Whether a variable is of Inngest's own.
fn is_key(name: &str) -> bool {
    KEYS.contains(&name) || name.starts_with("INNGEST_") && name.ends_with("_KEY")
}

/// The variables of Inngest's that are read: some only when others are not set.
fn all_keys(probe: &mut Probe<'_, '_>, mut keys: Vec<String>, on: &Env) -> Vec<String> {
    let mut index = 0;
    loop {
        let unset: Env = keys.iter().take(index + 1).map(|name| (name.clone(), None)).collect();
        let others: Env = keys.iter().skip(index + 1).map(|name| (name.clone(), Some("1".to_owned()))).collect();
        for name in variables(&probe.ask(&[on.clone(), unset, others].concat())) {
            if is_key(&name) && !keys.contains(&name) {
                probe.base.set(&name, Some("1"));
                keys.push(name);
            }
        }
        index += 1;
        if index > keys.len() {
            return keys;
        }
    }
}

/// Variables that were read before anything outside was called, in order.
fn variables(runs: &[Run]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in runs.iter().flat_map(|run| &run.early_env) {
        if !names.iter().any(|known| known.as_str() == &**name) {
            names.push(name.to_string());
        }
    }
    names
}

/// The variable without whose value as a bearer nobody is let in.
fn secret(probe: &Probe<'_, '_>, read: &[String]) -> Option<(String, WhenUnset)> {
    let refuses = |name: &str, value: Option<&str>, sent: &str| {
        let runs = probe.ask_as(&vec![(name.to_owned(), value.map(str::to_owned))], |world| {
            world.other_headers = Rest::Absent;
            world.headers = vec![("authorization".to_owned(), sent.to_owned())];
            world.unguessable = Some(SECRET);
        });
        !runs.is_empty()
            && runs.iter().all(|run| run.sent.is_empty() && run.status().is_some_and(|status| status >= 400))
    };
    let right = format!("Bearer {SECRET}");
    let name = read
        .iter()
        .filter(|name| !is_key(name))
        .find(|name| !refuses(name, Some(SECRET), &right) && refuses(name, Some(SECRET), "Bearer wrong"))?;
    let refused = ["Bearer undefined", "Bearer ", ""].iter().all(|sent| refuses(name, None, sent));
    Some((name.clone(), if refused { WhenUnset::Refuse } else { WhenUnset::Allow }))
}

/// When a route whose flag is on sends; none when it always does.
fn configured(probe: &Probe<'_, '_>, keys: &[String], on: &Env, unknown: &mut Vec<String>) -> Option<Condition> {
    let names: Vec<String> = keys.iter().take(MOST_VARIABLES).cloned().collect();
    let rows: Vec<(Vec<State>, bool)> = assignments(names.len())
        .into_iter()
        .map(|row| {
            let env: Env = names.iter().zip(&row).map(|(name, state)| (name.clone(), state.value())).collect();
            let sends = probe.ask(&[on.clone(), env].concat()).iter().any(|run| !run.sent.is_empty());
            (row, sends)
        })
        .collect();
    if rows.iter().all(|(_, sends)| *sends) {
        return None;
    }
    let found = fit(&names, &rows, Prefer::Set);
    if found.is_none() {
        unknown.push("when Inngest counts as configured, which is too complex to describe".to_owned());
    }
    found
}

/// Parameters that change what is sent.
fn params(probe: &Probe<'_, '_>, on: &Env, calls: &[(Instant, Vec<Run>)]) -> Vec<String> {
    let Some((_, base)) = calls.first() else { return Vec::new() };
    let data = |runs: &[Run]| runs.iter().flat_map(|run| &run.sent).map(|sent| sent.data.clone()).collect::<Vec<_>>();
    let plain = data(base);
    let mut names: Vec<String> = Vec::new();
    for asked in base.iter().flat_map(|run| &run.query).filter(|asked| &*asked.name != "*") {
        if !names.iter().any(|known| known.as_str() == &*asked.name) {
            names.push(asked.name.to_string());
        }
    }
    names.retain(|name| {
        let with = probe.ask_as(on, |world| world.query = vec![(name.clone(), "7".to_owned())]);
        data(&with) != plain
    });
    names
}

/// The field of an event that holds the dispatch key: its id is made of it, or it is called so.
fn key_field(sent: &[(Instant, Vec<Sent>)]) -> Option<String> {
    let (_, first) = sent.first()?;
    let first = first.first()?;
    let in_id = |text: &str| {
        let Some(id) = first.id.as_text() else { return false };
        text.len() > 3 && (id.contains(text) || id.contains(&crate::derive::params_hash(text, 8)))
    };
    let fields = || first.data.fields().filter(|field| field.value.as_text().is_some());
    let named = fields().find(|field| &*field.name == "dispatchKey");
    let in_id = || fields().filter(|field| field.value.as_text().is_some_and(in_id));
    let longest = || in_id().max_by_key(|field| field.value.as_text().map_or(0, str::len));
    named.or_else(longest).map(|field| field.name.to_string())
}

/// What the events say of the size of their window.
fn window_seconds(sent: &[(Instant, Vec<Sent>)]) -> Option<u64> {
    let (_, first) = sent.first()?;
    first.first()?.data.fields().find_map(|field| match field.value {
        Data::Number(number) if field.name.to_lowercase().contains("second") && number >= 1.0 => Some(number as u64),
        _ => None,
    })
}
