//! How routes answer, and where the status of runs goes.

use indexmap::IndexMap;

use super::super::{
    Auth, Binding, Condition, Dispatch, EventField, InlineFallback, Ledger, MetadataField, Payload, Presence, Response,
    Responses, Sourced, codes,
};
use super::Resolver;
use crate::pointer::Pointer;
use crate::spec::{self, OUT_OF_RANGE};

impl Resolver<'_> {
    pub(super) fn dispatch(&mut self, at: &Pointer, payloads: &IndexMap<String, Payload>) -> Option<Dispatch> {
        let given = self.spec.dispatch.as_ref();
        let auth = given.and_then(|d| d.auth.as_ref()).map(|auth| {
            let at = at.key("auth");
            let secret = self.variable(&auth.secret, &at.key("secret"));
            Some(Auth {
                secret: secret?,
                scheme: Sourced::written(auth.scheme, at.key("scheme")),
                when_unset: Sourced::written(auth.when_unset, at.key("whenUnset")),
            })
        });
        let configured = match given.and_then(|d| d.configured.as_ref()) {
            Some(condition) => {
                self.condition(condition, &at.key("configured")).map(|c| Sourced::written(c, at.key("configured")))
            }
            None => Some(Sourced::built_in(built_in_configured(), at.clone())),
        };
        let metadata = match given.and_then(|d| d.metadata.as_ref()) {
            Some(name) => {
                self.visible("the metadata field", name, &at.key("metadata"));
                Sourced::written(name.clone(), at.key("metadata"))
            }
            None => Sourced::built_in("dispatch".into(), at.clone()),
        };
        let inline_fallback = match given.and_then(|d| d.inline_fallback) {
            Some(fallback) => Sourced::written(fallback, at.key("inlineFallback")),
            None => Sourced::built_in(InlineFallback::Never, at.clone()),
        };
        let responses = self.responses(given.and_then(|d| d.responses.as_ref()), at, payloads);
        Some(Dispatch {
            auth: match auth {
                None => None,
                Some(auth) => Some(auth?),
            },
            configured: configured?,
            metadata,
            inline_fallback,
            responses: responses?,
        })
    }

    fn responses(
        &mut self,
        given: Option<&spec::Responses>,
        at: &Pointer,
        payloads: &IndexMap<String, Payload>,
    ) -> Option<Responses> {
        let Some(given) = given else {
            let mut built_in = |status, mode: &str, ids| self.response_of(None, status, mode, ids, at, payloads);
            return Some(Responses {
                dispatched: built_in(202, "dispatch-only", true),
                misconfigured: built_in(503, "dispatch-misconfigured", false),
                failed: built_in(503, "dispatch-failed", false),
            });
        };
        let at = at.key("responses");
        let mut one = |given: Option<&spec::Response>, name: &str, case: &str| {
            let Some(given) = given else {
                let help = format!("add `{name}: {{ status: …, mode: … }}`");
                self.findings.report_key(
                    &codes::RESPONSE_MISSING,
                    &at,
                    format!("there is no response for this case: {case}"),
                    help,
                );
                return None;
            };
            let at = at.key(name);
            let status = u16::try_from(given.status).ok().filter(|status| (100..=599).contains(status));
            if status.is_none() {
                self.findings.report(
                    &OUT_OF_RANGE,
                    &at.key("status"),
                    format!("{} is not an HTTP status", given.status),
                    "write a status from 100 to 599",
                );
            }
            self.visible("the mode", &given.mode, &at.key("mode"));
            let mut response =
                self.response_of(given.body.as_ref(), status?, &given.mode, name == "dispatched", &at, payloads);
            response.status = Sourced::written(status?, at.key("status"));
            response.mode = Sourced::written(given.mode.clone(), at.key("mode"));
            Some(response)
        };
        let dispatched = one(given.dispatched.as_ref(), "dispatched", "the event was sent");
        let misconfigured =
            one(given.misconfigured.as_ref(), "misconfigured", "the flag is on and Inngest is not configured");
        let failed = one(given.failed.as_ref(), "failed", "sending the event failed");
        Some(Responses { dispatched: dispatched?, misconfigured: misconfigured?, failed: failed? })
    }

    fn response_of(
        &mut self,
        body: Option<&spec::ResponseBody>,
        status: u16,
        mode: &str,
        sent: bool,
        at: &Pointer,
        payloads: &IndexMap<String, Payload>,
    ) -> Response {
        let body_at = at.key("body");
        let metadata = match body.and_then(|body| body.dispatch.as_ref()) {
            Some(names) => names
                .iter()
                .enumerate()
                .map(|(i, name)| {
                    let (name, optional) = name.strip_suffix('?').map_or((name.as_str(), false), |name| (name, true));
                    let at = body_at.key("dispatch").index(i);
                    let known: Vec<&str> =
                        payloads.values().flat_map(|p| &p.fields).map(|field| field.name.as_str()).collect();
                    if !known.contains(&name) {
                        self.unknown("payload field", name, known.iter().copied(), &at);
                    }
                    MetadataField { name: Sourced::written(name.to_owned(), at), optional }
                })
                .collect(),
            None => bound_fields(payloads, at),
        };
        let event = match body.and_then(|body| body.event.as_ref()) {
            Some(fields) => Sourced::written(fields.clone(), body_at.key("event")),
            None => Sourced::built_in(vec![EventField::Name, EventField::Id], at.clone()),
        };
        let published_event_ids = match body {
            Some(body) => {
                body.published_event_ids.map(|presence| Sourced::written(presence, body_at.key("publishedEventIds")))
            }
            None => sent.then(|| Sourced::built_in(Presence::Optional, at.clone())),
        };
        Response {
            at: at.clone(),
            status: Sourced::built_in(status, at.clone()),
            mode: Sourced::built_in(mode.to_owned(), at.clone()),
            metadata,
            event,
            published_event_ids,
        }
    }

    pub(super) fn ledger(&mut self, given: &spec::Ledger, at: &Pointer) -> Ledger {
        Ledger {
            writer: self.module_export(&given.writer, &at.key("writer")),
            states: Sourced::written(given.states.clone(), at.key("states")),
            fields: given
                .fields
                .iter()
                .enumerate()
                .map(|(i, name)| Sourced::written(name.clone(), at.key("fields").index(i)))
                .collect(),
            at: at.clone(),
        }
    }
}

/// The payload fields that the dispatcher fills, each once; those that not every event has are
/// optional.
fn bound_fields(payloads: &IndexMap<String, Payload>, at: &Pointer) -> Vec<MetadataField> {
    let mut out: Vec<MetadataField> = Vec::new();
    for field in payloads.values().flat_map(|payload| &payload.fields) {
        let Some(from) = &field.from else { continue };
        if !out.iter().any(|known| *known.name == field.name) {
            let everywhere = payloads.values().all(|payload| payload.fields.iter().any(|f| f.name == field.name));
            out.push(MetadataField {
                name: Sourced::built_in(field.name.clone(), at.clone()),
                optional: field.optional || !everywhere || from.value == Binding::Params,
            });
        }
    }
    out
}

fn built_in_configured() -> Condition {
    let set = |name: &str| Condition::Set(name.to_owned());
    Condition::AnyOf(vec![
        set("INNGEST_DEV"),
        Condition::AllOf(vec![set("INNGEST_EVENT_KEY"), set("INNGEST_SIGNING_KEY")]),
    ])
}
