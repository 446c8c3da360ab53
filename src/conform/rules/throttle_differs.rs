//! `throttle-differs`: `throttle` of a function is not what the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, THROTTLE};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "throttle-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "Runs of a function wait above another rate than the contract says.",
        why: "Runs above the rate wait: the backlog grows where the contract expects none, or a service is called more often than it bears.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "retries: 3,",
                "retries: 3, throttle: { limit: 1, period: \"1m\" },",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &THROTTLE),
};
