//! When and how an offload is called: schedule, window, parameters, methods, priority.

use super::super::{HashAlgorithm, Kind, Method, Origin, Params, Priority, Sourced, Window, codes};
use super::Resolver;
use super::offloads::Written;
use crate::derive::Schedule;
use crate::pointer::Pointer;
use crate::spec::{self, OUT_OF_RANGE, UNKNOWN_VALUE};

impl<'s> Resolver<'s> {
    pub(super) fn priority(&mut self, text: &str, at: &Pointer) -> Option<Sourced<Priority>> {
        let digit = text.strip_prefix('P').and_then(|digit| digit.parse().ok()).filter(|digit| *digit <= 9);
        if digit.is_none() {
            self.findings.report(
                &UNKNOWN_VALUE,
                at,
                format!("`{text}` is not a priority"),
                "write `P0` (first) to `P9`",
            );
        }
        digit.map(|digit| Sourced::written(Priority(digit), at.clone()))
    }

    pub(super) fn schedule(&mut self, written: &Written<'s>) -> Option<Sourced<Schedule>> {
        let Some(text) = &written.given.schedule else {
            if written.given.kind == Kind::Cron {
                self.missing(written, "schedule", "add `schedule: \"*/5 * * * *\"`: five fields, UTC");
            }
            return None;
        };
        let at = written.at.key("schedule");
        if let Some(known) = self.schedules.get(text.as_str()) {
            return known.clone().map(|schedule| Sourced::written(schedule, at));
        }
        let schedule = match Schedule::parse(text) {
            Ok(schedule) => Some(schedule),
            Err(error) => {
                let help = "write minute, hour, day of month, month and day of week, in UTC";
                self.findings.report(&codes::BAD_SCHEDULE, &at, format!("`{text}` is not a schedule: {error}"), help);
                // A faulty schedule is reported wherever it is written.
                return None;
            }
        };
        self.schedules.insert(text, schedule.clone());
        schedule.map(|schedule| Sourced::written(schedule, at))
    }

    pub(super) fn window(&mut self, given: &spec::Window, at: &Pointer) -> Option<Sourced<Window>> {
        let window = match given {
            spec::Window::Fixed(text) => Window::Fixed(self.duration(text, at)?.value),
            spec::Window::Env(window) => {
                let env = self.variable(&window.env, &at.key("env"));
                let default = self.duration(&window.default, &at.key("default"));
                let min = self.optional_duration(window.min.as_ref(), &at.key("min")).map(|d| d.value);
                let max = self.optional_duration(window.max.as_ref(), &at.key("max")).map(|d| d.value);
                let default = default?.value;
                if min.is_some_and(|min| default < min) || max.is_some_and(|max| default > max) {
                    self.findings.report(
                        &OUT_OF_RANGE,
                        &at.key("default"),
                        "the default is outside the bounds",
                        "make `min` ≤ `default` ≤ `max`",
                    );
                }
                Window::Env { env: env?.value, default, min, max }
            }
        };
        Some(Sourced::written(window, at.clone()))
    }

    pub(super) fn params(&mut self, given: &spec::Params, at: &Pointer) -> Option<Params> {
        let mut allow: Vec<Sourced<String>> = Vec::new();
        for (i, name) in given.allow.iter().enumerate() {
            let at = at.key("allow").index(i);
            let plain = |c: char| c.is_ascii_alphanumeric() || "_-.[]".contains(c);
            if name.is_empty() || name.len() > 100 || !name.chars().all(plain) || name == "__proto__" {
                let help = "use letters, digits and `_ - . [ ]`";
                self.findings.report(
                    &codes::BAD_NAME,
                    &at,
                    format!("`{name}` cannot be the name of a parameter"),
                    help,
                );
            } else if let Some(first) = allow.iter().find(|known| known.value == *name) {
                let first = first.at.clone();
                let message = format!("the parameter `{name}` is listed twice");
                self.findings
                    .report(&codes::BAD_NAME, &at, message, "remove one of the two")
                    .also(&first, "first listed here");
            } else {
                allow.push(Sourced::written(name.clone(), at));
            }
        }
        if given.allow.is_empty() {
            self.findings.report(
                &codes::MISSING_VALUE,
                &at.key("allow"),
                "no parameter is allowed",
                "name the parameters, or remove `params`",
            );
        }
        let (algorithm, hex_length) = match &given.hash {
            Some(hash) => {
                let at = at.key("hash");
                let length = usize::try_from(hash.hex_length).ok().filter(|length| (8..=64).contains(length));
                if length.is_none() {
                    let message = format!("a hash cannot have {} hex digits", hash.hex_length);
                    self.findings.report(
                        &OUT_OF_RANGE,
                        &at.key("hexLength"),
                        message,
                        "use 8 to 64: fewer digits collide, and sha256 has 64",
                    );
                }
                (Sourced::written(hash.algorithm, at.key("algorithm")), Sourced::written(length?, at.key("hexLength")))
            }
            None => (Sourced::built_in(HashAlgorithm::Sha256, at.clone()), Sourced::built_in(16, at.clone())),
        };
        Some(Params { allow, algorithm, hex_length, at: at.clone() })
    }

    pub(super) fn methods(&self, written: &Written<'_>) -> Sourced<Vec<Method>> {
        if let Some(methods) = &written.given.methods {
            return Sourced::written(methods.clone(), written.at.key("methods"));
        }
        if let Some((defaults, at)) = &written.defaults
            && let Some(methods) = &defaults.methods
        {
            return Sourced { value: methods.clone(), origin: Origin::Default, at: at.key("methods") };
        }
        let methods = match (written.generated, written.given.kind) {
            (true, Kind::Cron) => vec![Method::Get, Method::Post],
            (true, Kind::Webhook) => vec![Method::Post],
            (false, _) => Vec::new(),
        };
        Sourced::built_in(methods, written.at.clone())
    }
}
