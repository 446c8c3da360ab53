//! Offloads: what each kind needs, what conventions give, which values its patterns may name.

use indexmap::IndexMap;

use super::super::{
    Convention, Delivery, Event, Events, Flag, HashAlgorithm, Kind, Method, Offload, Origin, Params, Payload, Priority,
    Sourced, Status, Window, codes,
};
use super::functions::Options;
use super::payloads::BUILT_IN;
use super::{Resolver, optional};
use crate::derive::{Pattern, Schedule, ValueName};
use crate::names;
use crate::pointer::Pointer;
use crate::spec::{self, OUT_OF_RANGE, OffloadDefaults};

/// An offload as it is written, and the defaults that apply to it.
struct Written<'s> {
    job: &'s str,
    given: &'s spec::Offload,
    at: Pointer,
    generated: bool,
    defaults: Option<(&'s OffloadDefaults, Pointer)>,
}

impl<'s> Written<'s> {
    fn kind(&self) -> &'static str {
        if self.given.kind == Kind::Cron { "cron" } else { "webhook" }
    }

    /// What is written, else the default, else what the language has for generated offloads.
    fn text(
        &self,
        key: &str,
        written: Option<&String>,
        default: impl Fn(&OffloadDefaults) -> Option<&String>,
        built_in: Option<String>,
    ) -> Option<Sourced<String>> {
        if let Some(written) = written {
            return Some(Sourced::written(written.clone(), self.at.key(key)));
        }
        self.convention(key, default, built_in)
    }

    fn convention(
        &self,
        key: &str,
        default: impl Fn(&OffloadDefaults) -> Option<&String>,
        built_in: Option<String>,
    ) -> Option<Sourced<String>> {
        if let Some((defaults, at)) = &self.defaults
            && let Some(value) = default(defaults)
        {
            return Some(Sourced { value: value.clone(), origin: Origin::Default, at: at.key(key) });
        }
        let value = built_in.filter(|_| self.generated)?;
        Some(Sourced::built_in(value, self.at.clone()))
    }
}

impl<'s> Resolver<'s> {
    pub(super) fn offloads(
        &mut self,
        payloads: &IndexMap<String, Payload>,
        flags: &mut IndexMap<String, Flag>,
    ) -> Option<IndexMap<String, Offload>> {
        let at = Pointer::root().key("offloads");
        if self.spec.offloads.is_empty() {
            self.findings.report_key(
                &codes::MISSING_VALUE,
                &at,
                "the contract has no offload",
                "add one under `offloads`",
            );
        }
        let spec = self.spec;
        let mut out = IndexMap::new();
        let mut complete = true;
        for (job, given) in &spec.offloads {
            match self.offload(job, given, at.key(job), payloads, flags) {
                Some(offload) => {
                    out.insert(job.clone(), offload);
                }
                None => complete = false,
            }
        }
        complete.then_some(out)
    }

