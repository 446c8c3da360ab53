//! `status-without-body`: a status that no body can go with.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule. Other statuses without a body are [`super::status_misleads`]'s.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "status-without-body",
        severity: Severity::Error,
        group: Group::Responses,
        summary: "`dispatched` has a status that cannot have a body.",
        why: "`new Response(body, { status: 204 })` throws: the event is sent, and the route answers 500.",
        bad: Example::Over(
            "dispatch: { responses: { dispatched: { status: 204, mode: dispatch-only }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 503, mode: dispatch-failed } } }",
        ),
        good: Example::Over(
            "dispatch: { responses: { dispatched: { status: 200, mode: dispatch-only }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 503, mode: dispatch-failed } } }",
        ),
    },
    check: |contract, findings| {
        let status = &contract.dispatch.responses.dispatched.status;
        if matches!(status.value, 204 | 205) {
            let message = format!("`dispatched` answers {}, which cannot have a body", status.value);
            findings.report(&RULE.meta, &status.at, message, "answer 202");
        }
    },
};
