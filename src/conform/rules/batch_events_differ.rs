//! `batch-events-differ`: a function receives events in other batches than the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, BATCH_EVENTS};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "batch-events-differ",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "A function receives events in other batches than the contract says.",
        why: "A run of a batch gets several events and may read only the first, or it waits for events that the contract does not wait for.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "retries: 3,",
                "retries: 3, batchEvents: { maxSize: 10, timeout: \"5s\" },",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &BATCH_EVENTS),
};
