//! Spec → Contract: follows every reference, applies every convention, keeps where each value came
//! from. All faults of a spec are reported in one go; a contract exists only without any.

mod call;
mod circles;
mod dispatch;
mod events;
mod flags;
mod functions;
mod offloads;
mod payloads;
mod plans;
mod targets;
mod text;
mod twins;

use indexmap::IndexMap;

use super::{Contract, Environment, Origin, Payload, Policy, Sourced, codes};
use crate::derive::Duration;
use crate::diagnostic::{Diagnostic, Fix};
use crate::document::Document;
use crate::findings::Findings;
use crate::pointer::Pointer;
use crate::spec::{self, OUT_OF_RANGE, Spec, UNKNOWN_VALUE};
use crate::suggest::did_you_mean;

/// Resolves a spec.
///
/// # Errors
/// Every reference that leads nowhere, every text that is no pattern, duration, schedule, path or
/// name, and everything that is missing or does not belong.
pub fn resolve(document: &Document, spec: &Spec) -> Result<Contract, Vec<Diagnostic>> {
    let mut resolver = Resolver {
        spec,
        findings: Findings::new(document),
        schedules: std::collections::HashMap::new(),
        payloads_too_deep: false,
    };
    let contract = resolver.contract();
    let found = resolver.findings.into_diagnostics();
    match contract {
        Some(contract) if found.is_empty() => Ok(contract),
        _ => Err(found),
    }
}

struct Resolver<'s> {
    spec: &'s Spec,
    findings: Findings<'s>,
    /// The same schedule is proven once.
    schedules: std::collections::HashMap<&'s str, Option<crate::derive::Schedule>>,
    /// Payloads that build on each other too deep are told of once: of a chain, nearly all are.
    payloads_too_deep: bool,
}

impl<'s> Resolver<'s> {
    fn contract(&mut self) -> Option<Contract> {
        let spec = self.spec;
        let root = Pointer::root();
        if spec.version != 1 {
            let help = "write `version: 1`; a newer version of this tool may support others";
            self.findings.report(
                &UNKNOWN_VALUE,
                &root.key("version"),
                format!("version {} of the language does not exist", spec.version),
                help,
            );
        }
        let name = Sourced::written(spec.name.clone(), root.key("name"));
        if spec.name.trim().is_empty() {
            self.findings.report(
                &codes::BAD_NAME,
                &name.at,
                "the contract has no name",
                "give it a short name in kebab-case",
            );
        }
        let targets = self.targets(spec.targets.as_ref(), &root.key("targets"));
        let mut payloads = self.payloads();
        let dispatch = self.dispatch(&root.key("dispatch"), &payloads);
        let ledger = spec.ledger.as_ref().map(|ledger| self.ledger(ledger, &root.key("ledger")));
        let mut flags = self.flags(&root.key("flags"));
        let offloads = self.offloads(&payloads, &mut flags);
        if let (Some(targets), Some(offloads)) = (&targets, &offloads) {
            self.twins(targets, offloads);
        }
        if let Some(offloads) = &offloads {
            Self::drop_unused_built_in(&mut payloads, offloads);
        }
        let truthy = self.truthy(&root.key("flags"));
        Some(Contract {
            name,
            description: optional(spec.description.as_ref(), &root.key("description")),
            targets: targets?,
            payloads,
            dispatch: dispatch?,
            ledger,
            environment: self.environment(&root.key("environment")),
            policy: self.policy(&root.key("policy")),
            truthy,
            flags,
            synchronous: self.synchronous(&root.key("synchronous")),
            rollout: self.rollout(&root.key("rollout")),
            gates: spec.gates.as_ref().map(|gates| self.gates(gates, &root.key("gates"))),
            allow: self.allow(spec.allow.as_ref(), &root.key("allow")),
            offloads: offloads?,
        })
    }

    fn environment(&mut self, at: &Pointer) -> Environment {
        let secrets = self.spec.environment.as_ref().and_then(|e| e.secrets.as_ref());
        let at = at.key("secrets");
        let secrets = secrets.into_iter().flatten().enumerate();
        Environment { secrets: secrets.filter_map(|(i, name)| self.variable(name, &at.index(i))).collect() }
    }

