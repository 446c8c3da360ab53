//! `status-misleads`: a status that says the opposite of what happened.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "status-misleads",
        severity: Severity::Error,
        group: Group::Responses,
        summary: "A response has a status that contradicts what happened.",
        why: "Schedulers and senders of webhooks read only the status: they would retry work that succeeded, or treat \
              lost work as done.",
        bad: Example::Over(
            "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 200, mode: dispatch-failed } } }",
        ),
        good: Example::Over(
            "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 502, mode: dispatch-failed } } }",
        ),
    },
    check: |contract, findings| {
        let responses = &contract.dispatch.responses;
        let sent = &responses.dispatched.status;
        if !(200..300).contains(&sent.value) {
            let message = format!("`dispatched` answers {}, although the work was accepted", sent.value);
            findings.report(&RULE.meta, &sent.at, message, "answer 202");
        }
        for (name, response) in [("misconfigured", &responses.misconfigured), ("failed", &responses.failed)] {
            let status = &response.status;
            if status.value < 400 {
                let message = format!("`{name}` answers {}, although the work was not accepted", status.value);
                findings.report(&RULE.meta, &status.at, message, "answer 503, so that the caller tries again");
            }
        }
    },
};
