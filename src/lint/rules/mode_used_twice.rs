//! `mode-used-twice`: two answers that cannot be told apart.

use std::collections::HashMap;

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule. Two answers may have one status: the mode tells them apart.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "mode-used-twice",
        severity: Severity::Error,
        group: Group::Responses,
        summary: "Two responses have one mode.",
        why: "People and dashboards distinguish the answers by `mode`: a misconfigured deployment would look like a \
              failed enqueue.",
        bad: Example::Over(
            "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only }, misconfigured: { status: 503, mode: dispatch-failed }, failed: { status: 503, mode: dispatch-failed } } }",
        ),
        good: Example::Over(
            "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 503, mode: dispatch-failed } } }",
        ),
    },
    check: |contract, findings| {
        let mut modes = HashMap::new();
        for (name, response) in contract.dispatch.responses.each() {
            let mode = &response.mode;
            let (first_name, first) = *modes.entry(mode.as_str()).or_insert((name, mode));
            if first_name != name {
                let message = format!("`{name}` and `{first_name}` both answer with the mode `{}`", mode.value);
                findings
                    .report(&RULE.meta, &mode.at, message, "give each response its own mode")
                    .also(&first.at, "the other one");
            }
        }
    },
};
