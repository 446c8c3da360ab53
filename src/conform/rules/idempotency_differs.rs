//! `idempotency-differs`: runs of a function are deduplicated by another value than the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, IDEMPOTENCY};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "idempotency-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "Runs of a function are deduplicated by another value than the contract says.",
        why: "Inngest starts one run per value in 24 hours: with another value, duplicates run, or runs that should start never do.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "idempotency: \"event.data.dispatchKey\",",
                "idempotency: \"event.data.correlationId\",",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &IDEMPOTENCY),
};
