//! Inngest functions that are there: their options, and the records of their status.

use super::yaml::{Node, scalar};
use crate::conform::machine::FunctionId;
use crate::conform::names::fields::{JOB, STATE};
use crate::conform::observe::{Asker, Basis, Data, Found, FunctionFacts, Run, examine_function, find_functions};
use crate::conform::program::{Export, ModuleId};
use crate::derive::Instant;

/// Options in the order in which the language lists them.
const OPTIONS: [&str; 11] = [
    "retries",
    "concurrency",
    "idempotency",
    "rateLimit",
    "throttle",
    "debounce",
    "priority",
    "batchEvents",
    "cancelOn",
    "timeouts",
    "singleton",
];

/// States of a run that the language knows.
const STATES: [&str; 4] = ["running", "succeeded", "failed", "cancelled"];

/// What status records say beside their job, their state and the fields of the contract.
const OWN: [&str; 9] = [
    "startedAt",
    "finishedAt",
    "completedAt",
    "durationMs",
    "duration",
    "error",
    "errorMessage",
    "result",
    "updatedAt",
];

/// A function that is there.
#[derive(Debug)]
pub(super) struct Seen {
    /// Its id.
    pub(super) id: String,
    /// The event that triggers it; empty for none.
    pub(super) event: String,
    /// The file that defines it.
    pub(super) file: String,
    /// Its options, by key.
    pub(super) options: Vec<(&'static str, Node)>,
    /// The job name of its records.
    pub(super) job: Option<String>,
    /// What could not be known, in words.
    pub(super) unknown: Vec<String>,
}

/// Where status records are written.
#[derive(Debug)]
pub(super) struct Writer {
    /// The module, as it is imported.
    pub(super) module: String,
    /// The exported function.
    pub(super) export: String,
    /// States that were seen.
    pub(super) states: Vec<String>,
    /// Fields that every record carries.
    pub(super) fields: Vec<String>,
}

/// Every function, and where they write their status.
pub(super) fn functions(asker: &Asker<'_>) -> (Vec<Seen>, Option<Writer>) {
    let now = Instant::parse("2026-03-04T05:07:31.250Z").map_or(0.0, |at| at.millis() as f64);
    let basis = Basis { now, ..Basis::default() };
    let (found, _) = find_functions(asker, &basis);
    let examine = |asker: &Asker<'_>| -> Vec<FunctionFacts> {
        found.iter().map(|found| examine_function(asker, &basis, found, None)).collect()
    };
    let plain = examine(asker);
    let writer = writer(asker, &found, &plain, &basis);
    let all = match &writer {
        Some((id, ..)) => examine(&Asker::new(asker.loaded, Some(*id))),
        None => plain,
    };
    let writer = writer.map(|(_, module, export)| {
        let records = || all.iter().flat_map(records);
        let states = STATES.iter().filter(|state| records().any(|record| state_of(record) == Some(state)));
        let mut fields: Vec<String> = Vec::new();
        for field in records()
            .flat_map(Data::fields)
            .filter(|field| ![&OWN[..], &JOB, &STATE].iter().any(|own| own.contains(&&*field.name)))
        {
            let everywhere = records().all(|record| !record.is_closed() || record.field(&field.name).is_some());
            if everywhere && !fields.iter().any(|known| known.as_str() == &*field.name) {
                fields.push(field.name.to_string());
            }
        }
        Writer { module, export, states: states.map(|state| (*state).to_owned()).collect(), fields }
    });
    (all.iter().filter_map(|facts| seen(asker, facts)).collect(), writer)
}

fn seen(asker: &Asker<'_>, facts: &FunctionFacts) -> Option<Seen> {
    let mut unknown = Vec::new();
    let mut options = Vec::new();
    for key in OPTIONS {
        let value = facts.options.get(key);
        if value == Data::Undefined {
            continue;
        }
        match node(&value, &|inner| env_number(facts, key, inner)) {
            Some(node) => options.push((key, node)),
            None => unknown.push(format!("`{key}` is {}", value.show())),
        }
    }
    if facts.triggers.len() > 1 {
        unknown.push(format!(
            "it has {} triggers, but the language supports one event per function",
            facts.triggers.len()
        ));
    }
    let job =
        records(facts).find_map(|record| JOB.iter().find_map(|name| record.get(name).as_text().map(str::to_owned)));
    let event = facts.triggers.iter().find_map(|trigger| trigger.get("event").as_text().map(str::to_owned));
    Some(Seen {
        id: facts.id.as_text()?.to_owned(),
        event: event.unwrap_or_default(),
        file: asker.loaded.app.source(facts.at.module).path().to_owned(),
        options,
        job,
        unknown,
    })
}

