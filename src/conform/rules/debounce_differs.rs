//! `debounce-differs`: a function is debounced in another way than the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, DEBOUNCE};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "debounce-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "A function is debounced in another way than the contract says.",
        why: "A debounced function runs only for the last event of a burst: with another period, runs are merged that the contract counts separately, or they start late.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "retries: 3,",
                "retries: 3, debounce: { period: \"30s\" },",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &DEBOUNCE),
};