    fn policy(&mut self, at: &Pointer) -> Policy {
        let policy = self.spec.policy.as_ref();
        let mut ceiling = |given: Option<&spec::Ceiling>, name: &str, built_in: i64| match given {
            Some(given) => {
                let at = at.key(name).key("ceiling");
                if given.ceiling < 0 {
                    self.findings.report(
                        &OUT_OF_RANGE,
                        &at,
                        "a ceiling is at least 0",
                        "write the highest value that needs no justification",
                    );
                }
                Sourced::written(given.ceiling, at)
            }
            None => Sourced::built_in(built_in, at.clone()),
        };
        Policy {
            retries: ceiling(policy.and_then(|p| p.retries.as_ref()), "retries", 3),
            concurrency: ceiling(policy.and_then(|p| p.concurrency.as_ref()), "concurrency", 1),
        }
    }

    fn truthy(&mut self, at: &Pointer) -> Sourced<Vec<String>> {
        match self.spec.flags.as_ref().and_then(|flags| flags.truthy.as_ref()) {
            Some(values) => Sourced::written(values.clone(), at.key("truthy")),
            None => Sourced::built_in(["1", "true", "yes", "on"].map(str::to_owned).to_vec(), at.clone()),
        }
    }

    fn duration(&mut self, text: &str, at: &Pointer) -> Option<Sourced<Duration>> {
        let duration = Duration::parse(text);
        if duration.is_none() {
            let (help, fix) = duration_help(text);
            let finding = self.findings.report(&codes::BAD_DURATION, at, format!("`{text}` is not a duration"), help);
            finding.fixed_by(fix);
        }
        duration.map(|duration| Sourced::written(duration, at.clone()))
    }

    fn optional_duration(&mut self, text: Option<&String>, at: &Pointer) -> Option<Sourced<Duration>> {
        text.and_then(|text| self.duration(text, at))
    }

    /// Reports a name that nothing has, with the closest that something has.
    fn unknown<'n>(&mut self, what: &str, name: &str, known: impl Iterator<Item = &'n str> + Clone, at: &Pointer) {
        let close = did_you_mean(name, known.clone());
        let help = match close {
            Some(close) => format!("did you mean `{close}`?"),
            None => {
                let list: Vec<String> = known.take(8).map(|name| format!("`{name}`")).collect();
                if list.is_empty() {
                    format!("declare the {what} first")
                } else {
                    format!("known: {}", list.join(", "))
                }
            }
        };
        let finding = self.findings.report(&codes::UNKNOWN_REFERENCE, at, format!("unknown {what} `{name}`"), help);
        finding.fixed_by(close.map(Fix::text));
    }

    /// A payload that exists.
    fn payload_name(
        &mut self,
        name: Sourced<String>,
        payloads: &IndexMap<String, Payload>,
        job: &str,
    ) -> Option<Sourced<String>> {
        if payloads.contains_key(name.value.as_str()) {
            return Some(name);
        }
        // A payload that is written but faulty has been reported where it is written.
        if self.spec.payloads.as_ref().is_none_or(|written| !written.contains_key(&name.value)) {
            let known: Vec<&str> = payloads.keys().map(String::as_str).collect();
            self.unknown("payload", &name.value, known.iter().copied(), &name.at);
            if name.origin == Origin::BuiltIn {
                self.findings.report_key(
                    &codes::MISSING_VALUE,
                    &name.at,
                    format!("`{job}` has no payload"),
                    "add `payload: …` here or under `defaults`",
                );
            }
        }
        None
    }
}

/// A value that may be absent, with its place.
fn optional<T: Clone>(value: Option<&T>, at: &Pointer) -> Option<Sourced<T>> {
    value.map(|value| Sourced::written(value.clone(), at.clone()))
}

/// What to write in place of a text that is not a duration.
pub(crate) fn duration_help(text: &str) -> (String, Option<Fix>) {
    match did_you_mean_duration(text) {
        Some(close) => (format!("write `{close}`"), Some(Fix::text(&close))),
        None => {
            let help = "write weeks, days, hours, minutes and seconds in this order, such as `1h30m`, from 1s to 366d";
            (help.to_owned(), None)
        }
    }
}

/// `5 minutes`, `5min`, `300` seconds: what people write for `5m`.
fn did_you_mean_duration(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok().filter(|n| *n > 0)?;
    let unit = match unit.trim() {
        "s" | "sec" | "secs" | "second" | "seconds" | "" => "s",
        "m" | "min" | "mins" | "minute" | "minutes" => "m",
        "h" | "hr" | "hrs" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "w" | "week" | "weeks" => "w",
        _ => return None,
    };
    // One of more than a year is none either.
    Some(format!("{number}{unit}")).filter(|close| Duration::parse(close).is_some())
}
