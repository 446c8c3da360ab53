//! Specs that are valid by structure: built from nothing, or one of the tests' own with values that fit their place.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_yaml::{Mapping, Value};

use super::choices::{Choices, WORDS};
use super::seeds::SPECS;

/// The specs that can be read, small ones first.
static BASES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let mut specs: Vec<&Vec<u8>> = SPECS.iter().collect();
    specs.sort_by_key(|spec| spec.len());
    let specs =
        specs.into_iter().filter_map(|spec| serde_yaml::from_str::<Value>(std::str::from_utf8(spec).ok()?).ok());
    specs.filter(|spec| spec.get("offloads").is_some()).collect()
});

/// What stands under each key of the language anywhere in them.
static VALUES: LazyLock<BTreeMap<String, Vec<Value>>> = LazyLock::new(|| {
    fn gather(value: &Value, into: &mut BTreeMap<String, Vec<Value>>) {
        match value {
            Value::Mapping(map) => {
                for (key, value) in map {
                    let Some(key) = key.as_str() else { continue };
                    let known = into.entry(key.to_owned()).or_default();
                    if known.len() < 64 && !known.contains(value) {
                        known.push(value.clone());
                    }
                    gather(value, into);
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| gather(item, into)),
            _ => {}
        }
    }
    let mut all = BTreeMap::new();
    BASES.iter().for_each(|base| gather(base, &mut all));
    all
});

/// A spec.
pub fn any(choices: &mut Choices<'_>) -> String {
    if choices.byte().is_multiple_of(2) {
        return print(&built(choices));
    }
    // The small ones come first, and are enough most of the time.
    let few = choices.below(BASES.len()).min(choices.below(BASES.len()));
    let mut spec = BASES[few].clone();
    for _ in 0..choices.below(6) {
        edit(&mut spec, choices);
    }
    print(&spec)
}

/// The same spec with a change.
pub fn change(text: &mut String, choices: &mut Choices<'_>) {
    if let Ok(mut spec) = serde_yaml::from_str::<Value>(text) {
        for _ in 0..=choices.below(3) {
            edit(&mut spec, choices);
        }
        *text = print(&spec);
    }
}

fn print(spec: &Value) -> String {
    // YAML reads JSON; texts are quoted there, so that nothing of them is lost on the way.
    serde_json::to_string_pretty(spec).expect("JSON")
}

/// Goes down to some value and changes it.
fn edit(value: &mut Value, choices: &mut Choices<'_>) {
    match value {
        Value::Mapping(map) if !map.is_empty() => {
            let keys: Vec<Value> = map.keys().cloned().collect();
            let key = choices.pick(&keys).clone();
            let known = || VALUES.get(key.as_str().unwrap_or_default());
            match choices.below(16) {
                0 => drop(map.remove(&key)),
                1 => {
                    let all: Vec<&String> = VALUES.keys().collect();
                    let new = (*choices.pick(&all)).clone();
                    map.insert(Value::String(new.clone()), choices.pick(&VALUES[&new]).clone());
                }
                2 => {
                    let copy = map[&key].clone();
                    map.insert(Value::String(choices.text()), copy);
                }
                3..6 => {
                    if let Some(known) = known() {
                        map.insert(key, choices.pick(known).clone());
                    }
                }
                _ => edit(&mut map[&key], choices),
            }
        }
        Value::Sequence(items) if !items.is_empty() => {
            let at = choices.below(items.len());
            match choices.below(8) {
                0 => drop(items.remove(at)),
                1 => items.push(items[at].clone()),
                _ => edit(&mut items[at], choices),
            }
        }
        Value::Bool(value) => *value = !*value,
        Value::Number(_) => *value = Value::Number(choices.number().into()),
        Value::String(text) if choices.once_in(2) => text.push_str(&choices.text()),
        _ => *value = Value::String(choices.text()),
    }
}

/// A map of what is there.
fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
    Value::Mapping(entries.map(|(key, value)| (Value::String(key.to_owned()), value)).collect::<Mapping>())
}

fn text(text: impl Into<String>) -> Value {
    Value::String(text.into())
}

fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::Sequence(items.into_iter().collect())
}

fn maybe(choices: &mut Choices<'_>, value: impl FnOnce(&mut Choices<'_>) -> Value) -> Value {
    if choices.once_in(2) { value(choices) } else { Value::Null }
}

/// Free text, which a spec may hold anywhere that people read.
fn prose(choices: &mut Choices<'_>) -> Value {
    text(format!("a{}", choices.text().trim_matches(|c: char| c.is_whitespace() || c.is_control())))
}

fn number(choices: &mut Choices<'_>, end: usize) -> Value {
    Value::Number((choices.below(end) as i64).into())
}

/// A spec from nothing, in which names mean something and outputs are asked for.
fn built(choices: &mut Choices<'_>) -> Value {
    let jobs: Vec<String> =
        (0..=choices.below(3)).map(|n| format!("{}{n}", choices.pick(&["a-", "job", "x-y-", "9"]))).collect();
    let flags: Vec<String> = (0..choices.below(3)).map(|n| format!("FLAG_{n}")).collect();
    let payloads =
        Value::Mapping((0..=choices.below(2)).map(|n| (text(format!("Data{n}")), payload(choices, n))).collect());
    let offloads: Mapping = jobs.iter().map(|job| (text(job.clone()), offload(choices, job, &flags))).collect();
    let declared: Mapping = flags.iter().map(|flag| (text(flag.clone()), declared(choices, flag))).collect();
    map([
        ("version", Value::Number(1.into())),
        ("name", text("built")),
        ("description", maybe(choices, prose)),
        ("targets", targets(choices)),
        ("payloads", payloads),
        ("flags", if flags.is_empty() { Value::Null } else { map([("declared", Value::Mapping(declared))]) }),
        ("ledger", serde_yaml::from_str("{ writer: { module: '@/lib/status', export: write }, states: [running, succeeded, failed, cancelled], fields: [dispatchKey, correlationId, requestedAt, runId, attempt] }").expect("YAML")),
        ("offloads", Value::Mapping(offloads)),
        ("rollout", list(jobs.into_iter().map(|job| map([("offload", text(job)), ("step", text("convert"))])))),
    ])
}

