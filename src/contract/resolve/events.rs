//! How the work of an offload leaves the request path: its events, and the patterns of keys and ids.

use indexmap::IndexMap;

use super::super::{Delivery, Event, Events, Kind, Origin, Params, Payload, Sourced, codes};
use super::functions::Options;
use super::offloads::Written;
use super::payloads::BUILT_IN;
use super::{Resolver, optional};
use crate::derive::{Pattern, ValueName};
use crate::names;
use crate::pointer::Pointer;
use crate::spec;

impl Resolver<'_> {
    pub(super) fn delivery(
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
                self.missing(
                    written,
                    "dispatchKey",
                    "add a pattern that is the same for calls that request the same \
                                                      work, such as `webhook:{job}:{paramsHash}`",
                );
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
    pub(super) fn event(
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
                    "defaults do not apply to existing code: write the value that the code uses",
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

    pub(super) fn constant(&mut self, event: &Sourced<String>) -> Option<Sourced<String>> {
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
    pub(super) fn key_pattern(
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
    pub(super) fn id_pattern(
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
    pub(super) fn values_exist(
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
                    format!("put it in brackets, with its separator: `[:{}]`", "{paramsHash}"),
                ),
                ValueName::DispatchKey if !is_id => (
                    format!("{braces} cannot be part of itself"),
                    "use values of the call, such as `{window}`".to_owned(),
                ),
                ValueName::Event | ValueName::EventConstant => (
                    format!("{braces} is not available here: one key serves all events of the offload"),
                    "use `{event}` in the event id".to_owned(),
                ),
                _ => continue,
            };
            self.findings.report(&codes::VALUE_NOT_IN_CALL, &text.at, message, help).offload(written.job);
        }
        (self.findings.len() == before).then_some(())
    }
}
