//! `timeouts-differ`: runs of a function are cancelled after another time than the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, TIMEOUTS};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "timeouts-differ",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "Runs of a function are cancelled after another time than the contract says.",
        why: "Inngest cancels a run that starts or finishes too late: work is cancelled that the contract lets continue.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "retries: 3,",
                "retries: 3, timeouts: { finish: \"1m\" },",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &TIMEOUTS),
};