fn targets(choices: &mut Choices<'_>) -> Value {
    let sdk = if choices.once_in(2) { 3 } else { 4 };
    map([
        (
            "typescript",
            map([
                ("out", text("lib/generated")),
                ("handlers", maybe(choices, |_| text("lib/handlers"))),
                ("sdk", Value::Number(sdk.into())),
                ("client", map([("module", text("@/lib/client")), ("export", text("inngest"))])),
            ]),
        ),
        ("schemas", maybe(choices, |_| map([("out", text("lib/schemas"))]))),
        ("docs", maybe(choices, |_| map([("out", text("docs"))]))),
    ])
}

fn payload(choices: &mut Choices<'_>, number: usize) -> Value {
    let fields: Mapping = (0..choices.below(5))
        .map(|n| {
            let name = if choices.once_in(3) { format!("{}{n}", choices.pick(WORDS)) } else { format!("field{n}") };
            (text(name), field(choices))
        })
        .collect();
    let parent = if number == 0 { "CronDispatchEventData" } else { "Data0" };
    map([("extends", text(parent)), ("description", maybe(choices, prose)), ("fields", Value::Mapping(fields))])
}

fn field(choices: &mut Choices<'_>) -> Value {
    let kind = *choices.pick(&[
        "string",
        "integer",
        "number",
        "boolean",
        "timestamp",
        "date",
        "uuid",
        "url",
        "json",
        "array<string>",
        "map<integer>",
        "array<map<Data0>>",
        "enum",
        "enum",
    ]);
    let values = list((0..=choices.below(3)).map(|n| text(format!("{}{n}", choices.text()))));
    map([
        ("type", text(kind)),
        ("values", if kind == "enum" { values } else { Value::Null }),
        ("optional", Value::Bool(kind.contains("Data") || choices.once_in(2))),
        ("nullable", maybe(choices, |_| Value::Bool(true))),
        ("description", maybe(choices, prose)),
        ("minimum", if kind == "integer" { number(choices, 9) } else { Value::Null }),
        ("maxLength", if kind == "string" { number(choices, 300) } else { Value::Null }),
        ("default", if kind == "string" { maybe(choices, |choices| text(choices.text())) } else { Value::Null }),
    ])
}

fn declared(choices: &mut Choices<'_>, flag: &str) -> Value {
    map([
        ("description", prose(choices)),
        (
            "enabledWhen",
            maybe(choices, |_| {
                map([("allOf", list([map([("on", text(flag))]), map([("not", map([("on", text("FLAG_OFF"))]))])]))])
            }),
        ),
        ("rollback", map([("set", map([(flag, text("false"))])), ("note", maybe(choices, prose))])),
    ])
}

fn offload(choices: &mut Choices<'_>, job: &str, flags: &[String]) -> Value {
    let cron = !choices.once_in(3);
    let params = cron && choices.once_in(3);
    let allow = list(
        (0..=choices.below(3))
            .map(|n| text(format!("{}{n}", choices.pick(&["p", "a-b", "filter[x]", "9", "__proto__"])))),
    );
    map([
        ("kind", text(if cron { "cron" } else { "webhook" })),
        ("priority", text(format!("P{}", choices.below(5)))),
        ("route", text(format!("/api/{job}"))),
        ("description", maybe(choices, prose)),
        ("schedule", if cron { text("*/5 * * * *") } else { Value::Null }),
        ("window", if cron { text("5m") } else { Value::Null }),
        ("when", if cron { Value::Null } else { maybe(choices, prose) }),
        ("params", if params { map([("allow", allow)]) } else { Value::Null }),
        (
            "dispatchKey",
            text(match (cron, params) {
                (true, true) => "cron:{job}:{window}[:{paramsHash}]",
                (true, false) => "cron:{job}:{window}",
                (false, _) => "hook:{job}:{uuid}",
            }),
        ),
        ("flag", flags.first().map_or(Value::Null, |_| text(choices.pick(flags).clone()))),
        ("payload", text("Data0")),
        ("event", maybe(choices, |choices| text(format!("app/{job}{}", choices.text())))),
        ("function", maybe(choices, function)),
        ("owners", list([text(format!("app/api/{job}/route.ts"))])),
    ])
}

fn function(choices: &mut Choices<'_>) -> Value {
    map([
        ("name", maybe(choices, prose)),
        ("description", maybe(choices, prose)),
        ("retries", number(choices, 3)),
        (
            "idempotency",
            maybe(choices, |choices| {
                text(*choices.pick(&["event.data.dispatchKey", "event.id", "event.data.field0 + \"'\""]))
            }),
        ),
        ("timeouts", maybe(choices, |choices| map([("finish", text(format!("{}m", 1 + choices.below(90))))]))),
        ("throttle", maybe(choices, |_| serde_yaml::from_str("{ limit: 1, period: 1m }").expect("YAML"))),
    ])
}
