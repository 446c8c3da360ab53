//! Options of functions in one form, whether the contract or the code says them.
//!
//! `concurrency: 1`, `{ limit: 1 }` and `[{ limit: 1, scope: "fn" }]` are the same, so are `"5m"` and
//! `"300s"`, and an option that is not set is what Inngest makes of it.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::facts::Facts;
use super::super::observe::Data;
use super::functions::{Pair, pairs};
use crate::contract::{Function, Sourced};
use crate::derive::Duration;
use crate::findings::Findings;
use crate::pointer::Pointer;
use crate::rule::Meta;

/// Retries of a function that does not say how many.
const RETRIES: f64 = 4.0;

/// An option in its form.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    Absent,
    Bool(bool),
    Number(f64),
    Seconds(u64),
    Text(String),
    List(Vec<Form>),
    Record(BTreeMap<String, Form>),
    /// A number of the contract that the environment may set.
    Ranged {
        env: String,
        default: f64,
        min: f64,
        max: f64,
    },
    Unknown(String),
}

/// How a value of the code stands to the contract's.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verdict {
    Same,
    Differs,
    /// It cannot be known: what stands in the way.
    Unknown(String),
}

/// An option that a contract may fix.
pub(super) struct FunctionOption {
    /// Its key.
    pub(super) key: &'static str,
    claimed: fn(&Function) -> Option<(Json, Pointer)>,
}

fn json<T: serde::Serialize>(value: Option<&Sourced<T>>) -> Option<(Json, Pointer)> {
    let value = value?;
    Some((serde_json::to_value(&value.value).ok()?, value.at.clone()))
}

macro_rules! option {
    ($constant:ident, $key:literal, $field:ident) => {
        pub(super) static $constant: FunctionOption =
            FunctionOption { key: $key, claimed: |function| json(function.$field.as_ref()) };
    };
}

option!(RETRIES_OPTION, "retries", retries);
option!(CONCURRENCY, "concurrency", concurrency);
option!(IDEMPOTENCY, "idempotency", idempotency);
option!(RATE_LIMIT, "rateLimit", rate_limit);
option!(THROTTLE, "throttle", throttle);
option!(DEBOUNCE, "debounce", debounce);
option!(PRIORITY, "priority", priority);
option!(BATCH_EVENTS, "batchEvents", batch_events);
option!(CANCEL_ON, "cancelOn", cancel_on);
option!(TIMEOUTS, "timeouts", timeouts);
option!(SINGLETON, "singleton", singleton);

/// Every option that a contract may fix.
pub(super) static ALL: [&FunctionOption; 11] = [
    &RETRIES_OPTION,
    &CONCURRENCY,
    &IDEMPOTENCY,
    &RATE_LIMIT,
    &THROTTLE,
    &DEBOUNCE,
    &PRIORITY,
    &BATCH_EVENTS,
    &CANCEL_ON,
    &TIMEOUTS,
    &SINGLETON,
];

impl FunctionOption {
    /// What the contract says, and where; `None` when it claims nothing.
    pub(super) fn claimed(&self, pair: &Pair<'_>) -> Option<(Form, Pointer)> {
        match (self.claimed)(pair.claimed) {
            Some((value, at)) => Some((self.form(of_contract(value)), at)),
            None if pair.is_existing() => None,
            None => Some((self.form(Form::Absent), pair.claimed.at.clone())),
        }
    }

    /// What the options of the code say.
    pub(super) fn of_code(&self, options: &Data) -> Form {
        self.form(of_code(&options.get(self.key)))
    }

    fn form(&self, form: Form) -> Form {
        let form = clean(form);
        match self.key {
            "retries" if form == Form::Absent => Form::Number(RETRIES),
            "concurrency" => match form {
                Form::Number(_) | Form::Ranged { .. } => {
                    Form::List(vec![Form::Record(BTreeMap::from([("limit".to_owned(), form)]))])
                }
                other => sorted(other),
            },
            "cancelOn" => sorted(form),
            "idempotency" => match form {
                Form::Text(text) => Form::Text(cel(&text)),
                other => other,
            },
            _ => form,
        }
    }
}

/// A lone record as a list; a list in an order that does not depend on how it is written.
fn sorted(form: Form) -> Form {
    match form {
        Form::Record(_) => Form::List(vec![form]),
        Form::List(mut items) => {
            let name = |item: &Form| match item {
                Form::Record(fields) => {
                    ["event", "scope", "key"].map(|name| fields.get(name).map(Form::show).unwrap_or_default())
                }
                other => [other.show(), String::new(), String::new()],
            };
            items.sort_by_key(name);
            Form::List(items)
        }
        other => other,
    }
}