/// A value as the language writes it; none when part of it is not known. `number` has the first word for numbers
/// under a key.
fn node(value: &Data, number: &dyn Fn(&str) -> Option<Node>) -> Option<Node> {
    match value {
        Data::Number(whole) if whole.fract() == 0.0 => number("").or_else(|| Some(Node::Scalar(whole.to_string()))),
        Data::Bool(value) => Some(Node::Scalar(value.to_string())),
        Data::Text(text) => Some(Node::Scalar(scalar(text))),
        Data::List(items) => Some(Node::List(items.iter().map(|item| node(item, &|_| None)).collect::<Option<_>>()?)),
        Data::Record(_, false) => {
            let fields = value.fields().map(|field| {
                let own = (field.name.as_ref() == "limit").then(|| number("limit")).flatten();
                let value = own.or_else(|| node(&field.value, &|_| None))?;
                Some((field.name.to_string(), value))
            });
            Some(Node::flow(fields.collect::<Option<Vec<_>>>()?))
        }
        _ => None,
    }
}

/// A number that the environment may set.
fn env_number(facts: &FunctionFacts, key: &str, inner: &str) -> Option<Node> {
    let read = |options: &Data| {
        let option = options.get(key);
        match if inner.is_empty() { option } else { option.get(inner) } {
            Data::Number(number) if number.fract() == 0.0 => Some(number),
            _ => None,
        }
    };
    let default = read(&facts.options)?;
    let (variable, ..) = facts.in_env.iter().find(|(_, _, options)| read(options) != Some(default))?;
    let with = |value: &str| {
        let seen = facts.in_env.iter().find(|(name, tried, _)| name == variable && *tried == value);
        seen.map_or(Some(default), |(_, _, options)| read(options))
    };
    let mut parts = vec![
        ("env".to_owned(), Node::Scalar(scalar(variable))),
        ("default".to_owned(), Node::Scalar(default.to_string())),
    ];
    // What is beyond a bound becomes the bound, or the default as what is no number does.
    let clamped = |value: &str| with(value).filter(|seen| seen.to_string() != value);
    let min = clamped("-1000000").and_then(|low| {
        let taken = ["0", "1"].into_iter().find(|value| with(value).is_some_and(|seen| seen.to_string() == *value));
        if low == default { taken.and_then(|value| value.parse().ok()) } else { Some(low) }
    });
    let max = clamped("1000000").filter(|high| *high != default);
    let bounds = [("min", min), ("max", max)];
    parts.extend(
        bounds.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Node::Scalar(value?.to_string())))),
    );
    Some(Node::flow(parts))
}

fn records(facts: &FunctionFacts) -> impl Iterator<Item = &Data> {
    let runs = facts.runs.iter().chain(facts.failure.iter().flatten());
    runs.flat_map(|run| &run.statuses).map(|write| &write.record)
}

fn state_of(record: &Data) -> Option<&str> {
    STATE.iter().find_map(|name| record.field(name)?.value.as_text())
}

/// The exported function that is given a record with a state of the run, in the most functions.
fn writer(
    asker: &Asker<'_>,
    found: &[Found],
    plain: &[FunctionFacts],
    basis: &Basis,
) -> Option<(FunctionId, String, String)> {
    /// Most functions that are tried.
    const MOST: usize = 24;
    let mut counts: Vec<(FunctionId, usize)> = Vec::new();
    for facts in plain {
        let runs = facts.runs.iter().chain(facts.failure.iter().flatten());
        let mut entered: Vec<FunctionId> = runs.flat_map(|run: &Run| &run.entered).map(|entered| entered.id).collect();
        entered.sort_unstable();
        entered.dedup();
        for id in entered {
            match counts.iter_mut().find(|(known, _)| *known == id) {
                Some((_, count)) => *count += 1,
                None => counts.push((id, 1)),
            }
        }
    }
    counts.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    let known = counts.into_iter().filter_map(|(id, _)| Some((id, export(asker, id)?)));
    for (id, (module, export)) in known.take(MOST) {
        let told = Asker::new(asker.loaded, Some(id));
        let is_writer = found.iter().take(3).any(|found| {
            let facts = examine_function(&told, basis, found, None);
            let mut all = records(&facts);
            all.any(|record| state_of(record).is_some_and(|state| STATES.contains(&state)))
        });
        if is_writer {
            return Some((id, module, export));
        }
    }
    None
}

/// How a function is imported: the module, as routes would name it, and the exported name.
fn export(asker: &Asker<'_>, id: FunctionId) -> Option<(String, String)> {
    let app = &asker.loaded.app;
    let module = app.module(id.module);
    let name = module.exports.iter().find_map(|(name, export)| match export {
        Export::Symbol(..) | Export::Value(_) | Export::From(..) | Export::Namespace(_) => {
            asker.exported(id.module, name).filter(|found| *found == id).map(|_| name.to_string())
        }
    })?;
    Some((import(asker, id.module)?, name))
}

/// The name that a module is imported by: one that is used, else the one with the usual alias.
fn import(asker: &Asker<'_>, module: ModuleId) -> Option<String> {
    let app = &asker.loaded.app;
    let used = app.links.iter().flatten().filter_map(|(request, link)| match link {
        crate::conform::application::Link::Module(to) if *to == module && !request.starts_with('.') => {
            Some(request.to_string())
        }
        _ => None,
    });
    used.min().or_else(|| {
        let path = app.source(module).path();
        let path = path.rsplit_once('.').map_or(path, |(path, _)| path);
        Some(format!("@/{}", path.strip_prefix("src/").unwrap_or(path)))
    })
}
