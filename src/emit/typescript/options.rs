//! The options of an Inngest function, as the members of the object that the SDK takes.

use super::{layout, literal};
use crate::contract::{Amount, ConcurrencyLimit, Function, Scope, SingletonMode, Sourced};
use crate::derive::Duration;

/// The column of the options.
const INDENT: usize = 6;
/// What the server takes for `retries`; above it clamps silently.
const MOST_RETRIES: i64 = 20;
/// Retries of a function that sets none.
const UNSET_RETRIES: i64 = 4;
/// The largest whole number that TypeScript holds exactly.
const LARGEST: i64 = 9_007_199_254_740_991;

/// The options, and what stands before them.
#[derive(Debug, Default)]
pub(super) struct Options {
    before: Vec<String>,
    options: Vec<String>,
}

/// Whether the environment may set the retries.
pub(super) fn reads_retries(function: &Function) -> bool {
    function.retries.as_ref().is_some_and(|retries| matches!(retries.value.value, Amount::Env { .. }))
}

/// Whether the environment may set any number of a function.
pub(super) fn reads_numbers(function: &Function) -> bool {
    let limits = || function.concurrency.iter().flat_map(|limits| &limits.value);
    reads_retries(function) || limits().any(|limit| matches!(limit.limit.value.value, Amount::Env { .. }))
}

/// The number of the last attempt that a run can have.
pub(super) fn last_attempt(function: &Function) -> String {
    match function.retries.as_ref().map(|retries| &retries.value.value) {
        None => UNSET_RETRIES.to_string(),
        Some(Amount::Fixed(retries)) => retries.to_string(),
        Some(Amount::Env { .. }) => "retries".to_owned(),
    }
}

impl Options {
    /// The options of a function.
    pub(super) fn of(function: &Function) -> Self {
        let mut all = Self::default();
        all.text("id", Some(&function.id));
        all.text("name", function.name.as_ref());
        all.text("description", function.description.as_ref());
        match function.retries.as_ref().map(|retries| &retries.value.value) {
            None => {}
            Some(Amount::Fixed(retries)) => all.number(INDENT, "retries", *retries),
            Some(amount @ Amount::Env { .. }) => {
                all.before.push("  const retries = readInteger({".to_owned());
                all.before.extend(setting(4, amount, 0, MOST_RETRIES));
                all.before.push("  });".to_owned());
                all.options.push("      retries: retries as Retries,".to_owned());
            }
        }
        if let Some(limits) = &function.concurrency {
            all.concurrency(&limits.value);
        }
        all.text("idempotency", function.idempotency.as_ref());
        if let Some(rate) = &function.rate_limit {
            all.object("rateLimit", |all, indent| {
                all.number(indent, "limit", rate.limit.value);
                all.duration(indent, "period", Some(&rate.period));
                all.inner(indent, "key", rate.key.as_ref());
            });
        }
        if let Some(throttle) = &function.throttle {
            all.object("throttle", |all, indent| {
                all.number(indent, "limit", throttle.limit.value);
                all.duration(indent, "period", Some(&throttle.period));
                if let Some(burst) = &throttle.burst {
                    all.number(indent, "burst", burst.value);
                }
                all.inner(indent, "key", throttle.key.as_ref());
            });
        }
        if let Some(debounce) = &function.debounce {
            all.object("debounce", |all, indent| {
                all.duration(indent, "period", Some(&debounce.period));
                all.duration(indent, "timeout", debounce.timeout.as_ref());
                all.inner(indent, "key", debounce.key.as_ref());
            });
        }
        if let Some(priority) = &function.priority {
            all.object("priority", |all, indent| all.inner(indent, "run", Some(&priority.run)));
        }
        if let Some(batch) = &function.batch_events {
            all.object("batchEvents", |all, indent| {
                all.number(indent, "maxSize", batch.max_size.value);
                all.duration(indent, "timeout", Some(&batch.timeout));
                all.inner(indent, "key", batch.key.as_ref());
            });
        }
        all.cancel_on(function);
        if let Some(timeouts) = &function.timeouts {
            all.object("timeouts", |all, indent| {
                all.duration(indent, "start", timeouts.start.as_ref());
                all.duration(indent, "finish", timeouts.finish.as_ref());
            });
        }
        if let Some(singleton) = &function.singleton {
            all.object("singleton", |all, indent| {
                let mode = match singleton.mode.as_deref() {
                    None | Some(SingletonMode::Skip) => "skip",
                    Some(SingletonMode::Cancel) => "cancel",
                };
                all.options.push(layout::property(indent, "mode", &literal::string(mode)));
                all.inner(indent, "key", singleton.key.as_ref());
            });
        }
        all
    }