/// Fields in their form; those that say what holds anyway are gone.
fn clean(form: Form) -> Form {
    match form {
        Form::Record(fields) => {
            let fields = fields.into_iter().filter_map(|(name, value)| {
                let value = match (name.as_str(), clean(value)) {
                    (_, Form::Absent) => return None,
                    ("scope", Form::Text(scope)) if scope == "fn" => return None,
                    ("mode", Form::Text(mode)) if mode == "skip" => return None,
                    ("burst", Form::Number(1.0)) => return None,
                    ("key" | "run" | "if", Form::Text(text)) => Form::Text(cel(&text)),
                    ("period" | "timeout" | "start" | "finish", Form::Text(text)) => match Duration::parse(&text) {
                        Some(duration) => Form::Seconds(duration.seconds()),
                        None => Form::Text(text),
                    },
                    // Numbers are milliseconds.
                    ("period" | "timeout" | "start" | "finish", Form::Number(millis)) if millis % 1000.0 == 0.0 => {
                        Form::Seconds((millis / 1000.0) as u64)
                    }
                    (_, value) => value,
                };
                Some((name, value))
            });
            Form::Record(fields.collect())
        }
        Form::List(items) => Form::List(items.into_iter().map(clean).collect()),
        other => other,
    }
}

/// CEL without what does not change its meaning: white space outside of texts, `data["x"]` for `data.x`.
fn cel(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quote: Option<char> = None;
    for c in text.trim().chars() {
        match quote {
            Some(open) => {
                out.push(c);
                if c == open {
                    quote = None;
                }
            }
            None if c.is_whitespace() => {}
            None => {
                if matches!(c, '"' | '\'') {
                    quote = Some(c);
                }
                out.push(c);
            }
        }
    }
    for quote in ['"', '\''] {
        let (open, close) = (format!("[{quote}"), format!("{quote}]"));
        while let Some(start) = out.find(&open)
            && let Some(length) = out[start + 2..].find(&close)
        {
            let name = &out[start + 2..start + 2 + length];
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !is_name {
                break;
            }
            out = format!("{}.{name}{}", &out[..start], &out[start + 4 + length..]);
        }
    }
    out
}

fn of_contract(value: Json) -> Form {
    match value {
        Json::Null => Form::Absent,
        Json::Bool(value) => Form::Bool(value),
        Json::Number(number) => Form::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Form::Text(text),
        Json::Array(items) => Form::List(items.into_iter().map(of_contract).collect()),
        Json::Object(mut fields) => {
            // A number with its justification.
            if let Some(value) = fields.remove("value") {
                return of_contract(value);
            }
            if let (Some(Json::String(env)), Some(default)) = (fields.get("env"), fields.get("default")) {
                let bound = |name: &str, open| fields.get(name).and_then(Json::as_f64).unwrap_or(open);
                return Form::Ranged {
                    env: env.clone(),
                    default: default.as_f64().unwrap_or(f64::NAN),
                    min: bound("min", f64::NEG_INFINITY),
                    max: bound("max", f64::INFINITY),
                };
            }
            Form::Record(fields.into_iter().map(|(name, value)| (name, of_contract(value))).collect())
        }
    }
}

fn of_code(data: &Data) -> Form {
    match data {
        Data::Undefined | Data::Null => Form::Absent,
        Data::Bool(value) => Form::Bool(*value),
        Data::Number(number) if number.is_nan() => Form::Unknown("not a number".into()),
        Data::Number(number) => Form::Number(*number),
        Data::Text(text) => Form::Text(text.to_string()),
        Data::List(items) => Form::List(items.iter().map(of_code).collect()),
        Data::Record(fields, false) => {
            Form::Record(fields.iter().map(|field| (field.name.to_string(), of_code(&field.value))).collect())
        }
        Data::Record(_, true) => Form::Unknown("an object with fields that are not known".into()),
        Data::Unknown(what, _) => Form::Unknown(what.clone()),
        Data::Instant(_) | Data::Function => Form::Unknown(data.show()),
    }
}

impl Form {
    /// For people.
    pub(super) fn show(&self) -> String {
        match self {
            Self::Absent => "not set".into(),
            Self::Text(text) => format!("`{text}`"),
            _ => format!("`{}`", self.bare()),
        }
    }