    fn offload(
        &mut self,
        job: &'s str,
        given: &'s spec::Offload,
        at: Pointer,
        payloads: &IndexMap<String, Payload>,
        flags: &mut IndexMap<String, Flag>,
    ) -> Option<Offload> {
        if !names::is_kebab(job) || job.len() > 100 {
            let help = "use lower case letters, digits and `-`: it becomes file names, function ids and identifiers";
            self.findings.report_key(&codes::BAD_NAME, &at, format!("`{job}` is no name of a job"), help);
        }
        let generated = given.status != Some(Status::Existing);
        let defaults = self.spec.defaults.as_ref().filter(|_| generated);
        let defaults =
            defaults.and_then(|d| if given.kind == Kind::Cron { d.cron.as_ref() } else { d.webhook.as_ref() });
        let kind = if given.kind == Kind::Cron { "cron" } else { "webhook" };
        let defaults = defaults.map(|d| (d, Pointer::root().key("defaults").key(kind)));
        let written = Written { job, given, at, generated, defaults };
        self.refuse_strangers(&written);

        let at = &written.at;
        let priority = given.priority.as_ref().and_then(|text| self.priority(text, &at.key("priority")));
        let route = self.route(&given.route, &at.key("route"));
        let schedule = self.schedule(&written);
        let window = given.window.as_ref().and_then(|window| self.window(window, &at.key("window")));
        let expected_duration = self.optional_duration(given.expected_duration.as_ref(), &at.key("expectedDuration"));
        let params = given.params.as_ref().and_then(|params| self.params(params, &at.key("params")));
        let flag = self.flag(&written);
        if let Some(flag) = &flag {
            self.use_flag(flag, job, flags);
        }
        let owners = given.owners.iter().flatten().enumerate().filter_map(|(i, owner)| {
            let at = at.key("owners").index(i);
            self.path(owner, &at).map(|path| Sourced::written(path, at))
        });
        let owners = owners.collect();
        let delivery = self.delivery(&written, params.as_ref(), payloads);
        let inline = given.inline_fields.iter().flatten().enumerate();
        let inline_fields =
            inline.map(|(i, name)| Sourced::written(name.clone(), at.key("inlineFields").index(i))).collect();
        let allow = self.allow(given.allow.as_ref(), &at.key("allow"));
        Some(Offload {
            job: job.to_owned(),
            description: optional(given.description.as_ref(), &at.key("description")),
            kind: Sourced::written(given.kind, at.key("kind")),
            status: match given.status {
                Some(status) => Sourced::written(status, at.key("status")),
                None => Sourced::built_in(Status::Generated, at.clone()),
            },
            priority,
            route,
            methods: self.methods(&written),
            schedule,
            when: optional(given.when.as_ref(), &at.key("when")),
            window,
            expected_duration,
            params,
            flag,
            delivery: delivery?,
            inline_fields,
            owners,
            allow,
            convention: self.conventions(&written),
            at: at.clone(),
        })
    }

    /// Values that have no meaning beside the others.
    fn refuse_strangers(&mut self, written: &Written<'_>) {
        let given = written.given;
        let cron = given.kind == Kind::Cron;
        let queue = given.via.is_some();
        let many = given.events.is_some();
        let strangers = [
            ("when", cron && given.when.is_some(), "only webhooks choose among calls"),
            ("schedule", !cron && given.schedule.is_some(), "only cron offloads have a schedule"),
            ("event", (queue || many) && given.event.is_some(), "`via` and `events` take its place"),
            ("eventId", (queue || many) && given.event_id.is_some(), "write it with each event, or remove `via`"),
            ("function", (queue || many) && given.function.is_some(), "write it with each event, or remove `via`"),
            ("events", queue && many, "a queue takes the work: no event is sent"),
            ("source", queue && given.source.is_some(), "a queue takes the work: no event is sent"),
            ("payload", queue && given.payload.is_some(), "a queue takes the work: no event is sent"),
            ("dispatchKey", queue && given.dispatch_key.is_some(), "a queue takes the work: no event is sent"),
            ("params", queue && given.params.is_some(), "a queue takes the work: no event is sent"),
            ("window", queue && given.window.is_some(), "a queue takes the work: no event is sent"),
        ];
        for (key, stranger, why) in strangers {
            if stranger {
                let message = format!("`{key}` does not belong to this offload: {why}");
                self.findings.report_key(
                    &codes::DOES_NOT_BELONG,
                    &written.at.key(key),
                    message,
                    format!("remove `{key}`"),
                );
            }
        }
        if queue && written.generated {
            let help = "write `status: existing`: the queue's code is yours";
            self.findings.report_key(
                &codes::DOES_NOT_BELONG,
                &written.at.key("via"),
                "nothing is generated for a queue",
                help,
            );
        }
    }

    fn missing(&mut self, written: &Written<'_>, key: &str, help: &str) {
        let help =
            if written.generated { help } else { "defaults do not apply to existing code: write what the code has" };
        self.findings.report_key(&codes::MISSING_VALUE, &written.at, format!("`{}` has no `{key}`", written.job), help);
    }

    fn priority(&mut self, text: &str, at: &Pointer) -> Option<Sourced<Priority>> {
        let digit = text.strip_prefix('P').and_then(|digit| digit.parse().ok()).filter(|digit| *digit <= 9);
        if digit.is_none() {
            self.findings.report(&OUT_OF_RANGE, at, format!("`{text}` is no priority"), "write `P0` (first) to `P9`");
        }
        digit.map(|digit| Sourced::written(Priority(digit), at.clone()))
    }

