//! `response-lacks-field`: an answer from which a run cannot be found.

use std::collections::HashSet;

use crate::contract::{Binding, Contract, EventField};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::bindings::{absent, generated_payloads, listed};
use crate::rule::{Example, Group, Meta};

/// The rule. What no payload has is [`super::event_without_correlation`]'s.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "response-lacks-field",
        severity: Severity::Error,
        group: Group::Responses,
        summary: "The response to a dispatched call lacks the dispatch key, the correlation id or the event id.",
        why: "The answer is all that the caller gets: without these fields, a call cannot be traced to its run.",
        bad: Example::Over(
            "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only, body: { dispatch: [source, dispatchKey], event: [name, id] } }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 503, mode: dispatch-failed } } }",
        ),
        good: Example::Over(
            "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only, body: { dispatch: [source, dispatchKey, correlationId], event: [name, id] } }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 503, mode: dispatch-failed } } }",
        ),
    },
    check: |contract, findings| {
        let response = &contract.dispatch.responses.dispatched;
        let present: HashSet<&str> = response.metadata.iter().map(|field| field.name.as_str()).collect();
        let payloads = generated_payloads(contract);
        let missing = absent(&payloads, &[Binding::DispatchKey, Binding::Uuid], &present);
        let body = response.at.key("body");
        if !missing.is_empty() {
            let message = format!("`dispatched` lacks {}", listed(missing));
            findings.report_key(&RULE.meta, &body.key("dispatch"), message, "add it to `body.dispatch`");
        }
        if !payloads.is_empty() && !response.event.contains(&EventField::Id) {
            let message = "`dispatched` lacks the id of the event";
            findings.report_key(&RULE.meta, &body.key("event"), message, "add `id` to `body.event`");
        }
    },
};
