//! `rate-limit-differs`: runs of a function are dropped above another rate than the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, RATE_LIMIT};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "rate-limit-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "Runs of a function are dropped above another rate than the contract says.",
        why: "Inngest silently drops runs above the rate: work that the contract counts on is not done.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "idempotency: \"event.data.dispatchKey\",",
                "rateLimit: { limit: 2, period: \"5m\" }, idempotency: \"event.data.dispatchKey\",",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &RATE_LIMIT),
};
