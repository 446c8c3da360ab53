//! Values of the contract in words. Everything here returns Markdown on one line.

use super::inline::{code, codes, prose};
use crate::contract::{
    Amount, BatchEvents, CancelOn, ConcurrencyLimit, Condition, Debounce, Field, Function, Kind, Number, Offload,
    Origin, RateLimit, Rollback, Scope, Singleton, SingletonMode, Sourced, Status, Step, StepState, Steps, Throttle,
    Timeouts, Type, Window,
};
use crate::derive::Duration;

/// What stands where an existing offload says nothing.
pub(super) const NOT_CLAIMED: &str = "not claimed";

/// What stands where an offload leaves an option out.
pub(super) fn unset(offload: &Offload) -> &'static str {
    match offload.status.value {
        Status::Existing => NOT_CLAIMED,
        Status::Generated => "none",
    }
}

/// `1 event`, `2 events`.
pub(super) fn count(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    }
}

/// `5m`, with the seconds where they are not plain to see.
pub(super) fn duration(duration: Duration) -> String {
    let text = duration.to_string();
    if duration.seconds() < 60 { code(&text) } else { format!("{} ({} s)", code(&text), duration.seconds()) }
}

/// Who said so.
pub(super) fn origin(origin: Origin) -> String {
    origin.as_str().to_owned()
}

/// When a condition holds. `top` leaves the outer parentheses out.
pub(super) fn condition(given: &Condition, top: bool) -> String {
    let joined = |all: &[Condition], word: &str| {
        let text = all.iter().map(|c| condition(c, all.len() == 1 && top)).collect::<Vec<_>>().join(word);
        if top || all.len() == 1 { text } else { format!("({text})") }
    };
    match given {
        Condition::On(name) => format!("{} is on", code(name)),
        Condition::Set(name) => format!("{} is set", code(name)),
        Condition::Unset(name) => format!("{} is unset", code(name)),
        Condition::AllOf(all) => joined(all, " and "),
        Condition::AnyOf(any) => joined(any, " or "),
        Condition::Not(inner) => match inner.as_ref() {
            Condition::On(name) => format!("{} is not on", code(name)),
            inner => format!("not {}", condition(inner, false)),
        },
    }
}

/// Every variable that a condition reads, in order.
pub(super) fn variables<'c>(given: &'c Condition, into: &mut Vec<&'c str>) {
    match given {
        Condition::On(name) | Condition::Set(name) | Condition::Unset(name) => {
            if !into.contains(&name.as_str()) {
                into.push(name);
            }
        }
        Condition::AllOf(all) | Condition::AnyOf(all) => all.iter().for_each(|c| variables(c, into)),
        Condition::Not(inner) => variables(inner, into),
    }
}

/// `A=false`, as it is set.
pub(super) fn settings(rollback: &Rollback) -> String {
    codes(rollback.set.value.iter().map(|(name, value)| format!("{name}={value}")))
}

/// The same, short where only the flag itself is set.
pub(super) fn set_to(flag: &str, rollback: &Rollback) -> String {
    let set = &rollback.set.value;
    match set.get(flag).filter(|_| set.len() == 1) {
        Some(value) => format!("set it to {}", code(value)),
        None => settings(rollback),
    }
}

/// What calls a route.
pub(super) fn called(offload: &Offload) -> String {
    match (&offload.schedule, &offload.when) {
        (Some(schedule), _) => code(schedule.as_str()),
        (None, Some(when)) => format!("webhook, {}", code(when)),
        (None, None) => kind(offload.kind.value).to_owned(),
    }
}

pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Cron => "cron",
        Kind::Webhook => "webhook",
    }
}

pub(super) fn step(step: Step) -> &'static str {
    match step {
        Step::Convert => "convert",
        Step::Verify => "verify",
    }
}

pub(super) fn state(state: StepState) -> &'static str {
    match state {
        StepState::Planned => "planned",
        StepState::Active => "active",
        StepState::Done => "done",
    }
}