    /// Statements before the function is made, each with its line end.
    pub(super) fn before(&self) -> String {
        self.before.iter().map(|line| format!("{line}\n")).collect()
    }

    /// The members of the object.
    pub(super) fn members(&self) -> String {
        self.options.join("\n")
    }

    fn concurrency(&mut self, limits: &[ConcurrencyLimit]) {
        match limits {
            [] => {}
            [limit] => self.object("concurrency", |all, indent| all.limit(indent, limit)),
            several => {
                let pad = " ".repeat(INDENT);
                self.options.push(format!("{pad}concurrency: ["));
                for limit in several {
                    self.options.push(format!("{pad}  {{"));
                    self.limit(INDENT + 4, limit);
                    self.options.push(format!("{pad}  }},"));
                }
                self.options.push(format!("{pad}],"));
            }
        }
    }

    fn limit(&mut self, indent: usize, limit: &ConcurrencyLimit) {
        match &limit.limit.value.value {
            Amount::Fixed(value) => self.number(indent, "limit", *value),
            amount @ Amount::Env { .. } => {
                let pad = " ".repeat(indent);
                self.options.push(format!("{pad}limit: readInteger({{"));
                self.options.extend(setting(indent + 2, amount, 1, LARGEST));
                self.options.push(format!("{pad}}}),"));
            }
        }
        self.inner(indent, "key", limit.key.as_ref());
        if let Some(scope) = &limit.scope {
            let scope = match scope.value {
                Scope::Fn => "fn",
                Scope::Env => "env",
                Scope::Account => "account",
            };
            self.options.push(layout::property(indent, "scope", &literal::string(scope)));
        }
    }

    fn cancel_on(&mut self, function: &Function) {
        let Some(cancels) = function.cancel_on.as_ref().filter(|cancels| !cancels.value.is_empty()) else { return };
        let pad = " ".repeat(INDENT);
        self.options.push(format!("{pad}cancelOn: ["));
        for cancel in &cancels.value {
            self.options.push(format!("{pad}  {{"));
            self.inner(INDENT + 4, "event", Some(&cancel.event));
            // What the SDK makes of `match`; its type for it depends on the client.
            let equal = cancel.match_.as_ref().map(|path| format!("event.{0} == async.{0}", path.value));
            if let Some(condition) = equal.as_ref().or(cancel.if_.as_ref().map(|if_| &if_.value)) {
                self.options.push(layout::property(INDENT + 4, "if", &literal::string(condition)));
            }
            self.duration(INDENT + 4, "timeout", cancel.timeout.as_ref());
            self.options.push(format!("{pad}  }},"));
        }
        self.options.push(format!("{pad}],"));
    }

    fn text(&mut self, key: &str, value: Option<&Sourced<String>>) {
        self.inner(INDENT, key, value);
    }

    fn inner(&mut self, indent: usize, key: &str, value: Option<&Sourced<String>>) {
        self.options.extend(value.map(|value| layout::property(indent, key, &literal::string(&value.value))));
    }

    fn number(&mut self, indent: usize, key: &str, value: i64) {
        self.options.push(layout::property(indent, key, &value.to_string()));
    }

    fn duration(&mut self, indent: usize, key: &str, value: Option<&Sourced<Duration>>) {
        let value = value.map(|value| literal::string(&value.value.to_string()));
        self.options.extend(value.map(|value| layout::property(indent, key, &value)));
    }

    fn object(&mut self, key: &str, members: impl FnOnce(&mut Self, usize)) {
        let pad = " ".repeat(INDENT);
        self.options.push(format!("{pad}{key}: {{"));
        members(self, INDENT + 2);
        self.options.push(format!("{pad}}},"));
    }
}

/// The members of a number setting.
fn setting(indent: usize, amount: &Amount, smallest: i64, largest: i64) -> Vec<String> {
    let Amount::Env { env, default, min, max } = amount else { return Vec::new() };
    vec![
        layout::property(indent, "from", &format!("environment.{env}")),
        layout::property(indent, "default", &default.to_string()),
        layout::property(indent, "min", &min.unwrap_or(smallest).max(smallest).to_string()),
        layout::property(indent, "max", &max.unwrap_or(largest).min(largest).to_string()),
    ]
}