    fn bare(&self) -> String {
        match self {
            Self::Absent => "not set".into(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Seconds(seconds) => Duration::from_seconds(*seconds).to_string(),
            Self::Text(text) => format!("\"{text}\""),
            Self::List(items) => match items.as_slice() {
                [only] => only.bare(),
                items => format!("[{}]", items.iter().map(Self::bare).collect::<Vec<_>>().join(", ")),
            },
            Self::Record(fields) => {
                let parts: Vec<String> =
                    fields.iter().map(|(name, value)| format!("{name}: {}", value.bare())).collect();
                if parts.is_empty() { "{}".into() } else { format!("{{ {} }}", parts.join(", ")) }
            }
            Self::Ranged { env, default, min, max } => format!("{env}, {default} when unset, from {min} to {max}"),
            Self::Unknown(what) => what.clone(),
        }
    }

    /// The variable of the contract that may set a number in it, and whether another number is allowed.
    pub(super) fn variable(&self) -> Option<(&str, f64, f64)> {
        match self {
            Self::Ranged { env, min, max, .. } => Some((env, *min, *max)),
            Self::List(items) => items.iter().find_map(Self::variable),
            Self::Record(fields) => fields.values().find_map(Self::variable),
            _ => None,
        }
    }

    /// Whether a part of it cannot be known.
    pub(super) fn has_unknown(&self) -> bool {
        match self {
            Self::Unknown(_) => true,
            Self::List(items) => items.iter().any(Self::has_unknown),
            Self::Record(fields) => fields.values().any(Self::has_unknown),
            _ => false,
        }
    }

    /// The numbers in it with where in it they are.
    pub(super) fn numbers(&self) -> Vec<(String, f64)> {
        match self {
            Self::Number(number) => vec![(String::new(), *number)],
            Self::Seconds(seconds) => vec![(String::new(), *seconds as f64)],
            Self::List(items) => {
                let inner = items.iter().enumerate().map(|(index, item)| (index.to_string(), item.numbers()));
                inner.flat_map(below).collect()
            }
            Self::Record(fields) => {
                let inner = fields.iter().map(|(name, value)| (name.clone(), value.numbers()));
                inner.flat_map(below).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How the code's form stands to this one of the contract; `set` is the variable that was set.
    pub(super) fn compare(&self, code: &Self, set: Option<&str>) -> Verdict {
        match (self, code) {
            (_, Self::Unknown(what)) => Verdict::Unknown(what.clone()),
            (Self::Ranged { env, min, max, .. }, Self::Number(number)) if set == Some(env) => {
                if number >= min && number <= max { Verdict::Same } else { Verdict::Differs }
            }
            (Self::Ranged { default, .. }, Self::Number(number)) if number == default => Verdict::Same,
            (Self::List(ours), Self::List(theirs)) if ours.len() == theirs.len() => {
                worst(ours.iter().zip(theirs).map(|(ours, theirs)| ours.compare(theirs, set)))
            }
            (Self::Record(ours), Self::Record(theirs)) => {
                let names = ours.keys().chain(theirs.keys());
                worst(names.map(|name| {
                    let ours = ours.get(name).unwrap_or(&Self::Absent);
                    ours.compare(theirs.get(name).unwrap_or(&Self::Absent), set)
                }))
            }
            _ if self == code => Verdict::Same,
            _ => Verdict::Differs,
        }
    }
}

fn below((name, numbers): (String, Vec<(String, f64)>)) -> impl Iterator<Item = (String, f64)> {
    numbers.into_iter().map(move |(path, number)| (format!("{name}.{path}"), number))
}

/// What differs for sure counts more than what cannot be known.
fn worst(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    verdicts.fold(Verdict::Same, |worst, verdict| match (&worst, &verdict) {
        (Verdict::Differs, _) | (_, Verdict::Same) => worst,
        (_, Verdict::Differs) | (Verdict::Same, _) => verdict,
        _ => worst,
    })
}

/// Reports where an option of the code is not the contract's.
pub(super) fn differs(facts: &Facts<'_>, findings: &mut Findings<'_>, rule: &'static Meta, option: &FunctionOption) {
    for pair in pairs(facts) {
        let Some((claimed, at)) = option.claimed(&pair) else { continue };
        let code = option.of_code(&pair.seen.options);
        let id = &pair.claimed.id.value;
        let key = option.key;
        let message = match claimed.compare(&code, None) {
            Verdict::Differs => {
                let is_set = !matches!(pair.seen.options.get(key), Data::Undefined | Data::Null);
                let code = match &code {
                    Form::Number(number) if !is_set => format!("not set, which makes it {number}"),
                    code => code.show(),
                };
                format!("`{key}` of `{id}` is {code}, by contract {}", claimed.show())
            }
            Verdict::Same => match claimed.variable() {
                // The contract lets the environment set it, and the code takes no notice.
                Some((variable, min, max)) if min < max => {
                    let is_read = pair.seen.in_env.iter().any(|(name, ..)| &**name == variable);
                    if is_read || !pair.seen.options.is_closed() {
                        continue;
                    }
                    format!(
                        "`{key}` of `{id}` is {} whatever `{variable}` says, by contract {}",
                        code.show(),
                        claimed.show()
                    )
                }
                _ => continue,
            },
            Verdict::Unknown(_) => continue,
        };
        let help = format!("set `{key}` to what the contract says, or change the contract");
        findings
            .report_at(rule, facts.location(pair.option_at(key)), message, help)
            .offload(&pair.offload.job)
            .also(&at, format!("the contract's `{key}`"));
    }
}