/// A window, and what the environment may make of it.
pub(super) fn window(window: &Window) -> String {
    match window {
        Window::Fixed(size) => duration(*size),
        Window::Env { env, default, min, max } => {
            let bounds = bounds(min.map(duration), max.map(duration));
            format!("{} in seconds; {} when it is unset{bounds}", code(env), duration(*default))
        }
    }
}

fn bounds(min: Option<String>, max: Option<String>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("; from {min} to {max}"),
        (Some(min), None) => format!("; at least {min}"),
        (None, Some(max)) => format!("; at most {max}"),
        (None, None) => String::new(),
    }
}

/// A number, and what the environment may make of it.
pub(super) fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Fixed(value) => value.to_string(),
        Amount::Env { env, default, min, max } => {
            let bounds = bounds(min.map(|n| n.to_string()), max.map(|n| n.to_string()));
            format!("{}; {default} when it is unset{bounds}", code(env))
        }
    }
}

/// Why a number is above the policy.
fn justified(number: &Number) -> String {
    match &number.justification {
        Some(why) => format!(" (above the policy: {}; evidence: {})", prose(&why.reason), prose(&why.evidence)),
        None => String::new(),
    }
}

pub(super) fn retries(number: &Number) -> String {
    let attempts = match number.value {
        Amount::Fixed(retries) => format!(": {} of a step", count(attempts(retries), "attempt")),
        Amount::Env { .. } => String::new(),
    };
    format!("{}{attempts}{}", amount(&number.value), justified(number))
}

/// How often a step is tried.
pub(super) fn attempts(retries: i64) -> usize {
    usize::try_from(retries.saturating_add(1)).unwrap_or(0)
}

