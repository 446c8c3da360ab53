//! Function options: written, by default, or built in.

use super::super::{
    Amount, BatchEvents, CancelOn, ConcurrencyLimit, Debounce, Function, Number, Origin, RateLimit, Run, Singleton,
    Sourced, Steps, Throttle, Timeouts, codes,
};
use super::Resolver;
use crate::derive::Duration;
use crate::pointer::Pointer;
use crate::spec::{self, FunctionOption, Kind};

/// Where a function's options come from, from the nearest on.
pub(super) struct Options<'f> {
    /// Written with the offload or its event.
    pub(super) written: Option<(&'f spec::Function, Pointer)>,
    /// Written under `defaults`.
    pub(super) default: Option<(&'f spec::Function, Pointer)>,
    /// The language's own, for generated functions.
    pub(super) built_in: bool,
    /// What the function belongs to.
    pub(super) owner: Pointer,
    /// The job and the kind, for the language's own conventions.
    pub(super) job: &'f str,
    /// Its kind.
    pub(super) kind: Kind,
}

impl<'f> Options<'f> {
    /// The nearest value of an option, with where it came from.
    fn pick<T>(&self, key: &str, get: impl Fn(&'f spec::Function) -> Option<&'f T>) -> Option<Sourced<&'f T>> {
        let from = |source: &Option<(&'f spec::Function, Pointer)>, origin| {
            let (function, at) = source.as_ref()?;
            get(function).map(|value| Sourced { value, origin, at: at.key(key) })
        };
        let inherited = || from(&self.default, Origin::Default).filter(|_| !self.goes_without(key));
        from(&self.written, Origin::Written).or_else(inherited)
    }

    /// Whether the function says that it does not have an option.
    fn goes_without(&self, key: &str) -> bool {
        let without = self.written.as_ref().and_then(|(function, _)| function.without.as_ref());
        without.is_some_and(|without| without.iter().any(|option| option.key() == key))
    }

    fn built_in<T>(&self, key: &str, value: T) -> Option<Sourced<T>> {
        (self.built_in && !self.goes_without(key)).then(|| Sourced::built_in(value, self.owner.clone()))
    }
}

impl Resolver<'_> {
    pub(super) fn function(&mut self, options: &Options<'_>, event: &str) -> Option<Function> {
        self.refuse_both(options);
        let kind = if options.kind == Kind::Cron { "cron" } else { "webhook" };
        let convention = format!("{kind}-{{job}}");
        let name = |this: &mut Self, key: &str, given: Option<Sourced<&String>>| {
            let given =
                given.map(|given| given.map(Clone::clone)).or_else(|| options.built_in(key, convention.clone()));
            match given {
                Some(pattern) => this.fixed(&pattern, options.job, Some(event)),
                None => {
                    let message = format!("the function of `{event}` has no `{key}`");
                    this.findings.report_key(
                        &codes::MISSING_VALUE,
                        &options.owner,
                        message,
                        "defaults do not apply to existing code: write the value that the code uses",
                    );
                    None
                }
            }
        };
        let id = name(self, "id", options.pick("id", |f| f.id.as_ref()));
        let job_name = name(self, "jobName", options.pick("jobName", |f| f.job_name.as_ref()));
        if let Some(job_name) = &job_name {
            self.visible("the job name", &job_name.value, &job_name.at);
        }
        let retries = match options.pick("retries", |f| f.retries.as_ref()) {
            Some(given) => self.number(given.value, &given.at, given.origin),
            None => options.built_in("retries", fixed(3)),
        };
        let concurrency = match options.pick("concurrency", |f| f.concurrency.as_ref()) {
            Some(given) => self.concurrency(&given),
            None => options.built_in(
                "concurrency",
                vec![ConcurrencyLimit {
                    limit: Sourced::built_in(fixed(1), options.owner.clone()),
                    key: None,
                    scope: None,
                }],
            ),
        };
        let clone = |given: Sourced<&String>| given.map(Clone::clone);
        let idempotency = options.pick("idempotency", |f| f.idempotency.as_ref()).map(clone);
        let idempotency = idempotency.or_else(|| options.built_in("idempotency", "event.data.dispatchKey".to_owned()));
        let (description, shown) =
            (options.pick("description", |f| f.description.as_ref()), options.pick("name", |f| f.name.as_ref()));
        let steps = options.pick("steps", |f| f.steps.as_ref()).map(|given| given.map(|steps| *steps));
        let rate_limit = options.pick("rateLimit", |f| f.rate_limit.as_ref()).and_then(|given| self.rate_limit(&given));
        let throttle = options.pick("throttle", |f| f.throttle.as_ref()).and_then(|given| self.throttle(&given));
        let debounce = options.pick("debounce", |f| f.debounce.as_ref()).and_then(|given| self.debounce(&given));
        let priority = options.pick("priority", |f| f.priority.as_ref()).map(|given| {
            let run = Sourced { value: given.value.run.clone(), origin: given.origin, at: given.at.key("run") };
            given.map(|_| Run { run })
        });
        let batch_events =
            options.pick("batchEvents", |f| f.batch_events.as_ref()).and_then(|given| self.batch_events(&given));
        let cancel_on = options.pick("cancelOn", |f| f.cancel_on.as_ref()).map(|given| self.cancel_on(&given));
        let timeouts = options.pick("timeouts", |f| f.timeouts.as_ref()).map(|given| self.timeouts(&given));
        let singleton = options.pick("singleton", |f| f.singleton.as_ref()).map(|given| {
            let singleton = Singleton {
                mode: within(&given, "mode", given.value.mode),
                key: within(&given, "key", given.value.key.clone()),
            };
            given.map(|_| singleton)
        });
        Some(Function {
            description: description.map(clone),
            id: id?,
            name: shown.map(clone),
            job_name: job_name?,
            retries,
            concurrency,
            idempotency,
            rate_limit,
            throttle,
            debounce,
            priority,
            batch_events,
            cancel_on,
            timeouts,
            singleton,
            steps: steps.unwrap_or_else(|| Sourced::built_in(Steps::Single, options.owner.clone())),
            at: options.written.as_ref().map_or_else(|| options.owner.clone(), |(_, at)| at.clone()),
        })
    }

    /// An option cannot be given and be gone without.
    fn refuse_both(&mut self, options: &Options<'_>) {
        let Some((function, at)) = &options.written else { return };
        for (i, option) in function.without.iter().flatten().enumerate() {
            let given = match option {
                FunctionOption::Retries => function.retries.is_some(),
                FunctionOption::Concurrency => function.concurrency.is_some(),
                FunctionOption::Idempotency => function.idempotency.is_some(),
                FunctionOption::RateLimit => function.rate_limit.is_some(),
                FunctionOption::Throttle => function.throttle.is_some(),
                FunctionOption::Debounce => function.debounce.is_some(),
                FunctionOption::Priority => function.priority.is_some(),
                FunctionOption::BatchEvents => function.batch_events.is_some(),
                FunctionOption::CancelOn => function.cancel_on.is_some(),
                FunctionOption::Timeouts => function.timeouts.is_some(),
                FunctionOption::Singleton => function.singleton.is_some(),
            };
            if given {
                let key = option.key();
                let message = format!("the function sets `{key}`, but lists it under `without`");
                let place = at.key("without").index(i);
                self.findings
                    .report(&codes::DOES_NOT_BELONG, &place, message, "keep one of the two")
                    .also(&at.key(key), "set here");
            }
        }
    }

    fn number(&mut self, given: &spec::Number, at: &Pointer, origin: Origin) -> Option<Sourced<Number>> {
        let number = match given {
            spec::Number::Fixed(value) => fixed(*value),
            spec::Number::Justified(number) => {
                self.justification(&number.justification, &at.key("justification"));
                Number { value: Amount::Fixed(number.value), justification: Some(number.justification.clone()) }
            }
            spec::Number::Env(number) => {
                let env = self.variable(&number.env, &at.key("env"))?;
                if let Some(justification) = &number.justification {
                    self.justification(justification, &at.key("justification"));
                }
                let (min, max) = (number.min.unwrap_or(i64::MIN), number.max.unwrap_or(i64::MAX));
                if min > max || number.default < min || number.default > max {
                    let message = format!("the default {} is outside the bounds", number.default);
                    self.findings.report(
                        &crate::spec::OUT_OF_RANGE,
                        &at.key("default"),
                        message,
                        "make `min` ≤ `default` ≤ `max`",
                    );
                }
                let value = Amount::Env { env: env.value, default: number.default, min: number.min, max: number.max };
                Number { value, justification: number.justification.clone() }
            }
        };
        Some(Sourced { value: number, origin, at: at.clone() })
    }

    fn justification(&mut self, given: &spec::Justification, at: &Pointer) {
        for (key, text) in [("evidence", &given.evidence), ("reason", &given.reason)] {
            if text.trim().is_empty() {
                let help = "say where the measurement is and what it shows";
                self.findings.report(
                    &codes::MISSING_VALUE,
                    &at.key(key),
                    format!("the justification has no {key}"),
                    help,
                );
            }
        }
    }

    fn concurrency(&mut self, given: &Sourced<&spec::Concurrency>) -> Option<Sourced<Vec<ConcurrencyLimit>>> {
        let mut one = |limit: &spec::ConcurrencyLimit, at: &Pointer| {
            let sourced = |key: &str| (given.origin, at.key(key));
            let number = self.number(&limit.limit, &at.key("limit"), given.origin)?;
            let (origin, key_at) = sourced("key");
            let (_, scope_at) = sourced("scope");
            Some(ConcurrencyLimit {
                limit: number,
                key: limit.key.clone().map(|value| Sourced { value, origin, at: key_at }),
                scope: limit.scope.map(|value| Sourced { value, origin, at: scope_at }),
            })
        };
        let limits = match given.value {
            spec::Concurrency::Limit(value) => {
                let limit = Sourced { value: fixed(*value), origin: given.origin, at: given.at.clone() };
                vec![ConcurrencyLimit { limit, key: None, scope: None }]
            }
            spec::Concurrency::One(limit) => vec![one(limit, &given.at)?],
            spec::Concurrency::Many(limits) => {
                let limits = limits.iter().enumerate().map(|(i, limit)| one(limit, &given.at.index(i)));
                limits.collect::<Option<Vec<_>>>()?
            }
        };
        Some(Sourced { value: limits, origin: given.origin, at: given.at.clone() })
    }

    fn rate_limit(&mut self, given: &Sourced<&spec::RateLimit>) -> Option<Sourced<RateLimit>> {
        let period = self.period(given, "period", &given.value.period)?;
        let value = RateLimit {
            limit: of(given, "limit", given.value.limit),
            period,
            key: within(given, "key", given.value.key.clone()),
        };
        Some(Sourced { value, origin: given.origin, at: given.at.clone() })
    }

    fn throttle(&mut self, given: &Sourced<&spec::Throttle>) -> Option<Sourced<Throttle>> {
        let value = Throttle {
            limit: of(given, "limit", given.value.limit),
            period: self.period(given, "period", &given.value.period)?,
            burst: within(given, "burst", given.value.burst),
            key: within(given, "key", given.value.key.clone()),
        };
        Some(Sourced { value, origin: given.origin, at: given.at.clone() })
    }

    fn debounce(&mut self, given: &Sourced<&spec::Debounce>) -> Option<Sourced<Debounce>> {
        let value = Debounce {
            period: self.period(given, "period", &given.value.period)?,
            timeout: given.value.timeout.as_ref().and_then(|text| self.period(given, "timeout", text)),
            key: within(given, "key", given.value.key.clone()),
        };
        Some(Sourced { value, origin: given.origin, at: given.at.clone() })
    }

    fn batch_events(&mut self, given: &Sourced<&spec::BatchEvents>) -> Option<Sourced<BatchEvents>> {
        let value = BatchEvents {
            max_size: of(given, "maxSize", given.value.max_size),
            timeout: self.period(given, "timeout", &given.value.timeout)?,
            key: within(given, "key", given.value.key.clone()),
        };
        Some(Sourced { value, origin: given.origin, at: given.at.clone() })
    }

    fn cancel_on(&mut self, given: &Sourced<&Vec<spec::CancelOn>>) -> Sourced<Vec<CancelOn>> {
        let mut out = Vec::new();
        for (i, cancel) in given.value.iter().enumerate() {
            let given = Sourced { value: cancel, origin: given.origin, at: given.at.index(i) };
            out.push(CancelOn {
                event: of(&given, "event", cancel.event.clone()),
                if_: within(&given, "if", cancel.if_.clone()),
                match_: within(&given, "match", cancel.match_.clone()),
                timeout: cancel.timeout.as_ref().and_then(|text| self.period(&given, "timeout", text)),
            });
        }
        Sourced { value: out, origin: given.origin, at: given.at.clone() }
    }

    fn timeouts(&mut self, given: &Sourced<&spec::Timeouts>) -> Sourced<Timeouts> {
        let value = Timeouts {
            start: given.value.start.as_ref().and_then(|text| self.period(given, "start", text)),
            finish: given.value.finish.as_ref().and_then(|text| self.period(given, "finish", text)),
        };
        Sourced { value, origin: given.origin, at: given.at.clone() }
    }

    fn period<T>(&mut self, given: &Sourced<&T>, key: &str, text: &str) -> Option<Sourced<Duration>> {
        let duration = self.duration(text, &given.at.key(key))?;
        Some(Sourced { origin: given.origin, ..duration })
    }
}

fn fixed(value: i64) -> Number {
    Number { value: Amount::Fixed(value), justification: None }
}

/// A value inside of a given one, from the same place.
fn of<T, U>(given: &Sourced<&T>, key: &str, value: U) -> Sourced<U> {
    Sourced { value, origin: given.origin, at: given.at.key(key) }
}

fn within<T, U>(given: &Sourced<&T>, key: &str, value: Option<U>) -> Option<Sourced<U>> {
    value.map(|value| of(given, key, value))
}
