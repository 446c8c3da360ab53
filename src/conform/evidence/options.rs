//! Options of functions in one form, whether the contract or the code says them.
//!
//! `concurrency: 1`, `{ limit: 1 }` and `[{ limit: 1, scope: "fn" }]` are the same, so are `"5m"` and
//! `"300s"`, and an option that is not set is what Inngest makes of it.

use std::collections::BTreeMap;

use serde_json::Value as Json;

pub(in crate::conform) use super::forms::{Form, Verdict};
use super::functions::{Pair, pairs};
use crate::conform::facts::Facts;
use crate::conform::observe::Data;
use crate::contract::{Function, Sourced, UNSET_RETRIES};
use crate::derive::Duration;
use crate::findings::Findings;
use crate::rule::Meta;

/// An option that a contract may fix.
pub(in crate::conform) struct FunctionOption {
    /// Its key.
    pub(in crate::conform) key: &'static str,
    claimed: fn(&Function) -> Option<Sourced<Json>>,
}

fn json<T: serde::Serialize>(value: Option<&Sourced<T>>) -> Option<Sourced<Json>> {
    let Sourced { value, origin, at } = value?;
    Some(Sourced { value: serde_json::to_value(value).ok()?, origin: *origin, at: at.clone() })
}

macro_rules! option {
    ($constant:ident, $key:literal, $field:ident) => {
        pub(in crate::conform) static $constant: FunctionOption =
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
pub(in crate::conform) static ALL: [&FunctionOption; 11] = [
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
    pub(in crate::conform) fn claimed(&self, pair: &Pair<'_>) -> Option<Sourced<Form>> {
        match (self.claimed)(pair.claimed) {
            Some(said) => Some(said.map(|value| self.form(of_contract(value)))),
            None if pair.is_existing() => None,
            None => Some(Sourced::built_in(self.form(Form::Absent), pair.claimed.at.clone())),
        }
    }

    /// What the options of the code say.
    pub(in crate::conform) fn of_code(&self, options: &Data) -> Form {
        self.form(of_code(&options.get(self.key)))
    }

    fn form(&self, form: Form) -> Form {
        let form = clean(form);
        match self.key {
            "retries" if form == Form::Absent => Form::Number(UNSET_RETRIES as f64),
            "concurrency" => match form {
                Form::Number(_) | Form::Ranged { .. } => {
                    Form::List(vec![Form::Record(BTreeMap::from([("limit".to_owned(), form)]))])
                }
                other => sorted(other),
            },
            "cancelOn" => sorted(matched(form)),
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

/// Conditions that compare one field of both events as what they are short for: the SDK makes such a condition of
/// `match`.
fn matched(form: Form) -> Form {
    match form {
        Form::List(items) => Form::List(items.into_iter().map(matched).collect()),
        Form::Record(mut fields) => {
            let compared = match fields.get("if") {
                Some(Form::Text(condition)) => condition.strip_prefix("event.").and_then(|rest| rest.split_once("==")),
                _ => None,
            };
            let field = compared.filter(|(own, other)| other.strip_prefix("async.") == Some(own));
            if let Some(field) = field.map(|(own, _)| own.to_owned()) {
                fields.remove("if");
                fields.insert("match".to_owned(), Form::Text(field));
            }
            Form::Record(fields)
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

/// What the contract says of an option, for people.
pub(in crate::conform) fn said(claimed: &Sourced<Form>) -> String {
    match claimed.value {
        Form::Absent => "the contract does not set it".to_owned(),
        _ => format!("the contract says {}{}", claimed.show(), claimed.by_default()),
    }
}

/// The label of the place of an option in the contract.
pub(in crate::conform) fn label(claimed: &Sourced<Form>, key: &str) -> String {
    match claimed.value {
        Form::Absent => "the function in the contract".to_owned(),
        _ => claimed.label(&format!("`{key}` in the contract")),
    }
}

/// Reports where an option of the code is not the contract's.
pub(in crate::conform) fn differs(
    facts: &Facts<'_>,
    findings: &mut Findings<'_>,
    rule: &'static Meta,
    option: &FunctionOption,
) {
    for pair in pairs(facts) {
        let Some(claimed) = option.claimed(&pair) else { continue };
        let code = option.of_code(&pair.seen.options);
        let id = &pair.claimed.id.value;
        let key = option.key;
        let message = match claimed.compare(&code, None) {
            Verdict::Differs => {
                let is_set = !matches!(pair.seen.options.get(key), Data::Undefined | Data::Null);
                let code = match &code {
                    Form::Number(number) if !is_set => format!("not set, which means {number}"),
                    code => code.show(),
                };
                format!("`{key}` of `{id}` is {code}; {}", said(&claimed))
            }
            Verdict::Same => match claimed.variable() {
                // The contract lets the environment set it, and the code takes no notice.
                Some((variable, min, max)) if min < max => {
                    let is_read = pair.seen.in_env.iter().any(|(name, ..)| &**name == variable);
                    if is_read || !pair.seen.options.is_closed() {
                        continue;
                    }
                    format!("`{key}` of `{id}` is {} regardless of `{variable}`; {}", code.show(), said(&claimed))
                }
                _ => continue,
            },
            Verdict::Unknown(_) => continue,
        };
        let help = format!("set `{key}` to what the contract says, or change the contract");
        findings
            .report_at(rule, facts.location(pair.option_at(key)), message, help)
            .offload(&pair.offload.job)
            .also(&claimed.at, label(&claimed, key));
    }
}
