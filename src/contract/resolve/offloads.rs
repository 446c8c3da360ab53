//! Offloads: what each kind needs, what conventions give, which values its patterns may name.

use indexmap::IndexMap;

use super::super::{Convention, Flag, Kind, Offload, Origin, Payload, Sourced, Status, codes};
use super::{Resolver, optional};
use crate::derive::{Pattern, ValueName};
use crate::names;
use crate::pointer::Pointer;
use crate::spec::{self, OffloadDefaults};

/// An offload as it is written, and the defaults that apply to it.
pub(super) struct Written<'s> {
    pub(super) job: &'s str,
    pub(super) given: &'s spec::Offload,
    pub(super) at: Pointer,
    pub(super) generated: bool,
    pub(super) defaults: Option<(&'s OffloadDefaults, Pointer)>,
}

impl<'s> Written<'s> {
    pub(super) fn kind(&self) -> &'static str {
        if self.given.kind == Kind::Cron { "cron" } else { "webhook" }
    }

    /// What is written, else the default, else what the language has for generated offloads.
    pub(super) fn text(
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

    pub(super) fn convention(
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
            self.findings.about(Some(job));
            match self.offload(job, given, at.key(job), payloads, flags) {
                Some(offload) => {
                    out.insert(job.clone(), offload);
                }
                None => complete = false,
            }
        }
        self.findings.about(None);
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
            let help = "use lower-case letters, digits and `-`: the name becomes part of file names, function ids and \
                        identifiers";
            self.findings.report_key(&codes::BAD_NAME, &at, format!("`{job}` is not a valid job name"), help);
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
            ("when", cron && given.when.is_some(), "only webhooks can select calls"),
            ("schedule", !cron && given.schedule.is_some(), "only cron offloads have a schedule"),
            ("event", (queue || many) && given.event.is_some(), "`via` or `events` replaces it"),
            ("eventId", (queue || many) && given.event_id.is_some(), "write it for each event, or remove `via`"),
            ("function", (queue || many) && given.function.is_some(), "write it for each event, or remove `via`"),
            ("events", queue && many, "the work goes to a queue, so no event is sent"),
            ("source", queue && given.source.is_some(), "the work goes to a queue, so no event is sent"),
            ("payload", queue && given.payload.is_some(), "the work goes to a queue, so no event is sent"),
            ("dispatchKey", queue && given.dispatch_key.is_some(), "the work goes to a queue, so no event is sent"),
            ("params", queue && given.params.is_some(), "the work goes to a queue, so no event is sent"),
            ("window", queue && given.window.is_some(), "the work goes to a queue, so no event is sent"),
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
            let help = "write `status: existing`: the code of the queue is hand-written";
            self.findings.report_key(
                &codes::DOES_NOT_BELONG,
                &written.at.key("via"),
                "no code can be generated for a queue",
                help,
            );
        }
    }

    pub(super) fn missing(&mut self, written: &Written<'_>, key: &str, help: &str) {
        let help = if written.generated {
            help
        } else {
            "defaults do not apply to existing code: write the value that the \
                                                  code uses"
        };
        self.findings.report_key(&codes::MISSING_VALUE, &written.at, format!("`{}` has no `{key}`", written.job), help);
    }

    fn flag(&mut self, written: &Written<'_>) -> Option<Sourced<String>> {
        let built_in = format!("{}_{{JOB}}_USE_INNGEST", written.kind().to_uppercase());
        let flag = written.text("flag", written.given.flag.as_ref(), |d| d.flag.as_ref(), Some(built_in))?;
        let flag = self.fixed(&flag, written.job, None)?;
        self.variable(&flag.value, &flag.at)?;
        Some(flag)
    }

    /// The names that `defaults` would have given. What is only built in is no convention of the team.
    fn conventions(&mut self, written: &Written<'_>) -> Convention {
        let Some((defaults, at)) = &written.defaults else { return Convention::default() };
        let function = defaults.function.as_ref();
        let fill = |text: Option<&String>, at: Pointer| {
            let pattern = Pattern::parse(text?).ok()?.fill(&|name: ValueName| match name {
                ValueName::Job => Some(written.job.to_owned()),
                ValueName::JobConstant => Some(names::constant(written.job)),
                _ => None,
            });
            Some(Sourced { value: pattern.constant()?, origin: Origin::Default, at })
        };
        Convention {
            source: fill(defaults.source.as_ref(), at.key("source")),
            event: fill(defaults.event.as_ref(), at.key("event")),
            flag: fill(defaults.flag.as_ref(), at.key("flag")),
            function_id: fill(function.and_then(|f| f.id.as_ref()), at.key("function").key("id")),
            job_name: fill(function.and_then(|f| f.job_name.as_ref()), at.key("function").key("jobName")),
        }
    }
}