    fn schedule(&mut self, written: &Written<'s>) -> Option<Sourced<Schedule>> {
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
                self.findings.report(&codes::BAD_SCHEDULE, &at, format!("`{text}` is no schedule: {error}"), help);
                // A faulty schedule is reported wherever it is written.
                return None;
            }
        };
        self.schedules.insert(text, schedule.clone());
        schedule.map(|schedule| Sourced::written(schedule, at))
    }

    fn window(&mut self, given: &spec::Window, at: &Pointer) -> Option<Sourced<Window>> {
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
                        "the default is outside of the bounds",
                        "make `min` ≤ `default` ≤ `max`",
                    );
                }
                Window::Env { env: env?.value, default, min, max }
            }
        };
        Some(Sourced::written(window, at.clone()))
    }

    fn params(&mut self, given: &spec::Params, at: &Pointer) -> Option<Params> {
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
                let message = format!("the parameter `{name}` is allowed twice");
                self.findings
                    .report(&codes::BAD_NAME, &at, message, "remove one of the two")
                    .also(&first, "first allowed here");
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
                    let message = format!("{} hex digits of a hash", hash.hex_length);
                    self.findings.report(
                        &OUT_OF_RANGE,
                        &at.key("hexLength"),
                        message,
                        "use 8 to 64; fewer digits collide, sha256 has 64",
                    );
                }
                (Sourced::written(hash.algorithm, at.key("algorithm")), Sourced::written(length?, at.key("hexLength")))
            }
            None => (Sourced::built_in(HashAlgorithm::Sha256, at.clone()), Sourced::built_in(16, at.clone())),
        };
        Some(Params { allow, algorithm, hex_length, at: at.clone() })
    }

    fn flag(&mut self, written: &Written<'_>) -> Option<Sourced<String>> {
        let built_in = format!("{}_{{JOB}}_USE_INNGEST", written.kind().to_uppercase());
        let flag = written.text("flag", written.given.flag.as_ref(), |d| d.flag.as_ref(), Some(built_in))?;
        let flag = self.fixed(&flag, written.job, None)?;
        self.variable(&flag.value, &flag.at)?;
        Some(flag)
    }

    fn methods(&self, written: &Written<'_>) -> Sourced<Vec<Method>> {
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

    fn delivery(
        &mut self,
        written: &Written<'_>,
        params: Option<&Params>,
        payloads: &IndexMap<String, Payload>,
    ) -> Option<Delivery> {
        if let Some(via) = &written.given.via {
            let at = written.at.key("via").key("queue");
            self.visible("the queue", &via.queue, &at);
            return Some(Delivery::Queue(Sourced::written(via.queue.clone(), at)));
        }
        let given = written.given;
        let source = written.text(
            "source",
            given.source.as_ref(),
            |d| d.source.as_ref(),
            Some(format!("{}/{{job}}", written.kind())),
        );
        let source = match source {
            Some(source) => self.fixed(&source, written.job, None),
            None => {
                self.missing(written, "source", "add `source: cron/nightly-report`");
                None
            }
        };
        let key = (given.kind == Kind::Cron).then(|| "cron:{job}:{window}".to_owned());
        let key = written.text("dispatchKey", given.dispatch_key.as_ref(), |d| d.dispatch_key.as_ref(), key);
        let key = match key {
            Some(key) => self.key_pattern(written, key, source.as_ref(), params),
            None => {
                self.missing(written, "dispatchKey", "add a pattern that is the same for calls that ask for the same work, such as `webhook:{job}:{paramsHash}`");
                None
            }
        };
        let mut events = Vec::new();
        let mut complete = true;
        match &given.events {
            Some(many) => {
                let at = written.at.key("events");
                if many.is_empty() {
                    self.findings.report_key(
                        &codes::MISSING_VALUE,
                        &at,
                        "`events` is empty",
                        "name at least one event",
                    );
                }
                for (name, event) in many {
                    let at = at.key(name);
                    let name = Sourced::written(name.clone(), at.clone());
                    match self.event(written, name, event, &at, source.as_ref(), params, payloads) {
                        Some(event) => events.push(event),
                        None => complete = false,
                    }
                }
            }
            None => {
                let default = format!(
                    "{}/{{job}}.{}",
                    written.kind(),
                    if given.kind == Kind::Cron { "requested" } else { "received" }
                );
                let name = written.text("event", given.event.as_ref(), |d| d.event.as_ref(), Some(default));
                let name = match name {
                    Some(name) => self.fixed(&name, written.job, None),
                    None => {
                        self.missing(written, "event", "add `event: …`");
                        None
                    }
                };
                let one = spec::Event {
                    description: None,
                    payload: None,
                    event_id: given.event_id.clone(),
                    function: given.function.clone(),
                };
                let at = written.at.clone();
                match name.and_then(|name| self.event(written, name, &one, &at, source.as_ref(), params, payloads)) {
                    Some(event) => events.push(event),
                    None => complete = false,
                }
            }
        }
        if !complete {
            return None;
        }
        Some(Delivery::Events(Events { source: source?, dispatch_key: key?, events }))
    }

    #[expect(clippy::too_many_arguments, reason = "an event is resolved against all that surrounds it")]
    fn event(
        &mut self,
        written: &Written<'_>,
        name: Sourced<String>,
        given: &spec::Event,
        at: &Pointer,
        source: Option<&Sourced<String>>,
        params: Option<&Params>,
        payloads: &IndexMap<String, Payload>,
    ) -> Option<Event> {
        let payload = match &given.payload {
            Some(payload) => Some(Sourced::written(payload.clone(), at.key("payload"))),
            None => written.text(
                "payload",
                written.given.payload.as_ref(),
                |d| d.payload.as_ref(),
                Some(BUILT_IN.to_owned()),
            ),
        };
        let payload = match payload {
            Some(payload) => self.payload_name(payload, payloads, written.job),
            None => {
                self.missing(written, "payload", "add `payload: …`");
                None
            }
        };
        let id = match &given.event_id {
            Some(id) => Some(Sourced::written(id.clone(), at.key("eventId"))),
            None => written.convention("eventId", |d| d.event_id.as_ref(), Some("{event}:{dispatchKey}".to_owned())),
        };
        let event_id = match id {
            Some(id) => self.id_pattern(written, id, &name.value, source, params),
            None => {
                let message = format!("the event `{}` has no `eventId`", name.value);
                self.findings.report_key(
                    &codes::MISSING_VALUE,
                    at,
                    message,
                    "defaults do not apply to existing code: write what the code has",
                );
                None
            }
        };
        let options = Options {
            written: given.function.as_ref().map(|function| (function, at.key("function"))),
            default: written
                .defaults
                .as_ref()
                .and_then(|(d, at)| d.function.as_ref().map(|function| (function, at.key("function")))),
            built_in: written.generated,
            owner: at.clone(),
            job: written.job,
            kind: written.given.kind,
        };
        let function = self.function(&options, &name.value);
        let constant = self.constant(&name);
        Some(Event {
            description: optional(given.description.as_ref(), &at.key("description")),
            constant: constant?,
            payload: payload?,
            event_id: event_id?,
            function: function?,
            name,
            at: at.clone(),
        })
    }

    fn constant(&mut self, event: &Sourced<String>) -> Option<Sourced<String>> {
        let target = self.spec.targets.as_ref().and_then(|t| t.typescript.as_ref());
        let pattern = match target.and_then(|t| t.event_constant.as_ref()) {
            Some(pattern) => {
                let at = Pointer::root().key("targets").key("typescript").key("eventConstant");
                Sourced { value: pattern.clone(), origin: Origin::Default, at }
            }
            None => Sourced::built_in("INNGEST_EVENT_{EVENT}".to_owned(), event.at.clone()),
        };
        self.fixed(&pattern, "", Some(&event.value))
    }

    /// A dispatch key: `{job}` and `{source}` are put in, values of the call stay.
    fn key_pattern(
        &mut self,
        written: &Written<'_>,
        text: Sourced<String>,
        source: Option<&Sourced<String>>,
        params: Option<&Params>,
    ) -> Option<Sourced<Pattern>> {
        let pattern = self.pattern(&text.value, &text.at)?.fill(&|name: ValueName| match name {
            ValueName::Job => Some(written.job.to_owned()),
            ValueName::JobConstant => Some(names::constant(written.job)),
            ValueName::Source => source.map(|s| s.value.clone()),
            _ => None,
        });
        self.values_exist(written, &text, &pattern, params, false)?;
        Some(Sourced { value: pattern, origin: text.origin, at: text.at })
    }

    /// An event id: the event's name is put in as well.
    fn id_pattern(
        &mut self,
        written: &Written<'_>,
        text: Sourced<String>,
        event: &str,
        source: Option<&Sourced<String>>,
        params: Option<&Params>,
    ) -> Option<Sourced<Pattern>> {
        let pattern = self.pattern(&text.value, &text.at)?.fill(&|name: ValueName| match name {
            ValueName::Job => Some(written.job.to_owned()),
            ValueName::JobConstant => Some(names::constant(written.job)),
            ValueName::Source => source.map(|s| s.value.clone()),
            ValueName::Event => Some(event.to_owned()),
            ValueName::EventConstant => Some(names::constant(event)),
            _ => None,
        });
        self.values_exist(written, &text, &pattern, params, true)?;
        Some(Sourced { value: pattern, origin: text.origin, at: text.at })
    }

    /// Every value that is left in a pattern is one that a call of this offload has.
    fn values_exist(
        &mut self,
        written: &Written<'_>,
        text: &Sourced<String>,
        pattern: &Pattern,
        params: Option<&Params>,
        is_id: bool,
    ) -> Option<()> {
        let before = self.findings.len();
        for (value, optional) in pattern.values() {
            let braces = format!("`{{{}}}`", value.name.as_str());
            let (message, help) = match value.name {
                ValueName::Window | ValueName::WindowStart | ValueName::WindowSeconds
                    if written.given.window.is_none() =>
                {
                    (
                        format!("{braces} needs a window, and `{}` has none", written.job),
                        "add `window: 5m`, or leave the value out".to_owned(),
                    )
                }
                ValueName::ParamsHash if written.given.params.is_none() => (
                    format!("{braces} needs parameters, and `{}` allows none", written.job),
                    "add `params: { allow: […] }`, or leave the value out".to_owned(),
                ),
                ValueName::ParamsHash if !optional && params.is_some() => (
                    format!("{braces} is absent from calls without parameters"),
                    format!("put it in brackets with what belongs to it: `[:{}]`", "{paramsHash}"),
                ),
                ValueName::DispatchKey if !is_id => (
                    format!("{braces} cannot be part of itself"),
                    "use values of the call, such as `{window}`".to_owned(),
                ),
                ValueName::Event | ValueName::EventConstant => (
                    format!("{braces} is not known here: one key serves all events of the offload"),
                    "use `{event}` in the event id".to_owned(),
                ),
                _ => continue,
            };
            self.findings.report(&codes::VALUE_NOT_IN_CALL, &text.at, message, help).offload(written.job);
        }
        (self.findings.len() == before).then_some(())
    }

    fn conventions(&mut self, written: &Written<'_>) -> Option<Convention> {
        if !written.generated {
            return None;
        }
        let kind = written.kind();
        let fill = |text: Option<Sourced<String>>| {
            let text = text.map(|text| text.value).unwrap_or_default();
            let pattern = Pattern::parse(&text).ok()?.fill(&|name: ValueName| match name {
                ValueName::Job => Some(written.job.to_owned()),
                ValueName::JobConstant => Some(names::constant(written.job)),
                _ => None,
            });
            pattern.constant()
        };
        let function = |get: fn(&spec::Function) -> Option<&String>| {
            let default = written.defaults.as_ref().and_then(|(d, _)| d.function.as_ref()).and_then(get);
            Some(Sourced::built_in(default.cloned().unwrap_or_else(|| format!("{kind}-{{job}}")), written.at.clone()))
        };
        let event = format!("{kind}/{{job}}.{}", if kind == "cron" { "requested" } else { "received" });
        Some(Convention {
            source: fill(written.convention("source", |d| d.source.as_ref(), Some(format!("{kind}/{{job}}"))))?,
            event: fill(written.convention("event", |d| d.event.as_ref(), Some(event)))?,
            flag: fill(written.convention(
                "flag",
                |d| d.flag.as_ref(),
                Some(format!("{}_{{JOB}}_USE_INNGEST", kind.to_uppercase())),
            ))?,
            function_id: fill(function(|f| f.id.as_ref()))?,
            job_name: fill(function(|f| f.job_name.as_ref()))?,
        })
    }
}