pub(super) fn concurrency(limits: &[ConcurrencyLimit]) -> String {
    let one = |limit: &ConcurrencyLimit| {
        let key = limit.key.as_ref().map_or_else(String::new, |key| format!(" for each value of {}", code(key)));
        let scope = match limit.scope.as_ref().map(|scope| scope.value) {
            None => "",
            Some(Scope::Fn) => " in the function",
            Some(Scope::Env) => " in the environment",
            Some(Scope::Account) => " in the account",
        };
        format!("{} at a time{key}{scope}{}", amount(&limit.limit.value.value), justified(&limit.limit.value))
    };
    limits.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn keyed(text: String, key: Option<&Sourced<String>>) -> String {
    match key {
        Some(key) => format!("{text}, for each value of {}", code(key)),
        None => text,
    }
}

fn rate_limit(limit: &RateLimit) -> String {
    let text = format!("{} in {}, more are dropped", limit.limit.value, code(&limit.period.to_string()));
    keyed(text, limit.key.as_ref())
}

fn throttle(throttle: &Throttle) -> String {
    let burst = throttle.burst.as_ref().map_or_else(String::new, |burst| format!(", {} at once", burst.value));
    let text = format!("{} in {}{burst}, more wait", throttle.limit.value, code(&throttle.period.to_string()));
    keyed(text, throttle.key.as_ref())
}

fn debounce(debounce: &Debounce) -> String {
    let most = debounce.timeout.as_ref().map_or_else(String::new, |t| format!(", {} at most", code(&t.to_string())));
    let text = format!("runs after {} without an event{most}", code(&debounce.period.to_string()));
    keyed(text, debounce.key.as_ref())
}

fn batch(batch: &BatchEvents) -> String {
    let text = format!("up to {} events, waits {}", batch.max_size.value, code(&batch.timeout.to_string()));
    keyed(text, batch.key.as_ref())
}

fn cancel_on(all: &[CancelOn]) -> String {
    let one = |cancel: &CancelOn| {
        let mut text = code(&cancel.event);
        if let Some(condition) = &cancel.if_ {
            text.push_str(&format!(" if {}", code(condition)));
        }
        if let Some(path) = &cancel.match_ {
            text.push_str(&format!(" with the same {}", code(path)));
        }
        if let Some(timeout) = &cancel.timeout {
            text.push_str(&format!(" within {}", code(&timeout.to_string())));
        }
        text
    };
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn timeouts(timeouts: &Timeouts) -> String {
    let start = timeouts.start.as_ref().map(|t| format!("waits {} at most", code(&t.to_string())));
    let finish = timeouts.finish.as_ref().map(|t| format!("runs {} at most", code(&t.to_string())));
    start.into_iter().chain(finish).collect::<Vec<_>>().join(", ")
}

fn singleton(singleton: &Singleton) -> String {
    let text = match singleton.mode.as_ref().map(|mode| mode.value) {
        Some(SingletonMode::Cancel) => "one run; a second one replaces it",
        Some(SingletonMode::Skip) => "one run; a second one is dropped",
        None => "one run; no mode is given, so a second one is dropped",
    };
    keyed(text.to_owned(), singleton.key.as_ref())
}

/// What is said of a function: the option, its value, who said so. `unset` stands for options that
/// the spec leaves out.
pub(super) fn options(function: &Function, unset: &str) -> Vec<(&'static str, String, String)> {
    fn one<T>(
        out: &mut Vec<(&'static str, String, String)>,
        name: &'static str,
        value: Option<&Sourced<T>>,
        unset: Option<&str>,
        words: impl Fn(&T) -> String,
    ) {
        match (value, unset) {
            (Some(value), _) => out.push((name, words(&value.value), origin(value.origin))),
            (None, Some(unset)) => out.push((name, unset.to_owned(), String::new())),
            (None, None) => {}
        }
    }
    let mut out = Vec::new();
    one(&mut out, "Function", Some(&function.id), None, |id| code(id));
    one(&mut out, "Display name", function.name.as_ref(), None, |name| prose(name));
    one(&mut out, "What it does", function.description.as_ref(), None, |text| prose(text));
    one(&mut out, "Job name", Some(&function.job_name), None, |name| code(name));
    one(&mut out, "Retries", function.retries.as_ref(), Some(unset), retries);
    one(&mut out, "Concurrency", function.concurrency.as_ref(), Some(unset), |limits| concurrency(limits));
    one(&mut out, "Idempotency", function.idempotency.as_ref(), Some(unset), |cel| {
        format!("one run in 24 h for each value of {}", code(cel))
    });
    one(&mut out, "Rate limit", function.rate_limit.as_ref(), None, rate_limit);
    one(&mut out, "Throttle", function.throttle.as_ref(), None, throttle);
    one(&mut out, "Debounce", function.debounce.as_ref(), None, debounce);
    one(&mut out, "Priority", function.priority.as_ref(), None, |priority| code(&priority.run));
    one(&mut out, "Batch", function.batch_events.as_ref(), None, batch);
    one(&mut out, "Cancelled by", function.cancel_on.as_ref(), None, |all| cancel_on(all));
    one(&mut out, "Timeouts", function.timeouts.as_ref(), None, timeouts);
    one(&mut out, "Singleton", function.singleton.as_ref(), None, singleton);
    let steps = Some(&function.steps).filter(|steps| unset != NOT_CLAIMED || steps.origin != Origin::BuiltIn);
    one(&mut out, "Steps", steps, Some(unset), |steps| match steps {
        Steps::Single => "the handler runs as one step".to_owned(),
        Steps::Own => "the handler makes its own steps".to_owned(),
    });
    out
}

/// The type of a field with its bounds.
pub(super) fn field_type(field: &Field, payload: &dyn Fn(&str) -> String) -> String {
    let mut text = match &field.type_.value {
        Type::Enum(values) => format!("one of {}", codes(values)),
        Type::Payload(name) => payload(name),
        type_ => code(&type_.text()),
    };
    if field.nullable {
        text.push_str(" or `null`");
    }
    for (keyword, bound) in &field.bounds {
        let value = bound.as_str().map_or_else(|| bound.to_string(), str::to_owned);
        text.push_str(&format!(", {keyword} {}", code(&value)));
    }
    text
}
