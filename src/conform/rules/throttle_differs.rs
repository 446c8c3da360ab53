//! `throttle-differs`: runs of a function are throttled to another rate than the contract says.

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
        summary: "Runs of a function are throttled to another rate than the contract says.",
        why: "Runs above the rate wait: a backlog grows that the contract does not expect, or a service is called more often than it can handle.",
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
